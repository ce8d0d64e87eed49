#include <string.h>

#include "sign/check_work.h"
#include "sign/dss.h"
#include "sign/look.h"

/* What later revisions changed, object by object.
 *
 * The file as it was at the signature is read as a file of its own, which it is; then every object is
 * held against what its number means now. What is new and leads nowhere harms nobody, so only changed
 * and removed objects are asked what they are; the few changes that signing makes are known by their
 * keys, and everything else is told. That is stricter than ISO 32000-2 12.8.2.2 allows others to be. */

struct compare {
    struct bx_check_signature *to;
    struct bx_arena *arena;
    struct bx_source then, now;
    struct bx_field_list fields_then, fields_now;
    bool is_original; /* then is the file before any signature: nothing may be seen of them */
};

static bool is_same_text(struct bx_span a, struct bx_span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static void note(struct compare *c, enum bx_check_changes changes, const char *what)
{
    if (changes > c->to->changes) {
        c->to->changes = changes;
        c->to->change = what;
    }
}

static const struct bx_field *find_number(const struct bx_field_list *list, int64_t number)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i].number == number)
            return &list->items[i];
    return NULL;
}

static bool is_new_object(const struct compare *c, int64_t number)
{
    return number >= c->then.place_count || c->then.places[number].kind == BX_PLACE_FREE;
}

/* A rectangle without size. */
static bool is_invisible(struct compare *c, const struct bx_value *dict)
{
    struct bx_value rect = bx_source_find(&c->now, dict, "Rect");
    struct bx_span rest = bx_value_inside(&rect);
    struct bx_span sides[4];
    for (int i = 0; i < 4; i++)
        sides[i] = bx_value_next_plain(&rest).span;
    return rect.kind == BX_VALUE_ARRAY && sides[3].at && is_same_text(sides[0], sides[2]) &&
           is_same_text(sides[1], sides[3]);
}

/* A field that nothing is seen of, with a time-stamp of the document. */
static bool is_stamp(struct compare *c, const struct bx_field *field)
{
    struct bx_value value = bx_source_follow(&c->now, field->value);
    struct bx_value filter = bx_source_find(&c->now, &value, "SubFilter");
    struct bx_value look = bx_value_find(&field->dict, "AP");
    return bx_value_is_name(&filter, "ETSI.RFC3161") && is_invisible(c, &field->dict) &&
           look.kind == BX_VALUE_NONE;
}

/* Nothing is seen of a new field, or in the first revision a seal. */
static bool is_seen_right(struct compare *c, const struct bx_value *dict)
{
    return is_invisible(c, dict) || (c->is_original && bx_look_is_seal(&c->now, dict));
}

/* A field that was not there and carries a signature. Nothing may be seen of it, or anyone's own signature
 * could cover the page (sneaky signature attack), and nothing may happen by it. */
static bool is_new_field(struct compare *c, int64_t number)
{
    const struct bx_field *field = find_number(&c->fields_now, number);
    if (!field)
        return false;
    struct bx_value action = bx_value_find(&field->dict, "A"),
                    actions = bx_value_find(&field->dict, "AA");
    return field->value.kind == BX_VALUE_REF && is_new_object(c, number) &&
           !find_number(&c->fields_then, number) && is_seen_right(c, &field->dict) &&
           action.kind == BX_VALUE_NONE && actions.kind == BX_VALUE_NONE;
}

/* The keys that differ are all of those listed, with blanks around each. */
static bool differ_only_in(const struct bx_value *a, const struct bx_value *b, const char *keys)
{
    const struct bx_value *const sides[] = {a, b};
    if (a->kind != BX_VALUE_DICT || b->kind != BX_VALUE_DICT || !bx_value_has_unique_keys(b))
        return false;
    struct bx_arena arena = {0};
    bool is_so = true;
    for (int i = 0; i < 2; i++) {
        struct bx_span rest = bx_value_inside(sides[i]);
        struct bx_value key, value;
        while (is_so && bx_value_entry(&rest, &key, &value)) {
            size_t len;
            const char *name = bx_value_bytes(&key, &arena, &len);
            struct bx_value other = bx_value_find(sides[1 - i], name);
            is_so = is_same_text(value.span, other.span) ||
                    strstr(keys, bx_arena_printf(&arena, " %s ", name));
        }
    }
    bx_arena_fini(&arena);
    return is_so;
}

/* A list that begins as it was, and goes on with new fields only. */
static bool is_list_extended(struct compare *c, struct bx_value then, struct bx_value now)
{
    then = bx_source_follow(&c->then, then);
    now = bx_source_follow(&c->now, now);
    struct bx_span old = bx_value_inside(&then), rest = bx_value_inside(&now);
    for (;;) {
        struct bx_value a = bx_value_next(&old), b = bx_value_next(&rest);
        if (b.kind == BX_VALUE_NONE) {
            bx_span_skip_blank(&rest);
            return a.kind == BX_VALUE_NONE && rest.len == 0;
        }
        bool is_kept = a.kind == BX_VALUE_REF && b.kind == BX_VALUE_REF &&
                       a.number == b.number && a.generation == b.generation;
        if (is_kept)
            continue;
        if (a.kind != BX_VALUE_NONE || b.kind != BX_VALUE_REF || !is_new_field(c, b.number))
            return false;
        note(c,
             is_stamp(c, find_number(&c->fields_now, b.number)) ? BX_CHECK_EVIDENCE
                                                                : BX_CHECK_FIELDS_ADDED,
             NULL);
    }
}

static bool is_form_signed(struct compare *c)
{
    const struct bx_value *a = &c->fields_then.form, *b = &c->fields_now.form;
    struct bx_value none = {.kind = BX_VALUE_DICT, .span = {"<<>>", 4}};
    if (a->kind == BX_VALUE_NONE)
        a = &none;
    return differ_only_in(a, b, " Fields SigFlags ") &&
           is_list_extended(c, bx_value_find(a, "Fields"), bx_value_find(b, "Fields"));
}

static bool
is_page_signed(struct compare *c, const struct bx_value *then, const struct bx_value *now)
{
    struct bx_value type = bx_source_find(&c->then, then, "Type");
    struct bx_value tabs = bx_value_find(now, "Tabs");
    return bx_value_is_name(&type, "Page") && differ_only_in(then, now, " Annots Tabs ") &&
           (tabs.kind == BX_VALUE_NONE || bx_value_is_name(&tabs, "S")) &&
           is_list_extended(c, bx_value_find(then, "Annots"), bx_value_find(now, "Annots"));
}

/* --- What validation needs, in the catalog's DSS -------------------------------------------- */

static bool
has_item(struct bx_source *source, struct bx_value list, const struct bx_value *wanted)
{
    struct bx_value array = bx_source_follow(source, list);
    struct bx_span rest = bx_value_inside(&array);
    for (;;) {
        struct bx_value one = bx_value_next(&rest);
        if (one.kind == BX_VALUE_NONE)
            return false;
        if (one.kind == BX_VALUE_REF && one.number == wanted->number)
            return true;
    }
}

/* The store holds lists of what validation needs, nothing else, and all that it held before. */
static bool is_store_extended(struct compare *c)
{
    static const char *const lists[] = {"Certs", "CRLs", "OCSPs"};
    struct bx_value then = bx_source_find(&c->then, &c->fields_then.catalog, "DSS");
    struct bx_value now = bx_source_find(&c->now, &c->fields_now.catalog, "DSS");
    if (!bx_dss_is_store(&c->now, &now) ||
        (then.kind != BX_VALUE_NONE && !bx_dss_is_store(&c->then, &then)))
        return false;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        struct bx_value list = bx_source_find(&c->then, &then, lists[i]);
        struct bx_span rest = bx_value_inside(&list);
        struct bx_value one;
        while ((one = bx_value_next(&rest)).kind != BX_VALUE_NONE)
            if (!has_item(&c->now, bx_value_find(&now, lists[i]), &one))
                return false;
    }
    note(c, BX_CHECK_EVIDENCE, NULL);
    return true;
}

/* The store itself, or one of its lists, as an object of its own. */
static bool is_store_object(struct compare *c, int number)
{
    static const char *const parts[] = {"VRI", "Certs", "CRLs", "OCSPs"};
    struct bx_value ref = bx_value_find(&c->fields_then.catalog, "DSS");
    struct bx_value store = bx_source_follow(&c->then, ref);
    bool is_it = ref.kind == BX_VALUE_REF && ref.number == number;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && !is_it; i++) {
        struct bx_value part = bx_value_find(&store, parts[i]);
        is_it = part.kind == BX_VALUE_REF && part.number == number;
    }
    return is_it;
}

static bool
is_catalog_signed(struct compare *c, const struct bx_value *then, const struct bx_value *now)
{
    struct bx_value a = bx_value_find(then, "AcroForm"), b = bx_value_find(now, "AcroForm");
    struct bx_value old = bx_value_find(then, "DSS"), store = bx_value_find(now, "DSS");
    bool is_store_kept = is_same_text(old.span, store.span);
    return differ_only_in(then, now,
                          c->is_original ? " AcroForm Perms DSS " : " AcroForm DSS ") &&
           (a.kind != BX_VALUE_REF || is_same_text(a.span, b.span)) && is_form_signed(c) &&
           (is_store_kept || is_store_extended(c));
}

/* --- The tag of a new field, which only the first revision may bring ------------------------- */

static bool is_new_element(struct compare *c, const struct bx_value *ref)
{
    struct bx_value element = bx_source_follow(&c->now, *ref);
    struct bx_value kind = bx_source_find(&c->now, &element, "S");
    struct bx_value alt = bx_value_find(&element, "Alt"),
                    actual = bx_value_find(&element, "ActualText");
    struct bx_value kid = bx_source_find(&c->now, &element, "K");
    struct bx_value object = bx_value_find(&kid, "Obj");
    return ref->kind == BX_VALUE_REF && is_new_object(c, ref->number) &&
           bx_value_is_name(&kind, "Form") && alt.kind == BX_VALUE_NONE &&
           actual.kind == BX_VALUE_NONE && object.kind == BX_VALUE_REF &&
           is_new_field(c, object.number);
}

/* A list that begins as it was; what follows are new elements, each behind a key when they are pairs. */
static bool
is_tree_extended(struct compare *c, struct bx_value then, struct bx_value now, bool is_pairs)
{
    struct bx_value array = bx_source_follow(&c->now, now);
    struct bx_value before = bx_source_follow(&c->then, then);
    struct bx_span rest = bx_value_inside(&array), old = bx_value_inside(&before);
    if (before.kind != BX_VALUE_ARRAY)
        old = then.span;
    bx_span_skip_blank(&old);
    bx_span_skip_blank(&rest);
    if (rest.len < old.len || (old.len > 0 && memcmp(rest.at, old.at, old.len) != 0))
        return false;
    rest.at += old.len;
    rest.len -= old.len;
    for (;;) {
        struct bx_value key = {0}, ref;
        if (is_pairs)
            key = bx_value_next_plain(&rest);
        ref = bx_value_next(&rest);
        if (ref.kind == BX_VALUE_NONE)
            break;
        if ((is_pairs && key.kind != BX_VALUE_INT) || !is_new_element(c, &ref))
            return false;
    }
    bx_span_skip_blank(&rest);
    return rest.len == 0;
}

static bool is_tag_added(struct compare *c,
                         int number,
                         const struct bx_value *then,
                         const struct bx_value *now)
{
    struct bx_value root_ref = bx_value_find(&c->fields_then.catalog, "StructTreeRoot");
    struct bx_value root = bx_source_follow(&c->then, root_ref);
    struct bx_value tree = bx_value_find(&root, "ParentTree"),
                    document = bx_value_find(&root, "K");
    if (root_ref.kind == BX_VALUE_REF && root_ref.number == number)
        return differ_only_in(then, now, " ParentTreeNextKey ");
    if (tree.kind == BX_VALUE_REF && tree.number == number)
        return differ_only_in(then, now, " Nums ") &&
               is_tree_extended(c, bx_value_find(then, "Nums"), bx_value_find(now, "Nums"),
                                true);
    return document.kind == BX_VALUE_REF && document.number == number &&
           differ_only_in(then, now, " K ") &&
           is_tree_extended(c, bx_value_find(then, "K"), bx_value_find(now, "K"), false);
}

/* A seal in the rectangle that was left for it, or about it where that was too small. */
static bool
is_seal_about(struct compare *c, const struct bx_value *then, const struct bx_value *now)
{
    struct bx_look_box left, taken;
    return bx_look_is_seal(&c->now, now) && bx_look_read_box(&left, &c->then, then, "Rect") &&
           bx_look_read_box(&taken, &c->now, now, "Rect") && bx_look_do_meet(&left, &taken);
}

/* Whether a changed object is one that signing changes, and in that way. */
static bool is_explained(struct compare *c,
                         int number,
                         const struct bx_value *then,
                         const struct bx_value *now)
{
    if (number == c->fields_then.catalog_number)
        return is_catalog_signed(c, then, now);
    if (is_store_object(c, number))
        return is_store_extended(c);
    if (number == c->fields_then.form_number)
        return is_form_signed(c);
    const struct bx_field *field = find_number(&c->fields_then, number);
    if (field && field->value.kind == BX_VALUE_NONE) {
        const struct bx_field *signed_now = find_number(&c->fields_now, number);
        note(c, BX_CHECK_SIGNED, NULL);
        bool is_seal = c->is_original && is_seal_about(c, then, now);
        return signed_now && signed_now->value.kind == BX_VALUE_REF &&
               differ_only_in(then, now,
                              is_seal          ? " V AP Rect "
                              : c->is_original ? " V "
                                               : " V AP ");
    }
    if (c->is_original && is_tag_added(c, number, then, now))
        return true;
    return is_page_signed(c, then, now);
}

static bool is_same_place(const struct compare *c, int number)
{
    const struct bx_place *a = &c->then.places[number], *b = &c->now.places[number];
    if (a->kind != b->kind || a->at != b->at || a->index != b->index)
        return false;
    if (a->kind != BX_PLACE_PACKED || a->at >= (size_t)c->then.place_count)
        return a->kind != BX_PLACE_PACKED;
    const struct bx_place *x = &c->then.places[a->at], *y = &c->now.places[a->at];
    return x->kind == BX_PLACE_PLAIN && y->kind == BX_PLACE_PLAIN && x->at == y->at;
}

static void compare_object(struct compare *c, int number)
{
    if (c->then.places[number].kind == BX_PLACE_FREE)
        return;
    bool is_there = number < c->now.place_count && c->now.places[number].kind != BX_PLACE_FREE;
    if (is_there && is_same_place(c, number))
        return;
    struct bx_span stream_then, stream_now;
    struct bx_value then = bx_source_object(&c->then, number, &stream_then), now = {0};
    if (is_there)
        now = bx_source_object(&c->now, number, &stream_now);
    if (then.kind == BX_VALUE_NONE && now.kind == BX_VALUE_NONE)
        return;
    bool is_same = is_there && is_same_text(then.span, now.span) &&
                   !stream_then.at == !stream_now.at &&
                   (!stream_then.at || is_same_text(stream_then, stream_now));
    bool is_stream = stream_then.at || (is_there && stream_now.at);
    if (!is_same && (!is_there || is_stream || !is_explained(c, number, &then, &now)))
        note(c, BX_CHECK_OTHER_CHANGE,
             bx_arena_printf(c->arena, "object %d was %s", number,
                             is_there ? "changed" : "removed"));
}

static void compare_trailers(struct compare *c)
{
    static const char *const keys[] = {"Root", "Info"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        struct bx_value a = bx_value_find(bx_source_trailer(&c->then), keys[i]);
        struct bx_value b = bx_value_find(bx_source_trailer(&c->now), keys[i]);
        if (!is_same_text(a.span, b.span))
            note(c, BX_CHECK_OTHER_CHANGE,
                 bx_arena_printf(c->arena, "the trailer's %s was changed", keys[i]));
    }
}

/* The signature must be one of the revision it covers, in the same field. */
static void find_own_field(struct compare *c)
{
    const struct bx_field *then = bx_field_list_find(&c->fields_then, c->to->field);
    const struct bx_field *now = bx_field_list_find(&c->fields_now, c->to->field);
    if (!then || !now || then->number != now->number || then->value.kind != BX_VALUE_REF ||
        !is_same_text(then->value.span, now->value.span)) {
        c->to->is_intact = false;
        c->to->why = c->to->why ? c->to->why : "it is not in the revision that it covers";
    }
}

static bool is_allowed(const struct compare *c)
{
    enum bx_check_changes most = c->fields_then.permission == 1  ? BX_CHECK_EVIDENCE
                                 : c->fields_then.permission > 1 ? BX_CHECK_SIGNED
                                                                 : BX_CHECK_FIELDS_ADDED;
    return c->to->changes <= most;
}

static void compare_all(struct compare *c)
{
    compare_trailers(c);
    for (int i = 1; i < c->then.place_count; i++)
        compare_object(c, i);
}

bool bx_check_is_only_signed(struct bx_span now, struct bx_span then)
{
    struct bx_arena arena = {0};
    struct bx_check_signature to = {0};
    struct compare c = {.to = &to, .arena = &arena, .is_original = true};
    struct bx_err err = {0};
    bool is_so = bx_source_read(&c.then, then.at, then.len, &err) &&
                 bx_field_list_read(&c.fields_then, &c.then, &err) &&
                 bx_source_read(&c.now, now.at, now.len, &err) &&
                 bx_field_list_read(&c.fields_now, &c.now, &err);
    if (is_so)
        compare_all(&c);
    bx_source_fini(&c.then);
    bx_source_fini(&c.now);
    bx_arena_fini(&arena);
    return is_so && to.changes != BX_CHECK_OTHER_CHANGE;
}

void bx_check_changes(struct bx_check_signature *to,
                      struct bx_arena *arena,
                      struct bx_span now,
                      struct bx_span then)
{
    struct compare c = {.to = to, .arena = arena};
    struct bx_err err = {0};
    bool is_read = bx_source_read(&c.then, then.at, then.len, &err) &&
                   bx_field_list_read(&c.fields_then, &c.then, &err) &&
                   bx_source_read(&c.now, now.at, now.len, &err) &&
                   bx_field_list_read(&c.fields_now, &c.now, &err);
    if (is_read) {
        find_own_field(&c);
        if (now.len > then.len)
            compare_all(&c);
        if (!bx_check_is_revisions(now, then.len))
            note(&c, BX_CHECK_OTHER_CHANGE,
                 "bytes were added that no cross-reference leads to");
        to->is_change_allowed = is_allowed(&c);
    } else {
        to->is_intact = false;
        to->why = to->why ? to->why : "it does not end where a revision of the file ends";
        note(&c, BX_CHECK_OTHER_CHANGE, "the revision it covers cannot be read");
    }
    bx_source_fini(&c.then);
    bx_source_fini(&c.now);
}
