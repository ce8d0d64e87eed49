/* What a long paragraph costs: usage  build/paragraph
 *
 * The prose of an example report, one sentence after the other in a single paragraph of 7,000
 * characters and of more, is shaped, broken and set on the measure of the style. The fonts are warm:
 * every length is set several times, the lengths in turn, and the least processor time counts. 7,000
 * characters may take 5 ms at most, and a character of the longest paragraph may cost a quarter more
 * than one of the shortest. The exit status tells whether both holds. */
#include <stdio.h>
#include <time.h>

#include "base/file.h"
#include "base/utf8.h"
#include "model/json.h"
#include "model/normalise.h"
#include "setting.h"

enum {
    LENGTHS = 5,
    SHORTEST = 7000, /* characters; each length is twice the one before */
    ROUNDS = 20,
    LEAST_PROSE = 90,       /* bytes; what is shorter is a label or a name */
    MEASURE_EM1000 = 27625, /* 156 mm at 16 pt */
};

#define MOST_MS    5.0
#define MOST_RATIO 1.25

static void gather(struct bx_buf *prose, struct setting *s, const struct bx_json *value)
{
    if (value->kind == BX_JSON_STRING && value->text_len >= LEAST_PROSE)
        bx_buf_add_text(
            prose, bx_text_normalise(&s->arena, value->text, false, "/bench", &s->findings));
    for (const struct bx_json *child = value->first; child; child = child->next)
        gather(prose, s, child);
}

/* The first `count` characters of the prose, which is told again when it ends. */
static void take(struct bx_buf *out, const struct bx_buf *prose, int count)
{
    int at = 0;
    for (int i = 0; i < count; i++) {
        bx_buf_add_utf8(out, bx_utf8_next(prose->data, &at));
        if ((size_t)at == prose->len)
            at = 0;
    }
}

static double set_ms(struct setting *s, const char *text, int *lines)
{
    struct bx_piece piece = setting_piece(s, text);
    struct bx_para_spec spec = setting_spec(s, MEASURE_EM1000, 2000);
    struct bx_arena arena = {0};
    struct bx_para para;
    struct bx_err err = {0};
    struct timespec from, to;
    s->context.arena = &arena;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    bool is_set = bx_para_build(&para, &s->context, &piece, 1, &spec, &err);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    *lines = is_set ? para.line_count : 0;
    bx_arena_fini(&arena);
    s->context.arena = &s->arena;
    return (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
}

int main(void)
{
    const char *path = BX_SOURCE_DIR "/tests/examples/suqian-2023.json", *zh;
    struct setting s;
    struct bx_buf data = {0}, prose = {0}, texts[LENGTHS] = {{0}};
    struct bx_err err = {0};
    const struct bx_json *root;
    setting_init(&s);
    if (!bx_file_read(&data, path, BX_JSON_LEN_MAX, &err) ||
        !bx_json_read(&root, &s.arena, path, data.data, data.len, &zh, &err)) {
        fprintf(stderr, "paragraph: %s: %s\n", path, err.what);
        return 2;
    }
    gather(&prose, &s, root);
    for (int i = 0; i < LENGTHS; i++) {
        take(&texts[i], &prose, SHORTEST << i);
        bx_buf_add_byte(&texts[i], 0);
    }

    double best[LENGTHS];
    int lines[LENGTHS];
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < LENGTHS; i++) {
            double ms = set_ms(&s, texts[i].data, &lines[i]);
            best[i] = round == 0 || ms < best[i] ? ms : best[i];
        }
    double ratio = 1;
    for (int i = 0; i < LENGTHS; i++) {
        ratio = best[i] / best[0] / (1 << i);
        printf("%d characters, %d lines: %.2f ms, %.2f times the shortest a character\n",
               SHORTEST << i, lines[i], best[i], ratio);
        bx_buf_fini(&texts[i]);
    }
    bool holds = best[0] <= MOST_MS && ratio <= MOST_RATIO && lines[0] > 0;
    printf("%s: %.1f ms for the shortest and %.2f times as much a character allowed\n",
           holds ? "met" : "MISSED", MOST_MS, MOST_RATIO);
    bx_buf_fini(&prose);
    bx_buf_fini(&data);
    setting_fini(&s);
    return !holds;
}
