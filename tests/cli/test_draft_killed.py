"""A draft that is killed pays for no answer twice: what was answered is kept, and the report comes out the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.killed_drafts import CONCURRENCY, Moment, Trial, trial


@pytest.fixture(scope="module")
def killing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    with trial(tmp_path_factory.mktemp("killed"), "groen-en-buitenruimte") as running:
        yield running


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_killed_draft_asks_again_only_what_was_under_way_and_writes_the_same_report(
    share: float, killing: Trial
) -> None:
    found = killing.killed(Moment(round(killing.calls * share), later=0.1))
    assert found.exit_code == 0, found.errors
    assert found.asked_before >= killing.calls * share - 1
    assert found.asked_again <= CONCURRENCY
    assert found.asked_after - found.asked_again == killing.calls - found.asked_before
    assert found.same_report
