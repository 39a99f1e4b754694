"""Tables for spreadsheets: CSV that Excel opens as it stands, in which no cell is ever run as a formula.

UTF-8 with a byte order mark, without which Excel shows 'ideeÃ«n'; semicolons, as Dutch Excel expects where the comma
is that of decimals.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

DELIMITER = ";"
# Source: OWASP, 'CSV Injection'; the wide forms are taken for the narrow ones by East Asian versions of Excel.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(headings: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> bytes:
    """Headings and rows as CSV; None is an empty cell. A text that a spreadsheet would run gets an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=DELIMITER)
    writer.writerow(map(_harmless, headings))
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str | int | None) -> str | int | None:
    """Also behind white space and other characters that nobody sees, which some spreadsheets strip."""
    if not isinstance(cell, str):
        return cell
    seen = next((at for at, c in enumerate(cell) if c in _RUNS or not (c.isspace() or not c.isprintable())), None)
    return f"'{cell}" if seen is not None and cell[seen] in _RUNS else cell
