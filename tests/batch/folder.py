"""What the tests of the batch share: reports to set, manifests and outputs to look at."""
import hashlib
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
sys.path[:0] = [os.path.join(TESTS, folder) for folder in ("cli", "bench")]
import command  # noqa: E402
import reports  # noqa: E402

LEFTOVER = ".banxin-batch-"


def small(organ="某局", year=2024, text="无"):
    """A short report without faults."""
    report = command.sample()
    report.update(organ=organ, year=year)
    report["signature"] = {"organ": organ, "date": f"{year + 1}-01-20"}
    report["sections"]["overview"]["body"] = [{"text": text}]
    report.pop("title")
    return report


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def manifest(path):
    """Every line of a manifest, which must be whole."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert text == "" or text.endswith("\n"), "a torn line"
    return [json.loads(line) for line in text.splitlines()]


def files(folder, ending=".pdf"):
    """name -> digest of all files below a folder that end so."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            if name.endswith(ending):
                path = os.path.join(place, name)
                found[os.path.relpath(path, folder)] = sha256(path)
    return found


def leftovers(folder):
    return [name for _, _, names in os.walk(folder) for name in names if LEFTOVER in name]


class Case(command.Case):
    def many(self, count, name="in", seed=1):
        """A folder of varied reports."""
        folder = self.path(name)
        reports.write_folder(folder, count, seed)
        return folder

    def batch(self, status, *args, **options):
        return self.check(status, "batch", *args, **options)

    def manifest(self, folder, name="manifest.jsonl"):
        return manifest(os.path.join(folder, name))
