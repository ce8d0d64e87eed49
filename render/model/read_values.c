/* The figures of a table, as its form asks for them.
 *
 * No id is known here: the paths of the form's figure cells are the ids. The JSON tree is walked
 * along them, so that every id the form does not have, and every one that is missing, is named
 * where it stands; a missing branch is named once, not once for each of its figures. */
#include "model/read.h"

#include <string.h>

#include "base/utf8.h"
#include "model/number.h"

enum {
    TEXT_MAX = 64
}; /* characters in a cell, report-model.md */

struct walk {
    struct bx_reader *reader;
    struct bx_section *section;
    int next; /* the cell behind the figure found last: where the next is looked for first */
};

/* Whether a path starts with the prefix (a run of whole steps, or ""), and what follows it. */
static const char *find_rest(const char *path, const char *prefix, size_t prefix_len)
{
    if (prefix_len == 0)
        return path;
    if (strncmp(path, prefix, prefix_len) != 0 || path[prefix_len] != '/')
        return NULL;
    return path + prefix_len + 1;
}

static bool is_figure(const struct bx_form_cell *cell)
{
    return cell->kind == BX_CELL_FIGURE && cell->path;
}

/* Whether the form has ids that start with prefix/key. */
static bool
has_id(const struct bx_form *form, const char *prefix, const char *key, size_t key_len)
{
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        const char *rest =
            is_figure(cell) ? find_rest(cell->path, prefix, strlen(prefix)) : NULL;
        if (rest && strncmp(rest, key, key_len) == 0 &&
            (rest[key_len] == '/' || rest[key_len] == '\0'))
            return true;
    }
    return false;
}

static void
report_figure(struct walk *walk, const struct bx_json *value, const struct bx_form_cell *cell)
{
    static const struct {
        const char *zh, *en;
    } kinds[] = {
        [BX_VALUE_COUNT] = {"不带小数、指数和负号的整数", "a whole number of at least 0"},
        [BX_VALUE_SIGNED] = {"整数，可带正负号", "a whole number"},
        [BX_VALUE_AMOUNT] = {"不小于 0 的数，不用指数", "a decimal number of at least 0"},
        [BX_VALUE_AMOUNT_UNIT] = {"不小于 0 的数，可在字符串里带单位 元、万元、亿元",
                                  "a decimal number of at least 0, with a unit as a string"},
    };
    struct bx_findings *list = walk->reader->findings;
    bx_read_error(walk->reader, "FIGURE", value,
                  bx_findings_text(list, "%s 不合这一格的要求，应是%s", value->text,
                                   kinds[cell->value_kind].zh),
                  bx_findings_text(list, "%s does not suit this cell: %s is due", value->text,
                                   kinds[cell->value_kind].en));
}

static void read_string_figure(struct walk *walk,
                               const struct bx_json *value,
                               const struct bx_form_cell *cell,
                               struct bx_value *out)
{
    const char *text = bx_read_string(walk->reader, value, BX_STRING_LINE);
    if (!text)
        return;
    if (bx_utf8_count(text, value->text_len) > TEXT_MAX) {
        bx_read_error(walk->reader, "LENGTH", value, "一格里的文字不能超过 64 个字符",
                      "a cell holds at most 64 characters");
        return;
    }
    out->text = text;
    out->given = bx_number_suits(text, cell->value_kind) ? BX_GIVEN_NUMBER : BX_GIVEN_TEXT;
    if (out->given == BX_GIVEN_TEXT)
        bx_read_report(
            walk->reader, BX_LEVEL_WARNING, "TEXT", out->where,
            bx_findings_text(walk->reader->findings, "这里应填数字，写的是“%s”", text),
            bx_findings_text(walk->reader->findings, "a number is due here, not \"%s\"", text));
}

static void read_figure(struct walk *walk,
                        const struct bx_json *value,
                        const struct bx_form_cell *cell,
                        struct bx_value *out)
{
    out->where = bx_read_where(walk->reader, value);
    switch (value->kind) {
    case BX_JSON_NULL:
        return;
    case BX_JSON_STRING:
        read_string_figure(walk, value, cell, out);
        return;
    case BX_JSON_NUMBER:
        break;
    case BX_JSON_TRUE:
    case BX_JSON_FALSE:
    case BX_JSON_ARRAY:
    case BX_JSON_OBJECT:
        bx_read_kind(walk->reader, value, BX_JSON_NUMBER);
        return;
    }
    if (value->text_len > TEXT_MAX) {
        bx_read_error(walk->reader, "LENGTH", value, "一格里的数字不能超过 64 位",
                      "a cell holds at most 64 digits");
        return;
    }
    if (!bx_number_suits(value->text, cell->value_kind)) {
        report_figure(walk, value, cell);
        return;
    }
    out->given = BX_GIVEN_NUMBER;
    out->text = bx_arena_strndup(walk->reader->arena, value->text, (size_t)value->text_len);
}

static void walk_object(struct walk *walk, const struct bx_json *value, const char *prefix);

static void report_unknown(struct walk *walk, const struct bx_json *member)
{
    const struct bx_form *form = walk->section->form;
    struct bx_findings *list = walk->reader->findings;
    const char *key = bx_json_key_text(walk->reader->scratch, member);
    bx_read_error(
        walk->reader, "FIELD", member,
        bx_findings_text(list, "%s（%s 版式）没有“%s”这一项", form->title, form->name, key),
        bx_findings_text(list, "the form %s of \"%s\" has no id \"%s\" here", form->name,
                         form->section, key));
}

/* Whether an earlier cell has the same step behind the prefix. */
static bool is_seen(const struct bx_form *form, int at, const char *prefix, const char *key)
{
    for (int i = 0; i < at; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        const char *rest =
            is_figure(cell) ? find_rest(cell->path, prefix, strlen(prefix)) : NULL;
        if (rest && strcspn(rest, "/") == strlen(key) && strncmp(rest, key, strlen(key)) == 0)
            return true;
    }
    return false;
}

/* Reports each step under the prefix that the object lacks, once. */
static void report_missing(struct walk *walk, const struct bx_json *object, const char *prefix)
{
    const struct bx_form *form = walk->section->form;
    struct bx_findings *list = walk->reader->findings;
    for (int i = 0; i < form->cell_count; i++) {
        const struct bx_form_cell *cell = &form->cells[i];
        const char *rest =
            is_figure(cell) ? find_rest(cell->path, prefix, strlen(prefix)) : NULL;
        if (!rest)
            continue;
        const char *key = bx_arena_strndup(walk->reader->scratch, rest, strcspn(rest, "/"));
        if (bx_json_find(object, key) || is_seen(form, i, prefix, key))
            continue;
        bx_read_report(walk->reader, BX_LEVEL_ERROR, "REQUIRED",
                       bx_json_pointer_below(walk->reader->scratch, object, key),
                       bx_findings_text(list, "缺少“%s”这一项；没有数字时写 null", key),
                       bx_findings_text(
                           list, "\"%s\" is missing; where nothing is given write null", key));
    }
}

static const char *join_path(struct bx_arena *arena, const char *prefix, const char *key)
{
    size_t prefix_len = strlen(prefix), key_len = strlen(key);
    char *path = BX_NEW_ARRAY(arena, char, prefix_len + 1 + key_len + 1);
    memcpy(path, prefix, prefix_len);
    if (prefix_len > 0)
        path[prefix_len++] = '/';
    memcpy(path + prefix_len, key, key_len);
    return path;
}

static void walk_member(struct walk *walk, const struct bx_json *member, const char *prefix)
{
    const struct bx_form *form = walk->section->form;
    size_t key_len = (size_t)member->key_len;
    bool is_plain =
        key_len > 0 && !memchr(member->key, '/', key_len) && strlen(member->key) == key_len;
    const char *path = is_plain ? join_path(walk->reader->scratch, prefix, member->key) : "";
    int at = is_plain ? bx_form_find_cell_from(form, path, walk->next) : -1;
    if (at < 0 && is_plain && has_id(form, prefix, member->key, key_len))
        walk_object(walk, member, path);
    else if (at < 0)
        report_unknown(walk, member);
    else if (!walk->section->values[at].where)
        read_figure(walk, member, &form->cells[at], &walk->section->values[at]);
    walk->next = at >= 0 ? at + 1 : walk->next;
}

static void walk_object(struct walk *walk, const struct bx_json *value, const char *prefix)
{
    if (!bx_read_kind(walk->reader, value, BX_JSON_OBJECT))
        return;
    for (const struct bx_json *member = value->first; member; member = member->next)
        walk_member(walk, member, prefix);
    report_missing(walk, value, prefix);
}

void bx_read_values(struct bx_reader *reader,
                    const struct bx_json *value,
                    struct bx_section *section)
{
    struct walk walk = {.reader = reader, .section = section};
    const struct bx_form *form = section->form;
    section->values =
        BX_NEW_ARRAY(reader->arena, struct bx_value, (size_t)(form->cell_count + 1));
    walk_object(&walk, value, "");
    for (int i = 0; i < form->cell_count; i++) {
        struct bx_value *cell = &section->values[i];
        if (!cell->text)
            cell->text = "";
        if (!cell->where)
            cell->where = "";
    }
}
