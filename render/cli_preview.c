/* The pages as picture files: page-%d.png becomes page-1.png, page-2.png ...
 *
 * The user's pattern never reaches printf: "%d", "%3d" and "%03d" are read here, "%%" is a percent
 * sign and anything else behind one is refused. All pictures are drawn before the first file is
 * written, so an error leaves the old files as they were. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Holds  at most one number. */
struct pattern {
    const char *text;
    int number_count;
    bool is_valid;
};

/* Reads one "%..." at text; gives its length, 0 when it is none of ours. */
static int read_place(const char *text, int *width, bool *has_zeros)
{
    int len = 1;
    *width = 0;
    *has_zeros = text[len] == '0';
    while ('0' <= text[len] && text[len] <= '9' && len < 4)
        *width = *width * 10 + (text[len++] - '0');
    return text[len] == 'd' && *width <= 9 ? len + 1 : 0;
}

static struct pattern read_pattern(const char *text)
{
    struct pattern pattern = {.text = text, .is_valid = true};
    for (const char *at = text; *at;) {
        int width;
        bool has_zeros;
        int len = at[0] != '%' ? 1 : at[1] == '%' ? 2 : read_place(at, &width, &has_zeros);
        if (len == 0) {
            pattern.is_valid = false;
            return pattern;
        }
        pattern.number_count += at[0] == '%' && at[1] != '%';
        at += len;
    }
    pattern.is_valid = pattern.number_count <= 1;
    return pattern;
}

/* The file name of a page, from malloc. */
static char *make_name(const struct pattern *pattern, int page)
{
    size_t size = strlen(pattern->text) + 16;
    char *name = malloc(size);
    if (!name)
        abort();
    size_t used = 0;
    for (const char *at = pattern->text; *at;) {
        int width, len = 1;
        bool has_zeros;
        if (at[0] == '%' && at[1] == '%') {
            name[used++] = '%';
            len = 2;
        } else if (at[0] == '%') {
            len = read_place(at, &width, &has_zeros);
            used += (size_t)snprintf(name + used, size - used, has_zeros ? "%0*d" : "%*d",
                                     width, page);
        } else {
            name[used++] = *at;
        }
        at += len;
    }
    name[used] = '\0';
    return name;
}

static enum bx_picture find_kind(const char *name)
{
    size_t len = strlen(name);
    return len >= 4 && strcasecmp(name + len - 4, ".svg") == 0 ? BX_PICTURE_SVG
                                                               : BX_PICTURE_PNG;
}

static enum bx_status draw_pages(struct bx_report *report,
                                 const struct bx_cli_request *request,
                                 struct bx_bytes *pictures,
                                 int count)
{
    enum bx_picture kind = find_kind(request->output);
    for (int i = 0; i < count; i++) {
        enum bx_status status = bx_report_preview(report, i, kind, request->dpi, &pictures[i]);
        if (status != BX_STATUS_DONE)
            return status;
    }
    return BX_STATUS_DONE;
}

static enum bx_status write_pages(struct bx_report *report,
                                  const struct pattern *pattern,
                                  const struct bx_bytes *pictures,
                                  int count)
{
    for (int i = 0; i < count; i++) {
        char *name = make_name(pattern, i + 1);
        enum bx_status status = bx_report_write_file(report, name, &pictures[i]);
        free(name);
        if (status != BX_STATUS_DONE)
            return status;
    }
    return BX_STATUS_DONE;
}

enum bx_status bx_cli_preview(struct bx_report *report, const struct bx_cli_request *request)
{
    struct pattern pattern = read_pattern(request->output);
    if (!pattern.is_valid) {
        bx_cli_tell_usage_of(&request->voice, "文件名里只能有一处 %d（或 %02d）：%s",
                             "the name may hold one %d (or %02d) and no other percent sign: %s",
                             request->output);
        return BX_STATUS_USAGE;
    }
    enum bx_status status = bx_report_typeset(report);
    if (status != BX_STATUS_DONE)
        return status;
    int count = bx_report_page_count(report);
    if (count > 1 && pattern.number_count == 0) {
        bx_cli_tell_usage_of(&request->voice, "报告不止一页，文件名里要写 %d：%s",
                             "there are several pages: the name needs a %d: %s",
                             request->output);
        return BX_STATUS_USAGE;
    }
    struct bx_bytes *pictures = calloc((size_t)count, sizeof(*pictures));
    if (!pictures)
        abort();
    status = draw_pages(report, request, pictures, count);
    if (status == BX_STATUS_DONE)
        status = write_pages(report, &pattern, pictures, count);
    for (int i = 0; i < count; i++)
        bx_bytes_fini(&pictures[i]);
    free(pictures);
    return status;
}
