/* The command line: what its files share. They know the engine through banxin.h only. */
#ifndef BX_CLI_H
#define BX_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "banxin.h"

enum bx_cli_command {
    BX_CLI_RENDER,
    BX_CLI_BATCH,
    BX_CLI_CHECK,
    BX_CLI_PREVIEW,
    BX_CLI_DUMP,
    BX_CLI_FORMS,
    BX_CLI_FONTS,
    BX_CLI_FONTS_PREPARE,
    BX_CLI_VERIFY,
    BX_CLI_SIGN,
    BX_CLI_SIGN_PREPARE,
    BX_CLI_SIGN_FINISH,
    BX_CLI_COMMAND_COUNT,
};

enum bx_cli_option_id {
    BX_CLI_OUTPUT,
    BX_CLI_FOLDER, /* --output of batch */
    BX_CLI_STYLE,
    BX_CLI_PROFILE,
    BX_CLI_OUTPUT_INTENT,
    BX_CLI_BLEED,
    BX_CLI_CROP_MARKS,
    BX_CLI_PUNCTUATION,
    BX_CLI_PREVIOUS,
    BX_CLI_ALLOW_INCONSISTENT,
    BX_CLI_DRAFT,
    BX_CLI_STRICT,
    BX_CLI_BASE,
    BX_CLI_DPI,
    BX_CLI_STAGE,
    BX_CLI_WHY,
    BX_CLI_SCHEMA,
    BX_CLI_TIMINGS,
    BX_CLI_JOBS,
    BX_CLI_SHARD,
    BX_CLI_RESUME,
    BX_CLI_MANIFEST,
    BX_CLI_NAME,
    BX_CLI_FAIL_FAST,
    BX_CLI_PROGRESS,
    BX_CLI_SYNC,
    BX_CLI_LAYOUTS,
    BX_CLI_FONTS_DIR,
    BX_CLI_FACES_DIR,
    BX_CLI_LANG,
    BX_CLI_FINDINGS,
    BX_CLI_MODEL,
    BX_CLI_REPORT,
    BX_CLI_TRUST,
    BX_CLI_KEY,
    BX_CLI_CERT,
    BX_CLI_CHAIN,
    BX_CLI_PIN_FILE,
    BX_CLI_PIN_ENV,
    BX_CLI_LEVEL,
    BX_CLI_TSA,
    BX_CLI_CRL,
    BX_CLI_OCSP,
    BX_CLI_PKCS11,
    BX_CLI_TOKEN_LABEL,
    BX_CLI_KEY_LABEL,
    BX_CLI_FIELD,
    BX_CLI_CERTIFY,
    BX_CLI_SEAL,
    BX_CLI_SEAL_DIAMETER,
    BX_CLI_REASON,
    BX_CLI_LOCATION,
    BX_CLI_TIME,
    BX_CLI_SIGNATURE_FIELD,
    BX_CLI_HASH,
    BX_CLI_ATTRIBUTES,
    BX_CLI_CMS,
    BX_CLI_SIGNATURE,
    BX_CLI_STRADDLE,
    BX_CLI_HELP,
};

/* One option of the command line. Help and manual are made from it (docs/manual). */
struct bx_cli_option {
    enum bx_cli_option_id id;
    bool is_repeatable;
    bool is_value_optional; /* a word of digits is its value, any other word is none */
    const char *name;       /* without the dashes */
    char letter;            /* short form, or 0 */
    const char *value_zh;   /* what follows it, as shown in the help; NULL: a switch */
    const char *value_en;
    const char *const *choices; /* NULL-ended list of the only values, or NULL */
    unsigned commands;          /* bit per enum bx_cli_command */
    const char *zh, *en;        /* one sentence; '\n' breaks the line */
};

struct bx_cli_command_spec {
    const char *name; /* one word, or two with a blank */
    const char *usage;
    const char *zh, *en;           /* what it does, in a line */
    const char *more_zh, *more_en; /* what else the user should know, or NULL */
    const char *example;
    bool has_report; /* takes REPORT.json */
    bool has_pdf;    /* takes FILE.pdf */
};

extern const struct bx_cli_option bx_cli_options[];
extern const int bx_cli_option_count;
extern const struct bx_cli_option bx_cli_sign_options[];
extern const int bx_cli_sign_option_count;

/* Option i of all commands, NULL behind the last. */
const struct bx_cli_option *bx_cli_option_at(int i);

extern const struct bx_cli_command_spec bx_cli_commands[BX_CLI_COMMAND_COUNT];

/* How messages are shown. Decided before anything else, so that a wrong command line is told in
 * the language asked for. */
struct bx_cli_voice {
    bool in_chinese;
    bool is_json;
};

/* How a batch says how far it is. */
enum bx_cli_progress {
    BX_CLI_PROGRESS_AUTO, /* a bar on a terminal, else lines; nothing with findings as JSON */
    BX_CLI_PROGRESS_BAR,
    BX_CLI_PROGRESS_PLAIN,
    BX_CLI_PROGRESS_NONE,
};

/* The command line, parsed. Texts are borrowed from argv. */
struct bx_cli_request {
    enum bx_cli_command command;
    struct bx_cli_voice voice;
    bool wants_help;
    const char *input, *output;
    const char *previous, *schema;
    const char *model, *report_path; /* of verify */
    enum bx_stage stage;
    bool has_stage, wants_classes, wants_why, wants_timings;
    int dpi;
    struct bx_batch_options batch; /* inputs, engine and report left out */
    const char *const *inputs;     /* of batch */
    int input_count;
    enum bx_cli_progress progress;
    double start_ms; /* processor time before main() */
    struct bx_engine_options engine;
    struct bx_report_options report;
    struct bx_signing_options signing;
    const char *trusted[BX_TRUST_FILES_MOST];
    const char *crls[BX_REVOCATION_FILES_MOST], *ocsps[BX_REVOCATION_FILES_MOST];
    int trusted_count, crl_count, ocsp_count;
    const char *pin_file, *pin_env, *sign_time;
    const char *attributes;                /* of the two steps of signing: written, then read */
    struct bx_signing_answer_files answer; /* its attributes left out */
};

/* Decides language and form of the messages: --lang and --findings wherever they stand, else the
 * locale's language (LC_ALL, LC_MESSAGES, LANG). Nothing else depends on the locale. */
struct bx_cli_voice bx_cli_find_voice(int argc, char **argv);

/* Parses what follows the command's name. On failure it has told why. */
bool bx_cli_parse(struct bx_cli_request *out, int argc, char **argv);

/* Runs a command and gives the exit status. */
int bx_cli_run(const struct bx_cli_request *request);

/* Verifies a file and says what holds; gives the exit status. */
int bx_cli_verify(const struct bx_cli_request *request);

/* Signs a file; gives the exit status. */
int bx_cli_sign(struct bx_cli_request request);

/* Signs in two steps: before and after the key, which is elsewhere. */
int bx_cli_sign_prepare(struct bx_cli_request request);
int bx_cli_sign_finish(struct bx_cli_request request);

/* --level, --tsa, --crl and --ocsp fit together; else it has told what does not. */
bool bx_cli_is_level_complete(const struct bx_cli_request *request);

/* Hands the lists of files to what signs. */
void bx_cli_take_lists(struct bx_cli_request *request);

/* The claimed time of a signature: --time, else the clock's. On failure it has told why. */
bool bx_cli_take_time(struct bx_cli_request *request);

/* Draws the pages of a report that was read and writes them as the request's output says. */
enum bx_status bx_cli_preview(struct bx_report *report, const struct bx_cli_request *request);

/* Sets many reports; gives the exit status. */
int bx_cli_batch(const struct bx_cli_request *request, const struct bx_report_options *options);

/* Whether a command has an option. Batch has all of render's, with an --output of its own. */
bool bx_cli_takes(enum bx_cli_command command, const struct bx_cli_option *option);

void bx_cli_print_help(FILE *out, bool in_chinese);
/* What each exit status means. */
const char *bx_cli_statuses(bool in_chinese);

void bx_cli_print_command_help(FILE *out, enum bx_cli_command command, bool in_chinese);

/* Tells a wrong use of the command line; gives BX_STATUS_USAGE. */
int bx_cli_tell_usage(const struct bx_cli_voice *voice, const char *zh, const char *en);

/* bx_cli_tell_usage() with a word of the user's put where "%s" stands in both texts. */
int bx_cli_tell_usage_of(const struct bx_cli_voice *voice,
                         const char *zh,
                         const char *en,
                         const char *word);

/* Tells that standard output cannot be written; gives BX_STATUS_WRITE. */
int bx_cli_tell_failure(const struct bx_cli_voice *voice, const char *zh, const char *en);

/* Tells all findings on standard error. In text, notes on marks put right become one line. */
void bx_cli_tell_findings(const struct bx_cli_voice *voice,
                          const struct bx_findings *list,
                          const char *file);

/* A text of the user's for people: control characters and what is no UTF-8 made visible. */
void bx_cli_put_text(FILE *out, const char *text);

/* How many findings of a level there are. */
int bx_cli_count_findings(const struct bx_findings *list, enum bx_finding_level level);

#endif
