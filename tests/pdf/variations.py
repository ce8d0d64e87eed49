"""Reports that hold what the examples do not: made from one of them, into a folder."""
import json
import os
import struct
import zlib


def write_png(path, width, height, kind, pixel):
    """One colour all over; kind as in PNG's header: 0 gray, 2 RGB, 6 RGB with alpha."""
    def chunk(name, data):
        return (struct.pack(">I", len(data)) + name + data
                + struct.pack(">I", zlib.crc32(name + data)))
    rows = (b"\0" + bytes(pixel) * width) * height
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n"
                   + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def images(folder):
    kinds = {"gray.png": (0, (90,)), "rgb.png": (2, (200, 30, 30)), "alpha.png": (6, (0, 0, 200, 99))}
    for name, (kind, pixel) in kinds.items():
        write_png(os.path.join(folder, name), 30, 20, kind, pixel)
        yield {"image": name, "alt": f"图像{name}", "caption": f"图：{name}", "width": "40mm"}


PLAIN_TABLE = {"table": {
    "columns": ["40%", "30%", "30%"],
    "head": [["类别", {"text": "数量", "colspan": 2}], ["甲", "乙", "丙"]],
    "rows": [["一", "1", "2"], [{"text": "二——三", "rowspan": 2}, "3", "—"], ["5", "6"]]}}

# A dash of both lengths in one face, letters with accents, a character outside the first plane.
MARKS = {"text": "破折号——与一字线—并用；省略……；café résumé；𠮷野家“引‘内’号”。"}


def write(folder, example):
    """Paths of the reports written."""
    with open(example, encoding="utf-8") as file:
        model = json.load(file)
    model["document_number"] = "某办发〔2020〕5号"
    model["sections"]["problems"]["body"] += [*images(folder), PLAIN_TABLE, MARKS]
    signed = {"organ": model["organ"], "date": "2020-01-23"}
    for name, signature in (("signer", {**signed, "signer": {"post": "主任", "name": "张某"}}),
                            ("under-title", {**signed, "place": "title"}),
                            ("seal-space", {**signed, "seal": "space"}),
                            ("unsigned", {})):
        path = os.path.join(folder, name + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({**model, "signature": signature}, file, ensure_ascii=False)
        yield path
