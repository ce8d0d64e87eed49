#!/usr/bin/env python3
"""Signed files, and files with fields to be signed, keep to the standards of their profile: veraPDF
finds no broken rule. (That it finds broken ones is tested in tests/pdf/verapdf.py.)"""
import os
import subprocess
import sys

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TESTS, "pdf"))
from pki import Pki  # noqa: E402
from verapdf import BANXIN, CLAIMS, OUT, validate  # noqa: E402

SAMPLE = os.path.join(TESTS, "examples/changsha-hitech-2019.json")


def banxin(*args):
    subprocess.run([BANXIN, *args], check=True, stderr=subprocess.DEVNULL)


def sign(pki, source, *steps):
    """Signs in turn; gives the last file."""
    for signer, *more in steps:
        target = f"{source[:-4]}+{signer}.pdf"
        banxin("sign", source, "-o", target, *pki.args(signer), *more)
        source = target
    return source


def main():
    pki = Pki(OUT)
    jobs = []
    for profile, standards in CLAIMS.items():
        plain, fields = (os.path.join(OUT, f"{profile}-{name}.pdf") for name in ("plain", "fields"))
        banxin("render", SAMPLE, "-o", plain, "--profile", profile)
        banxin("render", SAMPLE, "-o", fields, "--profile", profile, "--signature-field", "3")
        files = [fields, sign(pki, plain, ("rsa",)), sign(pki, plain, ("p256",), ("rsa",), ("sm2",)),
                 sign(pki, plain, ("sm2", "--certify")),
                 sign(pki, fields, ("rsa", "--certify"), ("p256",))]
        jobs += [(standard, path) for standard in standards for path in files]
    told = validate(jobs)
    broken = {job: rules for job, rules in told.items() if rules}
    for (standard, path), rules in sorted(broken.items()):
        print(f"{standard} {os.path.basename(path)}: {' '.join(rules)}")
    print(f"{len(jobs)} verdicts, {len(broken)} with broken rules")
    return 1 if broken or not jobs else 0


if __name__ == "__main__":
    sys.exit(main())
