from __future__ import annotations

from rapporteur.writing.outline.titles import learn_nouns, telling_nouns, title

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
