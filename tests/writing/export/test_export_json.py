"""What a program finds in the JSON file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rapporteur.writing.export.interface import (
    Box,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    Quote,
    RenderedReport,
    TopicLead,
)
from rapporteur.writing.export.json import JsonExporter

Make = Callable[..., RenderedReport]
MakeQuote = Callable[..., Quote]


def read(report: RenderedReport) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(JsonExporter().to_bytes(report))
    return found


def test_the_report_says_what_it_is_and_where_it_came_from(report: RenderedReport) -> None:
    found = read(report)
    assert {key: found[key] for key in ("title", "theme", "drafted", "corpus_fingerprint", "voice")} == {
        "title": "Groen in de wijk",
        "theme": "groen-in-de-wijk",
        "drafted": "2021-06-01T09:30:00+02:00",
        "corpus_fingerprint": "3f9c2a71",
        "voice": "extractive",
    }
    assert found["report_fingerprint"] == "b04d55e8"
    assert found["colophon"] == list(report.colophon)


def test_every_heading_opens_a_section_with_its_key_and_level(report: RenderedReport) -> None:
    assert [(s["key"], s["heading"], s["level"]) for s in read(report)["sections"]] == [
        (item.key, item.text, item.level) for item in report.items if isinstance(item, Heading)
    ]


def test_blocks_before_the_first_heading_are_not_lost(with_items: Make) -> None:
    sections = read(with_items(Paragraph("Vooraf."), Heading("Kop", 1, "knel"), Paragraph("Erna.")))["sections"]
    assert [(s["key"], [b["text"] for b in s["blocks"]]) for s in sections] == [
        ("", ["Vooraf."]),
        ("knel", ["Erna."]),
    ]


def test_each_kind_of_item_is_a_block_of_its_kind(with_items: Make, quote: MakeQuote) -> None:
    report = with_items(
        Heading("Kop", 1, "knel"),
        Paragraph("Tekst.", id="p"),
        TopicLead("Titel", "Tekst.", id="t"),
        quote("q", "Zo is het.", "opa", 2),
        quote("u", "Zo is het.", None, 2, pull=True),
        Bullets(("a", "b"), mark="+", id="l"),
        Box("Kader", ("Tekst.",), id="k"),
        Facts((("Deelnemers", "31"),), id="f"),
    )
    (section,) = read(report)["sections"]
    fragment = "groen-in-de-wijk/2#"
    said = {"text": "Zo is het.", "dialogue": 2}
    assert section["blocks"] == [
        {"kind": "paragraph", "id": "p", "text": "Tekst."},
        {"kind": "topic", "id": "t", "title": "Titel", "text": "Tekst."},
        {
            "kind": "quote",
            "id": "q",
            "role": "opa",
            "attribution": "opa, dialoog 2",
            "fragment": f"{fragment}q",
            **said,
        },
        {
            "kind": "pull-quote",
            "id": "u",
            "role": None,
            "attribution": "dialoog 2",
            "fragment": f"{fragment}u",
            **said,
        },
        {"kind": "bullets", "id": "l", "mark": "+", "items": ["a", "b"]},
        {"kind": "box", "id": "k", "title": "Kader", "paragraphs": ["Tekst."], "quotes": []},
        {"kind": "facts", "id": "f", "rows": [{"label": "Deelnemers", "value": "31"}]},
    ]


def test_awkward_words_read_back_mark_for_mark(with_items: Make, quote: MakeQuote, awkward: str) -> None:
    assert read(with_items(quote("q", awkward)))["sections"][0]["blocks"][0]["text"] == awkward


def test_the_same_report_gives_the_same_bytes(report: RenderedReport) -> None:
    shuffled = replace(report, properties=dict(reversed(report.properties.items())))
    assert JsonExporter().to_bytes(shuffled) == JsonExporter().to_bytes(report)
