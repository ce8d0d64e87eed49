#include "output/pdf/content.h"

#include <stdio.h>

#include "image/load.h"
#include "output/pdf/gray.h"

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

/* On the black plate colours become gray; a JPEG in colour becomes pixels for it. */
static const struct bx_image *blacken(struct bx_pdf *pdf, const struct bx_image *image)
{
    if (!pdf->profile->is_black || image->components == 1 || bx_pdf_is_seal(pdf, image))
        return image;
    struct bx_image *pixels = BX_NEW(&pdf->arena, struct bx_image);
    struct bx_err err = {0};
    *pixels = *image;
    const struct bx_pictures *pictures = image->is_jpeg ? bx_pictures_load(&err) : NULL;
    if (image->is_jpeg && (!pictures || !pictures->decode(pixels, &pdf->arena, image, &err)))
        return image; /* it was decoded when it was read */
    int64_t count = (int64_t)pixels->width * pixels->height;
    uint8_t *grays = BX_NEW_ARRAY(&pdf->arena, uint8_t, (size_t)count);
    bx_pdf_gray_pixels(grays, pixels->data, count);
    pixels->data = grays;
    pixels->components = 1;
    return pixels;
}

static const char *space_of(int components)
{
    return components == 1 ? "DeviceGray" : components == 3 ? "DeviceRGB" : "DeviceCMYK";
}

static int write_image(struct bx_pdf *pdf, const struct bx_image *image)
{
    char entries[240], mask[32] = "";
    uint8_t *inks = NULL;
    struct bx_image printed = *image;
    if (bx_pdf_is_seal(pdf, image) && bx_pdf_seal_inks(&inks, pdf, image)) {
        printed.data = inks;
        printed.components = 4;
        image = &printed;
    }
    if (image->alpha)
        snprintf(mask, sizeof(mask), "/SMask %d 0 R", write_alpha(pdf, image));
    snprintf(
        entries, sizeof(entries),
        "/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent 8%s%s",
        image->width, image->height, space_of(image->components), mask,
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
        pdf->image_objects[i] = write_image(pdf, blacken(pdf, pdf->images[i]));
}
