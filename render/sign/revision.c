#include "sign/revision.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/utf8.h"

static const struct bx_value none = {.kind = BX_VALUE_NONE};

/* The highest number that is in use, or said to be. */
static int find_next(const struct bx_source *source)
{
    struct bx_value size = bx_value_find(bx_source_trailer(source), "Size");
    int next = source->place_count;
    if (size.kind == BX_VALUE_INT && size.number > next && size.number < 8388607)
        next = (int)size.number;
    return next;
}

void bx_revision_init(struct bx_revision *revision, struct bx_source *source)
{
    *revision = (struct bx_revision){.source = source, .next = find_next(source)};
    bx_buf_add(&revision->out, source->file.at, source->file.len);
    if (source->file.at[source->file.len - 1] != '\n')
        bx_buf_add_byte(&revision->out, '\n');
}

void bx_revision_fini(struct bx_revision *revision)
{
    bx_buf_fini(&revision->out);
    bx_arena_fini(&revision->arena);
    *revision = (struct bx_revision){0};
}

int bx_revision_new(struct bx_revision *revision)
{
    return revision->next++;
}

/* A packed object has generation 0 and becomes a plain one. */
static int find_generation(const struct bx_revision *revision, int number)
{
    const struct bx_source *source = revision->source;
    return number < source->place_count && source->places[number].kind == BX_PLACE_PLAIN
               ? source->places[number].index
               : 0;
}

const char *bx_revision_ref(struct bx_revision *revision, int number)
{
    return bx_arena_printf(&revision->arena, "%d %d R", number,
                           find_generation(revision, number));
}

static void note_written(struct bx_revision *revision, int number)
{
    if (revision->written_count == revision->written_capacity)
        revision->written =
            bx_arena_grow(&revision->arena, revision->written, revision->written_count,
                          &revision->written_capacity, sizeof(*revision->written));
    revision->written[revision->written_count++] =
        (struct bx_written){.number = number,
                            .generation = find_generation(revision, number),
                            .at = revision->out.len};
}

struct bx_buf *bx_revision_begin(struct bx_revision *revision, int number)
{
    note_written(revision, number);
    bx_buf_printf(&revision->out, "%d %d obj\n", number, find_generation(revision, number));
    return &revision->out;
}

void bx_revision_end(struct bx_revision *revision)
{
    bx_buf_add_text(&revision->out, "\nendobj\n");
}

static const struct bx_change *
find_change(const struct bx_value *key, const struct bx_change *changes, int count)
{
    for (int i = 0; i < count; i++)
        if (bx_value_is_name(key, changes[i].key))
            return &changes[i];
    return NULL;
}

void bx_revision_add_changed(struct bx_buf *to,
                             const struct bx_value *dict,
                             const struct bx_change *changes,
                             int change_count)
{
    struct bx_span rest = bx_value_inside(dict);
    struct bx_value key, value;
    bx_buf_add_text(to, "<<");
    while (bx_value_entry(&rest, &key, &value)) {
        if (find_change(&key, changes, change_count))
            continue;
        bx_buf_add(to, key.span.at, key.span.len);
        bx_buf_add_byte(to, ' ');
        bx_buf_add(to, value.span.at, value.span.len);
    }
    for (int i = 0; i < change_count; i++)
        if (changes[i].value)
            bx_buf_printf(to, "/%s %s", changes[i].key, changes[i].value);
    bx_buf_add_text(to, ">>");
}

static int compare_written(const void *a, const void *b)
{
    const struct bx_written *left = a, *right = b;
    return left->number < right->number ? -1 : left->number > right->number;
}

/* The first part of the identifier stays, the second is new (14.4). */
static void add_trailer_entries(struct bx_revision *revision)
{
    struct bx_buf *to = &revision->out;
    const struct bx_value *old = bx_source_trailer(revision->source);
    char hex[BX_SHA256_HEX_SIZE];
    bx_sha256_hex(hex, to->data, to->len);
    hex[32] = '\0';
    struct bx_value id = bx_value_find(old, "ID"), first = none;
    id = bx_source_follow(revision->source, id);
    struct bx_span rest = bx_value_inside(&id);
    first = bx_value_next(&rest);
    static const char *const kept[] = {"Root", "Info"};
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
        struct bx_value value = bx_value_find(old, kept[i]);
        if (value.kind != BX_VALUE_REF)
            continue;
        bx_buf_printf(to, "/%s ", kept[i]);
        bx_buf_add(to, value.span.at, value.span.len);
    }
    bx_buf_add_text(to, "/ID[");
    if (first.kind == BX_VALUE_STRING)
        bx_buf_add(to, first.span.at, first.span.len);
    else
        bx_buf_printf(to, "<%s>", hex);
    bx_buf_printf(to, "<%s>]/Size %d/Prev %zu", hex, revision->next,
                  revision->source->sections[0].at);
}

/* The end of the run of consecutive numbers that starts at `from`. */
static int find_run(const struct bx_revision *revision, int from)
{
    int to = from + 1;
    while (to < revision->written_count &&
           revision->written[to].number == revision->written[to - 1].number + 1)
        to++;
    return to;
}

static void write_table(struct bx_revision *revision)
{
    struct bx_buf *to = &revision->out;
    bx_buf_add_text(to, "xref\n");
    for (int from = 0, end; from < revision->written_count; from = end) {
        end = find_run(revision, from);
        bx_buf_printf(to, "%d %d\n", revision->written[from].number, end - from);
        for (int i = from; i < end; i++)
            bx_buf_printf(to, "%010zu %05d n\r\n", revision->written[i].at,
                          revision->written[i].generation);
    }
    bx_buf_add_text(to, "trailer\n<<");
    add_trailer_entries(revision);
    bx_buf_add_text(to, ">>\n");
}

/* Rows of 1, 8 and 2 bytes, as they are: a revision has a dozen of them. */
static void write_stream(struct bx_revision *revision)
{
    int number = bx_revision_new(revision);
    note_written(revision, number);
    struct bx_buf *to = &revision->out, rows = {0};
    bx_buf_printf(to, "%d 0 obj\n<</Type/XRef/W[1 8 2]/Index[", number);
    for (int from = 0, end; from < revision->written_count; from = end) {
        end = find_run(revision, from);
        bx_buf_printf(to, from > 0 ? " %d %d" : "%d %d", revision->written[from].number,
                      end - from);
        for (int i = from; i < end; i++) {
            bx_buf_add_byte(&rows, 1);
            for (int shift = 56; shift >= 0; shift -= 8)
                bx_buf_add_byte(&rows, (char)(revision->written[i].at >> shift & 0xFF));
            bx_buf_add_byte(&rows, (char)(revision->written[i].generation >> 8 & 0xFF));
            bx_buf_add_byte(&rows, (char)(revision->written[i].generation & 0xFF));
        }
    }
    bx_buf_add_text(to, "]");
    add_trailer_entries(revision);
    bx_buf_printf(to, "/Length %zu>>\nstream\n", rows.len);
    bx_buf_add(to, rows.data, rows.len);
    bx_buf_add_text(to, "\nendstream\nendobj\n");
    bx_buf_fini(&rows);
}

void bx_revision_finish(struct bx_revision *revision)
{
    assert(revision->written_count > 0);
    qsort(revision->written, (size_t)revision->written_count, sizeof(*revision->written),
          compare_written);
    size_t start = revision->out.len;
    if (revision->source->sections[0].is_stream)
        write_stream(revision);
    else
        write_table(revision);
    bx_buf_printf(&revision->out, "startxref\n%zu\n%%%%EOF\n", start);
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || (unsigned char)*text >= 0x7F)
            return false;
    return true;
}

void bx_add_pdf_text(struct bx_buf *to, const char *utf8)
{
    if (is_ascii(utf8)) {
        bx_buf_add_byte(to, '(');
        for (; *utf8; utf8++) {
            if (*utf8 == '(' || *utf8 == ')' || *utf8 == '\\')
                bx_buf_add_byte(to, '\\');
            bx_buf_add_byte(to, *utf8);
        }
        bx_buf_add_byte(to, ')');
        return;
    }
    int len = (int)strlen(utf8), at = 0;
    bx_buf_add_text(to, "<FEFF");
    while (at < len) {
        uint32_t point = bx_utf8_next(utf8, &at);
        if (point >= 0x10000)
            bx_buf_printf(to, "%04X%04X", (unsigned)(0xD800 + ((point - 0x10000) >> 10)),
                          (unsigned)(0xDC00 + ((point - 0x10000) & 0x3FF)));
        else
            bx_buf_printf(to, "%04X", (unsigned)point);
    }
    bx_buf_add_byte(to, '>');
}

void bx_add_pdf_hex(struct bx_buf *to, const void *bytes, size_t len)
{
    static const char digits[] = "0123456789ABCDEF";
    const unsigned char *at = bytes;
    bx_buf_add_byte(to, '<');
    for (size_t i = 0; i < len; i++) {
        bx_buf_add_byte(to, digits[at[i] >> 4]);
        bx_buf_add_byte(to, digits[at[i] & 15]);
    }
    bx_buf_add_byte(to, '>');
}
