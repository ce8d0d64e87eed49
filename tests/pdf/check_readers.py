#!/usr/bin/env python3
"""The report text by readers that know nothing of ActualText: pdf.js, as browsers have it, and a
reader of the tree by ToUnicode alone. Each gets the report text character for character from the
tree, and the display list's from each page; nowhere is a Kangxi radical instead of a character.
What poppler and mutool read is looked at in check_pdf.py."""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check_pdf  # noqa: E402
import report_text  # noqa: E402
import variations  # noqa: E402
from pdf_read import first_difference, squeeze  # noqa: E402
from tagged import Tagged  # noqa: E402

BANXIN, OUT, BUILD = (os.environ[name] for name in ("BANXIN", "BX_OUT", "BX_BUILD"))
HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(report_text.ROOT, "tests/examples")
OPTIONS = ["--allow-inconsistent"]


def render(report, profile):
    pdf = os.path.join(OUT, f"{os.path.basename(report)}.{profile}.pdf")
    subprocess.run([BANXIN, "render", report, "-o", pdf, "--profile", profile, *OPTIONS], check=True,
                   stderr=subprocess.DEVNULL)
    return pdf


def read_by_pdfjs(paths):
    """{path: its pages}."""
    folder = os.path.join(BUILD, "pdfjs")
    subprocess.run([os.path.join(HERE, "pdfjs/install.sh"), folder], check=True)
    done = subprocess.run(["node", os.path.join(HERE, "pdfjs/read.mjs"), folder, *paths],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(done.stderr.decode()[-4000:])
    read = {file["path"]: file["pages"] for file in map(json.loads, done.stdout.splitlines())}
    if set(read) != set(paths):
        sys.exit("pdf.js did not read every file")
    return read


def text_of_tree(node, texts):
    if node.get("type") == "content":
        return texts.get(node["id"], "")
    return "".join(text_of_tree(kid, texts) for kid in node.get("children", []))


def logical_of_pdfjs(pages):
    """pdf.js gives each page the part of the tree that stands on it."""
    parts = []
    for page in pages:
        texts = {}
        for item in page["texts"]:
            texts[item["id"]] = texts.get(item["id"], "") + item["text"]
        parts.append(text_of_tree(page["tree"], texts))
    return "".join(parts)


def has_radical(text):
    return any(0x2E80 <= ord(c) <= 0x2FDF for c in text)


def check(pdf, report, pages):
    wanted = squeeze(report_text.report_text(report))
    tagged = Tagged(pdf, hears_actual_text=False)
    for name, text in (("pdf.js", logical_of_pdfjs(pages)),
                       ("ToUnicode", tagged.text(tagged.root.K))):
        difference = first_difference(squeeze(text), wanted)
        if difference:
            yield f"logical text by {name}: {difference}"
    lists = check_pdf.dump_pages(report, OPTIONS)
    if len(lists) != len(pages):
        yield f"{len(pages)} pages instead of {len(lists)}"
    for i, (runs, page) in enumerate(zip(lists, pages)):
        got = squeeze("".join(item["text"] for item in page["texts"]))
        difference = first_difference(got, squeeze("".join(run.text for run in runs)))
        if difference:
            yield f"page {i + 1} by pdf.js: {difference}"
        if has_radical(got):
            yield f"page {i + 1} by pdf.js: a Kangxi radical"
    if any(has_radical(text) for codes in tagged.maps.values() for text in codes.values()):
        yield "a Kangxi radical in ToUnicode"


def main():
    reports = [os.path.join(EXAMPLES, name) for name in sorted(os.listdir(EXAMPLES))]
    reports += variations.write(OUT, reports[0])
    files = {render(report, profile): report for report in reports
             for profile in ("archive", "archive-4f")}
    read, count = read_by_pdfjs(list(files)), 0
    for pdf, report in files.items():
        for fault in check(pdf, report, read[pdf]):
            print(f"{os.path.basename(pdf)}: {fault}")
            count += 1
    if not any(has_radical(open(report, encoding="utf-8").read()) for report in reports):
        print("no report has a Kangxi radical: that there is none shows nothing")
        count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
