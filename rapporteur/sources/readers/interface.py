"""Step 1, the seam: what every reader gives back.

A reader turns one file into a Reading: the metadata the file itself holds, its turns in order, and what
it left out. It guesses nothing: what a file does not say stays None and is filled from a sidecar, the
folder and file name, or the user's options (see `assemble`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from rapporteur.types import Host, LeftOut, Turn


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a source says of its session; None is 'does not say'.

    `dialogue_unknown` is True only where a source states that the number is not known
    (`"dialogue": null` in record JSON). `roles` maps a speaker's name, as in the file, to a role; `people` are
    the names of those said to be there, with a role or without.
    """

    programme: str | None = None
    track: str | None = None
    theme: str | None = None
    dialogue: int | None = None
    dialogue_unknown: bool = False
    date: str | None = None
    language: str | None = None
    host: Host | None = None
    participants: int | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()


# What words of a file can be, other than somebody's or left out.
SPEAKERS = "names, roles, rounds and times"
METADATA = "metadata"
HEADINGS = "headings and names of columns"
HALVES = "halves of words broken at a line end"


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as read. Turns are in the order of the file; their locators name `file` as given.

    `words` are those in the file, counted where its text leaves the parser of its format, before anything is
    decided about it; marks of the format itself (tags, timings, keys of JSON) are none. `read_as` says how
    many of them were read as something else than what somebody said. So for every file
    words = words of the turns + words read as something else + words left out.
    """

    metadata: Metadata
    turns: tuple[Turn, ...]
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    words: int = 0
    read_as: Mapping[str, int] = field(default_factory=dict)


class Reader(Protocol):
    """Reads one format.

    `read(path, name)`: `name` is what locators and errors call the file (its path as the user knows it).
    Raises: RecordRefused, with the reason a person can act on, for anything it cannot read.
    """

    suffixes: tuple[str, ...]

    def read(self, path: Path, name: str) -> Reading: ...
