"""What changed between two revisions of a report, as printed: paragraph by paragraph, and within these word by word.

Without what was added the lines are the earlier report, without what was removed the later one, both whole and in
order: what moved stands at both places, removed from the one and added to the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, assert_never

from rapporteur.writing.export.interface import (
    Box,
    Bullets,
    Facts,
    Heading,
    Item,
    Paragraph,
    Quote,
    RenderedReport,
    Table,
    TopicLead,
)

Style = Literal[
    "title", "subtitle", "heading", "subheading", "paragraph", "topic", "quote", "pull-quote", "bullet", "box"
]
RunState = Literal["same", "added", "removed"]
LineState = Literal["same", "changed", "added", "removed", "moved", "moved away"]

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_SAME_BLOCK, _ANY_BLOCK = 0.2, 0.5  # shared words from which a line is the other one, changed


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words of one line."""

    state: RunState
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A printed paragraph in both reports. `section` is the heading above it, `block` the id of its block.

    What 'moved' may have changed too, as its runs say; 'moved away' is where it stood before, all of it removed.
    """

    state: LineState
    section: str
    block: str
    style: Style
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Printed:
    section: str
    block: str
    style: Style
    text: str


def compare(before: RenderedReport, after: RenderedReport) -> tuple[Line, ...]:
    """The lines of both reports in the order of the later one, each removed line after what stood before it."""
    old, new = tuple(_printed(before)), tuple(_printed(after))
    partner = _partners(old, new)
    stayed = longest_ascending([partner[i] for i in sorted(partner)])
    lines: list[Line] = []
    passed = 0
    for i, printed in enumerate(new):
        match = partner.get(i)
        if match is None:
            lines.append(_line("added", printed, (Run("added", printed.text),)))
        elif match not in stayed:
            lines.append(_line("moved", printed, words(old[match].text, printed.text)))
        else:
            lines += _left_behind(old, passed, match, partner)
            passed = match + 1
            same = old[match].text == printed.text
            lines.append(_line("same" if same else "changed", printed, words(old[match].text, printed.text)))
    return (*lines, *_left_behind(old, passed, len(old), partner))


def words(before: str, after: str) -> tuple[Run, ...]:
    """The words of two texts, those that only one of them has marked; a changed word is removed, then added."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    runs: list[list[str]] = []  # [same, removed, added], joined as they come
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal" and runs and gone.isspace() and b < len(old) and d < len(new):
            runs[-1][1] += gone  # a space between two changed words is changed with them
            runs[-1][2] += gone
        elif tag == "equal":
            runs.append([gone, "", ""])
        elif runs and (runs[-1][1] or runs[-1][2]):
            runs[-1][1] += gone
            runs[-1][2] += come
        else:
            runs.append(["", gone, come])
    return tuple(run for same, gone, come in runs for run in _runs(same, gone, come))


def _runs(same: str, gone: str, come: str) -> Iterator[Run]:
    if same:
        yield Run("same", same)
    if gone:
        yield Run("removed", gone)
    if come:
        yield Run("added", come)


def _left_behind(old: Sequence[_Printed], start: int, end: int, partner: dict[int, int]) -> Iterator[Line]:
    """The lines from `start` to `end` that do not stand there any more."""
    kept = set(partner.values())
    for i in range(start, end):
        yield _line("moved away" if i in kept else "removed", old[i], (Run("removed", old[i].text),))


def _line(state: LineState, printed: _Printed, runs: tuple[Run, ...]) -> Line:
    return Line(state, printed.section, printed.block, printed.style, tuple(run for run in runs if run.text))


# --------------------------------------------------------------------------------- which line is which


def _partners(old: Sequence[_Printed], new: Sequence[_Printed]) -> dict[int, int]:
    """The place in `new` to the place in `old` of what is the same line, changed or not."""
    partner: dict[int, int] = {}
    left_old, left_new = dict(enumerate(old)), dict(enumerate(new))

    def pair(keys: Iterable[tuple[int, int]]) -> None:
        for i, j in keys:
            if i in left_new and j in left_old:
                partner[i] = j
                del left_new[i], left_old[j]

    pair(_equal(left_new, left_old, with_block=True))
    pair(_equal(left_new, left_old, with_block=False))
    pair(_alike(left_new, left_old, _SAME_BLOCK, with_block=True))
    pair(_alike(left_new, left_old, _ANY_BLOCK, with_block=False))
    return partner


def _equal(new: dict[int, _Printed], old: dict[int, _Printed], *, with_block: bool) -> list[tuple[int, int]]:
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, line in old.items():
        places[(line.style, line.text, line.block if with_block else "")].append(j)
    found = []
    for i, line in new.items():
        same = places[(line.style, line.text, line.block if with_block else "")]
        if same:
            found.append((i, same.pop(0)))
    return found


def _alike(
    new: dict[int, _Printed], old: dict[int, _Printed], least: float, *, with_block: bool
) -> list[tuple[int, int]]:
    """Pairs of lines of one style that share enough of their words, the most alike first."""
    bags = {line.text: Counter(line.text.casefold().split()) for line in (*new.values(), *old.values())}
    scored = []
    for i, one in new.items():
        for j, other in old.items():
            if one.style == other.style and (not with_block or one.block == other.block):
                shared = (bags[one.text] & bags[other.text]).total()
                share = 2 * shared / max(1, bags[one.text].total() + bags[other.text].total())
                if share >= least:
                    scored.append((-share, i, j))
    return [(i, j) for _, i, j in sorted(scored)]


def longest_ascending(places: Sequence[int]) -> frozenset[int]:
    """The most of the places that stand in ascending order: the others moved."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        before[place] = tails[at - 1] if at else None
        tails[at : at + 1] = [place]
    chain: list[int] = []
    at_end: int | None = tails[-1] if tails else None
    while at_end is not None:
        chain.append(at_end)
        at_end = before[at_end]
    return frozenset(chain)


# ----------------------------------------------------------------------------------- what is printed


def _printed(report: RenderedReport) -> Iterator[_Printed]:
    yield _Printed(report.title, "", "title", report.title)
    yield _Printed(report.title, "", "subtitle", report.subtitle)
    section = report.title
    for item in report.items:
        if isinstance(item, Heading) and item.level == 1:
            section = item.text
        for block, style, text in _lines(item):
            yield _Printed(section, block, style, text)


def _lines(item: Item) -> Iterator[tuple[str, Style, str]]:
    """(block, style, text) of each paragraph of an item."""
    match item:
        case Heading():
            yield item.key, "heading" if item.level == 1 else "subheading", item.text
        case Paragraph():
            yield item.id, "paragraph", item.text
        case TopicLead():
            yield item.id, "topic", f"{item.title}: {item.text}"
        case Quote():
            said_by = f" ({item.attribution})" if item.attribution else ""
            yield item.id, "pull-quote" if item.pull else "quote", f"‘{item.text}’{said_by}"
        case Bullets():
            for text in item.items:
                yield item.id, "bullet", f"{item.mark} {text}"
        case Facts():
            for label, value in item.rows:
                yield item.id, "paragraph", f"{label}: {value}"
        case Table():
            for row in item.rows:
                yield item.id, "paragraph", " | ".join(row)
        case Box():
            yield item.id, "box", item.title
            for text in item.paragraphs:
                yield item.id, "box", text
            for quote in item.quotes:
                yield from _lines(quote)
        case _:
            assert_never(item)
