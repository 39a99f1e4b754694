from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rapporteur.types import SECTION_KEYS, Fragment, Judgement, SectionKey, Span
from rapporteur.writing.outline.plan import Outline, outline


def told(dialogue: int, position: int, speaker: str, text: str, section: SectionKey = "dromen") -> Judgement:
    place = f"t/{dialogue}"
    fragment = Fragment(
        f"{place}/{position}", place, "t", dialogue, f"{position}", position, Span(0, len(text)), text, speaker
    )
    scores = {key: float(key == section) for key in SECTION_KEYS}
    return Judgement(fragment, scores, section, 0.5 + position / 100, None, (Span(0, len(text)),))


def planned(judgements: Sequence[Judgement]) -> Outline:
    rng = np.random.default_rng(1)
    vectors = {j.fragment.id: rng.normal(size=8).astype(np.float32) for j in judgements}
    return outline("t", judgements, vectors, {})


AUTOS = [
    told(1, 30, "Aya", "Ik droom van een autovrije straat zonder auto's."),
    told(2, 30, "Ben", "Autovrij, minder auto's, dat zou mooi zijn."),
]
PARKING = [
    told(3, 30, "Cas", "Ik wil mijn bus kunnen parkeren, een parkeerplaats per huis."),
    told(4, 30, "Dia", "Parkeren bij de deur, een parkeerplek, dat is mijn wens."),
]


def test_wishes_that_pull_against_each_other_are_a_tension() -> None:
    (pair,) = planned([*AUTOS, *PARKING]).tensions
    assert {topic.title for topic in pair} == {"Minder auto's in de straat", "Bereikbaar blijven, ook met de auto"}


def test_wishes_of_one_kind_are_no_tension() -> None:
    assert not planned(AUTOS).tensions


def test_every_dialogue_with_a_quotable_fragment_is_heard() -> None:
    many = [told(1, n, f"Spreker {n}", f"Minder auto's in straat {n}, dat is mijn wens.") for n in range(30)]
    found = planned([*many, *(told(d, 1, "Eva", f"Autovrij in wijk {d}, graag.") for d in (2, 3, 4, 5, 6, 7))])
    quoted = [q.fragment for topics in found.topics.values() for topic in topics for q in topic.quotes]
    assert {q.split("/")[1] for q in quoted} == {"1", "2", "3", "4", "5", "6", "7"}
    assert len(quoted) == len(set(quoted))


def test_a_quote_under_a_title_carries_it_however_well_another_part_of_the_story_reads() -> None:
    beside_it = told(1, 31, "Aya", "En toen kwam mijn zus langs met een taart, die woont daar ook al jaren.")
    (topic,) = planned([*AUTOS, beside_it]).topics["dromen"]
    assert topic.title == "Minder auto's in de straat"
    assert beside_it.fragment.id in topic.fragments
    assert beside_it.fragment.id not in {quote.fragment for quote in topic.quotes}


def test_who_does_not_speak_of_a_title_is_not_counted_under_it() -> None:
    other = told(3, 30, "Cas", "Ik wil dat de lepels weer in de la liggen, dat is alles.")
    titled, rest = planned([*AUTOS, other]).topics["dromen"]
    assert (titled.support.people, rest.title, rest.support.people) == (2, "Andere wensen", 1)
    assert other.fragment.id not in titled.fragments
