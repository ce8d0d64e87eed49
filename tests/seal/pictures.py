"""Pictures of seals for tests: a red ring with a disc in it, the seal of no one."""
import os
import struct
import zlib

SVG = os.path.join(os.path.dirname(os.path.abspath(__file__)), "seal.svg")


def coverage(distance):
    """How much of a pixel lies inside an edge, by the way from its middle to the edge."""
    return min(1.0, max(0.0, distance + 0.5))


def ring(x, y, radius):
    away = (x * x + y * y) ** 0.5
    outer = min(coverage(radius - away), coverage(away - 0.92 * radius))
    return max(outer, coverage(0.25 * radius - away))


def write(path, side=300, margin=0, has_alpha=True, colour=(230, 0, 18)):
    """A PNG whose ink is `side` pixels wide, blank around it on every side but twice as much at the left;
    on white paper without alpha."""
    width, height = side + 3 * margin, side + 2 * margin
    rows = bytearray()
    for row in range(height):
        rows.append(0)
        for column in range(width):
            alpha = ring(column + 0.5 - 2 * margin - side / 2, row + 0.5 - margin - side / 2, side / 2)
            if has_alpha:
                rows += bytes((*colour, round(255 * alpha)))
            else:
                rows += bytes(round(255 + (c - 255) * alpha) for c in colour)

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" +
                   chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6 if has_alpha else 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b""))
    return path
