"""Numbers and quantifiers: never more than was counted."""

from __future__ import annotations

import pytest

from rapporteur.dutch.numbers import counted, enumerated, in_words
from rapporteur.dutch.support import brief, dialogues, people
from rapporteur.types import Support


@pytest.mark.parametrize(
    ("number", "words"), [(1, "een"), (12, "twaalf"), (20, "twintig"), (21, "21"), (40, "veertig")]
)
def test_numbers_up_to_twenty_and_round_tens_are_words(number: int, words: str) -> None:
    assert in_words(number) == words


def test_one_is_singular() -> None:
    assert counted(1, "dialoog", "dialogen") == "een dialoog"
    assert counted(3, "dialoog", "dialogen") == "drie dialogen"
    assert people(1) == "een deelnemer"
    assert people(6) == "zes deelnemers"


def test_a_list_ends_in_en() -> None:
    assert enumerated([]) == ""
    assert enumerated(["a"]) == "a"
    assert enumerated(["a", "b"]) == "a en b"
    assert enumerated(["a", "b", "c"]) == "a, b en c"


@pytest.mark.parametrize(
    ("support", "words"),
    [
        (Support(3, (1, 2, 4), 4), "in drie van de vier dialogen"),
        (Support(9, (1, 2, 3, 4), 4), "in alle vier de dialogen"),
        (Support(2, (1, 2), 2), "in beide dialogen"),
        (Support(2, (3,), 4), "in dialoog 3"),
        (Support(2, (1,), 1), "in de dialoog"),
        (Support(2, (), 0, unnumbered=2), ""),
        (Support(4, (3,), 1, unnumbered=3), "in ten minste een dialoog"),
        (Support(3, (2,), 4, unnumbered=1), "in ten minste een van de vier dialogen"),
        (Support(5, (1, 2, 3, 4), 4, unnumbered=1), "in alle vier de dialogen"),
    ],
)
def test_the_dialogues_are_named_as_they_were_counted(support: Support, words: str) -> None:
    assert dialogues(support) == words


def test_a_summary_line_is_brief() -> None:
    assert brief(Support(1, (2,), 4)) == "een deelnemer, een dialoog"
    assert brief(Support(6, (1, 2, 4), 4)) == "zes deelnemers, drie dialogen"
    assert brief(Support(2, (), 0, unnumbered=2)) == "twee deelnemers"
