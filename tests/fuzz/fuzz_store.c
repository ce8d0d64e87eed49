/* The reader of prepared faces on any bytes. Sums are put right, or nothing would ever get behind
 * them: it has to be safe also from a file whose sums are right and all else wrong.
 *
 * Input  glyph count (2 bytes), block count, number of directory entries, flags, the entries (place
 *        and value, 2 bytes each); the rest is what stands behind the directory. */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <hb.h>

#include "base/buf.h"
#include "font/store.h"
#include "font/store_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FOLDER "fuzz_store.tmp"

enum {
    PADDED = 1,     /* with zeroes up to the charstrings */
    RIGHT_SUMS = 2, /* of blocks and charstrings too */
    HEAD = 5,
};

static unsigned number_at(const uint8_t *data, size_t at)
{
    return (unsigned)data[at] << 8 | data[at + 1];
}

static void fix_records(struct bx_buf *file, struct bx_store_glyphs *glyphs, uint32_t first)
{
    for (uint32_t i = 0; i < BX_STORE_GLYPHS; i++) {
        struct bx_store_record *record = &glyphs->records[i];
        if (record->at <= file->len && record->len <= file->len - record->at)
            record->sum = bx_store_sum(file->data + record->at, record->len, first + i);
    }
}

static void fix_sums(struct bx_buf *file, const struct bx_store_header *header)
{
    uint32_t glyph_count = (uint32_t)header->facts.glyph_count;
    struct bx_store_places places = bx_store_places(header->block_count, glyph_count);
    struct bx_store_block *blocks = (void *)(file->data + places.blocks);
    for (uint32_t b = 0; b < header->block_count; b++)
        blocks[b].sum = bx_store_sum(&blocks[b], offsetof(struct bx_store_block, sum), b);
    struct bx_store_glyphs *glyphs = (void *)(file->data + places.glyphs);
    for (uint32_t b = 0; b * BX_STORE_GLYPHS < glyph_count; b++) {
        fix_records(file, &glyphs[b], b * BX_STORE_GLYPHS);
        glyphs[b].sum = bx_store_sum(&glyphs[b], offsetof(struct bx_store_glyphs, sum),
                                     header->block_count + b);
    }
}

/* The file that the input means. */
static void
make_file(struct bx_buf *out, const struct bx_store_key *key, const uint8_t *data, size_t size)
{
    static uint16_t directory[BX_STORE_DIRECTORY];
    struct bx_store_header header = {
        .magic = BX_STORE_MAGIC,
        .version = BX_STORE_VERSION,
        .font_size = key->size,
        .facts = {.upem = 1000,
                  .glyph_count = (int32_t)number_at(data, 0),
                  .flags = BX_FACTS_CFF},
        .block_count = data[2],
    };
    strncpy(header.harfbuzz, hb_version_string(), sizeof(header.harfbuzz) - 1);
    size_t at = HEAD;
    memset(directory, 0, sizeof(directory));
    for (int i = 0; i < data[3] && at + 4 <= size; i++, at += 4)
        directory[number_at(data, at) % BX_STORE_DIRECTORY] = (uint16_t)number_at(data, at + 2);
    header.directory_sum = bx_store_sum(directory, sizeof(directory), 0);
    bx_buf_add(out, &header, sizeof(header));
    bx_buf_add(out, directory, sizeof(directory));
    bx_buf_add(out, data + at, size - at);

    uint64_t end =
        bx_store_places(header.block_count, (uint32_t)header.facts.glyph_count).charstrings;
    if (data[4] & PADDED && out->len < end)
        bx_buf_add_zeroes(out, end - out->len);
    if (data[4] & RIGHT_SUMS && out->len >= end)
        fix_sums(out, &header);
    header.len = out->len;
    header.sum = bx_store_sum(&header, offsetof(struct bx_store_header, sum), 0);
    memcpy(out->data, &header, sizeof(header));
}

static void ask(struct bx_store *store)
{
    struct bx_store_character character;
    struct bx_store_glyph glyph;
    struct bx_buf bytes = {0};
    for (uint32_t c = 0; c < BX_STORE_CODE_POINTS + 64; c += 61)
        bx_store_character(&character, store, c);
    for (uint32_t g = 0; g < 300; g++) {
        size_t len = 0;
        bx_store_glyph(&glyph, store, g * 251 % 65537);
        if (bx_store_charstrings(&bytes, &len, store, &g, 1))
            assert(len > 0 && len <= bytes.len);
    }
    bx_buf_fini(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct bx_store_key key = {.postscript = "fuzz", .size = 1};
    if (size < HEAD)
        return 0;
    mkdir(FOLDER, 0777);
    struct bx_arena arena = {0};
    struct bx_buf bytes = {0};
    make_file(&bytes, &key, data, size);
    FILE *file = fopen(bx_store_file(&arena, FOLDER, &key), "wb");
    assert(file);
    bool is_written = fwrite(bytes.data, 1, bytes.len, file) == bytes.len;
    assert(fclose(file) == 0 && is_written);
    for (int pass = 0; pass < 2; pass++) {
        struct bx_store *store = NULL;
        if (bx_store_open(&store, FOLDER, &key) != BX_STORE_GOOD)
            continue;
        if (pass == 0)
            ask(store);
        else
            bx_store_check(store);
        bx_store_close(store);
    }
    bx_buf_fini(&bytes);
    bx_arena_fini(&arena);
    return 0;
}
