#!/usr/bin/env python3
"""Levels B-T, B-LT and B-LTA, as pyHanko, poppler and qpdf see them, with an authority on 127.0.0.1;
and what that authority can do wrong."""
import json
import os
import re
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cms  # noqa: E402
import command  # noqa: E402
from command import DONE, READ, USAGE  # noqa: E402
from pki import Pki  # noqa: E402
from test_verify import revision  # noqa: E402
from tsa import Tsa  # noqa: E402

SIGN = 8
TIME = "2026-01-23T09:30:00+08:00"
HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.environ["BX_VENV"]
OUT = os.environ["BX_OUT"]
TOKEN = "1.2.840.113549.1.9.16.2.14"


def setUpModule():
    global pki, tsa, plain, fields, late
    pki = Pki(OUT)
    pki.add_times()
    tsa = Tsa(pki)
    plain, fields = os.path.join(OUT, "plain.pdf"), os.path.join(OUT, "fields.pdf")
    for path, options in ((plain, []), (fields, ["--signature-field", "2"])):
        done = command.run("render", command.SAMPLE, "-o", path, *options)
        assert done.returncode == DONE, done.told
    # Waits for twice its limit of time, while the other tests run.
    late = subprocess.Popen(
        [command.BANXIN, "sign", plain, "-o", os.path.join(OUT, "late.pdf"), "--level", "t", "--tsa",
         tsa.url("late"), *pki.args("p256")], env=command.environment(), stderr=subprocess.PIPE)


def tearDownModule():
    late.kill()
    late.communicate()
    tsa.close()


class Case(command.Case):
    def sign(self, source, name, level, *more, signer="p256", how="ok", status=DONE):
        """Signs and gives the path; earlier bytes stand unchanged, and nothing is written on failure."""
        target = self.path(name)
        done = self.check(status, "sign", source, "-o", target, "--time", TIME, "--lang", "en",
                          "--level", level, "--tsa", tsa.url(how), *pki.args(signer), *more)
        self.told = done.told
        if status == DONE:
            before, after = self.read(source), self.read(target)
            self.assertEqual(after[:len(before)], before)
        else:
            self.assertFalse(os.path.exists(target))
        return target

    def judge(self, path):
        """{field: pyHanko's verdict}"""
        done = subprocess.run([os.path.join(VENV, "bin", "python"), "-B",
                               os.path.join(HERE, "judge_levels.py"), path, pki.cert("root"),
                               pki.cert("tsa-root")],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        verdicts = [json.loads(line) for line in done.stdout.splitlines()]
        return {verdict["field"]: verdict for verdict in verdicts}

    def check_pdf(self, path):
        done = subprocess.run(["qpdf", "--check", path], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        self.assertEqual(done.returncode, 0, done.stdout.decode())
        said = subprocess.run(["pdfsig", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False).stdout.decode()
        self.assertIn("Signature is Valid", said)
        self.assertNotIn("invalid", said.lower())


class Levels(Case):
    def test_every_level__strictly_valid_for_pyhanko(self):
        for level, timed, archived in (("t", False, False), ("lt", True, False), ("lta", True, True)):
            for signer in ("rsa", "p256"):
                with self.subTest(level, signer=signer):
                    more = pki.crls() if level != "t" else []
                    path = self.sign(plain, f"{level}-{signer}.pdf", level, *pki.trust(), *more,
                                     signer=signer)
                    self.check_pdf(path)
                    verdicts = self.judge(path)
                    one = verdicts["Signature1"]
                    self.assertTrue(one["all"] and one["stamp"], one)
                    self.assertEqual(one["timed"] == "AdESPassed.OK", timed, one)
                    self.assertEqual(one["archived"] == "AdESPassed.OK", archived, one)
                    self.assertEqual(one["changes"], "NONE" if level == "t" else "LTA_UPDATES")
                    if level == "lta":
                        self.assertTrue(verdicts["TimeStamp1"]["all"], verdicts)
                        self.assertEqual(verdicts["TimeStamp1"]["covers"], "ENTIRE_FILE")

    def test_sm2__stamped_with_sm3_and_all_revisions(self):
        path = self.sign(plain, "a.pdf", "lta", *pki.trust(), *pki.crls(), signer="sm2")
        self.check_pdf_text(path)
        (_, der, _), (_, stamp, _) = cms.signatures(self.read(path))
        signature = cms.signer(der)[2]
        token = self.token(der)
        self.assertIn(b"\x04\x20" + cms.digest("sm3", signature), token)
        self.assertIn(cms.oid("1.2.156.10197.1.401"), token)
        self.assertIn(cms.oid("1.2.840.113549.1.9.16.1.4"), stamp)

    def check_pdf_text(self, path):
        done = subprocess.run(["qpdf", "--check", path], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        self.assertEqual(done.returncode, 0, done.stdout.decode())

    def token(self, der):
        """The time-stamp in a signature's unsigned attributes."""
        info, = cms.items(cms.items(cms.items(cms.items(der)[1])[0])[-1])
        unsigned, = (part for part in cms.items(info) if part[0] == 0xA1)
        return cms.attribute(cms.items(unsigned), TOKEN)

    def test_the_token__is_over_the_signature_and_as_openssl_verifies_it(self):
        (_, der, _), = cms.signatures(self.read(self.sign(plain, "a.pdf", "t")))
        token = self.write("token", self.token(der))
        signature = self.write("signature", cms.signer(der)[2])
        subprocess.run(["openssl", "ts", "-verify", "-data", signature, "-in", token, "-token_in",
                        "-CAfile", pki.cert("tsa-root")], check=True, stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE)
        self.assertEqual(tsa.asked[-1][1], "application/timestamp-query")

    def test_ocsp_answers__instead_of_lists(self):
        answers = [w for n in ("p256", "ca", "tsa") for w in ("--ocsp", pki.path(n + ".ocsp"))]
        path = self.sign(plain, "a.pdf", "lta", *pki.trust(), *answers)
        data = self.read(path)
        self.assertRegex(data, rb"/OCSPs\[\d+ 0 R \d+ 0 R \d+ 0 R\]")
        self.assertNotRegex(data, rb"/CRLs")
        one = self.judge(path)["Signature1"]
        self.assertEqual((one["timed"], one["archived"]), ("AdESPassed.OK",) * 2, one)

    def test_the_store__has_an_entry_named_by_the_contents(self):
        data = self.read(self.sign(plain, "a.pdf", "lt", *pki.trust(), *pki.crls()))
        (_, _, (_, start, end, _)), = cms.signatures(data)
        name = cms.digest("sha1", bytes.fromhex(data[start + 1:end - 1].decode())).hex().upper()
        self.assertRegex(data, rb"/Type/DSS/VRI<</" + name.encode() +
                         rb"<</Type/VRI/Cert\[(\d+ 0 R ?)+\]/CRL\[(\d+ 0 R ?)+\]>>>>"
                         rb"/Certs\[(\d+ 0 R ?)+\]/CRLs\[(\d+ 0 R ?)+\]>>")

    def test_in_turn__one_store_and_every_signature_holds(self):
        for source, certify in ((plain, []), (fields, ["--certify"])):
            with self.subTest(certify=certify):
                first = self.sign(source, "1.pdf", "lta", *pki.trust(), *pki.crls(), *certify)
                second = self.sign(first, "2.pdf", "lta", *pki.trust(), *pki.crls(),
                                   signer="rsa", status=DONE)
                self.check_pdf(second)
                verdicts = self.judge(second)
                for name in ("Signature1", "Signature2"):
                    self.assertTrue(verdicts[name]["all"], verdicts)
                    self.assertEqual(verdicts[name]["archived"], "AdESPassed.OK", verdicts)
                self.assertEqual(verdicts["Signature1"]["certifies"], bool(certify))
                stores = re.findall(rb"/Certs\[([^]]*)\]/CRLs\[([^]]*)\]", self.read(second))
                self.assertEqual(stores[0][1], stores[1][1])
                self.assertTrue(stores[1][0].startswith(stores[0][0]))

    def test_a_large_token__gets_a_larger_place(self):
        with open(pki.path("large.crt"), "wb") as file:
            for name in ["tsa-root", "root", "ca", "rsa", "sm2", "p256", "tsa-expired", "tsa-other"]:
                file.write(self.read(pki.cert(name)))
            for i in range(9):
                pki.issue(f"more{i}", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
                          "basicConstraints=CA:FALSE\n", None)
                file.write(self.read(pki.cert(f"more{i}")))
        before = tsa.count("large")
        path = self.sign(plain, "a.pdf", "t", how="large")
        self.assertEqual(tsa.count("large"), before + 2)
        self.assertTrue(self.judge(path)["Signature1"]["stamp"])


class Verified(Case):
    """What banxin verify says of all this."""

    def verify(self, status, path, *more):
        report = self.path("report.json")
        self.told = self.check(status, "verify", path, "--report", report, "--lang", "en",
                               *more).told
        report = json.loads(self.read(report))
        self.codes = {f["code"] for f in report["findings"] if f["level"] != "note"}
        self.answers = set(report["answers"].values())
        return report["signatures"]

    def test_every_level__told_with_its_time(self):
        for signer in ("rsa", "p256", "sm2"):
            for level, name, after in (("t", "B-T", "none"), ("lt", "B-LT", "evidence added"),
                                       ("lta", "B-LTA", "evidence added")):
                with self.subTest(signer, level=level):
                    crls = pki.crls() if level != "t" else []
                    path = self.sign(plain, f"{signer}-{level}.pdf", level, "--certify",
                                     *pki.trust(), *crls, signer=signer)
                    one, *rest = self.verify(DONE, path)
                    self.assertEqual(self.answers, {"holds"})
                    self.assertEqual((one["level"], one["changes"], one["kind"], one["trusted"]),
                                     (name, after, "signature", None))
                    self.assertTrue(one["intact"] and one["allowed"])
                    self.assertEqual(one["revocation"], "unknown" if level == "t" else "good")
                    self.assertEqual((one["stamp"]["authority"], one["stamp"]["trusted"]),
                                     ("tsa", None))
                    self.assertRegex(one["stamp"]["time"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
                    self.assertEqual([s["kind"] for s in rest],
                                     ["time-stamp"] if level == "lta" else [])
                    signed = self.verify(DONE, path, *pki.trust())
                    self.assertTrue(all(s["trusted"] and s["stamp"]["trusted"] for s in signed))

    def test_trust__is_of_the_time_that_a_trusted_authority_tells(self):
        """The claimed time is before the signer's certificate was made."""
        path = self.sign(plain, "a.pdf", "lta", *pki.trust(), *pki.crls())
        one, stamp = self.verify(SIGN, path, "--trust", pki.cert("root"))
        self.assertEqual((one["trusted"], one["stamp"]["trusted"], stamp["trusted"]), (False,) * 3)
        self.assertEqual(self.codes, {"VERIFY-TRUST", "VERIFY-STAMP"})
        one, stamp = self.verify(SIGN, path, "--trust", pki.cert("tsa-root"))
        self.assertEqual((one["trusted"], one["stamp"]["trusted"], stamp["trusted"]),
                         (False, True, True))

    def test_revoked__counts_unless_it_was_after_the_stamp(self):
        bare, stamped = self.path("bare.pdf"), self.path("stamped.pdf")
        for path, more in ((bare, []), (stamped, ["--level", "t", "--tsa", tsa.url("ok")])):
            self.check(DONE, "sign", plain, "-o", path, *pki.args("rsa"), *more)
        time.sleep(1.1)
        pki.list_revoked("ca", revoked=["rsa"], suffix=".later")
        later = self.path("later.pdf")
        self.check(DONE, "sign", plain, "-o", later, *pki.args("rsa"), "--level", "t", "--tsa",
                   tsa.url("ok"))
        crls = ["--crl", pki.path("root.crl"), "--crl", pki.path("ca.later"),
                "--crl", pki.path("tsa-root.crl")]
        for path, status, said in ((bare, SIGN, "revoked"), (later, SIGN, "revoked"),
                                   (stamped, DONE, "good")):
            with self.subTest(path):
                one, = self.verify(status, path, *pki.trust(), *crls)
                self.assertEqual((one["trusted"], one["revocation"]), (status == DONE, said))
        one, = self.verify(DONE, bare, "--crl", pki.path("ca.later"))
        self.assertEqual((one["trusted"], one["revocation"]), (None, "unknown"))
        rooted = self.path("rooted.pdf")
        self.check(DONE, "sign", plain, "-o", rooted, *pki.args("rsa"), "--chain", pki.cert("root"))
        one, = self.verify(DONE, rooted, "--crl", pki.path("ca.later"))
        self.assertEqual((one["trusted"], one["revocation"]), (None, "revoked"))
        self.assertEqual(self.codes, {"VERIFY-REVOKED"})

    def test_a_stamp_that_was_changed__proves_nothing(self):
        data = self.read(self.sign(plain, "a.pdf", "t"))
        (_, der, _), = cms.signatures(data)
        token = Levels.token(self, der)
        old = token.hex().upper().encode()
        self.assertEqual(data.count(old), 1)
        new = old[:-2] + (b"00" if old[-2:] != b"00" else b"01")
        one, = self.verify(DONE, self.write("b.pdf", data.replace(old, new)))
        self.assertEqual((one["level"], one["intact"], one["stamp"]), ("B-B", True, None))
        self.assertEqual(self.codes, {"VERIFY-STAMP"})

    def test_a_stamp_of_another_signature__proves_nothing(self):
        one, two = (self.read(self.sign(plain, name, "t", signer="rsa", how="ok"))
                    for name in ("1.pdf", "2.pdf"))
        other = self.read(self.sign(plain, "3.pdf", "t", "--reason", "x", signer="rsa"))
        tokens = [Levels.token(self, cms.signatures(data)[0][1]).hex().upper().encode()
                  for data in (one, other)]
        self.assertNotEqual(one, two)
        self.assertEqual(*map(len, tokens))
        verdict, = self.verify(DONE, self.write("b.pdf", one.replace(*tokens)))
        self.assertEqual((verdict["level"], verdict["stamp"]), ("B-B", None))
        self.assertEqual(self.codes, {"VERIFY-STAMP"})

    def test_changed_bytes__found_under_every_time_stamp(self):
        data = bytearray(self.read(self.sign(plain, "a.pdf", "lta", *pki.trust(), *pki.crls())))
        (_, _, first), (_, _, last) = cms.signatures(bytes(data))
        for at in (len(data) // 3, first[1] + 40, first[2] + 900, last[1] - 30):
            with self.subTest(at=at):
                changed = bytearray(data)
                changed[at] ^= 1
                report = self.path("report.json")
                done = command.run("verify", self.write("b.pdf", bytes(changed)), "--report", report)
                self.assertIn(done.returncode, (SIGN, READ))

    def test_evidence_taken_away__is_a_change(self):
        data = self.read(self.sign(plain, "a.pdf", "lta", *pki.trust(), *pki.crls()))
        number, store = re.findall(rb"(\d+) 0 obj\n(<</Type/DSS.*?)\nendobj", data, re.S)[-1]
        for name, body in (("less", re.sub(rb"/CRLs\[\d+ 0 R ", b"/CRLs[", store)),
                           ("alien", store.replace(b"/CRLs[", b"/CRLs[1 0 R ")),
                           ("more", store[:-2] + b"/OpenAction 1 0 R>>")):
            with self.subTest(name):
                self.assertNotEqual(body, store)
                signed = self.verify(SIGN, self.write("b.pdf", revision(data, {int(number): body})))
                self.assertEqual(signed[-1]["changes"], "other")
        more = re.sub(rb"/CRLs\[(\d+ 0 R )", rb"/CRLs[\1\1", store)
        self.assertNotEqual(more, store)
        signed = self.verify(DONE, self.write("c.pdf", revision(data, {int(number): more})))
        self.assertEqual([s["changes"] for s in signed], ["evidence added"] * 2)

    def test_files_of_others__certified_against_every_change(self):
        path = self.path("a.pdf")
        subprocess.run([os.path.join(VENV, "bin", "python"), "-B", os.path.join(HERE, "make_lta.py"),
                        plain, path, OUT, tsa.url("ok")], check=True)
        # The signing revision names extensions in the catalog, which is told of the model's file.
        one, stamp = self.verify(SIGN, path, *pki.trust())
        self.assertEqual(self.codes, {"VERIFY-ADDED", "VERIFY-CHANGE"})
        self.assertEqual((one["level"], one["trusted"], one["certifies"], one["changes"]),
                         ("B-LTA", True, True, "evidence added"))
        self.assertTrue(one["allowed"])
        self.assertEqual((stamp["kind"], stamp["trusted"]), ("time-stamp", True))
        self.check(SIGN, "sign", path, "-o", self.path("b.pdf"), *pki.args("rsa"))


class WhatIsMissing(Case):
    def test_revocation_data__each_certificate_asked_for_by_name(self):
        for missing, name in (("root", "ca"), ("ca", "p256"), ("tsa-root", "tsa")):
            with self.subTest(missing):
                crls = [w for n in ("root", "ca", "tsa-root") if n != missing
                        for w in ("--crl", pki.path(n + ".crl"))]
                self.sign(plain, "a.pdf", "lt", *pki.trust(), *crls, status=SIGN)
                self.assertRegex(self.told, f"for the certificate {name}\\n")

    def test_a_path__to_a_root_that_is_not_given(self):
        self.sign(plain, "a.pdf", "lt", *pki.crls(), status=SIGN)
        self.assertIn("the path of the certificate p256 is not complete", self.told)
        self.sign(plain, "b.pdf", "lt", *pki.crls(), "--trust", pki.cert("root"), status=SIGN)

    def test_revoked_and_outdated__refused(self):
        pki.list_revoked("ca", revoked=["p256"], suffix=".revoked")
        others = [w for n in ("root", "tsa-root") for w in ("--crl", pki.path(n + ".crl"))]
        self.sign(plain, "a.pdf", "lt", *pki.trust(), *others, "--crl", pki.path("ca.revoked"),
                  status=SIGN)
        self.assertIn("the certificate p256 was revoked", self.told)

    def test_files_that_are_none__refused(self):
        self.sign(plain, "a.pdf", "lt", "--crl", pki.cert("ca"), status=SIGN)
        self.sign(plain, "a.pdf", "lt", "--ocsp", pki.cert("ca"), status=SIGN)
        self.sign(plain, "a.pdf", "lt", "--crl", self.path("none"), status=READ)
        self.sign(plain, "a.pdf", "t", "--trust", self.path("none"), status=READ)

    def test_command_line__what_belongs_together(self):
        good = ["sign", plain, "-o", self.path("a.pdf"), *pki.args("p256")]
        for more in (["--level", "t"], ["--tsa", tsa.url("ok")],
                     ["--level", "t", "--tsa", tsa.url("ok"), "--crl", pki.path("ca.crl")],
                     ["--level", "t", "--tsa", "ftp://127.0.0.1/"],
                     ["--level", "t", "--tsa", "file:///etc/passwd"],
                     ["--level", "t", "--tsa", "http://name:secret@127.0.0.1/"]):
            with self.subTest(more):
                done = self.check(USAGE, *good, *more)
                self.assertNotIn("secret", done.told)
        self.assertFalse(os.path.exists(self.path("a.pdf")))


class WrongAuthorities(Case):
    def test_each_fault__told_and_nothing_written(self):
        for how, why in (("error", "HTTP status 500"), ("moved", "HTTP status 302"),
                         ("page", "is no application/timestamp-reply"),
                         ("garbage", "no time-stamp answer"), ("empty", "no time-stamp answer"),
                         ("cut", "no time-stamp answer"), ("huge", "too long"),
                         ("digest", "is of something else"), ("nonce", "answers another question"),
                         ("refused", "could not read the question"),
                         ("expired", "was not valid at its time"),
                         ("other", "not one for time-stamping"),
                         ("forged", "not of its authority's key")):
            with self.subTest(how):
                before = tsa.count(how)
                self.sign(plain, "a.pdf", "t", how=how, status=SIGN)
                self.assertIn(why, self.told)
                self.assertEqual(tsa.count(how), before + 1)

    def test_an_authority_that_nobody_trusts__refused_when_asked(self):
        self.sign(plain, "a.pdf", "t", "--trust", pki.cert("root"), status=SIGN)
        self.assertIn("the time-stamping authority is not trusted", self.told)

    def test_a_broken_connection__tried_once_more(self):
        self.sign(plain, "a.pdf", "t", how="flaky")
        self.assertEqual(tsa.count("flaky"), 2)
        self.sign(plain, "b.pdf", "t", how="dropped", status=SIGN)
        self.assertEqual(tsa.count("dropped"), 2)

    def test_nobody_there__told(self):
        gone = Tsa(pki)
        url = gone.url("ok")
        gone.close()
        done = self.check(SIGN, "sign", plain, "-o", self.path("a.pdf"), "--level", "t", "--tsa", url,
                          *pki.args("p256"), "--lang", "en")
        self.assertIn("the server cannot be asked", done.told)

    def test_https__believed_by_trust_only(self):
        pki.issue("server", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
                  "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n", "tsa-root")
        secure = Tsa(pki, tls="server")
        self.addCleanup(secure.close)
        for status, trust in ((SIGN, []), (DONE, ["--trust", pki.cert("tsa-root")])):
            self.check(status, "sign", plain, "-o", self.path("a.pdf"), "--level", "t", "--tsa",
                       secure.url("ok"), *pki.args("p256"), *trust)

    def test_later_faults__leave_nothing_either(self):
        """The signature's token is good, that of the document is not."""
        self.sign(plain, "a.pdf", "lta", *pki.trust(), *pki.crls(), how="once", status=SIGN)
        self.assertEqual(tsa.count("once"), 2)

    def test_too_late__given_up_after_two_tries(self):
        _, told = late.communicate(timeout=60)
        self.assertEqual(late.returncode, SIGN, told)
        self.assertIn("Timeout", told.decode())
        self.assertEqual(tsa.count("late"), 2)
        self.assertFalse(os.path.exists(os.path.join(OUT, "late.pdf")))


if __name__ == "__main__":
    unittest.main()
