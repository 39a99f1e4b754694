"""Step 6: which paragraph of an editor's file is which line of the revision it was exported from.

Bookmarks say it for quotes; identical text for most; for what was changed the most alike, in order before elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from rapporteur.writing.comparing import longest_ascending
from rapporteur.writing.returning.interface import Passage
from rapporteur.writing.returning.lines import AROUND, Line, Part, as_one_line

_COPY = re.compile(r"_copy_\d+\Z", re.IGNORECASE)
_WORD = re.compile(r"\w+")
# So alike two texts must be, as twice the words they share by all their words: between the same neighbours, elsewhere.
_ALIKE_IN_PLACE, _ALIKE_ELSEWHERE = 0.4, 0.6
# A text that holds this many words of another may be it, shortened or made longer.
_ENOUGH_SHARED, _HELD = 6, 0.9
_NEAR = 0.2  # what standing between the same neighbours is worth
_MOST_COMPARED = 100_000
_FRONT_STYLES: Mapping[Part, str] = {"programme": "programma", "title": "title", "subtitle": "subtitle"}


def match(
    passages: Sequence[Passage], lines: Sequence[Line], bookmarks: Mapping[str, str]
) -> tuple[dict[int, int], dict[int, str]]:
    """For each passage (by its place in the sequence) its line, for what was matched; no line is matched twice.

    Also, for passages under a copy of a bookmark, the block that they are a copy of. `bookmarks` maps a name to a
    block's id.
    """
    found: dict[int, int] = {}
    copies: dict[int, str] = {}
    _by_style(passages, lines, found)
    _the_colophon(passages, lines, found)
    _by_bookmark(passages, lines, bookmarks, found, copies)
    _by_text(passages, lines, found, copies)
    _by_likeness(passages, lines, found, copies)
    _by_place(passages, lines, found, copies)
    return found, copies


def moved(found: Mapping[int, int]) -> set[int]:
    """The matched passages that stand in another order than their lines: all but a longest run that does not."""
    order = sorted(found)
    stayed = longest_ascending([found[number] for number in order])
    return {number for number in order if found[number] not in stayed}


def _by_style(passages: Sequence[Passage], lines: Sequence[Line], found: dict[int, int]) -> None:
    """The title of the report and what stands around it, which an editor may have changed."""
    styled = {_FRONT_STYLES[line.part]: number for number, line in enumerate(lines) if line.part in _FRONT_STYLES}
    for number, passage in enumerate(passages):
        if passage.level:
            return
        if passage.style in styled:
            found[number] = styled.pop(passage.style)


def _the_colophon(passages: Sequence[Passage], lines: Sequence[Line], found: dict[int, int]) -> None:
    """Its heading is the last that reads so: an editor may call a chapter of the text the same."""
    for number, line in enumerate(lines):
        if line.part == "colophon-heading":
            same = [n for n, passage in enumerate(passages) if as_one_line(passage.text) == line.text]
            headings = [n for n in same if passages[n].level]
            found |= dict.fromkeys((headings or same)[-1:], number)


def _by_bookmark(
    passages: Sequence[Passage],
    lines: Sequence[Line],
    bookmarks: Mapping[str, str],
    found: dict[int, int],
    copies: dict[int, str],
) -> None:
    quotes = {_quote_of(line): number for number, line in enumerate(lines) if line.part in ("quote", "box-quote")}
    for number, passage in enumerate(passages):
        for name in () if passage.cells else passage.bookmarks:
            block = bookmarks.get(_COPY.sub("", name), "")
            if block not in quotes:
                continue
            if _COPY.search(name) or quotes[block] in found.values():
                copies.setdefault(number, block)
            else:
                found.setdefault(number, quotes[block])
    for number in found:
        copies.pop(number, None)


def _quote_of(line: Line) -> str:
    """The id under which a quote is bookmarked: in a box that is one of its own."""
    return f"{line.block}-c1" if line.part == "box-quote" else line.block


def _by_text(passages: Sequence[Passage], lines: Sequence[Line], found: dict[int, int], copies: dict[int, str]) -> None:
    """The first of those that read alike is the first, the second the second."""
    free = defaultdict(list)
    taken = set(found.values())
    for number, line in reversed([*enumerate(lines)]):
        if number not in taken:
            free[as_one_line(line.text)].append(number)
    for number, passage in enumerate(passages):
        same = free.get(as_one_line(passage.text))
        if same and number not in found and number not in copies:
            found[number] = same.pop()


def _by_likeness(
    passages: Sequence[Passage], lines: Sequence[Line], found: dict[int, int], copies: dict[int, str]
) -> None:
    taken = set(found.values())
    loose = [number for number in range(len(passages)) if number not in found and number not in copies]
    free = [n for n, line in enumerate(lines) if n not in taken and line.part not in AROUND]
    gaps = {number: (bisect(free, low), bisect_left(free, high)) for number, low, high in _gaps(loose, lines, found)}
    in_place = ((number, line, True) for number, (low, high) in gaps.items() for line in free[low:high])
    elsewhere = ((number, line, False) for number, (low, high) in gaps.items() for line in (*free[:low], *free[high:]))
    of_passage = {number: Counter(_WORD.findall(passages[number].text.casefold())) for number in loose}
    of_line = {number: Counter(_WORD.findall(lines[number].text.casefold())) for number in free}
    alike = []
    for number, line, near in islice(chain(in_place, elsewhere), _MOST_COMPARED):
        if _may_be(passages[number], lines[line]):
            likeness = _likeness(of_passage[number], of_line[line])
            if likeness >= (_ALIKE_IN_PLACE if near else _ALIKE_ELSEWHERE):
                alike.append((-likeness - near * _NEAR, number, line))
    for _, number, line in sorted(alike):
        if number not in found and line not in taken:
            found[number] = line
            taken.add(line)


def _by_place(
    passages: Sequence[Passage], lines: Sequence[Line], found: dict[int, int], copies: Mapping[int, str]
) -> None:
    """What is left alone together between the same neighbours is the same piece, whatever it says now."""
    taken = set(found.values())
    loose = [number for number in range(len(passages)) if number not in found and number not in copies]
    gaps = list(_gaps(loose, lines, found))
    alone = Counter((low, high) for _, low, high in gaps)
    for number, low, high in gaps:
        free = [line for line in range(low + 1, high) if line not in taken and lines[line].part not in AROUND]
        if alone[low, high] == len(free) == 1 and _is_set_as(passages[number], lines[free[0]]):
            found[number] = free[0]


def _is_set_as(passage: Passage, line: Line) -> bool:
    """Whether a passage is set as this line is; a quote with other words is another quote."""
    if not _may_be(passage, line) or line.part in ("quote", "box-quote", "table"):
        return False
    if line.part == "bullet":
        return bool(passage.mark)
    return not passage.mark and (passage.style == "onderwerp") == (line.part == "topic")


def _gaps(loose: Sequence[int], lines: Sequence[Line], found: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """Each loose passage with the lines between which it stands: those of its nearest matched neighbours."""
    order = sorted(found)
    at = 0
    for number in loose:
        while at < len(order) and order[at] < number:
            at += 1
        low, high = found[order[at - 1]] if at else -1, found[order[at]] if at < len(order) else len(lines)
        yield number, low, max(low, high)


def _may_be(passage: Passage, line: Line) -> bool:
    """A heading is no paragraph that was changed, nor is a table."""
    is_heading, is_table = line.part in ("section", "heading"), line.part == "table"
    return bool(passage.level) == is_heading and bool(passage.cells) == is_table and not passage.aside


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    shared = (one & other).total()
    if not shared:
        return 0.0
    alike = 2 * shared / (one.total() + other.total())
    if shared < _ENOUGH_SHARED:
        return alike
    return max(alike, _HELD * shared / min(one.total(), other.total()))
