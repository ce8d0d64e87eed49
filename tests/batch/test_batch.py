#!/usr/bin/env python3
"""banxin batch: the same bytes as one by one, names, manifest, shards, resuming, failures."""
import hashlib
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from folder import Case, command, files, leftovers, manifest, reports, sha256, small  # noqa: E402
from command import BANXIN, DONE, EXAMPLES, MODEL, READ, USAGE, WRITE, environment, run  # noqa: E402


class Bytes(Case):
    def test_the_same_as_one_by_one_on_any_number_of_threads(self):
        source = self.many(6)
        wanted = {}
        for place, _, names in os.walk(source):
            for name in names:
                with open(os.path.join(place, name), encoding="utf-8") as file:
                    report = json.load(file)
                out = self.path("one.pdf")
                self.check(DONE, "render", os.path.join(place, name), "-o", out)
                wanted[f"{report['year']}/{report['organ']}.pdf"] = sha256(out)
        for jobs in ("1", "2", "5"):
            self.batch(DONE, source, "-o", self.path(jobs), "-j", jobs)
            self.assertEqual(files(self.path(jobs)), wanted)
            self.assertEqual(leftovers(self.path(jobs)), [])

    def test_options_of_render_count(self):
        out = self.path("one.pdf")
        options = ("--style", "gbt9704-word", "--punctuation=keep")
        self.check(DONE, "render", EXAMPLES[0], "-o", out, *options)
        self.batch(DONE, EXAMPLES[0], "-o", self.path("out"), "--name", "a.pdf", *options)
        self.assertEqual(files(self.path("out")), {"a.pdf": sha256(out)})

    def test_images_lie_beside_each_report(self):
        for place in ("a", "b"):
            os.mkdir(self.path(place))
            report = small(organ=place)
            report["sections"]["overview"]["body"] = [{"image": "box.svg", "alt": "图"}]
            line = json.dumps(report, ensure_ascii=False).encode()
            self.write(f"{place}/r.json", line)
            self.write(f"{place}/box.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="90" '
                       b'height="40"><rect width="90" height="40"/></svg>')
        self.batch(DONE, self.path("a"), self.path("b"), "-o", self.path("out"))
        self.batch(READ, "-", "-o", self.path("none"), stdin=line)
        self.batch(DONE, "-", "-o", self.path("some"), "--base", self.path("b"), stdin=line)
        self.assertEqual(files(self.path("some"))["2024/b.pdf"],
                         files(self.path("out"))["2024/b.pdf"])


class Inputs(Case):
    def test_a_folder_is_walked_in_byte_order(self):
        os.makedirs(self.path("in/a/deep"))
        names = ["a.json", "a/b.json", "a/deep/c.json", "B.json", "é.json"]
        for i, name in enumerate(names):
            self.write(os.path.join("in", name), small(organ=f"{i}"))
        for name in (".hidden.json", "a.txt", "json"):
            self.write(os.path.join("in", name), b"no report")
        os.symlink(self.path("in"), self.path("in/a/circle"))
        self.batch(DONE, self.path("in"), "-o", self.path("out"), "-j", "1")
        told = [os.path.relpath(line["input"], self.path("in"))
                for line in self.manifest(self.path("out"))]
        self.assertEqual(told, sorted(names, key=lambda name: name.encode()))

    def test_lists_and_files(self):
        for name in ("a", "b", "c"):
            self.write(name + ".json", small(organ=name))
        with open(self.path("list"), "wb") as file:
            file.write(b"\xef\xbb\xbfa.json\r\n\r\nb.json")
        self.batch(DONE, "@list", "c.json", "-o", "out", "-j", "1", cwd=self.folder)
        self.assertEqual([line["input"] for line in self.manifest(self.path("out"))],
                         ["a.json", "b.json", "c.json"])
        self.batch(DONE, "@-", "-o", "out2", cwd=self.folder, stdin=b"a.json\nb.json\n")
        self.assertEqual(len(files(self.path("out2"))), 2)

    def test_standard_input_has_a_report_a_line(self):
        lines = [json.dumps(small(organ=str(i)), ensure_ascii=False) for i in range(3)]
        text = (lines[0] + "\n\n  \n" + lines[1] + "\n" + lines[2]).encode()
        self.batch(DONE, "-", "-o", self.path("out"), "-j", "1", stdin=text)
        told = self.manifest(self.path("out"))
        self.assertEqual([line["input"] for line in told], ["-:1", "-:4", "-:5"])
        self.assertEqual(told[1]["input_sha256"], hashlib.sha256(lines[1].encode()).hexdigest())

    def test_what_cannot_be_listed_ends_it_before_anything_is_written(self):
        report = self.write("a.json", small())
        for wrong, status in [("@nothing", READ), ("@" + BANXIN, READ), (("-", "-"), USAGE)]:
            inputs = wrong if isinstance(wrong, tuple) else (wrong,)
            self.batch(status, report, *inputs, "-o", self.path("out"), cwd=self.folder)
            self.assertFalse(os.path.exists(self.path("out")))


class Names(Case):
    def test_pattern(self):
        report = self.write("r.json", small(organ="甲局"))
        out = self.path("out")
        self.batch(DONE, report, "-o", out, "--name", "{organ}/年报/{year}-{year}.pdf",
                   "--manifest", self.path("m"))
        self.assertEqual(list(files(out, "")), ["甲局/年报/2024-2024.pdf"])

    def test_a_value_cannot_leave_its_folder_or_hide(self):
        for organ, wanted in [("../../甲", "_._.._甲"), (".甲", "_甲"), ("甲/乙", "甲_乙"),
                              ("..", "_.")]:
            with self.subTest(organ=organ):
                report = self.write("r.json", small(organ=organ))
                out = self.path(f"out{len(os.listdir(self.folder))}")
                self.batch(DONE, report, "-o", out)
                self.assertEqual(list(files(out)), [f"2024/{wanted}.pdf"])

    def test_wrong_patterns(self):
        report = self.write("a.json", small())
        for pattern in ("../{organ}.pdf", "/{organ}.pdf", "{organ}/../x.pdf", "{month}.pdf", "{",
                        "a/", ".."):
            with self.subTest(pattern=pattern):
                self.batch(USAGE, report, "-o", self.path("out"), "--name", pattern)
                self.assertFalse(os.path.exists(self.path("out")))

    def test_two_of_one_name_end_it_in_every_shard(self):
        for name in ("a", "b", "c", "d"):
            self.write(name + ".json", small(organ="甲" if name in "ad" else name))
        inputs = [self.path(name + ".json") for name in ("a", "b", "c", "d")]
        for shard in ("0/3", "1/3", "2/3"):
            found = self.findings(USAGE, "batch", *inputs, "-o", self.path("out"), "--shard", shard)
            self.assertEqual([f["code"] for f in found], ["USAGE"])
            self.assertIn("a.json", found[0]["en"])
            self.assertTrue(found[0]["file"].endswith("d.json"))
        self.assertFalse(os.path.exists(self.path("out")))

    def test_an_input_is_never_an_output(self):
        report = self.write("r.json", small(organ="r"))
        before = self.read(report)
        self.batch(USAGE, report, "-o", self.folder, "--name", "{organ}.json")
        self.assertEqual(self.read(report), before)


class Manifest(Case):
    def test_a_line_says_what_was_done(self):
        source, out = self.many(3), self.path("out")
        self.write("in/zz.json", {"year": 2024, "organ": "坏", "format": "?"})
        self.write("in/zzz.json", b"{")
        self.batch(MODEL, source, "-o", out)
        told = {os.path.basename(line["input"]): line for line in self.manifest(out)}
        self.assertEqual(len(told), 5)
        for name, line in told.items():
            self.assertEqual(line["input_sha256"], sha256(line["input"]))
            self.assertGreaterEqual(line["ms"], 0)
            self.assertRegex(line["setting"], "^[0-9a-f]{64}$")
            if name.startswith("z"):
                continue
            path = os.path.join(out, line["output"])
            self.assertEqual(line["output_sha256"], sha256(path))
            shown = subprocess.run(["qpdf", "--show-npages", path], capture_output=True, check=True)
            self.assertEqual(line["pages"], int(shown.stdout))
            found = self.findings(DONE, "check", line["input"])
            self.assertLessEqual(len(found), line["findings"]["note"])
            self.assertEqual((line["status"], line["findings"]["error"]), (DONE, 0))
        bad = told["zz.json"]
        self.assertEqual((bad["status"], bad["output"], bad["output_sha256"], bad["pages"]),
                         (MODEL, "2024/坏.pdf", None, 0))
        self.assertGreater(bad["findings"]["error"], 0)
        self.assertEqual((told["zzz.json"]["status"], told["zzz.json"]["output"]), (READ, None))

    def test_a_manifest_in_use_is_not_shared(self):
        source, out = self.many(12), self.path("out")
        first = subprocess.Popen([BANXIN, "batch", source, "-o", out, "-j1"],
                                 env=environment(), stderr=subprocess.DEVNULL)
        while not os.path.exists(os.path.join(out, "manifest.jsonl")) and first.poll() is None:
            time.sleep(0.01)
        time.sleep(0.05)
        if first.poll() is None:
            told = self.findings(USAGE, "batch", source, "-o", out)
            self.assertIn("twice", told[0]["en"])
        self.assertEqual(first.wait(), 0)
        self.assertEqual(len(self.manifest(out)), 12)


class Shards(Case):
    def test_they_are_complete_and_share_nothing(self):
        source, out = self.many(20), self.path("out")
        self.batch(DONE, source, "-o", self.path("whole"))
        seen = []
        for shard in range(4):
            self.batch(DONE, source, "-o", out, "--shard", f"{shard}/4")
            seen += [line["input"] for line in self.manifest(out, f"manifest-{shard}-of-4.jsonl")]
        self.assertEqual(len(seen), 20)
        self.assertEqual(len(set(seen)), 20)
        self.assertEqual(files(out), files(self.path("whole")))

    def test_the_key_decides(self):
        """Of a folder the path below it, of a list the path as written, of a line its number."""
        def shard(key):
            return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 3

        for name in ("a", "b", "c", "d"):
            os.makedirs(self.path("in/x"), exist_ok=True)
            self.write(f"in/x/{name}.json", small(organ=name))
        paths = [f"in/x/{name}.json" for name in "abcd"]
        self.write("list", "\n".join(paths).encode())
        lines = "\n".join(json.dumps(small(organ=name)) for name in "abcd").encode()
        for i in range(3):
            for args, keys, inputs in [
                    (("in/",), [p[3:] for p in paths], paths), (("@list",), paths, paths),
                    (paths, paths, paths), (("-",), "1234", [f"-:{n}" for n in "1234"])]:
                self.batch(DONE, *args, "-o", "out", "--shard", f"{i}/3", "-j1", cwd=self.folder,
                           stdin=lines)
                self.assertEqual(
                    [line["input"] for line in self.manifest(self.path("out"),
                                                             f"manifest-{i}-of-3.jsonl")],
                    [path for key, path in zip(keys, inputs) if shard(key) == i])

    def test_wrong_shards(self):
        report = self.write("a.json", small())
        for shard in ("4/4", "1", "-1/4", "0/0", "a/b", "1/4x", "/4", "1/"):
            self.batch(USAGE, report, "-o", self.path("out"), "--shard", shard)


class Resume(Case):
    def setUp(self):
        super().setUp()
        self.source, self.out = self.many(6), self.path("out")
        self.batch(DONE, self.source, "-o", self.out)
        self.before = files(self.out)

    def resume(self, status=DONE, *more):
        """Gives how many were set anew."""
        told = self.batch(status, self.source, "-o", self.out, "--resume", *more).told
        lines = self.manifest(self.out)
        outputs = [line["output"] for line in lines]
        self.assertEqual(len(outputs), len(set(outputs)), "a report has two lines")
        return int(re.search(r"set (\d+)", told).group(1))

    def first(self):
        line = self.manifest(self.out)[0]
        return line["input"], os.path.join(self.out, line["output"])

    def test_nothing_is_done_twice(self):
        times = {name: os.stat(os.path.join(self.out, name)).st_mtime_ns for name in self.before}
        self.assertEqual(self.resume(), 0)
        for name, then in times.items():
            self.assertEqual(os.stat(os.path.join(self.out, name)).st_mtime_ns, then)

    def test_an_output_gone_or_changed_is_made_again(self):
        _, output = self.first()
        os.remove(output)
        self.assertEqual(self.resume(), 1)
        with open(output, "r+b") as file:
            file.write(b"!")
        self.assertEqual(self.resume(), 1)
        self.assertEqual(files(self.out), self.before)

    def test_a_changed_input_is_set_again(self):
        source, _ = self.first()
        with open(source, "ab") as file:
            file.write(b"\n")
        self.assertEqual(self.resume(), 1)

    def test_another_setting_sets_all_again(self):
        self.assertEqual(self.resume(DONE, "--style", "gbt9704-word"), 6)
        self.assertEqual(self.resume(DONE, "--style", "gbt9704-word"), 0)

    def test_a_torn_or_foreign_line_costs_its_report_only(self):
        path = os.path.join(self.out, "manifest.jsonl")
        whole = self.read(path)
        for cut in (1, 20, 400):
            self.write(path, whole[:-cut])
            torn = whole[:-cut].count(b"\n")
            self.assertEqual(self.resume(), 6 - torn)
        self.write(path, b"no json\n{}\n[]\n" + whole)
        self.assertEqual(self.resume(), 0)
        self.assertEqual(files(self.out), self.before)

    def test_what_was_left_half_written_is_removed_and_nothing_of_others(self):
        for line in self.manifest(self.out)[:2]:
            mark = hashlib.sha256(line["output"].encode()).hexdigest()[:16]
            folder = os.path.dirname(os.path.join(self.out, line["output"]))
            self.write(os.path.join(folder, f".banxin-batch-{mark}-4711"), b"half")
        for name in (".banxin-batch-0123456789abcdef-4711", ".banxin-batch-short", "mine.pdf"):
            self.write(os.path.join(folder, name), b"another's")
        self.resume()
        self.assertEqual(sorted(leftovers(self.out)),
                         [".banxin-batch-0123456789abcdef-4711", ".banxin-batch-short"])
        self.assertTrue(os.path.exists(os.path.join(folder, "mine.pdf")))

    def test_failed_reports_are_tried_again(self):
        bad = self.write("in/zz.json", {"year": 2024, "organ": "坏"})
        self.batch(MODEL, self.source, "-o", self.out, "--resume")
        self.write("in/zz.json", small(organ="坏"))
        self.assertTrue(os.path.exists(bad))
        self.assertEqual(self.resume(), 1)

    def test_without_it_everything_is_set(self):
        told = self.batch(DONE, self.source, "-o", self.out).told
        self.assertIn("set 6,", told)
        self.assertEqual(len(self.manifest(self.out)), 6)

    def test_sync_changes_nothing_one_can_see(self):
        self.assertEqual(self.resume(DONE, "--sync"), 0)
        self.batch(DONE, self.source, "-o", self.path("synced"), "--sync")
        self.assertEqual(files(self.path("synced")), self.before)


class Failures(Case):
    def test_one_does_not_keep_the_others(self):
        """Status of the first by input order, each told whole, the others done."""
        source = self.many(3)
        self.write("in/aaa.json", b"\xff")
        wrong = small(organ="错")
        wrong["sections"]["review"]["values"]["reconsideration"]["total"] = 7
        self.write("in/zz.json", wrong)
        done = self.batch(READ, source, self.path("nowhere.json"), "-o", self.path("out"),
                          "-j", "2")
        self.assertEqual(len(files(self.path("out"))), 3)
        self.assertRegex(done.told, r"error C4 \S*zz\.json")
        tail = done.told[done.told.index("failed:"):]
        self.assertEqual(re.findall(r"  \S*/(\S+) \(status (\d)\)", tail),
                         [("aaa.json", "2"), ("zz.json", "3"), ("nowhere.json", "2")])
        self.assertIn("set 3, there already 0, failed 3, not begun 0", tail)

    def test_json_has_every_finding_and_nothing_else(self):
        source = self.many(2)
        self.write("in/zz.json", {"year": 2024, "organ": "坏"})
        found = self.findings(MODEL, "batch", source, "-o", self.path("out"))
        counted = {}
        for finding in found:
            counted[finding["file"]] = counted.get(finding["file"], 0) + 1
        told = {line["input"]: sum(line["findings"].values())
                for line in self.manifest(self.path("out"))}
        self.assertEqual(counted.get(self.path("in/zz.json")), told[self.path("in/zz.json")])
        self.assertEqual(sum(counted.values()), sum(told.values()))

    def test_fail_fast_begins_no_more(self):
        os.mkdir(self.path("in"))
        for i in range(8):
            self.write(f"in/{i}.json", small(organ=str(i)) if i != 2 else {"year": 1, "organ": "x"})
        done = self.batch(MODEL, self.path("in"), "-o", self.path("out"), "-j1", "--fail-fast")
        self.assertEqual(sorted(files(self.path("out"))), ["2024/0.pdf", "2024/1.pdf"])
        self.assertIn("not begun 5", done.told)

    def test_a_place_that_cannot_be_written(self):
        report = self.write("a.json", small(organ="甲"))
        os.makedirs(self.path("out/2024/甲.pdf"))
        self.batch(WRITE, report, "-o", self.path("out"))
        self.assertEqual(leftovers(self.path("out")), [])
        self.write("file", b"")
        found = self.findings(WRITE, "batch", report, "-o", self.path("file"))
        self.assertEqual(found[-1]["code"], "WRITE")

    def test_last_years_report_is_found_by_organ_and_year(self):
        """C6: what was carried over is what last year's report carried forward."""
        os.mkdir(self.path("in"))
        for organ in ("甲", "乙"):
            self.write(f"in/{organ}.json", small(organ=organ))
            last = small(organ=organ, year=2023)
            if organ == "乙":
                rows = last["sections"]["applications"]["values"]
                rows["carried_forward"]["natural_person"] += 1
                rows["carried_forward"]["total"] += 1
                rows["new"]["natural_person"] += 1
                rows["new"]["total"] += 1
            self.write(f"{organ}-2023.json", last)
        found = self.findings(DONE, "batch", self.path("in"), "-o", self.path("out"),
                              "--previous", self.path("{organ}-{year}.json"))
        told = {f["file"] for f in found if f["code"] == "C6"}
        self.assertEqual(told, {self.path("in/乙.json")})


class Progress(Case):
    def test_lines_where_nobody_looks(self):
        source = self.many(3)
        told = self.batch(DONE, source, "-o", self.path("out")).told
        self.assertEqual(len(re.findall(r"(?m)^\[\d/3\] \S+\.pdf$", told)), 3)
        told = self.batch(DONE, source, "-o", self.path("out"), "--progress=none").told
        self.assertEqual(told, "")
        told = self.batch(DONE, source, "-o", self.path("out"), "--resume", "--lang=zh").told
        self.assertIn("：已有", told)

    def test_a_bar_on_a_terminal(self):
        source = self.many(4)
        ours, theirs = pty.openpty()
        done = subprocess.Popen([BANXIN, "batch", source, "-o", self.path("out"), "-j1"],
                                env=environment(), stderr=theirs)
        os.close(theirs)
        shown = b""
        try:
            while some := os.read(ours, 4096):
                shown += some
        except OSError:  # the terminal's end
            pass
        os.close(ours)
        self.assertEqual(done.wait(), 0)
        self.assertRegex(shown.decode(), r"\r\x1b\[K\[#+\] 4/4, [\d.]+/s, left 0:00")
        self.assertIn("reports: 4", shown.decode())


class Signals(Case):
    def start(self, count=40):
        self.source, self.out = self.many(count), self.path("out")
        self.run = subprocess.Popen([BANXIN, "batch", self.source, "-o", self.out, "-j2"],
                                    env=environment(), stderr=subprocess.PIPE, text=True)
        for line in self.run.stderr:
            if line.startswith("["):
                break

    def test_the_first_finishes_what_was_begun(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal=number):
                self.start()
                self.run.send_signal(number)
                told = self.run.stderr.read()
                self.run.stderr.close()
                self.assertEqual(self.run.wait(), 128 + number)
                self.assertIn("stopping", told)
                self.assertNotIn("not begun 0", told)
                lines = self.manifest(self.out)
                self.assertTrue(0 < len(lines) < 40)
                self.assertEqual({line["output"]: line["output_sha256"] for line in lines},
                                 files(self.out))
                self.assertEqual(leftovers(self.out), [])
                shutil.rmtree(self.out)

    def test_the_second_ends_at_once(self):
        self.start()
        self.run.send_signal(signal.SIGINT)
        for line in self.run.stderr:
            if "stopping" in line:
                break
        self.run.send_signal(signal.SIGINT)
        self.run.stderr.read()
        self.run.stderr.close()
        self.assertIn(self.run.wait(), (-signal.SIGINT, 130))  # 130: it was done before


if __name__ == "__main__":
    unittest.main()
