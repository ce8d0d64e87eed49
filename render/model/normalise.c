/* The steps from the text as written to the text of the file, over an array of code points.
 *
 * Marks are converted before characters are mapped and spaces dropped, so the places of PUN
 * findings count characters of the text as written. Document numbers and mapped characters are
 * told under `keep` as well: they are not matters of punctuation style. */
#include "model/normalise.h"

#include <glib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"
#include "model/characters.h"
#include "model/punctuation.h"

struct notes {
    const struct bx_chars *chars;
    const char *where;
    struct bx_findings *findings;
};

static void
add_note(const struct notes *notes, const char *code, const char *zh, const char *en)
{
    bx_findings_add(notes->findings, &(struct bx_finding){.level = BX_LEVEL_NOTE,
                                                          .code = code,
                                                          .where = notes->where,
                                                          .stage = BX_E_MODEL,
                                                          .zh = zh,
                                                          .en = en});
}

static void note_change(void *data, int at, const uint32_t *was, int len)
{
    const struct notes *notes = data;
    struct bx_buf from = {0}, to = {0};
    for (int i = 0; i < len; i++) {
        const struct bx_char *item = &notes->chars->items[at + i];
        bx_buf_add_utf8(&from, was[i]);
        if (!item->is_dropped)
            bx_buf_add_utf8(&to, item->code);
    }
    struct bx_findings *list = notes->findings;
    add_note(notes, "PUN",
             bx_findings_text(list, "第 %d 个字符 %s 改为 %s", at + 1, from.data, to.data),
             bx_findings_text(list, "character %d, %s, became %s", at + 1, from.data, to.data));
    bx_buf_fini(&from);
    bx_buf_fini(&to);
}

static void note_document_number(void *data, int at, const uint32_t *year)
{
    const struct notes *notes = data;
    struct bx_findings *list = notes->findings;
    char text[5] = {0};
    for (int i = 0; i < 4; i++)
        text[i] = (char)year[i];
    add_note(notes, "DOCNUM",
             bx_findings_text(list,
                              "第 %d 个字符起的文号照原样印出，年份按 GB/T 9704 "
                              "应写作〔%s〕",
                              at + 1, text),
             bx_findings_text(list,
                              "the document number at character %d is printed as written; by "
                              "GB/T 9704 its year should read 〔%s〕",
                              at + 1, text));
}

static struct bx_chars read_texts(const char **texts, int count)
{
    size_t total = 0;
    for (int i = 0; i < count; i++)
        total += strlen(texts[i]);
    struct bx_chars chars = {.items = g_new0(struct bx_char, total + 1)};
    for (int i = 0; i < count; i++) {
        for (int at = 0; texts[i][at];) {
            uint32_t code = bx_utf8_next(texts[i], &at);
            chars.items[chars.count++] = (struct bx_char){.code = code, .text = i};
            chars.has_han |= bx_char_is_han(code);
        }
    }
    return chars;
}

/* LNG-07. */
static void map_characters(struct bx_chars *chars, const struct notes *notes)
{
    struct bx_findings *list = notes->findings;
    for (int i = 0; i < chars->count; i++) {
        struct bx_char *item = &chars->items[i];
        uint32_t code = item->code, mapped = bx_char_map(code);
        if (mapped != code) {
            char text[5] = {0};
            bx_utf8_encode(text, mapped);
            item->code = mapped;
            add_note(notes, "MAP",
                     bx_findings_text(list, "第 %d 个字符 U+%04X 换成了通用字 %s（U+%04X）",
                                      i + 1, code, text, mapped),
                     bx_findings_text(list, "character %d, U+%04X, was replaced by %s (U+%04X)",
                                      i + 1, code, text, mapped));
        } else if (bx_char_is_private(code)) {
            add_note(notes, "PUA",
                     bx_findings_text(list, "第 %d 个字符 U+%04X 是造字区的字，没有公认的含义",
                                      i + 1, code),
                     bx_findings_text(list,
                                      "character %d, U+%04X, is a private-use character that "
                                      "means nothing to others",
                                      i + 1, code));
        }
    }
}

/* The nearest character that is kept, from `at` on in steps of `step`; 0 at the end of a line. */
static uint32_t find_neighbour(const struct bx_chars *chars, int at, int step, int *found)
{
    while (0 <= at && at < chars->count && chars->items[at].is_dropped)
        at += step;
    *found = at;
    bool is_inside = 0 <= at && at < chars->count && chars->items[at].code != '\n';
    return is_inside ? chars->items[at].code : 0;
}

/* Whether a space beside this neighbour goes. A mark that Chinese shares with Latin, like “,
 * counts by the character behind it: the “open” door keeps its spaces. */
static bool eats_space(const struct bx_chars *chars, int at, int step)
{
    uint32_t code = find_neighbour(chars, at, step, &at);
    if (code && bx_char_is_shared_mark(code))
        code = find_neighbour(chars, at + step, step, &at);
    return code == 0 || bx_char_is_han(code) || bx_char_is_chinese_mark(code);
}

/* AUT-05: spaces stay between Latin words only. */
static void drop_spaces(struct bx_chars *chars)
{
    for (int i = 0; i < chars->count;) {
        int end = i;
        while (end < chars->count && bx_char_is_space(chars->items[end].code))
            end++;
        if (end == i) {
            i++;
            continue;
        }
        if (eats_space(chars, i - 1, -1) || eats_space(chars, end, 1))
            for (int k = i; k < end; k++)
                chars->items[k].is_dropped = true;
        i = end;
    }
}

/* The indent that editors type: the style gives the real one. */
static void drop_indent(struct bx_chars *chars)
{
    for (int i = 0; i < chars->count; i++) {
        if (chars->items[i].code != 0x3000 && !bx_char_is_space(chars->items[i].code))
            return;
        chars->items[i].is_dropped = true;
    }
}

static void
write_texts(const struct bx_chars *chars, struct bx_arena *arena, const char **texts, int count)
{
    struct bx_buf out = {0};
    int at = 0;
    for (int i = 0; i < count; i++) {
        bx_buf_clear(&out);
        for (; at < chars->count && chars->items[at].text == i; at++)
            if (!chars->items[at].is_dropped)
                bx_buf_add_utf8(&out, chars->items[at].code);
        texts[i] = bx_arena_strndup(arena, out.data ? out.data : "", out.len);
    }
    bx_buf_fini(&out);
}

void bx_texts_normalise(struct bx_arena *arena,
                        const char **texts,
                        int count,
                        bool keep_punctuation,
                        const char *where,
                        struct bx_findings *findings)
{
    struct bx_chars chars = read_texts(texts, count);
    struct notes notes = {.chars = &chars, .where = where, .findings = findings};
    struct bx_punctuation_sink sink = {
        .change = note_change, .document_number = note_document_number, .data = &notes};
    bx_punctuation_convert(&chars, keep_punctuation, &sink);
    map_characters(&chars, &notes);
    drop_indent(&chars);
    drop_spaces(&chars);
    write_texts(&chars, arena, texts, count);
    g_free(chars.items);
}

const char *bx_text_normalise(struct bx_arena *arena,
                              const char *text,
                              bool keep_punctuation,
                              const char *where,
                              struct bx_findings *findings)
{
    bx_texts_normalise(arena, &text, 1, keep_punctuation, where, findings);
    return text;
}
