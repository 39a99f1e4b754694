"""Comma, semicolon or tab separated values (.csv, .tsv) -> turns: a table with one turn per row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.body import Body
from rapporteur.sources.readers.files import read_text
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.table import HEADER_WITHIN, Row, header_columns
from rapporteur.sources.readers.text import reason
from rapporteur.types import Locator

MAX_ROWS = 100_000
_MAX_CELLS = 1_000
_MAX_DELIMITERS = 100_000  # in a line of the file, and so in a cell: more than any text has commas
_DELIMITERS = ";,\t|"
_EXCELS_OWN = re.compile(r"\ufeff?sep=(.)\n", re.IGNORECASE)  # tells Excel the delimiter, who does not show it


class CsvReader:
    suffixes: tuple[str, ...] = (".csv", ".tsv")

    def read(self, path: Path, name: str) -> Reading:
        decoded = read_text(path, name)
        told = _EXCELS_OWN.match(decoded.text)
        text = decoded.text[told.end() :] if told else decoded.text.removeprefix("\ufeff")
        body = Body(name, warnings=list(decoded.warnings))
        rows = list(_rows(text, told[1] if told else _delimiter(text, name), name))
        _refuse_longer_rows(rows, name)
        body.words = sum(row.all_words for row in rows)
        body.table(rows)
        return body.reading()


def _refuse_longer_rows(rows: Sequence[Row], name: str) -> None:
    """A sentence with a delimiter in it that stands without quotation marks would be cut off there."""
    header = next((at for at, row in enumerate(rows[:HEADER_WITHIN]) if header_columns(row)), None)
    if header is None:
        return
    width = len(rows[header].cells)
    longer = next((row for row in rows[header + 1 :] if len(row.cells) > width), None)
    if longer:
        raise RecordRefused(
            f"Row {longer.locator.row} has {len(longer.cells)} cells, and the names of the columns are {width}.",
            where=name,
            hint='Put a text that holds the delimiter between quotation marks: "Ik wil weg, maar niet ver".',
        )


def _delimiter(text: str, name: str) -> str:
    """The one by which a row of known column names appears, and most of them."""
    best, damage = (0, ""), None
    for delimiter in _DELIMITERS:
        try:
            rows = list(islice(_rows(text, delimiter, name), HEADER_WITHIN))
        except RecordRefused as error:
            damage = damage or error
            continue
        best = max(best, (max((len(header_columns(row)) for row in rows), default=0), delimiter), key=lambda it: it[0])
    if best[0]:
        return best[1]
    raise damage or RecordRefused(
        "No row names its columns, with one for the words and at least one more.",
        where=name,
        hint="Write a first row such as 'spreker;rol;ronde;tekst'.",
    )


def _rows(text: str, delimiter: str, name: str) -> Iterator[Row]:
    """All rows with a value in them, numbered as a spreadsheet shows them.

    Quotes are read strictly: a stray one would make all rows below it one cell.
    """
    kept = 0
    lines = _lines(text, delimiter, name)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            while cells and not cells[-1].strip():
                cells.pop()
            kept += bool(cells)
            if kept > MAX_ROWS or len(cells) > _MAX_CELLS:
                raise RecordRefused("It has far more rows or columns than a session record does.", where=name)
            if cells:
                yield Row(tuple(cells), Locator(name, row=number))
    except csv.Error as error:
        raise RecordRefused(
            f"Line {reader.line_num} is not well formed: {reason(error)}.",
            where=name,
            hint='Put a cell that holds quotation marks between them, and write those inside twice: "Ik zei ""nee""."',
        ) from error


def _lines(text: str, delimiter: str, name: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if line.count(delimiter) > _MAX_DELIMITERS:
            raise RecordRefused("A line has far more cells than a session record does.", where=name)
        yield line
