#!/usr/bin/env python3
"""Single bytes changed at random: `verify` finds something, or nothing that anyone can see or take
out of the file has changed.

Half of the changes are made to a file as it is rendered, where every byte is compared with the file
written again; half to one that says another version made it, where verify has to understand what
it sees. What "nothing has changed" means is decided by poppler. BX_RANDOM_BYTES says how many."""
import io
import os
import random
import subprocess
import sys
import tempfile

import pikepdf

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "cli")]
import forge  # noqa: E402
from command import DONE, SAMPLE, run  # noqa: E402

COUNT = int(os.environ.get("BX_RANDOM_BYTES", "20"))
KNOWN = (0, 2, 3, 8)


def seen(path, folder):
    """All that poppler gives: text as drawn and by structure, each page's pixels, attachments."""
    got = []
    for words in (["pdftotext", "-raw", path, "-"], ["pdfinfo", "-struct-text", path],
                  ["pdftoppm", "-r", "40", "-gray", path]):
        got.append(subprocess.run(words, capture_output=True).stdout)
    out = tempfile.mkdtemp(dir=folder)
    subprocess.run(["pdfdetach", "-saveall", "-o", out, path], capture_output=True)
    for name in sorted(os.listdir(out)):
        with open(os.path.join(out, name), "rb") as file:
            got.append((name, file.read()))
    return got


def other_version(data):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        forge.other_version(pdf)
        pdf.save(out, fix_metadata_version=False,
                 object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def has_finding(done):
    """Anything but the note that pages cannot be compared."""
    lines = [line for line in done.told.splitlines() if line]
    return any('"code":"VERIFY-NOT"' not in line for line in lines)


def main():
    rendered = run("render", SAMPLE, "-o", "-")
    assert rendered.returncode == DONE, rendered.told
    files = {"own": rendered.stdout, "other": other_version(rendered.stdout)}
    chance = random.Random(1)
    found, same, faults = 0, 0, []
    with tempfile.TemporaryDirectory(dir=os.environ.get("BX_OUT")) as folder:
        path = os.path.join(folder, "a.pdf")
        wanted = {}
        for name, data in files.items():
            with open(path, "wb") as file:
                file.write(data)
            wanted[name] = seen(path, folder)
        for i in range(COUNT):
            name = ("own", "other")[i % 2]
            data = bytearray(files[name])
            at, by = chance.randrange(len(data)), chance.randrange(1, 256)
            data[at] ^= by
            with open(path, "wb") as file:
                file.write(data)
            done = run("verify", path, "--findings", "json")
            if done.returncode not in KNOWN:
                faults.append(f"{name}, byte {at} ^ {by}: status {done.returncode}: {done.told}")
            elif done.returncode != DONE or has_finding(done):
                found += 1
            elif seen(path, folder) == wanted[name]:
                same += 1
            else:
                faults.append(f"{name}, byte {at} ^ {by}: nothing found, but something changed")
    for fault in faults:
        print(fault)
    print(f"random bytes: {COUNT} changes, {found} found, {same} without effect, "
          f"{len(faults)} missed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
