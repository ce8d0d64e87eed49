/* What the tests of plan/ share: pinned fonts, default rules, a paragraph from a string. */
#ifndef BX_TEST_SETTING_H
#define BX_TEST_SETTING_H

#include "layout/style.h"
#include "plan/para.h"

struct setting {
    struct bx_arena arena;
    struct bx_findings findings;
    struct bx_fontset *fonts;
    struct bx_para_context context;
    struct bx_line_rules rules; /* of the style gbt9704 */
};

/* Opens the pinned fonts; fails the test when one is missing. */
void setting_init(struct setting *s);

/* The same with the roles of another folder. */
void setting_init_fonts(struct setting *s, const char *fonts_dir);
void setting_fini(struct setting *s);

/* A piece in the fangsong face at 1 em = 1000 * 1024 / 1000 ... : see EM. */
enum {
    EM = 1024 * 1000
}; /* so that 1/1000 em is exactly one point */
struct bx_piece setting_piece(struct setting *s, const char *text);
struct bx_para_spec setting_spec(struct setting *s, int measure_em1000, int indent_em1000);

#endif
