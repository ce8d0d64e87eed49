#!/usr/bin/env python3
"""The Debian packages, by `cpack -G DEB`: what they depend on is what they need, apt can install them, and
installed by dpkg into a root of their own they work and are removed without a trace. tests/long/debian
installs them into the machine itself."""
import glob
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BANXIN, OUT, BUILD = (os.environ[name] for name in ("BANXIN", "BX_OUT", "BX_BUILD"))
SAMPLE = os.path.join(ROOT, "tests/examples/changsha-hitech-2019.json")
NAMES = {"banxin", "banxin-data", "banxin-fonts", "libbanxin0", "libbanxin-dev", "python3-banxin"}
AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]


def run(*words, **more):
    done = subprocess.run(words, capture_output=True, encoding="utf-8", env={**os.environ, **more})
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout


def hold(is_true, what):
    if not is_true:
        sys.exit(f"debian: {what}")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def needed(path):
    """The packages that the libraries a file links belong to."""
    names = set()
    for soname in re.findall(r"NEEDED.*\[(.*)\]", run("readelf", "-d", path)):
        found = [line.split(":")[0] for line in run("dpkg-query", "-S", f"*/{soname}").splitlines()]
        names.update(found[:1])
    return names


def check_fields(packages, root):
    hold(set(packages) == NAMES, f"packages: {sorted(packages)}")
    depends = {}
    for name, path in packages.items():
        text = run("dpkg-deb", "-f", path, "Depends", "Recommends")
        depends[name] = set(re.findall(r"[a-z0-9][a-z0-9+.-]+(?=[ ,\n])", text + "\n"))
    for name, path in (("banxin", "usr/bin/banxin"), ("libbanxin0", "usr/lib/libbanxin.so.0")):
        for package in needed(os.path.join(root, path)):
            hold(package in depends[name], f"{name} does not depend on {package}")
    for module in glob.glob(os.path.join(root, "usr/lib/banxin/*.so")):
        for package in needed(module):
            hold(package in depends["libbanxin0"], f"libbanxin0 does not depend on {package}")
    for soname in ("libqpdf.so.29", "librsvg-2.so.2"):  # loaded, not linked
        package = run("dpkg-query", "-S", f"*/{soname}").split(":")[0]
        hold(package in depends["libbanxin0"], f"libbanxin0 does not name {package}")
    hold("fonts-noto-cjk" in depends["banxin-fonts"], "banxin-fonts does not name its faces")
    for name, other in (("banxin", "libbanxin0"), ("libbanxin-dev", "libbanxin0"),
                        ("python3-banxin", "libbanxin0"), ("libbanxin0", "banxin-data"),
                        ("banxin-data", "banxin-fonts")):
        hold(other in depends[name], f"{name} does not depend on {other}")


def dpkg(root, *words):
    return run(*AS_ROOT, "dpkg", f"--root={root}", "--force-depends", "--force-script-chrootless",
               *words)


def files(root):
    return {os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names
            if "/var/" not in folder + "/"}


def check_installed(root):
    wanted, made = os.path.join(OUT, "wanted.pdf"), os.path.join(OUT, "made.pdf")
    run(BANXIN, "render", SAMPLE, "-o", wanted)
    run(os.path.join(root, "usr/bin/banxin"), "render", SAMPLE, "-o", made)
    hold(read(made) == read(wanted), "the program's bytes differ")
    told = run(os.path.join(root, "usr/bin/banxin"), "fonts", "--lang", "en", XDG_CACHE_HOME=OUT)
    hold(0 < told.count("SHA-256") == told.count("prepared: yes"), "not all faces are prepared")
    hold("holds" in run(os.path.join(root, "usr/bin/banxin"), "verify", made, "--lang", "en"),
         "verify")
    package = os.path.join(root, "usr/lib/python3/dist-packages")
    run("/usr/bin/python3", "-B", os.path.join(HERE, "python_cases.py"), PYTHONPATH=package,
        BX_PACKAGE=package)
    program = os.path.join(OUT, "consumer")
    flags = run("pkg-config", "--cflags", "--libs", "banxin",
                PKG_CONFIG_PATH=os.path.join(root, "usr/lib/pkgconfig")).split()
    run("cc", os.path.join(ROOT, "docs/example/report.c"), "-o", program, *flags)
    run(program, SAMPLE, made, LD_LIBRARY_PATH=os.path.join(root, "usr/lib"))
    hold(read(made) == read(wanted), "the library's bytes differ")
    for path in ("share/man/man1/banxin.1", "share/man/zh_CN/man1/banxin.1",
                 "share/bash-completion/completions/banxin", "share/zsh/vendor-completions/_banxin"):
        hold(os.path.exists(os.path.join(root, "usr", path)), f"{path} is missing")
    for name in NAMES:
        hold(os.path.exists(os.path.join(root, "usr/share/doc", name, "copyright")),
             f"{name} has no copyright file")


def main():
    folder, root = os.path.join(OUT, "packages"), os.path.join(OUT, "root")
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([*AS_ROOT, "rm", "-rf", root], check=True)
    run("cpack", "-G", "DEB", "-B", folder, "--config", os.path.join(BUILD, "CPackConfig.cmake"))
    shutil.rmtree(os.path.join(folder, "_CPack_Packages"))
    paths = sorted(glob.glob(os.path.join(folder, "*.deb")))
    packages = {os.path.basename(path).split("_")[0]: path for path in paths}

    for place in ("var/lib/dpkg/info", "var/lib/dpkg/updates"):
        os.makedirs(os.path.join(root, place))
    for name in ("status", "available"):
        with open(os.path.join(root, "var/lib/dpkg", name), "w", encoding="ascii"):
            pass
    dpkg(root, "-i", *paths)
    check_fields(packages, root)
    check_installed(root)
    told = run("apt-get", "-s", "-q", "--no-install-recommends", "install", *paths)
    for name in NAMES:
        hold(re.search(rf"^Inst {re.escape(name)} ", told, re.M), f"apt would not install {name}")
    dpkg(root, "-P", *sorted(NAMES))
    left = files(root)
    hold(not left, f"left behind: {sorted(left)[:5]}")
    subprocess.run([*AS_ROOT, "rm", "-rf", root], check=True)
    shutil.rmtree(folder)
    print(f"{len(paths)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
