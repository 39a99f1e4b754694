"""Markdown, HTML and JSON: what a reader sees is read, and what a file says twice must be the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.registry import read_document
from rapporteur.types import Attribution
from rapporteur.writing.export.interface import Heading, Paragraph, Quote, RenderedReport
from rapporteur.writing.export.registry import exporter_for

WORDS = "Ik mis de markt en het praatje bij de viskraam."
QUOTED = f"‘{WORDS}’ (kok, dialoog 2)"


def read(tmp_path: Path, name: str, content: str | bytes) -> ReadDocument:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(path)


def words(document: ReadDocument) -> list[str]:
    return [quotation.text for quotation in document.quotations]


# ----------------------------------------------------------------------------- what a reader sees


@pytest.mark.parametrize("name", ["a.md", "a.html"])
@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<del>niet </del>", "struck out"),
        ("<s>niet </s>", "struck out"),
        ("<span hidden>niet </span>", "hidden"),
        ('<span style="display: none">niet </span>', "hidden"),
        ('<span style="visibility:hidden">niet </span>', "hidden"),
        ('<span style="font-size:0">niet </span>', "hidden"),
        ('<span style="opacity: 0">niet </span>', "hidden"),
        ("<!-- niet -->", "in a comment"),
        ("<iframe>niet </iframe>", "inside"),
    ],
)
def test_words_that_do_not_show_are_not_read_and_said(tmp_path: Path, name: str, inside: str, why: str) -> None:
    document = read(tmp_path, name, f"<p>‘Ik wil {inside}terug naar de oude markt.’ (kok, dialoog 2)</p>")
    assert words(document) == ["Ik wil terug naar de oude markt."]
    ((check, severity, text),) = [(f.check, f.severity, f.text) for f in document.findings]
    assert (check, severity, text) == ("not-read", "info", "niet")
    assert why in document.findings[0].why


@pytest.mark.parametrize("name", ["a.md", "a.html"])
@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("ni<wbr>et", "niet"),
        ("<ins>niet</ins>", "niet"),
        ("<b>ni</b>et", "niet"),
        ("<ruby>wel<rp>(</rp><rt>niet</rt><rp>)</rp></ruby>", "wel (niet)"),
        ("<font>niet</font>", "niet"),
        ("niet<sup><a href='#1'>1</a></sup>", "niet"),
    ],
)
def test_words_that_show_are_read_however_they_are_marked_up(
    tmp_path: Path, name: str, inside: str, shown: str
) -> None:
    document = read(tmp_path, name, f"<p>‘Ik wil {inside} terug naar de oude markt.’ (kok, dialoog 2)</p>")
    assert words(document) == [f"Ik wil {shown} terug naar de oude markt."]


@pytest.mark.parametrize(
    ("inside", "how"),
    [
        ("<script>document.title = 'niet'</script>", "in a script"),
        ('<script src="https://elders.example/niet.js"></script>', "in a script"),
        ("<style>p::before { content: 'niet' }</style>", "in a style sheet"),
        ('<meta http-equiv="refresh" content="0;url=https://elders.example/">', "in a script"),
        ('<link rel="stylesheet" href="https://elders.example/niet.css">', "in a style sheet"),
        ('<link rel="icon" href="niet.png">', None),
        ('<script type="application/json">{"niet": 1}</script>', None),
        ("<style>p::before { content: '– ' }</style>", None),
    ],
)
def test_what_may_put_other_words_before_a_reader_is_said(tmp_path: Path, inside: str, how: str | None) -> None:
    document = read(tmp_path, "a.html", f"<html><head>{inside}</head><body><p>{QUOTED}</p></body></html>")
    assert words(document) == [WORDS]
    assert [f.check for f in document.findings if how and how in f.why] == (["not-read"] if how else [])
    assert bool(document.findings) == bool(how)


@pytest.mark.parametrize(
    ("inside", "how"),
    [
        ('<b onclick="niet()">nu</b>', "in a script"),
        ('<a href="javascript:niet()">nu</a>', "in a script"),
        ('<a href="https://elders.example/">nu</a>', None),
        ('<input value="niet">', "inside <input>"),
    ],
)
def test_what_an_element_may_do_or_hold_beside_its_text_is_said(tmp_path: Path, inside: str, how: str | None) -> None:
    findings = read(tmp_path, "a.html", f"<p>Wij spreken {inside} verder.</p>").findings
    assert [(f.check, how in f.why) for f in findings if how] == ([("not-read", True)] if how else [])
    assert bool(findings) == bool(how)


@pytest.mark.parametrize(("name", "picture"), [("a.html", f'<img alt="{QUOTED}">'), ("a.md", f"![{QUOTED}](a.png)")])
def test_the_description_of_a_picture_is_a_passage_of_its_own(tmp_path: Path, name: str, picture: str) -> None:
    document = read(tmp_path, name, f"<p>Een {picture} plaatje.</p>" if name == "a.html" else f"Een {picture} plaatje.")
    assert [(q.text, q.place) for q in document.quotations] == [(WORDS, "line 1, description of a picture")]
    assert [p.text for p in document.passages] == ["Een plaatje.", QUOTED]


@pytest.mark.parametrize("rule", [".weg {display:none}", "p { display : none }", "#a, h1 {visibility: hidden}"])
def test_a_style_sheet_in_the_page_hides_too(tmp_path: Path, rule: str) -> None:
    page = f'<style>{rule}</style><p id="a" class="weg">{QUOTED}</p><div>Slot.</div>'
    assert words(read(tmp_path, "a.html", page)) == []


def test_markdown_between_hidden_html_is_hidden(tmp_path: Path) -> None:
    text = f'<div style="display:none">\n\n{QUOTED}\n\n</div>\n\nZij zei: {QUOTED}\n'
    document = read(tmp_path, "a.md", text)
    assert [(q.text, q.place) for q in document.quotations] == [(WORDS, "line 7")]
    assert [f.check for f in document.findings] == ["not-read"]


def test_words_struck_out_in_markdown_are_not_read(tmp_path: Path) -> None:
    document = read(tmp_path, "a.md", "‘Ik wil ~~niet~~ terug naar de oude markt.’ (kok, dialoog 2)")
    assert words(document) == ["Ik wil terug naar de oude markt."]


def test_what_our_own_markdown_notes_for_programs_is_not_mentioned(tmp_path: Path) -> None:
    assert read(tmp_path, "a.md", f'{QUOTED}\n\n<!-- rapporteur-quotes {{"q1": "f1"}} -->\n').findings == ()


def test_a_passage_knows_its_line_its_heading_and_its_quotations(tmp_path: Path) -> None:
    passages = read(tmp_path, "a.md", f"# Knel\n\nTwee mensen.\n\n> {QUOTED}\n").passages
    assert [(p.text, p.place, p.heading, p.level, p.quotations, p.prose) for p in passages] == [
        ("Knel", "line 1", "", 1, (), "Knel"),
        ("Twee mensen.", "line 3", "Knel", None, (), "Twee mensen."),
        (QUOTED, "line 5", "Knel", None, (0,), ""),
    ]


@pytest.mark.parametrize("suffix", [".md", ".html", ".json", ".docx"])
def test_our_own_report_may_quote_someone_who_speaks_of_a_quotation(tmp_path: Path, suffix: str) -> None:
    inner = "Hij las voor: ‘Ik ga hier weg’ (kok, dialoog 3) en toen bleef het stil aan tafel."
    items = (
        Heading("Knelpunten", 1),
        Paragraph("Een mens."),
        Quote("q1", inner, "bakker, dialoog 1", "f1", "bakker", 1),
        Quote("q2", WORDS, "kok, dialoog 2", "f2", "kok", 2),
    )
    path = tmp_path / f"report{suffix}"
    path.write_bytes(exporter_for(path).to_bytes(RenderedReport("Buurt", "", items, "buurt")))
    read_back = read_document(path)
    assert [(q.text, q.attribution.dialogue if q.attribution else None) for q in read_back.quotations] == [
        (inner, 1),
        (WORDS, 2),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", f"Zo klonk het: *{WORDS}* (kok, dialoog 2). Dat was alles."),
        ("a.html", f"<p>Zo klonk het: <i>{WORDS}</i> (kok, dialoog 2). Dat was <em>alles</em>.</p>"),
        ("a.html", "<p><em>Ik mis de <b>markt</b> en het praatje bij de viskraam.</em> (kok, dialoog 2)</p>"),
    ],
)
def test_words_in_italics_with_an_attribution_are_a_quotation_without_marks(
    tmp_path: Path, name: str, text: str
) -> None:
    (quotation,) = read(tmp_path, name, text).quotations
    assert quotation.text == WORDS
    assert quotation.attribution
    assert (quotation.attribution.role, quotation.attribution.dialogue) == ("kok", 2)


@pytest.mark.parametrize("text", ["De *markt* (zie kader) is weg.", "Mensen missen de *markt* erg (dialoog 2)."])
def test_other_words_in_italics_are_none(tmp_path: Path, text: str) -> None:
    assert words(read(tmp_path, "a.md", text)) == []


# ---------------------------------------------------------------------------------------- JSON


def block(tmp_path: Path, **keys: object) -> ReadDocument:
    return read(tmp_path, "a.json", json.dumps({"blocks": [{"kind": "quote", "text": WORDS, **keys}]}))


@pytest.mark.parametrize(
    "keys",
    [
        {"role": "kok", "dialogue": 2, "attribution": "kok, dialoog 3"},
        {"role": "kok", "dialogue": 2, "attribution": "bakker, dialoog 2"},
        {"role": "kok", "dialogue": 2, "attribution": "(een bakker uit dialoog 2)"},
        {"role": "kok", "dialogue": 2, "text": f"‘{WORDS}’ (kok, dialoog 3)"},
        {"attribution": "kok, dialoog 2", "text": f"‘{WORDS}’ (kok, dialoog 3)"},
    ],
)
def test_a_json_block_that_says_two_things_of_who_spoke_is_an_error(tmp_path: Path, keys: dict[str, object]) -> None:
    document = block(tmp_path, **keys)
    assert words(document) == [WORDS]
    assert [(f.check, f.severity, f.text) for f in document.findings] == [("attribution", "error", WORDS)]


def test_what_a_json_block_prints_counts_before_its_fields(tmp_path: Path) -> None:
    (quotation,) = block(tmp_path, role="kok", dialogue=2, attribution="dialoog 3").quotations
    assert quotation.attribution == Attribution("dialoog 3", "kok", 3)


@pytest.mark.parametrize(
    "keys",
    [
        {"role": "kok", "dialogue": 2, "attribution": "kok, dialoog 2"},
        {"role": "Kok", "dialogue": "2", "attribution": "(kok, dialoog 2)"},
        {"role": "kok", "dialogue": 2, "attribution": "dialoog 2"},
        {"role": "kok", "dialogue": 2, "attribution": ""},
        {"role": "kok", "dialogue": 2, "text": f"‘{WORDS}’ (kok, dialoog 2)"},
        {"attribution": "een kok uit dialoog 2"},
    ],
)
def test_a_json_block_that_agrees_with_itself_is_no_error(tmp_path: Path, keys: dict[str, object]) -> None:
    document = block(tmp_path, **keys)
    assert (words(document), document.findings) == ([WORDS], ())
    assert document.quotations[0].attribution
    assert document.quotations[0].attribution.dialogue == 2


def test_brackets_inside_the_words_of_a_json_block_are_words(tmp_path: Path) -> None:
    text = "Kom maar, zei hij (en hij wees)"
    assert words(block(tmp_path, text=text, role="kok", dialogue=2)) == [text]


def test_names_for_programs_are_no_prose(tmp_path: Path) -> None:
    report = {"theme": "buurt", "sections": [{"heading": "Knel", "level": 2, "blocks": [{"id": "p1", "text": "Zo."}]}]}
    passages = read(tmp_path, "a.json", json.dumps(report)).passages
    assert [(p.text, p.heading, p.level) for p in passages] == [("Knel", "", 2), ("Zo.", "Knel", None)]


# ------------------------------------------------------------------------------ what is no document


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "<" * 30_000),
        ("a.md", "a " * 5_500_000),
        ("a.md", "‘a’ " * 210_000),
        ("a.html", "<p>" + "‘a’ " * 210_000),
        ("a.html", "<div>" * 5_000 + "a"),
        ("a.json", json.dumps({"text": "‘a’ " * 210_000})),
    ],
)
def test_what_no_report_can_be_is_refused_at_once(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(DocumentUnreadable) as raised:
        read(tmp_path, name, content)
    assert raised.value.what.endswith(".")


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.json"])
def test_one_long_line_of_quotations_is_read_whole(tmp_path: Path, name: str) -> None:
    line = f"{QUOTED} " * 3_000
    document = read(tmp_path, name, json.dumps({"text": line}) if name == "a.json" else line)
    assert words(document) == [WORDS] * 3_000


def test_a_curly_apostrophe_in_a_role_is_no_other_speaker(tmp_path: Path) -> None:
    stated = {"attribution": "(zzp'er, dialoog 2)", "text": f"‘{WORDS}’ (zzp’er, dialoog 2)"}
    content = json.dumps({"blocks": [{"kind": "quote", **stated}]})
    assert read(tmp_path, "report.json", content).findings == ()
