"""A platform that holds a key and gives CMS objects, played by pyHanko: reads the document's digest in
hexadecimal digits from standard input. Run by the Python of build/venv.

    platform_cms.py KEY.pem CERT.pem HASH [CHAIN.pem]
"""
import asyncio
import sys

from pyhanko.sign.signers import SimpleSigner


def main(key, certificate, digest_name, chain=None):
    signer = SimpleSigner.load(key, certificate, ca_chain_files=[chain] if chain else None)
    digest = bytes.fromhex(sys.stdin.read())
    made = asyncio.run(signer.async_sign(digest, digest_name, use_pades=True))
    sys.stdout.buffer.write(made.dump())


if __name__ == "__main__":
    main(*sys.argv[1:])
