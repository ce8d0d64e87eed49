#!/usr/bin/env python3
"""The same report gives the same bytes, whatever surrounds the program: time zone, locale, user,
folder, file name, umask, environment, number of threads, and the processor it runs on (emulated, from the plainest
x86-64 up)."""
import json
import os
import shutil
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), "cli"),
                os.path.join(os.path.dirname(HERE), "pdf")]
import variations  # noqa: E402
from command import BANXIN, DONE, EXAMPLES, SAMPLE, Case, environment  # noqa: E402

# From the first processors of the kind, which have nothing but SSE2, to all that the emulator knows.
CPUS = ["qemu64", "Opteron_G1", "Conroe", "Penryn", "Nehalem", "Westmere", "SandyBridge",
        "Opteron_G5", "Haswell", "Skylake-Server", "EPYC", "EPYC-Milan", "max"]
PROFILES = ["archive", "archive-2a", "archive-4f", "print"]
SANITIZED = b"__asan_init" in open(BANXIN, "rb").read()


class Repro(Case):
    def render(self, path, *options, before=(), env=None, cwd=None, umask=0o022):
        out = self.path("out.pdf")
        done = subprocess.run(
            [*before, BANXIN, "render", path, "-o", "-", "--allow-inconsistent", *options],
            env=env or environment(), cwd=cwd, umask=umask, timeout=500,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, DONE, done.stderr.decode())
        self.assertFalse(os.path.exists(out))
        return done.stdout

    def same(self, wanted, **how):
        with self.subTest(**{k: str(v)[-80:] for k, v in how.items()}):
            self.assertEqual(self.render(SAMPLE, **how) == wanted, True, "other bytes")

    def test_time_zone_locale_and_environment__do_not_count(self):
        wanted = self.render(SAMPLE)
        for more in (
                {"TZ": "Asia/Shanghai"}, {"TZ": "America/St_Johns"}, {"TZ": ":/nonexistent"},
                {"LC_ALL": "zh_CN.UTF-8"}, {"LC_ALL": "tr_TR.UTF-8"}, {"LANG": "de_DE@euro"},
                {"LC_NUMERIC": "fr_FR.UTF-8"}, {"HOME": "/nonexistent"}, {"USER": "someone"},
                {"XDG_CONFIG_HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"},
                {"PANGO_LANGUAGE": "ja", "HB_OPTIONS": "", "FC_DEBUG": "0", "FC_LANG": "ko"},
                {"HB_SHAPER_LIST": "fallback"}, {"OMP_NUM_THREADS": "7"}, {"TMPDIR": "/nonexistent"},
                {"G_SLICE": "always-malloc", "MALLOC_PERTURB_": "165", "MALLOC_ARENA_MAX": "1"},
                {"LIBDEFLATE_DISABLE_CPU_FEATURES": "avx2,pclmul"}, {"A" * 100: "b" * 100000}):
            self.same(wanted, env=environment(**more))

    def test_date_of_the_environment__is_the_one_that_counts(self):
        with_date = [self.render(SAMPLE, env=environment(SOURCE_DATE_EPOCH="1600000000", TZ=zone))
                     for zone in ("UTC", "Asia/Tokyo")]
        self.assertEqual(with_date[0], with_date[1])
        self.assertNotEqual(with_date[0], self.render(SAMPLE))

    def test_folder_name_and_umask__do_not_count(self):
        wanted = self.render(SAMPLE)
        folder = self.path("某个 文件夹")
        os.makedirs(folder)
        for name in "a.json", "报告 2019.json", "-.json", "x" * 200:
            shutil.copy(SAMPLE, os.path.join(folder, name))
            with self.subTest(name):
                got = self.render("./" + name, cwd=folder)
                self.assertEqual(got == wanted, True, "other bytes")
        self.same(wanted, cwd="/")
        for mask in 0, 0o777:
            self.same(wanted, umask=mask)

    def test_order_of_reading__does_not_count(self):
        """From standard input, into a file, and twice in a row."""
        wanted = self.render(SAMPLE)
        out = self.path("a.pdf")
        for _ in range(2):
            subprocess.run([BANXIN, "render", "-", "-o", out, "--allow-inconsistent"], check=True,
                           input=self.read(SAMPLE), stderr=subprocess.DEVNULL, env=environment())
            self.assertEqual(self.read(out) == wanted, True, "other bytes")

    def test_number_of_threads__does_not_count(self):
        """All in one run; several times as many threads as there are processors, too."""
        wanted = {}
        for i, path in enumerate([*EXAMPLES, *variations.write(self.folder, SAMPLE)]):
            with open(path, encoding="utf-8") as file:
                model = {**json.load(file), "organ": f"organ {i}"}  # which names the file
            path = self.write(f"report-{i}.json", model)
            wanted[path] = (f"organ {i}.pdf", self.render(path))
        for jobs in "1", "2", "16":
            out = self.path("out-" + jobs)
            done = subprocess.run(
                [BANXIN, "batch", *wanted, "-o", out, "-j", jobs, "--allow-inconsistent", "--name",
                 "{organ}.pdf"], env=environment(), stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, DONE, done.stderr.decode())
            for name, pdf in wanted.values():
                with self.subTest((name, jobs)):
                    got = self.read(os.path.join(out, name))
                    self.assertEqual(got == pdf, True, "other bytes")

    def test_user__does_not_count(self):
        """As nobody; who may read the project's folder wherever it lies, and nothing else."""
        root = [] if os.getuid() == 0 else ["sudo", "-n", "--preserve-env"]
        nobody = [*root, "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups",
                  "--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
        told = subprocess.run([*nobody, "id", "-un"], stdout=subprocess.PIPE, check=True).stdout
        self.assertEqual(told, b"nobody\n")
        self.same(self.render(SAMPLE), before=tuple(nobody))

    def test_variations_and_profiles__have_one_result_each(self):
        """All that reports may hold, in all profiles: two runs that differ in all of the above."""
        other = environment(TZ="Asia/Shanghai", LC_ALL="zh_CN.UTF-8", HOME="/nonexistent",
                            MALLOC_PERTURB_="77")
        for path in [*EXAMPLES, *variations.write(self.folder, SAMPLE)]:
            for profile in PROFILES if path in EXAMPLES[:2] else PROFILES[:1]:
                with self.subTest((os.path.basename(path), profile)):
                    first = self.render(path, "--profile", profile)
                    second = self.render(path, "--profile", profile, env=other, umask=0o077)
                    self.assertEqual(first == second, True, "other bytes")

    @unittest.skipIf(SANITIZED, "an emulator cannot run sanitized programs; check.sh runs this")
    def test_processor__does_not_count(self):
        wanted = self.render(SAMPLE)
        for cpu in CPUS:
            self.same(wanted, before=("qemu-x86_64", "-cpu", cpu))


class Keys(Case):
    def test_order_of_keys_and_blanks__change_the_attachment_only(self):
        """The order of keys in the model is no order of the report."""
        def turned(value):
            if isinstance(value, dict):
                return {k: turned(v) for k, v in reversed(list(value.items()))}
            return [turned(v) for v in value] if isinstance(value, list) else value
        with open(SAMPLE, encoding="utf-8") as file:
            model = json.load(file)
        other = self.write("other.json", turned(model))
        dumps = [self.check(DONE, "dump", path, "--stage", "pages", "--allow-inconsistent").stdout
                 for path in (SAMPLE, other)]
        self.assertEqual(dumps[0], dumps[1])


if __name__ == "__main__":
    unittest.main()
