/* A revision: what is appended to a PDF file. Every byte before it stays (ISO 32000-2 7.5.6). */
#ifndef BX_SIGN_REVISION_H
#define BX_SIGN_REVISION_H

#include "base/buf.h"
#include "sign/source.h"

struct bx_written {
    int number, generation;
    size_t at;
};

/* Shape  written in the order of writing.
 * Holds  out begins with the file as it was. */
struct bx_revision {
    struct bx_source *source; /* borrowed; its file outlives the revision */
    struct bx_buf out;
    struct bx_written *written;
    int written_count, written_capacity;
    int next; /* free object number */
    struct bx_arena arena;
};

/* What a rewritten dictionary says of a key; value NULL removes it. */
struct bx_change {
    const char *key; /* without its slash */
    const char *value;
};

void bx_revision_init(struct bx_revision *revision, struct bx_source *source);
void bx_revision_fini(struct bx_revision *revision);

/* A new object's number. */
int bx_revision_new(struct bx_revision *revision);

/* Opens an object: a new one, or one whose value is replaced. The value is written to the buffer it
 * gives. */
struct bx_buf *bx_revision_begin(struct bx_revision *revision, int number);
void bx_revision_end(struct bx_revision *revision);

/* A dictionary with some keys changed; all others stay as they stand. */
void bx_revision_add_changed(struct bx_buf *to,
                             const struct bx_value *dict,
                             const struct bx_change *changes,
                             int change_count);

/* "12 0 R", with the generation the file has for it. In the arena. */
const char *bx_revision_ref(struct bx_revision *revision, int number);

/* Writes the cross-reference, in the kind of the file's own, and the trailer. The second part of the
 * file's identifier is a digest of everything before it. */
void bx_revision_finish(struct bx_revision *revision);

/* A text string: as it is when ASCII, else UTF-16. Source  ISO 32000-2 7.9.2.2. */
void bx_add_pdf_text(struct bx_buf *to, const char *utf8);

/* Bytes as a string of hexadecimal digits. */
void bx_add_pdf_hex(struct bx_buf *to, const void *bytes, size_t len);

#endif
