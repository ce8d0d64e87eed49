/* Sets a report as PDF with libbanxin and says what was found.
 *
 *     report REPORT.json OUT.pdf
 *
 * Built by CMakeLists.txt beside it, or with pkg-config:
 *
 *     cc report.c -o report $(pkg-config --cflags --libs banxin) */
#include <banxin.h>
#include <stdio.h>

#if BX_VERSION_NUMBER < 100
#error "banxin 0.1 or newer"
#endif

/* Each finding, as soon as it is known. */
static void tell(void *context, const struct bx_finding *finding)
{
    static const char *const levels[] = {"note", "warning", "error"};
    (void)context;
    fprintf(stderr, "%s %s %s: %s\n", levels[bx_finding_level(finding)],
            bx_finding_code(finding), bx_finding_where(finding), bx_finding_en(finding));
}

/* The PDF comes in pieces, whole and checked before the first of them. */
static bool write_piece(void *out, const void *data, size_t len)
{
    return fwrite(data, 1, len, out) == len;
}

static enum bx_status render(struct bx_engine *engine, const char *path, FILE *out)
{
    struct bx_report *report = bx_report_new(engine, NULL);
    bx_report_read_file(report, path);
    enum bx_status status = bx_report_render_to(report, write_piece, out);
    bx_report_free(report);
    return status;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return BX_STATUS_USAGE;
    FILE *out = fopen(argv[2], "wb");
    if (!out)
        return BX_STATUS_WRITE;
    struct bx_engine *engine = bx_engine_new(NULL); /* serves many reports, one after another */
    bx_engine_watch(engine, &(struct bx_watch){.tell = tell});
    enum bx_status status = render(engine, argv[1], out);
    bx_engine_free(engine);
    if (fclose(out) != 0 && status == BX_STATUS_DONE)
        status = BX_STATUS_WRITE;
    if (status != BX_STATUS_DONE)
        remove(argv[2]);
    return (int)status;
}
