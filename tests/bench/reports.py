#!/usr/bin/env python3
"""Varied reports for tests and measurements, made from the three examples.

    tests/bench/reports.py FOLDER [--count 1000] [--seed 1] [--lines]

The same seed gives the same reports. Each has prose of 4 to 8 pages put together from the
sentences of the examples, and figures drawn so that the checks C1 to C4 hold; sentences whose
numbers C5 would look up in the tables are left out. Both editions of the forms take part, and ten
organs, each in a hundred districts. FOLDER/N/NAME.json, a hundred reports a folder; with --lines
FOLDER is a file, one report a line.
"""
import argparse
import copy
import json
import os
import random
import re

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(os.path.dirname(HERE), "examples")
ORGANS = ["教育局", "公安局", "民政局", "司法局", "财政局", "自然资源和规划局", "生态环境局",
          "住房和城乡建设局", "卫生健康委员会", "市场监督管理局"]
COLUMNS = ["natural_person", "business", "research", "public_welfare", "legal_service", "other"]
OUTCOMES = ["upheld", "corrected", "other", "pending"]
PAGE_CHARACTERS = 22 * 28
FILL = 0.88  # of a page of prose, what characters take of its grid
CHECKED = re.compile("申请|复议|诉讼|结转")


def example(name):
    with open(os.path.join(EXAMPLES, name), encoding="utf-8") as file:
        return json.load(file)


def sentences(reports):
    """(headings, sentences) of the examples' prose."""
    headings, found = [], []
    for report in reports:
        for section in report["sections"].values():
            for block in section.get("body", []):
                if "heading" in block:
                    headings.append(re.sub(r"^[（(].[）)]", "", block["heading"]))
                for sentence in re.findall("[^。]+。", block.get("text", "")):
                    if not (CHECKED.search(sentence) and re.search(r"\d", sentence)):
                        found.append(sentence)
    return headings, found


def paragraph(draw, pool):
    return "".join(draw.sample(pool, draw.randint(2, 6)))


def prose(draw, headings, pool, characters):
    """Blocks of about so many characters; every third paragraph or so has a heading run in."""
    blocks, length, number = [], 0, 0
    while length < characters:
        block = {"text": paragraph(draw, pool)}
        if number < 10 and draw.random() < 0.4:
            number += 1
            block["heading"] = f"（{'一二三四五六七八九十'[number - 1]}）{draw.choice(headings)}"
        length += len(block["text"]) + 14  # a paragraph's last line is half empty
        blocks.append(block)
    return blocks


def figure(draw):
    """Mostly small, now and then of seven digits, as in published reports."""
    return draw.randint(0, 10 ** draw.choice([0, 0, 0, 1, 1, 2, 3, 4]))


def row(figures):
    return {**dict(zip(COLUMNS, figures)), "total": sum(figures)}


def leaves(values):
    """Rows below the results, without their total."""
    for key, value in values.items():
        if "natural_person" in value:
            if key != "total":
                yield value
        else:
            yield from leaves(value)


def fill_applications(draw, values):
    results = [0] * len(COLUMNS)
    for place in leaves(values["results"]):
        figures = [figure(draw) if draw.random() < 0.3 else 0 for _ in COLUMNS]
        results = [a + b for a, b in zip(results, figures)]
        place.update(row(figures))
    forward = [figure(draw) if draw.random() < 0.3 else 0 for _ in COLUMNS]
    whole = [a + b for a, b in zip(results, forward)]
    before = [draw.randint(0, n) if draw.random() < 0.5 else 0 for n in whole]
    values["results"]["total"] = row(results)
    values["carried_forward"] = row(forward)
    values["carried_over"] = row(before)
    values["new"] = row([a - b for a, b in zip(whole, before)])


def fill_review(draw, values):
    for outcome in [values["reconsideration"], *values["litigation"].values()]:
        for key in OUTCOMES:
            outcome[key] = figure(draw) if draw.random() < 0.5 else 0
        outcome["total"] = sum(outcome[key] for key in OUTCOMES)


def fill_disclosure(draw, values):
    for group in values.values():
        for key, value in group.items():
            group[key] = figure(draw) if isinstance(value, int) else value


def reports(count, seed=1):
    """Yields (name, report)."""
    examples = [example(name) for name in
                ("changsha-hitech-2019.json", "suqian-2023.json", "hongze-2024.json")]
    headings, pool = sentences(examples)
    for i in range(count):
        draw = random.Random(f"{seed} {i}")
        is_first_edition = draw.random() < 0.5
        report = copy.deepcopy(examples[0 if is_first_edition else 1])
        report["year"] = draw.choice([2019, 2020] if is_first_edition else [2021, 2022, 2023, 2024])
        # The number of the report is in its organ's name: no two outputs are called the same.
        report["organ"] = f"江城市第{i // len(ORGANS) + 1}区{ORGANS[i % len(ORGANS)]}"
        report.pop("title", None)
        report["signature"] = {"organ": report["organ"],
                               "date": f"{report['year'] + 1}-01-{draw.randint(10, 31)}"}
        characters = int(draw.uniform(4, 8) * PAGE_CHARACTERS * FILL)
        parts = report["sections"]
        parts["overview"]["body"] = prose(draw, headings, pool, characters * 3 // 4)
        parts["problems"]["body"] = prose(draw, headings, pool, characters // 4)
        parts["other"]["body"] = [{"text": "无"}]
        report["preamble"] = [paragraph(draw, pool)]
        fill_applications(draw, parts["applications"]["values"])
        fill_review(draw, parts["review"]["values"])
        fill_disclosure(draw, parts["disclosure"]["values"])
        yield f"{report['year']}-{i:05d}", report


def long_report(pages, seed=1):
    """A report of about so many pages more than its tables take: prose alone."""
    headings, pool = sentences([example(name) for name in ("changsha-hitech-2019.json",
                                                           "suqian-2023.json")])
    report = example("suqian-2023.json")
    draw = random.Random(f"{seed} long")
    report["preamble"] = []
    report["sections"]["overview"]["body"] = prose(draw, headings, pool,
                                                   int(pages * PAGE_CHARACTERS * FILL))
    report["sections"]["problems"]["body"] = report["sections"]["other"]["body"] = [{"text": "无"}]
    return report


def write_copies(folder, count):
    """The sample report so often, each of an organ of its own."""
    report = example("changsha-hitech-2019.json")
    os.makedirs(folder, exist_ok=True)
    for i in range(count):
        report["organ"] = f"江城市第{i + 1:03d}区司法局"
        with open(os.path.join(folder, f"{i:03d}.json"), "w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False)


def write_folder(folder, count, seed=1):
    for i, (name, report) in enumerate(reports(count, seed)):
        place = os.path.join(folder, f"{i // 100:03d}")
        os.makedirs(place, exist_ok=True)
        with open(os.path.join(place, name + ".json"), "w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False, indent=1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lines", action="store_true")
    chosen = parser.parse_args()
    if not chosen.lines:
        write_folder(chosen.folder, chosen.count, chosen.seed)
        return
    with open(chosen.folder, "w", encoding="utf-8") as file:
        for _, report in reports(chosen.count, chosen.seed):
            file.write(json.dumps(report, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
