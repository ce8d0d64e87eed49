#!/usr/bin/env python3
"""What banxin verify says of signed files, and of attacks on them."""
import json
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cms  # noqa: E402
import command  # noqa: E402
from command import DONE, READ, USAGE  # noqa: E402
from pki import CA, KEYS, Pki, openssl  # noqa: E402

SIGN = 8
TIME = "2026-01-23T09:30:00+08:00"
OUT = os.environ["BX_OUT"]


def setUpModule():
    global pki, plain, fields, signed
    pki = Pki(OUT)
    plain, fields, signed = (os.path.join(OUT, n + ".pdf") for n in ("plain", "fields", "signed"))
    for path, options in ((plain, []), (fields, ["--signature-field", "3"])):
        done = command.run("render", command.SAMPLE, "-o", path, *options)
        assert done.returncode == DONE, done.told
    done = command.run("sign", plain, "-o", signed, *pki.args("rsa"))
    assert done.returncode == DONE, done.told


def revision(pdf, objects):
    """The file with these objects written behind it, as any program would: {number: bytes}."""
    out, places = pdf + b"\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max([number_of_objects(pdf), *objects]) + 1
    out += b"xref\n"
    for number, at in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n\r\n" % (number, at)
    root = re.findall(rb"/Root (\d+ 0 R)", pdf)[-1]
    return out + b"trailer\n<</Size %d/Root %s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, root, re.findall(rb"startxref\s+(\d+)", pdf)[-1], start)


def number_of_objects(pdf):
    return int(re.findall(rb"/Size (\d+)", pdf)[-1])


def last_object(pdf, pattern):
    """(number, body) of the last plain object that holds this."""
    found = [(int(m[1]), m[2]) for m in re.finditer(rb"(\d+) 0 obj\n(<<.*?)\nendobj", pdf, re.S)
             if re.search(pattern, m[2])]
    return found[-1]


class Case(command.Case):
    def sign(self, source, name, *more, signer="p256"):
        target = self.path(name)
        self.check(DONE, "sign", source, "-o", target, "--time", TIME, *pki.args(signer), *more)
        return target

    def verify(self, status, path, *more):
        report = self.path("report.json")
        self.check(status, "verify", path, "--report", report, *more)
        return json.loads(self.read(report))

    def codes(self, report):
        return {f["code"] for f in report["findings"] if f["level"] == "error"}


class Good(Case):
    def test_every_kind_of_key__intact_and_the_model_compared(self):
        for signer in KEYS:
            with self.subTest(signer):
                path = self.sign(plain, signer + ".pdf", "--certify", signer=signer)
                report = self.verify(DONE, path)
                self.assertEqual(set(report["answers"].values()), {"holds"}, report["answers"])
                one, = report["signatures"]
                self.assertEqual(one, {
                    "field": "Signature1", "kind": "signature", "level": "B-B", "signer": signer,
                    "time": "D:20260123093000+08'00'", "stamp": None, "intact": True,
                    "trusted": None, "revocation": "unknown",
                    "covers": len(self.read(path)), "changes": "none", "allowed": True,
                    "certifies": True})

    def test_signed_in_turn__each_knows_what_came_after(self):
        for source, options, changes in (
                (plain, [[], [], []], ["fields added", "fields added", "none"]),
                (fields, [["--certify"], [], []], ["signed", "signed", "none"]),
                (fields, [["--field", "other"], [], []], ["signed", "signed", "none"])):
            with self.subTest(options):
                path = source
                for i, (signer, more) in enumerate(zip(("rsa", "sm2", "p256"), options)):
                    path = self.sign(path, f"{i}.pdf", *more, signer=signer)
                report = self.verify(DONE, path)
                self.assertEqual([s["changes"] for s in report["signatures"]], changes)
                self.assertTrue(all(s["intact"] and s["allowed"] for s in report["signatures"]))
                self.assertEqual(set(report["answers"].values()), {"holds"}, report["answers"])

    def test_fields_left_by_render__nothing_added(self):
        report = self.verify(DONE, fields)
        self.assertEqual(report["signatures"], [])
        self.assertEqual(set(report["answers"].values()), {"holds"}, report["answers"])

    def test_trust__only_when_asked_and_by_any_of_the_files(self):
        path = self.sign(plain, "a.pdf")
        report = self.verify(SIGN, path, "--trust", pki.cert("sm2"))
        self.assertEqual(report["signatures"][0]["trusted"], False)
        self.assertEqual(self.codes(report), {"VERIFY-TRUST"})
        now = self.path("now.pdf")  # the throw-away certificates are of today
        self.check(DONE, "sign", plain, "-o", now, *pki.args("p256"))
        report = self.verify(DONE, now, "--trust", pki.cert("sm2"), "--trust", pki.cert("root"))
        self.assertEqual(report["signatures"][0]["trusted"], True)
        self.assertEqual(self.verify(SIGN, path, "--trust", pki.cert("root"))["signatures"][0]
                         ["trusted"], False)
        for path in (now, plain):
            self.check(READ, "verify", path, "--trust", pki.path("none"))

    def test_a_chain_of_sm2__trusted_by_its_identity(self):
        identity = ["-sigopt", "distid:1234567812345678"]
        openssl("genpkey", "-algorithm", "SM2", "-out", self.path("root.pem"))
        openssl("req", "-x509", "-new", "-key", self.path("root.pem"), "-sm3", *identity, "-subj",
                "/CN=root", "-days", "9", "-out", self.path("root.crt"))
        openssl("req", "-new", "-key", pki.key("sm2"), "-sm3", *identity, "-subj", "/CN=organ",
                "-out", self.path("csr"))
        openssl("x509", "-req", "-in", self.path("csr"), "-vfyopt", "distid:1234567812345678",
                "-CA", self.path("root.crt"), "-CAkey", self.path("root.pem"), "-CAcreateserial",
                "-sm3", *identity, "-days", "9", "-out", self.path("organ.crt"))
        target = self.path("a.pdf")
        self.check(DONE, "sign", plain, "-o", target, "--key", pki.key("sm2"), "--cert",
                   self.path("organ.crt"))
        report = self.verify(DONE, target, "--trust", self.path("root.crt"))
        self.assertEqual(report["signatures"][0]["trusted"], True)


class Attacks(Case):
    def attack(self, name, data, wanted="VERIFY-SIGNED"):
        path = self.write(name + ".pdf", data)
        report_path = self.path("report.json")
        status = command.run("verify", path, "--report", report_path).returncode
        self.assertIn(status, (SIGN, command.MODEL), name)
        report = json.loads(self.read(report_path))
        self.assertIn(wanted, self.codes(report), name)
        return report

    def test_later_changes__of_page_form_and_catalog_are_told(self):
        data = self.read(signed)
        page, body = last_object(data, rb"/Type ?/Page\b")
        catalog, root = last_object(data, rb"/Type ?/Catalog")
        new = number_of_objects(data)
        stream = b"<</Length 3>>\nstream\nq Q\nendstream"
        free = {
            "content": {page: re.sub(rb"/Contents \d+", b"/Contents %d" % new, body), new: stream},
            "resources": {page: re.sub(rb"/Resources ", b"/Resources <<>>/Was ", body)},
            "box": {page: re.sub(rb"/MediaBox ?\[[^]]*\]", b"/MediaBox[0 0 9 9]", body)},
            "annotation": {
                page: re.sub(rb"/Annots ?\[([^]]*)\]", rb"/Annots[\1 %d 0 R]" % new, body),
                new: b"<</Type/Annot/Subtype/FreeText/Rect[0 0 99 99]/Contents(x)/DA(x)>>"},
            "action": {catalog: root[:-2] + b"/OpenAction<</S/URI/URI(http://x)>>>>"},
            "certified": {catalog: root[:-2] + b"/Perms<</DocMDP %d 0 R>>>>" % new, new: b"<<>>"},
        }
        for name, objects in free.items():
            with self.subTest(name):
                self.attack(name, revision(data, objects))

    def test_after_certification__no_annotation_and_no_field(self):
        data = self.read(self.sign(plain, "c.pdf", "--certify"))
        other = self.read(self.sign(signed, "d.pdf"))
        self.assertTrue(other)
        page, body = last_object(data, rb"/Type ?/Page\b")
        catalog, root = last_object(data, rb"/Type ?/Catalog")
        new = number_of_objects(data)
        widget = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(x)/Rect[0 0 0 0]/V 1 0 R>>"
        objects = {page: re.sub(rb"/Annots ?\[([^]]*)\]", rb"/Annots[\1 %d 0 R]" % new, body),
                   catalog: re.sub(rb"/Fields ?\[([^]]*)\]", rb"/Fields[\1 %d 0 R]" % new, root),
                   new: widget}
        self.attack("field", revision(data, objects))
        objects[new] = b"<</Type/Annot/Subtype/Stamp/Rect[0 0 99 99]>>"
        del objects[catalog]
        self.attack("stamp", revision(data, objects))

    def test_forgeries__of_the_signature_dictionary_are_told(self):
        data = self.read(signed)
        number, body = last_object(data, rb"/Type ?/Sig\b")
        for name, pattern, new in (("no range", rb"/ByteRange\[[^]]*\]", b""),
                                   ("empty range", rb"/ByteRange\[[^]]*\]", b"/ByteRange[]"),
                                   ("null range", rb"/ByteRange\[[^]]*\]", b"/ByteRange null"),
                                   ("negative", rb"/ByteRange\[0", b"/ByteRange[-1"),
                                   ("zero", rb"/ByteRange\[[^]]*\]", b"/ByteRange[0 0 0 0]"),
                                   ("no contents", rb"/Contents<[^>]*>", b""),
                                   ("null contents", rb"/Contents<[^>]*>", b"/Contents null"),
                                   ("zeroes", rb"/Contents<[^>]*>", b"/Contents<0000>"),
                                   ("two ranges", rb"/ByteRange\[", b"/ByteRange[0 9 12 9]/ByteRange["),
                                   ("copied", rb"/M\(", b"/M(")):
            with self.subTest(name):
                changed = re.sub(pattern, new, body, count=1)
                report = self.attack(name, revision(data, {number: changed}), "VERIFY-SIGNATURE")
                self.assertFalse(report["signatures"][0]["intact"])

    def test_wrapping__what_is_covered_moved_elsewhere_is_told(self):
        data = self.read(signed)
        (_, _, (_, start, end, tail)), = cms.signatures(data)
        extra = b"%" * 512 + b"\n"
        moved = data[:end] + extra + data[end:]
        moved = re.sub(rb"/ByteRange\[[^]]*\]", lambda m: (
            b"/ByteRange[0 %d %d %d" % (start, end + len(extra), tail)).ljust(len(m[0]) - 1) + b"]",
            moved)
        start = int(re.findall(rb"startxref\s+(\d+)", moved)[-1])
        moved = re.sub(rb"startxref\s+%d" % start, b"startxref\n%d" % (start + len(extra)), moved)
        self.assertIn(command.run("verify", self.write("a.pdf", moved)).returncode, (READ, SIGN))

    def test_appended_without_cross_reference__told(self):
        data = self.read(signed)
        page, body = last_object(data, rb"/Type ?/Page\b")
        more = b"%d 0 obj\n%s\nendobj\n" % (page, body)
        for name, tail in (("bare", more), ("ended", more + b"startxref\n9\n%%EOF\n"),
                           ("comment", b"% hello\n")):
            with self.subTest(name):
                path = self.write(name + ".pdf", data + tail)
                self.assertIn(command.run("verify", path).returncode, (READ, SIGN))

    def test_changed_in_the_signed_revision_itself__told_by_the_model(self):
        data = self.read(plain)
        numbers = number_of_objects(data)
        bad = self.write("bad.pdf", revision(data, {numbers: b"<</Type/Nothing>>"}))
        path = self.sign(bad, "bad-signed.pdf")
        report = self.verify(SIGN, path)
        self.assertTrue(report["signatures"][0]["intact"])
        self.assertEqual(report["answers"]["changes"], "fails")


if __name__ == "__main__":
    unittest.main()
