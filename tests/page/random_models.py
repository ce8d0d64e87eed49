#!/usr/bin/env python3
"""Random reports: each renders, or stops with a finding; nothing else ever happens.

    random_models.py [COUNT [FIRST]]     so many models from this seed on (40, 0)

A model is put together from the parts of the schema and of the forms: prose of all kinds with four
levels of headings, plain tables with spans, images and charts of all kinds, every edition and forms
with a province's rows and long labels, figures of all kinds and lengths, document numbers,
signatures of every kind. One in six is
broken on purpose at one place. What must hold: exit 0 and a file that passes the cheap checks of
geometry.py, or exit 2 to 6 with a finding and no file; never a fault that the program calls its own
("internal:"), never a crash, never a word of a sanitizer. A failing model stays in BX_OUT."""
import json
import os
import random
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import cases  # noqa: E402
import drawings  # noqa: E402
import provinces  # noqa: E402
from expected import LAYOUTS  # noqa: E402
from geometry import check_file  # noqa: E402

SECONDS = 120  # for one report, sanitizers included
WORDS = ("政府信息公开", "办理结果", "“放管服”", "《条例》", "全年共收到申请1286件", "，", "。", "；", "、",
         "（一）", "99.5%", "2023年", "12345", "http://www.example.gov.cn/zwgk", "GB/T 9704-2012",
         "——", "……", "3～5个", "行政复议", "某市", "人民政府办公室", "A4", "㎡", "·", "：")
# What the program may do where it tells that it had to (BREAK).
FORCED = "stands alone", "is last on the page", "the group of row", "less balanced", "of one group"
ROLES = "strong", "kai", "hei", "latin"


def words(r, most):
    return "".join(r.choice(WORDS) for _ in range(r.randint(1, most))) or "文"


def text(r, most=60):
    if r.random() < 0.85:
        return words(r, most)
    return [words(r, 6) if r.random() < 0.5 else {"text": words(r, 6), "role": r.choice(ROLES)}
            for _ in range(r.randint(1, 6))]


def plain_table(r):
    cols = r.randint(1, 7)

    def row():
        cells, left = [], cols
        while left > 0:
            span = r.randint(1, left) if r.random() < 0.15 else 1
            cell = words(r, r.choice((1, 2, 4, 12))) if r.random() < 0.9 else ""
            if span > 1 or r.random() < 0.1:
                cell = {"text": cell, "colspan": span}
                if r.random() < 0.3:
                    cell["align"] = r.choice(("left", "center", "right", "justify"))
            cells.append(cell)
            left -= span
        return cells

    def joined():
        """Two or more rows under one cell on the left."""
        count = r.randint(2, 5)
        rows = [row() for _ in range(count)]
        first = {"text": words(r, r.choice((2, 40))), "rowspan": count}
        return [[first] + [words(r, 3) for _ in range(cols - 1)] if i == 0 else
                [words(r, r.choice((3, 3, 90))) for _ in range(cols - 1)]
                for i in range(len(rows))]

    rows = []
    for _ in range(r.choice((1, 3, 8, 40))):
        if cols > 1 and r.random() < 0.1:
            rows += joined()
        else:
            rows.append(row())
    if r.random() < 0.1:
        rows.append([words(r, 900)] + [words(r, 3) for _ in range(cols - 1)])
    table = {"rows": rows}
    if r.random() < 0.7:
        table["head"] = [row() for _ in range(r.choice((1, 1, 2)))]
    if r.random() < 0.4:
        table["columns"] = [r.choice(("auto", f"{r.randint(5, 60)}%")) for _ in range(cols)]
    block = {"table": table}
    if r.random() < 0.4:
        block["caption"] = "表" + words(r, 3)
    return block


def blocks(r, most):
    out = []
    for _ in range(r.randint(0, most)):
        kind = r.random()
        if kind < 0.6:
            out.append({"text": text(r)})
        elif kind < 0.75:
            out.append({"heading": r.choice(("（一）", "1.", "（1）", "")) + words(r, 4),
                        "text": text(r)})
        elif kind < 0.88:
            out.append({"heading": r.choice(("（二）", "2.", "（2）", "")) + words(r, 4)})
            if r.random() < 0.3:
                out[-1]["level"] = r.randint(2, 4)
        elif kind < 0.94:
            out.append(plain_table(r))
        elif kind < 0.97:
            out.append(drawings.random_image(r, words))
        else:
            out.append(drawings.random_chart(r, words))
    return out


def figure(r, kind):
    """A value of a kind of report: most are small, some are long, blank or words."""
    if kind == "small":
        return r.randint(0, 60)
    if kind == "large":
        return r.randint(0, 10 ** r.randint(1, 8) - 1)
    return r.choice((None, "/", "—", 0, 7, str(r.randint(0, 999)), "12万元", words(r, 2)[:12]))


def filled(r, values, kind):
    if isinstance(values, dict):
        return {name: filled(r, value, kind) for name, value in values.items()}
    return figure(r, kind)


def model_of(r):
    model = cases.report()
    sections, kind = model["sections"], r.choice(("small", "small", "large", "mixed"))
    model["year"] = r.randint(2008, 2100)
    for name, made in (("disclosure", cases.disclosure), ("applications", cases.applications)):
        edition = r.choice(("2019", "2021"))
        sections[name] = {"form": edition, "values": filled(r, made(edition, 0), kind)}
    sections["review"] = {"form": r.choice(("2019", "2021")),
                          "values": filled(r, cases.review(0), kind)}
    for name in ("disclosure", "applications", "review"):
        for place in ("intro", "after"):
            if r.random() < 0.3:
                sections[name][place] = blocks(r, 3)
    for name in ("overview", "problems", "other"):
        sections[name] = {"body": blocks(r, r.choice((1, 3, 12)))}
        if r.random() < 0.1:
            sections[name]["title"] = "九、" + words(r, 8)
    if r.random() < 0.5:
        model["preamble"] = [words(r, 40) for _ in range(r.randint(1, 3))]
    if r.random() < 0.3:
        model["document_number"] = f"某政发〔2024〕{r.randint(1, 99)}号"
    if r.random() < 0.3:
        model["title"] = [words(r, 4) for _ in range(r.randint(1, 4))]
    elif r.random() < 0.5:
        del model["title"]
    model["organ"] = "某" * r.randint(1, 12) + "人民政府"
    model["signature"] = signature(r)
    return model


def province(r, model, folder):
    """A mandated table of a form with rows and labels of a province's own; the layouts' folder."""
    own = provinces.make_folder(folder)
    section, edition = r.choice(("disclosure", "applications")), r.choice(("2019", "2021"))
    rows = provinces.rows_of(edition, section)
    shape = provinces.write_form(own, edition, section, "own", r.sample(rows, r.randint(0, 4)),
                                 r.sample(rows, r.randint(0, len(rows))))
    model["sections"][section].update(form="own", values=filled(
        r, shape, r.choice(("small", "large", "mixed"))))
    return own


def signature(r):
    made = {"organ": "某" * r.randint(1, 30) + "局",
            "date": f"2024-{r.randint(1, 12):02}-{r.randint(1, 28):02}"}
    for name in ("organ", "date"):
        if r.random() < 0.15:
            del made[name]
    if r.random() < 0.3:
        made["seal"] = r.choice(("space", "none", {"image": "square.png"},
                                 {"image": "square.png", "diameter": f"{r.randint(20, 60)}mm"}))
    if r.random() < 0.2:
        made["place"] = r.choice(("end", "title"))
    if r.random() < 0.2:
        made["signer"] = {name: words(r, 2) for name in ("post", "name") if r.random() < 0.8}
    return made


def break_one(r, model):
    """One place of the model is no longer what it must be."""
    at, path = model, []
    while isinstance(at, (dict, list)) and at:
        key = r.choice(list(at) if isinstance(at, dict) else range(len(at)))
        path.append((at, key))
        at = at[key]
        if r.random() < 0.2:
            break
    holder, key = path[-1]
    change = r.choice(("drop", "kind", "deep", "extra", "rare"))
    if change == "drop":
        del holder[key]
    elif change == "kind":
        holder[key] = r.choice((None, -1, 1.5, True, [], {}, "文", ""))
    elif change == "deep":
        holder[key] = [[holder[key]]]
    elif change == "rare":
        holder[key] = "\U0002ebf0\ue5e5\u0307字"
    elif isinstance(holder, dict):
        holder["没有这一项"] = 1


def run_one(seed, folder):
    """What is wrong with what the program does with this model; its exit status."""
    r = random.Random(seed)
    model = model_of(r)
    layouts = os.path.join(folder, f"layouts-{seed}")
    own = [province(r, model, layouts)] if r.random() < 0.2 else []
    if r.random() < 1 / 6:
        break_one(r, model)
    path, pdf = (os.path.join(folder, f"model-{seed}.{end}") for end in ("json", "pdf"))
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file, ensure_ascii=False)
    if os.path.exists(pdf):
        os.unlink(pdf)
    options = [] if r.random() < 0.3 else ["--allow-inconsistent"]
    options += ["--layouts", *own] if own else []
    try:
        done = subprocess.run([os.environ["BANXIN"], "render", path, "-o", pdf, "--lang", "en",
                               *options], capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return [f"not done after {SECONDS} s"], None
    told, status = done.stderr.decode("utf-8", "replace"), done.returncode
    faults = []
    if "internal:" in told or "Sanitizer" in told or "runtime error" in told:
        faults.append(told[-600:])
    if status == 0:
        faults += [fault for fault in check_file(pdf, path, [*own, LAYOUTS])[0]
                   if "warning BREAK" not in told or not any(w in fault for w in FORCED)]
    elif status not in (2, 3, 5, 6):
        faults.append(f"exit {status}: {told[-400:]}")
    elif "error " not in told or os.path.exists(pdf):
        faults.append(f"exit {status} without a finding, or with a file: {told[-400:]}")
    if not faults:
        os.unlink(path)
        shutil.rmtree(layouts, ignore_errors=True)
        if os.path.exists(pdf):
            os.unlink(pdf)
    return faults, status


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    folder, faulty, ends = os.environ.get("BX_OUT", "/tmp"), 0, {}
    drawings.write_images(folder)
    for seed in range(first, first + count):
        faults, status = run_one(seed, folder)
        ends[status] = ends.get(status, 0) + 1
        faulty += bool(faults)
        for fault in faults[:6]:
            print(f"seed {seed}: {fault}")
    told = ", ".join(f"exit {status}: {n}" for status, n in sorted(ends.items(), key=str))
    print(f"{count} models, {faulty} faulty, {told}")
    return faulty > 0 or ends.get(0, 0) < count // 4


if __name__ == "__main__":
    sys.exit(main())
