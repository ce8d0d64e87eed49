/* The floor: the least a program does that puts these characters of these faces into one file.
 *
 * For each face: open it by mmap, shape its text once, subset it without hints and subroutines and
 * without the tables a PDF has no use for, deflate the font program, append it to one file. No
 * layout and no PDF, so whatever a renderer of this kind takes longer than this is its own.
 *
 *     floor LIST OUT
 *
 * LIST has a line a face: its path, its index in the file and its text, parted by tabs. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hb-subset.h>
#include <hb.h>
#include <libdeflate.h>

enum {
    LINE_MAX_LEN = 1 << 20,
    LEVEL = 6, /* of libdeflate */
};

static bool fail(const char *what, const char *name)
{
    fprintf(stderr, "floor: %s: %s\n", what, name);
    return false;
}

/* The glyphs that the text shapes to. */
static void collect_glyphs(hb_set_t *glyphs, hb_face_t *face, const char *text)
{
    hb_font_t *font = hb_font_create(face);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text, -1, 0, -1);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_HAN);
    hb_buffer_set_language(buffer, hb_language_from_string("zh-hans", -1));
    hb_shape(font, buffer, NULL, 0);

    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    for (unsigned i = 0; i < count; i++)
        hb_set_add(glyphs, infos[i].codepoint);
    hb_buffer_destroy(buffer);
    hb_font_destroy(font);
}

static hb_face_t *subset(hb_face_t *face, const char *text)
{
    static const char *const dropped[] = {
        "GSUB", "GPOS", "GDEF", "BASE", "VORG", "cmap", "post", "name", "OS/2",
    };
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_subset_input_set_flags(input,
                              HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
    hb_set_t *tables = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof(dropped) / sizeof(dropped[0]); i++)
        hb_set_add(tables, hb_tag_from_string(dropped[i], -1));
    collect_glyphs(hb_subset_input_glyph_set(input), face, text);

    hb_face_t *result = hb_subset_or_fail(face, input);
    hb_subset_input_destroy(input);
    return result;
}

static bool write_deflated(FILE *out, hb_blob_t *program)
{
    unsigned len = 0;
    const char *data = hb_blob_get_data(program, &len);
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    size_t bound = libdeflate_zlib_compress_bound(compressor, len);
    void *packed = malloc(bound);
    size_t packed_len =
        packed ? libdeflate_zlib_compress(compressor, data, len, packed, bound) : 0;
    bool written = packed_len > 0 && fwrite(packed, 1, packed_len, out) == packed_len;
    free(packed);
    libdeflate_free_compressor(compressor);
    return written;
}

static bool add_face(FILE *out, const char *path, unsigned index, const char *text)
{
    hb_blob_t *file = hb_blob_create_from_file_or_fail(path);
    if (!file)
        return fail("cannot open", path);
    hb_face_t *face = hb_face_create(file, index);
    hb_face_t *part = subset(face, text);
    bool written = false;
    if (part) {
        hb_blob_t *program = hb_face_reference_blob(part);
        written = write_deflated(out, program);
        hb_blob_destroy(program);
    }
    hb_face_destroy(part);
    hb_face_destroy(face);
    hb_blob_destroy(file);
    return written || fail("cannot subset", path);
}

/* Cuts the next field off a line, at a tab or the end. */
static char *next_field(char **rest)
{
    char *field = *rest;
    size_t len = strcspn(field, "\t\n");
    *rest = field + len + (field[len] != '\0');
    field[len] = '\0';
    return field;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fail("usage", "floor LIST OUT");
        return 1;
    }
    FILE *list = fopen(argv[1], "r");
    FILE *out = fopen(argv[2], "wb");
    char *line = malloc(LINE_MAX_LEN);
    if (!list || !out || !line) {
        fail("cannot open", list ? argv[2] : argv[1]);
        return 1;
    }

    bool is_done = true;
    while (is_done && fgets(line, LINE_MAX_LEN, list)) {
        char *rest = line;
        const char *path = next_field(&rest);
        unsigned index = (unsigned)strtoul(next_field(&rest), NULL, 10);
        is_done = add_face(out, path, index, next_field(&rest));
    }
    free(line);
    fclose(list);
    if (fclose(out) != 0)
        is_done = fail("cannot write", argv[2]);
    return is_done ? 0 : 1;
}
