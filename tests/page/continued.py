#!/usr/bin/env python3
"""What a style says of a table that goes on (TAB-02) is no content: it stands on the page, and neither in the
logical text of the tagged file, nor does it change a word of it; the file is what its model says."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "pdf"))
import cases  # noqa: E402
from drawn import fragments_of, pages_of  # noqa: E402
from geometry import render  # noqa: E402
from pdf_read import run, structure_text  # noqa: E402

WORDS = "（续）"


def main():
    folder, faults = os.environ.get("BX_OUT", "/tmp"), []
    case = next(iter(cases.continued(False, folder)))
    path = os.path.join(folder, "goes-on.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(case.model, file, ensure_ascii=False)
    texts, seen = [], []
    for name, options in ("usual", ["--allow-inconsistent"]), ("saying", case.options):
        pdf = os.path.join(folder, f"goes-on-{name}.pdf")
        status, told = render(path, pdf, options)
        assert status == 0, told
        texts.append("".join(structure_text(pdf).split()))
        seen.append(run("pdftotext", "-raw", pdf, "-").decode().count(WORDS))
        parts = sum(len(fragments_of(page)) for page in pages_of(pdf))
    verified = subprocess.run([os.environ["BANXIN"], "verify", pdf], capture_output=True, text=True)
    further = parts - 5  # three mandated tables and two of prose
    if further < 3 or seen != [0, further]:
        faults.append(f"{parts} parts, but {WORDS} stands {seen} times")
    if WORDS in texts[1] or texts[0] != texts[1]:
        faults.append("the logical text is another one")
    if verified.returncode != 0:
        faults.append(f"verify: exit {verified.returncode}: {(verified.stdout + verified.stderr)[-300:]}")
    print("\n".join(faults) or f"{further} further parts")
    return len(faults) > 0


if __name__ == "__main__":
    sys.exit(main())
