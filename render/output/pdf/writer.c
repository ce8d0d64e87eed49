#include "output/pdf/pdf.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "output/pdf/check.h"
#include "output/pdf/tree.h"

/* The file from end to end: PDF 1.7 as PDF/A-3a and PDF/UA-1 want it.
 *
 * Everything that can fail is done before the first byte: the check, the subsets, the profile. */

#define PROFILE_MAX ((size_t)1 << 20)

static bool
read_profile(struct bx_buf *out, const struct bx_pdf_options *options, struct bx_err *err)
{
    char path[1024];
    int len = snprintf(path, sizeof(path), "%s/srgb.icc", options->data_dir);
    if (len < 0 || (size_t)len >= sizeof(path))
        return bx_fail(err, BX_E_READ, "", "", "the profile's folder has too long a name");
    return bx_file_read(out, path, PROFILE_MAX, err);
}

static int write_profile(struct bx_pdf *pdf, const struct bx_buf *profile)
{
    int number = bx_pdf_new_object(&pdf->objects);
    bx_pdf_add_stream(&pdf->objects, number, "/N 3", profile->data, profile->len,
                      BX_PDF_DEFLATE);
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

static int write_catalog(struct bx_pdf *pdf, int page_root, int profile)
{
    int tree = bx_pdf_write_tree(pdf), outline = bx_pdf_write_outline(pdf);
    int metadata = bx_pdf_write_metadata(pdf);
    struct bx_buf names = {0}, files = {0};
    bx_pdf_write_attachments(pdf, &names, &files);

    int number = bx_pdf_new_object(&pdf->objects);
    struct bx_buf *to = bx_pdf_begin(&pdf->objects, number);
    bx_buf_printf(to,
                  "<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Metadata %d 0 R"
                  "/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Lang",
                  page_root, tree, metadata);
    bx_pdf_add_text(to, pdf->pages->meta.language, strlen(pdf->pages->meta.language));
    bx_buf_printf(to,
                  "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
                  "/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)"
                  "/RegistryName(http://www.color.org)/DestOutputProfile %d 0 R>>]",
                  profile);
    if (outline > 0)
        bx_buf_printf(to, "/Outlines %d 0 R", outline);
    add_page_labels(to, pdf->pages);
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

/* Numbers of elements come first, so that pages and tree can name them before they are written. */
static void write_file(struct bx_pdf *pdf, struct bx_buf *out, const struct bx_buf *profile)
{
    int count = pdf->pages->element_count;
    bx_pdf_objects_init(&pdf->objects, out, "1.7");
    pdf->element_object = bx_pdf_new_object(&pdf->objects);
    for (int e = 1; e < count; e++)
        bx_pdf_new_object(&pdf->objects);
    pdf->bbox_page = BX_NEW_ARRAY(&pdf->arena, int, (size_t)count);
    pdf->bboxes = BX_NEW_ARRAY(&pdf->arena, struct bx_rect, (size_t)count);
    for (int e = 0; e < count; e++)
        pdf->bbox_page[e] = -1;

    bx_pdf_fonts_write(&pdf->fonts, &pdf->objects);
    int profile_object = write_profile(pdf, profile);
    int page_root = bx_pdf_write_pages(pdf);
    bx_pdf_objects_finish(&pdf->objects, write_catalog(pdf, page_root, profile_object));
}

static bool check_date(const struct bx_pdf_options *options, struct bx_err *err)
{
    struct bx_buf date = {0};
    bool is_date = !options->date || bx_pdf_add_date(&date, options->date);
    bx_buf_fini(&date);
    return is_date ||
           bx_fail(err, BX_E_WRITE, "", "", "%s is no date with a zone", options->date);
}

bool bx_pdf_write(struct bx_buf *out,
                  const struct bx_pages *pages,
                  const struct bx_pdf_options *options,
                  struct bx_pdf_timings *timings,
                  struct bx_err *err)
{
    struct bx_pdf pdf = {.pages = pages, .options = options};
    struct bx_buf profile = {0}, file = {0};
    double start = bx_pdf_now_ms(), subset = start;
    bool is_done = bx_pdf_check(pages, options, err) && check_date(options, err) &&
                   read_profile(&profile, options, err) &&
                   bx_pdf_fonts_build(&pdf.fonts, pages, err);
    subset = bx_pdf_now_ms();
    if (is_done) {
        write_file(&pdf, &file, &profile);
        if (out->len == 0) {
            bx_buf_fini(out);
            *out = file;
            file = (struct bx_buf){0};
        } else {
            bx_buf_add(out, file.data, file.len);
        }
    }
    if (timings)
        *timings = (struct bx_pdf_timings){
            .subset_ms = subset - start,
            .compress_ms = pdf.objects.compress_ms,
            .write_ms = bx_pdf_now_ms() - subset - pdf.objects.compress_ms,
        };
    bx_pdf_objects_fini(&pdf.objects);
    bx_pdf_fonts_fini(&pdf.fonts);
    bx_arena_fini(&pdf.arena);
    bx_buf_fini(&profile);
    bx_buf_fini(&file);
    return is_done;
}
