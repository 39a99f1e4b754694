"""Real published reports: the quotations that people set are found, with who spoke, in every form of the document.

The reports are read from ../shared and never part of this repository.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path

import docx
import pytest

from rapporteur.proof.documents.finding import tidy
from rapporteur.proof.documents.registry import read_document

THEMES = ("geluk-en-ontspanning", "gezondheid", "natuur-en-milieu", "samen-leven")
# Titles, sayings and questions between marks, of more words than a term has, without attribution.
MOST_OTHERS = 4

Told = tuple[str, str | None, int | None]


def texts_of(value: object, quotes: dict[str, dict[str, str]]) -> Iterator[str]:
    """The paragraphs of a report in order, its quotations as they were printed."""
    if isinstance(value, dict):
        if value.get("kind") == "quote" and value.get("quote_id"):
            yield quotes[value["quote_id"]]["published"]
            return
        for key, inner in value.items():
            if key in ("title", "text", "heading") and isinstance(inner, str):
                yield inner
            elif isinstance(inner, dict | list):
                yield from texts_of(inner, quotes)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner, quotes)


def written(texts: list[str], suffix: str, folder: Path) -> Path:
    path = folder / f"report{suffix}"
    if suffix == ".docx":
        document = docx.Document()
        for text in texts:
            document.add_paragraph(text)
        document.save(str(path))
    elif suffix == ".html":
        path.write_text("".join(f"<p>{escape(text)}</p>" for text in texts), encoding="utf-8")
    elif suffix == ".md":
        path.write_text("\n\n".join(text.replace("[", "\\[") for text in texts), encoding="utf-8")
    else:
        path.write_text(json.dumps({"blocks": [{"kind": "paragraph", "text": text} for text in texts]}), "utf-8")
    return path


@pytest.mark.parametrize("suffix", [".docx", ".md", ".html", ".json"])
@pytest.mark.parametrize("theme", THEMES)
def test_every_quotation_of_a_published_report_is_found_with_its_attribution(
    theme: str, suffix: str, shared: Path, tmp_path: Path
) -> None:
    gold = shared / "published" / "gold"
    quotes = {q["id"]: q for q in map(json.loads, (gold / "quotes.jsonl").read_text("utf-8").splitlines())}
    reports = {r["theme"]: r for r in map(json.loads, (gold / "reports.jsonl").read_text("utf-8").splitlines())}
    parts = [reports[theme][key] for key in ("theme_description", "intro", "sections")]
    document = read_document(written(list(texts_of(parts, quotes)), suffix, tmp_path))
    found: Counter[Told] = Counter(
        (q.text, q.attribution.role if q.attribution else None, q.attribution.dialogue if q.attribution else None)
        for q in document.quotations
    )
    expected: Counter[Told] = Counter(
        (tidy(q["text"]), q["role"], q["dialogue"]) for q in quotes.values() if q["theme"] == theme
    )
    assert sorted(told for told in expected - found) == []
    others = found - expected
    assert sum(others.values()) <= MOST_OTHERS
    assert all(role is None and dialogue is None for _, role, dialogue in others)


def test_quotations_with_names_before_them_are_found(shared: Path, tmp_path: Path) -> None:
    gold = shared / "published" / "gold" / "wetenschap.jsonl"
    for number, line in enumerate(gold.read_text("utf-8").splitlines()):
        report = json.loads(line)
        folder = tmp_path / str(number)
        folder.mkdir()
        texts = list(texts_of([report["intro"], report["sections"]], {}))
        found = {q.text: q.attribution for q in read_document(written(texts, ".docx", folder)).quotations}
        for quote in report["quotes"]:
            attribution = found[quote["text"]]
            assert not quote["speaker"] or (attribution and attribution.text == quote["speaker"])
