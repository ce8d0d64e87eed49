#!/usr/bin/env python3
"""sign prepare and sign finish: keys that banxin never sees, in devices and behind platforms."""
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
import others  # noqa: E402
from command import DONE, READ, USAGE, WRITE  # noqa: E402
from pki import KEYS, SIGNER, Pki, openssl  # noqa: E402

SIGN = 8
TIME = "2026-01-23T09:30:00+08:00"
OUT = os.environ["BX_OUT"]
MORE_KEYS = {"p384": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
             "p521": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"]}
HASHES = {"rsa": "sha256", "p256": "sha256", "p384": "sha384", "p521": "sha512", "sm2": "sm3"}


def setUpModule():
    global pki, plain, fields
    pki = Pki(OUT)
    for name, kind in MORE_KEYS.items():
        pki.issue(name, kind, SIGNER, "ca")
    plain, fields = (os.path.join(OUT, n + ".pdf") for n in ("plain", "fields"))
    for path, options in ((plain, []), (fields, ["--signature-field", "2"])):
        done = command.run("render", command.SAMPLE, "-o", path, *options)
        assert done.returncode == DONE, done.told


class Case(command.Case):
    def prepare(self, source=None, name="open", *more, signer=None, status=DONE):
        """(the lines that it prints, the prepared file, the attributes)"""
        target, attributes = self.path(name + ".pdf"), self.path(name + ".der")
        who = ["--cert", pki.cert(signer), "--chain", pki.cert("ca"), "--attributes",
               attributes] if signer else []
        done = self.check(status, "sign", "prepare", source or plain, "-o", target, "--time", TIME,
                          *who, *more)
        return done.stdout.decode().split(), target, attributes

    def sign(self, digest, signer):
        return others.device(pki.key(signer), digest, self.folder, HASHES[signer])

    def finish(self, target, signature, attributes, signer, *more, status=DONE, name="done.pdf"):
        out = self.path(name)
        done = self.check(status, "sign", "finish", target, "-o", out, "--signature",
                          self.write("raw.sig", signature), "--attributes", attributes, "--cert",
                          pki.cert(signer), "--chain", pki.cert("ca"), *more)
        if status != DONE:
            self.assertFalse(os.path.exists(out), done.told)
        return out if status == DONE else done.told

    def finish_cms(self, target, content, *more, status=DONE):
        out = self.path("done.pdf")
        done = self.check(status, "sign", "finish", target, "-o", out, "--cms",
                          self.write("a.cms", content), *more)
        if status != DONE:
            self.assertFalse(os.path.exists(out), done.told)
        return out if status == DONE else done.told

    def platform(self, digest, signer, chain=True):
        return others.venv("platform_cms.py", pki.key(signer), pki.cert(signer), HASHES[signer],
                           *([pki.cert("ca")] if chain else []), stdin=digest.encode())

    def verify(self, path, status=DONE):
        report = self.path("report.json")
        self.check(status, "verify", path, "--report", report)
        return json.loads(self.read(report))["signatures"]


class Device(Case):
    """What a device signs is a digest; the signature comes back bare."""

    def test_every_kind_of_key__signed_over_the_digest_alone(self):
        for signer, digest in HASHES.items():
            with self.subTest(signer):
                lines, target, attributes = self.prepare(signer=signer)
                self.assertEqual(len(lines), 2)
                out = self.finish(target, self.sign(lines[1], signer), attributes, signer)
                one, = self.verify(out)
                self.assertEqual((one["intact"], one["level"], one["signer"], one["time"]),
                                 (True, "B-B", signer, "D:20260123093000+08'00'"))
                data = self.read(out)
                (covered, der, _), = cms.signatures(data)
                signed, items, signature = cms.signer(der)
                self.assertEqual(signed, self.read(attributes))
                self.assertEqual(lines[0], cms.digest(digest, covered).hex())
                self.assertTrue(others.verify_attributes(pki.cert(signer), signed, signature,
                                                         self.folder, digest))
                self.assertIsNone(cms.attribute(items, "1.2.840.113549.1.9.5"))
                self.assertEqual(data[:len(self.read(plain))], self.read(plain))
                if signer != "sm2":
                    verdict, = others.pyhanko(out, pki.cert("root"))
                    self.assertTrue(verdict["all"], verdict)
                    self.assertEqual(verdict["covers"], "ENTIRE_FILE")
                    self.assertIn("Signature is Valid", others.pdfsig(out))

    def test_forms_of_a_signature__all_that_devices_give(self):
        for signer, size in (("p256", 32), ("p384", 48), ("p521", 66), ("sm2", 32)):
            lines, target, attributes = self.prepare(signer=signer)
            der = self.sign(lines[1], signer)
            forms = {"numbers": others.numbers(der, size)}
            if size == 32:
                forms["64 bytes each"] = others.numbers(der, 64)
            for name, signature in forms.items():
                with self.subTest(signer=signer, form=name):
                    out = self.finish(target, signature, attributes, signer)
                    self.assertIn(der, self.read_cms(out))
            for bad in (der[:-1], der + b"\0", forms["numbers"][1:], b"x", b"\0" * (2 * size)):
                self.finish(target, bad, attributes, signer, status=SIGN, name="bad.pdf")

    def read_cms(self, path):
        (_, der, _), = cms.signatures(self.read(path))
        return der

    def test_another_hash__when_the_key_can(self):
        lines, target, attributes = self.prepare(None, "a", "--hash", "sha384", signer="rsa")
        self.assertEqual([len(line) for line in lines], [96, 96])
        signature = others.device(pki.key("rsa"), lines[1], self.folder, "sha384")
        verdict, = others.pyhanko(self.finish(target, signature, attributes, "rsa"),
                                  pki.cert("root"))
        self.assertTrue(verdict["all"], verdict)
        for signer, name in (("rsa", "sm3"), ("sm2", "sha256"), ("p256", "sm3")):
            self.prepare(None, "b", "--hash", name, signer=signer, status=USAGE)
        lines, _, _ = self.prepare(None, "c", "--hash", "sm3")
        self.assertEqual(lines[0], cms.digest("sm3", self.covered(self.path("c.pdf"))).hex())

    def covered(self, path):
        data = self.read(path)
        a, b, c, d = map(int, re.findall(rb"/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)\s*\]", data)[-1])
        self.assertEqual(c + d, len(data))
        return data[a:a + b] + data[c:]

    def test_offices_in_turn__each_with_its_own_device(self):
        path = fields
        for i, (signer, more) in enumerate((("rsa", ["--certify"]), ("sm2", []))):
            lines, target, attributes = self.prepare(path, f"{i}", *more, signer=signer)
            path = self.finish(target, self.sign(lines[1], signer), attributes, signer,
                               name=f"done{i}.pdf")
        self.assertEqual([(s["field"], s["intact"], s["allowed"], s["certifies"])
                          for s in self.verify(path)],
                         [("Signature1", True, True, True), ("Signature2", True, True, False)])
        self.prepare(path, "third", signer="p256", status=SIGN)


class Platform(Case):
    """What a platform is given is the document's digest; a CMS object comes back."""

    def test_cms_of_pyhanko__put_in_as_it_came(self):
        for signer in ("rsa", "p256", "p384"):
            with self.subTest(signer):
                hash_name = [] if HASHES[signer] == "sha256" else ["--hash", HASHES[signer]]
                lines, target, _ = self.prepare(None, "open", *hash_name)
                self.assertEqual(len(lines), 1)
                made = self.platform(lines[0], signer)
                out = self.finish_cms(target, made)
                (_, der, _), = cms.signatures(self.read(out))
                self.assertEqual(der, made)
                verdict, = others.pyhanko(out, pki.cert("root"))
                self.assertTrue(verdict["all"], verdict)
                self.assertEqual(self.verify(out)[0]["level"], "B-B")

    def test_missing_certificates__added(self):
        lines, target, _ = self.prepare()
        out = self.finish_cms(target, self.platform(lines[0], "rsa", chain=False), "--cert",
                              pki.cert("rsa"), "--chain", pki.cert("ca"))
        verdict, = others.pyhanko(out, pki.cert("root"))
        self.assertTrue(verdict["all"], verdict)

    def test_what_is_no_answer__refused(self):
        lines, target, _ = self.prepare()
        good = self.platform(lines[0], "rsa")
        other = self.platform("00" * 32, "rsa")
        content = self.write("covered", self.covered_of(target))
        made = {}
        for name, more in (("signing time", []), ("no certificate named", ["-noattr"]),
                           ("whole document", ["-nodetach"])):
            made[name] = openssl("cms", "-sign", "-binary", "-in", content, "-outform", "DER",
                                 "-signer", pki.cert("rsa"), "-inkey", pki.key("rsa"), "-cades",
                                 *more) if more != ["-noattr"] else \
                openssl("cms", "-sign", "-binary", "-in", content, "-outform", "DER", "-signer",
                        pki.cert("rsa"), "-inkey", pki.key("rsa"), "-noattr")
        made["two signers"] = openssl(
            "cms", "-sign", "-binary", "-in", content, "-outform", "DER", "-cades",
            "-signer", pki.cert("rsa"), "-inkey", pki.key("rsa"),
            "-signer", pki.cert("p256"), "-inkey", pki.key("p256"))
        made["encrypted"] = openssl("cms", "-encrypt", "-binary", "-in", content, "-outform", "DER",
                                    pki.cert("rsa"))
        made.update({"another document": other, "cut": good[:-1], "more": good + b"\0",
                     "empty": b"", "text": b"-----BEGIN CMS-----", "broken": self.flip(good)})
        for name, answer in made.items():
            with self.subTest(name):
                self.finish_cms(target, answer, status=SIGN)
        self.finish_cms(target, good, "--cert", pki.cert("p256"), status=SIGN)
        _, _, attributes = self.prepare(None, "b", signer="rsa")
        self.finish_cms(target, good, "--attributes", attributes, status=SIGN)
        self.finish_cms(target, good, "--cert", pki.cert("rsa"))

    def covered_of(self, path):
        data = self.read(path)
        a, b, c, d = map(int, re.findall(rb"/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)\s*\]", data)[-1])
        return data[a:a + b] + data[c:c + d]

    def flip(self, der):
        return der[:-20] + bytes([der[-20] ^ 1]) + der[-19:]

    def test_too_large__refused_with_its_size(self):
        lines, target, _ = self.prepare(None, "open", "--cert", pki.cert("rsa"))
        chain = self.write("many.pem", b"")
        for i in range(12):
            openssl("req", "-x509", "-new", "-key", pki.key("p256"), "-subj",
                    f"/CN={i}{'.' * 60}/O={'.' * 60}", "-out", self.path("one"))
            self.append(chain, self.read(self.path("one")))
        told = self.finish_cms(target, self.platform(lines[0], "rsa"), "--cert", pki.cert("rsa"),
                               "--chain", chain, status=SIGN)
        self.assertRegex(told, r"takes \d+ bytes and its place has 6144")

    def append(self, path, content):
        with open(path, "ab") as file:
            file.write(content)


class Between(Case):
    """Nothing is kept between the steps but the files: whatever is changed or mixed up is noticed."""

    def test_the_prepared_file_changed__every_byte_counts(self):
        lines, target, attributes = self.prepare(signer="p256")
        signature = self.sign(lines[1], "p256")
        data = self.read(target)
        start = data.rindex(b"/Contents<") + len(b"/Contents")
        end = data.index(b">", start) + 1
        for at in (20, len(data) // 2, start - 30, end + 8):
            with self.subTest(at):
                changed = self.write("x.pdf", data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
                done = command.run("sign", "finish", changed, "-o", self.path("no.pdf"),
                                   "--signature", self.write("s", signature), "--attributes",
                                   attributes, "--cert", pki.cert("p256"))
                self.assertIn(done.returncode, (SIGN, READ), done.told)
                self.assertFalse(os.path.exists(self.path("no.pdf")))
        for name, changed in (("longer", data + b"\n"), ("shorter", data[:-1]),
                              ("not empty", data[:start + 5] + b"1" + data[start + 6:]),
                              ("signed", None), ("plain", self.read(plain))):
            with self.subTest(name):
                source = self.write("y.pdf", changed) if changed else \
                    self.finish(target, signature, attributes, "p256", name="signed.pdf")
                done = command.run("sign", "finish", source, "-o", self.path("no.pdf"),
                                   "--signature", self.write("s", signature), "--attributes",
                                   attributes, "--cert", pki.cert("p256"))
                self.assertIn(done.returncode, (SIGN, READ), done.told)

    def test_another_certificate__refused(self):
        lines, target, attributes = self.prepare(signer="rsa")
        signature = self.sign(lines[1], "rsa")
        pki.issue("again", KEYS["p256"], SIGNER, "ca")
        csr = ["-key", pki.key("rsa")]  # the same key under another certificate
        openssl("req", "-new", *csr, "-subj", "/CN=twin", "-out", self.path("csr"))
        openssl("x509", "-req", "-in", self.path("csr"), "-CA", pki.cert("ca"), "-CAkey",
                pki.key("ca"), "-CAcreateserial", "-days", "9", "-out", pki.cert("twin"))
        for signer in ("again", "p256", "sm2", "twin"):
            with self.subTest(signer):
                self.finish(target, signature, attributes, signer, status=SIGN)

    def test_two_preparations__independent(self):
        first = self.prepare(None, "first", "--reason", "甲", signer="p256")
        second = self.prepare(None, "second", "--reason", "乙", signer="p256")
        self.assertNotEqual(first[0], second[0])
        one, two = self.sign(first[0][1], "p256"), self.sign(second[0][1], "p256")
        self.finish(first[1], two, second[2], "p256", status=SIGN)
        self.finish(first[1], two, first[2], "p256", status=SIGN)
        self.finish(second[1], one, first[2], "p256", status=SIGN)
        for (_, target, attributes), signature in ((first, one), (second, two)):
            out = self.finish(target, signature, attributes, "p256")
            self.assertTrue(self.verify(out)[0]["intact"])

    def test_the_same_time__the_same_bytes(self):
        one, two = (self.prepare(None, name, signer="rsa") for name in ("one", "two"))
        self.assertEqual(one[0], two[0])
        self.assertEqual(self.read(one[1]), self.read(two[1]))
        self.assertEqual(self.read(one[2]), self.read(two[2]))
        signature = self.sign(one[0][1], "rsa")
        done = [self.read(self.finish(target, signature, attributes, "rsa", name=name))
                for (_, target, attributes), name in ((one, "1.pdf"), (two, "2.pdf"))]
        self.assertEqual(*done)
        key = ["--key", pki.key("rsa"), "--cert", pki.cert("rsa"), "--chain", pki.cert("ca")]
        self.check(DONE, "sign", plain, "-o", self.path("at-once.pdf"), "--time", TIME, *key)
        self.assertEqual(self.read(self.path("at-once.pdf")), done[0])

    def test_attributes__that_are_none_refused(self):
        lines, target, attributes = self.prepare(signer="rsa")
        signature, good = self.sign(lines[1], "rsa"), self.read(attributes)
        for name, content in (("empty", b""), ("cut", good[:-1]), ("more", good + b"\0"),
                              ("sequence", b"\x30" + good[1:]), ("text", b"1" * 99),
                              ("endless", b"\x31\x84\xff\xff\xff\xff"), ("bare", b"\x31\x00"),
                              ("changed", good[:-1] + bytes([good[-1] ^ 1]))):
            with self.subTest(name):
                self.finish(target, signature, self.write("a.der", content), "rsa", status=SIGN)

    def test_the_prepared_file_itself__no_signature(self):
        _, target, _ = self.prepare(signer="rsa")
        one, = self.verify(target, status=SIGN)
        self.assertEqual((one["intact"], one["level"]), (False, ""))


class CommandLine(Case):
    def test_wrong_use__told(self):
        lines, target, attributes = self.prepare(signer="rsa")
        out, cert = self.path("x.pdf"), pki.cert("rsa")
        raw = self.write("raw", self.sign(lines[1], "rsa"))
        for words in (["prepare", plain], ["prepare", "-o", out], ["prepare", plain, "-o", "-"],
                      ["prepare", plain, "-o", out, "--attributes", self.path("a")],
                      ["prepare", plain, "-o", out, "--attributes", out, "--cert", cert],
                      ["prepare", plain, "-o", out, "--chain", cert],
                      ["prepare", plain, "-o", out, "--hash", "md5"],
                      ["prepare", plain, "-o", out, "--key", pki.key("rsa")],
                      ["prepare", plain, "-o", out, "--time", "now"],
                      ["finish", target, "-o", out],
                      ["finish", target, "--cms", raw],
                      ["finish", target, "-o", out, "--cms", raw, "--signature", raw],
                      ["finish", target, "-o", out, "--signature", raw],
                      ["finish", target, "-o", out, "--signature", raw, "--attributes", attributes],
                      ["finish", "-", "-o", out, "--cms", "-"],
                      ["finish", target, "-o", out, "--cms", raw, "--time", TIME]):
            with self.subTest(words):
                self.check(USAGE, "sign", *words)
                self.assertFalse(os.path.exists(out))
        for words in (["prepare", self.path("none"), "-o", out],
                      ["prepare", plain, "-o", out, "--cert", self.path("none")],
                      ["prepare", raw, "-o", out],
                      ["finish", target, "-o", out, "--cms", self.path("none")],
                      ["finish", target, "-o", out, "--signature", raw, "--attributes",
                       self.path("none"), "--cert", cert],
                      ["finish", raw, "-o", out, "--cms", raw]):
            with self.subTest(words):
                self.check(READ, "sign", *words)
                self.assertFalse(os.path.exists(out))

    def test_both_files_or_none__and_the_old_ones_stay(self):
        os.mkdir(self.path("folder"))
        for out, attributes in ((self.path("a.pdf"), self.path("folder")),
                                (self.path("folder"), self.path("a.der")),
                                (self.path("a.pdf"), self.path("none/a.der"))):
            for old in ("a.pdf", "a.der"):
                self.write(old, b"old")
            self.check(WRITE, "sign", "prepare", plain, "-o", out, "--cert", pki.cert("rsa"),
                       "--attributes", attributes)
            self.assertEqual([self.read(self.path(n)) for n in ("a.pdf", "a.der")], [b"old"] * 2)
            self.assertEqual(sorted(os.listdir(self.folder)), ["a.der", "a.pdf", "folder"])

    def test_standard_input__where_one_file_can_be(self):
        with open(plain, "rb") as file:
            done = command.run("sign", "prepare", "-", "-o", self.path("open.pdf"), "--time", TIME,
                               stdin=file.read())
        self.assertEqual(done.returncode, DONE, done.told)
        made = self.platform(done.stdout.decode().strip(), "rsa")
        done = command.run("sign", "finish", self.path("open.pdf"), "-o", "-", "--cms", "-",
                           stdin=made)
        self.assertEqual(done.returncode, DONE, done.told)
        self.assertTrue(self.verify(self.write("s.pdf", done.stdout))[0]["intact"])


if __name__ == "__main__":
    unittest.main()
