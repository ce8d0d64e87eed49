#!/usr/bin/env python3
"""Every kind of key, by every way to it, at every level, and what every checker says: the table of both READMEs,
which must be what comes out. --write writes it.

A cell lists the levels a checker confirms; a dash is a checker that does not know SM2 (poppler, pyHanko).
banxin and pyHanko are given the roots to trust; pyHanko wants the revocation data out of the file. openssl
verifies the signature over the DER attributes with the certificate's key, for SM2 with the identity;
BouncyCastle the CMS object over the covered bytes, the certificate it names and the time-stamp in it;
veraPDF the file, by PDF/A-3a and PDF/UA-1."""
import json
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pdf"))
import cms  # noqa: E402
import command  # noqa: E402
import documents  # noqa: E402
import others  # noqa: E402
import verapdf  # noqa: E402
from command import DONE  # noqa: E402
from pki import PIN, Pki, openssl  # noqa: E402
from token_store import MODULE, PIN as TOKEN_PIN, Token  # noqa: E402
from tsa import Tsa  # noqa: E402

OUT = os.environ["BX_OUT"]
LEVELS = ("b", "t", "lt", "lta")
KINDS = {"rsa": "RSA-3072", "p256": "P-256", "sm2": "SM2"}
DIGESTS = {"rsa": "sha256", "p256": "sha256", "sm2": "sm3"}
WAYS = {"PKCS #12": "p12", "PEM": "pem", "PKCS #11": "p11", "device": "device",
        "platform": "platform"}  # of PKCS #11 there is no SM2
CHECKERS = ("banxin", "pyHanko", "pdfsig", "openssl", "BouncyCastle", "veraPDF")
MARK = "signatures"


class Maker:
    def __init__(self, folder):
        self.folder = folder
        self.pki = Pki(folder)
        self.pki.add_times()
        self.tsa = Tsa(self.pki)
        self.token = Token(self.path("token"))
        for label, kind in (("token-p256", "EC:prime256v1"), ("token-rsa", "rsa:3072")):
            self.token.make(self.pki, label, kind)
        with open(self.path("token-pin"), "w", encoding="ascii") as file:
            file.write(TOKEN_PIN + "\n")
        self.plain = self.path("plain.pdf")
        self.run("render", command.SAMPLE, "-o", self.plain)
        for key in KINDS:
            openssl("pkcs12", "-export", "-inkey", self.pki.key(key), "-in", self.pki.cert(key),
                    "-passout", "env:PIN", "-out", self.path(key + ".p12"),
                    env={**os.environ, "PIN": PIN})

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *args):
        done = command.run(*args, env=command.environment(**self.token.environment()))
        if done.returncode != DONE:
            sys.exit(f"banxin {' '.join(args)}: {done.told}")
        return done.stdout.decode().split()

    def cert(self, way, key):
        return self.pki.cert("token-" + key if way == "p11" else key)

    def more(self, level):
        """What a level needs."""
        options = [] if level == "b" else ["--level", level, "--tsa", self.tsa.url("ok"),
                                           *self.pki.trust()]
        return options + (self.pki.crls() if level in ("lt", "lta") else [])

    def make(self, way, key, level):
        target = self.path(f"{way}-{key}-{level}.pdf")
        who = ["--cert", self.pki.cert(key), "--chain", self.pki.cert("ca")]
        if way in ("p12", "pem"):
            source = ["--key", self.pki.key(key), *who] if way == "pem" else \
                ["--key", self.path(key + ".p12"), "--chain", self.pki.cert("ca"), "--pin-file",
                 self.pki.path("pin")]
            self.run("sign", self.plain, "-o", target, *source, *self.more(level))
            return target
        if way == "p11":
            self.run("sign", self.plain, "-o", target, "--pkcs11", MODULE, "--token-label", "office",
                     "--key-label", "token-" + key, "--cert", self.cert(way, key), "--chain",
                     self.pki.cert("ca"), "--pin-file", self.path("token-pin"), *self.more(level))
            return target
        prepared, attributes, answer = (target + end for end in (".open", ".der", ".answer"))
        size = [] if level == "b" else ["--level", level]
        if way == "device":
            digest = self.run("sign", "prepare", self.plain, "-o", prepared, *who, "--attributes",
                              attributes, *size)[1]
            with tempfile.TemporaryDirectory(dir=self.folder) as folder, open(answer, "wb") as file:
                file.write(others.device(self.pki.key(key), digest, folder))
            self.run("sign", "finish", prepared, "-o", target, "--signature", answer,
                     "--attributes", attributes, *who, *self.more(level))
            return target
        digest, = self.run("sign", "prepare", self.plain, "-o", prepared, "--hash", DIGESTS[key], *size)
        if key == "sm2":
            with open(prepared, "rb") as file, open(answer + ".covered", "wb") as covered:
                covered.write(b"".join(cms.covered(file.read())))
            others.bouncycastle("sign", self.pki.key(key), self.pki.cert(key), answer + ".covered",
                                answer)
        else:
            made = others.venv("platform_cms.py", self.pki.key(key), self.pki.cert(key),
                               DIGESTS[key], stdin=digest.encode())
            with open(answer, "wb") as file:
                file.write(made)
        self.run("sign", "finish", prepared, "-o", target, "--cms", answer, *who, *self.more(level))
        return target

    # Each tells whether it confirms the level; None when it cannot know the key.

    def banxin(self, path, key, level):
        report = path + ".json"
        done = command.run("verify", path, "--report", report, *self.pki.trust())
        with open(report, encoding="utf-8") as file:
            one = next(s for s in json.load(file)["signatures"] if s["kind"] == "signature")
        return done.returncode == DONE and one["intact"] and one["trusted"] and \
            one["allowed"] and one["level"] == "B-" + level.upper()

    def pyhanko(self, path, key, level):
        if key == "sm2":
            return None
        said = others.venv("judge_levels.py", path, self.pki.cert("root"),
                           self.pki.cert("tsa-root")).splitlines()
        verdicts = [json.loads(line) for line in said]
        one = verdicts[0]
        return all(v["all"] for v in verdicts) and len(verdicts) == 1 + (level == "lta") and \
            one["stamp"] == (level != "b") and \
            (one["timed"] == "AdESPassed.OK") == (level in ("lt", "lta")) and \
            (one["archived"] == "AdESPassed.OK") == (level == "lta")

    def pdfsig(self, path, key, level):
        return None if key == "sm2" else "Signature is Valid" in others.pdfsig(path)

    def openssl(self, path, key, level):
        with open(path, "rb") as file:
            covered, der, _ = cms.signatures(file.read())[0]
        signed, items, signature = cms.signer(der)
        said = cms.content(cms.attribute(items, "1.2.840.113549.1.9.4"))
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            return said == cms.digest(DIGESTS[key], covered) and others.verify_attributes(
                self.cert(os.path.basename(path).split("-")[0], key), signed, signature, folder,
                DIGESTS[key])

    def bouncycastle(self, files):
        """{path: its verdict}, in one virtual machine."""
        words = []
        for path in files:
            with open(path, "rb") as file:
                covered, der, _ = cms.signatures(file.read())[0]
            for end, content in ((".cms", der), (".covered", covered)):
                with open(path + end, "wb") as out:
                    out.write(content)
                words.append(path + end)
        told = others.bouncycastle("verify", *words).decode().splitlines()
        return dict(line.split("\t")[0:2] for line in told)


def judge(maker, job):
    way, key, level = job
    path = maker.make(way, key, level)
    return path, [getattr(maker, name)(path, key, level)
                  for name in ("banxin", "pyhanko", "pdfsig", "openssl")]


def is_sharp(maker):
    """A file with one byte changed, which every checker must refuse."""
    path = maker.path("changed.pdf")
    with open(maker.make("pem", "p256", "b"), "rb") as file:
        data = bytearray(file.read())
    data[3000] ^= 1
    with open(path, "wb") as file:
        file.write(data)
    told = [getattr(maker, name)(path, "p256", "b") for name in ("banxin", "pyhanko", "pdfsig", "openssl")]
    return not any(told) and "good" not in maker.bouncycastle([path])[path + ".cms"]


def main():
    maker = Maker(tempfile.mkdtemp(dir=OUT))
    jobs = [(way, key, level) for key in KINDS for way in WAYS.values() for level in LEVELS
            if (way, key) != ("p11", "sm2")]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        done = dict(zip(jobs, pool.map(lambda job: judge(maker, job), jobs)))
    paths = [path for path, _ in done.values()]
    said = maker.bouncycastle(paths)
    rules = verapdf.validate([(standard, path) for path in paths for standard in ("3a", "ua1")])
    for (_, _, level), (path, verdicts) in done.items():
        verdicts.append(said[path + ".cms"] == ("good" if level == "b" else "good, stamped"))
        verdicts.append(not rules["3a", path] and not rules["ua1", path])
    lines, faults = [], [] if is_sharp(maker) else ["a checker believes a changed file"]
    maker.tsa.close()
    for key, kind in KINDS.items():
        for name, way in WAYS.items():
            if (way, key) == ("p11", "sm2"):
                continue
            cells = []
            for i, checker in enumerate(CHECKERS):
                told = {level: done[way, key, level][1][i] for level in LEVELS}
                cells.append("—" if None in told.values() else
                             " ".join(level.upper() for level in LEVELS if told[level]))
                faults += [f"{kind}, {name}, {level}: {checker} says no" for level in LEVELS
                           if told[level] is False]
            lines.append(f"| {kind}, {name} | {' | '.join(cells)} |\n")
    table = f"| key | {' | '.join(CHECKERS)} |\n| --- |{' --- |' * len(CHECKERS)}\n{''.join(lines)}"
    print(table + "\n".join(faults))
    for page in ("README.md", "README.zh-CN.md"):
        if sys.argv[1:] == ["--write"]:
            documents.write(page, MARK, table)
        elif documents.read(page, MARK) != table:
            faults.append(f"the table of {page} is another: run tests/sign/matrix.py --write")
            print(faults[-1])
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
