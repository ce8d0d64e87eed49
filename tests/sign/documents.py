"""Tables in documents that a test makes, between marks: <!-- NAME: begin --> and <!-- NAME: end -->."""
import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def place(name):
    return re.compile(rf"(<!-- {name}: begin -->\n)(.*?)(<!-- {name}: end -->)", re.S)


def read(path, name):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return place(name).search(file.read())[2]


def write(path, name, text):
    whole = os.path.join(ROOT, path)
    with open(whole, encoding="utf-8") as file:
        old = file.read()
    with open(whole, "w", encoding="utf-8") as file:
        file.write(place(name).sub(lambda m: m[1] + text + m[3], old))
