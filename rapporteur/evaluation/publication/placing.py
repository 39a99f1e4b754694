"""In which section of the report each quotation stands, and where its fragment reads as if it belonged elsewhere.

A section is known by its heading ('2. Dromen en wensen'), in the chapter on knel and kiem also by the line that opens
the topics ('Als kiemverhalen …'). What stands in the summary, the introduction or the colophon is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapporteur.proof.documents.interface import Passage
from rapporteur.types import SECTION_KEYS, SectionKey

# How much more likely another section must be. Measured on 133 published quotes, which people had put into their
# sections: 3 are called in question (2 %); put into a section at random, 85 % are.
MARGIN = 0.4

_NAMES: Mapping[SectionKey, re.Pattern[str]] = {
    "knel": re.compile(r"\bknel", re.IGNORECASE),
    "kiem": re.compile(r"\bkiem|\bontkiem", re.IGNORECASE),
    "dromen": re.compile(r"\bdro(?:om|men)\b|\bwensen\b", re.IGNORECASE),
    "ideeen": re.compile(r"\bidee(?:ën|en)?\b|\beerste stappen\b", re.IGNORECASE),
    "procesobservaties": re.compile(r"\bprocesobservaties?\b", re.IGNORECASE),
}
_NUMBERED = re.compile(r"\W*\d{1,2}\b[.):]?\s+\w")
_APART = re.compile(
    r"\W*(?:\d{1,2}[.)]?\s+)?(?:inleiding|colofon|bijlagen?|wat niet is gebruikt|verantwoording)\b", re.IGNORECASE
)
_SUMMARY = re.compile(r"\W*(?:\d{1,2}[.)]?\s+)?samenvatting\b", re.IGNORECASE)
_LEAD = re.compile(r"\W*Als (?P<which>knel|kiem)", re.IGNORECASE)
_BLOCK = ".blocks["  # in a report in JSON a block has a title of its own, which is no heading
_HEADING_WORDS = 12
_ENDS_A_SENTENCE = re.compile(r"[.!?…;,:][\"'’”»)\]]*\s*\Z")
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Place:
    """The sections a quotation may stand in by its headings: one, or the two of a shared chapter; none if not known.

    `apart`: in the summary, the introduction or after the last section, where quotes of any section may stand.
    """

    sections: frozenset[SectionKey] = frozenset()
    apart: bool = False


_UNKNOWN = Place()


def places_of(passages: Sequence[Passage]) -> dict[int, Place]:
    """Where each quotation of a document stands, by its number."""
    places: dict[int, Place] = {}
    walk = _Walk()
    for passage in passages:
        walk.on(passage)
        places.update(dict.fromkeys(passage.quotations, walk.place))
    return places


def belongs_elsewhere(place: Place, scores: Mapping[SectionKey, float]) -> SectionKey | None:
    """The section in which words read as if they belonged, if that is clearly none of those they stand in."""
    if place.apart or not place.sections:
        return None
    best = max(SECTION_KEYS, key=lambda key: scores.get(key, 0.0))
    own = max(scores.get(key, 0.0) for key in place.sections)
    return best if scores.get(best, 0.0) - own > MARGIN else None


class _Walk:
    """Remembers under which heading one is, going down a document."""

    def __init__(self) -> None:
        self.place = _UNKNOWN
        self._chapter: frozenset[SectionKey] = frozenset()
        self._level = _DEEPEST
        self._in_summary = False

    def on(self, passage: Passage) -> None:
        lead = None if passage.quotations else _LEAD.match(passage.text)
        has_title = _BLOCK in passage.place and passage.level is not None
        if not has_title and (passage.level is not None or _reads_as_heading(passage)):
            self._heading(passage.text, passage.level)
        elif lead:
            self._narrow(frozenset({"knel"} if lead["which"].lower() == "knel" else {"kiem"}))

    def _heading(self, text: str, level: int | None) -> None:
        named = frozenset(key for key, pattern in _NAMES.items() if pattern.search(text))
        if self._in_summary and not self._leaves_summary(text, level):
            return
        if level is not None and level > self._level:
            self._narrow(named)
            return
        self._in_summary = bool(_SUMMARY.match(text))
        apart = self._in_summary or bool(_APART.match(text))
        self._chapter = frozenset() if apart else named
        self._level = level if level is not None and (named or apart) else _DEEPEST
        self.place = Place(self._chapter, apart)

    def _narrow(self, named: frozenset[SectionKey]) -> None:
        """Within the chapter that has knel and kiem: which of the two comes now."""
        if len(named) == 1 and named < self._chapter:
            self.place = Place(named)

    def _leaves_summary(self, text: str, level: int | None) -> bool:
        if level is not None:
            return level <= self._level
        return bool(_NUMBERED.match(text) or _APART.match(text))


def _reads_as_heading(passage: Passage) -> bool:
    """Of a file that does not tell its headings apart: short, no sentence, and it names a part of a report."""
    text = passage.text.strip()
    if passage.quotations or len(text.split()) > _HEADING_WORDS or _ENDS_A_SENTENCE.search(text):
        return False
    if _SUMMARY.match(text) or _APART.match(text):
        return True
    return bool(_NUMBERED.match(text)) and any(pattern.search(text) for pattern in _NAMES.values())
