"""Runs of text on pages -> passages: what print took apart, put together.

Running headers, footers and page numbers are set apart and read once, after the text; a quotation that stands
on both sides of them is one again. Lines come in the order in which the file shows them, which is the order in
which it was written. A hyphen at a line end is kept with its line end: whether it is the word's own is not known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from rapporteur.proof.documents.prose import Prose

_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—| ]*(?:(?:pagina|page|blad|blz\.?|p\.)\s*)?(?P<number>\d{1,4})(?:\s*(?:van|of|/|-)\s*\d{1,4})?[-–—| ]*",
    re.IGNORECASE,
)
_ENDS_A_SENTENCE = re.compile(r"[.?!…:][\"'”’»)\]]*\Z|(?:\bdialoog |\A)\d+\)\.?\Z")
_STARTS_A_NOTE = re.compile(r"(?:\d{1,3}|[*†‡])[\s.)]*[^\s.)\d]")  # not '1)', the end of '(bakker, dialoog 1)'
_BULLET = re.compile(r"[•·●▪◦–—+*-]\s+\S")
_EDGE_LINES = 4  # at most, at the head or the foot of a page
_GAP = 1.25  # times the distance of lines
_WIDEST = 1.8  # times the size, the distance of lines
_LARGER, _SMALLER, _RAISED = 1.12, 0.95, 0.8


class Run(NamedTuple):
    """A stretch of text that is shown at once. `x`, `y` and `size` are in points, `y` upwards from the foot."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    runs: list[Run] = field(default_factory=list)


@dataclass(eq=False)
class _Line:
    """A line of print. Itself only is equal to it."""

    page: int
    runs: tuple[Run, ...]

    @cached_property
    def text(self) -> str:
        text = ""
        for run in self.runs:
            if not self._is_reference(run, text):
                text += run.text
        return text.translate(_LIGATURES).strip()

    @cached_property
    def _words(self) -> list[Run]:
        return [run for run in self.runs if run.text.strip()]

    @property
    def x(self) -> float:
        return self._words[0].x

    @property
    def y(self) -> float:
        return self._words[0].y

    @cached_property
    def size(self) -> float:
        """That of most of its letters."""
        sizes: Counter[float] = Counter()
        for run in self._words:
            sizes[round(run.size, 1)] += len(run.text)
        return sizes.most_common(1)[0][0]

    def _is_reference(self, run: Run, before: str) -> bool:
        """Whether a run is the number of a note: small, and raised or behind what is no word ('CO2' is one)."""
        small = run.size < _RAISED * self.size and run.text.strip().isdigit()
        return small and (run.y > self.y + 1 or not before[-1:].isalnum())


def passages_of(pages: Sequence[Page]) -> Iterator[Prose]:
    """Paragraphs and headings in reading order; then each running header or footer, once."""
    by_page = [_lines(page) for page in pages]
    edges = _running(by_page) | _page_numbers(by_page)
    kept = [[line for line in lines if line not in edges] for lines in by_page]
    body = _Print([line for lines in kept for line in lines])
    yield from body.passages(_with_notes_after(kept, body.size))
    once: dict[str, int] = {line.text: line.page for lines in by_page for line in reversed(lines) if line in edges}
    for text, page in once.items():
        if not _PAGE_NUMBER.fullmatch(text):
            yield Prose(text, f"page {page}, at its edge")


def _lines(page: Page) -> list[_Line]:
    """The lines of a page, none without words."""
    lines: list[_Line] = []
    runs: list[Run] = []
    for run in page.runs:
        moved = runs and run.text.strip() and abs(run.y - runs[-1].y) > run.size
        if moved:
            lines.append(_Line(page.number, tuple(runs)))
            runs = []
        if run.text.strip():
            runs.append(run._replace(text=run.text.replace("\n", " ")))
        elif runs:
            runs.append(runs[-1]._replace(text=" "))
        if run.text.endswith("\n") and runs:
            lines.append(_Line(page.number, tuple(runs)))
            runs = []
    if runs:
        lines.append(_Line(page.number, tuple(runs)))
    return lines


# ------------------------------------------------------------------------- the edges of a page


def _edge(lines: Sequence[_Line]) -> list[_Line]:
    by_height = sorted(lines, key=lambda line: line.y)
    return [*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]]


def _running(pages: Sequence[Sequence[_Line]]) -> set[_Line]:
    """Lines that most pages have at the same height (or most left, or most right pages), their numbers aside."""
    keys = {line: (_NUMBER.sub("#", line.text.casefold()), round(line.y)) for page in pages for line in _edge(page)}
    every = Counter(keys.values())
    by_side = Counter((key, line.page % 2) for line, key in keys.items())
    running = {key for key, count in every.items() if count > 1 and 2 * count > len(pages)}
    running |= {key for (key, _), count in by_side.items() if count > 2 and 4 * count > len(pages)}
    return {line for line, key in keys.items() if key in running}


def _page_numbers(pages: Sequence[Sequence[_Line]]) -> set[_Line]:
    found = set()
    for lines in pages:
        for line in _edge(lines):
            number = _PAGE_NUMBER.fullmatch(line.text)
            if number and int(number["number"]) == line.page and line in (_edge(lines)[0], _edge(lines)[-1]):
                found.add(line)
    return found


def _with_notes_after(pages: Sequence[Sequence[_Line]], size: float) -> list[_Line]:
    """All lines; the notes at the foot of a page after the first line end of a sentence on the next page."""
    ordered: list[_Line] = []
    notes: list[_Line] = []
    for lines in pages:
        start = _start_of_notes(lines, size)
        for line in lines[:start]:
            ordered.append(line)
            if notes and _ENDS_A_SENTENCE.search(line.text):
                ordered += notes
                notes = []
        notes += lines[start:]
        if ordered and _ENDS_A_SENTENCE.search(ordered[-1].text):
            ordered += notes
            notes = []
    return ordered + notes


def _start_of_notes(lines: Sequence[_Line], size: float) -> int:
    start = len(lines)
    while start and lines[start - 1].size < _SMALLER * size:
        start -= 1
    while start < len(lines) and not _STARTS_A_NOTE.match("".join(run.text for run in lines[start].runs).strip()):
        start += 1
    return start


# -------------------------------------------------------------------------------------- paragraphs


class _Print:
    """How a document is set: its size and the distance of its lines."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        self.size = sizes.most_common(1)[0][0] if sizes else 0.0
        self._larger = sorted({size for size in sizes if size > _LARGER * self.size}, reverse=True)
        gaps = Counter(round(gap, 1) for one, two in pairwise(lines) if (gap := _gap(one, two)))
        enough = sum(gaps.values()) / 10
        common = [gap for gap, count in gaps.items() if count >= enough and 0.5 < gap / (self.size or 1) < _WIDEST]
        self._distance = min(common, default=1.2 * self.size)

    def passages(self, lines: Sequence[_Line]) -> Iterator[Prose]:
        block: list[_Line] = []
        page = number = 0
        for line in [*lines, None]:
            if block and (line is None or self._starts(block[-1], line)):
                number = number + 1 if block[0].page == page else 1
                page = block[0].page
                text = "\n".join(one.text for one in block)
                yield Prose(text, f"page {page}, paragraph {number}", level=self._level(block[0]))
                block = []
            if line is not None:
                block.append(line)

    def _level(self, line: _Line) -> int | None:
        return self._larger.index(line.size) + 1 if line.size in self._larger else None

    def _starts(self, before: _Line, line: _Line) -> bool:
        """Whether a paragraph starts with this line."""
        if self._level(before) != self._level(line):
            return True
        gap = _gap(before, line)
        if gap is not None:
            return gap > _GAP * self._distance or (bool(_BULLET.match(line.text)) and line.x <= before.x)
        # Over the end of a page or column nothing shows but the sentence.
        return bool(_ENDS_A_SENTENCE.search(before.text)) and not line.text[0].islower()


def _gap(before: _Line, line: _Line) -> float | None:
    """How far a line stands below the one before it; None where it does not."""
    gap = before.y - line.y
    return gap if before.page == line.page and gap > 0 else None
