#include "output/pdf/content.h"

/* A page that is cut from a larger sheet. The bleed is what the cutter may miss by; the crop marks
 * stand outside of it, so that no part of them is left on the page. */

/* In 1/1000 pt. The usual figures of print shops: 5 mm long, 3 mm off the page, a hairline. */
#define MARK_LEN   14173
#define MARK_GAP   8504
#define MARK_WIDTH 250

static int64_t gap_of(const struct bx_pdf *pdf)
{
    int64_t bleed = bx_pdf_milli(pdf->options->bleed);
    return bleed > MARK_GAP ? bleed : MARK_GAP;
}

struct bx_pdf_margin bx_pdf_margin(const struct bx_pdf *pdf)
{
    struct bx_pdf_margin margin = {.bleed = bx_pdf_milli(pdf->options->bleed)};
    margin.sheet = pdf->options->has_crop_marks ? gap_of(pdf) + MARK_LEN : margin.bleed;
    return margin;
}

static void add_box(struct bx_buf *to, int64_t x, int64_t y, int64_t w, int64_t h)
{
    int64_t numbers[4] = {x, y, w, h};
    for (int i = 0; i < 4; i++) {
        bx_pdf_add_milli(to, numbers[i]);
        bx_buf_add_byte(to, ' ');
    }
    bx_buf_add_text(to, "re\n");
}

void bx_pdf_add_crop_marks(const struct bx_pdf *pdf, int page, struct bx_buf *out)
{
    const struct bx_page *source = &pdf->pages->pages[page];
    int64_t gap = gap_of(pdf), half = MARK_WIDTH / 2;
    int64_t ends[2][2] = {{0, bx_pdf_milli(source->width)}, {0, bx_pdf_milli(source->height)}};
    int64_t starts[2][2];
    for (int axis = 0; axis < 2; axis++) {
        starts[axis][0] = -gap - MARK_LEN;
        starts[axis][1] = ends[axis][1] + gap;
    }
    /* Production aids are artifacts of their own kind (ISO 32000-1 table 330). */
    bx_buf_add_text(out, "/Artifact<</Type/Page>>BDC\n0 g\n");
    for (int x = 0; x < 2; x++)
        for (int y = 0; y < 2; y++) {
            add_box(out, starts[0][x], ends[1][y] - half, MARK_LEN, MARK_WIDTH);
            add_box(out, ends[0][x] - half, starts[1][y], MARK_WIDTH, MARK_LEN);
        }
    bx_buf_add_text(out, "f\nEMC\n");
}
