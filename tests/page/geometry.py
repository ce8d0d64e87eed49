#!/usr/bin/env python3
"""The geometry of finished reports against the issued forms, read by tools that are not ours.

    geometry.py                      the cases of cases.py, as a short form
    geometry.py --full [NAME]        all of them
    geometry.py --no-ink [NAME]      without what takes longest, the ink
    geometry.py --file PDF MODEL     one file

Each case is rendered, its grids and texts are rebuilt from rules and glyphs (drawn.py), laid
beside the form files (expected.py) and the rules of the page (checks.py); of some the ink is
measured at 600 dpi (ink.py)."""
import argparse
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import cases  # noqa: E402
from checks import Checker, Style  # noqa: E402
from drawn import pages_of  # noqa: E402
from expected import LAYOUTS, Report  # noqa: E402
from ink import Ink  # noqa: E402


def check_file(pdf, model, folders=(LAYOUTS,), style=("gbt9704", LAYOUTS), has_ink=False,
               is_strict=False):
    """The faults of one file, and what was counted."""
    style = Style(*style)
    checker = Checker(Report(model, folders), style, is_strict)
    pages = 0
    for page in pages_of(pdf):
        checker.page(page)
        pages += 1
    faults = checker.finish()
    figures = {"pages": pages, "fragments": len(checker.fragments),
               "cells": sum(len(f.cells) for _, f, _ in checker.fragments), "least": None}
    if has_ink:
        ink = Ink(style)
        ink.check(pdf, checker.fragments, pages)
        faults += ink.finish()
        figures["least"] = ink.least
    return faults, figures


def render(model, pdf, options):
    command = [os.environ["BANXIN"], "render", model, "-o", pdf, "--lang", "en", *options]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stderr


def run_case(case, folder):
    """Renders and checks a case: faults, figures."""
    model = case.path
    if model is None:
        model = os.path.join(folder, case.name + ".json")
        with open(model, "w", encoding="utf-8") as file:
            json.dump(case.model, file, ensure_ascii=False)
    pdf = os.path.join(folder, case.name + ".pdf")
    status, told = render(model, pdf, case.options)
    if status != case.status:
        return [f"exit {status} instead of {case.status}: {told.strip()[-300:]}"], None
    if status != 0:
        return [], None
    return check_file(pdf, model, case.folders, case.style, has_ink=case.has_ink, is_strict=case.is_strict)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--no-ink", action="store_true")
    parser.add_argument("--file", nargs=2)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    if arguments.file:
        faults, figures = check_file(*arguments.file, has_ink=True)
        print("\n".join(faults), figures)
        return bool(faults)
    folder = os.environ.get("BX_OUT", "/tmp")
    started, sums = time.monotonic(), {"cases": 0, "faulty": 0, "pages": 0, "fragments": 0,
                                       "cells": 0}
    least = 99.0
    for case in cases.all_cases(arguments.full):
        if arguments.names and not any(name in case.name for name in arguments.names):
            continue
        case.has_ink = case.has_ink and not arguments.no_ink
        try:
            faults, figures = run_case(case, folder)
        except Exception as error:  # a drawing that cannot be read is a fault of that case
            faults, figures = [f"{type(error).__name__}: {error}"], None
        sums["cases"] += 1
        sums["faulty"] += bool(faults)
        for name in ("pages", "fragments", "cells"):
            sums[name] += figures[name] if figures else 0
        if figures and figures["least"] is not None:
            least = min(least, figures["least"])
        for fault in faults[:12]:
            print(f"{case.name}: {fault}")
    print(", ".join(f"{count} {name}" for name, count in sums.items()),
          f"least distance of ink and rule {least:.2f} pt,",
          f"{time.monotonic() - started:.0f} s")
    return sums["faulty"] > 0 or sums["cases"] == 0


if __name__ == "__main__":
    sys.exit(main())
