#include "output/pdf/pdf.h"

/* What a file consists of, as a table for people. */

const char *bx_pdf_kind_name(enum bx_pdf_kind kind)
{
    static const char *const names[BX_PDF_KIND_COUNT] = {
        [BX_PDF_KIND_FONTS] = "fonts",
        [BX_PDF_KIND_CONTENT] = "content",
        [BX_PDF_KIND_IMAGES] = "images",
        [BX_PDF_KIND_PAGES] = "pages",
        [BX_PDF_KIND_STRUCTURE] = "structure",
        [BX_PDF_KIND_OUTLINE] = "outline",
        [BX_PDF_KIND_METADATA] = "metadata",
        [BX_PDF_KIND_COLOUR] = "colour",
        [BX_PDF_KIND_ATTACHMENTS] = "attachments",
        [BX_PDF_KIND_FILE] = "file",
    };
    return names[kind];
}

void bx_pdf_describe(struct bx_buf *out, const struct bx_pdf_census *census)
{
    int objects = 0;
    size_t plain = 0, stored = 0;
    bx_buf_printf(out, "%-12s %8s %9s %9s\n", "what", "objects", "plain", "bytes");
    for (int i = 0; i < BX_PDF_KIND_COUNT; i++) {
        bx_buf_printf(out, "%-12s %8d %9zu %9zu\n", bx_pdf_kind_name((enum bx_pdf_kind)i),
                      census->objects[i], census->plain[i], census->stored[i]);
        objects += census->objects[i];
        plain += census->plain[i];
        stored += census->stored[i];
    }
    bx_buf_printf(out, "%-12s %8d %9zu %9zu\n", "all", objects, plain, stored);
}
