#!/usr/bin/env python3
"""What deploy/ offers, run for real where it can be: GNU parallel with shards, the command of the
Kubernetes Job and of the Slurm script with the variables that those systems set."""
import copy
import glob
import json
import os
import re
import shlex
import subprocess
import sys
import unittest

import jsonschema
import yaml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from folder import Case, files, manifest  # noqa: E402
from command import BANXIN, DONE, ROOT, environment  # noqa: E402

DEPLOY = os.path.join(ROOT, "deploy")
REPORTS = 16


class Deploy(Case):
    def setUp(self):
        super().setUp()
        self.source, self.out = self.many(REPORTS, "in put"), self.path("out put")
        self.batch(DONE, self.source, "-o", self.path("wanted"))
        self.env = environment(PATH=os.path.dirname(BANXIN) + ":" + os.environ["PATH"])

    def hold(self):
        """All shards together are the whole, and nothing was done twice."""
        self.assertEqual(files(self.out), files(self.path("wanted")))
        lines = []
        for i in range(4):
            lines += manifest(os.path.join(self.out, f"manifest-{i}-of-4.jsonl"))
        self.assertEqual(len(lines), REPORTS)
        self.assertEqual(len({line["input"] for line in lines}), REPORTS)

    def call(self, *words, **more):
        done = subprocess.run(words, env={**self.env, **more}, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_gnu_parallel(self):
        self.call(os.path.join(DEPLOY, "parallel/run"), "4", self.source, self.out)
        self.hold()

    def test_gnu_parallel_tells_of_a_failed_shard(self):
        self.write("in put/zz.json", b"{")
        done = subprocess.run([os.path.join(DEPLOY, "parallel/run"), "4", self.source, self.out],
                              env=self.env, capture_output=True)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(files(self.out), files(self.path("wanted")))

    def test_kubernetes_job(self):
        with open(os.path.join(DEPLOY, "kubernetes/job.yaml"), encoding="utf-8") as file:
            job = yaml.safe_load(file)
        spec = job["spec"]
        self.assertEqual((job["kind"], spec["completionMode"]), ("Job", "Indexed"))
        container, = spec["template"]["spec"]["containers"]
        shards = {e["name"]: e["value"] for e in container["env"]}["SHARDS"]
        self.assertEqual((shards, spec["completions"]), ("4", 4))
        for index in range(spec["completions"]):
            self.call(*container["command"], *container["args"], JOB_COMPLETION_INDEX=str(index),
                      SHARDS=shards, INPUT=self.source, FOLDER=self.out)
        self.hold()

    def test_kubernetes_job_is_of_the_schema(self):
        """Kubernetes' own, of its oldest and newest version at hand, strict: no field that it does not
        know."""
        with open(os.path.join(DEPLOY, "kubernetes/job.yaml"), encoding="utf-8") as file:
            job = yaml.safe_load(file)
        wrong = copy.deepcopy(job)
        wrong["spec"]["completionMod"] = wrong["spec"].pop("completionMode")
        folders = glob.glob(os.path.join(
            os.environ["BX_VENV"], "lib/python3*/site-packages/kubernetes_validate",
            "kubernetes-json-schema/v*-local-strict"))
        folders.sort(key=lambda path: [int(n) for n in re.findall(r"v(\d+)\.(\d+)", path)[-1]])
        self.assertGreater(len(folders), 1)
        for folder in (folders[0], folders[-1]):
            def load(uri, folder=folder):
                with open(os.path.join(folder, os.path.basename(uri)), encoding="utf-8") as file:
                    return json.load(file)

            schema = load("job-batch-v1.json")
            handlers = {"": load, "file": load, "http": load, "https": load}
            resolver = jsonschema.RefResolver("", schema, handlers=handlers)
            check = jsonschema.Draft7Validator(schema, resolver=resolver)
            self.assertEqual([error.message for error in check.iter_errors(job)], [])
            self.assertEqual(len(list(check.iter_errors(wrong))), 1)

    def test_slurm_script(self):
        """The script itself; tests/long/slurm runs it under Slurm."""
        for index in range(4):
            self.call("bash", os.path.join(DEPLOY, "slurm/banxin.sbatch"), "4", self.source,
                      self.out, SLURM_ARRAY_TASK_ID=str(index), SLURM_CPUS_PER_TASK="2")
        self.hold()

    def test_image_is_made_by_the_two_commands(self):
        with open(os.path.join(DEPLOY, "docker/Dockerfile"), encoding="utf-8") as file:
            text = file.read()
        self.assertTrue(re.search(r"^RUN \./setup\.sh", text, re.M))
        self.assertIn("./check.sh", text)
        self.assertIn("FROM debian:12", text)
        # Each instruction is one of Docker's, and each command is one that a shell reads.
        joined = re.sub(r"\\\n\s*", " ", text)
        for line in filter(None, joined.split("\n")):
            word, rest = line.split(" ", 1)
            self.assertIn(word, ("FROM", "COPY", "WORKDIR", "RUN", "CMD"))
            if word == "RUN":
                subprocess.run(["sh", "-n", "-c", rest], check=True)
                first = shlex.split(rest)[0]
                self.assertTrue(first == "apt-get" or os.access(os.path.join(ROOT, first), os.X_OK))
        self.assertEqual(joined.strip().split("\n")[-1], "FROM banxin")  # the tests are no part of it


if __name__ == "__main__":
    unittest.main()
