"""Forms as provinces have them: the issued ones with rows more and with long explanations in their
labels, written into a folder of layouts that --layouts names."""
import os
import shutil
import xml.etree.ElementTree as ET

from expected import LAYOUTS, place_cells

LONG = "（指本机关在本年度内依照规定制作或者获取并且已经通过政府网站、政府公报、新闻发布会以及报刊、广播、电视等便于公众知晓的方式对外公开的全部内容）"


def make_folder(folder):
    """A copy of the project's layouts, for forms to be added."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(LAYOUTS, folder)
    return folder


def add_row(form, row, name):
    """A row more behind this one, under the same spans; its id ends in the name."""
    for part in form.find("table"):
        if row not in list(part):
            continue
        rows = list(part)
        at, shaped = rows.index(row), [
            [(c, int(c.get("rowspan", 1)), int(c.get("colspan", 1))) for c in tr] for tr in rows]
        own = ET.Element("tr", {"id": "/".join([*row.get("id").split("/")[:-1], name])})
        for r, _, rowspan, _, cell in place_cells(shaped):
            if r <= at < r + rowspan and rowspan > 1:
                cell.set("rowspan", str(rowspan + 1))
            elif r == at:
                own.append(ET.fromstring(ET.tostring(cell)))
        next(c for c in own if c.tag == "th").text = "其他事项" + name[-1]
        part.insert(at + 1, own)
        return


def write_form(folder, edition, section, name, rows=(), labels=()):
    """The form of this edition under another name, with a row more behind the rows of these ids and
    labels of 70 characters in the rows of those; gives its values' shape, None in every cell."""
    form = ET.parse(os.path.join(LAYOUTS, "forms", edition, section + ".xml")).getroot()
    form.set("name", name)
    for i, row in enumerate(rows):
        add_row(form, form.find(f".//tr[@id='{row}']"), f"own_{i}")
    for row in labels:
        form.find(f".//tr[@id='{row}']").findall("th")[-1].text += LONG[:70]
    os.makedirs(os.path.join(folder, "forms", name), exist_ok=True)
    ET.ElementTree(form).write(os.path.join(folder, "forms", name, section + ".xml"),
                               encoding="utf-8", xml_declaration=True)
    return values_of(form)


def values_of(form):
    columns = [(group.get("row"), col.get("id")) for group in form.iter("colgroup")
               for col in group.iter("col")]
    trs = list(form.iter("tr"))
    shaped = [[(c, int(c.get("rowspan", 1)), int(c.get("colspan", 1))) for c in tr] for tr in trs]
    values = {}
    for r, col, _, _, cell in place_cells(shaped):
        if cell.tag != "td":
            continue
        group, column = columns[col]
        steps, at = (trs[r].get("id") or group).split("/") + [cell.get("column") or column], values
        for step in steps[:-1]:
            at = at.setdefault(step, {})
        at[steps[-1]] = None
    return values


def rows_of(edition, section):
    """The ids of a form's rows of figures."""
    form = ET.parse(os.path.join(LAYOUTS, "forms", edition, section + ".xml")).getroot()
    return [tr.get("id") for tr in form.iter("tr") if tr.get("id") and tr.find("th") is not None]


def filled(values, value):
    if isinstance(values, dict):
        return {name: filled(one, value) for name, one in values.items()}
    return value
