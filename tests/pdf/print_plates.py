#!/usr/bin/env python3
"""The print profile as Ghostscript's plates and pikepdf see it: ink on the black plate alone, bands
as light as they were in colour, an output intent of a printer, bleed and crop marks around the page;
and what is no printer's profile is refused."""
import os
import re
import subprocess
import sys

import pikepdf

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import variations  # noqa: E402
from report_text import ROOT  # noqa: E402

BANXIN, OUT = os.environ["BANXIN"], os.environ["BX_OUT"]
EXAMPLES = os.path.join(ROOT, "tests/examples")
PRINTER = "/usr/share/color/icc/ghostscript/default_cmyk.icc"  # of Ghostscript's package
SCREEN = os.path.join(ROOT, "layouts/icc/srgb.icc")
MM = 72 / 25.4
BAND = (0.776, 0.851, 0.945)  # #C6D9F1


def render(report, *options):
    pdf = os.path.join(OUT, os.path.basename(report) + ".pdf")
    words = [BANXIN, "render", report, "-o", pdf, "--allow-inconsistent", *options]
    return pdf, subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def plates(pdf):
    """(C, M, Y, K) of each page."""
    told = subprocess.run(["gs", "-q", "-o", "-", "-sDEVICE=inkcov", pdf], check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    return [tuple(map(float, row)) for row in
            re.findall(r"^ *([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) CMYK OK", told, re.M)]


def linear(value):
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def colours(pdf):
    """Operands of every operator that sets a colour, and the families of images."""
    found = set()
    file = pikepdf.open(pdf)
    for page in file.pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "scn"):
                found.add((str(operator), *(float(o) for o in operands)))
        found |= {("image", str(i.ColorSpace)) for i in page.images.values()}
    return found


def check_black(report, *options):
    pdf, done = render(report, "--profile", "print", *options)
    if done.returncode != 0:
        yield f"exit {done.returncode}: {done.stderr.decode()}"
        return
    pages = plates(pdf)
    if not pages or any(page[:3] != (0, 0, 0) or page[3] == 0 for page in pages):
        yield f"ink: {pages}"
    families = {c[0] for c in colours(pdf)} | {c[1] for c in colours(pdf) if c[0] == "image"}
    if not families <= {"g", "G", "image", "/DeviceGray"}:
        yield f"colours: {families}"


def check_band(report):
    """The tint has the luminance of the colour, to what three decimals of gray can say."""
    wanted = sum(w * linear(c) for w, c in zip((0.2126, 0.7152, 0.0722), BAND))
    grays = {c[1] for c in colours(render(report, "--profile", "print")[0]) if c[0] == "g"}
    if not any(abs(linear(gray) - wanted) < 0.002 for gray in grays):
        yield f"no gray of {grays} is as light as the band"
    if ("rg", *BAND) not in colours(render(report)[0]):
        yield "the band has no colour in archive"


def check_sheet(report):
    pdf, done = render(report, "--profile", "print", "--output-intent", PRINTER, "--bleed", "3mm",
                       "--crop-marks")
    if done.returncode != 0:
        yield done.stderr.decode()
        return
    with pikepdf.open(pdf) as file:
        intent = file.Root.OutputIntents[0]
        with open(PRINTER, "rb") as printer:
            if intent.DestOutputProfile.read_bytes() != printer.read():
                yield "the printer's profile is not the one given"
        if int(intent.DestOutputProfile.N) != 4:
            yield "a printer has four colours"
        for page in file.pages:
            media, bleed, trim = ([float(v) for v in page.obj[box]]
                                  for box in ("/MediaBox", "/BleedBox", "/TrimBox"))
            if any(abs(v - w) > 0.01 for v, w in zip(trim, (0, 0, 210 * MM, 297 * MM))):
                yield f"the page is {trim}"
            for name, box, margin in (("bleed", bleed, 3 * MM), ("sheet", media, 8 * MM)):
                wanted = (trim[0] - margin, trim[1] - margin, trim[2] + margin, trim[3] + margin)
                if any(abs(v - w) > 0.01 for v, w in zip(box, wanted)):
                    yield f"the {name} is {box} instead of {wanted}"


def check_marks(report):
    """On the sheet there is ink at its corners beside the page, and none in the bleed."""
    pdf, _ = render(report, "--profile", "print", "--bleed", "3mm", "--crop-marks")
    found = set()
    file = pikepdf.open(pdf)
    for operands, operator in pikepdf.parse_content_stream(file.pages[0]):
        if str(operator) == "re":
            x, y, w, h = (float(o) for o in operands)
            if x < 0 or y < 0 or x + w > 210 * MM + 0.2 or y + h > 297 * MM + 0.2:
                found.add((x, y, w, h))
    if len(found) != 8:
        yield f"{len(found)} crop marks"
    for x, y, w, h in found:
        beside = max(-(x + w), x - 210 * MM, -(y + h), y - 297 * MM)
        if beside < 3 * MM - 0.01:
            yield f"a crop mark in the bleed: {x, y, w, h}"


def check_refusals(report):
    for options, status in [(("--output-intent", SCREEN), 2), (("--output-intent", report), 2),
                            (("--output-intent", OUT + "/none.icc"), 2)]:
        done = render(report, "--profile", "print", *options)[1]
        if done.returncode != status:
            yield f"{options}: exit {done.returncode}"


def main():
    reports = [os.path.join(EXAMPLES, name) for name in sorted(os.listdir(EXAMPLES))]
    varied = list(variations.write(OUT, reports[0]))  # with charts, with images in colour
    faults = []
    for report in [*reports, *varied[:2]]:
        faults += check_black(report)
    faults += check_black(reports[0], "--output-intent", PRINTER)
    with_bands = [r for r in reports if "2019" in r][0]
    for check in (check_band, check_sheet, check_marks, check_refusals):
        faults += check(with_bands)
    if all(c == 0 for page in plates(render(with_bands)[0]) for c in page[:3]):
        faults.append("the plates of archive show no colour: they show nothing")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
