#!/usr/bin/env python3
"""Every attack of attacks.py: the victim's file before it is as it should be, and banxin verify says no to
the file after it, by its exit status and of the victim's signature itself. The table of docs/signing.md is
what comes out; --write writes it."""
import json
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import attacks  # noqa: E402
import cms  # noqa: E402
import command  # noqa: E402
import documents  # noqa: E402
import others  # noqa: E402
from command import DONE, MODEL, READ  # noqa: E402
from pki import Pki  # noqa: E402
from tsa import Tsa  # noqa: E402

SIGN = 8
OUT = os.environ["BX_OUT"]
TIME = "2026-01-23T09:30:00+08:00"


class Victim:
    def __init__(self, folder):
        self.folder, self.pki = folder, Pki(folder)
        self.pki.add_times()
        self.tsa = Tsa(self.pki)
        self.count = 0

    def path(self, data=None):
        self.count += 1
        path = os.path.join(self.folder, f"{self.count}.pdf")
        if data is not None:
            with open(path, "wb") as file:
                file.write(data)
        return path

    def run(self, *args, stdin=b""):
        done = command.run(*args, stdin=stdin)
        if done.returncode != DONE:
            sys.exit(f"banxin {' '.join(args)}: {done.told}")
        return done.stdout

    def render(self, *more):
        return self.run("render", command.SAMPLE, "-o", "-", *more)

    def sign(self, data, *more, signer="rsa"):
        return self.run("sign", "-", "-o", "-", "--time", TIME, *self.pki.args(signer), *more,
                        stdin=data)

    def certify(self, data, permission):
        """With a P that banxin does not write: the prepared file is changed, then signed."""
        target = self.path()
        self.run("sign", "prepare", self.path(data), "-o", target, "--certify", "--time", TIME)
        with open(target, "rb") as file:
            changed = file.read().replace(b"/P 2/V/1.2", b"/P %d/V/1.2" % permission)
        covered = b"".join(cms.covered(changed))
        made = others.venv("platform_cms.py", self.pki.key("rsa"), self.pki.cert("rsa"), "sha256",
                           stdin=cms.digest("sha256", covered).hex().encode())
        answer = self.path(made)
        return self.run("sign", "finish", "-", "-o", "-", "--cms", answer, stdin=changed)

    def level(self, data, level):
        return self.sign(data, "--level", level, "--tsa", self.tsa.url("ok"), *self.pki.trust(),
                         *self.pki.crls())

    def own(self, bases):
        """The attacker signs too: in one revision with pyHanko, or in a field that he added before."""
        made, target = {}, self.path()
        others.venv("attacker.py", self.path(bases.signed.data), target, self.pki.key("p256"),
                    self.pki.cert("p256"))
        with open(target, "rb") as file:
            made["a signature, by pyHanko"] = file.read()
        for name in ("signed", "certified2", "certified3"):
            base = getattr(bases, name)
            field = attacks.revision(base.data, {
                base.new: attacks.widget(base.page_number, b"/FT/Sig/T(more)/AP<</N %d 0 R>>" %
                                         (base.new + 1)),
                base.new + 1: attacks.FAKE_FORM, **base.page_with_annotation(base.new),
                **base.form_with_field(base.new)})
            made[name] = self.sign(field, "--field", "more", signer="p256")
        return made


def verify(path):
    report = path + ".json"
    done = command.run("verify", path, "--report", report)
    told = {"signatures": []}
    if os.path.exists(report):
        with open(report, encoding="utf-8") as file:
            told = json.load(file)
    return done.returncode, told


def is_good(told):
    """The victim's signature holds and nothing was done after it that it does not allow; nor after the
    document's time-stamp, where the victim had one."""
    is_good_of = [(s["signer"] == "rsa", (s.get("stamp") or {}).get("authority") == "tsa" and
                   s["kind"] == "time-stamp", s["intact"] and s["allowed"])
                  for s in told["signatures"]]
    return any(is_good and is_victim for is_victim, _, is_good in is_good_of) and \
        all(is_good for _, is_stamp, is_good in is_good_of if is_stamp)


def judge(job):
    family, name, data = job
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        path = os.path.join(folder, "a.pdf")
        with open(path, "wb") as file:
            file.write(data)
        status, told = verify(path)
    return family, name, status, told


def main():
    victim = Victim(tempfile.mkdtemp(dir=OUT))
    bases = attacks.Bases(victim.render(), victim.render("--signature-field", "2"), victim.sign,
                          victim.certify, victim.own, victim.level)
    victim.tsa.close()
    faults = []
    for name, base in vars(bases).items():
        if isinstance(base, attacks.Signed):
            status, told = verify(victim.path(base.data))
            is_shadow = name.startswith("shadow")  # what hides there may be told beforehand
            if not is_good(told) or (status != DONE and not is_shadow and name[-1] not in "13"):
                faults.append(f"base {name}: status {status}: {told['signatures']}")
    jobs = [(family, name, data) for family, makers in attacks.FAMILIES.items()
            for maker in makers for name, data in maker(bases).items()]
    counts = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for family, name, status, told in pool.map(judge, jobs):
            counts[family] = counts.get(family, 0) + 1
            if status not in (MODEL, READ, SIGN) or is_good(told):
                faults.append(f"{family}: {name}: status {status}: {json.dumps(told['signatures'])}")
    rows = "".join(f"| {family} | {count} | {count - sum(f.startswith(family + ': ') for f in faults)} |\n"
                   for family, count in counts.items())
    rows += f"| all | {len(jobs)} | {len(jobs) - len(faults)} |\n"
    table = "| attack | files | found |\n| --- | --- | --- |\n" + rows
    print(table + "\n".join(faults))
    if sys.argv[1:] == ["--write"]:
        documents.write("docs/signing.md", "attacks", table)
    elif documents.read("docs/signing.md", "attacks") != table:
        faults.append("the table of docs/signing.md is another: run test_attacks.py --write")
        print(faults[-1])
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
