"""The list that the floor program works on: the faces a report is set in, each with exactly the
characters set in it.

Read off `banxin dump --stage pages` and fonts/lock.xml, which says where a face lies.
"""
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

RUN = re.compile(r"run -?\d+ -?\d+ \d+ (\S+) .*? #[0-9a-f]{8} (.*)")
ESCAPE = re.compile(r"\\(n|t|\\|x[0-9a-f]{2})")


def unescape(text):
    plain = {"n": "\n", "t": "\t", "\\": "\\"}
    return ESCAPE.sub(lambda m: plain.get(m.group(1)) or chr(int(m.group(1)[1:], 16)), text)


def characters_by_face(dump):
    """PostScript name -> the characters drawn in it, sorted, in the order the faces occur."""
    faces = {}
    for line in dump.split("\n"):
        match = RUN.match(line)
        if match:
            faces.setdefault(match.group(1), set()).update(unescape(match.group(2)))
    return {name: "".join(sorted(c for c in found if c >= " "))
            for name, found in faces.items()}


def pinned_faces():
    """PostScript name -> (file, index) of every face that the lock pins."""
    fonts = os.path.join(ROOT, "fonts")
    lock = ElementTree.parse(os.path.join(fonts, "lock.xml"))
    return {face.get("postscript"): (os.path.join(fonts, face.get("file")), int(face.get("index")))
            for face in lock.iter("face")}


def write(path, banxin, report, options):
    dump = subprocess.run([banxin, "dump", report, "--stage", "pages", *options], check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    faces, pinned = characters_by_face(dump), pinned_faces()
    if not faces:
        raise SystemExit("bench: the dump of pages shows no run")
    with open(path, "w", encoding="utf-8") as file:
        for name, text in faces.items():
            file.write("%s\t%d\t%s\n" % (*pinned[name], text))
