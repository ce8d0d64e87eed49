"""Images and charts of finished pages against the model: their place, their size, their texts, and
that what a chart draws says the same as its figures.

Of a chart the file gives shapes and labels only. Which label is which follows from their order,
which is that of a table of the figures; which shape is which from what all of a kind have in
common: bars stand on the axis, curves are the strokes of one width, slices start in the middle."""
import collections
import math
import os
import re
import xml.etree.ElementTree as ET

from PIL import Image, ImageOps

from drawn import ink_left, ink_right, labels_of, plain
from expected import LAYOUTS, mm, points

PLACE = 0.15      # points: places on the page
SHAPE = 0.06      # points: lengths of bars and heights of curves; a bar shorter has no side
TURN = 0.004      # of a turn: angles of slices
THIN = 0.002      # of a turn: slices that are not looked at
DPI = 150         # of an image that does not say

Asked = collections.namedtuple("Asked", "width height is_asked")


class ChartStyle:
    def __init__(self, name, folder=LAYOUTS):
        chart = ET.parse(os.path.join(folder, "styles", name + ".xml")).getroot().find("chart")
        self.size = points(chart.find("label").get("size"))
        rules = chart.find("rules")
        self.axis, self.curve = points(rules.get("axis")), points(rules.get("curve"))
        self.outline = points(rules.get("outline"))
        words = chart.find("words")
        self.unit = words.get("unit-before"), words.get("unit-after")


# Images ---------------------------------------------------------------------------------------

def natural_of(path):
    """Width and height in points as the file itself has it."""
    if path.endswith(".svg"):
        root = ET.parse(path).getroot()
        return [float(root.get(k).removesuffix("px")) * 0.75 for k in ("width", "height")]
    with Image.open(path) as image:
        x, y = image.info.get("dpi", (DPI, DPI))
        turned = ImageOps.exif_transpose(image)
        if turned.size != image.size:
            x, y = y, x
        return turned.width * 72 / float(x), turned.height * 72 / float(y)


def asked_of(block, folder, style):
    width, height = natural_of(os.path.join(folder, block["image"]))
    asked = block.get("width")
    if not asked:
        return Asked(width, height, False)
    wide = mm(asked) if asked.endswith("mm") else style.width * float(asked[:-1]) / 100
    return Asked(wide, height * wide / width, True)


def check_image(box, block, folder, style, top):
    """As large as asked for, or as a page allows from `top` down; its shape unchanged; in the
    middle."""
    asked = asked_of(block, folder, style)
    width, height = box.x1 - box.x0, box.y1 - box.y0
    if abs(width / height - asked.width / asked.height) > 0.01 * width / height:
        yield f"{width:.1f} x {height:.1f} pt is not the shape of {block['image']}"
    if abs((box.x0 + box.x1) / 2 - style.left - style.width / 2) > PLACE:
        yield f"{block['image']} is off the middle"
    lines = 4 if "caption" in block else 0  # that its caption may take
    is_full = width > style.width - PLACE or \
        height > style.bottom - top - lines * style.pitch - PLACE
    if width > asked.width + 0.3:
        yield f"{block['image']} is larger than asked for"
    elif width < asked.width - 0.3 and not is_full:
        yield f"{block['image']} is {width:.1f} pt wide instead of {asked.width:.1f}"


# Texts of charts ------------------------------------------------------------------------------

class Texts:
    """What a chart's labels say. Holds  values[s][c]: the label, None where none is wanted."""

    def __init__(self, lines, chart, unit, normalised):
        self.lines, self.chart = lines, chart
        self.heads = [unit] if unit else []
        self.heads += [normalised(s["name"]) for s in chart["series"] if s.get("name")]
        self.names = [normalised(c) for c in chart["categories"]]
        self.values = [[None] * len(self.names) for _ in chart["series"]]
        self.categories = [None] * len(self.names)

    def take(self, at, text):
        """Where the lines go on behind a text that starts at one; None when it does not."""
        got = ""
        while at < len(self.lines) and len(got) < len(text):
            got += self.lines[at].text
            at += 1
        return at if got == text else None

    def read(self, first, is_thin):
        """Whether all that comes after the scale's labels is the texts, in order, to the end."""
        at = first
        for text in self.heads:
            at = self.take(at, text)
            if at is None:
                return False
        for c, name in enumerate(self.names):
            after = self.take(at, name)
            if after is None and is_thin:
                continue
            if after is None:
                return False
            self.categories[c], at = self.lines[at:after], after
            for s, series in enumerate(self.chart["series"]):
                value = series["values"][c]
                if value is None or is_thin:
                    continue
                after = self.take(at, str(value))
                if after is None:
                    return False
                self.values[s][c], at = self.lines[at], after
        return at == len(self.lines)

    def find(self, is_thin=False):
        """The lines before the texts are the scale's."""
        for first in range(len(self.lines) + 1):
            ticks = [line.text for line in self.lines[:first]]
            if not all(re.fullmatch(r"-?[0-9.]+", text) for text in ticks):
                return False
            if self.read(first, is_thin):
                return True
        return False


def check_labels(labels, size):
    """No two labels touch, and figures beside each other do not read as one."""
    boxes = [(min(map(ink_left, line.glyphs)), line.y - 0.7 * size,
              max(map(ink_right, line.glyphs)), line.y + 0.1 * size, line.text)
             for line in labels]
    for i, a in enumerate(boxes):
        for b in boxes[i + 1:]:
            gap = 0.25 * size if (a[4] + b[4]).isascii() else -0.3
            if max(a[0], b[0]) - min(a[2], b[2]) < gap and \
                    min(a[3], b[3]) - max(a[1], b[1]) > 0.3:
                yield f"the labels “{a[4]}” and “{b[4]}” touch"


# Shapes of charts -----------------------------------------------------------------------------

def sides(shape):
    xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
    return min(xs), min(ys), max(xs), max(ys)


def is_rectangle(shape):
    return shape.is_closed and not shape.has_curves and \
        len({round(x, 2) for x, _ in shape.points}) <= 2 and \
        len({round(y, 2) for _, y in shape.points}) <= 2


Axis = collections.namedtuple("Axis", "long is_upright place start end")


def find_axis(figure, style):
    """The longest black rule of the axis' width; None without one."""
    found = []
    for shape in figure.shapes:
        x0, y0, x1, y1 = sides(shape)
        if shape.width is None and not any(shape.colour) and is_rectangle(shape) and \
                abs(min(x1 - x0, y1 - y0) - style.axis) < 0.02:
            found.append(Axis(y1 - y0, True, (x0 + x1) / 2, y0, y1) if x1 - x0 < y1 - y0 else
                         Axis(x1 - x0, False, (y0 + y1) / 2, x0, x1))
    return max(found, default=None)


def bars_of(figure, axis):
    """Bars as (from, to, length) along and across the axis, up and to the right positive."""
    for shape in figure.shapes:
        if shape.width is None or shape.is_clipped or not is_rectangle(shape):
            continue
        x0, y0, x1, y1 = sides(shape)
        low, high, start, end = (y0, y1, x0, x1) if axis.is_upright else (x0, x1, -y1, -y0)
        place = axis.place if axis.is_upright else -axis.place
        if low < axis.start or high > axis.end:
            continue  # of the legend
        if abs(start - place) < SHAPE:
            yield low, high, end - start
        elif abs(end - place) < SHAPE:
            yield low, high, start - end


def check_proportion(pairs, what):
    """(figure, length): all of one scale. The largest figure tells the scale."""
    most = max(pairs, key=lambda pair: abs(pair[0]), default=(0, 0))
    if most[0] == 0:
        return
    for value, length in pairs:
        if abs(length - value * most[1] / most[0]) > 2 * SHAPE:
            yield f"{what} of {value} is {length:.2f} pt long, that of {most[0]} {most[1]:.2f}"
    if most[1] * most[0] < 0:
        yield f"{what} of {most[0]} goes the wrong way"


def check_bars(figure, texts, style):
    axis = find_axis(figure, style)
    if axis is None:
        yield "no axis"
        return
    bars = sorted(bars_of(figure, axis))
    wanted = [float(v) for c in range(len(texts.names)) for v in
              (s["values"][c] for s in texts.chart["series"]) if v is not None]
    drawn = wanted
    if len(bars) != len(wanted):  # bars of nearly no length are not drawn
        unit = max((abs(length) for _, _, length in bars), default=0) / max(map(abs, wanted))
        for least in SHAPE, 0.8 * SHAPE, 1.2 * SHAPE:  # one may be as long as that, nearly
            drawn = [v for v in wanted if abs(v) * unit >= least]
            if len(drawn) == sum(abs(length) >= least for _, _, length in bars):
                break
        bars = [bar for bar in bars if abs(bar[2]) >= least]
    if len(bars) != len(drawn):
        yield f"{len(bars)} bars for {len(drawn)} figures"
        return
    signed = [(value, length) for value, (_, _, length) in zip(drawn, bars)]
    yield from check_proportion(signed, "the bar")
    for a, b in zip(bars, bars[1:]):
        if a[1] > b[0] + SHAPE:
            yield "bars stand into one another"


def check_lines(figure, texts, style):
    """The corners of all curves, series after series, are the figures'; one alone has a marker
    only."""
    curves = [shape for shape in figure.shapes
              if shape.width is not None and abs(shape.width - style.curve) < 0.02 and
              not shape.is_closed and not shape.is_clipped]
    wanted = []
    for series in texts.chart["series"]:
        run = []
        for value in [*series["values"], None]:
            if value is not None:
                run.append(float(value))
            else:
                wanted += [run] if len(run) > 1 else []
                run = []
    drawn = [shape.points for shape in curves[:len(wanted)]]
    if [len(run) for run in wanted] != [len(run) for run in drawn]:
        yield f"curves through {[len(r) for r in drawn]} points for {[len(r) for r in wanted]} figures"
        return
    axis = find_axis(figure, style)
    if axis is None:
        yield "no axis"
        return
    pairs = [(value, axis.place - y) for run, line in zip(wanted, drawn)
             for value, (_, y) in zip(run, line)]
    yield from check_proportion(pairs, "the height")


def check_pie(figure, texts, _style):
    values = [float(v or 0) for v in texts.chart["series"][0]["values"]]
    slices = [s for s in figure.shapes if s.width is not None and s.has_curves and
              s.is_closed and not s.is_clipped and len(s.points) > 2]
    shares = [v / sum(values) for v in values]
    if max(shares) == 1 and len(slices) == 1:
        return
    starts = [sum(shares[:i]) for i in range(len(shares))]
    shown = [(at, share) for at, share in zip(starts, shares) if share > THIN]
    slices = [s for s in slices if math.dist(s.points[1], s.points[-1]) >
              THIN * math.tau * math.dist(s.points[0], s.points[1]) or len(s.points) > 4]
    if len(slices) != len(shown):
        yield f"{len(slices)} slices for {len(shown)} figures"
        return
    for (at, share), slice_ in zip(shown, slices):
        (x, y), start, end = slice_.points[0], slice_.points[1], slice_.points[-1]
        turns = [math.atan2(px - x, y - py) / math.tau % 1 for px, py in (start, end)]
        off = max(abs((turn - wanted + 0.5) % 1 - 0.5)
                  for turn, wanted in zip(turns, (at, at + share)))
        if off > TURN:
            yield f"a slice is {off:.3f} of a turn off its share"


CHECKS = {"bar": check_bars, "grouped": check_bars, "line": check_lines, "pie": check_pie}


def check_chart(figure, expected, style):
    """Faults of a chart, and whether all its figures are shown in it."""
    chart, labels = expected.block["chart"], labels_of(figure.glyphs)
    unit = "".join([style.unit[0], plain(expected.normalised(chart["unit"])), style.unit[1]]) \
        if chart.get("unit") else None

    def read(text):
        return plain(expected.normalised(text))

    faults = list(check_labels(labels, style.size))
    texts = Texts(labels, chart, unit, read)
    is_whole = texts.find()
    if not is_whole and not (chart["kind"] == "line" and texts.find(is_thin=True)):
        faults.append(f"the chart says {[line.text for line in labels]}")
        return faults, True
    return faults + list(CHECKS[chart["kind"]](figure, texts, style)), is_whole
