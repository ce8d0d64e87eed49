/* Findings for people and for programs, both on standard error.
 *
 * Texts come from files that anyone may have written: in text mode control characters are shown
 * as \u001b and never sent to the terminal, in JSON everything is escaped and bytes that are no
 * UTF-8 (a file name may hold any) become U+FFFD. */
#include "cli.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct said {
    enum bx_finding_level level;
    const char *code, *file, *where;
    int page;
    int more_count; /* others like it that are not told */
    const char *zh, *en;
};

/* The bytes of the well-formed character at text, 0 when there is none. (Unicode, table 3-7.) */
static int char_len(const unsigned char *text)
{
    unsigned char a = text[0];
    if (a < 0x80)
        return 1;
    int len = a >= 0xF0 ? 4 : a >= 0xE0 ? 3 : 2;
    if (a < 0xC2 || a > 0xF4)
        return 0;
    unsigned char least = a == 0xE0 ? 0xA0 : a == 0xF0 ? 0x90 : 0x80;
    unsigned char most = a == 0xED ? 0x9F : a == 0xF4 ? 0x8F : 0xBF;
    if (text[1] < least || text[1] > most)
        return 0;
    for (int i = 2; i < len; i++)
        if (text[i] < 0x80 || text[i] > 0xBF)
            return 0;
    return len;
}

/* Control characters, C1 ones (0xC2 0x80 .. 0x9F) included. */
static bool is_control(const unsigned char *text)
{
    return text[0] < 0x20 || text[0] == 0x7F || (text[0] == 0xC2 && text[1] < 0xA0);
}

static void put_text(FILE *out, const char *text, bool is_json)
{
    for (const unsigned char *at = (const unsigned char *)text; *at;) {
        int len = char_len(at);
        if (len == 0) {
            fputs("\xEF\xBF\xBD", out);
            at++;
            continue;
        }
        if (is_control(at))
            fprintf(out, "\\u%04x", at[0] == 0xC2 ? at[1] : at[0]);
        else if (is_json && (*at == '"' || *at == '\\'))
            fprintf(out, "\\%c", *at);
        else
            fwrite(at, 1, (size_t)len, out);
        at += len;
    }
}

void bx_cli_put_text(FILE *out, const char *text)
{
    put_text(out, text, false);
}

static void put_field(FILE *out, const char *name, const char *value)
{
    fprintf(out, ",\"%s\":\"", name);
    put_text(out, value, true);
    fputc('"', out);
}

static void tell_json(FILE *out, const struct said *said)
{
    static const char *const levels[] = {"note", "warning", "error"};
    fprintf(out, "{\"level\":\"%s\"", levels[said->level]);
    put_field(out, "code", said->code);
    put_field(out, "file", said->file);
    put_field(out, "where", said->where);
    if (said->page > 0)
        fprintf(out, ",\"page\":%d", said->page);
    else
        fputs(",\"page\":null", out);
    put_field(out, "zh", said->zh);
    put_field(out, "en", said->en);
    fputs("}\n", out);
}

/* 错误 C4 /sections/review/…: 总计 0 ≠ 10 + 1 + 0 + 0 = 11. The file is named when it is not the
 * report, or when nothing else says where. */
static void tell_text(FILE *out, const struct said *said, bool in_chinese, const char *file)
{
    static const char *const zh[] = {"提示", "警告", "错误"};
    static const char *const en[] = {"note", "warning", "error"};
    fprintf(out, "%s %s", in_chinese ? zh[said->level] : en[said->level], said->code);
    if (said->file[0] && (!said->where[0] || !file || strcmp(said->file, file) != 0)) {
        fputc(' ', out);
        put_text(out, said->file, false);
    }
    if (said->where[0]) {
        fputc(' ', out);
        put_text(out, said->where, false);
    }
    if (said->page > 0)
        fprintf(out, in_chinese ? "（第%d页）" : " (page %d)", said->page);
    fputs(": ", out);
    put_text(out, in_chinese ? said->zh : said->en, false);
    if (said->more_count > 0)
        fprintf(out,
                in_chinese ? "（另有%d处，--findings json 逐处列出）"
                           : " (and %d more: --findings json lists each)",
                said->more_count);
    fputc('\n', out);
}

static void tell(const struct bx_cli_voice *voice, const struct said *said, const char *file)
{
    if (voice->is_json)
        tell_json(stderr, said);
    else
        tell_text(stderr, said, voice->in_chinese, file);
}

/* Marks and characters put right: they come by the hundred and say the same, so in text the first
 * of each kind stands for all. */
static const char *const summed[] = {"PUN", "MAP"};
#define SUMMED_COUNT (sizeof(summed) / sizeof(summed[0]))

/* Which of the summed kinds a finding is, SUMMED_COUNT for none. */
static size_t find_sum(const struct bx_finding *finding)
{
    size_t i = bx_finding_level(finding) == BX_FINDING_NOTE ? 0 : SUMMED_COUNT;
    while (i < SUMMED_COUNT && strcmp(bx_finding_code(finding), summed[i]) != 0)
        i++;
    return i;
}

int bx_cli_count_findings(const struct bx_findings *list, enum bx_finding_level level)
{
    int count = 0;
    for (int i = 0; i < bx_findings_count(list); i++)
        count += bx_finding_level(bx_findings_at(list, i)) == level;
    return count;
}

void bx_cli_tell_findings(const struct bx_cli_voice *voice,
                          const struct bx_findings *list,
                          const char *file)
{
    /* The last place is for those told one by one. */
    int counts[SUMMED_COUNT + 1] = {0};
    for (int i = 0; !voice->is_json && i < bx_findings_count(list); i++)
        counts[find_sum(bx_findings_at(list, i))]++;
    bool is_told[SUMMED_COUNT + 1] = {false};

    for (int i = 0; i < bx_findings_count(list); i++) {
        const struct bx_finding *finding = bx_findings_at(list, i);
        size_t sum = voice->is_json ? SUMMED_COUNT : find_sum(finding);
        if (sum < SUMMED_COUNT && is_told[sum])
            continue;
        is_told[sum] = true;
        tell(voice,
             &(struct said){
                 .level = bx_finding_level(finding),
                 .code = bx_finding_code(finding),
                 .file = bx_finding_file(finding),
                 .where = bx_finding_where(finding),
                 .page = bx_finding_page(finding),
                 .more_count = sum < SUMMED_COUNT ? counts[sum] - 1 : 0,
                 .zh = bx_finding_zh(finding),
                 .en = bx_finding_en(finding),
             },
             file);
    }
}

static void
tell_error(const struct bx_cli_voice *voice, const char *code, const char *zh, const char *en)
{
    const struct said said = {
        .level = BX_FINDING_ERROR, .code = code, .file = "", .where = "", .zh = zh, .en = en};
    tell(voice, &said, NULL);
}

int bx_cli_tell_usage(const struct bx_cli_voice *voice, const char *zh, const char *en)
{
    tell_error(voice, "USAGE", zh, en);
    return BX_STATUS_USAGE;
}

int bx_cli_tell_failure(const struct bx_cli_voice *voice, const char *zh, const char *en)
{
    tell_error(voice, "WRITE", zh, en);
    return BX_STATUS_WRITE;
}

/* Puts the word in place of "%s", the only place a text has; what does not fit is cut, and put_text() mends the cut. */
static void fill_in(char *out, size_t size, const char *text, const char *word)
{
    const char *place = strstr(text, "%s");
    int lead = place ? (int)(place - text) : (int)strlen(text);
    snprintf(out, size, "%.*s%s%s", lead, text, place ? word : "", place ? place + 2 : "");
}

int bx_cli_tell_usage_of(const struct bx_cli_voice *voice,
                         const char *zh,
                         const char *en,
                         const char *word)
{
    char full_zh[512], full_en[512];
    fill_in(full_zh, sizeof(full_zh), zh, word);
    fill_in(full_en, sizeof(full_en), en, word);
    return bx_cli_tell_usage(voice, full_zh, full_en);
}
