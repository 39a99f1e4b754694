"""A sample of the eval's cases, so that no change of the checker loses what evals/quote_provenance.py must reach."""

from __future__ import annotations

import pytest

from evals.quote_cases import Generator
from evals.quote_provenance import Judged, figures, judge
from rapporteur.types import Fragment


@pytest.fixture(scope="module")
def judged(example_fragments: tuple[Fragment, ...]) -> list[Judged]:
    return judge([f for f in example_fragments if f.dialogue in (1, 3)][::4])


def test_every_figure_that_must_be_reached_is_reached_on_a_sample(judged: list[Judged]) -> None:
    found = figures(judged)
    assert sum(n for _, n, _ in found.values()) > 3000
    assert {name: f for name, f in found.items() if f[0] < f[2]} == {}


def test_no_altered_quote_of_the_published_records_is_clean(published_fragments: tuple[Fragment, ...]) -> None:
    judged = judge(published_fragments[::9])
    assert [(case.kind, verdict.kind) for case, verdict in judged if case.expected != "clean" and verdict.clean] == []


def test_the_same_seed_makes_the_same_cases(example_fragments: tuple[Fragment, ...]) -> None:
    first, again = (list(Generator(example_fragments[:20], 7).cases()) for _ in range(2))
    assert first == again
