"""Golden dumps: every mark of every page of the example reports, and their structure.

One file a page, integers in 1/1024 pt, one mark a line, so that a change of layout is a diff that
can be read. BX_REGEN=1 writes the files anew; the diff belongs into the commit that causes it.
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(os.path.dirname(HERE), "examples")
CASES = ("changsha-hitech-2019", "hongze-2024", "suqian-2023")
LINES_MOST = 400


def dump(case, stage):
    command = [os.environ["BANXIN"], "dump", os.path.join(EXAMPLES, case + ".json"), "--stage", stage]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=True).stdout.decode("utf-8")


def parts_of(case):
    """What each golden file of a case must hold."""
    head, *pages = re.split(r"(?m)^(?=page \d+ )", dump(case, "pages"))
    yield "head.txt", head
    for number, page in enumerate(pages, 1):
        yield f"page-{number}.txt", page
    yield "structure.txt", dump(case, "structure")


def first_difference(golden, now):
    for number, (a, b) in enumerate(zip(golden.splitlines() + [""], now.splitlines() + [""]), 1):
        if a != b:
            return f"line {number}\n  golden {a[:160]}\n  now    {b[:160]}"
    return f"{len(golden.splitlines())} lines, now {len(now.splitlines())}"


def check(case, regenerate):
    folder = os.path.join(HERE, case)
    if regenerate:
        os.makedirs(folder, exist_ok=True)
    faults, names = [], set()
    for name, now in parts_of(case):
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
    faults = [fault for case in CASES for fault in check(case, os.environ.get("BX_REGEN") == "1")]
    for fault in faults:
        print(fault)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
