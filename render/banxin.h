/* Banxin: statutory annual reports from a JSON model to finished pages.
 *
 * The only header of the library. Types are opaque or plain; nothing is global.
 *
 *     struct bx_engine *engine = bx_engine_new(NULL);
 *     struct bx_report *report = bx_report_new(engine, NULL);
 *     struct bx_bytes pdf = {0};
 *     bx_report_read_file(report, "report.json");
 *     if (bx_report_render(report, &pdf) == BX_STATUS_DONE)
 *         bx_report_write_file(report, "report.pdf", &pdf);
 *     ... bx_report_findings(report) says what was found, good or bad ...
 *     bx_bytes_fini(&pdf);
 *     bx_report_free(report);
 *     bx_engine_free(engine);
 *
 * Status     Functions that can fail return the exit status of the command line. Why they failed
 *            is among the findings; there is no other error channel.
 * Threads    An engine with its fonts, reports and verdicts is used by one thread at a time. Threads
 *            that each have an engine of their own need no lock: nothing is shared but constants. Nor
 *            do signings and batches; bx_batch_cancel() may be called from any thread, and so may
 *            what sets the flag that a watch reads.
 * Lifetime   `free` takes what `new` gave, `fini` empties what the caller stores; both take NULL
 *            or zeroes. Reports are freed before their engine. Borrowed results live as long as
 *            the thing they were asked from.
 * Callbacks  are called on the thread that called the library (of a batch: on any of its threads,
 *            never twice at a time), and must not call it again for the same engine.
 * Memory     When it runs out the process ends by abort(), as in GLib below us. Who cannot afford
 *            that renders in a child process.
 * Clock      Nothing that is written depends on the time, the locale, the environment or the
 *            network; only bx_report_phase_ms() reads a clock. */
#ifndef BANXIN_H
#define BANXIN_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The library is built with everything hidden; what stands here is what it shows. */
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

#define BX_VERSION_MAJOR 0
#define BX_VERSION_MINOR 1
#define BX_VERSION_PATCH 0
/* For #if: 100 for 0.1.0. */
#define BX_VERSION_NUMBER (BX_VERSION_MAJOR * 10000 + BX_VERSION_MINOR * 100 + BX_VERSION_PATCH)

/* "0.1.0", of the library that is running, which may be newer than this header. */
const char *bx_version(void);

/* The exit statuses of the command line, and one more. */
enum bx_status {
    BX_STATUS_DONE = 0,
    BX_STATUS_USAGE = 1,     /* an option is wrong */
    BX_STATUS_READ = 2,      /* no such file, not UTF-8, not JSON, too deep */
    BX_STATUS_MODEL = 3,     /* the report breaks the schema or a cross-check */
    BX_STATUS_LAYOUT = 4,    /* a layout file is not valid */
    BX_STATUS_FONT = 5,      /* a font, or a character in it, is missing */
    BX_STATUS_FIT = 6,       /* the content cannot be set by these rules */
    BX_STATUS_WRITE = 7,     /* the file could not be written */
    BX_STATUS_SIGN = 8,      /* signing or verifying failed */
    BX_STATUS_CANCELLED = 9, /* struct bx_watch wanted no more; the command line has no such */
};

/* Bytes that belong to the caller. */
struct bx_bytes {
    void *data; /* len bytes and a zero after them; NULL when empty */
    size_t len;
};

void bx_bytes_fini(struct bx_bytes *bytes);

/* --- Findings: what was found about a report, errors included, in order. ------------------- */

enum bx_finding_level {
    BX_FINDING_NOTE,
    BX_FINDING_WARNING,
    BX_FINDING_ERROR, /* nothing is written */
};

struct bx_findings; /* a list */
struct bx_finding;

int bx_findings_count(const struct bx_findings *list);

/* Needs   0 <= i < bx_findings_count(list). */
const struct bx_finding *bx_findings_at(const struct bx_findings *list, int i);

enum bx_finding_level bx_finding_level(const struct bx_finding *finding);
const char *bx_finding_code(const struct bx_finding *finding); /* "C4": docs/findings.md */
const char *
bx_finding_file(const struct bx_finding *finding); /* as named by the caller, or "" */
const char *
bx_finding_where(const struct bx_finding *finding);    /* JSON Pointer, a line, or "" */
int bx_finding_page(const struct bx_finding *finding); /* from 1; 0: no page known */
const char *bx_finding_zh(const struct bx_finding *finding);
const char *bx_finding_en(const struct bx_finding *finding);

/* --- Engine: layouts and fonts, shared by the reports of one thread. ----------------------- */

struct bx_engine_options {
    const char *layouts_dir; /* styles, forms, sections; NULL: those that came with banxin */
    const char *fonts_dir;   /* roles and lock; NULL: those that came with banxin */
    const char *office_fonts_dir; /* an office's own faces, which win; NULL: none */
    /* Where prepared faces lie, which save time and change nothing else; NULL: in banxin/faces of the
     * user's cache folder, then beside banxin's own data. "": they are not used. */
    const char *faces_dir;
    /* Whether a thread beside the caller's may compress while a PDF is written; it has ended when the
     * function returns, and changes no byte. For single reports on an idle machine. */
    bool has_helper;
};

struct bx_engine;

/* Notes   options may be NULL. Files are read when first needed, so this does not fail: whoever
 *         needs them first says what is wrong with them. */
struct bx_engine *bx_engine_new(const struct bx_engine_options *options);
void bx_engine_free(struct bx_engine *engine);

/* Who is asked and told while an engine works for its reports and verdicts. */
struct bx_watch {
    /* Whether the work is wanted no more: asked before each stage, block and page. Then the function
     * ends with CANCELLED, as every later one of that report or verdict does; nothing half done is
     * given. May be answered from a flag that another thread sets. NULL: it is always wanted. */
    bool (*is_cancelled)(void *context);
    /* Each finding, once, when the function that found it is about to return: in order, and with the
     * level it stays at. It lives until tell returns. NULL: nobody is told. */
    void (*tell)(void *context, const struct bx_finding *finding);
    void *context;
};

/* Holds from now on, until it is called again; NULL: nobody. */
void bx_engine_watch(struct bx_engine *engine, const struct bx_watch *watch);

/* What was found by the four functions below. */
const struct bx_findings *bx_engine_findings(const struct bx_engine *engine);

/* The forms of the layouts folder with the ids of their values, as text. */
enum bx_status bx_engine_forms(struct bx_engine *engine, bool in_chinese, struct bx_bytes *out);

/* The part of the JSON Schema that one form adds: NAME ("2021": its three tables) or NAME/SECTION
 * ("2021/review": the values of one).
 *
 * Fails   USAGE when there is no such form. */
enum bx_status
bx_engine_form_schema(struct bx_engine *engine, const char *name, struct bx_bytes *out);

/* Roles, the faces found for them, substitutions and coverage, as text. */
enum bx_status bx_engine_fonts(struct bx_engine *engine, bool in_chinese, struct bx_bytes *out);

/* Works out beforehand what reports ask of every face, and keeps it in faces_dir (when that is NULL, in
 * the user's cache folder); reports set later take less time. Faces that are prepared already are
 * left. Gives a line a face, as text. An engine that has its fonts open goes on without. */
enum bx_status
bx_engine_prepare_fonts(struct bx_engine *engine, bool in_chinese, struct bx_bytes *out);

/* --- Report --------------------------------------------------------------------------------- */

#define BX_BLEED_UM_MOST 20000

#define BX_SIGNATURE_FIELDS_MOST 12

struct bx_report_options {
    const char *style;    /* "gbt9704", a name in the layouts folder, or a path with a slash;
                                NULL: gbt9704 */
    const char *base_dir; /* where the images of the report lie; NULL: beside the file that
                                bx_report_read_file() reads, else nowhere */
    const char *profile;  /* "archive", "archive-2a", "archive-4f", "print"; NULL: archive */
    const char
        *output_intent; /* print: a file with the ICC profile of a CMYK printer, or NULL */
    int bleed_um; /* print: how far the sheet reaches beyond the page, 0 .. BX_BLEED_UM_MOST */
    bool has_crop_marks;     /* print */
    bool keep_punctuation;   /* print half-width marks as they are */
    bool allow_inconsistent; /* C1 to C4 are told and do not stop */
    bool is_draft;           /* so they are, and the style's word for a draft is on each page */
    bool is_strict;          /* warnings are errors */
    const char
        *straddle; /* a picture of a seal over the edges of all pages (骑缝章), or NULL */
    int signature_fields; /* empty ones over organ and date, 0 .. BX_SIGNATURE_FIELDS_MOST */
    bool has_date;        /* date_epoch is the date of the file instead of the signature's */
    long long date_epoch; /* seconds since 1970-01-01T00:00:00Z, 0 .. 253402300799 */
};

struct bx_report;

/* Notes   options may be NULL; texts are copied. */
struct bx_report *bx_report_new(struct bx_engine *engine,
                                const struct bx_report_options *options);
void bx_report_free(struct bx_report *report);

/* Everything found so far. The list grows with each function below; a pointer to a finding holds
 * until the next of them is called. */
const struct bx_findings *bx_report_findings(const struct bx_report *report);

/* DONE while no finding is an error, else the status of the first error by stage. */
enum bx_status bx_report_status(const struct bx_report *report);

/* Reads the model. `name` stands in the findings. A report is read once.
 *
 * Fails   READ, MODEL, LAYOUT. */
enum bx_status
bx_report_read(struct bx_report *report, const void *data, size_t len, const char *name);
enum bx_status bx_report_read_file(struct bx_report *report, const char *path); /* "-": stdin */

/* Last year's report, for check C6; before bx_report_check(). Only its errors are told. */
enum bx_status bx_report_read_previous(struct bx_report *report,
                                       const void *data,
                                       size_t len,
                                       const char *name);
enum bx_status bx_report_read_previous_file(struct bx_report *report, const char *path);

/* The cross-checks, once; a second call tells the same status. Nothing is drawn.
 *
 * Needs   a report that was read: else its status is told again. So below.
 * Fails   MODEL, and every error found before. */
enum bx_status bx_report_check(struct bx_report *report);

/* Checks, sets the lines and chooses the pages, once. An inconsistent report is set too, so that
 * all of its findings are told, but the status is that of the first error by stage.
 *
 * Fails   MODEL, LAYOUT, FONT, FIT. */
enum bx_status bx_report_typeset(struct bx_report *report);

/* The number of pages, 0 before bx_report_typeset() has succeeded. */
int bx_report_page_count(const struct bx_report *report);

/* The report as PDF. Typesets it if that was not done. *out is untouched on failure.
 *
 * Notes   PDF (error): each rule of the profile that is broken.
 * Fails   as bx_report_typeset(), USAGE for an option that the profile does not have, READ for
 *         the output intent, WRITE. */
enum bx_status bx_report_render(struct bx_report *report, struct bx_bytes *out);

/* The same, handed over in pieces, from the first byte to the last. The file is whole and checked
 * before the first piece: a report that fails gives not a byte.
 *
 * Fails   as bx_report_render(). WRITE: `write` said false; it is not called again. */
enum bx_status bx_report_render_to(struct bx_report *report,
                                   bool (*write)(void *context, const void *data, size_t len),
                                   void *context);

enum bx_picture {
    BX_PICTURE_PNG,
    BX_PICTURE_SVG,
};

#define BX_DPI_LEAST 18
#define BX_DPI_MOST  1200

/* One page as a picture.
 *
 * Needs   0 <= page < bx_report_page_count(); BX_DPI_LEAST <= dpi <= BX_DPI_MOST (PNG only). */
enum bx_status bx_report_preview(
    struct bx_report *report, int page, enum bx_picture kind, int dpi, struct bx_bytes *out);

enum bx_stage {
    BX_STAGE_MODEL,
    BX_STAGE_PLAN,
    BX_STAGE_PAGES,
    BX_STAGE_STRUCTURE, /* the tree of headings, paragraphs and tables */
    BX_STAGE_WHY,       /* why each page ends where it does */
    BX_STAGE_PDF,       /* what the file consists of, in bytes */
};

/* A stage's result as stable text: one thing a line, integers in 1/1024 pt.
 *
 * Notes   brings the report as far as the stage needs. */
enum bx_status
bx_report_dump(struct bx_report *report, enum bx_stage stage, struct bx_bytes *out);

/* The classes that decide where lines of Chinese break and how marks are spaced, as text: one range of
 * code points a line. The same for every report. */
void bx_dump_classes(struct bx_bytes *out);

/* Writes a file whole or not at all: a temporary file in the same folder is renamed, so an
 * existing file stays as it was when anything fails. "-" is standard output.
 *
 * Fails   WRITE. */
enum bx_status
bx_report_write_file(struct bx_report *report, const char *path, const struct bx_bytes *bytes);

/* --- Verifying: does a PDF still say what its model says, and was it changed? ---------------- */

enum bx_question {
    BX_QUESTION_MODEL,       /* is the attached model of the digest that stands beside it */
    BX_QUESTION_TEXT,        /* is the text, seen and read out, that of the model */
    BX_QUESTION_ATTACHMENTS, /* are the attached files what the model gives */
    BX_QUESTION_CHANGES,     /* was nothing added, hidden or changed */
    BX_QUESTION_PAGES,       /* do the pages look like those of the file written again */
    BX_QUESTION_BYTES,       /* is the file, byte for byte, the file written again */
    BX_QUESTION_COUNT,
};

enum bx_answer {
    BX_ANSWER_NOT_CHECKED,  /* there is nothing to hold it against */
    BX_ANSWER_NOT_POSSIBLE, /* a face, form, style or version of then is not at hand */
    BX_ANSWER_YES,
    BX_ANSWER_NO,
};

struct bx_verdict;

/* Notes   the engine's layouts and fonts are what the model is set with again. */
struct bx_verdict *bx_verdict_new(struct bx_engine *engine);
void bx_verdict_free(struct bx_verdict *verdict);

/* The model to hold a file against, for files that carry none; before bx_verdict_verify().
 *
 * Fails   READ. */
enum bx_status bx_verdict_read_model(struct bx_verdict *verdict,
                                     const void *data,
                                     size_t len,
                                     const char *name);
enum bx_status bx_verdict_read_model_file(struct bx_verdict *verdict, const char *path);

#define BX_TRUST_FILES_MOST      16
#define BX_REVOCATION_FILES_MOST 64

/* Certificates to trust, in PEM; before bx_verdict_verify(), at most BX_TRUST_FILES_MOST times. Without
 * any, nobody is asked whether he is trusted. */
void bx_verdict_trust_file(struct bx_verdict *verdict, const char *path);

/* CRLs beside those that the file holds; before bx_verdict_verify(), at most BX_REVOCATION_FILES_MOST
 * times. */
void bx_verdict_crl_file(struct bx_verdict *verdict, const char *path);

/* Verifies one file, once. What differs is among the findings, with page and place in the model.
 *
 * Gives   DONE when nothing failed; what is not checked or not possible does not count.
 * Fails   READ: no PDF. MODEL: the text differs from the model. SIGN: a change that is not
 *         allowed. LAYOUT, FONT: the engine's own data. */
enum bx_status
bx_verdict_verify(struct bx_verdict *verdict, const void *data, size_t len, const char *name);
enum bx_status bx_verdict_verify_file(struct bx_verdict *verdict, const char *path);

const struct bx_findings *bx_verdict_findings(const struct bx_verdict *verdict);
enum bx_answer bx_verdict_answer(const struct bx_verdict *verdict, enum bx_question question);

struct bx_signature_verdict {
    bool is_stamp; /* a document time-stamp: signer is its authority */
    const char *field, *signer;
    const char *level;   /* "B-B", "B-T", "B-LT", "B-LTA", or "" */
    const char *time;    /* claimed, as the PDF has it */
    const char *stamped; /* 2026-01-23T01:30:00Z, or "" without a time-stamp that holds */
    bool is_intact, is_trust_checked, is_trusted;
    bool is_stamp_trusted; /* by bx_verdict_trust_file() */
    bool is_revoked;
};

/* The signatures of the file, by what they cover, least first. */
int bx_verdict_signature_count(const struct bx_verdict *verdict);

/* Gives   true when nothing is wrong with it; why is among the findings. */
bool bx_verdict_signature(const struct bx_verdict *verdict,
                          int i,
                          struct bx_signature_verdict *out);

/* The verdict as one JSON object: docs/cli.md, "What verify reports". */
void bx_verdict_report(const struct bx_verdict *verdict, struct bx_bytes *out);

/* Writes it to a file as bx_report_write_file() does. Fails   WRITE. */
enum bx_status bx_verdict_write_report(struct bx_verdict *verdict, const char *path);

/* --- Signing: one more revision with a signature; the bytes before it stay. ------------------ */

enum bx_signing_level {
    BX_SIGNING_B,   /* PAdES B-B: the signature itself */
    BX_SIGNING_T,   /* B-T: with a time-stamp */
    BX_SIGNING_LT,  /* B-LT: with all that validation needs */
    BX_SIGNING_LTA, /* B-LTA: with a document time-stamp over it */
};

#define BX_SEAL_DIAMETER_UM      42000 /* the usual seal of an office */
#define BX_SEAL_DIAMETER_UM_MOST 200000

/* Texts are borrowed until bx_signing_free(). */
struct bx_signing_options {
    const char *key;         /* file: PKCS#12, or PEM */
    const char *certificate; /* PEM; NULL with PKCS#12 */
    const char *pkcs11;      /* a PKCS#11 module instead of the key's file, or NULL */
    const char *token_label, *key_label; /* with pkcs11 */
    const char *chain;                   /* PEM: the certificates above it, or NULL */
    /* Writes the PIN and a zero; false when there is none. Called only for a key that is locked.
     * Whoever writes it there wipes his own copy. NULL: there is no PIN. */
    bool (*ask_pin)(void *context, char *pin, size_t size);
    void *ask_context;
    enum bx_signing_level level;
    const char *tsa;            /* URL of the time-stamping authority, from BX_SIGNING_T on */
    const char *const *crls;    /* files with CRLs, from BX_SIGNING_LT on */
    const char *const *ocsps;   /* files with an OCSP answer, the same */
    const char *const *trusted; /* PEM files: whom authority and signer must lead to, or none */
    int crl_count, ocsp_count, trusted_count;
    const char *field; /* NULL: the first empty one, else a new, invisible one */
    const char *reason, *location;
    const char *seal;      /* a picture that is seen in the field, or NULL */
    int seal_diameter_um;  /* 0 .. BX_SEAL_DIAMETER_UM_MOST; 0: BX_SEAL_DIAMETER_UM */
    bool is_certification; /* nothing but signing existing fields is allowed from then on */
    long long time;   /* claimed time, seconds since 1970-01-01T00:00:00Z: no clock is read */
    int zone_minutes; /* how it is written: minutes east of Greenwich */
    const char
        *hash; /* in two steps: "sha256", "sha384", "sm3"; NULL: what fits the certificate */
};

struct bx_signing;

struct bx_signing *bx_signing_new(const struct bx_signing_options *options);
void bx_signing_free(struct bx_signing *signing);
const struct bx_findings *bx_signing_findings(const struct bx_signing *signing);

/* Signs a PDF. `name` stands in the findings. *out is untouched on failure.
 *
 * Notes   A network is used from BX_SIGNING_T on, to ask the authority and for nothing else.
 * Fails   READ: the file or the key cannot be read. SIGN: the key cannot sign, the file does not
 *         allow it, the authority gives no time-stamp that holds, revocation data are missing.
 *         WRITE. */
enum bx_status bx_signing_sign(struct bx_signing *signing,
                               const void *data,
                               size_t len,
                               const char *name,
                               struct bx_bytes *out);
enum bx_status
bx_signing_sign_file(struct bx_signing *signing, const char *path, const char *out_path);

/* In two steps, for a key that is elsewhere: docs/signing.md. Nothing is kept between them but what the
 * caller keeps. */

#define BX_SIGNING_DIGEST_SIZE 129

struct bx_signing_prepared {
    struct bx_bytes pdf;        /* with room for a signature */
    struct bx_bytes attributes; /* what is signed, in DER; empty when not asked for */
    char document[BX_SIGNING_DIGEST_SIZE]; /* the document's digest, in hexadecimal digits */
    char to_sign[BX_SIGNING_DIGEST_SIZE];  /* what a device signs; "" without attributes */
};

void bx_signing_prepared_fini(struct bx_signing_prepared *prepared);

/* The first step. Of the options, the key is not looked at, and the level only for the room that it takes; the
 * certificate is needed for attributes.
 *
 * Gives   *out, untouched on failure.
 * Fails   as bx_signing_sign(); USAGE for a digest that is not for the key. */
enum bx_status bx_signing_prepare(struct bx_signing *signing,
                                  const void *data,
                                  size_t len,
                                  const char *name,
                                  bool has_attributes,
                                  struct bx_signing_prepared *out);

/* Writes the files too, both or none; attributes_path may be NULL. */
enum bx_status bx_signing_prepare_file(struct bx_signing *signing,
                                       const char *path,
                                       const char *out_path,
                                       const char *attributes_path,
                                       struct bx_signing_prepared *out);

/* What came back: a CMS object in DER; or a signature with the attributes it is of. */
struct bx_signing_answer {
    struct bx_bytes cms, signature, attributes; /* borrowed; data NULL when not given */
};
struct bx_signing_answer_files {
    const char *cms, *signature, *attributes; /* paths or NULL */
};

/* The second step: puts it into the prepared file. Of the options, certificate, chain and
 * all that concerns the level are looked at.
 *
 * Gives   *out, which bx_verdict_verify() calls intact; untouched on failure.
 * Fails   SIGN: the file is not prepared, or was changed; the answer is none to it. READ. USAGE. */
enum bx_status bx_signing_finish(struct bx_signing *signing,
                                 const void *data,
                                 size_t len,
                                 const char *name,
                                 const struct bx_signing_answer *answer,
                                 struct bx_bytes *out);
enum bx_status bx_signing_finish_file(struct bx_signing *signing,
                                      const char *path,
                                      const char *out_path,
                                      const struct bx_signing_answer_files *files);

/* Where the time went. */
enum bx_phase {
    BX_PHASE_LAYOUTS,
    BX_PHASE_FONTS,
    BX_PHASE_MODEL,
    BX_PHASE_PLAN,
    BX_PHASE_PAGES,
    BX_PHASE_SUBSET,
    BX_PHASE_COMPRESS,
    BX_PHASE_WRITE,
    BX_PHASE_COUNT,
};

const char *bx_phase_name(enum bx_phase phase); /* "layouts" */
double bx_report_phase_ms(const struct bx_report *report, enum bx_phase phase);

/* --- Batch: many reports, on several threads. ---------------------------------------------- */

#define BX_BATCH_NAME "{year}/{organ}.pdf"

struct bx_batch_options {
    const char *const *inputs; /* each a file, a folder (its *.json, in byte order), "@LIST" (a
                                  path a line) or "-" (a report a line) */
    int input_count;
    const char *folder; /* where the PDF files go; made when it is missing */
    const char *name;   /* of a PDF below it; NULL: BX_BATCH_NAME */
    const char
        *manifest; /* NULL: manifest.jsonl in the folder, of a shard manifest-I-of-N.jsonl */
    const char
        *previous;    /* path of last year's reports with {organ} and {year}, their own year;
                             NULL: none */
    int thread_count; /* 0: one a processor */
    int shard, shard_count; /* 0 <= shard < shard_count; 0 of 0: all reports */
    bool is_resumed;        /* what the manifest has with the same input and output stays */
    bool is_fail_fast;      /* begin no report after one has failed */
    bool is_synced; /* wait for the disk, so that a crash of the machine loses no more than
                               one of the program */
    struct bx_engine_options engine; /* of every thread's engine */
    struct bx_report_options report;
};

struct bx_batch;

/* One report that is over. Everything in it lives until the call it is told with returns. */
struct bx_batch_item {
    int index;          /* among the reports of the shard, by input order, from 0 */
    const char *input;  /* its path; "-:3" is the third line of standard input */
    const char *output; /* path of its PDF; NULL when it could not be named */
    enum bx_status status;
    const struct bx_report *report; /* NULL: it was there already */
};

/* Needs   options with a folder; everything in them is copied. */
struct bx_batch *bx_batch_new(const struct bx_batch_options *options);
void bx_batch_free(struct bx_batch *batch);

/* Reads year and organ of all inputs, and decides which reports are this shard's and what their
 * files are called. Once; nothing is written.
 *
 * Fails   USAGE when two reports have one name or an output would replace an input; READ when a
 *         folder or list cannot be read. A single report that cannot be read fails when its turn
 *         comes. */
enum bx_status bx_batch_plan(struct bx_batch *batch);

/* What was found by bx_batch_plan() and bx_batch_run() about the batch as a whole. */
const struct bx_findings *bx_batch_findings(const struct bx_batch *batch);

int bx_batch_count(const struct bx_batch *batch); /* reports in this shard */
int bx_batch_total(const struct bx_batch *batch); /* in all shards */

/* Sets the reports, once. `tell`, which may be NULL, is called for each as soon as it is over, in
 * any order and from any thread, but never twice at a time.
 *
 * Gives   the status of the first report, by input order, that failed; DONE without one.
 * Fails   WRITE, READ, USAGE when the manifest cannot be used, and then no report was begun. */
enum bx_status bx_batch_run(struct bx_batch *batch,
                            void (*tell)(void *data, const struct bx_batch_item *item),
                            void *data);

/* Begins no more reports; those begun are finished. May be called from any thread. */
void bx_batch_cancel(struct bx_batch *batch);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif

#endif
