#include <string.h>

#include "sign/look.h"

/* A signature in its field, as objects of a revision.
 *
 * A new field is tagged, so that a file that was PDF/UA stays so: a Form element with one reference to
 * the annotation (ISO 14289-1 7.18.4), at the end of the document's element, and the way back in the
 * parent tree. Its rectangle is empty (invisible, ISO 32000-2 12.7.5.5), F is Print and Locked.
 *
 * In a file that is signed already the new field lies outside the page instead, where PDF/UA asks for
 * no tag: a structure tree that changes after a signature is what validators take for tampering. In
 * PDF 2.0 too, where what has no size may not be tagged (ISO 14289-2 8.9.2.4.13). */

struct job {
    struct bx_revision *revision;
    struct bx_source *source;
    const struct bx_field_list *list;
    const struct bx_field_change *change;
    struct bx_arena *arena; /* the revision's */
    struct bx_err *err;
    int page, widget, struct_parent; /* struct_parent -1 without a structure tree */
};

static const char *copy_span(struct job *job, struct bx_span span)
{
    return bx_arena_strndup(job->arena, span.at, span.len);
}

static void write_changed(struct job *job,
                          int number,
                          const struct bx_value *dict,
                          const struct bx_change *changes,
                          int count)
{
    bx_revision_add_changed(bx_revision_begin(job->revision, number), dict, changes, count);
    bx_revision_end(job->revision);
}

/* An array with one more item at its end; a single value becomes the first of two. */
static const char *append_item(struct job *job, struct bx_value value, const char *item)
{
    struct bx_value array = bx_source_follow(job->source, value);
    if (array.kind == BX_VALUE_NONE || array.kind == BX_VALUE_NULL)
        return bx_arena_printf(job->arena, "[%s]", item);
    if (array.kind != BX_VALUE_ARRAY)
        return bx_arena_printf(job->arena, "[%s %s]", copy_span(job, value.span), item);
    return bx_arena_printf(job->arena, "[%s %s]", copy_span(job, bx_value_inside(&array)),
                           item);
}

/* --- Structure ------------------------------------------------------------------------------ */

enum {
    TREE_DEPTH_MOST = 32,
    TREE_NODES_MOST = 1 << 20,
};

/* The highest key of a number tree, -1 in an empty one. */
static int64_t find_last_key(struct job *job, struct bx_value node, int depth, int *budget)
{
    int64_t last = -1;
    if (depth > TREE_DEPTH_MOST || (*budget)-- <= 0)
        return last;
    struct bx_value numbers = bx_source_find(job->source, &node, "Nums");
    struct bx_span rest = bx_value_inside(&numbers);
    for (;;) {
        struct bx_value key = bx_value_next(&rest), value = bx_value_next(&rest);
        if (value.kind == BX_VALUE_NONE)
            break;
        if (key.kind == BX_VALUE_INT && key.number > last)
            last = key.number;
    }
    struct bx_value kids = bx_source_find(job->source, &node, "Kids");
    rest = bx_value_inside(&kids);
    for (;;) {
        struct bx_value kid = bx_value_next(&rest);
        if (kid.kind == BX_VALUE_NONE)
            return last;
        int64_t of_kid =
            find_last_key(job, bx_source_follow(job->source, kid), depth + 1, budget);
        last = of_kid > last ? of_kid : last;
    }
}

/* The parent tree with one more key, which is the highest. Gives its value, or writes it when it is an
 * object of its own and gives NULL. */
static const char *
write_parent_tree(struct job *job, const struct bx_value *root, const char *element)
{
    struct bx_value ref = bx_value_find(root, "ParentTree");
    struct bx_value tree = bx_source_follow(job->source, ref);
    struct bx_value kids = bx_value_find(&tree, "Kids");
    struct bx_change change;
    const char *entry = bx_arena_printf(job->arena, "%d %s", job->struct_parent, element);
    if (kids.kind != BX_VALUE_NONE) {
        int leaf = bx_revision_new(job->revision);
        bx_buf_printf(bx_revision_begin(job->revision, leaf), "<</Limits[%d %d]/Nums[%s]>>",
                      job->struct_parent, job->struct_parent, entry);
        bx_revision_end(job->revision);
        change = (struct bx_change){
            "Kids", append_item(job, kids, bx_revision_ref(job->revision, leaf))};
    } else {
        change =
            (struct bx_change){"Nums", append_item(job, bx_value_find(&tree, "Nums"), entry)};
    }
    if (ref.kind == BX_VALUE_REF) {
        write_changed(job, (int)ref.number, &tree, &change, 1);
        return NULL;
    }
    struct bx_buf text = {0};
    bx_revision_add_changed(&text, &tree, &change, 1);
    const char *copy = bx_arena_strndup(job->arena, text.data, text.len);
    bx_buf_fini(&text);
    return copy;
}

/* The element under which the field's own stands: the first below the root, its document element. */
static struct bx_value find_document(struct job *job, const struct bx_value *root)
{
    struct bx_value kid = bx_value_find(root, "K");
    struct bx_value array = bx_source_follow(job->source, kid);
    if (array.kind == BX_VALUE_ARRAY) {
        struct bx_span rest = bx_value_inside(&array);
        kid = bx_value_next(&rest);
    }
    return kid;
}

static bool write_structure(struct job *job, int root_number, const struct bx_value *root)
{
    struct bx_value parent = find_document(job, root);
    struct bx_value document = bx_source_follow(job->source, parent);
    if (parent.kind != BX_VALUE_REF || document.kind != BX_VALUE_DICT)
        return bx_fail(job->err, BX_E_READ, "", "",
                       "the PDF's structure tree has no document element");
    int element = bx_revision_new(job->revision);
    const char *ref = bx_revision_ref(job->revision, element);
    struct bx_value space = bx_value_find(&document, "NS");
    struct bx_buf *to = bx_revision_begin(job->revision, element);
    bx_buf_printf(to, "<</Type/StructElem/S/Form/P %s",
                  bx_revision_ref(job->revision, (int)parent.number));
    if (space.kind != BX_VALUE_NONE)
        bx_buf_printf(to, "/NS %s", copy_span(job, space.span));
    bx_buf_printf(
        to, "/Pg %s/K<</Type/OBJR/Pg %s/Obj %s>>>>", bx_revision_ref(job->revision, job->page),
        bx_revision_ref(job->revision, job->page), bx_revision_ref(job->revision, job->widget));
    bx_revision_end(job->revision);

    struct bx_change kids = {"K", append_item(job, bx_value_find(&document, "K"), ref)};
    write_changed(job, (int)parent.number, &document, &kids, 1);
    struct bx_change changes[2] = {
        {"ParentTreeNextKey", bx_arena_printf(job->arena, "%d", job->struct_parent + 1)}};
    const char *tree = write_parent_tree(job, root, ref);
    if (tree)
        changes[1] = (struct bx_change){"ParentTree", tree};
    write_changed(job, root_number, root, changes, tree ? 2 : 1);
    return true;
}

/* --- A new field ---------------------------------------------------------------------------- */

static bool find_page(struct job *job)
{
    if (job->change->look) {
        job->page = job->change->look->page;
        return true;
    }
    struct bx_value ref = bx_value_find(&job->list->catalog, "Pages");
    for (int depth = 0; depth < TREE_DEPTH_MOST && ref.kind == BX_VALUE_REF; depth++) {
        struct bx_value node = bx_source_follow(job->source, ref);
        struct bx_value kids = bx_source_find(job->source, &node, "Kids");
        if (node.kind == BX_VALUE_DICT && kids.kind != BX_VALUE_ARRAY) {
            job->page = (int)ref.number;
            return true;
        }
        struct bx_span rest = bx_value_inside(&kids);
        ref = bx_value_next(&rest);
    }
    return bx_fail(job->err, BX_E_READ, "", "", "the PDF has no first page");
}

/* No page reaches so far: 14,400 is the most (ISO 19005-2 6.1.13). */
static bool is_outside(const struct job *job)
{
    return job->list->signed_count > 0 ||
           (job->source->file.at[5] == '2' && !job->change->look);
}

static void write_page(struct job *job)
{
    struct bx_value page = bx_source_object(job->source, job->page, NULL);
    const char *widget = bx_revision_ref(job->revision, job->widget);
    const struct bx_change changes[] = {
        {"Annots", append_item(job, bx_value_find(&page, "Annots"), widget)}, {"Tabs", "/S"}};
    write_changed(job, job->page, &page, changes, 2);
}

/* An appearance with nothing in it. A time-stamp has none, which what has no size may do without
 * (ISO 19005-2 6.3.3): then validators see that it brings nothing but time. */
static int write_look(struct job *job)
{
    int look = bx_revision_new(job->revision);
    struct bx_buf *to = bx_revision_begin(job->revision, look);
    bx_buf_add_text(to, "<</Type/XObject/Subtype/Form/BBox[0 0 0 0]/Resources<<>>/Length 0>>\n"
                        "stream\n\nendstream");
    bx_revision_end(job->revision);
    return look;
}

static const char *choose_rect(struct job *job)
{
    if (job->change->look)
        return bx_look_rect(job->change->look, job->arena);
    return is_outside(job) ? "[-32000 -32000 -32000 -32000]" : "[0 0 0 0]";
}

static void write_widget(struct job *job)
{
    int look = job->change->look       ? job->change->look->form
               : job->change->is_stamp ? 0
                                       : write_look(job);
    struct bx_buf *to = bx_revision_begin(job->revision, job->widget);
    bx_buf_add_text(to, "<</Type/Annot/Subtype/Widget/FT/Sig/T");
    bx_add_pdf_text(to, job->change->name);
    bx_buf_add_text(to, "/TU");
    bx_add_pdf_text(to, job->change->description);
    bx_buf_add_text(to, "/Contents");
    bx_add_pdf_text(to, job->change->description);
    bx_buf_printf(to, "/F 132/Rect%s/P %s/V %s", choose_rect(job),
                  bx_revision_ref(job->revision, job->page),
                  bx_revision_ref(job->revision, job->change->signature));
    if (look > 0)
        bx_buf_printf(to, "/AP<</N %s>>", bx_revision_ref(job->revision, look));
    if (job->struct_parent >= 0)
        bx_buf_printf(to, "/StructParent %d", job->struct_parent);
    bx_buf_add_text(to, ">>");
    bx_revision_end(job->revision);
}

static bool write_new_field(struct job *job)
{
    struct bx_value ref = bx_value_find(&job->list->catalog, "StructTreeRoot");
    struct bx_value root = bx_source_follow(job->source, ref);
    job->widget = bx_revision_new(job->revision);
    if (!find_page(job))
        return false;
    if (ref.kind == BX_VALUE_REF && root.kind == BX_VALUE_DICT && !is_outside(job)) {
        int budget = TREE_NODES_MOST;
        struct bx_value next = bx_source_find(job->source, &root, "ParentTreeNextKey");
        int64_t key =
            find_last_key(job, bx_source_find(job->source, &root, "ParentTree"), 0, &budget) +
            1;
        if (next.kind == BX_VALUE_INT && next.number > key)
            key = next.number;
        if (key > 8388607)
            return bx_fail(job->err, BX_E_READ, "", "", "the PDF's parent tree is damaged");
        job->struct_parent = (int)key;
        if (!write_structure(job, (int)ref.number, &root))
            return false;
    }
    write_page(job);
    write_widget(job);
    return true;
}

/* --- Form and catalog ----------------------------------------------------------------------- */

/* Source  ISO 32000-2 12.7.3, table 225: SigFlags 3 says that there are signatures and that the file
 * may only be appended to. */
static void write_form(struct job *job)
{
    struct bx_change changes[2] = {{"SigFlags", "3"}};
    int count = 1;
    if (!job->change->field)
        changes[count++] = (struct bx_change){
            "Fields", append_item(job, bx_value_find(&job->list->form, "Fields"),
                                  bx_revision_ref(job->revision, job->widget))};
    struct bx_change catalog[2];
    int catalog_count = 0;
    if (job->list->form_number > 0) {
        write_changed(job, job->list->form_number, &job->list->form, changes, count);
    } else {
        struct bx_buf text = {0};
        bx_revision_add_changed(&text, &job->list->form, changes, count);
        catalog[catalog_count++] =
            (struct bx_change){"AcroForm", bx_arena_strndup(job->arena, text.data, text.len)};
        bx_buf_fini(&text);
    }
    if (job->change->is_certification)
        catalog[catalog_count++] = (struct bx_change){
            "Perms", bx_arena_printf(job->arena, "<</DocMDP %s>>",
                                     bx_revision_ref(job->revision, job->change->signature))};
    if (catalog_count > 0)
        write_changed(job, job->list->catalog_number, &job->list->catalog, catalog,
                      catalog_count);
}

static void write_signed_field(struct job *job)
{
    const struct bx_look *look = job->change->look;
    struct bx_change changes[3] = {
        {"V", bx_revision_ref(job->revision, job->change->signature)}};
    int count = 1;
    if (look)
        changes[count++] = (struct bx_change){
            "AP", bx_arena_printf(job->arena, "<</N %s>>",
                                  bx_revision_ref(job->revision, look->form))};
    if (look && look->is_moved)
        changes[count++] = (struct bx_change){"Rect", bx_look_rect(look, job->arena)};
    write_changed(job, job->change->field->number, &job->change->field->dict, changes, count);
}

bool bx_field_write(struct bx_revision *revision,
                    const struct bx_field_list *list,
                    const struct bx_field_change *change,
                    struct bx_err *err)
{
    struct job job = {.revision = revision,
                      .source = list->source,
                      .list = list,
                      .change = change,
                      .arena = &revision->arena,
                      .err = err,
                      .struct_parent = -1};
    if (change->look)
        bx_look_write(change->look, revision);
    if (change->field) {
        write_signed_field(&job);
    } else if (!write_new_field(&job)) {
        return false;
    }
    write_form(&job);
    return true;
}
