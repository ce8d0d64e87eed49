"""What is not ours and has a word in signing: devices and platforms that hold a key, played by openssl and
pyHanko, and what they say of a signed file."""
import json
import os
import subprocess
import sys

import cms
from pki import openssl

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
VENV = os.environ.get("BX_VENV", "")
IDENTITY = "distid:1234567812345678"


def venv(script, *args, stdin=b""):
    """Runs a script of this folder with the Python that has pyHanko."""
    done = subprocess.run([os.path.join(VENV, "bin", "python"), "-B", os.path.join(HERE, script),
                           *args], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False)
    if done.returncode != 0:
        sys.exit(done.stderr.decode()[-4000:])
    return done.stdout


def pyhanko(path, root):
    """Its verdict on every signature."""
    return [json.loads(line) for line in venv("judge.py", path, root).splitlines()]


def pdfsig(path):
    return subprocess.run(["pdfsig", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False).stdout.decode()


def device(key, digest, folder, hash_name="sha256"):
    """A device that is given a digest and nothing else: the signature as openssl has it (of SM2 with the
    digest as e, so that Z must be in it)."""
    path = os.path.join(folder, "to-sign")
    with open(path, "wb") as file:
        file.write(bytes.fromhex(digest))
    with open(key, "rb") as file:
        kind = openssl("pkey", "-in", key, "-noout", "-text").decode()
    more = ["-pkeyopt", "rsa_padding_mode:pkcs1", "-pkeyopt", "digest:" + hash_name] \
        if "prime" in kind.lower() and "modulus" in kind.lower() else []
    return openssl("pkeyutl", "-sign", "-inkey", key, "-in", path, *more)


def numbers(signature, size):
    """A DER signature of two numbers as the numbers alone, each in so many bytes."""
    return b"".join(int.from_bytes(cms.content(one), "big").to_bytes(size, "big")
                    for one in cms.items(signature))


def verify_attributes(certificate, signed, signature, folder, digest):
    """Whether openssl calls this the signature of the attributes; SM2 with its identity."""
    paths = {}
    public = openssl("x509", "-in", certificate, "-noout", "-pubkey")
    for name, content in (("public", public), ("signature", signature), ("signed", signed)):
        paths[name] = os.path.join(folder, "check-" + name)
        with open(paths[name], "wb") as file:
            file.write(content)
    more = ["-sigopt", IDENTITY] if digest == "sm3" else []
    done = subprocess.run(["openssl", "dgst", "-" + digest, *more, "-verify", paths["public"],
                           "-signature", paths["signature"], paths["signed"]],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return done.returncode == 0


def bouncycastle(*words):
    """Runs bouncycastle/Judge.java with these words."""
    build = os.environ["BX_BUILD"]
    subprocess.run([os.path.join(ROOT, ".ci/jars"), os.path.join(HERE, "bouncycastle/pom.xml"),
                    build + "/bouncycastle"], check=True)
    done = subprocess.run(["java", "-cp", build + "/bouncycastle/jars/*",
                           os.path.join(HERE, "bouncycastle/Judge.java"), *words],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr.decode()[-4000:])
    return done.stdout
