"""What stands in the margin beside a quote."""

from __future__ import annotations

from rapporteur.proof.context import SourceInContext
from rapporteur.proof.render_comment import to_comment
from rapporteur.types import Fragment, Locator, Span, Verdict


def turn(text: str, role: str | None = "kok") -> Fragment:
    place = Locator("soep.docx", paragraph=7)
    return Fragment("soep/2/a1", "soep/2", "soep", 2, "a1", 0, Span(0, len(text)), text, role=role, locator=place)


def test_the_words_around_a_quote_are_those_of_the_same_turn_first() -> None:
    source = SourceInContext(
        turn("Eerst dit. De soep was op. Toen dat."), turn("Wie begint?", "gastvrouw"), turn("Ja.")
    )
    assert to_comment(Verdict("verbatim", "soep/2/a1", Span(11, 25)), source).split("\n") == [
        "✓ Letterlijk",
        "Fragment: soep/2/a1",
        "Gezegd door: kok, dialoog 2, thema soep",
        "Plaats: soep.docx, alinea 7",
        "Eerder (gastvrouw): Wie begint?",
        "Ervoor: Eerst dit.",
        "Erna: Toen dat.",
        "Daarna (kok): Ja.",
    ]


def test_an_altered_quote_says_what_the_record_says() -> None:
    change = {
        "verslag": "was niet op",
        "citaat": "was op",
        "verslag_span": (0, 1),
        "citaat_span": (0, 1),
        "fragment": "",
    }
    verdict = Verdict("altered", "soep/2/a1", Span(0, 19), difference=(change,))  # type: ignore[arg-type]
    told = to_comment(verdict, SourceInContext(turn("De soep was niet op."), None, None))
    assert "✗ Gewijzigd\nIn het verslag: was niet op / in het citaat: was op\n" in told


def test_a_quote_of_nobody_says_that_no_place_was_found() -> None:
    told = to_comment(Verdict("not-found", why="Geen verslag heeft deze woorden."), None)
    assert told == "✗ Niet in de verslagen\nGeen verslag heeft deze woorden.\nGeen plaats in de verslagen gevonden."


def test_long_turns_are_cut_to_what_a_margin_holds() -> None:
    text = "woord " * 200 + "kern " + "einde " * 200
    source = SourceInContext(turn(text), turn("voor"), turn("na"))
    told = to_comment(Verdict("verbatim", "soep/2/a1", Span(1200, 1204)), source)
    assert len(told.split()) < 110
    assert "Eerder" not in told and "Daarna" not in told
