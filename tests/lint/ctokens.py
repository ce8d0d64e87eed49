"""C source as tokens, for lint.py.

Only what the rules need: comments, strings, numbers, identifiers and punctuation, each with its
line. Preprocessor lines are tokens of their own kind, since their words are not statements.
"""
import re
from collections import namedtuple

Token = namedtuple("Token", "kind text line")

_PATTERN = re.compile(
    r"""
    (?P<comment>/\*.*?\*/|//[^\n]*)
  | (?P<directive>^[ \t]*\#(?:\\\n|/\*.*?\*/|[^\n])*)
  | (?P<string>(?:u8|u|U|L)?"(?:\\.|[^"\\\n])*")
  | (?P<char>(?:u|U|L)?'(?:\\.|[^'\\\n])*')
  | (?P<number>\.?[0-9](?:[eEpP][+-]|[0-9A-Za-z_.])*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<mark>->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\.\.\.|[^\s\w])
    """,
    re.X | re.S | re.M,
)


def tokens(text):
    """All tokens of a C file, comments included."""
    found, line, at = [], 1, 0
    for match in _PATTERN.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        found.append(Token(match.lastgroup, match.group(), line))
    return found


def code(text):
    """The tokens that a compiler sees behind the preprocessor."""
    return [t for t in tokens(text) if t.kind not in ("comment", "directive")]


class Function:
    """A function definition: its name, where it stands, and its tokens."""

    def __init__(self, name, first, last, comment, parameters, body):
        self.name = name
        self.first, self.last = first, last  # lines, of the signature and of the closing brace
        self.comment = comment  # directly above, or ""
        self.parameters = parameters  # tokens
        self.body = body  # tokens


def functions(text):
    """All function definitions of a file: `name ( ... ) {` outside of any brace."""
    everything = [t for t in tokens(text) if t.kind != "directive"]
    found, depth, start = [], 0, 0
    i = 0
    while i < len(everything):
        token = everything[i]
        if token.text == "{" and token.kind == "mark":
            if depth == 0 and i > start and everything[i - 1].text == ")":
                close = _closing(everything, i)
                found.append(_function(everything, start, i, close))
                i = start = close + 1
                continue
            depth += 1
        elif token.text == "}" and token.kind == "mark":
            depth -= 1
        if depth == 0 and token.kind == "mark" and token.text in (";", "}"):
            start = i + 1
        i += 1
    return found


def _closing(stream, at):
    depth = 0
    for i in range(at, len(stream)):
        if stream[i].kind == "mark" and stream[i].text == "{":
            depth += 1
        elif stream[i].kind == "mark" and stream[i].text == "}":
            depth -= 1
            if depth == 0:
                return i
    return len(stream) - 1


def _function(stream, start, brace, close):
    head = stream[start:brace]
    comments = [t for t in head if t.kind == "comment"]
    plain = [t for t in head if t.kind != "comment"]
    depth, opening = 0, 0
    for i in range(len(plain) - 1, -1, -1):
        if plain[i].text == ")":
            depth += 1
        elif plain[i].text == "(":
            depth -= 1
            if depth == 0:
                opening = i
                break
    name = plain[opening - 1].text if opening > 0 else "?"
    comment = comments[-1].text if comments else ""
    body = [t for t in stream[brace : close + 1] if t.kind != "comment"]
    return Function(name, plain[0].line, stream[close].line, comment, plain[opening + 1 : -1], body)
