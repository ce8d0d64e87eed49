#!/usr/bin/env python3
"""Checks a finished PDF against its report, with readers that are not ours.

    check_pdf.py FILE.pdf REPORT.json

The dump of the display list comes from the program named by BANXIN. Prints a line for every
fault and ends with status 1 when there is one."""
import collections
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pdf_read  # noqa: E402
import report_text  # noqa: E402
from pdf_read import first_difference, squeeze  # noqa: E402

UNITS = 1024.0  # of the display list, in a point
A4 = (595.276, 841.890)
MOST_OFF_PT = 0.01  # a glyph's place against the display list's

Run = collections.namedtuple("Run", "x y size element is_vertical scale advances text")


def unescape(text):
    return re.sub(r"\\(n|t|\\|x[0-9a-f]{2})",
                  lambda m: {"n": "\n", "t": "\t", "\\": "\\"}.get(
                      m[1], chr(int(m[1][1:], 16)) if m[1][0] == "x" else ""), text)


def read_advances(word):
    """(advance, dx, dy) of every glyph."""
    glyphs = []
    for part in word.split(","):
        count, star, rest = part.rpartition("*")
        place, _, offset = rest.partition("@")
        dx, dy = offset.split(";") if offset else (0, 0)
        glyphs += [(int(place), int(dx), int(dy))] * (int(count) if star else 1)
    return glyphs


def read_run(line):
    head, _, text = line.partition(" #")
    words = head.split(" ")
    options = words[6:-1]
    return Run(int(words[1]), int(words[2]), int(words[3]), words[5], "vertical" in options,
               int(options[options.index("scale") + 1]) if "scale" in options else 1000,
               read_advances(words[-1]), unescape(text.partition(" ")[2]))


def read_pages(dump):
    """The runs of each page of a display list."""
    pages = []
    for line in dump.splitlines():
        if line.startswith("page "):
            pages.append([])
        elif line.startswith("run "):
            pages[-1].append(read_run(line))
    return pages


def dump_pages(report, options):
    words = [os.environ["BANXIN"], "dump", report, "--stage", "pages", *options]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return read_pages(done.stdout.decode())


# Checks. Each yields the faults it finds. ------------------------------------------------------

def check_file(pdf):
    """qpdf has nothing to say."""
    done = subprocess.run(["qpdf", "--check", pdf], capture_output=True)
    if done.returncode != 0 or b"WARNING" in done.stdout + done.stderr:
        yield f"qpdf: {(done.stdout + done.stderr).decode()}"


def check_fonts(pdf):
    fonts = pdf_read.fonts_of(pdf)
    if not fonts:
        yield "no fonts"
    for font in fonts:
        if not (font.is_embedded and font.is_subset and font.has_unicode):
            yield f"{font.name} is not embedded as a subset with ToUnicode"
        if font.kind not in ("CID Type 0C Identity-H", "CID Type 0C Identity-V",
                             "CID TrueType Identity-H", "CID TrueType Identity-V"):
            yield f"{font.name} is a {font.kind}"


def check_logical_text(pdf, wanted):
    """The text of the structure tree is the report text, character for character."""
    difference = first_difference(squeeze(pdf_read.structure_text(pdf)), squeeze(wanted))
    if difference:
        yield f"logical text: {difference}"


def check_page_texts(pdf, pages):
    """Each page says what was drawn on it: in drawing order; sorted by geometry the same
    characters; and a second reader agrees."""
    raw, plain = pdf_read.pages_of_text(pdf, "-raw"), pdf_read.pages_of_text(pdf)
    second = pdf_read.pages_of_mutool(pdf)
    if not len(raw) == len(plain) == len(second) == len(pages):
        yield f"{len(raw)}, {len(plain)}, {len(second)} pages instead of {len(pages)}"
        return
    for i, runs in enumerate(pages):
        wanted = squeeze("".join(run.text for run in runs))
        difference = first_difference(squeeze(raw[i]), wanted)
        if difference:
            yield f"page {i + 1}, pdftotext -raw: {difference}"
        for name, text in ("pdftotext", plain[i]), ("mutool", second[i]):
            off = collections.Counter(squeeze(text))
            off.subtract(collections.Counter(wanted))
            off = {c: n for c, n in off.items() if n}
            if off:
                yield f"page {i + 1}, {name}: characters too many or few: {off}"


def check_sizes(pdf):
    for i, size in enumerate(pdf_read.sizes_of(pdf)):
        if any(abs(a - b) > 0.01 for a, b in zip(size, A4)):
            yield f"page {i + 1} is {size} and not A4"


def glyph_places(run):
    """Where the display list has each glyph's origin, in points."""
    pen, places = 0, []
    for advance, dx, dy in run.advances:
        along = (0, pen) if run.is_vertical else (pen, 0)
        places.append(((run.x + along[0] + dx) / UNITS, (run.y + along[1] + dy) / UNITS))
        pen += advance
    return places


def check_places(pdf, pages):
    """Every glyph stands where the display list has it, so rounding did not add up."""
    for i, runs in enumerate(pages):
        wanted = [place for run in runs for place in glyph_places(run)]
        got = [(g.x, g.y) for g in pdf_read.glyphs_of(pdf, i + 1)]
        if len(got) != len(wanted):
            yield f"page {i + 1}: {len(got)} glyphs instead of {len(wanted)}"
            continue
        worst = max(((max(abs(a - c), abs(b - d)), (c, d))
                     for (a, b), (c, d) in zip(got, wanted)), default=(0, None))
        if worst[0] > MOST_OFF_PT:
            yield f"page {i + 1}: the glyph at {worst[1]} is {worst[0]:.4f} pt off"


def check_structure(pdf):
    tree = pdf_read.Tree(pdf)
    tags = [element["/S"] for element in tree.walk()]
    for tag in "/Document", "/H1", "/H2", "/P", "/Table", "/THead", "/TBody", "/TR", "/TH", "/TD":
        if tag not in tags:
            yield f"the structure has no {tag}"
    if tags.count("/H1") != 1:
        yield f"{tags.count('/H1')} titles"
    for table in (e for e in tree.walk() if e["/S"] == "/Table"):
        yield from check_cells(tree, table)


# Cells ----------------------------------------------------------------------------------------

Cell = collections.namedtuple("Cell", "tag scope id headers row col rowspan colspan")


def place_cells(tree, table):
    """The cells of a table and the grid they fill: grid[row, col] is a cell."""
    grid, cells = {}, []
    rows = [e for e in tree.walk(table) if e["/S"] == "/TR"]
    for row, element in enumerate(rows):
        col = 0
        for kid in tree.kids(element):
            while (row, col) in grid:
                col += 1
            span = [int(tree.attribute(kid, name, 1)) for name in ("/RowSpan", "/ColSpan")]
            cell = Cell(kid["/S"], tree.attribute(kid, "/Scope"), kid.get("/ID"),
                        tree.attribute(kid, "/Headers", []), row, col, *span)
            cells.append(cell)
            for r in range(row, row + span[0]):
                for c in range(col, col + span[1]):
                    grid[r, c] = cell
    return cells, grid


def heads_above(grid, cell):
    """The heads of a cell's columns: from the cell upward the first stretch of heads."""
    heads = set()
    for col in range(cell.col, cell.col + cell.colspan):
        row, is_found = cell.row - 1, False
        while row >= 0:
            above = grid[row, col]
            if above.tag == "/TH" and above.scope == "/Column":
                heads.add(above.id)
                is_found = True
            elif is_found:
                break
            row = above.row - 1
    return heads


def heads_before(grid, cell):
    """The heads of a cell's rows: all row heads to its left."""
    return {grid[row, col].id
            for row in range(cell.row, cell.row + cell.rowspan) for col in range(cell.col)
            if grid[row, col].tag == "/TH" and grid[row, col].scope == "/Row"}


def check_cells(tree, table):
    """Every head has a scope; every figure cell names the whole chain of its heads, rows and
    columns. Validators pass a cell that knows one of its two sides only."""
    cells, grid = place_cells(tree, table)
    width = {max(c for r, c in grid if r == row) for row in {r for r, _ in grid}}
    if len(width) != 1:
        yield f"a table is ragged: rows end in columns {sorted(width)}"
        return
    for cell in cells:
        place = f"the cell in row {cell.row + 1}, column {cell.col + 1}"
        if cell.tag == "/TH" and cell.scope not in ("/Row", "/Column", "/Both"):
            yield f"{place} is a head without scope"
        if cell.tag != "/TD":
            continue
        wanted = heads_above(grid, cell) | heads_before(grid, cell)
        if set(cell.headers) != wanted or len(cell.headers) != len(wanted):
            yield f"{place} names {cell.headers} as its heads and not {sorted(wanted, key=str)}"


def check(pdf, report, options=()):
    """All faults of a file."""
    faults = list(check_file(pdf))
    if faults:
        return faults
    pages = dump_pages(report, options)
    wanted = report_text.report_text(report)
    for found in (check_fonts(pdf), check_logical_text(pdf, wanted), check_page_texts(pdf, pages),
                  check_sizes(pdf), check_places(pdf, pages), check_structure(pdf)):
        faults += found
    return faults


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    FAULTS = check(sys.argv[1], sys.argv[2])
    for fault in FAULTS:
        print(fault)
    sys.exit(1 if FAULTS else 0)
