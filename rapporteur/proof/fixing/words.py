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
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Edit(offsets[a], offsets[b], "".join(new[c:d]))
