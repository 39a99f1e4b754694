from __future__ import annotations

from rapporteur.types import Fragment, Span
from rapporteur.writing.outline.support import distinct, opposing


def said(position: int, speaker: str | None, text: str, record: str = "t/1") -> Fragment:
    return Fragment(f"{record}/{position}", record, "t", 1, f"{position}", position, Span(0, len(text)), text, speaker)


STORY = said(1, "Aya", "Ik werk op dinsdag thuis en dat geeft me lucht.")


def test_a_reaction_that_opposes_goes_against_the_topic() -> None:
    reply = said(2, "Ben", "Leuk voor jullie, maar ik sta aan de band.")
    assert opposing([STORY, reply]) == {reply.id}


def test_the_same_words_long_after_or_by_the_same_person_or_without_speakers_are_a_story() -> None:
    words = "Dat werkt niet, zo'n rooster."
    for other in (said(9, "Ben", words), said(2, "Aya", words), said(2, None, words), said(2, "Ben", words, "t/2")):
        assert not opposing([STORY, other])


def test_agreement_is_no_opposition() -> None:
    assert not opposing([STORY, said(2, "Ben", "Dat heb ik ook, die ene dag thuis.")])


def test_one_person_who_says_nearly_the_same_again_made_one_statement() -> None:
    again = said(5, "Aya", "Ik werk dus op dinsdag thuis en dat geeft me lucht!")
    assert distinct([STORY, again]) == [STORY]


def test_two_people_who_say_the_same_made_two_statements() -> None:
    assert len(distinct([STORY, said(5, "Ben", STORY.text)])) == 2
