#!/usr/bin/env python3
"""The checks of geometry.py find what they are there for: one report with a cut table is read,
one thing at a time is spoilt in what was read, and the right fault must be told."""
import copy
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import cases  # noqa: E402
import drawings  # noqa: E402
from checks import Checker, Style  # noqa: E402
from drawn import find_labels, fragments_of, labels_of, lines_outside, pages_of  # noqa: E402
from expected import LAYOUTS, Report  # noqa: E402
from geometry import render  # noqa: E402
from ink import Ink  # noqa: E402

LEAD = 13  # lines before table 三, so that it is cut


def render_model(folder, name, model):
    """The paths of the report and of its PDF."""
    path, pdf = os.path.join(folder, name + ".json"), os.path.join(folder, name + ".pdf")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file, ensure_ascii=False)
    status, told = render(path, pdf, ["--allow-inconsistent"])
    assert status == 0, told
    return path, pdf


def make_report(folder):
    model = cases.report("2021", value=1234)
    model["sections"]["disclosure"]["after"] = cases.lines(LEAD, "丁")
    model["sections"]["problems"]["body"] = cases.lines(30, "乙")
    model["document_number"] = "某政办发〔2024〕1号"
    return render_model(folder, "cut", model)


def faults_of(pages, report, style):
    checker = Checker(report, style, is_strict=True)
    for page in pages:
        checker.page(page)
    return checker.finish()


def find_fragment(pages, number):
    """The page and the fragment of table 三's part with this number."""
    found = [(page, f) for page in pages for f in fragments_of(page) if len(f.xs) == 11]
    return found[number]


def move(page, glyphs, dx=0.0, dy=0.0):
    ids = {id(g) for g in glyphs}
    page.glyphs = [g._replace(x=g.x + dx, y=g.y + dy) if id(g) in ids else g
                   for g in page.glyphs]


def rule_at(page, fragment, is_down, at):
    place = (fragment.xs if is_down else fragment.ys)[at]
    sets = fragment.by_x if is_down else fragment.by_y
    rule = sets[at][0]
    assert place
    return page.rules.index(rule)


def cell_of(fragment, text):
    return next(c for c in fragment.cells if c.text() == text)


def line_of(page, text):
    return next(line for line in lines_outside(page, fragments_of(page)) if text in line.text)


# Each spoils one thing and says a part of what must be told.

def no_top(pages, report, style):
    page, f = find_fragment(pages, 1)
    del page.rules[rule_at(page, f, False, 0)]
    return "top is open"


def no_left(pages, report, style):
    page, f = find_fragment(pages, 0)
    del page.rules[rule_at(page, f, True, 0)]
    return "left is open"


def no_inner_rule(pages, report, style):
    page, f = find_fragment(pages, 0)
    del page.rules[rule_at(page, f, True, 5)]
    return "fit no part"


def rule_twice(pages, report, style):
    page, f = find_fragment(pages, 0)
    page.rules.append(page.rules[rule_at(page, f, False, 3)])
    return "drawn twice"


def figure_off(pages, report, style):
    page, f = find_fragment(pages, 0)
    move(page, next(c for c in f.cells if c.text() == "1234").glyphs, dx=0.5)
    return "is not centred"


def label_high(pages, report, style):
    page, f = find_fragment(pages, 0)
    move(page, cell_of(f, "（一）予以公开").glyphs, dy=-0.5)
    return "em off the cell's centre"


def wrong_label(pages, report, style):
    page, f = find_fragment(pages, 0)
    glyph = cell_of(f, "（一）予以公开").glyphs[3]
    page.glyphs[page.glyphs.index(glyph)] = glyph._replace(text="子")
    return "instead of “（一）予以公开”"


def head_gone(pages, report, style):
    page, f = find_fragment(pages, 1)
    gone = {id(g) for g in cell_of(f, "申请人情况").glyphs}
    page.glyphs = [g for g in page.glyphs if id(g) not in gone]
    return "“” instead of “申请人情况”"


def span_label_gone(pages, report, style):
    page, f = find_fragment(pages, 1)
    gone = {id(g) for g in cell_of(f, "三、本年度办理结果").glyphs}
    page.glyphs = [g for g in page.glyphs if id(g) not in gone]
    return "instead of “三、本年度办理结果”"


def span_label_off(pages, report, style):
    page, f = find_fragment(pages, 1)
    move(page, cell_of(f, "三、本年度办理结果").glyphs, dy=3.0)
    return "em off the cell's centre"


def span_label_lying(pages, report, style):
    page, f = find_fragment(pages, 0)
    glyphs = cell_of(f, "三、本年度办理结果").glyphs
    move(page, glyphs[4:5], dx=1.5)
    return "off the column's middle"


def group_cut(pages, report, style):
    table = next(t for t in report.tables if t.name == "applications")
    table.groups = [0] * 3 + [1] * (len(table.groups) - 3)
    return "the group of row"


def band_last(pages, report, style):
    table = next(t for t in report.tables if t.name == "applications")
    table.keep_next = set(range(table.row_count()))
    return "a band or head is last"


def needless_cut(pages, report, style):
    style.whole_blank = style.lines
    return "cut, though whole"


def cut_elsewhere(pages, report, style):
    """Three rows of the first part are as good as none."""
    page, f = find_fragment(pages, 0)
    first, last = f.ys[4], f.ys[7]
    page.rules = [r._replace(y0=shrink(r.y0, first, last), y1=shrink(r.y1, first, last))
                  for r in page.rules]
    return "less balanced than before row"


def shrink(y, first, last):
    """Places of a stretch nearly together, those below it moved up with them."""
    return y if y <= first else first + (y - first) * 0.02 if y <= last else \
        y - (last - first) * 0.98


def a_third_blank(pages, report, style):
    style.lines = 0
    return "lines are blank"


def number_inside(pages, report, style):
    page = pages[0]
    move(page, [g for g in page.glyphs if g.y > style.bottom + 5], dx=-14)
    return "not 1 character from its outer edge"


def number_wrong(pages, report, style):
    page = pages[1]
    glyph = next(g for g in page.glyphs if g.y > style.bottom + 5 and g.text == "2")
    page.glyphs[page.glyphs.index(glyph)] = glyph._replace(text="3")
    return "page number"


def off_grid(pages, report, style):
    move(pages[0], line_of(pages[0], "甲2号").glyphs, dy=1.0)
    return "stands off the grid"


def organ_left(pages, report, style):
    move(pages[-1], line_of(pages[-1], cases.ORGAN).glyphs, dx=-8)
    return "signature's organ starts"


def date_right(pages, report, style):
    move(pages[-1], line_of(pages[-1], "2024年").glyphs, dx=8)
    return "signature's date starts"


def as_if_sealed(pages, report, style):
    report.model["signature"]["seal"] = "space"
    return "the sealed organ starts"


def as_if_signed(pages, report, style):
    """The organ's line read as the signer's post and name."""
    report.model["signature"]["signer"] = {"post": cases.ORGAN[:-3], "name": cases.ORGAN[-3:]}
    return "the signer's name ends"


def title_off(pages, report, style):
    move(pages[0], line_of(pages[0], "年度报告").glyphs, dx=2)
    return "off the middle"


def title_near(pages, report, style):
    move(pages[0], line_of(pages[0], "一、总体情况").glyphs, dy=-style.pitch)
    return "not one blank line above"


def number_gone(pages, report, style):
    gone = {id(g) for g in line_of(pages[0], "〔2024〕").glyphs}
    pages[0].glyphs = [g for g in pages[0].glyphs if id(g) not in gone]
    return "where the document number belongs"


def heading_in_another_face(pages, report, style):
    report.levels["一、总体情况"] = 2
    return "the heading “一、总体情况” of level 2 is in"


def signature_alone(pages, report, style):
    page = pages[-1]
    keep = [g for line in lines_outside(page, fragments_of(page)) for g in line.glyphs
            if line.text in (cases.ORGAN, "2024年1月20日", f"—{page.number}—")]
    page.glyphs, page.rules = keep, []
    return "stands alone"


def heading_last(pages, report, style):
    report.headings.append(page_end(pages).text)
    return "is last on the page"


def one_line_under_heading(pages, report, style):
    """The line before the last of a page is a heading; the next page starts at the left edge."""
    page = pages[-2]
    report.headings.append(lines_outside(page, fragments_of(page))[-3].text)
    first = min((line for line in lines_outside(pages[-1], [])), key=lambda line: line.y)
    move(pages[-1], first.glyphs, dx=style.left - first.x0)
    return "one line of text under the heading"


def widow(pages, report, style):
    first = min((line for line in lines_outside(pages[-1], [])), key=lambda line: line.y)
    move(pages[-1], first.glyphs, dx=style.left - first.x0)
    return "a paragraph's last line is first"


def page_end(pages):
    """The last line of the text of the page before the last."""
    return lines_outside(pages[-2], fragments_of(pages[-2]))[-2]


SPOILERS = (no_top, no_left, no_inner_rule, rule_twice, figure_off, label_high, wrong_label,
            head_gone, span_label_gone, span_label_off, span_label_lying, group_cut, band_last,
            needless_cut, cut_elsewhere, a_third_blank, number_inside, number_wrong, off_grid, organ_left, date_right,
            as_if_sealed, as_if_signed, title_off, title_near, number_gone, signature_alone,
            heading_in_another_face, heading_last, one_line_under_heading, widow)


# The same of a report with figures and a plain table of spans that is cut.

def make_figures(folder):
    spans = {"table": {
        "head": [[{"text": "名称", "rowspan": 2}, {"text": "数量", "colspan": 2}], ["本年", "上年"]],
        "rows": [[{"text": f"第{i // 2 + 1}组", "rowspan": 2}, f"{i}件", "7件"] if i % 2 == 0
                 else [f"{i}件", "8件"] for i in range(40)]}, "caption": "表1 甲项"}
    drawings.write_images(folder)
    model = cases.report("2021", value=5, sections__overview__body=[
        drawings.image("square.png", "图1 甲项", "60mm"), spans,
        *(drawings.chart(name, f"图2 {name}") for name in drawings.CHARTS)])
    return render_model(folder, "figures", model)


def find_chart(pages, kind):
    """Page and figure: the image first, then the charts in their order."""
    found = [(page, f) for page in pages for f in page.figures]
    return found[1 + list(drawings.CHARTS).index(kind)]


def find_shape(figure, is_wanted):
    return next(i for i, s in enumerate(figure.shapes) if is_wanted(s))


def label_glyphs(pages, kind, text):
    page, figure = find_chart(pages, kind)
    style = Style("gbt9704")
    find_labels(page, fragments_of(page), style.chart.size)
    glyphs = next(line.glyphs for line in labels_of(figure.glyphs) if line.text == text)
    for f in page.figures:
        f.glyphs = []
    return page, glyphs


def image_page(pages):
    return next((page, f) for page in pages for f in page.figures if f.image)


def image_stretched(pages, report, style):
    _, figure = image_page(pages)
    figure.image = figure.image._replace(y1=figure.image.y1 - 5)
    return "is not the shape of"


def image_off(pages, report, style):
    _, figure = image_page(pages)
    figure.image = figure.image._replace(x0=figure.image.x0 + 1, x1=figure.image.x1 + 1)
    return "is off the middle"


def image_small(pages, report, style):
    report.figures[0].block["width"] = "70mm"
    return "pt wide instead of"


def image_large(pages, report, style):
    report.figures[0].block["width"] = "50mm"
    return "is larger than asked for"


def image_over_text(pages, report, style):
    _, figure = image_page(pages)
    figure.image = figure.image._replace(y0=figure.image.y0 + 20, y1=figure.image.y1 + 20)
    return "two things overlap"


def image_gone(pages, report, style):
    page, _ = image_page(pages)
    page.figures = page.figures[1:]
    return "a figure that is not"


def image_caption_far(pages, report, style):
    page, _ = image_page(pages)
    line = line_of(page, "图1")
    page.glyphs = [g for g in page.glyphs if id(g) not in {id(k) for k in line.glyphs}]
    return "no caption “图1甲项” beside its figure"


def caption_off(pages, report, style):
    page, _ = image_page(pages)
    move(page, line_of(page, "图1").glyphs, dx=3)
    return "off the middle"


def table_caption_gone(pages, report, style):
    next(t for t in report.tables if t.heading == "表1 甲项").heading = "表2 乙项"
    return "no caption “表2乙项” beside its table"


def bar_short(pages, report, style):
    _, figure = find_chart(pages, "bar")
    at = find_shape(figure, lambda s: s.width and s.is_closed)
    shape = figure.shapes[at]
    top = min(y for _, y in shape.points)
    figure.shapes[at] = shape._replace(points=[(x, y + 2 * (y == top)) for x, y in shape.points])
    return "the bar of"


def bar_lying_short(pages, report, style):
    _, figure = find_chart(pages, "lying")
    at = find_shape(figure, lambda s: s.width and s.is_closed and not s.is_clipped)
    shape = figure.shapes[at]
    end = max(x for x, _ in shape.points)
    figure.shapes[at] = shape._replace(points=[(x - 2 * (x == end), y) for x, y in shape.points])
    return "the bar of"


def bar_gone(pages, report, style):
    _, figure = find_chart(pages, "grouped")
    del figure.shapes[find_shape(figure, lambda s: s.width and s.is_closed and not s.is_clipped)]
    return "bars for"


def bar_other_way(pages, report, style):
    report.figures[2].block["chart"]["series"][0]["values"][1] = "1.25"
    return "the chart says"


def curve_wrong(pages, report, style):
    _, figure = find_chart(pages, "line")
    at = find_shape(figure, lambda s: s.width and abs(s.width - style.chart.curve) < 0.01)
    points = figure.shapes[at].points
    figure.shapes[at] = figure.shapes[at]._replace(
        points=[points[0], (points[1][0], points[1][1] - 1), *points[2:]])
    return "the height of"


def slice_wrong(pages, report, style):
    _, figure = find_chart(pages, "pie")
    at = find_shape(figure, lambda s: s.width and s.has_curves)
    points = figure.shapes[at].points
    x, y = points[-1]
    figure.shapes[at] = figure.shapes[at]._replace(points=[*points[:-1], (x + 6, y + 6)])
    return "of a turn off its share"


def value_wrong(pages, report, style):
    page, glyphs = label_glyphs(pages, "bar", "872")
    page.glyphs[page.glyphs.index(glyphs[0])] = glyphs[0]._replace(text="9")
    return "the chart says"


def label_on_label(pages, report, style):
    page, glyphs = label_glyphs(pages, "pie", "42")
    _, others = label_glyphs(pages, "pie", "18")
    move(page, glyphs, dx=others[0].x - glyphs[0].x, dy=others[0].y - glyphs[0].y)
    return "touch"


def table_under_chart_wrong(pages, report, style):
    table = next(t for t in report.tables if t.is_of_chart and t.cells[0].text == "单位：件"
                 and len({c.col for c in t.cells}) == 4 and t.row_count() == 13)
    table.cells[-1].text = "36"
    return "instead of “36”"


def plain_merge(pages, report, style):
    table = next(t for t in report.tables if t.heading == "表1 甲项")
    cell = next(c for c in table.cells if c.rowspan == 2 and c.row > 2)
    cell.rowspan = 1
    table.cells.append(copy.copy(cell))
    table.cells[-1].row += 1
    return "no cell of 1 x 1"


FIGURE_SPOILERS = (
    image_stretched, image_off, image_small, image_large, image_over_text, image_gone,
    image_caption_far, caption_off, table_caption_gone, bar_short, bar_lying_short, bar_gone,
    bar_other_way, curve_wrong, slice_wrong, value_wrong, label_on_label,
    table_under_chart_wrong, plain_merge)


# The same of a report whose third page gave lines up for the signature and is set evenly.

EVEN = 2


def make_even(folder):
    model = cases.report(sections__other__body=cases.EVEN)
    return render_model(folder, "even", model)


def below(page, text):
    """The glyphs of a line and of all that stands under it, the page number apart."""
    y = line_of(page, text).y
    return [g for g in page.glyphs if y - 3 < g.y < 745]


def even_line_off(pages, report, style):
    move(pages[EVEN], line_of(pages[EVEN], "甲5号").glyphs, dy=1.0)
    return "stands off the grid"


def even_gap_wider(pages, report, style):
    move(pages[EVEN], below(pages[EVEN], "甲5号"), dy=1.0)
    return "stands off the grid"


def even_short(pages, report, style):
    """The last line is higher than a page's last line is."""
    page = pages[EVEN]
    last = max((g.y for g in page.glyphs if g.y < 745))
    page.glyphs = [g for g in page.glyphs if not last - 3 < g.y < 745]
    return "stands off the grid"


def even_strange_faces(pages, report, style):
    """Every second line in a face whose baseline is not known, as 楷体 is where it stands there first."""
    page = pages[EVEN]
    for line in lines_outside(page, fragments_of(page))[::2]:
        for g in line.glyphs:
            page.glyphs[page.glyphs.index(g)] = g._replace(font="Strange" + g.font)


EVEN_SPOILERS = even_line_off, even_gap_wider, even_short


# The same of a report in a style that says of a table that it goes on.

def make_continued(folder, named):
    case = next(c for c in cases.continued(False, folder) if c.style == named)
    path, pdf = os.path.join(folder, case.name + ".json"), os.path.join(folder, case.name + ".pdf")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(case.model, file, ensure_ascii=False)
    status, told = render(path, pdf, case.options)
    assert status == 0, told
    return path, pdf


def said_on(pages):
    return next((page, line) for page in pages for line in lines_outside(page, fragments_of(page))
                if line.text == "（续）")


def words_gone(pages, report, style):
    page, line = said_on(pages)
    page.glyphs = [g for g in page.glyphs if id(g) not in {id(k) for k in line.glyphs}]
    return "“（续）” is missing above a part"


def words_off(pages, report, style):
    page, line = said_on(pages)
    move(page, line.glyphs, dx=-2)
    return "“（续）” stands 2."


def words_on_the_rule(pages, report, style):
    page, line = said_on(pages)
    move(page, line.glyphs, dy=3)
    return "pt above"


def words_over_the_first_part(pages, report, style):
    """The words of a further part stand above a part that is a table's first."""
    page, line = said_on(pages)
    first = next(p for p in pages if fragments_of(p))
    y = fragments_of(first)[0].box.y0
    first.glyphs = [g for g in first.glyphs if not y - 30 < g.y < y] + [
        g._replace(y=y - 5) for g in line.glyphs]
    return "“（续）” stands above a part"


WORDS_SPOILERS = words_gone, words_off, words_on_the_rule, words_over_the_first_part


def check_ink(pdf, report):
    """Ink is found too near when more than what there is is asked for."""
    style = Style("gbt9704")
    checker = Checker(report(), style)
    pages = list(pages_of(pdf))
    for page in pages:
        checker.page(page)
    ink = Ink(style)
    ink.check(pdf, checker.fragments, len(pages))
    if ink.finish():
        yield f"ink: {ink.faults[:2]}"
    style.clearance, style.number_below = 3.0, style.number_below + 1
    ink = Ink(style)
    ink.check(pdf, checker.fragments, len(pages))
    told = " ".join(ink.finish())
    for wanted in "from a rule", "the dashes' top":
        if wanted not in told:
            yield f"ink: “{wanted}” is not told"
    ink.offsets = {"face": [0.05] * 80}
    if "off the middle" not in " ".join(ink.finish()):
        yield "ink: “off the middle” is not told"


def check_spoilers(path, pdf, spoilers, *harmless, named=("gbt9704", LAYOUTS)):
    pages = list(pages_of(pdf))
    for change in (None, *harmless):
        whole, of, style = copy.deepcopy(pages), Report(path, [LAYOUTS]), Style(*named)
        if change:
            change(whole, of, style)
        for fault in faults_of(whole, of, style):
            yield f"{change.__name__ if change else 'as it is'}: {fault}"
    for spoil in spoilers:
        spoilt, of, style = copy.deepcopy(pages), Report(path, [LAYOUTS]), Style(*named)
        wanted = spoil(spoilt, of, style)
        told = faults_of(spoilt, of, style)
        if not any(wanted in fault for fault in told):
            yield f"{spoil.__name__}: “{wanted}” is not told, but {told[:3]}"


def main():
    folder = os.environ.get("BX_OUT", "/tmp")
    path, pdf = make_report(folder)
    named = cases.continued_style(folder)
    faults = [*check_spoilers(path, pdf, SPOILERS),
              *check_spoilers(*make_figures(folder), FIGURE_SPOILERS),
              *check_spoilers(*make_even(folder), EVEN_SPOILERS, even_strange_faces),
              *check_spoilers(*make_continued(folder, named), WORDS_SPOILERS, named=named),
              *check_ink(pdf, lambda: Report(path, [LAYOUTS]))]
    print("\n".join(faults))
    return len(faults) > 0


if __name__ == "__main__":
    sys.exit(main())
