/* Boundaries follow UAX #29 where Chinese text needs it: marks (GB9), variation selectors and
 * joiners stay with what stands before them. The classes of marks that Chinese and Latin share
 * depend on both neighbours, so they are settled here, where the whole stretch is in view. */
#include "plan/cluster.h"

#include "base/utf8.h"

enum {
    ZWJ = 0x200D,
    EM_DASH = 0x2014,
    HORIZONTAL_BAR = 0x2015,
    WORD_JOINER = 0x2060,
    ZERO_WIDTH_NO_BREAK_SPACE = 0xFEFF,
};

static bool is_dash(const struct bx_cluster *c)
{
    return c->code_points[0] == EM_DASH || c->code_points[0] == HORIZONTAL_BAR;
}

/* Whether a character is there for line breaking only. A no-break space is seen. */
static enum bx_behind behind_of(uint32_t cp, enum bx_class class)
{
    if (class == BX_CLASS_ZERO_WIDTH || class == BX_CLASS_BREAK)
        return BX_BEHIND_BREAK;
    return cp == WORD_JOINER || cp == ZERO_WIDTH_NO_BREAK_SPACE ? BX_BEHIND_JOINER
                                                                : BX_BEHIND_NOTHING;
}

static int cut(struct bx_cluster *clusters, const char *text, int at, int len)
{
    int count = 0, end = at + len, start = at;
    bool has_joiner = false;
    for (; at < end; start = at) {
        uint32_t cp = bx_utf8_next(text, &at);
        enum bx_behind behind = behind_of(cp, bx_class_of(cp));
        while (count == 0 && behind != BX_BEHIND_NOTHING && at < end) {
            cp = bx_utf8_next(text, &at);
            behind = behind_of(cp, bx_class_of(cp));
        }
        struct bx_cluster *last = count > 0 ? &clusters[count - 1] : NULL;
        if (behind != BX_BEHIND_NOTHING) {
            if (last) {
                last->behind = behind;
                last->len = at - last->at;
            }
        } else if (last && (bx_class_of(cp) == BX_CLASS_MARK || has_joiner)) {
            if (last->code_point_count < BX_CLUSTER_MAX)
                last->code_points[last->code_point_count++] = cp;
            last->len = at - last->at;
        } else {
            enum bx_class class = bx_class_of(cp);
            clusters[count++] = (struct bx_cluster){
                .at = start,
                .len = at - start,
                .class = class == BX_CLASS_MARK ? BX_CLASS_LATIN : class,
                .code_points = {cp},
                .code_point_count = 1,
            };
        }
        has_joiner = cp == ZWJ;
    }
    return count;
}

static void join_with_next(struct bx_cluster *c, const struct bx_cluster *next)
{
    for (int i = 0; i < next->code_point_count && c->code_point_count < BX_CLUSTER_MAX; i++)
        c->code_points[c->code_point_count++] = next->code_points[i];
    c->len = next->at + next->len - c->at;
    c->behind = next->behind;
    c->is_pair = true;
}

/* Two dashes or two ellipses become one unit (LBK-06, 07); a dash that stands alone between
 * others is a connector (LBK-04). Of ！？ in a row, each two share one em (PUN-14). */
static int join_pairs(struct bx_cluster *clusters, int count)
{
    int kept = 0, exclaim_run = 0;
    for (int i = 0; i < count; i++) {
        struct bx_cluster c = clusters[i];
        bool has_twin =
            i + 1 < count && clusters[i + 1].class == c.class && c.behind == BX_BEHIND_NOTHING;
        exclaim_run = c.class == BX_CLASS_EXCLAIM ? exclaim_run + 1 : 0;
        if (exclaim_run > 0) {
            c.is_half_mark = exclaim_run % 2 == 0 || has_twin;
        } else if (has_twin && c.class == BX_CLASS_ELLIPSIS) {
            join_with_next(&c, &clusters[++i]);
        } else if (is_dash(&c)) {
            if (has_twin && is_dash(&clusters[i + 1]))
                join_with_next(&c, &clusters[++i]);
            else
                c.class = BX_CLASS_CONNECTOR;
        }
        clusters[kept++] = c;
    }
    return kept;
}

/* The nearest cluster on one side that is no space; NULL at the edge. */
static const struct bx_cluster *
neighbour(const struct bx_cluster *clusters, int count, int i, int step)
{
    for (i += step; i >= 0 && i < count; i += step)
        if (clusters[i].class != BX_CLASS_SPACE)
            return &clusters[i];
    return NULL;
}

static bool is_latin_side(const struct bx_cluster *c)
{
    return c && bx_class_is_latin(c->class);
}

/* An apostrophe (settled as a letter) closes nothing. */
static bool is_closing_quote(const struct bx_cluster *c, uint32_t open)
{
    return c->code_points[0] == open + 1 && c->class == BX_CLASS_CLOSE;
}

/* U+2019 between two letters is an apostrophe; a pair of quotation marks whose every side is
 * Latin, or one side Latin and the other the edge of a Latin text, is Latin (LNG-03). */
static void settle_quotes(struct bx_cluster *clusters, int count)
{
    for (int i = 1; i + 1 < count; i++)
        if (clusters[i].code_points[0] == 0x2019 && clusters[i - 1].class == BX_CLASS_LATIN &&
            clusters[i + 1].class == BX_CLASS_LATIN)
            clusters[i].class = BX_CLASS_LATIN;
    for (int i = 0; i < count; i++) {
        uint32_t open = clusters[i].code_points[0];
        if ((open != 0x2018 && open != 0x201C) || clusters[i].class != BX_CLASS_OPEN)
            continue;
        int end =
            i + 1; /* of two opening marks the inner has the partner: the work is linear */
        while (end < count && clusters[end].code_points[0] != open &&
               !is_closing_quote(&clusters[end], open))
            end++;
        if (end == count || clusters[end].code_points[0] == open)
            continue;
        const struct bx_cluster *outer[2] = {neighbour(clusters, count, i, -1),
                                             neighbour(clusters, count, end, +1)};
        bool is_inner_latin = is_latin_side(neighbour(clusters, count, i, +1)) &&
                              is_latin_side(neighbour(clusters, count, end, -1));
        bool is_outer_latin = (outer[0] || outer[1]) &&
                              (!outer[0] || is_latin_side(outer[0])) &&
                              (!outer[1] || is_latin_side(outer[1]));
        if (is_inner_latin && is_outer_latin) {
            clusters[i].class = BX_CLASS_LATIN_OPEN;
            clusters[end].class = BX_CLASS_LATIN_CLOSE;
        }
    }
}

static bool is_hyphen(const struct bx_cluster *c)
{
    return c->code_points[0] == '-' || c->code_points[0] == 0x2010 ||
           c->code_points[0] == 0x2011;
}

/* A hyphen or solidus with a letter or figure on both sides is part of that word or number; a
 * hyphen before a figure that follows none is its sign (LBK-10). A raised figure behind a letter
 * or figure is part of a unit (m²), elsewhere a note mark. */
static void settle_word_marks(struct bx_cluster *clusters, int count)
{
    for (int i = 0; i < count; i++) {
        struct bx_cluster *c = &clusters[i];
        enum bx_class before = i > 0 ? clusters[i - 1].class : BX_CLASS_COUNT;
        enum bx_class after = i + 1 < count ? clusters[i + 1].class : BX_CLASS_COUNT;
        bool follows_word = bx_class_is_latin(before) || before == BX_CLASS_POSTFIX;
        bool is_solidus = c->code_points[0] == '/';
        if ((is_solidus || is_hyphen(c)) && follows_word &&
            (bx_class_is_latin(after) || after == BX_CLASS_SOLIDUS))
            c->class = BX_CLASS_LATIN_SYMBOL;
        else if (is_hyphen(c) && !follows_word && after == BX_CLASS_DIGIT)
            c->class = BX_CLASS_PREFIX;
        else if (c->class == BX_CLASS_RAISED && follows_word)
            c->class = BX_CLASS_POSTFIX;
    }
}

static bool spells(const struct bx_cluster *clusters, int count, int i, const char *text)
{
    for (; *text; i++, text++)
        if (i >= count || clusters[i].code_points[0] != (uint32_t)*text)
            return false;
    return true;
}

/* The marks of a URL are letters of one word; a line may end after a solidus of its path. */
static void settle_urls(struct bx_cluster *clusters, int count)
{
    bool is_url = false;
    for (int i = 0; i < count; i++) {
        struct bx_cluster *c = &clusters[i];
        uint32_t cp = c->code_points[0];
        if (cp <= ' ' || cp > '~') {
            is_url = false;
        } else if (spells(clusters, count, i, "://")) {
            is_url = true;
            for (int end = i + 3; i < end; i++)
                clusters[i].class = BX_CLASS_LATIN_SYMBOL;
            i--;
        } else if (!is_url) {
            is_url = spells(clusters, count, i, "www.");
        } else if (!bx_class_is_latin(c->class) || cp == '/') {
            c->class = BX_CLASS_LATIN_SYMBOL;
            c->is_url_joint = cp == '/';
        }
    }
}

int bx_clusters_build(
    struct bx_cluster **out, struct bx_arena *arena, const char *text, int at, int len)
{
    int most = 1; /* a third of the bytes, as a rule: they are zeroed, so no more than that */
    for (int i = at; i < at + len; most++)
        bx_utf8_next(text, &i);
    *out = BX_NEW_ARRAY(arena, struct bx_cluster, (size_t)most);
    int count = cut(*out, text, at, len);
    count = join_pairs(*out, count);
    settle_quotes(*out, count);
    settle_word_marks(*out, count);
    settle_urls(*out, count);
    return count;
}
