#!/usr/bin/env python3
"""The PDF as poppler draws it against the same pages as cairo draws them.

Two programs that share no code but FreeType draw each example at 150 dpi in grey. What the PDF
writer gets wrong (a glyph, its place, a width, a colour, an omitted rule) shows as a difference;
what is left is the two rasters' taste at edges. Allowed: a mean difference of 2/255 a page, and no
spot where more than 96/255 of difference is at least three pixels wide and high. A difference of
that kind is what the eye sees; one pixel along an edge is not.

The check is checked too: a page with a glyph moved by half an em must fail.
"""
import glob
import os
import subprocess
import sys

import numpy
from PIL import Image

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BANXIN = os.path.abspath(os.environ["BANXIN"])
OUT = os.environ.get("BX_OUT", ".")
REPORTS = ["changsha-hitech-2019", "suqian-2023", "hongze-2024"]
DPI = 150
MEAN_MOST, SPOT_MOST = 2.0, 96


def grey(path):
    return numpy.asarray(Image.open(path).convert("L"), dtype=numpy.int16)


def erode(mask):
    """A pixel stays when its 3 x 3 neighbourhood is set; outside the page nothing is."""
    padded = numpy.pad(mask, 1)
    height, width = mask.shape
    kept = numpy.ones_like(mask)
    for y in range(3):
        for x in range(3):
            kept &= padded[y:y + height, x:x + width]
    return kept


def compare(one, other):
    """The mean difference and the number of pixels in spots that are too large."""
    if one.shape != other.shape:
        raise SystemExit(f"raster: pages of {one.shape} and {other.shape} pixels")
    difference = numpy.abs(one - other)
    return float(difference.mean()), int(erode(difference > SPOT_MOST).sum())


def is_alike(mean, spots):
    return mean <= MEAN_MOST and spots == 0


def check_the_check(page):
    """Moves a piece of text by half an em of 16 pt and expects a verdict."""
    ys, xs = numpy.nonzero(page < 128)
    y, x = int(ys[len(ys) // 2]), int(xs[len(xs) // 2])
    moved = page.copy()
    box = (slice(max(y - 20, 0), y + 20), slice(max(x - 20, 0), x + 20))
    moved[box] = numpy.roll(moved[box], DPI * 8 // 72, axis=1)
    if is_alike(*compare(page, moved)):
        raise SystemExit("raster: a moved glyph is not noticed: the check is blind")
    if not is_alike(*compare(page, page)):
        raise SystemExit("raster: a page differs from itself")


def draw(report):
    """The pages of both programs: lists of files."""
    source = os.path.join(TESTS, "examples", report + ".json")
    base = os.path.join(OUT, report)
    for old in glob.glob(base + "-*") + glob.glob(base + ".pdf"):
        os.remove(old)
    subprocess.run([BANXIN, "render", source, "-o", base + ".pdf"], check=True)
    subprocess.run([BANXIN, "preview", source, "-o", base + "-cairo-%03d.png", "--dpi", str(DPI)],
                   check=True, stderr=subprocess.DEVNULL)
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", base + ".pdf", base + "-poppler"],
                   check=True)
    return sorted(glob.glob(base + "-cairo-*.png")), sorted(glob.glob(base + "-poppler-*.pgm"))


def main():
    failed = 0
    for report in REPORTS:
        ours, theirs = draw(report)
        if not ours or len(ours) != len(theirs):
            raise SystemExit(f"raster: {report}: {len(ours)} pages by cairo, {len(theirs)} by poppler")
        for number, (one, other) in enumerate(zip(ours, theirs), 1):
            page = grey(one)
            if number == 1:
                check_the_check(page)
            mean, spots = compare(page, grey(other))
            verdict = "ok" if is_alike(mean, spots) else "DIFFERS"
            failed += verdict != "ok"
            print(f"{report} page {number}: mean {mean:.2f}/255, large spots {spots}: {verdict}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
