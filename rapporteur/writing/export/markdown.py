"""Step 4: a report as Markdown (CommonMark) whose words read back as they were, mark for mark."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import assert_never

import yaml

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
    quotes_of,
)

_LOWEST_HEADING = 6
# What means something anywhere in a line, in CommonMark or in the dialects of GitHub and Pandoc.
_INLINE = re.compile(r"[\\`*_{}\[\]<>&~|$#^]")
# What means something only at the start of a line: list marks, underlines of headings, numbers of a list.
_BEFORE_A_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=]))")
_RULE = "---"


class MarkdownExporter:
    suffix = ".md"

    def to_bytes(self, report: RenderedReport) -> bytes:
        blocks = [_front_matter(report), f"# {_inline(report.title)}"]
        if report.subtitle:
            blocks.append(_line(report.subtitle))
        for block in chain.from_iterable(map(_blocks, report.items)):
            if not block == blocks[-1] == _RULE:  # one rule is enough between two boxes
                blocks.append(block)
        if report.colophon:
            blocks.append("## Colofon")
            blocks.extend(_line(line) for line in report.colophon)
        blocks.append(_quote_map(report.items))
        return ("\n\n".join(blocks) + "\n").encode()


def _front_matter(report: RenderedReport) -> str:
    facts = {
        "title": report.title,
        "programme": report.programme,
        "theme": report.theme,
        "language": report.language,
        "drafted": report.drafted,
        **dict(sorted(report.properties.items())),
    }
    return f"---\n{yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=float('inf'))}---"


def _blocks(item: Item) -> Iterator[str]:
    """The pieces of Markdown that an item becomes; a blank line stands between any two."""
    match item:
        case Heading():
            yield f"{'#' * min(item.level + 1, _LOWEST_HEADING)} {_inline(item.text)}"
        case Paragraph():
            yield _line(item.text)
        case TopicLead():
            yield f"**{_inline(item.title)}:** {_inline(item.text)}"
        case Quote():
            yield _quote(item)
        case Bullets():
            # The mark is part of what the report says (– for knel, + for kiem), so it is printed, not left to
            # the bullets of a renderer.
            yield from (_line(f"{item.mark} {text}") for text in item.items)
        case Box():
            yield _RULE
            yield f"**{_inline(item.title)}**"
            yield from (_line(text) for text in item.paragraphs)
            yield from map(_quote, item.quotes)
            yield _RULE
        case Facts():
            yield from (f"**{_inline(label)}:** {_inline(value)}" for label, value in item.rows)
        case Table():
            yield from (_line(" | ".join(row)) for row in item.rows)
        case _:
            assert_never(item)


def _quote(quote: Quote) -> str:
    attribution = f" ({_inline(quote.attribution)})" if quote.attribution else ""
    return f"> ‘{_inline(quote.text)}’{attribution}"


def _quote_map(items: tuple[Item, ...]) -> str:
    """Which fragment each quote came from, in a comment that no renderer shows."""
    fragments = {quote.id: quote.fragment for quote in quotes_of(items) if quote.fragment}
    text = json.dumps(fragments).replace("--", "-\\u002d")  # two hyphens could end the comment
    return f"<!-- rapporteur-quotes {text} -->"


def _line(text: str) -> str:
    """A text that starts a line."""
    return _BEFORE_A_START.sub(r"\1\\", _inline(text).strip())


def _inline(text: str) -> str:
    """The text as Markdown that means just these characters; a line break becomes a space."""
    return _INLINE.sub(r"\\\g<0>", " ".join(text.splitlines()))
