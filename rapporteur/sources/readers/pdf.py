"""PDFs with a text layer -> turns: pages of print read as the document they were printed from.

`pdf_text` takes the words out, `pdf_layout` puts lines and columns together, `hyphens` words. A page keeps no
paragraphs, headings or tables, only places and sizes: what follows from those is said in the warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.body import Body, bold_at_start
from rapporteur.sources.readers.hyphens import join_lines, vocabulary
from rapporteur.sources.readers.interface import HALVES, METADATA, Reading
from rapporteur.sources.readers.lines import split_head
from rapporteur.sources.readers.names import column_key, metadata_key
from rapporteur.sources.readers.pdf_layout import Block, Line, blocks_of, furniture, in_reading_order, lines_of, texts
from rapporteur.sources.readers.pdf_text import Page, PdfText, extract
from rapporteur.sources.readers.speakers import label_of
from rapporteur.sources.readers.table import Row
from rapporteur.sources.readers.text import count_words
from rapporteur.sources.readers.transcript import Paragraph
from rapporteur.types import Locator

_NEAR = 2.0  # points between things that stand at one place
_WIDEST = 0.6  # of its size a letter is wide, on average, in a wide face
_UNREADABLE = 0.1
_NO_LETTER = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\uf8ff\ufffd]")  # controls, halves, private use, replaced
_OCR = "Give the original; or have the scan read first ('ocrmypdf -l nld in.pdf out.pdf'), and check its names."
_AS_DOCUMENT = "Give the Word, Excel or OpenDocument file that the PDF was made from."


class PdfReader:
    suffixes: tuple[str, ...] = (".pdf",)

    def read(self, path: Path, name: str) -> Reading:
        pdf = extract(path, name)
        pages = [(page, lines_of(page)) for page in pdf.pages]
        _refuse_without_text(pages, name)
        body = Body(name, warnings=list(_warnings(pdf, pages, name)))
        aside = furniture([lines for _, lines in pages])
        _leave_out_asides(body, pdf.pages, aside)
        out = set(aside)
        kept = [(page, [line for line in lines if line not in out]) for page, lines in pages]
        body.words += sum(count_words(line.text) for _, lines in kept for line in lines)
        _refuse_tables(kept, name)
        rows, rest = _metadata_rows(kept)
        if rows:
            body.table([Row(cells, Locator(name, page=line.page)) for line, cells in rows])
        lines = {_as_typed(line, at, name): line for at, line in enumerate(in_reading_order(rest), start=1)}
        head = split_head(list(lines))
        body.metadata(head.pairs)
        body.read_as[METADATA] += head.words
        body.left_out += head.left_out
        blocks = blocks_of([lines[line] for line in head.lines])
        paragraphs = list(_paragraphs(blocks, name))
        body.read_as[HALVES] += _words(texts(blocks)) - _words(paragraph.text for paragraph in paragraphs)
        body.items += paragraphs
        return body.reading()


def _words(texts: Iterable[str]) -> int:
    return sum(map(count_words, texts))


def _refuse_without_text(pages: Sequence[tuple[Page, list[Line]]], name: str) -> None:
    text = "".join(line.text for _, lines in pages for line in lines)
    if not text:
        raise RecordRefused("It has no text in it: its pages are pictures.", where=name, hint=_OCR)
    if _unreadable(text) > _UNREADABLE * len(text):
        raise RecordRefused("Its fonts do not say which letters they show.", where=name, hint=_OCR)


def _unreadable(text: str) -> int:
    """How many characters stand for no letter."""
    return len(_NO_LETTER.findall(text))


def _warnings(pdf: PdfText, pages: Sequence[tuple[Page, list[Line]]], name: str) -> Iterator[str]:
    for page, lines in pages:
        unreadable = _unreadable("".join(line.text for line in lines))
        if unreadable:
            yield f"{Locator(name, page=page.number)} has {unreadable} characters that cannot be read; check its words."
    empty = ", ".join(str(page.number) for page, lines in pages if not lines)
    if empty:
        yield f"{name} has no text on page {empty}; what a picture there says was not read."
    if pdf.complaints:
        yield f"{name} is a PDF with mistakes in it, which were passed over; check that no words are missing."


def _leave_out_asides(body: Body, pages: Sequence[Page], aside: Sequence[Line]) -> None:
    words = _words(line.text for line in aside)
    first = min((line.page for line in aside), default=None)
    body.leave_out(words, "is a running header, footer or page number", Locator(body.name, page=first))
    for page in pages:
        here = Locator(body.name, page=page.number)
        sideways = "".join(run.text for run in page.runs if run.sideways)
        body.leave_out(count_words(sideways), "is written sideways", here)
        body.leave_out(page.notes, "stands in a comment or a form field", here)


def _refuse_tables(pages: Sequence[tuple[Page, list[Line]]], name: str) -> None:
    """Cells of several lines cannot be told apart once they are print: words would go to the wrong speaker."""
    for page, lines in pages:
        for line in lines:
            columns = [column_key(text) for _, text in line.cells]
            if len(columns) > 1 and all(columns) and "text" in columns:
                where = str(Locator(name, page=page.number))
                raise RecordRefused("It holds its turns in a table.", where=where, hint=_AS_DOCUMENT)


def _metadata_rows(
    pages: Sequence[tuple[Page, list[Line]]],
) -> tuple[list[tuple[Line, tuple[str, str]]], list[tuple[Page, list[Line]]]]:
    """The table of metadata before the first turn, and the lines that are not of it.

    It is known by the names in its left column, and its right column by the place where it starts.
    """
    rows: list[tuple[Line, tuple[str, str]]] = []
    rest: list[tuple[Page, list[Line]]] = []
    before_turns = True
    for page, lines in pages:
        values = {x for line in lines if (x := _value_at(line)) is not None}
        others: list[Line] = []
        for line in lines:
            before_turns = before_turns and not label_of(line.text)
            cells = _cells(line, values) if before_turns else None
            if cells and (cells[0] or rows):
                _add_row(rows, line, cells)
            else:
                others.append(line)
        rest.append((page, others))
    return rows, rest


def _value_at(line: Line) -> float | None:
    """Where the value stands in a row of metadata: a wide space behind a known name."""
    for at in range(1, len(line.cells)):
        start, text = line.cells[at]
        name = " ".join(text for _, text in line.cells[:at])
        if metadata_key(name) and text and start - line.x > (len(name) * _WIDEST + 1) * line.size:
            return start
    return None


def _cells(line: Line, values: set[float]) -> tuple[str, str] | None:
    """Name and value; no name where the line goes on with the value of the row above it."""
    for at, (x, _) in enumerate(line.cells):
        if any(abs(x - value) <= _NEAR for value in values):
            texts = [text for _, text in line.cells]
            return " ".join(texts[:at]), " ".join(texts[at:])
    return None


def _add_row(rows: list[tuple[Line, tuple[str, str]]], line: Line, cells: tuple[str, str]) -> None:
    if cells[0]:
        rows.append((line, cells))
    else:
        first, (name, value) = rows[-1]
        rows[-1] = (first, (name, f"{value} {cells[1]}"))


def _as_typed(line: Line, number: int, name: str) -> Paragraph:
    """A line on its own; its number makes it unlike any other."""
    return Paragraph(line.text, Locator(name, page=line.page, line=number), bold=bold_at_start(line.pieces()))


def _paragraphs(blocks: Sequence[Block], name: str) -> Iterator[Paragraph]:
    """`paragraph` in their locators counts within the page."""
    known = vocabulary(texts(blocks))
    page = number = 0
    for block in blocks:
        number = number + 1 if block.page == page else 1
        page = block.page
        text = join_lines([line.text for line in block.lines], known)
        yield Paragraph(text, Locator(name, page=page, paragraph=number), block.level, block.bold)
