"""A throw-away PKI, made with openssl: a root, a CA below it and a signer of each kind of key."""
import os
import subprocess

PIN = "纸船 secret-7391"

KEYS = {
    "rsa": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"],
    "p256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
    "sm2": ["-algorithm", "SM2"],
}

SIGNER = """basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature,nonRepudiation
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
"""
CA = """basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
"""


def openssl(*args, **options):
    return subprocess.run(["openssl", *args], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, **options).stdout


class Pki:
    def __init__(self, folder):
        self.folder = folder
        self.issue("root", KEYS["p256"], CA, None)
        self.issue("ca", KEYS["p256"], CA, "root")
        for name, kind in KEYS.items():
            self.issue(name, kind, SIGNER, "ca")
        openssl("pkcs12", "-export", "-inkey", self.key("rsa"), "-in", self.cert("rsa"), "-certfile",
                self.cert("ca"), "-passout", "env:PIN", "-out", self.path("rsa.p12"),
                env={**os.environ, "PIN": PIN})
        openssl("pkcs8", "-topk8", "-in", self.key("p256"), "-passout", "env:PIN", "-out",
                self.path("p256-locked.pem"), env={**os.environ, "PIN": PIN})
        with open(self.path("pin"), "w", encoding="utf-8") as file:
            file.write(PIN + "\n")

    def path(self, name):
        return os.path.join(self.folder, name)

    def key(self, name):
        return self.path(name + ".pem")

    def cert(self, name):
        return self.path(name + ".crt")

    def issue(self, name, kind, extensions, issuer):
        openssl("genpkey", *kind, "-out", self.key(name))
        openssl("req", "-new", "-utf8", "-key", self.key(name), "-out", self.path("csr"), "-subj",
                f"/C=CN/O=测试机关/CN={name}")
        with open(self.path("ext"), "w", encoding="ascii") as file:
            file.write(extensions)
        by = ["-CA", self.cert(issuer), "-CAkey", self.key(issuer), "-CAcreateserial"] if issuer \
            else ["-signkey", self.key(name)]
        openssl("x509", "-req", "-in", self.path("csr"), "-days", "30", "-extfile",
                self.path("ext"), "-out", self.cert(name), *by)

    def args(self, name):
        """What sign is given for a signer."""
        if name == "rsa":
            return ["--key", self.path("rsa.p12"), "--pin-file", self.path("pin")]
        return ["--key", self.key(name), "--cert", self.cert(name), "--chain", self.cert("ca")]
