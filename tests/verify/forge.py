"""Changes to a finished PDF, each as someone might make it. Every function takes an open pikepdf
file and changes it in place; `save` writes it so that nothing else changes."""
import re

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String


def save(pdf, path):
    pdf.save(path, fix_metadata_version=False,
             object_stream_mode=pikepdf.ObjectStreamMode.preserve)


# Text ------------------------------------------------------------------------------------------

def meanings(font):
    """code -> text of a composite font's ToUnicode map."""
    found = {}
    data = font.ToUnicode.read_bytes().decode("ascii")
    for first, texts in re.findall(r"<([0-9A-F]{4})><[0-9A-F]{4}>\[([^\]]*)\]", data):
        for i, text in enumerate(re.findall(r"<([0-9A-F]*)>", texts)):
            found[int(first, 16) + i] = bytes.fromhex(text).decode("utf-16-be")
    return found


def fonts_of(page):
    return {name: (font, meanings(font)) for name, font in page.Resources.Font.items()}


def operations(page):
    return [[list(operands), operator] for operands, operator in pikepdf.parse_content_stream(page)]


def write(pdf, page, ops):
    page.Contents = pdf.make_stream(
        pikepdf.unparse_content_stream([(o, op) for o, op in ops]))


def map_strings(operands, change):
    """The strings of Tj or TJ, each through a function of bytes."""
    value = operands[0]
    if isinstance(value, Array):
        return [Array([String(change(bytes(v))) if isinstance(v, String) else v for v in value])]
    return [String(change(bytes(value)))]


def change_figure(pdf, page_number, in_artifact=False):
    """Another digit where the page draws one: the last of the report's figures, or of what stands
    outside the structure. Gives (old, new)."""
    page = pdf.pages[page_number]
    fonts, ops = fonts_of(page), operations(page)
    font, places, is_artifact = None, [], False
    for i, (operands, operator) in enumerate(ops):
        if operator == Operator("Tf"):
            font = str(operands[0])
        elif operator == Operator("BDC"):
            is_artifact = operands[0] == Name.Artifact
        elif operator in (Operator("Tj"), Operator("TJ")) and is_artifact == in_artifact:
            places.append((i, font))
    for i, font in reversed(places):
        texts = fonts[font][1]
        digits = {code: text for code, text in texts.items() if text in tuple("0123456789")}
        swapped = []

        def change(data):
            codes = [data[k:k + 2] for k in range(0, len(data), 2)]
            for k, code in enumerate(codes):
                number = int.from_bytes(code, "big")
                others = [c for c in digits if c != number]
                if number in digits and others and not swapped:
                    swapped.append((digits[number], digits[others[0]]))
                    codes[k] = others[0].to_bytes(2, "big")
            return b"".join(codes)
        ops[i][0] = map_strings(ops[i][0], change)
        if swapped:
            write(pdf, page, ops)
            return swapped[0]
    raise AssertionError("the page draws no digit")


def change_meaning(pdf):
    """The map of one font says another text for its first digit or character."""
    font, texts = next(iter(fonts_of(pdf.pages[0]).values()))
    data = font.ToUnicode.read_bytes()
    code = next(c for c, t in sorted(texts.items()) if t.strip("\u200b"))
    old = "<%s>" % texts[code].encode("utf-16-be").hex().upper()
    assert old.encode() in data
    font.ToUnicode.write(data.replace(old.encode(), b"<4E00>", 1))


def say_otherwise(pdf, page_number, key="/ActualText"):
    """A reader hears another text than is seen: on the first tagged sequence."""
    page = pdf.pages[page_number]
    ops = operations(page)
    for operands, operator in ops:
        if operator == Operator("BDC") and "/MCID" in operands[1]:
            operands[1] = Dictionary({**dict(operands[1].items()), key: String("另一回事")})
            break
    write(pdf, page, ops)


def first_element(pdf, tag):
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/S") == Name(tag):
            return item
    raise AssertionError("no " + tag)


def say_otherwise_of_an_element(pdf, key):
    first_element(pdf, "/H2")[key] = String("另一回事")


def name_a_table(pdf):
    """A listener hears a name of a table that the report does not give it."""
    first_element(pdf, "/Table").A = Array([Dictionary(O=Name.Table, Summary=String("另一张表"))])


def add_artifact_text(pdf, page_number):
    """Words that the report does not have, drawn outside the structure."""
    page = pdf.pages[page_number]
    name, (_, texts) = next(iter(fonts_of(page).items()))
    codes = [c for c, t in texts.items() if t.strip("\u200b")][:3]
    text = b"".join(c.to_bytes(2, "big") for c in reversed(codes))
    write(pdf, page, [
        *operations(page),
        [[Name.Artifact, Dictionary(Type=Name.Layout)], Operator("BDC")],
        [[], Operator("BT")], [[Name(name), 12], Operator("Tf")], [[0], Operator("Tc")],
        [[100, 790], Operator("Td")], [[String(text)], Operator("Tj")], [[], Operator("ET")],
        [[], Operator("EMC")]])


# What is seen ------------------------------------------------------------------------------------

def cover(pdf, page_number):
    """A white rectangle over the middle of the page."""
    page = pdf.pages[page_number]
    write(pdf, page, [
        *operations(page),
        [[Name.Artifact, Dictionary(Type=Name.Layout)], Operator("BDC")],
        [[1], Operator("g")], [[80, 300, 400, 200], Operator("re")], [[], Operator("f")],
        [[], Operator("EMC")]])


def hide_by_mode(pdf, page_number):
    """Text rendering mode 3: nothing is painted."""
    page = pdf.pages[page_number]
    ops = operations(page)
    at = next(i for i, (_, op) in enumerate(ops) if op == Operator("BT"))
    write(pdf, page, [*ops[:at + 1], [[3], Operator("Tr")], *ops[at + 1:]])


def whiten(pdf, page_number):
    page = pdf.pages[page_number]
    write(pdf, page, [[[1], Operator("g")], *operations(page)])


def change_outline(pdf):
    """A byte in the middle of a font program: a glyph looks otherwise, its text stays."""
    font, _ = next(iter(fonts_of(pdf.pages[0]).values()))
    descriptor = font.DescendantFonts[0].FontDescriptor
    program = descriptor.FontFile3 if "/FontFile3" in descriptor else descriptor.FontFile2
    data = bytearray(program.read_bytes())
    data[len(data) * 3 // 4] ^= 4
    program.write(bytes(data))


# Pages and what stands beside them ---------------------------------------------------------------

def swap_pages(pdf, a, b):
    kids = pdf.Root.Pages.Kids
    kids[a], kids[b] = kids[b], kids[a]


def remove_page(pdf, page_number):
    pages = pdf.Root.Pages
    pages.Kids = Array([kid for i, kid in enumerate(pages.Kids) if i != page_number])
    pages.Count = len(pages.Kids)


def repeat_page(pdf, page_number):
    pages = pdf.Root.Pages
    copy = pdf.make_indirect(Dictionary(pages.Kids[page_number]))
    pages.Kids.append(copy)
    pages.Count = len(pages.Kids)


def annotate(pdf, page_number):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[100, 700, 120, 720], F=4,
                      Contents=String("a note"))
    pdf.pages[page_number].Annots = pdf.make_indirect(Array([pdf.make_indirect(note)]))


def add_script(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def change_structure(pdf):
    """The scope of a head: seen by no one, heard by many."""
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/S") == Name.TH:
            item.A.Scope = Name.Row if item.A.Scope == Name.Column else Name.Column
            return
    raise AssertionError("no head")


# Attachments ---------------------------------------------------------------------------------------

def attachment_names(pdf):
    return [str(name) for name in pdf.Root.Names.EmbeddedFiles.Names[::2]]


def attachment(pdf, name):
    names = pdf.Root.Names.EmbeddedFiles.Names
    for i in range(0, len(names), 2):
        if str(names[i]) == name:
            return names[i + 1].EF.F
    raise AssertionError(f"no attachment {name}")


def change_attachment(pdf, name, change, with_digest):
    """Its bytes through a function; with_digest puts size and digest right again."""
    import hashlib
    stream = attachment(pdf, name)
    data = change(stream.read_bytes())
    stream.write(data)
    if with_digest:
        stream.Params.Size = len(data)
        stream.Params.CheckSum = String(hashlib.md5(data).digest())


def attach(pdf, name, data):
    """One file more, as well made as the others."""
    import hashlib
    stream = pdf.make_stream(data, Type=Name.EmbeddedFile, Subtype=Name("/text/plain"),
                             Params=Dictionary(Size=len(data),
                                               CheckSum=String(hashlib.md5(data).digest())))
    specification = pdf.make_indirect(Dictionary(
        Type=Name.Filespec, F=String(name), UF=String(name), Desc=String(name),
        AFRelationship=Name.Supplement, EF=Dictionary(F=stream, UF=stream)))
    pdf.Root.Names.EmbeddedFiles.Names.extend([String(name), specification])
    pdf.Root.AF.append(specification)


def drop_attachments(pdf):
    del pdf.Root.Names
    del pdf.Root.AF


# The file's bytes ------------------------------------------------------------------------------------

def revise(data):
    """An incremental revision that says nothing new: the catalog once more."""
    import io
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number, root = pdf.Root.objgen[0], pdf.Root.unparse(resolved=True)
        size = int(pdf.trailer.Size)
    start = re.findall(rb"startxref\s+(\d+)", data)[-1].decode()
    at = len(data)
    body = b"%d 0 obj\n" % number + root + b"\nendobj\n"
    table = (f"xref\n{number} 1\n{at:010d} 00000 n \ntrailer\n"
             f"<</Size {size}/Root {number} 0 R/Prev {start}>>\n"
             f"startxref\n{at + len(body)}\n%%EOF\n").encode()
    return data + body + table


def other_version(pdf):
    """As if another version had written the file: its pages cannot be compared."""
    metadata = pdf.Root.Metadata
    data = metadata.read_bytes()
    changed = re.sub(rb"Banxin \d+\.\d+\.\d+", b"Banxin 9.9.9", data)
    assert changed != data
    metadata.write(changed)
