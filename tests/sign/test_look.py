#!/usr/bin/env python3
"""Seals as what is seen of signatures: where they stand and in which size, that black stays black under them, what
pyHanko and poppler say of the files, and that `verify` takes nothing else for a seal."""
import hashlib
import json
import os
import re
import subprocess
import sys
import unittest

import numpy
import pikepdf
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "cli"), os.path.join(os.path.dirname(HERE), "seal")]
import command  # noqa: E402
import others  # noqa: E402
import pictures  # noqa: E402
from command import DONE, READ, USAGE  # noqa: E402
from pki import Pki  # noqa: E402

SIGN = 8
TIME = "2026-01-23T09:30:00+08:00"
MM = 72 / 25.4
OUT = os.environ["BX_OUT"]
VENV = os.environ["BX_VENV"]


def setUpModule():
    global pki, files
    pki = Pki(OUT)
    with open(command.SAMPLE, encoding="utf-8") as file:
        model = json.load(file)
    model["signature"]["seal"] = "space"
    spaced = os.path.join(OUT, "spaced.json")
    with open(spaced, "w", encoding="utf-8") as file:
        json.dump(model, file, ensure_ascii=False)
    files = {}
    for name, report, options in (("spaced", spaced, []), ("spaced-1", spaced, ["--signature-field"]),
                                  ("spaced-3", spaced, ["--signature-field=3"]),
                                  ("tight", command.SAMPLE, []),
                                  ("tight-1", command.SAMPLE, ["--signature-field"]),
                                  ("tight-5", command.SAMPLE, ["--signature-field=5"])):
        files[name] = os.path.join(OUT, name + ".pdf")
        done = command.run("render", report, "-o", files[name], *options)
        assert done.returncode == DONE, done.told


class Case(command.Case):
    def sign(self, source, name, *more, seal=pictures.SVG, signer="p256", status=DONE):
        target = self.path(name)
        look = ["--seal", seal] if seal else []
        self.told = self.check(status, "sign", source, "-o", target, "--time", TIME, *pki.args(signer), *look,
                               *more).told
        if status != DONE:
            self.assertFalse(os.path.exists(target))
        return target

    def verdict(self, status, path):
        report = self.path("verdict.json")
        self.check(status, "verify", path, "--report", report)
        return json.loads(self.read(report))

    def judge(self, path):
        done = subprocess.run([os.path.join(VENV, "bin", "python"), "-B", os.path.join(HERE, "judge.py"), path,
                               pki.cert("root")], stdout=subprocess.PIPE, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def widgets(self, path):
        """(page from 1, left, bottom, right, top, has a look) of every widget that has a size."""
        found = []
        with pikepdf.open(path) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                for widget in page.get("/Annots", []):
                    left, bottom, right, top = (float(n) for n in widget.Rect)
                    if left < right:
                        look = widget.AP.N.read_bytes() if "/AP" in widget else b""
                        found.append((number, left, bottom, right, top, b"/Seal gs" in look))
        return found

    def raster(self, path, page, draw="poppler", dpi=150):
        out = path + f"-{page}-{draw}"
        commands = {
            "poppler": ["pdftoppm", "-png", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", path, out],
            "mupdf": ["mutool", "draw", "-q", "-r", str(dpi), "-o", out + ".png", path, str(page)],
            "ghostscript": ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=png16m", "-dTextAlphaBits=4",
                            "-dGraphicsAlphaBits=4", f"-r{dpi}", f"-dFirstPage={page}", f"-dLastPage={page}",
                            f"-sOutputFile={out}.png", path]}
        subprocess.run(commands[draw], check=True, stderr=subprocess.DEVNULL)
        return numpy.asarray(Image.open(out + ".png").convert("RGB"), dtype=numpy.int16)

    def line_box(self, path, page, text):
        html = subprocess.run(["pdftotext", "-bbox-layout", "-f", str(page), "-l", str(page), path, "-"], check=True,
                              stdout=subprocess.PIPE).stdout.decode()
        for box, inside in re.findall(r"<line ([^>]*)>(.*?)</line>", html, re.S):
            if "".join(re.findall(r">([^<]*)</word>", inside)).startswith(text):
                return [float(n) for n in re.findall(r'"([\d.]+)"', box)]
        raise AssertionError(text)


class Places(Case):
    def check_pressed(self, path):
        """The seal's square, y down, on organ and date by GB/T 9704-2012 7.3.5.1."""
        (page, left, bottom, right, top, is_seal), = [w for w in self.widgets(path) if w[5]]
        self.assertTrue(is_seal)
        height = 841.89
        organ = self.line_box(path, page, "长沙高新技术产业")
        date = self.line_box(path, page, "2020年1月23日")
        self.assertLess(height - top, organ[1])
        self.assertGreater(height - bottom, date[3] - 3)
        self.assertLess(height - (top + bottom) / 2, (organ[1] + date[3]) / 2 + 1)
        return (left + right) / 2, right - left, organ, date

    def test_where_a_field_was_left_for_it__there_in_its_size(self):
        for name in "spaced-1", "spaced-3":
            with self.subTest(name):
                before = self.widgets(files[name])
                path = self.sign(files[name], "a.pdf")
                after = self.widgets(path)
                self.assertEqual([w[:5] for w in before], [w[:5] for w in after])  # nothing moved
                self.assertAlmostEqual(after[0][3] - after[0][1], 42 * MM, delta=0.01)
        middle, width, organ, date = self.check_pressed(self.sign(files["spaced-1"], "b.pdf"))
        self.assertAlmostEqual(middle, (date[0] + date[2]) / 2, delta=1)

    def test_without_a_field__on_organ_and_date(self):
        for name in "spaced", "tight":
            with self.subTest(name):
                path = self.sign(files[name], "a.pdf")
                middle, width, organ, date = self.check_pressed(path)
                self.assertAlmostEqual(middle, (date[0] + date[2]) / 2, delta=1)
                self.assertAlmostEqual(width, 42 * MM, delta=0.01)
                verdict = self.verdict(DONE, path)
                self.assertEqual(verdict["answers"]["bytes"], "holds")

    def test_in_a_field_without_room__it_keeps_its_size(self):
        path = self.sign(files["tight-1"], "a.pdf", "--seal-diameter", "38.5mm")
        (_, left, bottom, right, top, is_seal), = self.widgets(path)
        self.assertTrue(is_seal)
        self.assertAlmostEqual(right - left, 38.5 * MM, delta=0.01)
        self.assertAlmostEqual(top - bottom, 38.5 * MM, delta=0.01)
        self.check_pressed(path)

    def test_size__is_that_of_the_ink_as_drawn(self):
        picture = pictures.write(self.path("margin.png"), margin=40)
        path = self.sign(files["spaced-1"], "a.pdf", "--seal-diameter", "40mm", seal=picture)
        (page, left, bottom, right, top, _), = self.widgets(path)
        pixels = self.raster(path, page, dpi=300)
        red = numpy.argwhere((pixels[:, :, 0] > 120) & (pixels[:, :, 1] < 100))
        (y0, x0), (y1, x1) = red.min(0), red.max(0)
        for side in x1 - x0 + 1, y1 - y0 + 1:
            self.assertAlmostEqual(side / 300 * 25.4, 40, delta=0.4)
        self.assertAlmostEqual((x0 + x1 + 1) / 2 / 300 * 72, (left + right) / 2, delta=0.4)

    def test_offices_in_turn__each_in_its_field(self):
        path = files["spaced-3"]
        for number, signer in enumerate(("p256", "rsa", "p256"), 1):
            path = self.sign(path, f"{number}.pdf", signer=signer)
        self.assertEqual([w[5] for w in self.widgets(path)], [True] * 3)
        boxes = [w[1:5] for w in self.widgets(path)]
        for one, other in zip(boxes, boxes[1:]):
            self.assertLess(one[2], other[0])
        self.assertTrue(all(v["intact"] and v["valid"] for v in self.judge(path)))
        verdict = self.verdict(DONE, path)
        self.assertEqual([s["changes"] for s in verdict["signatures"]], ["signed", "signed", "none"])
        self.assertEqual([f["code"] for f in verdict["findings"]], ["VERIFY-SEAL"] * 3)

    def test_no_place__refused(self):
        self.sign(files["tight-5"], "a.pdf", status=SIGN)  # it would lie on another office's field
        self.assertIn("another field", self.told)
        first = self.sign(files["tight-1"], "b.pdf", seal=None)
        self.sign(first, "c.pdf", status=SIGN)  # signed, and no field is left
        self.assertIn("no empty field left", self.told)
        first = self.sign(files["tight-5"], "d.pdf", seal=None)
        self.sign(first, "e.pdf", status=SIGN)  # the field that is left may not be moved any more
        self.assertIn("smaller than the seal", self.told)
        with pikepdf.open(files["tight"]) as pdf:
            del pdf.Root.StructTreeRoot
            pdf.save(self.path("flat.pdf"))
        self.sign(self.path("flat.pdf"), "f.pdf", status=SIGN)
        self.assertIn("no field for a seal", self.told)

    def test_pictures_that_are_none__refused(self):
        pictures.write(self.path("blank.png"), colour=(255, 255, 255))
        for name in "missing.png", "blank.png":
            self.sign(files["spaced-1"], "a.pdf", seal=self.path(name), status=READ)
        self.sign(files["spaced-1"], "a.pdf", seal=files["tight"], status=READ)
        for diameter in "0.5", "42cm", "900mm", "-3mm", "mm":
            self.sign(files["spaced-1"], "a.pdf", "--seal-diameter", diameter, status=USAGE)

    def test_the_same_input__the_same_bytes(self):
        one, two = (self.read(self.sign(files["spaced-1"], n, signer="rsa")) for n in ("1.pdf", "2.pdf"))
        self.assertEqual(one, two)


class Seen(Case):
    def test_black_stays_black_under_red(self):
        path = self.sign(files["spaced-1"], "a.pdf")
        (page, *_), = self.widgets(path)
        for draw in "poppler", "mupdf", "ghostscript":
            with self.subTest(draw):
                plain, sealed = (self.raster(p, page, draw) for p in (files["spaced"], path))  # MuPDF marks empty fields
                black = plain.max(2) < 60
                changed = (plain != sealed).any(2)
                self.assertGreater((black & (sealed[:, :, 0] < 60)).sum(), 0.97 * black.sum())
                self.assertGreater((changed & black).sum() + changed.sum(), 5000)
                self.assertLessEqual((sealed - plain).max(), 8)  # nothing becomes lighter
                red = changed & (plain.min(2) > 250) & (sealed[:, :, 0] > 180) & (sealed[:, :, 1] < 90)
                self.assertGreater(red.sum(), 3000)

    def test_text__is_what_it_was(self):
        path = self.sign(files["spaced-1"], "a.pdf")
        texts = [subprocess.run(["pdftotext", p, "-"], check=True, stdout=subprocess.PIPE).stdout
                 for p in (files["spaced-1"], path)]
        self.assertEqual(*texts)

    def test_others__find_the_signature_valid(self):
        for name in "spaced-1", "spaced", "tight-1":
            path = self.sign(files[name], "a.pdf", signer="rsa")
            verdict, = self.judge(path)
            self.assertTrue(verdict["all"] and verdict["trusted"], verdict)
            said = subprocess.run(["pdfsig", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  check=False).stdout.decode()
            self.assertIn("Signature is Valid", said)
            done = subprocess.run(["qpdf", "--check", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  check=False)
            self.assertEqual(done.returncode, 0, done.stdout.decode())

    def test_certified__and_sealed_afterwards(self):
        first = self.sign(files["spaced-3"], "a.pdf", "--certify")
        second = self.sign(first, "b.pdf", signer="rsa")
        verdict = self.verdict(DONE, second)
        self.assertTrue(all(s["allowed"] for s in verdict["signatures"]))
        self.assertTrue(self.judge(second)[0]["all"])

    def test_prepared_and_finished__by_a_platform(self):
        prepared = self.path("open.pdf")
        digest = self.check(DONE, "sign", "prepare", files["spaced-1"], "-o", prepared, "--time", TIME, "--seal",
                            pictures.SVG).stdout.decode().split()[0]
        verdict = self.verdict(DONE, self.finish(prepared, digest))
        self.assertEqual(verdict["answers"]["bytes"], "holds")
        self.assertIn("VERIFY-SEAL", [f["code"] for f in verdict["findings"]])

    def finish(self, prepared, digest):
        content = others.venv("platform_cms.py", pki.key("p256"), pki.cert("p256"), "sha256", pki.cert("ca"),
                              stdin=digest.encode())
        self.check(DONE, "sign", "finish", prepared, "-o", self.path("done.pdf"), "--cms",
                   self.write("a.cms", content))
        return self.path("done.pdf")

    def signed_with(self, *pairs):
        """A file whose first revision was changed before it was signed, each pair of one length."""
        prepared = self.path("open.pdf")
        self.check(DONE, "sign", "prepare", files["spaced-1"], "-o", prepared, "--time", TIME, "--seal", pictures.SVG)
        data, start = self.read(prepared), len(self.read(files["spaced-1"]))
        for old, new in pairs:
            self.assertEqual(len(old), len(new))
            self.assertIn(old, data[start:])
            data = data[:start] + data[start:].replace(old, new)
        ranges = [int(n) for n in re.search(rb"/ByteRange\[(\d+) (\d+) (\d+) (\d+) *\]", data).groups()]
        covered = data[:ranges[1]] + data[ranges[2]:]
        with open(prepared, "wb") as file:
            file.write(data)
        return self.finish(prepared, hashlib.sha256(covered).hexdigest())

    def test_what_is_no_seal__is_a_change(self):
        self.verdict(DONE, self.signed_with((b"/SigFlags 3", b"/SigFlags 3")))
        for pair in ((b"/BM/Multiply", b"/BM/Normal  "), (b"/BM/Multiply", b"/ca 0.000001"),
                     (b"/Seal gs\n", b"%Seal gs\n"), (b" cm\n/I0 Do\nQ", b" re\nf%0 Do\nQ"),
                     (b"/BBox[0 0 ", b"/BBox[9 9 "), (b"/Resources", b"/Resourcez"),
                     (b"/ColorSpace/DeviceRGB", b"/ColorSpace/DeviceXYZ"), (b"/SMask ", b"/SMasq ")):
            with self.subTest(pair):
                verdict = self.verdict(SIGN, self.signed_with(pair))
                self.assertEqual(verdict["answers"]["changes"], "fails")

    def test_so_dark_that_it_hides__is_a_change(self):
        black = pictures.write(self.path("black.png"), colour=(20, 0, 0))
        verdict = self.verdict(SIGN, self.sign(files["spaced-1"], "a.pdf", seal=black))
        self.assertEqual(verdict["answers"]["changes"], "fails")

    def test_another_seal_afterwards__is_told(self):
        path = self.sign(files["spaced-1"], "a.pdf")
        data = self.read(path)
        with pikepdf.open(path) as pdf:
            widget = next(w for page in pdf.pages for w in page.get("/Annots", []))
            number = widget.objgen[0]
            form = widget.AP.N.objgen[0]
        old = re.search(rb"(?s)\n%d 0 obj\n(.*?)endobj" % form, data).group(1)
        new = b"%d 0 obj\n" % form + old.replace(b"/BM/Multiply", b"/BM/Normal") + b"endobj\n"
        at = len(data)
        start = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
        trailer = b"xref\n%d 1\n%010d 00000 n \ntrailer\n" % (form, at)
        self.assertGreater(number, 0)
        size = max(int(n) for n in re.findall(rb"\n(\d+) 0 obj", data)) + 1
        root = re.findall(rb"/Root (\d+ 0 R)", data)[-1]
        trailer += b"<</Size %d/Prev %d/Root %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, start, root, at + len(new))
        verdict = self.verdict(SIGN, self.write("b.pdf", data + new + trailer))
        self.assertFalse(verdict["signatures"][0]["allowed"] and verdict["signatures"][0]["intact"])


if __name__ == "__main__":
    unittest.main()
