"""What is drawn in a finished PDF, as MuPDF sees it: glyphs, rules, and the tables they make.

`mutool trace` tells every glyph and every filled rectangle of a page. A table is a set of black
rectangles that touch; its grid and its merged cells follow from them alone, its texts from the
glyphs that stand in the cells. Nothing here knows forms or how the file was made.

Lengths are points; y counts down from the page's top edge."""
import collections
import os
import sys
import unicodedata
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "pdf"))
from pdf_read import run  # noqa: E402

RULE_MOST = 1.6  # a black rectangle that is thinner is a rule
NEAR = 0.03      # places that mean the same: the file keeps thousandths

OPENING, CLOSING = "（《“‘〈〔【", "）》”’〉〕】，。、；："  # may stand half a blank beyond an edge

Rect = collections.namedtuple("Rect", "x0 y0 x1 y1")
Glyph = collections.namedtuple("Glyph", "text x y size advance font glyph")
Line = collections.namedtuple("Line", "y x0 x1 text glyphs")


# A path of a figure. Shape  points: the path's own, curves by their ends, y down; width: of the
# line, None for a filled path; is_clipped: drawn inside another (hatching).
Shape = collections.namedtuple("Shape", "points colour width is_closed has_curves is_clipped")


class Figure:
    """What stands in the place of a figure.

    Holds  image: its place, or None of a chart; shapes: in drawing order; glyphs: those of a
    chart's labels, in drawing order (find_labels() takes them from the page)."""

    def __init__(self):
        self.image, self.shapes, self.glyphs = None, [], []

    def box(self):
        if self.image:
            return self.image
        xs = [x for s in self.shapes for x, _ in s.points if not s.is_clipped]
        ys = [y for s in self.shapes for _, y in s.points if not s.is_clipped]
        for g in self.glyphs:
            xs += [ink_left(g), ink_right(g)]
            ys += [g.y - 0.88 * g.size, g.y + 0.12 * g.size]
        return Rect(min(xs), min(ys), max(xs), max(ys))


class Page:
    """Holds  glyphs in drawing order; rules and fills as they were drawn, those of figures apart."""

    def __init__(self, number, width, height):
        self.number, self.width, self.height = number, width, height
        self.glyphs, self.rules, self.fills, self.figures = [], [], [], []


def rectangles_of(path):
    """The rectangles of a path, one a subpath; AssertionError for any other shape."""
    points = []
    for step in path:
        if step.tag == "moveto":
            points = [(float(step.get("x")), float(step.get("y")))]
        elif step.tag == "lineto":
            points.append((float(step.get("x")), float(step.get("y"))))
        elif step.tag == "closepath":
            xs, ys = sorted({p[0] for p in points}), sorted({p[1] for p in points})
            assert len(xs) == 2 and len(ys) == 2, f"not a rectangle: {points}"
            yield xs[0], ys[0], xs[1], ys[1]


def matrix_of(element):
    a, b, c, d, e, f = (float(n) for n in element.get("transform").split())
    assert (a, b, c, d) == (1, 0, 0, -1), "pages are drawn upright and in points"
    return e, f


def read_text(page, element):
    e, f = matrix_of(element)
    for span in element.iter("span"):
        size = float(span.get("trm").split()[3])
        for g in span.iter("g"):
            if g.get("glyph") is None:  # the second character of a glyph that means two
                last = page.glyphs[-1]
                page.glyphs[-1] = last._replace(text=last.text + g.get("unicode"))
                continue
            page.glyphs.append(Glyph(g.get("unicode"), float(g.get("x")) + e,
                                     f - float(g.get("y")), size,
                                     float(g.get("adv")) * size, span.get("font"),
                                     g.get("glyph")))


def read_fill(page, element):
    e, f = matrix_of(element)
    colour = [float(n) for n in element.get("color").split()]
    for x0, y0, x1, y1 in rectangles_of(element):
        rect = Rect(x0 + e, f - y1, x1 + e, f - y0)
        is_rule = not any(colour) and min(x1 - x0, y1 - y0) <= RULE_MOST
        (page.rules if is_rule else page.fills).append(rect)


def read_shape(element, is_clipped):
    e, f = matrix_of(element)
    points, has_curves, is_closed = [], False, False
    for step in element:
        if step.tag in ("moveto", "lineto"):
            points.append((float(step.get("x")) + e, f - float(step.get("y"))))
        elif step.tag == "curveto":
            points.append((float(step.get("x3")) + e, f - float(step.get("y3"))))
            has_curves = True
        else:
            assert step.tag == "closepath", step.tag
            is_closed = True
    width = element.get("linewidth")
    return Shape(points, [float(n) for n in element.get("color").split()],
                 None if width is None else float(width), is_closed, has_curves, is_clipped)


def read_image(element):
    a, b, c, d, e, f = (float(n) for n in element.get("transform").split())
    xs, ys = sorted((e, e + a + c)), sorted((f, f + b + d))
    return Rect(xs[0], ys[0], xs[1], ys[1])


def read_figure(page, part, clips):
    """A mark of a figure; images may lie under masks and in groups, shapes only under clips."""
    figure = page.figures[-1]
    if part.tag in ("fill_path", "stroke_path"):
        figure.shapes.append(read_shape(part, clips > 0))
    elif part.tag in ("fill_image", "fill_image_mask"):
        assert figure.image is None, "a figure of two images"
        figure.image = read_image(part)
    assert part.tag not in ("fill_text", "stroke_text", "fill_shade"), part.tag


def read_mark(page, part):
    if part.tag == "fill_text":
        read_text(page, part)
    elif part.tag == "fill_path":
        read_fill(page, part)
    assert part.tag not in ("stroke_path", "fill_shade", "stroke_text", "fill_image",
                            "fill_image_mask", "clip_path"), f"{part.tag} outside a figure"


def pages_of(path):
    """The pages of a file, one after the other."""
    root = ET.fromstring(run("mutool", "trace", path))
    for element in root.iter("page"):
        x0, y0, x1, y1 = (float(n) for n in element.get("mediabox").split())
        page = Page(int(element.get("number")), x1 - x0, y1 - y0)
        is_figure, clips = False, 0
        for part in element.iter():  # the layers of the trace are the tags of the file
            if part.tag == "layer":
                is_figure, clips = part.get("name") == "Figure", 0
                if is_figure:
                    page.figures.append(Figure())
            elif part.tag == "end_layer":
                is_figure = False
            elif is_figure:
                clips += (part.tag == "clip_path") - (part.tag == "pop_clip")
                read_figure(page, part, clips)
            else:
                read_mark(page, part)
        yield page


# Lines of text --------------------------------------------------------------------------------

def plain(text):
    """Text as it is compared: no white space, no vertical or other forms of one character."""
    return "".join(unicodedata.normalize("NFKC", c) if 0xFE10 <= ord(c) <= 0xFE4F else c
                   for c in text if not c.isspace())


def lines_of(glyphs):
    """Glyphs with one baseline, from top to bottom; of each line as they were drawn, since
    the origin of a mark whose blank is trimmed may stand left of the character before it."""
    rows = collections.defaultdict(list)
    for g in glyphs:
        key = next((y for y in rows if abs(y - g.y) < 0.2 * g.size), g.y)
        rows[key].append(g)
    lines = []
    for y, row in rows.items():
        lines.append(Line(y, min(g.x for g in row), max(g.x + g.advance for g in row),
                          plain("".join(g.text for g in row)), row))
    return sorted(lines, key=lambda line: line.y)


# Tables ---------------------------------------------------------------------------------------

class Cell:
    """Holds  box: between the middles of the rules around it; is_part: its text goes on on
    another page (told by who compares it)."""

    def __init__(self, row, col, rowspan, colspan, box):
        self.row, self.col, self.rowspan, self.colspan, self.box = row, col, rowspan, colspan, box
        self.glyphs, self.is_part = [], False

    def is_upright(self):
        """Whether its characters stand below one another, which no words of two lines do."""
        xs = [g.x + g.advance / 2 for g in self.glyphs]
        return len(xs) > 2 and max(xs) - min(xs) < 0.6 * self.glyphs[0].size

    def lines(self):
        return lines_of(self.glyphs)

    def text(self):
        return "".join(line.text for line in self.lines())


class Fragment:
    """A table's part on one page.

    Holds  xs, ys: the middles of the grid's rules; faults: what the drawing lacks by itself."""

    def __init__(self, page, rules):
        self.page, self.rules, self.faults = page, rules, []
        self.down = [r for r in rules if r.y1 - r.y0 > r.x1 - r.x0]
        self.across = [r for r in rules if r.y1 - r.y0 <= r.x1 - r.x0]
        self.xs = merge((r.x0 + r.x1) / 2 for r in self.down)
        self.ys = merge((r.y0 + r.y1) / 2 for r in self.across)
        self.box = Rect(min(r.x0 for r in rules), min(r.y0 for r in rules),
                        max(r.x1 for r in rules), max(r.y1 for r in rules))
        self.cells = []
        if len(self.xs) < 2 or len(self.ys) < 2:
            self.faults.append("rules that make no table")
            return
        self.by_x = [[r for r in self.down if abs((r.x0 + r.x1) / 2 - x) < NEAR] for x in self.xs]
        self.by_y = [[r for r in self.across if abs((r.y0 + r.y1) / 2 - y) < NEAR] for y in self.ys]
        self.find_cells()
        self.check_rules()

    def is_ruled_above(self, row, col):
        return any(r.x0 <= self.xs[col] + NEAR and r.x1 >= self.xs[col + 1] - NEAR
                   for r in self.by_y[row])

    def is_ruled_before(self, row, col):
        return any(r.y0 <= self.ys[row] + NEAR and r.y1 >= self.ys[row + 1] - NEAR
                   for r in self.by_x[col])

    def find_cells(self):
        rows, cols = len(self.ys) - 1, len(self.xs) - 1
        owner = {}
        for row in range(rows):
            for col in range(cols):
                if (row, col) in owner:
                    continue
                right = col + 1
                while right < cols and not self.is_ruled_before(row, right):
                    right += 1
                below = row + 1
                while below < rows and not self.is_ruled_above(below, col):
                    below += 1
                cell = Cell(row, col, below - row, right - col,
                            Rect(self.xs[col], self.ys[row], self.xs[right], self.ys[below]))
                self.cells.append(cell)
                for r in range(row, below):
                    for c in range(col, right):
                        if (r, c) in owner:
                            self.faults.append(f"cells overlap at row {r + 1}, column {c + 1}")
                        owner[r, c] = cell
        for cell in self.cells:
            self.check_inside(cell)
        for g in self.page.glyphs:
            x, y = g.x + g.advance / 2, g.y - 0.3 * g.size
            if self.box.x0 < x < self.box.x1 and self.box.y0 < y < self.box.y1:
                home = next((c for c in self.cells if c.box.x0 <= x < c.box.x1
                             and c.box.y0 <= y < c.box.y1), None)
                if home:
                    home.glyphs.append(g)
                else:
                    self.faults.append(f"“{g.text}” stands in no cell")

    def check_inside(self, cell):
        for row in range(cell.row, cell.row + cell.rowspan):
            for col in range(cell.col, cell.col + cell.colspan):
                if row > cell.row and self.is_ruled_above(row, col) or \
                        col > cell.col and self.is_ruled_before(row, col):
                    self.faults.append(f"a rule inside a cell at row {row + 1}, column {col + 1}")

    def check_rules(self):
        """Closed on all four sides by rules of one width, every other rule ends at a rule,
        and nothing is drawn twice."""
        rows, cols = len(self.ys) - 1, len(self.xs) - 1
        for name, is_closed in (
                ("top", all(self.is_ruled_above(0, c) for c in range(cols))),
                ("bottom", all(self.is_ruled_above(rows, c) for c in range(cols))),
                ("left", all(self.is_ruled_before(r, 0) for r in range(rows))),
                ("right", all(self.is_ruled_before(r, cols) for r in range(rows)))):
            if not is_closed:
                self.faults.append(f"the {name} is open")
        for sets in self.by_x, self.by_y:
            for rules in sets:
                self.check_drawn_once(rules)
        for r in self.rules:
            if not self.ends_at_rules(r):
                self.faults.append(f"a rule ends in the open: {r}")
        outer = {round(min(r.x1 - r.x0, r.y1 - r.y0), 2)
                 for r in self.by_x[0] + self.by_x[-1] + self.by_y[0] + self.by_y[-1]}
        inner = {round(min(r.x1 - r.x0, r.y1 - r.y0), 2)
                 for rules in self.by_x[1:-1] + self.by_y[1:-1] for r in rules}
        if len(outer) != 1 or len(inner) > 1:
            self.faults.append(f"rules of widths {sorted(outer)} outside, {sorted(inner)} inside")
        self.outer, self.inner = max(outer), max(inner, default=None)
        corners = [(x, y) for x in (self.box.x0, self.box.x1) for y in (self.box.y0, self.box.y1)]
        for x, y in corners:
            if not any(r.x0 - NEAR <= x <= r.x1 + NEAR and r.y0 - NEAR <= y <= r.y1 + NEAR
                       for r in self.rules):
                self.faults.append(f"the corner at {x:.1f}, {y:.1f} is open")

    def check_drawn_once(self, rules):
        for i, a in enumerate(rules):
            for b in rules[i + 1:]:
                if min(a.x1, b.x1) - max(a.x0, b.x0) > NEAR and \
                        min(a.y1, b.y1) - max(a.y0, b.y0) > NEAR:
                    self.faults.append(f"drawn twice: {a}, {b}")

    def ends_at_rules(self, r):
        if r in self.down:
            x, others = (r.x0 + r.x1) / 2, self.across
            return all(any(o.x0 <= x <= o.x1 and o.y0 - NEAR <= y <= o.y1 + NEAR for o in others)
                       for y in (r.y0, r.y1))
        y, others = (r.y0 + r.y1) / 2, self.down
        return all(any(o.y0 - NEAR <= y <= o.y1 + NEAR and o.x0 - NEAR <= x <= o.x1 + NEAR
                       for o in others) for x in (r.x0, r.x1))


def merge(places):
    """Places in order, those that mean the same once."""
    out = []
    for place in sorted(places):
        if not out or place - out[-1] > 2 * NEAR:
            out.append(place)
    return out


def fragments_of(page):
    """The tables of a page from top to bottom: rules that touch belong together."""
    rules = sorted(page.rules, key=lambda r: (r.y0, r.x0))
    home = list(range(len(rules)))

    def root(i):
        while home[i] != i:
            home[i] = home[home[i]]
            i = home[i]
        return i

    for i, a in enumerate(rules):
        for j in range(i + 1, len(rules)):
            b = rules[j]
            if b.y0 > a.y1 + NEAR:
                break
            if a.x0 <= b.x1 + NEAR and b.x0 <= a.x1 + NEAR:
                home[root(i)] = root(j)
    sets = collections.defaultdict(list)
    for i, r in enumerate(rules):
        sets[root(i)].append(r)
    found = [Fragment(page, s) for s in sets.values()]
    return sorted(found, key=lambda f: f.box.y0)


# Charts ---------------------------------------------------------------------------------------

def find_labels(page, fragments, size):
    """Gives the charts of a page their labels: text of this size that stands in no table belongs
    to the chart it is nearest to."""
    charts = [figure for figure in page.figures if not figure.image]
    if not charts:
        return
    boxes = [chart.box() for chart in charts]
    inside = {id(g) for f in fragments for c in f.cells for g in c.glyphs}
    for g in page.glyphs:
        if abs(g.size - size) > 0.01 or id(g) in inside:
            continue
        off = [max(box.y0 - g.y, g.y - box.y1, 0.0) for box in boxes]
        charts[off.index(min(off))].glyphs.append(g)


def ink_left(g):
    return g.x + g.advance * (g.text in OPENING) / 2


def ink_right(g):
    return g.x + g.advance * (2 - (g.text in CLOSING)) / 2


def labels_of(glyphs):
    """Lines of labels, in drawing order: glyphs that stand side by side on one baseline. A line may
    come in two where a bracket opens in it."""
    lines = []
    for g in glyphs:
        last = lines[-1][-1] if lines else None
        if last and abs(last.y - g.y) < 0.2 * g.size and \
                last.x < g.x and ink_left(g) < last.x + last.advance + 0.25 * g.size:
            lines[-1].append(g)
        else:
            lines.append([g])
    return [Line(line[0].y, min(g.x for g in line), max(g.x + g.advance for g in line),
                 plain("".join(g.text for g in line)), line) for line in lines]


def lines_outside(page, fragments):
    """The lines of text that belong to no table and no chart."""
    inside = {id(g) for f in fragments for c in f.cells for g in c.glyphs}
    inside |= {id(g) for figure in page.figures for g in figure.glyphs}
    return lines_of(g for g in page.glyphs if id(g) not in inside)
