"""Signatures taken out of a file without any library that made or could have made them: the bytes
that ByteRange names, and the DER of the CMS object, walked by its tags."""
import re
import subprocess


def signatures(pdf):
    """(covered bytes, CMS) of every signature, in the order of the file."""
    found = []
    for match in re.finditer(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)\s*\]", pdf):
        a, b, c, d = map(int, match.groups())
        gap = pdf[a + b:c]
        assert gap[:1] == b"<" and gap[-1:] == b">"
        der = bytes.fromhex(gap[1:-1].decode())
        found.append((pdf[a:a + b] + pdf[c:c + d], der[:size(der)], (a, b, c, d)))
    return found


def covered(pdf):
    """The two stretches that the last ByteRange names."""
    a, b, c, d = map(int, re.findall(rb"/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)\s*\]", pdf)[-1])
    return pdf[a:a + b], pdf[c:c + d]


def head(der, at=0):
    """(tag, start of the content, its length)"""
    tag, length, start = der[at], der[at + 1], at + 2
    if length >= 0x80:
        count = length - 0x80
        length, start = int.from_bytes(der[start:start + count], "big"), start + count
    return tag, start, length


def size(der):
    _, start, length = head(der)
    return start + length


def items(der):
    """The values inside a constructed one, each whole."""
    _, at, length = head(der)
    end, found = at + length, []
    while at < end:
        _, start, inner = head(der, at)
        found.append(der[at:start + inner])
        at = start + inner
    return found


def content(der):
    _, start, length = head(der)
    return der[start:start + length]


def signer(cms):
    """(attributes as the SET OF that was signed, their items, signature) of the only signer."""
    data = items(items(items(cms)[1])[0])
    info, = items(data[-1])
    parts = items(info)
    signed, = (p for p in parts[2:] if p[0] == 0xA0)
    signature, = (p for p in parts if p[0] == 0x04)
    return b"\x31" + signed[1:], items(signed), content(signature)


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    out = b""
    for number in (first * 40 + second, *rest):
        digits = [number & 0x7F]
        while number > 0x7F:
            number >>= 7
            digits.insert(0, number & 0x7F | 0x80)
        out += bytes(digits)
    return b"\x06" + bytes([len(out)]) + out


def attribute(attributes, dotted):
    """The only value of an attribute; None without it."""
    for one in attributes:
        kind, values = items(one)
        if kind == oid(dotted):
            value, = items(values)
            return value
    return None


def digest(name, data):
    return subprocess.run(["openssl", "dgst", "-" + name, "-binary"], input=data, check=True,
                          stdout=subprocess.PIPE).stdout
