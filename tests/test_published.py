"""Real input: 250 published quotes of seven themes. Read from ../shared, never part of this repository."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapporteur import wiring
from rapporteur.config import Settings
from rapporteur.files import write_atomically
from rapporteur.pipeline import checking, drafting
from rapporteur.sources.store import Store
from rapporteur.writing.export.registry import exporter_for
from rapporteur.writing.outline.template import CITIZENS
from rapporteur.writing.voices.extractive import ExtractiveVoice
from tests.workspaces import index, settings_for

THEMES = (
    "geluk-en-ontspanning", "gezondheid", "natuur-en-milieu", "onderwijs-en-werk", "samen-leven",
    "welvaart-en-inkomen", "wonen-en-verkeer",
)  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[tuple[Settings, Store]]:
    settings = settings_for(tmp_path_factory.mktemp("published"))
    run = index(settings, shared / "published" / "records")
    assert {line.status for line in run.lines} == {"read"}
    with wiring.store(settings) as store:
        yield settings, store


def test_every_quote_is_indexed_once_with_its_id(published: tuple[Settings, Store], shared: Path) -> None:
    given = [
        turn
        for file in (shared / "published" / "records").rglob("*.json")
        for turn in json.loads(file.read_text("utf-8"))["turns"]
    ]
    fragments = published[1].fragments()
    assert len(given) == 250
    assert sorted({f.turn for f in fragments}) == sorted(t["id"] for t in given)
    assert sum(len(f.text.split()) for f in fragments) == sum(len(t["text"].split()) for t in given)


@pytest.mark.parametrize("theme", THEMES)
def test_a_draft_of_published_quotes_is_proved_without_an_error_or_a_warning(
    theme: str, published: tuple[Settings, Store], tmp_path: Path
) -> None:
    settings, store = published
    drafted = drafting.draft_report(
        theme, store=store, embedder=wiring.embedder(settings), template=CITIZENS, voice=ExtractiveVoice()
    )
    rendered = drafting.render_report(drafted.revision, store)
    for suffix in (".docx", ".md", ".html", ".json"):
        file = tmp_path / f"{theme}{suffix}"
        write_atomically(file, exporter_for(file).to_bytes(rendered))
        checked = checking.check_document(file, store)
        assert [finding for finding in checked.findings if finding.severity != "info"] == []
        assert len(checked.quotations) >= 10
        assert all(verdict.clean for _, verdict in checked.quotations)
