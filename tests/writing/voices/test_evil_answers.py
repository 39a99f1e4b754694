"""A model, or what stands between it and us, does everything wrong: no report is lost and none holds a false quote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rapporteur.config import Settings
from rapporteur.sources.store import Store
from tests.evil_drafts import Outcome, draft
from tests.workspaces import indexed

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


@pytest.mark.slow
def test_after_1000_evil_answers_too(example: tuple[Settings, Store], tmp_path: Path) -> None:
    assert_nothing_went_wrong(drafts(example, tmp_path, 1000, first_seed=1000))
