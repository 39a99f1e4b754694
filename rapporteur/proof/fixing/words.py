"""Which words of a quotation change: the least that makes the document's words the record's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECE = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Edit:
    """`after` stands for `[start, end)` of the text before; an empty stretch is an insertion."""

    start: int
    end: int
    after: str


def edits(before: str, after: str) -> Iterator[Edit]:
    """Word by word, in order. Words side by side are one edit, spaces between them included."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    offsets = [0]
    for piece in old:
        offsets.append(offsets[-1] + len(piece))
    pending: tuple[int, int, int, int] | None = None
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            pending = (pending[0], b, pending[2], d) if pending else (a, b, c, d)
        elif pending and "".join(old[a:b]).strip():
            yield Edit(offsets[pending[0]], offsets[pending[1]], "".join(new[pending[2] : pending[3]]))
            pending = None
    if pending:
        yield Edit(offsets[pending[0]], offsets[pending[1]], "".join(new[pending[2] : pending[3]]))
