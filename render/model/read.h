/* What the parts of the model's reader share. Inside model/ only. */
#ifndef BX_READ_H
#define BX_READ_H

#include "model/json.h"
#include "model/model.h"

struct bx_reader {
    struct bx_arena *arena; /* of the model */
    struct bx_arena *scratch;
    struct bx_model *model;
    const struct bx_model_options *options;
    struct bx_findings *findings;
    struct bx_err *err; /* of what ends the reading: a layout file that is not valid */
};

/* A field of an object, as report-model.md lists them. */
struct bx_field {
    const char *name;
    bool is_required;
};

/* ---- findings ---- */

/* zh and en are copied; `where` is a JSON Pointer. Everything here is of stage MODEL. */
void bx_read_report(struct bx_reader *reader,
                    enum bx_level level,
                    const char *code,
                    const char *where,
                    const char *zh,
                    const char *en);

/* An error at a value. */
void bx_read_error(struct bx_reader *reader,
                   const char *code,
                   const struct bx_json *value,
                   const char *zh,
                   const char *en);

/* A warning that something is empty. */
void bx_read_empty(struct bx_reader *reader,
                   const struct bx_json *value,
                   const char *zh,
                   const char *en);

const char *bx_read_where(struct bx_reader *reader, const struct bx_json *value);

/* ---- kinds ---- */

/* False, with an error, when the value is not of the kind. */
bool bx_read_kind(struct bx_reader *reader,
                  const struct bx_json *value,
                  enum bx_json_kind kind);

/* Whether the value is an object; reports unknown and missing fields. */
bool bx_read_fields(struct bx_reader *reader,
                    const struct bx_json *value,
                    const struct bx_field *fields,
                    int field_count);

/* Reports every key that an object of the tree has twice. */
void bx_read_duplicates(struct bx_reader *reader, const struct bx_json *root);

enum bx_string_rule {
    BX_STRING_LINE,  /* no control characters */
    BX_STRING_LINES, /* '\n' is a line break */
    BX_STRING_NAME,  /* a line with something on it */
};

/* The text of a string, as written, in the model's arena; NULL, with an error, when it breaks the rule. */
const char *
bx_read_string(struct bx_reader *reader, const struct bx_json *value, enum bx_string_rule rule);

/* A whole number from least to most; false, with an error, otherwise. A number written 2019.0 is
 * whole, as it is to JSON Schema. */
bool bx_read_whole(
    struct bx_reader *reader, const struct bx_json *value, int least, int most, int *out);

/* The index of the string among the names; -1, with an error, when it is none of them. */
int bx_read_choice(struct bx_reader *reader,
                   const struct bx_json *value,
                   const char *const *names,
                   int name_count);

/* ---- texts ---- */

/* A string, read by the rule and normalised; NULL after an error. */
const char *
bx_read_line(struct bx_reader *reader, const struct bx_json *value, enum bx_string_rule rule);

/* T of report-model.md: a string, or an array of strings and spans. False after an error. */
bool bx_read_text(struct bx_reader *reader, const struct bx_json *value, struct bx_text *out);

/* Whether nothing but spaces is in it. */
bool bx_text_is_blank(const struct bx_text *text);

/* ---- parts ---- */

void bx_read_blocks(struct bx_reader *reader,
                    const struct bx_json *value,
                    struct bx_blocks *out);

/* Gives   *out, or NULL after an error. */
void bx_read_plain_table(struct bx_reader *reader,
                         const struct bx_json *value,
                         struct bx_plain_table **out);

/* Gives   *out, or NULL after an error. */
void bx_read_chart(struct bx_reader *reader,
                   const struct bx_json *value,
                   struct bx_chart **out);

void bx_read_values(struct bx_reader *reader,
                    const struct bx_json *value,
                    struct bx_section *section);

void bx_read_signature(struct bx_reader *reader, const struct bx_json *value);

/* The path of an image inside the report's folder; NULL after an error. */
const char *bx_read_path(struct bx_reader *reader, const struct bx_json *value);

/* "40%" as 1/1000, or with has_mm "120mm" as micrometres, both above 0. */
bool bx_read_measure(const char *text, bool has_mm, int *um, int *per_1000);

/* 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, half-width brackets included; else 0.
 * Source  GB/T 9704-2012 7.3.3. */
int bx_heading_level(const char *text);

/* `format` with {organ}, {year}, {month} and {day} filled in. */
const char *bx_read_fill(struct bx_reader *reader,
                         const char *format,
                         const char *organ,
                         int year,
                         int month,
                         int day);

#endif
