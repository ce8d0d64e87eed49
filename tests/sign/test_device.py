#!/usr/bin/env python3
"""Keys in a token, with SoftHSM: what is signed is valid for others, and what does not fit is told."""
import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import command  # noqa: E402
from command import DONE, USAGE  # noqa: E402
from pki import KEYS, PIN, SIGNER, Pki, openssl  # noqa: E402
from tsa import Tsa  # noqa: E402

SIGN = 8
HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.environ["BX_VENV"]
OUT = os.environ["BX_OUT"]
MODULE = "/usr/lib/softhsm/libsofthsm2.so"
TOKEN = "办公室 token"
TOKEN_PIN = "secret-518273"


def run(*args):
    subprocess.run(args, check=True, env={**os.environ, **where}, stdout=subprocess.PIPE,
                   stderr=subprocess.PIPE)


def import_key(name, number, label=None, cert=None):
    """The key, its certificate beside it."""
    run("softhsm2-util", "--import", pki.key(name), "--token", TOKEN, "--label", label or name, "--id",
        number, "--pin", TOKEN_PIN)
    der = pki.path(name + ".der")
    openssl("x509", "-in", pki.cert(cert or name), "-outform", "DER", "-out", der)
    run("pkcs11-tool", "--module", MODULE, "--token-label", TOKEN, "--login", "--pin", TOKEN_PIN,
        "--write-object", der, "--type", "cert", "--id", number, "--label", "certificate of " + name)


def setUpModule():
    global pki, plain, where
    pki = Pki(OUT)
    store = os.path.join(OUT, "tokens")
    os.makedirs(store, exist_ok=True)
    where = {"SOFTHSM2_CONF": os.path.join(OUT, "softhsm2.conf")}
    with open(where["SOFTHSM2_CONF"], "w", encoding="utf-8") as file:
        file.write(f"directories.tokendir = {store}\nobjectstore.backend = file\nlog.level = ERROR\n")
    for _ in os.listdir(store):
        run("softhsm2-util", "--delete-token", "--token", TOKEN)
    run("softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--so-pin", "1234567",
        "--pin", TOKEN_PIN)
    import_key("rsa", "01")
    import_key("p256", "02")
    pki.issue("other", KEYS["p256"], SIGNER, "ca")
    import_key("other", "03", cert="p256")
    run("softhsm2-util", "--import", pki.key("p256"), "--token", TOKEN, "--label", "bare", "--id", "04",
        "--pin", TOKEN_PIN)
    for name in ("pin", "wrong"):
        with open(os.path.join(OUT, "token-" + name), "w", encoding="utf-8") as file:
            file.write((TOKEN_PIN if name == "pin" else "000000") + "\n")
    plain = os.path.join(OUT, "plain.pdf")
    done = command.run("render", command.SAMPLE, "-o", plain)
    assert done.returncode == DONE, done.told


class Device(command.Case):
    def sign(self, status, key, *more, source=None, pin="pin", module=MODULE, token=TOKEN, **env):
        target = self.path(f"{key}.pdf")
        pins = ["--pin-file", os.path.join(OUT, "token-" + pin)] if pin else []
        self.told = self.check(
            status, "sign", source or plain, "-o", target, "--pkcs11", module, "--token-label", token,
            "--key-label", key, *pins, "--lang", "en", *more,
            env=command.environment(**where, **env), start_new_session=True).told
        self.assertEqual(os.path.exists(target), status == DONE)
        self.assertNotIn("secret", self.told)
        return target

    def test_rsa_and_p256__valid_for_pyhanko_and_for_verify(self):
        for key in ("rsa", "p256"):
            with self.subTest(key):
                path = self.sign(DONE, key, "--chain", pki.cert("ca"))
                done = subprocess.run(
                    [os.path.join(VENV, "bin", "python"), "-B", os.path.join(HERE, "judge.py"), path,
                     pki.cert("root")], stdout=subprocess.PIPE, check=True)
                verdict, = (json.loads(line) for line in done.stdout.splitlines())
                self.assertTrue(verdict["all"] and verdict["trusted"], verdict)
                self.check(DONE, "verify", path, "--trust", pki.cert("root"))
                self.assertNotIn(TOKEN_PIN.encode(), self.read(path))

    def test_rsa__the_same_bytes_as_with_the_key_in_a_file(self):
        time = ["--time", "2026-01-23T09:30:00+08:00"]
        path = self.sign(DONE, "rsa", "--chain", pki.cert("ca"), *time)
        other = self.path("file.pdf")
        self.check(DONE, "sign", plain, "-o", other, *pki.args("rsa"), *time)
        self.assertEqual(self.read(path), self.read(other))

    def test_every_level__with_a_key_in_the_token(self):
        pki.add_times()
        tsa = Tsa(pki)
        self.addCleanup(tsa.close)
        path = self.sign(DONE, "p256", "--chain", pki.cert("ca"), "--level", "lta", "--tsa",
                         tsa.url("ok"), *pki.trust(), *pki.crls())
        report = self.path("report.json")
        self.check(DONE, "verify", path, *pki.trust(), "--report", report)
        self.assertEqual(json.loads(self.read(report))["signatures"][0]["level"], "B-LTA")

    def test_the_pin__from_the_environment_too(self):
        self.sign(DONE, "rsa", "--pin-env", "TOKEN_PIN", pin=None, TOKEN_PIN=TOKEN_PIN)

    def test_a_certificate_that_is_given__counts(self):
        self.sign(DONE, "bare", "--cert", pki.cert("p256"))
        self.sign(SIGN, "p256", "--cert", pki.cert("rsa"))

    def test_what_is_not_there__told(self):
        for key, options, why in (
                ("none", {}, "no private key of this label"),
                ("rsa", {"token": "another"}, "no token of this label"),
                ("rsa", {"module": "/nowhere.so"}, "no PKCS#11 module"),
                ("rsa", {"module": "libcrypto.so.3"}, "no PKCS#11 module"),
                ("rsa", {"pin": "wrong"}, "the PIN is wrong"),
                ("rsa", {"pin": None}, "no PIN is given"),
                ("bare", {}, "no certificate of this key"),
                ("other", {}, "does not belong to the certificate")):
            with self.subTest(key, **options):
                self.sign(SIGN, key, **options)
                self.assertIn(why, self.told)

    def test_two_keys_of_one_label__not_chosen_between(self):
        run("softhsm2-util", "--import", pki.key("rsa"), "--token", TOKEN, "--label", "twice", "--id",
            "05", "--pin", TOKEN_PIN)
        run("softhsm2-util", "--import", pki.key("p256"), "--token", TOKEN, "--label", "twice", "--id",
            "06", "--pin", TOKEN_PIN, "--force")
        self.sign(SIGN, "twice")
        self.assertIn("more than one private key", self.told)

    def test_command_line__what_belongs_together(self):
        good = ["sign", plain, "-o", self.path("a.pdf"), "--pkcs11", MODULE]
        for more in ([], ["--token-label", TOKEN], ["--key-label", "rsa"],
                     ["--token-label", TOKEN, "--key-label", "rsa", "--key", pki.key("rsa")],
                     ["--token-label", TOKEN, "--key-label", "rsa", "--pin", PIN]):
            with self.subTest(more):
                self.check(USAGE, *good, *more)
        self.check(USAGE, "sign", plain, "-o", self.path("a.pdf"), *pki.args("p256"), "--token-label",
                   TOKEN)


if __name__ == "__main__":
    unittest.main()
