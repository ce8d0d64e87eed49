#!/usr/bin/env python3
"""Single bytes of signed files changed at random: `verify` finds each, or what was changed is nothing that
anybody verifies.

The files: B-B, certified and countersigned, signed with SM2, B-LTA. With both roots trusted none of them has a
warning before; found is an exit status or a warning. Without effect is a change of the case of a digit in
Contents, and a byte of a CMS object outside its signed attributes, its signature, its certificates and its
time-stamp: what RFC 5652 repeats for the reader's convenience. BX_SIGNED_BYTES says how many changes."""
import json
import os
import random
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cms  # noqa: E402
import command  # noqa: E402
from pki import Pki  # noqa: E402
from tsa import Tsa  # noqa: E402

COUNT = int(os.environ.get("BX_SIGNED_BYTES", "60"))
OUT = os.environ.get("BX_OUT")


def make(folder):
    pki = Pki(folder)
    pki.add_times()
    tsa = Tsa(pki)

    def path(name):
        return os.path.join(folder, name + ".pdf")

    def run(*args):
        done = command.run(*args)
        if done.returncode != 0:
            sys.exit(done.told)
    run("render", command.SAMPLE, "-o", path("plain"))
    run("render", command.SAMPLE, "-o", path("fields"), "--signature-field", "2")
    run("sign", path("plain"), "-o", path("b"), *pki.args("rsa"))
    run("sign", path("plain"), "-o", path("sm2"), *pki.args("sm2"))
    run("sign", path("fields"), "-o", path("first"), "--certify", *pki.args("rsa"))
    run("sign", path("first"), "-o", path("twice"), *pki.args("p256"))
    run("sign", path("plain"), "-o", path("lta"), *pki.args("p256"), "--level", "lta", "--tsa",
        tsa.url("ok"), *pki.trust(), *pki.crls())
    tsa.close()
    return pki, [path(name) for name in ("b", "sm2", "twice", "lta")]


def is_told(folder, data, trust):
    with tempfile.TemporaryDirectory(dir=folder) as own:
        path, report = os.path.join(own, "a.pdf"), os.path.join(own, "a.json")
        with open(path, "wb") as file:
            file.write(data)
        done = command.run("verify", path, "--report", report, *trust)
        if done.returncode not in (0, 2, 3, 8):
            return None
        levels = []
        if os.path.exists(report):
            with open(report, encoding="utf-8") as file:
                levels = [f["level"] for f in json.load(file)["findings"]]
    return done.returncode != 0 or "warning" in levels


def verified(der):
    """What is verified of a CMS object: attributes, signature, certificates, unsigned attributes."""
    data = cms.items(cms.items(cms.items(der)[1])[0])
    info, = cms.items(data[-1])
    return [part for part in data if part[0] == 0xA0] + \
        [part for part in cms.items(info) if part[0] in (0xA0, 0xA1, 0x04)]


def is_without_effect(old, new, at):
    for _, der, (_, start, end, _) in cms.signatures(old):
        if start < at < end - 1:
            if chr(old[at]).lower() == chr(new[at]).lower():
                return True
            try:
                changed = bytes.fromhex(new[start + 1:end - 1].decode())
                return verified(changed) == verified(der)
            except (ValueError, IndexError):
                return False
    return False


def main():
    chance = random.Random(5)
    counts, faults = {"found": 0, "without effect": 0}, []
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        pki, paths = make(folder)
        files = []
        for path in paths:
            with open(path, "rb") as file:
                files.append(file.read())
            if is_told(folder, files[-1], pki.trust()) is not False:
                faults.append(f"{os.path.basename(path)} is told of before it is changed")

        def change(i):
            old = files[i % len(files)]
            # Half of the changes hit what signing added.
            least = len(files[0]) - 16000 if i // len(files) % 2 else 0
            at, by = chance.randrange(least, len(old)), chance.randrange(1, 256)
            return i, old, at, by

        def judge(job):
            i, old, at, by = job
            new = bytearray(old)
            new[at] ^= by
            told = is_told(folder, bytes(new), pki.trust())
            return job, told, told is False and is_without_effect(old, bytes(new), at)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for (i, _, at, by), told, is_nothing in pool.map(judge, [change(i) for i in range(COUNT)]):
                if told:
                    counts["found"] += 1
                elif is_nothing:
                    counts["without effect"] += 1
                else:
                    faults.append(f"{os.path.basename(paths[i % len(paths)])}: byte {at} ^ {by}: " +
                                  ("nothing found" if told is False else "no status of verify's"))
    print("\n".join(faults))
    print(f"signed bytes: {COUNT} changes, {counts['found']} found, "
          f"{counts['without effect']} without effect, {len(faults)} missed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
