#include "image/image_work.h"

#include <assert.h>
#include <lcms2.h>
#include <stdlib.h>

/* Colours through Little CMS, to sRGB or to gray of sRGB's curve.
 *
 * Most profiles that travel with pictures are some maker's copy of sRGB. Names tell little and the
 * copies differ in their bytes, so a profile is judged by what it does: where no colour of a coarse
 * grid moves by more than two steps of 255 it is taken for sRGB, and the file stays as it is. */

enum {
    STEPS_SAME = 2,
    GRID = 6, /* levels a component that are tried */
    GRID_STEP = 255 / (GRID - 1),
    PRIMARIES_ONE = 100000,
    GAMMA_SRGB = 45455, /* what many programs write for sRGB */
    GAMMA_SLACK = GAMMA_SRGB / 20,
    GAMMA_LEAST = PRIMARIES_ONE / 10, /* a curve steeper than that is a broken file */
    GAMMA_MOST = PRIMARIES_ONE * 10,
};

/* IEC 61966-2-1:1999, formula (7): the curve as Little CMS takes it. */
static cmsToneCurve *make_srgb_curve(void)
{
    const cmsFloat64Number parameters[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    return cmsBuildParametricToneCurve(NULL, 4, parameters);
}

static cmsHPROFILE make_gray(cmsToneCurve *curve)
{
    if (!curve)
        return NULL;
    cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), curve);
    cmsFreeToneCurve(curve);
    return profile;
}

static cmsHPROFILE make_target(int components)
{
    return components == 1 ? make_gray(make_srgb_curve()) : cmsCreate_sRGBProfile();
}

static cmsToneCurve *make_curve(const struct bx_icc *icc)
{
    bool is_srgb = icc->gamma == 0 || (icc->gamma >= GAMMA_SRGB - GAMMA_SLACK &&
                                       icc->gamma <= GAMMA_SRGB + GAMMA_SLACK);
    return is_srgb ? make_srgb_curve()
                   : cmsBuildGamma(NULL, (cmsFloat64Number)PRIMARIES_ONE / icc->gamma);
}

static cmsCIExyY make_point(const struct bx_icc *icc, int i)
{
    return (cmsCIExyY){(cmsFloat64Number)icc->primaries[i] / PRIMARIES_ONE,
                       (cmsFloat64Number)icc->primaries[i + 1] / PRIMARIES_ONE, 1};
}

/* Whether the numbers can be those of a light: PNG lets any 32 bits stand there. */
static bool is_sound(const struct bx_icc *icc)
{
    if (icc->gamma != 0 && (icc->gamma < GAMMA_LEAST || icc->gamma > GAMMA_MOST))
        return false;
    for (int i = 0; icc->has_primaries && i < 8; i++)
        if (icc->primaries[i] > PRIMARIES_ONE || (i % 2 == 1 && icc->primaries[i] == 0))
            return false;
    return true;
}

/* From PNG's gAMA and cHRM. Primaries that are missing are those of sRGB (ITU-R BT.709). */
static cmsHPROFILE make_from_curve(const struct bx_icc *icc, int components)
{
    if (!is_sound(icc))
        return NULL;
    if (components == 1)
        return make_gray(make_curve(icc));
    cmsCIExyY white = {0.3127, 0.3290, 1};
    cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
    if (icc->has_primaries) {
        white = make_point(icc, 0);
        primaries =
            (cmsCIExyYTRIPLE){make_point(icc, 2), make_point(icc, 4), make_point(icc, 6)};
    }
    cmsToneCurve *curve = make_curve(icc);
    cmsToneCurve *curves[] = {curve, curve, curve};
    cmsHPROFILE profile = curve ? cmsCreateRGBProfile(&white, &primaries, curves) : NULL;
    cmsFreeToneCurve(curve);
    return profile;
}

static cmsHPROFILE open_source(const struct bx_icc *icc, int components)
{
    if (!icc->data)
        return make_from_curve(icc, components);
    cmsHPROFILE profile = cmsOpenProfileFromMem(icc->data, (cmsUInt32Number)icc->len);
    if (!profile)
        return NULL;
    const cmsColorSpaceSignature wanted = components == 1   ? cmsSigGrayData
                                          : components == 3 ? cmsSigRgbData
                                                            : cmsSigCmykData;
    if (cmsGetColorSpace(profile) == wanted)
        return profile;
    cmsCloseProfile(profile);
    return NULL;
}

static cmsUInt32Number source_format(const struct bx_icc *icc, int components, bool has_alpha)
{
    cmsUInt32Number extra = EXTRA_SH((cmsUInt32Number)has_alpha);
    if (components == 4)
        return extra | (icc->is_cmyk_inverted ? TYPE_CMYK_8_REV : TYPE_CMYK_8);
    return extra | (components == 1 ? TYPE_GRAY_8 : TYPE_RGB_8);
}

/* NULL where the profile cannot be used for such an image. */
static cmsHTRANSFORM make_transform(const struct bx_icc *icc, int components, bool has_alpha)
{
    cmsHPROFILE from = open_source(icc, components), to = make_target(components);
    cmsUInt32Number target =
        EXTRA_SH((cmsUInt32Number)has_alpha) | (components == 1 ? TYPE_GRAY_8 : TYPE_RGB_8);
    cmsHTRANSFORM transform = NULL;
    if (from && to)
        transform = cmsCreateTransform(from, source_format(icc, components, has_alpha), to,
                                       target, INTENT_RELATIVE_COLORIMETRIC,
                                       cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_COPY_ALPHA);
    if (from)
        cmsCloseProfile(from);
    if (to)
        cmsCloseProfile(to);
    return transform;
}

static bool is_same(cmsHTRANSFORM transform, int components)
{
    unsigned char from[GRID * GRID * GRID * 3], to[sizeof(from)];
    int count = 0;
    for (int i = 0; i < GRID * GRID * GRID; i++) {
        from[count++] = (unsigned char)(components == 1 ? i : i % GRID * GRID_STEP);
        if (components == 1)
            continue;
        from[count++] = (unsigned char)(i / GRID % GRID * GRID_STEP);
        from[count++] = (unsigned char)(i / GRID / GRID * GRID_STEP);
    }
    cmsDoTransform(transform, from, to, (cmsUInt32Number)(count / components));
    for (int i = 0; i < count; i++)
        if (abs(from[i] - to[i]) > STEPS_SAME)
            return false;
    return true;
}

enum bx_icc_kind bx_icc_look(const struct bx_icc *icc, int components)
{
    bool says_nothing = !icc->data && icc->gamma == 0 && !icc->has_primaries;
    if (says_nothing)
        return components == 4 ? BX_ICC_OTHER : BX_ICC_SAME;
    cmsHTRANSFORM transform = make_transform(icc, components, false);
    if (!transform)
        return BX_ICC_UNFIT;
    bool same = components != 4 && is_same(transform, components);
    cmsDeleteTransform(transform);
    return same ? BX_ICC_SAME : BX_ICC_OTHER;
}

/* Without a profile CMYK has no meaning of its own; this is what screens have always shown. */
static void convert_plainly(const struct bx_pixels *pixels, bool is_inverted, unsigned char *to)
{
    size_t count = (size_t)pixels->width * (size_t)pixels->height;
    const unsigned char *from = pixels->samples;
    for (size_t i = 0; i < count; i++, from += 4) {
        int white = is_inverted ? from[3] : 255 - from[3];
        for (int c = 0; c < 3; c++) {
            int light = is_inverted ? from[c] : 255 - from[c];
            *to++ = (unsigned char)((light * white + 127) / 255);
        }
    }
}

void bx_icc_convert(struct bx_pixels *pixels,
                    const struct bx_icc *icc,
                    struct bx_arena *scratch)
{
    bool is_cmyk = pixels->components == 4;
    assert(!is_cmyk || !pixels->has_alpha);
    size_t count = (size_t)pixels->width * (size_t)pixels->height;
    unsigned char *to = is_cmyk ? bx_arena_alloc(scratch, count, 3) : pixels->samples;
    if (is_cmyk && !icc->data) {
        convert_plainly(pixels, icc->is_cmyk_inverted, to);
    } else {
        cmsHTRANSFORM transform = make_transform(icc, pixels->components, pixels->has_alpha);
        assert(transform); /* bx_icc_look() made the same one */
        cmsDoTransform(transform, pixels->samples, to, (cmsUInt32Number)count);
        cmsDeleteTransform(transform);
    }
    pixels->samples = to;
    pixels->components = is_cmyk ? 3 : pixels->components;
}

void bx_icc_make_encoding(unsigned char table[BX_LIGHT_COUNT])
{
    cmsToneCurve *curve = cmsBuildGamma(NULL, (cmsFloat64Number)GAMMA_SRGB / PRIMARIES_ONE);
    assert(curve);
    for (int i = 0; i < BX_LIGHT_COUNT; i++) {
        cmsFloat32Number light = (cmsFloat32Number)i / (BX_LIGHT_COUNT - 1);
        table[i] = (unsigned char)(cmsEvalToneCurveFloat(curve, light) * 255 + 0.5F);
    }
    cmsFreeToneCurve(curve);
}
