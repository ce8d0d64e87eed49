#!/usr/bin/env python3
"""The commands that README and docs/signing.md show for signing, run as they stand there: each block of
commands in a shell, with openssl as the device, pyHanko as the platform and a token of SoftHSM."""
import json
import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import command  # noqa: E402
import documents  # noqa: E402
from command import DONE  # noqa: E402
from pki import KEYS, Pki  # noqa: E402
from token_store import PIN, Token  # noqa: E402

OUT = os.environ["BX_OUT"]
HERE = os.path.dirname(os.path.abspath(__file__))
PAGES = {"docs/signing.md": None, "README.md": "For the office that signs",
         "README.zh-CN.md": "给签名的单位"}


def setUpModule():
    global pki, token
    pki = Pki(OUT)
    token = Token(os.path.join(OUT, "token"))
    for label, kind in (("p256", "EC:prime256v1"), ("rsa", "rsa:3072")):
        token.make(pki, "token-" + label, kind)


def blocks(page, chapter):
    """The indented blocks that run banxin."""
    with open(os.path.join(documents.ROOT, page), encoding="utf-8") as file:
        text = file.read()
    if chapter:
        text = re.split(r"(?m)^## ", text.split(f"## {chapter}\n")[1])[0]
    found = re.findall(r"(?m)(?:^    .*\n)+", text)
    return [re.sub(r"(?m)^    ", "", block) for block in found if "banxin" in block]


class Documents(command.Case):
    def tool(self, name, text):
        path = self.write(name, text.encode())
        os.chmod(path, 0o755)

    def office(self, signer):
        """The folder of the office as the pages assume it, and the programs of its suppliers."""
        os.makedirs(self.path("build"), exist_ok=True)
        for link, target in (("build/banxin", command.BANXIN), ("ca.crt", pki.cert("ca")),
                             ("office.crt", pki.cert(signer)), ("root.crt", pki.cert("root")),
                             ("office.p12", pki.path("rsa.p12")), ("pin.txt", pki.path("pin")),
                             ("token-p256.crt", pki.cert("token-p256")),
                             ("token-rsa.crt", pki.cert("token-rsa"))):
            if os.path.lexists(self.path(link)):
                os.remove(self.path(link))
            os.symlink(target, self.path(link))
        self.check(DONE, "render", command.SAMPLE, "-o", self.path("report.pdf"))
        more = "-pkeyopt rsa_padding_mode:pkcs1 -pkeyopt digest:sha256" if signer == "rsa" else ""
        self.tool("sign-digest", f"""#!/bin/sh -e
            printf %s "$1" | tr a-f A-F | basenc -d --base16 >to-sign
            exec openssl pkeyutl -sign -inkey {pki.key(signer)} -in to-sign {more}
            """)
        self.tool("ask-platform", f"""#!/bin/sh -e
            printf %s "$1" | {os.environ['BX_VENV']}/bin/python -B {HERE}/platform_cms.py \\
                {pki.key('rsa')} {pki.cert('rsa')} sha256 {pki.cert('ca')}
            """)

    def run_block(self, block):
        env = command.environment(TOKEN_PIN=PIN, **token.environment())
        env["PATH"] = self.folder + ":" + env["PATH"]
        done = subprocess.run(["bash", "-euo", "pipefail"], input=block.encode(), cwd=self.folder,
                              env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.assertEqual(done.returncode, 0, block + done.stdout.decode())

    def test_every_block__runs_and_the_file_is_signed(self):
        for page, chapter in PAGES.items():
            found = blocks(page, chapter)
            self.assertGreaterEqual(len(found), 4, page)
            for block in found:
                signers = KEYS if "sign-digest" in block else ["p256"]
                for signer in signers:
                    with self.subTest(page=page, signer=signer, block=block):
                        self.office(signer)
                        self.run_block(block)
                        self.check(DONE, "verify", self.path("signed.pdf"), "--trust",
                                   pki.cert("root"), "--report", self.path("report.json"))
                        with open(self.path("report.json"), encoding="utf-8") as file:
                            one, = json.load(file)["signatures"]
                        self.assertEqual((one["intact"], one["trusted"], one["level"]),
                                         (True, True, "B-B"))
                        os.remove(self.path("signed.pdf"))


if __name__ == "__main__":
    unittest.main()
