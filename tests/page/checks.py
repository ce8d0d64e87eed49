"""What must hold of every page of every report, told from the finished file alone.

`Checker(report, style)` takes page after page and gathers faults; `finish()` tells those that
show only at the end. The rules are those of the issued forms, GB/T 9704-2012 7.3.5.2 and 7.5, and
of this project's way to break tables."""
import collections
import os
import re
import xml.etree.ElementTree as ET

from drawn import find_labels, fragments_of, ink_left, ink_right, lines_outside
from expected import LAYOUTS, mm, normalise
from figures import ChartStyle, check_chart, check_image

CENTRED = 0.02     # of an em: how far text may stand from its cell's centre
PLACE = 0.15       # points: places on the page
SEAL = 42 * 72 / 25.4  # points: the usual seal's diameter; its top is within a line of the text

# The first of the pinned faces of roles that headings may have.
FACES = {"heiti": "FandolHei", "kaiti": "FandolKai", "fangsong": "FandolFang", "songti": "NotoSerifCJKsc"}

# One of the three is what it is.
Item = collections.namedtuple("Item", "y0 y1 line fragment figure")


class Style:
    """The figures of a style that the pages are checked by."""

    def __init__(self, name, folder=LAYOUTS):
        root = ET.parse(os.path.join(folder, "styles", name + ".xml")).getroot()
        area = root.find("type-area")
        self.left, self.top = mm(area.get("left")), mm(area.get("top"))
        self.width, self.height = mm(area.get("width")), mm(area.get("height"))
        self.right, self.bottom = self.left + self.width, self.top + self.height
        grid = root.find("grid")
        self.em = self.width / int(grid.get("columns"))
        self.lines = int(grid.get("lines"))
        texts = {t.get("kind"): t for t in root.iter("text")}
        self.size = float(texts["body"].get("size").removesuffix("pt"))
        self.number_size = float(texts["page-number"].get("size").removesuffix("pt"))
        self.pitch = self.height / self.lines
        if grid.get("fit") == "edges":
            self.pitch = (self.height - self.size) / (self.lines - 1)
        self.clearance = min(float(t.get("clearance").removesuffix("pt"))
                             for t in root.iter("table"))
        self.whole_blank = int(root.find("pages").get("whole-blank-lines"))
        self.number_below = mm(root.find("page-number").get("below"))
        self.chart = ChartStyle(name, folder)
        self.faces = [FACES[texts[f"heading{level}"].get("role")] for level in range(1, 5)]
        # of each section's tables: text, size and alignment of what says that one goes on (TAB-02)
        self.continued = {t.get("section"): (c.get("text"), float(c.get("size").removesuffix("pt")), c.get("align"))
                          for t in root.iter("table") for c in t.iter("continued")}


class Progress:
    """How far a table is: `next` the row that comes; `rest` what split cells still owe."""

    def __init__(self, table):
        self.table, self.next, self.rest = table, 0, {}
        self.fragments = []  # (page number, first, last, fragment)
        self.row_heights = collections.defaultdict(float)

    def head_height(self):
        count = self.table.head_count
        if not self.fragments or not count:
            return 0.0
        ys = self.fragments[0][3].ys
        return ys[count] - ys[0] if len(ys) > count else 0.0


def columns_used(parts):
    return sorted({c for _, c, _, w, _, _ in parts} | {c + w for _, c, _, w, _, _ in parts})


def rows_used(parts):
    return sorted({r for r, _, h, _, _, _ in parts} | {r + h for r, _, h, _, _, _ in parts})


class Checker:
    def __init__(self, report, style, is_strict=False):
        self.report, self.style, self.faults, self.is_strict = report, style, [], is_strict
        self.tables = [Progress(t) for t in report.tables]
        self.at = self.figure_at = self.figures_seen = 0
        self.said, self.seen_levels = [], collections.defaultdict(list)
        self.seal = None  # (page number, its place)
        self.pages = []          # of each the items, top to bottom
        self.centres = collections.defaultdict(list)  # font -> offsets of baselines, in em
        self.baselines = {}      # (font, size) of body text -> baseline within the pitch
        self.fragments = []      # (page number, fragment, parts) for the ink
        self.blanks = []

    def fault(self, page, text):
        self.faults.append(f"page {page}: {text}")

    # pages -------------------------------------------------------------------------------

    def page(self, page):
        style, n = self.style, page.number
        fragments = fragments_of(page)
        self.take_seal(page)
        find_labels(page, fragments, style.chart.size)
        lines = lines_outside(page, fragments)
        numbers = [line for line in lines if line.y > style.bottom + 5]
        lines = [line for line in lines if line.y <= style.bottom + 5]
        self.check_number(n, numbers)
        items = [Item(line.y - 0.88 * line.glyphs[0].size, line.y + 0.12 * line.glyphs[0].size,
                      line, None, None) for line in lines]
        items += [Item(f.box.y0, f.box.y1, None, f, None) for f in fragments]
        items += [Item(f.box().y0, f.box().y1, None, None, f) for f in page.figures]
        items.sort(key=lambda item: item.y0)
        for a, b in zip(items, items[1:]):
            if a.y1 > b.y0 + 0.5:
                self.fault(n, f"two things overlap at {b.y0:.1f} pt")
        for item in items:
            if item.y0 < style.top - 1.5 or item.y1 > style.bottom + 1.5:
                self.fault(n, f"something stands outside the type area at {item.y0:.1f} pt")
        self.see_levels(n, lines)
        self.said = []           # items that say that a table goes on
        self.pages.append(items)
        for i, item in enumerate(items):
            if item.figure:
                self.check_figure(n, items, i)
            if item.fragment:
                self.check_table(n, items, i)
        self.check_grid(n, [item for item in items if item not in self.said])
        used = max((item.y1 for item in items), default=style.top)
        self.blanks.append((style.bottom - used) / style.pitch)

    def see_levels(self, n, lines):
        """Notes the faces of lines that start with the text of a heading; a paragraph may do so too."""
        for line in lines:
            first = next((g for g in line.glyphs if is_han(g.text)), None)
            for text, level in self.report.levels.items() if first and self.is_indented(line) else ():
                if level and len(text) > 3 and first.text in text and line.text.startswith(text):
                    self.seen_levels[text].append((n, first.font))

    def check_levels(self):
        """A heading is in the face of its level (GB/T 9704-2012 7.3.3)."""
        for text, seen in self.seen_levels.items():
            face = self.style.faces[self.report.levels[text] - 1]
            if not any(face in font for _, font in seen):
                self.fault(seen[0][0], f"the heading “{text[:12]}” of level {self.report.levels[text]} "
                                       f"is in {seen[0][1]}")

    def take_seal(self, page):
        """The seal is drawn behind all other figures, over the text; what it stands on is checked
        as where it is stamped by hand."""
        self.figures_seen += len(page.figures)
        if self.figures_seen > len(self.report.figures) and \
                isinstance(self.report.model.get("signature", {}).get("seal"), dict):
            self.seal = page.number, page.figures.pop().image
            self.figures_seen -= 1

    def check_table(self, n, items, i):
        fragment, style = items[i].fragment, self.style
        for what in fragment.faults:
            self.fault(n, f"table at {fragment.box.y0:.0f} pt: {what}")
        if abs(fragment.box.x0 + 0.5 - style.left) > 0.6 and not self.is_plain():
            self.fault(n, "a table does not start at the type area's edge")
        if self.is_plain() and self.tables[self.at].next == 0:
            self.check_caption(n, items, i, -1, self.tables[self.at].table.heading)
        self.check_continued(n, items, i)
        self.check_fragment(n, fragment)

    def check_continued(self, n, items, i):
        """Whether a table goes on is said right above its head, if the style says it at all, and nowhere else."""
        if self.at >= len(self.tables):
            return
        progress, box = self.tables[self.at], items[i].fragment.box
        table = progress.table
        text, size, align = self.style.continued.get(table.name if table.is_statutory else "plain", ("", 0, ""))
        line = items[i - 1].line if i > 0 else None
        is_said = bool(text) and line is not None and line.text == text and \
            abs(line.glyphs[0].size - size) < 0.01
        is_due = bool(text) and progress.next > 0 and \
            progress.head_height() + 2 * size < self.style.height / 2
        if is_said != is_due:
            self.fault(n, f"{table.name}: “{text}” {'is missing above' if is_due else 'stands above'} a part")
        if not is_said:
            return
        self.said.append(items[i - 1])
        x0, x1 = ink_left(line.glyphs[0]), max(ink_right(g) for g in line.glyphs)
        off = {"left": x0 - box.x0, "right": box.x1 - x1, "center": (x0 + x1 - box.x0 - box.x1) / 2}[align]
        if abs(off) > 1.0 or not 1.0 <= box.y0 - items[i - 1].y1 <= size:
            self.fault(n, f"{table.name}: “{text}” stands {off:.2f} pt off, {box.y0 - items[i - 1].y1:.2f} pt above")

    def check_caption(self, n, items, i, step, caption):
        """A caption stands right above its table, right under its figure, in the middle."""
        caption = "".join((caption or "").split())
        if not caption:
            return
        lines, text, at = [], "", i + step
        while 0 <= at < len(items) and items[at].line and len(text) < len(caption):
            text = text + items[at].line.text if step > 0 else items[at].line.text + text
            lines.append(items[at])
            at += step
        if text != caption:
            self.fault(n, f"no caption “{caption[:16]}” beside its "
                          f"{'figure' if step > 0 else 'table'}, but “{text[:16]}”")
            return
        for item in lines:
            off = (item.line.x0 + item.line.x1) / 2 - self.style.left - self.style.width / 2
            if re.fullmatch(r"[\u4e00-\u9fff0-9]*", item.line.text) and abs(off) > 0.5:
                self.fault(n, f"the caption “{item.line.text[:16]}” is {off:+.2f} pt off the middle")
        gap = lines[0].y0 - items[i].y1 if step > 0 else items[i].y0 - lines[0].y1
        if not 0 <= gap < 1.5 * self.style.pitch:
            self.fault(n, f"the caption “{caption[:16]}” stands {gap:.0f} pt away")

    def check_figure(self, n, items, i):
        figure, style = items[i].figure, self.style
        if self.figure_at >= len(self.report.figures):
            self.fault(n, "a figure that the report does not have")
            return
        expected = self.report.figures[self.figure_at]
        self.figure_at += 1
        box, is_image = figure.box(), "image" in expected.block
        if bool(figure.image) != is_image:
            self.fault(n, f"a figure that is not {expected.block}")
            return
        if box.x0 < style.left - PLACE or box.x1 > style.right + PLACE:
            self.fault(n, f"a figure from {box.x0:.1f} to {box.x1:.1f} pt leaves the type area")
        if is_image:
            top = box.y0 if self.starts_page(n, items, i) else style.top
            if self.figure_at == len(self.report.figures) and len(items) - i <= 9 and \
                    items[-1].y1 > style.bottom - 1.5 * style.pitch:
                top = style.bottom - (box.y1 - box.y0)  # made smaller for the signature below
            faults = check_image(box, expected.block, self.report.folder, style, top)
        else:
            faults, is_whole = check_chart(figure, expected, style.chart)
            if is_whole:
                self.tables = [t for t in self.tables if t.table is not expected.table]
        for what in faults:
            self.fault(n, f"figure at {box.y0:.0f} pt: {what}")
        self.check_caption(n, items, i, 1, expected.caption)

    def starts_page(self, n, items, at):
        """Whether nothing but headings, or the title, stands above."""
        while at > 0 and self.is_heading(items, at - 1):
            at -= self.heading_lines(items, at - 1)
        return at == 0 or n == 1 and items[at - 1].line and \
            items[at - 1].line.glyphs[0].size > self.style.size + 2

    def is_plain(self):
        return self.at < len(self.tables) and not self.tables[self.at].table.is_statutory

    def check_number(self, n, lines):
        """GB/T 9704-2012 7.5."""
        style = self.style
        if [line.text for line in lines] != [f"—{n}—"]:
            self.fault(n, f"page number {[line.text for line in lines]}")
            return
        line = lines[0]
        if n % 2 == 1 and abs(line.x1 - (style.right - style.number_size)) > PLACE or \
                n % 2 == 0 and abs(line.x0 - (style.left + style.number_size)) > PLACE:
            self.fault(n, "the page number is not 1 character from its outer edge")

    def check_grid(self, n, items):
        """Text of the body's size stands on the grid, after tables too (GRD-04); or, on a page that gave lines
        up for the signature, in equal steps down to the last line of the grid (GB/T 9704-2012 7.3.5.5)."""
        faces, off_grid, new = collections.defaultdict(list), [], {}
        for i, line in enumerate(item.line for item in items):
            g = next((g for g in line.glyphs if abs(g.size - self.style.size) < 0.01 and is_han(g.text)),
                     None) if line else None
            if g is None:
                continue
            off = (g.y - self.style.top) % self.style.pitch
            known = self.baselines.get(g.font)
            if known is None:  # a face seen first on an even page says nothing of its baseline
                known = new.setdefault(g.font, off)
            faces[g.font].append((i, g.y - self.style.top))
            if not self.is_on_grid(off - known):
                off_grid.append(line)
        if not off_grid:
            self.baselines.update(new)
        elif not self.is_even(items, faces):
            for line in off_grid:
                self.fault(n, f"“{line.text[:12]}” stands off the grid")

    def is_on_grid(self, y):
        off = y % self.style.pitch
        return min(off, self.style.pitch - off) < 0.06

    def is_even(self, items, faces):
        """Is the last line where the last of a page is, and does every gap between lines, tables and figures have
        its equal share of the lines that the page gave up: four at most, and no gap more than a quarter of the
        pitch? A face whose baseline is not known yet says it by its first line here, and must have another."""
        pitch, gaps, told = self.style.pitch, len(items) - 1, 0
        if gaps < 1 or not items[-1].line or abs(items[-1].y1 - self.style.bottom) > 2.5:
            return False
        fitting = [k * pitch / gaps for k in range(1, 5) if k * pitch / gaps < 0.26 * pitch]
        for font, places in faces.items():
            base = self.baselines.get(font)
            if places[-1][0] == gaps and base is not None and \
                    abs(places[-1][1] - base - (self.style.lines - 1) * pitch) > 0.1:
                return False
            first, y = (0, base) if base is not None else places[0]
            fitting = [share for share in fitting
                       if all(self.is_on_grid(at - y - (i - first) * share) for i, at in places)]
            told += sum(i > first for i, _ in places)
        return told > 0 and len(fitting) > 0

    # tables ------------------------------------------------------------------------------

    def check_fragment(self, n, fragment):
        if self.at >= len(self.tables):
            self.fault(n, "a table that the report does not have")
            return
        progress = self.tables[self.at]
        table, first = progress.table, progress.next
        repeated = table.head_count if first > 0 else 0
        if first > 0 and progress.head_height() > self.style.height / 2:
            repeated = 0  # a head that takes half the page is not set again
        last = self.find_end(fragment, table, first, repeated)
        if last is None:
            self.fault(n, f"{table.name}: rows {len(fragment.ys) - 1} and columns "
                          f"{len(fragment.xs) - 1} fit no part from row {first + 1} on")
            self.at += 1
            return
        parts = list(table.parts(first, last, repeated))
        self.fragments.append((n, fragment, table))
        goes_on = self.compare(n, fragment, progress, parts, last - first + repeated,
                               last)
        for r in range(last - first):
            top = repeated + r
            if len(fragment.ys) - 1 == last - first + repeated:
                progress.row_heights[first + r] += fragment.ys[top + 1] - fragment.ys[top]
        progress.fragments.append((n, first, last, fragment, repeated))
        progress.next = last - 1 if goes_on else last
        if goes_on:
            progress.row_heights[last - 1] = 0.0
        elif last < table.row_count():
            self.check_cut(n, progress, last)
        if progress.next >= table.row_count():
            self.check_end(progress)
            self.at += 1

    def find_end(self, fragment, table, first, repeated):
        rows, cols = len(fragment.ys) - 1, len(fragment.xs) - 1
        guess = first + rows - repeated
        for last in [guess, *range(first + 1, table.row_count() + 1)]:
            if not first < last <= table.row_count():
                continue
            parts = list(table.parts(first, last, repeated))
            if len(rows_used(parts)) - 1 == rows and len(columns_used(parts)) - 1 == cols:
                return last
            if last != guess and last - first > 3 * rows:
                break
        return None

    def compare(self, n, fragment, progress, parts, row_count, last):
        """Merges, texts and order; true when the last row goes on on the next page."""
        table, goes_on, checked = progress.table, False, []
        cols, rows = columns_used(parts), rows_used(parts)
        drawn = {(c.row, c.col, c.rowspan, c.colspan): c for c in fragment.cells}
        for r, c, h, w, text, cell in parts:
            key = (rows.index(r), cols.index(c), rows.index(r + h) - rows.index(r),
                   cols.index(c + w) - cols.index(c))
            at = f"{table.name} row {cell.row + 1} column {cell.col + 1}"
            found = drawn.pop(key, None)
            if found is None:
                self.fault(n, f"{at}: no cell of {h} x {w} for “{text[:16]}”")
                continue
            wanted = progress.rest.get(id(cell), text)
            got = found.text()
            if got != wanted and table.may_split and r + h == row_count and \
                    wanted.startswith(got):
                progress.rest[id(cell)] = wanted[len(got):]
                goes_on = goes_on or cell.row + cell.rowspan == last
            elif got != wanted:
                self.fault(n, f"{at}: “{got[:40]}” instead of “{wanted[:40]}”")
            elif id(cell) in progress.rest:
                progress.rest[id(cell)] = ""
            checked.append((at, found, cell, h))
        if goes_on:
            for r, c, h, w, text, cell in parts:
                if r + h == row_count:
                    progress.rest.setdefault(id(cell), "")
        for at, found, cell, height in checked:
            found.is_part = id(cell) in progress.rest or \
                table.may_split and height < cell.rowspan
            self.check_cell(n, at, found, cell)
        for key, found in drawn.items():
            self.fault(n, f"{table.name}: a cell more at row {key[0] + 1}, column {key[1] + 1}: "
                          f"“{found.text()[:16]}”")
        return goes_on

    def check_cell(self, n, at, found, cell):
        if not found.glyphs:
            return
        box, lines = found.box, found.lines()
        middle_x, middle_y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        size = found.glyphs[0].size
        if cell.is_upright:
            if not found.is_upright():
                self.fault(n, f"{at}: not set upright, character below character")
            for g in found.glyphs:
                if abs(g.x + g.size / 2 - middle_x) > CENTRED * size and is_han(g.text):
                    self.fault(n, f"{at}: “{g.text}” is off the column's middle")
        elif cell.align == "center":
            for line in lines:
                if re.fullmatch(r"[\u4e00-\u9fff0-9.]*", line.text) and \
                        abs((line.x0 + line.x1) / 2 - middle_x) > CENTRED * size:
                    self.fault(n, f"{at}: “{line.text}” is not centred")
        baseline = (lines[0].y + lines[-1].y) / 2
        if len({line.glyphs[0].font for line in lines}) == 1 and not found.is_part:
            self.centres[found.glyphs[0].font].append(((baseline - middle_y) / size, n, at))
        if cell.text in ("结果维持", "结果纠正", "其他结果", "尚未审结") and \
                [len(line.text) for line in lines] != [2, 2]:
            self.fault(n, f"{at}: a head of four characters is not broken after two")
        for a, b in zip(lines, lines[1:]):
            if b.y - a.y < size * 0.98 and not cell.is_upright:
                self.fault(n, f"{at}: lines stand into one another")

    def check_cut(self, n, progress, last):
        table = progress.table
        if last - 1 in table.keep_next:
            self.fault(n, f"{table.name}: a band or head is last on the page (row {last})")
        if last <= table.head_count and progress.head_height() <= self.style.height / 2:
            self.fault(n, f"{table.name}: the head stands alone")

    def check_end(self, progress):
        table = progress.table
        fragments = progress.fragments
        head = progress.head_height()
        for n, first, last, fragment, repeated in fragments[:-1]:
            if last >= table.row_count() or table.groups[last - 1] != table.groups[last]:
                continue
            group = table.groups[last]
            rows = [r for r in range(table.row_count()) if table.groups[r] == group]
            height = sum(progress.row_heights[r] for r in rows)
            if head + height <= self.style.height and not progress.rest:
                self.fault(n, f"{table.name}: the group of row {last} is cut")
        if table.is_statutory and len(fragments) > 1:
            for n, first, last, fragment, repeated in fragments:
                start = max(first, table.head_count)
                if len(set(table.groups[start:last])) < 2 and \
                        self.takes_more(progress, fragment, start, last):
                    self.fault(n, f"{table.name}: a part of one group only")

    def takes_more(self, progress, fragment, start, last):
        """Whether the group after a part of one, or that before the last part, would fit too, and the cut that
        makes is one that leaves the labels room."""
        groups, heights = progress.table.groups, progress.row_heights
        more = groups[last] if last < len(groups) else groups[start - 1]
        cut = groups.index(more) + (groups.count(more) if last < len(groups) else 0)
        if cut < len(groups) and not self.has_label_room(progress, cut):
            return False
        height = sum(heights[r] for r in range(len(groups)) if groups[r] == more)
        room = self.style.bottom - fragment.box.y0
        return fragment.box.y1 - fragment.box.y0 + height <= room

    # the whole ---------------------------------------------------------------------------

    def finish(self):
        for progress in self.tables[self.at:]:
            self.fault(len(self.pages), f"{progress.table.name}: not drawn, or not to its end")
        if self.figure_at < len(self.report.figures):
            self.fault(len(self.pages), f"{self.figure_at} figures of {len(self.report.figures)}")
        for font, offsets in self.centres.items():
            values = sorted(o for o, _, _ in offsets)
            middle = values[len(values) // 2]
            for offset, n, at in offsets:
                if abs(offset - middle) > CENTRED:
                    self.fault(n, f"{at}: {offset - middle:+.3f} em off the cell's centre")
        for n, items in enumerate(self.pages, 1):
            self.check_page_end(n, items)
        self.check_whole_or_cut()
        if self.is_strict:
            self.check_balance()
            self.check_blanks()
        self.check_title()
        self.check_levels()
        self.check_signature()
        return self.faults

    def heading_lines(self, items, at):
        """How many lines the heading has that ends with this line; 0 when none does."""
        text, first = "", at
        while first >= 0 and items[first].line and len(text) < 400:
            line = items[first].line
            text = line.text + text
            # The last line of a paragraph may say the same, at the left edge.
            is_start = self.is_indented(line) or abs(line.glyphs[0].size - self.style.size) > 0.01
            if is_start and text in self.report.headings:
                return at - first + 1
            first -= 1
        return 0

    def is_heading(self, items, at):
        return self.heading_lines(items, at) > 0

    def is_indented(self, line):
        return line.x0 > self.style.left + 1.4 * self.style.em

    def check_page_end(self, n, items):
        """No heading last on a page, none with one line of a longer paragraph; no paragraph's
        last line first on a page."""
        if n == len(self.pages) or not items:
            return
        following = self.pages[n][0] if self.pages[n] else None
        last = items[-1].line
        if last and self.is_heading(items, len(items) - 1):
            self.fault(n, f"the heading “{last.text}” is last on the page")
        goes_on = following and following.line and not self.is_indented(following.line)
        if not goes_on or not last:
            return
        if self.is_heading(items, len(items) - 2) and not self.is_heading(items, len(items) - 1):
            self.fault(n, f"one line of text under the heading “{items[-2].line.text}”")
        rest = self.pages[n][1] if len(self.pages[n]) > 1 else None
        is_text = abs(following.line.glyphs[0].size - self.style.size) < 0.01
        if is_text and following.line.x0 < self.style.left + 0.5 * self.style.em and \
                (rest is None or rest.line is None or self.is_indented(rest.line)):
            self.fault(n + 1, f"a paragraph's last line is first: “{following.line.text[:16]}”")

    def check_whole_or_cut(self):
        """A table that fits a page is kept whole for at most a third of a page."""
        style = self.style
        for progress in self.tables:
            table = progress.table
            if not table.is_statutory or len(progress.fragments) < 2:
                continue
            n = progress.fragments[0][0]
            items = self.pages[n - 1]
            at = next(i for i, item in enumerate(items)
                      if item.fragment is progress.fragments[0][3])
            while self.is_heading(items, at - 1):
                at -= self.heading_lines(items, at - 1)
            top = items[at].y0
            heading = progress.fragments[0][3].box.y0 - top
            heads = sum(f.ys[k] - f.ys[0] for _, _, _, f, k in progress.fragments)
            height = sum(f.ys[-1] - f.ys[0] for _, _, _, f, _ in progress.fragments) - heads
            blank = (style.bottom - top) / style.pitch
            if height + heading <= style.height and blank <= style.whole_blank and at > 0:
                self.fault(n, f"{table.name}: cut, though whole it would leave {blank:.1f} lines")

    def check_balance(self):
        """A table cut once is cut where its parts are most alike, of all places that the first page
        has room for, leaving a third of it blank at most. Reports whose pages gain elsewhere by
        another cut are not looked at."""
        style = self.style
        for progress in self.tables:
            table = progress.table
            if not table.is_statutory or len(progress.fragments) != 2:
                continue
            (n, _, cut, fragment, _), heights = progress.fragments[0], progress.row_heights
            rows, head = range(table.head_count, table.row_count()), progress.head_height()
            room = style.bottom - fragment.box.y0 - head
            total = sum(heights[r] for r in rows)
            balances = {}
            for r in rows[1:]:
                above = sum(heights[k] for k in rows if k < r)
                is_place = table.groups[r - 1] != table.groups[r] and \
                    len(set(table.groups[table.head_count:r])) > 1 and \
                    len(set(table.groups[r:])) > 1
                if is_place and 0 <= room - above < (style.whole_blank + 0.5) * style.pitch and \
                        total - above + head <= style.height and self.has_label_room(progress, r):
                    balances[r] = abs(total - 2 * above)
            if cut in balances and balances[cut] > min(balances.values()) + style.pitch:
                self.fault(n, f"{table.name}: cut before row {cut + 1}, less balanced than before "
                              f"row {min(balances, key=balances.get) + 1}")

    def check_blanks(self):
        """No page but the last has more than a third of its lines blank."""
        for n, blank in enumerate(self.blanks[:-1], 1):
            if blank > self.style.lines / 3:
                self.fault(n, f"{blank:.1f} lines are blank")

    @staticmethod
    def has_label_room(progress, row):
        """Whether the labels whose spans a cut before this row parts have room on both sides."""
        heights = progress.row_heights
        for cell in progress.table.cells:
            end = cell.row + cell.rowspan
            if cell.repeats and cell.row < row < end:
                need = len(cell.text) * 11
                if sum(heights[r] for r in range(cell.row, row)) < need or \
                        sum(heights[r] for r in range(row, end)) < need:
                    return False
        return True

    def check_signature(self):
        signature = self.report.model.get("signature")
        if not signature or signature.get("place") == "title":
            return
        organ, date = signature.get("organ"), signature.get("date")
        if date:
            date = "{}年{}月{}日".format(*(int(part) for part in date.split("-")))
        style, texts = self.style, [t for t in (organ, date) if t]
        if not texts:
            return
        found = []
        for n, items in enumerate(self.pages, 1):
            found += [(n, i, items) for i, item in enumerate(items)
                      if item.line and item.line.text in texts]
        found = found[-len(texts):]
        if [items[i].line.text for n, i, items in found] != texts:
            if len(organ or "") <= 28:
                self.fault(len(self.pages), "organ and date of the signature are not found")
            return
        n, i, items = found[0]
        if any(page != n for page, _, _ in found):
            self.fault(n, "organ and date stand on two pages")
        above = [item for item in items[:i]]
        rows = sum(1 if item.line else 2 for item in above
                   if not (item.line and self.is_signer(item.line.text)))
        if n > 1 and rows < 2:
            self.fault(n, "the signature stands alone on its page")
        if len(texts) < 2:
            return
        organ, date = (items[i].line for _, i, items in found)
        if signature.get("seal", "none") != "none":
            self.check_sealed(n, organ, date)
            self.check_seal(n, organ, date)
            room = organ.y - 0.5 * organ.glyphs[0].size - items[i - 1].y1 if i else SEAL
            seal = signature["seal"]
            height = mm(seal.get("diameter", "42mm")) if isinstance(seal, dict) else SEAL
            if not min(height / 2 - style.pitch, height - date.y + organ.y - style.pitch) < room < SEAL:
                self.fault(n, f"{room:.0f} pt above the organ are no room for half a seal")
        elif "signer" not in signature:
            self.check_unsealed(n, organ, date)
        if "signer" in signature:
            self.check_signer(n, items, signature["signer"])

    def check_seal(self, n, organ, date):
        """Upright over both, its middle above them, its diameter as asked."""
        signature = self.report.model["signature"]
        if not isinstance(signature["seal"], dict):
            return
        page, box = self.seal or (None, None)
        if page != n:
            self.fault(n, "the seal is not on the signature's page")
            return
        diameter = mm(signature["seal"].get("diameter", "42mm"))
        if abs(max(box.x1 - box.x0, box.y1 - box.y0) - diameter) > 0.5:
            self.fault(n, f"the seal is {box.x1 - box.x0:.1f} pt wide instead of {diameter:.1f}")
        middle = (box.x0 + box.x1) / 2 - (date.x0 + date.x1) / 2
        if abs(middle) > 0.5:
            self.fault(n, f"the seal is {middle:+.1f} pt off the date's middle")
        is_over = box.y0 < organ.y - organ.glyphs[0].size and box.y1 > date.y
        if not is_over and "signer" not in signature:  # who signs stands between them
            self.fault(n, "the seal does not cover organ and date")

    def check_sealed(self, n, organ, date):
        """7.3.5.1: the date ends 4 characters from the right, the organ is centred on it; one
        that would pass the edge moves left together with the date."""
        style = self.style
        wide, high = cells_of(date.text) * style.em, cells_of(organ.text) * style.em
        date_x = style.right - 4 * style.em - wide
        organ_x = date_x + (wide - high) / 2
        over = max(0.0, organ_x + high - style.right)
        for name, line, x in ("organ", organ, organ_x - over), ("date", date, date_x - over):
            if abs(line.x0 - x) > 0.5:
                self.fault(n, f"the sealed {name} starts {line.x0 - x:+.2f} pt off its place")

    def check_signer(self, n, items, signer):
        """7.3.5.3: the name ends 4 characters from the right, the post 2 to its left."""
        post, name = ("".join(signer.get(k, "").split()) for k in ("post", "name"))
        line = next((i.line for i in items if i.line and i.line.text == post + name), None)
        if not post or not name or line is None or not (post + name).isalpha():
            return
        em = self.style.em
        end = line.glyphs[len(post) - 1]
        for what, off in (
                ("name ends", line.x1 - (self.style.right - 4 * em)),
                ("post ends", end.x + end.advance - (self.style.right - (6 + len(name)) * em))):
            if abs(off) > 0.5:
                self.fault(n, f"the signer's {what} {off:+.2f} pt off its place")

    def check_title(self):
        """Number, a blank line, the title, a blank line; all centred (GB/T 9704-2012 7.3.1)."""
        style, items = self.style, self.pages[0]
        lines = [item.line for item in items if item.line]
        titles = [line for line in lines if line.glyphs[0].size > style.size + 2]
        number = "".join(self.report.model.get("document_number", "").split())
        heads = lines[:1] + titles if number else titles
        for line in heads:
            off = (line.x0 + line.x1) / 2 - style.left - style.width / 2
            if re.fullmatch(r"[\u4e00-\u9fff0-9〔〕]*", line.text) and abs(off) > 0.5:
                self.fault(1, f"“{line.text}” is {off:+.2f} pt off the middle")
        if number and lines[0].text != number:
            self.fault(1, f"“{lines[0].text}” stands where the document number belongs")
        wanted = self.report.model.get("title")
        if isinstance(wanted, list) and "".join(line.text for line in titles) != \
                "".join(normalise("".join(part.split())) for part in wanted):
            self.fault(1, "the title is not drawn as it is")
        after = lines.index(titles[-1]) + 1 if titles else 0
        for a, b in ([(lines[0], titles[0])] if number and titles else []) + \
                ([(titles[-1], lines[after])] if titles and len(lines) > after else []):
            if round((b.y - a.y) / style.pitch) != 2:
                self.fault(1, f"not one blank line above “{b.text[:12]}”")

    def is_signer(self, text):
        signer = self.report.model["signature"].get("signer", {})
        return text == "".join(signer.get(k, "") for k in ("post", "name"))

    def check_unsealed(self, n, organ, date):
        """GB/T 9704-2012 7.3.5.2. Cells count, not ink: digits are half an em wide."""
        style = self.style
        width = {id(line): cells_of(line.text) * style.em for line in (organ, date)}
        right = style.right - 2 * style.em
        if width[id(date)] > width[id(organ)]:
            date_x, organ_x = right - width[id(date)], right - width[id(date)] - 2 * style.em
        else:
            organ_x = max(right - width[id(organ)], style.left)
            date_x = min(organ_x + 2 * style.em, style.right - width[id(date)])
        for name, line, x in ("organ", organ, organ_x), ("date", date, date_x):
            if abs(line.x0 - x) > 0.5:
                self.fault(n, f"the signature's {name} starts {line.x0 - x:+.2f} pt off its place")


def cells_of(text):
    return sum(0.5 if c.isascii() else 1 for c in text)


def is_han(text):
    return "\u4e00" <= text <= "\u9fff"
