#!/usr/bin/env python3
"""Signed files as others see them: pyHanko, poppler's pdfsig, qpdf, and openssl over the bytes."""
import json
import os
import random
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cms  # noqa: E402
import command  # noqa: E402
from command import DONE, READ, USAGE  # noqa: E402
from pki import PIN, Pki, openssl  # noqa: E402

SIGN = 8
TIME = "2026-01-23T09:30:00+08:00"
HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.environ["BX_VENV"]
OUT = os.environ["BX_OUT"]


def setUpModule():
    global pki, plain, kinds
    pki = Pki(OUT)
    report = command.SAMPLE
    plain = os.path.join(OUT, "plain.pdf")
    done = command.run("render", report, "-o", plain)
    assert done.returncode == DONE, done.told
    kinds = {"stream": plain}
    for name, options in (("table", ["--qdf", "--object-streams=disable"]),
                          ("linearized", ["--linearize"]),
                          ("1.4", ["--force-version=1.4", "--object-streams=disable"])):
        kinds[name] = os.path.join(OUT, name + ".pdf")
        subprocess.run(["qpdf", plain, kinds[name], *options], check=True)


class Case(command.Case):
    def sign(self, source, name, *more, signer="p256", status=DONE, **options):
        """Signs and gives the path; the bytes of the source stand unchanged before the revision."""
        target = self.path(name)
        self.check(status, "sign", source, "-o", target, "--time", TIME, *pki.args(signer), *more,
                   **options)
        if status == DONE:
            before, after = self.read(source), self.read(target)
            self.assertEqual(after[:len(before)], before)
            self.assertGreater(len(after), len(before))
        else:
            self.assertFalse(os.path.exists(target))
        return target

    def judge(self, path):
        done = subprocess.run([os.path.join(VENV, "bin", "python"), "-B",
                               os.path.join(HERE, "judge.py"), path, pki.cert("root")],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return [json.loads(line) for line in done.stdout.splitlines()]

    def check_pdf(self, path):
        done = subprocess.run(["qpdf", "--check", path], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        self.assertEqual(done.returncode, 0, done.stdout.decode())

    def pdfsig(self, path):
        return subprocess.run(["pdfsig", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False).stdout.decode()


class Signatures(Case):
    def test_rsa_and_p256__valid_for_pyhanko_and_poppler(self):
        for signer in ("rsa", "p256"):
            with self.subTest(signer):
                path = self.sign(plain, signer + ".pdf", signer=signer)
                verdict, = self.judge(path)
                self.assertTrue(verdict["all"] and verdict["trusted"], verdict)
                self.assertEqual(verdict["covers"], "ENTIRE_FILE")
                self.assertEqual(verdict["time"], "2026-01-23 09:30:00+08:00")
                said = self.pdfsig(path)
                self.assertIn("Signature is Valid", said)
                self.assertIn("Total document signed", said)
                self.assertIn("ETSI.CAdES.detached", said)
                self.check_pdf(path)

    def test_sm2__verified_over_the_attributes_with_its_identity(self):
        path = self.sign(plain, "sm2.pdf", signer="sm2")
        (covered, der, _), = cms.signatures(self.read(path))
        signed, attributes, signature = cms.signer(der)
        said = cms.content(cms.attribute(attributes, "1.2.840.113549.1.9.4"))
        self.assertEqual(said, cms.digest("sm3", covered))
        self.write("signature", signature)
        public = self.write("public", openssl("x509", "-in", pki.cert("sm2"), "-noout", "-pubkey"))
        verify = ["openssl", "dgst", "-sm3", "-verify", public, "-signature",
                  self.path("signature")]
        for identity, status in (("1234567812345678", 0), ("1234567812345679", 1)):
            done = subprocess.run([*verify, "-sigopt", "distid:" + identity], input=signed,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
            self.assertEqual(done.returncode, status, done.stdout)
        self.assertIn(cms.oid("1.2.156.10197.1.501"), der)

    def test_cms__what_pades_asks_for_and_no_signing_time(self):
        for signer, digest in (("rsa", "sha256"), ("p256", "sha256"), ("sm2", "sm3")):
            with self.subTest(signer):
                path = self.sign(plain, signer + ".pdf", signer=signer)
                (covered, der, _), = cms.signatures(self.read(path))
                signed, attributes, _ = cms.signer(der)
                self.assertEqual(len(attributes), 3)
                self.assertEqual(attributes, sorted(attributes))
                self.assertEqual(cms.attribute(attributes, "1.2.840.113549.1.9.3"),
                                 cms.oid("1.2.840.113549.1.7.1"))
                said = cms.content(cms.attribute(attributes, "1.2.840.113549.1.9.4"))
                self.assertEqual(said, cms.digest(digest, covered))
                self.assertIsNone(cms.attribute(attributes, "1.2.840.113549.1.9.5"))
                ess = cms.attribute(attributes, "1.2.840.113549.1.9.16.2.47")
                cert = openssl("x509", "-in", pki.cert(signer), "-outform", "DER")
                self.assertIn(b"\x04\x20" + cms.digest(digest, cert), ess)

    def test_every_kind_of_file__signed_and_signed_again(self):
        for kind, source in kinds.items():
            with self.subTest(kind):
                first = self.sign(source, f"{kind}-1.pdf")
                second = self.sign(first, f"{kind}-2.pdf", signer="rsa")
                third = self.sign(second, f"{kind}-3.pdf", "--field", "第三方")
                self.check_pdf(third)
                verdicts = self.judge(third)
                self.assertEqual([v["field"] for v in verdicts],
                                 ["Signature1", "Signature2", "第三方"])
                self.assertTrue(all(v["all"] for v in verdicts), verdicts)
                self.assertEqual([v["covers"] for v in verdicts],
                                 ["ENTIRE_REVISION"] * 2 + ["ENTIRE_FILE"])

    def test_a_hundred_changed_bytes__all_found(self):
        data = bytearray(self.read(self.sign(plain, "a.pdf")))
        (_, _, (_, start, end, _)), = cms.signatures(bytes(data))
        chance = random.Random(7)
        for _ in range(100):
            at = chance.choice([i for i in (chance.randrange(len(data)) for _ in range(9))
                                if not start <= i < end])
            old = data[at]
            data[at] ^= 1 << chance.randrange(8)
            covered = bytes(data[:start] + data[end:])
            said = cms.content(cms.attribute(
                cms.signer(bytes.fromhex(data[start + 1:end - 1].decode()))[1],
                "1.2.840.113549.1.9.4"))
            self.assertNotEqual(said, cms.digest("sha256", covered), at)
            data[at] = old

    def test_the_same_input__the_same_bytes(self):
        one, two = (self.read(self.sign(plain, name, signer="rsa")) for name in ("1", "2"))
        self.assertEqual(one, two)


class Fields(Case):
    def test_a_new_field__tagged_and_named(self):
        path = self.sign(plain, "a.pdf", "--reason", "政府信息公开", "--location", "长沙")
        data = self.read(path)[len(self.read(plain)):]
        for part in (rb"/S/Form/P", rb"/K<</Type/OBJR", rb"/F 132", rb"/StructParent \d+",
                     rb"/SigFlags 3", rb"/Tabs /S", rb"/Reason<FEFF653F", rb"/Location<FEFF957F6C99>",
                     rb"/SubFilter/ETSI\.CAdES\.detached", rb"/M\(D:20260123093000\+08'00'\)"):
            self.assertRegex(data, part)

    def test_a_signed_field__refused(self):
        first = self.sign(plain, "a.pdf", "--field", "organ")
        self.sign(first, "b.pdf", "--field", "organ", status=SIGN)

    def test_certification__first_only_and_then_no_new_field(self):
        path = self.sign(plain, "a.pdf", "--certify")
        verdict, = self.judge(path)
        self.assertTrue(verdict["all"] and verdict["certifies"], verdict)
        self.assertRegex(self.read(path), rb"/Perms <</DocMDP \d+ 0 R>>")
        self.sign(path, "b.pdf", status=SIGN)
        self.sign(self.sign(plain, "c.pdf"), "d.pdf", "--certify", status=SIGN)


class LeftByRender(Case):
    """Fields that render leaves over organ and date."""

    def render(self, name, *more, status=DONE):
        path = self.path(name)
        self.check(status, "render", command.SAMPLE, "-o", path, *more)
        return path

    def widgets(self, path):
        """(name, left, bottom, right, top) of every widget, by qpdf."""
        data = json.loads(subprocess.run(["qpdf", "--json", path], stdout=subprocess.PIPE,
                                         check=True).stdout)
        values = [o.get("value") for o in data["qpdf"][1].values()]
        found = [v for v in values if isinstance(v, dict) and v.get("/Subtype") == "/Widget"]
        return sorted((v["/T"].removeprefix("u:"), *v["/Rect"]) for v in found)

    def test_one_field__covers_organ_and_date(self):
        path = self.render("a.pdf", "--signature-field")
        (name, *box), = self.widgets(path)
        self.assertEqual(name, "Signature1")
        words = subprocess.run(["pdftotext", "-bbox", "-f", "5", path, "-"],
                               stdout=subprocess.PIPE, check=True).stdout.decode()
        height = 841.89
        places = [tuple(map(float, m)) for m in re.findall(
            r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">'
            r'(?:[^<]*管理委员会|2020年1月23日)</word>', words)]
        self.assertGreaterEqual(len(places), 2)
        for left, top, right, bottom in places[-2:]:
            middle = height - (top + bottom) / 2
            self.assertLess(box[0] - 1, left)
            self.assertLess(right, box[2] + 1)
            self.assertLess(box[1], middle)
            self.assertLess(middle, box[3])

    def test_a_row_of_fields__apart_and_inside_the_type_area(self):
        for count in (2, 3, 12):
            with self.subTest(count):
                fields = self.widgets(self.render(f"{count}.pdf", "--signature-field", str(count)))
                self.assertEqual(len(fields), count)
                fields.sort(key=lambda f: f[1])
                self.assertGreaterEqual(fields[0][1], 79.37 - 0.1)
                for one, next_one in zip(fields, fields[1:]):
                    self.assertLess(one[3], next_one[1])
                    self.assertEqual(one[2::2], next_one[2::2])
                self.assertLessEqual(fields[-1][3], 79.37 + 442.2 + 0.1)

    def test_signed_in_turn__by_name_or_the_first_empty_one(self):
        for profile in ("archive", "archive-4f"):
            with self.subTest(profile):
                source = self.render(profile + ".pdf", "--signature-field=3", "--profile", profile)
                first = self.sign(source, profile + "1.pdf", "--certify", signer="rsa")
                third = self.sign(first, profile + "2.pdf", "--field", "Signature3")
                second = self.sign(third, profile + "3.pdf")
                verdicts = {v["field"]: v for v in self.judge(second)}
                self.assertEqual(sorted(verdicts), ["Signature1", "Signature2", "Signature3"])
                self.assertTrue(all(v["all"] for v in verdicts.values()), verdicts)
                self.assertEqual(verdicts["Signature2"]["covers"], "ENTIRE_FILE")
                self.check_pdf(second)
                self.sign(second, profile + "4.pdf", status=SIGN)

    def test_the_option__a_number_or_nothing(self):
        for more in (["--signature-field", "0"], ["--signature-field=13"],
                     ["--signature-field=x"], ["--signature-field", "--signature-field"]):
            with self.subTest(more):
                self.render("a.pdf", *more, status=USAGE)
        path = self.path("b.pdf")
        self.check(DONE, "render", "--signature-field", command.SAMPLE, "-o", path)
        self.assertEqual(len(self.widgets(path)), 1)

    def test_a_report_without_signature__refused(self):
        report = command.sample()
        del report["signature"]
        source = self.write("report.json", report)
        self.check(6, "render", source, "-o", self.path("a.pdf"), "--signature-field")


class Refusals(Case):
    def test_pin__from_file_or_environment_only(self):
        locked = ["--key", pki.path("p256-locked.pem"), "--cert", pki.cert("p256")]
        target = self.path("a.pdf")
        self.check(SIGN, "sign", plain, "-o", target, *locked, start_new_session=True)
        self.check(SIGN, "sign", plain, "-o", target, *locked, "--pin-file", pki.cert("ca"))
        self.check(SIGN, "sign", plain, "-o", target, *locked, "--pin-env", "NOT_SET")
        self.check(USAGE, "sign", plain, "-o", target, *locked, "--pin-env", "PIN", "--pin-file",
                   pki.path("pin"))
        self.check(USAGE, "sign", plain, "-o", target, *locked, "--pin", PIN)
        self.assertFalse(os.path.exists(target))
        done = self.check(DONE, "sign", plain, "-o", target, *locked, "--pin-env", "PIN",
                          env=command.environment(PIN=PIN))
        self.assertNotIn("secret", done.told)
        self.assertNotIn(b"secret", self.read(target))

    def test_keys_that_do_not_fit__refused(self):
        target = self.path("a.pdf")
        openssl("genpkey", "-algorithm", "ED25519", "-out", self.path("ed.pem"))
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024", "-out",
                self.path("short.pem"))
        for key, cert, status in ((pki.key("rsa"), pki.cert("p256"), SIGN),
                                  (self.path("ed.pem"), pki.cert("p256"), SIGN),
                                  (self.path("short.pem"), pki.cert("p256"), SIGN),
                                  (pki.cert("p256"), pki.cert("p256"), SIGN),
                                  (pki.key("p256"), pki.key("p256"), SIGN),
                                  (self.path("none"), pki.cert("p256"), READ),
                                  (pki.key("p256"), self.path("none"), READ)):
            with self.subTest(key=key, cert=cert):
                self.check(status, "sign", plain, "-o", target, "--key", key, "--cert", cert)
        self.check(USAGE, "sign", plain, "-o", target, "--key", pki.key("p256"))
        self.assertFalse(os.path.exists(target))

    def test_files_that_are_none_or_locked__refused(self):
        locked = self.path("locked.pdf")
        subprocess.run(["qpdf", "--encrypt", "", "owner", "256", "--", plain, locked], check=True)
        data = self.read(plain)
        for name, content in (("text", b"no PDF"), ("empty", b""), ("cut", data[:-200]),
                              ("more", data + b"\n1 0 obj\n<<>>\nendobj\n"),
                              ("start", re.sub(rb"startxref\n(\d)", rb"startxref\n9\1", data)),
                              ("locked", self.read(locked))):
            with self.subTest(name):
                source = self.write(name + ".pdf", content)
                self.sign(source, name + ".out", status=READ)

    def test_command_line__wrong_or_of_a_later_version(self):
        target = self.path("a.pdf")
        good = ["sign", plain, "-o", target, *pki.args("p256")]
        for more in (["--time", "yesterday"], ["--time", "2026-02-30T00:00:00Z"],
                     ["--level", "lta"], ["--level", "x"], ["--tsa", "http://127.0.0.1"],
                     ["--pkcs11", "m"], ["--style", "gbt9704"]):
            with self.subTest(more):
                self.check(USAGE, *good, *more)
        self.check(USAGE, "sign", plain, *pki.args("p256"))
        self.check(USAGE, "sign", plain, "-o", target)
        self.check(USAGE, "sign", "prepare", "-o", target)
        self.assertFalse(os.path.exists(target))


if __name__ == "__main__":
    unittest.main()
