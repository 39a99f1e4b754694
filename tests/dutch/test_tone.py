from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.dutch.tone import NAMES, tone


def of(name: str, text: str) -> float:
    return tone(text)[NAMES.index(name)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("past", "Wij moesten toen naar huis."),
        ("dream", "Mijn wens is een bankje."),
        ("would like", "Ik zou het heel fijn vinden."),
        ("should", "De school zou dit moeten doen."),
        ("imperative", "Mooi plan. Geef iedereen een sleutel."),
        ("that-clause", "Dat iedereen mee mag doen."),
        ("talk", "Het was een goed gesprek."),
        ("questions", "Waarom eigenlijk niet?"),
    ],
)
def test_a_manner_of_speaking_is_counted_where_it_is_heard(name: str, text: str) -> None:
    assert of(name, text) > of(name, "De kerk staat naast het water.")


def test_a_question_to_someone_is_no_order() -> None:
    assert of("imperative", "Ga je mee?") == 0


@given(st.text(max_size=200))
def test_every_text_has_one_number_per_name(text: str) -> None:
    assert len(tone(text)) == len(NAMES)
