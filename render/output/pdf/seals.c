#include <string.h>

#include "output/pdf/content_state.h"

/* A seal is painted over the text and lets it through: blend mode Multiply, so that black stays black
 * under red, as under ink (ISO 32000-1 11.3.5.2; ISO 19005-2 6.2.10 allows the standard modes).
 *
 * The page's group says in which colours they meet: RGB, the file's own. On the black plate it must say
 * nothing, or text and rules would be turned into RGB and come out of the press in four inks; the
 * printer's own colours hold then. With a printer's profile the seal itself is in its inks, two of them
 * and no black, and the group is of the same family. */

#define STATE_NAME "Seal"

bool bx_pdf_is_seal(const struct bx_pdf *pdf, const struct bx_image *image)
{
    for (int i = 0; i < pdf->seal_image_count; i++)
        if (pdf->seal_images[i] == image)
            return true;
    return false;
}

static void note_seal(struct bx_pdf *pdf, const struct bx_image *image, int page)
{
    pdf->has_seal[page] = true;
    if (!bx_pdf_is_seal(pdf, image) && pdf->seal_image_count < BX_PDF_SEAL_MAX)
        pdf->seal_images[pdf->seal_image_count++] = image;
}

static void add_number(struct bx_buf *to, int64_t milli, const char *behind)
{
    bx_pdf_add_milli(to, milli);
    bx_buf_add_text(to, behind);
}

/* Where less than the whole is shown, a slice reaches into the bleed at the page's edge, so that the
 * knife may miss by a little. */
static void add_clip(struct bx_pdf_content *c, const struct bx_mark *mark)
{
    const struct bx_rect *shown = &mark->shown;
    if (memcmp(shown, &mark->rect, sizeof(*shown)) == 0)
        return;
    bx_len right = shown->x + shown->w;
    int64_t bleed = right == c->page->width ? bx_pdf_milli(c->pdf->options->bleed) : 0;
    int64_t x = bx_pdf_milli(shown->x), top = bx_pdf_milli(shown->y);
    int64_t bottom = bx_pdf_milli(shown->y + shown->h);
    add_number(c->out, x, " ");
    add_number(c->out, c->height - bottom, " ");
    add_number(c->out, bx_pdf_milli(right) + bleed - x, " ");
    add_number(c->out, bottom - top, " re W n\n");
}

void bx_pdf_draw_seal(struct bx_pdf_content *c, const struct bx_mark *mark)
{
    note_seal(c->pdf, mark->image, c->page_number);
    bx_pdf_begin_sequence(c, mark->element, false);
    bx_buf_add_text(c->out, "q\n");
    add_clip(c, mark);
    bx_buf_add_text(c->out, "/" STATE_NAME " gs\n");
    add_number(c->out, bx_pdf_milli(mark->rect.w), " 0 0 ");
    add_number(c->out, bx_pdf_milli(mark->rect.h), " ");
    add_number(c->out, bx_pdf_milli(mark->rect.x), " ");
    add_number(c->out, c->height - bx_pdf_milli(mark->rect.y + mark->rect.h), "");
    bx_buf_printf(c->out, " cm /I%d Do\nQ\n", bx_pdf_image_number(c->pdf, mark->image));
}

void bx_pdf_add_seal_state(struct bx_buf *to, const struct bx_pdf *pdf)
{
    if (pdf->seal_image_count > 0)
        bx_buf_add_text(to, "/ExtGState<</" STATE_NAME "<</Type/ExtGState/BM/Multiply>>>>");
}

void bx_pdf_add_seal_group(struct bx_buf *to, const struct bx_pdf *pdf, int page)
{
    bool is_cmyk = pdf->options->intent != NULL;
    if (!pdf->has_seal[page] || (pdf->profile->is_black && !is_cmyk))
        return;
    bx_buf_printf(to, "/Group<</Type/Group/S/Transparency/CS/%s>>",
                  is_cmyk ? "DeviceCMYK" : "DeviceRGB");
}

/* The standard's red, as strong as the picture is far from white. */
bool bx_pdf_seal_inks(uint8_t **out, struct bx_pdf *pdf, const struct bx_image *image)
{
    if (!pdf->options->intent)
        return false;
    size_t count = (size_t)image->width * (size_t)image->height;
    uint8_t *inks = BX_NEW_ARRAY(&pdf->arena, uint8_t, 4 * count);
    const uint8_t *from = image->data;
    for (size_t i = 0; i < count; i++, from += image->components) {
        int least = from[0];
        for (int k = 1; k < image->components; k++)
            least = from[k] < least ? from[k] : least;
        inks[4 * i + 1] = (uint8_t)((255 - least) * pdf->options->seal_magenta / 100);
        inks[4 * i + 2] = (uint8_t)((255 - least) * pdf->options->seal_yellow / 100);
    }
    *out = inks;
    return true;
}
