from __future__ import annotations

import pytest

from rapporteur.dutch.counts import counts_in
from rapporteur.dutch.stopwords import STOP_WORDS
from rapporteur.types import SECTION_KEYS
from rapporteur.writing.outline.matters import Matter, make_bank, standard_bank

MATTERS = standard_bank().matters.values()


@pytest.mark.parametrize("matter", MATTERS, ids=lambda m: m.id)
def test_every_matter_has_titles_and_words_that_can_be_used(matter: Matter) -> None:
    assert matter.titles
    assert all(title == title.strip() and title[0].isupper() and title[-1] != "." for title in matter.titles.values())
    assert matter.words and len(matter.words) + len(matter.hints) >= 5
    assert not [
        w for w in (*matter.words, *matter.hints) if w.count("*") > 1 or "*" in w[1:-1] or len(w.strip("*")) < 2
    ]


@pytest.mark.parametrize("matter", MATTERS, ids=lambda m: m.id)
@pytest.mark.parametrize(
    "said",
    [
        "Drie deelnemers spraken hierover, in drie van de vier dialogen.",
        "In dialoog 2 dachten twee deelnemers hierover mee.",
    ],
)
def test_no_title_changes_what_the_number_after_it_counts(matter: Matter, said: str) -> None:
    alone = [(c.number, c.scope, c.what, c.loose) for c in counts_in(said)]
    for title in matter.titles.values():
        assert [(c.number, c.scope, c.what, c.loose) for c in counts_in(f"{title}: {said}")] == alone, title


def test_content_has_a_title_in_four_sections_and_the_talk_itself_in_one() -> None:
    content = set(SECTION_KEYS) - {"procesobservaties"}
    assert {frozenset(m.titles) for m in MATTERS} == {frozenset(content), frozenset({"procesobservaties"})}


def test_a_counterpart_is_a_matter_and_the_pull_is_mutual() -> None:
    matters = standard_bank().matters
    assert all(matters[m.against].against == m.id for m in MATTERS if m.against)


def test_a_word_a_beginning_an_ending_and_a_phrase_are_found_in_running_text() -> None:
    bank = make_bank([Matter("tuin", {"knel": "Tuinen"}, ("*tuin", "zaai*", "gras", "in de kas", "samen tuin*"))])
    found = bank.expressions("In de moestuin zaaiden we gras; in de kas niet. Samen tuinieren!")
    assert found == {"*tuin": 1, "zaai*": 1, "gras": 1, "in de kas": 1, "samen tuin*": 1}


def test_a_part_of_a_word_is_not_the_word() -> None:
    bank = make_bank([Matter("gras", {"knel": "Gras"}, ("gras", "in de kas"))])
    assert not bank.expressions("Het grasveld, in de kast.")


def test_a_function_word_speaks_of_nothing() -> None:
    word = min(STOP_WORDS)
    assert not make_bank([Matter("x", {"knel": "X"}, (word,))]).expressions(word)


def test_a_hint_speaks_of_a_matter_and_does_not_name_it() -> None:
    bank = make_bank([Matter("tuin", {"knel": "Tuinen"}, ("moestuin",), hints=("gras",))])
    assert bank.owners("gras") == ["tuin"]
    assert bank.names("moestuin", "tuin") and not bank.names("gras", "tuin")
