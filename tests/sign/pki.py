"""A throw-away PKI, made with openssl: a root, a CA below it and a signer of each kind of key."""
import os
import subprocess

PIN = "纸船 secret-7391"

KEYS = {
    "rsa": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"],
    "p256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
    "sm2": ["-algorithm", "SM2"],
}

# Nobody answers there; that somebody would makes pyHanko look for his answer in the file.
ASKED = "authorityInfoAccess=OCSP;URI:http://127.0.0.1:9/\n"

SIGNER = """basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature,nonRepudiation
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
"""
CA = """basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
"""


STAMPER = """basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
"""
RESPONDER = """basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=OCSPSigning
noCheck=ignored
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
"""

# What `openssl ca` and `openssl ts` are told. Every issuer has an index of its own.
CONFIG = """[ca_{name}]
database={folder}/{name}.index
default_md={digest}
default_crl_days=30
crlnumber={folder}/{name}.number
x509_extensions=ext
policy=any
serial={folder}/{name}.serial
new_certs_dir={folder}
unique_subject=no
[any]
countryName=optional
organizationName=optional
commonName=supplied
[ext]
{extensions}
[crl]
authorityKeyIdentifier=keyid
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
            file.write(extensions + ("" if "OCSPSigning" in extensions else ASKED))
        by = ["-CA", self.cert(issuer), "-CAkey", self.key(issuer), "-CAcreateserial"] if issuer \
            else ["-signkey", self.key(name)]
        days = "3650" if "CA:TRUE" in extensions else "30"
        openssl("x509", "-req", "-in", self.path("csr"), "-days", days, "-extfile",
                self.path("ext"), "-out", self.cert(name), *by)

    def args(self, name):
        """What sign is given for a signer."""
        if name == "rsa":
            return ["--key", self.path("rsa.p12"), "--pin-file", self.path("pin")]
        return ["--key", self.key(name), "--cert", self.cert(name), "--chain", self.cert("ca")]

    # --- What has to do with time: stamps, lists of revoked certificates, OCSP answers. ----------

    def add_times(self):
        """A TSA below a root of its own, one whose certificate is over, one that may do more than
        stamp; CRLs of all issuers and an OCSP answer for every certificate."""
        self.issue("tsa-root", KEYS["p256"], CA, None)
        self.issue("tsa", KEYS["rsa"], STAMPER, "tsa-root")
        self.issue("tsa-other", KEYS["p256"], SIGNER + "extendedKeyUsage=timeStamping,codeSigning\n",
                   "tsa-root")
        self.issue_dated("tsa-expired", "tsa-root", STAMPER, "20250101000000Z", "20250201000000Z")
        for issuer in ("root", "ca", "tsa-root"):
            self.issue(issuer + "-responder", KEYS["p256"], RESPONDER, issuer)
        self.list_revoked("root", "ca", "tsa-root")
        for name in [*KEYS, "ca", "tsa"]:
            self.answer(name)

    def configure(self, name, extensions=SIGNER, digest="sha256"):
        """The files of `openssl ca` for an issuer; gives its first words."""
        for file, content in ((".index", ""), (".number", "01\n"), (".serial", "77\n")):
            if not os.path.exists(self.path(name + file)):
                with open(self.path(name + file), "w", encoding="ascii") as out:
                    out.write(content)
        with open(self.path(name + ".cnf"), "w", encoding="utf-8") as out:
            out.write(CONFIG.format(name=name, folder=self.folder, digest=digest,
                                    extensions=extensions))
        return ["ca", "-config", self.path(name + ".cnf"), "-name", "ca_" + name, "-keyfile",
                self.key(name), "-cert", self.cert(name), "-batch"]

    def issue_dated(self, name, issuer, extensions, start, end):
        openssl("genpkey", *KEYS["p256"], "-out", self.key(name))
        openssl("req", "-new", "-utf8", "-key", self.key(name), "-out", self.path("csr"), "-subj",
                f"/C=CN/O=test/CN={name}")
        openssl(*self.configure(issuer, extensions), "-notext", "-startdate", start, "-enddate", end,
                "-in", self.path("csr"), "-out", self.cert(name))

    def list_revoked(self, *issuers, revoked=(), suffix=".crl", days="30"):
        """CRLs, named after their issuers."""
        for issuer in issuers:
            words = self.configure(issuer)
            for name in revoked:
                openssl(*words, "-revoke", self.cert(name))
            openssl(*words, "-gencrl", "-crlexts", "crl", "-crldays", days, "-out",
                    self.path(issuer + suffix))

    def answer(self, name, suffix=".ocsp", by=None):
        """An OCSP answer, by its issuer's responder or somebody else."""
        issuer = {"ca": "root", "tsa": "tsa-root"}.get(name, "ca")
        by = by or issuer + "-responder"
        with open(self.path("ocsp.index"), "w", encoding="ascii") as file:
            serial = openssl("x509", "-in", self.cert(name), "-noout", "-serial").decode()
            file.write(f"V\t400101000000Z\t\t{serial.strip().split('=')[1]}\tunknown\t/CN=x\n")
        openssl("ocsp", "-index", self.path("ocsp.index"), "-CA", self.cert(issuer), "-issuer",
                self.cert(issuer), "-rsigner", self.cert(by), "-rkey", self.key(by), "-cert",
                self.cert(name), "-ndays", "30", "-respout", self.path(name + suffix), "-noverify")

    def crls(self):
        """Options with all CRLs."""
        return [word for name in ("root", "ca", "tsa-root")
                for word in ("--crl", self.path(name + ".crl"))]

    def trust(self):
        """Options that trust both roots."""
        return ["--trust", self.cert("root"), "--trust", self.cert("tsa-root")]
