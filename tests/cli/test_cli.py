#!/usr/bin/env python3
"""The command line as users and programs meet it: statuses, messages, files, pipes."""
import os
import re
import shutil
import struct
import subprocess
import sys
import unittest
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from command import (BANXIN, DONE, EXAMPLES, FIT, FONT, LAYOUT, MODEL, READ, ROOT, SAMPLE, USAGE,
                     WRITE, Case, environment, run, sample)  # noqa: E402

COMMANDS = ["render", "batch", "verify", "sign", "sign prepare", "sign finish", "check",
            "preview", "dump", "forms", "fonts", "fonts prepare"]
HAN = re.compile("[\u4e00-\u9fff]")
OLD = b"an older file"


class Usage(Case):
    def test_wrong_use_is_told_with_a_hint(self):
        for args, hint in [
                ((), "Usage"), (("nonsense",), "banxin --help"), (("render",), "REPORT.json"),
                (("render", SAMPLE), "-o"), (("render", SAMPLE, "--bogus"), "--help"),
                (("check", SAMPLE, "--dpi", "96"), "--help"),
                (("render", SAMPLE, SAMPLE, "-o", "x"), "one report"),
                (("render", SAMPLE, "-o"), "needs a value"),
                (("render", SAMPLE, "-o", "x", "--output=y"), "twice"),
                (("render", SAMPLE, "-o", "x", "--strict=yes"), "no value"),
                (("render", SAMPLE, "-o", "x", "--punctuation", "us"), "--help"),
                (("check", SAMPLE, "--lang", "fr"), "--help"),
                (("check", SAMPLE, "--findings", "xml"), "--help"),
                (("preview", SAMPLE, "-o", "%d.png", "--dpi", "0"), "--help"),
                (("preview", SAMPLE, "-o", "%d.png", "--dpi", "1e3"), "--help"),
                (("preview", SAMPLE, "-o", "%s.png"), "%d"),
                (("preview", SAMPLE, "-o", "%d-%d.png"), "%d"),
                (("preview", SAMPLE, "-o", "page.png"), "%d"),
                (("dump", SAMPLE), "--stage"), (("dump", SAMPLE, "--stage", "soup"), "--help"),
                (("dump", SAMPLE, "--stage", "plan", "--why"), "--stage pages only"),
                (("forms", "x"), "no file"), (("forms", "--schema", "1066"), "1066"),
                (("check", "-", "--previous", "-"), "one report")]:
            with self.subTest(args=args):
                self.assertIn(hint, self.check(USAGE, *args, cwd=self.folder).told)
        self.assertEqual(os.listdir(self.folder), [])

    def test_the_bytes_of_the_file_add_up(self):
        pdf = os.path.join(self.folder, "a.pdf")
        for profile in ("archive", "archive-4f"):
            self.check(DONE, "render", SAMPLE, "-o", pdf, "--profile", profile)
            rows = self.check(DONE, "dump", SAMPLE, "--stage", "pdf", "--profile",
                              profile).stdout.decode().splitlines()
            table = [row.split() for row in rows[1:]]
            self.assertEqual([row[0] for row in table],
                             ["fonts", "content", "images", "pages", "structure", "outline",
                              "metadata", "colour", "attachments", "file", "all"])
            stored = [int(row[3]) for row in table]
            self.assertEqual(sum(stored[:-1]), stored[-1])
            self.assertEqual(stored[-1], os.path.getsize(pdf))
        os.remove(pdf)

    def test_bleed_and_its_like_are_for_print(self):
        for args, hint in [(("--bleed", "3mm"), "print"), (("--crop-marks",), "print"),
                           (("--output-intent", "a.icc"), "print"),
                           (("--profile", "screen"), "--help"),
                           *((("--profile", "print", "--bleed", length), "--help") for length in
                             ("3", "3pt", "-3mm", "mm", ".5mm", "3.mm", "3.1234mm", "20.001mm",
                              "99999999999mm", "3mm "))]:
            with self.subTest(args=args):
                self.assertIn(hint, self.check(USAGE, "render", SAMPLE, "-o", "x.pdf", *args,
                                               cwd=self.folder).told)
        self.assertEqual(os.listdir(self.folder), [])

    def test_usage_is_a_finding_like_any_other(self):
        found, = self.findings(USAGE, "render", SAMPLE)
        self.assertEqual((found["level"], found["code"]), ("error", "USAGE"))

    def test_the_report_is_never_the_output(self):
        report = self.write("report.json", sample())
        before = self.read(report)
        os.symlink(report, self.path("other.pdf"))
        self.check(USAGE, "render", report, "-o", self.path("other.pdf"))
        self.assertEqual(self.read(report), before)


class Help(Case):
    def test_every_option_that_is_taken_is_explained(self):
        for command in COMMANDS:
            text = self.check(DONE, *command.split(), "--help").stdout.decode()
            for option in re.findall(r"--[a-z0-9-]+", text):
                # Never "there is no such option": without a value, or without a report.
                told = run(*command.split(), option).told
                self.assertNotIn("no option", told, f"{command} {option}")

    def test_the_page_on_the_command_line_says_the_same(self):
        with open(os.path.join(ROOT, "docs", "cli.md"), encoding="utf-8") as file:
            explained = set(re.findall(r"(?<!-)--[a-z][a-z0-9-]*", file.read()))
        taken = set()
        for command in COMMANDS:
            text = self.check(DONE, *command.split(), "--help").stdout.decode()
            taken |= set(re.findall(r"(?m)^ .{5}(--[a-z0-9-]+)", text))
        self.assertEqual(explained - {"--version"}, taken)

    def test_languages(self):
        for command in [(), *(c.split() for c in COMMANDS)]:
            english = self.check(DONE, *command, "--help", "--lang", "en").stdout.decode()
            chinese = self.check(DONE, *command, "--help", "--lang", "zh").stdout.decode()
            self.assertIsNone(HAN.search(english))
            self.assertIsNotNone(HAN.search(chinese))
            self.assertEqual(set(re.findall(r" --[a-z-]+", english)) - {" --lang"},
                             set(re.findall(r" --[a-z-]+", chinese)) - {" --lang"})

    def test_language_is_the_locales(self):
        for env, is_chinese in [({"LC_ALL": "zh_CN.UTF-8"}, True), ({"LC_ALL": "C"}, False),
                                ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, True),
                                ({"LC_ALL": "", "LC_MESSAGES": "en_US", "LANG": "zh_CN"}, False),
                                ({"LC_ALL": ""}, False)]:
            with self.subTest(env=env):
                text = self.check(DONE, "--help", env=environment(**env)).stdout.decode()
                self.assertEqual(bool(HAN.search(text)), is_chinese)

    def test_version(self):
        self.assertRegex(self.check(DONE, "--version").stdout.decode(), r"^banxin \d+\.\d+\.\d+\n$")


class Failures(Case):
    """Each status, with an old file that must stay as it was and nothing left beside it."""

    def fail(self, status, report, *more, out="out.pdf", **options):
        path = self.write(out, OLD)
        before = sorted(os.listdir(self.folder))
        found = self.findings(status, "render", report, "-o", path, *more, **options)
        self.assertEqual(self.read(path), OLD)
        self.assertEqual(sorted(os.listdir(self.folder)), before)
        errors = [f for f in found if f["level"] == "error"]
        self.assertTrue(errors)
        return errors

    def test_no_such_file(self):
        error, = self.fail(READ, self.path("none.json"))
        self.assertEqual(error["file"], self.path("none.json"))
        self.assertTrue(error["en"] and error["zh"])

    def test_a_folder(self):
        self.fail(READ, self.folder)

    def test_not_utf8(self):
        error, = self.fail(READ, self.write("r.json", b'{\n "organ": "\xff"}'))
        self.assertRegex(error["where"], r"line 2 column \d+")

    def test_not_json(self):
        for content in [b"", b"{", b'{"a": 1,}', b"[1, 2", b"nul", b"\x00", b'"\\ud800"']:
            with self.subTest(content=content):
                error, = self.fail(READ, self.write("r.json", content))
                self.assertRegex(error["where"], r"line \d+ column \d+")

    def test_too_deep(self):
        self.fail(READ, self.write("r.json", b"[" * 100000))

    def test_schema_errors_are_all_told(self):
        report = sample()
        report["colour"] = "red"
        report["year"] = "2019"
        del report["sections"]["problems"]
        wheres = {e["where"] for e in self.fail(MODEL, self.write("r.json", report))}
        self.assertLessEqual({"/colour", "/year"}, wheres)
        self.assertTrue(any("problems" in w or w == "/sections" for w in wheres), wheres)

    def test_inconsistent_figures(self):
        report = sample()
        report["sections"]["review"]["values"]["reconsideration"]["total"] = 77
        error, = self.fail(MODEL, self.write("r.json", report))
        self.assertEqual(error["code"], "C4")
        self.assertEqual(error["where"], "/sections/review/values/reconsideration/total")
        self.assertIn("77", error["zh"])

    def test_cross_checks_do_not_hide_a_missing_character(self):
        report = sample()
        report["sections"]["review"]["values"]["reconsideration"]["total"] = 77
        report["preamble"] = ["字\U0001e900字"]
        errors = self.fail(MODEL, self.write("r.json", report))
        self.assertEqual(len({e["code"] for e in errors}), 2)

    def test_layout_file(self):
        layouts = self.path("layouts")
        shutil.copytree(os.path.join(ROOT, "layouts"), layouts)
        os.truncate(os.path.join(layouts, "styles", "gbt9704.xml"), 100)
        error, = self.fail(LAYOUT, SAMPLE, "--layouts", layouts)
        self.assertIn("gbt9704.xml", error["file"])

    def test_no_such_style(self):
        self.fail(LAYOUT, SAMPLE, "--style", "no-such-style")

    def test_missing_character(self):
        report = sample()
        report["preamble"] = ["字\U0001e900字"]
        error, = self.fail(FONT, self.write("r.json", report))
        self.assertIn("U+1E900", error["en"])
        self.assertEqual(error["where"], "/preamble/0")

    def test_figure_that_fits_nowhere(self):
        report = sample()
        review = report["sections"]["review"]["values"]["reconsideration"]
        review["upheld"] = "9" * 60
        review["total"] = None
        errors = self.fail(FIT, self.write("r.json", report))
        self.assertTrue(any("review" in e["where"] for e in errors), errors)

    def test_no_such_folder(self):
        error, = self.findings(WRITE, "render", SAMPLE, "-o", self.path("none/out.pdf"))[-1:]
        self.assertEqual((error["level"], error["code"]), ("error", "WRITE"))

    def test_output_is_a_folder(self):
        os.mkdir(self.path("out.pdf"))
        self.check(WRITE, "render", SAMPLE, "-o", self.path("out.pdf"))
        self.assertEqual(os.listdir(self.folder), ["out.pdf"])

    def test_full_disk(self):
        with open("/dev/full", "wb") as full:
            for args in [("render", SAMPLE, "-o", "-"), ("dump", SAMPLE, "--stage", "model"),
                         ("forms",), ("--help",)]:
                with self.subTest(args=args):
                    done = subprocess.run([BANXIN, *args], stdout=full, stderr=subprocess.PIPE,
                                          env=environment())
                    self.assertEqual(done.returncode, WRITE)


class Findings(Case):
    KEYS = ["level", "code", "file", "where", "page", "zh", "en"]

    def test_json_is_one_object_a_line_with_these_keys(self):
        for report in EXAMPLES:
            for found in self.findings(DONE, "check", report):
                self.assertEqual(list(found), self.KEYS)
                self.assertIn(found["level"], ("error", "warning", "note"))
                self.assertEqual(found["file"], report)
                self.assertTrue(found["page"] is None or found["page"] >= 1)
                self.assertTrue(found["zh"] and found["en"])
                self.assertIsNotNone(HAN.search(found["zh"]))

    def test_text_names_level_code_and_place(self):
        report = sample()
        report["sections"]["review"]["values"]["reconsideration"]["total"] = 77
        path = self.write("r.json", report)
        place = "C4 /sections/review/values/reconsideration/total: "
        self.assertIn("错误 " + place, self.check(MODEL, "check", path, "--lang", "zh").told)
        self.assertIn("error " + place, self.check(MODEL, "check", path, "--lang", "en").told)

    def test_failures_are_told_in_chinese_as_in_english(self):
        """Also the system's reason inside, and a sentence with two holes in another order."""
        text = self.write("a.json", b"{}")
        damaged = self.write("a.pdf", b"%PDF-1.7\n" + b"x" * 2000)
        for status, words, told in [
                (READ, ("check", self.path("none.json")), "文件读不了：没有这个文件或文件夹"),
                (WRITE, ("render", SAMPLE, "-o", self.path("no/x.pdf")), "文件写不了：没有这个文件或文件夹"),
                (READ, ("verify", text), "这不是 PDF"),
                (READ, ("verify", damaged), "这份 PDF 读不了：第 "),
                (LAYOUT, ("render", SAMPLE, "-o", "x.pdf", "--style", "none"), "没有这个名称的版式")]:
            with self.subTest(told):
                done = self.check(status, *words, "--lang", "zh")
                self.assertIn(told, done.told)


    def test_punctuation_is_one_line_in_text_and_all_in_json(self):
        text = self.check(DONE, "check", SAMPLE).told
        found = [f for f in self.findings(DONE, "check", SAMPLE) if f["code"] == "PUN"]
        self.assertGreater(len(found), 1)
        self.assertEqual(text.count("PUN"), 1)
        self.assertIn(f"note PUN {found[0]['where']}: ", text)
        self.assertIn(f"(and {len(found) - 1} more: ", text)
        kept = self.findings(DONE, "check", SAMPLE, "--punctuation", "keep")
        self.assertEqual([f for f in kept if f["code"] == "PUN"], [])

    def test_hostile_text_reaches_no_terminal(self):
        report = sample()
        report["\x1b[2J\u009b31m\"\\"] = 1
        told = self.check(MODEL, "check", self.write("r.json", report)).told
        self.assertNotRegex(told, "[\x00-\x09\x0b-\x1f\x7f-\x9f]")
        found = self.findings(MODEL, "check", self.path("r.json"))
        self.assertTrue(any("\x1b[2J" in f["where"] or "u001b" in f["where"] for f in found))

    def test_a_file_name_may_be_any_bytes(self):
        path = os.fsencode(self.folder) + b"/\xff\x1b.json"
        done = run("check", path)
        self.assertEqual(done.returncode, READ)
        self.assertIn("\ufffd\\u001b.json", done.told)

    def test_strict_makes_warnings_errors_and_leaves_notes(self):
        report = sample()
        report["sections"]["other"]["body"] = []
        path = self.write("r.json", report)
        found = self.findings(DONE, "check", path)
        warned = [f["code"] for f in found if f["level"] == "warning"]
        self.assertTrue(warned)
        strict = self.findings(MODEL, "check", path, "--strict")
        self.assertEqual([f["code"] for f in strict if f["level"] == "error"], warned)
        self.assertEqual([f for f in strict if f["level"] == "note"],
                         [f for f in found if f["level"] == "note"])

    def test_previous_year(self):
        last = sample()
        last["year"] = 2018
        path = self.write("last.json", last)
        found = self.findings(DONE, "check", SAMPLE, "--previous", path)
        self.assertNotIn(path, {f["file"] for f in found if f["code"] == "PUN"})
        last["sections"]["applications"]["values"]["carried_forward"]["natural_person"] = 41
        last["sections"]["applications"]["values"]["carried_forward"]["total"] = 41
        path = self.write("last.json", last)
        found = self.findings(DONE, "check", SAMPLE, "--previous", path)
        self.assertIn("C6", {f["code"] for f in found if f["level"] == "warning"})

    def test_previous_year_that_cannot_be_read(self):
        found = self.findings(READ, "check", SAMPLE, "--previous", self.path("none.json"))
        self.assertIn(self.path("none.json"), {f["file"] for f in found})
        broken = self.write("last.json", {"format": "zfxxgk-annual-report/1"})
        found = self.findings(MODEL, "check", SAMPLE, "--previous", broken)
        self.assertEqual({f["file"] for f in found if f["level"] == "error"}, {broken})


class Results(Case):
    def test_examples_render_without_an_error(self):
        for report in EXAMPLES:
            out = self.path("out.pdf")
            found = self.findings(DONE, "render", report, "-o", out)
            self.assertNotIn("error", {f["level"] for f in found})
            self.assertEqual(self.read(out)[:5], b"%PDF-")

    def test_an_old_file_is_replaced(self):
        out = self.write("out.pdf", OLD)
        self.check(DONE, "render", SAMPLE, "-o", out)
        self.assertEqual(self.read(out)[:5], b"%PDF-")
        self.assertEqual(os.listdir(self.folder), ["out.pdf"])

    def test_pipes_give_the_same_bytes(self):
        out = self.path("out.pdf")
        self.check(DONE, "render", SAMPLE, "-o", out)
        piped = self.check(DONE, "render", "-", "-o", "-", stdin=self.read(SAMPLE))
        self.assertEqual(piped.stdout, self.read(out))

    def test_inconsistent_figures_are_printed_when_allowed(self):
        report = sample()
        report["sections"]["review"]["values"]["reconsideration"]["total"] = 77
        path = self.write("r.json", report)
        found = self.findings(DONE, "render", path, "-o", self.path("o.pdf"),
                              "--allow-inconsistent")
        self.assertIn("C4", {f["code"] for f in found})

    def test_same_bytes_whatever_the_surroundings(self):
        first = self.path("first.pdf")
        self.check(DONE, "render", SAMPLE, "-o", first)
        copy = self.write("另一个名字.json", self.read(SAMPLE))
        for env, cwd, umask, report in [
                ({"TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.GB18030", "LANG": "zh_CN"}, "/", 0o77, copy),
                ({"TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8", "HOME": "/nonexistent",
                  "USER": "nobody"}, self.folder, 0o22, os.path.basename(copy)),
                ({"TZ": ":garbage", "XDG_CACHE_HOME": self.path("cache")}, ROOT, 0, SAMPLE)]:
            with self.subTest(env=env):
                out = self.path("again.pdf")
                self.check(DONE, "render", report, "-o", out, env=environment(**env), cwd=cwd,
                           preexec_fn=lambda mask=umask: os.umask(mask) and None)
                self.assertEqual(self.read(out), self.read(first))

    def test_source_date_epoch(self):
        def render(**env):
            self.check(DONE, "render", SAMPLE, "-o", self.path("o.pdf"), env=environment(**env))
            return self.read(self.path("o.pdf"))
        signed = render()
        self.assertIn(b"2020-01-23T00:00:00+08:00", signed)
        dated = render(SOURCE_DATE_EPOCH="86400")
        self.assertIn(b"1970-01-02T00:00:00", dated)
        self.assertEqual(dated, render(SOURCE_DATE_EPOCH="86400", TZ="Asia/Tokyo"))
        for text in ["yesterday", "-1", "1e9", "9" * 30, " 1"]:
            self.check(USAGE, "render", SAMPLE, "-o", self.path("x.pdf"),
                       env=environment(SOURCE_DATE_EPOCH=text))

    def test_without_a_signature_there_is_no_date(self):
        report = sample()
        del report["signature"]
        out = self.path("o.pdf")
        self.check(DONE, "render", self.write("r.json", report), "-o", out)
        self.assertNotRegex(self.read(out), rb"CreateDate|ModifyDate|CreationDate|ModDate")

    def test_summary_and_timings(self):
        told = self.check(DONE, "render", SAMPLE, "-o", self.path("o.pdf"), "--timings").told
        self.assertRegex(told, r"wrote \S+o\.pdf, pages: \d+\n")
        for phase in ["start", "layouts", "fonts", "model", "plan", "pages", "subset", "compress",
                      "write", "total"]:
            self.assertRegex(told, rf"(?m)^{phase} +\d+\.\d\d ms$")


def png(width, height):
    """A gray picture."""
    def chunk(name, data):
        return (struct.pack(">I", len(data)) + name + data
                + struct.pack(">I", zlib.crc32(name + data)))
    rows = (b"\0" + b"\x80" * width) * height
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Images(Case):
    def setUp(self):
        super().setUp()
        self.write("chart.png", png(40, 20))
        self.report = sample()
        self.block = {"image": "chart.png", "alt": "图"}
        self.report["sections"]["overview"]["body"].insert(0, self.block)

    def refused(self, *args, **options):
        error, = (f for f in self.findings(READ, *args, **options) if f["level"] == "error")
        self.assertTrue(error["where"].startswith("/sections/overview/body/0"), error)

    def test_lie_beside_the_report(self):
        path = self.write("r.json", self.report)
        self.check(DONE, "render", "r.json", "-o", "near.pdf", cwd=self.folder)
        self.check(DONE, "render", path, "-o", self.path("far.pdf"), cwd="/")
        self.assertEqual(self.read(self.path("near.pdf")), self.read(self.path("far.pdf")))

    def test_from_standard_input_need_a_folder(self):
        given = self.read(self.write("r.json", self.report))
        self.refused("render", "-", "-o", "-", stdin=given, cwd=self.folder)
        piped = self.check(DONE, "render", "-", "-o", "-", "--base", self.folder, stdin=given)
        self.check(DONE, "render", self.path("r.json"), "-o", self.path("o.pdf"))
        self.assertEqual(piped.stdout, self.read(self.path("o.pdf")))

    def test_missing_or_broken(self):
        path = self.write("r.json", self.report)
        for content in [png(40, 20)[:-30], b"", b"GIF89a"]:
            self.write("chart.png", content)
            self.refused("render", path, "-o", self.path("o.pdf"))
        os.remove(self.path("chart.png"))
        self.refused("render", path, "-o", self.path("o.pdf"))
        self.assertEqual(os.listdir(self.folder), ["r.json"])


class Previews(Case):
    def test_png_a_page(self):
        self.check(DONE, "preview", SAMPLE, "-o", self.path("p-%02d.png"), "--dpi", "36")
        names = sorted(os.listdir(self.folder))
        self.assertGreater(len(names), 2)
        self.assertEqual(names, [f"p-{i:02}.png" for i in range(1, len(names) + 1)])
        for name in names:
            head = self.read(self.path(name))[:24]
            self.assertEqual(head[:8], b"\x89PNG\r\n\x1a\n")
            self.assertEqual(struct.unpack(">II", head[16:]), (298, 421))  # A4 at 36 dpi

    def test_svg_a_page(self):
        self.check(DONE, "preview", SAMPLE, "-o", self.path("%%-%d.svg"))
        self.assertIn("%-1.svg", os.listdir(self.folder))
        self.assertIn(b"<svg", self.read(self.path("%-1.svg")))

    def test_an_error_leaves_the_old_pictures(self):
        report = sample()
        report["preamble"] = ["字\U0001e900字"]
        old = self.write("p-1.png", OLD)
        path = self.write("r.json", report)
        self.check(FONT, "preview", path, "-o", self.path("p-%d.png"))
        self.assertEqual(self.read(old), OLD)
        self.assertEqual(sorted(os.listdir(self.folder)), ["p-1.png", "r.json"])


class Dumps(Case):
    def test_stages(self):
        for stage, start in [("model", "model 2019\n"), ("plan", "plan "), ("pages", "pages "),
                             ("structure", "Document e0\n")]:
            text = self.check(DONE, "dump", SAMPLE, "--stage", stage).stdout.decode()
            self.assertTrue(text.startswith(start), text[:80])
            again = self.check(DONE, "dump", SAMPLE, "--stage", stage, "-o", self.path("d.txt"),
                               env=environment(LC_ALL="zh_CN.UTF-8", TZ="Asia/Tokyo"))
            self.assertEqual(again.stdout, b"")
            self.assertEqual(self.read(self.path("d.txt")).decode(), text)

    def test_classes_need_no_report_and_cover_all_characters(self):
        text = self.check(DONE, "dump", "--stage", "classes").stdout.decode()
        self.check(DONE, "dump", SAMPLE, "--stage", "classes", "-o", self.path("c.txt"))
        self.assertEqual(self.read(self.path("c.txt")).decode(), text)
        at, classes = 0, dict.fromkeys("中，。（）a1")
        for line in text.splitlines():
            first, last, name = re.fullmatch(r"([0-9A-F]+)\.\.([0-9A-F]+) ([A-Z]+)", line).groups()
            self.assertEqual(int(first, 16), at)
            at = int(last, 16) + 1
            for mark in classes:
                if int(first, 16) <= ord(mark) < at:
                    classes[mark] = name
        self.assertEqual(at, 0x110000)
        self.assertEqual(list(classes.values()), ["HAN", "CM", "PD", "OP", "CL", "LAT", "NUM"])

    def test_why_tells_of_every_page(self):
        for report in ("changsha-hitech-2019", "hongze-2024", "suqian-2023"):
            path = os.path.join(os.path.dirname(SAMPLE), report + ".json")
            text = self.check(DONE, "dump", path, "--stage", "pages", "--why").stdout.decode()
            self.assertEqual(self.check(DONE, "dump", path, "--why").stdout.decode(), text)
            first, *lines = text.splitlines()
            self.assertEqual(first, f"pages {len(lines)}")
            last = lines.pop()
            self.assertRegex(last, rf"^page {len(lines) + 1} ends with the report, \d+ lines blank$")
            for number, line in enumerate(lines, 1):
                found = re.match(r"page (\d+) ends before block \d+: before (line|row) \d+ of /\S+, "
                                 r"(between blocks|inside a paragraph|cuts the table between groups), "
                                 r"(\d) lines blank, cost (\d+) = page (\d+) \+ place (\d+) \+ rest "
                                 r"(\d+); next best: .*, (\d+) more for the report$", line)
                self.assertIsNotNone(found, line)
                self.assertEqual(int(found[1]), number)
                cost, *parts = (int(found[i]) for i in (5, 6, 7, 8))
                self.assertEqual(cost, sum(parts))


class Fonts(Case):
    def test_fonts_names_the_faces(self):
        english = self.check(DONE, "fonts").stdout.decode()
        self.assertIn("FandolFang", english)
        self.assertNotEqual(english, self.check(DONE, "fonts", "--lang", "zh").stdout.decode())


if __name__ == "__main__":
    unittest.main(verbosity=1)
