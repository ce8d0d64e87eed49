#!/usr/bin/env python3
"""Every test report in every profile, and what veraPDF says of it by each standard that the profile
claims: no rule may fail. For each standard a file that is broken on purpose must fail by the rule
that it breaks, so that the check is known to check."""
import os
import subprocess
import sys

import pikepdf

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import variations  # noqa: E402
from variations import pictures  # noqa: E402
from print_plates import PRINTER  # noqa: E402
from report_text import ROOT  # noqa: E402

BANXIN, OUT, BUILD = (os.environ[name] for name in ("BANXIN", "BX_OUT", "BX_BUILD"))
HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(ROOT, "tests/examples")

# Profile: veraPDF's names of the standards that it claims.
CLAIMS = {
    "archive": ("3a", "ua1"),
    "archive-2a": ("2a", "ua1"),
    "archive-4f": ("4f", "ua2", "wt1a", "wt1r"),
    "print": ("3a", "ua1"),
}


def render(report, profile, *options):
    pdf = os.path.join(OUT, f"{os.path.basename(report)}.{profile}{len(options)}.pdf")
    subprocess.run([BANXIN, "render", report, "-o", pdf, "--allow-inconsistent", "--profile",
                    profile, *options], check=True, stderr=subprocess.DEVNULL)
    return pdf


def first_cell(pdf):
    """The first TD in the order of the tree."""
    stack = [pdf.Root.StructTreeRoot.K]
    while stack:
        element = stack.pop()
        if isinstance(element, pikepdf.Array):
            stack += reversed(list(element))
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            if element.S == "/TD":
                return element
            stack.append(element.get("/K", pikepdf.Array()))
    raise ValueError("no cell")


def first_font(pdf):
    fonts = pdf.pages[0].Resources.Font
    return fonts[sorted(fonts.keys())[0]]


def drop_intent(pdf):
    del pdf.Root.OutputIntents


def drop_marks(pdf):
    del pdf.Root.MarkInfo


def drop_relationship(pdf):
    del pdf.Root.AF[0].AFRelationship


def drop_title(pdf):
    del pdf.Root.ViewerPreferences


def drop_unicode(pdf):
    del first_font(pdf).ToUnicode


def drop_namespace(pdf):
    del pdf.Root.StructTreeRoot.K.NS


def drop_declarations(pdf):
    xmp = pdf.Root.Metadata.read_bytes().replace(b"pdfd:declarations", b"pdfd:nothing")
    pdf.Root.Metadata = pdf.make_stream(xmp, Type=pikepdf.Name.Metadata,
                                        Subtype=pikepdf.Name.XML)


def misplace_cell(pdf):
    first_cell(pdf).S = pikepdf.Name.TR


# Profile, standard, what is done to a good file, the clause that must be told.
FAULTS = [
    ("archive", "3a", drop_relationship, "6.8"),
    ("archive", "3a", drop_intent, "6.2.4.3"),
    ("archive", "ua1", drop_title, "7.1"),
    ("archive", "ua1", misplace_cell, "7.2"),
    ("archive-2a", "2a", drop_marks, "6.7.2.2"),
    ("archive-4f", "4f", drop_relationship, "6.9"),
    ("archive-4f", "ua2", drop_namespace, "8.2.5.2"),
    ("archive-4f", "wt1a", drop_namespace, "8.2.5.2"),
    ("archive-4f", "wt1r", drop_namespace, "8.2.5.2"),
    ("print", "3a", drop_unicode, "6.2.11.7"),
]


def break_file(good, number, change):
    path = os.path.join(OUT, f"broken-{number}-{change.__name__}.pdf")
    with pikepdf.open(good) as pdf:
        change(pdf)
        pdf.save(path)
    return path


def validate(jobs):
    """{(standard, file): failed rules} of all jobs, by one virtual machine."""
    subprocess.run([os.path.join(HERE, "verapdf/install.sh"), f"{BUILD}/verapdf"], check=True)
    words = [word for job in jobs for word in job]
    done = subprocess.run(
        ["java", "-cp", f"{BUILD}/verapdf/jars/*", os.path.join(HERE, "verapdf/Validate.java"),
         *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr[-4000:])
    told = {}
    for line in done.stdout.splitlines():
        standard, path, *rules = line.split("\t")
        told[standard, path] = rules
    if set(told) != set(jobs):
        sys.exit("veraPDF did not answer for every file")
    return told


def main():
    reports = [os.path.join(EXAMPLES, name) for name in sorted(os.listdir(EXAMPLES))]
    reports += variations.write(OUT, reports[0])
    good, broken, firsts = [], {}, {}
    for profile, standards in CLAIMS.items():
        for report in reports:
            pdf = render(report, profile)
            firsts.setdefault(profile, pdf)
            good += [(standard, pdf) for standard in standards]
    sealed = next(report for report in reports if report.endswith("seal-image.json"))
    for profile, standards in CLAIMS.items():
        straddled = render(sealed, profile, "--straddle", pictures.SVG)
        good += [(standard, straddled) for standard in standards]
        draft = render(reports[0], profile, "--draft")
        good += [(standard, draft) for standard in standards]
    for options in (["--output-intent", PRINTER, "--straddle", pictures.SVG, "--bleed", "3mm"],):
        printed = render(sealed, "print", *options)
        good += [(standard, printed) for standard in CLAIMS["print"]]
    for options in (["--bleed", "3mm", "--crop-marks"], ["--output-intent", PRINTER]):
        printed = render(reports[0], "print", *options)
        good += [(standard, printed) for standard in CLAIMS["print"]]
    for number, (profile, standard, change, clause) in enumerate(FAULTS):
        broken[standard, break_file(firsts[profile], number, change)] = clause

    told = validate(good + list(broken))
    faults = [f"{os.path.basename(path)} fails {standard}: {' '.join(told[standard, path])}"
              for standard, path in good if told[standard, path]]
    faults += [f"{os.path.basename(path)} passes {standard}, clause {clause}: "
               f"{' '.join(told[standard, path])}"
               for (standard, path), clause in broken.items()
               if not any(rule.startswith(clause) for rule in told[standard, path])]
    print(f"{len(good)} validations of {len(reports)} reports, {len(broken)} broken files")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
