#include "verify/verify_work.h"

#include <string.h>

/* Where two texts part. What is quoted is the stretch between their common start and their common
 * end, with a few characters around it, so that a changed figure shows as that figure. */

enum {
    AROUND = 12,      /* bytes on either side: four Han characters */
    QUOTED_MOST = 60, /* bytes of the stretch itself */
};

static bool is_inside_character(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static int step_back(const char *text, int at)
{
    while (at > 0 && is_inside_character(text[at]))
        at--;
    return at;
}

static int step_on(const char *text, int at, int len)
{
    while (at < len && is_inside_character(text[at]))
        at++;
    return at;
}

struct part {
    const char *text;
    int len;        /* of the whole */
    int first, end; /* the stretch that differs */
};

static void find_parts(struct part *a, struct part *b)
{
    int least = a->len < b->len ? a->len : b->len, head = 0, tail = 0;
    while (head < least && a->text[head] == b->text[head])
        head++;
    head = step_back(head < a->len ? a->text : b->text, head);
    while (tail < least - head && a->text[a->len - 1 - tail] == b->text[b->len - 1 - tail])
        tail++;
    a->first = b->first = head;
    a->end = step_on(a->text, a->len - tail, a->len);
    b->end = step_on(b->text, b->len - tail, b->len);
}

static const char *quote(struct bx_findings *findings, const struct part *part)
{
    int from = part->first > AROUND ? step_back(part->text, part->first - AROUND) : 0;
    int most = part->end - part->first > QUOTED_MOST ? part->first + QUOTED_MOST : part->end;
    int to = part->len - most > AROUND ? step_back(part->text, most + AROUND) : part->len;
    return bx_findings_text(findings, "%s%.*s%s", from > 0 ? "…" : "", to - from,
                            part->text + from, to < part->len ? "…" : "");
}

const char *bx_verifier_quote(struct bx_findings *findings, const char *text, int len)
{
    int most = len > QUOTED_MOST ? step_back(text, QUOTED_MOST) : len;
    return bx_findings_text(findings, "%.*s%s", most, text, most < len ? "…" : "");
}

bool bx_verifier_compare_text(struct bx_verifier *verifier,
                              const struct bx_logical *got,
                              const struct bx_logical *wanted,
                              const char *zh,
                              const char *en)
{
    struct part a = {.text = got->text.data ? got->text.data : "", .len = (int)got->text.len};
    struct part b = {.text = wanted->text.data ? wanted->text.data : "",
                     .len = (int)wanted->text.len};
    if (a.len == b.len && memcmp(a.text, b.text, (size_t)a.len) == 0)
        return true;
    find_parts(&a, &b);
    struct bx_logical_piece here = bx_logical_find(got, a.first);
    struct bx_logical_piece there = bx_logical_find(wanted, b.first);
    const char *got_text = quote(verifier->findings, &a);
    const char *wanted_text = quote(verifier->findings, &b);
    bx_verifier_tell(verifier, BX_LEVEL_ERROR, "VERIFY-TEXT", BX_VERIFY_STAGE_TEXT, here.page,
                     there.where,
                     bx_findings_text(verifier->findings, "%s是“%s”，按报告数据应是“%s”", zh,
                                      got_text, wanted_text),
                     bx_findings_text(verifier->findings, "%s is “%s”; by the model it is “%s”",
                                      en, got_text, wanted_text));
    return false;
}
