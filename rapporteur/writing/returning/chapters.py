"""Step 8: under which section of the report each paragraph stands.

Word knows headings only, a report also knows sections without one ('kiem' continues under 'knel'): where such a
section begins is where its own paragraphs do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapporteur.types import Report, Section
from rapporteur.writing.report import COLOPHON
from rapporteur.writing.returning.interface import Passage
from rapporteur.writing.returning.lines import Line, Part

FRONT = "voorwerk"
_NEW = "redactie"
_PRINTED_ANEW: frozenset[Part] = frozenset({"programme", "title", "subtitle", "colophon"})


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section as it stands in the file: its key, its heading, and the passages under it by their place."""

    key: str
    heading: str
    passages: tuple[int, ...]
    title: int | None = None  # the passage that is its heading


@dataclass(slots=True)
class _Stretch:
    """From one heading of the highest level to the next. `section` is the one of the revision that it is."""

    title: int | None
    is_colophon: bool
    under: list[int]
    section: int | None = None


def chapters(
    report: Report, passages: Sequence[Passage], lines: Sequence[Line], found: Mapping[int, int]
) -> list[Chapter]:
    """The sections of the file in its order, with every passage that is not printed anew from what a report knows."""
    stretches = _stretches(passages, {n: lines[line] for n, line in found.items()}, _raised(lines, found))
    home = {number: lines[line].section for number, line in found.items() if lines[line].section >= 0}
    _claim(stretches, lines, found, home)
    claimed = {stretch.section for stretch in stretches}
    keys = {section.key for section in report.sections}
    made: list[Chapter] = []
    for stretch in stretches:
        key = _key(stretch, report.sections, keys)
        keys.add(key)
        following = _following(stretch, report.sections, claimed)
        parts = _divided(stretch.under, [stretch.section, *following], home)
        heading = passages[stretch.title].text if stretch.title is not None else ""
        made.append(Chapter(key, heading, parts[0], stretch.title))
        made += (Chapter(report.sections[s].key, "", part) for s, part in zip(following, parts[1:], strict=True))
    bare = {section.key for section in report.sections if not section.heading and section.key != COLOPHON}
    return [chapter for chapter in made if chapter.heading or chapter.passages or chapter.key in bare]


def _raised(lines: Sequence[Line], found: Mapping[int, int]) -> int | None:
    """The passage that is a heading within a section, and stands in the file as one of the highest level.

    No section's heading is printed above it, and the first heading of a Word file is of the highest level.
    """
    first = next((number for number, line in enumerate(lines) if line.part in ("section", "heading")), None)
    if first is None or lines[first].part == "section":
        return None
    return next((number for number, line in found.items() if line == first), None)


def _stretches(passages: Sequence[Passage], found: Mapping[int, Line], raised: int | None) -> list[_Stretch]:
    stretches = [_Stretch(None, False, [])]
    for number, passage in enumerate(passages):
        part = found[number].part if number in found else None
        if part in _PRINTED_ANEW:
            continue
        if part == "colophon-heading":
            stretches.append(_Stretch(None, True, []))
        elif number == raised or passage.aside:
            stretches[-1].under.append(number)
        elif passage.level == 1 or (part == "section" and not passage.level):
            stretches.append(_Stretch(number, False, []))
        else:
            stretches[-1].under.append(number)
    return stretches


def _claim(
    stretches: Sequence[_Stretch], lines: Sequence[Line], found: Mapping[int, int], home: Mapping[int, int]
) -> None:
    """Say of each stretch which section it is: by its heading, else by what stands under it."""
    for stretch in stretches:
        line = lines[found[stretch.title]] if stretch.title is not None and stretch.title in found else None
        if line and line.part == "section":
            stretch.section = line.section
    claimed = {stretch.section for stretch in stretches}
    for stretch in stretches:
        if stretch.section is None and stretch.title is not None:
            sections = Counter(home[n] for n in stretch.under if n in home and home[n] not in claimed)
            stretch.section = sections.most_common(1)[0][0] if sections else None
            claimed.add(stretch.section)


def _key(stretch: _Stretch, sections: Sequence[Section], taken: set[str]) -> str:
    if stretch.section is not None:
        return sections[stretch.section].key
    if stretch.title is None:
        return COLOPHON if stretch.is_colophon else FRONT
    return next(key for n in range(1, len(taken) + 2) if (key := f"{_NEW}-{n}") not in taken)


def _following(stretch: _Stretch, sections: Sequence[Section], claimed: set[int | None]) -> list[int]:
    """The sections that can stand in it without a heading: those behind its own that no other stretch is."""
    if stretch.is_colophon or (stretch.section is None and stretch.title is not None):
        return []
    first = -1 if stretch.section is None else stretch.section
    following = []
    for number in range(first + 1, len(sections)):
        if number in claimed:
            break
        if sections[number].key not in (COLOPHON, FRONT):
            following.append(number)
    return following


def _divided(passages: Sequence[int], sections: Sequence[int | None], home: Mapping[int, int]) -> list[tuple[int, ...]]:
    """The passages in as many runs as there are sections, in order, so that most stand in their own section.

    Where that leaves a choice, a run goes on for as long as it can.
    """
    best = [0] * len(sections)  # for each section, how many stand in their own if the run so far ends in it
    came: list[list[int]] = []
    for number in passages:
        before: list[int] = []
        for place in range(len(sections)):
            previous = before[-1] if before and best[before[-1]] >= best[place] else place
            before.append(previous)
        came.append(before)
        own = home.get(number, -1)
        best = [best[before[place]] + (section == own) for place, section in enumerate(sections)]
    runs: list[list[int]] = [[] for _ in sections]
    place = best.index(max(best))
    for number, before in zip(reversed(passages), reversed(came), strict=True):
        runs[place].append(number)
        place = before[place]
    return [tuple(reversed(run)) for run in runs]
