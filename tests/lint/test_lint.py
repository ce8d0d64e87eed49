#!/usr/bin/env python3
"""Tests of the lint rules: each finds the fault planted for it, and is silent on the same tree
without the fault. A rule without a planted fault fails the last test."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import ctokens  # noqa: E402
import line_rules  # noqa: E402
import lint  # noqa: E402

GLOSSARY = "| term | 中文 | meaning |\n| --- | --- | --- |\n| plan | 排版 | x |\n| line | 行 | x |\n"

LEDGER = "layouts/conformance/typesetting.md"


def ledger(**changes):
    """A ledger with every rule; `LBK_01="kept | | x"` gives a row's last cells another text."""
    rows = [f"{part}-{i:02}" for part, count in line_rules.PARTS.items() for i in range(1, count + 1)]
    return "".join("| %s x | %s |\n" % (rule, changes.get(rule.replace("-", "_"), "kept | `a.c` | pages check_a"))
                   for rule in rows)


CHECKS = {"tests/page/checks.py": "def check_a():\n    pass\n"}
ALL_KINDS = {"tests/lines/a.lines": "- | = | a | LBK-01 x\n2 | = | a↵b | LBK-01 x\n2 cell | = | a | LBK-01 x\n"}

# rule -> [(files that are clean, the file that gets a fault, its text then)]
CASES = {
    "layers": [
        ({"render/plan/a.h": "", "render/page/b.h": "", "render/plan/a.c": '#include "plan/a.h"\n'},
         "render/plan/a.c", '#include "plan/a.h"\n#include "page/b.h"\n'),
        ({"render/output/pdf/a.h": "", "render/output/cairo/b.c": ""},
         "render/output/cairo/b.c", '#include "output/pdf/a.h"\n'),
        ({"render/banxin.h": "", "render/base/a.h": "", "render/main.c": '#include "banxin.h"\n'},
         "render/main.c", '#include "base/a.h"\n'),
        ({"render/plan/a.h": "", "render/page/b.c": '#include "plan/a.h"\n', "render/new/a.h": ""},
         "render/page/b.c", '#include "new/a.h"\n'),
        ({"render/banxin.h": "", "render/plan/a.c": ""}, "render/plan/a.c", '#include "banxin.h"\n'),
        ({"render/plan/a.c": ""}, "render/plan/a.c", '#include "plan/gone.h"\n'),
    ],
    "foreign": [
        ({"render/output/cairo/a.c": "#include <cairo.h>\n", "render/page/b.c": ""},
         "render/page/b.c", "#include <cairo.h>\n"),
        ({"render/image/svg_xml_read.c": "#include <libxml/tree.h>\n", "render/layout/form.c": ""},
         "render/layout/form.c", "#include <libxml/tree.h>\n"),
        ({"render/base/a.c": ""}, "render/base/a.c", "#include <openssl/evp.h>\n"),
    ],
    "include-order": [
        ({"render/plan/a.h": "", "render/plan/b.h": "",
          "render/plan/a.c": '#include "plan/a.h"\n\n#include <stdio.h>\n\n#include "plan/b.h"\n'},
         "render/plan/a.c", '#include "plan/a.h"\n#include "plan/b.h"\n#include <stdio.h>\n'),
        ({"render/plan/a.h": "", "render/plan/a.c": '#include "plan/a.h"\n'},
         "render/plan/a.c", '#include <stdio.h>\n#include "plan/a.h"\n'),
    ],
    "guards": [
        ({"render/a.h": "#ifndef BX_A_H\n#define BX_A_H\n#endif\n"},
         "render/a.h", "#ifndef BX_A_H\n#define BX_B_H\n#endif\n"),
        ({"render/a.h": "#ifndef BX_A_H\n#define BX_A_H\n#endif\n",
          "render/b.h": "#ifndef BX_B_H\n#define BX_B_H\n#endif\n"},
         "render/b.h", "#ifndef BX_A_H\n#define BX_A_H\n#endif\n"),
        ({"render/a.h": "#ifndef BX_A_H\n#define BX_A_H\n#endif\n"}, "render/a.h", "int x;\n"),
    ],
    "calls": [
        ({"render/a.c": "void bx_f(void)\n{\n    my_time(NULL);\n}\n"},
         "render/a.c", "void bx_f(void)\n{\n    time(NULL);\n}\n"),
        ({"render/cli_parse.c": 'int cli_f(void)\n{\n    getenv("LANG");\n}\n', "render/a.c": ""},
         "render/a.c", 'void bx_f(void)\n{\n    getenv("LANG");\n}\n'),
    ],
    "globals": [
        ({"render/a.c": "static const int x = 1;\nstatic int f(void)\n{\n    return x;\n}\n"},
         "render/a.c", "static int x = 1;\n"),
        ({"render/a.c": "int bx_f(void)\n{\n    static const char *const t[] = {0};\n}\n"},
         "render/a.c", "int bx_f(void)\n{\n    static int calls;\n    return calls++;\n}\n"),
    ],
    "labels": [
        ({"render/a.c": 'const char *bx_f(void)\n{\n    return "，。"; /* 规章 */\n}\n'},
         "render/a.c", 'const char *bx_f(void)\n{\n    return "规章";\n}\n'),
        ({"render/a.h": "void tell(int level, const char *zh, const char *en);\n",
          "render/a.c": 'void bx_f(void)\n{\n    tell(1, "缺少字段", "missing");\n}\n'},
         "render/a.c", 'void bx_f(void)\n{\n    tell(1, "missing", "缺少字段");\n}\n'),
        ({"render/a.c": 'struct f x = {.code = "A", .zh = text(1, "缺少"), .en = "b"};\n'},
         "render/a.c", 'struct f x = {.code = "A", .zh = "a", .en = text(1, "缺少")};\n'),
        ({"render/a.c": 'const struct {\n    char *zh, *en;\n} a[] = {{"数字", "n"}};\n'},
         "render/a.c", 'const struct {\n    char *label;\n} a[] = {{"数字"}};\n'),
        ({"render/a.c": 'const char *a = in_chinese ? "缺少" : "missing";\n'},
         "render/a.c", 'const char *a = is_long ? "缺少" : "missing";\n'),
    ],
    "figures": [
        ({"render/plan/a.c": "int bx_f(int x)\n{\n    return x * 1000 + 0x3001;\n}\n"},
         "render/plan/a.c", "int bx_f(int x)\n{\n    return x * 156000;\n}\n"),
        ({"render/plan/a.c": "int bx_f(int x)\n{\n    const int two_pi = 6283;\n    return x;\n}\n"},
         "render/plan/a.c", "int bx_f(int x)\n{\n    int y = 6283;\n    return x + y;\n}\n"),
        ({"render/plan/a.c": "static const int limit = 40; /* atoms */\n"},
         "render/plan/a.c", "static const int limit = 40; /* mm */\n"),
        ({"render/page/a.c": "int bx_f(int x)\n{\n    return x / BX_PT;\n}\n"},
         "render/page/a.c", "int bx_f(int x)\n{\n    return 3 * BX_PT;\n}\n"),
    ],
    "doubles": [
        ({"render/plan/a.c": "int x = 1;\n", "render/output/cairo/a.c": "double y = 1.5;\n"},
         "render/plan/a.c", "int x = 1.5;\n"),
        ({"render/page/a.c": "int x;\n"}, "render/page/a.c", "double x;\n"),
    ],
    "sources": [
        ({"layouts/styles/a.xml": '<style><g source="GB"><t width="156mm"/></g></style>'},
         "layouts/styles/a.xml", '<style><g><t width="156mm"/></g></style>'),
        ({"layouts/forms/2021/a.xml": "<form/>"}, "layouts/forms/2021/a.xml", "<form>"),
    ],
    "length": [
        ({"render/a.c": "/* Long because: one table. */\nvoid bx_f(void)\n{\n" + "    g();\n" * 80 + "}\n"},
         "render/a.c", "/* Does it. */\nvoid bx_f(void)\n{\n" + "    g();\n" * 80 + "}\n"),
    ],
    "names": [
        ({"render/a.c": "static void f(void)\n{\n}\nvoid bx_f(void)\n{\n}\n"},
         "render/a.c", "void f(void)\n{\n}\n"),
        ({"render/a.c": ""}, "render/a.c", "static void bx_f(void)\n{\n}\n"),
        ({"render/a.h": "typedef int32_t bx_len;\n"}, "render/a.h", "typedef struct x y;\n"),
        ({"tests/a/test_a.c": "static void test_a__holds(void **state)\n{\n}\n"
          "int run_a(void)\n{\n    cmocka_unit_test(test_a__holds);\n}\n"},
         "tests/a/test_a.c", "static void test_a_7(void **state)\n{\n}\n"
         "int run_a(void)\n{\n    cmocka_unit_test(test_a_7);\n}\n"),
        ({"tests/a/test_a.c": ""},
         "tests/a/test_a.c", "static void test_a__holds(void **state)\n{\n}\n"),
    ],
    "alone": [
        ({"README.md": "See docs.\n"}, "README.md", "See ../shared/spec.\n"),
        ({"a.sh": "cd build\n"}, "a.sh", "cd /work/main\n"),
    ],
    "glossary": [
        ({"GLOSSARY.md": GLOSSARY, "render/plan/line.h": "struct bx_line {\n};\n"},
         "render/plan/line.h", "struct bx_line_wobble {\n};\n"),
        ({"GLOSSARY.md": GLOSSARY, "render/plan/line.h": ""}, "render/plan/wobble.h", ""),
    ],
    "findings": [
        ({"docs/findings.md": "| `LOOSE` | x |\n", "tests/a.py": "LOOSE",
          "render/a.c": 'struct f x = {.code = "LOOSE"};\n'},
         "render/a.c", 'struct f x = {.code = "LOOSE"}, y = {.code = "TIGHT"};\n'),
        ({"docs/findings.md": "| `C1` | x |\n", "tests/a.py": "C1",
          "layouts/forms/a.xml": '<check code="C1"/>'},
         "docs/findings.md", "| `C1` | x |\n| `C2` | x |\n"),
        ({"docs/findings.md": "| `C1` | x |\n", "tests/a.py": "C1",
          "layouts/forms/a.xml": '<check code="C1"/>'}, "tests/a.py", "C10"),
    ],
    "ledgers": [
        ({"tests/a/test_a.c": "test_a__holds", "layouts/conformance/a.md": "| `test_a__holds` |\n"},
         "layouts/conformance/a.md", "| `test_a__fails` |\n"),
        ({"tests/a/b.py": "", "layouts/conformance/a.md": "`tests/a/b.py`\n"},
         "layouts/conformance/a.md", "`tests/a/c.py`\n"),
    ],
    "line-cases": [
        ({LEDGER: "| LBK-01 x | kept |\n", **ALL_KINDS},
         "tests/lines/a.lines", "- | = | a | LBK-01 x\n2 | = | a↵b | LBK-01 x\n"),
        ({LEDGER: "| LBK-01 x | kept |\n", **ALL_KINDS},
         "tests/lines/a.lines", "- | = | a | LBK-01 x\n2 | = | a | LBK-01 x\n2 cell | = | a | LBK-01 x\n"),
        ({LEDGER: "| LBK-01 x | kept |\n", **ALL_KINDS}, "tests/lines/b.lines", "- | = | a | LBK-21 x\n"),
        ({LEDGER: "| LNG-10 x | kept |\n"}, "tests/lines/b.lines", "- | = | a | LNG-10 x\n"),
    ],
    "line-ledger": [
        ({LEDGER: ledger(), **CHECKS}, LEDGER, ledger(LBK_02="kept | | pages check_a")),
        ({LEDGER: ledger(), **CHECKS}, LEDGER, ledger(LBK_02="perhaps | `a.c` | pages check_a")),
        ({LEDGER: ledger(), **CHECKS}, LEDGER, ledger(LBK_02="kept | `a.c` | pages check_b")),
        ({LEDGER: ledger(), **CHECKS}, LEDGER, ledger(LBK_02="kept | `a.c` | a.lines")),
        ({LEDGER: ledger(LBK_02="kept | `a.c` | a.lines LBK-01"), **CHECKS, **ALL_KINDS},
         LEDGER, ledger(LBK_02="kept | `a.c` | a.lines")),
        ({LEDGER: ledger(LBK_02="**out**: nobody wants it | – | –"), **CHECKS},
         LEDGER, ledger(LBK_02="**out** | – | –")),
        ({LEDGER: ledger(), **CHECKS}, LEDGER, ledger(LBK_02="kept | `a.c` | –")),
        ({LEDGER: ledger(), **CHECKS}, LEDGER, ledger().replace("| LBK-02", "| LBK-01")),
    ],
    "words": [
        ({"render/api_words.c": '{.en = "no " "%s here", .zh = "x"},\n',
          "render/base/a.c": 'bx_fail(err, BX_E_READ, "", f(1, 2), "no " "%5zu here", at);\n'},
         "render/base/a.c", 'bx_fail(err, BX_E_READ, "", "", "none here");\n'),
        ({"render/api_words.c": '{.en =\n "no x here", .zh = "x"},\n',
          "render/base/a.c": 'bx_fail(err, BX_E_READ, "", "", "no %s here", at);\n'},
         "render/base/a.c", 'bx_fail(err, BX_E_READ, "", "", is ? "no x here" : "no y here");\n'),
    ],
    "links": [
        ({"a.md": "[b](b.md)\n", "b.md": ""}, "a.md", "[b](c.md)\n"),
    ],
}


def rule_named(name):
    return getattr(lint, "rule_" + name.replace("-", "_"))


class Rules(unittest.TestCase):
    def test_each_planted_fault_is_found(self):
        for name, cases in CASES.items():
            for number, (files, path, text) in enumerate(cases):
                with self.subTest(rule=name, case=number):
                    rules = [rule_named(name)]
                    self.assertEqual(lint.faults(lint.Tree(files), rules), [])
                    broken = lint.faults(lint.Tree({**files, path: text}), rules)
                    self.assertNotEqual(broken, [])
                    self.assertEqual({fault.rule for fault in broken}, {name})

    def test_every_rule_has_a_case(self):
        self.assertEqual({rule_named(name) for name in CASES}, set(lint.RULES))


class Tokens(unittest.TestCase):
    def test_strings_and_comments_hide_what_is_in_them(self):
        stream = ctokens.tokens('a = "/* \\" */"; /* "b" */ c\n# define X "\ny')
        self.assertEqual([t.kind for t in stream],
                         ["word", "mark", "string", "mark", "comment", "word", "directive", "word"])
        self.assertEqual(stream[-1].line, 3)

    def test_functions_have_their_lines_and_comment(self):
        found = ctokens.functions("struct a {\n    int b;\n};\n/* why */\nstatic int\nf(int (*g)(void))\n"
                                  "{\n    if (g) {\n    }\n}\nint h;\n")
        self.assertEqual([(f.name, f.first, f.last, f.comment) for f in found],
                         [("f", 5, 10, "/* why */")])


if __name__ == "__main__":
    unittest.main()
