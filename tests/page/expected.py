"""What the tables of a report must look like, from its model and the form files alone.

Shape  a table is rows and cells; a cell knows the rows and columns it spans, its text, and what
       kind it is: head (of thead), band (one label over all columns), title (heads inside the
       body), label, figure."""
import json
import os
import re
import sys
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "pdf"))
from report_text import LAYOUTS, ROOT, normalise, rich  # noqa: E402,F401

SECTIONS = "overview", "disclosure", "applications", "review", "problems", "other"


class Cell:
    def __init__(self, row, col, rowspan, colspan, text, kind, is_upright=False, repeats=False,
                 align="center"):
        self.row, self.col, self.rowspan, self.colspan = row, col, rowspan, colspan
        self.text, self.kind = "".join(text.split()), kind
        self.is_upright, self.repeats, self.align = is_upright, repeats, align


class Table:
    """Holds  groups[r]: rows of one number are not parted; keep_next: rows never last on a page."""

    def __init__(self, name, heading):
        self.name, self.heading = name, heading
        self.cells, self.groups, self.keep_next = [], [], set()
        self.head_count, self.is_statutory, self.may_split = 0, False, False
        self.is_of_chart = False
        self.outer = self.inner = self.band_fill = None

    def row_count(self):
        return len(self.groups)

    def parts(self, first, last, repeated):
        """The cells that a fragment of rows first .. last-1 shows, under so many head rows
        repeated: (row, col, rowspan, colspan, text, cell)."""
        for cell in self.cells:
            if cell.row < repeated:
                yield cell.row, cell.col, cell.rowspan, cell.colspan, cell.text, cell
            top, end = max(cell.row, first), min(cell.row + cell.rowspan, last)
            if top < end:
                text = cell.text if cell.row >= first or cell.repeats else ""
                yield (top - first + repeated, cell.col, end - top, cell.colspan, text, cell)


def place_cells(rows):
    """(row, column, cell) for rows of cells with spans, the way an HTML table has them."""
    covered = set()
    for r, row in enumerate(rows):
        col = 0
        for cell, rowspan, colspan in row:
            while (r, col) in covered:
                col += 1
            covered |= {(r + i, col + k) for i in range(rowspan) for k in range(colspan)}
            yield r, col, rowspan, colspan, cell


def points(text):
    return float(text.removesuffix("pt"))


def mm(text):
    return float(text.removesuffix("mm")) * 72 / 25.4


def value_at(values, path):
    for step in path:
        values = values[step]
    return "" if values is None else str(values)


def statutory(form, section, values, heading):
    table = Table(section, heading)
    table.is_statutory = True
    look = form.find("look")
    table.outer, table.inner = points(look.get("outer")), points(look.get("inner"))
    table.band_fill = look.get("band-fill")
    columns = [(group.get("row"), col.get("id")) for group in form.iter("colgroup")
               for col in group.iter("col")]
    rows, whole = [], form.find("table").get("keep") == "whole"
    for part in form.find("table"):
        if part.tag not in ("thead", "tbody"):
            continue
        together = len(rows) if part.get("keep") == "together" else None
        for tr in part:
            r = len(rows)
            rows.append((tr, part.tag))
            table.groups.append(0 if whole else together if together is not None else r)
            table.head_count += part.tag == "thead"
            if part.tag == "tbody" and tr.find("td") is None:
                table.keep_next.add(r)
    shaped = [[(c, int(c.get("rowspan", 1)), int(c.get("colspan", 1))) for c in tr]
              for tr, _ in rows]
    for r, col, rowspan, colspan, c in place_cells(shaped):
        tr, part = rows[r]
        if c.tag == "td":
            group, column = columns[col]
            steps = (tr.get("id") or group).split("/") + [c.get("column") or column]
            table.cells.append(Cell(r, col, rowspan, colspan, value_at(values, steps), "figure",
                                    align=look.get("figure")))
            continue
        is_band = part == "tbody" and colspan == len(columns)
        is_title = part == "tbody" and c.get("scope") in ("col", "colgroup")
        kind = "head" if part == "thead" else "band" if is_band else \
            "title" if is_title else "label"
        align = look.get({"title": "head"}.get(kind, kind))
        cell = Cell(r, col, rowspan, colspan, "".join(c.itertext()), kind,
                    c.get("writing") == "vertical", c.get("cut") == "repeat",
                    c.get("align") or align)
        table.cells.append(cell)
        if kind == "label" and rowspan > 1 and not cell.repeats and not whole:
            for k in range(r, r + rowspan):
                table.groups[k] = r
    return table




def plain_table(block, name):
    table = Table(name, rich(block["caption"]) if block.get("caption") else None)
    head, body = block["table"].get("head", []), block["table"]["rows"]
    table.head_count, table.may_split = len(head), True
    shaped = []
    for row in head + body:
        cells = [c if isinstance(c, dict) else {"text": c} for c in row]
        shaped.append([(c, int(c.get("rowspan", 1)), int(c.get("colspan", 1))) for c in cells])
    for r, col, rowspan, colspan, c in place_cells(shaped):
        is_head = r < len(head)
        table.cells.append(Cell(r, col, rowspan, colspan, rich(c["text"]),
                                "head" if is_head else "label",
                                align=c.get("align", "center" if is_head else None)))
    table.groups = list(range(len(shaped)))
    owner = {}
    for cell in table.cells:  # rows that a span joins, through several spans too
        for k in range(cell.row + 1, cell.row + cell.rowspan):
            owner[k] = True
    for r in range(1, len(shaped)):
        if owner.get(r) and r >= table.head_count:
            table.groups[r] = table.groups[r - 1]
    return table


def chart_table(block, name):
    """The table that stands under a chart whose figures found no place in it. Its unit is the
    corner, or the head of figures whose series has no name."""
    chart, series = block["chart"], block["chart"]["series"]
    unit = ["单位：" + chart["unit"]] if chart.get("unit") else []
    is_named = bool(series[0].get("name"))
    head = [[*(unit or [""]), *(s["name"] for s in series)]] if is_named else \
        [["", *unit]] if unit else []
    rows = [[category] + ["" if s["values"][i] is None else str(s["values"][i]) for s in series]
            for i, category in enumerate(chart["categories"])]
    cells = [[{"text": text, "align": "center"} for text in row] for row in rows]
    table = plain_table({"table": {"head": head, "rows": cells}}, name)
    table.is_of_chart = True
    return table


class Figure:
    """An image or a chart. Holds  table: a chart's, if the chart does not show all figures."""

    def __init__(self, block, table):
        self.block, self.table = block, table
        self.caption = "".join(rich(block["caption"]).split()) if block.get("caption") else None

    @staticmethod
    def normalised(text):
        return normalise(text)


class Form:
    """The form files of one or more folders, the first that has one first."""

    def __init__(self, folders):
        self.folders, self.read = folders, {}

    def find(self, edition, section):
        if (edition, section) not in self.read:
            for folder in self.folders:
                path = os.path.join(folder, "forms", edition, section + ".xml")
                if os.path.exists(path):
                    break
            self.read[edition, section] = ET.parse(path).getroot()
        return self.read[edition, section]


# By GB/T 9704-2012 7.3.3; what these leave open is not looked at.
NUMBERINGS = (("[一二三四五六七八九十]+、", 1), ("（[一二三四五六七八九十]+）", 2), (r"\d+[.．](?=[\u4e00-\u9fff])", 3),
              (r"（\d+）", 4), ("[\u4e00-\u9fff]{2}", 2))


def level_of(block, heading):
    if "level" in block:
        return int(block["level"])
    return next((level for form, level in NUMBERINGS if re.match(form, heading)), None)


class Report:
    """Shape  levels: {text of a heading: its level, None where two differ or it is not known}; tables and figures in reading order; headings: texts of lines that must not stand last on a
    page; `body_end`: the last heading may stand last if nothing but the signature follows."""

    def __init__(self, path, folders):
        with open(path, encoding="utf-8") as file:
            self.model = json.load(file, parse_int=str, parse_float=str)
        self.forms = Form(folders)
        self.tables, self.headings, self.figures, self.levels = [], [], [], {}
        self.folder, self.paragraphs = os.path.dirname(path), []
        year = int(self.model["year"])
        for section in SECTIONS:
            part = self.model["sections"][section]
            if section in ("overview", "problems", "other"):
                self.add_heading(part.get("title"), section)
                self.add_blocks(part["body"], section)
                continue
            edition = part.get("form", "2019" if year <= 2020 else "2021")
            form = self.forms.find(edition, section)
            title = normalise(part["title"]) if "title" in part else form.findtext("title")
            self.headings.append("".join(title.split()))
            self.levels[self.headings[-1]] = 1
            self.add_blocks(part.get("intro", []), section)
            heading = None if part.get("intro") else self.headings[-1]
            self.tables.append(statutory(form, section, part["values"], heading))
            self.add_blocks(part.get("after", []), section)
        for heading in self.levels:  # a paragraph that starts as a heading does is not told from it
            if any(text.startswith(heading) for text in self.paragraphs):
                self.levels[heading] = None

    def add_heading(self, title, section):
        if title is None:
            sections = ET.parse(os.path.join(LAYOUTS, "sections.xml")).getroot()
            title = next(s.get("title") for s in sections.iter("section")
                         if s.get("id") == section)
        self.headings.append("".join(normalise(title).split()))
        self.levels[self.headings[-1]] = 1

    def add_blocks(self, blocks, section):
        for i, block in enumerate(blocks):
            if "text" in block and "heading" not in block:
                self.paragraphs.append("".join(rich(block["text"]).split()))
            if "heading" in block:
                text = "".join(rich(block["heading"]).split())
                level = level_of(block, text)
                self.levels[text] = level if self.levels.get(text, level) == level else None
            if "heading" in block and "text" not in block:
                self.headings.append("".join(rich(block["heading"]).split()))
            if "image" in block:
                self.figures.append(Figure(block, None))
            if "chart" in block:
                self.figures.append(Figure(block, chart_table(block, f"{section}/{i}")))
                self.tables.append(self.figures[-1].table)
            if "table" in block:
                self.tables.append(plain_table(block, f"{section}/{i}"))
                if block.get("caption"):
                    self.headings.append("".join(rich(block["caption"]).split()))
