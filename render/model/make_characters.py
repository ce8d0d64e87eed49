#!/usr/bin/env python3
"""Writes characters_table.h: the characters that LNG-07 replaces, each with its source.

    render/model/make_characters.py > render/model/characters_table.h

The radicals come from the Unicode Character Database (EquivalentUnifiedIdeograph.txt, Debian's
unicode-data), whose property says which unified ideograph a radical looks like. The table is
kept in the repository rather than made by the build: the text of a report must not depend on
which version of the database a machine holds.
"""

import sys

DATABASE = "/usr/share/unicode/EquivalentUnifiedIdeograph.txt"

# Private-use characters of GBK and GB 18030-2000 that a later edition gave a code point.
GB18030_2022 = [  # the 18 pairs GB 18030-2022 exchanged
    (0xE78D, 0xFE10), (0xE78E, 0xFE12), (0xE78F, 0xFE11), (0xE790, 0xFE13),
    (0xE791, 0xFE14), (0xE792, 0xFE15), (0xE793, 0xFE16), (0xE794, 0xFE17),
    (0xE795, 0xFE18), (0xE796, 0xFE19), (0xE81E, 0x9FB4), (0xE826, 0x9FB5),
    (0xE82B, 0x9FB6), (0xE82C, 0x9FB7), (0xE832, 0x9FB8), (0xE843, 0x9FB9),
    (0xE854, 0x9FBA), (0xE864, 0x9FBB),
]
GB18030_2005 = [  # GB 18030-2005: 0xA8BC, and six whose four-byte codes are in extension B
    (0xE7C7, 0x1E3F), (0xE816, 0x20087), (0xE817, 0x20089), (0xE818, 0x200CC),
    (0xE831, 0x215D7), (0xE83B, 0x2298F), (0xE855, 0x241FE),
]


def radicals():
    """Pairs of the blocks CJK Radicals Supplement and Kangxi Radicals; strokes are left out."""
    for line in open(DATABASE, encoding="utf-8"):
        line = line.split("#")[0].strip()
        if not line:
            continue
        span, to = [field.strip() for field in line.split(";")]
        first, last = (span.split("..") * 2)[:2]
        for code in range(int(first, 16), int(last, 16) + 1):
            if 0x2E80 <= code <= 0x2FD5:
                yield code, int(to, 16)


def main():
    pairs = sorted(list(radicals()) + GB18030_2022 + GB18030_2005)
    version = open(DATABASE, encoding="utf-8").readline().strip("# \n")
    out = sys.stdout.write
    out("/* Made by make_characters.py. Sources: %s\n" % version)
    out(" * (CJK Radicals Supplement, Kangxi Radicals); GB 18030-2022 (18 private-use characters);\n * GB 18030-2005 (7 more). */\n")
    out("/* clang-format off */\n")
    out("static const struct pair pairs[] = {\n")
    for at in range(0, len(pairs), 4):
        out("    %s,\n" % ", ".join("{0x%04X, 0x%04X}" % pair for pair in pairs[at:at + 4]))
    out("};\n/* clang-format on */\n")


main()
