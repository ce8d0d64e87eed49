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
from checks import Checker, Style  # noqa: E402
from drawn import fragments_of, lines_outside, pages_of  # noqa: E402
from expected import LAYOUTS, Report  # noqa: E402
from geometry import render  # noqa: E402
from ink import Ink  # noqa: E402

LEAD = 13  # lines before table 三, so that it is cut


def make_report(folder):
    model = cases.report("2021", value=1234)
    model["sections"]["disclosure"]["after"] = cases.lines(LEAD, "丁")
    model["sections"]["problems"]["body"] = cases.lines(30, "乙")
    model["document_number"] = "某政办发〔2024〕1号"
    path, pdf = os.path.join(folder, "cut.json"), os.path.join(folder, "cut.pdf")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file, ensure_ascii=False)
    status, told = render(path, pdf, ["--allow-inconsistent"])
    assert status == 0, told
    return path, pdf


def faults_of(pages, report, style):
    checker = Checker(report, style)
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
            needless_cut, number_inside, number_wrong, off_grid, organ_left, date_right,
            as_if_sealed, as_if_signed, title_off, title_near, number_gone, signature_alone, heading_last, one_line_under_heading, widow)


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


def main():
    path, pdf = make_report(os.environ.get("BX_OUT", "/tmp"))
    pages, count = list(pages_of(pdf)), 0

    def report():
        return Report(path, [LAYOUTS])

    for fault in faults_of(copy.deepcopy(pages), report(), Style("gbt9704")):
        print(f"as it is: {fault}")
        count += 1
    for spoil in SPOILERS:
        spoilt, of, style = copy.deepcopy(pages), report(), Style("gbt9704")
        wanted = spoil(spoilt, of, style)
        told = faults_of(spoilt, of, style)
        if not any(wanted in fault for fault in told):
            print(f"{spoil.__name__}: “{wanted}” is not told, but {told[:3]}")
            count += 1
    for fault in check_ink(pdf, report):
        print(fault)
        count += 1
    return count > 0


if __name__ == "__main__":
    sys.exit(main())
