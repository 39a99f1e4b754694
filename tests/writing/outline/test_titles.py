from __future__ import annotations

from rapporteur.types import Fragment, Span
from rapporteur.writing.outline.titles import by_noun, learn_nouns, telling_nouns, title

TEXTS = [
    "Het buurthuis ging dicht en de vrijwilligers waren weg.",
    "In het buurthuis zaten de vrijwilligers en de koffie was warm.",
    "De vrijwilligers van het buurthuis kregen geen sleutel.",
    "Het bos was stil en de bank was leeg.",
    "In het bos staat een bank, en die bank is van mijn Theo.",
    "Met de Theo van het bos heb ik gelopen.",
]


def test_a_title_names_the_nouns_that_the_texts_share() -> None:
    nouns = learn_nouns(TEXTS)
    telling = telling_nouns(TEXTS[:3], nouns)
    assert set(telling[:2]) == {"buurthuis", "vrijwilligers"}
    assert title(telling, nouns) in (
        "Het buurthuis en de vrijwilligers",
        "De vrijwilligers en het buurthuis",
    )


def test_a_noun_that_another_title_has_is_not_used_again() -> None:
    assert "buurthuis" not in telling_nouns(TEXTS[:3], learn_nouns(TEXTS), frozenset({"buurthuis"}))


def test_a_name_is_never_a_noun() -> None:
    assert "theo" not in learn_nouns(TEXTS).article


def test_texts_without_nouns_give_no_title() -> None:
    nouns = learn_nouns(["Ja, wij ook."])
    assert title(telling_nouns(["Ja, wij ook."], nouns), nouns) == ""


def told(texts: list[str]) -> list[Fragment]:
    return [
        Fragment(f"f{i}", f"t/{i}", "t", i, "1", 1, Span(0, len(text)), text, f"Spreker {i}")
        for i, text in enumerate(texts)
    ]


def test_a_noun_that_several_people_use_and_that_says_something_can_name_a_group() -> None:
    texts = ["Het vaandel was kwijt.", "Waar was het vaandel?", "Bij het vaandel stond hij."]
    assert by_noun(told(texts), learn_nouns(texts)) == "vaandel"


def test_a_short_noun_or_one_person_s_noun_names_no_group() -> None:
    texts = ["De deur was dicht.", "Die deur, ja.", "Bij de deur stond hij.", "Het vaandel was kwijt."]
    assert by_noun(told(texts), learn_nouns(texts)) == ""


def test_what_is_seen_in_a_photo_names_no_group() -> None:
    texts = ["De vuurtoren doet mij denken.", "Ik neem de vuurtoren.", "Bij de vuurtoren dacht ik dat."]
    assert by_noun(told(texts), learn_nouns(texts), {"vuurtoren"}) == ""
