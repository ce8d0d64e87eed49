#!/usr/bin/env python3
"""The PDF as poppler draws it against the same pages as cairo draws them.

Two programs that share no code but FreeType draw each example, and charts of all kinds, at 150 dpi
in grey. What the PDF
writer gets wrong (a glyph, its place, a width, a colour, an omitted rule) shows as a difference;
what is left is the two rasters' taste at edges.

poppler puts every glyph on a whole row of pixels, up to a pixel above its place, which is no fault
of the PDF's. So it draws at 900 dpi and each 6 x 6 pixels are averaged to one of 150 dpi.

Allowed on a page: a mean difference of 2/255; no spot where more than 96/255 of difference is at
least three pixels wide and high; and, since the strokes of 仿宋 are thinner than such a spot, a
mean of 40/255 in any window of 12 x 12 pixels (6 pt, most of a glyph). Measured: 30 for pages that
are right, 43 and more for a figure one point beside its place.

The check is checked too: a page with a glyph moved by 1.5 pt must fail.
"""
import glob
import os
import subprocess
import sys

import numpy
from PIL import Image

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TESTS, "pdf"))
import variations  # noqa: E402

EXAMPLES = ["changsha-hitech-2019", "suqian-2023", "hongze-2024"]
DPI, FINER = 150, 6
MEAN_MOST, SPOT_MOST = 2.0, 96
WINDOW, WINDOW_MOST = 12, 40.0

Image.MAX_IMAGE_PIXELS = None  # the pages are ours and large


def grey(path):
    return numpy.asarray(Image.open(path).convert("L"), dtype=numpy.int16)


def grey_reduced(path, shape):
    """A finer picture averaged to the given shape; beyond its edges is white."""
    fine = numpy.asarray(Image.open(path).convert("L"))
    height, width = shape
    whole = numpy.full((height * FINER, width * FINER), 255, numpy.uint8)
    rows, columns = min(fine.shape[0], whole.shape[0]), min(fine.shape[1], whole.shape[1])
    whole[:rows, :columns] = fine[:rows, :columns]
    total = numpy.zeros(shape, numpy.int32)
    for y in range(FINER):
        for x in range(FINER):
            total += whole[y::FINER, x::FINER]
    return ((total + FINER * FINER // 2) // (FINER * FINER)).astype(numpy.int16)


def erode(mask):
    """A pixel stays when its 3 x 3 neighbourhood is set; outside the page nothing is."""
    padded = numpy.pad(mask, 1)
    height, width = mask.shape
    kept = numpy.ones_like(mask)
    for y in range(3):
        for x in range(3):
            kept &= padded[y:y + height, x:x + width]
    return kept


def window_means(values):
    """The mean of every WINDOW x WINDOW square, from running sums."""
    sums = numpy.pad(values.astype(numpy.int64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    n = WINDOW
    return (sums[n:, n:] - sums[:-n, n:] - sums[n:, :-n] + sums[:-n, :-n]) / (n * n)


def compare(one, other):
    """What is wrong with a pair of pages, or an empty list; and the three measures in words."""
    difference = numpy.abs(one - other)
    mean = float(difference.mean())
    spots = int(erode(difference > SPOT_MOST).sum())
    windows = window_means(difference)
    y, x = numpy.unravel_index(int(windows.argmax()), windows.shape)
    worst = float(windows[y, x])
    faults = []
    if mean > MEAN_MOST:
        faults.append("the page as a whole")
    if spots:
        faults.append(f"{spots} pixels in large spots")
    if worst > WINDOW_MOST:
        faults.append(f"the place {x * 72 // DPI} pt from the left, {y * 72 // DPI} pt from the top")
    return faults, f"mean {mean:.2f}, spots {spots}, worst window {worst:.1f}"


def check_the_check(ours, theirs):
    """Moves what stands in the middle of the ink by 3 pixels and expects a verdict."""
    ys, xs = numpy.nonzero(ours < 128)
    y, x = int(ys[len(ys) // 2]), int(xs[len(xs) // 2])
    box = (slice(max(y - 20, 0), y + 20), slice(max(x - 20, 0), x + 20))
    moved = ours.copy()
    moved[box] = numpy.roll(moved[box], 3, axis=1)
    if not compare(moved, theirs)[0]:
        raise SystemExit(f"raster: what moved at pixel {x}, {y} is not noticed: the check is blind")


def draw(banxin, out, report):
    """The pages of both programs: lists of files."""
    base = os.path.join(out, os.path.basename(report))
    for old in glob.glob(base + "-*") + glob.glob(base + ".pdf"):
        os.remove(old)
    for command in [[banxin, "render", report, "-o", base + ".pdf"],
                    [banxin, "preview", report, "-o", base + "-cairo-%03d.png", "--dpi", str(DPI)],
                    ["pdftoppm", "-r", str(DPI * FINER), "-gray", base + ".pdf", base + "-poppler"]]:
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return sorted(glob.glob(base + "-cairo-*.png")), sorted(glob.glob(base + "-poppler-*.pgm"))


def main():
    banxin, out = os.path.abspath(os.environ["BANXIN"]), os.environ.get("BX_OUT", ".")
    failed = 0
    reports = [os.path.join(TESTS, "examples", name + ".json") for name in EXAMPLES]
    reports.append(variations.write_charts(out, reports[0]))
    for path in reports:
        report = os.path.basename(path)[:-len(".json")]
        ours, theirs = draw(banxin, out, path)
        if not ours or len(ours) != len(theirs):
            raise SystemExit(f"raster: {report}: {len(ours)} pages by cairo, {len(theirs)} by poppler")
        for number, (one, other) in enumerate(zip(ours, theirs), 1):
            one = grey(one)
            fine, other = other, grey_reduced(other, one.shape)
            os.remove(fine)
            check_the_check(one, other)
            faults, measures = compare(one, other)
            failed += bool(faults)
            print(f"{report} page {number}: {measures}: "
                  + ("DIFFERS: " + "; ".join(faults) if faults else "ok"))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
