"""The engine: the C library's, behind Python's values. render/banxin.h says what each call does."""
from __future__ import annotations

import json
import os
import threading
from typing import Any, Callable, Mapping, Sequence, Union

from . import _abi
from ._results import (Answer, BanxinError, Cancelled, Finding, Level, Question, Rendered, Signature,
                       Status, Verdict)

ffi: Any = _abi.ffi
lib: Any = ffi.dlopen(os.path.join(os.path.dirname(os.path.abspath(__file__)), _abi.LIBRARY))

Path = Union[str, "os.PathLike[str]"]
#: A report: the path of a JSON file, its bytes, or the model as Python values.
Report = Union[Path, bytes, Mapping[str, Any]]
OnFinding = Callable[[Finding], None]
IsCancelled = Callable[[], bool]

_LATEST = 253402300799  # 9999-12-31T23:59:59Z, as banxin.h says


def version() -> str:
    """The version of the C library, as "0.1.0"."""
    return _text(lib.bx_version())


def _text(pointer: Any) -> str:
    return str(ffi.string(pointer), "utf-8") if pointer else ""


def _bytes(value: str | Path | None) -> Any:
    """A C string; NULL for None."""
    if value is None:
        return ffi.NULL
    data = os.fsencode(value)
    if b"\0" in data:
        raise ValueError("a text with a zero in it")
    return ffi.new("char[]", data)


def _take(out: Any) -> bytes:
    """The bytes of a struct bx_bytes, which is emptied."""
    data = bytes(ffi.buffer(out.data, out.len)) if out.len else b""
    lib.bx_bytes_fini(out)
    return data


def _finding(item: Any) -> Finding:
    return Finding(Level(lib.bx_finding_level(item)), _text(lib.bx_finding_code(item)),
                   _text(lib.bx_finding_file(item)), _text(lib.bx_finding_where(item)),
                   lib.bx_finding_page(item) or None, _text(lib.bx_finding_zh(item)),
                   _text(lib.bx_finding_en(item)))


def _findings(items: Any) -> list[Finding]:
    return [_finding(lib.bx_findings_at(items, i)) for i in range(lib.bx_findings_count(items))]


def _fail(status: Status, findings: Sequence[Finding]) -> BanxinError:
    kind = Cancelled if status == Status.CANCELLED else BanxinError
    return kind(status, findings)


class _Watch:
    """The two callbacks of an engine while it works. What they raise ends the work and is raised
    again when the library has returned."""

    def __init__(self, engine: Any, on_finding: OnFinding | None, is_cancelled: IsCancelled | None):
        self._engine = engine
        self._raised: BaseException | None = None
        self._on_finding, self._is_cancelled = on_finding, is_cancelled
        self._ask = ffi.callback("bool(void *)", self._asked)
        self._hear = ffi.callback("void(void *, const struct bx_finding *)", self._heard)

    def _asked(self, _: Any) -> bool:
        try:
            return self._raised is not None or bool(self._is_cancelled and self._is_cancelled())
        except BaseException as error:
            self._raised = error
            return True

    def _heard(self, _: Any, item: Any) -> None:
        try:
            if self._on_finding and self._raised is None:
                self._on_finding(_finding(item))
        except BaseException as error:
            self._raised = error

    def __enter__(self) -> None:
        if self._on_finding or self._is_cancelled:
            watch = ffi.new("struct bx_watch *", {"is_cancelled": self._ask, "tell": self._hear})
            lib.bx_engine_watch(self._engine, watch)

    def __exit__(self, *_: Any) -> None:
        lib.bx_engine_watch(self._engine, ffi.NULL)
        if self._raised is not None:
            raise self._raised


class Engine:
    """Layouts and fonts, read once for many reports. Calls from several threads wait for each other:
    threads that shall work at the same time have an engine each.

    layouts, fonts: folders instead of those that came with banxin. office_fonts: an office's own
    faces, which win. prepared_faces: where `banxin fonts prepare` put them; they save time and change
    nothing else.
    """

    def __init__(self, *, layouts: Path | None = None, fonts: Path | None = None,
                 office_fonts: Path | None = None, prepared_faces: Path | None = None):
        folders = {"layouts_dir": _bytes(layouts), "fonts_dir": _bytes(fonts),
                   "office_fonts_dir": _bytes(office_fonts), "faces_dir": _bytes(prepared_faces)}
        options = ffi.new("struct bx_engine_options *", folders)
        self._lock = threading.Lock()
        self._engine = ffi.gc(lib.bx_engine_new(options), lib.bx_engine_free)

    def _read(self, handle: Any, report: Report, name: str, is_previous: bool = False) -> None:
        read, read_file = (lib.bx_report_read, lib.bx_report_read_file)
        if is_previous:
            read, read_file = lib.bx_report_read_previous, lib.bx_report_read_previous_file
        if isinstance(report, (str, os.PathLike)):
            read_file(handle, _bytes(report))
            return
        if not isinstance(report, bytes):
            report = json.dumps(report, ensure_ascii=False).encode("utf-8")
        read(handle, report, len(report), _bytes(name))

    def _new_report(self, **given: Any) -> Any:
        """A report, to be used with `with`: so it is freed before its engine, whatever is raised."""
        for name in ("style", "base_dir", "profile", "output_intent"):
            given[name] = _bytes(given.get(name))
        options = ffi.new("struct bx_report_options *", given)  # its texts are copied
        return ffi.gc(lib.bx_report_new(self._engine, options), lib.bx_report_free)

    def _read_both(self, handle: Any, report: Report, previous: Report | None) -> None:
        self._read(handle, report, "report.json")
        if previous is not None:
            self._read(handle, previous, "previous.json", is_previous=True)

    def render(self, report: Report, *, style: str | None = None, profile: str | None = None,
               previous: Report | None = None, base_dir: Path | None = None,
               keep_punctuation: bool = False, allow_inconsistent: bool = False, strict: bool = False,
               signature_fields: int = 0, output_intent: Path | None = None, bleed_um: int = 0,
               crop_marks: bool = False, date: int | None = None,
               on_finding: OnFinding | None = None,
               is_cancelled: IsCancelled | None = None) -> Rendered:
        """The report as PDF, the bytes of `banxin render`.

        date: the date of the file instead of the signature's, in seconds since 1970.
        on_finding: called with each finding as soon as it is known.
        is_cancelled: asked often; True ends the work with Cancelled.
        Raises BanxinError with all findings when the report has an error.
        """
        if not 0 <= signature_fields <= lib.BX_SIGNATURE_FIELDS_MOST:
            raise ValueError("signature_fields")
        if not 0 <= bleed_um <= lib.BX_BLEED_UM_MOST:
            raise ValueError("bleed_um")
        if date is not None and not 0 <= date <= _LATEST:
            raise ValueError("date")
        out = ffi.new("struct bx_bytes *")
        with self._lock, self._new_report(
                style=style, profile=profile, base_dir=base_dir, output_intent=output_intent,
                bleed_um=bleed_um, has_crop_marks=crop_marks, keep_punctuation=keep_punctuation,
                allow_inconsistent=allow_inconsistent, is_strict=strict,
                signature_fields=signature_fields, has_date=date is not None,
                date_epoch=date or 0) as handle:
            with _Watch(self._engine, on_finding, is_cancelled):
                self._read_both(handle, report, previous)
                status = Status(lib.bx_report_render(handle, out))
            findings = _findings(lib.bx_report_findings(handle))
            page_count = lib.bx_report_page_count(handle)
        if status != Status.DONE:
            raise _fail(status, findings)
        return Rendered(_take(out), page_count, findings)

    def check(self, report: Report, *, previous: Report | None = None, base_dir: Path | None = None,
              keep_punctuation: bool = False, strict: bool = False) -> list[Finding]:
        """What there is to say about form and figures of a report, errors included: this does not
        raise. A report can be rendered when no finding is an error."""
        with self._lock, self._new_report(base_dir=base_dir, keep_punctuation=keep_punctuation,
                                          is_strict=strict) as handle:
            self._read_both(handle, report, previous)
            lib.bx_report_check(handle)
            return _findings(lib.bx_report_findings(handle))

    def verify(self, pdf: Path | bytes, *, model: Path | bytes | None = None,
               trust: Sequence[Path] = (), is_cancelled: IsCancelled | None = None) -> Verdict:
        """Whether a PDF still says what its model says, and whether it was changed.

        model: what to hold a file against that carries none.
        trust: files of certificates, in PEM; without any, nobody is asked whether he is trusted.
        """
        if len(trust) > lib.BX_TRUST_FILES_MOST:
            raise ValueError("trust")
        with self._lock, ffi.gc(lib.bx_verdict_new(self._engine), lib.bx_verdict_free) as handle:
            for path in trust:
                lib.bx_verdict_trust_file(handle, _bytes(path))
            with _Watch(self._engine, None, is_cancelled):
                if isinstance(model, bytes):
                    lib.bx_verdict_read_model(handle, model, len(model), b"report.json")
                elif model is not None:
                    lib.bx_verdict_read_model_file(handle, _bytes(model))
                if isinstance(pdf, bytes):
                    status = lib.bx_verdict_verify(handle, pdf, len(pdf), b"file.pdf")
                else:
                    status = lib.bx_verdict_verify_file(handle, _bytes(pdf))
            verdict = self._verdict(handle, Status(status))
        if verdict.status == Status.CANCELLED:
            raise _fail(verdict.status, verdict.findings)
        return verdict

    @staticmethod
    def _verdict(handle: Any, status: Status) -> Verdict:
        signatures, one = [], ffi.new("struct bx_signature_verdict *")
        for i in range(lib.bx_verdict_signature_count(handle)):
            is_good = lib.bx_verdict_signature(handle, i, one)
            signatures.append(Signature(_text(one.field), _text(one.signer), _text(one.time), is_good,
                                        one.is_intact,
                                        one.is_trusted if one.is_trust_checked else None))
        answers = {question: Answer(lib.bx_verdict_answer(handle, question)) for question in Question}
        report = ffi.new("struct bx_bytes *")
        lib.bx_verdict_report(handle, report)
        return Verdict(status, answers, signatures, _findings(lib.bx_verdict_findings(handle)),
                       json.loads(_take(report)))


def render(report: Report, **options: Any) -> Rendered:
    """Engine().render(), for a single report."""
    return Engine().render(report, **options)


def check(report: Report, **options: Any) -> list[Finding]:
    """Engine().check(), for a single report."""
    return Engine().check(report, **options)


def verify(pdf: Path | bytes, **options: Any) -> Verdict:
    """Engine().verify(), for a single file."""
    return Engine().verify(pdf, **options)
