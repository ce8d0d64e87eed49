"""What holds of the Python package, wherever it was installed: run by test_python.py with the package on
the path, and BANXIN, the program whose bytes it must give."""
import json
import os
import subprocess
import sys
import threading
import typing
import unittest

import banxin

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLE = os.path.join(ROOT, "tests/examples/changsha-hitech-2019.json")
WARNED = os.path.join(ROOT, "tests/examples/hongze-2024.json")  # C5, and nothing else
OUT = os.environ["BX_OUT"]


def by_program(path, *options):
    out = os.path.join(OUT, "by-program.pdf")
    subprocess.run([os.environ["BANXIN"], "render", path, "-o", out, *options], check=True,
                   capture_output=True)
    with open(out, "rb") as file:
        return file.read()


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Python(unittest.TestCase):
    def test_package_is_the_installed_one(self):
        self.assertTrue(os.path.abspath(banxin.__file__).startswith(os.environ["BX_PACKAGE"]))
        told = subprocess.run([os.environ["BANXIN"], "--version"], check=True,
                              capture_output=True, text=True).stdout
        self.assertEqual(told, f"banxin {banxin.version()}\n")

    def test_render_gives_the_programs_bytes(self):
        engine = banxin.Engine()
        for options, given in (
                ([], {}),
                (["--profile", "archive-4f", "--signature-field", "2"],
                 {"profile": "archive-4f", "signature_fields": 2}),
                (["--style", "gbt9704-word", "--punctuation", "keep"],
                 {"style": "gbt9704-word", "keep_punctuation": True})):
            wanted = by_program(SAMPLE, *options)
            rendered = engine.render(SAMPLE, **given)
            self.assertTrue(rendered.pdf == wanted)
            self.assertTrue(engine.render(read(SAMPLE), **given).pdf == wanted)
            self.assertEqual(rendered.page_count, 5)
        self.assertTrue(by_program(SAMPLE) != wanted)

    def test_render_takes_a_model(self):
        model = json.loads(read(SAMPLE))
        pdf = banxin.render(model).pdf
        self.assertTrue(banxin.verify(pdf))
        model["year"] = 1850
        with self.assertRaises(banxin.BanxinError) as caught:
            banxin.render(model)
        self.assertEqual(caught.exception.status, banxin.Status.MODEL)
        self.assertIn("/year", [finding.where for finding in caught.exception.findings])
        self.assertIn("/year", str(caught.exception))

    def test_check_tells_findings(self):
        finding, = [f for f in banxin.check(WARNED) if f.level > banxin.Level.NOTE]
        self.assertEqual((finding.level, finding.code, finding.page),
                         (banxin.Level.WARNING, "C5", None))
        self.assertEqual(finding.where, "/sections/overview/body/2/text")
        self.assertIn("95", finding.en)
        self.assertRegex(finding.zh, "[\u4e00-\u9fff]")
        strict, = [f for f in banxin.check(WARNED, strict=True) if f.level > banxin.Level.NOTE]
        self.assertEqual(strict.level, banxin.Level.ERROR)
        other, = banxin.check(b"{")
        self.assertEqual((other.code, other.level), ("JSON", banxin.Level.ERROR))

    def test_previous_report_is_held_against(self):
        codes = {f.code for f in banxin.check(SAMPLE, previous=WARNED)}
        self.assertIn("C6", codes)

    def test_verify(self):
        pdf = banxin.render(SAMPLE).pdf
        verdict = banxin.verify(pdf)
        self.assertTrue(verdict)
        self.assertEqual(set(verdict.answers.values()), {banxin.Answer.YES})
        self.assertEqual(verdict.signatures, [])
        self.assertEqual(verdict.report["findings"], [])
        changed = pdf.replace("2019年".encode(), "2018年".encode(), 1)  # the title's metadata
        self.assertTrue(changed != pdf)
        verdict = banxin.verify(changed)
        self.assertFalse(verdict)
        self.assertEqual(verdict.answers[banxin.Question.BYTES], banxin.Answer.NO)
        self.assertTrue(any(f.level == banxin.Level.ERROR for f in verdict.findings))
        self.assertEqual(banxin.verify(b"no PDF").status, banxin.Status.READ)
        bare = banxin.render(SAMPLE, profile="archive-2a").pdf
        self.assertEqual(banxin.verify(bare).answers[banxin.Question.TEXT],
                         banxin.Answer.NOT_CHECKED)
        self.assertEqual(banxin.verify(bare, model=SAMPLE).answers[banxin.Question.TEXT],
                         banxin.Answer.YES)

    def test_callbacks(self):
        engine, told = banxin.Engine(), []
        rendered = engine.render(WARNED, on_finding=told.append, is_cancelled=lambda: False)
        self.assertEqual(told, list(rendered.findings))
        asked = []
        with self.assertRaises(banxin.Cancelled) as caught:
            engine.render(WARNED, is_cancelled=lambda: asked.append(0) or len(asked) > 9)
        self.assertEqual(caught.exception.status, banxin.Status.CANCELLED)
        self.assertEqual(len(asked), 10)
        with self.assertRaises(ZeroDivisionError):
            engine.render(WARNED, on_finding=lambda _: 1 // 0)
        with self.assertRaises(banxin.Cancelled):
            engine.verify(rendered.pdf, is_cancelled=lambda: True)
        self.assertTrue(engine.render(WARNED).pdf == rendered.pdf)

    def test_what_would_end_the_process_is_refused(self):
        for wrong in ({"signature_fields": 13}, {"bleed_um": -1}, {"date": -1},
                      {"style": "a\0b"}):
            with self.assertRaises(ValueError):
                banxin.render(SAMPLE, **wrong)
        with self.assertRaises(ValueError):
            banxin.verify(b"", trust=["x.pem"] * 17)

    def test_threads(self):
        wanted, made = banxin.render(SAMPLE).pdf, []
        shared = banxin.Engine()

        def work():
            made.append(banxin.Engine().render(SAMPLE).pdf)
            made.append(shared.render(SAMPLE).pdf)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertTrue(made == [wanted] * 8)

    def test_everything_is_typed_and_explained(self):
        for name in banxin.__all__:
            thing = getattr(banxin, name)
            if callable(thing) and getattr(thing, "__module__", "").startswith("banxin"):
                self.assertTrue(thing.__doc__, name)
                if not isinstance(thing, type):
                    self.assertIn("return", typing.get_type_hints(thing))
        self.assertTrue(os.path.exists(os.path.join(os.path.dirname(banxin.__file__), "py.typed")))


if __name__ == "__main__":
    sys.exit(unittest.main())
