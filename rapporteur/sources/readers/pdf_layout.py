"""Runs of text on pages -> paragraphs in reading order: what print took apart, put together.

Lines come in the order in which the file shows them, which is the order in which it was written; only where
two columns are shown row by row are they put one after the other. In: pages of runs. Out: lines that are
furniture of the page, and paragraphs with the page they start on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapporteur.sources.readers.body import Piece, bold_at_start
from rapporteur.sources.readers.pdf_text import Page, Run
from rapporteur.sources.readers.speakers import Label, label_of

_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—| ]*(?P<word>pagina|page|blad|blz\.?|p\.)?\s*(?P<number>\d{1,4})(?:\s*(?:van|of|/|-)\s*\d{1,4})?[-–—| ]*",
    re.IGNORECASE,
)
_ENDS_A_SENTENCE = re.compile(r"[.?!…:][\"'”’»)\]]*\Z")
_ENDS_NO_HEADING = re.compile(r"[.,;:?!…]\Z")

_FURNITURE_LINES = 4  # at most, at the head or the foot of a page
_NEAR = 2.0  # points between things that stand at one place
_COLUMN_FROM = 0.25  # of the width of a page, between the starts of two columns
_COLUMN_APART = 120.0  # points between the margins of two columns
_WIDE = 0.5  # of its size a letter is wide, on average
_GAP = 1.25  # times the distance of lines
_INDENT = 0.5  # of the size
_LARGER = 1.12
_HEADING_WORDS = 14
_LABEL_LINES = 3  # at most, behind the first
_BOLD_LEVEL = 9


@dataclass(eq=False)
class Line:
    """A line of print, or the part of it that stands in one column. Itself only is equal to it."""

    page: int
    runs: tuple[Run, ...]

    @cached_property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).translate(_LIGATURES).strip()

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
        return _commonest({run.size: len(run.text) for run in self._words})

    @property
    def is_bold(self) -> bool:
        return all(run.bold for run in self._words)

    @cached_property
    def cells(self) -> list[tuple[float, str]]:
        """Runs with words in them, each with its place."""
        return [(run.x, run.text.strip()) for run in self._words]

    def pieces(self) -> Iterator[Piece]:
        return (Piece(run.text, run.bold) for run in self.runs)


@dataclass(slots=True)
class Block:
    """The lines of one paragraph. `level` is that of a heading."""

    lines: list[Line]
    level: int | None = None

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def bold(self) -> int:
        return bold_at_start(piece for line in self.lines for piece in (*line.pieces(), Piece(" ", bold=True)))


def lines_of(page: Page) -> list[Line]:
    """The lines of a page, upright ones only, none without words."""
    lines: list[Line] = []
    runs: list[Run] = []

    def end_line() -> None:
        if runs:
            lines.append(Line(page.number, tuple(runs)))
            runs.clear()

    for run in page.runs:
        if run.sideways:
            continue
        if runs and run.text.strip() and abs(run.y - runs[-1].y) > run.size:
            end_line()
        if run.text.strip():
            runs.append(run._replace(text=run.text.replace("\n", " ")))
        elif runs:
            runs.append(run._replace(text=" "))
        if run.text.endswith("\n"):
            end_line()
    end_line()
    return lines


# ------------------------------------------------------------------------- the furniture of a page


def furniture(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """Running headers, footers and page numbers.

    Lines at the head or the foot that most pages have at the same height (or most left, or most right pages),
    their numbers aside; and a number there that is that of the page. Never a line in which someone speaks.
    """
    spoken = _spoken(pages)
    return [line for upwards in (False, True) for line in _at_one_end(pages, spoken, upwards=upwards)]


def _spoken(pages: Sequence[Sequence[Line]]) -> set[Line]:
    """Lines that start with a name and a role, or with a name that has more than one thing to say.

    ('Verslag wonen: dialoog 3' at the head of every page looks like a name too.)
    """
    labelled = [(line, label) for page in pages for line in page if (label := label_of(line.text))]
    names = Counter(speaker for speaker, _ in {(label.speaker, _key(line)[0]) for line, label in labelled})
    return {line for line, label in labelled if label.role or names[label.speaker] > 1}


def _at_one_end(pages: Sequence[Sequence[Line]], spoken: set[Line], *, upwards: bool) -> Iterator[Line]:
    inwards = [sorted(page, key=lambda line: line.y, reverse=not upwards) for page in pages]
    for _ in range(_FURNITURE_LINES):
        open_pages = [page for page in inwards if page and page[0] not in spoken]
        running = _running([page[0] for page in open_pages], len(pages))
        found = [page for page in open_pages if _key(page[0]) in running or _is_page_number(page)]
        yield from [page.pop(0) for page in found]
        if not found:
            return


def _key(line: Line) -> tuple[str, int]:
    return _NUMBER.sub("#", " ".join(line.text.casefold().split())), round(line.y)


def _running(outermost: Sequence[Line], pages: int) -> set[tuple[str, int]]:
    every = Counter(_key(line) for line in outermost)
    by_side = Counter((_key(line), line.page % 2) for line in outermost)
    running = {key for key, count in every.items() if count > 1 and 2 * count > pages}
    return running | {key for (key, _), count in by_side.items() if count > 2 and 4 * count > pages}


def _is_page_number(inwards: Sequence[Line]) -> bool:
    line = inwards[0]
    found = _PAGE_NUMBER.fullmatch(line.text)
    if not found or int(found["number"]) != line.page:
        return False
    return bool(found["word"]) or len(inwards) == 1 or abs(line.y - inwards[1].y) > 2 * line.size


# ----------------------------------------------------------------------------------------- columns


def in_reading_order(pages: Sequence[tuple[Page, list[Line]]]) -> list[Line]:
    """All lines, those of the left column of a page before those of the right one."""
    right = _right_column(pages)
    if right is None:
        return [line for _, lines in pages for line in lines]
    return [line for _, lines in pages for line in _page_in_order(lines, right)]


def _right_column(pages: Sequence[tuple[Page, list[Line]]]) -> float | None:
    """Where the right one of two columns starts, None if there is one only.

    A place, far enough from the left, at which text starts in many lines; but where what stands left of it
    are labels ('Anna:'), it is the text of a table or a script, not a column.
    """
    lines = [line for _, of_page in pages for line in of_page]
    at_the_left = Counter(round(line.x) for line in lines if line.x < pages[0][0].width / 2)
    if not at_the_left:
        return None
    left = _commonest(at_the_left)
    far = left + _COLUMN_FROM * pages[0][0].width
    starts = Counter(round(x) for line in lines for x, _ in line.cells if x > far)
    if not starts:
        return None
    right = _commonest(starts)
    here = sum(count for x, count in starts.items() if abs(x - right) <= _NEAR)
    at_left = sum(abs(line.x - left) <= _NEAR for line in lines)
    split = [parts[0].text for line in lines if len(parts := _split(line, right)) > 1]
    labels = sum(text.endswith(":") for text in split)
    return right if here > 2 and 3 * here >= at_left and 2 * labels <= len(split) else None


def _page_in_order(lines: Sequence[Line], right: float) -> list[Line]:
    parts = [part for line in lines for part in _split(line, right)]
    at_right = [_is_right(part, right) for part in parts]
    switches = sum(before != after for before, after in pairwise(at_right))
    if 2 * switches <= sum(at_right):
        return parts  # shown column by column, as they were written
    return [part for band in _bands(parts, right) for part in band]


def _bands(parts: Sequence[Line], right: float) -> Iterator[list[Line]]:
    """Stretches of a page between lines that run over both columns, each with its left lines first."""
    band: list[Line] = []
    for part in sorted(parts, key=lambda part: -part.y):
        if _WIDE * part.size * len(part.text) > _GAP * (right - part.x) > 0:
            yield sorted(band, key=lambda part: _is_right(part, right))
            yield [part]
            band = []
        else:
            band.append(part)
    yield sorted(band, key=lambda part: _is_right(part, right))


def _split(line: Line, right: float) -> list[Line]:
    """The parts of a line that stand in different columns."""
    runs = enumerate(line.runs)
    starts = [0, *(at for at, run in runs if at and abs(run.x - right) <= _NEAR and run.text.strip()), len(line.runs)]
    return [Line(line.page, line.runs[start:end]) for start, end in pairwise(starts)] if len(starts) > 2 else [line]


def _is_right(line: Line, right: float) -> bool:
    return line.x >= right - _NEAR


# -------------------------------------------------------------------------------------- paragraphs


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Paragraphs and headings. A paragraph may start on one page and end on the next."""
    if not lines:
        return []
    print_ = _Print(lines)
    blocks: list[Block] = []
    for at, line in enumerate(lines):
        level = print_.level(at)
        if at and level == blocks[-1].level and not print_.starts(at):
            blocks[-1].lines.append(line)
        else:
            blocks.append(Block([line], level))
    return blocks


class _Print:
    """How a document is set: its size, the distance of its lines, its margins, and what sets turns apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        self._size = _commonest(sizes)
        self._sizes = sorted({size for size in sizes if size > _LARGER * self._size}, reverse=True)
        self._distance = self._distance_of_lines()
        self._margins = self._common_margins()
        self._labels: dict[int, Label] = {}
        self._in_labels: set[int] = set()
        self._find_labels()
        apart = sum(map(self._is_set_apart, self._labels))
        self._turns_are_set_apart = 5 * apart >= 4 * len(self._labels)

    def level(self, at: int) -> int | None:
        """A heading is larger than the text, or a short line in bold that is no sentence; a label is neither."""
        if at in self._labels or at in self._in_labels:
            return None
        line = self._lines[at]
        size = round(line.size, 1)
        if size in self._sizes:
            return min(self._sizes.index(size) + 1, _BOLD_LEVEL)
        short = len(line.text.split()) <= _HEADING_WORDS and not _ENDS_NO_HEADING.search(line.text)
        return _BOLD_LEVEL if line.is_bold and short else None

    def starts(self, at: int) -> bool:
        """Whether a paragraph starts with this line."""
        if at in self._in_labels:
            return False
        if at in self._labels:
            return self._opens_a_turn(at)
        if self._follows(at):
            return self._is_set_apart(at)
        # Over the end of a page or column nothing shows but the sentence.
        return bool(_ENDS_A_SENTENCE.search(self._lines[at - 1].text)) and not self._lines[at].text[0].islower()

    def _opens_a_turn(self, at: int) -> bool:
        """Where turns are set apart by space, a name inside a paragraph is part of it."""
        if self._turns_are_set_apart and at and self._follows(at):
            return self._is_set_apart(at)
        certain = self._labels[at].role is not None or self._lines[at].runs[0].bold
        return certain or bool(_ENDS_A_SENTENCE.search(self._lines[at - 1].text))

    def _find_labels(self) -> None:
        """The labels that lines start with; a role may run on in the next lines."""
        for at, line in enumerate(self._lines):
            if at in self._in_labels:
                continue
            label = label_of(line.text, set_apart=bold_at_start(line.pieces()) >= line.text.find(":") > 0)
            more = 0
            text = line.text
            while not label and "(" in text and ")" not in text and more < _LABEL_LINES:
                more += 1
                text = " ".join((text, *(line.text for line in self._lines[at + more : at + more + 1])))
                label = label_of(text)
            if label:
                self._labels[at] = label
                self._in_labels.update(range(at + 1, at + more + 1))

    def _follows(self, at: int) -> bool:
        """Whether the line before this one stands above it, in the same column."""
        before, line = self._lines[at - 1], self._lines[at]
        return before.page == line.page and before.y - line.y > 0

    def _is_set_apart(self, at: int) -> bool:
        """By a change of page or column, by space, or by an indent."""
        if at == 0 or not self._follows(at):
            return True
        before, line = self._lines[at - 1], self._lines[at]
        if before.y - line.y > _GAP * self._distance:
            return True
        moved = abs(line.x - before.x) > _INDENT * line.size
        return moved and not any(abs(line.x - margin) <= _NEAR for margin in self._margins)

    def _distance_of_lines(self) -> float:
        """The smallest that is common: those of paragraphs are larger."""
        gaps = Counter(
            round(self._lines[at - 1].y - self._lines[at].y, 1)
            for at in range(1, len(self._lines))
            if self._follows(at) and self._lines[at].size <= _LARGER * self._size
        )
        enough = sum(gaps.values()) / 10
        return min((gap for gap, count in gaps.items() if count >= enough and gap > self._size / 2), default=0.0)

    def _common_margins(self) -> list[float]:
        """The places where most lines start: one, or one for each column."""
        starts = Counter(round(line.x) for line in self._lines)
        first = _commonest(starts)
        others = Counter({x: count for x, count in starts.items() if abs(x - first) > _COLUMN_APART})
        return [first, _commonest(others)] if others else [first]


def _commonest(weights: Counter[float] | Counter[int] | dict[float, int]) -> float:
    return max(weights, key=lambda value: weights[value])


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    return (line.text for block in blocks for line in block.lines)
