#include "output/pdf/fonts.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "font/facts.h"

/* A font is five objects: the Type0 font (two when a face also stands vertically), the CIDFont,
 * its descriptor, the program and the ToUnicode map. Codes are CIDs and CIDs are glyph numbers of
 * the program, so that a reader may take any of the three for the others (pdf.md 3.4, 3.6). */

/* Six capital letters that differ with the glyphs chosen (ISO 32000-1 9.6.4): FNV-1a over them. */
static void make_tag(char tag[7], const struct bx_subset *subset)
{
    uint64_t hash = 14695981039346656037u;
    for (int i = 0; i < subset->glyph_count; i++)
        hash = (hash ^ subset->old_ids[i]) * 1099511628211u;
    for (int i = 0; i < 6; i++, hash /= 26)
        tag[i] = (char)('A' + hash % 26);
    tag[6] = '\0';
}

static int per_mille(const struct bx_font *font, int units)
{
    int n = 2000 * units, d = 2 * font->upem;
    return (n + (n < 0 ? -font->upem : font->upem)) / d;
}

static void
add_descriptor(struct bx_buf *to, const struct bx_pdf_face *face, const char *name, int program)
{
    const struct bx_font *font = face->font;
    const struct bx_facts *facts = font->facts;

    bx_buf_add_text(to, "<</Type/FontDescriptor/FontName");
    bx_pdf_add_name(to, name);
    /* 4 is Symbolic: the glyphs are not the standard Latin set. StemV is required, known to no
     * table of a font, and used only where a face is not embedded. */
    bx_buf_printf(
        to,
        "/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d"
        "/StemV 80/%s %d 0 R>>",
        per_mille(font, facts->box[0]), per_mille(font, facts->box[1]),
        per_mille(font, facts->box[2]), per_mille(font, facts->box[3]),
        per_mille(font, facts->ascender), per_mille(font, facts->descender),
        per_mille(font, facts->cap_height), face->subset.is_cff ? "FontFile3" : "FontFile2",
        program);
}

/* Widths that are not the default of 1000, in stretches of consecutive codes. */
static void add_widths(struct bx_buf *to, const struct bx_pdf_face *face)
{
    int count = face->subset.glyph_count;
    bx_buf_add_text(to, "/DW 1000");
    bool is_open = false;
    for (int i = 0; i < count;) {
        if (face->widths[i] == 1000) {
            i++;
            continue;
        }
        bx_buf_printf(to, is_open ? "%d[" : "/W[%d[", i);
        is_open = true;
        for (int first = i; i < count && face->widths[i] != 1000; i++)
            bx_buf_printf(to, i > first ? " %d" : "%d", face->widths[i]);
        bx_buf_add_byte(to, ']');
    }
    if (is_open)
        bx_buf_add_byte(to, ']');
}

static void add_cid_font(struct bx_buf *to,
                         const struct bx_pdf_face *face,
                         const char *name,
                         int descriptor)
{
    bx_buf_printf(to, "<</Type/Font/Subtype/CIDFontType%d/BaseFont",
                  face->subset.is_cff ? 0 : 2);
    bx_pdf_add_name(to, name);
    bx_buf_printf(to,
                  "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                  "/FontDescriptor %d 0 R",
                  descriptor);
    add_widths(to, face);
    if (face->is_used[1])
        bx_buf_printf(to, "/DW2[%d -1000]", BX_PDF_ORIGIN_Y);
    if (!face->subset.is_cff)
        bx_buf_add_text(to, "/CIDToGIDMap/Identity");
    bx_buf_add_text(to, ">>");
}

static void add_type0(struct bx_buf *to,
                      const struct bx_pdf_face *face,
                      const char *name,
                      bool is_vertical,
                      int cid_font,
                      int to_unicode)
{
    const char *map = is_vertical ? "Identity-V" : "Identity-H";
    char full[160]; /* a CIDFontType0's font also names the CMap (ISO 32000-1 table 121) */
    if (face->subset.is_cff)
        snprintf(full, sizeof(full), "%s-%s", name, map);
    else
        snprintf(full, sizeof(full), "%s", name);
    bx_buf_add_text(to, "<</Type/Font/Subtype/Type0/BaseFont");
    bx_pdf_add_name(to, full);
    bx_buf_printf(to, "/Encoding/%s/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", map, cid_font,
                  to_unicode);
}

static void add_hex4(struct bx_buf *to, uint32_t value)
{
    static const char digits[] = "0123456789ABCDEF";
    char hex[4];
    for (int i = 0; i < 4; i++)
        hex[i] = digits[value >> (4 * (3 - i)) & 15];
    bx_buf_add(to, hex, sizeof(hex));
}

static void add_unicode_hex(struct bx_buf *to, const char *text, int len)
{
    for (int at = 0; at < len;) {
        uint32_t cp = bx_utf8_next(text, &at);
        if (cp >= 0x10000) {
            add_hex4(to, 0xD800 + ((cp - 0x10000) >> 10));
            cp = 0xDC00 + ((cp - 0x10000) & 0x3FF);
        }
        add_hex4(to, cp);
    }
}

/* What a code means, as UTF-8. */
struct code_text {
    const char *text;
    int len;
};

/* A glyph that is a part of a composite one, or is left over in a cluster, means nothing by
 * itself. The format wants a text for every code, so it gets the zero width space. */
static const struct code_text NOTHING = {.text = "\xE2\x80\x8B", .len = 3};

static struct code_text *list_meanings(struct bx_pdf_fonts *fonts,
                                       const struct bx_pdf_face *face)
{
    int count = face->subset.glyph_count;
    struct code_text *list = BX_NEW_ARRAY(&fonts->arena, struct code_text, (size_t)count);
    for (int i = 0; i < count; i++)
        list[i] = NOTHING;
    for (int i = 0; i < face->glyph_count; i++) {
        const struct bx_pdf_meaning *meaning = &fonts->meanings[face->meanings[i]];
        if (meaning->len > 0)
            list[face->codes[i]] =
                (struct code_text){.text = meaning->text, .len = meaning->len};
    }
    return list;
}

/* A range's codes differ in their last byte only (ISO 32000-1 9.10.3). */
static void add_range(struct bx_buf *to, const struct code_text *list, int first, int last)
{
    bx_buf_printf(to, "1 beginbfrange\n<%04X><%04X>[", first, last);
    for (int i = first; i <= last; i++) {
        bx_buf_add_byte(to, '<');
        add_unicode_hex(to, list[i].text, list[i].len);
        bx_buf_add_byte(to, '>');
    }
    bx_buf_add_text(to, "]\nendbfrange\n");
}

/* Meanings as arrays over stretches of 255 or 256 codes: the codes themselves, which pairs would
 * repeat, are a third of such a map once deflated. */
static void make_to_unicode(struct bx_buf *to, const struct code_text *list, int count)
{
    bx_buf_add_text(to, "/CIDInit/ProcSet findresource begin 9 dict begin begincmap\n"
                        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                        "/CMapName/U def/CMapType 2 def\n"
                        "1 begincodespacerange<0000><FFFF>endcodespacerange\n");
    for (int first = 1; first < count; first = (first | 255) + 1) {
        int last = first | 255;
        add_range(to, list, first, last < count ? last : count - 1);
    }
    bx_buf_add_text(to, "endcmap end end");
}

static void
write_face(struct bx_pdf_fonts *fonts, struct bx_pdf_face *face, struct bx_pdf_objects *objects)
{
    char tag[7], name[128];
    make_tag(tag, &face->subset);
    snprintf(name, sizeof(name), "%s+%s", tag, face->font->postscript);

    face->program = bx_pdf_new_object(objects);
    struct bx_buf map = {0};
    make_to_unicode(&map, list_meanings(fonts, face), face->subset.glyph_count);
    int to_unicode = bx_pdf_new_object(objects);
    bx_pdf_add_stream(objects, to_unicode, "", map.data, map.len, BX_PDF_DEFLATE);
    bx_buf_fini(&map);

    int descriptor = bx_pdf_new_object(objects);
    add_descriptor(bx_pdf_begin(objects, descriptor), face, name, face->program);
    bx_pdf_end(objects);
    int cid_font = bx_pdf_new_object(objects);
    add_cid_font(bx_pdf_begin(objects, cid_font), face, name, descriptor);
    bx_pdf_end(objects);
    for (int v = 0; v < 2; v++) {
        if (!face->is_used[v])
            continue;
        face->objects[v] = bx_pdf_new_object(objects);
        struct bx_buf *to = bx_pdf_begin(objects, face->objects[v]);
        add_type0(to, face, name, v > 0, cid_font, to_unicode);
        bx_pdf_end(objects);
    }
}

void bx_pdf_fonts_write(struct bx_pdf_fonts *fonts, struct bx_pdf_objects *objects)
{
    for (int i = 0; i < fonts->face_count; i++)
        write_face(fonts, &fonts->faces[i], objects);
}

void bx_pdf_fonts_add_resources(const struct bx_pdf_fonts *fonts, struct bx_buf *to)
{
    for (int i = 0; i < fonts->face_count; i++)
        for (int v = 0; v < 2; v++)
            if (fonts->faces[i].is_used[v])
                bx_buf_printf(to, "/%c%d %d 0 R", v ? 'V' : 'F', i, fonts->faces[i].objects[v]);
}
