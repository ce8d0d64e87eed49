"""Puts the C library, its modules, layouts and faces into the package: built by CMake in build/ of the
checkout (or in BANXIN_BUILD), then installed from there."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:
    from wheel.bdist_wheel import bdist_wheel

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


def cmake(*words):
    subprocess.run(["cmake", *words], check=True, cwd=ROOT, stdout=sys.stderr)


def version():
    with open(os.path.join(ROOT, "CMakeLists.txt"), encoding="utf-8") as file:
        return re.search(r"project\(banxin VERSION ([\d.]+)", file.read()).group(1)


def build_library():
    """The build folder, with everything in it that a wheel needs."""
    folder = os.environ.get("BANXIN_BUILD") or os.path.join(ROOT, "build")
    if not os.path.exists(os.path.join(folder, "CMakeCache.txt")):
        cmake("--preset", "release", "-B", folder)
    cmake("--build", folder, "--target", "banxin_shared")
    return folder


class BuildWithLibrary(build_py):
    def run(self):
        super().run()
        package = os.path.join(self.build_lib, "banxin")
        folder = build_library()
        with tempfile.TemporaryDirectory() as stage:
            for component in ("library", "data", "fonts"):
                cmake("--install", folder, "--prefix", stage, "--component", component)
            self.take(stage, package)
        subprocess.run([sys.executable, os.path.join(HERE, "make_abi.py"),
                        os.path.join(ROOT, "render/banxin.h"), os.path.join(package, "_abi.py"),
                        "libbanxin.so.0"], check=True)

    @staticmethod
    def take(stage, package):
        """Library, modules and data side by side: so they find each other (render/base/home.h)."""
        for folder, _, names in os.walk(stage):
            if os.path.basename(folder) == "banxin" and folder.endswith("/share/banxin"):
                shutil.rmtree(os.path.join(package, "share"), ignore_errors=True)
                shutil.copytree(folder, os.path.join(package, "share/banxin"))
            for name in names:
                path = os.path.join(folder, name)
                if name == "libbanxin.so.0" or re.fullmatch(r"libbanxin-\w+\.so", name):
                    shutil.copyfile(path, os.path.join(package, name))


class PlatformWheel(bdist_wheel):
    """For any Python 3 on this system: the library is no extension module."""

    def finalize_options(self):
        super().finalize_options()
        self.root_is_pure = False

    def get_tag(self):
        return "py3", "none", super().get_tag()[2]


class WithLibrary(Distribution):
    def has_ext_modules(self):
        return True


setup(version=version(), distclass=WithLibrary,
      cmdclass={"build_py": BuildWithLibrary, "bdist_wheel": PlatformWheel})
