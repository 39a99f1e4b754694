"""Markdown notes -> turns: YAML front matter, '**Naam (rol):** tekst', headings for rounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.files import read_text
from rapporteur.sources.readers.interface import METADATA, Reading
from rapporteur.sources.readers.names import understand
from rapporteur.sources.readers.text import count_words, unwrap
from rapporteur.sources.readers.transcript import Paragraph, read_transcript
from rapporteur.sources.readers.yaml_source import yaml_mapping
from rapporteur.types import Locator

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)


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
        understood = understand(mapping, "the front matter")
        above = count_words(front["yaml"]) if front else 0
        # Line for line in its place, so that the parser counts lines as an editor does.
        body = "\n" * front[0].count("\n") + decoded.text[front.end() :] if front else decoded.text
        paragraphs = list(_paragraphs(body, name))
        transcript = read_transcript(paragraphs)
        warnings = (*decoded.warnings, *understood.warnings, *transcript.warnings)
        words = above + sum(count_words(paragraph.text) for paragraph in paragraphs)
        read_as = transcript.read_as + Counter({METADATA: above})
        left_out = tuple(transcript.left_out)
        return Reading(understood.metadata, tuple(transcript.turns), left_out, warnings, words, read_as)


def _parser() -> MarkdownIt:
    """CommonMark without what takes words away: HTML, definitions of links, and underlined headings.

    ('[Jan]: nee' is a definition of a link, and a turn with a line '---' under it is a heading.)
    """
    from markdown_it import MarkdownIt  # a tenth of a second: only for those who have Markdown

    return MarkdownIt("commonmark", {"html": False}).disable(["reference", "lheading"])


def _paragraphs(body: str, name: str) -> Iterator[Paragraph]:
    level: int | None = None
    number = ""
    for token in _parser().parse(body):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = None
        elif token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""  # '2020. ' may be a year, not a list
        elif token.type in ("inline", "code_block", "fence"):
            children = token.children or [token]
            text = unwrap(number + "".join(map(_text, children)))
            yield Paragraph(text, _locator(token, name), level, 0 if number else _bold(children))
            number = ""


def _locator(token: Token, name: str) -> Locator:
    return Locator(name, line=token.map[0] + 1 if token.map else None)


def _text(token: Token) -> str:
    """The words of an inline token as a reader of the rendered page sees them."""
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _bold(children: Sequence[Token]) -> int:
    """How many code points at the start are inside `**…**`."""
    bold, inside = 0, False
    for token in children:
        if token.type in ("strong_open", "strong_close"):
            inside = token.type == "strong_open"
        elif token.content and not inside:
            break
        else:
            bold += len(token.content)
    return bold
