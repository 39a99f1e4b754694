"""What the gate for publication found of one document: plain values, from which the page to sign is made.

Every text in it is Dutch and for a reviewer who is no programmer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rapporteur.dutch.readability import Readability
from rapporteur.types import SectionKey

Outcome = Literal["groen", "oranje", "rood"]


@dataclass(frozen=True, slots=True)
class Point:
    """Something that has to be mended (`blocks`) or decided on by a person before the report is published.

    `what` is a sentence, `why` more of it; `text` are words of the document; `place` says where; `advice` what to do.
    `english` is a reason for which there are no Dutch words here. What there is nothing to say of is ''.
    """

    check: str
    what: str
    blocks: bool = False
    why: str = ""
    text: str = ""
    place: str = ""
    advice: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The file that was checked. `sha256` is the digest of its bytes, 64 digits."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CorpusState:
    """The records of a theme as they are here now; `files` were read of it."""

    theme: str
    fingerprint: str
    dialogues: int
    files: int


@dataclass(frozen=True, slots=True)
class Origins:
    """What the document says of where it comes from; None for what it does not say.

    `agrees`: whether it was drafted from the records as they are here now. `revision` is the saved one it was made of.
    """

    corpus_fingerprint: str | None
    agrees: bool | None
    report_fingerprint: str | None
    revision: int | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Whose words were quoted: of how many people, out of how many of the dialogues there are, most of one person."""

    people: int
    dialogues: int
    talks: int
    most_of_one: int


@dataclass(frozen=True, slots=True)
class Placing:
    """How many proved quotes were compared with the section they stand in, and how many could not be.

    `headlines` are too short to tell where they belong; of the `unknown` it is not seen in which section they stand;
    those `apart` stand in the summary, the introduction or after the last section, where any may stand.
    """

    compared: int
    elsewhere: int
    unknown: int
    headlines: int
    apart: int


@dataclass(frozen=True, slots=True)
class LeftUnused:
    """How many fragments of a dialogue (None: number unknown) could have been quoted and were not."""

    theme: str
    dialogue: int | None
    fragments: int


@dataclass(frozen=True, slots=True)
class Publication:
    """`proved` of the `quotations` are clean. `unused` is None where the records were not judged."""

    file: FileFacts
    themes: tuple[str, ...]
    quotations: int
    proved: int
    points: tuple[Point, ...]
    placing: Placing
    spread: Spread
    readability: Readability | None
    unused: tuple[LeftUnused, ...] | None
    corpora: tuple[CorpusState, ...]
    origins: Origins
    author: str
    made: datetime
    version: str

    @property
    def to_mend(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.blocks)

    @property
    def to_decide(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if not point.blocks)

    @property
    def outcome(self) -> Outcome:
        """Green only where quotations were seen and all are proved, whatever the points say."""
        if self.to_mend or not self.quotations:
            return "rood"
        return "oranje" if self.points or self.proved < self.quotations else "groen"


SECTION_NAMES: dict[SectionKey, str] = {
    "knel": "Knel",
    "kiem": "Kiem",
    "dromen": "Dromen",
    "ideeen": "Ideeën",
    "procesobservaties": "Procesobservaties",
}
