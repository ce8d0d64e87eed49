"""Banxin: statutory annual reports from a JSON model to PDF.

    import banxin

    for finding in banxin.check("report.json"):
        print(finding)
    pdf = banxin.render("report.json").pdf
    assert banxin.verify(pdf)

An Engine reads layouts and fonts once for many reports. Everything is done by the C library, which
gives the same bytes as the command line.
"""
from ._engine import Engine, IsCancelled, OnFinding, Report, check, render, verify, version
from ._results import (Answer, BanxinError, Cancelled, Finding, Level, Question, Rendered, Signature,
                       Status, Verdict)

__version__ = version()
__all__ = ["Answer", "BanxinError", "Cancelled", "Engine", "Finding", "IsCancelled", "Level",
           "OnFinding", "Question", "Rendered", "Report", "Signature", "Status", "Verdict", "check",
           "render", "verify", "version"]
