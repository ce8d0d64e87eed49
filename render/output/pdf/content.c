#include "output/pdf/content_state.h"

#include <string.h>

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

void bx_pdf_set_colour(struct bx_pdf_content *c, const struct bx_colour *colour)
{
    if (is_same_colour(colour, &c->colour))
        return;
    c->colour = *colour;
    bx_pdf_add_milli(c->out, colour->r);
    if (!colour->is_gray) {
        bx_buf_add_byte(c->out, ' ');
        bx_pdf_add_milli(c->out, colour->g);
        bx_buf_add_byte(c->out, ' ');
        bx_pdf_add_milli(c->out, colour->b);
    }
    bx_buf_add_text(c->out, colour->is_gray ? " g\n" : " rg\n");
}

/* ---- fills and images ---- */

static void add_fill(struct bx_pdf_content *c, const struct bx_rect *rect)
{
    /* Edges are rounded, not sizes: rectangles that touch still touch. */
    int64_t x0 = bx_pdf_milli(rect->x), x1 = bx_pdf_milli(rect->x + rect->w);
    int64_t y0 = c->height - bx_pdf_milli(rect->y + rect->h);
    int64_t y1 = c->height - bx_pdf_milli(rect->y);
    int64_t numbers[4] = {x0, y0, x1 - x0, y1 - y0};
    for (int i = 0; i < 4; i++) {
        bx_pdf_add_milli(c->out, numbers[i]);
        bx_buf_add_byte(c->out, ' ');
    }
    bx_buf_add_text(c->out, "re\n");
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
        add_fill(c, &mark->rect);
    }
    bx_buf_add_text(c->out, "f\n");
    return i;
}

static void note_bbox(struct bx_pdf *pdf, int element, int page, const struct bx_rect *rect)
{
    if (element < 0 || pdf->bbox_page[element] >= 0)
        return;
    pdf->bbox_page[element] = page;
    pdf->bboxes[element] = *rect;
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

void bx_pdf_content_build(struct bx_pdf *pdf, int page, struct bx_buf *out)
{
    struct bx_pdf_content c = {
        .pdf = pdf,
        .out = out,
        .page = &pdf->pages->pages[page],
        .page_number = page,
        .height = bx_pdf_milli(pdf->pages->pages[page].height),
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
        case BX_MARK_LINK: /* an annotation: pages.c */
            i++;
            break;
        }
    }
    end_sequence(&c);
    switch_text(&c, false);
    bx_buf_fini(&c.string);
    bx_buf_fini(&c.codes);
}
