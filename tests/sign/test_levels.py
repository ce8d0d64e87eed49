#!/usr/bin/env python3
"""Levels B-T, B-LT and B-LTA, as pyHanko, poppler and qpdf see them, with an authority on 127.0.0.1;
and what that authority can do wrong."""
import json
import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cms  # noqa: E402
import command  # noqa: E402
from command import DONE, READ, USAGE  # noqa: E402
from pki import Pki  # noqa: E402
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
