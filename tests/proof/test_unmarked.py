"""Words that an attribution says somebody spoke, though no mark shows it: proved, or said, and never passed over."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.registry import read_document

WORDS = "Wij gaan de markt opheffen"
Told = list[tuple[str, str | None, int | None]]
Write = Callable[[Path, str], None]


def told(document: ReadDocument) -> Told:
    return [
        (q.text, q.attribution.role if q.attribution else None, q.attribution.dialogue if q.attribution else None)
        for q in document.quotations
    ]


def read(folder: Path, name: str, text: str) -> ReadDocument:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_document(path)


def in_word(folder: Path, *paragraphs: str, bold: bool = False) -> ReadDocument:
    document = docx.Document()
    for text in paragraphs:
        words, bracket, said = text.partition(" (")
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(1)
        paragraph.add_run(words).bold = bold
        paragraph.add_run(bracket + said)
    document.save(str(folder / "verslag.docx"))
    return read_document(folder / "verslag.docx")


@pytest.mark.parametrize(
    "text",
    [
        f"{WORDS} (kok, dialoog 3)",
        f"{WORDS}\n(kok, dialoog 3)",
        f"{WORDS} – kok, dialoog 3",
        f"{WORDS} [kok, D3]",
        f"{WORDS}, aldus een kok uit dialoog 3.",
        f"Kok (dialoog 3): {WORDS}",
        f"Een kok uit de derde dialoog zei: {WORDS}",
        f"– {WORDS} (kok, dialoog 3)",
    ],
)
@pytest.mark.parametrize("suffix", [".docx", ".md", ".html", ".json"])
def test_words_that_are_a_passage_of_their_own_are_a_quotation(tmp_path: Path, suffix: str, text: str) -> None:
    if suffix == ".docx":
        document = in_word(tmp_path, text)
    elif suffix == ".json":
        document = read(tmp_path, "a.json", json.dumps({"blocks": [{"kind": "paragraph", "text": text}]}))
    else:
        document = read(tmp_path, f"a{suffix}", f"<p>{escape(text)}</p>" if suffix == ".html" else text)
    ((words, role, dialogue),) = told(document)
    assert (words.rstrip("."), (role or "").casefold(), dialogue) == (WORDS, "kok", 3)
    assert document.findings == ()


@pytest.mark.parametrize(
    "text",
    [
        f"**{WORDS}** (kok, dialoog 3)",
        f"Zo klonk het: **{WORDS}** (kok, dialoog 3). Toen werd het stil aan tafel.",
        f"`{WORDS}` (kok, dialoog 3)",
        f"> {WORDS} — kok, dialoog 3",
        f"| Citaat | Wie |\n| --- | --- |\n| {WORDS} | kok, dialoog 3 |",
        f"| Citaat | Rol | Dialoog |\n| --- | --- | --- |\n| {WORDS} | kok | 3 |",
        f"{WORDS}\n\n(kok, dialoog 3)",
        f"{WORDS}\n\nKok (dialoog 3)",
        f"{WORDS}\n\nEen kok uit dialoog 3",
    ],
)
def test_words_set_apart_in_markdown_are_a_quotation(tmp_path: Path, text: str) -> None:
    assert [(words, (role or "").casefold(), n) for words, role, n in told(read(tmp_path, "a.md", text))] == [
        (WORDS, "kok", 3)
    ]


def test_words_set_apart_in_word_are_a_quotation(tmp_path: Path) -> None:
    assert told(in_word(tmp_path, f"{WORDS} (kok, dialoog 3)", bold=True)) == [(WORDS, "kok", 3)]
    assert told(in_word(tmp_path, WORDS, "(kok, dialoog 3)")) == [(WORDS, "kok", 3)]
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, (WORDS, "kok", "dialoog 3"), strict=True):
        cell.text = text
    document.save(str(tmp_path / "tabel.docx"))
    assert told(read_document(tmp_path / "tabel.docx")) == [(WORDS, "kok", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "De markt liep leeg. De kok verliest zijn klanten (kok, dialoog 3). Dat was jammer.",
        "De markt loopt leeg (kok, dialoog 3) en de kerk ook (bakker, dialoog 2).",
        "Over de markt:\n\n(kok, dialoog 3)",
        "Er was veel te doen. Ik verlies mijn klanten (kok, dialoog 3) en dat bleef zo.",
    ],
)
@pytest.mark.parametrize("suffix", [".md", ".json"])
def test_an_attribution_in_running_text_that_no_quotation_has_is_a_warning(
    tmp_path: Path, suffix: str, text: str
) -> None:
    whole = text if suffix == ".md" else json.dumps({"text": text})
    document = read(tmp_path, f"a{suffix}", whole)
    assert document.quotations == ()
    assert {(f.check, f.severity) for f in document.findings} == {("attribution", "warning")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Een deelnemer zei: wij missen de markt. Zo is het.", ["Een deelnemer zei: wij missen de markt"]),
        ("Er was veel. Een kok vertelde: Ik mis haar.", ["Een kok vertelde: Ik mis haar."]),
        ("Een kok zei: ‘Ik mis haar.’", []),
        ("Een deelnemer zei het volgende: meer groen en minder haast.", []),
        ("Genoemd zijn: meer groen en onze markt.", []),
    ],
)
def test_what_somebody_is_said_to_have_spoken_without_marks_is_a_warning(
    tmp_path: Path, text: str, said: list[str]
) -> None:
    found = read(tmp_path, "a.md", text).findings
    assert [(f.check, f.severity, f.text) for f in found] == [("attribution", "warning", words) for words in said]


@pytest.mark.parametrize(
    "text",
    [
        "In dialoog 3 vertelde een kok dat de markt leegloopt.",
        "Een kok (dialoog 3) vertelde dat de markt leegloopt.",
        "Mensen (wethouder, dialoog 2) vertelden dat zij de markt missen.",
        "De markt loopt leeg, aldus een kok (dialoog 3).",
        "Ook een moestuin werd genoemd (kok, dialoog 3).",
        "Het project *Samen eten in de buurt* (kok, dialoog 3) loopt goed.",
        "Een kok noemde *De kracht van het kleine gebaar* (dialoog 3).",
        "Aan tafel zaten onder meer:\n\n- kapper, dialoog 3\n- kok, dialoog 3\n- bakker, dialoog 3",
        "## Dialoog 3\n\nHier ging het over de markt.\n\n### Het verhaal van een kok (dialoog 3)",
        "Wij lazen alles.\n\nGesprekken 4",
    ],
)
def test_what_a_writer_tells_in_other_words_accuses_nobody(tmp_path: Path, text: str) -> None:
    document = read(tmp_path, "a.md", text)
    assert document.quotations == () and document.findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Hij gaf het boek ‘De meeste mensen zijn aardiger dan je denkt’ door.",
        "De vraag ‘Wat heeft deze buurt nu echt van ons nodig?’ kwam terug.",
        "Onder de noemer ‘Iedereen doet mee op zijn eigen manier’ begon het.",
        "Zie ook ‘De kracht van samen eten in de wijk’ (Jansen, 2019).",
        "Zij wilden daarna ‘de draad weer gewoon op te pakken’ met elkaar.",
    ],
)
def test_a_title_or_a_turn_of_phrase_is_known_for_what_it_may_be(tmp_path: Path, text: str) -> None:
    (quotation,) = read(tmp_path, "a.md", text).quotations
    assert quotation.may_be_the_writers


@pytest.mark.parametrize(
    "text",
    [
        "‘Wij gaan de markt opheffen en dan bouwen we huizen.’",
        "Iemand zei: ‘De markt gaat weg en dan komen er huizen.’",
        "Bewoners zeiden ‘dat de markt hier weg moet’ en gingen.",
        "Het boek ‘De markt van vroeger en nu’ (kok, dialoog 3).",
    ],
)
def test_what_somebody_is_said_to_have_spoken_is_no_title(tmp_path: Path, text: str) -> None:
    (quotation,) = read(tmp_path, "a.md", text).quotations
    assert not quotation.may_be_the_writers


def test_the_name_of_a_part_of_the_document_is_no_quotation(tmp_path: Path) -> None:
    text = "Lees ‘Wat er nodig is om elkaar te zien’ hieronder.\n\n## 2. Wat er nodig is om elkaar te zien"
    assert read(tmp_path, "a.md", text).quotations == ()


@pytest.mark.parametrize(
    "text",
    [
        "Een buis van 6\" of 8\" past, en een fiets van 24' of 28' ook.",
        'Het scherm van 24" was "te klein" en een tv van 55" ook niet.',
    ],
)
def test_inches_and_feet_are_no_quotation_marks(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, "a.md", text).quotations == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘Ik wil,’ zei een kok uit dialoog 3, ‘dat het stopt.’", [("Ik wil,\u2063 dat het stopt.", "kok", 3)]),
        ("‘Ik wil’, zei een kok, ‘dat het stopt’ (dialoog 3).", [("Ik wil,\u2063 dat het stopt", "kok", 3)]),
        (
            "‘Ik wil dat het nu stopt,’ zei een kok in dialoog 3. ‘Het is mij te veel geworden.’",
            [("Ik wil dat het nu stopt,", "kok", 3), ("Het is mij te veel geworden.", "kok", 3)],
        ),
    ],
)
def test_an_interrupted_quotation_is_one_persons(tmp_path: Path, text: str, expected: Told) -> None:
    assert told(read(tmp_path, "a.md", text)) == expected


def test_thousands_of_bookmarks_in_one_paragraph_are_thousands_of_quotations(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for number in range(3_000):
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(number))
            mark.set(qn("w:name"), f"rq_{number}")
            paragraph._p.append(mark)
            if tag == "w:bookmarkStart":
                paragraph.add_run(f"‘Ik mis de markt, voor de {number}e keer.’")
        paragraph.add_run(" (kok, dialoog 2) ")
    document.save(str(tmp_path / "lang.docx"))
    assert len(read_document(tmp_path / "lang.docx").quotations) == 3_000
