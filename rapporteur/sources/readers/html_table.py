"""Cells of a web page that span columns or rows -> a table with a value in every place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.sources.readers.table import Row, header_columns
from rapporteur.types import Locator

MAX_SPAN = 100  # per cell, columns or rows: a page can say any number


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class CellRow:
    cells: Sequence[Cell]
    locator: Locator


def spread(rows: Sequence[CellRow]) -> list[Row]:
    """What spans rows (a speaker, a round) stands in each of them, but words are said once."""
    filled: list[Row] = []
    words_in: int | None = None
    from_above: dict[int, Cell] = {}  # by column, with the rows it still has to go
    for row in rows:
        texts: list[str] = []
        repeated: set[int] = set()
        below: dict[int, Cell] = {}
        cells = list(row.cells)
        while cells or any(at >= len(texts) for at in from_above):
            at = len(texts)
            spanned = at in from_above
            cell = from_above.pop(at) if spanned else cells.pop(0) if cells else Cell("")
            texts.append("" if spanned and at == words_in else cell.text)
            if spanned:
                repeated.add(at)
            if cell.rows > 1:
                below[at] = Cell(cell.text, rows=cell.rows - 1)
            for further in range(1, 1 if spanned else cell.columns):
                texts.append("")
                from_above.pop(at + further, None)
                if cell.rows > 1:
                    below[at + further] = Cell("", rows=cell.rows - 1)
        from_above = below
        filled.append(Row(tuple(texts), row.locator, frozenset(repeated)))
        if words_in is None:
            words_in = header_columns(filled[-1]).get("text")
    return filled
