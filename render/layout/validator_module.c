/* The one place that knows libxml2's RELAX NG. The file was read before, by another parser that
 * refuses document types; it is parsed here once more, without network or entities. */
#include "layout/validator.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlschemastypes.h>

#include "base/utf8.h"

enum {
    PARSE_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                    XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES,
};

/* libxml2 sets up tables of its own on first use, which two threads must not do at once. */
static void init_libxml(void)
{
    xmlInitParser();
    xmlSchemaInitTypes();
    xmlRelaxNGInitTypes();
}

static void ensure_libxml(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, init_libxml);
}

static void set_fault(struct bx_xml_fault *fault, const char *what)
{
    if (!fault->what[0])
        snprintf(fault->what, sizeof(fault->what), "%s", what);
}

/* Keeps the first line of the first message, without its full stop. */
static void take_complaint(void *data, xmlErrorPtr error)
{
    struct bx_xml_fault *fault = data;
    if (fault->what[0] || !error)
        return;
    fault->line = error->line;
    set_fault(fault, error->message ? error->message : "not valid");
    size_t len = strcspn(fault->what, "\n");
    while (len > 0 && (fault->what[len - 1] == '.' || fault->what[len - 1] == ' '))
        len--;
    fault->what[len] = '\0';
    if (len == 0 ||
        bx_utf8_valid_len(fault->what, len) < len) /* cut, or quoting broken bytes */
        snprintf(fault->what, sizeof(fault->what), "not valid");
}

static void *read_grammar(const void *data, size_t len, struct bx_xml_fault *fault)
{
    ensure_libxml();
    *fault = (struct bx_xml_fault){0};
    xmlRelaxNGPtr grammar = NULL;
    xmlRelaxNGParserCtxtPtr ctxt =
        len <= INT_MAX ? xmlRelaxNGNewMemParserCtxt(data, (int)len) : NULL;
    if (ctxt) {
        xmlRelaxNGSetParserStructuredErrors(ctxt, take_complaint, fault);
        grammar = xmlRelaxNGParse(ctxt);
        xmlRelaxNGFreeParserCtxt(ctxt);
    }
    if (!grammar)
        set_fault(fault, "no RELAX NG schema");
    return grammar;
}

static void free_grammar(void *grammar)
{
    xmlRelaxNGFree(grammar);
}

static bool
check_document(xmlRelaxNGPtr grammar, xmlDocPtr document, struct bx_xml_fault *fault)
{
    xmlRelaxNGValidCtxtPtr ctxt = xmlRelaxNGNewValidCtxt(grammar);
    if (!ctxt)
        return false;
    xmlRelaxNGSetValidStructuredErrors(ctxt, take_complaint, fault);
    int status = xmlRelaxNGValidateDoc(ctxt, document);
    xmlRelaxNGFreeValidCtxt(ctxt);
    return status == 0;
}

static bool check(void *grammar, const void *data, size_t len, struct bx_xml_fault *fault)
{
    ensure_libxml();
    *fault = (struct bx_xml_fault){0};
    xmlDocPtr document =
        len <= INT_MAX ? xmlReadMemory(data, (int)len, NULL, NULL, PARSE_OPTIONS) : NULL;
    bool is_valid = document && check_document(grammar, document, fault);
    xmlFreeDoc(document);
    if (!is_valid)
        set_fault(fault, document ? "not valid by its schema" : "no XML");
    return is_valid;
}

/* All else in the module is hidden. */
#pragma GCC visibility push(default)
extern const struct bx_validator bx_validator_module;
#pragma GCC visibility pop

const struct bx_validator bx_validator_module = {
    .version = BX_VALIDATOR_VERSION,
    .read = read_grammar,
    .free = free_grammar,
    .check = check,
};
