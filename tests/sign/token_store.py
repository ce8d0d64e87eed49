"""A PKCS #11 token of SoftHSM, in a folder of its own."""
import os
import shutil
import subprocess

from pki import SIGNER, openssl

PIN = "token-8264-secret"
MODULE = "/usr/lib/softhsm/libsofthsm2.so"


class Token:
    def __init__(self, folder, label="office"):
        self.folder, self.label, self.count = folder, label, 0
        shutil.rmtree(os.path.join(folder, "tokens"), ignore_errors=True)  # of an earlier run
        os.makedirs(os.path.join(folder, "tokens"))
        with open(self.config(), "w", encoding="ascii") as file:
            file.write(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n"
                       "log.level = ERROR\n")
        self.tool("--init-token", "--free", "--label", label, "--so-pin", PIN, "--pin", PIN)

    def config(self):
        return os.path.join(self.folder, "softhsm2.conf")

    def environment(self):
        return {"SOFTHSM2_CONF": self.config()}

    def tool(self, *args):
        subprocess.run(["softhsm2-util", *args], check=True, env={**os.environ, **self.environment()},
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def make(self, pki, label, kind):
        """A key that is made in the token and never leaves it; its certificate is pki's of this label.
        `kind` as pkcs11-tool calls it: "EC:prime256v1", "rsa:3072"."""
        self.count += 1
        command = ["pkcs11-tool", "--module", MODULE, "--token-label", self.label, "--login", "--pin",
                   "env:TOKEN_PIN"]
        env = {**os.environ, **self.environment(), "TOKEN_PIN": PIN}
        for more in (["--keypairgen", "--key-type", kind, "--id", f"{self.count:02x}"],
                     ["--read-object", "--type", "pubkey", "--output-file", pki.path("public.der")]):
            subprocess.run([*command, "--label", label, *more], check=True, env=env,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        openssl("pkey", "-pubin", "-inform", "DER", "-in", pki.path("public.der"), "-out",
                pki.path("public.pem"))
        openssl("req", "-new", "-key", pki.key("rsa"), "-subj", f"/C=CN/O=测试机关/CN={label}", "-utf8",
                "-out", pki.path("csr"))
        with open(pki.path("ext"), "w", encoding="ascii") as file:
            file.write(SIGNER)
        openssl("x509", "-req", "-in", pki.path("csr"), "-force_pubkey", pki.path("public.pem"),
                "-days", "30", "-extfile", pki.path("ext"), "-CA", pki.cert("ca"), "-CAkey",
                pki.key("ca"), "-CAcreateserial", "-out", pki.cert(label))
