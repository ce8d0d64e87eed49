#!/usr/bin/env python3
"""The manual page in both languages has every command and option that `--help` has, and is free of
faults by mandoc and groff; the completions work in a bash and a zsh that a terminal runs."""
import os
import pty
import re
import select
import subprocess
import sys
import time
import unittest

BANXIN, OUT, BUILD = (os.environ[name] for name in ("BANXIN", "BX_OUT", "BX_BUILD"))
MANUAL = os.path.join(BUILD, "manual")
PAGES = {"en": os.path.join(MANUAL, "banxin.1"), "zh": os.path.join(MANUAL, "banxin.zh.1")}


def run(*words, **more):
    return subprocess.run(words, check=True, capture_output=True, encoding="utf-8", **more)


def commands():
    told = run(BANXIN, "--help", "--lang", "en").stdout.split("Commands:\n")[1].split("\n\n")[0]
    return [re.match(r"  (\w+(?: \w+)*?)\s{2,}|  (\w+) ", line) for line in told.split("\n")]


class Manual(unittest.TestCase):
    def names(self):
        names = [match.group(1) or match.group(2) for match in commands()]
        self.assertGreater(len(names), 8)
        return names

    def test_page_has_what_the_help_has(self):
        for language, path in PAGES.items():
            page = run("mandoc", "-Tutf8", path).stdout
            page = re.sub(".\b", "", page)
            for name in self.names():
                told = run(BANXIN, *name.split(), "--help", "--lang", language).stdout
                options = re.findall(r"^ +(?:-\w, )?(--[\w-]+)", told, re.M)
                self.assertGreater(len(options), 3)
                section = re.search(rf"^   {name}\n(.*?)(?=^   \w|^\S)", page, re.M | re.S)
                self.assertTrue(section, name)
                common = page.split("--layouts")[0].rsplit("\n", 1)[0]
                self.assertTrue(common)
                for option in options:
                    self.assertIn(option, section.group(1) + page[len(common):])

    def test_page_has_no_fault(self):
        for path in PAGES.values():
            lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", path],
                                  capture_output=True, encoding="utf-8")
            faults = [line for line in lint.stdout.splitlines() if "missing date" not in line]
            self.assertEqual(faults, [])  # a page made by a build has no date
            groff = subprocess.run(["groff", "-Kutf8", "-Tutf8", "-ww", "-man", "-z", path],
                                   capture_output=True, encoding="utf-8")
            self.assertEqual((groff.returncode, groff.stderr), (0, ""))


class Terminal:
    """A shell on a terminal of its own, in a folder with files to complete."""

    def __init__(self, folder, words, setup, **more):
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            env = {"PATH": os.path.dirname(BANXIN) + ":/usr/bin:/bin", "TERM": "dumb",
                   "HOME": folder, "LC_ALL": "C.UTF-8", **more}
            os.execvpe(words[0], words, env)
        self.seen = ""
        self.send(setup + "\n")
        self.wait("READY-", 1)

    def send(self, text):
        os.write(self.file, text.encode())

    def wait(self, text, count):
        """Until a text was seen so often; the shell echoes what is typed, so `count` says how often
        that is more than the echo."""
        end = time.monotonic() + 60
        while self.seen.count(text) < count:
            if time.monotonic() > end or not select.select([self.file], [], [], 60)[0]:
                raise AssertionError(f"no {text!r} in {self.seen!r}")
            self.seen += os.read(self.file, 65536).decode("utf-8", "replace")

    def complete(self, line):
        """What the line is after a tab: C-t prints it between marks and empties it."""
        self.seen = ""
        self.send(line + "\t\x14")
        self.wait(">>", 1)
        return re.search(r"<<(.*?)>>", self.seen, re.S).group(1).rstrip()

    def end(self):
        os.close(self.file)
        os.waitpid(self.pid, 0)


BASH = """PS1= PS2=; . {}/banxin.bash; bind 'set enable-bracketed-paste off' 2>/dev/null
show() {{ printf '<%s%s>%s' '<' "$READLINE_LINE" '>'; READLINE_LINE=; READLINE_POINT=0; }}
bind -x '"\\C-t": show'; bind 'set completion-query-items 0'; printf 'READY%s\\n' -"""

ZSH = """PS1= PS2= PROMPT_EOL_MARK=; unsetopt zle_bracketed_paste prompt_cr; fpath=({} $fpath)
autoload -U compinit; compinit -u -D; bindkey -e; bindkey '^I' complete-word; setopt no_list_beep
show() {{ print -rn -- "<"; print -rn -- "<$BUFFER>"; print -rn -- ">"; BUFFER= }}
zle -N show; bindkey '^T' show; print 'READY'-"""

# What is typed, and what the line is then. In the folder are a.json, other.pdf, notes.txt and
# folder/.
LINES = [
    ("banxin rend", "banxin render"),
    ("banxin render --prof", "banxin render --profile"),
    ("banxin render --profile archive-2", "banxin render --profile archive-2a"),
    ("banxin render a", "banxin render a.json"),
    ("banxin verify o", "banxin verify other.pdf"),
    ("banxin render --output-intent n", "banxin render --output-intent notes.txt"),
    ("banxin render --layouts fo", "banxin render --layouts folder/"),
    ("banxin batch fo", "banxin batch folder/"),
    ("banxin batch --progress pl", "banxin batch --progress plain"),
    ("banxin batch --sh", "banxin batch --shard"),
    ("banxin sign prep", "banxin sign prepare"),
    ("banxin sign prepare --attr", "banxin sign prepare --attributes"),
    ("banxin sign o", "banxin sign other.pdf"),
    ("banxin check --dp", "banxin check --dp"),  # not an option of check
    ("banxin dump a.json --stage str", "banxin dump a.json --stage structure"),
]


class Completion(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.join(OUT, "files")
        os.makedirs(os.path.join(self.folder, "folder"), exist_ok=True)
        for name in ("a.json", "other.pdf", "notes.txt"):
            with open(os.path.join(self.folder, name), "w", encoding="utf-8"):
                pass

    def hold(self, terminal):
        try:
            for line, wanted in LINES:
                with self.subTest(line=line):
                    self.assertEqual(terminal.complete(line), wanted)
        finally:
            terminal.end()

    def test_bash(self):
        self.hold(Terminal(self.folder, ["bash", "--norc", "--noprofile", "-i"],
                           BASH.format(MANUAL)))

    def test_zsh(self):
        functions = os.path.join(OUT, "functions")
        os.makedirs(functions, exist_ok=True)
        if not os.path.exists(os.path.join(functions, "_banxin")):
            os.symlink(os.path.join(MANUAL, "banxin.zsh"), os.path.join(functions, "_banxin"))
        for language in ("C.UTF-8", "zh_CN.UTF-8"):
            self.hold(Terminal(self.folder, ["zsh", "-f", "-i"], ZSH.format(functions),
                               LC_ALL=language))

    def test_every_option_is_offered(self):
        """By the function itself: what it offers behind a command is what the help lists."""
        for match in commands():
            name = match.group(1) or match.group(2)
            told = run(BANXIN, *name.split(), "--help", "--lang", "en").stdout
            words = ["banxin", *name.split(), "--"]
            array = " ".join(f"'{word}'" for word in words)
            offered = run("bash", "-c", f". {MANUAL}/banxin.bash; COMP_WORDS=({array}); "
                          f"COMP_CWORD={len(words) - 1}; _banxin; "
                          "printf '%s\\n' \"${COMPREPLY[@]}\"").stdout.split()
            self.assertEqual(sorted(offered),
                             sorted(re.findall(r"^ +(?:-\w, )?(--[\w-]+)", told, re.M)))


if __name__ == "__main__":
    unittest.main()
