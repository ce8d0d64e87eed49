#include "output/pdf/tree.h"

#include <string.h>

/* The XMP packet: what the file is, who issues it, what it conforms to, what it was made with
 * (ISO 19005-3 6.6).
 *
 * It is the one stream that stays uncompressed, so that a search finds it; so it is written in
 * RDF's shortest forms: simple properties and fields are attributes. Its only writer is this
 * file: a template with the report's texts put in. */

#define UA_URI     "http://www.aiim.org/pdfua/ns/id/"
#define RECORD_URI "urn:banxin:record#"

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

static void add_property(struct bx_buf *to, const char *name, const char *text)
{
    bx_buf_printf(to, " %s=\"", name);
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

static void add_records(struct bx_buf *to, const struct bx_pdf_options *options)
{
    for (int i = 0; i < options->record_count; i++) {
        const struct bx_pdf_record *record = &options->records[i];
        if (record->count == 0)
            continue;
        bx_buf_printf(to, "<banxin:%s><rdf:Bag>\n", record->name);
        for (int k = 0; k < record->count; k++) {
            bx_buf_add_text(to, "<rdf:li>");
            add_xml(to, record->values[k]);
            bx_buf_add_text(to, "</rdf:li>\n");
        }
        bx_buf_printf(to, "</rdf:Bag></banxin:%s>\n", record->name);
    }
}

static void
begin_schema(struct bx_buf *to, const char *name, const char *uri, const char *prefix)
{
    bx_buf_printf(to,
                  "<rdf:li><rdf:Description pdfaSchema:schema=\"%s\" "
                  "pdfaSchema:namespaceURI=\"%s\" pdfaSchema:prefix=\"%s\">"
                  "<pdfaSchema:property><rdf:Seq>\n",
                  name, uri, prefix);
}

static void describe_property(struct bx_buf *to,
                              const char *name,
                              const char *type,
                              const char *category,
                              const char *description)
{
    bx_buf_printf(to,
                  "<rdf:li pdfaProperty:name=\"%s\" pdfaProperty:valueType=\"%s\" "
                  "pdfaProperty:category=\"%s\" pdfaProperty:description=\"%s\"/>\n",
                  name, type, category, description);
}

static void end_schema(struct bx_buf *to)
{
    bx_buf_add_text(to, "</rdf:Seq></pdfaSchema:property></rdf:Description></rdf:li>\n");
}

/* Properties that XMP does not predefine are described in the file itself (ISO 19005-2 6.6.2.3). */
static void add_schemas(struct bx_buf *to, const struct bx_pdf_options *options)
{
    bx_buf_add_text(to, "<pdfaExtension:schemas><rdf:Bag>\n");
    begin_schema(to, "PDF/UA", UA_URI, "pdfuaid");
    describe_property(to, "part", "Integer", "internal", "Part of ISO 14289");
    end_schema(to);
    if (options->record_count > 0)
        begin_schema(to, "Banxin", RECORD_URI, "banxin");
    for (int i = 0; i < options->record_count; i++)
        describe_property(to, options->records[i].name, "bag Text", "external",
                          options->records[i].description);
    if (options->record_count > 0)
        end_schema(to);
    bx_buf_add_text(to, "</rdf:Bag></pdfaExtension:schemas>\n");
}

/* Source  PDF Association, PDF Declarations 1.0. */
static void add_declarations(struct bx_buf *to, const struct bx_pdf_profile *profile)
{
    bx_buf_add_text(to, "<pdfd:declarations><rdf:Bag>\n");
    for (int i = 0; i < BX_PDF_DECLARATION_MAX && profile->declarations[i]; i++)
        bx_buf_printf(to, "<rdf:li pdfd:conformsTo=\"%s\"/>\n", profile->declarations[i]);
    bx_buf_add_text(to, "</rdf:Bag></pdfd:declarations>\n");
}

static void add_namespaces(struct bx_buf *to, const struct bx_pdf *pdf)
{
    bx_buf_add_text(to, " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\""
                        " xmlns:pdfuaid=\"" UA_URI "\"");
    if (pdf->options->date)
        bx_buf_add_text(to, " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"");
    if (pdf->options->record_count > 0)
        bx_buf_add_text(to, " xmlns:banxin=\"" RECORD_URI "\"");
    if (pdf->profile->describes_schemas)
        bx_buf_add_text(to, " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
                            " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
                            " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"");
    if (pdf->profile->declarations[0])
        bx_buf_add_text(to, " xmlns:pdfd=\"http://pdfa.org/declarations/\"");
    bx_buf_add_byte(to, '\n');
}

static void add_description(struct bx_buf *to, const struct bx_pdf *pdf)
{
    const struct bx_meta *meta = &pdf->pages->meta;
    const struct bx_pdf_profile *profile = pdf->profile;
    const char *date = pdf->options->date;
    bx_buf_add_text(to, "<rdf:Description rdf:about=\"\"");
    add_namespaces(to, pdf);
    for (int i = 0; i < BX_PDF_CLAIM_MAX && profile->claims[i].property; i++)
        add_property(to, profile->claims[i].property, profile->claims[i].value);
    add_property(to, "pdf:Producer", pdf->options->producer);
    if (date) {
        add_property(to, "xmp:CreateDate", date);
        add_property(to, "xmp:ModifyDate", date);
    }
    bx_buf_add_text(to, ">\n");
    add_list(to, "dc:title", "Alt", " xml:lang=\"x-default\"", meta->title);
    add_list(to, "dc:creator", "Seq", "", meta->organ);
    add_list(to, "dc:language", "Bag", "", meta->language);
    add_records(to, pdf->options);
    if (profile->declarations[0])
        add_declarations(to, profile);
    if (profile->describes_schemas)
        add_schemas(to, pdf->options);
    bx_buf_add_text(to, "</rdf:Description>");
}

int bx_pdf_write_metadata(struct bx_pdf *pdf)
{
    struct bx_buf xmp = {0};
    bx_buf_add_text(&xmp,
                    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    add_description(&xmp, pdf);
    bx_buf_add_text(&xmp, "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
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
