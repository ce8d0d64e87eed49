#include "output/pdf/content.h"

#include <string.h>

/* Pages with their contents, and annotations. All pages share one Resources dictionary, named by
 * each of them (ISO 19005-2 6.2.2). */

static void add_annotation(struct bx_pdf *pdf, int number)
{
    if (pdf->annotation_count == pdf->annotation_capacity)
        pdf->annotations = bx_arena_grow(&pdf->arena, pdf->annotations, pdf->annotation_count,
                                         &pdf->annotation_capacity, sizeof(*pdf->annotations));
    pdf->annotations[pdf->annotation_count++] = number;
}

/* A URI is ASCII (ISO 32000-1 12.6.4.7): other bytes are written as %XX. */
static void add_uri(struct bx_buf *to, const char *uri)
{
    struct bx_buf ascii = {0};
    for (const char *p = uri; *p; p++) {
        unsigned char byte = (unsigned char)*p;
        if (byte <= 0x20 || byte >= 0x7F)
            bx_buf_printf(&ascii, "%%%02X", byte);
        else
            bx_buf_add_byte(&ascii, *p);
    }
    bx_pdf_add_string(to, ascii.data ? ascii.data : "", ascii.len);
    bx_buf_fini(&ascii);
}

static void
add_edges(struct bx_buf *to, const struct bx_pdf *pdf, int page, const struct bx_mark *mark)
{
    int64_t height = bx_pdf_milli(pdf->pages->pages[page].height);
    int64_t edges[4] = {
        bx_pdf_milli(mark->rect.x), height - bx_pdf_milli(mark->rect.y + mark->rect.h),
        bx_pdf_milli(mark->rect.x + mark->rect.w), height - bx_pdf_milli(mark->rect.y)};
    bx_buf_add_text(to, "/Rect[");
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            bx_buf_add_byte(to, ' ');
        bx_pdf_add_milli(to, edges[i]);
    }
    bx_buf_add_byte(to, ']');
}

static int write_link(struct bx_pdf *pdf, int page, const struct bx_mark *mark)
{
    const char *alt = pdf->pages->elements[mark->element].alt;
    const char *contents = alt ? alt : mark->uri;
    int number = bx_pdf_new_object(&pdf->objects);
    struct bx_buf *to = bx_pdf_begin(&pdf->objects, number);
    bx_buf_add_text(to, "<</Type/Annot/Subtype/Link");
    add_edges(to, pdf, page, mark);
    /* F 4 is Print (ISO 19005-2 6.3.2). */
    bx_buf_printf(to, "/Border[0 0 0]/F 4/P %d 0 R/StructParent %d/A<</S/URI/URI",
                  pdf->page_objects[page], pdf->pages->page_count + pdf->annotation_count);
    add_uri(to, mark->uri);
    bx_buf_add_text(to, ">>/Contents");
    bx_pdf_add_text(to, contents, strlen(contents));
    bx_buf_add_text(to, ">>");
    bx_pdf_end(&pdf->objects);
    add_annotation(pdf, number);
    return number;
}

/* An empty signature field with its widget in one object, and its look, which shows nothing. F 132 is
 * Print and Locked; TU says to those who do not see what the field is for (ISO 14289-1 7.18.4), Contents
 * says it again for PDF 2.0 (ISO 14289-2 8.10.2.3). */
static int write_field(struct bx_pdf *pdf, int page, const struct bx_mark *mark)
{
    int look = bx_pdf_new_object(&pdf->objects), number = bx_pdf_new_object(&pdf->objects);
    struct bx_buf box = {0};
    bx_buf_add_text(&box, "/Type/XObject/Subtype/Form/Resources<<>>/BBox[0 0 ");
    bx_pdf_add_len(&box, mark->rect.w);
    bx_buf_add_byte(&box, ' ');
    bx_pdf_add_len(&box, mark->rect.h);
    bx_buf_add_byte(&box, ']');
    bx_pdf_add_stream(&pdf->objects, look, box.data, "", 0, BX_PDF_PLAIN);
    bx_buf_fini(&box);

    const char *description = pdf->pages->elements[mark->element].alt;
    struct bx_buf *to = bx_pdf_begin(&pdf->objects, number);
    bx_buf_printf(to, "<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature%d)/TU",
                  ++pdf->field_count);
    bx_pdf_add_text(to, description, strlen(description));
    bx_buf_add_text(to, "/Contents");
    bx_pdf_add_text(to, description, strlen(description));
    add_edges(to, pdf, page, mark);
    bx_buf_printf(to, "/F 132/P %d 0 R/StructParent %d/AP<</N %d 0 R>>>>",
                  pdf->page_objects[page], pdf->pages->page_count + pdf->annotation_count,
                  look);
    bx_pdf_end(&pdf->objects);
    add_annotation(pdf, number);
    bx_buf_printf(&pdf->form, pdf->form.len > 0 ? " %d 0 R" : "%d 0 R", number);
    return number;
}

/* Writes the links and fields of a page and leaves their references in `refs`. Each is an item of its
 * element, behind the page's text. */
static void write_annotations(struct bx_pdf *pdf, int page, struct bx_buf *refs)
{
    for (int i = 0; i < pdf->pages->pages[page].mark_count; i++) {
        const struct bx_mark *mark = &pdf->pages->pages[page].marks[i];
        if (mark->kind != BX_MARK_LINK && mark->kind != BX_MARK_FIELD)
            continue;
        int number = mark->kind == BX_MARK_LINK ? write_link(pdf, page, mark)
                                                : write_field(pdf, page, mark);
        bx_pdf_add_item(
            pdf, &(struct bx_pdf_item){
                     .element = mark->element, .page = page, .mcid = -1, .annotation = number});
        if (refs->len > 0)
            bx_buf_add_byte(refs, ' ');
        bx_pdf_add_ref(refs, number);
    }
}

static void
add_box(struct bx_buf *to, const char *name, const struct bx_page *page, int64_t margin)
{
    bx_buf_add_text(to, name);
    int64_t edges[4] = {-margin, -margin, bx_pdf_milli(page->width) + margin,
                        bx_pdf_milli(page->height) + margin};
    for (int i = 0; i < 4; i++) {
        bx_buf_add_byte(to, i > 0 ? ' ' : '[');
        bx_pdf_add_milli(to, edges[i]);
    }
    bx_buf_add_byte(to, ']');
}

/* The page keeps its origin; a sheet around it reaches to negative places. */
static void add_boxes(struct bx_buf *to, const struct bx_pdf *pdf, const struct bx_page *page)
{
    struct bx_pdf_margin margin = bx_pdf_margin(pdf);
    add_box(to, "/MediaBox", page, margin.sheet);
    if (margin.sheet == 0)
        return;
    add_box(to, "/BleedBox", page, margin.bleed);
    add_box(to, "/TrimBox", page, 0);
}

static void write_page(struct bx_pdf *pdf, int page, int root, int resources)
{
    const struct bx_page *source = &pdf->pages->pages[page];
    struct bx_buf content = {0}, refs = {0};
    bx_pdf_content_build(pdf, page, &content);
    bx_pdf_set_kind(&pdf->objects, BX_PDF_KIND_CONTENT);
    int stream = bx_pdf_new_object(&pdf->objects);
    bx_pdf_add_stream(&pdf->objects, stream, "", content.data, content.len, BX_PDF_DEFLATE);
    bx_pdf_set_kind(&pdf->objects, BX_PDF_KIND_PAGES);
    write_annotations(pdf, page, &refs);

    struct bx_buf *to = bx_pdf_begin(&pdf->objects, pdf->page_objects[page]);
    bx_buf_printf(to, "<</Type/Page/Parent %d 0 R", root);
    add_boxes(to, pdf, source);
    bx_buf_printf(to, "/Resources %d 0 R/Contents %d 0 R/Tabs/S", resources, stream);
    bx_pdf_add_seal_group(to, pdf, page);
    if (pdf->mcid_counts[page] > 0)
        bx_buf_printf(to, "/StructParents %d", page);
    if (refs.len > 0)
        bx_buf_printf(to, "/Annots[%s]", refs.data);
    bx_buf_add_text(to, ">>");
    bx_pdf_end(&pdf->objects);
    bx_buf_fini(&content);
    bx_buf_fini(&refs);
}

static void write_resources(struct bx_pdf *pdf, int number)
{
    struct bx_buf *to = bx_pdf_begin(&pdf->objects, number);
    bx_buf_add_text(to, "<<");
    if (pdf->fonts.face_count > 0) {
        bx_buf_add_text(to, "/Font<<");
        bx_pdf_fonts_add_resources(&pdf->fonts, to);
        bx_buf_add_text(to, ">>");
    }
    bx_pdf_add_seal_state(to, pdf);
    if (pdf->image_count > 0) {
        bx_buf_add_text(to, "/XObject<<");
        for (int i = 0; i < pdf->image_count; i++)
            bx_buf_printf(to, "/I%d %d 0 R", i, pdf->image_objects[i]);
        bx_buf_add_text(to, ">>");
    }
    bx_buf_add_text(to, ">>");
    bx_pdf_end(&pdf->objects);
}

int bx_pdf_write_pages(struct bx_pdf *pdf, struct bx_err *err)
{
    int count = pdf->pages->page_count;
    int root = bx_pdf_new_object(&pdf->objects), resources = bx_pdf_new_object(&pdf->objects);
    pdf->page_objects = BX_NEW_ARRAY(&pdf->arena, int, (size_t)count);
    pdf->mcid_counts = BX_NEW_ARRAY(&pdf->arena, int, (size_t)count);
    pdf->has_seal = BX_NEW_ARRAY(&pdf->arena, bool, (size_t)count);
    for (int p = 0; p < count; p++)
        pdf->page_objects[p] = bx_pdf_new_object(&pdf->objects);
    for (int p = 0; p < count; p++) {
        if (!bx_cancel_check(pdf->options->cancel, err))
            return 0;
        write_page(pdf, p, root, resources);
    }
    bx_pdf_set_kind(&pdf->objects, BX_PDF_KIND_IMAGES);
    bx_pdf_write_images(pdf);
    bx_pdf_set_kind(&pdf->objects, BX_PDF_KIND_PAGES);
    write_resources(pdf, resources);

    struct bx_buf *to = bx_pdf_begin(&pdf->objects, root);
    bx_buf_printf(to, "<</Type/Pages/Count %d/Kids[", count);
    for (int p = 0; p < count; p++)
        bx_buf_printf(to, p > 0 ? " %d 0 R" : "%d 0 R", pdf->page_objects[p]);
    bx_buf_add_text(to, "]>>");
    bx_pdf_end(&pdf->objects);
    return root;
}
