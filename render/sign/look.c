#include "sign/look.h"

#include <libdeflate.h>
#include <stdlib.h>

/* The appearance is no transparency group of its own, so that its one image meets the page itself, with
 * blend mode Multiply: black stays black under red (ISO 32000-2 11.4.7, 12.5.5). BBox is as large as the
 * rectangle: nothing is scaled, and a seal has its real size. */

enum {
    DEFLATE_LEVEL = 9,
};

/* As numbers with three decimals, for rectangles are compared by their text. */
static void add_milli(struct bx_buf *to, int64_t milli)
{
    uint64_t value = milli < 0 ? (uint64_t)-milli : (uint64_t)milli;
    bx_buf_printf(to, "%s%llu.%03llu", milli < 0 ? "-" : "", (unsigned long long)(value / 1000),
                  (unsigned long long)(value % 1000));
}

static const char *text_of(struct bx_buf *buf, struct bx_arena *arena)
{
    const char *text = bx_arena_strndup(arena, buf->data, buf->len);
    bx_buf_fini(buf);
    return text;
}

const char *bx_look_rect(const struct bx_look *look, struct bx_arena *arena)
{
    const int64_t sides[] = {look->box.left, look->box.bottom, look->box.right, look->box.top};
    struct bx_buf text = {0};
    for (int i = 0; i < 4; i++) {
        bx_buf_add_byte(&text, i == 0 ? '[' : ' ');
        add_milli(&text, sides[i]);
    }
    bx_buf_add_byte(&text, ']');
    return text_of(&text, arena);
}

/* --- Place ------------------------------------------------------------------------------------ */

static struct bx_look_box box_about(int64_t x, int64_t y, const struct bx_sign_seal *seal)
{
    int64_t left = x - seal->ink_w / 2, bottom = y - seal->ink_h / 2;
    return (struct bx_look_box){left, bottom, left + seal->ink_w, bottom + seal->ink_h};
}

bool bx_look_do_meet(const struct bx_look_box *a, const struct bx_look_box *b)
{
    return a->left < b->right && b->left < a->right && a->bottom < b->top && b->bottom < a->top;
}

/* A seal must not lie on the place of another (GB/T 9704-2012 7.3.5.1: seals do not touch). */
static bool is_free(const struct bx_look *look,
                    const struct bx_field_list *list,
                    const struct bx_field *field,
                    int64_t page)
{
    for (int i = 0; i < list->count; i++) {
        const struct bx_field *other = &list->items[i];
        struct bx_look_box box;
        struct bx_value of = bx_value_find(&other->dict, "P");
        if (other != field && of.kind == BX_VALUE_REF && of.number == page &&
            bx_look_read_box(&box, list->source, &other->dict, "Rect") &&
            box.left < box.right && bx_look_do_meet(&box, &look->box))
            return false;
    }
    return true;
}

/* The colours of a press have no place for an image in RGB. */
static bool is_for_press(const struct bx_field_list *list)
{
    struct bx_source *source = list->source;
    struct bx_value intents = bx_source_find(source, &list->catalog, "OutputIntents");
    struct bx_span rest = bx_value_inside(&intents);
    struct bx_value intent = bx_source_follow(source, bx_value_next(&rest));
    struct bx_value profile = bx_source_find(source, &intent, "DestOutputProfile");
    struct bx_value components = bx_source_find(source, &profile, "N");
    return components.kind == BX_VALUE_INT && components.number == 4;
}

static bool
place_new(struct bx_look *look, const struct bx_field_list *list, struct bx_err *err)
{
    const struct bx_sign_seal *seal = look->seal;
    if (list->signed_count > 0)
        return bx_fail(err, BX_E_SIGN, "", "",
                       "the file is signed and has no empty field left for a seal");
    if (seal->page <= 0)
        return bx_fail(
            err, BX_E_SIGN, "", "",
            "the file has no field for a seal, and does not end with organ and date");
    look->page = seal->page;
    look->box = box_about(seal->centre_x, seal->centre_y, seal);
    return true;
}

static bool place_in(struct bx_look *look,
                     const struct bx_field_list *list,
                     const struct bx_field *field,
                     struct bx_err *err)
{
    const struct bx_sign_seal *seal = look->seal;
    struct bx_value kind = bx_source_find(list->source, &field->dict, "Subtype");
    struct bx_value page = bx_value_find(&field->dict, "P");
    struct bx_look_box own;
    if (!bx_value_is_name(&kind, "Widget") || page.kind != BX_VALUE_REF ||
        !bx_look_read_box(&own, list->source, &field->dict, "Rect") || own.left == own.right)
        return bx_fail(err, BX_E_SIGN, "", "", "the field %s has no place on a page",
                       field->name);
    look->box = own;
    if (own.right - own.left >= seal->ink_w && own.top - own.bottom >= seal->ink_h)
        return true;
    look->is_moved = true;
    look->box = box_about(
        (own.left + own.right) / 2,
        page.number == seal->page ? seal->centre_y : (own.bottom + own.top) / 2, seal);
    if (list->signed_count > 0)
        return bx_fail(err, BX_E_SIGN, "", "",
                       "the field %s is smaller than the seal, and the file is signed: leave "
                       "room with \"seal\": \"space\", or take a smaller diameter",
                       field->name);
    return is_free(look, list, field, page.number) ||
           bx_fail(err, BX_E_SIGN, "", "",
                   "the field %s is smaller than the seal, which would lie on another field",
                   field->name);
}

bool bx_look_place(struct bx_look *out,
                   const struct bx_field_list *list,
                   const struct bx_field *field,
                   const struct bx_sign_seal *seal,
                   struct bx_err *err)
{
    *out = (struct bx_look){.seal = seal};
    if (is_for_press(list))
        return bx_fail(err, BX_E_SIGN, "", "",
                       "the file is for a press: a seal in a signature needs a file in RGB");
    return field ? place_in(out, list, field, err) : place_new(out, list, err);
}

/* --- Objects ---------------------------------------------------------------------------------- */

static void
add_stream(struct bx_buf *to, const char *entries, const void *data, size_t len, bool is_packed)
{
    bx_buf_printf(to, "<<%s/Length %zu%s>>\nstream\n", entries, len,
                  is_packed ? "/Filter/FlateDecode" : "");
    bx_buf_add(to, data, len);
    bx_buf_add_text(to, "\nendstream");
}

static int
write_samples(struct bx_revision *revision, const char *entries, const void *data, size_t len)
{
    struct libdeflate_compressor *deflater = libdeflate_alloc_compressor(DEFLATE_LEVEL);
    if (!deflater)
        abort();
    size_t most = libdeflate_zlib_compress_bound(deflater, len);
    char *packed = bx_arena_alloc(&revision->arena, most, 1);
    size_t packed_len = libdeflate_zlib_compress(deflater, data, len, packed, most);
    libdeflate_free_compressor(deflater);
    int number = bx_revision_new(revision);
    add_stream(bx_revision_begin(revision, number), entries, packed, packed_len, true);
    bx_revision_end(revision);
    return number;
}

static int write_image(struct bx_revision *revision, const struct bx_sign_seal *seal)
{
    size_t count = (size_t)seal->width * (size_t)seal->height;
    const char *head = bx_arena_printf(&revision->arena,
                                       "/Type/XObject/Subtype/Image/Width %d/Height %d"
                                       "/BitsPerComponent 8",
                                       seal->width, seal->height);
    const char *mask = "";
    if (seal->alpha) {
        const char *entries =
            bx_arena_printf(&revision->arena, "%s/ColorSpace/DeviceGray", head);
        int number = write_samples(revision, entries, seal->alpha, count);
        mask =
            bx_arena_printf(&revision->arena, "/SMask %s", bx_revision_ref(revision, number));
    }
    const char *entries =
        bx_arena_printf(&revision->arena, "%s/ColorSpace/%s%s", head,
                        seal->components == 1 ? "DeviceGray" : "DeviceRGB", mask);
    return write_samples(revision, entries, seal->pixels, count * (size_t)seal->components);
}

/* The picture with its ink in the middle of the box; margins are cut off by it. */
static const char *draw(const struct bx_look *look, struct bx_arena *arena)
{
    const struct bx_sign_seal *seal = look->seal;
    int64_t w = look->box.right - look->box.left, h = look->box.top - look->box.bottom;
    int64_t x = (w - seal->ink_w) / 2 - seal->ink_x;
    int64_t y = (h - seal->ink_h) / 2 - (seal->picture_h - seal->ink_y - seal->ink_h);
    struct bx_buf text = {0};
    bx_buf_add_text(&text, "q\n/Seal gs\n");
    add_milli(&text, seal->picture_w);
    bx_buf_add_text(&text, " 0 0 ");
    add_milli(&text, seal->picture_h);
    bx_buf_add_byte(&text, ' ');
    add_milli(&text, x);
    bx_buf_add_byte(&text, ' ');
    add_milli(&text, y);
    bx_buf_add_text(&text, " cm\n/I0 Do\nQ\n");
    return text_of(&text, arena);
}

void bx_look_write(struct bx_look *look, struct bx_revision *revision)
{
    int image = write_image(revision, look->seal);
    struct bx_buf entries = {0};
    bx_buf_add_text(&entries, "/Type/XObject/Subtype/Form/BBox[0 0 ");
    add_milli(&entries, look->box.right - look->box.left);
    bx_buf_add_byte(&entries, ' ');
    add_milli(&entries, look->box.top - look->box.bottom);
    bx_buf_printf(&entries,
                  "]/Resources<</ExtGState<</Seal<</Type/ExtGState/BM/Multiply>>>>"
                  "/XObject<</I0 %s>>>>",
                  bx_revision_ref(revision, image));
    const char *content = draw(look, &revision->arena);
    look->form = bx_revision_new(revision);
    size_t len = 0;
    while (content[len])
        len++;
    add_stream(bx_revision_begin(revision, look->form), text_of(&entries, &revision->arena),
               content, len, false);
    bx_revision_end(revision);
}
