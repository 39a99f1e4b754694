from __future__ import annotations

import pytest

from rapporteur.dutch.readability import readability, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("kat", 1), ("buurthuis", 2), ("ideeën", 3), ("koor", 1), ("nieuw", 1), ("mooie", 2), ("knieën", 2), ("geïnd", 2),
     ("bij", 1), ("jaren", 2), ("gemeente", 3), ("zzp", 1), ("foto's", 2)],
)  # fmt: skip
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_short_words_in_short_sentences_read_easier() -> None:
    easy = readability("Wij eten soep. De deur is open. Kom er bij.")
    hard = readability(
        "De herinrichtingswerkzaamheden noodzaakten verantwoordelijken tot besluitvormingsprocedures die "
        "participatiemogelijkheden onvoldoende waarborgden, hetgeen betrokkenen teleurstelde."
    )
    assert easy is not None and hard is not None
    assert easy.ease > 90 > 20 > hard.ease
    assert easy.words == pytest.approx(10 / 3)


def test_the_formula_is_doumas() -> None:
    measured = readability("De kat zit op de mat.")
    assert measured is not None
    assert measured.ease == pytest.approx(206.84 - 0.93 * 6 - 77 * 1)


def test_a_text_without_words_has_no_readability() -> None:
    assert readability("12 … 34!") is None
