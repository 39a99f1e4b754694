"""What is said of an unclean quotation: the change with its places, the two sources, the order, the other tongue."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rapporteur.proof.quotes import QuoteChecker
from rapporteur.types import Attribution, Fragment, Quotation, Verdict
from tests.proof.invented import INVENTED, Check, fragments_of

TEXTS = {f.id: f.text for f in INVENTED}
CHECKER = QuoteChecker(INVENTED)


@pytest.mark.parametrize(
    ("text", "was", "now"),
    [
        ("Ik wil terug naar de drukte van vroeger.", "niet", ""),
        ("Ik wil niet terug naar de rust van vroeger.", "drukte", "rust"),
        ("Het is nu heel erg rustig in de straat.", "", "erg"),
        ("Wij delen de moestuin met 15 gezinnen", "vijftien", "15"),
    ],
)
def test_a_change_is_told_with_its_place_in_the_record_and_in_the_quotation(
    check: Check, text: str, was: str, now: str
) -> None:
    (change,) = check(text).difference
    assert TEXTS[change["fragment"]][slice(*change["verslag_span"])] == was
    assert text[slice(*change["citaat_span"])] == now


@given(st.sampled_from(INVENTED), st.data())
def test_any_one_word_that_is_changed_is_named_in_both_places(fragment: Fragment, data: st.DataObject) -> None:
    words = fragment.text.split()
    at = data.draw(st.integers(1, len(words) - 2))
    assume(words[at].isalpha() and "-" not in words[at])
    changed = [*words[:at], "zebrapad", *words[at + 1 :]]
    verdict = CHECKER.check(Quotation(" ".join(changed), ""))
    (change,) = verdict.difference
    start = len(" ".join(words[:at])) + 1
    assert change["citaat_span"] == (start, start + len("zebrapad"))
    assert fragment.text[slice(*change["verslag_span"])] == words[at]


def test_words_of_two_people_put_together_are_told_with_both_sources(check: Check) -> None:
    verdict = check("Het is nu heel rustig in de straat. Wij delen de moestuin met vijftien gezinnen")
    assert verdict.kind == "altered"
    assert [change["fragment"] for change in verdict.difference] == ["buurt/1/t0", "buurt/2/t0"]
    assert "'bakker', dialoog 1 van buurt" in verdict.why
    assert "'bakker', dialoog 2 van buurt" in verdict.why
    assert "verschillende mensen" in verdict.why


@pytest.mark.parametrize("between", [" ", " … ", " […] "])
def test_parts_in_another_order_are_told_in_the_order_of_the_record(check: Check, between: str) -> None:
    verdict = check(f"Het is nu heel rustig in de straat{between}Ik wil niet terug naar de drukte van vroeger")
    assert verdict.kind == "altered"
    assert verdict.why.index("Ik wil niet") < verdict.why.index("Het is nu")
    assert "andere volgorde" in verdict.why


def translated(text: str) -> Verdict:
    english = "I was alone for a year and my whole town was one supermarket. That is not what you have come for."
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "onderzoeker", english), ("B", "kok", "Ik kook hier.")]))
    return checker.check(Quotation(text, "", Attribution("", "onderzoeker", 1)))


def test_a_quotation_translated_from_what_its_speaker_said_is_told_so() -> None:
    verdict = translated("Ik was een jaar alleen en mijn hele dorp was een supermarkt. Daar ben je niet voor gekomen.")
    assert verdict.kind == "altered"
    assert "Engels" in verdict.why


def test_an_invented_quotation_in_the_speakers_own_language_is_not_found() -> None:
    assert translated("The sea and the mountains are my friends, and they have never let me down.").kind == "not-found"


@pytest.mark.parametrize("text", ["'t is zo'n ding " * 2000, "'t " * 13000, "woord " * 9000, "[x] " * 5000])
def test_a_very_long_quotation_is_answered(check: Check, text: str) -> None:
    assert not check(text).clean


@pytest.mark.parametrize(
    ("role", "dialogue", "kind"),
    [("onderzoeker", 1, "altered"), ("onderzoeker", None, "altered"), (None, 1, "altered"), (None, None, "not-found"),
     ("kok", 1, "not-found"), ("onderzoeker", 2, "not-found")],
)  # fmt: skip
def test_a_translation_is_told_where_the_attribution_leads_to_what_was_said(
    role: str | None, dialogue: int | None, kind: str
) -> None:
    english = "I do not go back to the office because the train takes two hours every day, said my boss in Amsterdam."
    checker = QuoteChecker(fragments_of("r", "t", 1, [("A", "onderzoeker", english), ("B", "kok", "Ik kook hier.")]))
    text = "Ik ga niet terug naar kantoor omdat de trein elke dag twee uur duurt, zei mijn baas in Amsterdam."
    assert checker.check(Quotation(text, "", Attribution("", role, dialogue))).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "De vliegende olifanten eten graag zoete appels van de boom, en dat is heel mooi voor hun kinderen.",
        "Ik was er niet bij toen jullie over de bomen en het gras aan het praten waren, maar mijn zus wel.",
    ],
)
def test_dutch_words_that_nobody_said_are_no_translation_of_what_was_said_in_english(text: str) -> None:
    assert translated(text).kind == "not-found"
