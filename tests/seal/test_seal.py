#!/usr/bin/env python3
"""A report's seal and the seal over its edges, in finished files: where they stand (GB/T 9704-2012 7.3.5.1), that
black stays black under them on screen and on plates, that nothing of the text changes, and what is told of
pictures that are no certified seals."""
import glob
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
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "cli"), os.path.join(os.path.dirname(HERE), "verify"),
                os.path.join(os.path.dirname(HERE), "pdf"), os.path.join(os.path.dirname(HERE), "page")]
import drawn  # noqa: E402
import forge  # noqa: E402
import pictures  # noqa: E402
from command import DONE, MODEL, READ, SAMPLE, Case  # noqa: E402
from print_plates import PRINTER  # noqa: E402
from report_text import ROOT  # noqa: E402

SIGN = 8
MM = 72 / 25.4
PITCH = 28.99  # of gbt9704's lines, points
DPI = 150
SEAL = re.compile(rb"q\n(?:([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re W n\n)?/Seal gs\n"
                  rb"([\d.]+) 0 0 ([\d.]+) ([\d.-]+) ([\d.-]+) cm /I\d+ Do\nQ\n")


def seals(path):
    """For each page its seals: what is shown of it, and the whole picture; x, y, w, h, y up."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            found = []
            for match in SEAL.finditer(page.Contents.read_bytes()):
                numbers = [float(n) if n else None for n in match.groups()]
                w, h, x, y = numbers[4:]
                found.append((tuple(numbers[:4]) if numbers[0] is not None else (x, y, w, h), (x, y, w, h)))
            yield found


def words(path, page):
    """(text, x0, top, x1, bottom) of the lines of a page; y down."""
    html = subprocess.run(["pdftotext", "-bbox-layout", "-f", str(page), "-l", str(page), path, "-"], check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    for line in re.findall(r"<line ([^>]*)>(.*?)</line>", html, re.S):
        box = [float(n) for n in re.findall(r'"([\d.]+)"', line[0])]
        yield ("".join(re.findall(r">([^<]*)</word>", line[1])), *box)


def raster(path, page, dpi=DPI):
    """RGB as poppler draws it."""
    out = path + f"-{page}"
    subprocess.run(["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", path, out],
                   check=True)
    return numpy.asarray(Image.open(out + ".ppm").convert("RGB"), dtype=numpy.int16)


class Seals(Case):
    def report(self, seal=None, name="report.json", **signature):
        """A report beside its pictures; its path."""
        pictures.write(self.path("seal.png"))
        with open(pictures.SVG, "rb") as file:
            self.write("seal.svg", file.read())
        with open(SAMPLE, encoding="utf-8") as file:
            model = json.load(file)
        model["signature"].update(signature)
        if seal:
            model["signature"]["seal"] = seal
        return self.write(name, json.dumps(model, ensure_ascii=False).encode())

    def pdf(self, report, *options, status=DONE):
        path = report[:-5] + ".pdf"
        self.told = self.check(status, "render", report, "-o", path, "--allow-inconsistent", *options).told
        return path

    def page_count(self, path):
        with pikepdf.open(path) as pdf:
            return len(pdf.pages)


class OnTheDate(Seals):
    def place(self, path):
        """Page, middle, top and bottom of the only seal's picture, y down."""
        pages = list(seals(path))
        number, = (n for n, found in enumerate(pages, 1) if found)
        (shown, whole), = pages[number - 1]
        self.assertEqual(shown, whole)
        with pikepdf.open(path) as pdf:
            height = float(pdf.pages[number - 1].MediaBox[3])
        x, y, w, h = whole
        return number, x + w / 2, height - y - h, height - y

    def check_place(self, path, organ, date):
        number, middle, top, bottom = self.place(path)
        lines = sorted(words(path, number), key=lambda line: line[2])
        at = next(i for i, line in enumerate(lines) if line[0].startswith(organ[:8]))
        last = next(line for line in lines if line[0] == date)
        em = 15.75
        above = (lines[at - 1][2] + lines[at - 1][4]) / 2 + em / 2
        organ_top = (lines[at][2] + lines[at][4]) / 2 - em / 2
        date_bottom = (last[2] + last[4]) / 2 + em / 2
        self.assertAlmostEqual(middle, (last[1] + last[3]) / 2, delta=1)  # centred on the date
        self.assertGreaterEqual(top, above - 1)                           # clear of the text
        self.assertLessEqual(top, above + PITCH + 1.5)                    # within one line of it
        self.assertLess((top + bottom) / 2, (organ_top + date_bottom) / 2)  # below the centre
        self.assertGreaterEqual(bottom, date_bottom - 1)                  # pressing both
        return organ_top - (top + bottom) / 2

    def test_gbt9704_7_3_5_1__both_kinds_of_picture_stand_on_organ_and_date(self):
        for image in "seal.png", "seal.svg":
            with self.subTest(image):
                path = self.pdf(self.report({"image": image}))
                under = self.check_place(path, "长沙高新技术产业开发区管理委员会", "2020年1月23日")
                self.assertAlmostEqual(under, 0, delta=2)  # both in the lower half

    def test_gbt9704_7_3_5_1__a_long_organ_and_its_date_are_pressed_together(self):
        organ = "某某省某某市某某新区某某开发区管理委员会某某综合行政执法管理办公室"
        path = self.pdf(self.report({"image": "seal.png"}, organ=organ))
        self.check_place(path, organ, "2020年1月23日")

    def test_size__is_that_of_the_ink(self):
        for diameter, margin, has_alpha in (42, 0, True), (38, 40, True), (45, 25, False), (60, 0, True):
            with self.subTest((diameter, margin)):
                report = self.report({"image": "other.png", "diameter": f"{diameter}mm"})
                pictures.write(self.path("other.png"), margin=margin, has_alpha=has_alpha)
                path = self.pdf(report)
                number, middle, top, bottom = self.place(path)
                pixels = raster(path, number, 300)
                red = numpy.argwhere((pixels[:, :, 0] > 120) & (pixels[:, :, 1] < 100))
                (y0, x0), (y1, x1) = red.min(0), red.max(0)
                for side in x1 - x0 + 1, y1 - y0 + 1:
                    self.assertAlmostEqual(side / 300 * 25.4, diameter, delta=0.4)
                plain = self.pdf(self.report({"image": "seal.png", "diameter": f"{diameter}mm"}, name="p.json"))
                _, middle, top, bottom = self.place(plain)
                self.assertAlmostEqual((x0 + x1 + 1) / 2 / 300 * 72, middle, delta=0.4)
                self.assertAlmostEqual((y0 + y1 + 1) / 2 / 300 * 72, (top + bottom) / 2, delta=0.4)

    def test_black_stays_black_under_red(self):
        sealed = self.pdf(self.report({"image": "seal.svg"}))
        plain = self.pdf(self.report("space", name="plain.json"))
        number, *_ = self.place(sealed)
        for draw in self.poppler, self.mupdf, self.own:
            with self.subTest(draw.__name__):
                a, b = draw(plain, number), draw(sealed, number)
                self.assertEqual(a.shape, b.shape)
                black = a.max(2) < 60
                changed = (a != b).any(2)
                self.assertGreater((black & (b[:, :, 0] < 60)).sum(), 0.97 * black.sum())
                self.assertGreater(changed.sum(), 5000)
                self.assertLessEqual((b - a).max(), 8)  # nothing becomes lighter: no letter is covered
                ink = changed & ~black & (a.min(2) > 250)
                red = ink & (b[:, :, 0] > 180) & (b[:, :, 1] < 90)
                self.assertGreater(red.sum(), 3000)

    def poppler(self, path, page):
        return raster(path, page)

    def mupdf(self, path, page):
        out = path + ".mupdf.png"
        subprocess.run(["mutool", "draw", "-q", "-r", str(DPI), "-o", out, path, str(page)], check=True)
        return numpy.asarray(Image.open(out).convert("RGB"), dtype=numpy.int16)

    def own(self, path, page):
        out = path + "-%d.own.png"
        self.check(DONE, "preview", path[:-4] + ".json", "-o", out, "--dpi", str(DPI), "--allow-inconsistent")
        return numpy.asarray(Image.open(out % page).convert("RGB"), dtype=numpy.int16)

    def test_text__is_what_it_was(self):
        sealed = self.pdf(self.report({"image": "seal.svg"}), "--straddle", pictures.SVG)
        plain = self.pdf(self.report("space", name="plain.json"))
        for command in (["pdftotext", "-raw"], ["pdftotext"]):
            texts = [subprocess.run([*command, path, "-"], check=True, stdout=subprocess.PIPE).stdout
                     for path in (sealed, plain)]
            self.assertEqual(*texts)

    def test_who_does_not_see__hears_that_it_is_an_illustration(self):
        path = self.pdf(self.report({"image": "seal.png"}))
        with pikepdf.open(path) as pdf:
            figures = [e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == "/Figure"]
            figure, = figures
            self.assertIn("长沙高新技术产业开发区管理委员会", str(figure.Alt))
            self.assertIn("仅为示意", str(figure.Alt))
        self.assertIn("illustration", self.told)
        self.assertNotIn("not red", self.told)

    def test_pictures_that_cannot_be_pressed__are_refused(self):
        os.symlink(SAMPLE, self.path("link.png"))
        self.write("broken.png", b"\x89PNG\r\n\x1a\n")
        pictures.write(self.path("blank.png"), colour=(255, 255, 255))
        pictures.write(self.path("margin.png"), side=20, margin=100)
        os.mkdir(self.path("sub"))
        for image, status, word in (("missing.png", READ, "IMAGE"), ("link.png", READ, "IMAGE"),
                                    ("broken.png", READ, "IMAGE"), ("report.json", READ, "IMAGE"),
                                    ("sub", READ, "IMAGE"), ("blank.png", READ, "SEAL"),
                                    ("margin.png", READ, "SEAL"), ("/etc/hostname", MODEL, "PATH"),
                                    ("../seal.png", MODEL, "PATH")):
            with self.subTest(image):
                report = self.report({"image": image})
                self.pdf(report, status=status)
                self.assertIn(word + " /signature/seal", self.told)
                self.assertFalse(os.path.exists(report[:-5] + ".pdf"))

    def test_a_seal_that_is_not_red_or_has_no_place__is_told(self):
        pictures.write(self.path("blue.png"), colour=(0, 60, 200))
        self.pdf(self.report({"image": "blue.png"}))
        self.assertIn("not red", self.told)
        self.pdf(self.report({"image": "seal.png"}, signer={"post": "主任", "name": "张某"}))
        self.assertIn("does not reach the date", self.told)
        self.pdf(self.report({"image": "seal.png", "diameter": "400mm"}))
        self.assertIn("made smaller", self.told)
        self.pdf(self.report({"image": "seal.png"}))
        self.assertNotIn("warning SEAL", self.told)
        path = self.pdf(self.report({"image": "seal.png"}, place="title"))
        self.assertIn("no seal is drawn", self.told)
        self.assertEqual([found for found in seals(path) if found], [])

    def test_fields_with_room_for_a_seal__are_where_it_goes(self):
        sealed = self.pdf(self.report({"image": "seal.png"}))
        number, middle, top, bottom = self.place(sealed)
        for count in 1, 3:
            path = self.pdf(self.report("space", name="fields.json"), f"--signature-field={count}")
            with pikepdf.open(path) as pdf:
                page = pdf.pages[number - 1]
                boxes = [[float(n) for n in field.Rect] for field in page.Annots]
                height = float(page.MediaBox[3])
            self.assertEqual(len(boxes), count)
            x0, y0, x1, y1 = boxes[-1]
            self.assertAlmostEqual((x0 + x1) / 2, middle, delta=0.1)
            if count == 1:
                self.assertAlmostEqual(height - y1, top, delta=0.1)
            for left, right in zip(boxes, boxes[1:]):
                self.assertLess(left[2], right[0])
            self.assertGreater(boxes[0][0], 28 * MM - 0.1)


class LinesGivenUp(Seals):
    """GB/T 9704-2012 7.3.5.5: a signature takes two lines of text along, and the pages before it are set evenly. The
    style here makes all else dearer, so that it happens."""

    def style(self):
        with open(os.path.join(ROOT, "layouts/styles/gbt9704.xml"), encoding="utf-8") as file:
            text = file.read()
        for name, cost in (("blank-line", 10), ("short-page", 1), ("dense-step", 99999), ("cut-table", 99999)):
            text = re.sub(f'{name}="[0-9]+"', f'{name}="{cost}"', text)
        return self.write("rigid.xml", text.encode())

    def tops(self, path, page):
        """Baselines of the body's lines, as MuPDF draws them, y down; where the type area ends."""
        return sorted({round(glyph.y, 2) for glyph in list(drawn.pages_of(path))[page - 1].glyphs
                       if abs(glyph.size - 15.75) < 0.01 and "\u4e00" <= glyph.text <= "\u9fff"})

    def test_every_line__no_page_ends_early(self):
        style, widened = self.style(), 0
        for count in range(50, 57):
            report = self.report("space")
            with open(report, encoding="utf-8") as file:
                model = json.load(file)
            model["sections"]["other"]["body"] = [{"text": "无。"}] * count
            path = self.pdf(self.write("even.json", json.dumps(model, ensure_ascii=False).encode()), "--style", style)
            last = self.page_count(path)
            text, signature = self.tops(path, last)[:-2], self.tops(path, last)[-2:]
            self.assertGreaterEqual(len(text), 2)
            self.assertEqual(len(signature), 2)
            before = self.tops(path, last - 1)
            steps = [b - a for a, b in zip(before, before[1:])]
            self.assertLess(max(steps) - min(steps), 0.02)  # evenly
            if len(before) < 22:
                self.assertGreater(min(steps), PITCH + 0.5)
                widened += 1
            self.assertAlmostEqual(before[-1], self.bottom(path, last - 2), delta=0.02)  # and down to the foot
        self.assertGreater(widened, 0)

    def bottom(self, path, page):
        return self.tops(path, page)[-1]


class OverTheEdges(Seals):
    def check_slices(self, path, first, last, diameter=42 * MM):
        """The pages' slices, put side by side, are one whole seal."""
        end = None
        for number, found in list(enumerate(seals(path), 1))[first - 1:last]:
            found = [f for f in found if f[0] != f[1]]
            (shown, whole), = found
            with pikepdf.open(path) as pdf:
                _, _, width, height = (float(n) for n in pdf.pages[number - 1].MediaBox)
            self.assertAlmostEqual(shown[0] + shown[2], width, delta=0.002)  # at the edge
            self.assertAlmostEqual(shown[1] + shown[3] / 2, height / 2, delta=0.02)
            start = shown[0] - whole[0]  # of the slice, in the picture
            if end is not None:
                self.assertAlmostEqual(start, end, delta=0.003)
            else:
                self.assertAlmostEqual(start, 0, delta=0.003)
            end = start + shown[2]
            self.assertAlmostEqual(shown[2], diameter / (last - first + 1), delta=0.003)
        self.assertAlmostEqual(end, diameter, delta=0.01)

    def long_report(self, paragraphs):
        path = self.report("space")
        with open(path, encoding="utf-8") as file:
            model = json.load(file)
        model["sections"]["other"]["body"] = [{"text": "这一段只是为了让报告长一些。" * 40}] * paragraphs
        return self.write("long.json", json.dumps(model, ensure_ascii=False).encode())

    def test_slices__are_the_whole_seal(self):
        path = self.pdf(self.report(), "--straddle", pictures.SVG)
        self.check_slices(path, 1, self.page_count(path))
        self.assertIn("illustration", self.told)

    def test_fanned_out__they_look_like_it(self):
        opaque = pictures.write(self.path("opaque.png"), has_alpha=False)
        path = self.pdf(self.report(), "--straddle", opaque)
        count = self.page_count(path)
        dpi = 300
        side = round(42 / 25.4 * dpi)
        pages = [raster(path, number, dpi) for number in range(1, count + 1)]
        edge = round(210 / 25.4 * dpi)
        strips = []
        for i, pixels in enumerate(pages):
            width = round(side * (i + 1) / count) - round(side * i / count)
            strips.append(pixels[:, edge - width:edge])
        fanned = numpy.concatenate(strips, axis=1)
        top = fanned.shape[0] // 2 - side // 2
        fanned = fanned[top:top + side]
        whole = numpy.asarray(Image.open(opaque).resize((side, side)), dtype=numpy.int16)
        self.assertLess(numpy.abs(fanned - whole).mean(), 6)
        shuffled = numpy.concatenate(strips[1:] + strips[:1], axis=1)[top:top + side]
        self.assertGreater(numpy.abs(shuffled - whole).mean(), 12)  # the measure tells another order

    def test_many_pages__take_several_seals(self):
        path = self.pdf(self.long_report(70), "--straddle", pictures.SVG)
        count = self.page_count(path)
        self.assertGreater(count, 28)
        parts = -(-count // 14)  # 14 slices of 3 mm
        ends = [count * part // parts for part in range(parts + 1)]
        for first, last in zip(ends, ends[1:]):
            self.check_slices(path, first + 1, last)

    def test_artifacts__of_one_image(self):
        path = self.pdf(self.report(), "--straddle", pictures.SVG)
        with pikepdf.open(path) as pdf:
            for page in pdf.pages:
                content = page.Contents.read_bytes()
                at = content.index(b"/Seal gs")
                opened = content.rindex(b"BDC", 0, at)
                self.assertIn(b"/Artifact", content[opened - 40:opened])
                self.assertEqual(page.Group.CS, "/DeviceRGB")
            self.assertEqual(len([o for o in pdf.objects if isinstance(o, pikepdf.Stream) and
                                  o.get("/Subtype") == "/Image" and "/SMask" in o]), 1)

    def test_pictures_that_cannot_be_read__are_refused(self):
        self.write("broken.png", b"\x89PNG\r\n\x1a\n")
        report = self.report()
        for name in "missing.png", "broken.png", "report.json", "":
            with self.subTest(name):
                self.pdf(report, "--straddle", self.path(name), status=READ)
                self.assertFalse(os.path.exists(report[:-5] + ".pdf"))

    def test_the_same_bytes__wherever_the_picture_lies(self):
        report = self.report({"image": "seal.png"})
        one = self.read(self.pdf(report, "--straddle", pictures.SVG))
        with open(pictures.SVG, "rb") as file:
            elsewhere = self.write("renamed.svg", file.read())
        self.assertEqual(one, self.read(self.pdf(report, "--straddle", elsewhere)))

    def test_batch__gives_the_same_and_begins_anew_with_another(self):
        os.mkdir(self.path("in"))
        report = self.report({"image": "seal.png"})
        os.rename(report, self.path("in/report.json"))
        os.rename(self.path("seal.png"), self.path("in/seal.png"))
        pictures.write(self.path("other.png"))
        command = ["batch", self.path("in"), "-o", self.path("out"), "--name", "a.pdf", "--resume",
                   "--allow-inconsistent", "--straddle"]
        self.check(DONE, *command, pictures.SVG)
        first = self.read(self.path("out/a.pdf"))
        self.assertEqual(first, self.read(self.pdf(self.path("in/report.json"), "--straddle", pictures.SVG)))
        self.check(DONE, *command, self.path("other.png"))
        self.assertNotEqual(first, self.read(self.path("out/a.pdf")))


class OnPlates(Seals):
    def plates(self, path, page):
        """Cyan, magenta, yellow, black of a page, 255 without ink."""
        out = path + ".sep"
        for old in glob.glob(out + "*"):
            os.remove(old)
        subprocess.run(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", f"-dFirstPage={page}", f"-dLastPage={page}",
                        "-sDEVICE=tiffsep", "-r300", f"-sOutputFile={out}.tif", path], check=True)
        return {name: numpy.asarray(Image.open(f"{out}({name}).tif"), dtype=numpy.int16)
                for name in ("Cyan", "Magenta", "Yellow", "Black")}

    def outside(self, path, page, shape):
        """Pixels of a plate that no seal is near."""
        outside = numpy.full(shape, True)
        for (x, y, w, h), _ in list(seals(path))[page - 1]:
            left, right = (round(v / 72 * 300) for v in (x, x + w))
            top, bottom = (shape[0] - round(v / 72 * 300) for v in (y + h, y))
            outside[max(top - 5, 0):bottom + 5, max(left - 5, 0):right + 5] = False
        return outside

    def test_print__text_stays_on_black_and_the_seal_beside_it(self):
        for options in (), ("--output-intent", PRINTER), ("--output-intent", PRINTER, "--straddle", pictures.SVG):
            with self.subTest(options):
                sealed = self.pdf(self.report({"image": "seal.svg"}), "--profile", "print", *options)
                plain = self.pdf(self.report("space", name="plain.json"), "--profile", "print", *options[:2])
                number = max(n for n, found in enumerate(seals(sealed), 1) if found)
                a, b = self.plates(plain, number), self.plates(sealed, number)
                self.assertTrue((a["Black"] < 50).any())
                self.assertGreater((b["Magenta"] < 200).sum(), 500)
                outside = self.outside(sealed, number, b["Black"].shape)
                self.assertLess(outside.mean(), 0.98)
                for name in "Cyan", "Magenta", "Yellow":
                    self.assertTrue((a[name] == 255).all(), name)
                    self.assertTrue((b[name][outside] == 255).all(), name)
                # Ghostscript fills edges of letters a little otherwise where a page has blend modes.
                self.assertAlmostEqual((b["Black"] < 128).sum() / (a["Black"] < 128).sum(), 1, delta=0.1)
                if options:  # the standard's inks: Y80 M80
                    self.assertTrue((b["Cyan"] == 255).all())
                    self.assertAlmostEqual(int(b["Magenta"].min()), 51, delta=2)
                    self.assertAlmostEqual(int(b["Yellow"].min()), 51, delta=2)

    def test_print__says_no_group_without_a_printers_profile(self):
        """A group in RGB would turn the page's black text into four inks."""
        for options, wanted in ((), None), (("--output-intent", PRINTER), "/DeviceCMYK"):
            path = self.pdf(self.report({"image": "seal.png"}), "--profile", "print", *options)
            with pikepdf.open(path) as pdf:
                groups = [page.Group.CS if "/Group" in page else None for page in pdf.pages]
            self.assertEqual(groups[-1], wanted)
            self.assertEqual(set(groups[:-1]), {None})


class Verified(Seals):
    def verdict(self, status, path, *options):
        report = self.path("verdict.json")
        self.check(status, "verify", path, "--report", report, *options)
        return json.loads(self.read(report))

    def codes(self, verdict, level="error"):
        return {f["code"] for f in verdict["findings"] if f["level"] == level}

    def test_our_files__hold_and_say_what_the_seal_is(self):
        for profile, options in (("archive", ()), ("archive-4f", ()), ("print", ()),
                                 ("print", ("--output-intent", PRINTER, "--bleed", "3mm"))):
            with self.subTest((profile, options)):
                path = self.pdf(self.report({"image": "seal.png"}), "--profile", profile, "--straddle",
                                pictures.SVG, *options)
                verdict = self.verdict(DONE, path)
                self.assertEqual(set(verdict["answers"].values()), {"holds"}, verdict["findings"])
                self.assertEqual(self.codes(verdict, "note"), {"VERIFY-SEAL"})

    def test_without_its_picture__pages_are_not_compared(self):
        path = self.pdf(self.report({"image": "seal.png"}), "--profile", "archive-2a", "--straddle", pictures.SVG)
        verdict = self.verdict(DONE, path)
        self.assertEqual(verdict["answers"]["changes"], "holds")
        verdict = self.verdict(DONE, path, "--model", self.path("report.json"))
        self.assertEqual((verdict["answers"]["text"], verdict["answers"]["pages"]), ("holds", "not possible"))

    def forged(self, change, *options, profile="archive"):
        path = self.pdf(self.report({"image": "seal.png"}), "--profile", profile, *options)
        with pikepdf.open(path) as pdf:
            change(pdf)
            forge.save(pdf, self.path("forged.pdf"))
        return self.path("forged.pdf")

    def image(self, pdf):
        return next(o for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/SMask" in o)

    def test_another_picture__is_found(self):
        def swap(pdf):
            image = self.image(pdf)
            data = bytearray(image.read_bytes())
            data[len(data) // 2] ^= 0xFF
            image.write(bytes(data))

        def fade(pdf):
            mask = self.image(pdf).SMask
            mask.write(bytes(len(mask.read_bytes())))
        for change in swap, fade:
            with self.subTest(change.__name__):
                self.assertIn("VERIFY-CHANGE", self.codes(self.verdict(SIGN, self.forged(change))))

    def test_a_seal_moved_or_taken_away__is_found(self):
        def move(pdf):
            page = pdf.pages[-1]
            content = page.Contents.read_bytes()
            found = SEAL.search(content)
            x = found.group(7)
            page.Contents.write(content[:found.start(7)] + b"100" + content[found.end(7):])
            self.assertNotEqual(x, b"100")

        def remove(pdf):
            page = pdf.pages[-1]
            page.Contents.write(SEAL.sub(b"", page.Contents.read_bytes()))

        def repeat(pdf):
            page = pdf.pages[-1]
            content = page.Contents.read_bytes()
            found = SEAL.search(content)
            page.Contents.write(content[:found.end()] + found.group() + content[found.end():])

        def uncover(pdf):  # without Multiply it would hide what it is on
            page = pdf.pages[-1]
            page.Contents.write(page.Contents.read_bytes().replace(b"/Seal gs\n", b""))
        for change in move, remove, repeat, uncover:
            for options in (), ("--straddle", pictures.SVG):
                with self.subTest((change.__name__, options)):
                    self.assertIn("VERIFY-PAGE", self.codes(self.verdict(SIGN, self.forged(change, *options))))

    def test_what_hides__is_found_without_a_model(self):
        def blacken(pdf):
            image = self.image(pdf)
            image.write(bytes(len(image.read_bytes())))

        def normal(pdf):
            pdf.pages[0].Resources.ExtGState.Seal.BM = pikepdf.Name.Normal

        def alpha(pdf):
            pdf.pages[0].Resources.ExtGState.Seal.ca = 0

        def text(pdf):  # letters in ink's state vanish as little as a seal, but are no seal
            page = pdf.pages[-1]
            page.Contents.write(b"/Seal gs\n" + page.Contents.read_bytes())
        good = self.pdf(self.report({"image": "seal.png"}), "--profile", "archive-2a")
        self.assertEqual(self.codes(self.verdict(DONE, good)), set())
        for change in blacken, normal, alpha, text:
            with self.subTest(change.__name__):
                verdict = self.verdict(SIGN, self.forged(change, profile="archive-2a"))
                self.assertIn("VERIFY-HIDDEN", self.codes(verdict))


if __name__ == "__main__":
    unittest.main()
