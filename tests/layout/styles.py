"""The styles of layouts/styles against styles.table, which states them a second time: every attribute
of every element, so that no figure of a page changes unnoticed. A block of the table is a style, [name],
or [name as other] with only the elements that differ; one line is an element, under its parents."""
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
STYLES = os.path.join(os.path.dirname(os.path.dirname(HERE)), "layouts", "styles")
NAMING = ("kind", "section")  # tell elements of one name apart
SILENT = ("source",)  # says where a figure is from


def name_of(element):
    names = [element.get(key) for key in NAMING if element.get(key)]
    return " ".join([element.tag] + names)


def elements(root, above=""):
    """{path of names: {attribute: value}} of everything below the root."""
    found = {}
    for child in root:
        path = above + name_of(child)
        values = {k: v for k, v in child.attrib.items() if k not in NAMING + SILENT}
        if path in found:
            raise ValueError("two elements are called " + path)
        found[path] = values
        found.update(elements(child, path + " / "))
    return {path: values for path, values in found.items() if values}


def read_table(path):
    styles, current = {}, None
    with open(path, encoding="utf-8") as file:
        for line in file:
            head = re.fullmatch(r"\[([\w-]+)(?: as ([\w-]+))?\]\n", line)
            if head:
                current = dict(styles[head.group(2)]) if head.group(2) else {}
                styles[head.group(1)] = current
            elif line.strip() and not line.startswith("#"):
                name, values = line.rstrip("\n").split(": ", 1)
                current[name] = dict(re.findall(r"([\w-]+)=\"([^\"]*)\"", values))
    return styles


def main():
    table, faults = read_table(os.path.join(HERE, "styles.table")), 0
    names = sorted(name[:-len(".xml")] for name in os.listdir(STYLES) if name.endswith(".xml"))
    if names != sorted(table):
        print("styles %s, in the table %s" % (names, sorted(table)))
        faults += 1
    for name in set(names) & set(table):
        root = ElementTree.parse(os.path.join(STYLES, name + ".xml")).getroot()
        have, stated = elements(root), table[name]
        for path in sorted(set(have) | set(stated)):
            if have.get(path) != stated.get(path):
                faults += 1
                print("%s: %s\n  stated %s\n  has    %s" % (name, path, stated.get(path), have.get(path)))
    print("%d styles, %d faults" % (len(names), faults))
    return faults > 0


if __name__ == "__main__":
    sys.exit(main())
