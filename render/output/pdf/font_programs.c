/* The font programs of a file, compressed beside everything else.
 *
 * They are two thirds of what is to be compressed, and known before the first page is written. Where
 * the caller allows a second thread it compresses them while this one writes pages and structure; the
 * programs are put at the file's end, so its bytes do not depend on which thread was faster, nor on
 * whether there was one. */
#include "output/pdf/fonts.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include <libdeflate.h>

/* In outlines almost nothing repeats: libdeflate's level 1 takes half the time of 6 and leaves 1/80
 * more. */
#define LEVEL 1

static void compress_programs(struct bx_pdf_fonts *fonts)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    assert(compressor);
    for (int i = 0; i < fonts->face_count; i++) {
        const struct bx_buf *program = &fonts->faces[i].subset.program;
        struct bx_buf *to = &fonts->faces[i].deflated;
        bx_buf_add_zeroes(to, libdeflate_zlib_compress_bound(compressor, program->len));
        to->len = libdeflate_zlib_compress(compressor, program->data, program->len, to->data,
                                           to->len);
        assert(to->len > 0);
    }
    libdeflate_free_compressor(compressor);
}

static void *run_helper(void *fonts)
{
    compress_programs(fonts);
    return NULL;
}

/* The caller's signals stay the caller's: the thread is started with all of them blocked. */
static bool start_helper(struct bx_pdf_fonts *fonts)
{
    sigset_t all, before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_BLOCK, &all, &before) != 0)
        return false;
    bool is_started = pthread_create(&fonts->helper, NULL, run_helper, fonts) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return is_started;
}

void bx_pdf_fonts_compress(struct bx_pdf_fonts *fonts, bool has_helper)
{
    fonts->is_helped = has_helper && start_helper(fonts);
    if (!fonts->is_helped)
        compress_programs(fonts);
}

void bx_pdf_fonts_wait(struct bx_pdf_fonts *fonts)
{
    if (fonts->is_helped)
        pthread_join(fonts->helper, NULL);
    fonts->is_helped = false;
}

void bx_pdf_fonts_write_programs(struct bx_pdf_fonts *fonts, struct bx_pdf_objects *objects)
{
    bx_pdf_fonts_wait(fonts);
    for (int i = 0; i < fonts->face_count; i++) {
        const struct bx_pdf_face *face = &fonts->faces[i];
        char entries[64] = "/Subtype/CIDFontType0C";
        if (!face->subset.is_cff)
            snprintf(entries, sizeof(entries), "/Length1 %zu", face->subset.program.len);
        bx_pdf_add_deflated(objects, face->program, entries, &face->deflated,
                            face->subset.program.len);
    }
}
