/* Font files of any bytes: opened, measured, shaped with, subset and prepared. They are HarfBuzz's to
 * read; what is ours is what becomes of its answers.
 *
 * No font is part of the project, so the seeds are made when the fuzzer starts: a few glyphs of two
 * of the pinned faces, one with CFF outlines and one with TrueType's. */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <hb-subset.h>

#include "base/err.h"
#include "base/file.h"
#include "font/face.h"
#include "font/shape.h"
#include "font/subset.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FOLDER    "fuzz_font.tmp"
#define FILE_NAME FOLDER "/font"

enum {
    GLYPHS_MOST = 40,
    FEW_GLYPHS = 3000, /* a store of more takes too long here */
};

static void put(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert(file);
    bool is_whole = fwrite(data, 1, size, file) == size;
    assert(fclose(file) == 0 && is_whole);
}

static void make_seed(const char *folder, const char *name, const char *font)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(font);
    assert(blob); /* run fonts/install.sh */
    hb_face_t *face = hb_face_create(blob, 0);
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    assert(input);
    static const hb_codepoint_t characters[] = {'1', 'A', 'V', 0x3002, 0x516C, 0x5F00, 0x2014};
    for (size_t i = 0; i < sizeof(characters) / sizeof(characters[0]); i++)
        hb_set_add(hb_subset_input_unicode_set(input), characters[i]);
    hb_face_t *small = hb_subset_or_fail(face, input);
    assert(small);
    hb_blob_t *file = hb_face_reference_blob(small);
    unsigned len;
    const char *bytes = hb_blob_get_data(file, &len);
    char path[4096];
    int path_len = snprintf(path, sizeof(path), "%s/%s", folder, name);
    assert(0 < path_len && (size_t)path_len < sizeof(path));
    put(path, bytes, len);
    hb_blob_destroy(file);
    hb_face_destroy(small);
    hb_subset_input_destroy(input);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
}

/* The last folder named is that of the seeds. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *folder = (*argv)[*argc - 1];
    struct stat info;
    mkdir(FOLDER, 0777);
    if (*argc < 2 || stat(folder, &info) != 0 || !S_ISDIR(info.st_mode))
        return 0;
    make_seed(folder, "cff", BX_SOURCE_DIR "/fonts/unpacked/fandol/FandolFang-Regular.otf");
    make_seed(folder, "glyf", "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf");
    return 0;
}

static void use(const struct bx_font *font)
{
    struct bx_arena arena = {0};
    struct bx_shaped *shaped;
    static const char text[] = "公1A开——。AV";
    for (unsigned flags = 0; flags < 4; flags++) {
        int count =
            bx_shape(&shaped, &arena, font, text, sizeof(text) - 1, 0, sizeof(text) - 1, flags);
        for (int i = 0; i < count; i++) {
            struct bx_ink ink;
            assert(shaped[i].advance >= 0);
            if (bx_font_ink(font, shaped[i].glyph, &ink))
                assert(ink.x0 <= ink.x1 && ink.y0 <= ink.y1);
        }
    }
    uint32_t glyphs[GLYPHS_MOST];
    int count = 0;
    for (uint32_t g = 1; g < (uint32_t)font->glyph_count && count < GLYPHS_MOST; g++)
        glyphs[count++] = g;
    struct bx_subset subset;
    struct bx_err err = {0};
    if (bx_subset_build(&subset, font, glyphs, count, &err)) {
        assert(subset.glyph_count > 0 && subset.program.len > 0);
        bx_subset_fini(&subset);
    }
    bx_arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    put(FILE_NAME, data, size);
    hb_face_t *face = bx_face_open(FILE_NAME, 0);
    if (!face)
        return 0;
    struct bx_arena arena = {0};
    struct bx_font font = {.path = FILE_NAME, .postscript = "fuzz"};
    bx_face_init(&font, &arena, face, 0);
    use(&font);
    struct bx_store_key key;
    struct bx_err err = {0};
    bool is_there = bx_store_key_of(&key, FILE_NAME, 0, "fuzz");
    assert(is_there);
    if (font.glyph_count < FEW_GLYPHS && bx_store_make(FOLDER, FILE_NAME, &key, &err)) {
        enum bx_store_state state = bx_store_open(&font.store, FOLDER, &key);
        assert(state == BX_STORE_GOOD);
        bool is_right = bx_store_check(font.store);
        assert(is_right);
        use(&font);
    }
    bx_face_fini(&font);
    bx_arena_fini(&arena);
    return 0;
}
