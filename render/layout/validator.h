/* Validation by RELAX NG: a part of the library that is loaded when a layout is not among those that
 * were valid when the library was built. libxml2 brings a library of the world's encodings along. */
#ifndef BX_VALIDATOR_H
#define BX_VALIDATOR_H

#include "base/xml.h"

/* What the module offers. Safe to call from several threads, with a schema each. */
struct bx_validator {
    int version; /* BX_VALIDATOR_VERSION of the module */

    /* Reads a schema; NULL, with *fault, when it is none. */
    void *(*read)(const void *data, size_t len, struct bx_xml_fault *fault);
    void (*free)(void *grammar);

    /* Whether the bytes are valid; *fault says what is wrong first. */
    bool (*check)(void *grammar, const void *data, size_t len, struct bx_xml_fault *fault);
};

#define BX_VALIDATOR_VERSION 1
#define BX_VALIDATOR_SYMBOL  "bx_validator_module"

#endif
