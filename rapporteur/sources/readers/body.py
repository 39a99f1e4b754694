"""The body of a document (.docx, .odt, .pdf, .txt, .html), gathered by whoever walks through it -> Reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rapporteur.sources.readers.interface import METADATA, Reading
from rapporteur.sources.readers.lines import joined, split_head
from rapporteur.sources.readers.names import understand
from rapporteur.sources.readers.people import people_at_the_table
from rapporteur.sources.readers.recorded import as_typed
from rapporteur.sources.readers.remarks import with_remarks
from rapporteur.sources.readers.table import Row, TableRead, read_table
from rapporteur.sources.readers.text import count_words, unwrap
from rapporteur.sources.readers.transcript import Paragraph, read_transcript
from rapporteur.sources.readers.ways import with_initials_explained, with_names
from rapporteur.types import LeftOut, Locator


class Piece(NamedTuple):
    """A stretch of a paragraph, in bold or not."""

    text: str
    bold: bool


@dataclass(slots=True)
class Body:
    """What a walk through a document met, and where it is (`paragraph` counts from 1).

    Whoever takes text out of a document counts it in `words`, at that place.
    """

    name: str
    items: list[Paragraph | TableRead] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    paragraph: int = 0
    words: int = 0
    read_as: Counter[str] = field(default_factory=Counter)
    origin: str = "the document"
    _pairs: dict[str, object] = field(default_factory=dict)
    _lines: list[Paragraph] = field(default_factory=list)

    def here(self) -> Locator:
        return Locator(self.name, paragraph=self.paragraph)

    def add(self, pieces: Sequence[Piece], level: int | None) -> None:
        """A paragraph of running text, counted; its lines are kept until the speakers are known."""
        lines = [pieces] if level is not None else list(lines_of(pieces))
        for line in lines:
            text = unwrap("".join(piece.text for piece in line))
            self.words += count_words(text)
            self._lines.append(Paragraph(text, self.here(), level if text else None, bold_at_start(line)))
        self._lines.append(Paragraph("", self.here()))

    def line(self, line: Paragraph) -> None:
        """A line of running text, counted and kept likewise."""
        self.words += count_words(line.text)
        self._lines.append(line)

    def typed(self, lines: Sequence[Paragraph]) -> None:
        """Lines as people and recorders write them, counted before; the first of a document may hold metadata."""
        lines = as_typed(lines)
        if not self.items:
            legend = with_initials_explained(lines)
            head = split_head(legend.lines)
            self.metadata(head.pairs)
            self.read_as[METADATA] += head.words + legend.words
            self.left_out += head.left_out
            lines = head.lines
        remarks = with_remarks(lines)
        named = with_names(remarks.lines, self._people())
        self.warnings += (*remarks.warnings, *named.warnings)
        self.items += joined(named.lines)

    def _people(self) -> frozenset[str]:
        """Who sat at the table, by what was read so far and by a sidecar."""
        return understand(self._pairs, self.origin).metadata.people | people_at_the_table()

    def table(self, rows: Sequence[Row]) -> None:
        """A table, counted before. Of two tables that say something of one name, the first counts."""
        self._end_of_lines()
        read = read_table(rows)
        self.metadata(read.pairs)
        self.items.append(read)

    def _end_of_lines(self) -> None:
        if self._lines:
            lines, self._lines = self._lines, []
            self.typed(lines)

    def metadata(self, pairs: Mapping[str, object]) -> None:
        self._pairs = {**pairs, **self._pairs}

    def leave_out(self, words: int, why: str, where: Locator | None = None) -> None:
        """Note words that are nobody's, if there are any, and that are counted nowhere else."""
        if words:
            self.words += words
            self.left_out.append(LeftOut(where or self.here(), words, why))

    def reading(self) -> Reading:
        self._end_of_lines()
        transcript = read_transcript(self.items, self._people())
        understood = understand(self._pairs, self.origin)
        left_out = (*transcript.left_out, *self.left_out)
        warnings = (*self.warnings, *understood.warnings, *transcript.warnings)
        read_as = self.read_as + transcript.read_as
        return Reading(understood.metadata, tuple(transcript.turns), left_out, warnings, self.words, read_as)


def bold_at_start(pieces: Iterable[Piece]) -> int:
    """How many code points at the start are bold, white space around them aside."""
    text = ""
    for piece in pieces:
        if piece.text.strip() and not piece.bold:
            break
        text += piece.text
    return len(text.strip())


def lines_of(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces cut where a line ends."""
    line: list[Piece] = []
    for piece in pieces:
        first, *further = piece.text.split("\n")
        line.append(Piece(first, piece.bold))
        for text in further:
            yield line
            line = [Piece(text, piece.bold)]
    yield line
