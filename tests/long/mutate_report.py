"""What tests/long/mutate found: by file, against the survivors that have a reason, and for the next run."""
import datetime
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())


def read_survivors():
    """{(file, line of code, was, now): reason}"""
    known = {}
    for line in read(os.path.join(HERE, "mutate.survivors")).split("\n"):
        if line.strip() and not line.startswith("#"):
            name, code, was, now, reason = line.split(" ¦ ")
            known[(name, code, was, now)] = reason
    return known


def key_of(mutant, originals):
    line = originals[mutant.file].split("\n")[mutant.line - 1].strip()
    return os.path.basename(mutant.file), line, mutant.was, mutant.now


class Report:
    """What was found, by file: killed, tried, survivors with and without a reason."""

    def __init__(self, originals):
        self.known, self.originals = read_survivors(), originals
        self.by_file, self.used, self.unknown = {}, set(), []

    def add(self, name, found):
        counts = self.by_file.setdefault(os.path.basename(name), [0, 0, 0, 0])
        for mutant, cause in found:
            if cause == "no mutant":
                continue
            counts[1] += 1
            key = key_of(mutant, self.originals)
            if cause:
                counts[0] += 1
            elif key in self.known:
                counts[2] += 1
                self.used.add(key)
            else:
                counts[3] += 1
                self.unknown.append(" ¦ ".join(key))
                print(self.unknown[-1] + " ¦ ", flush=True)
        print(row_of(os.path.basename(name), counts), flush=True)

    def write_last(self, names):
        """The rows of the files that were tried now, among those of earlier runs."""
        path = os.path.join(HERE, "mutate.last.txt")
        old = read(path).split("\n") if os.path.exists(path) else []
        rows = {row.split(":")[0]: row for row in old if re.match(r"\S+\.\w+: killed ", row)}
        rows = {name: row for name, row in rows.items() if name in names}
        unknown = [row for row in old if row.split(" ¦ ")[0] in rows
                   and row.split(" ¦ ")[0] not in self.by_file and " ¦ " in row]
        for name, counts in self.by_file.items():
            rows[name] = row_of(name, counts) + ", " + datetime.date.today().isoformat()
        left = sorted(set(names) - set(rows))
        lines = [self.total(rows),
                 "Every mutant of a file was tried, in the files of one date by one run; survivors, but those that",
                 "were built, also with sanitizers. Their reasons stand in mutate.survivors.",
                 "Not run: %s." % (", ".join(left) or "nothing"), ""]
        lines += [rows[name] for name in sorted(rows)]
        if unknown + self.unknown:
            lines += ["", "Without a reason (file, line of code, what stands there, what was put there):"]
        write(path, "\n".join(lines + sorted(unknown + self.unknown)) + "\n")

    @staticmethod
    def total(rows):
        figures = [map(int, re.findall(r"\d+", row.split(":")[1])[:4]) for row in rows.values()]
        return row_of("all", [sum(column) for column in zip(*figures)])


def row_of(name, counts):
    return "%s: killed %d of %d, %d survive with a reason, %d without: %.1f %%" % (
        name, *counts, 100.0 * counts[0] / max(1, counts[1]))
