"""What comes back from the library, as plain values."""
from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any, Mapping, Sequence


class Status(enum.IntEnum):
    """How a call ended: the exit statuses of the command line, and CANCELLED."""

    DONE = 0
    USAGE = 1
    READ = 2
    MODEL = 3
    LAYOUT = 4
    FONT = 5
    FIT = 6
    WRITE = 7
    SIGN = 8
    CANCELLED = 9


class Level(enum.IntEnum):
    """How bad a finding is; with an ERROR nothing is made."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True)
class Finding:
    """Something found about a report. `code` is explained in docs/findings.md."""

    level: Level
    code: str
    file: str
    where: str  # JSON Pointer, a line, or ""
    page: int | None  # from 1
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.level.name.lower()} {self.code} {self.where}: {self.en}"


@dataclass(frozen=True)
class Rendered:
    """A report as PDF."""

    pdf: bytes
    page_count: int
    findings: Sequence[Finding]


class Answer(enum.IntEnum):
    """What holds of a file. NOT_POSSIBLE: a face, form or version of then is not at hand."""

    NOT_CHECKED = 0
    NOT_POSSIBLE = 1
    YES = 2
    NO = 3


class Question(enum.IntEnum):
    """What is asked of a file."""

    MODEL = 0  # is the attached model of the digest that stands beside it
    TEXT = 1  # is the text, seen and read out, that of the model
    ATTACHMENTS = 2  # are the attached files what the model gives
    CHANGES = 3  # was nothing added, hidden or changed
    PAGES = 4  # do the pages look like those of the file written again
    BYTES = 5  # is the file, byte for byte, the file written again


@dataclass(frozen=True)
class Signature:
    """One signature of a file. `is_trusted` is None when nobody was named to be trusted."""

    field: str
    signer: str
    time: str  # claimed, as the PDF has it
    is_good: bool  # intact, its signer not distrusted, and nothing forbidden was changed after it
    is_intact: bool
    is_trusted: bool | None


@dataclass(frozen=True)
class Verdict:
    """What `verify` says of a file; true when nothing failed."""

    status: Status
    answers: Mapping[Question, Answer]
    signatures: Sequence[Signature]
    findings: Sequence[Finding]
    report: Mapping[str, Any]  # all of it: docs/cli.md, "What verify reports"

    def __bool__(self) -> bool:
        return self.status == Status.DONE


class BanxinError(Exception):
    """A call that gave no result. `findings` say why; the errors are in the message."""

    def __init__(self, status: Status, findings: Sequence[Finding]):
        errors = [str(finding) for finding in findings if finding.level == Level.ERROR]
        super().__init__("\n".join(errors) or status.name)
        self.status = status
        self.findings = findings


class Cancelled(BanxinError):
    """`is_cancelled` said that the work is wanted no more."""
