#!/usr/bin/env python3
"""What banxin.h says of memory that runs out: the process ends by abort(), or the report fails because a
face cannot be mapped; never in another way, and no file is left. The address space is made smaller and
smaller."""
import os
import resource
import signal
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BANXIN, OUT = os.environ["BANXIN"], os.environ["BX_OUT"]
SAMPLE = os.path.join(ROOT, "tests/examples/changsha-hitech-2019.json")
FONT = 5
MIB = 1 << 20


def render(out, most):
    """Status of a run that may have so many bytes of address space."""
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    return subprocess.run([BANXIN, "render", SAMPLE, "-o", out], preexec_fn=limit,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


def main():
    folder = os.path.join(OUT, "memory")
    os.makedirs(folder, exist_ok=True)
    out, seen = os.path.join(folder, "out.pdf"), {}
    for most in [1024 * MIB, *range(128 * MIB, 24 * MIB, -3 * MIB)]:
        status = render(out, most)
        seen[status] = seen.get(status, 0) + 1
        left = os.listdir(folder)
        if status not in (0, FONT, -signal.SIGABRT) or left != (["out.pdf"] if status == 0 else []):
            sys.exit(f"{most // MIB} MiB: status {status}, files {left}")
        if status == 0:
            os.remove(out)
    print(seen)
    if seen.get(0, 0) < 1 or len(seen) < 2:
        sys.exit("not all of it succeeded, nor all failed: the bounds say nothing")
    return 0


if __name__ == "__main__":
    sys.exit(main())
