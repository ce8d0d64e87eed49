/* What stands beside the pages: structure tree, outline, metadata, attachments, catalog. */
#ifndef BX_PDF_TREE_H
#define BX_PDF_TREE_H

#include "output/pdf/content.h"

/* Each writes its objects and gives the number of the one the catalog names; 0 where there is
 * nothing to name. Pages must have been written before. */
int bx_pdf_write_tree(struct bx_pdf *pdf);
int bx_pdf_write_outline(struct bx_pdf *pdf);
int bx_pdf_write_metadata(struct bx_pdf *pdf);

/* The names of the embedded files, for the catalog's Names and AF; nothing without attachments. */
void bx_pdf_write_attachments(struct bx_pdf *pdf, struct bx_buf *names, struct bx_buf *files);

/* A date of ISO 8601 as a PDF date: 2020-01-23T00:00:00+08:00 as D:20200123000000+08'00.
 *
 * Gives   false when `iso` is not of the form YYYY-MM-DDTHH:MM:SS with Z or +HH:MM. */
bool bx_pdf_add_date(struct bx_buf *to, const char *iso);

#endif
