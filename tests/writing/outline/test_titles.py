from __future__ import annotations

from rapporteur.types import Fragment, Span
from rapporteur.writing.outline.likeness import Lexicon
from rapporteur.writing.outline.matters import standard_bank
from rapporteur.writing.outline.titles import learn_nouns, name_groups, telling_nouns, title

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


def names(*groups: list[str]) -> list[str]:
    texts = [text for group in groups for text in group]
    bank = standard_bank()
    found = name_groups([told(g) for g in groups], "knel", Lexicon(texts, bank), bank, learn_nouns(texts))
    return [name.title for name in found]


def test_a_title_is_the_matter_that_a_groups_people_speak_of() -> None:
    assert names(
        ["Ik was zo eenzaam in die maanden.", "Mijn tante is in die tijd vereenzaamd.", "Ze zat maar te wachten."],
        ["Overal lag zwerfafval.", "Die troep, dat zwerfafval langs de sloot!"],
    ) == ["Eenzaamheid", "Zwerfafval"]


def test_what_one_person_mentions_does_not_name_a_group() -> None:
    assert names(["Ik was eenzaam.", "De fanfare.", "Het liep anders.", "Toen regende het."]) == [""]


def test_no_two_groups_have_the_same_title() -> None:
    found = names(["Zo eenzaam.", "Wat was ik eenzaam."], ["Eenzaam was zij.", "Hij werd eenzaam."])
    assert found.count("Eenzaamheid") == 1


def test_without_a_matter_the_noun_that_several_people_use_names_the_group() -> None:
    texts = ["Het vaandel was kwijt.", "Waar was het vaandel?", "Bij het vaandel stond hij."]
    assert names(texts) == ["Het vaandel"]
