"""Text and places out of a PDF, by pypdf. A file can make it run away: it is read within the limits of `confined`.

In: a path. Out: pages of runs, in the order in which the file shows them; or RecordRefused.
"""

from __future__ import annotations

import logging
import math
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.files import read_bytes
from rapporteur.sources.readers.package import save_unlocked
from rapporteur.sources.readers.text import reason

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

KIND = "a PDF"
MAX_PAGES = 2_000
MAX_RUNS = 1_000_000
MAX_CHARACTERS = 10_000_000
_END_WITHIN = 2_048

_SAVE_AGAIN = "Make the PDF again from the original, or give the original, and run `rapporteur index` again."
_IN_PARTS = "Give one session in each file."
_MORE_THAN_A_RECORD = "It holds far more than a session record does."
_NO_WORDS = frozenset({"/Link", "/Popup"})


class Run(NamedTuple):
    """A stretch of text that is shown at once. `x`, `y` and `size` are in points, `y` upwards from the foot."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    sideways: bool


@dataclass(slots=True)
class Page:
    """`notes` are the words of comments and form fields, which are not on the page itself."""

    number: int
    width: float
    runs: list[Run] = field(default_factory=list)
    notes: int = 0


@dataclass(frozen=True, slots=True)
class PdfText:
    pages: list[Page]
    complaints: int = 0


def extract(path: Path, name: str) -> PdfText:
    """Raises: RecordRefused for what is no PDF, or not one that anybody may read."""
    data = read_bytes(path, name)
    if b"%PDF-" not in data[:1024]:
        raise RecordRefused(f"It is not {KIND}.", where=name, hint=_SAVE_AGAIN)
    if b"%%EOF" not in data[-_END_WITHIN:]:
        raise RecordRefused("The file is cut off: it has no end.", where=name, hint=_SAVE_AGAIN)
    with _listening() as complaints, _translated(name):
        from pypdf import PdfReader  # a third of a second: only for those who have a PDF

        reader = PdfReader(path)
        _unlock(reader, name)
        count = len(reader.pages)
        if not count:
            raise RecordRefused("It has no pages.", where=name, hint=_SAVE_AGAIN)
        if count > MAX_PAGES:
            raise RecordRefused(f"It has {count} pages; the limit is {MAX_PAGES}.", where=name, hint=_IN_PARTS)
        return PdfText(_pages(reader, name), complaints.count)


class _Complaints(logging.Handler):
    """What pypdf mends or skips, counted instead of printed."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


@contextmanager
def _listening() -> Iterator[_Complaints]:
    complaints, logger = _Complaints(), logging.getLogger("pypdf")
    logger.addHandler(complaints)
    try:
        yield complaints
    finally:
        logger.removeHandler(complaints)


def _unlock(reader: PdfReader, name: str) -> None:
    """A PDF that opens without a password may be read, whatever it says about printing and copying."""
    from pypdf.errors import DependencyError

    try:
        opened = not reader.is_encrypted or bool(reader.decrypt(""))
    except DependencyError:  # AES, of which pypdf itself knows nothing
        opened = False
    if not opened:
        raise RecordRefused("It is protected with a password.", where=name, hint=save_unlocked(KIND))


def _pages(reader: PdfReader, name: str) -> list[Page]:
    pages = []
    runs = characters = 0
    for number, source in enumerate(reader.pages, start=1):
        page = _page(source, number)
        pages.append(page)
        runs += len(page.runs)
        characters += sum(len(run.text) for run in page.runs)
        if runs > MAX_RUNS or characters > MAX_CHARACTERS:
            raise RecordRefused(_MORE_THAN_A_RECORD, where=name, hint=_IN_PARTS)
    return pages


def _page(source: PageObject, number: int) -> Page:
    box = source.mediabox
    turned = source.rotation % 360
    page = Page(number, float(box.height if turned in (90, 270) else box.width), notes=_words_of_notes(source))

    def show(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text:
            page.runs.append(_run(text, _times(tm, cm), font, size, turned))

    source.extract_text(visitor_text=show)
    return page


def _run(text: str, matrix: list[float], font: Any, size: float, turned: int) -> Run:
    """Where a run stands on the page as a reader holds it: `turned` is how far that is from how it is stored."""
    quarter = math.radians(-turned)
    across, up = math.cos(quarter), math.sin(quarter)
    along, rise, shear, height, x, y = _times(matrix, [across, up, -up, across, 0.0, 0.0])
    x, y, tall = (value if math.isfinite(value) else 0.0 for value in (x, y, abs(size) * math.hypot(shear, height)))
    base = str(font.get("/BaseFont", "")) if font else ""
    bold = any(weight in base.casefold() for weight in ("bold", "black", "heavy"))
    return Run(text, x, y, tall, bold, abs(rise) > abs(along) or along < 0)


def _times(m: list[float], n: list[float]) -> list[float]:
    """Two PDF matrices [a b c d e f] multiplied, the first applied first."""
    return [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]


def _words_of_notes(source: PageObject) -> int:
    words = 0
    for reference in source.annotations or ():
        note = reference.get_object()
        if note.get("/Subtype") not in _NO_WORDS:
            words += sum(len(str(note.get(key) or "").split()) for key in ("/Contents", "/V"))
    return words


@contextmanager
def _translated(name: str) -> Iterator[None]:
    """pypdf has errors of its own, and lets through others for broken files: these.

    Only pypdf runs inside, so none of them is a mistake of ours.
    """
    from pypdf.errors import LimitReachedError, PyPdfError

    try:
        yield
    except RecordRefused:
        raise
    except LimitReachedError as error:
        raise RecordRefused(_MORE_THAN_A_RECORD, where=name, hint=_IN_PARTS) from error
    except (
        PyPdfError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        ArithmeticError,
        AssertionError,
        OSError,
        RuntimeError,
        struct.error,
        zlib.error,
    ) as error:
        raise RecordRefused(f"The file is damaged: {reason(error)}.", where=name, hint=_SAVE_AGAIN) from error
