"""How the tests of the command line run the program, and the reports they run it on."""
import copy
import json
import os
import shutil
import subprocess
import tempfile
import unittest

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(TESTS)
BANXIN = os.path.abspath(os.environ["BANXIN"])
EXAMPLES = [os.path.join(TESTS, "examples", name) for name in
            ("changsha-hitech-2019.json", "suqian-2023.json", "hongze-2024.json")]
SAMPLE = EXAMPLES[0]

DONE, USAGE, READ, MODEL, LAYOUT, FONT, FIT, WRITE = range(8)


def environment(**more):
    """The locale is C and nothing of the caller's leaks in, but what sanitizers need."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME") or k.endswith("SAN_OPTIONS")}
    return {**kept, "LC_ALL": "C", "TZ": "UTC", **more}


def run(*args, stdin=b"", env=None, cwd=None, **options):
    """Runs banxin. Its standard error is given as text in .told."""
    done = subprocess.run([BANXIN, *args], input=stdin, env=env or environment(), cwd=cwd,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, **options)
    done.told = done.stderr.decode("utf-8")
    return done


def sample():
    """The sample report as data, to be changed at will."""
    with open(SAMPLE, encoding="utf-8") as file:
        return copy.deepcopy(json.load(file))


class Case(unittest.TestCase):
    """Each test has a folder of its own."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="banxin-cli-", dir=os.environ.get("BX_OUT"))
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        """Bytes, or a report as data. Gives the path."""
        path = self.path(name)
        if not isinstance(content, bytes):
            content = json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")
        with open(path, "wb") as file:
            file.write(content)
        return path

    def read(self, path):
        with open(path, "rb") as file:
            return file.read()

    def check(self, status, *args, **options):
        """Runs banxin and holds it to an exit status."""
        done = run(*args, **options)
        self.assertEqual(done.returncode, status, f"banxin {' '.join(args)}\n{done.told}")
        return done

    def findings(self, status, *args, **options):
        """The findings of a run, as a program reads them."""
        done = self.check(status, *args, "--findings", "json", **options)
        return [json.loads(line) for line in done.told.splitlines()]
