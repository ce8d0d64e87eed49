#!/usr/bin/env python3
"""The Python package as a wheel, made by `pip wheel` from the checkout and installed by `pip install`,
and from a prefix of `cmake --install` that was moved: each gives the program's bytes.

The wheel is built without a network: its build requirements are among the tests' packages.
"""
import glob
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OUT, BUILD, VENV, PYTHON = (os.environ[name] for name in ("BX_OUT", "BX_BUILD", "BX_VENV",
                                                          "BX_PYTHON"))


def run(*words, **more):
    print("+", *words, flush=True)
    subprocess.run(words, check=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1",
                                           "PIP_NO_INDEX": "1", **more})


def from_wheel():
    wheels, site = os.path.join(OUT, "wheels"), os.path.join(OUT, "site")
    source = os.path.join(OUT, "checkout")  # setuptools writes beside its sources
    for folder in (wheels, site, source):
        shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(source)
    for name in ("CMakeLists.txt", "render"):
        os.symlink(os.path.join(ROOT, name), os.path.join(source, name))
    shutil.copytree(os.path.join(ROOT, "python"), os.path.join(source, "python"),
                    ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__"))
    pip = os.path.join(VENV, "bin/pip")
    run(pip, "wheel", "-q", "--no-build-isolation", "--no-deps", "-w", wheels,
        os.path.join(source, "python"), BANXIN_BUILD=BUILD)
    wheel, = glob.glob(os.path.join(wheels, "banxin-*-py3-none-linux_*.whl"))
    run(pip, "install", "-q", "--no-deps", "--no-compile", "--target", site, wheel)
    shutil.rmtree(source)
    return os.path.join(VENV, "bin/python"), site


def from_prefix():
    staged, prefix = os.path.join(OUT, "staged"), os.path.join(OUT, "prefix")
    for folder in (staged, prefix):
        shutil.rmtree(folder, ignore_errors=True)
    for component in ("library", "data", "fonts", "python"):
        run("cmake", "--install", BUILD, "--prefix", staged, "--component", component,
            CMAKE_INSTALL_MESSAGE="NEVER")
    os.rename(staged, prefix)
    return PYTHON, os.path.join(prefix, "lib/python3/dist-packages")


def main():
    for python, package in (from_wheel(), from_prefix()):
        run(python, "-B", os.path.join(HERE, "python_cases.py"), PYTHONPATH=package, BX_PACKAGE=package)
    for folder in ("wheels", "site", "prefix"):  # faces, twice
        shutil.rmtree(os.path.join(OUT, folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
