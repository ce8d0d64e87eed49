#!/usr/bin/env python3
"""`cmake --install` into a prefix that is then moved: program, shared library, static library, pkg-config
file and CMake package, each used as others would, and each giving the bytes of the program in the
build folder. The library shows banxin.h's functions and nothing else; it has no variable that changes, and nor have
its modules."""
import os
import re
import shutil
import subprocess
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BANXIN, OUT, BUILD = (os.environ[name] for name in ("BANXIN", "BX_OUT", "BX_BUILD"))
EXAMPLE = os.path.join(ROOT, "docs/example")
REPORTS = [os.path.join(ROOT, "tests/examples", name)
           for name in ("changsha-hitech-2019.json", "hongze-2024.json")]
PREFIX = os.path.join(OUT, "moved", "prefix")

# What changes in the library, and why. Everything else is constant, or is once the loader is done.
WRITABLE = {
    "once": "libxml2's own tables are set up once a process (layout/xml_read.c)",
    "completed": "the compiler's",
    "__dso_handle": "the compiler's",
    "__TMC_END__": "the compiler's",
    "_edata": "the linker's",
    "_end": "the linker's",
    "__bss_start": "the linker's",
}


def run(*words, **more):
    done = subprocess.run(words, capture_output=True, encoding="utf-8",
                          env={**os.environ, **more})
    if done.returncode != 0:
        raise AssertionError(f"{words}: {done.stdout}{done.stderr}")
    return done.stdout


def read(path):
    with open(path, "rb") as file:
        return file.read()


def setUpModule():
    staged = os.path.join(OUT, "staged")
    for folder in (staged, os.path.join(OUT, "moved")):
        shutil.rmtree(folder, ignore_errors=True)
    # By DESTDIR, as packagers do, below a prefix that is none of this machine.
    run("cmake", "--install", BUILD, "--prefix", "/opt/nowhere", DESTDIR=staged)
    os.mkdir(os.path.join(OUT, "moved"))
    os.rename(os.path.join(staged, "opt/nowhere"), PREFIX)
    shutil.rmtree(staged)


def tearDownModule():
    shutil.rmtree(os.path.join(OUT, "moved"))


class Install(unittest.TestCase):
    library = os.path.join(PREFIX, "lib/libbanxin.so.0")

    def hold_same(self, words, **more):
        """The PDF of this command, given a report and a file, is that of the build folder's program."""
        for report in REPORTS:
            wanted, made = os.path.join(OUT, "wanted.pdf"), os.path.join(OUT, "made.pdf")
            run(BANXIN, "render", report, "-o", wanted)
            run(*words(report, made), **more)
            self.assertTrue(read(made) == read(wanted), words)

    def test_program_in_a_moved_prefix(self):
        program = os.path.join(PREFIX, "bin/banxin")
        self.hold_same(lambda report, out: [program, "render", report, "-o", out])
        self.hold_same(lambda report, out: [program, "render", report, "-o", out],
                       PATH="/nowhere", LD_LIBRARY_PATH="")

    def test_program_reads_its_own_data_alone(self):
        """Not those of the checkout: without them it has none."""
        away = PREFIX + "/share/banxin.away"
        os.rename(PREFIX + "/share/banxin", away)
        try:
            done = subprocess.run([PREFIX + "/bin/banxin", "check", REPORTS[0], "--lang", "en"],
                                  capture_output=True, encoding="utf-8")
            self.assertEqual(done.returncode, 4)
            self.assertNotIn(ROOT + "/layouts", done.stderr)
            self.assertNotIn(BUILD, done.stderr)
        finally:
            os.rename(away, PREFIX + "/share/banxin")

    def test_program_signs_and_verifies(self):
        """By its modules, from where it is installed; previews too."""
        program, pdf = os.path.join(PREFIX, "bin/banxin"), os.path.join(OUT, "made.pdf")
        key, cert, signed = (os.path.join(OUT, name) for name in ("key.pem", "cert.pem", "signed.pdf"))
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-subj", "/CN=test", "-keyout", key, "-out", cert)
        run(program, "render", REPORTS[0], "-o", pdf)
        run(program, "sign", pdf, "-o", signed, "--key", key, "--cert", cert)
        told = run(program, "verify", signed, "--lang", "en")
        self.assertIn("the bytes are those written again: holds", told)
        self.assertIn("by test: holds", told)
        run(program, "preview", REPORTS[0], "-o", os.path.join(OUT, "page-%d.png"))

    def test_library_shows_the_header_alone(self):
        with open(os.path.join(PREFIX, "include/banxin.h"), encoding="utf-8") as file:
            text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
        text = re.sub(r"\b(?:struct|enum) \w+ \{.*?\};", "", text, flags=re.S)
        declared = set(re.findall(r"\b(bx_\w+)\s*\((?!\*)", text))
        shown = {line.split()[-1]
                 for line in run("nm", "-D", "--defined-only", self.library).splitlines()}
        self.assertGreater(len(declared), 50)
        self.assertEqual(shown, declared)
        self.assertIn("[libbanxin.so.0]", run("readelf", "-d", self.library))
        for name, path in self.modules().items():
            shown = run("nm", "-D", "--defined-only", path).split()
            self.assertEqual(shown[2:], [f"bx_{name}_module"])

    def modules(self):
        found = {re.sub(r"libbanxin-(\w+)\.so", r"\1", name): os.path.join(PREFIX, "lib/banxin", name)
                 for name in os.listdir(os.path.join(PREFIX, "lib/banxin"))}
        self.assertGreaterEqual(set(found), {"sign", "pictures", "validator"})
        return found

    def test_library_has_no_variable_that_changes(self):
        constant = self.count_constants(self.library)
        self.assertGreater(constant, 50)  # else the symbols were not read
        for path in self.modules().values():
            self.count_constants(path)

    def count_constants(self, path):
        """How many symbols are constant; that all others are among the known ones."""
        sections = {}
        for line in run("readelf", "-SW", path).splitlines():
            match = re.match(r"\s*\[\s*(\d+)\] (\S+)", line)
            if match:
                sections[match.group(1)] = match.group(2)
        changing, constant = set(), 0
        for line in run("readelf", "-sW", path).splitlines():
            fields = line.split()
            if len(fields) < 8 or fields[3] not in ("OBJECT", "NOTYPE", "TLS"):
                continue
            section = sections.get(fields[6], "")
            constant += section in (".data.rel.ro", ".rodata")
            if section in (".data", ".bss", ".tdata", ".tbss"):
                changing.add(re.sub(r"\.\d+$", "", fields[7]))
        self.assertEqual(changing - set(WRITABLE), set(), path)
        return constant

    def test_nothing_names_the_folder_of_the_build(self):
        for folder, _, names in os.walk(PREFIX):
            for name in names:
                path = os.path.join(folder, name)
                if not name.endswith((".otf", ".gz")):
                    self.assertFalse(ROOT.encode() in read(path) or BUILD.encode() in read(path),
                                     path)

    def pkg_config(self, *words):
        return run("pkg-config", *words, "banxin",
                   PKG_CONFIG_PATH=os.path.join(PREFIX, "lib/pkgconfig")).split()

    def test_consumer_by_pkg_config(self):
        program = os.path.join(OUT, "by-pkg-config")
        run("cc", "-Wall", "-Wextra", "-Werror", "-std=c11", os.path.join(EXAMPLE, "report.c"), "-o",
            program, *self.pkg_config("--cflags", "--libs"))
        self.assertIn("libbanxin.so.0", run("readelf", "-d", program))
        self.hold_same(lambda report, out: [program, report, out],
                       LD_LIBRARY_PATH=os.path.join(PREFIX, "lib"))
        self.assertEqual(self.pkg_config("--modversion"),
                         run(BANXIN, "--version").split()[1:])

    def test_static_consumer_by_pkg_config(self):
        """Statically linked, the code is where the program is, and so are its data looked for."""
        program = os.path.join(PREFIX, "bin/by-pkg-config-static")
        flags = self.pkg_config("--cflags", "--libs", "--static")
        flags[flags.index("-lbanxin")] = os.path.join(PREFIX, "lib/libbanxin.a")
        run("cc", os.path.join(EXAMPLE, "report.c"), "-o", program, *flags)
        self.assertNotIn("libbanxin", run("readelf", "-d", program))
        self.hold_same(lambda report, out: [program, report, out])

    def test_consumers_by_cmake(self):
        build = os.path.join(OUT, "by-cmake")
        shutil.rmtree(build, ignore_errors=True)
        run("cmake", "-S", EXAMPLE, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={PREFIX}")
        run("cmake", "--build", build)
        self.hold_same(lambda report, out: [os.path.join(build, "report"), report, out])
        static = os.path.join(PREFIX, "bin/report_static")
        shutil.copy(os.path.join(build, "report_static"), static)
        self.assertNotIn("libbanxin", run("readelf", "-d", static))
        self.hold_same(lambda report, out: [static, report, out])

    def test_header_in_each_language(self):
        for words in (["clang-14", "-std=c++11", "-x", "c++"], ["clang-14", "-std=c99", "-x", "c"],
                      ["cc", "-std=c99", "-x", "c"]):
            run(*words, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-include",
                os.path.join(PREFIX, "include/banxin.h"), "/dev/null")


if __name__ == "__main__":
    unittest.main()
