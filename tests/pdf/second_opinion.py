#!/usr/bin/env python3
"""What outloud, a checker that shares nothing with veraPDF, says of finished files. It judges by
rules of thumb where the standard has none, and it miscounts one kind of grid: what it tells of our
files without reason is listed here by name, each with what shows that it is wrong. All else that it
tells is a fault, and so is what is listed and told no more. Files that are broken on purpose must
be told, so that the opinion is known to be one."""
import json
import os
import subprocess
import sys

import pikepdf

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import variations  # noqa: E402
from report_text import ROOT  # noqa: E402

BANXIN, OUT, BUILD = (os.environ[name] for name in ("BANXIN", "BX_OUT", "BX_BUILD"))
EXAMPLES = os.path.join(ROOT, "tests/examples")
VENV = os.path.join(BUILD, "venv-outloud")

# Rule, how its evidence starts, why it is no fault. The grids themselves are walked cell by cell by
# check_pdf.py, compared with the forms by spoken_tables.py, and passed by veraPDF.
FALSE = [
    ("TBL-004", "10, 10, 9, 10, 10,", "table 三: its third row of heads ends under 总计, which spans "
     "two rows; the checker loses a span that ends in a row's last column"),
    ("TBL-010", "第二十条第（一）项; 信息内容;", "table 二: each group has a band and heads of its own, "
     "as the form mandates, so heads outnumber figures"),
    ("TBL-010", "行政复议; 行政诉讼;", "table 四: one row of figures under three rows of heads"),
    ("FIG-012", "柱形图。增减：", "a chart's Alt says each figure with its label: Chinese, with many "
     "digits"),
    ("DOC-012", "", "archive-4f claims PDF/UA-2, of which the checker knows nothing"),
]


def render(report, profile, *options):
    pdf = os.path.join(OUT, f"{os.path.basename(report)}.{profile}{len(options)}.pdf")
    subprocess.run([BANXIN, "render", report, "-o", pdf, "--allow-inconsistent", "--profile",
                    profile, *options], check=True, stderr=subprocess.DEVNULL)
    return pdf


# Broken files ------------------------------------------------------------------------------------

def elements(pdf, tag):
    return [item for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name(tag)]


def drop_scope(pdf):
    for head in elements(pdf, "/TH"):
        del head.A.Scope
    for cell in elements(pdf, "/TD"):
        if "/Headers" in cell.A:
            del cell.A.Headers


def widen_cell(pdf):
    elements(pdf, "/TD")[-1].A.ColSpan = 3


def skip_level(pdf):
    for heading in elements(pdf, "/H2"):
        heading.S = pikepdf.Name.H3


def lose_words(pdf):
    """No element holds what the first page says."""
    page = pdf.pages[0]
    ops = [([pikepdf.Name.P], pikepdf.Operator("BMC"))
           if str(operator) == "BDC" and str(operands[0]) == "/P" else (operands, operator)
           for operands, operator in pikepdf.parse_content_stream(page)]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(ops))


def drop_alt(pdf):
    del elements(pdf, "/Figure")[0].Alt


BROKEN = [(drop_scope, "TBL-002"), (widen_cell, "TBL-004"), (skip_level, "HDG-001"),
          (lose_words, "TAG-001"), (drop_alt, "FIG-001")]


def break_file(good, change):
    path = os.path.join(OUT, f"broken-{change.__name__}.pdf")
    with pikepdf.open(good) as pdf:
        change(pdf)
        pdf.save(path)
    return path


# The opinion -------------------------------------------------------------------------------------

def ask(paths):
    """{path: findings} of all files."""
    subprocess.run([os.path.join(ROOT, ".ci/venv"), os.path.join(ROOT, "tests/pdf/outloud.txt"),
                    VENV], check=True)
    told = os.path.join(OUT, "told.json")
    subprocess.run([os.path.join(VENV, "bin/outloud"), *paths, "--quiet", "--fail-on", "never",
                    "--json", told], check=True, stdout=subprocess.DEVNULL)
    with open(told, encoding="utf-8") as file:
        results = json.load(file)["results"]
    for result in results:
        crashed = [rule for rule in result["rules"] if rule["status"] == "crashed"]
        if result["error"] or crashed or result["stats"]["pages"] == 0:
            sys.exit(f"{result['path']} was not read: {result['error']} {crashed}")
    answers = {result["path"]: result["findings"] for result in results}
    if set(answers) != set(paths):
        sys.exit("not every file was answered for")
    return answers


def excuse_of(finding):
    """The number of the entry that names a finding, or None."""
    for i, (rule, start, _) in enumerate(FALSE):
        if finding["rule"] == rule and (finding.get("evidence") or "").startswith(start):
            return i
    return None


def main():
    reports = [os.path.join(EXAMPLES, name) for name in sorted(os.listdir(EXAMPLES))]
    reports += variations.write(OUT, reports[0])
    good = [render(report, "archive") for report in reports]
    good += [render(reports[0], profile) for profile in ("archive-2a", "archive-4f", "print")]
    good.append(render(reports[0], "archive", "--signature-field=2"))
    with_figures = good[len(os.listdir(EXAMPLES))]
    broken = {break_file(with_figures, change): rule for change, rule in BROKEN}
    answers, faults, used = ask(good + list(broken)), [], set()
    for path in good:
        for finding in answers[path]:
            excuse = excuse_of(finding)
            used.add(excuse)
            if excuse is None:
                faults.append(f"{os.path.basename(path)}, page {finding['page']}: {finding['rule']} "
                              f"{finding['message']}: {finding.get('evidence')}")
    faults += [f"told no more: {FALSE[i][:2]}" for i in range(len(FALSE)) if i not in used]
    for path, rule in broken.items():
        known = [f for f in answers[with_figures] if f["rule"] == rule]
        if len([f for f in answers[path] if f["rule"] == rule]) <= len(known):
            faults.append(f"{os.path.basename(path)} is not told by {rule}")
    print(f"{len(good)} files, {len(broken)} broken ones, {len(used - {None})} kinds of findings "
          "that are known to be false")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
