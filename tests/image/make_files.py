#!/usr/bin/env python3
"""Makes the small pictures in tests/image/files/: every colour type of PNG at every depth, plain
and interlaced, by an encoder of its own; JPEGs through Pillow; a few SVGs.

    make_files.py FOLDER

Pixels follow formulas that the tests know too: see tests/image/picture.h."""
import os
import struct
import sys
import zlib

from PIL import Image

WIDTH, HEIGHT = 11, 9  # odd, so that rows of 1, 2 and 4 bits end inside a byte
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
          (0, 1, 1, 2)]
GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6


def red(x, y):
    return x * 23


def green(x, y):
    return y * 28


def blue(x, y):
    return 255 - x * 11 - y * 3


def alpha(x, y):
    return (x * 20 + y * 5) % 256


def sample(kind, depth, x, y):
    """The numbers of a pixel, each of `depth` bits."""
    most = (1 << depth) - 1
    if kind in (GRAY, PALETTE):
        return [(x + 3 * y) % (most + 1)] if depth < 8 else [red(x, y) * (257 if depth == 16 else 1)]
    values = {RGB: [red, green, blue], GRAY_ALPHA: [red, alpha],
              RGBA: [red, green, blue, alpha]}[kind]
    return [value(x, y) * (257 if depth == 16 else 1) for value in values]


def row_bytes(kind, depth, xs, y):
    if depth >= 8:
        form = ">B" if depth == 8 else ">H"
        return b"".join(struct.pack(form, v) for x in xs for v in sample(kind, depth, x, y))
    bits = "".join(f"{sample(kind, depth, x, y)[0]:0{depth}b}" for x in xs)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(
        ">I", zlib.crc32(name + data))


def png(kind, depth, interlaced, extra=b""):
    rows = b""
    for left, top, step_x, step_y in PASSES if interlaced else [(0, 0, 1, 1)]:
        xs = range(left, WIDTH, step_x)
        for y in range(top, HEIGHT, step_y) if len(xs) else ():
            rows += b"\0" + row_bytes(kind, depth, xs, y)
    out = b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, kind, 0, 0, interlaced))
    if kind == PALETTE:
        out += chunk(b"PLTE", b"".join(
            bytes([i, 255 - i, i * 7 % 256]) for i in range(1 << depth)))
    return out + extra + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def photo(size=(48, 32)):
    image = Image.new("RGB", size)
    for x in range(size[0]):
        for y in range(size[1]):
            image.putpixel((x, y), (x * 5, y * 7, 128))
    return image


def corners():
    """Four flat blocks, so that a turned picture is told from any other: red, green / blue, gray."""
    image = Image.new("RGB", (48, 32))
    for x in range(48):
        for y in range(32):
            top = (255, 0, 0) if x < 24 else (0, 255, 0)
            bottom = (0, 0, 255) if x < 24 else (128, 128, 128)
            image.putpixel((x, y), top if y < 16 else bottom)
    return image


SVG = {
    "plain.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48">'
                 '<rect width="48" height="48" fill="#ff0000"/></svg>\n',
    "box.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
               '<rect width="200" height="100" fill="#336699"/></svg>\n',
    "sizeless.svg": '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>\n',
    "file.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
                '<image href="other.png" width="9" height="9"/></svg>\n',
    "network.svg": '<svg xmlns="http://www.w3.org/2000/svg" '
                   'xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
                   '<use xlink:href="http://localhost/x.svg#a"/></svg>\n',
    "url.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
               '<rect width="9" height="9" style="fill: url( \'other.svg#a\')"/></svg>\n',
    "import.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
                  '<style>@import "other.css";</style></svg>\n',
    "include.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
                   '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="#x"/></svg>\n',
    "entity.svg": '<!DOCTYPE svg [<!ENTITY e "<rect width=\'9\' height=\'9\'/>">]>'
                  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">&e;</svg>\n',
    "laughs.svg": '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
                  + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi"))
                  + ']><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" id="&i;"/>\n',
    "huge.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
                '<image width="9" height="9" href="data:image/png;base64,%HUGE%"/></svg>\n',
    "link.svg": '<svg xmlns="http://www.w3.org/2000/svg" '
                'xmlns:xlink="http://www.w3.org/1999/xlink" width="96" height="48">'
                '<defs><linearGradient id="g"><stop offset="0" stop-color="#00ff00"/>'
                '</linearGradient></defs><a xlink:href="https://example.com/">'
                '<rect width="96" height="48" fill="url(#g)"/></a></svg>\n',
}


def main(folder):
    import base64
    files = {}
    for name, kind, depths in ("gray", GRAY, (1, 2, 4, 8, 16)), ("rgb", RGB, (8, 16)), \
            ("palette", PALETTE, (1, 2, 4)), ("gray-alpha", GRAY_ALPHA, (8, 16)), \
            ("rgba", RGBA, (8, 16)):
        for depth in depths:
            files[f"{name}{depth}.png"] = png(kind, depth, 0)
            files[f"{name}{depth}-interlaced.png"] = png(kind, depth, 1)
    files["palette4-clear.png"] = png(PALETTE, 4, 0, chunk(b"tRNS", bytes(range(0, 160, 10))))
    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0))
    files["huge.png"] = head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    for name, text in SVG.items():
        files[name] = text.replace("%HUGE%", base64.b64encode(files["huge.png"]).decode()).encode()
    for name, data in files.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)

    def save(image, name, **options):
        image.save(os.path.join(folder, name), quality=90, **options)

    save(photo(), "ycc.jpg", dpi=(300, 300))
    save(photo(), "progressive.jpg", progressive=True, subsampling=0)
    save(photo().convert("L"), "gray.jpg")
    save(photo().convert("CMYK"), "cmyk.jpg")
    save(corners(), "corners.jpg", subsampling=0)


if __name__ == "__main__":
    main(sys.argv[1])
