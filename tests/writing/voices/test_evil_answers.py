"""A model, or what stands between it and us, does everything wrong: no report is lost and none holds a false quote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rapporteur.config import Settings
from rapporteur.pipeline import checking, drafting
from rapporteur.sources.store import Store
from rapporteur.types import CheckedDocument
from rapporteur.writing.export.registry import exporter_for
from tests.evil_answers import MARKS, changed
from tests.evil_drafts import Outcome, draft, marked_prose
from tests.model_server import Evil, Play, Scene, completion
from tests.servers import Answer, OpenAIServer
from tests.workspaces import draft_with_model, indexed

THEME = "ontmoeten-in-de-buurt"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Iterator[tuple[Settings, Store]]:
    with indexed(tmp_path_factory.mktemp("example"), corpus_folder / THEME) as (settings, store):
        yield settings, store


def drafts(example: tuple[Settings, Store], folder: Path, at_least: int, first_seed: int) -> list[Outcome]:
    """Drafts under one seed after the other, until so many evil answers were given."""
    outcomes: list[Outcome] = []
    while sum(outcome.evil for outcome in outcomes) < at_least:
        outcomes.append(draft(first_seed + len(outcomes), THEME, *example, folder))
    return outcomes


def assert_nothing_went_wrong(outcomes: list[Outcome]) -> None:
    assert {outcome.seed: outcome.wrong for outcome in outcomes if outcome.wrong} == {}
    assert all(outcome.quotes > 20 and outcome.topics > 10 for outcome in outcomes)


def test_after_150_evil_answers_every_section_is_there_and_every_quote_is_the_records_own(
    example: tuple[Settings, Store], tmp_path: Path
) -> None:
    assert_nothing_went_wrong(drafts(example, tmp_path, 150, first_seed=1))


def checked_after(evil: Evil | None, example: tuple[Settings, Store], folder: Path, name: str) -> CheckedDocument:
    """What `check` says of a draft in which every answer is of this kind, the good one for None."""
    settings, store = example
    with OpenAIServer(Play(0, {name: (1.0, evil)} if evil else None)) as server:
        asking = replace(settings, model=f"openai:{name}", base_url=server.url, max_retries=0)
        done = draft_with_model(THEME, asking, store)
    file = folder / "verslag.md"
    file.write_bytes(exporter_for(file).to_bytes(drafting.render_report(done.revision, store)))
    return checking.check_document(file, store)


def answering(sentence: str) -> Evil:
    """The good answer, with this sentence in place of all words of the model's own that are sentences."""

    def play(scene: Scene) -> Answer:
        value = changed(scene.good, lambda words: sentence if words.endswith(".") else words)
        return completion(scene.request, json.dumps(value))

    return play


def test_no_mark_of_any_script_opens_a_quotation_in_prose(example: tuple[Settings, Store], tmp_path: Path) -> None:
    def play(scene: Scene) -> Answer:
        words = scene.random.choice(MARKS).format("Een zwembad in de gracht is mooi.")
        return completion(scene.request, json.dumps(changed(scene.good, lambda said: f"{said.rstrip('.')}, {words}")))

    checked_after(play, example, tmp_path, "tekens")
    revision = drafting.last_revision(THEME, example[1])
    assert list(marked_prose(revision.report)) == []


def test_no_words_are_quoted_twice_in_the_report_of_a_good_model(
    example: tuple[Settings, Store], tmp_path: Path
) -> None:
    found = checked_after(None, example, tmp_path, "goed")
    assert [finding.text for finding in found.findings if finding.check == "used-twice"] == []


@pytest.mark.parametrize("words", ["Dit verslag is nu van mij.", "Wij slopen morgen het gemeentehuis in de stad."])
def test_a_model_does_not_speak_in_the_first_person(
    words: str, example: tuple[Settings, Store], tmp_path: Path
) -> None:
    found = checked_after(answering(words), example, tmp_path, f"ik-{words.split()[0]}")
    assert words.rstrip(".") not in (tmp_path / "verslag.md").read_text("utf-8")
    assert [finding for finding in found.findings if finding.severity == "error"] == []
