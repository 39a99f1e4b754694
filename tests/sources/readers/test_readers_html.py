"""Web pages: what a reader sees is read, who speaks is known by bold, list or table, the rest is said."""

from __future__ import annotations

import pytest

from rapporteur.errors import RecordRefused


def said(reading) -> list[tuple[str | None, str | None, str]]:
    return [(turn.speaker, turn.role, turn.text) for turn in reading.turns]


def test_paragraphs_lines_and_entities_are_read_as_a_browser_shows_them(read_text_as) -> None:
    text = (
        "<!DOCTYPE html><html><body><h2>Knel en kiem</h2><p><b>Anna (kok):</b> Ik mis\n  de <i>mark</i>t &amp; het "
        "caf&eacute;.<br>Echt.<br/><strong>Bram</strong>: Ik ook.</p><p>En meer.</p><h2>Lunch</h2>"
        '<p><span style="font-weight: 700">student mbo:</span> Ja.'
    )
    reading = read_text_as(".html", text)
    assert said(reading) == [
        ("Anna", "kok", "Ik mis de markt & het café. Echt."),
        ("Bram", None, "Ik ook.\nEn meer."),
        ("student mbo", None, "Ja."),
    ]
    assert [turn.round for turn in reading.turns] == ["knel-kiem", "knel-kiem", None]
    assert len({str(turn.locator) for turn in reading.turns}) == 3
    assert reading.turns[1].locator.line == 2


def test_metadata_stands_in_lines_a_list_or_a_table(read_text_as) -> None:
    text = (
        "<h1>Verslag</h1><p>Thema: Wonen<br>Dialoog: 3</p><dl><dt>Datum</dt><dd>5 april 2022</dd></dl>"
        "<table><tr><th>Gemeente<td>Haarveen<tr><th>Deelnemers<td>8</table><p><b>Anna:</b> Hoi.</p>"
    )
    metadata = read_text_as(".html", text).metadata
    assert (metadata.theme, metadata.dialogue, metadata.date, metadata.participants) == ("Wonen", 3, "2022-04-05", 8)
    assert metadata.host and metadata.host.municipality == "Haarveen"


def test_a_list_of_names_with_what_they_say_holds_turns(read_text_as) -> None:
    text = "<dl><dt>Anna (kok)</dt><dd>Brood.</dd><dd><p>En meel.</p></dd><dt>student mbo:<dd>Ja.</dl>"
    assert said(read_text_as(".html", text)) == [("Anna", "kok", "Brood.\nEn meel."), ("student mbo", None, "Ja.")]


def test_a_table_of_turns_may_have_cells_over_several_rows_or_columns(read_text_as) -> None:
    text = (
        "<table><caption>De tafel</caption><tr><th>Spreker<th>Ronde<th>Opm<th>Tekst</tr>"
        "<tr><td rowspan=2>Anna<td>Dromen<td><td>Een.<p>Twee.</tr><tr><td colspan=2>Dromen<td rowspan=2>Drie.</tr>"
        "<tr><td>Bram<td><td></tr></table>"
    )
    reading = read_text_as(".html", text)
    assert [(t.speaker, t.round, t.text) for t in reading.turns] == [
        ("Anna", "dromen", "Een.\nTwee."),
        ("Anna", "dromen", "Drie."),
    ]
    assert [(e.words, e.why) for e in reading.left_out] == [
        (1, "a row without text"),
        (2, "stands in a table but in none of its cells"),
    ]


def test_a_table_that_only_lays_out_the_page_is_read_as_its_paragraphs(read_text_as) -> None:
    text = "<table><tr><td><table><tr><td><p><b>Anna:</b> Hoi.</p></td></tr></table></td></tr></table>"
    assert said(read_text_as(".html", text)) == [("Anna", None, "Hoi.")]


def test_preformatted_lines_are_lines(read_text_as) -> None:
    assert said(read_text_as(".html", "<pre>Anna: een\ntwee\nBram: drie</pre>")) == [
        ("Anna", None, "een twee"),
        ("Bram", None, "drie"),
    ]


@pytest.mark.parametrize(
    ("markup", "words", "why"),
    [
        ("<script>var a = 1;</script>", 3, "is a script"),
        ("<style>p { color: red }</style>", 3, "is a style sheet"),
        ("<nav><ul><li>Thuis<li>Over ons</ul></nav>", 3, "stands in the navigation of the page"),
        ("<footer>gemeente Haarveen</footer>", 2, "stands in the footer of the page"),
        ("<aside>lees ook dit</aside>", 3, "stands beside the page"),
        ("<noscript>zet scripts aan</noscript>", 3, "is for browsers without scripts"),
        ('<p style="display:none">stiekem</p>', 1, "is hidden"),
        ("<p hidden>stiekem <b>erin</b></p>", 2, "is hidden"),
        ("<del>eerst dit</del>", 2, "is struck out"),
        ("<table><tr><td>koffie<td>drie kannen</table>", 3, "a table without a row of known column names"),
    ],
)
def test_what_nobody_said_is_left_out_and_said_to_be(read_text_as, markup: str, words: int, why: str) -> None:
    reading = read_text_as(".html", f"<p><b>Anna:</b> Voor</p>{markup}<p>en na.</p>")
    assert (words, why) in [(entry.words, entry.why) for entry in reading.left_out]
    assert all("stiekem" not in turn.text and "koffie" not in turn.text for turn in reading.turns)


def test_the_words_after_an_element_that_is_left_out_are_read(read_text_as) -> None:
    text = "<p><b>Anna:</b> Een <del>niet dit</del> twee<script>x</script> drie.<!-- en dit ook niet --> Vier.</p>"
    assert said(read_text_as(".html", text)) == [("Anna", None, "Een twee drie. Vier.")]


def test_an_xhtml_page_with_a_declaration_is_read(read_text_as) -> None:
    text = (
        '<?xml version="1.0" encoding="iso-8859-1"?><html xmlns="http://www.w3.org/1999/xhtml"><p>Zoë: Café.</p></html>'
    )
    assert said(read_text_as(".htm", text)) == [("Zoë", None, "Café.")]


def test_no_entity_is_taken_from_outside_or_expanded(read_text_as, tmp_path) -> None:
    (tmp_path / "geheim").write_text("verklapt", "utf-8")
    bomb = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))
    entities = f'<!ENTITY a SYSTEM "file://{tmp_path}/geheim"><!ENTITY b0 "boem">{bomb}'
    reading = read_text_as(".html", f"<!DOCTYPE html [{entities}]><p><b>Anna:</b> dit &a; en &b11; dat</p>")
    assert reading.turns[-1].text == "dit &a; en &b11; dat"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Anna: geen opmaak, wel woorden.", "no markup"),
        ("<div>" * 1_000 + "Anna: diep", "cannot|can be read whole"),
        ("<p>Anna: " + "lang " * 3_000_000, "the limit is 10 MB"),
        ("<i>" * 600_000, "far more markup"),
    ],
    ids=["plain text", "too deep", "too long", "too much"],
)
def test_a_page_that_would_not_be_read_whole_is_refused(read_text_as, content: str, reason: str) -> None:
    with pytest.raises(RecordRefused, match=reason):
        read_text_as(".html", content)
