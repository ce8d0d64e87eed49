/* A hash table with chains, emptied when it is full: what a batch needs again and again is there
 * again after one report, and its memory does not grow with the reports. The key is everything that
 * a paragraph is made of; colour and elements are not, the copy gets its own. */
#include "plan/kept.h"

#include <stdlib.h>
#include <string.h>

enum {
    SLOTS = 1024,
    KEPT_MOST = 2048, /* paragraphs, about 1 MiB */
    TEXT_MOST = 256,  /* bytes; longer texts are no labels, and seldom the same */
};

struct entry {
    struct entry *next;
    uint32_t hash;
    struct bx_piece *pieces;
    int piece_count;
    struct bx_para_spec spec; /* of the rules a copy */
    struct bx_line_rules rules;
    struct bx_para para; /* a run's element is the number of its piece */
};

struct bx_kept {
    struct bx_arena arena;
    struct entry *slots[SLOTS];
    int count;
};

struct bx_kept *bx_kept_new(void)
{
    struct bx_kept *kept = calloc(1, sizeof(*kept));
    if (!kept)
        abort();
    return kept;
}

void bx_kept_free(struct bx_kept *kept)
{
    if (!kept)
        return;
    bx_arena_fini(&kept->arena);
    free(kept);
}

int bx_kept_count(const struct bx_kept *kept)
{
    return kept->count;
}

static void empty(struct bx_kept *kept)
{
    bx_arena_fini(&kept->arena);
    *kept = (struct bx_kept){0};
}

/* FNV-1a: an exclusive or and a product for each byte. */
#define HASH_START 2166136261U
#define HASH_PRIME 16777619U

static uint32_t add_hash(uint32_t hash, const void *bytes, size_t len)
{
    for (const unsigned char *p = bytes; len > 0; p++, len--)
        hash = (hash ^ *p) * HASH_PRIME;
    return hash;
}

static uint32_t
hash_of(const struct bx_piece *pieces, int piece_count, const struct bx_para_spec *spec)
{
    uint32_t hash = add_hash(HASH_START, &spec->measure, sizeof(spec->measure));
    for (int i = 0; i < piece_count; i++) {
        hash = add_hash(hash, pieces[i].text, (size_t)pieces[i].len);
        hash = add_hash(hash, &pieces[i].size, sizeof(pieces[i].size));
    }
    return hash;
}

static bool are_alike(const struct bx_piece *a, const struct bx_piece *b)
{
    return a->len == b->len && a->role == b->role && a->size == b->size &&
           a->is_note == b->is_note && memcmp(a->text, b->text, (size_t)a->len) == 0;
}

/* Rules are compared as bytes: where what is between their fields differs, the text is set anew. */
static bool is_entry(const struct entry *entry,
                     const struct bx_piece *pieces,
                     int piece_count,
                     const struct bx_para_spec *spec)
{
    const struct bx_para_spec *own = &entry->spec;
    if (own->measure != spec->measure || own->em != spec->em || own->indent != spec->indent ||
        own->align != spec->align || own->is_cell != spec->is_cell ||
        own->half_digits != spec->half_digits || entry->piece_count != piece_count)
        return false;
    for (int i = 0; i < piece_count; i++)
        if (!are_alike(&entry->pieces[i], &pieces[i]))
            return false;
    return memcmp(&entry->rules, spec->rules, sizeof(entry->rules)) == 0;
}

/* A copy with the elements of these pieces. */
static void give_copy(struct bx_para *out,
                      struct bx_arena *arena,
                      const struct bx_para *from,
                      int text_len,
                      const struct bx_piece *pieces,
                      struct bx_colour ink)
{
    *out = *from;
    out->text = bx_arena_strndup(arena, from->text, (size_t)text_len);
    out->lines = BX_NEW_ARRAY(arena, struct bx_line, (size_t)from->line_count + 1);
    for (int i = 0; i < from->line_count; i++) {
        const struct bx_line *line = &from->lines[i];
        struct bx_run *runs = BX_NEW_ARRAY(arena, struct bx_run, (size_t)line->run_count + 1);
        out->lines[i] = *line;
        out->lines[i].runs = runs;
        for (int k = 0; k < line->run_count; k++) {
            const struct bx_run *run = &line->runs[k];
            struct bx_glyph *glyphs =
                BX_NEW_ARRAY(arena, struct bx_glyph, (size_t)run->glyph_count + 1);
            memcpy(glyphs, run->glyphs, (size_t)run->glyph_count * sizeof(*glyphs));
            runs[k] = *run;
            runs[k].glyphs = glyphs;
            runs[k].text = out->text + (run->text - from->text);
            runs[k].colour = ink;
            runs[k].element = pieces[run->element].element;
        }
    }
}

static struct entry *find_entry(struct bx_kept *kept,
                                uint32_t hash,
                                const struct bx_piece *pieces,
                                int piece_count,
                                const struct bx_para_spec *spec)
{
    struct entry *entry = kept->slots[hash % SLOTS];
    while (entry && (entry->hash != hash || !is_entry(entry, pieces, piece_count, spec)))
        entry = entry->next;
    return entry;
}

/* Builds an entry, and puts it into the table unless something was told of its characters. */
static struct entry *make_entry(struct bx_kept *kept,
                                uint32_t hash,
                                struct bx_para_context *context,
                                const struct bx_piece *pieces,
                                int piece_count,
                                const struct bx_para_spec *spec,
                                struct bx_err *err)
{
    if (kept->count == KEPT_MOST)
        empty(kept);
    kept->count++; /* one that is not put in takes its room too */
    struct entry *entry = BX_NEW(&kept->arena, struct entry);
    *entry = (struct entry){.hash = hash, .piece_count = piece_count, .spec = *spec};
    entry->rules = *spec->rules;
    entry->spec.rules = &entry->rules;
    entry->pieces = BX_NEW_ARRAY(&kept->arena, struct bx_piece, (size_t)piece_count);
    for (int i = 0; i < piece_count; i++) {
        entry->pieces[i] = pieces[i];
        entry->pieces[i].element = i;
    }

    struct bx_arena *arena = context->arena;
    int told_count = context->told_count;
    context->arena = &kept->arena;
    bool is_built =
        bx_para_build(&entry->para, context, entry->pieces, piece_count, &entry->spec, err);
    context->arena = arena;
    if (!is_built)
        return NULL;
    for (int i = 0, at = 0; i < piece_count; at += pieces[i++].len) {
        entry->pieces[i].text = entry->para.text + at;
        entry->pieces[i].where = NULL;
    }
    if (context->told_count == told_count) {
        entry->next = kept->slots[hash % SLOTS];
        kept->slots[hash % SLOTS] = entry;
    }
    return entry;
}

bool bx_kept_build(struct bx_para *out,
                   struct bx_para_context *context,
                   const struct bx_piece *pieces,
                   int piece_count,
                   const struct bx_para_spec *spec,
                   struct bx_err *err)
{
    struct bx_kept *kept = context->kept;
    int len = 0;
    for (int i = 0; i < piece_count && len <= TEXT_MOST; i++)
        len += pieces[i].len;
    if (!kept || len == 0 || len > TEXT_MOST)
        return bx_para_build(out, context, pieces, piece_count, spec, err);
    uint32_t hash = hash_of(pieces, piece_count, spec);
    struct entry *entry = find_entry(kept, hash, pieces, piece_count, spec);
    if (!entry)
        entry = make_entry(kept, hash, context, pieces, piece_count, spec, err);
    if (!entry)
        return false;
    give_copy(out, context->arena, &entry->para, len, pieces, spec->ink);
    return true;
}
