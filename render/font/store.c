/* Reading stores.
 *
 * Nothing in the file is believed: the header when its sum is right, sizes when they add up to the
 * file's, a block or a charstring when it lies inside and its sum is right. What was found right is
 * remembered, so each part is summed once. */
#include "font/store.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <hb.h>

#include "base/buf.h"
#include "font/store_file.h"

/* Of charstrings, kept at most for as long as the store is open. */
#define KEPT_MOST ((size_t)4 * 1024 * 1024)

/* A charstring that was read, and found right. */
struct kept {
    uint32_t at, len; /* in the bytes kept; 0, 0: it is not */
};

struct bx_store {
    char *path;
    const uint8_t *bytes; /* mapped */
    size_t len;
    struct bx_facts facts; /* copied: strings are ended for certain */
    char sha256[sizeof(((struct bx_store_header *)0)->sha256) + 1];
    const struct bx_store_header *header;
    const uint16_t *directory;
    const struct bx_store_block *blocks;
    const struct bx_store_glyphs *glyphs;
    uint64_t charstrings; /* where they begin */
    uint32_t glyph_block_count;
    bool *is_right; /* of each block of characters, then of each block of glyphs */
    bool is_damaged;
    bool was_asked;    /* for charstrings: what is asked for again is kept from then on */
    struct kept *kept; /* by glyph, or NULL */
    struct bx_buf kept_bytes;
};

uint64_t bx_store_sum(const void *bytes, size_t len, uint64_t seed)
{
    const uint8_t *at = bytes;
    uint64_t sum = (seed + len) * 0x9E3779B97F4A7C15u, word;
    for (; len > 0; at += sizeof(word)) {
        size_t step = len < sizeof(word) ? len : sizeof(word);
        word = 0;
        memcpy(&word, at, step);
        sum = (sum ^ word) * 0x9E3779B97F4A7C15u; /* odd: can be undone */
        sum ^= sum >> 32;
        len -= step;
    }
    return sum;
}

struct bx_store_places bx_store_places(uint32_t block_count, uint32_t glyph_count)
{
    struct bx_store_places places = {.directory = sizeof(struct bx_store_header)};
    uint64_t glyph_blocks = ((uint64_t)glyph_count + BX_STORE_GLYPHS - 1) / BX_STORE_GLYPHS;
    places.blocks = places.directory + BX_STORE_DIRECTORY * sizeof(uint16_t);
    places.glyphs = places.blocks + block_count * sizeof(struct bx_store_block);
    places.charstrings = places.glyphs + glyph_blocks * sizeof(struct bx_store_glyphs);
    return places;
}

/* --- opening --- */

static const uint8_t *map_file(size_t *len, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return NULL;
    struct stat info;
    void *bytes = MAP_FAILED;
    if (fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {
        *len = (size_t)info.st_size;
        bytes = mmap(NULL, *len, PROT_READ, MAP_PRIVATE, file, 0);
    }
    close(file);
    return bytes == MAP_FAILED ? NULL : bytes;
}

static bool is_whole(const uint8_t *bytes, size_t len)
{
    const struct bx_store_header *header = (const void *)bytes;
    if (len < sizeof(*header) || header->magic != BX_STORE_MAGIC ||
        header->sum != bx_store_sum(bytes, offsetof(struct bx_store_header, sum), 0))
        return false;
    const struct bx_facts *facts = &header->facts;
    if (header->len != len || facts->glyph_count < 1 || facts->glyph_count > 65536 ||
        facts->upem < 1 || header->block_count > BX_STORE_DIRECTORY)
        return false;
    struct bx_store_places places =
        bx_store_places(header->block_count, (uint32_t)facts->glyph_count);
    return places.charstrings <= len &&
           header->directory_sum ==
               bx_store_sum(bytes + places.directory, BX_STORE_DIRECTORY * sizeof(uint16_t), 0);
}

/* A file of another version is no damage, whatever else it holds. */
static enum bx_store_state
judge(const uint8_t *bytes, size_t len, const struct bx_store_key *key)
{
    const struct bx_store_header *header = (const void *)bytes;
    if (len < sizeof(*header) || !is_whole(bytes, len))
        return len >= 16 && header->magic == BX_STORE_MAGIC &&
                       header->version != BX_STORE_VERSION
                   ? BX_STORE_STALE
                   : BX_STORE_DAMAGED;
    char harfbuzz[sizeof(header->harfbuzz)] = {0};
    strncpy(harfbuzz, hb_version_string(), sizeof(harfbuzz) - 1);
    bool is_of_file = header->version == BX_STORE_VERSION && header->index == key->index &&
                      header->font_size == key->size && header->font_time == key->time &&
                      memcmp(header->harfbuzz, harfbuzz, sizeof(harfbuzz)) == 0;
    return is_of_file ? BX_STORE_GOOD : BX_STORE_STALE;
}

static struct bx_store *new_store(const char *path, const uint8_t *bytes, size_t len)
{
    const struct bx_store_header *header = (const void *)bytes;
    struct bx_store_places places =
        bx_store_places(header->block_count, (uint32_t)header->facts.glyph_count);
    struct bx_store *store = calloc(1, sizeof(*store));
    if (!store)
        abort();
    store->path = strdup(path);
    store->bytes = bytes;
    store->len = len;
    store->header = header;
    store->facts = header->facts;
    store->facts.version[sizeof(store->facts.version) - 1] = '\0';
    store->facts.notice[sizeof(store->facts.notice) - 1] = '\0';
    memcpy(store->sha256, header->sha256, sizeof(header->sha256));
    store->directory = (const void *)(bytes + places.directory);
    store->blocks = (const void *)(bytes + places.blocks);
    store->glyphs = (const void *)(bytes + places.glyphs);
    store->charstrings = places.charstrings;
    store->glyph_block_count =
        (uint32_t)((places.charstrings - places.glyphs) / sizeof(struct bx_store_glyphs));
    store->is_right =
        calloc((size_t)header->block_count + store->glyph_block_count, sizeof(bool));
    if (!store->is_right || !store->path)
        abort();
    return store;
}

enum bx_store_state
bx_store_open(struct bx_store **out, const char *folder, const struct bx_store_key *key)
{
    struct bx_arena scratch = {0};
    size_t len = 0;
    const char *path = bx_store_file(&scratch, folder, key);
    const uint8_t *bytes = map_file(&len, path);
    enum bx_store_state state = bytes ? judge(bytes, len, key) : BX_STORE_MISSING;
    if (state == BX_STORE_GOOD)
        *out = new_store(path, bytes, len);
    else if (bytes)
        munmap((void *)(uintptr_t)bytes, len);
    bx_arena_fini(&scratch);
    return state;
}

void bx_store_close(struct bx_store *store)
{
    if (!store)
        return;
    munmap((void *)(uintptr_t)store->bytes, store->len);
    bx_buf_fini(&store->kept_bytes);
    free(store->kept);
    free(store->is_right);
    free(store->path);
    free(store);
}

/* --- asking --- */

const struct bx_facts *bx_store_facts(const struct bx_store *store)
{
    return &store->facts;
}

const char *bx_store_sha256(const struct bx_store *store)
{
    return store->sha256;
}

bool bx_store_is_damaged(const struct bx_store *store)
{
    return store && store->is_damaged;
}

/* Whether part `n` was or is found right; its sum is the last word of it. */
static bool is_right(struct bx_store *store, size_t n, const void *part, size_t len)
{
    if (store->is_right[n])
        return true;
    uint64_t sum;
    memcpy(&sum, (const uint8_t *)part + len - sizeof(sum), sizeof(sum));
    if (sum != bx_store_sum(part, len - sizeof(sum), n)) {
        store->is_damaged = true;
        return false;
    }
    store->is_right[n] = true;
    return true;
}

bool bx_store_character(struct bx_store_character *out,
                        struct bx_store *store,
                        uint32_t code_point)
{
    if (!store || store->is_damaged || code_point >= BX_STORE_CODE_POINTS)
        return false;
    uint32_t block = store->directory[code_point / BX_STORE_BLOCK];
    if (block == 0) {
        *out = (struct bx_store_character){.nominal = 0};
        return true;
    }
    block--;
    if (block >= store->header->block_count ||
        !is_right(store, block, &store->blocks[block], sizeof(store->blocks[block])))
        return false;
    *out = store->blocks[block].characters[code_point % BX_STORE_BLOCK];
    return true;
}

uint32_t bx_store_half_digit(const struct bx_store *store, enum bx_store_mode mode, int digit)
{
    return store->header->half_digits[mode][digit];
}

/* The record of a glyph, in a block that is right; or NULL. */
static const struct bx_store_record *find_record(struct bx_store *store, uint32_t glyph)
{
    if (!store || store->is_damaged || glyph >= (uint32_t)store->facts.glyph_count)
        return NULL;
    uint32_t block = glyph / BX_STORE_GLYPHS;
    const struct bx_store_glyphs *glyphs = &store->glyphs[block];
    if (!is_right(store, (size_t)store->header->block_count + block, glyphs, sizeof(*glyphs)))
        return NULL;
    return &glyphs->records[glyph % BX_STORE_GLYPHS];
}

bool bx_store_glyph(struct bx_store_glyph *out, struct bx_store *store, uint32_t glyph)
{
    const struct bx_store_record *record = find_record(store, glyph);
    if (record)
        *out = record->glyph;
    return record != NULL;
}

/* Adds the charstring of a record. One that is not what it was is damage; one that could not be made
 * is not. */
static bool read_charstring(struct bx_buf *out,
                            struct bx_store *store,
                            int file,
                            const struct bx_store_record *record,
                            uint32_t glyph)
{
    if (record->len == 0)
        return false;
    if (record->at < store->charstrings || record->at > store->len ||
        record->len > store->len - record->at) {
        store->is_damaged = true;
        return false;
    }
    bx_buf_add_zeroes(out, record->len);
    char *to = out->data + out->len - record->len;
    ssize_t got = pread(file, to, record->len, (off_t)record->at);
    bool is_right =
        got == (ssize_t)record->len && record->sum == bx_store_sum(to, record->len, glyph);
    store->is_damaged |= !is_right;
    return is_right;
}

/* Of all records asked for; no more than the file holds, whatever damaged ones say. */
static size_t total_len(struct bx_store *store, const uint32_t *glyphs, int count)
{
    size_t total = 0, most = store->len - store->charstrings;
    for (int i = 0; i < count && total < most; i++) {
        const struct bx_store_record *record = find_record(store, glyphs[i]);
        total += record ? record->len : 0;
    }
    return total < most ? total : most;
}

/* Reports of a batch need most characters again. A single one does not pay for it. */
static void begin_keeping(struct bx_store *store)
{
    if (store->was_asked && !store->kept) {
        store->kept = calloc((size_t)store->facts.glyph_count, sizeof(*store->kept));
        if (!store->kept)
            abort();
    }
    store->was_asked = true;
}

static void keep(struct bx_store *store, uint32_t glyph, const char *bytes, size_t len)
{
    if (!store->kept || len > KEPT_MOST - store->kept_bytes.len)
        return;
    store->kept[glyph] = (struct kept){(uint32_t)store->kept_bytes.len, (uint32_t)len};
    bx_buf_add(&store->kept_bytes, bytes, len);
}

/* Adds the charstring of a glyph that is kept, or from the file, which is opened for the first. */
static bool
add_charstring(struct bx_buf *out, struct bx_store *store, int *file, uint32_t glyph)
{
    const struct bx_store_record *record = find_record(store, glyph);
    if (record && store->kept && store->kept[glyph].len > 0) {
        bx_buf_add(out, store->kept_bytes.data + store->kept[glyph].at, store->kept[glyph].len);
        return true;
    }
    if (*file < 0)
        *file = open(store->path, O_RDONLY | O_CLOEXEC);
    size_t before = out->len;
    if (!record || *file < 0 || !read_charstring(out, store, *file, record, glyph))
        return false;
    keep(store, glyph, out->data + before, out->len - before);
    return true;
}

bool bx_store_charstrings(
    struct bx_buf *out, size_t *lens, struct bx_store *store, const uint32_t *glyphs, int count)
{
    if (!store || store->is_damaged || !(store->facts.flags & BX_FACTS_CFF))
        return false;
    begin_keeping(store);
    size_t before = out->len;
    int file = -1;
    bool is_right = true;
    bx_buf_reserve(out, total_len(store, glyphs, count));
    for (int i = 0; i < count && is_right; i++) {
        size_t start = out->len;
        is_right = add_charstring(out, store, &file, glyphs[i]);
        lens[i] = out->len - start;
    }
    if (file >= 0)
        close(file);
    if (!is_right)
        out->len = before;
    return is_right;
}

/* Charstrings follow each other to the end of the file. */
static bool check_charstrings(struct bx_store *store)
{
    size_t end = store->charstrings;
    bool is_right = true;
    for (uint32_t g = 0; g < (uint32_t)store->facts.glyph_count && is_right; g++) {
        const struct bx_store_record *record = find_record(store, g);
        is_right = record && (record->len == 0 || record->at == end) &&
                   record->len <= store->len - end &&
                   (record->len == 0 ||
                    record->sum == bx_store_sum(store->bytes + end, record->len, g));
        end += record ? record->len : 0;
    }
    return is_right && end == store->len;
}

bool bx_store_check(struct bx_store *store)
{
    struct bx_store_character character;
    for (uint32_t c = 0; c < BX_STORE_CODE_POINTS; c += BX_STORE_BLOCK)
        if (!bx_store_character(&character, store, c))
            return false;
    return check_charstrings(store) && !store->is_damaged;
}
