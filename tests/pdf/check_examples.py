#!/usr/bin/env python3
"""Renders the example reports, and variations of one, and checks each file from outside; and renders each twice, from
another folder, locale, time zone, user mask and environment, to the same bytes."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check_pdf  # noqa: E402
import variations  # noqa: E402
from report_text import ROOT  # noqa: E402

BANXIN, OUT = os.environ["BANXIN"], os.environ["BX_OUT"]
EXAMPLES = os.path.join(ROOT, "tests/examples")

# Published reports are not always right: what a real one breaks is printed all the same.
OPTIONS = ["--allow-inconsistent"]


def render(report, pdf, **options):
    subprocess.run([BANXIN, "render", report, "-o", pdf, *OPTIONS], check=True,
                   stderr=subprocess.DEVNULL, **options)


def check_same_bytes(report, pdf):
    folder = os.path.join(OUT, "elsewhere")
    os.makedirs(folder, exist_ok=True)
    again = os.path.join(folder, "another name.pdf")
    env = {**os.environ, "LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "HOME": folder,
           "USER": "someone", "COLUMNS": "40", "XDG_CACHE_HOME": folder,
           "FONTCONFIG_FILE": os.path.join(folder, "none.conf"), "MALLOC_PERTURB_": "165"}
    render(report, again, cwd=folder, env=env, preexec_fn=lambda: os.umask(0o077))
    with open(pdf, "rb") as one, open(again, "rb") as two:
        if one.read() != two.read():
            yield "the bytes differ when rendered again elsewhere"


def main():
    reports = [os.path.join(EXAMPLES, name) for name in sorted(os.listdir(EXAMPLES))]
    reports += variations.write(OUT, reports[0])
    count = 0
    for report in reports:
        name = os.path.basename(report)
        pdf = os.path.join(OUT, name + ".pdf")
        render(report, pdf)
        for fault in [*check_pdf.check(pdf, report, OPTIONS), *check_same_bytes(report, pdf)]:
            print(f"{name}: {fault}")
            count += 1
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
