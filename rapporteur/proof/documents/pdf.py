"""PDFs with a text layer: pages of print read as the report they were printed from.

`pdf_lines` puts lines together again; here the words are taken out and what cannot be read is said.
Limits: what covers words, or their colour, is not known; tables are read line by line.
"""

from __future__ import annotations

import logging
import re
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.files import bytes_of
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.pdf_lines import Page, Run, passages_of
from rapporteur.proof.documents.prose import read_prose, under_headings
from rapporteur.proof.documents.unread import Unread, finding
from rapporteur.types import Finding

if TYPE_CHECKING:
    from pypdf import PageObject
    from pypdf import PdfReader as Reader

_MOST_PAGES = 2_000
_MOST_CHARACTERS = 10_000_000
_LARGEST_PAGE = 10_000_000  # bytes of drawing instructions
_MOST_SECONDS = 120
_NO_LETTER = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\uf8ff\ufffd]")  # controls, halves, private use, replaced
_UNREADABLE = 0.1
_NO_WORDS = frozenset({"/Link", "/Popup", "/Widget"})


class PdfReader:
    suffixes = (".pdf",)

    def read(self, path: Path) -> ReadDocument:
        data = bytes_of(path)
        if b"%PDF-" not in data[:1024]:
            raise DocumentUnreadable(f"{path.name} is not a PDF.", where=str(path))
        unread = Unread()
        with _translated(path):
            pages = _pages(path, unread)
        text = "".join(run.text for page in pages for run in page.runs)
        if not any(map(str.isalnum, text)):
            raise DocumentUnreadable(
                f"{path.name} has no text in it: its pages are pictures.",
                where=str(path),
                hint="Give the document it was made from, or have the scan read first (`ocrmypdf -l nld a.pdf b.pdf`).",
            )
        if len(_NO_LETTER.findall(text)) > _UNREADABLE * len(text):
            raise DocumentUnreadable(
                f"The fonts of {path.name} do not say which letters they show.",
                where=str(path),
                hint="Give the document it was made from.",
            )
        prose = tuple(under_headings(passages_of(pages)))
        return read_prose(path.name, prose, findings=(*_without_text(pages), *unread.findings()))


def _without_text(pages: list[Page]) -> Iterator[Finding]:
    for page in pages:
        if not page.runs:
            why = "This page has no text: what a picture on it says was not read."
            yield finding("not-read", "warning", why, f"page {page.number}")


def _pages(path: Path, unread: Unread) -> list[Page]:
    from pypdf import PdfReader as Reader  # a third of a second: only for those who have a PDF

    reader = Reader(path)
    if reader.is_encrypted and not _unlocked(reader):
        raise DocumentUnreadable(f"{path.name} is protected with a password.", where=str(path))
    if not reader.pages or len(reader.pages) > _MOST_PAGES:
        what = f"{path.name} has {len(reader.pages)} pages; a report has 1 to {_MOST_PAGES}."
        raise DocumentUnreadable(what, where=str(path))
    until = time.monotonic() + _MOST_SECONDS
    pages = []
    characters = 0
    for number, source in enumerate(reader.pages, start=1):
        page = _page(source, number, path, until)
        pages.append(page)
        characters += sum(len(run.text) for run in page.runs)
        if characters > _MOST_CHARACTERS:
            raise DocumentUnreadable(f"{path.name} holds more text than any report.", where=str(path))
        _note_comments(source, number, unread)
    return pages


def _unlocked(reader: Reader) -> bool:
    """A PDF that opens without a password may be read, whatever it says about printing and copying."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except DependencyError:  # AES, of which pypdf itself knows nothing
        return False


def _page(source: PageObject, number: int, path: Path, until: float) -> Page:
    contents = source.get_contents()
    if contents is not None and len(contents.get_data()) > _LARGEST_PAGE:
        raise DocumentUnreadable(
            f"Page {number} of {path.name} is far larger inside than a page of text.", where=str(path)
        )
    runs: list[Run] = []

    def show(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text:
            x, y = (tm[4] * cm[at] + tm[5] * cm[2 + at] + cm[4 + at] for at in (0, 1))
            runs.append(Run(text, x, y, abs(size * tm[3] * cm[3]) or abs(size)))

    def watch(*_: Any) -> None:
        if time.monotonic() > until:
            what = f"Reading {path.name} takes more than {_MOST_SECONDS} seconds; it came to page {number}."
            raise DocumentUnreadable(what, where=str(path))

    source.extract_text(visitor_text=show, visitor_operand_before=watch)
    return Page(number, runs)


def _note_comments(source: PageObject, number: int, unread: Unread) -> None:
    for reference in source.annotations or ():
        note = reference.get_object()
        if note.get("/Subtype") not in _NO_WORDS:
            unread.add("in a comment", str(note.get("/Contents") or ""), f"page {number}")


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """pypdf has errors of its own, and lets through others for broken files: these. What it mends, it logs."""
    from pypdf.errors import PyPdfError

    logger = logging.getLogger("pypdf")
    silent = logging.NullHandler()
    logger.addHandler(silent)
    propagates, logger.propagate = logger.propagate, False
    try:
        yield
    except (
        *(PyPdfError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError),
        *(OSError, RuntimeError, MemoryError, struct.error, zlib.error),
    ) as error:
        why = str(error).rstrip(".") or type(error).__name__
        raise DocumentUnreadable(f"{path.name} is damaged: {why}.", where=str(path)) from error
    finally:
        logger.propagate = propagates
        logger.removeHandler(silent)
