#include "line_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/normalise.h"
#include "plan/linebreak.h"

static int read_em1000(const char *text, const char *place)
{
    char *end;
    double em = strtod(text, &end);
    if (*end || end == text || em < 0)
        fail_msg("%s: no length in em: %s", place, text);
    return (int)(em * 1000 + 0.5);
}

static bx_len em_len(int em1000)
{
    return (bx_len)((int64_t)em1000 * EM / 1000);
}

static int find_word(const char *word, const char *const *words, int count, const char *place)
{
    for (int i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return i;
    fail_msg("%s: unknown value %s", place, word);
    return -1;
}

static bool read_flag(struct line_case *c, const char *word)
{
    const struct {
        const char *name;
        bool *flag;
        bool value;
    } flags[] = {
        {"cell", &c->spec.is_cell, true},
        {"force", &c->rules.force_line_end, true},
        {"notrim", &c->rules.trim_indent, false},
        {"keep-fullstop", &c->rules.keep_fullstop, true},
        {"keep-range", &c->rules.keep_range, true},
        {"hang", &c->rules.hang, true},
        {"loose-left", &c->rules.loose_left, true},
        {"tight", &c->rules.tight_pairs, true},
        {"autospace=grid", &c->rules.autospace_grid, true},
        {"model", &c->is_modelled, true},
    };
    for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
        if (strcmp(word, flags[i].name) == 0) {
            *flags[i].flag = flags[i].value;
            return true;
        }
    return false;
}

static void read_option(struct line_case *c, struct setting *s, char *word, const char *place)
{
    static const char *const levels[] = {"none", "basic", "gb", "strict"};
    static const char *const aligns[] = {"left", "center", "right", "justify", "distribute"};
    static const enum bx_align align_of[] = {BX_ALIGN_LEFT, BX_ALIGN_CENTER, BX_ALIGN_RIGHT,
                                             BX_ALIGN_JUSTIFY, BX_ALIGN_DISTRIBUTE};
    if (read_flag(c, word))
        return;
    char *value = strchr(word, '=');
    if (!value)
        fail_msg("%s: unknown option %s", place, word);
    *value++ = '\0';
    if (strcmp(word, "level") == 0) {
        c->rules.level = (enum bx_break_level)find_word(value, levels, 4, place);
    } else if (strcmp(word, "align") == 0) {
        c->spec.align = align_of[find_word(value, aligns, 5, place)];
    } else if (strcmp(word, "face") == 0) {
        int role = bx_fontset_find_role(s->fonts, value);
        if (role < 0)
            fail_msg("%s: no role %s", place, value);
        c->role = role >= 0 ? bx_arena_strndup(&s->arena, value, strlen(value)) : NULL;
    } else if (strcmp(word, "indent") == 0) {
        c->spec.indent = em_len(read_em1000(value, place));
    } else if (strcmp(word, "pitch") == 0) {
        c->spec.em = em_len(read_em1000(value, place));
    } else if (strcmp(word, "word-space") == 0) {
        c->rules.word_space_min = read_em1000(value, place);
    } else if (strcmp(word, "autospace") == 0) {
        c->rules.autospace = read_em1000(value, place);
    } else {
        fail_msg("%s: unknown option %s", place, word);
    }
}

static void read_how(struct line_case *c, struct setting *s, char *how, const char *place)
{
    char *word = strtok(how, " ");
    int measure = 1000000;
    if (strcmp(word, "-") == 0 || strcmp(word, "r") == 0) {
        c->look = LOOK_BREAKS;
        c->shows_rescue = *word == 'r';
    } else if (strcmp(word, "w") == 0) {
        c->look = LOOK_WIDTHS;
    } else {
        c->look = *word == '@' ? LOOK_PLACES : LOOK_LINES;
        measure = read_em1000(word + (*word == '@'), place);
    }
    c->rules = s->rules;
    c->spec = setting_spec(s, measure, 0);
    while ((word = strtok(NULL, " ")))
        read_option(c, s, word, place);
    c->spec.rules = &c->rules;
}

/* Cuts the next column off *rest. */
static char *next_column(char **rest, const char *place)
{
    char *column = *rest, *end = strstr(column, " | ");
    if (!end)
        fail_msg("%s: not four columns", place);
    *end = '\0';
    *rest = end + 3;
    return column;
}

/* `expected` without what is not text. */
static void plain_text(char *out, const char *expected)
{
    for (const char *p = expected; *p;) {
        if (strncmp(p, "÷", strlen("÷")) == 0) {
            p += strlen("÷");
        } else if (strncmp(p, "↵", strlen("↵")) == 0) {
            p += strlen("↵");
        } else if (*p == '{') {
            p = strchr(p, '}') + 1;
        } else {
            *out++ = *p++;
        }
    }
    *out = '\0';
}

bool line_case_read(struct line_case *c, struct setting *s, const char *line, const char *place)
{
    char copy[5000];
    if (line[0] == '#' || line[0] == '\0')
        return false;
    assert_true(strlen(line) < sizeof(copy));
    strcpy(copy, line);
    *c = (struct line_case){0};
    char *rest = copy;
    char *how = next_column(&rest, place);
    char *text = next_column(&rest, place);
    char *expected = next_column(&rest, place);
    assert_true(strlen(text) < sizeof(c->text) && strlen(expected) < sizeof(c->expected) &&
                strlen(rest) < sizeof(c->why));
    strcpy(c->expected, expected);
    strcpy(c->why, rest);
    if (strcmp(text, "=") == 0)
        plain_text(c->text, expected);
    else
        strcpy(c->text, text);
    for (char *p = c->text; (p = strstr(p, "\\n"));) {
        *p = '\n';
        memmove(p + 1, p + 2, strlen(p + 2) + 1);
    }
    size_t name = strcspn(rest, " ");
    if (name != 6 || rest[3] != '-')
        fail_msg("%s: no rule before the reason: %s", place, rest);
    memcpy(c->rule, rest, name);
    read_how(c, s, how, place);
    return true;
}

struct text_out {
    char *data;
    size_t size, len;
};

static void put(struct text_out *out, const char *text, int len)
{
    assert_true(out->len + (size_t)len < out->size);
    memcpy(out->data + out->len, text, (size_t)len);
    out->len += (size_t)len;
    out->data[out->len] = '\0';
}

static void put_number(struct text_out *out, const char *before, bx_len len)
{
    char number[32];
    int count = snprintf(number, sizeof(number), "%s%d", before,
                         (int)((len + (len < 0 ? -512 : 512)) / 1024));
    put(out, number, count);
}

/* The atoms of a text, looked at before any line is chosen. */
static void look_at_atoms(struct text_out *out,
                          const struct line_case *c,
                          struct setting *s,
                          const struct bx_piece *piece)
{
    static int penalties[2000];
    struct bx_atoms atoms;
    bx_arena_reset(&s->context.scratch);
    bx_atoms_build(&atoms, &s->context, piece->text, piece->len, 0, piece->len, piece,
                   &piece->len, 1, &c->spec);
    assert_in_range(atoms.count, 1, 1999);
    bx_breaks_find(penalties, &atoms, piece->text, &c->rules, c->rules.level, BX_PASS_RULES);
    if (c->look == LOOK_BREAKS) {
        for (int i = 0; i < atoms.count; i++) {
            int most = c->rules.rescue_penalty - !c->shows_rescue;
            if (i > 0 && penalties[i] <= most)
                put(out, "÷", (int)strlen("÷"));
            put(out, piece->text + atoms.items[i].text_at, atoms.items[i].text_len);
        }
        return;
    }
    struct bx_breaker breaker = {.atoms = &atoms,
                                 .rules = &c->rules,
                                 .sums = bx_sums_build(&s->context.scratch, &atoms, &c->rules),
                                 .penalties = penalties,
                                 .measure = c->spec.measure,
                                 .em = c->spec.em};
    struct bx_span_measure m;
    bx_span_measure(&m, &breaker, 0, atoms.count);
    bx_len least = m.natural;
    for (int i = 1; i <= BX_SHRINK_STEPS; i++)
        least -= m.shrink[i];
    put_number(out, "", m.natural);
    put_number(out, "/", least);
}

static void put_places(struct text_out *out, const struct bx_line *line)
{
    const char *before = "";
    for (int r = 0; r < line->run_count; r++) {
        const struct bx_run *run = &line->runs[r];
        bx_len x = run->x;
        for (int g = 0; g < run->glyph_count; g++) {
            put_number(out, before, x);
            before = " ";
            x += run->glyphs[g].advance;
        }
    }
    put_number(out, " >", line->right);
}

static void put_flags(struct text_out *out, const struct bx_line *line)
{
    const struct {
        bool is_set;
        const char *text;
    } flags[] = {
        {line->is_loose, "{loose}"},
        {line->is_overfull, "{overfull}"},
        {line->is_emergency, "{emergency}"},
        {line->is_rescued, "{rescued}"},
    };
    for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
        if (flags[i].is_set)
            put(out, flags[i].text, (int)strlen(flags[i].text));
}

static void look_at_lines(struct text_out *out,
                          const struct line_case *c,
                          struct setting *s,
                          const struct bx_piece *piece)
{
    struct bx_para para;
    struct bx_err err = {0};
    assert_true(bx_para_build(&para, &s->context, piece, 1, &c->spec, &err));
    for (int i = 0; i < para.line_count; i++) {
        const struct bx_line *line = &para.lines[i];
        if (i > 0)
            put(out, "↵", (int)strlen("↵"));
        if (c->look == LOOK_PLACES)
            put_places(out, line);
        else
            put(out, para.text + line->text_at, line->text_len);
        if (c->look == LOOK_LINES)
            put_flags(out, line);
    }
}

void line_case_run(
    char *got, size_t size, const struct line_case *c, struct setting *s, int role)
{
    struct text_out out = {.data = got, .size = size};
    struct bx_piece piece = setting_piece(s, c->text);
    got[0] = '\0';
    if (c->is_modelled) {
        piece.text = bx_text_normalise(&s->arena, c->text, false, "/test", &s->findings);
        piece.len = (int)strlen(piece.text);
    }
    piece.role = role;
    if (c->look == LOOK_BREAKS || c->look == LOOK_WIDTHS)
        look_at_atoms(&out, c, s, &piece);
    else
        look_at_lines(&out, c, s, &piece);
}
