#include "pdf_sample.h"

#include <assert.h>
#include <stdio.h>
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
                                          const char *text,
                                          bx_len size,
                                          bx_len gap)
{
    struct bx_glyph *glyphs = BX_NEW_ARRAY(&sample->arena, struct bx_glyph, (size_t)count);
    for (int i = 0; i < count; i++) {
        int next = i + 1;
        while (next < count && shaped[next].text_at == shaped[i].text_at)
            next++;
        int end = next < count ? shaped[next].text_at : (int)strlen(text);
        bool is_first = i == 0 || shaped[i].text_at != shaped[i - 1].text_at;
        glyphs[i] = (struct bx_glyph){
            .index = shaped[i].glyph,
            .advance = bx_font_len(font, shaped[i].advance, size) + gap,
            .dx = bx_font_len(font, shaped[i].dx, size),
            .dy = -bx_font_len(font, shaped[i].dy, size),
            .text_at = shaped[i].text_at,
            .text_len = is_first ? end - shaped[i].text_at : 0,
        };
    }
    return glyphs;
}

struct bx_mark *bx_sample_text(struct bx_sample *sample,
                               int page,
                               int element,
                               const char *role,
                               const char *text,
                               bx_len x,
                               bx_len y,
                               bx_len size,
                               bx_len gap)
{
    const struct bx_font *font =
        bx_fontset_first(sample->fonts, bx_fontset_find_role(sample->fonts, role));
    struct bx_shaped *shaped;
    int len = (int)strlen(text);
    int count = bx_shape(&shaped, &sample->arena, font, text, len, 0, len, 0);
    struct bx_mark *mark = bx_sample_mark(sample, page, BX_MARK_RUN, element);
    mark->run = (struct bx_run){
        .font = font,
        .size = size,
        .x = x,
        .y = y,
        .scale_x_1000 = 1000,
        .glyphs = make_glyphs(sample, font, shaped, count, text, size, gap),
        .glyph_count = count,
        .text = text,
        .text_len = len,
        .colour = {.is_gray = true},
        .element = element,
    };
    return mark;
}

static int add_cell(
    struct bx_sample *sample, int row, enum bx_tag tag, const char *text, bx_len x, bx_len y)
{
    int cell = bx_sample_element(sample, tag, row);
    if (text)
        bx_sample_text(sample, 1, cell, "songti", text, x, y, 12 * BX_PT, 0);
    return cell;
}

/* Two columns, a head row and one row whose last cell is blank. */
static void add_table(struct bx_sample *sample, int parent)
{
    int table = bx_sample_element(sample, BX_TAG_TABLE, parent);
    int head = bx_sample_element(sample, BX_TAG_THEAD, table);
    int row = bx_sample_element(sample, BX_TAG_TR, head);
    int *heads = BX_NEW_ARRAY(&sample->arena, int, 3);
    heads[0] = add_cell(sample, row, BX_TAG_TH, "事项", MM(30), MM(60));
    heads[1] = add_cell(sample, row, BX_TAG_TH, "件数", MM(90), MM(60));
    int body = bx_sample_element(sample, BX_TAG_TBODY, table);
    row = bx_sample_element(sample, BX_TAG_TR, body);
    heads[2] = add_cell(sample, row, BX_TAG_TH, "新收", MM(30), MM(70));
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
        assert(!"the fonts can be opened");
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
    bx_sample_text(sample, 0, sample->title, "xiaobiaosong", "某区2019年报告", MM(60), MM(50),
                   22 * BX_PT, 0);

    int section = bx_sample_element(sample, BX_TAG_SECT, document);
    int heading = bx_sample_element(sample, BX_TAG_H2, section);
    sample->elements[heading].title = "一、总体情况";
    bx_sample_text(sample, 0, heading, "heiti", "一、总体情况", MM(39), MM(70), 16 * BX_PT, 0);
    sample->paragraph = bx_sample_element(sample, BX_TAG_P, section);
    sample->elements[sample->paragraph].where = "/sections/overview/body/0";
    bx_sample_text(sample, 0, sample->paragraph, "fangsong", "新收政府信息公开申请", MM(39),
                   MM(80), 16 * BX_PT, 0);
    bx_sample_text(sample, 0, sample->paragraph, "fangsong", "共计（7123条），", MM(28), MM(90),
                   16 * BX_PT, 97);
    bx_sample_text(sample, 1, sample->paragraph, "fangsong", "全部办结。", MM(28), MM(40),
                   16 * BX_PT, 0);
    bx_sample_text(sample, 0, BX_ARTIFACT_PAGINATION, "songti", "— 1 —", MM(150), MM(270),
                   14 * BX_PT, 0);
    add_table(sample, section);
    bx_sample_text(sample, 1, BX_ARTIFACT_PAGINATION, "songti", "— 2 —", MM(30), MM(270),
                   14 * BX_PT, 0);
}

void bx_sample_fini(struct bx_sample *sample)
{
    bx_fontset_free(sample->fonts);
    bx_findings_fini(&sample->findings);
    bx_arena_fini(&sample->arena);
}
