"""What a revision prints, line by line: the paragraphs that its Word file has, each with the block it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from rapporteur.types import Report
from rapporteur.writing.export.interface import (
    FACTS_HEADER,
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
from rapporteur.writing.report import COLOPHON

Part = Literal[
    "programme",
    "title",
    "subtitle",
    "section",
    "heading",
    "paragraph",
    "topic",
    "quote",
    "bullet",
    "table",
    "box-title",
    "box-text",
    "box-quote",
    "colophon-heading",
    "colophon",
]
# What stands around the text, and is printed anew from what a report knows.
AROUND: frozenset[Part] = frozenset({"programme", "title", "subtitle", "colophon-heading", "colophon"})


@dataclass(frozen=True, slots=True)
class Line:
    """A printed paragraph, or a whole table. `block` is the id of a block or the key of a section, '' around the text.

    `section` is the number of its section in the report, -1 around the text.
    """

    block: str
    part: Part
    text: str
    section: int = -1


def lines_of(report: Report, rendered: RenderedReport) -> list[Line]:
    """The lines of a report, as they stand in its Word file; `rendered` is the same report with its words."""
    sections = {b.id: number for number, s in enumerate(report.sections) for b in s.blocks}
    keys = {s.key: number for number, s in enumerate(report.sections)}
    own = [b for s in report.sections if s.key == COLOPHON for b in s.blocks]
    made = rendered.colophon[: len(rendered.colophon) - len(own)]
    return [
        *(Line("", "programme", text) for text in (rendered.programme,) if text),
        Line("", "title", rendered.title),
        *(Line("", "subtitle", text) for text in (rendered.subtitle,) if text),
        *(line for item in rendered.items for line in _lines(item, sections, keys)),
        Line("", "colophon-heading", "Colofon"),
        *(Line("", "colophon", text) for text in made),
        *(Line(b.id, "paragraph", b.text, sections[b.id]) for b in own),
    ]


def quoted(words: str, attribution: str) -> str:
    """A quote as it is printed."""
    return f"‘{words}’ ({attribution})" if attribution else f"‘{words}’"


def as_one_line(text: str) -> str:
    """The text by which two lines are the same: white space is no part of it."""
    return " ".join(text.split())


def as_text(rows: tuple[tuple[str, ...], ...]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def _lines(item: Item, sections: dict[str, int], keys: dict[str, int]) -> Iterator[Line]:
    match item:
        case Heading():
            if item.level == 1:
                yield Line(item.key, "section", item.text, keys[item.key])
            else:
                yield Line(item.key, "heading", item.text, sections[item.key])
        case Paragraph():
            yield Line(item.id, "paragraph", item.text, sections[item.id])
        case TopicLead():
            yield Line(item.id, "topic", f"{item.title}: {item.text}", sections[item.id])
        case Quote():
            yield Line(item.id, "quote", quoted(item.text, item.attribution), sections[item.id])
        case Bullets():
            yield from (Line(item.id, "bullet", text, sections[item.id]) for text in item.items)
        case Facts():
            yield Line(item.id, "table", as_text((FACTS_HEADER, *item.rows)), sections[item.id])
        case Table():
            yield Line(item.id, "table", as_text(item.rows), sections[item.id])
        case Box():
            yield Line(item.id, "box-title", item.title, sections[item.id])
            yield from (Line(item.id, "box-text", text, sections[item.id]) for text in item.paragraphs)
            for quote in item.quotes:
                yield Line(item.id, "box-quote", quoted(quote.text, quote.attribution), sections[item.id])
        case _:
            assert_never(item)
