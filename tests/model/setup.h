/* The project's own forms and sections, and reports read with them. */
#ifndef BX_TEST_SETUP_H
#define BX_TEST_SETUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "model/model.h"

struct setup {
    struct bx_form_set forms;
    struct bx_sections *sections;
    struct bx_findings findings;
    struct bx_err err;
};

void setup_init(struct setup *setup);
void setup_fini(struct setup *setup);

/* A file of the tests' folder, "model/base.json"; zero-terminated, to be freed with free(). */
char *setup_load(const char *name);

/* A copy of text with one stretch, which must stand in it once, replaced; to be freed. */
char *setup_replace(const char *text, const char *old, const char *by);

/* Reads a report after forgetting all findings; NULL when the reading failed. */
struct bx_model *setup_read(struct setup *setup, const char *text, bool keep_punctuation);

/* Reads a report that has no errors. */
struct bx_model *setup_read_good(struct setup *setup, const char *text);

/* The findings of a code, or of every code but PUN: "error TYPE /year\n". To be freed. */
char *setup_list(const struct setup *setup, const char *code);

#endif
