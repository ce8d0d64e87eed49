#!/usr/bin/env python3
"""Makes the table of character classes from Unicode data and classes.txt.

usage: make_classes.py UNICODE-FOLDER classes.txt OUT.inc

The result is a list of ranges in ascending order, each with its class, for a binary search.
Code points that are in no range are HAN when the Unicode default for their block is
ideographic, else LATIN; the ranges say so outright, so the table has no holes.
"""
import sys

NAMES = {
    "OP": "OPEN", "CL": "CLOSE", "CM": "COMMA", "SC": "COLON", "PD": "STOP", "EX": "EXCLAIM",
    "MD": "MIDDLE_DOT", "DS": "DASH", "EL": "ELLIPSIS", "CO": "CONNECTOR", "SO": "SOLIDUS",
    "PR": "PREFIX", "PO": "POSTFIX", "IT": "ITERATION", "NS": "NONSTARTER", "RA": "RAISED",
    "LO": "LATIN_OPEN", "LC": "LATIN_CLOSE", "LA": "LATIN", "LS": "LATIN_SYMBOL", "NU": "DIGIT",
    "HA": "HAN", "SY": "SYMBOL", "SP": "SPACE", "IS": "IDEO_SPACE", "GL": "GLUE",
    "ZW": "ZERO_WIDTH", "BK": "BREAK", "CB": "MARK",
}

# Unicode line breaking property -> class, for what classes.txt does not name.
FROM_UAX14 = {
    "ID": "HA", "EB": "HA", "EM": "HA", "H2": "HA", "H3": "HA", "JL": "HA", "JV": "HA",
    "JT": "HA", "CJ": "IT", "NS": "NS", "NU": "NU", "OP": "LO", "CL": "LC", "CP": "LC",
    "EX": "LC", "IS": "LC", "PR": "PR", "PO": "PO", "CM": "CB", "ZWJ": "CB", "SP": "SP",
    "ZW": "ZW", "WJ": "GL", "GL": "GL", "BK": "BK", "CR": "BK", "LF": "BK", "NL": "BK",
    "B2": "DS", "IN": "EL",
}

# Blocks whose unassigned code points are ideographs to come (UAX #14, default of ID).
IDEOGRAPHIC = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD),
               (0x30000, 0x3FFFD), (0x1F000, 0x1FAFF)]


def property_ranges(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = [f.strip() for f in line.split("#")[0].split(";")]
            if len(fields) < 2:
                continue
            ends = [int(x, 16) for x in fields[0].split("..")]
            yield ends[0], ends[-1], fields[1]


def main(unicode_dir, overrides, out):
    table = ["LA"] * 0x110000
    for first, last in IDEOGRAPHIC:
        for cp in range(first, last + 1):
            table[cp] = "HA"
    wide = set()
    for first, last, width in property_ranges(unicode_dir + "/EastAsianWidth.txt"):
        if width in ("A", "W", "F"):
            wide.update(range(first, last + 1))
    for first, last, prop in property_ranges(unicode_dir + "/LineBreak.txt"):
        for cp in range(first, last + 1):
            if prop == "AI":  # ambiguous: full width in Chinese text
                table[cp] = "HA" if cp in wide else "LA"
            else:
                table[cp] = FROM_UAX14.get(prop, "LA")
    with open(unicode_dir + "/UnicodeData.txt", encoding="utf-8") as file:
        for line in file:
            fields = line.split(";")
            cp = int(fields[0], 16)
            if table[cp] == "LA" and fields[2][0] not in "LNM":
                table[cp] = "LS"  # a symbol beside a letter: no autospace next to it
            elif table[cp] == "HA" and fields[2][0] in "SPN":
                table[cp] = "SY"
    for cp in range(0xE000, 0xF900):  # private use: as an ideograph
        table[cp] = "HA"
    with open(overrides, encoding="utf-8") as file:
        for line in file:
            words = line.split("#")[0].split()
            for word in words[1:]:
                ends = [int(x, 16) for x in word.split("-")]
                for cp in range(ends[0], ends[-1] + 1):
                    table[cp] = words[0]

    with open(out, "w", encoding="utf-8") as file:
        file.write("/* Made by make_classes.py; do not edit. */\n")
        start = 0
        for cp in range(1, 0x110001):
            if cp == 0x110000 or table[cp] != table[start]:
                file.write("{0x%X, 0x%X, BX_CLASS_%s},\n" % (start, cp - 1, NAMES[table[start]]))
                start = cp


if __name__ == "__main__":
    main(*sys.argv[1:])
