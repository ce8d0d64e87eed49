#!/usr/bin/env python3
"""Signed files, and files with fields to be signed, keep to the standards of their profile: veraPDF
finds no broken rule. (That it finds broken ones is tested in tests/pdf/verapdf.py.)"""
import json
import os
import shutil
import subprocess
import sys

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [os.path.join(TESTS, "pdf"), os.path.join(TESTS, "seal")]
import pictures  # noqa: E402
from pki import Pki  # noqa: E402
from tsa import Tsa  # noqa: E402
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


def seal(pki, profile):
    """Files with a seal on the date and one over the edges, signed with a third: in the fields that were left, and
    in a new one."""
    with open(SAMPLE, encoding="utf-8") as file:
        model = json.load(file)
    picture = pictures.write(os.path.join(OUT, "seal.png"))
    for name, look in (("drawn", {"image": "seal.png"}), ("space", "space")):
        model["signature"]["seal"] = look
        report, pdf = (os.path.join(OUT, f"{name}-{profile}.{kind}") for kind in ("json", "pdf"))
        with open(report, "w", encoding="utf-8") as file:
            json.dump(model, file, ensure_ascii=False)
        options = ["--signature-field=2"] if name == "space" else []
        banxin("render", report, "-o", pdf, "--profile", profile, "--straddle", pictures.SVG, *options)
        yield sign(pki, pdf, ("rsa", "--seal", picture), *[("p256", "--seal", pictures.SVG)] * len(options))


def levels(pki, tsa, profile, plain, fields):
    """Every level, alone and with a certification and an office that signs in turn before it."""
    more = ["--tsa", tsa.url("ok"), *pki.trust()]
    for level in ("t", "lt", "lta") if profile == "archive" else ("lta",):
        source = f"{plain[:-4]}-{level}.pdf"
        shutil.copy(plain, source)
        crls = [] if level == "t" else pki.crls()
        yield sign(pki, source, ("p256", "--level", level, *more, *crls))
    last = ["--level", "lta", *more, *pki.crls()]
    picture = ["--seal", os.path.join(OUT, "seal.png")] if profile != "print" else []
    for old, steps in ((fields, (("rsa", "--certify", *last), ("sm2", *last))),
                       (plain, (("rsa", *picture, *last),))):
        source = f"{old[:-4]}-last.pdf"
        shutil.copy(old, source)
        yield sign(pki, source, *steps)


def main():
    pki = Pki(OUT)
    pki.add_times()
    tsa = Tsa(pki)
    jobs = []
    for profile, standards in CLAIMS.items():
        plain, fields = (os.path.join(OUT, f"{profile}-{name}.pdf") for name in ("plain", "fields"))
        banxin("render", SAMPLE, "-o", plain, "--profile", profile)
        banxin("render", SAMPLE, "-o", fields, "--profile", profile, "--signature-field", "3")
        files = [fields, sign(pki, plain, ("rsa",)), sign(pki, plain, ("p256",), ("rsa",), ("sm2",)),
                 sign(pki, plain, ("sm2", "--certify")),
                 sign(pki, fields, ("rsa", "--certify"), ("p256",)),
                 *seal(pki, profile)]
        files += levels(pki, tsa, profile, plain, fields)
        jobs += [(standard, path) for standard in standards for path in files]
    told = validate(jobs)
    broken = {job: rules for job, rules in told.items() if rules}
    for (standard, path), rules in sorted(broken.items()):
        print(f"{standard} {os.path.basename(path)}: {' '.join(rules)}")
    print(f"{len(jobs)} verdicts, {len(broken)} with broken rules")
    return 1 if broken or not jobs else 0


if __name__ == "__main__":
    sys.exit(main())
