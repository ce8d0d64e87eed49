#!/usr/bin/env python3
"""Reports with images from outside: what the PDF holds, where the images stand, and what is said
of bad ones."""
import os
import re
import shutil
import subprocess
import sys
import unittest

from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), folder) for folder in ("cli", "raster")]
import command  # noqa: E402
import compare  # noqa: E402

FILES = os.path.join(HERE, "files")
MM = 72 / 25.4
AREA_WIDTH, AREA_HEIGHT = 156 * MM, 225 * MM


def read_tool(*words):
    return subprocess.run(words, check=True, capture_output=True).stdout


class Images(command.Case):
    def report(self, *blocks, name="report.json"):
        data = command.sample()
        data["sections"]["overview"]["body"] = [{"text": "全年公开信息120条。"}, *blocks]
        return self.write(name, data)

    def bring(self, *names):
        for name in names:
            shutil.copy(os.path.join(FILES, name), self.folder)

    def render(self, *blocks):
        pdf = self.path("out.pdf")
        self.check(command.DONE, "render", self.report(*blocks), "-o", pdf, "--allow-inconsistent")
        return pdf

    def placed(self, *blocks):
        """(x, y, width, height) in points of each image of the pages, with its page."""
        done = self.check(command.DONE, "dump", self.report(*blocks), "--stage", "pages",
                          "--allow-inconsistent")
        page, places = 0, []
        for line in done.stdout.decode().splitlines():
            page = int(line.split()[1]) if line.startswith("page ") else page
            words = line.split()
            if words and words[0] == "image":
                places.append((page, *[int(word) / 1024 for word in words[1:5]]))
        return places

    def test_a_jpeg_lies_in_the_pdf_byte_for_byte(self):
        self.bring("ycc.jpg", "progressive.jpg", "gray.jpg")
        names = ["ycc.jpg", "progressive.jpg", "gray.jpg"]
        pdf = self.render(*[{"image": name, "alt": name} for name in names])
        read_tool("qpdf", "--check", pdf)
        raw = []
        for number in range(1, int(read_tool("qpdf", "--show-npages", pdf)) + 1):
            for line in read_tool("pdfimages", "-list", "-f", str(number), "-l", str(number),
                                  pdf).decode().splitlines()[2:]:
                words = line.split()
                if words[8] == "jpeg":
                    raw.append(read_tool("qpdf", f"--show-object={words[10]}", "--raw-stream-data",
                                         pdf))
        wanted = [self.read(self.path(name)) for name in names]
        self.assertEqual(sorted(set(raw)), sorted(wanted))

    def test_files_are_attached_once_each(self):
        self.bring("ycc.jpg", "plain.svg")
        jpeg = {"image": "ycc.jpg", "alt": "照片"}
        pdf = self.render(jpeg, jpeg, {"image": "plain.svg", "alt": "图"})
        listed = read_tool("pdfdetach", "-list", pdf).decode()
        self.assertEqual(re.findall(r"^\d+: (.*)", listed, re.M),
                         ["applications.csv", "disclosure.csv", "plain.svg", "report.json",
                          "review.csv", "ycc.jpg"])
        out = self.path("detached")
        read_tool("pdfdetach", "-savefile", "plain.svg", "-o", out, pdf)
        self.assertEqual(self.read(out), self.read(self.path("plain.svg")))
        objects = read_tool("qpdf", "--qdf", "--object-streams=disable", pdf, "-")
        self.assertEqual(objects.count(b"/AFRelationship /Supplement"), 2)
        self.assertEqual(objects.count(b"/Filter /DCTDecode"), 1)  # drawn twice, held once

    def test_a_figure_has_its_alt_and_caption(self):
        self.bring("rgb8.png")
        pdf = self.render({"image": "rgb8.png", "alt": "各月公开数", "caption": "图1 公开情况"})
        tree = read_tool("pdfinfo", "-struct-text", pdf).decode()
        figure = tree[tree.index("Figure"):]
        self.assertLess(figure.index("Caption"), figure.index("Sect"))
        self.assertIn("图1公开情况", re.sub(r"[\s\"]", "", figure))
        structure = self.check(command.DONE, "dump", self.path("report.json"), "--stage",
                               "structure", "--allow-inconsistent").stdout.decode()
        self.assertRegex(structure, r'Figure e\d+ .*alt "?各月公开数')

    def test_sizes_are_as_asked_and_never_beyond_the_type_area(self):
        Image.new("RGB", (300, 4000), "red").save(self.path("tall.png"))
        Image.new("RGB", (4000, 100), "red").save(self.path("wide.png"))
        self.bring("corners.jpg")
        asked = [{"image": "corners.jpg", "alt": "a", "width": "60mm"},
                 {"image": "corners.jpg", "alt": "b", "width": "50%"},
                 {"image": "corners.jpg", "alt": "c", "width": "400mm"},
                 {"image": "wide.png", "alt": "d"},
                 {"image": "tall.png", "alt": "e"},
                 {"image": "tall.png", "alt": "f", "caption": "高图"}]
        places = self.placed(*asked)
        self.assertEqual(len(places), 6)
        wanted = [(60 * MM, 40 * MM), (AREA_WIDTH / 2, AREA_WIDTH / 3),
                  (AREA_WIDTH, AREA_WIDTH * 2 / 3), (AREA_WIDTH, AREA_WIDTH / 40),
                  (AREA_HEIGHT * 3 / 40, AREA_HEIGHT)]
        for (_, x, _, width, height), size in zip(places, wanted):
            self.assertAlmostEqual(width, size[0], delta=0.01)
            self.assertAlmostEqual(height, size[1], delta=0.01)
            self.assertAlmostEqual(2 * x + width, 2 * 28 * MM + AREA_WIDTH, delta=0.01)
        _, _, _, width, height = places[5]
        self.assertTrue(AREA_HEIGHT - 60 < height < AREA_HEIGHT - 16, height)
        self.assertAlmostEqual(width / height, 300 / 4000, delta=0.001)

    def test_an_image_stays_with_its_caption(self):
        self.bring("corners.jpg")
        image = {"image": "corners.jpg", "alt": "a", "width": "60mm", "caption": "图甲乙丙"}
        for lines in range(10, 24):
            report = self.report(*[{"text": "一行"}] * lines, image)
            dump = self.check(command.DONE, "dump", report, "--stage", "pages",
                              "--allow-inconsistent").stdout.decode()
            pages = re.split(r"^page ", dump, flags=re.M)
            page = next(page for page in pages if re.search(r"^\s*image ", page, re.M))
            self.assertIn("图甲乙丙", page, lines)

    def test_every_bad_image_is_told_and_nothing_is_written(self):
        self.bring("rgb8.png", "file.svg")
        self.write("cut.png", self.read(os.path.join(FILES, "rgb8.png"))[:80])
        self.write("cut.jpg", self.read(os.path.join(FILES, "ycc.jpg"))[:-90])
        os.symlink("/etc/passwd", self.path("link.png"))
        names = ["missing.png", "cut.png", "cut.jpg", "link.png", "file.svg", "report.json"]
        blocks = [{"image": name, "alt": "x"} for name in ["rgb8.png", *names]]
        pdf = self.path("out.pdf")
        told = self.findings(command.READ, "render", self.report(*blocks), "-o", pdf,
                             "--allow-inconsistent")
        errors = [finding for finding in told if finding["level"] == "error"]
        self.assertEqual([(e["code"], e["where"]) for e in errors],
                         [("IMAGE", f"/sections/overview/body/{i}") for i in range(2, 8)])
        for error, name in zip(errors, names):
            self.assertIn(name, error["zh"])
            self.assertIn(name, error["en"])
        self.assertFalse(os.path.exists(pdf))

    def test_a_report_without_a_folder_needs_base(self):
        self.bring("rgb8.png")
        report = self.read(self.report({"image": "rgb8.png", "alt": "x"}))
        out = self.path("out.pdf")
        args = ["render", "-", "-o", out, "--allow-inconsistent"]
        self.check(command.READ, *args, stdin=report)
        self.check(command.DONE, *args, "--base", self.folder, stdin=report)

    def test_both_back_ends_draw_the_same(self):
        self.bring("corners.jpg", "cmyk.jpg", "rgba8.png", "box.svg", "gray4.png")
        blocks = [{"image": name, "alt": name, "width": "50mm"}
                  for name in ("corners.jpg", "cmyk.jpg", "rgba8.png", "box.svg", "gray4.png")]
        pdf = self.render(*blocks)
        self.check(command.DONE, "preview", self.path("report.json"), "-o", self.path("our-%d.png"),
                   "--dpi", str(compare.DPI), "--allow-inconsistent")
        read_tool("pdftoppm", "-r", str(compare.DPI * compare.FINER), "-gray", "-l", "1",
                  "-singlefile", pdf, self.path("their"))
        ours = compare.grey(self.path("our-1.png"))
        theirs = compare.grey_reduced(self.path("their.pgm"), ours.shape)
        faults, measures = compare.compare(ours, theirs)
        self.assertEqual(faults, [], measures)


if __name__ == "__main__":
    unittest.main()
