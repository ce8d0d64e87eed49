/* Makes srgb.icc, the output intent of every file with colour.
 *
 * Run by hand, once; the result is kept beside it. The profile is data and not made at run time,
 * since lcms2 writes the clock into a new profile's header. Here the date is put back to a fixed
 * one before the profile is saved, and the profile's identifier is left zero, which the
 * specification allows (ICC.1:2010 7.2.18). Version 4.2 is what ISO 32000-1 table 67 names for
 * PDF 1.7; parametric curves make it 596 bytes where a version 2 profile has 3 kB of tables.
 *
 *     cc make_srgb.c -o make_srgb $(pkg-config --cflags --libs lcms2) && ./make_srgb srgb.icc */
#include <stdio.h>
#include <string.h>

#include <lcms2.h>

/* ICC.1:2010 7.2.7: six numbers of 16 bits, big endian, at byte 24 of the header. */
static const unsigned char FIXED_DATE[12] = {2020 >> 8, 2020 & 0xFF, 0, 1, 0, 1,
                                             0,         0,           0, 0, 0, 0};

/* The two texts a reader shows, so that they do not depend on the version of lcms2. */
static int set_texts(cmsHPROFILE profile)
{
    cmsMLU *name = cmsMLUalloc(NULL, 1);
    cmsMLU *rights = cmsMLUalloc(NULL, 1);
    int ok = name && rights && cmsMLUsetASCII(name, "en", "US", "sRGB IEC61966-2.1") &&
             cmsMLUsetASCII(rights, "en", "US", "No copyright, use freely") &&
             cmsWriteTag(profile, cmsSigProfileDescriptionTag, name) &&
             cmsWriteTag(profile, cmsSigCopyrightTag, rights);
    cmsMLUfree(name);
    cmsMLUfree(rights);
    return ok;
}

int main(int argc, char **argv)
{
    static unsigned char bytes[65536];
    cmsUInt32Number len = 0;
    cmsHPROFILE profile = cmsCreate_sRGBProfile();
    if (argc != 2 || !profile || !set_texts(profile))
        return 1;
    cmsSetProfileVersion(profile, 4.2);
    if (!cmsSaveProfileToMem(profile, NULL, &len) || len > sizeof(bytes) ||
        !cmsSaveProfileToMem(profile, bytes, &len))
        return 1;
    memcpy(bytes + 24, FIXED_DATE, sizeof(FIXED_DATE));

    FILE *file = fopen(argv[1], "wb");
    int ok = file && fwrite(bytes, 1, len, file) == len;
    if (file && fclose(file) != 0)
        ok = 0;
    cmsCloseProfile(profile);
    return ok ? 0 : 1;
}
