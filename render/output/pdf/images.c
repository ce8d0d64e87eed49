#include "output/pdf/content.h"

#include <stdio.h>

/* Image XObjects. A JPEG goes in as it is; samples are deflated. Alpha is a mask of its own. */

int bx_pdf_image_number(struct bx_pdf *pdf, const struct bx_image *image)
{
    for (int i = 0; i < pdf->image_count; i++)
        if (pdf->images[i] == image)
            return i;
    if (pdf->image_count == pdf->image_capacity)
        pdf->images = bx_arena_grow(&pdf->arena, pdf->images, pdf->image_count,
                                    &pdf->image_capacity, sizeof(*pdf->images));
    pdf->images[pdf->image_count] = image;
    return pdf->image_count++;
}

static int write_alpha(struct bx_pdf *pdf, const struct bx_image *image)
{
    char entries[160];
    snprintf(entries, sizeof(entries),
             "/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
             "/BitsPerComponent 8",
             image->width, image->height);
    int number = bx_pdf_new_object(&pdf->objects);
    bx_pdf_add_stream(&pdf->objects, number, entries, image->alpha,
                      (size_t)image->width * (size_t)image->height, BX_PDF_DEFLATE);
    return number;
}

static int write_image(struct bx_pdf *pdf, const struct bx_image *image)
{
    char entries[240], mask[32] = "";
    if (image->alpha)
        snprintf(mask, sizeof(mask), "/SMask %d 0 R", write_alpha(pdf, image));
    snprintf(
        entries, sizeof(entries),
        "/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent 8%s%s",
        image->width, image->height, image->components == 1 ? "DeviceGray" : "DeviceRGB", mask,
        image->is_jpeg ? "/Filter/DCTDecode" : "");
    size_t samples = (size_t)image->width * (size_t)image->height * (size_t)image->components;
    int number = bx_pdf_new_object(&pdf->objects);
    bx_pdf_add_stream(&pdf->objects, number, entries, image->data,
                      image->is_jpeg ? image->data_len : samples,
                      image->is_jpeg ? BX_PDF_PLAIN : BX_PDF_DEFLATE);
    return number;
}

void bx_pdf_write_images(struct bx_pdf *pdf)
{
    if (pdf->image_count == 0)
        return;
    pdf->image_objects = BX_NEW_ARRAY(&pdf->arena, int, (size_t)pdf->image_count);
    for (int i = 0; i < pdf->image_count; i++)
        pdf->image_objects[i] = write_image(pdf, pdf->images[i]);
}
