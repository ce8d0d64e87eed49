/* From argv to a request.
 *
 * `--name value` and `--name=value` are the same; `--` ends the options; `-` is a file name. An
 * option given twice is wrong rather than the last one winning: two outputs mean a mistake. */
#include "cli.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The value of the last --name=VALUE or --name VALUE, or NULL. */
static const char *peek_value(int argc, char **argv, const char *name)
{
    const char *found = NULL;
    size_t len = strlen(name);
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], name, len) != 0)
            continue;
        if (argv[i][len] == '=')
            found = argv[i] + len + 1;
        else if (argv[i][len] == '\0' && i + 1 < argc)
            found = argv[i + 1];
    }
    return found;
}

static bool is_chinese_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = getenv(names[i]);
        if (value && value[0])
            return strncmp(value, "zh", 2) == 0;
    }
    return false;
}

struct bx_cli_voice bx_cli_find_voice(int argc, char **argv)
{
    const char *lang = peek_value(argc, argv, "--lang");
    const char *findings = peek_value(argc, argv, "--findings");
    return (struct bx_cli_voice){
        .in_chinese = lang ? strcmp(lang, "zh") == 0 : is_chinese_locale(),
        .is_json = findings && strcmp(findings, "json") == 0,
    };
}

/* One argument that starts with a dash, taken apart. */
struct word {
    const char *text;  /* as typed */
    const char *value; /* behind "=", or NULL */
    const struct bx_cli_option *option;
};

static bool is_option_named(const struct bx_cli_option *option, const char *text)
{
    if (text[0] == '-' && text[1] == '-') {
        size_t len = strcspn(text + 2, "=");
        return strlen(option->name) == len && memcmp(option->name, text + 2, len) == 0;
    }
    /* -j4 is -j 4 */
    return option->letter && text[1] == option->letter && (text[2] == '\0' || option->value_en);
}

/* Tells why an option cannot be taken; true when it can. */
static bool is_usable(const struct word *word, const struct bx_cli_request *request)
{
    const char *zh, *en;
    if (!word->option) {
        zh = "没有“%s”这个选项；加 --help 看有哪些";
        en = "there is no option %s; --help lists them";
    } else if (!bx_cli_takes(request->command, word->option)) {
        zh = "这个命令没有“%s”选项；加 --help 看有哪些";
        en = "this command has no option %s; --help lists those it has";
    } else {
        return true;
    }
    bx_cli_tell_usage_of(&request->voice, zh, en, word->text);
    return false;
}

static bool is_choice(const struct bx_cli_option *option, const char *value)
{
    if (!option->choices)
        return true;
    for (int i = 0; option->choices[i]; i++)
        if (strcmp(option->choices[i], value) == 0)
            return true;
    return false;
}

static bool tell_bad_value(const struct bx_cli_request *request, const struct word *word)
{
    char said[256];
    snprintf(said, sizeof(said), "--%s %s", word->option->name, word->value);
    bx_cli_tell_usage_of(&request->voice, "没有“%s”这种取值；加 --help 看有哪些",
                         "%s is not known; --help lists the values", said);
    return false;
}

/* One more file of an option that can be given again. */
static bool take_file(struct bx_cli_request *out,
                      const struct word *word,
                      const char **files,
                      int *count,
                      int most)
{
    if (*count == most)
        return tell_bad_value(out, word);
    files[(*count)++] = word->value;
    return true;
}

static enum bx_signing_level find_level(const char *name)
{
    return strcmp(name, "t") == 0     ? BX_SIGNING_T
           : strcmp(name, "lt") == 0  ? BX_SIGNING_LT
           : strcmp(name, "lta") == 0 ? BX_SIGNING_LTA
                                      : BX_SIGNING_B;
}

static bool parse_field_count(struct bx_cli_request *out, const struct word *word)
{
    char *end = NULL;
    long count = word->value ? strtol(word->value, &end, 10) : 1;
    if (end && (*end || count < 1 || count > BX_SIGNATURE_FIELDS_MOST))
        return tell_bad_value(out, word);
    out->report.signature_fields = (int)count;
    return true;
}

static bool parse_dpi(struct bx_cli_request *out, const struct word *word)
{
    char *end;
    long dpi = strtol(word->value, &end, 10);
    if (*end || end == word->value || dpi < BX_DPI_LEAST || dpi > BX_DPI_MOST)
        return tell_bad_value(out, word);
    out->dpi = (int)dpi;
    return true;
}

/* A length of the form 3mm or 2.5mm, with three decimals at most. */
static bool parse_mm(struct bx_cli_request *out, const struct word *word, int most, int *to)
{
    long um = 0;
    int decimals = -1;
    const char *p = word->value;
    for (; (*p >= '0' && *p <= '9') || (*p == '.' && decimals < 0); p++) {
        if (*p == '.')
            decimals = 0;
        else if (decimals == 3 || um > most)
            return tell_bad_value(out, word);
        else
            um = 10 * um + (*p - '0');
        if (*p != '.' && decimals >= 0)
            decimals++;
    }
    bool is_length = p > word->value && p[-1] != '.' && word->value[0] != '.';
    for (int i = decimals < 0 ? 0 : decimals; i < 3; i++)
        um *= 10;
    if (!is_length || strcmp(p, "mm") != 0 || um > most)
        return tell_bad_value(out, word);
    *to = (int)um;
    return true;
}

/* A plain number of at most six digits that ends at `stop`. Gives what stands behind, or NULL. */
static const char *read_number(int *out, const char *text, char stop)
{
    size_t len = strspn(text, "0123456789");
    if (len == 0 || len > 6 || text[len] != stop)
        return NULL;
    *out = (int)strtol(text, NULL, 10);
    return text + len + (stop != 0);
}

static bool parse_jobs(struct bx_cli_request *out, const struct word *word)
{
    if (!read_number(&out->batch.thread_count, word->value, '\0') ||
        out->batch.thread_count == 0)
        return tell_bad_value(out, word);
    return true;
}

static bool parse_shard(struct bx_cli_request *out, const struct word *word)
{
    const char *behind = read_number(&out->batch.shard, word->value, '/');
    if (!behind || !read_number(&out->batch.shard_count, behind, '\0') ||
        out->batch.shard >= out->batch.shard_count)
        return tell_bad_value(out, word);
    return true;
}

static void take_progress(struct bx_cli_request *out, const char *name)
{
    out->progress = strcmp(name, "bar") == 0     ? BX_CLI_PROGRESS_BAR
                    : strcmp(name, "plain") == 0 ? BX_CLI_PROGRESS_PLAIN
                    : strcmp(name, "none") == 0  ? BX_CLI_PROGRESS_NONE
                                                 : BX_CLI_PROGRESS_AUTO;
}

static void take_stage(struct bx_cli_request *out, const char *name)
{
    out->has_stage = true;
    out->wants_classes = strcmp(name, "classes") == 0;
    out->stage = strcmp(name, "model") == 0   ? BX_STAGE_MODEL
                 : strcmp(name, "plan") == 0  ? BX_STAGE_PLAN
                 : strcmp(name, "pages") == 0 ? BX_STAGE_PAGES
                 : strcmp(name, "pdf") == 0   ? BX_STAGE_PDF
                                              : BX_STAGE_STRUCTURE;
}

static bool take_sign_option(struct bx_cli_request *out, const struct word *word)
{
    const char *value = word->value;
    switch ((int)word->option->id) {
    case BX_CLI_KEY:
        out->signing.key = value;
        break;
    case BX_CLI_CERT:
        out->signing.certificate = value;
        break;
    case BX_CLI_CHAIN:
        out->signing.chain = value;
        break;
    case BX_CLI_PIN_FILE:
        out->pin_file = value;
        break;
    case BX_CLI_PIN_ENV:
        out->pin_env = value;
        break;
    case BX_CLI_FIELD:
        out->signing.field = value;
        break;
    case BX_CLI_CERTIFY:
        out->signing.is_certification = true;
        break;
    case BX_CLI_SEAL:
        out->signing.seal = word->value;
        return true;
    case BX_CLI_SEAL_DIAMETER:
        return parse_mm(out, word, BX_SEAL_DIAMETER_UM_MOST, &out->signing.seal_diameter_um);
    case BX_CLI_REASON:
        out->signing.reason = value;
        break;
    case BX_CLI_LOCATION:
        out->signing.location = value;
        break;
    case BX_CLI_TIME:
        out->sign_time = value;
        break;
    case BX_CLI_HASH:
        out->signing.hash = value;
        break;
    case BX_CLI_ATTRIBUTES:
        out->attributes = value;
        break;
    case BX_CLI_CMS:
        out->answer.cms = value;
        break;
    case BX_CLI_SIGNATURE:
        out->answer.signature = value;
        break;
    case BX_CLI_LEVEL:
        out->signing.level = find_level(value);
        break;
    case BX_CLI_TSA:
        out->signing.tsa = value;
        break;
    case BX_CLI_PKCS11:
        out->signing.pkcs11 = value;
        break;
    case BX_CLI_TOKEN_LABEL:
        out->signing.token_label = value;
        break;
    case BX_CLI_KEY_LABEL:
        out->signing.key_label = value;
        break;
    case BX_CLI_CRL:
        return take_file(out, word, out->crls, &out->crl_count, BX_REVOCATION_FILES_MOST);
    case BX_CLI_OCSP:
        return take_file(out, word, out->ocsps, &out->ocsp_count, BX_REVOCATION_FILES_MOST);
    default: /* those of other commands */
        break;
    }
    return true;
}

/* Long because every option is a case. */
static bool take_option(struct bx_cli_request *out, const struct word *word)
{
    const char *value = word->value;
    if (value && !is_choice(word->option, value))
        return tell_bad_value(out, word);
    switch (word->option->id) {
    case BX_CLI_OUTPUT:
        out->output = value;
        return true;
    case BX_CLI_FOLDER:
        out->batch.folder = value;
        return true;
    case BX_CLI_NAME:
        out->batch.name = value;
        return true;
    case BX_CLI_JOBS:
        return parse_jobs(out, word);
    case BX_CLI_SHARD:
        return parse_shard(out, word);
    case BX_CLI_MANIFEST:
        out->batch.manifest = value;
        return true;
    case BX_CLI_RESUME:
        out->batch.is_resumed = true;
        return true;
    case BX_CLI_FAIL_FAST:
        out->batch.is_fail_fast = true;
        return true;
    case BX_CLI_SYNC:
        out->batch.is_synced = true;
        return true;
    case BX_CLI_PROGRESS:
        take_progress(out, value);
        return true;
    case BX_CLI_STYLE:
        out->report.style = value;
        return true;
    case BX_CLI_PUNCTUATION:
        out->report.keep_punctuation = strcmp(value, "keep") == 0;
        return true;
    case BX_CLI_PREVIOUS:
        out->previous = value;
        return true;
    case BX_CLI_ALLOW_INCONSISTENT:
        out->report.allow_inconsistent = true;
        return true;
    case BX_CLI_DRAFT:
        out->report.is_draft = true;
        return true;
    case BX_CLI_STRICT:
        out->report.is_strict = true;
        return true;
    case BX_CLI_BASE:
        out->report.base_dir = value;
        return true;
    case BX_CLI_DPI:
        return parse_dpi(out, word);
    case BX_CLI_STAGE:
        take_stage(out, value);
        return true;
    case BX_CLI_WHY:
        out->wants_why = true;
        return true;
    case BX_CLI_SCHEMA:
        out->schema = value;
        return true;
    case BX_CLI_TIMINGS:
        out->wants_timings = true;
        return true;
    case BX_CLI_LAYOUTS:
        out->engine.layouts_dir = value;
        return true;
    case BX_CLI_FACES_DIR:
        out->engine.faces_dir = strcmp(value, "none") == 0 ? "" : value;
        return true;
    case BX_CLI_FONTS_DIR:
        out->engine.office_fonts_dir = value;
        return true;
    case BX_CLI_MODEL:
        out->model = value;
        return true;
    case BX_CLI_REPORT:
        out->report_path = value;
        return true;
    case BX_CLI_KEY:
    case BX_CLI_CERT:
    case BX_CLI_CHAIN:
    case BX_CLI_PIN_FILE:
    case BX_CLI_PIN_ENV:
    case BX_CLI_LEVEL:
    case BX_CLI_TSA:
    case BX_CLI_PKCS11:
    case BX_CLI_TOKEN_LABEL:
    case BX_CLI_KEY_LABEL:
    case BX_CLI_CRL:
    case BX_CLI_OCSP:
    case BX_CLI_FIELD:
    case BX_CLI_CERTIFY:
    case BX_CLI_SEAL:
    case BX_CLI_SEAL_DIAMETER:
    case BX_CLI_REASON:
    case BX_CLI_LOCATION:
    case BX_CLI_TIME:
    case BX_CLI_HASH:
    case BX_CLI_ATTRIBUTES:
    case BX_CLI_CMS:
    case BX_CLI_SIGNATURE:
        return take_sign_option(out, word);
    case BX_CLI_HELP:
        out->wants_help = true;
        return true;
    case BX_CLI_PROFILE:
        out->report.profile = value;
        return true;
    case BX_CLI_OUTPUT_INTENT:
        out->report.output_intent = value;
        return true;
    case BX_CLI_BLEED:
        return parse_mm(out, word, BX_BLEED_UM_MOST, &out->report.bleed_um);
    case BX_CLI_CROP_MARKS:
        out->report.has_crop_marks = true;
        return true;
    case BX_CLI_TRUST:
        return take_file(out, word, out->trusted, &out->trusted_count, BX_TRUST_FILES_MOST);
    case BX_CLI_STRADDLE:
        out->report.straddle = value;
        return true;
    case BX_CLI_SIGNATURE_FIELD:
        return parse_field_count(out, word);
    case BX_CLI_LANG: /* bx_cli_find_voice() has taken both */
    case BX_CLI_FINDINGS:
        return true;
    }
    return true;
}

/* An option of this command, else any that is named so: to tell what is wrong with it. */
static struct word read_word(const struct bx_cli_request *request, const char *text)
{
    struct word word = {.text = text};
    const struct bx_cli_option *option;
    for (int i = 0; (option = bx_cli_option_at(i)); i++)
        if (is_option_named(option, text) &&
            (!word.option || bx_cli_takes(request->command, option)))
            word.option = option;
    if (text[1] == '-' && strchr(text, '='))
        word.value = strchr(text, '=') + 1;
    else if (text[1] != '-' && text[2])
        word.value = text + 2;
    return word;
}

static bool is_number(const char *text)
{
    return text[0] && strspn(text, "0123456789") == strlen(text);
}

/* Takes the option at argv[*at] with its value and leaves *at on the last word it used. */
static bool
parse_option(struct bx_cli_request *out, uint64_t *seen, int argc, char **argv, int *at)
{
    struct word word = read_word(out, argv[*at]);
    if (!is_usable(&word, out))
        return false;
    const char *zh = NULL, *en = NULL;
    bool takes_value = word.option->value_en != NULL;
    bool is_optional = word.option->is_value_optional;
    if (takes_value && !word.value && *at + 1 < argc &&
        (!is_optional || is_number(argv[*at + 1])))
        word.value = argv[++*at];
    bool is_left_out = is_optional && !word.value;
    if (takes_value && !is_left_out && (!word.value || !word.value[0])) {
        zh = "%s 后面要写值；加 --help 看说明";
        en = "%s needs a value; --help tells which";
    } else if (!takes_value && word.value) {
        zh = "%s：这个选项后面不带值";
        en = "%s: this option takes no value";
    } else if (!word.option->is_repeatable && *seen >> word.option->id & 1) {
        zh = "%s 写了两次";
        en = "%s is given twice";
    }
    *seen |= (uint64_t)1 << word.option->id;
    if (zh) {
        bx_cli_tell_usage_of(&out->voice, zh, en, word.text);
        return false;
    }
    return take_option(out, &word);
}

/* `inputs` has room for every word of the command line. */
static bool take_input(struct bx_cli_request *out, char **inputs, char *path)
{
    if (out->command == BX_CLI_BATCH && path[0]) {
        inputs[out->input_count++] = path;
        return true;
    }
    const struct bx_cli_command_spec *spec = &bx_cli_commands[out->command];
    if (!spec->has_report && !spec->has_pdf) {
        bx_cli_tell_usage_of(&out->voice, "这个命令不带文件：“%s”；加 --help 看说明",
                             "this command takes no file: %s; see --help", path);
        return false;
    }
    if (out->input || !path[0]) {
        bx_cli_tell_usage_of(&out->voice,
                             spec->has_pdf ? "一次只做一份文件，多出了“%s”"
                                           : "一次只排一份报告，多出了“%s”",
                             spec->has_pdf ? "one file at a time; %s is one too many"
                                           : "one report at a time; %s is one too many",
                             path);
        return false;
    }
    out->input = path;
    return true;
}

/* Inputs are gathered at the front of argv: that part of it has been read. */
bool bx_cli_parse(struct bx_cli_request *out, int argc, char **argv)
{
    uint64_t seen = 0; /* bit per enum bx_cli_option_id */
    bool are_options_over = false;
    out->dpi = 150;
    for (int i = 0; i < argc; i++) {
        if (!are_options_over && strcmp(argv[i], "--") == 0)
            are_options_over = true;
        else if (!are_options_over && argv[i][0] == '-' && argv[i][1]) {
            if (!parse_option(out, &seen, argc, argv, &i))
                return false;
        } else if (!take_input(out, argv, argv[i])) {
            return false;
        }
    }
    out->inputs = (const char *const *)argv;
    return true;
}
