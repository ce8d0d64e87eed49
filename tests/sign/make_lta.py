"""A certified file of level B-LTA, by pyHanko: nothing may be changed afterwards (DocMDP, P 1), and yet
validation data and a document time-stamp come after the signature. The metadata stay as they are: that
they were changed would be told. Run by the Python of build/venv.

    make_lta.py IN.pdf OUT.pdf FOLDER URL
"""
import os
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator import ValidationContext
from asn1crypto import pem
from asn1crypto.crl import CertificateList


IncrementalPdfFileWriter._update_meta = lambda self: None


def main(source, target, folder, url):
    def path(name):
        return os.path.join(folder, name)

    def read_crl(name):
        with open(path(name + ".crl"), "rb") as file:
            return CertificateList.load(pem.unarmor(file.read())[2])

    signer = SimpleSigner.load(path("p256.pem"), path("p256.crt"), ca_chain_files=(path("ca.crt"),))
    context = ValidationContext(
        trust_roots=[load_cert_from_pemder(path(n + ".crt")) for n in ("root", "tsa-root")],
        other_certs=[load_cert_from_pemder(path("ca.crt"))],
        crls=[read_crl(n) for n in ("root", "ca", "tsa-root")], allow_fetching=False,
        revocation_mode="require", retroactive_revinfo=True)
    data = PdfSignatureMetadata(
        field_name="Theirs", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES, embed_validation_info=True,
        validation_context=context, use_pades_lta=True)
    with open(source, "rb") as file, open(target, "wb") as out:
        PdfSigner(data, signer=signer, timestamper=HTTPTimeStamper(url)).sign_pdf(
            IncrementalPdfFileWriter(file), output=out)


if __name__ == "__main__":
    main(*sys.argv[1:])
