#!/usr/bin/env python3
"""What goes along with a report: the model byte for byte, the tables as CSV, images; and what the
metadata records of its making. The tables are built here a second time, from model and form."""
import csv
import hashlib
import io
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pikepdf

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import report_text  # noqa: E402
import variations  # noqa: E402
from spoken_tables import TABLES, cells_of  # noqa: E402

BANXIN, OUT = os.environ["BANXIN"], os.environ["BX_OUT"]
EXAMPLES = os.path.join(report_text.ROOT, "tests/examples")
BOM = "\ufeff"


def render(report, *options):
    pdf = os.path.join(OUT, os.path.basename(report) + ".pdf")
    env = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    subprocess.run([BANXIN, "render", report, "-o", pdf, "--allow-inconsistent", *options],
                   check=True, stderr=subprocess.DEVNULL, env=env)
    return pikepdf.open(pdf)


def paths_of(form):
    """(cell, row id, column id) of each figure."""
    columns = []
    for group in form.iter("colgroup"):
        columns += [(group.get("row"), col.get("id")) for col in group.iter("col")]
    rows = {cell: tr.get("id") for tr in form.iter("tr") for cell in tr}
    for cell in cells_of(form):
        if cell.element.tag == "td":
            group, name = columns[cell.col]
            yield cell, rows[cell.element] or group, cell.element.get("column") or name


def label_of(cells, figures):
    """The label beside the figures, else the lowest head over exactly them."""
    first, last = figures[0], figures[-1]
    beside = [c for c in cells if c.element.tag == "th" and c.covers_row(first.row)
              and c.element.get("scope").startswith("row") and c.col < first.col]
    above = [c for c in cells if c.element.tag == "th" and c.row < first.row
             and (c.col, c.col + c.cols) == (first.col, last.col + last.cols)]
    chosen = max(beside, key=lambda c: c.col) if beside else max(above, key=lambda c: c.row)
    return "".join(chosen.element.itertext()).strip()


def table_of(form, values):
    """Rows of the CSV, the head row first."""
    cells, figures = list(cells_of(form)), list(paths_of(form))
    columns = list(dict.fromkeys(column for _, _, column in figures))
    yield ["row", "label", *columns]
    for row in dict.fromkeys(row for _, row, _ in figures):
        own = {column: cell for cell, r, column in figures if r == row}
        yield [row, label_of(cells, list(own.values())),
               *(str(report_text.value_text(values, f"{row}/{column}")) if column in own else ""
                 for column in columns)]


def files_of(pdf):
    """Name -> file specification, of the associated files, in order."""
    return {str(spec.UF): spec for spec in pdf.Root.AF}


def check_file(name, spec, date):
    stream = spec.EF.F
    data = stream.read_bytes()
    if bytes(stream.Params.CheckSum) != hashlib.md5(data).digest():
        yield f"{name}: the checksum is not that of the file"
    if int(stream.Params.Size) != len(data):
        yield f"{name}: the size is not that of the file"
    if str(stream.Params.get("/ModDate", "")) != date:
        yield f"{name}: dated {stream.Params.get('/ModDate')} instead of {date}"
    if str(spec.F) != name or not str(spec.Desc):
        yield f"{name}: no name or description"


def check_files(pdf, report, images):
    model = report_text.read_model(report)
    signed = model.get("signature", {}).get("date")
    date = f"D:{signed.replace('-', '')}000000+08'00'" if signed else ""
    files = files_of(pdf)
    wanted = {"report.json": "/Source", **{f"{t}.csv": "/Data" for t in TABLES},
              **{name: "/Supplement" for name in images}}
    got = {name: str(spec.AFRelationship) for name, spec in files.items()}
    if set(got.items()) != set(wanted.items()) or set(pdf.attachments) != set(wanted):
        yield f"attached are {got}"
    for name, spec in files.items():
        yield from check_file(name, spec, date)
    for name in ("report.json", *images):
        path = report if name == "report.json" else os.path.join(os.path.dirname(report), name)
        with open(path, "rb") as file:
            if files[name].EF.F.read_bytes() != file.read():
                yield f"{name} is not the file that was read"


def check_tables(pdf, report):
    model, files = report_text.read_model(report), files_of(pdf)
    edition = "2019" if int(model["year"]) <= 2020 else "2021"
    for name in TABLES:
        section = model["sections"][name]
        text = files[f"{name}.csv"].EF.F.read_bytes().decode("utf-8")
        form = report_text.form_of(name, section.get("form", edition))
        got = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        wanted = list(table_of(form, section["values"]))
        if got != wanted:
            yield f"{name}.csv: {[g for g, w in zip(got, wanted) if g != w][:2]}"
        if text.startswith(BOM) or text.count("\r\n") != len(got) or text.count("\n") != len(got):
            yield f"{name}.csv: its lines do not end as RFC 4180 wants it"


def record_of(pdf):
    xmp = pdf.Root.Metadata.read_bytes().decode("utf-8")
    tree = ET.fromstring(re.search(r"<x:xmpmeta.*</x:xmpmeta>", xmp, re.S).group())
    space = "{urn:banxin:record#}"
    return {e.tag[len(space):]: [li.text for li in e.iter() if li.tag.endswith("}li")]
            for e in tree.iter() if e.tag.startswith(space)}


def check_record(pdf, report, options):
    model, record = report_text.read_model(report), record_of(pdf)
    edition = "2019" if int(model["year"]) <= 2020 else "2021"
    lock = ET.parse(os.path.join(report_text.ROOT, "fonts/lock.xml"))
    pinned = {f.get("postscript"): f"{f.get('postscript')} {f.get('sha256')} {f.get('version')}"
              for f in lock.iter("face")}
    drawn = {str(font.BaseFont).split("+")[1].removesuffix("-Identity-H").removesuffix("-Identity-V")
             for page in pdf.pages for name in page.Resources.Font.keys()
             for font in [page.Resources.Font[name]]}
    version = subprocess.run([BANXIN, "--version"], stdout=subprocess.PIPE).stdout.decode().split()[-1]
    style = ET.parse(os.path.join(report_text.LAYOUTS, "styles/gbt9704.xml")).getroot()
    wanted = {
        "version": [version],
        "options": options,
        "layouts": [f"style gbt9704 {style.get('version')}"] + [
            f"form {name} {form.get('name')} {form.get('version')}" for name in TABLES
            for form in [report_text.form_of(name, model["sections"][name].get("form", edition))]],
    }
    for name, values in wanted.items():
        if record.get(name) != values:
            yield f"recorded {name}: {record.get(name)} instead of {values}"
    if set(record["faces"]) != {pinned[name] for name in drawn}:
        yield f"recorded faces: {record['faces']}"


def check(report, images=()):
    pdf = render(report)
    yield from check_files(pdf, report, images)
    yield from check_tables(pdf, report)
    yield from check_record(pdf, report, ["profile=archive", "punctuation=gb", "allow-inconsistent"])


def check_options(report):
    pdf = render(report, "--profile", "print", "--punctuation", "keep", "--bleed", "2.5mm",
                 "--crop-marks")
    yield from check_record(pdf, report, ["profile=print", "punctuation=keep", "allow-inconsistent",
                                          "bleed-um=2500", "crop-marks"])
    bare = render(report, "--profile", "archive-2a")
    if "/AF" in bare.Root or len(bare.attachments) > 0:
        yield "archive-2a has attachments"


def main():
    reports = [os.path.join(EXAMPLES, name) for name in sorted(os.listdir(EXAMPLES))]
    varied = {os.path.basename(path): path for path in variations.write(OUT, reports[0])}
    faults = []
    for report in reports:
        faults += [f"{os.path.basename(report)}: {fault}" for fault in check(report)]
    faults += check(varied["signer.json"], ("gray.png", "rgb.png", "alpha.png"))
    faults += check_options(reports[0])
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
