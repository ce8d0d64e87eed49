#!/usr/bin/env python3
"""Builds by two compilers, with and without optimisation, write the same bytes: this one (gcc, -O0,
sanitizers), build/ (gcc, -O2) and build-clang/ (clang, -O2). One that is not there is built here."""
import os
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), "cli"),
                os.path.join(os.path.dirname(HERE), "pdf")]
import variations  # noqa: E402
from command import BANXIN, DONE, EXAMPLES, ROOT, SAMPLE, Case, environment  # noqa: E402

OTHERS = {"release": "build", "clang": "build-clang"}


def program_of(preset):
    """An existing build of a preset, brought up to date, or one of our own."""
    folder = os.path.join(ROOT, OTHERS[preset])
    if not os.path.exists(os.path.join(folder, "banxin")):
        folder = os.path.join(os.environ["BX_OUT"], preset)
        subprocess.run(["cmake", "--preset", preset, "-S", ROOT, "-B", folder,
                        "--log-level=WARNING"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", folder, "--target", "banxin"], check=True,
                   stdout=subprocess.DEVNULL)
    return os.path.join(folder, "banxin")


class Builds(Case):
    def render(self, program, path):
        done = subprocess.run([program, "render", path, "-o", "-", "--allow-inconsistent"],
                              env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, DONE, done.stderr.decode())
        return done.stdout

    def test_compiler_and_optimisation__do_not_count(self):
        reports = [*EXAMPLES, *variations.write(self.folder, SAMPLE)]
        wanted = [self.render(BANXIN, path) for path in reports]
        for preset in OTHERS:
            program = program_of(preset)
            self.assertNotEqual(self.read(program), self.read(BANXIN))
            for path, bytes_ in zip(reports, wanted):
                with self.subTest((preset, os.path.basename(path))):
                    self.assertEqual(self.render(program, path) == bytes_, True, "other bytes")


if __name__ == "__main__":
    unittest.main()
