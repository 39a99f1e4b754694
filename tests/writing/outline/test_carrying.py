from __future__ import annotations

from dataclasses import replace

from rapporteur.types import SECTION_KEYS, Fragment, Judgement, Span
from rapporteur.writing.outline.carrying import carrier, how_surely, that_can_be_shown
from rapporteur.writing.outline.likeness import Lexicon
from rapporteur.writing.outline.matters import Matter, make_bank
from rapporteur.writing.outline.naming import Language
from rapporteur.writing.outline.titles import learn_nouns

BANK = make_bank(
    [
        Matter("koken", {"knel": "Niet meer samen koken"}, ("kookclub*", "kookles"), hints=("soep", "keuken")),
        Matter("bakken", {"knel": "Niet meer samen koken"}, ("bakgroep",)),
    ]
)
TEXTS = [
    "De kookclub is gestopt en dat mis ik.",
    "In de keuken stond soep voor wie kwam.",
    "Onze bakgroep kwam nooit meer bij elkaar.",
    "Het vaandel van de fanfare was kwijt.",
    "Bij het vaandel stond de voorzitter.",
    "Waar was het vaandel die dag?",
    "Ik ging naar huis en dat was dat.",
]
LANGUAGE = Language(BANK, Lexicon(TEXTS, BANK), learn_nouns(TEXTS))


def told(number: int, text: str, quote: Span | None = None, **changes: object) -> Judgement:
    fragment = Fragment(
        f"t/{number}/1", f"t/{number}", "t", number, "1", 1, Span(0, len(text)), text, f"Spreker {number}"
    )
    spans = (quote or Span(0, len(text)),)
    judgement = Judgement(fragment, dict.fromkeys(SECTION_KEYS, 0.2), "knel", 0.5, None, spans)
    return replace(judgement, **changes)  # type: ignore[arg-type]


def carries(title: str, text: str) -> bool:
    return carrier(title, "knel", LANGUAGE)(text) > 0


def test_words_that_speak_of_a_matter_carry_its_title() -> None:
    assert carries("Niet meer samen koken", TEXTS[0])


def test_what_only_goes_with_a_matter_does_not_carry_its_title() -> None:
    assert not carries("Niet meer samen koken", TEXTS[1])
    assert not carries("Niet meer samen koken", TEXTS[6])


def test_a_title_that_two_matters_share_is_carried_by_either() -> None:
    assert carries("Niet meer samen koken", TEXTS[2])


def test_a_noun_is_carried_by_who_names_it() -> None:
    assert carries("Het vaandel", TEXTS[4])
    assert not carries("Het vaandel", TEXTS[0])


def test_a_title_that_someone_else_gave_is_carried_by_all_they_put_under_it() -> None:
    assert carries("Wat de redactie ervan maakte", TEXTS[6])


def test_it_is_the_words_that_would_be_printed_that_must_carry_a_title() -> None:
    long = "Ik ging elke week naar de kookclub. Daarna liep ik langs het water naar huis."
    first, second = Span(0, 35), Span(36, len(long))
    assert how_surely("Niet meer samen koken", [told(1, long, first)], "knel", LANGUAGE)
    assert not how_surely("Niet meer samen koken", [told(1, long, second)], "knel", LANGUAGE)


def test_a_topic_that_no_quote_can_show_is_dissolved() -> None:
    unquotable = told(1, TEXTS[0], left_out="too short")
    beside_it = told(2, TEXTS[6])
    assert that_can_be_shown([("Niet meer samen koken", [unquotable, beside_it])], "knel", LANGUAGE) == [
        ("", [unquotable, beside_it])
    ]


def test_a_topic_stays_whose_quote_is_only_held_back() -> None:
    held_back = told(1, TEXTS[0], left_out="an editor dropped it", withheld=True)
    assert that_can_be_shown([("Niet meer samen koken", [held_back])], "knel", LANGUAGE) == [
        ("Niet meer samen koken", [held_back])
    ]


def test_what_carries_a_title_surest_comes_first() -> None:
    loose, sure = told(1, TEXTS[6]), told(2, TEXTS[0])
    (shown,) = that_can_be_shown([("Niet meer samen koken", [loose, sure])], "knel", LANGUAGE)
    assert shown == ("Niet meer samen koken", [sure, loose])


def test_who_gave_no_more_than_a_headline_is_no_item_of_the_rest() -> None:
    headline = told(1, "'Soep op de stoep'", use="headline")
    story = told(2, TEXTS[6])
    assert that_can_be_shown([("", [headline, story])], "knel", LANGUAGE) == [("", [story])]
    with_story = replace(headline, fragment=replace(headline.fragment, speaker="Spreker 2", record="t/2", dialogue=2))
    assert that_can_be_shown([("", [with_story, story])], "knel", LANGUAGE) == [("", [with_story, story])]
