"""The seam of mending: a document's file and the repairs planned -> a copy with them, and what could not be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Repair:
    """The words of an altered quotation, as the document has them and as the record has them; marks left out."""

    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Left:
    """An altered quotation that was not mended, and why."""

    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Mended:
    """The bytes of the copy, and the repairs whose words were found in it, in order."""

    content: bytes
    done: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was done, for people to read: nothing is mended silently. `tracked`: as changes that Word shows."""

    name: str
    tracked: bool
    changes: tuple[Repair, ...]
    left: tuple[Left, ...]


class Mender(Protocol):
    """`mend` raises DocumentUnreadable where the file cannot be read."""

    suffixes: tuple[str, ...]
    tracked: bool

    def mend(self, path: Path, repairs: Sequence[Repair]) -> Mended: ...
