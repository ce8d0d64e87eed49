#!/usr/bin/env python3
"""The sample's file is at most 25 kB larger than the floor program's, 20 kB without the tables as
CSV and the record of its making, and rendering it takes at most 48 MiB. All are the same on every
machine with these library versions; times are not, so they are measured by tests/bench/run and
asserted nowhere.

The sanitizer build's memory says nothing, so this runs on the release build alone."""
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import floor_list  # noqa: E402

BANXIN, OUT, BUILD = (os.environ[name] for name in ("BANXIN", "BX_OUT", "BX_BUILD"))
SAMPLE = os.path.join(floor_list.ROOT, "tests/examples/changsha-hitech-2019.json")
MOST_BYTES_OVER_FLOOR = 25_000
MOST_BYTES_BARE = 20_000
MOST_KIB = 48 * 1024


def peak_kib(words):
    """Peak memory of a finished child, which must have succeeded."""
    pid = os.posix_spawn(words[0], words, os.environ)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"failed: {' '.join(words)}")
    return usage.ru_maxrss


def added_bytes(pdf):
    """Of the streams of the tables, their dictionaries and all of the record with its schema."""
    with open(pdf, "rb") as file:
        data = file.read()
    tables = re.findall(rb"\d+ 0 obj\n<</Type/EmbeddedFile/Subtype/text#2Fcsv.*?endobj\n", data,
                        re.S)
    schema = re.findall(rb"<rdf:li><rdf:Description pdfaSchema:schema=\"Banxin\".*?"
                        rb"</rdf:Description></rdf:li>\n", data, re.S)
    record = re.findall(rb"<banxin:(\w+)>.*?</banxin:\1>\n", data, re.S)
    values = re.findall(rb"<banxin:\w+>.*</banxin:\w+>\n", data, re.S)
    if len(tables) != 3 or len(schema) != 1 or len(record) != 4:
        sys.exit("the file does not hold what is to be subtracted")
    return sum(map(len, tables + schema + values))


def main():
    faces, floor, pdf = f"{OUT}/faces", f"{OUT}/floor", f"{OUT}/sample.pdf"
    floor_list.write(faces, BANXIN, SAMPLE, [])
    subprocess.run([f"{BUILD}/floor", faces, floor], check=True)
    peak = peak_kib([BANXIN, "render", SAMPLE, "-o", pdf])
    over = os.path.getsize(pdf) - os.path.getsize(floor)
    bare = over - added_bytes(pdf)
    print(f"{over} bytes over the floor's {os.path.getsize(floor)}, {bare} without tables and "
          f"record, {peak} KiB at the peak")
    is_small = over <= MOST_BYTES_OVER_FLOOR and bare <= MOST_BYTES_BARE
    return 0 if is_small and peak <= MOST_KIB else 1


if __name__ == "__main__":
    sys.exit(main())
