#include "output/pdf/pdf.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "output/pdf/check.h"
#include "output/pdf/font_kept.h"
#include "output/pdf/intent.h"
#include "output/pdf/tree.h"

/* The file from end to end, as its profile wants it.
 *
 * Everything that can fail is done before the first byte: the check, the subsets, the profile. */

#define PROFILE_MAX ((size_t)1 << 20)

static bool
read_colours(struct bx_buf *out, const struct bx_pdf_options *options, struct bx_err *err)
{
    if (options->intent) {
        bx_buf_add(out, options->intent, options->intent_len);
        return true;
    }
    char path[1024];
    int len = snprintf(path, sizeof(path), "%s/srgb.icc", options->data_dir);
    if (len < 0 || (size_t)len >= sizeof(path))
        return bx_fail(err, BX_E_READ, "", "", "the profile's folder has too long a name");
    return bx_file_read(out, path, PROFILE_MAX, err);
}

static int write_colours(struct bx_pdf *pdf, const struct bx_buf *colours)
{
    bx_pdf_set_kind(&pdf->objects, BX_PDF_KIND_COLOUR);
    int number = bx_pdf_new_object(&pdf->objects);
    bx_pdf_add_stream(&pdf->objects, number, pdf->options->intent ? "/N 4" : "/N 3",
                      colours->data, colours->len, BX_PDF_DEFLATE);
    return number;
}

/* Page numbers as a reader's own page field shows them. A new stretch starts where the printed
 * numbers do not go on counting. */
static void add_page_labels(struct bx_buf *to, const struct bx_pages *pages)
{
    bx_buf_add_text(to, "/PageLabels<</Nums[");
    for (int p = 0; p < pages->page_count; p++) {
        int number = pages->pages[p].number;
        if (p > 0 && number == pages->pages[p - 1].number + 1)
            continue;
        bx_buf_printf(to, "%d<</S/D", p);
        if (number > 1)
            bx_buf_printf(to, "/St %d", number);
        bx_buf_add_text(to, ">>");
    }
    bx_buf_add_text(to, "]>>");
}

static int write_catalog(struct bx_pdf *pdf, int page_root, int colours)
{
    struct bx_pdf_objects *objects = &pdf->objects;
    bx_pdf_set_kind(objects, BX_PDF_KIND_STRUCTURE);
    int tree = bx_pdf_write_tree(pdf);
    bx_pdf_set_kind(objects, BX_PDF_KIND_OUTLINE);
    int outline = bx_pdf_write_outline(pdf);
    bx_pdf_set_kind(objects, BX_PDF_KIND_METADATA);
    int metadata = bx_pdf_write_metadata(pdf);
    bx_pdf_set_kind(objects, BX_PDF_KIND_ATTACHMENTS);
    struct bx_buf names = {0}, files = {0};
    bx_pdf_write_attachments(pdf, &names, &files);

    bx_pdf_set_kind(objects, BX_PDF_KIND_FILE);
    int number = bx_pdf_new_object(&pdf->objects);
    struct bx_buf *to = bx_pdf_begin(&pdf->objects, number);
    bx_buf_printf(to,
                  "<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Metadata %d 0 R"
                  "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Lang",
                  page_root, tree, metadata);
    bx_pdf_add_text(to, pdf->pages->meta.language, strlen(pdf->pages->meta.language));
    bx_pdf_add_intent(to, pdf, colours);
    if (outline > 0)
        bx_buf_printf(to, "/Outlines %d 0 R", outline);
    add_page_labels(to, pdf->pages);
    if (pdf->form.len > 0)
        bx_buf_printf(to, "/AcroForm<</Fields[%s]/SigFlags 1>>", pdf->form.data);
    if (files.len > 0)
        bx_buf_printf(to, "/AF[%s]/Names<</EmbeddedFiles<</Names[", files.data);
    if (files.len > 0) {
        bx_buf_add(to, names.data, names.len); /* UTF-16 holds zeroes */
        bx_buf_add_text(to, "]>>>>");
    }
    bx_buf_add_text(to, ">>");
    bx_pdf_end(&pdf->objects);
    bx_buf_fini(&names);
    bx_buf_fini(&files);
    return number;
}

/* Numbers of elements come first, so that pages and tree can name them before they are written.
 * Those of a kind stand side by side: what is alike is then near, which deflate likes. */
static void number_elements(struct bx_pdf *pdf)
{
    int count = pdf->pages->element_count, n = 0;
    pdf->elements = BX_NEW_ARRAY(&pdf->arena, int, (size_t)count);
    pdf->element_objects = BX_NEW_ARRAY(&pdf->arena, int, (size_t)count);
    for (int tag = BX_TAG_DOCUMENT; tag <= BX_TAG_FORM; tag++)
        for (int e = 0; e < count; e++)
            if ((int)pdf->pages->elements[e].tag == tag) {
                pdf->elements[n++] = e;
                pdf->element_objects[e] = bx_pdf_new_object(&pdf->objects);
            }
}

static bool write_file(struct bx_pdf *pdf,
                       struct bx_buf *out,
                       const struct bx_buf *colours,
                       struct bx_err *err)
{
    int count = pdf->pages->element_count;
    bx_pdf_objects_init(&pdf->objects, out, pdf->profile->pdf_version);
    number_elements(pdf);
    pdf->bbox_page = BX_NEW_ARRAY(&pdf->arena, int, (size_t)count);
    pdf->bboxes = BX_NEW_ARRAY(&pdf->arena, struct bx_rect, (size_t)count);
    for (int e = 0; e < count; e++)
        pdf->bbox_page[e] = -1;

    bx_pdf_set_kind(&pdf->objects, BX_PDF_KIND_FONTS);
    bx_pdf_fonts_write(&pdf->fonts, &pdf->objects);
    int colours_object = write_colours(pdf, colours);
    bx_pdf_set_kind(&pdf->objects, BX_PDF_KIND_PAGES);
    int page_root = bx_pdf_write_pages(pdf, err);
    if (page_root == 0)
        return false;
    int catalog = write_catalog(pdf, page_root, colours_object);
    /* The programs follow from what is written: the metadata names the faces with their digests, a font's
     * tag its glyphs. */
    bx_pdf_objects_identify(&pdf->objects);
    bx_pdf_set_kind(&pdf->objects, BX_PDF_KIND_FONTS);
    double start = bx_pdf_now_ms();
    bx_pdf_fonts_write_programs(&pdf->fonts, &pdf->objects);
    pdf->objects.compress_ms += bx_pdf_now_ms() - start;
    bx_pdf_objects_finish(&pdf->objects, catalog);
    return true;
}

static void
tell(const struct bx_pdf *pdf, const struct bx_pdf_told *told, double start, double subset)
{
    if (told->timings)
        *told->timings = (struct bx_pdf_timings){
            .subset_ms = subset - start,
            .compress_ms = pdf->objects.compress_ms,
            .write_ms = bx_pdf_now_ms() - subset - pdf->objects.compress_ms,
        };
    if (told->census)
        *told->census = pdf->objects.census;
}

bool bx_pdf_write(struct bx_buf *out,
                  const struct bx_pages *pages,
                  const struct bx_pdf_options *options,
                  const struct bx_pdf_told *told,
                  struct bx_err *err)
{
    struct bx_pdf pdf = {
        .pages = pages,
        .options = options,
        .profile = options->profile ? options->profile : bx_pdf_profile_at(0),
    };
    struct bx_buf colours = {0}, file = {0};
    double start = bx_pdf_now_ms(), subset = start;
    bool is_done =
        bx_pdf_check(pages, options, told ? told->findings : NULL, err) &&
        read_colours(&colours, options, err) &&
        bx_pdf_fonts_build(&pdf.fonts, pages, options->has_helper, options->kept, err) &&
        bx_cancel_check(options->cancel, err);
    subset = bx_pdf_now_ms();
    is_done = is_done && write_file(&pdf, &file, &colours, err);
    if (is_done) {
        bx_pdf_kept_add(options->kept, &pdf.fonts);
        if (out->len == 0) {
            bx_buf_fini(out);
            *out = file;
            file = (struct bx_buf){0};
        } else {
            bx_buf_add(out, file.data, file.len);
        }
    }
    if (told)
        tell(&pdf, told, start, subset);
    bx_pdf_objects_fini(&pdf.objects);
    bx_pdf_fonts_fini(&pdf.fonts);
    bx_buf_fini(&pdf.form);
    bx_arena_fini(&pdf.arena);
    bx_buf_fini(&colours);
    bx_buf_fini(&file);
    return is_done;
}
