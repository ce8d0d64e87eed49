#!/usr/bin/env python3
"""Holds layouts/report.schema.json to reader.txt, as test_cases.c holds the reader.

The schema must call a file valid exactly if the reader finds no error in it; where a case is
marked `blind`, the reader's error is one that a schema cannot see. Needs jsonschema. Prints each
disagreement and ends with status 1 when there is one.
"""

import json
import pathlib
import sys

import jsonschema

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def read_cases(path):
    """(name, replaced, by, has_error, is_blind) of each case."""
    case = None
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition(" ")
        if word == "case":
            if case:
                yield case
            case = {"name": rest, "replace": None, "by": "", "error": False, "blind": False}
        elif word in ("replace", "by"):
            case[word] = rest
        elif word == "find":
            case["error"] |= rest.startswith("error ")
        elif word == "blind":
            case["blind"] = True
    yield case


def main():
    schema = json.loads((ROOT / "layouts/report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    base = (HERE / "base.json").read_text(encoding="utf-8")
    count = faults = 0

    for case in read_cases(HERE / "reader.txt"):
        if base.count(case["replace"]) != 1:
            sys.exit("%s: the text to replace stands %d times in base.json"
                     % (case["name"], base.count(case["replace"])))
        report = json.loads(base.replace(case["replace"], case["by"]))
        wanted = case["blind"] or not case["error"]
        errors = list(validator.iter_errors(report))
        count += 1
        if wanted != (not errors):
            faults += 1
            print("%s: the schema says %s, the reader %s%s" % (
                case["name"], "valid" if not errors else "not valid",
                "valid" if wanted else "not valid",
                "".join("\n    " + error.message[:120] for error in errors)))

    for path in sorted((ROOT / "tests/examples").glob("*.json")):
        count += 1
        for error in validator.iter_errors(json.loads(path.read_text(encoding="utf-8"))):
            faults += 1
            print("%s: %s" % (path.name, error.message[:200]))

    print("%d reports judged by the schema, %d disagreements" % (count, faults))
    return 1 if faults else 0


sys.exit(main())
