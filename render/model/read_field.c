/* The kinds of JSON values, checked one by one: each error names its place and goes on. */
#include "model/read.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "model/characters.h"
#include "model/number.h"

void bx_read_report(struct bx_reader *reader,
                    enum bx_level level,
                    const char *code,
                    const char *where,
                    const char *zh,
                    const char *en)
{
    bx_findings_add(reader->findings, &(struct bx_finding){.level = level,
                                                           .code = code,
                                                           .where = where,
                                                           .stage = BX_E_MODEL,
                                                           .zh = zh,
                                                           .en = en});
}

const char *bx_read_where(struct bx_reader *reader, const struct bx_json *value)
{
    return bx_json_pointer(reader->arena, value);
}

void bx_read_error(struct bx_reader *reader,
                   const char *code,
                   const struct bx_json *value,
                   const char *zh,
                   const char *en)
{
    const char *where = bx_json_pointer(reader->scratch, value);
    bx_read_report(reader, BX_LEVEL_ERROR, code, where, zh, en);
}

void bx_read_empty(struct bx_reader *reader,
                   const struct bx_json *value,
                   const char *zh,
                   const char *en)
{
    const char *where = bx_json_pointer(reader->scratch, value);
    bx_read_report(reader, BX_LEVEL_WARNING, "EMPTY", where, zh, en);
}

static const struct {
    const char *zh, *en;
} kind_names[] = {
    [BX_JSON_NULL] = {"null", "null"},         [BX_JSON_TRUE] = {"true", "true"},
    [BX_JSON_FALSE] = {"false", "false"},      [BX_JSON_NUMBER] = {"数字", "a number"},
    [BX_JSON_STRING] = {"字符串", "a string"}, [BX_JSON_ARRAY] = {"数组", "an array"},
    [BX_JSON_OBJECT] = {"对象", "an object"},
};

bool bx_read_kind(struct bx_reader *reader, const struct bx_json *value, enum bx_json_kind kind)
{
    if (value->kind == kind)
        return true;
    struct bx_findings *list = reader->findings;
    bx_read_error(reader, "TYPE", value,
                  bx_findings_text(list, "这里应是%s，写的却是%s", kind_names[kind].zh,
                                   kind_names[value->kind].zh),
                  bx_findings_text(list, "%s is due here, not %s", kind_names[kind].en,
                                   kind_names[value->kind].en));
    return false;
}

static bool is_known(const struct bx_json *member, const struct bx_field *fields, int count)
{
    for (int i = 0; i < count; i++)
        if (bx_json_is_named(member, fields[i].name))
            return true;
    return false;
}

static const char *
list_names(struct bx_reader *reader, const struct bx_field *fields, int count, const char *glue)
{
    struct bx_buf names = {0};
    for (int i = 0; i < count; i++) {
        bx_buf_add_text(&names, i > 0 ? glue : "");
        bx_buf_add_text(&names, fields[i].name);
    }
    const char *text = bx_findings_text(reader->findings, "%s", names.data ? names.data : "");
    bx_buf_fini(&names);
    return text;
}

bool bx_read_fields(struct bx_reader *reader,
                    const struct bx_json *value,
                    const struct bx_field *fields,
                    int field_count)
{
    if (!bx_read_kind(reader, value, BX_JSON_OBJECT))
        return false;
    struct bx_findings *list = reader->findings;
    for (const struct bx_json *member = value->first; member; member = member->next) {
        if (is_known(member, fields, field_count))
            continue;
        const char *name = bx_json_key_text(reader->scratch, member);
        bx_read_error(reader, "FIELD", member,
                      bx_findings_text(list, "这里没有“%s”这个字段；可用的有 %s", name,
                                       list_names(reader, fields, field_count, "、")),
                      bx_findings_text(list, "there is no field \"%s\" here; known are %s",
                                       name, list_names(reader, fields, field_count, ", ")));
    }
    for (int i = 0; i < field_count; i++) {
        if (!fields[i].is_required || bx_json_find(value, fields[i].name))
            continue;
        const char *where = bx_json_pointer_below(reader->scratch, value, fields[i].name);
        bx_read_report(
            reader, BX_LEVEL_ERROR, "REQUIRED", where,
            bx_findings_text(list, "缺少必填字段“%s”", fields[i].name),
            bx_findings_text(list, "the required field \"%s\" is missing", fields[i].name));
    }
    return true;
}

static int compare_keys(const void *a, const void *b)
{
    const struct bx_json *const *left = a, *const *right = b;
    int shorter = (*left)->key_len < (*right)->key_len ? (*left)->key_len : (*right)->key_len;
    int order = memcmp((*left)->key, (*right)->key, (size_t)shorter);
    if (order != 0)
        return order;
    if ((*left)->key_len != (*right)->key_len)
        return (*left)->key_len - (*right)->key_len;
    return (*left)->index - (*right)->index;
}

static bool has_equal_key(const struct bx_json *left, const struct bx_json *right)
{
    return left->key_len == right->key_len &&
           memcmp(left->key, right->key, (size_t)left->key_len) == 0;
}

/* Sorting instead of comparing all pairs: a hostile object may have a million keys. */
static void check_keys(struct bx_reader *reader, const struct bx_json *object)
{
    if (object->count < 2)
        return;
    const struct bx_json **members =
        BX_NEW_ARRAY(reader->scratch, const struct bx_json *, (size_t)object->count);
    int count = 0;
    for (const struct bx_json *member = object->first; member; member = member->next)
        members[count++] = member;
    qsort(members, (size_t)count, sizeof(members[0]), compare_keys);
    for (int i = 1; i < count; i++) {
        if (!has_equal_key(members[i - 1], members[i]))
            continue;
        const char *name = bx_json_key_text(reader->scratch, members[i]);
        bx_read_error(reader, "DUPLICATE", members[i],
                      bx_findings_text(reader->findings, "字段“%s”写了不止一次", name),
                      bx_findings_text(reader->findings,
                                       "the field \"%s\" stands here more than once", name));
    }
}

void bx_read_duplicates(struct bx_reader *reader, const struct bx_json *root)
{
    if (root->kind == BX_JSON_OBJECT)
        check_keys(reader, root);
    for (const struct bx_json *child = root->first; child; child = child->next)
        if (child->first)
            bx_read_duplicates(reader, child);
}

/* The first control character that may not stand in a string, or -1. C1 controls count: they
 * come from files of another encoding that were taken for Latin-1. */
static int32_t find_control(const struct bx_json *value, bool has_lines)
{
    for (int at = 0; at < value->text_len;) {
        uint32_t code = bx_utf8_next(value->text, &at);
        bool is_control = code < 0x20 || (0x7F <= code && code <= 0x9F);
        if (is_control && !(has_lines && code == '\n'))
            return (int32_t)code;
    }
    return -1;
}

static bool is_blank_text(const char *text)
{
    for (int at = 0; text[at];) {
        uint32_t code = bx_utf8_next(text, &at);
        if (!bx_char_is_space(code) && code != 0x3000 && code != '\n')
            return false;
    }
    return true;
}

const char *
bx_read_string(struct bx_reader *reader, const struct bx_json *value, enum bx_string_rule rule)
{
    if (!bx_read_kind(reader, value, BX_JSON_STRING))
        return NULL;
    struct bx_findings *list = reader->findings;
    int32_t control = find_control(value, rule == BX_STRING_LINES);
    if (control == '\n') {
        bx_read_error(reader, "CONTROL", value, "这里的文字不能换行",
                      "this text cannot hold a line break");
        return NULL;
    }
    if (control >= 0) {
        bx_read_error(
            reader, "CONTROL", value,
            bx_findings_text(list, "文字中有控制字符 U+%04X，请删去", (unsigned)control),
            bx_findings_text(list, "the text holds the control character U+%04X",
                             (unsigned)control));
        return NULL;
    }
    if (rule == BX_STRING_NAME && is_blank_text(value->text)) {
        bx_read_error(reader, "VALUE", value, "这里不能为空", "this cannot be empty");
        return NULL;
    }
    return bx_arena_strndup(reader->arena, value->text, (size_t)value->text_len);
}

bool bx_read_whole(
    struct bx_reader *reader, const struct bx_json *value, int least, int most, int *out)
{
    if (!bx_read_kind(reader, value, BX_JSON_NUMBER))
        return false;
    int number = 0;
    if (bx_number_whole(value->text, &number) && least <= number && number <= most) {
        *out = number;
        return true;
    }
    bx_read_error(reader, "VALUE", value,
                  bx_findings_text(reader->findings, "这里应是 %d 到 %d 的整数", least, most),
                  bx_findings_text(reader->findings, "a whole number from %d to %d is due here",
                                   least, most));
    return false;
}

int bx_read_choice(struct bx_reader *reader,
                   const struct bx_json *value,
                   const char *const *names,
                   int name_count)
{
    if (!bx_read_kind(reader, value, BX_JSON_STRING))
        return -1;
    struct bx_buf list = {0};
    for (int i = 0; i < name_count; i++) {
        if ((size_t)value->text_len == strlen(names[i]) && strcmp(value->text, names[i]) == 0) {
            bx_buf_fini(&list);
            return i;
        }
        bx_buf_printf(&list, "%s\"%s\"", i > 0 ? ", " : "", names[i]);
    }
    bx_read_error(reader, "VALUE", value,
                  bx_findings_text(reader->findings, "这里只能写 %s", list.data),
                  bx_findings_text(reader->findings, "one of %s is due here", list.data));
    bx_buf_fini(&list);
    return -1;
}

bool bx_text_is_blank(const struct bx_text *text)
{
    for (int i = 0; i < text->span_count; i++)
        if (!is_blank_text(text->spans[i].text))
            return false;
    return true;
}
