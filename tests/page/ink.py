"""Ink as a raster shows it: distance to rules, the middle of Han, the place of page numbers.

Pages are drawn by poppler at 600 dpi in gray; a pixel is ink when more than half of it is. A cell
is measured between the edges of its rules, of which the pixel beside them is left out: it may
hold a part of the rule."""
import os
import subprocess
import tempfile

import numpy

from checks import is_han

DPI = 600
SCALE = DPI / 72
INK = 110            # darker is ink; a band's fill is near 216
TOLERANCE = 0.13     # points: one pixel of 0.12


def raster_of(path, page):
    with tempfile.TemporaryDirectory() as folder:
        base = os.path.join(folder, "page")
        subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", "-f", str(page), "-l", str(page),
                        "-singlefile", path, base], check=True)
        with open(base + ".pgm", "rb") as file:
            magic, size, most = file.readline(), file.readline(), file.readline()
            assert magic == b"P5\n" and most == b"255\n"
            width, height = (int(n) for n in size.split())
            return numpy.frombuffer(file.read(), numpy.uint8).reshape(height, width) < INK


def box_of(ink):
    """Left, top, right, bottom of what is true, in pixels; None when nothing is."""
    rows, cols = numpy.flatnonzero(ink.any(axis=1)), numpy.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return None
    return cols[0], rows[0], cols[-1] + 1, rows[-1] + 1


class Ink:
    """Holds  least: the smallest distance found; offsets: of Han from their cell's middle."""

    def __init__(self, style):
        self.style, self.faults, self.least, self.offsets = style, [], 99.0, {}

    def check(self, path, fragments, last_page):
        """All fragments of a file, and its page numbers."""
        for page in sorted({n for n, _, _ in fragments} | {1, last_page}):
            raster = raster_of(path, page)
            for n, fragment, table in fragments:
                if n == page:
                    for cell in fragment.cells:
                        self.check_cell(raster, n, fragment, table, cell)
            self.check_number(raster, page)

    def check_cell(self, raster, n, fragment, table, cell):
        half = [fragment.outer / 2 if is_outer else (fragment.inner or fragment.outer) / 2
                for is_outer in (cell.col == 0, cell.row == 0,
                                 cell.col + cell.colspan == len(fragment.xs) - 1,
                                 cell.row + cell.rowspan == len(fragment.ys) - 1)]
        edges = [(cell.box.x0 + half[0]) * SCALE, (cell.box.y0 + half[1]) * SCALE,
                 (cell.box.x1 - half[2]) * SCALE, (cell.box.y1 - half[3]) * SCALE]
        x0, y0 = int(edges[0]) + 2, int(edges[1]) + 2
        x1, y1 = int(edges[2]) - 1, int(edges[3]) - 1
        ink = raster[y0:y1, x0:x1]
        box = box_of(ink)
        if box is None:
            if cell.glyphs:
                self.faults.append(f"page {n}: {table.name}: no ink for “{cell.text()[:12]}”")
            return
        distances = (x0 + box[0] - edges[0], y0 + box[1] - edges[1],
                     edges[2] - x0 - box[2], edges[3] - y0 - box[3])
        least = min(distances) / SCALE
        self.least = min(self.least, least)
        if least < self.style.clearance - TOLERANCE:
            self.faults.append(f"page {n}: {table.name}: “{cell.text()[:16]}” is {least:.2f} pt "
                               f"from a rule")
        if len(cell.lines()) == 1 and not cell.is_part:
            self.measure_centres(raster, cell, x0, y0, x1, y1)

    def measure_centres(self, raster, cell, x0, y0, x1, y1):
        middle = (cell.box.y0 + cell.box.y1) / 2
        for g in cell.glyphs:
            if not is_han(g.text):
                continue
            left = max(x0, int(g.x * SCALE))
            right = min(x1, int((g.x + g.size) * SCALE))
            box = box_of(raster[y0:y1, left:right])
            if box:
                centre = (y0 + (box[1] + box[3]) / 2) / SCALE
                self.offsets.setdefault(g.font, []).append((centre - middle) / g.size)

    def check_number(self, raster, n):
        """The dashes' top 7 mm below the type area (GB/T 9704-2012 7.5)."""
        top = self.style.bottom + 4
        rows = raster[int(top * SCALE):int((self.style.bottom + 40) * SCALE)]
        cols = numpy.flatnonzero(rows.any(axis=0))
        if not len(cols):
            self.faults.append(f"page {n}: no ink of a page number")
            return
        dash = rows[:, cols[0]:cols[0] + int(self.style.number_size * 0.8 * SCALE)]
        found = int(top * SCALE) / SCALE + box_of(dash)[1] / SCALE - self.style.bottom
        if abs(found - self.style.number_below) > 2 * TOLERANCE:
            self.faults.append(f"page {n}: the dashes' top is {found * 25.4 / 72:.2f} mm below")

    def finish(self):
        for font, offsets in self.offsets.items():
            if len(offsets) >= 60 and abs(sum(offsets) / len(offsets)) > 0.02:
                self.faults.append(f"{font}: Han stand {sum(offsets) / len(offsets):+.3f} em off "
                                   f"the middle of their cells")
        return self.faults
