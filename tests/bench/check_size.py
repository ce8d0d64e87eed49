#!/usr/bin/env python3
"""The sample's file is at most 20 kB larger than the floor program's, and rendering it takes at
most 64 MiB. Both are the same on every machine with these library versions; times are not, so
they are measured by tests/bench/run and asserted nowhere.

The sanitizer build's memory says nothing, so this runs on the release build alone."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import floor_list  # noqa: E402

BANXIN, OUT, BUILD = (os.environ[name] for name in ("BANXIN", "BX_OUT", "BX_BUILD"))
SAMPLE = os.path.join(floor_list.ROOT, "tests/examples/changsha-hitech-2019.json")
MOST_BYTES_OVER_FLOOR = 20_000
MOST_KIB = 64 * 1024


def peak_kib(words):
    """Peak memory of a finished child, which must have succeeded."""
    pid = os.posix_spawn(words[0], words, os.environ)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"failed: {' '.join(words)}")
    return usage.ru_maxrss


def main():
    faces, floor, pdf = f"{OUT}/faces", f"{OUT}/floor", f"{OUT}/sample.pdf"
    floor_list.write(faces, BANXIN, SAMPLE, [])
    subprocess.run([f"{BUILD}/floor", faces, floor], check=True)
    peak = peak_kib([BANXIN, "render", SAMPLE, "-o", pdf])
    over = os.path.getsize(pdf) - os.path.getsize(floor)
    print(f"{over} bytes over the floor's {os.path.getsize(floor)}, {peak} KiB at the peak")
    return 0 if over <= MOST_BYTES_OVER_FLOOR and peak <= MOST_KIB else 1


if __name__ == "__main__":
    sys.exit(main())
