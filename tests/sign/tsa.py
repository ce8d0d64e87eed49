"""A time-stamping authority on 127.0.0.1, made of http.server and `openssl ts`. What it does wrong is
the path of its address: /ok does nothing wrong."""
import http.server
import os
import ssl
import subprocess
import tempfile
import threading
import time

CONFIG = """[tsa]
default_tsa=own
[own]
serial={folder}/tsa.serial
signer_cert={cert}
signer_key={key}
certs={certs}
default_policy=1.2.3.4.1
digests=sha256,sha384,sha512,sm3
signer_digest=sha256
ess_cert_id_chain=no
ess_cert_id_alg=sha256
"""
LATE_SECONDS = 14


def change_question(question, how):
    """The question with another digest or number: both are told by what stands before them."""
    question = bytearray(question)
    at = question.rindex(b"\x04\x20") + 2 if how == "digest" else question.rindex(b"\x02\x08") + 2
    question[at + 5] ^= 0x15
    return bytes(question)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        tsa, how = self.server.tsa, self.path.strip("/")
        question = self.rfile.read(int(self.headers["Content-Length"]))
        tsa.asked.append((how, self.headers["Content-Type"]))
        if how == "late":
            time.sleep(LATE_SECONDS)
        if how == "dropped" or (how == "flaky" and tsa.count("flaky") % 2 == 1):
            self.close_connection = True
            return
        answer = tsa.answer(question, how)
        if how == "once" and tsa.count("once") % 2 == 0:
            how = "error"
        self.send_response({"error": 500, "moved": 302}.get(how, 200))
        if how == "moved":
            self.send_header("Location", tsa.url("ok"))
        self.send_header("Content-Type",
                         "text/html" if how == "page" else "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        try:
            self.wfile.write(answer)
        except OSError:
            pass  # who asked has gone

    def log_message(self, *args):
        pass


class Tsa:
    """Holds  asked: (how, media type) of every question, in order."""

    def __init__(self, pki, tls=None):
        self.pki, self.asked = pki, []
        self.lock = threading.Lock()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.tsa = self
        self.scheme = "http"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pki.cert(tls), pki.key(tls))
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            self.scheme = "https"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, how):
        return f"{self.scheme}://127.0.0.1:{self.server.server_address[1]}/{how}"

    def count(self, how):
        return sum(one == how for one, _ in self.asked)

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, question, how):
        if how == "garbage":
            return b"\x30\x82\x01\x00" + bytes(range(200))
        if how == "huge":
            return bytes(70000)
        if how == "empty":
            return b""
        if how in ("digest", "nonce"):
            question = change_question(question, how)
        if how == "refused":
            question = b"\x30\x03\x02\x01\x01"
        answer = bytearray(self.stamp(question, "tsa-expired" if how == "expired" else "tsa", how))
        if how == "other":
            return self.sign_again(bytes(answer), "tsa-other")
        if how == "forged":
            answer[-1] ^= 1  # the signature's last byte
        if how == "cut":
            del answer[-40:]
        return bytes(answer)

    def stamp(self, question, name, how):
        with self.lock, tempfile.TemporaryDirectory(dir=self.pki.folder) as folder:
            config, asked, out = (os.path.join(folder, n) for n in ("cnf", "tsq", "tsr"))
            certs = self.pki.path("large.crt" if how == "large" else "tsa-root.crt")
            with open(config, "w", encoding="ascii") as file:
                file.write(CONFIG.format(folder=self.pki.folder, cert=self.pki.cert(name),
                                         key=self.pki.key(name), certs=certs))
            with open(asked, "wb") as file:
                file.write(question)
            subprocess.run(["openssl", "ts", "-reply", "-config", config, "-queryfile", asked,
                            "-out", out], check=False, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE)
            with open(out, "rb") as file:
                return file.read()

    def sign_again(self, answer, name):
        """The same time-stamp, signed by somebody with openssl cms: openssl ts would not."""
        with tempfile.TemporaryDirectory(dir=self.pki.folder) as folder:
            old, info, new = (os.path.join(folder, n) for n in ("old", "info", "new"))
            with open(old, "wb") as file:
                file.write(answer)
            for words in (["ts", "-reply", "-in", old, "-token_out", "-out", new],
                          ["cms", "-verify", "-noverify", "-inform", "DER", "-in", new, "-binary",
                           "-out", info],
                          ["cms", "-sign", "-binary", "-nodetach", "-cades", "-in", info, "-outform",
                           "DER", "-econtent_type", "1.2.840.113549.1.9.16.1.4", "-signer",
                           self.pki.cert(name), "-inkey", self.pki.key(name), "-out", new]):
                subprocess.run(["openssl", *words], check=True, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
            with open(new, "rb") as file:
                content = b"\x30\x03\x02\x01\x00" + file.read()
            return b"\x30\x82" + len(content).to_bytes(2, "big") + content
