#include <string.h>

#include "sign/look.h"

/* A seal is known by the whole of its text: an appearance with any other key, operator or resource is no
 * seal, whatever it does. What is left to choose is where the picture lies in its box, and its pixels,
 * which may not be so dark that they hide what is under them. */

enum {
    LIGHT_LEAST = 12, /* percent of white; as verify/ has it for pages */
    SIDE_MOST = 1 << 16,
    NUMBER_MOST = 1 << 20, /* points */
};

/* A number in 1/1000, with what lies beyond three decimals dropped. */
static bool read_milli(int64_t *out, const struct bx_value *value)
{
    struct bx_span rest = value->span;
    bool is_negative = rest.len > 0 && rest.at[0] == '-', is_fraction = false;
    int64_t number = 0, unit = 1000;
    if (value->kind != BX_VALUE_INT && value->kind != BX_VALUE_REAL)
        return false;
    for (size_t i = 0; i < rest.len; i++) {
        char c = rest.at[i];
        if (c == '.') {
            is_fraction = true;
        } else if ('0' <= c && c <= '9' && !is_fraction) {
            number = number * 10 + (c - '0') * 1000;
        } else if ('0' <= c && c <= '9') {
            unit /= 10;
            number += (c - '0') * unit;
        } else if (i > 0 || (c != '-' && c != '+')) {
            return false;
        }
        if (number > (int64_t)NUMBER_MOST * 1000)
            return false;
    }
    *out = is_negative ? -number : number;
    return true;
}

bool bx_look_read_box(struct bx_look_box *out,
                      struct bx_source *source,
                      const struct bx_value *dict,
                      const char *key)
{
    struct bx_value array = bx_source_find(source, dict, key);
    struct bx_span rest = bx_value_inside(&array);
    int64_t sides[4];
    for (int i = 0; i < 4; i++) {
        struct bx_value side = bx_value_next_plain(&rest);
        if (!read_milli(&sides[i], &side))
            return false;
    }
    bx_span_skip_blank(&rest);
    bool is_x = sides[0] < sides[2], is_y = sides[1] < sides[3];
    *out = (struct bx_look_box){sides[is_x ? 0 : 2], sides[is_y ? 1 : 3], sides[is_x ? 2 : 0],
                                sides[is_y ? 3 : 1]};
    return rest.len == 0;
}

/* Has a dictionary these keys, with blanks around each, and no other? */
static bool has_only(const struct bx_value *dict, const char *keys)
{
    struct bx_span rest = bx_value_inside(dict);
    struct bx_value key, value;
    struct bx_arena arena = {0};
    bool is_so = dict->kind == BX_VALUE_DICT && bx_value_has_unique_keys(dict);
    while (is_so && bx_value_entry(&rest, &key, &value)) {
        size_t len;
        const char *name = bx_value_bytes(&key, &arena, &len);
        is_so = strlen(name) == len && strstr(keys, bx_arena_printf(&arena, " %s ", name));
    }
    bx_arena_fini(&arena);
    return is_so;
}

/* The stream behind a reference. */
static bool open_stream(struct bx_value *dict,
                        struct bx_span *data,
                        struct bx_source *source,
                        struct bx_value ref)
{
    struct bx_span raw = {0};
    if (ref.kind != BX_VALUE_REF)
        return false;
    *dict = bx_source_object(source, (int)ref.number, &raw);
    return dict->kind == BX_VALUE_DICT && raw.at && bx_source_decode(source, dict, raw, data);
}

/* --- The picture ------------------------------------------------------------------------------ */

static bool is_number(struct bx_source *source,
                      const struct bx_value *dict,
                      const char *key,
                      int64_t most,
                      int64_t *out)
{
    struct bx_value value = bx_source_find(source, dict, key);
    *out = value.number;
    return value.kind == BX_VALUE_INT && 0 < value.number && value.number <= most;
}

/* The samples of an image of 8 bits, in `components` of a known family. */
static bool open_samples(struct bx_span *out,
                         int64_t *count,
                         int *components,
                         struct bx_value *mask,
                         struct bx_source *source,
                         struct bx_value ref)
{
    struct bx_value dict;
    int64_t width, height, bits;
    if (!open_stream(&dict, out, source, ref) ||
        !has_only(
            &dict,
            " Type Subtype Width Height BitsPerComponent ColorSpace SMask Length Filter ") ||
        !is_number(source, &dict, "Width", SIDE_MOST, &width) ||
        !is_number(source, &dict, "Height", SIDE_MOST, &height) ||
        !is_number(source, &dict, "BitsPerComponent", 8, &bits) || bits != 8)
        return false;
    struct bx_value space = bx_source_find(source, &dict, "ColorSpace");
    *components = bx_value_is_name(&space, "DeviceGray")  ? 1
                  : bx_value_is_name(&space, "DeviceRGB") ? 3
                                                          : 0;
    *mask = bx_value_find(&dict, "SMask");
    *count = width * height;
    return *components > 0 && (size_t)(*count * *components) == out->len;
}

static int lightness(const unsigned char *pixel, int components)
{
    if (components == 1)
        return pixel[0] * 100 / 255;
    return (299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2]) / 2550;
}

static bool is_clear(struct bx_source *source, struct bx_value ref)
{
    struct bx_span samples, alphas = {0};
    struct bx_value mask, none;
    int64_t count, mask_count = 0;
    int components, mask_components = 1;
    if (!open_samples(&samples, &count, &components, &mask, source, ref))
        return false;
    bool has_mask = mask.kind != BX_VALUE_NONE;
    if (has_mask &&
        (!open_samples(&alphas, &mask_count, &mask_components, &none, source, mask) ||
         none.kind != BX_VALUE_NONE || mask_components != 1 || mask_count != count))
        return false;
    const unsigned char *pixel = (const unsigned char *)samples.at;
    for (int64_t i = 0; i < count; i++, pixel += components) {
        int alpha = has_mask ? (unsigned char)alphas.at[i] : 255;
        if (100 * 255 - alpha * (100 - lightness(pixel, components)) < LIGHT_LEAST * 255)
            return false;
    }
    return true;
}

/* --- The appearance --------------------------------------------------------------------------- */

/* "q /Seal gs w 0 0 h x y cm /I0 Do Q", all of it numbers and these words. */
static bool is_drawing(struct bx_span text)
{
    static const char *const parts[] = {"q",  "/Seal", "gs", NULL,  "0",  "0", NULL,
                                        NULL, NULL,    "cm", "/I0", "Do", "Q"};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (parts[i] && parts[i][0] != '/' && parts[i][0] != '0') {
            if (!bx_span_take_word(&text, parts[i]))
                return false;
            continue;
        }
        struct bx_value value = bx_value_next_plain(&text);
        int64_t number;
        bool is_right = parts[i] ? value.span.len == strlen(parts[i]) &&
                                       memcmp(value.span.at, parts[i], value.span.len) == 0
                                 : read_milli(&number, &value);
        if (!is_right)
            return false;
    }
    bx_span_skip_blank(&text);
    return text.len == 0;
}

/* The image of a form's resources, which hold it and the blend mode alone. */
static struct bx_value find_image(struct bx_source *source, const struct bx_value *form)
{
    struct bx_value resources = bx_source_find(source, form, "Resources");
    struct bx_value states = bx_source_find(source, &resources, "ExtGState");
    struct bx_value state = bx_source_find(source, &states, "Seal");
    struct bx_value mode = bx_source_find(source, &state, "BM");
    struct bx_value images = bx_source_find(source, &resources, "XObject");
    bool is_seal = has_only(&resources, " ExtGState XObject ") && has_only(&states, " Seal ") &&
                   has_only(&state, " Type BM ") && bx_value_is_name(&mode, "Multiply") &&
                   has_only(&images, " I0 ");
    return is_seal ? bx_value_find(&images, "I0") : (struct bx_value){.kind = BX_VALUE_NONE};
}

bool bx_look_is_seal(struct bx_source *source, const struct bx_value *field)
{
    struct bx_value look = bx_source_find(source, field, "AP"), form;
    struct bx_span content;
    struct bx_look_box box, rect;
    if (!has_only(&look, " N ") ||
        !open_stream(&form, &content, source, bx_value_find(&look, "N")) ||
        !has_only(&form, " Type Subtype BBox Resources Length ") ||
        !bx_look_read_box(&box, source, &form, "BBox") ||
        !bx_look_read_box(&rect, source, field, "Rect"))
        return false;
    bool is_unscaled = box.right - box.left == rect.right - rect.left &&
                       box.top - box.bottom == rect.top - rect.bottom;
    return is_unscaled && is_drawing(content) && is_clear(source, find_image(source, &form));
}
