"""Excel workbooks -> turns: a sheet with one turn per row, and a sheet of metadata in two columns."""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.files import read_bytes
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.names import plain_text, understand
from rapporteur.sources.readers.package import reading
from rapporteur.sources.readers.table import Row, TableRead, read_table
from rapporteur.types import LeftOut, Locator

_KIND = "an Excel workbook (.xlsx)"
_MAX_COLUMNS = 100


class XlsxReader:
    suffixes: tuple[str, ...] = (".xlsx",)

    def read(self, path: Path, name: str) -> Reading:
        data = read_bytes(path, name)
        with reading(data, _KIND, name):
            sheets = _sheets(data, name)
        tables = [read_table(sheet.rows) for sheet in sheets]
        too_wide = [entry for sheet in sheets for entry in sheet.left_out]
        words = sum(row.all_words for sheet in sheets for row in sheet.rows) + sum(entry.words for entry in too_wide)
        read_as: Counter[str] = Counter()
        for table in tables:
            read_as.update(table.read_as)
        understood = understand(_pairs(tables), "the workbook")
        return Reading(
            understood.metadata,
            tuple(turn for table in tables for turn in table.turns),
            (*(entry for table in tables for entry in table.left_out), *too_wide),
            (*understood.warnings, *(warning for table in tables for warning in table.warnings)),
            words,
            read_as,
        )


def _pairs(tables: list[TableRead]) -> dict[str, object]:
    """Of two sheets that say something of one name, the first counts."""
    return {name: value for table in reversed(tables) for name, value in table.pairs.items()}


@dataclass(slots=True)
class _Sheet:
    """The rows with a value in them, and the words that stand too far to the right to be among them."""

    rows: list[Row] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def add(self, cells: tuple[object, ...], locator: Locator) -> None:
        if any(cell is not None for cell in cells[:_MAX_COLUMNS]):
            self.rows.append(Row(_filled(cells[:_MAX_COLUMNS]), locator))
        words = sum(len(plain_text(cell).split()) for cell in cells[_MAX_COLUMNS:])
        if words:
            self.left_out.append(LeftOut(locator, words, f"stands beyond column {_MAX_COLUMNS}"))


def _sheets(data: bytes, name: str) -> list[_Sheet]:
    """In their order; formulas as the values that Excel last saved."""
    import openpyxl  # two thirds of a second: only for those who have a workbook

    with _translated(name), warnings.catch_warnings(action="ignore"):
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = []
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()  # what a file says of its own size is often wrong
            read = _Sheet()
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                read.add(cells, Locator(name, sheet=sheet.title, row=number))
            sheets.append(read)
        return sheets


def _filled(cells: tuple[object, ...]) -> tuple[object, ...]:
    """A row up to its last value: a sheet is as wide as its widest row."""
    last = max(at for at, cell in enumerate(cells) if cell is not None)
    return cells[: last + 1]


@contextmanager
def _translated(name: str) -> Iterator[None]:
    """openpyxl has no error of its own for a damaged workbook: these are what it lets through.

    Only openpyxl runs inside, on bytes in memory, so none of them is a mistake of ours or of the disk.
    """
    try:
        yield
    except (LookupError, ValueError, TypeError, AttributeError, SyntaxError, OSError) as error:
        raise RecordRefused(f"It is not {_KIND} that can be read: {error}.", where=name) from error
