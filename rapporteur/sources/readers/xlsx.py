"""Excel workbooks -> turns: a sheet with one turn per row, and a sheet of metadata in two columns."""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.files import read_bytes
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.names import understand
from rapporteur.sources.readers.package import reading
from rapporteur.sources.readers.table import Row, TableRead, all_left_out, read_table
from rapporteur.sources.readers.text import reason, shown
from rapporteur.types import Locator

_KIND = "an Excel workbook (.xlsx)"
_MAX_COLUMNS = 100


class XlsxReader:
    suffixes: tuple[str, ...] = (".xlsx",)

    def read(self, path: Path, name: str) -> Reading:
        data = read_bytes(path, name)
        with reading(data, _KIND, name):
            sheets = _sheets(data, name)
        hidden = _hidden(data, name)
        tables = [
            TableRead(left_out=all_left_out(rows, "stands on a hidden sheet"))
            if title in hidden
            else read_table(rows, title)
            for title, rows in sheets.items()
        ]
        words = sum(row.all_words for rows in sheets.values() for row in rows)
        read_as: Counter[str] = Counter()
        for table in tables:
            read_as.update(table.read_as)
        understood = understand(_pairs(tables), "the workbook")
        return Reading(
            understood.metadata,
            tuple(turn for table in tables for turn in table.turns),
            tuple(entry for table in tables for entry in table.left_out),
            (*understood.warnings, *(warning for table in tables for warning in table.warnings)),
            words,
            read_as,
        )


def _pairs(tables: list[TableRead]) -> dict[str, object]:
    """Of two sheets that say something of one name, the first counts."""
    return {name: value for table in reversed(tables) for name, value in table.pairs.items()}


def _sheets(data: bytes, name: str) -> Mapping[str, list[Row]]:
    """All rows with a value in them, by sheet; formulas as the values that Excel last saved."""
    import openpyxl  # two thirds of a second: only for those who have a workbook

    # openpyxl warns, and prints, of styles: nothing of that is for our output.
    with _translated(name), warnings.catch_warnings(action="ignore"), redirect_stdout(io.StringIO()):
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = {}
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()  # what a file says of its own size is often wrong
            title = shown(sheet.title)
            sheets[sheet.title] = [
                Row(_filled(cells), Locator(name, sheet=title, row=number))
                for number, cells in enumerate(sheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True), start=1)
                if any(cell is not None for cell in cells)
            ]
        return sheets


def _filled(cells: tuple[object, ...]) -> tuple[object, ...]:
    """A row up to its last value: a sheet is as wide as its widest row."""
    last = max(at for at, cell in enumerate(cells) if cell is not None)
    return cells[: last + 1]


def _hidden(data: bytes, name: str) -> frozenset[str]:
    """The titles of sheets that whoever opens the workbook does not see."""
    import openpyxl

    with _translated(name), warnings.catch_warnings(action="ignore"):
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        return frozenset(sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible")


@contextmanager
def _translated(name: str) -> Iterator[None]:
    """openpyxl has no error of its own for a damaged workbook: these are what it lets through.

    Only openpyxl runs inside, on bytes in memory, so none of them is a mistake of ours or of the disk.
    """
    try:
        yield
    except (LookupError, ValueError, TypeError, AttributeError, SyntaxError, OSError) as error:
        raise RecordRefused(f"It is not {_KIND} that can be read: {reason(error)}.", where=name) from error
