"""Markdown notes -> turns: YAML front matter, '**Naam (rol):** tekst', headings for rounds."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.body import Body, Piece, bold_at_start, lines_of
from rapporteur.sources.readers.files import read_text
from rapporteur.sources.readers.interface import METADATA, Reading
from rapporteur.sources.readers.table import Row
from rapporteur.sources.readers.text import count_words, unwrap
from rapporteur.sources.readers.transcript import Paragraph
from rapporteur.sources.readers.yaml_source import yaml_mapping
from rapporteur.types import Locator

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)

_DASHES = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")  # of GitHub Flavored Markdown, section 4.10


@dataclass(frozen=True, slots=True)
class Table:
    rows: list[Row]


class MarkdownReader:
    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, path: Path, name: str) -> Reading:
        decoded = read_text(path, name)
        front = _FRONT_MATTER.match(decoded.text)
        mapping: Mapping[Any, Any] = {}
        if front:
            mapping = yaml_mapping(front["yaml"], "The front matter", name)
        elif decoded.text.startswith("---\n"):
            raise RecordRefused("The front matter that starts in line 1 has no end ('---').", where=name)
        above = count_words(front["yaml"]) if front else 0
        # Line for line in its place, so that the parser counts lines as an editor does.
        body = "\n" * front[0].count("\n") + decoded.text[front.end() :] if front else decoded.text
        read = Body(name, warnings=list(decoded.warnings), words=above, origin="the front matter")
        read.metadata(mapping)
        read.read_as[METADATA] += above
        for block in _blocks(body, name):
            if isinstance(block, Table):
                read.words += sum(row.all_words for row in block.rows)
                read.table(block.rows)
            else:
                read.line(block)
        return read.reading()


def _parser() -> MarkdownIt:
    """CommonMark without what takes words away: HTML, definitions of links, underlined headings, a limit of depth.

    ('[Jan]: nee' is a definition of a link, and a turn with a line '---' under it is a heading.)
    """
    from markdown_it import MarkdownIt  # a tenth of a second: only for those who have Markdown

    return MarkdownIt("commonmark", {"html": False, "maxNesting": sys.maxsize}).disable(["reference", "lheading"])


def _tokens(body: str, name: str) -> list[Token]:
    """Refused where the parser would drop what stands too deep."""
    try:
        return _parser().parse(body)
    except RecursionError as error:
        raise RecordRefused("Its lists or quotations stand too deep in one another.", where=name) from error


def _blocks(body: str, name: str) -> Iterator[Paragraph | Table]:
    """The lines of each paragraph, and an empty one after it; the rows of each table."""
    level: int | None = None
    number = ""
    first = 0
    for token in _tokens(body, name):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = None
        elif token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""  # '2020. ' may be a year, not a list
            first = _line_of(token)
        elif token.type == "list_item_close" and number:
            yield Paragraph(number.strip(), Locator(name, line=first))
            number = ""
        elif token.type in ("inline", "code_block", "fence"):
            info = [Piece(f"{token.info}\n", bold=False)] if token.type == "fence" else []  # words all the same
            pieces = [Piece(number, bold=False), *info, *_pieces(token.children or [token])]
            first = _line_of(token)
            lines = list(lines_of(pieces))
            texts = [unwrap("".join(piece.text for piece in line)) for line in lines]
            if _is_table(texts):
                yield Table(
                    [Row(_cells(text), Locator(name, line=first + at)) for at, text in enumerate(texts) if at != 1]
                )
                number = ""
                continue
            for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
                yield Paragraph(text, Locator(name, line=first + at), level, bold_at_start(line))
            yield Paragraph("", Locator(name))
            number = ""


def _line_of(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _is_table(lines: Sequence[str]) -> bool:
    """A row of names, and under it one of dashes; read here, as parsers drop the cells of a row that is too long."""
    return len(lines) > 1 and "|" in lines[0] and _DASHES.fullmatch(lines[1]) is not None


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))


def _pieces(children: Sequence[Token]) -> Iterator[Piece]:
    """The words of a paragraph as a reader of the rendered page sees them."""
    bold = False
    for token in children:
        if token.type in ("strong_open", "strong_close"):
            bold = token.type == "strong_open"
        else:
            yield Piece("\n" if token.type in ("softbreak", "hardbreak") else token.content, bold)
