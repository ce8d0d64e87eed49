"""What tests/long/mutate changes, one thing at a time: the code of plan/, the classes, the styles.

A change in the body of a function costs no build of its own: all of a file stand in one generated
copy, each asleep behind bx_at(NUMBER), which is true in a run that names its number. What a
compiler must know when it compiles (an enum, a table, a case label) is changed in the text of the
copy and built. Places come from clang's syntax tree, so that operands are known to their last
token and macros are left alone."""
import json
import os
import re
import shlex
import subprocess
from collections import namedtuple

# file below the source; line from 1; what stands there; what is put there; for a change that is
# asleep in the generated copy its number, for any other the whole new text of the file
Mutant = namedtuple("Mutant", "file line was now number text")

SWAPS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&"}
# For a comparison with nought turning round says more than another strictness.
AGAINST_ZERO = {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}
# A length, index or flag that should be nought becomes one that shows: more than half an em of the tests, and odd.
LARGE = 600003
NUMBER = re.compile(r"(?<![\w.])(0x[0-9A-Fa-f]+|\d+)(?![\w.])")
# Not tried, since they say nothing: the strictness of a choice between two values that are equal at
# the border, and of one that takes a difference or nought, or its absolute value; = {0}; the shortcut of
# bx_class_of(), which only spares a search; counts of entries; room for two where calloc() makes one.
SAME = re.compile(
    r"([\w.\[\]>*()-]+) [<>] ([\w.\[\]>*()-]+)\s*\? "
    r"(\1\s*: \2|\2\s*: \1|\1 - \2 : 0|\2 - \1 : 0|\1 - \2 : \2 - \1)(?=[;,])"
    r"|= \{0\}|code_point >= 0x4E00 && code_point <= 0x9FFF"
    r"|sizeof\(\w+\) / sizeof\(\*\w+\)|calloc\(1, |NEVER_FORBIDDEN = 9")
# Not tried either, as nothing can show them: the strictness of a comparison after which, on the border,
# a value is set to what it is already (if (a < b) a = b;), and one element more of an array that is
# made for the arena's noughts: it is neither written nor read.
TERM = r"((?:->|[\w.\[\]*()+-]| - | \+ )+?)"
SAME_SET = re.compile(r"\bif \(" + TERM + r" [<>] " + TERM + r"\)\s*(?:\1 = \2|\2 = \1);")
SPARE = re.compile(r"\bBX_NEW_ARRAY\([^;{}]*?(?:\+|:) (1)\)+(?=[;,])")
EDGES = {"BASIC": "NEVER_FORBIDDEN", "GB": "BASIC", "STRICT": "GB", "NEVER_FORBIDDEN": "BASIC",
         "BX_BREAK_NONE": "BASIC"}

HEADER = """#ifndef BX_MUTANT_H
#define BX_MUTANT_H
extern int bx_mutant;
extern unsigned char bx_mutants_reached[];
static inline int bx_at(int number)
{
    bx_mutants_reached[number] = 1;
    return number == bx_mutant;
}
#endif
"""

# The number to wake comes from BX_MUTANT; with BX_REACHED, every place that was come by is noted in
# a file of that name and the process's number.
SOURCE = """#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "mutant.h"
int bx_mutant = -1;
unsigned char bx_mutants_reached[%d];
static void write_reached(void)
{
    char path[4000];
    snprintf(path, sizeof(path), "%%s.%%d", getenv("BX_REACHED"), (int)getpid());
    FILE *file = fopen(path, "wb");
    if (file) {
        fwrite(bx_mutants_reached, 1, sizeof(bx_mutants_reached), file);
        fclose(file);
    }
}
__attribute__((constructor)) static void wake(void)
{
    const char *number = getenv("BX_MUTANT");
    bx_mutant = number ? atoi(number) : -1;
    if (getenv("BX_REACHED"))
        atexit(write_reached);
}
"""


def blank(text):
    """The text with comments, strings and lines of the preprocessor as spaces."""
    pattern = r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|^[ \t]*#.*?$"
    return re.sub(pattern, lambda m: re.sub(r"[^\n]", " ", m.group()), text,
                  flags=re.S | re.M)


def other_number(text):
    value = int(text.rstrip("uUlL"), 0)
    return str(value * 2 if value else LARGE)


# --- a change for every place of a function ---

class Site:
    """A place in bytes [begin, end) of a file; `parts` are the operands, if it has any."""

    def __init__(self, begin, end, kind, was, now, parts=()):
        self.begin, self.end, self.kind, self.was, self.now = begin, end, kind, was, now
        self.parts, self.inner, self.number = parts, [], None


class Tree:
    """The sites of one file, from clang's syntax tree."""

    def __init__(self, path, command):
        with open(path, "rb") as file:
            self.bytes = file.read()
        self.path, self.file = path, None
        words = [word for word in shlex.split(command) if word != "ccache"]
        del words[words.index("-o"):words.index("-o") + 2]
        words = ["clang-14"] + words[1:] + ["-w", "-fsyntax-only", "-Xclang", "-ast-dump=json"]
        done = subprocess.run(words, check=True, capture_output=True)
        self.sites, self.constants = [], {}
        self.code = blank(self.bytes.decode("latin-1"))  # a character a byte
        self.spans = [range(m.start(), m.end()) for m in SAME.finditer(self.code)] \
            + [range(m.end(1), m.start(2)) for m in SAME_SET.finditer(self.code)] \
            + [range(m.start(1), m.end(1)) for m in SPARE.finditer(self.code)]
        for node in json.loads(done.stdout)["inner"]:
            self.walk(node, False)

    def note_file(self, place):
        for part in (place, place.get("spellingLoc", {}), place.get("expansionLoc", {})):
            self.file = part.get("file", self.file)

    @staticmethod
    def offset(place):
        part = place.get("expansionLoc", place)
        return part.get("offset"), part.get("tokLen")

    def span(self, node):
        """[begin, end) of a node in this file, or None where a macro made it."""
        ends = node["range"]["begin"], node["range"]["end"]
        if all("expansionLoc" in end for end in ends) and \
                ends[0]["expansionLoc"].get("offset") == ends[1]["expansionLoc"].get("offset"):
            return None
        begin, last = self.offset(ends[0]), self.offset(ends[1])
        if begin[0] is None or last[0] is None:
            return None
        return begin[0], self.past_arguments(last[0] + last[1], "expansionLoc" in ends[1])

    def past_arguments(self, end, is_macro):
        """A macro's end is told as that of its name; its arguments follow."""
        if not is_macro or self.bytes[end:end + 1] != b"(":
            return end
        depth = 0
        for at in range(end, len(self.bytes)):
            depth += {b"(": 1, b")": -1}.get(self.bytes[at:at + 1], 0)
            if depth == 0:
                return at + 1
        return end

    def operand(self, node):
        """As span(), for an operand: that may well be a macro as a whole."""
        ends = node["range"]["begin"], node["range"]["end"]
        begin, last = self.offset(ends[0]), self.offset(ends[1])
        return begin[0], self.past_arguments(last[0] + last[1], "expansionLoc" in ends[1])

    def walk(self, node, is_in_function):
        for key in ("loc",):
            self.note_file(node.get(key, {}))
        for key in ("begin", "end"):
            self.note_file(node.get("range", {}).get(key, {}))
        kind = node.get("kind")
        is_here = self.file == self.path
        if kind == "FunctionDecl":
            is_in_function = True
        if kind == "VarDecl" and node.get("storageClass") == "static" or kind in ("EnumDecl",):
            is_in_function = False
        if is_here and is_in_function:
            self.add(node, kind)
        if is_here and kind == "EnumConstantDecl":
            self.note_constant(node)
        for i, child in enumerate(node.get("inner", [])):
            is_label = kind == "CaseStmt" and i == 0
            self.walk(child, is_in_function and not is_label)

    def note_constant(self, node):
        """A named number of this file: changed wherever a function uses it."""
        span = self.span(node) if node.get("inner") else None
        text = self.bytes[span[0]:span[1]].decode() if span else ""
        match = re.fullmatch(r"(\w+)\s*=\s*(\d+)", text)
        if match:
            line = self.line(span[0])
            self.constants[node["id"]] = (match.group(1), match.group(2), line)

    def line(self, at):
        return self.bytes.count(b"\n", 0, at) + 1

    def is_same(self, at):
        return any(at in span for span in self.spans)

    def add(self, node, kind):
        span = self.span(node) if "begin" in node.get("range", {}) else None
        if not span:
            return
        text = self.bytes[span[0]:span[1]].decode("utf-8", "replace")
        if kind == "IntegerLiteral" and not self.is_same(span[0]):
            self.sites.append(Site(*span, "number", text, other_number(text)))
        elif kind == "DeclRefExpr" and node["referencedDecl"]["id"] in self.constants:
            self.sites.append(Site(*span, "constant", node["referencedDecl"]["id"], None))
        elif kind == "BinaryOperator" and node["opcode"] in SWAPS:
            left, right = (self.operand(child) for child in node["inner"])
            between = self.code[left[1]:right[0]]
            at = left[1] + between.index(node["opcode"])
            if self.is_same(at):
                return
            now = SWAPS[node["opcode"]]
            if self.bytes[right[0]:right[1]] == b"0":
                now = AGAINST_ZERO.get(node["opcode"], now)
            self.sites.append(Site(*span, "operator", node["opcode"], now, (left, right, at)))


def nest(sites):
    """Sites inside others go below them."""
    top, open_sites = [], []
    for site in sorted(sites, key=lambda s: (s.begin, -s.end, s.kind != "operator")):
        while open_sites and open_sites[-1].end <= site.begin:
            open_sites.pop()
        (open_sites[-1].inner if open_sites else top).append(site)
        open_sites.append(site)
    return top


class Writer:
    def __init__(self, tree, name, first):
        self.tree, self.name, self.mutants, self.next = tree, name, [], first
        self.of_constant = {}

    def number(self, line, was, now):
        self.mutants.append(Mutant(self.name, line, was, now, self.next, None))
        self.next += 1
        return self.next - 1

    def write(self, begin, end, sites):
        out, at = [], begin
        for site in sites:
            out += [self.tree.bytes[at:site.begin], self.write_site(site)]
            at = site.end
        return b"".join(out + [self.tree.bytes[at:end]])

    def write_site(self, site):
        if site.kind == "number":
            number = self.number(self.tree.line(site.begin), site.was, site.now)
            suffix = re.sub(r"^(0[xX][0-9a-fA-F]+|\d+)", "", site.was)
            return b"(bx_at(%d) ? %s : %s)" % (number, (site.now + suffix).encode(), site.was.encode())
        if site.kind == "constant":
            name, value, line = self.tree.constants[site.was]
            if name not in self.of_constant:
                self.of_constant[name] = self.number(line, value, other_number(value))
            return b"(bx_at(%d) ? %s : %s)" % (self.of_constant[name], other_number(value).encode(),
                                              name.encode())
        (left, right, at) = site.parts
        number = self.number(self.tree.line(at), site.was, site.now)
        sides = []
        for begin, end in (left, right):
            sides.append(self.write(begin, end, [s for s in site.inner
                                                 if begin <= s.begin and s.end <= end]))
        if site.was == "&&":
            form = b"({ const _Bool bx_l = (%s); bx_l != bx_at(%d) ? (_Bool)(%s) : bx_l; })"
            return form % (sides[0], number, sides[1])
        if site.was == "||":
            form = b"({ const _Bool bx_l = (%s); bx_l == bx_at(%d) ? (_Bool)(%s) : bx_l; })"
            return form % (sides[0], number, sides[1])
        form = b"({ __auto_type bx_l = (%s); __auto_type bx_r = (%s); bx_at(%d) ? bx_l %s bx_r : bx_l %s bx_r; })"
        return form % (sides[0], sides[1], number, site.now.encode(), site.was.encode())


def of_code(source, name, command, first):
    """The changes of one file: (the generated copy, its mutants asleep, those to be built)."""
    path = os.path.join(source, name)
    tree = Tree(path, command)
    writer = Writer(tree, name, first)
    copy = b'#include "mutant.h"\n#line 1\n' + writer.write(0, len(tree.bytes), nest(tree.sites))
    covered = {(m.line, m.was) for m in writer.mutants}
    return copy, writer.mutants, list(of_text(tree.bytes.decode(), name, covered))


def of_text(text, name, covered):
    """Numbers that stand where a compiler must know them."""
    code = blank(text)
    skipped = [range(m.start(), m.end()) for m in SAME.finditer(code)]
    # the size of an array of characters says nothing
    skipped += [range(m.start(), m.end()) for m in re.finditer(r"\w+\[[^\]]*\](?=;| = )", code)]
    skipped += [range(m.start(1), m.end(1)) for m in SPARE.finditer(code)]
    for match in NUMBER.finditer(code):
        line = code.count("\n", 0, match.start()) + 1
        if (line, match.group(1)) in covered or any(match.start() in span for span in skipped):
            continue
        now = other_number(match.group(1))
        yield Mutant(name, line, match.group(1), now, None,
                     text[:match.start()] + now + text[match.end():])
    for match in re.finditer(r"^    \[BX_CLASS_\w+\] = \{\s*,?.*\},$", code, re.M):
        for word in re.finditer(r"\b(%s)\b" % "|".join(EDGES), match.group()):
            start = match.start() + word.start()
            now = EDGES[word.group()]
            yield Mutant(name, code.count("\n", 0, start) + 1, word.group(), now, None,
                         text[:start] + now + text[start + len(word.group()):])


# --- tables ---

def of_classes(source, name):
    with open(os.path.join(source, name), encoding="utf-8") as file:
        lines = file.read().split("\n")
    for i, line in enumerate(lines):
        words = line.split("#")[0].split()
        for word in words[1:]:
            now = "LA" if words[0] in ("HA", "SY") else "HA"
            rest = line.replace(" " + word, "", 1)
            changed = lines[:i] + [rest] + lines[i + 1:] + ["%s %s" % (now, word)]
            yield Mutant(name, i + 1, words[0] + " " + word, now, None, "\n".join(changed))


# Another value of an attribute of a style that can stand in its place.
WORDS = {"yes": "no", "no": "yes", "strict": "gb", "allow": "force", "edges": "cells", "cells": "edges",
         "justify": "left", "left": "center", "center": "left", "grid": "13pt",
         "fangsong": "kaiti", "kaiti": "songti", "heiti": "kaiti", "songti": "heiti",
         "xiaobiaosong": "heiti"}
# What names a style or tells where a figure is from changes no line.
TOLD_ONLY = ("source", "name", "version", "kind", "section", "encoding")


def other_value(value):
    if value in WORDS:
        return WORDS[value]
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(\w*)", value)
    if match:
        figure = float(match.group(1))
        if match.group(2):
            changed = figure + (1 if figure >= 2 else 0.25)
        else:
            changed = 2 * figure or 1
        return ("%g" % changed) + match.group(2)
    match = re.fullmatch(r"#[0-9A-F]{6}", value)
    return "#123456" if match else value + "·"


def of_style(source, name):
    with open(os.path.join(source, name), encoding="utf-8") as file:
        text = file.read()
    plain = re.sub(r"<!--.*?-->", lambda m: " " * len(m.group()), text, flags=re.S)
    for element in re.finditer(r"<[\w-]+((?:\s+[\w-]+=\"[^\"]*\")+)\s*/?>", plain):
        for match in re.finditer(r"([\w-]+)=\"([^\"]*)\"", element.group(1)):
            if match.group(1) in TOLD_ONLY:
                continue
            start = element.start(1) + match.start(2)
            now = other_value(match.group(2))
            yield Mutant(name, text.count("\n", 0, start) + 1,
                         '%s="%s"' % (match.group(1), match.group(2)), now, None,
                         text[:start] + now + text[start + len(match.group(2)):])
