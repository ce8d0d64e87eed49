#include "random_text.h"

#include <string.h>

enum {
    MOST_ATOMS = 120,
};

static const char *const alphabet[] = {
    "政", "府", "信", "息", "公", "开", "工", "作", "年", "度", "报", "告", "一", "，", "。",
    "、", "；", "：", "？", "！", "（", "）", "《", "》", "“",  "”",  "‘",  "’",  "〔", "〕",
    "——", "……", "·",  "—",  "～", "/",  "-",  "%",  "℃",  "￥", "0",  "1",  "2",  "3",  "9",
    ".",  ",",  "A",  "b",  "GB", " ",  "㎡", "①",  "々", "「", "」", "『", "』",
};

uint32_t random_next(struct random *r, uint32_t below)
{
    r->state = r->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(r->state >> 33) % below;
}

void random_text(char *text, size_t size, struct random *r)
{
    int count = 1 + (int)random_next(r, MOST_ATOMS);
    text[0] = '\0';
    for (int i = 0; i < count; i++) {
        /* half of all places hold Han, or lines would be nothing but marks */
        size_t most = random_next(r, 2) ? 13 : sizeof(alphabet) / sizeof(*alphabet);
        const char *part = alphabet[random_next(r, (uint32_t)most)];
        if (strlen(text) + strlen(part) + 1 < size)
            strcat(text, part);
    }
}

void random_rules(struct bx_line_rules *rules, struct random *r)
{
    rules->level = (enum bx_break_level)(BX_BREAK_BASIC + (int)random_next(r, 3));
    rules->force_line_end = random_next(r, 4) == 0;
    rules->trim_indent = random_next(r, 4) != 0;
    rules->keep_fullstop = random_next(r, 4) == 0;
    rules->keep_range = random_next(r, 2) == 0;
    rules->tight_pairs = random_next(r, 4) == 0;
    rules->autospace = random_next(r, 3) ? 250 : 0;
}
