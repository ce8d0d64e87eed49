#!/usr/bin/env python3
"""The back end's own sample, with all that a report seldom has (vertical label, glyphs of two
meanings, images, a link), as readers that are not ours see it."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check_pdf  # noqa: E402
import pdf_read  # noqa: E402
from pdf_read import squeeze  # noqa: E402

BUILD, OUT = os.environ["BX_BUILD"], os.environ["BX_OUT"]

LOGICAL = ("某区2019年报告一、总体情况新收政府信息公开申请共计（7123条），全部办结。事项件数新收"
           "甲、乙、丙、丁戊︑己fi——𠮷办理、结果详见政府网站公告。")
PAGES = ("某区2019年报告一、总体情况新收政府信息公开申请共计（7123条），—1—",
         "全部办结。事项件数新收—2—",
         "甲、乙、丙、丁戊︑己fi——𠮷续︑表办理、结果详见政府网站公告。")


def check(pdf, pages):
    yield from check_pdf.check_file(pdf)
    yield from check_pdf.check_fonts(pdf)
    yield from check_pdf.check_sizes(pdf)
    yield from check_pdf.check_structure(pdf)
    yield from check_pdf.check_places(pdf, pages)
    yield from check_pdf.check_page_texts(pdf, pages)
    got = squeeze(pdf_read.structure_text(pdf))
    if got != LOGICAL:
        yield f"logical text: {got}"
    for i, wanted in enumerate(PAGES):
        for name, pages in (("pdftotext -raw", pdf_read.pages_of_text(pdf, "-raw")),
                            ("mutool", pdf_read.pages_of_mutool(pdf))):
            if squeeze(pages[i]) != wanted:
                yield f"page {i + 1}, {name}: {squeeze(pages[i])}"
    tags = [e["/S"] for e in pdf_read.Tree(pdf).walk()]
    for tag in "/Figure", "/Link":
        if tag not in tags:
            yield f"the structure has no {tag}"
    names = pdf_read.run("pdfdetach", "-list", pdf).decode()
    if "report.json" not in names or "applications.csv" not in names:
        yield f"attachments: {names}"


def forgotten_faults(pdf, pages):
    """A check that cannot fail is none: each is given what must not pass."""
    first = pages[0][0]
    wrong_text = [[first._replace(text="错"), *pages[0][1:]], *pages[1:]]
    wrong_place = [[first._replace(x=first.x + 12), *pages[0][1:]], *pages[1:]]
    tree = pdf_read.Tree(pdf)
    table = next(e for e in tree.walk() if e["/S"] == "/Table")
    cell = next(e for e in tree.walk(table) if e["/S"] == "/TD")
    cell["/A"]["/Headers"].pop()
    for name, faults in (
            ("check_page_texts", check_pdf.check_page_texts(pdf, wrong_text)),
            ("check_places", check_pdf.check_places(pdf, wrong_place)),
            ("check_logical_text", check_pdf.check_logical_text(pdf, LOGICAL[1:])),
            ("check_cells", check_pdf.check_cells(tree, table))):
        if not list(faults):
            yield f"{name} passes what it must not"


def main():
    pdf = os.path.join(OUT, "sample.pdf")
    subprocess.run([f"{BUILD}/tests/test_output"], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, env={**os.environ, "BX_KEEP_SAMPLE": OUT})
    with open(os.path.join(OUT, "sample.txt"), encoding="utf-8") as file:
        pages = check_pdf.read_pages(file.read())
    faults = [*check(pdf, pages), *forgotten_faults(pdf, pages)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
