"""pyHanko's verdict on a signed file, as JSON, a signature a line. Run by the Python of build/venv.

    judge.py FILE.pdf ROOT.pem
"""
import json
import logging
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

logging.disable(logging.CRITICAL)


def judge(signature, root):
    status = validate_pdf_signature(
        signature, ValidationContext(trust_roots=[root], allow_fetching=False))
    return {
        "field": signature.field_name,
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        "all": status.bottom_line,
        "changes": status.modification_level.name,
        "covers": status.coverage.name,
        "certifies": status.docmdp_ok and signature.docmdp_level is not None,
        "time": str(status.signer_reported_dt),
    }


def main(path, root):
    with open(path, "rb") as file:
        for signature in PdfFileReader(file).embedded_signatures:
            print(json.dumps(judge(signature, load_cert_from_pemder(root))))


if __name__ == "__main__":
    main(*sys.argv[1:])
