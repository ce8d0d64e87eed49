#!/usr/bin/env python3
"""`banxin forms`: ids for people, a schema for programs that agrees with the reader."""
import json
import os
import sys
import unittest

import jsonschema

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from command import DONE, EXAMPLES, MODEL, Case, sample  # noqa: E402


class Forms(Case):
    def schema(self, name):
        schema = json.loads(self.check(DONE, "forms", "--schema", name).stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(schema)

    def test_lists_every_form_with_its_ids(self):
        text = self.check(DONE, "forms").stdout.decode()
        for word in ["2019/disclosure", "2019/applications", "2019/review", "2021/disclosure",
                     "2021/applications", "2021/review", "state_secret", "carried_forward",
                     "after_reconsideration", "natural_person"]:
            self.assertIn(word, text)

    def test_schema_takes_what_the_reader_takes(self):
        for path in EXAMPLES:
            with open(path, encoding="utf-8") as file:
                report = json.load(file)
            edition = "2019" if report["year"] <= 2020 else "2021"
            for section in ("disclosure", "applications", "review"):
                given = report["sections"][section]
                schema = self.schema(f"{given.get('form', edition)}/{section}")
                schema.validate({section: given})

    def test_schema_and_reader_refuse_alike(self):
        schema = self.schema("2019")
        sections = sample()["sections"]
        schema.validate({k: sections[k] for k in ("disclosure", "applications", "review")})

        def with_change(change):
            report = sample()
            values = report["sections"]["review"]["values"]
            change(values)
            return report, values
        for change, is_right in [
                (lambda v: v["litigation"]["direct"].update(total=None), True),
                (lambda v: v["litigation"]["direct"].update(total="/"), True),
                (lambda v: v["litigation"]["direct"].update(total="字" * 64), True),
                (lambda v: v["litigation"]["direct"].update(total="字" * 65), False),
                (lambda v: v["litigation"]["direct"].update(total=-1), False),
                (lambda v: v["litigation"]["direct"].update(total=1.5), False),
                (lambda v: v["litigation"]["direct"].update(total=True), False),
                (lambda v: v["litigation"]["direct"].update(total=[]), False),
                (lambda v: v["litigation"]["direct"].pop("total"), False),
                (lambda v: v["litigation"].pop("direct"), False),
                (lambda v: v.update(litigation=3), False),
                (lambda v: v["litigation"].update(third={}), False)]:
            report, values = with_change(change)
            with self.subTest(values=values["litigation"]):
                self.assertEqual(schema.is_valid({"review": {"values": values}}), is_right)
                self.check(DONE if is_right else MODEL, "check", self.write("r.json", report))


if __name__ == "__main__":
    unittest.main(verbosity=1)
