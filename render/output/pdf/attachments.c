#include "output/pdf/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"

/* Embedded files, each with what ISO 19005-3 6.8 asks for: type, both names, description, its
 * relation to the document, and in Params size, checksum and date. */

static int write_file(struct bx_pdf *pdf, const struct bx_attachment *file)
{
    char md5[BX_MD5_HEX_SIZE];
    bx_md5_hex(md5, file->data, file->len);
    struct bx_buf entries = {0};
    bx_buf_add_text(&entries, "/Type/EmbeddedFile/Subtype");
    bx_pdf_add_name(&entries, file->mime);
    bx_buf_printf(&entries, "/Params<</Size %zu/CheckSum<%s>", file->len, md5);
    if (pdf->options->date) {
        bx_buf_add_text(&entries, "/ModDate");
        bx_pdf_add_date(&entries, pdf->options->date);
    }
    bx_buf_add_text(&entries, ">>");
    int number = bx_pdf_new_object(&pdf->objects);
    bx_pdf_add_stream(&pdf->objects, number, entries.data, file->data, file->len,
                      BX_PDF_DEFLATE);
    bx_buf_fini(&entries);
    return number;
}

static int write_specification(struct bx_pdf *pdf, const struct bx_attachment *file)
{
    int stream = write_file(pdf, file), number = bx_pdf_new_object(&pdf->objects);
    struct bx_buf *to = bx_pdf_begin(&pdf->objects, number);
    bx_buf_add_text(to, "<</Type/Filespec/F");
    bx_pdf_add_text(to, file->name, strlen(file->name));
    bx_buf_add_text(to, "/UF");
    bx_pdf_add_text(to, file->name, strlen(file->name));
    bx_buf_add_text(to, "/Desc");
    bx_pdf_add_text(to, file->description, strlen(file->description));
    bx_buf_add_text(to, "/AFRelationship");
    bx_pdf_add_name(to, file->relationship);
    bx_buf_printf(to, "/EF<</F %d 0 R/UF %d 0 R>>>>", stream, stream);
    bx_pdf_end(&pdf->objects);
    return number;
}

static int compare_names(const void *a, const void *b)
{
    const struct bx_attachment *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

/* Names must ascend; the associated files keep the order they were given in. */
void bx_pdf_write_attachments(struct bx_pdf *pdf, struct bx_buf *names, struct bx_buf *files)
{
    int count = pdf->options->attachment_count;
    if (count == 0)
        return;
    const struct bx_attachment **sorted =
        BX_NEW_ARRAY(&pdf->arena, const struct bx_attachment *, (size_t)count);
    int *numbers = BX_NEW_ARRAY(&pdf->arena, int, (size_t)count);
    for (int i = 0; i < count; i++) {
        sorted[i] = &pdf->options->attachments[i];
        numbers[i] = write_specification(pdf, sorted[i]);
        bx_buf_printf(files, i > 0 ? " %d 0 R" : "%d 0 R", numbers[i]);
    }
    qsort(sorted, (size_t)count, sizeof(*sorted), compare_names);
    for (int i = 0; i < count; i++) {
        bx_pdf_add_text(names, sorted[i]->name, strlen(sorted[i]->name));
        bx_pdf_add_ref(names, numbers[sorted[i] - pdf->options->attachments]);
    }
}
