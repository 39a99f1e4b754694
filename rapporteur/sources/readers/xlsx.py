"""Excel workbooks -> turns: a sheet with one turn per row, and a sheet of metadata in two columns."""

from __future__ import annotations

import io
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.files import read_bytes
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.names import plain_text, understand
from rapporteur.sources.readers.package import Package, reading
from rapporteur.sources.readers.table import Row, TableRead, all_left_out, read_table
from rapporteur.sources.readers.text import count_words, reason, shown
from rapporteur.types import LeftOut, Locator

_KIND = "an Excel workbook (.xlsx)"
_MAX_COLUMNS = 100
_MAX_ROWS = 1_048_576
# A cell with a formula and no value; one that shows nothing has the type 'str'. Source: ECMA-376, part 1, 18.3.1.4.
_NEVER_WORKED_OUT = re.compile(
    rb'<c r="([A-Z]+\d+)"(?![^<>]*\st="str")[^<>]*>\s*<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)'
    rb"\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)


class XlsxReader:
    suffixes: tuple[str, ...] = (".xlsx",)

    def read(self, path: Path, name: str) -> Reading:
        data = read_bytes(path, name)
        with reading(data, _KIND, name) as package:
            unsaved = tuple(_unsaved(package))
            sheets = _sheets(data, name)
        tables = [sheet.read() for sheet in sheets]
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
            (*understood.warnings, *(w for table in tables for w in table.warnings), *unsaved),
            words,
            read_as,
        )


def _pairs(tables: list[TableRead]) -> dict[str, object]:
    """Of two sheets that say something of one name, the first counts."""
    return {name: value for table in reversed(tables) for name, value in table.pairs.items()}


@dataclass(slots=True)
class _Sheet:
    """The rows with a value in them, and the words that stand too far to the right to be among them."""

    title: str
    hidden: bool
    rows: list[Row] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def add(self, cells: tuple[object, ...], locator: Locator) -> None:
        if any(cell is not None for cell in cells[:_MAX_COLUMNS]):
            self.rows.append(Row(_filled(cells[:_MAX_COLUMNS]), locator))
        words = sum(count_words(plain_text(cell)) for cell in cells[_MAX_COLUMNS:])
        if words:
            self.left_out.append(LeftOut(locator, words, f"stands beyond column {_MAX_COLUMNS}"))

    def read(self) -> TableRead:
        if self.hidden:
            return TableRead(left_out=all_left_out(self.rows, "stands on a hidden sheet"))
        return read_table(self.rows, self.title)


def _sheets(data: bytes, name: str) -> list[_Sheet]:
    """In their order; formulas as the values that Excel last saved."""
    import openpyxl  # two thirds of a second: only for those who have a workbook

    # openpyxl warns, and prints, of styles: nothing of that is for our output.
    with _translated(name), warnings.catch_warnings(action="ignore"), redirect_stdout(io.StringIO()):
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = []
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()  # what a file says of its own size is often wrong
            read = _Sheet(shown(sheet.title), sheet.sheet_state != "visible")
            for number, cells in enumerate(sheet.iter_rows(max_row=_MAX_ROWS + 1, values_only=True), start=1):
                if number > _MAX_ROWS:
                    what = f"A row has a number beyond {_MAX_ROWS}, the last one of Excel."
                    raise RecordRefused(what, where=name, hint="Open the workbook in Excel, save it, and index again.")
                read.add(cells, Locator(name, sheet=read.title, row=number))
            sheets.append(read)
        return sheets


def _unsaved(package: Package) -> Iterator[str]:
    """Programs that are no Excel write formulas and leave it to Excel to work them out: their cells read as empty."""
    sheets = sorted(part for part in package.parts if part.startswith("xl/worksheets/") and part.endswith(".xml"))
    cells = [found[1].decode() for part in sheets for found in _NEVER_WORKED_OUT.finditer(package.content(part))]
    if cells:
        count = "A formula has" if len(cells) == 1 else f"{len(cells)} formulas have"
        yield (
            f"{count} no saved value, the first in cell {cells[0]}, so what they would show was not read: open the "
            "workbook in Excel, save it, and index again."
        )


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
        raise RecordRefused(f"It is not {_KIND} that can be read: {reason(error)}.", where=name) from error
