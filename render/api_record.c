/* The record: version, options that change the output, editions of style and forms, faces.
 *
 * The digest of a pinned face is the lock's, since its file is the pinned one by size
 * (font/fontset.h); `banxin fonts` reads all of it. Any other face is read here. */
#include "api_record.h"

#include "base/digest.h"
#include "base/file.h"

#define FACE_BYTES_MOST ((size_t)1 << 28)

enum {
    RECORD_VERSION,
    RECORD_OPTIONS,
    RECORD_LAYOUTS,
    RECORD_FACES,
    RECORD_COUNT,
};

/* A list of texts that grows in the report's arena. */
struct list {
    struct bx_arena *arena;
    const char **items;
    int count, capacity;
};

static void add(struct list *list, const char *text)
{
    if (list->count == list->capacity)
        list->items = bx_arena_grow(list->arena, list->items, list->count, &list->capacity,
                                    sizeof(*list->items));
    list->items[list->count++] = text;
}

static void list_options(struct list *list,
                         const struct bx_report *report,
                         const struct bx_pdf_options *options)
{
    const struct bx_report_options *given = &report->options;
    add(list, bx_arena_printf(list->arena, "profile=%s", options->profile->name));
    add(list, given->keep_punctuation ? "punctuation=keep" : "punctuation=gb");
    if (given->allow_inconsistent)
        add(list, "allow-inconsistent");
    if (given->is_draft)
        add(list, "draft");
    if (given->has_date)
        add(list, bx_arena_printf(list->arena, "date=%lld", given->date_epoch));
    if (given->bleed_um > 0)
        add(list, bx_arena_printf(list->arena, "bleed-um=%d", given->bleed_um));
    if (given->signature_fields > 0)
        add(list, bx_arena_printf(list->arena, "signature-field=%d", given->signature_fields));
    if (report->straddle) {
        char digest[BX_SHA256_HEX_SIZE];
        bx_sha256_hex(digest, report->straddle->source, report->straddle->source_len);
        add(list, bx_arena_printf(list->arena, "straddle=%s", digest));
    }
    if (given->has_crop_marks)
        add(list, "crop-marks");
    if (options->intent) {
        char digest[BX_SHA256_HEX_SIZE];
        bx_sha256_hex(digest, options->intent, options->intent_len);
        add(list, bx_arena_printf(list->arena, "output-intent=%s", digest));
    }
}

static void list_layouts(struct list *list, const struct bx_report *report)
{
    add(list, bx_arena_printf(list->arena, "style %s %s", report->style->name,
                              report->style->version));
    for (int i = 0; i < report->model->section_count; i++) {
        const struct bx_form *form = report->model->sections[i].form;
        if (form)
            add(list, bx_arena_printf(list->arena, "form %s %s %s", form->section, form->name,
                                      form->version));
    }
}

static bool add_face(struct list *list, const struct bx_font *font, struct bx_err *err)
{
    char digest[BX_SHA256_HEX_SIZE];
    const char *sha256 = font->sha256;
    if (!font->is_pinned) {
        struct bx_buf file = {0};
        bool is_read = bx_file_read(&file, font->path, FACE_BYTES_MOST, err);
        if (is_read)
            bx_sha256_hex(digest, file.data, file.len);
        bx_buf_fini(&file);
        if (!is_read)
            return false;
        sha256 = digest;
    }
    add(list,
        bx_arena_printf(list->arena, "%s %s %s", font->postscript, sha256, font->version));
    return true;
}

/* Faces in the order of their first use. */
static bool list_faces(struct list *list, const struct bx_report *report, struct bx_err *err)
{
    const struct bx_pages *pages = report->pages;
    int count = bx_fontset_count(report->engine->fonts);
    bool *is_told = BX_NEW_ARRAY(list->arena, bool, (size_t)count + 1);
    for (int p = 0; p < pages->page_count; p++)
        for (int i = 0; i < pages->pages[p].mark_count; i++) {
            const struct bx_mark *mark = &pages->pages[p].marks[i];
            if (mark->kind != BX_MARK_RUN || is_told[mark->run.font->id])
                continue;
            is_told[mark->run.font->id] = true;
            if (!add_face(list, mark->run.font, err))
                return false;
        }
    return true;
}

bool bx_api_record(struct bx_report *report, struct bx_pdf_options *options, struct bx_err *err)
{
    static const struct {
        const char *name, *description;
    } kinds[RECORD_COUNT] = {
        [RECORD_VERSION] = {"version", "Version of banxin"},
        [RECORD_OPTIONS] = {"options", "Options"},
        [RECORD_LAYOUTS] = {"layouts", "Style and forms"},
        [RECORD_FACES] = {"faces", "Fonts"},
    };
    struct list lists[RECORD_COUNT] = {0};
    for (int i = 0; i < RECORD_COUNT; i++)
        lists[i].arena = &report->arena;
    add(&lists[RECORD_VERSION], BX_VERSION);
    list_options(&lists[RECORD_OPTIONS], report, options);
    list_layouts(&lists[RECORD_LAYOUTS], report);
    if (!list_faces(&lists[RECORD_FACES], report, err))
        return false;

    struct bx_pdf_record *records =
        BX_NEW_ARRAY(&report->arena, struct bx_pdf_record, (size_t)RECORD_COUNT);
    for (int i = 0; i < RECORD_COUNT; i++)
        records[i] = (struct bx_pdf_record){.name = kinds[i].name,
                                            .description = kinds[i].description,
                                            .values = lists[i].items,
                                            .count = lists[i].count};
    options->records = records;
    options->record_count = RECORD_COUNT;
    return true;
}
