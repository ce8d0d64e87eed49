#!/usr/bin/env python3
"""Prepared faces from outside: they save time and change nothing. A PDF has the same bytes with them,
without them, and with stale, damaged or unreadable ones; what was of no use is told."""
import glob
import os
import shutil
import stat
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from command import BANXIN, DONE, EXAMPLES, SAMPLE, WRITE, Case, environment, run  # noqa: E402

FACES = None


def setUpModule():
    """Every face, prepared once for all tests: four seconds."""
    global FACES
    FACES = os.path.join(os.environ["BX_OUT"], "faces")
    shutil.rmtree(FACES, ignore_errors=True)
    done = run("fonts", "prepare", "--dir", FACES, "--lang", "en")
    assert done.returncode == DONE, done.told
    assert b"FandolFang-Regular  prepared\n" in done.stdout, done.stdout


class Prepared(Case):
    def render(self, *options, report=SAMPLE, env=None):
        """The PDF's bytes and what was told."""
        output = self.path("out.pdf")
        done = run("render", report, "-o", output, "--lang", "en", *options, env=env)
        self.assertEqual(done.returncode, DONE, done.told)
        return self.read(output), done.told

    def copy_faces(self):
        folder = self.path("faces")
        shutil.copytree(FACES, folder)
        return folder

    def test_the_same_bytes_with_and_without(self):
        for report in EXAMPLES:
            for profile in ("archive", "print"):
                with_them, told = self.render("--faces", FACES, "--profile", profile,
                                              report=report)
                without, _ = self.render("--faces", "none", "--profile", profile, report=report)
                self.assertEqual(with_them, without)
                self.assertNotIn("was not used", told)

    def test_fontconfig_is_not_asked(self):
        """Nor is a font file opened but that of the page numbers' dashes, which must be shaped."""
        trace = self.path("trace")
        traced = environment()  # leaks cannot be looked for in a traced process; other tests do
        traced["ASAN_OPTIONS"] = traced.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        subprocess.run(["strace", "-f", "-o", trace, "-e", "trace=openat,open", BANXIN, "render",
                        SAMPLE, "-o", self.path("out.pdf"), "--faces", FACES], check=True, env=traced,
                       stderr=subprocess.DEVNULL)
        with open(trace, encoding="utf-8", errors="replace") as file:
            opened = file.read()
        self.assertIn("FandolFang-Regular.0.", opened)
        for part in (".otf", ".ttf", "fonts.conf", "/fontconfig/"):
            self.assertNotIn(part, opened)
        self.assertLessEqual(opened.count(".ttc"), 1)

    def test_prepared_again_they_are_left(self):
        before = {path: os.stat(path).st_mtime_ns for path in glob.glob(FACES + "/*")}
        done = run("fonts", "prepare", "--dir", FACES, "--lang", "en")
        self.assertEqual(done.returncode, DONE)
        self.assertEqual(done.stdout.count(b"was prepared already"), len(before))
        self.assertEqual(before, {path: os.stat(path).st_mtime_ns
                                  for path in glob.glob(FACES + "/*")})

    def test_damage_is_told_and_mended(self):
        whole, _ = self.render("--faces", "none")
        faces = self.copy_faces()
        [path] = glob.glob(faces + "/FandolFang-Regular.*")
        size = os.path.getsize(path)
        good = self.read(path)
        for start in (100, 9000, 60000, size // 3):  # header, directory, characters, the rest
            bad = bytearray(good)
            for at in range(start, size if start > 60000 else start + 40):
                bad[at] ^= 0x55
            self.write("faces/" + os.path.basename(path), bytes(bad))
            pdf, told = self.render("--faces", faces)
            self.assertEqual(pdf, whole)
            self.assertEqual(told.count("is damaged and was not used"), 1, told)
        done = run("fonts", "prepare", "--dir", faces, "--lang", "en")
        self.assertEqual(done.stdout.count(b"  prepared\n"), 1)
        self.assertEqual(self.read(path), good)
        self.assertNotIn("damaged", self.render("--faces", faces)[1])

    def test_another_version_is_stale(self):
        faces = self.copy_faces()
        whole, _ = self.render("--faces", "none")
        for path in glob.glob(faces + "/*"):
            with open(path, "r+b") as file:
                head = bytearray(file.read(16))
                head[8] ^= 0x40  # the version of the format
                file.seek(0)
                file.write(head)
        pdf, told = self.render("--faces", faces)
        self.assertEqual(pdf, whole)
        self.assertEqual(told.count("is out of date and was not used"), 5, told)

    def test_folders_that_cannot_be_used_only_cost_time(self):
        whole, _ = self.render("--faces", "none")
        closed = self.copy_faces()
        os.chmod(closed, 0)
        self.addCleanup(os.chmod, closed, stat.S_IRWXU)
        file = self.write("a-file", b"")
        for env in (environment(XDG_CACHE_HOME="/no/such/place"),
                    environment(XDG_CACHE_HOME=file), environment(XDG_CACHE_HOME="relative"),
                    environment(XDG_CACHE_HOME="", HOME="")):
            self.assertEqual(self.render(env=env)[0], whole)
        self.assertEqual(self.render("--faces", closed)[0], whole)
        self.assertEqual(self.render("--faces", "/dev/null")[0], whole)
        done = run("fonts", "prepare", "--dir", os.path.join(file, "below"), "--lang", "en")
        self.assertEqual(done.returncode, WRITE)

    def test_the_users_cache_is_the_usual_place(self):
        env = environment(XDG_CACHE_HOME=self.path("cache"))
        shutil.copytree(FACES, self.path("cache/banxin/faces"))
        done = run("fonts", "prepare", "--lang", "en", env=env)
        self.assertEqual(done.stdout.count(b"was prepared already"), len(os.listdir(FACES)))

    def test_two_that_prepare_at_once(self):
        faces = self.path("both")
        words = [BANXIN, "fonts", "prepare", "--dir", faces]
        both = [subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL)
                for _ in range(2)]
        self.assertEqual([child.wait() for child in both], [DONE, DONE])
        self.assertEqual(sorted(os.listdir(faces)), sorted(os.listdir(FACES)))
        for name in os.listdir(FACES):
            self.assertEqual(self.read(os.path.join(faces, name)),
                             self.read(os.path.join(FACES, name)))

    def test_the_fonts_command_tells_which_are_prepared(self):
        with_them = run("fonts", "--faces", FACES, "--lang", "en").stdout.decode()
        without = run("fonts", "--faces", "none", "--lang", "en").stdout.decode()
        self.assertEqual(with_them.count("prepared: yes"), with_them.count("SHA-256"))
        self.assertEqual(without.count("prepared: no\n"), without.count("SHA-256"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
