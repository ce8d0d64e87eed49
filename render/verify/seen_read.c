#include "verify/seen.h"

#include <string.h>

#include "verify/content.h"

/* Carrying out a content stream: the operators that our writer uses, and no others. Whatever else
 * could draw, clip or hide is the page's fault, told by its name; so nothing needs to be known of
 * it. Numbers are millionths, cut to what fits a product in 64 bits. */

enum {
    STATES_MOST = 28, /* q in q; ISO 19005-2 6.1.13 */
    SEQUENCES_MOST = 64,
    MARKS_MOST = 1 << 22,  /* of all pages; ours have 3000 on each */
    POINTS_MOST = 1 << 16, /* of an outline */
    MCID_BYTES = 12,       /* each takes at least as many in the content: /P<</MCID 0>>BDC */
};

#define COORDINATE_MOST ((int64_t)2000 * BX_MICRO) /* A3 is 1191 pt long */
#define LINE_WIDTH_MOST ((int64_t)3 * BX_MICRO)    /* a thicker line could cover text */

/* x' = a x + c y + e, y' = b x + d y + f. */
struct matrix {
    int64_t a, b, c, d, e, f;
};

struct state {
    struct matrix matrix;
    int64_t fill, line_width;
    bool is_clipped, is_ink;
    const struct bx_read_font *font;
    int64_t size, spacing, scale;
};

struct sequence {
    int mcid;
    bool is_actual;
};

/* Holds  the last path_count marks of the page are the path that is being built. */
struct reader {
    struct bx_seen *drawn;
    struct bx_seen_page *page;
    struct bx_content content;
    const struct bx_object *fonts, *images, *states, *properties;
    struct state state, saved[STATES_MOST];
    int saved_count;
    struct sequence sequences[SEQUENCES_MOST];
    int sequence_count;
    bool is_text;
    int64_t line_x, line_y, pen; /* of text */
    int path_count;
    bool is_clip; /* W was said of it */
};

static void blame(struct reader *r, const char *what)
{
    if (!r->page->fault)
        r->page->fault = bx_arena_strndup(&r->drawn->arena, what, strlen(what));
}

static int64_t clamp(struct reader *r, int64_t value)
{
    if (-COORDINATE_MOST <= value && value <= COORDINATE_MOST)
        return value;
    blame(r, "a coordinate far outside the page");
    return value < 0 ? -COORDINATE_MOST : COORDINATE_MOST;
}

static int64_t operand(struct reader *r, int i)
{
    return clamp(r, bx_content_number(&r->content, i));
}

/* Needs   both within COORDINATE_MOST. */
static int64_t multiply(int64_t a, int64_t b)
{
    return a * b / BX_MICRO;
}

static struct bx_seen_mark *add_mark(struct reader *r, enum bx_seen_kind kind)
{
    struct bx_seen_page *page = r->page;
    bool is_path = kind == BX_SEEN_FILL || kind == BX_SEEN_PATH;
    if (r->path_count > 0 && !is_path)
        blame(r, "a path that is not drawn");
    r->path_count = is_path ? r->path_count + 1 : 0;
    if (r->drawn->mark_total >= MARKS_MOST && page->mark_count > 0) {
        blame(r, "too many marks");
        page->mark_count--;
        r->path_count = is_path;
    }
    r->drawn->mark_total++;
    if (page->mark_count == page->mark_capacity)
        page->marks = bx_arena_grow(&r->drawn->arena, page->marks, page->mark_count,
                                    &page->mark_capacity, sizeof(*page->marks));
    if (r->state.is_ink && kind != BX_SEEN_IMAGE)
        blame(r, "ink that is no image");
    struct bx_seen_mark *mark = &page->marks[page->mark_count++];
    *mark = (struct bx_seen_mark){
        .kind = kind, .mcid = BX_SEEN_UNTAGGED, .colour = r->state.fill, .text = ""};
    for (int i = 0; i < r->sequence_count; i++) {
        if (r->sequences[i].mcid != BX_SEEN_UNTAGGED && mark->mcid != BX_SEEN_ARTIFACT)
            mark->mcid = r->sequences[i].mcid;
        mark->is_under_actual |= r->sequences[i].is_actual;
    }
    return mark;
}

/* The box of a rectangle whose corners went through the matrix. */
static void
set_box(struct reader *r, struct bx_seen_mark *mark, int64_t x, int64_t y, int64_t w, int64_t h)
{
    const struct matrix *m = &r->state.matrix;
    int64_t least_x = 0, most_x = 0, least_y = 0, most_y = 0;
    for (int i = 0; i < 4; i++) {
        int64_t px = clamp(r, i & 1 ? x + w : x), py = clamp(r, i & 2 ? y + h : y);
        int64_t qx = multiply(m->a, px) + multiply(m->c, py) + m->e;
        int64_t qy = multiply(m->b, px) + multiply(m->d, py) + m->f;
        least_x = i == 0 || qx < least_x ? qx : least_x;
        most_x = i == 0 || qx > most_x ? qx : most_x;
        least_y = i == 0 || qy < least_y ? qy : least_y;
        most_y = i == 0 || qy > most_y ? qy : most_y;
    }
    mark->x = clamp(r, least_x);
    mark->y = clamp(r, least_y);
    mark->w = clamp(r, most_x - least_x);
    mark->h = clamp(r, most_y - least_y);
}

/* ---- state ---- */

static void save_state(struct reader *r)
{
    if (r->saved_count == STATES_MOST)
        blame(r, "q too often");
    else
        r->saved[r->saved_count++] = r->state;
}

static void restore_state(struct reader *r)
{
    if (r->saved_count == 0)
        blame(r, "Q without q");
    else
        r->state = r->saved[--r->saved_count];
}

static void concat(struct reader *r)
{
    const struct matrix n = {operand(r, 0), operand(r, 1), operand(r, 2),
                             operand(r, 3), operand(r, 4), operand(r, 5)};
    const struct matrix m = r->state.matrix;
    r->state.matrix = (struct matrix){
        .a = clamp(r, multiply(n.a, m.a) + multiply(n.b, m.c)),
        .b = clamp(r, multiply(n.a, m.b) + multiply(n.b, m.d)),
        .c = clamp(r, multiply(n.c, m.a) + multiply(n.d, m.c)),
        .d = clamp(r, multiply(n.c, m.b) + multiply(n.d, m.d)),
        .e = clamp(r, multiply(n.e, m.a) + multiply(n.f, m.c) + m.e),
        .f = clamp(r, multiply(n.e, m.b) + multiply(n.f, m.d) + m.f),
    };
}

/* Lightness by the weights of ITU-R BT.601: enough to tell letters from paper. */
static void set_colour(struct reader *r, int components)
{
    int64_t v[4];
    for (int i = 0; i < components; i++) {
        v[i] = operand(r, i);
        v[i] = v[i] < 0 ? 0 : v[i] > BX_MICRO ? BX_MICRO : v[i];
    }
    if (components == 1)
        r->state.fill = v[0];
    else if (components == 3)
        r->state.fill = (299 * v[0] + 587 * v[1] + 114 * v[2]) / 1000;
    else
        r->state.fill =
            multiply(BX_MICRO - (299 * v[0] + 587 * v[1] + 114 * v[2]) / 1000, BX_MICRO - v[3]);
}

/* ---- paths and images ---- */

static void add_rectangle(struct reader *r)
{
    set_box(r, add_mark(r, BX_SEEN_FILL), operand(r, 0), operand(r, 1), operand(r, 2),
            operand(r, 3));
}

static void add_point(struct reader *r, int i)
{
    struct bx_seen_mark *mark =
        r->path_count > 0 ? &r->page->marks[r->page->mark_count - 1] : NULL;
    if (!mark || mark->kind != BX_SEEN_PATH || mark->point_count == POINTS_MOST) {
        blame(r, "a path that starts nowhere");
        return;
    }
    if (mark->point_count == mark->point_capacity)
        mark->points = bx_arena_grow(&r->drawn->arena, mark->points, mark->point_count,
                                     &mark->point_capacity, sizeof(*mark->points));
    const struct matrix *m = &r->state.matrix;
    int64_t px = operand(r, i), py = operand(r, i + 1);
    int64_t x = clamp(r, multiply(m->a, px) + multiply(m->c, py) + m->e);
    int64_t y = clamp(r, multiply(m->b, px) + multiply(m->d, py) + m->f);
    int64_t right = mark->x + mark->w, top = mark->y + mark->h;
    bool is_first = mark->point_count == 0;
    mark->points[mark->point_count++] = (struct bx_seen_point){.x = x, .y = y};
    mark->x = is_first || x < mark->x ? x : mark->x;
    mark->y = is_first || y < mark->y ? y : mark->y;
    mark->w = (is_first || x > right ? x : right) - mark->x;
    mark->h = (is_first || y > top ? y : top) - mark->y;
}

static void start_outline(struct reader *r)
{
    add_mark(r, BX_SEEN_PATH);
    add_point(r, 0);
}

/* "f" and "S". */
static void paint_path(struct reader *r, bool is_line)
{
    for (int i = r->page->mark_count - r->path_count; i < r->page->mark_count; i++) {
        struct bx_seen_mark *mark = &r->page->marks[i];
        mark->colour = r->state.fill;
        if (is_line && mark->kind == BX_SEEN_FILL)
            blame(r, "a rectangle that is drawn along");
        if (is_line)
            mark->kind = BX_SEEN_LINE;
    }
    if (is_line && r->state.line_width > LINE_WIDTH_MOST)
        blame(r, "a thick line");
    r->path_count = 0;
}

/* "n": the path is not drawn, but may be one to clip by. */
static void drop_path(struct reader *r)
{
    r->page->mark_count -= r->path_count;
    r->path_count = 0;
    r->state.is_clipped |= r->is_clip;
    r->is_clip = false;
}

static void draw_image(struct reader *r)
{
    const struct bx_document *document = r->drawn->document;
    const struct bx_object *name =
        r->content.operand_count > 0 ? &r->content.operands[0] : NULL;
    if (!name || name->kind != BX_OBJECT_NAME) {
        blame(r, "Do without a name");
        return;
    }
    const struct bx_object *image = bx_object_find(document, r->images, name->bytes);
    if (!bx_object_is_name(bx_object_find(document, image, "Subtype"), "Image"))
        blame(r, "Do of what is no image");
    struct bx_seen_mark *mark = add_mark(r, BX_SEEN_IMAGE);
    mark->object = image;
    set_box(r, mark, 0, 0, BX_MICRO, BX_MICRO);
    if (!r->state.is_ink)
        return;
    if (r->drawn->ink != image)
        r->drawn->is_ink_clear = bx_seen_is_clear(document, image);
    r->drawn->ink = image;
    mark->is_ink = true;
    if (!r->drawn->is_ink_clear)
        blame(r, "a seal that hides what lies under it");
}

/* The one state besides the first that our files have: Multiply, for seals. */
static void set_state(struct reader *r)
{
    const struct bx_document *document = r->drawn->document;
    const struct bx_object *name =
        r->content.operand_count > 0 ? &r->content.operands[0] : NULL;
    const struct bx_object *state = bx_object_find(
        document, r->states, name && name->kind == BX_OBJECT_NAME ? name->bytes : "");
    bool is_known = state->kind == BX_OBJECT_DICT &&
                    bx_object_is_name(bx_object_find(document, state, "BM"), "Multiply");
    for (int i = 0; i < state->count && is_known; i++)
        is_known = strcmp(state->keys[i], "BM") == 0 || strcmp(state->keys[i], "Type") == 0;
    if (!is_known)
        blame(r, "a graphics state");
    r->state.is_ink = true;
}

/* ---- text ---- */

static const struct bx_read_font *find_font(struct reader *r, const char *name)
{
    struct bx_seen *drawn = r->drawn;
    const struct bx_object *object = bx_object_find(drawn->document, r->fonts, name);
    for (int i = 0; i < drawn->font_count; i++)
        if (drawn->fonts[i].object == object)
            return &drawn->fonts[i];
    if (drawn->font_count == drawn->font_capacity)
        return NULL;
    struct bx_read_font *font = &drawn->fonts[drawn->font_count++];
    bx_read_font_build(font, drawn->document, object, &drawn->arena);
    return font;
}

static void set_font(struct reader *r)
{
    if (r->content.operand_count != 2 || r->content.operands[0].kind != BX_OBJECT_NAME) {
        blame(r, "Tf without a font");
        return;
    }
    r->state.font = find_font(r, r->content.operands[0].bytes);
    r->state.size = operand(r, 1);
    if (!r->state.font)
        blame(r, "too many fonts");
    else if (r->state.font->fault)
        blame(r, r->state.font->fault);
}

static void move_line(struct reader *r)
{
    r->line_x = clamp(r, r->line_x + operand(r, 0));
    r->line_y = clamp(r, r->line_y + operand(r, 1));
    r->pen = 0;
}

/* A glyph at the pen, which then moves by its width or, in vertical writing, down an em
 * (ISO 32000-1 9.4.4 and 9.7.4.3). */
static void show_glyph(struct reader *r, uint32_t code)
{
    const struct bx_read_font *font = r->state.font;
    struct bx_seen_mark *mark = add_mark(r, BX_SEEN_GLYPH);
    struct bx_meaning meaning = bx_read_font_meaning(font, code);
    int64_t size = r->state.size;
    int64_t em = (int64_t)bx_read_font_width(font, code) * (BX_MICRO / 1000);
    int64_t width = multiply(clamp(r, multiply(clamp(r, em), size)), r->state.scale);
    int64_t x = r->line_x, y = r->line_y;
    if (font->is_vertical) {
        y += r->pen - multiply(clamp(r, font->origin_y * (int64_t)(BX_MICRO / 1000)), size);
        x -= width / 2;
        r->pen = clamp(r, r->pen - size - r->state.spacing);
    } else {
        x += r->pen;
        r->pen = clamp(r, r->pen + width + multiply(r->state.spacing, r->state.scale));
    }
    const struct matrix *m = &r->state.matrix;
    x = clamp(r, x);
    y = clamp(r, y);
    mark->x = multiply(m->a, x) + multiply(m->c, y) + m->e;
    mark->y = multiply(m->b, x) + multiply(m->d, y) + m->f;
    mark->w = multiply(clamp(r, width), m->a);
    mark->h = multiply(size, m->d);
    mark->text = meaning.text;
    mark->len = meaning.len;
    mark->code = code;
    mark->object = font->object;
}

static void show_string(struct reader *r, const struct bx_object *string)
{
    const unsigned char *bytes = (const unsigned char *)string->bytes;
    if (r->state.is_clipped)
        blame(r, "text that is clipped");
    if (!r->is_text || !r->state.font || string->len % 2 != 0) {
        blame(r, "text without a font");
        return;
    }
    for (size_t i = 0; i + 1 < string->len; i += 2)
        show_glyph(r, (uint32_t)(bytes[i] << 8 | bytes[i + 1]));
}

static void show_items(struct reader *r, const struct bx_object *items)
{
    for (int i = 0; i < items->count; i++) {
        const struct bx_object *item = &items->items[i];
        if (item->kind == BX_OBJECT_STRING) {
            show_string(r, item);
        } else if (item->kind == BX_OBJECT_NUMBER) {
            int64_t move = multiply(clamp(r, item->number / 1000), r->state.size);
            bool is_vertical = r->state.font && r->state.font->is_vertical;
            r->pen = clamp(
                r, r->pen - (is_vertical ? move : multiply(clamp(r, move), r->state.scale)));
        } else {
            blame(r, "TJ of what is no text");
        }
    }
}

static void show_text(struct reader *r, bool is_list)
{
    const struct bx_object *text = r->content.operand_count == 1 ? r->content.operands : NULL;
    if (!text || text->kind != (is_list ? BX_OBJECT_ARRAY : BX_OBJECT_STRING))
        blame(r, "text without its operand");
    else if (is_list)
        show_items(r, text);
    else
        show_string(r, text);
}

static void switch_text(struct reader *r, bool is_text)
{
    if (r->is_text == is_text)
        blame(r, "BT and ET that do not match");
    r->is_text = is_text;
    r->line_x = r->line_y = r->pen = 0;
}

/* ---- marked content ---- */

static void begin_sequence(struct reader *r, bool has_properties)
{
    const struct bx_object *tag = r->content.operand_count > 0 ? r->content.operands : NULL;
    if (!tag || tag->kind != BX_OBJECT_NAME || r->sequence_count == SEQUENCES_MOST ||
        r->content.operand_count != (has_properties ? 2 : 1)) {
        blame(r, "marked content that cannot be read");
        return;
    }
    struct sequence *sequence = &r->sequences[r->sequence_count++];
    *sequence = (struct sequence){.mcid = BX_SEEN_UNTAGGED};
    if (strcmp(tag->bytes, "Artifact") == 0)
        sequence->mcid = BX_SEEN_ARTIFACT;
    if (strcmp(tag->bytes, "OC") == 0)
        blame(r, "optional content");
    const struct bx_object *properties = has_properties ? &r->content.operands[1] : NULL;
    if (!properties)
        return;
    const struct bx_document *document = r->drawn->document;
    if (properties->kind == BX_OBJECT_NAME)
        properties = bx_object_find(document, r->properties, properties->bytes);
    int64_t mcid = bx_object_int(bx_object_find(document, properties, "MCID"), -1);
    if (sequence->mcid == BX_SEEN_UNTAGGED && 0 <= mcid &&
        mcid < (int64_t)r->content.len / MCID_BYTES)
        sequence->mcid = (int)mcid;
    /* Alt and E, the long form of what is short, are read out as ActualText is. */
    const struct bx_object *actual = bx_object_find(document, properties, "ActualText");
    if (actual->kind != BX_OBJECT_STRING)
        actual = bx_object_find(document, properties, "Alt");
    if (actual->kind != BX_OBJECT_STRING)
        actual = bx_object_find(document, properties, "E");
    if (actual->kind != BX_OBJECT_STRING)
        return;
    bool is_inside = false;
    for (int i = 0; i < r->sequence_count; i++)
        is_inside |= r->sequences[i].is_actual;
    if (!is_inside) {
        struct bx_seen_mark *mark = add_mark(r, BX_SEEN_ACTUAL);
        mark->text = bx_object_text(actual, &r->drawn->arena);
        mark->len = (int)strlen(mark->text);
    }
    sequence->is_actual = true;
}

static void end_sequence(struct reader *r)
{
    if (r->sequence_count == 0)
        blame(r, "EMC without BDC");
    else
        r->sequence_count--;
}

/* ---- operators ---- */

static bool is_word(const char *word, const char *name)
{
    return strcmp(word, name) == 0;
}

static bool run_text(struct reader *r, const char *word)
{
    if (is_word(word, "BT") || is_word(word, "ET"))
        switch_text(r, word[0] == 'B');
    else if (is_word(word, "Td"))
        move_line(r);
    else if (is_word(word, "Tj") || is_word(word, "TJ"))
        show_text(r, word[1] == 'J');
    else if (is_word(word, "Tf"))
        set_font(r);
    else if (is_word(word, "Tc"))
        r->state.spacing = operand(r, 0);
    else if (is_word(word, "Tz"))
        r->state.scale = operand(r, 0) / 100;
    else if (is_word(word, "BDC") || is_word(word, "BMC"))
        begin_sequence(r, word[1] == 'D');
    else if (is_word(word, "EMC"))
        end_sequence(r);
    else
        return false;
    return true;
}

static bool run_path(struct reader *r, const char *word)
{
    if (is_word(word, "re"))
        add_rectangle(r);
    else if (is_word(word, "m"))
        start_outline(r);
    else if (is_word(word, "l"))
        add_point(r, 0);
    else if (is_word(word, "c"))
        for (int i = 0; i < 6; i += 2)
            add_point(r, i);
    else if (is_word(word, "f") || is_word(word, "S"))
        paint_path(r, word[0] == 'S');
    else if (is_word(word, "W"))
        r->is_clip = true;
    else if (is_word(word, "n"))
        drop_path(r);
    else
        return is_word(word, "h");
    return true;
}

/* Joins, dashes and the colour of lines hide nothing. */
static bool run_graphics(struct reader *r, const char *word)
{
    if (is_word(word, "q"))
        save_state(r);
    else if (is_word(word, "Q"))
        restore_state(r);
    else if (is_word(word, "cm"))
        concat(r);
    else if (is_word(word, "g") || is_word(word, "rg") || is_word(word, "k"))
        set_colour(r, word[0] == 'g' ? 1 : word[0] == 'r' ? 3 : 4);
    else if (is_word(word, "w"))
        r->state.line_width = operand(r, 0);
    else if (is_word(word, "gs"))
        set_state(r);
    else if (is_word(word, "Do"))
        draw_image(r);
    else
        return is_word(word, "G") || is_word(word, "RG") || is_word(word, "K") ||
               is_word(word, "j") || is_word(word, "d");
    return true;
}

/* Resources are the page's own or, in files that were rewritten, inherited. */
static const struct bx_object *find_resources(const struct reader *r)
{
    const struct bx_document *document = r->drawn->document;
    const struct bx_object *node = r->page->page, *found;
    for (int i = 0; i < 16 && node->kind == BX_OBJECT_DICT; i++) {
        found = bx_object_find(document, node, "Resources");
        if (found->kind == BX_OBJECT_DICT)
            return found;
        node = bx_object_find(document, node, "Parent");
    }
    return bx_object_follow(document, NULL);
}

/* Room for every font at once, so that they stay where they are. */
static void make_room(struct bx_seen *drawn)
{
    enum {
        FONTS_MOST = 256
    };
    if (drawn->font_capacity > 0)
        return;
    drawn->fonts = BX_NEW_ARRAY(&drawn->arena, struct bx_read_font, FONTS_MOST);
    drawn->font_capacity = FONTS_MOST;
}

void bx_seen_read(struct bx_seen *drawn, struct bx_seen_page *page)
{
    struct reader r = {.drawn = drawn, .page = page};
    const struct bx_object *resources = find_resources(&r);
    make_room(drawn);
    r.fonts = bx_object_find(drawn->document, resources, "Font");
    r.images = bx_object_find(drawn->document, resources, "XObject");
    r.states = bx_object_find(drawn->document, resources, "ExtGState");
    r.properties = bx_object_find(drawn->document, resources, "Properties");
    r.state = (struct state){
        .scale = BX_MICRO, .line_width = BX_MICRO, .matrix = {.a = BX_MICRO, .d = BX_MICRO}};
    r.content = (struct bx_content){.data = page->content.data, .len = page->content.len};
    const char *word;
    enum bx_content_step step;
    while ((step = bx_content_next(&r.content, &word)) == BX_CONTENT_WORD) {
        if (run_text(&r, word) || run_path(&r, word) || run_graphics(&r, word))
            continue;
        char what[64] = "the operator ";
        strncat(what, word, sizeof(what) - strlen(what) - 1);
        blame(&r, what);
        if (is_word(word, "BI")) /* an image in the stream: bytes without grammar */
            break;
    }
    if (step == BX_CONTENT_BROKEN || r.is_text || r.sequence_count > 0 || r.saved_count > 0 ||
        r.path_count > 0)
        blame(&r, "content that ends too early");
    bx_content_fini(&r.content);
}
