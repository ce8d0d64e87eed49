#!/usr/bin/env python3
"""Makes banxin/_abi.py from banxin.h: the declarations, digested by cffi, so that nothing is compiled or
parsed when the package is imported.

    make_abi.py BANXIN.H OUT.py LIBRARY

LIBRARY is where libbanxin lies, seen from the folder of the package.
"""
import re
import sys

import cffi


def declarations(header):
    """What cffi reads of a header: no comments, no directives but constants, no C++."""
    text = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    text = text.replace("\\\n", " ")
    kept = [line for line in text.split("\n")
            if not line.startswith("#") or re.fullmatch(r"#define \w+\s+\d+\s*", line)]
    text = re.sub(r'#ifdef __cplusplus.*?#endif', "", "\n".join(kept), flags=re.S)
    return re.sub(r'extern "C" \{|^\}$', "", text, flags=re.M)


def main():
    header, out, library = sys.argv[1:]
    ffi = cffi.FFI()
    with open(header, encoding="utf-8") as file:
        ffi.cdef(declarations(file.read()))
    ffi.set_source("banxin._abi", None)
    ffi.emit_python_code(out)
    with open(out, "a", encoding="utf-8") as file:
        file.write(f"\nLIBRARY = {library!r}\n")


if __name__ == "__main__":
    main()
