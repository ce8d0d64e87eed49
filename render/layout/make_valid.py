#!/usr/bin/env python3
"""Validates the layouts against their schemas and lists the valid files by digest.

    make_valid.py LAYOUTS OUT.inc

The library takes a file of this list as valid without loading a validator. A file is listed with the
name of its schema, so that it is nothing but what it was validated as. MD5 is what is needed: two files
that have one digest can be made, but not another file with the digest of one that is there; and it takes a
fifth of the time of SHA-256, in every run. Ends with status 1, and what is wrong, when a file is not valid.
"""
import glob
import hashlib
import os
import subprocess
import sys

SCHEMAS = {
    "form": ["forms/*/*.xml"],
    "sections": ["sections.xml", "checks/*.xml"],
    "style": ["styles/*.xml"],
}


def main():
    layouts, out = sys.argv[1:]
    lines, is_valid = [], True
    for schema, patterns in sorted(SCHEMAS.items()):
        paths = sorted(path for pattern in patterns
                       for path in glob.glob(os.path.join(layouts, pattern)))
        done = subprocess.run(["xmllint", "--noout", "--nonet", "--relaxng",
                               os.path.join(layouts, f"{schema}.rng"), *paths],
                              stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            sys.stderr.write(done.stderr)
            is_valid = False
        for path in paths:
            with open(path, "rb") as file:
                digest = hashlib.md5(file.read()).hexdigest()
            lines.append(f'    {{"{schema}", "{digest}"}}, /* {os.path.relpath(path, layouts)} */\n')
    if not is_valid:
        sys.exit(1)
    with open(out, "w", encoding="utf-8") as file:
        file.writelines(lines)


main()
