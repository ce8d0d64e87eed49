/* The font programs of a file, compressed beside everything else.
 *
 * They are two thirds of what is to be compressed. Where the caller allows a second thread, it compresses
 * each as soon as its subset is made, while this one makes the next and writes pages and structure; what
 * it has not begun by then, this one takes. The programs are put at the file's end, so its bytes do not
 * depend on which thread was faster, nor on whether there was one. */
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

#define HEAD 256 /* bytes of a stream besides its data, about */

/* The next program to compress; waits as long as more are to be made. -1: none is left. */
static int take_program(struct bx_pdf_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    while (queue->begun == queue->made && queue->made < queue->count)
        pthread_cond_wait(&queue->changed, &queue->lock);
    int number = queue->begun < queue->made ? queue->begun++ : -1;
    pthread_mutex_unlock(&queue->lock);
    return number;
}

/* Until none is left: the work of either thread. */
static void compress_programs(struct bx_pdf_fonts *fonts)
{
    struct libdeflate_compressor *compressor = NULL;
    for (int i; (i = take_program(&fonts->queue)) >= 0;) {
        if (!compressor)
            compressor = libdeflate_alloc_compressor(LEVEL);
        assert(compressor);
        struct bx_pdf_face *face = &fonts->faces[i];
        const struct bx_buf *program = &face->subset.program;
        if (!face->is_kept)
            bx_pdf_deflate(&face->deflated, compressor, program->data, program->len);
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
    bool is_started = pthread_create(&fonts->queue.helper, NULL, run_helper, fonts) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return is_started;
}

void bx_pdf_queue_open(struct bx_pdf_fonts *fonts, bool has_helper)
{
    struct bx_pdf_queue *queue = &fonts->queue;
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->changed, NULL);
    queue->is_open = true;
    queue->count = fonts->face_count;
    queue->is_helped = has_helper && start_helper(fonts);
}

/* Of `count` programs, `made` are there to be compressed. */
static void move(struct bx_pdf_queue *queue, int made, int count)
{
    pthread_mutex_lock(&queue->lock);
    queue->made = made;
    queue->count = count;
    pthread_cond_signal(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
}

void bx_pdf_queue_add(struct bx_pdf_fonts *fonts, int made)
{
    move(&fonts->queue, made, fonts->face_count);
}

void bx_pdf_queue_close(struct bx_pdf_fonts *fonts)
{
    struct bx_pdf_queue *queue = &fonts->queue;
    if (!queue->is_open)
        return;
    if (queue->is_helped) {
        move(queue, 0, 0);
        pthread_join(queue->helper, NULL);
    }
    pthread_cond_destroy(&queue->changed);
    pthread_mutex_destroy(&queue->lock);
    *queue = (struct bx_pdf_queue){0};
}

void bx_pdf_fonts_write_programs(struct bx_pdf_fonts *fonts, struct bx_pdf_objects *objects)
{
    compress_programs(fonts);
    bx_pdf_queue_close(fonts);
    size_t total = 0;
    for (int i = 0; i < fonts->face_count; i++)
        total += fonts->faces[i].deflated.len + HEAD;
    bx_buf_reserve(objects->out, total);
    for (int i = 0; i < fonts->face_count; i++) {
        const struct bx_pdf_face *face = &fonts->faces[i];
        char entries[64] = "/Subtype/CIDFontType0C";
        if (!face->subset.is_cff)
            snprintf(entries, sizeof(entries), "/Length1 %zu", face->subset.program.len);
        bx_pdf_add_deflated(objects, face->program, entries, &face->deflated,
                            face->subset.program.len);
    }
}
