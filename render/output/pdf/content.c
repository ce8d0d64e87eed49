#include "output/pdf/content_state.h"

#include <string.h>

#include "output/pdf/gray.h"

/* A page's marks become operators in their order. Marks that follow each other in one element
 * are one marked-content sequence; text that its codes do not say stands in a sequence of its own
 * under ActualText, a sibling of the ones around it, since some readers lose text in nested ones
 * (pdf.md 3.3). */

/* ---- marked content ---- */

static void end_sequence(struct bx_pdf_content *c)
{
    if (c->open != BX_PDF_NOTHING_OPEN)
        bx_buf_add_text(c->out, "EMC\n");
    c->open = BX_PDF_NOTHING_OPEN;
}

/* Goes into or out of a text object. It lasts over many sequences, so that places of the next
 * text are short numbers. */
static void switch_text(struct bx_pdf_content *c, bool is_text)
{
    if (c->is_text == is_text)
        return;
    bx_buf_add_text(c->out, is_text ? "BT\n" : "ET\n");
    c->is_text = is_text;
    c->is_placed = false;
    c->line_x = 0;
    c->line_y = c->height;
}

const char *bx_pdf_tag_name(enum bx_tag tag)
{
    static const char *const names[] = {
        [BX_TAG_DOCUMENT] = "Document",
        [BX_TAG_SECT] = "Sect",
        [BX_TAG_H1] = "H1",
        [BX_TAG_H2] = "H2",
        [BX_TAG_H3] = "H3",
        [BX_TAG_H4] = "H4",
        [BX_TAG_H5] = "H5",
        [BX_TAG_H6] = "H6",
        [BX_TAG_P] = "P",
        [BX_TAG_TABLE] = "Table",
        [BX_TAG_CAPTION] = "Caption",
        [BX_TAG_THEAD] = "THead",
        [BX_TAG_TBODY] = "TBody",
        [BX_TAG_TR] = "TR",
        [BX_TAG_TH] = "TH",
        [BX_TAG_TD] = "TD",
        [BX_TAG_FIGURE] = "Figure",
        [BX_TAG_SPAN] = "Span",
        [BX_TAG_LINK] = "Link",
        [BX_TAG_FORM] = "Form",
    };
    return names[tag];
}

void bx_pdf_add_item(struct bx_pdf *pdf, const struct bx_pdf_item *item)
{
    if (pdf->item_count == pdf->item_capacity)
        pdf->items = bx_arena_grow(&pdf->arena, pdf->items, pdf->item_count,
                                   &pdf->item_capacity, sizeof(*pdf->items));
    pdf->items[pdf->item_count++] = *item;
}

static int new_mcid(struct bx_pdf_content *c, int element)
{
    int mcid = c->pdf->mcid_counts[c->page_number]++;
    bx_pdf_add_item(c->pdf, &(struct bx_pdf_item){
                                .element = element, .page = c->page_number, .mcid = mcid});
    return mcid;
}

/* Repeated heads are pagination artifacts without a subtype: Header would say running head
 * (ISO 32000-1 table 330). */
static const char *artifact_of(int element)
{
    switch (element) {
    case BX_ARTIFACT_PAGINATION:
        return "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n";
    case BX_ARTIFACT_WATERMARK:
        return "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n";
    case BX_ARTIFACT_REPEAT:
        return "/Artifact<</Type/Pagination>>BDC\n";
    default:
        return "/Artifact<</Type/Layout>>BDC\n";
    }
}

static void add_properties(struct bx_pdf_content *c, const char *tag, int element)
{
    bx_buf_add_byte(c->out, '/');
    bx_buf_add_text(c->out, tag);
    bx_buf_add_text(c->out, "<</MCID ");
    bx_pdf_add_int(c->out, new_mcid(c, element));
    bx_buf_add_text(c->out, ">>BDC\n");
}

void bx_pdf_begin_sequence(struct bx_pdf_content *c, int element, bool is_text)
{
    if (c->open == element && c->is_text == is_text)
        return;
    end_sequence(c);
    switch_text(c, is_text);
    c->open = element;
    if (element < 0)
        bx_buf_add_text(c->out, artifact_of(element));
    else
        add_properties(c, bx_pdf_tag_name(c->pdf->pages->elements[element].tag), element);
}

void bx_pdf_begin_actual(struct bx_pdf_content *c, int element, const char *text, int len)
{
    end_sequence(c);
    switch_text(c, true);
    if (element < 0) {
        bx_buf_add_text(c->out, artifact_of(element));
        bx_buf_add_text(c->out, "/Span<</ActualText");
    } else {
        bx_buf_printf(c->out, "/Span<</MCID %d/ActualText", new_mcid(c, element));
    }
    bx_pdf_add_text(c->out, text, (size_t)len);
    bx_buf_add_text(c->out, ">>BDC\n");
}

void bx_pdf_end_actual(struct bx_pdf_content *c, int element)
{
    bx_buf_add_text(c->out, element < 0 ? "EMC\nEMC\n" : "EMC\n");
}

/* ---- graphics state ---- */

static bool is_same_colour(const struct bx_colour *a, const struct bx_colour *b)
{
    return a->is_gray == b->is_gray && a->r == b->r &&
           (a->is_gray || (a->g == b->g && a->b == b->b));
}

/* As the profile shows it. */
static struct bx_colour show_colour(const struct bx_pdf_content *c,
                                    const struct bx_colour *colour)
{
    return c->pdf->profile->is_black ? bx_pdf_gray(colour) : *colour;
}

/* The operands, then the operator of a gray or of a colour. */
static void add_colour(struct bx_pdf_content *c,
                       const struct bx_colour *colour,
                       const char *gray,
                       const char *rgb)
{
    bx_pdf_add_milli(c->out, colour->r);
    if (!colour->is_gray) {
        bx_buf_add_byte(c->out, ' ');
        bx_pdf_add_milli(c->out, colour->g);
        bx_buf_add_byte(c->out, ' ');
        bx_pdf_add_milli(c->out, colour->b);
    }
    bx_buf_add_text(c->out, colour->is_gray ? gray : rgb);
}

void bx_pdf_set_colour(struct bx_pdf_content *c, const struct bx_colour *colour)
{
    struct bx_colour shown = show_colour(c, colour);
    if (is_same_colour(&shown, &c->colour))
        return;
    c->colour = shown;
    add_colour(c, &shown, " g\n", " rg\n");
}

/* ---- fills and images ---- */

/* To 1/100 pt, 3.5 um, in 1/1000 pt. */
static int64_t round_edge(bx_len edge)
{
    int64_t milli = bx_pdf_milli(edge);
    return (milli + (milli < 0 ? -5 : 5)) / 10 * 10;
}

static void add_fill(struct bx_pdf_content *c, const struct bx_rect *rect)
{
    /* Edges are rounded, not sizes: rectangles that touch still touch. */
    int64_t x0 = round_edge(rect->x), x1 = round_edge(rect->x + rect->w);
    int64_t y0 = c->height - round_edge(rect->y + rect->h);
    int64_t y1 = c->height - round_edge(rect->y);
    int64_t numbers[4] = {x0, y0, x1 - x0, y1 - y0};
    for (int i = 0; i < 4; i++) {
        bx_pdf_add_milli(c->out, numbers[i]);
        bx_buf_add_byte(c->out, ' ');
    }
    bx_buf_add_text(c->out, "re\n");
}

/* A figure's box holds all that is drawn of it on its first page. */
static void note_bbox(struct bx_pdf *pdf, int element, int page, const struct bx_rect *rect)
{
    if (element < 0 || (pdf->bbox_page[element] >= 0 && pdf->bbox_page[element] != page))
        return;
    struct bx_rect *box = &pdf->bboxes[element];
    if (pdf->bbox_page[element] < 0)
        *box = *rect;
    pdf->bbox_page[element] = page;
    bx_len right = box->x + box->w, bottom = box->y + box->h;
    right = rect->x + rect->w > right ? rect->x + rect->w : right;
    bottom = rect->y + rect->h > bottom ? rect->y + rect->h : bottom;
    box->x = rect->x < box->x ? rect->x : box->x;
    box->y = rect->y < box->y ? rect->y : box->y;
    box->w = right - box->x;
    box->h = bottom - box->y;
}

/* Draws marks[i] and the fills of its kind and colour behind it, as one path. */
static int draw_fills(struct bx_pdf_content *c, int i)
{
    const struct bx_mark *first = &c->page->marks[i];
    bx_pdf_begin_sequence(c, first->element, false);
    bx_pdf_set_colour(c, &first->colour);
    for (; i < c->page->mark_count; i++) {
        const struct bx_mark *mark = &c->page->marks[i];
        if (mark->kind != BX_MARK_FILL || mark->element != first->element ||
            !is_same_colour(&mark->colour, &first->colour))
            break;
        note_bbox(c->pdf, mark->element, c->page_number, &mark->rect);
        add_fill(c, &mark->rect);
    }
    bx_buf_add_text(c->out, "f\n");
    return i;
}

static void draw_image(struct bx_pdf_content *c, const struct bx_mark *mark)
{
    bx_pdf_begin_sequence(c, mark->element, false);
    note_bbox(c->pdf, mark->element, c->page_number, &mark->rect);
    bx_buf_add_text(c->out, "q ");
    bx_pdf_add_len(c->out, mark->rect.w);
    bx_buf_add_text(c->out, " 0 0 ");
    bx_pdf_add_len(c->out, mark->rect.h);
    bx_buf_add_byte(c->out, ' ');
    bx_pdf_add_len(c->out, mark->rect.x);
    bx_buf_add_byte(c->out, ' ');
    bx_pdf_add_milli(c->out, c->height - bx_pdf_milli(mark->rect.y + mark->rect.h));
    bx_buf_printf(c->out, " cm /I%d Do Q\n", bx_pdf_image_number(c->pdf, mark->image));
}

static void add_steps(struct bx_pdf_content *c,
                      const struct bx_rect *box,
                      const struct bx_step *steps,
                      int count)
{
    static const struct {
        int point_count;
        const char *operator;
    } kinds[] = {
        [BX_STEP_MOVE] = {1, "m\n"},
        [BX_STEP_LINE] = {1, "l\n"},
        [BX_STEP_CURVE] = {3, "c\n"},
        [BX_STEP_CLOSE] = {0, "h\n"},
    };
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < kinds[steps[i].kind].point_count; k++) {
            bx_pdf_add_len(c->out, box->x + steps[i].points[k].x);
            bx_buf_add_byte(c->out, ' ');
            bx_pdf_add_milli(c->out, c->height - bx_pdf_milli(box->y + steps[i].points[k].y));
            bx_buf_add_byte(c->out, ' ');
        }
        bx_buf_add_text(c->out, kinds[steps[i].kind].operator);
    }
}

/* What it sets of the graphics state, but for the colour of fills, ends with it. */
static void draw_path(struct bx_pdf_content *c, const struct bx_mark *mark)
{
    const struct bx_path *path = mark->path;
    bx_pdf_begin_sequence(c, mark->element, false);
    note_bbox(c->pdf, mark->element, c->page_number, &mark->rect);
    if (!path->is_stroked)
        bx_pdf_set_colour(c, &path->colour);
    bx_buf_add_text(c->out, "q\n");
    if (path->clip) {
        add_steps(c, &mark->rect, path->clip, path->clip_count);
        bx_buf_add_text(c->out, "W n\n");
    }
    if (path->is_stroked) {
        struct bx_colour shown = show_colour(c, &path->colour);
        add_colour(c, &shown, " G\n", " RG\n");
        bx_pdf_add_len(c->out, path->width);
        bx_buf_add_text(c->out, " w 1 j\n");
    }
    if (path->is_stroked && path->dash_on > 0) {
        bx_buf_add_byte(c->out, '[');
        bx_pdf_add_len(c->out, path->dash_on);
        bx_buf_add_byte(c->out, ' ');
        bx_pdf_add_len(c->out, path->dash_off);
        bx_buf_add_text(c->out, "]0 d\n");
    }
    add_steps(c, &mark->rect, path->steps, path->step_count);
    bx_buf_add_text(c->out, path->is_stroked ? "S\nQ\n" : "f\nQ\n");
}

void bx_pdf_content_build(struct bx_pdf *pdf, int page, struct bx_buf *out)
{
    struct bx_pdf_content c = {
        .pdf = pdf,
        .out = out,
        .page = &pdf->pages->pages[page],
        .page_number = page,
        .height = round_edge(pdf->pages->pages[page].height),
        .open = BX_PDF_NOTHING_OPEN,
        .colour = {.is_gray = true},
        .font = -1,
        .scale = 1000,
    };
    for (int i = 0; i < c.page->mark_count;) {
        const struct bx_mark *mark = &c.page->marks[i];
        switch (mark->kind) {
        case BX_MARK_RUN:
            bx_pdf_draw_run(&c, &mark->run);
            i++;
            break;
        case BX_MARK_FILL:
            i = draw_fills(&c, i);
            break;
        case BX_MARK_IMAGE:
            draw_image(&c, mark);
            i++;
            break;
        case BX_MARK_PATH:
            draw_path(&c, mark);
            i++;
            break;
        case BX_MARK_SEAL:
            if (mark->element >= 0)
                note_bbox(pdf, mark->element, page, &mark->shown);
            bx_pdf_draw_seal(&c, mark);
            i++;
            break;
        case BX_MARK_LINK: /* annotations: pages.c */
        case BX_MARK_FIELD:
            i++;
            break;
        }
    }
    end_sequence(&c);
    switch_text(&c, false);
    if (pdf->options->has_crop_marks)
        bx_pdf_add_crop_marks(pdf, page, out);
    bx_buf_fini(&c.string);
    bx_buf_fini(&c.codes);
}
