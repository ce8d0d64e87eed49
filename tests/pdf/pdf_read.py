"""A finished PDF as independent readers see it: poppler, MuPDF and qpdf, run as programs.

Nothing here knows how the file was made. White space is the readers' own business and is dropped
by `squeeze` wherever texts are compared."""
import collections
import json
import re
import subprocess
import xml.etree.ElementTree as ET


def run(*words):
    """What a program prints; it must succeed and be silent on standard error."""
    done = subprocess.run(words, capture_output=True)
    errors = "\n".join(line for line in done.stderr.decode("utf-8", "replace").splitlines()
                       if "ICC support is not available" not in line)  # Debian's MuPDF says so
    if done.returncode != 0 or errors:
        raise AssertionError(f"{' '.join(words)}: exit {done.returncode}: {errors}")
    return done.stdout


def squeeze(text):
    return re.sub(r"\s+", "", text)


def first_difference(got, wanted):
    """Where two texts part, in words; None when they do not."""
    if got == wanted:
        return None
    at = next((i for i, (a, b) in enumerate(zip(got, wanted)) if a != b),
              min(len(got), len(wanted)))
    return f"at character {at}: “{got[max(0, at - 8):at + 16]}” instead of “{wanted[max(0, at - 8):at + 16]}”"


def pages_of_text(path, *options):
    """The text of each page by pdftotext, which ends a page with a form feed."""
    return run("pdftotext", "-enc", "UTF-8", *options, path, "-").decode().split("\f")[:-1]


def pages_of_mutool(path):
    pages = run("mutool", "draw", "-q", "-F", "text", path).decode().split("\f")
    return pages[:-1] if not pages[-1].strip() else pages


Fonts = collections.namedtuple("Fonts", "name kind is_embedded is_subset has_unicode")


def fonts_of(path):
    fonts = []
    for row in run("pdffonts", path).decode().splitlines()[2:]:
        words = row.split()  # name, type of several words, encoding, three truths, object
        fonts.append(Fonts(words[0], " ".join(words[1:-5]), *[w == "yes" for w in words[-5:-2]]))
    return fonts


def sizes_of(path):
    """Width and height of each page in points."""
    text = run("pdfinfo", "-f", "1", "-l", "100000", path).decode()
    return [(float(w), float(h))
            for w, h in re.findall(r"^Page +\d+ size: +([\d.]+) x ([\d.]+) pts", text, re.M)]


def structure_text(path):
    """The quoted texts of pdfinfo -struct-text, in order."""
    text, rows = [], run("pdfinfo", "-struct-text", path).decode().splitlines()
    part = None
    for row in rows:
        if part is None:
            if not row.lstrip().startswith('"'):
                continue
            part = row.lstrip()[1:]
        else:
            part += "\n" + row
        if part.endswith('"'):
            text.append(part[:-1])
            part = None
    return "".join(text)


Glyph = collections.namedtuple("Glyph", "x y size scale")


def glyphs_of(path, page):
    """The glyphs of a page (from 1) with the places of their horizontal origins, y down."""
    root = ET.fromstring(run("mutool", "trace", path, str(page)))
    found = []
    for text in root.iter("fill_text"):
        a, b, c, d, e, f = (float(n) for n in text.get("transform").split())
        assert (a, b, c, d) == (1, 0, 0, -1), "a page is drawn upright and in points"
        for span in text.iter("span"):
            trm = [float(n) for n in span.get("trm").split()]
            for g in span.iter("g"):
                if g.get("glyph") is None:  # the second character of a glyph that means two
                    continue
                found.append(Glyph(float(g.get("x")) + e, f - float(g.get("y")), trm[3],
                                   trm[0] / trm[3]))
    return found


class Tree:
    """The structure tree, read through qpdf's JSON."""

    def __init__(self, path):
        whole = json.loads(run("qpdf", "--json", "--json-key=qpdf", path))
        self.objects = whole["qpdf"][1]
        catalog = self.follow(self.follow(self.objects["trailer"]["value"])["/Root"])
        self.catalog = catalog
        self.root = self.follow(catalog["/StructTreeRoot"])

    def follow(self, value):
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            value = self.objects["obj:" + value]
            value = value["value"] if "value" in value else value["stream"]["dict"]
        return value

    def kids(self, element):
        kids = self.follow(element.get("/K", []))
        kids = kids if isinstance(kids, list) else [kids]
        return [k for k in (self.follow(k) for k in kids) if isinstance(k, dict) and "/S" in k]

    def walk(self, element=None):
        for kid in self.kids(element or self.root):
            yield kid
            yield from self.walk(kid)

    def attribute(self, element, name, default=None):
        owners = self.follow(element.get("/A", []))
        for owner in owners if isinstance(owners, list) else [owners]:
            if name in self.follow(owner):
                return self.follow(self.follow(owner)[name])
        return default
