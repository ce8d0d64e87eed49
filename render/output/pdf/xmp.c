#include "output/pdf/tree.h"

#include <string.h>

/* The XMP packet: what the file is, who issues it, what it conforms to (ISO 19005-3 6.6).
 *
 * It is the one stream that stays uncompressed, so that a search finds it. Its only writer is this
 * file: a template with the report's texts put in. */

static void add_xml(struct bx_buf *to, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '&')
            bx_buf_add_text(to, "&amp;");
        else if (*p == '<')
            bx_buf_add_text(to, "&lt;");
        else if (*p == '>')
            bx_buf_add_text(to, "&gt;");
        else if (*p == '"')
            bx_buf_add_text(to, "&quot;");
        else
            bx_buf_add_byte(to, *p);
    }
}

/* A simple property is an attribute of its description: the shortest of RDF's forms. */
static void add_property(struct bx_buf *to, const char *name, const char *text)
{
    bx_buf_printf(to, "\n %s=\"", name);
    add_xml(to, text);
    bx_buf_add_byte(to, '"');
}

/* `kind` is Alt, Seq or Bag. */
static void add_list(struct bx_buf *to,
                     const char *name,
                     const char *kind,
                     const char *attribute,
                     const char *text)
{
    bx_buf_printf(to, "<%s><rdf:%s><rdf:li%s>", name, kind, attribute);
    add_xml(to, text);
    bx_buf_printf(to, "</rdf:li></rdf:%s></%s>\n", kind, name);
}

/* Properties that XMP does not predefine are described in the file itself (ISO 19005-2 6.6.2.3). */
static void add_schema(struct bx_buf *to)
{
    bx_buf_add_text(
        to,
        "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
        "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
        "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
        "<pdfaProperty:name>part</pdfaProperty:name>\n"
        "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
        "<pdfaProperty:category>internal</pdfaProperty:category>\n"
        "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>\n"
        "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
        "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n");
}

int bx_pdf_write_metadata(struct bx_pdf *pdf)
{
    const struct bx_meta *meta = &pdf->pages->meta;
    const char *date = pdf->options->date;
    struct bx_buf xmp = {0}, *to = &xmp;
    bx_buf_add_text(to, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                        "<rdf:Description rdf:about=\"\"\n"
                        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
                        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
                        " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n"
                        " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
                        " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
                        " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"");
    add_property(to, "pdfaid:part", "3");
    add_property(to, "pdfaid:conformance", "A");
    add_property(to, "pdfuaid:part", "1");
    add_property(to, "pdf:Producer", pdf->options->producer);
    if (date) {
        add_property(to, "xmp:CreateDate", date);
        add_property(to, "xmp:ModifyDate", date);
    }
    bx_buf_add_text(to, ">\n");
    add_list(to, "dc:title", "Alt", " xml:lang=\"x-default\"", meta->title);
    add_list(to, "dc:creator", "Seq", "", meta->organ);
    add_list(to, "dc:language", "Bag", "", meta->language);
    if (date)
        add_list(to, "dc:date", "Seq", "", date);
    add_schema(to);
    bx_buf_add_text(to, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");

    int number = bx_pdf_new_object(&pdf->objects);
    bx_pdf_add_stream(&pdf->objects, number, "/Type/Metadata/Subtype/XML", xmp.data, xmp.len,
                      BX_PDF_PLAIN);
    bx_buf_fini(&xmp);
    return number;
}

bool bx_pdf_add_date(struct bx_buf *to, const char *iso)
{
    static const char form[] = "dddd-dd-ddTdd:dd:dd";
    size_t len = sizeof(form) - 1;
    char digits[16] = "";
    int count = 0;
    for (size_t i = 0; i < len; i++) {
        bool is_digit = iso[i] >= '0' && iso[i] <= '9';
        if (form[i] == 'd' ? !is_digit : iso[i] != form[i])
            return false;
        if (is_digit)
            digits[count++] = iso[i];
    }
    const char *zone = iso + len;
    if (strcmp(zone, "Z") == 0) {
        bx_buf_printf(to, "(D:%sZ)", digits);
        return true;
    }
    if (strlen(zone) != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' ||
        strspn(zone + 1, "0123456789") != 2 || strspn(zone + 4, "0123456789") != 2)
        return false;
    bx_buf_printf(to, "(D:%s%.3s'%s')", digits, zone, zone + 4);
    return true;
}
