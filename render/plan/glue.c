/* Blanks of neighbouring marks (PUN-03..07): two marks that would take two em take one and a
 * half, whatever the line needs. Of a closing and an opening mark the larger blank stays; of two
 * closing or two opening marks only the outer one keeps its blank.
 *
 * Source  CLREQ "adjustment of adjacent punctuation marks", "width adjustment": squeezing in
 *         seven steps, stretching in three; AUT-01..07 for the space between Han and Latin.
 */
#include "plan/glue.h"

static bool is_han(enum bx_class c)
{
    return c == BX_CLASS_HAN || c == BX_CLASS_ITERATION;
}

/* AUT-01, 03: a letter or digit beside Han, and a postfix that ends a number. Never across a
 * change of role or size (AUT-06). */
static bool has_autospace(const struct bx_atom *a, const struct bx_atom *b)
{
    if (a->size != b->size || a->role != b->role)
        return false;
    if (is_han(a->class))
        return bx_class_is_word(b->class);
    return is_han(b->class) && (bx_class_is_word(a->class) || a->class == BX_CLASS_POSTFIX);
}

/* The step of the blank behind a mark; 4 for a bracket's, before it too. */
static int shrink_step_of(enum bx_class c)
{
    if (c == BX_CLASS_COMMA || c == BX_CLASS_COLON)
        return 5;
    return c == BX_CLASS_STOP || c == BX_CLASS_EXCLAIM ? 7 : 4;
}

static struct bx_glue blank_between(const struct bx_atom *a,
                                    const struct bx_atom *b,
                                    const struct bx_line_rules *rules)
{
    bx_len left = a->blank_right, right = b->blank_left;
    bool is_facing = left > 0 && right > 0;
    if (is_facing) {
        left = left > right ? left : right;
        right = 0;
        if (rules->tight_pairs)
            left = 0;
    }
    if (left > 0 && bx_class_has_right_blank(b->class))
        left = 0;
    if (right > 0 && a->class == BX_CLASS_OPEN)
        right = 0;

    struct bx_glue glue = {.natural = left + right, .shrink = left + right};
    if (glue.natural > 0) {
        glue.shrink_step = is_facing ? 4 : shrink_step_of(a->class);
        if (glue.shrink_step == 7 && rules->keep_fullstop)
            glue.shrink_step = 0;
    }
    return glue;
}

/* The glue behind a space: its own width, from the least to the most the style allows. */
static struct bx_glue word_space(const struct bx_atom *space, const struct bx_line_rules *rules)
{
    bx_len least = bx_len_part(space->em, rules->word_space_min);
    bx_len most = bx_len_part(space->em, rules->word_space_max);
    struct bx_glue glue = {.natural = space->space, .shrink_step = 2, .stretch_step = 1};
    glue.shrink = space->space > least ? space->space - least : 0;
    glue.stretch = space->space < most ? most - space->space : 0;
    return glue;
}

/* AUT-07: the glue that makes a word or number, with glue on both sides, a whole number of em; at
 * most half an em, so with glue on one side only some words can be filled up. */
static bx_len
grid_space(const struct bx_atoms *atoms, int left, const struct bx_line_rules *rules)
{
    const struct bx_atom *items = atoms->items;
    int first = is_han(items[left].class) ? left + 1 : left, last = first;
    while (first > 0 && bx_atoms_are_solid(atoms, first - 1))
        first--;
    while (last + 1 < atoms->count && bx_atoms_are_solid(atoms, last))
        last++;
    bx_len em = items[first].em, width = 0;
    for (int i = first; i <= last; i++)
        width += items[i].box;
    bool has_left = first > 0 && has_autospace(&items[first - 1], &items[first]);
    bool has_right = last + 1 < atoms->count && has_autospace(&items[last], &items[last + 1]);
    bx_len space = em - width % em;
    if (has_left && has_right) /* an odd unit goes to the right side */
        return is_han(items[left].class) ? space / 2 : space - space / 2;
    return 2 * space <= em ? space : bx_len_part(em, rules->autospace);
}

static struct bx_glue
autospace(const struct bx_atoms *atoms, int left, const struct bx_line_rules *rules)
{
    bx_len em = atoms->items[left].em;
    if (rules->autospace_grid)
        return (struct bx_glue){.natural = grid_space(atoms, left, rules), .stretch_step = 3};
    struct bx_glue glue = {
        .natural = bx_len_part(em, rules->autospace), .shrink_step = 6, .stretch_step = 2};
    bx_len least = bx_len_part(em, rules->autospace_min),
           most = bx_len_part(em, rules->autospace_max);
    glue.shrink = glue.natural > least ? glue.natural - least : 0;
    glue.stretch = glue.natural < most ? most - glue.natural : 0;
    return glue;
}

struct bx_glue
bx_glue_between(const struct bx_atoms *atoms, int left, const struct bx_line_rules *rules)
{
    const struct bx_atom *a = &atoms->items[left], *b = &atoms->items[left + 1];
    if (a->space > 0)
        return word_space(a, rules);
    if (b->space > 0 || bx_atoms_are_solid(atoms, left))
        return (struct bx_glue){0};

    struct bx_glue glue = blank_between(a, b, rules);
    if ((rules->autospace > 0 || rules->autospace_grid) && has_autospace(a, b)) {
        return autospace(atoms, left, rules);
    }
    bool is_rigid = a->class == BX_CLASS_CONNECTOR || b->class == BX_CLASS_CONNECTOR ||
                    a->class == BX_CLASS_SOLIDUS || b->class == BX_CLASS_SOLIDUS;
    glue.stretch_step = is_rigid ? 0 : 3;
    return glue;
}

bx_len bx_glue_tail(const struct bx_atom *last, const struct bx_line_rules *rules)
{
    return rules->force_line_end ? 0 : last->blank_right;
}
