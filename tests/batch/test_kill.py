#!/usr/bin/env python3
"""kill -9 at random moments of a batch: whatever bears its name is whole, what the manifest tells
is there, and resuming completes to the same bytes. BX_KILLS says how often (10)."""
import os
import random
import shutil
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from folder import Case, files, leftovers, manifest  # noqa: E402
from command import BANXIN, DONE, environment  # noqa: E402

KILLS = int(os.environ.get("BX_KILLS", "10"))
REPORTS = 16


class Kill(Case):
    def lines(self):
        """The whole lines of the manifest; a last one may be torn."""
        path = os.path.join(self.out, "manifest.jsonl")
        if not os.path.exists(path):
            return []
        text = self.read(path)
        whole = self.path("whole.jsonl")
        self.write(whole, text[:text.rfind(b"\n") + 1])
        return manifest(whole)

    def test_nothing_is_lost_or_half_written(self):
        draw = random.Random(8)
        source = self.many(REPORTS)
        start = time.monotonic()
        self.batch(DONE, source, "-o", self.path("wanted"))
        took = time.monotonic() - start
        wanted = files(self.path("wanted"))
        self.out = self.path("out")
        killed = torn = 0
        while killed < KILLS:
            resumed = subprocess.Popen(
                [BANXIN, "batch", source, "-o", self.out, "-j2", "--resume", "--progress=none"],
                env=environment(), stderr=subprocess.DEVNULL)
            try:
                resumed.wait(draw.uniform(0, took))
            except subprocess.TimeoutExpired:
                resumed.kill()
                resumed.wait()
                killed += 1
            torn += len(leftovers(self.out))
            there = files(self.out)
            for name, digest in there.items():
                self.assertEqual(digest, wanted[name], f"{name} is not whole")
            for line in self.lines():
                self.assertEqual(there.get(line["output"]), line["output_sha256"])
            if len(there) == REPORTS:  # begin anew
                shutil.rmtree(self.out)
        self.batch(DONE, source, "-o", self.out, "--resume")
        self.assertEqual(files(self.out), wanted)
        self.assertEqual(len(self.lines()), REPORTS)
        self.assertEqual(leftovers(self.out), [])
        print(f"kill: {killed} kills, {torn} half-written files seen and removed, 0 lost")


if __name__ == "__main__":
    unittest.main()
