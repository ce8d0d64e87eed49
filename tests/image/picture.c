#include "picture.h"

#include <lcms2.h>
#include <libdeflate.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"

void picture_init(struct picture *p, const char *name)
{
    *p = (struct picture){0};
    char path[512];
    snprintf(path, sizeof(path), BX_TESTS_DIR "/image/files/%s", name);
    struct bx_buf buf = {0};
    if (!bx_file_read(&buf, path, 1 << 20, &p->err))
        fail_msg("%s: %s", path, p->err.what);
    p->data = malloc(buf.len);
    assert_non_null(p->data);
    memcpy(p->data, buf.data, buf.len);
    p->len = buf.len;
    bx_buf_fini(&buf);
    p->request = (struct bx_image_request){
        .path = "picture",
        .where = "/sections/overview/body/0",
        .space = {.area_w = bx_len_from_um(156000), .most_h = bx_len_from_um(225000)},
    };
}

void picture_fini(struct picture *p)
{
    bx_arena_fini(&p->arena);
    bx_findings_fini(&p->findings);
    free(p->data);
}

static void insert(struct picture *p, size_t at, const void *bytes, size_t len)
{
    unsigned char *data = malloc(p->len + len);
    assert_non_null(data);
    memcpy(data, p->data, at);
    memcpy(data + at, bytes, len);
    memcpy(data + at + len, p->data + at, p->len - at);
    free(p->data);
    p->data = data;
    p->len += len;
}

static void put_u32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

void picture_add_chunk(struct picture *p, const char *type, const void *data, size_t len)
{
    enum {
        BEHIND_IHDR = 33
    };
    unsigned char *chunk = malloc(len + 12);
    assert_non_null(chunk);
    put_u32(chunk, (uint32_t)len);
    memcpy(chunk + 4, type, 4);
    memcpy(chunk + 8, data, len);
    put_u32(chunk + 8 + len, libdeflate_crc32(0, chunk + 4, len + 4));
    insert(p, BEHIND_IHDR, chunk, len + 12);
    free(chunk);
}

void picture_add_iccp(struct picture *p, const void *profile, size_t len)
{
    struct libdeflate_compressor *packer = libdeflate_alloc_compressor(6);
    size_t most = libdeflate_zlib_compress_bound(packer, len);
    unsigned char *chunk = malloc(most + 6);
    assert_non_null(chunk);
    memcpy(chunk, "icc\0\0", 5);
    size_t packed = libdeflate_zlib_compress(packer, profile, len, chunk + 5, most);
    assert_true(packed > 0);
    picture_add_chunk(p, "iCCP", chunk, packed + 5);
    free(chunk);
    libdeflate_free_compressor(packer);
}

void picture_add_segment(struct picture *p, int marker, const void *data, size_t len)
{
    unsigned char *segment = malloc(len + 4);
    assert_non_null(segment);
    segment[0] = 0xFF;
    segment[1] = (unsigned char)marker;
    segment[2] = (unsigned char)((len + 2) >> 8);
    segment[3] = (unsigned char)(len + 2);
    memcpy(segment + 4, data, len);
    insert(p, 2, segment, len + 4);
    free(segment);
}

void picture_make_tiff(unsigned char tiff[PICTURE_TIFF_LEN], int orientation, bool is_little)
{
    static const unsigned char big[PICTURE_TIFF_LEN] = {'M', 'M',  0,    42, 0, 0, 0, 8, 0,
                                                        1,   0x01, 0x12, 0,  3, 0, 0, 0, 1};
    static const unsigned char little[PICTURE_TIFF_LEN] = {'I', 'I',  42,   0, 8, 0, 0, 0, 1,
                                                           0,   0x12, 0x01, 3, 0, 1, 0, 0, 0};
    memcpy(tiff, is_little ? little : big, PICTURE_TIFF_LEN);
    tiff[is_little ? 18 : 19] = (unsigned char)orientation;
}

bool picture_read_part(struct picture *p, size_t len)
{
    bx_arena_fini(&p->arena);
    bx_findings_fini(&p->findings);
    p->findings = (struct bx_findings){0};
    p->err = (struct bx_err){0};
    p->image = NULL;
    unsigned char *part = malloc(len > 0 ? len : 1);
    assert_non_null(part);
    memcpy(part, p->data, len);
    bool is_read =
        bx_image_read(&p->image, &p->arena, part, len, &p->request, &p->findings, &p->err);
    free(part);
    assert_true(is_read == (p->err.code == BX_OK));
    assert_true(is_read == (p->image != NULL));
    assert_int_equal(picture_count(p, BX_LEVEL_ERROR), is_read ? 0 : 1);
    return is_read;
}

bool picture_read(struct picture *p)
{
    return picture_read_part(p, p->len);
}

int picture_at(const struct picture *p, int x, int y, int component)
{
    const struct bx_image *image = p->image;
    const unsigned char *data = image->data;
    assert_false(image->is_jpeg);
    assert_in_range(x, 0, image->width - 1);
    assert_in_range(y, 0, image->height - 1);
    assert_in_range(component, 0, image->components - 1);
    return data[(y * image->width + x) * image->components + component];
}

int picture_count(const struct picture *p, enum bx_level level)
{
    int count = 0;
    for (int i = 0; i < p->findings.count; i++) {
        const struct bx_finding *item = &p->findings.items[i];
        assert_string_equal(item->code, "IMAGE");
        assert_string_equal(item->where, p->request.where);
        count += item->level == level;
    }
    return count;
}

static void *save(cmsHPROFILE profile, size_t *len)
{
    cmsUInt32Number size = 0;
    assert_non_null(profile);
    assert_true(cmsSaveProfileToMem(profile, NULL, &size));
    void *data = malloc(size);
    assert_non_null(data);
    assert_true(cmsSaveProfileToMem(profile, data, &size));
    cmsCloseProfile(profile);
    *len = size;
    return data;
}

void *picture_profile_srgb(size_t *len)
{
    return save(cmsCreate_sRGBProfile(), len);
}

void *picture_profile_swapped(size_t *len)
{
    const cmsCIExyY white = {0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE primaries = {{0.30, 0.60, 1}, {0.64, 0.33, 1}, {0.15, 0.06, 1}};
    const cmsFloat64Number parameters[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cmsToneCurve *curve = cmsBuildParametricToneCurve(NULL, 4, parameters);
    cmsToneCurve *curves[] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
    cmsFreeToneCurve(curve);
    return save(profile, len);
}

/* Lab of 16 bits: light falls with black, no colour. */
static cmsInt32Number
sample_black(const cmsUInt16Number in[], cmsUInt16Number out[], void *cargo)
{
    (void)cargo;
    out[0] = (cmsUInt16Number)(0xFFFF - in[3]);
    out[1] = out[2] = 0x8080;
    return 1;
}

void *picture_profile_black_only(size_t *len)
{
    cmsHPROFILE profile = cmsCreateProfilePlaceholder(NULL);
    cmsSetProfileVersion(profile, 4.3);
    cmsSetDeviceClass(profile, cmsSigOutputClass);
    cmsSetColorSpace(profile, cmsSigCmykData);
    cmsSetPCS(profile, cmsSigLabData);
    cmsPipeline *pipeline = cmsPipelineAlloc(NULL, 4, 3);
    cmsStage *table = cmsStageAllocCLut16bit(NULL, 2, 4, 3, NULL);
    cmsToneCurve *line = cmsBuildGamma(NULL, 1.0);
    cmsToneCurve *in[] = {line, line, line, line}, *out[] = {line, line, line};
    assert_true(cmsStageSampleCLut16bit(table, sample_black, NULL, 0));
    assert_true(
        cmsPipelineInsertStage(pipeline, cmsAT_END, cmsStageAllocToneCurves(NULL, 4, in)));
    assert_true(cmsPipelineInsertStage(pipeline, cmsAT_END, table));
    assert_true(
        cmsPipelineInsertStage(pipeline, cmsAT_END, cmsStageAllocToneCurves(NULL, 3, out)));
    assert_true(cmsWriteTag(profile, cmsSigAToB0Tag, pipeline));
    assert_true(cmsWriteTag(profile, cmsSigAToB1Tag, pipeline));
    cmsPipelineFree(pipeline);
    cmsFreeToneCurve(line);
    return save(profile, len);
}
