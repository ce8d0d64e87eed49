#!/usr/bin/env python3
"""Keys and PINs leave no trace: not in the memory of the process when it ends, not in a core file, in no
file that it opens but the output, in no message."""
import os
import re
import resource
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import command  # noqa: E402
from command import DONE  # noqa: E402
from pki import KEYS, PIN, Pki, openssl  # noqa: E402

SIGN = 8
OUT = os.environ["BX_OUT"]
HERE = os.path.dirname(os.path.abspath(__file__))


def setUpModule():
    global pki, plain, scanner
    pki = Pki(OUT)
    plain, scanner = os.path.join(OUT, "plain.pdf"), os.path.join(OUT, "scan.so")
    done = command.run("render", command.SAMPLE, "-o", plain)
    assert done.returncode == DONE, done.told
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", scanner, os.path.join(HERE, "scan.c"),
                    "-ldl"], check=True)
    for key in KEYS:
        env = {**os.environ, "PIN": PIN}
        openssl("pkcs12", "-export", "-inkey", pki.key(key), "-in", pki.cert(key), "-passout",
                "env:PIN", "-out", pki.path(key + ".p12"), env=env)
        openssl("pkcs8", "-topk8", "-in", pki.key(key), "-passout", "env:PIN", "-out",
                pki.path(key + "-locked.pem"), env=env)


def private_numbers(key):
    """Each private number of a key, as the bytes that it takes in memory: the first ones, in both
    orders, since OpenSSL keeps the least word first."""
    text = openssl("pkey", "-in", pki.key(key), "-noout", "-text").decode()
    found = re.findall(r"(?m)^(?:priv|privateExponent|prime1|prime2):\n((?:    [0-9a-f:]+\n)+)", text)
    for one in found:
        number = bytes.fromhex(re.sub(r"[\s:]", "", one)).lstrip(b"\0")
        yield number[-24:]
        yield number[::-1][:24]


class Secrets(command.Case):
    def scan(self, texts, *args, env=None, status=DONE, **options):
        """How often each text is in the memory at the end, and what was opened for writing."""
        report = self.path("scan.report")
        texts_path = self.write("scan.texts", b"".join(t.hex().encode() + b"\n" for t in texts))
        done = self.check(status, *args, env=command.environment(
            LD_PRELOAD=scanner, BX_SCAN_TEXTS=texts_path, BX_SCAN_REPORT=report, **(env or {})),
            **options)
        lines = self.read(report).decode().splitlines()
        os.remove(report)
        return [int(n) for n in lines[:len(texts)]], set(lines[len(texts):]), done

    def test_memory_and_files__no_trace_of_key_or_pin(self):
        secrets = [PIN.encode(), PIN.encode("utf-16-be"), PIN.encode("utf-16-le"),
                   PIN.split()[1].encode()]
        marker = "该文件的签名理由"
        for key in KEYS:
            pem = self.read(pki.key(key)).split(b"\n")[2]
            numbers = list(private_numbers(key))
            self.assertGreaterEqual(len(numbers), 2)
            texts = [marker.encode(), *secrets, pem, *numbers]
            for source in (["--key", pki.path(key + ".p12"), "--pin-file", pki.path("pin")],
                           ["--key", pki.path(key + ".p12"), "--pin-env", "PIN"],
                           ["--key", pki.path(key + "-locked.pem"), "--cert", pki.cert(key),
                            "--pin-file", pki.path("pin")],
                           ["--key", pki.key(key), "--cert", pki.cert(key)]):
                with self.subTest(key=key, source=source):
                    target = self.path("signed.pdf")
                    counts, opened, done = self.scan(
                        texts, "sign", plain, "-o", target, "--reason", marker, *source,
                        env={"PIN": PIN} if "--pin-env" in source else None)
                    self.assertGreater(counts[0], 0)  # the search does find what is there
                    found = {repr(t): n for t, n in zip(texts[1:], counts[1:]) if n}
                    self.assertEqual(found, {})
                    self.assertTrue(opened)
                    for path in opened:
                        self.assertEqual(os.path.dirname(path), self.folder, path)
                        self.assertRegex(os.path.basename(path), r"^\.banxin-")
                    for secret in secrets:
                        self.assertNotIn(secret, done.stderr + done.stdout + self.read(target))
                    os.remove(target)
            self.assertEqual(sorted(os.listdir(self.folder)), ["scan.texts"])

    def test_a_wrong_pin__no_trace_either(self):
        wrong = "a-wrong-pin-5530"
        pin = self.write("wrong", wrong.encode() + b"\n")
        for source in (["--key", pki.path("rsa.p12")],
                       ["--key", pki.path("p256-locked.pem"), "--cert", pki.cert("p256")]):
            counts, opened, done = self.scan([wrong.encode(), wrong.encode("utf-16-be")], "sign",
                                             plain, "-o", self.path("x.pdf"), "--pin-file", pin,
                                             *source, status=SIGN)
            self.assertEqual((counts, opened), ([0, 0], set()))
            self.assertNotIn(wrong.encode(), done.stderr)

    def test_killed_while_it_asks__no_core_and_closed_to_others(self):
        fifo = self.path("pin")
        os.mkfifo(fifo)
        process = subprocess.Popen(
            [command.BANXIN, "sign", plain, "-o", self.path("x.pdf"), "--key",
             pki.path("p256-locked.pem"), "--cert", pki.cert("p256"), "--pin-file", fifo],
            env=command.environment(), cwd=self.folder, stderr=subprocess.DEVNULL,
            preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2))
        pipe = os.open(fifo, os.O_WRONLY)  # returns when the other side asks
        os.write(pipe, PIN[:4].encode())
        time.sleep(0.2)
        with open(f"/proc/{process.pid}/limits", encoding="ascii") as file:
            self.assertRegex(file.read(), r"Max core file size +0 +0 ")
        with open(f"/proc/{process.pid}/cmdline", "rb") as file:
            self.assertNotIn(PIN[:4].encode(), file.read())
        process.send_signal(signal.SIGABRT)
        _, status = os.waitpid(process.pid, 0)
        process.returncode = status
        os.close(pipe)
        self.assertTrue(os.WIFSIGNALED(status))
        self.assertFalse(os.WCOREDUMP(status))
        self.assertEqual(os.listdir(self.folder), ["pin"])


if __name__ == "__main__":
    unittest.main()
