"""The three example reports in every style: no line is told of, and nothing ends in a character alone.

What is told are lines that are loose, overfull, broken in a word or rescued, and titles. A title line
holds two characters at least; so does the last line of every text of several lines, prose and
labels of tables. Labels set upright or stacked, a character or two a line, have no such line."""
import json
import os
import re
import subprocess
import sys
import unicodedata

EXAMPLES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "examples")
STYLES = ("gbt9704", "gbt9704-word", "web")
BAD_LINES = {"LOOSE", "OVERFULL", "EMERGENCY", "RESCUED", "TITLE"}
STACKED = 2  # characters a line
LEAST_TEXTS = 20  # of several lines, of all reports in a style


def dump(report, style):
    command = [os.environ["BANXIN"], "dump", report, "--style", style, "--stage", "pages", "--findings", "json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
    told = [json.loads(line) for line in done.stderr.decode().splitlines()]
    return done.stdout.decode(), told


def characters(text):
    """How many letters, figures and ideographs: neither marks nor blanks."""
    return sum(unicodedata.category(c)[0] in "LN" for c in text)


def texts_of(pages):
    """{element: the texts of its lines, over all pages}; pieces at one height are one line."""
    texts, place = {}, {}
    for line in pages.splitlines():
        match = re.match(r"run \d+ (\d+) \d+ \S+ (e\d+) \S+ #\S+ (.*)", line)
        if line.startswith("page "):
            place = {}
        if not match:
            continue
        y, element, text = match.groups()
        lines = texts.setdefault(element, [])
        if place.get(element) == y:
            lines[-1] += text
        else:
            lines.append(text)
        place[element] = y
    return texts


def faults_of(report, style):
    pages, told = dump(os.path.join(EXAMPLES, report), style)
    for finding in told:
        if finding["code"] in BAD_LINES:
            yield "%(code)s %(where)s" % finding
    texts = texts_of(pages)
    title = texts["e1"]
    for line in title:
        if characters(line) < 2:
            yield "a title line of one character: %s" % line
    for element, lines in texts.items():
        if len(lines) < 2 or max(map(characters, lines)) <= STACKED:
            continue
        if characters(lines[-1]) < 2:
            yield "%s ends in a character alone: %s" % (element, "|".join(lines)[-60:])


def main():
    reports = sorted(name for name in os.listdir(EXAMPLES) if name.endswith(".json"))
    faults = 0
    for style in STYLES:
        several = 0
        for report in reports:
            for fault in faults_of(report, style):
                faults += 1
                print("%s, %s: %s" % (report, style, fault))
            several += sum(len(lines) > 1 for lines in texts_of(
                dump(os.path.join(EXAMPLES, report), style)[0]).values())
        if several < LEAST_TEXTS:
            faults += 1
            print("%s: only %d texts of several lines were seen" % (style, several))
    print("%d reports, %d styles, %d faults" % (len(reports), len(STYLES), faults))
    return faults > 0 or len(reports) < 3


if __name__ == "__main__":
    sys.exit(main())
