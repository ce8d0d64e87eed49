#!/usr/bin/env python3
"""The conventions of the project, checked. Prints every fault as `path:line: rule: what` and ends
with status 1 when there is one.

A rule is a function of the tree (its files as texts, so that test_lint.py can plant faults in a
tree of its own) that yields faults. The docstring of each rule states the convention. Where a
rule has exceptions they stand beside it, each with its reason; there is no way to switch a rule
off from inside a source file.
"""
import os
import re
import subprocess
import sys
from collections import namedtuple

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import ctokens  # noqa: E402
from fault import Fault  # noqa: E402
from line_rules import rule_line_cases, rule_line_ledger  # noqa: E402,F401

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Tree:
    """Files by path from the project's root."""

    def __init__(self, files):
        self.files = files

    @classmethod
    def of_project(cls):
        """Every file git knows or would add: what is ignored is no part of the project."""
        listed = subprocess.run(
            ["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard", "-z"],
            check=True, capture_output=True).stdout.decode().split("\0")
        files = {}
        for path in sorted(set(listed)):
            whole = os.path.join(ROOT, path)
            if path and os.path.isfile(whole):
                with open(whole, "rb") as file:
                    try:
                        files[path] = file.read().decode("utf-8")
                    except UnicodeDecodeError:
                        files[path] = None  # binary: pictures, profiles, bad input for tests
        return cls(files)

    def texts(self, pattern):
        """(path, text) of the text files whose whole path matches, in order."""
        wanted = re.compile(pattern)
        return [(p, t) for p, t in sorted(self.files.items())
                if t is not None and wanted.fullmatch(p)]

    def text(self, path):
        return self.files.get(path) or ""


# Layers ------------------------------------------------------------------------------------

PROGRAM = r"render/(main|cli\w*)\.[ch]"
LAYERS = ["base", "layout", "model", "font", "image", "plan", "page", "output", "sign", "verify", "batch"]

# Which files may see a foreign library. Anything not listed here is the C library's.
FOREIGN = [
    (r"libxml/.*", r"render/(layout/validator_module|image/svg_xml_read)\.c", "libxml2: modules only"),
    (r"expat\.h", r"render/base/xml\.c", "expat: base/xml.c only"),
    (r"(hb|hb-.*)\.h", r"render/(font|plan|output/pdf)/.*|tests/(bench|font|plan|fuzz)/.*", "HarfBuzz"),
    (r"ft2build\.h|freetype/.*", r"render/(font|output/cairo)/.*", "FreeType"),
    (r"fontconfig/.*", r"render/font/.*|tests/font/.*", "fontconfig"),
    (r"cairo.*", r"render/output/cairo/.*|render/image/svg_read\.c|tests/output/.*", "cairo"),
    (r"libdeflate\.h", r"render/(output/pdf|image|sign)/.*|tests/(bench|image|output)/.*", "libdeflate"),
    (r"qpdf/.*", r"render/verify/.*|tests/verify/.*", "libqpdf"),
    (r"openssl/.*", r"render/sign/.*", "OpenSSL"),
    (r"curl/.*", r"render/sign/fetch\.c", "libcurl: sign/fetch.c only"),
    (r"p11-kit/.*", r"render/sign/device\.c", "PKCS#11: sign/device.c only"),
    (r"(png|jpeglib|turbojpeg|lcms2)\.h|librsvg/.*", r"render/image/.*|tests/image/.*", "image libraries"),
]


def layer_of(path):
    match = re.match(r"render/(\w+)/", path)
    return match.group(1) if match else None


def include_lines(text):
    """(line, name, is_quoted) of every #include."""
    for number, line in enumerate(text.split("\n"), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            yield number, match.group(2), match.group(1) == '"'


def rule_layers(tree):
    """A folder of render/ includes only headers of folders to its left in the pipeline, and one
    back end never another's. The command line sees banxin.h alone."""
    for path, text in tree.texts(r"render/.*\.[ch]"):
        own = layer_of(path)
        for line, name, quoted in include_lines(text):
            if not quoted:
                continue
            if "render/" + name not in tree.files and not name.endswith(".inc"):
                yield Fault(path, line, "layers", f"no such header from render/: {name}")
            if re.fullmatch(PROGRAM, path) and name not in ("banxin.h", "cli.h", "cli_progress.h"):
                yield Fault(path, line, "layers", "the program sees only banxin.h")
            other = layer_of("render/" + name)
            if own is None or other is None:
                if own not in (None, "batch") and name == "banxin.h":
                    yield Fault(path, line, "layers", "a stage does not know the public header")
                continue
            unknown = {own, other} - set(LAYERS)
            if unknown:
                yield Fault(path, line, "layers", f"no layer: {' '.join(sorted(unknown))}/")
            elif LAYERS.index(other) > LAYERS.index(own):
                yield Fault(path, line, "layers", f"{own}/ points forward to {other}/")
            mine, theirs = os.path.dirname(path), os.path.dirname("render/" + name)
            if own == other == "output" and mine != theirs:
                yield Fault(path, line, "layers", "a back end includes another's header")


def rule_foreign(tree):
    """A foreign library is seen by the files that wrap it and by no others."""
    for path, text in tree.texts(r"(render|tests)/.*\.[ch]"):
        for line, name, quoted in include_lines(text):
            for header, allowed, what in FOREIGN:
                if not quoted and re.fullmatch(header, name) and not re.fullmatch(allowed, path):
                    yield Fault(path, line, "foreign", f"{what} is not for this file: <{name}>")


def rule_include_order(tree):
    """A .c file starts with the header that declares what it defines, of its own folder; then
    come <...>, then "..."."""
    for path, text in tree.texts(r"render/.*\.c"):
        folder = os.path.dirname(path[len("render/"):])
        order = []
        for line, name, quoted in include_lines(text):
            if name.endswith(".inc"):
                continue
            is_own = not order and quoted and os.path.dirname(name) == folder
            order.append((0 if is_own else 2 if quoted else 1, line, name))
        own = path[len("render/"):-1] + "h"
        if "render/" + own in tree.files and (not order or order[0][0] != 0):
            yield Fault(path, 1, "include-order", f"its own header {own} comes first")
        for before, after in zip(order, order[1:]):
            if after[0] < before[0]:
                yield Fault(path, after[1], "include-order", f"{after[2]} stands too late")


def rule_guards(tree):
    """A header is guarded by BX_NAME_H, and no two headers share a guard."""
    seen = {}
    for path, text in tree.texts(r"(render|tests)/.*\.h"):
        if re.match(r"/\* Made by make_\w+\.py", text):
            continue  # a table, included by one file
        match = re.search(r"^#ifndef (\w+)\n#define (\w+)\n", text, re.M)
        if not match or match.group(1) != match.group(2):
            yield Fault(path, 1, "guards", "no include guard")
            continue
        guard = match.group(1)
        if path.startswith("render/") and not re.fullmatch(r"BX_[A-Z0-9_]+_H|BANXIN_H", guard):
            yield Fault(path, 1, "guards", f"{guard} is not BX_NAME_H")
        if not text.rstrip().endswith("#endif"):
            yield Fault(path, 1, "guards", "something stands behind the guard's #endif")
        if guard in seen:
            yield Fault(path, 1, "guards", f"{guard} is the guard of {seen[guard]} too")
        seen[guard] = path


# What is written depends on nothing but the input ----------------------------------------------

FORBIDDEN_CALLS = {
    "setjmp": "no setjmp", "longjmp": "no setjmp",
    "rand": "nothing random", "random": "nothing random", "srand": "nothing random",
    "time": "no clock", "localtime": "no clock", "gmtime": "no clock", "gettimeofday": "no clock",
    "clock_gettime": "no clock", "clock": "no clock",
    "setlocale": "no locale", "localeconv": "no locale", "uselocale": "no locale",
    "getenv": "no environment",
    "strtod": "depends on the locale", "atof": "depends on the locale",
    "atoi": "does not see errors", "atol": "does not see errors",
    "strcpy": "unbounded", "strcat": "unbounded", "sprintf": "unbounded", "gets": "unbounded",
    "strtok": "has state", "system": "starts a shell", "popen": "starts a shell",
    "tmpnam": "races", "mktemp": "races",
}

# file, function: reason.
ALLOWED_CALLS = {
    ("render/cli_parse.c", "getenv"): "the language of messages, which never reach the file",
    ("render/cli_run.c", "getenv"): "SOURCE_DATE_EPOCH, the one variable that counts",
    ("render/cli_sign.c", "getenv"): "--pin-env",
    ("render/font/store_place.c", "getenv"): "where prepared faces lie, which saves time and changes no byte",
    ("render/cli_sign.c", "time"): "the claimed time of a signature, without --time",
    ("render/main.c", "clock_gettime"): "--timings",
    ("render/cli_progress.c", "clock_gettime"): "rate and time left of a batch",
    ("render/api_engine.c", "clock_gettime"): "--timings",
    ("render/output/pdf/objects.c", "clock_gettime"): "--timings",
}


def rule_calls(tree):
    """No locale, clock, network, randomness or environment in what is written; nothing unbounded;
    no setjmp. NDEBUG is never defined: asserts stay in release."""
    for path, text in tree.texts(r"render/.*\.[ch]"):
        stream = ctokens.code(text)
        for token, following in zip(stream, stream[1:]):
            if token.kind != "word" or following.text != "(" or token.text not in FORBIDDEN_CALLS:
                continue
            if (path, token.text) not in ALLOWED_CALLS:
                yield Fault(path, token.line, "calls",
                            f"{token.text}(): {FORBIDDEN_CALLS[token.text]}")
        if re.search(r"^\s*#\s*define\s+NDEBUG", text, re.M):
            yield Fault(path, 1, "calls", "NDEBUG is never defined")


# file, function: what changes there.
ALLOWED_STATICS = {
    ("render/layout/validator_module.c", "ensure_libxml"): "libxml2's own tables are set up once a process",
}


def rule_globals(tree):
    """No variable outlives a call: what stands outside functions, or is static inside one, is
    const."""
    for path, text in tree.texts(r"render/.*\.[ch]"):
        inside = {}
        for function in ctokens.functions(text):
            inside[id(function)] = function
            body = function.body
            for i, token in enumerate(body):
                if token.text == "static" and not statement_is_const(body, i) and \
                        (path, function.name) not in ALLOWED_STATICS:
                    yield Fault(path, token.line, "globals",
                                f"a static variable that changes in {function.name}()")
        for token in outside_functions(text):
            if token.text == "static" and not statement_is_const(*token.context):
                yield Fault(path, token.line, "globals", "a variable of the file that changes")


class _Placed(namedtuple("_Placed", "text line context")):
    pass


def outside_functions(text):
    """Tokens that stand outside every function body and every other brace."""
    stream, depth = ctokens.code(text), 0
    for i, token in enumerate(stream):
        if token.kind == "mark" and token.text == "{":
            depth += 1
        elif token.kind == "mark" and token.text == "}":
            depth -= 1
        elif depth == 0:
            yield _Placed(token.text, token.line, (stream, i))


def statement_is_const(stream, at):
    """Whether the declaration at `static` is a function or says const before its value."""
    for token in stream[at:]:
        if token.text in ("const", "(") and token.kind != "string":
            return True
        if token.text in ("=", ";", "{"):
            return False
    return True


# Statutory text and figures are data ---------------------------------------------------------

NUMERALS = re.compile("[〇零一二三四五六七八九十百千万]")
HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

# Words for those who read messages may be Chinese; these files hold nothing else.
MESSAGE_FILES = PROGRAM

# file: what its ideographs are.
ALLOWED_HAN = {
    "render/api_pdf.c": "how the PDF calls the attached files",
    "render/font/facts.c": "a sample of ideographs whose ink is measured",
    "render/model/number.c": "units of amounts, of the model's contract and of no form",
}


def zh_parameters(tree):
    """For each function of render/ the places of its parameters named zh."""
    places = {}
    for _, text in tree.texts(r"render/.*\.[ch]"):
        for match in re.finditer(r"(\w+)\s*\(([^(){};]*\bzh\b[^(){};]*)\)", text):
            for i, parameter in enumerate(match.group(2).split(",")):
                if re.search(r"\*\s*(const\s+)?zh$", parameter.strip()):
                    places.setdefault(match.group(1), set()).add(i)
    return places


def strings_with_context(text):
    """(token, levels) for each string literal of a file's code: at every open bracket from outer
    to inner, the words of the element the literal stands in, and for calls the function's name
    and the argument's number."""
    levels = [{"call": None, "argument": 0, "words": [], "seen": []}]
    previous = None
    for token in ctokens.code(text):
        top = levels[-1]
        if token.kind == "string":
            yield token, [dict(level, words=list(level["words"])) for level in levels]
        elif token.kind == "word":
            top["words"].append(token.text)
            top["seen"].append(token.text)
        elif token.kind == "mark":
            if token.text in "([{":
                call = previous.text if token.text == "(" and previous and \
                    previous.kind == "word" else None
                levels.append({"call": call, "argument": 0, "words": [], "seen": []})
            elif token.text in ")]}" and len(levels) > 1:
                inner = levels.pop()
                if token.text == "}":
                    # The members of a struct say what its initialisers mean; a body says nothing.
                    is_struct = "struct" in levels[-1]["words"] and not inner["call"]
                    levels[-1]["words"] = ["struct", *inner["seen"]] if is_struct else []
            elif token.text == ",":
                top["argument"] += 1
                top["words"] = []
            elif token.text == ";":
                top["words"] = []
        previous = token


def is_message(levels, places):
    for level in levels:
        if any(re.search(r"(^|_)(zh|chinese)($|_)", word) for word in level["words"]):
            return True
        if level["call"] in places and level["argument"] in places[level["call"]]:
            return True
    return False


def rule_labels(tree):
    """No statutory label in C: an ideograph in a string stands only in a message, that is where
    something named zh or in_chinese takes it, or in the help texts. Marks and
    numerals are free."""
    places = zh_parameters(tree)
    for path, text in tree.texts(r"render/.*\.[ch]"):
        if re.fullmatch(MESSAGE_FILES, path) or path in ALLOWED_HAN:
            continue
        for token, levels in strings_with_context(text):
            if HAN.search(NUMERALS.sub("", token.text)) and not is_message(levels, places):
                yield Fault(path, token.line, "labels", f"text that belongs to layouts/: {token.text}")


# Figures that are no measure of anything: counts, radices, shares of 1000, sizes of tables, the
# calendar's.
CALENDAR = {28, 29, 30, 31, 400}
PLAIN_NUMBERS = CALENDAR | {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 24, 32, 40, 50, 60, 64, 100, 127, 128,
                 200, 255, 256, 500, 512, 1000, 1023, 1024, 4096, 10000, 65535, 65536, 100000,
                 1000000, 1000000000}
FIGURE_PATHS = r"render/(layout|model|plan|page)/.*\.[ch]"
MEASURE = re.compile(r"^[,;)\s]*/\*\s*(mm|pt|cm|毫米|磅)\b|GB/T|国办")

# file, number: reason; file: reason. Figures of the craft rather than of a standard.
ALLOWED_FIGURES = {}
ALLOWED_LENGTHS = {
    "render/plan/table_cell.c": "longer than any line: no measure",
}


def number_value(token_text):
    text = token_text.rstrip("uUlL")
    try:
        return int(text, 0) if not re.fullmatch(r"0[0-7]+", text) else int(text, 8)
    except ValueError:
        return None


def has_name(body, at):
    """Whether the number at `at` is what an enumerator or a const stands for."""
    if body[at - 1].text != "=":
        return False
    start = at
    while start > 0 and body[start - 1].text not in (";", "{", "}"):
        start -= 1
    return body[at - 2].text.isupper() or any(t.text == "const" for t in body[start:at])


def rule_figures(tree):
    """No mandated figure in C. Left of output/, a decimal number in a statement is a plain count;
    any other has a name (an enumerator, a macro or a const) with the reason in a comment, and
    none is a multiple of a point or a millimetre."""
    for path, text in tree.texts(FIGURE_PATHS):
        lines = text.split("\n")
        for function in ctokens.functions(text):
            body = function.body
            for i, token in enumerate(body):
                if token.kind != "number" or token.text[:2] in ("0x", "0X"):
                    continue
                if body[i - 1].text == "<<" or has_name(body, i):
                    continue
                value = number_value(token.text)
                if value is None or value in PLAIN_NUMBERS or (path, value) in ALLOWED_FIGURES:
                    continue
                yield Fault(path, token.line, "figures",
                            f"{token.text}: a figure without a name in {function.name}()")
        for number, line in enumerate(lines, 1):
            if re.search(r"\bBX_PT\s*[*/]\s*\d|\d\s*\*\s*BX_PT\b", line) \
                    and path not in ALLOWED_LENGTHS:
                yield Fault(path, number, "figures", "a length in C: it belongs to layouts/")
            named = re.search(r"(#\s*define\s+\w+|\b\w+\s*=)\s*-?\d+\b(.*)", line)
            if named and MEASURE.search(named.group(2)):
                yield Fault(path, number, "figures", "a measure or a standard's figure in C")


DOUBLE_PATHS = {
    r"render/output/cairo/.*": "cairo's calls",
    r"render/image/icc\.c": "Little CMS's calls",
    r"render/image/svg_read\.c": "librsvg's and cairo's calls",
    r"render/plan/shape\w*\.c": "Pango's calls",
    r"render/font/(trace|outline)\.c": "HarfBuzz's calls that draw",
    r"render/(render|main|cli\w*|api\w*)\.[ch]": "milliseconds of --timings",
    r"render/banxin\.h": "milliseconds of --timings",
    r"render/output/pdf/(pdf|objects|writer)\.[ch]": "milliseconds of --timings",
}


def rule_doubles(tree):
    """Lengths are integers: floating point stands at the edges only."""
    for path, text in tree.texts(r"render/.*\.[ch]"):
        if any(re.fullmatch(allowed, path) for allowed in DOUBLE_PATHS):
            continue
        for token in ctokens.code(text):
            if token.text in ("double", "float") or (
                    token.kind == "number" and re.fullmatch(r"[0-9]*\.[0-9]*f?|[0-9.]+[eE].*",
                                                            token.text)):
                yield Fault(path, token.line, "doubles", f"floating point: {token.text}")


def rule_sources(tree):
    """Every figure of a layout file says where it comes from: the element, or one around it, has
    a source."""
    import xml.etree.ElementTree as ElementTree
    figure = re.compile(r"[+-]?\d+(\.\d+)?(mm|pt|em|%)")

    def walk(path, element, has_source):
        has_source = has_source or "source" in element.attrib
        for name, value in element.attrib.items():
            if figure.fullmatch(value) and not has_source:
                yield Fault(path, 1, "sources",
                            f"<{element.tag} {name}={value!r}> has no source")
        for child in element:
            yield from walk(path, child, has_source)

    for path, text in tree.texts(r"layouts/(styles|forms)/.*\.xml"):
        try:
            yield from walk(path, ElementTree.fromstring(text.encode()), False)
        except ElementTree.ParseError as error:
            yield Fault(path, 1, "sources", f"no XML: {error}")


# Form of the code --------------------------------------------------------------------------------

LONGEST = 80


def rule_length(tree):
    """A function of more than 80 lines says in the comment above it why it is not two: a sentence
    that begins with `Long because`."""
    for path, text in tree.texts(r"(render|tests)/.*\.[ch]"):
        for function in ctokens.functions(text):
            lines = function.last - function.first + 1
            if lines > LONGEST and "Long because" not in function.comment:
                yield Fault(path, function.first, "length",
                            f"{function.name}() has {lines} lines and gives no reason")


def rule_names(tree):
    """Public functions are bx_thing_verb (of the program around the library: cli_), those of one
    file have no prefix; tests say what holds: test_thing__what_holds."""
    for path, text in tree.texts(r"render/.*\.[ch]"):
        for function in ctokens.functions(text):
            line_of = text.split("\n")[function.first - 1]
            is_static = line_of.startswith("static")
            if is_static and function.name.startswith("bx_") and path.endswith(".c"):
                yield Fault(path, function.first, "names", f"{function.name}() is static: no bx_")
            public = r"main|cli_\w+" if re.fullmatch(r"render/\w+\.c", path) else r"bx_\w+"
            if not is_static and not re.fullmatch(public + r"|bx_\w+", function.name):
                yield Fault(path, function.first, "names", f"{function.name}() is public: bx_")
        for match in re.finditer(r"^typedef (?!int32_t bx_len;).*", text, re.M):
            yield Fault(path, text.count("\n", 0, match.start()) + 1, "names",
                        "no typedef but bx_len")
    for path, text in tree.texts(r"tests/.*\.c"):
        for function in ctokens.functions(text):
            name = function.name
            if name.startswith("test_") and "void * * state" in " ".join(
                    t.text for t in function.parameters):
                if not re.fullmatch(r"test_\w*[A-Za-z0-9]__[a-z0-9]\w*", name):
                    yield Fault(path, function.first, "names",
                                f"{name}: tests are named test_thing__what_holds")
                if len(re.findall(r"\b" + name + r"\b", text)) < 2:
                    yield Fault(path, function.first, "names", f"{name} is never run")


OUTSIDE = [
    (r"\.\./shared", "a folder outside the project"),
    (r"/work/\w", "a folder of one machine"),
    (r"/home/\w|/root/\w", "a folder of one machine"),
    (r"registry\.npmjs\.org|files\.pythonhosted\.org|proxy\.golang\.org", "a registry's host"),
]


def rule_alone(tree):
    """The project stands alone: nothing in it names a folder outside, or one machine."""
    for path, text in tree.texts(r".*"):
        if path == "tests/lint/lint.py" or path == "tests/lint/test_lint.py":
            continue
        for number, line in enumerate(text.split("\n"), 1):
            for pattern, what in OUTSIDE:
                if re.search(pattern, line):
                    yield Fault(path, number, "alone", f"{what}: {line.strip()[:60]}")


# Documents say the same as the code -----------------------------------------------------------

# Words of names that are plain English and mean nothing special here.
PLAIN_WORDS = set("""
    a all and as at banxin behind by char chars context count data each end fault first flag for from id in
    index info into is item items kind last least left list main make meaning most name need new
    next no not number of one only or out part pass place preview range read request result right
    share sink spec start state step sum sums the to tree try two up with work writer x y
""".split())


def glossary_words(tree):
    """Every English word that a GLOSSARY.md row defines: the words of the first column."""
    words = set()
    for line in tree.text("GLOSSARY.md").split("\n"):
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) >= 4 and not set(cells[1]) <= set("-: "):
            words |= set(re.findall(r"[a-z0-9]+", cells[1].lower()))
    return words


def rule_glossary(tree):
    """GLOSSARY.md holds every term used in names: the words of our types, of the files and of the
    folders of render/."""
    words = glossary_words(tree)
    wanted = {}
    for path, text in tree.texts(r"render/.*\.[ch]"):
        for part in path[len("render/"):-2].split("/"):
            for word in part.split("_"):
                wanted.setdefault(word, (path, 1))
        for match in re.finditer(r"^\s*(?:struct|enum)\s+bx_(\w+)\s*\{", text, re.M):
            line = text.count("\n", 0, match.start()) + 1
            for word in match.group(1).split("_"):
                wanted.setdefault(word, (path, line))
    for word, (path, line) in sorted(wanted.items()):
        forms = {word, word.rstrip("s"), word + "s", re.sub(r"ies$", "y", word),
                 re.sub(r"e?r$", "", word), re.sub(r"r$", "", word), re.sub(r"ner$", "", word),
                 re.sub(r"(ing|n)$", "", word)}
        if not forms & words and word not in PLAIN_WORDS and not word.isdigit():
            yield Fault(path, line, "glossary", f"GLOSSARY.md has no word for '{word}'")


CODE = r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*"


# Files whose capitals are no codes, each with what they are.
NO_CODES = {
    r"render/plan/class\.c": "names of character classes",
    r"render/image/png_read\.c": "names of chunks",
    r"render/font/store_place\.c": "names of the environment",
    r"render/sign/\w+\.c": "names of PDF and of algorithms",
    r"render/verify/(?!verify|finding|report)\w+\.c": "names and operators of PDF",
}


def emitted_codes(tree):
    """code -> where, of every finding that C or a layout file can raise. In C that is every text
    that looks like a code; back ends raise none but what the PDF's check tells."""
    codes = {}
    for path, text in tree.texts(r"render/((?!output/)(\w+/)?\w+|output/pdf/check)\.c"):
        if any(re.fullmatch(p, path) for p in [*NO_CODES, PROGRAM]):
            continue
        for token in ctokens.code(text):
            if token.kind == "string" and re.fullmatch('"' + CODE + '"', token.text) \
                    and len(token.text) > 3:
                codes.setdefault(token.text[1:-1], (path, token.line))
    for path, text in tree.texts(r"layouts/.*\.xml"):
        for match in re.finditer(r'\bcode="(' + CODE + r')"', text):
            codes.setdefault(match.group(1), (path, text.count("\n", 0, match.start()) + 1))
    return codes


def rule_findings(tree):
    """Every code a finding can have is explained in docs/findings.md and named by a test; a code
    explained there can be raised."""
    page = tree.text("docs/findings.md")
    explained = set()
    for row in re.findall(r"^\|((?:\s*`" + CODE + r"`)+)\s*\|", page, re.M):
        explained |= set(re.findall(CODE, row))
    emitted = emitted_codes(tree)
    tests = "\n".join(t for p, t in tree.texts(r"tests/.*\.(c|py|sh|txt|json|lines|cases|tsv)")
                      if not p.startswith("tests/lint/"))
    for code, (path, line) in sorted(emitted.items()):
        if code not in explained:
            yield Fault(path, line, "findings", f"docs/findings.md does not explain {code}")
        if not re.search(r"(?<![A-Z0-9-])" + code + r"(?![A-Z0-9-])", tests):
            yield Fault(path, line, "findings", f"no test names {code}")
    for code in sorted(explained - set(emitted)):
        yield Fault("docs/findings.md", 1, "findings", f"nothing raises {code}")


DIRECTIVE = re.compile(r"%[-.\d*]*(?:ll|[zjhl])?[sdiucxX]")
WORDS = "render/api_words.c"


def failure_sentences(text):
    """(line, sentence) of every format that bx_fail() is given, each hole as %s. Pieces side by side
    are one sentence, others are choices."""
    tokens = ctokens.code(text)
    for start, token in enumerate(tokens[:-1]):
        if token.text != "bx_fail" or tokens[start + 1].text != "(":
            continue
        depth, argument, pieces = 0, 0, []
        for t in tokens[start + 1:]:
            depth += (t.text in "([{") - (t.text in ")]}") if t.kind == "mark" else 0
            argument += t.text == "," and depth == 1
            if argument == 4 and t.kind == "string":
                pieces.append(t.text[1:-1])
            elif pieces:
                yield token.line, DIRECTIVE.sub("%s", "".join(pieces))
                pieces = []
            if depth == 0 or argument > 4:
                break


def rule_words(tree):
    """Each sentence that a stage ends with has its Chinese in api_words.c. Faults of our own, which
    say “internal”, and formats without words stay as they are."""
    told = [(path, line, sentence) for path, text in tree.texts(r"render/.*\.c")
            for line, sentence in failure_sentences(text)
            if re.search("[a-z]", sentence.replace("%s", "")) and not sentence.startswith("internal")]
    rows = ["".join(t[1:-1] for t in re.findall(r'"(?:[^"\\]|\\.)*"', row)) for row in
            re.findall(r'\.en =\s*((?:"(?:[^"\\]|\\.)*"\s*)+)', tree.text(WORDS))]
    for path, line, sentence in told:
        form = re.compile(".*".join(map(re.escape, sentence.split("%s"))))
        if not any(form.fullmatch(row) for row in rows):
            yield Fault(path, line, "words", f"{WORDS} has no Chinese for “{sentence}”")


def rule_ledgers(tree):
    """A test that a conformance ledger names exists."""
    known = set()
    for _, text in tree.texts(r"tests/.*\.c"):
        known |= set(re.findall(r"\btest_\w+__\w+", text))
    for path, text in tree.texts(r"tests/.*\.py"):
        known |= set(re.findall(r"\bdef (test_\w+)", text))
    for path, text in tree.texts(r"layouts/conformance/.*\.md"):
        for number, line in enumerate(text.split("\n"), 1):
            for name in re.findall(r"\btest_\w+__\w+", line):
                if name not in known:
                    yield Fault(path, number, "ledgers", f"no test is named {name}")
            for file in re.findall(r"`((?:tests|render|layouts|fonts)/[\w./-]+)`", line):
                if file not in tree.files and not any(
                        p.startswith(file.rstrip("/") + "/") for p in tree.files):
                    yield Fault(path, number, "ledgers", f"no such file: {file}")


def rule_links(tree):
    """A link or picture of a Markdown page that points into the project finds its file."""
    for path, text in tree.texts(r".*\.md"):
        for match in re.finditer(r"\]\(([^)#\s]+)[^)]*\)", text):
            target = match.group(1)
            if re.match(r"[a-z]+:", target):
                continue
            whole = os.path.normpath(os.path.join(os.path.dirname(path), target))
            if whole not in tree.files and not any(
                    p.startswith(whole.rstrip("/") + "/") for p in tree.files):
                yield Fault(path, text.count("\n", 0, match.start()) + 1, "links",
                            f"no such file: {target}")


RULES = [value for name, value in sorted(globals().items()) if name.startswith("rule_")]


def faults(tree, rules=None):
    found = []
    for rule in rules or RULES:
        found += rule(tree)
    return sorted(found)


def main():
    found = faults(Tree.of_project())
    for fault in found:
        print(f"{fault.path}:{fault.line}: {fault.rule}: {fault.what}")
    print(f"lint: {len(found)} faults, {len(RULES)} rules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
