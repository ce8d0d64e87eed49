#include "image/image_work.h"

#include <glib.h>
#include <libxml/xmlreader.h>
#include <string.h>

/* An SVG that needs something from outside is refused rather than drawn without it: a report must
 * not lose a part of its picture in silence. librsvg opens nothing on its own when it is given no
 * address to start from, so this look is what tells the user, and the second of two locks.
 *
 * Pixels inside an SVG are decoded by whatever librsvg uses. So only PNG and JPEG may stand there,
 * and what their heads claim is counted before they are decoded. */

enum {
    DATA_IMAGES_PIXELS_MOST = BX_IMAGE_PIXELS_MOST,
};

struct look {
    struct bx_image_reader *reader;
    int64_t pixels; /* of all images inside */
};

static bool fail_outside(const struct look *look, const char *what)
{
    return bx_image_fail(look->reader, "SVG 引用了文件以外的内容",
                         "the SVG refers to something outside itself", what);
}

/* A reference that is cut to what fits in a message. */
static bool fail_reference(const struct look *look, const char *reference)
{
    enum {
        SHOWN = 60
    };
    char *valid = g_utf8_make_valid(reference, -1);
    char *shown = g_utf8_substring(
        valid, 0, g_utf8_strlen(valid, -1) < SHOWN ? g_utf8_strlen(valid, -1) : SHOWN);
    fail_outside(look, shown);
    g_free(shown);
    g_free(valid);
    return false;
}

static bool has_prefix(const char *text, const char *prefix)
{
    return g_ascii_strncasecmp(text, prefix, strlen(prefix)) == 0;
}

static bool find_sides(int64_t *width, int64_t *height, const unsigned char *data, size_t len)
{
    struct bx_jpeg_head head;
    if (bx_png_sides(width, height, data, len))
        return true;
    if (len < 3 || memcmp(data, "\xFF\xD8\xFF", 3) != 0 || !bx_jpeg_head_read(&head, data, len))
        return false;
    *width = head.width;
    *height = head.height;
    return true;
}

/* data:image/png;base64,... */
static bool check_data(struct look *look, const char *reference)
{
    static const char *const kinds[] = {"data:image/png;base64,", "data:image/jpeg;base64,",
                                        "data:image/jpg;base64,"};
    const char *packed = NULL;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (has_prefix(reference, kinds[i]))
            packed = reference + strlen(kinds[i]);
    size_t len = 0;
    unsigned char *data = packed ? g_base64_decode(packed, &len) : NULL;
    int64_t width = 0, height = 0;
    bool is_known = data && find_sides(&width, &height, data, len);
    g_free(data);
    if (!is_known)
        return bx_image_fail(look->reader, "SVG 内嵌的图片不是 PNG 或 JPEG",
                             "an image inside the SVG is no PNG or JPEG", NULL);
    if (!bx_image_check_sides(look->reader, width, height))
        return false;
    look->pixels += width * height;
    if (look->pixels > DATA_IMAGES_PIXELS_MOST)
        return bx_image_fail(look->reader, "SVG 内嵌的图片像素太多",
                             "the images inside the SVG have too many pixels", NULL);
    return true;
}

static bool check_reference(struct look *look, const char *reference)
{
    reference += strspn(reference, " \t\r\n");
    if (*reference == '#' || *reference == '\0')
        return true;
    return has_prefix(reference, "data:") ? check_data(look, reference)
                                          : fail_reference(look, reference);
}

/* url(#name) in a property; anything else in the brackets lies outside. */
static bool check_urls(struct look *look, const char *text)
{
    for (const char *at = strstr(text, "url("); at; at = strstr(at, "url(")) {
        at += strlen("url(");
        const char *target = at + strspn(at, " \t\r\n\"'");
        if (*target != '#')
            return fail_reference(look, target);
    }
    return true;
}

/* What a link points to is not part of the picture. */
static bool
check_attribute(struct look *look, bool is_link, const char *name, const char *value)
{
    if (strcmp(name, "href") == 0 || strcmp(name, "src") == 0)
        return is_link || check_reference(look, value);
    return check_urls(look, value);
}

static bool check_element(struct look *look, xmlTextReaderPtr xml)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(xml);
    if (xmlTextReaderDepth(xml) == 0 && strcmp(name, "svg") != 0)
        return bx_image_fail(look->reader, "不是 PNG、JPEG 或 SVG", "it is no PNG, JPEG or SVG",
                             NULL);
    if (strcmp(name, "include") == 0)
        return fail_outside(look, "include");
    bool is_link = strcmp(name, "a") == 0, is_sound = true;
    while (is_sound && xmlTextReaderMoveToNextAttribute(xml) == 1)
        is_sound =
            check_attribute(look, is_link, (const char *)xmlTextReaderConstLocalName(xml),
                            (const char *)xmlTextReaderConstValue(xml));
    xmlTextReaderMoveToElement(xml);
    return is_sound;
}

static bool check_node(struct look *look, xmlTextReaderPtr xml)
{
    int type = xmlTextReaderNodeType(xml);
    if (type == XML_READER_TYPE_ELEMENT)
        return check_element(look, xml);
    if (type == XML_READER_TYPE_ENTITY_REFERENCE) /* may hold elements nobody looked at */
        return bx_image_fail(look->reader, "SVG 的正文中有实体引用",
                             "the SVG has an entity between its elements", NULL);
    if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA) {
        const char *text = (const char *)xmlTextReaderConstValue(xml);
        return !text || !strstr(text, "@import") || fail_outside(look, "@import");
    }
    return true;
}

/* What is wrong with the XML is told in one sentence of ours. */
static void ignore(void *data, xmlErrorPtr error)
{
    (void)data;
    (void)error;
}

static bool check_nodes(struct look *look, xmlTextReaderPtr xml)
{
    int more = xmlTextReaderRead(xml);
    bool is_sound = true;
    while (is_sound && more == 1) {
        is_sound = check_node(look, xml);
        more = is_sound ? xmlTextReaderRead(xml) : 0;
    }
    if (is_sound && more != 0)
        return bx_image_fail(look->reader, "SVG 不是合格的 XML",
                             "the SVG is no well-formed XML", NULL);
    return is_sound;
}

/* Some of libxml2's complaints ask for no reader's handler, but for the thread's. */
bool bx_svg_xml_check(struct bx_image_reader *reader)
{
    struct look look = {.reader = reader};
    xmlStructuredErrorFunc before = xmlStructuredError;
    void *before_data = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, ignore);
    xmlTextReaderPtr xml =
        xmlReaderForMemory((const char *)reader->data, (int)reader->len, NULL, NULL,
                           XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    bool is_sound = xml ? check_nodes(&look, xml)
                        : bx_image_fail(reader, "SVG 读不了", "the SVG cannot be read", NULL);
    xmlFreeTextReader(xml);
    xmlSetStructuredErrorFunc(before_data, before);
    return is_sound;
}
