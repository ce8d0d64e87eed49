#include "output/pdf/tree.h"

#include <limits.h>
#include <string.h>

/* The structure tree: one object an element, in the numbers element_object + e.
 *
 * An element's kids are its own items (marked content, annotations) and its child elements, merged
 * by where their first item stands, so that a link inside a paragraph is read in its place. A
 * child without content, a blank cell, follows the child before it. */

/* Shape  all arrays by element or by item; -1 ends a list. */
struct tree {
    struct bx_pdf *pdf;
    int *first_item, *last_item; /* by element */
    int *next_item;              /* by item */
    int *first_child, *last_child, *next_sibling;
    int *first_at; /* item where the element's subtree starts, or INT_MAX */
    int *names;    /* of heads, which cells name: from 0, in order; else -1 */
    int name_count;
    int name_len; /* characters of an ID */
    int root;
};

static int *new_list(struct bx_pdf *pdf, int count)
{
    int *list = BX_NEW_ARRAY(&pdf->arena, int, (size_t)count + 1);
    for (int i = 0; i <= count; i++)
        list[i] = -1;
    return list;
}

static void link_items(struct tree *tree)
{
    const struct bx_pdf *pdf = tree->pdf;
    for (int i = 0; i < pdf->item_count; i++) {
        int e = pdf->items[i].element;
        if (tree->first_item[e] < 0) {
            tree->first_item[e] = i;
            tree->first_at[e] = i;
        } else {
            tree->next_item[tree->last_item[e]] = i;
        }
        tree->last_item[e] = i;
    }
}

static void link_children(struct tree *tree)
{
    const struct bx_pages *pages = tree->pdf->pages;
    for (int e = 1; e < pages->element_count; e++) {
        int parent = pages->elements[e].parent;
        if (tree->first_child[parent] < 0)
            tree->first_child[parent] = e;
        else
            tree->next_sibling[tree->last_child[parent]] = e;
        tree->last_child[parent] = e;
    }
    /* Parents stand before their children, so one pass from behind is enough. */
    for (int e = pages->element_count - 1; e > 0; e--) {
        int parent = pages->elements[e].parent;
        if (tree->first_at[e] < tree->first_at[parent])
            tree->first_at[parent] = tree->first_at[e];
    }
}

/* IDs have one length, so that the order of elements is the order of their names, as the name
 * tree wants it. They are as short as can be: a cell of a form names four heads or more. */
#define ID_FIRST  '*'  /* the printable characters behind the brackets, */
#define ID_ESCAPE '\\' /* without this one */
#define ID_COUNT  ('~' - ID_FIRST)

static void name_heads(struct tree *tree)
{
    const struct bx_pages *pages = tree->pdf->pages;
    for (int e = 0; e < pages->element_count; e++)
        if (pages->elements[e].tag == BX_TAG_TH)
            tree->names[e] = 0;
    for (int e = 0; e < pages->element_count; e++)
        if (tree->names[e] == 0)
            tree->names[e] = tree->name_count++;
    tree->name_len = 1;
    for (int rest = tree->name_count; rest > ID_COUNT; rest = (rest - 1) / ID_COUNT + 1)
        tree->name_len++;
}

static void add_id(const struct tree *tree, struct bx_buf *to, int element)
{
    char id[16];
    int rest = tree->names[element];
    for (int i = tree->name_len; i > 0; i--, rest /= ID_COUNT) {
        char c = (char)(ID_FIRST + rest % ID_COUNT);
        id[i - 1] = (char)(c < ID_ESCAPE ? c : c + 1);
    }
    bx_buf_add_byte(to, '(');
    bx_buf_add(to, id, (size_t)tree->name_len);
    bx_buf_add_byte(to, ')');
}

static void init_tree(struct tree *tree, struct bx_pdf *pdf)
{
    int count = pdf->pages->element_count;
    *tree = (struct tree){
        .pdf = pdf,
        .first_item = new_list(pdf, count),
        .last_item = new_list(pdf, count),
        .next_item = new_list(pdf, pdf->item_count),
        .first_child = new_list(pdf, count),
        .last_child = new_list(pdf, count),
        .next_sibling = new_list(pdf, count),
        .first_at = new_list(pdf, count),
        .names = new_list(pdf, count),
    };
    for (int e = 0; e < count; e++)
        tree->first_at[e] = INT_MAX;
    link_items(tree);
    link_children(tree);
    name_heads(tree);
}

/* The page that an element's items need not name: that of its first marked content. */
static int find_page(const struct tree *tree, int element)
{
    for (int i = tree->first_item[element]; i >= 0; i = tree->next_item[i])
        if (tree->pdf->items[i].mcid >= 0)
            return tree->pdf->items[i].page;
    return -1;
}

static void add_item(const struct tree *tree, struct bx_buf *to, int i, int page)
{
    const struct bx_pdf_item *item = &tree->pdf->items[i];
    if (item->mcid < 0)
        bx_buf_printf(to, "<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>",
                      tree->pdf->page_objects[item->page], item->annotation);
    else if (item->page == page)
        bx_pdf_add_int(to, item->mcid);
    else
        bx_buf_printf(to, "<</Type/MCR/Pg %d 0 R/MCID %d>>",
                      tree->pdf->page_objects[item->page], item->mcid);
}

static void add_entry(struct bx_buf *to, const char *key, int number)
{
    bx_buf_add_text(to, key);
    bx_pdf_add_ref(to, number);
}

static void add_kids(const struct tree *tree, struct bx_buf *to, int element)
{
    int item = tree->first_item[element], child = tree->first_child[element];
    if (item < 0 && child < 0)
        return;
    int page = find_page(tree, element);
    if (page >= 0)
        add_entry(to, "/Pg ", tree->pdf->page_objects[page]);
    bool is_one = child < 0 && tree->next_item[item] < 0;
    bx_buf_add_text(to, is_one ? "/K " : "/K[");
    int child_at = -1;
    for (bool is_first = true; item >= 0 || child >= 0; is_first = false) {
        if (!is_first)
            bx_buf_add_byte(to, ' ');
        if (child >= 0 && tree->first_at[child] != INT_MAX)
            child_at = tree->first_at[child];
        if (child >= 0 && (item < 0 || child_at < item)) {
            bx_pdf_add_ref(to, tree->pdf->element_objects[child]);
            child = tree->next_sibling[child];
        } else {
            add_item(tree, to, item, page);
            item = tree->next_item[item];
        }
    }
    if (!is_one)
        bx_buf_add_byte(to, ']');
}

static const char *scope_of(enum bx_scope scope)
{
    switch (scope) {
    case BX_SCOPE_ROW:
    case BX_SCOPE_ROWGROUP:
        return "/Scope/Row";
    case BX_SCOPE_COL:
    case BX_SCOPE_COLGROUP:
        return "/Scope/Column";
    case BX_SCOPE_NONE:
        return "";
    }
    return "";
}

static void add_cell(const struct tree *tree, struct bx_buf *to, int element)
{
    const struct bx_element *cell = &tree->pdf->pages->elements[element];
    bx_buf_add_text(to, "/A<</O/Table");
    bx_buf_add_text(to, cell->tag == BX_TAG_TH ? scope_of(cell->scope) : "");
    if (cell->rowspan > 1)
        bx_buf_printf(to, "/RowSpan %d", cell->rowspan);
    if (cell->colspan > 1)
        bx_buf_printf(to, "/ColSpan %d", cell->colspan);
    if (cell->header_count > 0) {
        bx_buf_add_text(to, "/Headers[");
        for (int i = 0; i < cell->header_count; i++)
            add_id(tree, to, cell->headers[i]);
        bx_buf_add_byte(to, ']');
    }
    bx_buf_add_text(to, ">>");
}

/* Where a figure stands, which PDF/UA readers use to show it alone (ISO 32000-1 14.8.5.4.3). */
static void add_figure(const struct tree *tree, struct bx_buf *to, int element)
{
    const struct bx_pdf *pdf = tree->pdf;
    int page = pdf->bbox_page[element];
    if (page < 0)
        return;
    const struct bx_rect *box = &pdf->bboxes[element];
    int64_t height = bx_pdf_milli(pdf->pages->pages[page].height);
    int64_t edges[4] = {bx_pdf_milli(box->x), height - bx_pdf_milli(box->y + box->h),
                        bx_pdf_milli(box->x + box->w), height - bx_pdf_milli(box->y)};
    bx_buf_add_text(to, "/A<</O/Layout/Placement/Block/BBox[");
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            bx_buf_add_byte(to, ' ');
        bx_pdf_add_milli(to, edges[i]);
    }
    bx_buf_add_text(to, "]>>");
}

static void write_element(const struct tree *tree, int e)
{
    struct bx_pdf *pdf = tree->pdf;
    const struct bx_element *element = &pdf->pages->elements[e];
    struct bx_buf *to = bx_pdf_begin(&pdf->objects, pdf->element_objects[e]);
    /* In the order in which neighbours are alike: deflate saves a hundredth by it. */
    bx_buf_add_text(to, "<<");
    if (element->tag == BX_TAG_TH || element->tag == BX_TAG_TD)
        add_cell(tree, to, e);
    add_entry(to, "/P ", e == 0 ? tree->root : pdf->element_objects[element->parent]);
    bx_buf_add_text(to, "/S/");
    bx_buf_add_text(to, bx_pdf_tag_name(element->tag));
    if (pdf->namespace_object > 0)
        add_entry(to, "/NS ", pdf->namespace_object);
    add_kids(tree, to, e);
    if (tree->names[e] >= 0) {
        bx_buf_add_text(to, "/ID");
        add_id(tree, to, e);
    }
    if (element->tag == BX_TAG_FIGURE)
        add_figure(tree, to, e);
    if (element->alt && element->tag != BX_TAG_FORM) { /* a field says it itself: TU */
        bx_buf_add_text(to, "/Alt");
        bx_pdf_add_text(to, element->alt, strlen(element->alt));
    }
    bx_buf_add_text(to, ">>");
    bx_pdf_end(&pdf->objects);
}

/* From a page's marked content, or an annotation, to its element. */
static void write_parent_tree(const struct tree *tree, int number)
{
    struct bx_pdf *pdf = tree->pdf;
    struct bx_buf *to = bx_pdf_begin(&pdf->objects, number);
    bx_buf_add_text(to, "<</Nums[");
    int page = -1;
    for (int i = 0; i < pdf->item_count; i++) {
        const struct bx_pdf_item *item = &pdf->items[i];
        if (item->mcid < 0)
            continue;
        if (item->page != page) {
            bx_buf_printf(to, page < 0 ? "%d[" : "]%d[", item->page);
            page = item->page;
        } else {
            bx_buf_add_byte(to, ' ');
        }
        bx_pdf_add_ref(to, pdf->element_objects[item->element]);
    }
    bx_buf_add_text(to, page < 0 ? "" : "]");
    int annotation = 0;
    for (int i = 0; i < pdf->item_count; i++)
        if (pdf->items[i].mcid < 0)
            bx_buf_printf(to, " %d %d 0 R", pdf->pages->page_count + annotation++,
                          pdf->element_objects[pdf->items[i].element]);
    bx_buf_add_text(to, "]>>");
    bx_pdf_end(&pdf->objects);
}

static void write_root(const struct tree *tree, int parent_tree)
{
    struct bx_pdf *pdf = tree->pdf;
    struct bx_buf *to = bx_pdf_begin(&pdf->objects, tree->root);
    bx_buf_printf(to, "<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d",
                  pdf->element_objects[0], parent_tree,
                  pdf->pages->page_count + pdf->annotation_count);
    if (pdf->namespace_object > 0)
        bx_buf_printf(to, "/Namespaces[%d 0 R]", pdf->namespace_object);
    int first = -1, last = -1;
    for (int e = 0; e < pdf->pages->element_count; e++) {
        if (tree->names[e] < 0)
            continue;
        first = first < 0 ? e : first;
        last = e;
    }
    if (first >= 0) {
        bx_buf_add_text(to, "/IDTree<</Kids[<</Limits[");
        add_id(tree, to, first);
        add_id(tree, to, last);
        bx_buf_add_text(to, "]/Names[");
        for (int e = first; e <= last; e++) {
            if (tree->names[e] < 0)
                continue;
            add_id(tree, to, e);
            bx_pdf_add_ref(to, pdf->element_objects[e]);
        }
        bx_buf_add_text(to, "]>>]>>");
    }
    bx_buf_add_text(to, ">>");
    bx_pdf_end(&pdf->objects);
}

/* The tags of ISO 32000-2 (14.8.6.1). */
static void write_namespace(struct bx_pdf *pdf)
{
    pdf->namespace_object = bx_pdf_new_object(&pdf->objects);
    struct bx_buf *to = bx_pdf_begin(&pdf->objects, pdf->namespace_object);
    bx_buf_add_text(to, "<</Type/Namespace/NS(http://iso.org/pdf2/ssn)>>");
    bx_pdf_end(&pdf->objects);
}

int bx_pdf_write_tree(struct bx_pdf *pdf)
{
    struct tree tree;
    init_tree(&tree, pdf);
    tree.root = bx_pdf_new_object(&pdf->objects);
    int parent_tree = bx_pdf_new_object(&pdf->objects);
    if (pdf->profile->has_namespace)
        write_namespace(pdf);
    for (int i = 0; i < pdf->pages->element_count; i++)
        write_element(&tree, pdf->elements[i]);
    write_parent_tree(&tree, parent_tree);
    write_root(&tree, parent_tree);
    return tree.root;
}
