#include "layout/words.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

enum {
    FILE_MOST = 1 << 20,
    WORD_MOST = 60, /* bytes: twenty Han */
};

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_words(struct bx_words *words, int *capacity, const char *line)
{
    while (*line && *line != '#') {
        size_t len = strcspn(line, " \t\r#");
        if (len > 0) {
            if (words->count == *capacity)
                words->items = bx_arena_grow(&words->arena, words->items, words->count,
                                             capacity, sizeof(*words->items));
            words->items[words->count++] = bx_arena_strndup(&words->arena, line, len);
        }
        line += len;
        line += strspn(line, " \t\r");
    }
}

bool bx_words_read(struct bx_words **out, const char *layouts_dir, struct bx_err *err)
{
    struct bx_buf path = {0}, file = {0};
    bx_buf_printf(&path, "%s/words.txt", layouts_dir);
    struct bx_err read_err = {0};
    bool is_read = bx_file_read(&file, path.data, FILE_MOST, &read_err);
    if (!is_read)
        bx_fail(err, BX_E_LAYOUT, path.data, "", "%s", read_err.what);
    else if (bx_utf8_valid_len(file.data ? file.data : "", file.len) != file.len)
        is_read = bx_fail(err, BX_E_LAYOUT, path.data, "", "the list of words is not UTF-8");
    bx_buf_fini(&path);
    if (!is_read) {
        bx_buf_fini(&file);
        return false;
    }

    struct bx_words *words = calloc(1, sizeof(*words));
    assert(words);
    int capacity = 0;
    for (char *line = file.data; line;) {
        char *end = strchr(line, '\n');
        if (end)
            *end = '\0';
        add_words(words, &capacity, line);
        line = end ? end + 1 : NULL;
    }
    bx_buf_fini(&file);
    if (words->count > 0)
        qsort(words->items, (size_t)words->count, sizeof(*words->items), compare_words);
    *out = words;
    return true;
}

void bx_words_free(struct bx_words *words)
{
    if (!words)
        return;
    bx_arena_fini(&words->arena);
    free(words);
}

static bool has_word(const struct bx_words *words, const char *text, size_t len)
{
    int low = 0, high = words->count - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        const char *word = words->items[middle];
        int order = strncmp(text, word, len);
        if (order == 0 && word[len] == '\0')
            return true;
        if (order > 0)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return false;
}

int bx_words_match(const struct bx_words *words, const char *text, int len)
{
    int longest = 0;
    for (int at = 0; at < len && at < WORD_MOST;) {
        bx_utf8_next(text, &at);
        if (has_word(words, text, (size_t)at))
            longest = at;
    }
    return longest;
}
