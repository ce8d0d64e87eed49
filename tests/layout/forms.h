/* What the tests of layouts share. */
#ifndef BX_TESTS_LAYOUT_FORMS_H
#define BX_TESTS_LAYOUT_FORMS_H

#include "base/buf.h"
#include "layout/form.h"
#include "layout/xml_read.h"

#define LAYOUTS BX_SOURCE_DIR "/layouts"
#define EXTRA   BX_TESTS_DIR "/layouts-extra"

/* Reads a file of the project or fails the test. The caller frees it. */
struct bx_buf forms_load(const char *path);

/* Reads forms/EDITION/SECTION.xml or fails the test. */
struct bx_form *forms_read(const char *edition, const char *section);

/* The text with the first `from` in it replaced; fails the test when there is none. */
struct bx_buf forms_edit(const char *text, const char *from, const char *to);

/* The number of the line on which `needle` first starts. */
int forms_line_of(const char *text, const char *needle);

#endif
