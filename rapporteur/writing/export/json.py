"""Step 4: a report as JSON, in sections and blocks, for programs and for the web page in html.py."""

from __future__ import annotations

import json
from typing import assert_never

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


class JsonExporter:
    suffix = ".json"

    def to_bytes(self, report: RenderedReport) -> bytes:
        return (json.dumps(to_dict(report), ensure_ascii=False, indent=2) + "\n").encode()


def to_dict(report: RenderedReport) -> dict[str, object]:
    """The report in plain values; every heading, of any level, opens a section of the list."""
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "programme": report.programme,
        "language": report.language,
        "theme": report.theme,
        "drafted": report.drafted,
        "corpus_fingerprint": "",
        "voice": "",
        **dict(sorted(report.properties.items())),
        "sections": _sections(report.items),
        "colophon": list(report.colophon),
    }


def _sections(items: tuple[Item, ...]) -> list[dict[str, object]]:
    sections: list[dict[str, object]] = []
    blocks: list[dict[str, object]] = []
    for item in items:
        if isinstance(item, Heading) or not sections:
            heading = item if isinstance(item, Heading) else Heading("", 1)
            blocks = []
            sections.append({"key": heading.key, "heading": heading.text, "level": heading.level, "blocks": blocks})
        if not isinstance(item, Heading):
            blocks.append(_block(item))
    return sections


def _block(item: Paragraph | Bullets | TopicLead | Quote | Box | Facts | Table) -> dict[str, object]:
    match item:
        case Paragraph():
            return {"kind": "paragraph", "id": item.id, "text": item.text}
        case TopicLead():
            return {"kind": "topic", "id": item.id, "title": item.title, "text": item.text}
        case Bullets():
            return {"kind": "bullets", "id": item.id, "mark": item.mark, "items": list(item.items)}
        case Box():
            return {
                "kind": "box",
                "id": item.id,
                "title": item.title,
                "paragraphs": list(item.paragraphs),
                "quotes": [_quote(quote) for quote in item.quotes],
            }
        case Facts():
            rows = [{"label": label, "value": value} for label, value in item.rows]
            return {"kind": "facts", "id": item.id, "rows": rows}
        case Table():
            return {"kind": "table", "id": item.id, "rows": [list(row) for row in item.rows]}
        case Quote():
            return _quote(item)
        case _:
            assert_never(item)


def _quote(quote: Quote) -> dict[str, object]:
    return {
        "kind": "pull-quote" if quote.pull else "quote",
        "id": quote.id,
        "text": quote.text,
        "role": quote.role,
        "dialogue": quote.dialogue,
        "attribution": quote.attribution,
        "fragment": quote.fragment,
    }
