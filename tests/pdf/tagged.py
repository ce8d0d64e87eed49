"""The structure tree of a finished file with the text of its elements, read with pikepdf: what a
screen reader gets, put together from marked content, ToUnicode and ActualText."""
import re

import pikepdf


def unicode_map(font):
    """Code -> text, of a ToUnicode made of ranges with arrays."""
    codes = {}
    text = font.ToUnicode.read_bytes().decode("latin-1")
    for first, body in re.findall(r"<([0-9A-F]{4})><[0-9A-F]{4}>\[(.*?)\]", text, re.S):
        for i, value in enumerate(re.findall(r"<([0-9A-F]+)>", body)):
            codes[int(first, 16) + i] = bytes.fromhex(value).decode("utf-16-be")
    return codes


def decode(codes, string):
    raw = bytes(string)
    return "".join(codes[raw[i] << 8 | raw[i + 1]] for i in range(0, len(raw), 2))


ARTIFACTS = -1


def texts_of_page(page, maps, hears_actual_text):
    """MCID -> text of a page; under ARTIFACTS what stands outside the tree."""
    texts, stack, font = {ARTIFACTS: ""}, [], None
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            entry = operands[1] if name == "BDC" else {}
            mcid = int(entry["/MCID"]) if "/MCID" in entry else None
            said = str(entry["/ActualText"]) if "/ActualText" in entry else None
            said = said if hears_actual_text else None
            stack.append((mcid, said))
            if mcid is not None:
                texts[mcid] = said or ""
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            font = page.Resources.Font[str(operands[0])]
        elif name in ("Tj", "TJ"):
            mcid, said = stack[-1]
            if said is not None:
                continue
            mcid = ARTIFACTS if mcid is None else mcid
            key = font.objgen
            if key not in maps:
                maps[key] = unicode_map(font)
            strings = operands[0] if name == "TJ" else [operands[0]]
            texts[mcid] += "".join(decode(maps[key], s) for s in strings
                                   if isinstance(s, pikepdf.String))
    return texts


class Tagged:
    """A file, its elements by ID, and the text of each element."""

    def __init__(self, path, hears_actual_text=True):
        self.pdf = pikepdf.open(path)
        self.maps = {}
        self.texts = {page.obj.objgen: texts_of_page(page, self.maps, hears_actual_text)
                      for page in self.pdf.pages}
        self.root = self.pdf.Root.StructTreeRoot
        self.ids = {}
        for element in self.walk(self.root.K):
            if "/ID" in element:
                self.ids[bytes(element.ID)] = element

    def kids(self, element):
        kids = element.get("/K")
        if kids is None:  # a blank cell
            return []
        return list(kids) if isinstance(kids, pikepdf.Array) else [kids]

    def walk(self, element):
        """The element and all below it, in reading order."""
        yield element
        for kid in self.kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from self.walk(kid)

    def text(self, element):
        """Of the element's own content and of all below it."""
        parts = []
        for kid in self.kids(element):
            if isinstance(kid, int):
                parts.append(self.texts[element.Pg.objgen][kid])
            elif kid.get("/Type") == "/MCR":
                parts.append(self.texts[kid.Pg.objgen][int(kid.MCID)])
            elif "/S" in kid:
                parts.append(self.text(kid))
        return "".join(parts)

    def pages(self, element):
        """Where an element has content, in the order of reading: keys of self.texts."""
        found = []
        for kid in self.kids(element):
            if isinstance(kid, int):
                found.append(element.Pg.objgen)
            elif kid.get("/Type") == "/MCR":
                found.append(kid.Pg.objgen)
            elif "/S" in kid:
                found += self.pages(kid)
        return list(dict.fromkeys(found))

    def attributes(self, element):
        found = element.get("/A", pikepdf.Dictionary())
        return found if isinstance(found, pikepdf.Dictionary) else found[0]

    def heads(self, cell):
        """The elements that a cell names as its heads."""
        return [self.ids[bytes(name)] for name in self.attributes(cell).get("/Headers", [])]
