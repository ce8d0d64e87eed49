#include "plan/pieces.h"

#include <string.h>

/* The emphases of the report model and the roles of the font set that show them. Chinese has no
 * italics and these faces no bold: strong text is set in 黑体, as official papers do. */
static const struct {
    const char *emphasis, *role;
} emphases[] = {
    {"strong", "heiti"},
    {"hei", "heiti"},
    {"kai", "kaiti"},
    {"latin", "latin"},
};

static int role_of(const struct bx_piece_base *base, const char *emphasis)
{
    if (!emphasis)
        return base->role;
    for (size_t i = 0; i < sizeof(emphases) / sizeof(*emphases); i++)
        if (strcmp(emphases[i].emphasis, emphasis) == 0) {
            int role = bx_fontset_find_role(base->fonts, emphases[i].role);
            return role >= 0 ? role : base->role;
        }
    return base->role;
}

void bx_pieces_add(struct bx_piece *pieces,
                   int *count,
                   const struct bx_text *text,
                   const struct bx_piece_base *base)
{
    for (int i = 0; i < text->span_count; i++)
        pieces[(*count)++] = (struct bx_piece){
            .text = text->spans[i].text,
            .len = (int)strlen(text->spans[i].text),
            .role = role_of(base, text->spans[i].role),
            .size = base->size,
            .element = base->element,
            .where = text->where,
        };
}
