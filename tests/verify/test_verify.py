#!/usr/bin/env python3
"""`banxin verify` on our own files, which it must accept, and on forged ones, each of which it must
find: with the file written again beside it, and without, as for a file of another version."""
import json
import os
import re
import subprocess
import sys
import unittest

import pikepdf

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "cli"),
                os.path.join(os.path.dirname(HERE), "pdf")]
import forge  # noqa: E402
import variations  # noqa: E402
from command import DONE, EXAMPLES, MODEL, READ, SAMPLE, USAGE, Case, run  # noqa: E402

SIGN = 8
KEPT = {}


def rendered(path, *options):
    """The bytes of a rendered report, made once."""
    key = (path, *options)
    if key not in KEPT:
        done = run("render", path, "-o", "-", "--allow-inconsistent", *options)
        assert done.returncode == DONE, done.told
        KEPT[key] = done.stdout
    return KEPT[key]


class Verify(Case):
    def verdict(self, status, data, *options):
        """The report of a run on bytes."""
        pdf, report = self.write("file.pdf", data), self.path("verdict.json")
        self.check(status, "verify", pdf, "--report", report, *options)
        return json.loads(self.read(report))

    def forged(self, *changes, path=SAMPLE):
        """A rendered report with changes made, as bytes."""
        with open(self.path("before.pdf"), "wb") as file:
            file.write(rendered(path))
        with pikepdf.open(self.path("before.pdf")) as pdf:
            for change in changes:
                change(pdf)
            forge.save(pdf, self.path("after.pdf"))
        return self.read(self.path("after.pdf"))

    def codes(self, verdict):
        return {f["code"] for f in verdict["findings"] if f["level"] == "error"}

    def finding(self, verdict, code):
        found = [f for f in verdict["findings"] if f["code"] == code]
        self.assertTrue(found, verdict["findings"])
        return found[0]


class Accepts(Verify):
    def test_examples__hold_in_every_respect(self):
        for path in EXAMPLES:
            with self.subTest(path):
                verdict = self.verdict(DONE, rendered(path))
                self.assertEqual(set(verdict["answers"].values()), {"holds"})
                self.assertEqual(verdict["findings"], [])
                self.assertEqual(verdict["status"], 0)

    def test_profiles__hold(self):
        for profile in "archive", "archive-4f", "print":
            for path in EXAMPLES:
                with self.subTest((profile, os.path.basename(path))):
                    verdict = self.verdict(DONE, rendered(path, "--profile", profile))
                    self.assertEqual(set(verdict["answers"].values()), {"holds"}, verdict)

    def test_archive_2a__holds_against_a_given_model(self):
        for path in EXAMPLES:
            with self.subTest(os.path.basename(path)):
                data = rendered(path, "--profile", "archive-2a")
                answers = self.verdict(DONE, data)["answers"]
                self.assertEqual((answers["text"], answers["changes"]), ("not checked", "holds"))
                answers = self.verdict(DONE, data, "--model", path)["answers"]
                self.assertEqual(answers.pop("model"), "not checked")
                self.assertEqual(set(answers.values()), {"holds"}, answers)

    def test_bleed_and_crop_marks__hold(self):
        data = rendered(SAMPLE, "--profile", "print", "--bleed", "3mm", "--crop-marks")
        self.assertEqual(self.verdict(DONE, data)["answers"]["bytes"], "holds")

    def test_fields_to_be_signed__are_the_files_own(self):
        data = rendered(SAMPLE, "--signature-field=2")
        self.assertEqual(set(self.verdict(DONE, data)["answers"].values()), {"holds"})
        with pikepdf.open(self.write("a.pdf", data)) as pdf:
            page = next(p for p in pdf.pages if "/Annots" in p)
            page.Annots.append(page.Annots[0])
            forge.other_version(pdf)
            forge.save(pdf, self.path("b.pdf"))
        verdict = self.verdict(SIGN, self.read(self.path("b.pdf")))
        self.assertIn("Widget", self.finding(verdict, "VERIFY-ADDED")["en"])

    def test_variations__hold(self):
        """Images, plain tables, signatures of all kinds, glyphs of two meanings."""
        for path in variations.write(self.folder, SAMPLE):
            with self.subTest(os.path.basename(path)):
                verdict = self.verdict(DONE, rendered(path))
                self.assertEqual(set(verdict["answers"].values()), {"holds"}, verdict)

    def test_options__are_taken_from_the_file(self):
        for options in ("--punctuation", "keep"), ("--style", "gbt9704-word"):
            with self.subTest(options):
                verdict = self.verdict(DONE, rendered(EXAMPLES[1], *options))
                self.assertEqual(verdict["answers"]["bytes"], "holds", verdict)

    def test_date_of_the_environment__is_taken_from_the_file(self):
        from command import environment
        done = run("render", SAMPLE, "-o", "-", "--allow-inconsistent",
                   env=environment(SOURCE_DATE_EPOCH="1583020799"))
        verdict = self.verdict(DONE, done.stdout)
        self.assertEqual(verdict["answers"]["bytes"], "holds", verdict)

    def test_saved_anew__is_a_warning(self):
        """qpdf writes every byte otherwise and nothing else."""
        for options in ("--stream-data=uncompress",), ("--linearize",), ("--object-streams=disable",):
            with self.subTest(options):
                pdf = self.write("a.pdf", rendered(SAMPLE))
                subprocess.run(["qpdf", *options, pdf, self.path("b.pdf")], check=True)
                verdict = self.verdict(DONE, self.read(self.path("b.pdf")))
                self.assertEqual(verdict["answers"]["bytes"], "fails")
                self.assertEqual(verdict["answers"]["changes"], "holds")
                self.assertEqual(self.finding(verdict, "VERIFY-BYTES")["level"], "warning")

    def test_other_version__compares_the_text_alone(self):
        verdict = self.verdict(DONE, self.forged(forge.other_version))
        self.assertEqual(verdict["answers"], {
            "model": "holds", "text": "holds", "attachments": "holds", "changes": "holds",
            "pages": "not possible", "bytes": "not possible"})
        self.assertIn("9.9.9", self.finding(verdict, "VERIFY-NOT")["en"])

    def test_without_a_model__text_is_not_checked(self):
        data = self.forged(forge.drop_attachments)
        verdict = self.verdict(DONE, data)
        self.assertEqual(verdict["answers"]["text"], "not checked")
        self.assertEqual(verdict["model"], {"from": "none", "sha256": ""})
        verdict = self.verdict(SIGN, data, "--model", SAMPLE)  # ours carry theirs
        self.assertEqual(verdict["answers"]["text"], "holds")
        self.assertEqual(verdict["model"]["from"], "given")
        self.assertEqual(self.codes(verdict), {"VERIFY-FILE", "VERIFY-CHANGE"})

    def test_report__names_the_model_by_its_digest(self):
        import hashlib
        with open(SAMPLE, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        self.assertEqual(self.verdict(DONE, rendered(SAMPLE))["model"],
                         {"from": "attached", "sha256": digest})


class FindsWithTheFileWrittenAgain(Verify):
    """Every forgery, for a file that this version and these faces made."""
    means = ()

    def found(self, status, codes, *changes):
        verdict = self.verdict(status, self.forged(*self.means, *changes))
        self.assertEqual(verdict["status"], status)
        self.assertLessEqual(set(codes), self.codes(verdict), verdict["findings"])
        return verdict

    def test_changed_figure__is_told_with_its_place(self):
        digits = []
        verdict = self.found(MODEL, ["VERIFY-TEXT"],
                             lambda pdf: digits.append(forge.change_figure(pdf, 0)))
        told = self.finding(verdict, "VERIFY-TEXT")
        self.assertEqual(told["page"], 1)
        self.assertEqual(verdict["answers"]["text"], "fails")
        (old, new), quoted = digits[0], re.findall("“([^”]*)”", told["en"])
        self.assertIn(new, quoted[0])
        self.assertIn(old, quoted[1])

    def test_changed_page_number__is_found(self):
        self.found(MODEL, ["VERIFY-TEXT"], lambda pdf: forge.change_figure(pdf, 1, True))

    def test_changed_figure_in_a_table__is_told_with_its_pointer(self):
        verdict = self.found(MODEL, ["VERIFY-TEXT"], lambda pdf: forge.change_figure(pdf, 2))
        self.assertTrue(self.finding(verdict, "VERIFY-TEXT")["where"].startswith("/sections/"))

    def test_changed_model__does_not_give_the_text(self):
        def change(data):
            assert b'"natural_person": 5' in data
            return data.replace(b'"natural_person": 5', b'"natural_person": 7', 1)
        verdict = self.found(MODEL, ["VERIFY-TEXT"], lambda pdf: forge.change_attachment(
            pdf, "report.json", change, True))
        self.assertIn("/sections/applications", self.finding(verdict, "VERIFY-TEXT")["where"])
        self.assertEqual(verdict["answers"]["model"], "holds")

    def test_changed_blank_of_the_model__breaks_its_digest(self):
        verdict = self.found(MODEL, ["VERIFY-MODEL", "VERIFY-FILE"],
                             lambda pdf: forge.change_attachment(
                                 pdf, "report.json", lambda data: data + b"\n", False))
        self.assertEqual(verdict["answers"]["model"], "fails")
        self.assertEqual(verdict["answers"]["text"], "holds")

    def test_broken_model__is_the_models_fault(self):
        verdict = self.found(MODEL, ["VERIFY-MODEL"], lambda pdf: forge.change_attachment(
            pdf, "report.json", lambda data: data[:-40], True))
        self.assertEqual(verdict["answers"]["text"], "fails")

    def test_changed_table__is_found(self):
        for name in "applications.csv", "disclosure.csv", "review.csv":
            with self.subTest(name):
                def change(data):
                    at = max(data.rfind(b"%d" % digit) for digit in range(10))
                    return data[:at] + b"%d" % (9 - int(data[at:at + 1])) + data[at + 1:]
                verdict = self.found(SIGN, ["VERIFY-FILE"], lambda pdf: forge.change_attachment(
                    pdf, name, change, True))
                self.assertIn(name, self.finding(verdict, "VERIFY-FILE")["en"])
                self.assertEqual(verdict["answers"]["attachments"], "fails")

    def test_added_attachment__is_found(self):
        self.found(SIGN, ["VERIFY-FILE"], lambda pdf: forge.attach(pdf, "z.txt", b"more"))

    def test_swapped_pages__are_found(self):
        verdict = self.found(MODEL, ["VERIFY-TEXT"], lambda pdf: forge.swap_pages(pdf, 1, 2))
        self.assertEqual(self.finding(verdict, "VERIFY-TEXT")["page"], 2)

    def test_removed_page__is_found(self):
        for number in range(5):
            with self.subTest(number):
                self.found(MODEL, ["VERIFY-TEXT"], lambda pdf: forge.remove_page(pdf, number))

    def test_repeated_page__is_found(self):
        self.found(MODEL, ["VERIFY-TEXT"], lambda pdf: forge.repeat_page(pdf, 0))

    def test_annotation__is_found(self):
        verdict = self.found(SIGN, ["VERIFY-ADDED"], lambda pdf: forge.annotate(pdf, 1))
        self.assertEqual(self.finding(verdict, "VERIFY-ADDED")["page"], 2)
        self.assertEqual(verdict["answers"]["changes"], "fails")
        self.assertEqual(verdict["answers"]["text"], "holds")

    def test_script__is_found(self):
        self.found(SIGN, ["VERIFY-ADDED"], forge.add_script)

    def test_changed_meaning_of_a_glyph__is_found(self):
        self.found(MODEL, ["VERIFY-TEXT"], forge.change_meaning)

    def test_another_text_for_the_ear__is_found(self):
        verdict = self.found(MODEL, ["VERIFY-TEXT"], lambda pdf: forge.say_otherwise(pdf, 0))
        self.assertIn("read out", self.finding(verdict, "VERIFY-TEXT")["en"])
        for key in "/ActualText", "/Alt", "/E":
            with self.subTest(key):
                self.found(MODEL, ["VERIFY-TEXT"], lambda pdf: forge.say_otherwise(pdf, 0, key))
                self.found(MODEL, ["VERIFY-TEXT"],
                           lambda pdf: forge.say_otherwise_of_an_element(pdf, key))
        self.found(MODEL, ["VERIFY-TEXT"], forge.name_a_table)

    def test_words_outside_the_structure__are_found(self):
        self.found(MODEL, ["VERIFY-TEXT"], lambda pdf: forge.add_artifact_text(pdf, 1))

    def test_covered_text__is_found(self):
        verdict = self.found(SIGN, ["VERIFY-HIDDEN"], lambda pdf: forge.cover(pdf, 0))
        self.assertEqual(self.finding(verdict, "VERIFY-HIDDEN")["page"], 1)

    def test_invisible_text__is_found(self):
        self.found(SIGN, ["VERIFY-HIDDEN"], lambda pdf: forge.hide_by_mode(pdf, 0))
        self.found(SIGN, ["VERIFY-HIDDEN"], lambda pdf: forge.whiten(pdf, 0))

    def test_revision_behind_the_end__is_found(self):
        for data in (forge.revise(rendered(SAMPLE)), rendered(SAMPLE) + b"% more\n"):
            verdict = self.verdict(SIGN, data)
            self.finding(verdict, "VERIFY-ADDED")

    def test_encryption__is_found(self):
        pdf = self.write("a.pdf", rendered(SAMPLE))
        subprocess.run(["qpdf", "--encrypt", "", "owner", "256", "--", pdf, self.path("b.pdf")],
                       check=True)
        self.finding(self.verdict(SIGN, self.read(self.path("b.pdf"))), "VERIFY-ADDED")


class FindsInAFileOfAnotherVersion(FindsWithTheFileWrittenAgain):
    """The same, where pages and bytes cannot be compared."""
    means = (forge.other_version,)


class FindsOnlyWithTheFileWrittenAgain(Verify):
    def test_changed_outline__is_found(self):
        verdict = self.verdict(SIGN, self.forged(forge.change_outline))
        self.assertIn("FontFile", self.finding(verdict, "VERIFY-CHANGE")["en"])

    def test_changed_structure__is_found(self):
        verdict = self.verdict(SIGN, self.forged(forge.change_structure))
        self.assertIn("Scope", self.finding(verdict, "VERIFY-CHANGE")["en"])

    def test_moved_text__is_found_with_its_page(self):
        def move(pdf):
            ops = forge.operations(pdf.pages[2])
            at = next(i for i, (_, op) in enumerate(ops) if str(op) == "Td")
            ops[at][0][0] = float(ops[at][0][0]) + 3
            forge.write(pdf, pdf.pages[2], ops)
        verdict = self.verdict(SIGN, self.forged(move))
        told = self.finding(verdict, "VERIFY-PAGE")
        self.assertEqual(told["page"], 3)
        self.assertTrue(told["where"].startswith("/"), told)


    def test_damaged_stream__is_found(self):
        """A byte of deflated data: a reader shows what comes before it."""
        data = bytearray(rendered(SAMPLE))
        at = data.index(b"stream\n", len(data) // 2) + 300
        data[at] ^= 0x55
        pdf = self.write("file.pdf", bytes(data))
        done = run("verify", pdf, "--findings", "json")
        self.assertIn(done.returncode, (MODEL, SIGN), done.told)
        self.assertIn("VERIFY-DAMAGED", done.told)


class Refuses(Verify):
    def test_what_is_no_pdf__is_exit_2(self):
        whole = rendered(SAMPLE)
        for data in (b"", b"no", b"%PDF-1.7\n", b"{}", whole[:2000], whole[:-30], whole[100:]):
            with self.subTest(len(data)):
                self.check(READ, "verify", self.write("file.pdf", data))
        self.check(READ, "verify", self.path("missing.pdf"))

    def test_command_line__says_what_is_missing(self):
        pdf = self.write("a.pdf", rendered(SAMPLE))
        self.assertIn("FILE.pdf", self.check(USAGE, "verify").told)
        self.check(READ, "verify", pdf, "--crl", self.path("missing.crl"))
        self.check(USAGE, "verify", pdf, pdf)
        self.check(USAGE, "verify", pdf, "--report", pdf)
        self.check(USAGE, "verify", "-", "--model", "-")
        self.check(READ, "verify", pdf, "--model", self.path("missing.json"))
        self.assertEqual(self.read(pdf), rendered(SAMPLE))

    def test_standard_input__is_a_file(self):
        done = self.check(DONE, "verify", "-", stdin=rendered(SAMPLE))
        self.assertIn("the text is the model's: holds", done.stdout.decode())
        done = self.check(DONE, "verify", "-", "--lang", "zh", stdin=rendered(SAMPLE))
        self.assertIn("文字与报告数据一致：合格", done.stdout.decode())

    def test_other_model__is_told(self):
        pdf = self.write("a.pdf", rendered(SAMPLE))
        found = self.findings(MODEL, "verify", pdf, "--model", EXAMPLES[1])
        self.assertEqual({"VERIFY-MODEL", "VERIFY-TEXT"} - {f["code"] for f in found}, set())


if __name__ == "__main__":
    unittest.main()
