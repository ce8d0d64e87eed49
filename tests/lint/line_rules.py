"""Rules about the ledger of typesetting and the cases of tests/lines that hold it."""
import re

from fault import Fault

LEDGER = "layouts/conformance/typesetting.md"
# How many rules each part of the ledger has.
PARTS = {"LBK": 20, "PUN": 17, "AUT": 7, "JUS": 8, "PAR": 5, "GRD": 7, "PAG": 5, "TAB": 11, "LNG": 10}
STATES = ("kept", "choice", "replaced", "**out**")

# The parts whose rules are about lines: each rule has a case of each kind.
LINE_PARTS = ("LBK", "PUN", "AUT", "JUS", "PAR", "GRD", "LNG")
KINDS = {
    "plain": "without a line end that the measure makes",
    "end": "at a line end",
    "cell": "in a narrow cell",
}
NARROW_EM = 8

# A kind that says nothing about a rule, or all of them (None).
WITHOUT = {
    ("LBK-20", "plain"): "a line feed always ends a line",
    ("PAR-04", None): "about pages",
    ("PAR-05", None): "about faces of headings, which the reader of the model settles",
    ("GRD-02", None): "about the pitch of lines, which no line shows",
    ("GRD-03", None): "about the pitch of lines, which no line shows",
    ("GRD-04", None): "about the pitch of lines, which no line shows",
    ("GRD-06", None): "about the page number",
    ("GRD-07", None): "about the page number",
    ("LNG-02", None): "about the choice of faces",
    ("LNG-04", None): "about the choice of faces",
    ("LNG-09", None): "about weight, which changes no width",
    ("LNG-10", None): "about heights",
}


def line_cases(tree):
    """(path, line, rule, kind) of every case of tests/lines."""
    for path, text in tree.texts(r"tests/lines/[\w-]+\.lines"):
        for number, line in enumerate(text.split("\n"), 1):
            columns = line.split(" | ")
            if line.startswith("#") or len(columns) < 4:
                continue
            how, expected, why = columns[0].split(), columns[2], columns[3]
            measure = re.fullmatch(r"@?([\d.]+)", how[0])
            if "cell" in how and measure and float(measure.group(1)) < NARROW_EM:
                kind = "cell"
            else:
                kind = "end" if measure and "↵" in expected else "plain"
            yield path, number, why.split()[0], kind


def ledger_rows(tree):
    """(line, rule, cells) of the rows that are about a rule."""
    for number, line in enumerate(tree.text(LEDGER).split("\n"), 1):
        match = re.match(r"\| ([A-Z]{3}-\d\d) ", line)
        if match:
            yield number, match.group(1), [cell.strip() for cell in line.strip("|").split(" | ")]


def rule_line_cases(tree):
    """Every rule about lines has a case of each kind: plain, at a line end, in a narrow cell; and
    every case is of a rule of the ledger."""
    have, rules = {}, {rule: number for number, rule, _ in ledger_rows(tree)}
    for path, number, rule, kind in line_cases(tree):
        have.setdefault(rule, set()).add(kind)
        if rule not in rules:
            yield Fault(path, number, "line-cases", f"the ledger has no rule {rule}")
    for rule, number in rules.items():
        if rule[:3] not in LINE_PARTS:
            continue
        for kind, words in KINDS.items():
            is_without = (rule, None) in WITHOUT or (rule, kind) in WITHOUT
            if kind not in have.get(rule, ()) and not is_without:
                yield Fault(LEDGER, number, "line-cases", f"{rule} has no case {words}")
            if kind in have.get(rule, ()) and is_without:
                yield Fault(LEDGER, number, "line-cases", f"{rule} has a case {words} after all")


def rule_line_ledger(tree):
    """The ledger of typesetting has each rule once, with its state; what is kept names a test, and
    each .lines file, script and function it names holds the rule."""
    if not tree.text(LEDGER):
        return
    cases, rows = {}, {}
    for path, _, rule, _ in line_cases(tree):
        cases.setdefault(path.split("/")[-1], set()).add(rule)
    checks = set()
    for _, text in tree.texts(r"tests/page/\w+\.py"):
        checks |= set(re.findall(r"def (check_\w+|compare)\b", text))
    for number, rule, cells in ledger_rows(tree):
        if rule in rows:
            yield Fault(LEDGER, number, "line-ledger", f"{rule} stands twice")
        rows[rule] = number
        if len(cells) != 4 or not all(cells):
            yield Fault(LEDGER, number, "line-ledger", f"{rule}: an empty cell")
            continue
        _, state, where, test = cells
        if not any(word in state for word in STATES):
            yield Fault(LEDGER, number, "line-ledger", f"{rule}: no state")
        is_out = state.startswith("**out**")
        if is_out and len(state) < len("**out**: a reason"):
            yield Fault(LEDGER, number, "line-ledger", f"{rule} is left out without a reason")
        if not is_out and "–" in (where, test):
            yield Fault(LEDGER, number, "line-ledger", f"{rule} is kept, but nowhere or by no test")
        for file, others in re.findall(r"([\w-]+\.lines)((?:,? [A-Z]{3}-\d\d)*)", test):
            for name in re.findall(r"[A-Z]{3}-\d\d", others) or [rule]:
                if name not in cases.get(file, ()):
                    yield Fault(LEDGER, number, "line-ledger", f"{file} has no case of {name}")
        for name in re.findall(r"\b(check_\w+|compare)\b", test):
            if name not in checks:
                yield Fault(LEDGER, number, "line-ledger", f"tests/page has no {name}()")
    for part, count in PARTS.items():
        for i in range(1, count + 1):
            if f"{part}-{i:02}" not in rows:
                yield Fault(LEDGER, 1, "line-ledger", f"{part}-{i:02} has no row")
