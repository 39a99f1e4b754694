"""Numbers in prose: what they count, and whether they mean all there were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.dutch.counts import counts_in, is_row
from rapporteur.dutch.numbers import value_of


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("drieëndertig", 33),
        ("Eenentwintig", 21),
        ("tweeëntwintig", 22),
        ("één", 1),
        ("honderdvier", 104),
        ("honderdenvier", 104),
        ("tweehonderdzestig", 260),
        ("vijftienhonderd", 1500),
        ("1.250", 1250),
        ("47", 47),
        ("drie-en-dertig", None),
        ("fiets", None),
        ("1.25", None),
    ],
)
def test_a_number_in_digits_or_words_has_its_value(word: str, value: int | None) -> None:
    assert value_of(word) == value


@given(st.integers(0, 9))
def test_units_and_tens_make_every_number_below_a_hundred(unit: int) -> None:
    units = "een twee drie vier vijf zes zeven acht negen".split()
    tens = {20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig", 60: "zestig", 90: "negentig"}
    for ten, word in tens.items():
        joint = "ën" if unit in (2, 3) else "en"
        written = word if unit == 0 else f"{units[unit - 1]}{joint}{word}"
        assert value_of(written) == ten + unit


def _told(sentence: str) -> list[tuple[str, int, str]]:
    return [(c.what, c.number, c.scope) for c in counts_in(sentence)]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Zes themadialogen", [("talks", 6, "all")]),
        ("Aantal gesprekken 6", [("talks", 6, "all")]),
        ("Deelnemers: drieëndertig", [("people", 33, "all")]),
        ("Er werden zes themadialogen georganiseerd.", [("talks", 6, "all")]),
        ("In totaal deden 33 mensen mee.", [("people", 33, "all")]),
        ("Gesprekken: vier gesprekken, 32 deelnemers", [("talks", 4, "all"), ("people", 32, "all")]),
        ("In drie van de vier dialogen ging het erover.", [("talks", 3, "some"), ("talks", 4, "all")]),
        ("In twee dialogen noemden vijf mensen dit.", [("talks", 2, "some"), ("people", 5, "open")]),
        ("In vier dialogen spraken 33 mensen over dit thema.", [("talks", 4, "all"), ("people", 33, "all")]),
        ("De hosts kwamen uit drie gemeenten.", [("municipalities", 3, "all")]),
        ("Drie deelnemers vertelden het.", [("people", 3, "open")]),
        ("Twee oudere deelnemers vertelden het.", [("people", 2, "open")]),
    ],
)
def test_what_is_counted_and_of_how_many(sentence: str, told: list[tuple[str, int, str]]) -> None:
    assert _told(sentence) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "Zo'n 25-30 mensen zaten op het plein.",
        "Aan elke dialoog deden 6 tot 10 deelnemers mee.",
        "Per dialoog waren er acht deelnemers.",
        "Dat liep in 2021 dialogen lang door.",
        "Een deelnemer vertelde het.",
        "In dialoog 2 ging het over de fiets.",
        "Het kost 1,5 deelnemers per uur.",
        "Op het plein stonden veertig mensen in de rij.",
        "Er waren drie gesprekken met de huisbaas.",
        "3. Dialogen",
        "Themadialoog 3",
        "Gesprekken: 2021",
    ],
)
def test_a_number_that_counts_no_sessions_is_left_alone(sentence: str) -> None:
    assert _told(sentence) == []


@pytest.mark.parametrize("text", ["Zes themadialogen", "Gesprekken: zes gesprekken, 45 deelnemers", "6 gesprekken"])
def test_a_heading_or_row_of_facts_counts_all(text: str) -> None:
    assert is_row(text)


@pytest.mark.parametrize("text", ["Drie deelnemers wilden een plein", "Zes dialogen vonden plaats.", "3. Wensen"])
def test_a_sentence_is_no_row(text: str) -> None:
    assert not is_row(text)


def test_a_number_for_one_dialogue_says_which() -> None:
    (count,) = counts_in("Aan dialoog 2 deden acht deelnemers mee.")
    assert (count.dialogue, count.number) == (2, 8)


@pytest.mark.parametrize("before", ["ruim", "ongeveer", "ten minste", "zo'n"])
def test_a_number_that_is_about_so_many_is_loose(before: str) -> None:
    (count,) = counts_in(f"In totaal deden {before} 40 mensen mee.")
    assert count.loose
