#!/usr/bin/env python3
"""The report text: all that a report says, in the order it says it.

    report_text.py REPORT.json

Built from the JSON and the form files alone, by the rules of the report model: punctuation made
full-width where GB/T 15834 wants it, Kangxi radicals mapped, and then document number, title,
preamble, section titles, blocks, each table's labels and values in the form's order, signature
and date. It shares no code with the program, so that both can be wrong only in different ways.
White space is left as it comes: those who compare drop it."""
import json
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ET

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAYOUTS = os.path.join(ROOT, "layouts")

FULL = {",": "，", ".": "。", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}

# What keeps its half-width marks: addresses, mail, file numbers, decimals, times and ratios,
# thousands, the stop of a leading number.
KEPT = re.compile(
    r"(?P<address>[A-Za-z][A-Za-z0-9+.-]*://[!-~]+|www\.[!-~]+)"
    r"|(?P<mail>[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+)"
    r"|(?P<standard>[A-Z]{2,}(?:/[A-Z]+)? ?\d+(?:\.\d+)*-\d+)"
    r"|(?P<thousands>(?<![\d,])\d{1,3}(?:,\d{3})+(?!\d))"
    r"|(?P<decimal>(?<=\d)\.(?=\d))"
    r"|(?P<ratio>(?<=\d):(?=\d))"
    r"|(?P<leading>^\s*\d+\.)")


def is_chinese(char):
    """Han, or a mark of Chinese text."""
    code = ord(char)
    return (0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF
            or 0x3001 <= code <= 0x303F or 0xFF01 <= code <= 0xFF60 or char in "“”‘’…—·")


def kept_places(text):
    places = set()
    for match in KEPT.finditer(text):
        if match["thousands"]:  # a number such as 72286,2019 is two
            places |= {i for i in range(*match.span()) if text[i] == ","}
        else:
            places |= set(range(*match.span()))
    return places


def nearest(text, at, step, marks):
    """The character beside a mark that is neither a digit nor such a mark; "" at an end."""
    at += step
    while 0 <= at < len(text) and (text[at].isdigit() or at in marks):
        at += step
    return text[at] if 0 <= at < len(text) else ""


def bracket_pairs(text, marks):
    pairs, open_at = {}, []
    for at in sorted(marks):
        if text[at] == "(":
            open_at.append(at)
        elif text[at] == ")" and open_at:
            pairs[at] = open_at.pop()
            pairs[pairs[at]] = at
    return pairs


def full_width_marks(text):
    kept = kept_places(text)
    marks = {i for i, c in enumerate(text) if c in FULL and i not in kept}
    has_han = any(is_chinese(c) for c in text)
    changed = set()
    for at in marks:
        sides = [nearest(text, at, step, marks) for step in (-1, 1)]
        if any(s and is_chinese(s) for s in sides) or (has_han and "" in sides):
            changed.add(at)
    pairs = bracket_pairs(text, marks)
    changed |= {pairs[at] for at in changed if at in pairs}
    return "".join(FULL[c] if i in changed else c for i, c in enumerate(text))


def paired_quotes(text):
    for straight, left, right in ('"', "“", "”"), ("'", "‘", "’"):
        parts = text.split(straight)
        if len(parts) % 2 == 1:
            text = "".join(part + (left, right)[i % 2] for i, part in enumerate(parts[:-1]))
            text += parts[-1]
    return text


def normalise(text):
    text = "".join(unicodedata.normalize("NFKC", c) if 0x2E80 <= ord(c) <= 0x2FDF else c
                   for c in text)
    if any(is_chinese(c) for c in text):
        text = re.sub(r"\.{3,}", "……", text)
        text = re.sub(r"--+", "——", text)
        text = re.sub(r"(?<=[\d%])~(?=\d)", "～", text)
        text = paired_quotes(text)
    return full_width_marks(text)


def rich(value):
    """Text, or an array of texts and spans: the marks are read over the joined text."""
    if isinstance(value, str):
        return normalise(value)
    return normalise("".join(v if isinstance(v, str) else v["text"] for v in value))


def chart_texts(block):
    """The caption, which belongs to the figure; then the figures as a table has them, by rows."""
    chart, series = block["chart"], block["chart"]["series"]
    if "caption" in block:
        yield rich(block["caption"])
    if "unit" in chart:
        yield "单位：" + rich(chart["unit"])
    for one in series:
        yield rich(one.get("name", ""))
    for i, category in enumerate(chart["categories"]):
        yield rich(category)
        for one in series:
            yield "" if one["values"][i] is None else str(one["values"][i])


def block_texts(block):
    if "chart" in block:
        yield from chart_texts(block)
        return
    if "table" in block:
        if "caption" in block:  # above its table
            yield rich(block["caption"])
        for row in block["table"].get("head", []) + block["table"]["rows"]:
            for cell in row:
                yield rich(cell["text"] if isinstance(cell, dict) else cell)
        return
    for name in "heading", "text", "caption":
        if name in block:
            yield rich(block[name])


# Tables ---------------------------------------------------------------------------------------

def form_rows(form):
    """Rows of a form as lists of (element, grid column)."""
    covered = {}
    for r, tr in enumerate(form.iter("tr")):
        row, col = [], 0
        for cell in tr:
            while (r, col) in covered:
                col += 1
            row.append((cell, col))
            for dr in range(int(cell.get("rowspan", 1))):
                for dc in range(int(cell.get("colspan", 1))):
                    covered[r + dr, col + dc] = True
        yield tr, row


def value_text(values, path):
    for step in path.split("/"):
        values = values[step]
    return "" if values is None else values


def table_texts(form, values):
    """Labels and values, cell by cell as the form has them."""
    columns = []  # (row id of the column group, column id)
    for group in form.iter("colgroup"):
        columns += [(group.get("row"), col.get("id")) for col in group.iter("col")]
    for tr, row in form_rows(form):
        for cell, col in row:
            if cell.tag == "th":
                yield "".join(cell.itertext()).strip()
                continue
            group, name = columns[col]
            steps = [tr.get("id") or group, cell.get("column") or name]
            yield value_text(values, "/".join(step for step in steps if step))


def form_of(section, name):
    path = os.path.join(LAYOUTS, "forms", name, f"{section}.xml")
    return ET.parse(path).getroot()


def section_texts(name, section, year, titles):
    if "values" in section:
        form = form_of(name, section.get("form", "2019" if year <= 2020 else "2021"))
        yield normalise(section["title"]) if "title" in section else form.findtext("title")
        for block in section.get("intro", []):
            yield from block_texts(block)
        yield from table_texts(form, section["values"])
        for block in section.get("after", []):
            yield from block_texts(block)
        return
    yield normalise(section["title"]) if "title" in section else titles[name]
    for block in section["body"]:
        yield from block_texts(block)


# The whole ------------------------------------------------------------------------------------

def read_model(path):
    """Numbers keep their text: 0.10 is not 0.1."""
    with open(path, encoding="utf-8") as file:
        return json.load(file, parse_int=str, parse_float=str)


def signature_texts(signature):
    """Organ, who signs, date; under the title the date stands in brackets."""
    if "organ" in signature:
        yield normalise(signature["organ"])
    for name in "post", "name":
        if name in signature.get("signer", {}):
            yield normalise(signature["signer"][name])
    if "date" in signature:
        year, month, day = (int(part) for part in signature["date"].split("-"))
        date = f"{year}年{month}月{day}日"
        yield f"（{date}）" if signature.get("place") == "title" else date


def report_texts(path):
    model = read_model(path)
    year = int(model["year"])
    sections = ET.parse(os.path.join(LAYOUTS, "sections.xml")).getroot()
    titles = {s.get("id"): s.get("title") or s.findtext("title")
              for s in sections.iter("section")}
    if "document_number" in model:
        yield model["document_number"]
    title = model.get("title", f"{model['organ']}{year}年政府信息公开工作年度报告")
    for line in [title] if isinstance(title, str) else title:
        yield normalise(line)
    signature = model.get("signature", {})
    if signature.get("place") == "title":
        yield from signature_texts(signature)
    for paragraph in model.get("preamble", []):
        yield normalise(paragraph)
    for name in titles:  # in the mandated order
        yield from section_texts(name, model["sections"][name], year, titles)
    if signature.get("place") != "title":
        yield from signature_texts(signature)


def report_text(path):
    return "\n".join(str(text) for text in report_texts(path))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(report_text(sys.argv[1]))
