"""pyHanko's verdict on the levels of a file by EN 319 102-1, as JSON, a signature a line. Strict:
nothing is fetched, every certificate of signer and authority needs revocation data from the file.
Run by the Python of build/venv.

    judge_levels.py FILE.pdf ROOT.pem...

`timed` is the verdict on a signature with time (5.5) and the file's revocation data, `archived` that on
one with its document time-stamps as well (5.6).
"""
import asyncio
import dataclasses
import json
import logging
import sys

from asn1crypto.crl import CertificateList
from asn1crypto.ocsp import OCSPResponse
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.ades import (
    ades_lta_validation, ades_with_time_validation)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge, PdfSignatureValidationSpec, RevinfoOnlineFetchingRule, RevocationInfoGatheringSpec,
    SignatureValidationSpec)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

logging.disable(logging.CRITICAL)


def read_store(reader):
    """What the file itself says of revocation."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return LocalKnowledge()
    return LocalKnowledge(
        known_ocsps=[one for item in store.ocsps
                     for one in OCSPContainer.load_multi(OCSPResponse.load(item.get_object().data))],
        known_crls=[CRLContainer(CertificateList.load(item.get_object().data))
                    for item in store.crls],
        known_certs=list(store.load_certs()))


async def judge_timed(signature, spec):
    signature.compute_integrity_info()
    return await ades_with_time_validation(
        signature.signed_data, dataclasses.replace(spec.signature_validation_spec,
                                                   local_knowledge=read_store(signature.reader)),
        raw_digest=signature.compute_digest())


def judge(signature, roots):
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=roots),
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO, retroactive_revinfo=True))
    spec = PdfSignatureValidationSpec(SignatureValidationSpec(
        cert_validation_policy=policy, ts_cert_validation_policy=policy,
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY)))
    timed = asyncio.run(judge_timed(signature, spec))
    now = asyncio.run(ades_lta_validation(signature, spec))
    plain = validate_pdf_signature(
        signature, ValidationContext(trust_roots=roots, allow_fetching=False))
    stamp = plain.timestamp_validity
    return {
        "field": signature.field_name,
        "all": plain.bottom_line,
        "changes": plain.modification_level.name,
        "certifies": plain.docmdp_ok and signature.docmdp_level is not None,
        "stamp": stamp is not None and stamp.valid and stamp.trusted,
        "timed": str(timed.ades_subindic), "archived": str(now.ades_subindic),
        "evidence": now.oldest_evidence_record_timestamp is not None,
        "why": [timed.failure_msg, now.failure_msg],
    }


def judge_stamp(signature, roots):
    status = validate_pdf_timestamp(
        signature, ValidationContext(trust_roots=roots, allow_fetching=False))
    return {"field": signature.field_name, "all": status.intact and status.valid and status.trusted,
            "covers": status.coverage.name}


def main(path, *roots):
    roots = [load_cert_from_pemder(root) for root in roots]
    with open(path, "rb") as file:
        reader = PdfFileReader(file)
        for signature in reader.embedded_regular_signatures:
            print(json.dumps(judge(signature, roots)))
        for signature in reader.embedded_timestamp_signatures:
            print(json.dumps(judge_stamp(signature, roots)))


if __name__ == "__main__":
    main(*sys.argv[1:])
