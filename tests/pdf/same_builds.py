#!/usr/bin/env python3
"""same_builds.py BUILD BUILD ...: the programs of several builds, by another compiler or at another
level of optimisation, write the same bytes: every example in every profile."""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXAMPLES = os.path.join(ROOT, "tests/examples")
PROFILES = ("archive", "archive-2a", "archive-4f", "print")


def render(build, report, profile):
    return subprocess.run([os.path.join(build, "banxin"), "render", report, "-o", "-",
                           "--allow-inconsistent", "--profile", profile], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def main():
    first, *others = sys.argv[1:]
    if not others:
        sys.exit(__doc__)
    count = 0
    for name in sorted(os.listdir(EXAMPLES)):
        for profile in PROFILES:
            wanted = render(first, os.path.join(EXAMPLES, name), profile)
            for build in others:
                if render(build, os.path.join(EXAMPLES, name), profile) != wanted:
                    print(f"{name}, {profile}: {build} differs from {first}")
                    count += 1
    print(f"{len(others) + 1} builds, {count} differences")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
