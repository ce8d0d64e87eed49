/* Faces by name, through a fontconfig configuration of our own.
 *
 * Names are compared here and not by FcFontMatch(), which always answers with something. The
 * machine's own configuration is never read, so none of its rules can change a face. */
#include "font/catalog.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <fontconfig/fontconfig.h>

#define REGULAR 400

struct bx_catalog {
    FcConfig *config;
    FcFontSet *faces; /* of the configuration; NULL when there are none */
};

bool bx_catalog_new(struct bx_catalog **out,
                    const char *fonts_dir,
                    const char *folder,
                    struct bx_err *err)
{
    struct bx_arena names = {0};
    const char *conf = bx_arena_printf(&names, "%s/fonts.conf", fonts_dir);
    FcConfig *config = FcConfigCreate();
    if (!config) {
        bx_fail(err, BX_E_READ, conf, "", "fontconfig gave no configuration");
        goto fail_config;
    }
    if (access(conf, R_OK) != 0 ||
        !FcConfigParseAndLoad(config, (const FcChar8 *)conf, FcTrue)) {
        bx_fail(err, BX_E_READ, conf, "", "cannot be read as a fontconfig file");
        goto fail_load;
    }
    if (folder && (access(folder, R_OK | X_OK) != 0 ||
                   !FcConfigAppFontAddDir(config, (const FcChar8 *)folder))) {
        bx_fail(err, BX_E_READ, folder, "", "is not a folder that can be read");
        goto fail_load;
    }
    if (!folder && !FcConfigBuildFonts(config)) {
        bx_fail(err, BX_E_READ, conf, "", "fontconfig cannot list the faces");
        goto fail_load;
    }
    bx_arena_fini(&names);

    struct bx_catalog *catalog = calloc(1, sizeof(*catalog));
    if (!catalog)
        abort();
    catalog->config = config;
    catalog->faces = FcConfigGetFonts(config, folder ? FcSetApplication : FcSetSystem);
    *out = catalog;
    return true;

fail_load:
    FcConfigDestroy(config);
fail_config:
    bx_arena_fini(&names);
    return false;
}

void bx_catalog_free(struct bx_catalog *catalog)
{
    if (!catalog)
        return;
    FcConfigDestroy(catalog->config);
    free(catalog);
}

static bool has_name(FcPattern *face, const char *property, const char *name)
{
    FcChar8 *text;
    for (int i = 0; FcPatternGetString(face, property, i, &text) == FcResultMatch; i++)
        if (FcStrCmpIgnoreCase(text, (const FcChar8 *)name) == 0)
            return true;
    return false;
}

static int find_integer(FcPattern *face, const char *property, int otherwise)
{
    int value;
    return FcPatternGetInteger(face, property, 0, &value) == FcResultMatch ? value : otherwise;
}

/* How far a face is from what was asked for; -1 when it is another face. */
static int distance(FcPattern *face, const char *name, int weight)
{
    FcBool is_variable = FcFalse;
    FcPatternGetBool(face, FC_VARIABLE, 0, &is_variable);
    if (is_variable || find_integer(face, FC_INDEX, -1) < 0 ||
        find_integer(face, FC_INDEX, 0) > 0xFFFF) /* an instance of a variable face */
        return -1;

    bool is_exact =
        has_name(face, FC_POSTSCRIPT_NAME, name) || has_name(face, FC_FULLNAME, name);
    if (!is_exact && !has_name(face, FC_FAMILY, name))
        return -1;
    if (is_exact && weight == 0)
        return 0;
    int wanted = FcWeightFromOpenType(weight == 0 ? REGULAR : weight);
    int slant = find_integer(face, FC_SLANT, FC_SLANT_ROMAN);
    return 1 + abs(find_integer(face, FC_WEIGHT, FC_WEIGHT_REGULAR) - wanted) +
           (slant == FC_SLANT_ROMAN ? 0 : 1000);
}

/* The order of equally good faces, so that it is not the file system's. */
static bool comes_before(FcPattern *a, FcPattern *b)
{
    FcChar8 *path_a, *path_b;
    if (FcPatternGetString(a, FC_FILE, 0, &path_a) != FcResultMatch ||
        FcPatternGetString(b, FC_FILE, 0, &path_b) != FcResultMatch)
        return false;
    int order = strcmp((const char *)path_a, (const char *)path_b);
    return order < 0 ||
           (order == 0 && find_integer(a, FC_INDEX, 0) < find_integer(b, FC_INDEX, 0));
}

bool bx_catalog_find(struct bx_catalog_face *out,
                     struct bx_arena *arena,
                     const struct bx_catalog *catalog,
                     const char *name,
                     int weight)
{
    FcPattern *best = NULL;
    int least = 0;
    for (int i = 0; catalog->faces && i < catalog->faces->nfont; i++) {
        FcPattern *face = catalog->faces->fonts[i];
        int far = distance(face, name, weight);
        if (far >= 0 && (!best || far < least || (far == least && comes_before(face, best)))) {
            best = face;
            least = far;
        }
    }
    FcChar8 *path, *postscript;
    if (!best || FcPatternGetString(best, FC_FILE, 0, &path) != FcResultMatch)
        return false;
    if (FcPatternGetString(best, FC_POSTSCRIPT_NAME, 0, &postscript) != FcResultMatch)
        postscript = (FcChar8 *)"";
    out->path = bx_arena_strndup(arena, (const char *)path, strlen((const char *)path));
    out->index = find_integer(best, FC_INDEX, 0);
    out->postscript =
        bx_arena_strndup(arena, (const char *)postscript, strlen((const char *)postscript));
    return true;
}
