/* Blocks of prose: paragraphs, headings, images, plain tables, charts.
 *
 * Which kind a block is, is told by the field that only this kind has; every other field must
 * then belong to that kind. Empty texts are warned of and left out, so that no later stage meets
 * a block without anything to set. */
#include "model/read.h"

#include <string.h>

#include "model/characters.h"

bool bx_read_measure(const char *text, bool has_mm, int *um, int *per_1000)
{
    enum {
        WHOLE_MAX = 4,
        DECIMALS_MAX = 3
    };
    int whole = 0, decimals = 0, at = 0;
    int value = 0; /* in thousandths */
    for (; bx_char_is_digit((unsigned char)text[at]) && whole <= WHOLE_MAX; at++, whole++)
        value = value * 10 + (text[at] - '0');
    if (whole == 0 || whole > WHOLE_MAX)
        return false;
    if (text[at] == '.') {
        for (at++; bx_char_is_digit((unsigned char)text[at]) && decimals <= DECIMALS_MAX; at++)
            decimals++;
        if (decimals == 0 || decimals > DECIMALS_MAX)
            return false;
    }
    for (int i = 0; i < DECIMALS_MAX; i++)
        value = value * 10 + (i < decimals ? text[at - decimals + i] - '0' : 0);
    if (value == 0)
        return false;
    *um = *per_1000 = 0;
    if (has_mm && strcmp(text + at, "mm") == 0)
        *um = value;
    else if (strcmp(text + at, "%") == 0)
        *per_1000 = value < 100 ? 1 : (value + 50) / 100;
    else
        return false;
    return true;
}

/* Inside the report's folder: relative, without a step upward. Links are the image reader's
 * concern, which sees the files. */
static bool is_inner_path(const char *path)
{
    if (path[0] == '/' || strchr(path, '\\'))
        return false;
    for (const char *step = path; step; step = strchr(step, '/')) {
        step += step[0] == '/' ? 1 : 0;
        size_t len = strcspn(step, "/");
        if (len == 2 && memcmp(step, "..", 2) == 0)
            return false;
    }
    return true;
}

const char *bx_read_path(struct bx_reader *reader, const struct bx_json *value)
{
    const char *path = bx_read_string(reader, value, BX_STRING_NAME);
    if (!path || is_inner_path(path))
        return path;
    bx_read_error(reader, "PATH", value,
                  "图片路径应是报告所在文件夹内的相对路径，不能含 .. 或反斜杠",
                  "an image's path must be relative and stay inside the report's folder");
    return NULL;
}

static void
read_width(struct bx_reader *reader, const struct bx_json *value, struct bx_block *block)
{
    const char *text = bx_read_string(reader, value, BX_STRING_LINE);
    if (text && !bx_read_measure(text, true, &block->width_um, &block->width_1000))
        bx_read_error(reader, "VALUE", value, "宽度应写作 \"120mm\" 或 \"60%\" 这样的形式",
                      "a width reads like \"120mm\" or \"60%\"");
}

/* A caption or heading: one line, none when it is blank. */
static void
read_line_text(struct bx_reader *reader, const struct bx_json *value, struct bx_text *out)
{
    const char *text = bx_read_line(reader, value, BX_STRING_LINE);
    struct bx_span *span = BX_NEW(reader->arena, struct bx_span);
    span->text = text;
    *out = (struct bx_text){
        .spans = span, .span_count = text ? 1 : 0, .where = bx_read_where(reader, value)};
    if (text && bx_text_is_blank(out)) {
        bx_read_empty(reader, value, "这里是空的，没有印出", "this is empty and not printed");
        out->span_count = 0;
    }
}

static void
read_caption(struct bx_reader *reader, const struct bx_json *value, struct bx_block *block)
{
    const struct bx_json *caption = bx_json_find(value, "caption");
    if (caption)
        read_line_text(reader, caption, &block->caption);
}

static bool
read_image(struct bx_reader *reader, const struct bx_json *value, struct bx_block *block)
{
    static const struct bx_field fields[] = {
        {"image", true}, {"caption", false}, {"alt", true}, {"width", false}};
    bx_read_fields(reader, value, fields, 4);
    block->kind = BX_BLOCK_IMAGE;
    block->image_path = bx_read_path(reader, bx_json_find(value, "image"));
    const struct bx_json *member = bx_json_find(value, "alt");
    if (member)
        block->alt = bx_read_string(reader, member, BX_STRING_NAME);
    member = bx_json_find(value, "width");
    if (member)
        read_width(reader, member, block);
    read_caption(reader, value, block);
    return true;
}

static bool
read_table(struct bx_reader *reader, const struct bx_json *value, struct bx_block *block)
{
    static const struct bx_field fields[] = {{"table", true}, {"caption", false}};
    bx_read_fields(reader, value, fields, 2);
    block->kind = BX_BLOCK_TABLE;
    bx_read_plain_table(reader, bx_json_find(value, "table"), &block->table);
    read_caption(reader, value, block);
    return true;
}

static bool
read_chart(struct bx_reader *reader, const struct bx_json *value, struct bx_block *block)
{
    static const struct bx_field fields[] = {
        {"chart", true}, {"caption", false}, {"alt", false}, {"width", false}};
    bx_read_fields(reader, value, fields, 4);
    block->kind = BX_BLOCK_CHART;
    bx_read_chart(reader, bx_json_find(value, "chart"), &block->chart);
    const struct bx_json *member = bx_json_find(value, "alt");
    if (member)
        block->alt = bx_read_string(reader, member, BX_STRING_NAME);
    member = bx_json_find(value, "width");
    if (member)
        read_width(reader, member, block);
    read_caption(reader, value, block);
    return true;
}

static void
read_heading(struct bx_reader *reader, const struct bx_json *value, struct bx_block *block)
{
    enum {
        LEVEL_LEAST = 2,
        LEVEL_MOST = 4,
        LEVEL_DEFAULT = 2
    };
    const struct bx_json *heading = bx_json_find(value, "heading");
    const struct bx_json *level = bx_json_find(value, "level");
    if (heading)
        read_line_text(reader, heading, &block->heading);
    if (level && !heading)
        bx_read_error(reader, "FIELD", level, "没有 heading 就不能写 level",
                      "\"level\" stands with a \"heading\" only");
    if (block->heading.span_count > 0)
        block->level = bx_heading_level(block->heading.spans[0].text);
    if (block->level == 0 && block->heading.span_count > 0)
        block->level = LEVEL_DEFAULT;
    int given = 0;
    if (level && bx_read_whole(reader, level, LEVEL_LEAST, LEVEL_MOST, &given) &&
        block->heading.span_count > 0)
        block->level = given;
}

/* False when there is nothing to print. */
static bool
read_paragraph(struct bx_reader *reader, const struct bx_json *value, struct bx_block *block)
{
    static const struct bx_field fields[] = {
        {"heading", false}, {"text", false}, {"level", false}};
    bx_read_fields(reader, value, fields, 3);
    read_heading(reader, value, block);
    const struct bx_json *text = bx_json_find(value, "text");
    if (text && bx_read_text(reader, text, &block->text) && bx_text_is_blank(&block->text)) {
        bx_read_empty(reader, text, "这一段是空的，没有印出",
                      "this paragraph is empty and not printed");
        block->text.span_count = 0;
    }
    block->kind = block->text.span_count > 0 ? BX_BLOCK_PARAGRAPH : BX_BLOCK_HEADING;
    return block->text.span_count > 0 || block->heading.span_count > 0;
}

static bool
read_block(struct bx_reader *reader, const struct bx_json *value, struct bx_block *block)
{
    if (!bx_read_kind(reader, value, BX_JSON_OBJECT))
        return false;
    block->where = bx_read_where(reader, value);
    if (bx_json_find(value, "chart"))
        return read_chart(reader, value, block);
    if (bx_json_find(value, "image"))
        return read_image(reader, value, block);
    if (bx_json_find(value, "table"))
        return read_table(reader, value, block);
    if (bx_json_find(value, "text") || bx_json_find(value, "heading"))
        return read_paragraph(reader, value, block);
    bx_read_error(reader, "REQUIRED", value,
                  "这一块缺少内容，应有 text、heading、image、table 或 chart",
                  "this block has no content: text, heading, image, table or chart is due");
    return false;
}

void bx_read_blocks(struct bx_reader *reader,
                    const struct bx_json *value,
                    struct bx_blocks *out)
{
    *out = (struct bx_blocks){0};
    if (!bx_read_kind(reader, value, BX_JSON_ARRAY) || value->count == 0)
        return;
    out->items = BX_NEW_ARRAY(reader->arena, struct bx_block, (size_t)value->count);
    for (const struct bx_json *item = value->first; item; item = item->next) {
        struct bx_block *block = &out->items[out->count];
        *block = (struct bx_block){0};
        if (read_block(reader, item, block))
            out->count++;
    }
}
