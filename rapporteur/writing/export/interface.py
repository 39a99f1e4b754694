"""Step 4, the seam: a report as it will be printed, and what an exporter does with it.

A RenderedReport has words everywhere, the quotes' words too, cut out of the stored fragments just before.
Exporters know nothing of stores, fragments or voices: they set type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from rapporteur.types import Comment


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` counts from 1; the report's title is not a Heading."""

    text: str
    level: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `mark` ('–' or '+') is printed before each item."""

    items: tuple[str, ...]
    mark: str = "–"
    id: str = ""


@dataclass(frozen=True, slots=True)
class TopicLead:
    """'Title: text', the title as a run-in lead."""

    title: str
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote's own words (without quotation marks), and its attribution without brackets.

    `fragment` is the id of the fragment the words were cut from, '' if an editor typed them and they are no
    fragment's; `pull` is set large on the summary page.
    """

    id: str
    text: str
    attribution: str
    fragment: str
    role: str | None = None
    dialogue: int | None = None
    pull: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A kader: a framed piece with a title, paragraphs and the quotes below them."""

    title: str
    paragraphs: tuple[str, ...]
    id: str = ""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Two-column facts ('Wie zaten aan tafel?'): (label, value) rows."""

    rows: tuple[tuple[str, str], ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an editor's own: rows of cells, as many as each row has."""

    rows: tuple[tuple[str, ...], ...]
    id: str = ""


Item = Heading | Paragraph | Bullets | TopicLead | Quote | Box | Facts | Table


def quotes_of(items: Iterable[Item]) -> Iterator[Quote]:
    """All quotes, those inside boxes too, in report order."""
    for item in items:
        if isinstance(item, Quote):
            yield item
        elif isinstance(item, Box):
            yield from item.quotes


@dataclass(frozen=True, slots=True)
class RenderedReport:
    """A report ready to be set. `properties` are stored in the file for machines (fingerprints, voice).

    `comments` are what people remarked; only a Word file has a margin for them.
    """

    title: str
    subtitle: str
    items: tuple[Item, ...]
    theme: str
    language: str = "nl-NL"
    programme: str = ""
    drafted: str = ""
    colophon: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()


class Exporter(Protocol):
    """Sets a RenderedReport in one format.

    `to_bytes` is pure: the same report gives the same bytes.
    """

    suffix: str

    def to_bytes(self, report: RenderedReport) -> bytes: ...
