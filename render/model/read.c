/* The report as a whole: from JSON to the model.
 *
 * Every part reports its own errors and goes on, so that a clerk sees all of them at once; the
 * model is given out only when there were none. What a part could not read is left empty in the
 * model, which nobody sees then. */
#include "model/read.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "model/normalise.h"

enum {
    YEAR_LEAST = 2008, /* the regulation's first year in force */
    YEAR_MOST = 2100,
    TITLE_LINES_MAX = 4,
};

static void read_format(struct bx_reader *reader, const struct bx_json *root)
{
    static const char *const names[] = {"zfxxgk-annual-report/1"};
    const struct bx_json *value = bx_json_find(root, "format");
    if (value)
        bx_read_choice(reader, value, names, 1);
}

static void read_title_lines(struct bx_reader *reader, const struct bx_json *value)
{
    struct bx_model *model = reader->model;
    const struct bx_json *line = value;
    int count = 1;
    if (value->kind == BX_JSON_ARRAY) {
        if (value->count < 1 || value->count > TITLE_LINES_MAX) {
            bx_read_error(reader, "VALUE", value, "标题应有 1 到 4 行",
                          "a title has 1 to 4 lines");
            return;
        }
        line = value->first;
        count = value->count;
    }
    model->is_title_free = value->kind != BX_JSON_ARRAY;
    model->title_lines = BX_NEW_ARRAY(reader->arena, const char *, (size_t)count);
    for (; line; line = model->is_title_free ? NULL : line->next) {
        const char *text = bx_read_line(reader, line, BX_STRING_NAME);
        if (text)
            model->title_lines[model->title_line_count++] = text;
    }
}

static void read_title(struct bx_reader *reader, const struct bx_json *root)
{
    struct bx_model *model = reader->model;
    const struct bx_json *value = bx_json_find(root, "title");
    if (value) {
        model->title_where = bx_read_where(reader, value);
        read_title_lines(reader, value);
    } else if (model->organ && model->year > 0) {
        const char *format = reader->options->sections->title_format;
        model->title_where = "/organ";
        model->title_lines = BX_NEW(reader->arena, const char *);
        model->title_lines[0] = bx_read_fill(reader, format, model->organ, model->year, 0, 0);
        model->title_line_count = 1;
        model->is_title_free = true;
    }
    struct bx_buf title = {0};
    for (int i = 0; i < model->title_line_count; i++)
        bx_buf_add_text(&title, model->title_lines[i]);
    model->title = bx_arena_strndup(reader->arena, title.data ? title.data : "", title.len);
    bx_buf_fini(&title);
}

/* Document numbers are never changed: only characters and spaces are put right. */
static void read_document_number(struct bx_reader *reader, const struct bx_json *root)
{
    const struct bx_json *value = bx_json_find(root, "document_number");
    const char *text = value ? bx_read_string(reader, value, BX_STRING_NAME) : NULL;
    if (text)
        reader->model->document_number = bx_text_normalise(
            reader->arena, text, true, bx_read_where(reader, value), reader->findings);
}

static bool is_alnum(char c)
{
    return ('0' <= c && c <= '9') || ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z');
}

/* The form of a BCP 47 tag: subtags of one to eight letters and digits, the first of letters. */
static bool is_language(const char *text)
{
    int len = 0;
    bool is_first = true;
    for (; *text; text++) {
        if (*text == '-') {
            if (len == 0)
                return false;
            len = 0;
            is_first = false;
        } else if (!is_alnum(*text) || ++len > 8 || (is_first && *text <= '9')) {
            return false;
        }
    }
    return len > 0;
}

static void read_language(struct bx_reader *reader, const struct bx_json *root)
{
    const struct bx_json *value = bx_json_find(root, "language");
    reader->model->language = "zh-CN";
    if (!value)
        return;
    const char *text = bx_read_string(reader, value, BX_STRING_LINE);
    if (text && is_language(text))
        reader->model->language = text;
    else if (text)
        bx_read_error(reader, "VALUE", value, "语言应写作 zh-CN 这样的标签（BCP 47）",
                      "a language is a tag like zh-CN (BCP 47)");
}

static void read_preamble(struct bx_reader *reader, const struct bx_json *root)
{
    struct bx_model *model = reader->model;
    const struct bx_json *value = bx_json_find(root, "preamble");
    if (!value || !bx_read_kind(reader, value, BX_JSON_ARRAY) || value->count == 0)
        return;
    model->preamble = BX_NEW_ARRAY(reader->arena, struct bx_text, (size_t)value->count);
    for (const struct bx_json *item = value->first; item; item = item->next) {
        struct bx_text *text = &model->preamble[model->preamble_count];
        if (!bx_read_kind(reader, item, BX_JSON_STRING))
            continue;
        if (!bx_read_text(reader, item, text))
            continue;
        if (bx_text_is_blank(text))
            bx_read_empty(reader, item, "这一段是空的，没有印出",
                          "this paragraph is empty and not printed");
        else
            model->preamble_count++;
    }
}

/* ---- sections ---- */

static void read_section_title(struct bx_reader *reader,
                               const struct bx_json *value,
                               struct bx_section *section)
{
    const struct bx_json *title = bx_json_find(value, "title");
    section->title = section->form ? section->form->title : section->spec->title;
    section->title_where = bx_read_where(reader, title ? title : value);
    const char *text = title ? bx_read_line(reader, title, BX_STRING_NAME) : NULL;
    if (text)
        section->title = text;
}

static void
read_prose(struct bx_reader *reader, const struct bx_json *value, struct bx_section *section)
{
    static const struct bx_field fields[] = {{"title", false}, {"body", true}};
    if (!bx_read_fields(reader, value, fields, 2))
        return;
    read_section_title(reader, value, section);
    const struct bx_json *body = bx_json_find(value, "body");
    if (!body)
        return;
    bx_read_blocks(reader, body, &section->body);
    if (body->kind == BX_JSON_ARRAY && body->count == 0)
        bx_read_empty(reader, body, "这一部分没有内容", "this section has no content");
}

/* The form a table names, or the one of its year. Without a valid year none can be chosen, and
 * the values are left unread. False when a layout file is not valid. */
static bool
find_form(struct bx_reader *reader, const struct bx_json *value, struct bx_section *section)
{
    const struct bx_model_options *options = reader->options;
    const struct bx_json *given = bx_json_find(value, "form");
    int year = reader->model->year;
    const char *name = NULL;
    if (given)
        name = bx_read_string(reader, given, BX_STRING_NAME);
    else if (year > 0)
        name = bx_sections_form_for(options->sections, year);
    if (!name)
        return true;
    if (!bx_form_set_find(&section->form, options->forms, section->spec->id, name, reader->err))
        return false;
    if (!section->form)
        bx_read_error(reader, "FORM", given ? given : value,
                      bx_findings_text(reader->findings, "没有名为“%s”的版式", name),
                      bx_findings_text(reader->findings, "there is no form \"%s\"", name));
    return true;
}

/* False when a layout file is not valid. */
static bool read_table_section(struct bx_reader *reader,
                               const struct bx_json *value,
                               struct bx_section *section)
{
    static const struct bx_field fields[] = {{"title", false},
                                             {"form", false},
                                             {"intro", false},
                                             {"after", false},
                                             {"values", true}};
    if (!bx_read_fields(reader, value, fields, 5))
        return true;
    if (!find_form(reader, value, section))
        return false;
    read_section_title(reader, value, section);
    const struct bx_json *member = bx_json_find(value, "intro");
    if (member)
        bx_read_blocks(reader, member, &section->body);
    member = bx_json_find(value, "values");
    if (member && section->form)
        bx_read_values(reader, member, section);
    else if (member)
        bx_read_kind(reader, member, BX_JSON_OBJECT);
    member = bx_json_find(value, "after");
    if (member)
        bx_read_blocks(reader, member, &section->after);
    return true;
}

static bool
read_section(struct bx_reader *reader, const struct bx_json *value, struct bx_section *section)
{
    switch (section->spec->kind) {
    case BX_SECTION_PROSE:
        read_prose(reader, value, section);
        return true;
    case BX_SECTION_TABLE:
        return read_table_section(reader, value, section);
    }
    return true;
}

static bool read_sections(struct bx_reader *reader, const struct bx_json *root)
{
    const struct bx_sections *specs = reader->options->sections;
    struct bx_model *model = reader->model;
    const struct bx_json *value = bx_json_find(root, "sections");
    int count = specs->section_count;
    struct bx_field *fields =
        BX_NEW_ARRAY(reader->scratch, struct bx_field, (size_t)(count + 1));
    for (int i = 0; i < count; i++)
        fields[i] = (struct bx_field){specs->sections[i].id, true};
    if (!value || !bx_read_fields(reader, value, fields, count))
        return true;

    model->sections = BX_NEW_ARRAY(reader->arena, struct bx_section, (size_t)(count + 1));
    model->section_count = count;
    for (int i = 0; i < count; i++) {
        struct bx_section *section = &model->sections[i];
        section->spec = &specs->sections[i];
        const struct bx_json *member = bx_json_find(value, section->spec->id);
        if (member && !read_section(reader, member, section))
            return false;
    }
    return true;
}

/* ---- the whole ---- */

static bool read_root(struct bx_reader *reader, const struct bx_json *root)
{
    static const struct bx_field fields[] = {{"format", true},
                                             {"year", true},
                                             {"organ", true},
                                             {"title", false},
                                             {"document_number", false},
                                             {"preamble", false},
                                             {"sections", true},
                                             {"signature", false},
                                             {"language", false}};
    enum {
        FIELD_COUNT = sizeof(fields) / sizeof(fields[0])
    };
    struct bx_model *model = reader->model;
    bx_read_duplicates(reader, root);
    if (!bx_read_fields(reader, root, fields, FIELD_COUNT))
        return true;
    read_format(reader, root);
    const struct bx_json *value = bx_json_find(root, "year");
    if (value)
        bx_read_whole(reader, value, YEAR_LEAST, YEAR_MOST, &model->year);
    value = bx_json_find(root, "organ");
    if (value)
        model->organ = bx_read_line(reader, value, BX_STRING_NAME);
    read_language(reader, root);
    read_document_number(reader, root);
    read_title(reader, root);
    read_preamble(reader, root);
    if (!read_sections(reader, root))
        return false;
    value = bx_json_find(root, "signature");
    if (value)
        bx_read_signature(reader, value);
    return true;
}

/* What is no JSON: one finding, and the end of the reading. */
static void report_json(struct bx_findings *findings, const struct bx_err *err, const char *zh)
{
    bx_findings_add(findings, &(struct bx_finding){.level = BX_LEVEL_ERROR,
                                                   .code = "JSON",
                                                   .file = err->file,
                                                   .where = err->where,
                                                   .stage = BX_E_READ,
                                                   .zh = zh,
                                                   .en = err->what});
}

static bool
fail_at_first_error(const struct bx_findings *findings, int from, struct bx_err *err)
{
    for (int i = from; i < findings->count; i++) {
        const struct bx_finding *item = &findings->items[i];
        if (item->level == BX_LEVEL_ERROR)
            return bx_fail(err, BX_E_MODEL, item->file, item->where, "%s", item->en);
    }
    return true;
}

static struct bx_model *new_model(const void *data, size_t len, const char *file)
{
    struct bx_arena arena = {0};
    struct bx_model *model = BX_NEW(&arena, struct bx_model);
    model->file = bx_arena_strndup(&arena, file, strlen(file));
    model->source = bx_arena_strndup(&arena, len > 0 ? data : "", len);
    model->source_len = len;
    model->arena = arena;
    return model;
}

bool bx_model_read(struct bx_model **out,
                   const void *data,
                   size_t len,
                   const struct bx_model_options *options,
                   struct bx_findings *findings,
                   struct bx_err *err)
{
    const char *file = options->file ? options->file : "";
    const char *borrowed = findings->file, *zh = NULL;
    const struct bx_json *root = NULL;
    struct bx_arena scratch = {0};
    int from = findings->count;
    bool is_good = false;
    findings->file = file;
    if (!bx_json_read(&root, &scratch, file, data, len, &zh, err)) {
        report_json(findings, err, zh);
        goto done;
    }

    struct bx_model *model = new_model(data, len, file);
    if (options->base_dir)
        model->base_dir =
            bx_arena_strndup(&model->arena, options->base_dir, strlen(options->base_dir));
    model->held = options->held;
    struct bx_reader reader = {.arena = &model->arena,
                               .scratch = &scratch,
                               .model = model,
                               .options = options,
                               .findings = findings,
                               .err = err};
    is_good = read_root(&reader, root) && fail_at_first_error(findings, from, err);
    if (is_good)
        *out = model;
    else
        bx_model_free(model);

done:
    findings->file = borrowed;
    bx_arena_fini(&scratch);
    return is_good;
}

void bx_model_free(struct bx_model *model)
{
    if (!model)
        return;
    struct bx_arena arena = model->arena; /* the model itself lives in it */
    bx_arena_fini(&arena);
}
