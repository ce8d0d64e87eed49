#!/usr/bin/env python3
"""Each figure of the mandated tables as one who listens hears it: all heads of its row from outer
to inner, all heads of its column from top to bottom, the figure. Compared with the form's XML, read
here a second time, and with the model; so are plain tables and those of charts. Checkers of the
format are content when a cell knows one of its two sides. A table that is its section's whole
content is named by the section's title."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import report_text  # noqa: E402
import variations  # noqa: E402
from pdf_read import squeeze  # noqa: E402
from tagged import ARTIFACTS, Tagged  # noqa: E402

BANXIN, OUT = os.environ["BANXIN"], os.environ["BX_OUT"]
EXAMPLES = os.path.join(report_text.ROOT, "tests/examples")
TABLES = ("disclosure", "applications", "review")


class Cell:
    """A cell of a form at its place in the grid, with the part of the table it stands in."""

    def __init__(self, element, part, row, col):
        self.element, self.part, self.row, self.col = element, part, row, col
        self.rows = int(element.get("rowspan", 1))
        self.cols = int(element.get("colspan", 1))
        self.text = squeeze("".join(element.itertext()))

    def covers_row(self, row):
        return self.row <= row < self.row + self.rows

    def meets_columns(self, other):
        return self.col < other.col + other.cols and other.col < self.col + self.cols


def cells_of(form):
    """Cells in reading order."""
    parts = {tr: part for part in form.iter() if part.tag in ("thead", "tbody") for tr in part}
    for row, (tr, cells) in enumerate(report_text.form_rows(form)):
        for element, col in cells:
            yield Cell(element, parts[tr], row, col)


def heads_of(cell, cells):
    """Of a figure: row heads beside it, then column heads above it in its part or in the thead."""
    heads = [c for c in cells if c.element.tag == "th"]
    beside = [c for c in heads if c.element.get("scope").startswith("row")
              and c.covers_row(cell.row) and c.col < cell.col]
    above = [c for c in heads if c.element.get("scope").startswith("col") and c.row < cell.row
             and c.meets_columns(cell) and (c.part is cell.part or c.part.tag == "thead")]
    return [c.text for c in sorted(beside, key=lambda c: c.col) + sorted(above, key=lambda c: c.row)]


def expected(form, values):
    """A line for each figure, in reading order."""
    cells = list(cells_of(form))
    texts = iter(report_text.table_texts(form, values))
    for cell in cells:
        text = squeeze(str(next(texts)))
        if cell.element.tag == "td":
            yield ", ".join(heads_of(cell, cells) + [text])


def spoken(tagged, table):
    parts = [kid for kid in tagged.kids(table) if kid.get("/S") == "/TBody"]
    for element in (e for part in parts for e in tagged.walk(part)):
        if element.get("/S") == "/TD":
            said = [squeeze(tagged.text(head)) for head in tagged.heads(element)]
            yield ", ".join(said + [squeeze(tagged.text(element))])


def labels(form):
    return [c.text for c in cells_of(form) if c.element.tag == "th"]


def check_heads(tagged, table, form):
    """Every TH has its scope and its spans, and says its whole label: a vertical one is a word."""
    heads = [e for e in tagged.walk(table) if e.get("/S") == "/TH"]
    wanted = [c for c in cells_of(form) if c.element.tag == "th"]
    if len(heads) != len(wanted):
        yield f"{len(heads)} heads instead of {len(wanted)}"
    for head, cell in zip(heads, wanted):
        attributes = tagged.attributes(head)
        if "/ID" not in head:
            yield f"the head {tagged.text(head)} has no ID"
        got = (squeeze(tagged.text(head)), str(attributes.get("/Scope")),
               int(attributes.get("/RowSpan", 1)), int(attributes.get("/ColSpan", 1)))
        scope = "/Row" if cell.element.get("scope").startswith("row") else "/Column"
        if got != (cell.text, scope, cell.rows, cell.cols):
            yield f"head {got} instead of {(cell.text, scope, cell.rows, cell.cols)}"


# Tables inside prose -----------------------------------------------------------------------------

def expected_plain(table):
    """Heads speak for the columns they stand over."""
    covered, heads = {}, []
    for r, row in enumerate(table.get("head", []) + table["rows"]):
        col = 0
        for cell in row:
            given = cell if isinstance(cell, dict) else {"text": cell}
            text = squeeze(report_text.rich(given["text"]))
            rows, cols = int(given.get("rowspan", 1)), int(given.get("colspan", 1))
            while (r, col) in covered:
                col += 1
            covered.update({(r + i, col + k): True for i in range(rows) for k in range(cols)})
            if r < len(table.get("head", [])):
                heads.append((col, col + cols, text))
            else:
                above = [head[2] for head in heads if head[0] < col + cols and col < head[1]]
                yield ", ".join(above + [text])


def expected_chart(chart):
    for i, category in enumerate(chart["categories"]):
        for one in chart["series"]:
            value = one["values"][i]
            named = [report_text.rich(one["name"])] if "name" in one else []
            yield ", ".join(map(squeeze, [report_text.rich(category), *named,
                                          "" if value is None else str(value)]))


def tables_of_prose(model):
    """What is expected of the tables of the sections behind the mandated ones."""
    for name in "problems", "other":  # the examples have none in 一
        for block in model["sections"][name]["body"]:
            if "table" in block:
                yield expected_plain(block["table"])
            elif "chart" in block:
                yield expected_chart(block["chart"])


def check_prose(path, report):
    model, tagged = report_text.read_model(report), Tagged(path)
    tables = [e for e in tagged.walk(tagged.root.K) if e.get("/S") == "/Table"][len(TABLES):]
    for table, wanted in zip(tables, tables_of_prose(model), strict=True):
        got, wanted = list(spoken(tagged, table)), list(wanted)
        if got != wanted:
            yield f"{os.path.basename(report)}: {got} instead of {wanted}"


# Cut tables ----------------------------------------------------------------------------------------

def check_cut(tagged, cut):
    """A table on several pages is one element, and what of it is set again is none: the last row of
    its THead stands outside the tree on each page behind its first. Counts in `cut`, of mandated and
    of plain tables, how many were."""
    tables = [e for e in tagged.walk(tagged.root.K) if e.get("/S") == "/Table"]
    for i, table in enumerate(tables):
        pages = tagged.pages(table)
        parts = [kid for kid in tagged.kids(table) if kid.get("/S") == "/THead"]
        if len(pages) == 1 or not parts:
            continue
        cut[0 if i < len(TABLES) else 1] += 1
        heads = [squeeze(tagged.text(cell)) for cell in tagged.kids(tagged.kids(parts[0])[-1])]
        for page in pages[1:]:
            again = squeeze(tagged.texts[page][ARTIFACTS])
            missing = [head for head in heads if head not in again]
            if missing:
                yield f"table {i + 1}: {missing} not set again as artifacts"


# Mandated tables -----------------------------------------------------------------------------------

def check_name(tagged, table, title, has_intro):
    """The heading is in the caption, unless text stands between the two."""
    kids = tagged.kids(table)
    if has_intro == (kids[0].get("/S") == "/Caption"):
        yield "the caption of a table with text above it" if has_intro else "no caption"
    elif not has_intro:
        headings = [str(kid.get("/S")) for kid in tagged.kids(kids[0])]
        if headings != ["/H2"] or squeeze(tagged.text(kids[0])) != squeeze(title):
            yield f"the caption is {headings} {tagged.text(kids[0])}"


def check(path, report):
    model = report_text.read_model(report)
    edition = "2019" if int(model["year"]) <= 2020 else "2021"
    tagged = Tagged(path)
    tables = [e for e in tagged.walk(tagged.root.K) if e.get("/S") == "/Table"]
    for name, table in zip(TABLES, tables):
        section = model["sections"][name]
        form = report_text.form_of(name, section.get("form", edition))
        title = report_text.normalise(section.get("title", form.findtext("title")))
        yield from check_name(tagged, table, title, bool(section.get("intro")))
        yield from check_heads(tagged, table, form)
        got, wanted = list(spoken(tagged, table)), list(expected(form, section["values"]))
        if len(got) != len(wanted):
            yield f"{name}: {len(got)} figures instead of {len(wanted)}"
        yield from (f"{name}: “{a}” instead of “{b}”" for a, b in zip(got, wanted) if a != b)


def lose_a_head(path):
    """A copy whose second figure has forgotten the last of its heads: which check() must see."""
    tagged = Tagged(path)
    cell = [e for e in tagged.walk(tagged.root.K) if e.get("/S") == "/TD"][1]
    del cell.A.Headers[len(cell.A.Headers) - 1]
    tagged.pdf.save(path + ".deaf.pdf")
    return path + ".deaf.pdf"


def main():
    count, cut, pdf, report = 0, [0, 0], None, None
    reports = [os.path.join(EXAMPLES, name) for name in sorted(os.listdir(EXAMPLES))]
    varied = list(variations.write(OUT, reports[0]))[:3]  # charts, cut tables, a plain one
    varied += [variations.write_cut(OUT, reports[0], lines) for lines in (0, 17)]
    for report in [*varied, *reports]:
        name = os.path.basename(report)
        for profile in ("archive", "archive-4f"):
            pdf = os.path.join(OUT, f"{name}.{profile}.pdf")
            subprocess.run([BANXIN, "render", report, "-o", pdf, "--allow-inconsistent",
                            "--profile", profile], check=True, stderr=subprocess.DEVNULL)
            for fault in [*check(pdf, report), *check_prose(pdf, report),
                          *check_cut(Tagged(pdf), cut)]:
                print(f"{name} {profile}: {fault}")
                count += 1
    if 0 in cut:
        print(f"{cut} mandated and plain tables were cut: that nothing was wrong there shows nothing")
        count += 1
    if len(list(check(lose_a_head(pdf), report))) != 1:
        print("a lost head was not noticed")
        count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
