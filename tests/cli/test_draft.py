#!/usr/bin/env python3
"""--draft: figures that do not add up stop nothing, each page says so, and the text stays the report's."""
import os
import subprocess
import sys
import unittest

import numpy
from PIL import Image

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from command import DONE, MODEL, SAMPLE, Case, sample  # noqa: E402


def text_of(pdf):
    return subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True).stdout


def ink(pdf, page):
    """Shares of the page's pixels that are nearly black, and light gray."""
    shown = pdf[:-4] + f"-{page}"
    subprocess.run(["pdftoppm", "-r", "40", "-gray", "-f", str(page), "-l", str(page), "-singlefile", pdf,
                    shown], check=True)
    pixels = numpy.asarray(Image.open(shown + ".pgm"))
    return (pixels < 100).mean(), ((pixels > 215) & (pixels < 240)).mean()


class Draft(Case):
    def setUp(self):
        super().setUp()
        self.final, self.draft = self.path("final.pdf"), self.path("draft.pdf")

    def render(self, *more):
        self.check(DONE, "render", SAMPLE, "-o", self.final, *more)
        self.check(DONE, "render", SAMPLE, "-o", self.draft, "--draft", *more)

    def test_figures_that_do_not_add_up_stop_nothing(self):
        report = sample()
        report["sections"]["review"]["values"]["reconsideration"]["total"] = 77
        path = self.write("r.json", report)
        self.check(MODEL, "render", path, "-o", self.final)
        self.check(DONE, "render", path, "-o", self.draft, "--draft")

    def test_every_page_shows_it_under_its_text(self):
        self.render()
        for page in range(1, 6):
            dark, gray = ink(self.final, page)
            draft_dark, draft_gray = ink(self.draft, page)
            self.assertGreater(draft_gray, gray + 0.01, f"page {page}")
            self.assertAlmostEqual(draft_dark, dark, delta=0.003, msg=f"page {page}")

    def test_the_text_is_the_reports(self):
        self.render()
        self.assertEqual(text_of(self.draft), text_of(self.final))

    def test_it_is_a_watermark_of_each_page_and_verified(self):
        self.render()
        plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", self.draft, "-"], check=True,
                               capture_output=True).stdout
        self.assertEqual(plain.count(b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC"), 5)
        self.check(DONE, "verify", self.draft)

    def test_it_is_gray_on_the_black_plate_too(self):
        self.render("--profile", "print")
        self.assertGreater(ink(self.draft, 1)[1], ink(self.final, 1)[1] + 0.01)


if __name__ == "__main__":
    unittest.main()
