#!/usr/bin/env python3
"""The ledgers of the standards name every rule that veraPDF has of each, and no rule that it has not;
so no clause that a checker knows is without its state."""
import glob
import os
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ["BX_BUILD"]

# Ledger: veraPDF's profiles of rules.
LEDGERS = {
    "pdfa2": ["PDFA-2A"],
    "pdfa3": ["PDFA-3A"],
    "pdfa4": ["PDFA-4F"],
    "pdfua1": ["PDFUA-1"],
    "pdfua2": ["PDFUA-2-ISO32005"],
    "wtpdf": ["WTPDF-1-0-Accessibility", "WTPDF-1-0-Reuse"],
}
NESTING = "ISO_32005"  # one rule for each pair of tags: the ledger says how many


def rules_of(names):
    """{(clause, number)} of the profiles, and how many rules of nesting each has."""
    jar, = glob.glob(os.path.join(BUILD, "verapdf/jars/core-*.jar"))
    rules, nesting = set(), set()
    with zipfile.ZipFile(jar) as archive:
        for name in names:
            root = ET.fromstring(archive.read(f"org/verapdf/pdfa/validation/{name}.xml"))
            ids = [e.attrib for e in root.iter() if e.tag.endswith("}id") or e.tag == "id"]
            nesting.add(sum(i["specification"] == NESTING for i in ids))
            rules |= {(i["clause"], int(i["testNumber"])) for i in ids
                      if i["specification"] != NESTING}
    return rules, nesting


def key(clause):
    return tuple(map(int, clause.split(".")))


class Span:
    """Rules that a ledger names: 6.1.2-1 … -3, or all of a clause and below it: 8.2.5.23 … 8.2.5.25."""

    def __init__(self, text, clause):
        ends = []
        for end in text.split("…"):
            match = re.fullmatch(r"\s*(\d+(?:\.\d+)*)?(?:-(\d+))?\s*", end)
            if not match or not (match[1] or match[2]):
                raise ValueError(f"no clause: {text}")
            clause = match[1] or clause
            ends.append((clause, int(match[2]) if match[2] else None))
        self.first, self.last, self.clause = ends[0], ends[-1], clause

    def covers(self, rule):
        clause, number = rule
        if self.first[1] is not None:
            return clause == self.first[0] and self.first[1] <= number <= self.last[1]
        depth = len(key(self.first[0]))
        return key(self.first[0]) <= key(clause)[:depth] <= key(self.last[0])


def spans_of(cell):
    clause = None
    for part in re.sub(r"\([^)]*\)", "", cell).split(","):
        span = Span(part, clause)
        clause = span.clause
        yield span


def check(ledger, names):
    with open(os.path.join(ROOT, "layouts/conformance", ledger + ".md"), encoding="utf-8") as file:
        rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in file
                if line.startswith("| ")]
    rules, nesting = rules_of(names)
    spans, count = [], 0
    for row in (row for row in rows if len(row) == 5 and row[0] not in ("clause", "---")):
        told = re.fullmatch(r"ISO 32005, ([\d,]+) rules", row[0])
        if told:
            count = int(told[1].replace(",", ""))
        else:
            spans += [(row[0], span) for span in spans_of(row[0])]
        if not row[2]:
            yield f"{row[0]} has no state"
    if nesting != {count}:
        yield f"{count} rules of nesting instead of {nesting}"
    for rule in sorted(rules, key=lambda rule: (key(rule[0]), rule[1])):
        if sum(span.covers(rule) for _, span in spans) != 1:
            yield "{}-{} is named {} times".format(
                *rule, sum(span.covers(rule) for _, span in spans))
    for cell, span in spans:
        if not any(span.covers(rule) for rule in rules):
            yield f"no rule is meant by {span.first} in “{cell}”"


def main():
    faults = [f"{ledger}.md: {fault}" for ledger, names in LEDGERS.items()
              for fault in check(ledger, names)]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
