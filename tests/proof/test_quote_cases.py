"""A sample of the eval's cases, so that no change of the checker loses what evals/quote_provenance.py must reach."""

from __future__ import annotations

import pytest

from evals import quote_verdicts
from evals.quote_cases import Case, Generator
from rapporteur.types import Fragment, Verdict

Judged = tuple[Case, Verdict]
LEAST = {"honest cut": 0.98, "misleading-cut": 0.95, "ambiguous": 0.0}


def judge(fragments: tuple[Fragment, ...] | list[Fragment]) -> list[Judged]:
    cases, checker = quote_verdicts.cases_of(fragments, 20210330)
    return [(case, checker.check(case.quotation)) for case in cases]


def is_right(case: Case, verdict: Verdict) -> bool:
    if case.expected == "clean":
        return verdict.clean
    return verdict.kind == case.expected or (case.expected == "altered" and not verdict.clean)


@pytest.fixture(scope="module")
def judged(example_fragments: tuple[Fragment, ...]) -> list[Judged]:
    return judge([f for f in example_fragments if f.dialogue in (1, 3)][::4])


def test_every_figure_that_must_be_reached_is_reached_on_a_sample(judged: list[Judged]) -> None:
    groups: dict[str, list[bool]] = {}
    for case, verdict in judged:
        groups.setdefault(quote_verdicts.group_of(case), []).append(is_right(case, verdict))
        if case.expected != "clean":
            groups.setdefault("unclean is not clean", []).append(not verdict.clean)
        if case.was is not None and case.expected == "altered":
            named = quote_verdicts.names_the_change(case, verdict)
            groups.setdefault("named", []).append(named)
    assert len(judged) > 3000
    reached = {name: sum(right) / len(right) for name, right in groups.items()}
    assert {n: share for n, share in reached.items() if share < LEAST.get(n, 0.99 if n == "named" else 1.0)} == {}


def test_no_altered_quote_of_the_published_records_is_clean(published_fragments: tuple[Fragment, ...]) -> None:
    judged = judge(published_fragments[::9])
    assert [(case.kind, verdict.kind) for case, verdict in judged if case.expected != "clean" and verdict.clean] == []


def test_the_same_seed_makes_the_same_cases(example_fragments: tuple[Fragment, ...]) -> None:
    first, again = (list(Generator(example_fragments[:20], 7).cases()) for _ in range(2))
    assert first == again
