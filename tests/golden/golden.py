"""Golden dumps: every mark of every page of the example reports, and their structure; and single
pages of reports made by tests/page/cases.py, each for one thing to be seen on it.

One file a page, integers in 1/1024 pt, one mark a line, so that a change of layout is a diff that
can be read. BX_REGEN=1 writes the files anew; the diff belongs into the commit that causes it.
"""
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), folder) for folder in ("page", "seal")]
import cases  # noqa: E402
import pictures  # noqa: E402

EXAMPLES = os.path.join(os.path.dirname(HERE), "examples")
CASES = ("changsha-hitech-2019", "hongze-2024", "suqian-2023")
LINES_MOST = 400

# Which pages of which made reports: a table cut between groups, figures of 8 digits, a seal's room,
# a signer, a long organ, four title lines, four levels of headings, heads and spans of a table of
# prose set again, a row over pages; charts of every kind, lying bars and a table under a chart among
# them, figures that have to look for their places, six lines, and images with captions beside tables; dates
# longer than their organs and the other way round; images made smaller for their captions, for the
# heading above them and for the signature below; a label beside rows over pages.
MADE = {
    "start-2021-applications-13": (2, 3), "digits-2021-8": (2,), "signature-seal-10": (3,),
    "signature-signer-10": (3,), "signature-wide": (3,), "title-4": (1,), "headings-12": (1,),
    "plain-spans": (2,), "plain-long-both": (2,), "chart-all": (1, 2, 3, 4, 5, 6, 7),
    "image-beside-0": (1,), "province-both-disclosure-2021": (1,),
    "chart-figures": (1, 2, 3, 4), "signature-date-long": (3,), "signature-full": (3,),
    "signature-two-lines": (3,), "signature-date": (3,), "signature-post-long": (3,),
    "signature-signer-seal": (3,), "signature-signer-date": (3,), "signature-signer-name": (3,),
    "signature-seal-date": (3,), "signature-seal-organ": (3,), "signature-seal-wide": (3,),
    "image-end-caption": (4,),
    "image-tall-3": (1, 2), "image-tall-20": (2, 3), "image-foot-20": (2,),
    "image-widths": (1, 2, 3, 8), "plain-long-joined": (1, 2, 3), "plain-wide": (1,),
}


def dump(path, stage, options=("--allow-inconsistent",)):
    command = [os.environ["BANXIN"], "dump", path, "--stage", stage, *options]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=True).stdout.decode("utf-8")


def parts_of_example(case):
    """What each golden file of an example must hold."""
    path = os.path.join(EXAMPLES, case + ".json")
    head, *pages = re.split(r"(?m)^(?=page \d+ )", dump(path, "pages"))
    yield "head.txt", head
    for number, page in enumerate(pages, 1):
        yield f"page-{number}.txt", page
    yield "structure.txt", dump(path, "structure")


def parts_of_made(case):
    path = os.path.join(os.environ["BX_OUT"], case.name + ".json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(case.model, file, ensure_ascii=False)
    pages = re.split(r"(?m)^(?=page \d+ )", dump(path, "pages", case.options))
    for number in MADE[case.name]:
        yield f"page-{number}.txt", pages[number]


def parts_of_sealed():
    """The last page of an example with a seal on its date."""
    pictures.write(os.path.join(os.environ["BX_OUT"], "seal.png"), margin=20)
    with open(os.path.join(EXAMPLES, CASES[0] + ".json"), encoding="utf-8") as file:
        model = json.load(file)
    model["signature"]["seal"] = {"image": "seal.png", "diameter": "45mm"}
    path = os.path.join(os.environ["BX_OUT"], "sealed.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file, ensure_ascii=False)
    *_, last = re.split(r"(?m)^(?=page \d+ )", dump(path, "pages"))
    yield "last-page.txt", last


def first_difference(golden, now):
    for number, (a, b) in enumerate(zip(golden.splitlines() + [""], now.splitlines() + [""]), 1):
        if a != b:
            return f"line {number}\n  golden {a[:160]}\n  now    {b[:160]}"
    return f"{len(golden.splitlines())} lines, now {len(now.splitlines())}"


def check(case, parts, regenerate):
    folder = os.path.join(HERE, case)
    if regenerate:
        os.makedirs(folder, exist_ok=True)
    faults, names = [], set()
    for name, now in parts:
        names.add(name)
        path = os.path.join(folder, name)
        if name != "structure.txt" and len(now.splitlines()) > LINES_MOST:
            faults.append(f"{case}/{name}: more than {LINES_MOST} lines")
        if regenerate:
            with open(path, "w", encoding="utf-8") as file:
                file.write(now)
        elif not os.path.exists(path):
            faults.append(f"{case}/{name}: no golden file (BX_REGEN=1 writes it)")
        else:
            with open(path, encoding="utf-8") as file:
                golden = file.read()
            if golden != now:
                faults.append(f"{case}/{name}: {first_difference(golden, now)}")
    there = set(os.listdir(folder)) if os.path.isdir(folder) else set()
    for stale in sorted(there - names):
        if regenerate:
            os.unlink(os.path.join(folder, stale))
        else:
            faults.append(f"{case}/{stale}: a golden file of a page that is no more")
    return faults


def main():
    regenerate = os.environ.get("BX_REGEN") == "1"
    faults = [fault for case in CASES for fault in check(case, parts_of_example(case), regenerate)]
    made = [case for case in cases.all_cases(True) if case.name in MADE]
    if len(made) != len(MADE):
        faults.append("tests/page/cases.py lacks a report that a golden page is of")
    for case in made:
        faults += check(case.name, parts_of_made(case), regenerate)
    faults += check("sealed", parts_of_sealed(), regenerate)
    for fault in faults:
        print(fault)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
