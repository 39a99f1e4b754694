"""What stands in a kader is concrete; a headline goes with the topic its maker's story stands in."""

from __future__ import annotations

from rapporteur.types import Fragment, Judgement, QuoteRef, SectionKey, Span, Support, Topic
from rapporteur.writing.outline.boxes import worked_out
from rapporteur.writing.outline.headlines import headlines

SOUP = (
    "Wij doen elke vrijdag soep op straat, bij ons in de wijk. Twee pannen, een klaptafel erbij, "
    "en wie iets over heeft neemt een stoel mee voor een ander uit de buurt."
)
WISH = (
    "Ik zou het mooi vinden als iedereen wat meer naar elkaar omkeek en als de mensen elkaar weer gewoon gedag zeiden "
    "wanneer zij elkaar tegenkomen, want daar wordt het hele leven een stuk prettiger van voor ons allemaal samen."
)


def judged(name: str, text: str, section: SectionKey = "ideeen", person: str = "Bo", use: str = "quote") -> Judgement:
    span = Span(0, len(text))
    fragment = Fragment(name, "groen/1", "groen", 1, name, 0, span, text, person, "kok")
    return Judgement(fragment, {}, section, 0.5, None, (span,), use=use)  # type: ignore[arg-type]


def topic(title: str, *fragments: str, quotes: tuple[QuoteRef, ...] = ()) -> Topic:
    return Topic(title, "knel", fragments, Support(1, (1,), 1), quotes)


def test_a_concrete_idea_stands_in_a_box_and_a_general_wish_does_not() -> None:
    assert [j.fragment.id for j in worked_out([judged("wens", WISH), judged("soep", SOUP)])] == ["soep"]


def test_one_person_fills_one_box_and_only_ideas_do() -> None:
    again = judged("nog", SOUP.replace("vrijdag", "zaterdag"))
    assert len(worked_out([judged("soep", SOUP), again, judged("knel", SOUP, "knel", "Ans")])) == 1


def test_what_leans_on_what_was_said_before_is_no_box() -> None:
    assert worked_out([judged("dan", f"Dan {SOUP[:1].lower()}{SOUP[1:]}")]) == ()


def test_a_headline_follows_its_makers_story_and_is_printed_once() -> None:
    story, kop = judged("verhaal", SOUP, "knel"), judged("kop", "Soep op straat.", "knel", use="headline")
    topics = [topic("Soep", "verhaal"), topic("Straat", "verhaal")]
    assert [(t.title, quote.fragment) for t, quote in headlines(topics, [story, kop])] == [("Soep", "kop")]


def test_a_headline_whose_words_are_quoted_already_is_left_out() -> None:
    story, kop = (
        judged("verhaal", SOUP, "knel"),
        judged("kop", "Twee pannen, een klaptafel erbij", "knel", use="headline"),
    )
    quoted = topic("Soep", "verhaal", quotes=(QuoteRef("verhaal", (Span(0, len(SOUP)),)),))
    assert headlines([quoted], [story, kop]) == []
