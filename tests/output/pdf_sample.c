#include "pdf_sample.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "font/shape.h"

#define MM(n) bx_len_from_um((n)*1000)

int bx_sample_element(struct bx_sample *sample, enum bx_tag tag, int parent)
{
    int e = sample->pages.element_count++;
    assert(e < BX_SAMPLE_ELEMENTS);
    sample->elements[e] =
        (struct bx_element){.tag = tag,
                            .parent = parent,
                            .rowspan = 1,
                            .colspan = 1,
                            .scope = tag == BX_TAG_TH ? BX_SCOPE_COL : BX_SCOPE_NONE};
    return e;
}

struct bx_mark *
bx_sample_mark(struct bx_sample *sample, int page, enum bx_mark_kind kind, int element)
{
    struct bx_page *to = &sample->page[page];
    assert(to->mark_count < BX_SAMPLE_MARKS);
    struct bx_mark *mark = &to->marks[to->mark_count++];
    *mark = (struct bx_mark){.kind = kind, .element = element, .colour = {.is_gray = true}};
    return mark;
}

/* Clusters as the planner makes them: the first glyph of each holds its text. */
static const struct bx_glyph *make_glyphs(struct bx_sample *sample,
                                          const struct bx_font *font,
                                          const struct bx_shaped *shaped,
                                          int count,
                                          const struct bx_sample_text *text)
{
    struct bx_glyph *glyphs = BX_NEW_ARRAY(&sample->arena, struct bx_glyph, (size_t)count);
    for (int i = 0; i < count; i++) {
        int next = i + 1;
        while (next < count && shaped[next].text_at == shaped[i].text_at)
            next++;
        int end = next < count ? shaped[next].text_at : (int)strlen(text->text);
        bool is_first = i == 0 || shaped[i].text_at != shaped[i - 1].text_at;
        glyphs[i] = (struct bx_glyph){
            .index = shaped[i].glyph,
            .advance = bx_font_len(font, shaped[i].advance, text->size) + text->gap,
            .dx = bx_font_len(font, shaped[i].dx, text->size),
            .dy = -bx_font_len(font, shaped[i].dy, text->size),
            .text_at = shaped[i].text_at,
            .text_len = is_first ? end - shaped[i].text_at : 0,
        };
    }
    return glyphs;
}

struct bx_mark *bx_sample_set(struct bx_sample *sample, const struct bx_sample_text *text)
{
    int role = bx_fontset_find_role(sample->fonts, text->role);
    const struct bx_font *font = bx_fontset_first(sample->fonts, role);
    struct bx_shaped *shaped;
    int len = (int)strlen(text->text);
    unsigned flags = text->is_vertical ? BX_SHAPE_VERTICAL : 0;
    int count = bx_shape(&shaped, &sample->arena, font, text->text, len, 0, len, flags);
    struct bx_mark *mark = bx_sample_mark(sample, text->page, BX_MARK_RUN, text->element);
    mark->run = (struct bx_run){
        .font = font,
        .size = text->size,
        .x = text->x,
        .y = text->y,
        .is_vertical = text->is_vertical,
        .scale_x_1000 = 1000,
        .glyphs = make_glyphs(sample, font, shaped, count, text),
        .glyph_count = count,
        .text = text->text,
        .text_len = len,
        .colour = {.is_gray = true},
        .element = text->element,
    };
    return mark;
}

/* A line in the face of a role. */
static struct bx_mark *set_line(struct bx_sample *sample,
                                int page,
                                int element,
                                const char *role,
                                const char *text,
                                int x_mm,
                                int y_mm,
                                int size_pt)
{
    return bx_sample_set(sample, &(struct bx_sample_text){.page = page,
                                                          .element = element,
                                                          .role = role,
                                                          .text = text,
                                                          .x = MM(x_mm),
                                                          .y = MM(y_mm),
                                                          .size = size_pt * BX_PT});
}

static int add_cell(
    struct bx_sample *sample, int row, enum bx_tag tag, const char *text, int x_mm, int y_mm)
{
    int cell = bx_sample_element(sample, tag, row);
    if (text)
        set_line(sample, 1, cell, "songti", text, x_mm, y_mm, 12);
    return cell;
}

/* Two columns, a head row and one row whose last cell is blank. */
static void add_table(struct bx_sample *sample, int parent)
{
    int table = bx_sample_element(sample, BX_TAG_TABLE, parent);
    int head = bx_sample_element(sample, BX_TAG_THEAD, table);
    int row = bx_sample_element(sample, BX_TAG_TR, head);
    int *heads = BX_NEW_ARRAY(&sample->arena, int, 3);
    heads[0] = add_cell(sample, row, BX_TAG_TH, "事项", 30, 60);
    heads[1] = add_cell(sample, row, BX_TAG_TH, "件数", 90, 60);
    int body = bx_sample_element(sample, BX_TAG_TBODY, table);
    row = bx_sample_element(sample, BX_TAG_TR, body);
    heads[2] = add_cell(sample, row, BX_TAG_TH, "新收", 30, 70);
    sample->elements[heads[2]].scope = BX_SCOPE_ROW;
    sample->cell = add_cell(sample, row, BX_TAG_TD, NULL, 0, 0);
    int *chain = BX_NEW_ARRAY(&sample->arena, int, 2);
    chain[0] = heads[2];
    chain[1] = heads[1];
    sample->elements[sample->cell].headers = chain;
    sample->elements[sample->cell].header_count = 2;

    struct bx_mark *band = bx_sample_mark(sample, 1, BX_MARK_FILL, BX_ARTIFACT_LAYOUT);
    band->rect = (struct bx_rect){.x = MM(28), .y = MM(52), .w = MM(156), .h = MM(10)};
    band->colour = (struct bx_colour){.r = 776, .g = 851, .b = 945};
    for (int i = 0; i < 3; i++) {
        struct bx_mark *rule = bx_sample_mark(sample, 1, BX_MARK_FILL, BX_ARTIFACT_LAYOUT);
        rule->rect =
            (struct bx_rect){.x = MM(28), .y = MM(52 + 10 * i), .w = MM(156), .h = BX_PT / 2};
    }
}

static void open_fonts(struct bx_sample *sample)
{
    struct bx_err err = {0};
    struct bx_fontset_options options = {.fonts_dir = BX_SOURCE_DIR "/fonts"};
    if (!bx_fontset_new(&sample->fonts, &options, &sample->findings, &err)) {
        fprintf(stderr, "%s: %s: %s\n", err.file, err.where, err.what);
        abort();
    }
}

void bx_sample_init(struct bx_sample *sample)
{
    memset(sample, 0, sizeof(*sample));
    open_fonts(sample);
    for (int p = 0; p < 3; p++)
        sample->page[p] = (struct bx_page){
            .width = MM(210), .height = MM(297), .marks = sample->marks[p], .number = p + 1};
    sample->pages = (struct bx_pages){
        .pages = sample->page,
        .page_count = 2,
        .elements = sample->elements,
        .meta = {.title = "某区2019年报告",
                 .organ = "某区管委会",
                 .language = "zh-CN",
                 .year = 2019},
    };
    int document = bx_sample_element(sample, BX_TAG_DOCUMENT, -1);
    sample->title = bx_sample_element(sample, BX_TAG_H1, document);
    sample->elements[sample->title].title = "某区2019年报告";
    sample->elements[sample->title].where = "/title";
    set_line(sample, 0, sample->title, "xiaobiaosong", "某区2019年报告", 60, 50, 22);

    sample->section = bx_sample_element(sample, BX_TAG_SECT, document);
    int heading = bx_sample_element(sample, BX_TAG_H2, sample->section);
    sample->elements[heading].title = "一、总体情况";
    set_line(sample, 0, heading, "heiti", "一、总体情况", 39, 70, 16);
    sample->paragraph = bx_sample_element(sample, BX_TAG_P, sample->section);
    sample->elements[sample->paragraph].where = "/sections/overview/body/0";
    set_line(sample, 0, sample->paragraph, "fangsong", "新收政府信息公开申请", 39, 80, 16);
    bx_sample_set(sample, &(struct bx_sample_text){.element = sample->paragraph,
                                                   .role = "fangsong",
                                                   .text = "共计（7123条），",
                                                   .x = MM(28),
                                                   .y = MM(90),
                                                   .size = 16 * BX_PT,
                                                   .gap = 97});
    set_line(sample, 0, BX_ARTIFACT_PAGINATION, "songti", "— 1 —", 150, 270, 14);
    set_line(sample, 1, sample->paragraph, "fangsong", "全部办结。", 28, 40, 16);
    add_table(sample, sample->section);
    set_line(sample, 1, BX_ARTIFACT_PAGINATION, "songti", "— 2 —", 30, 270, 14);
}

/* Says that the glyph of one character was drawn for another one. */
static void draw_for(struct bx_mark *mark, const char *text)
{
    assert(strlen(text) == strlen(mark->run.text));
    mark->run.text = text;
}

/* Puts all glyphs of a run into one cluster. */
static void join_cluster(struct bx_sample *sample, struct bx_mark *mark)
{
    int count = mark->run.glyph_count;
    struct bx_glyph *glyphs = BX_NEW_ARRAY(&sample->arena, struct bx_glyph, (size_t)count);
    memcpy(glyphs, mark->run.glyphs, (size_t)count * sizeof(*glyphs));
    for (int i = 0; i < count; i++)
        glyphs[i].text_len = i == 0 ? mark->run.text_len : 0;
    mark->run.glyphs = glyphs;
}

/* —— from one dash, as the planner draws it. */
static void add_long_dash(struct bx_sample *sample, int element)
{
    struct bx_mark *mark = set_line(sample, 2, element, "songti", "—", 60, 40, 16);
    struct bx_glyph *glyph = BX_NEW(&sample->arena, struct bx_glyph);
    *glyph = mark->run.glyphs[0];
    glyph->text_len = (int)strlen("——");
    mark->run.glyphs = glyph;
    mark->run.text = "——";
    mark->run.text_len = glyph->text_len;
    mark->run.scale_x_1000 = 2000;
}

static void add_texts(struct bx_sample *sample)
{
    int p = bx_sample_element(sample, BX_TAG_P, sample->section);
    set_line(sample, 2, p, "fangsong", "甲、乙、丙、丁", 40, 30, 16);
    draw_for(set_line(sample, 2, p, "fangsong", "戊、己", 100, 30, 16), "戊︑己");
    join_cluster(sample, set_line(sample, 2, p, "songti", "fi", 40, 40, 16));
    add_long_dash(sample, p);
    set_line(sample, 2, p, "songti", "𠮷", 80, 40, 16);
    draw_for(set_line(sample, 2, BX_ARTIFACT_REPEAT, "fangsong", "续、表", 150, 40, 16),
             "续︑表");

    int label = bx_sample_element(sample, BX_TAG_P, sample->section);
    bx_sample_set(sample, &(struct bx_sample_text){.page = 2,
                                                   .element = label,
                                                   .role = "songti",
                                                   .text = "办理、结果",
                                                   .x = MM(35),
                                                   .y = MM(60),
                                                   .size = 12 * BX_PT,
                                                   .gap = BX_PT / 2,
                                                   .is_vertical = true});
}

static void add_image(struct bx_sample *sample, int i, int components, bool has_alpha)
{
    static const unsigned char samples[2 * 3 * 3] = {0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255};
    static const unsigned char alpha[2 * 3] = {255, 128, 64, 255, 0, 255};
    sample->images[i] = (struct bx_image){.width = 2,
                                          .height = 3,
                                          .components = components,
                                          .data = samples,
                                          .data_len = (size_t)(6 * components),
                                          .alpha = has_alpha ? alpha : NULL};
    int figure = bx_sample_element(sample, BX_TAG_FIGURE, sample->section);
    sample->elements[figure].alt = "六个点";
    struct bx_mark *mark = bx_sample_mark(sample, 2, BX_MARK_IMAGE, figure);
    mark->rect = (struct bx_rect){.x = MM(40 + 50 * i), .y = MM(120), .w = MM(20), .h = MM(30)};
    mark->image = &sample->images[i];
}

/* Words, a link in the midst of them, words. */
static void add_link(struct bx_sample *sample)
{
    int p = bx_sample_element(sample, BX_TAG_P, sample->section);
    set_line(sample, 2, p, "fangsong", "详见", 40, 180, 16);
    int link = bx_sample_element(sample, BX_TAG_LINK, p);
    set_line(sample, 2, link, "fangsong", "政府网站", 60, 180, 16);
    set_line(sample, 2, p, "fangsong", "公告。", 90, 180, 16);
    struct bx_mark *mark = bx_sample_mark(sample, 2, BX_MARK_LINK, link);
    mark->rect = (struct bx_rect){.x = MM(60), .y = MM(175), .w = MM(23), .h = MM(6)};
    mark->uri = "https://www.example.gov.cn/公开?a=(1)";
}

void bx_sample_add_extras(struct bx_sample *sample)
{
    sample->pages.page_count = 3;
    add_texts(sample);
    add_image(sample, 0, 1, false);
    add_image(sample, 1, 3, true);
    add_link(sample);
}

void bx_sample_fini(struct bx_sample *sample)
{
    bx_fontset_free(sample->fonts);
    bx_findings_fini(&sample->findings);
    bx_arena_fini(&sample->arena);
}
