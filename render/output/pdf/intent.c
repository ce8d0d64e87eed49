#include "output/pdf/intent.h"

#include <string.h>

/* Without a printer's profile the colours are sRGB's. A printer's own has no name that a registry
 * knows: it is called by the description that it carries. */

enum { /* bytes of an ICC profile's header */
    HEADER_LEN = 128,
    VERSION_AT = 8,
    CLASS_AT = 12,
    SPACE_AT = 16,
    SIGNATURE_AT = 36,
    NEWEST_VERSION = 4,
};

static uint32_t read_32(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

bool bx_pdf_is_printer(const void *icc, size_t len)
{
    const unsigned char *bytes = icc;
    return len > HEADER_LEN && read_32(bytes) == len && bytes[VERSION_AT] <= NEWEST_VERSION &&
           memcmp(bytes + CLASS_AT, "prtr", 4) == 0 &&
           memcmp(bytes + SPACE_AT, "CMYK", 4) == 0 &&
           memcmp(bytes + SIGNATURE_AT, "acsp", 4) == 0;
}

void bx_pdf_add_intent(struct bx_buf *to, const struct bx_pdf *pdf, int profile)
{
    bx_buf_printf(to, "/OutputIntents[<</Type/OutputIntent/S/%s", pdf->profile->intent);
    if (pdf->options->intent)
        bx_buf_add_text(to, "/OutputConditionIdentifier(Custom)"
                            "/Info(CMYK, as the embedded profile says)");
    else
        bx_buf_add_text(to, "/OutputConditionIdentifier(sRGB IEC61966-2.1)"
                            "/Info(sRGB IEC61966-2.1)");
    bx_buf_printf(to, "/DestOutputProfile %d 0 R>>]", profile);
}
