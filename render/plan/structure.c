#include "plan/structure.h"

#include <assert.h>

int bx_structure_add(struct bx_structure *structure, enum bx_tag tag, int parent)
{
    assert(parent < structure->element_count &&
           (parent >= 0) == (structure->element_count > 0));
    if (structure->element_count == structure->capacity)
        structure->elements =
            bx_arena_grow(structure->arena, structure->elements, structure->element_count,
                          &structure->capacity, sizeof(*structure->elements));
    structure->elements[structure->element_count] = (struct bx_element){
        .tag = tag,
        .parent = parent,
        .rowspan = 1,
        .colspan = 1,
    };
    return structure->element_count++;
}
