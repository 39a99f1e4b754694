"""Text made to be slow: every repeat in a rule has an upper bound, and long runs of near misses accuse nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from rapporteur.dutch import personal
from rapporteur.dutch.counts import counts_in
from rapporteur.dutch.quantifiers import claims_in

LENGTH = 40_000  # code points


def _repeats_without_end(tokens: Any) -> Iterator[Any]:
    for operator, value in tokens:
        if operator in (constants.MAX_REPEAT, constants.MIN_REPEAT) and value[1] is constants.MAXREPEAT:
            yield value
        parts = value if isinstance(value, tuple | list) else (value,)
        for part in parts:
            if isinstance(part, parser.SubPattern):
                yield from _repeats_without_end(part)
            elif isinstance(part, list):
                for branch in part:
                    if isinstance(branch, parser.SubPattern):
                        yield from _repeats_without_end(branch)


@pytest.mark.parametrize("rule", personal._RULES, ids=lambda rule: f"{rule[0]}: {rule[1].pattern[:30]}")
def test_every_repeat_of_a_rule_for_personal_data_is_bounded(rule: tuple[str, re.Pattern[str], object]) -> None:
    assert list(_repeats_without_end(parser.parse(rule[1].pattern, rule[1].flags & ~re.UNICODE))) == []


@pytest.mark.parametrize("unit", ["06 1 ", "a.", "Aa-", "A1-", "nul ", "geboren ", "kenteken ", "@", "0-", "NL91 "])
def test_a_long_run_of_near_misses_accuses_nobody(unit: str) -> None:
    found = personal.find(unit * (LENGTH // len(unit)))
    assert [datum for datum in found if datum.kind not in ("name", "possible name", "telephone number")] == []


def test_a_datum_behind_a_long_run_is_still_found() -> None:
    assert [d.kind for d in personal.find("a." * LENGTH + " kok@buurt.nl")] == ["e-mail address"]


@pytest.mark.parametrize("unit", ["alle ", "van de ", "spraken ", "deelnemers "])
def test_long_runs_of_words_for_how_many_claim_nothing(unit: str) -> None:
    text = unit * 200
    assert claims_in(text) == []
    assert counts_in(text) == []
