"""OpenDocument: paragraphs and tables in document order, tracked changes accepted, nothing lost in silence."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.docx import DocxReader
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.odt import OdtReader

CORPUS = Path(__file__).parents[3] / "corpus"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{ODF}:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
        "manifest": "manifest",
    }.items()
)
STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text" style:parent-style-name="T1"/>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="Title" style:family="paragraph" style:parent-style-name="P1"/>'
)
MakeOdt = Callable[..., Path]


@pytest.fixture
def make_odt(tmp_path: Path) -> MakeOdt:
    """Write an .odt of which `body` is the XML inside `office:text`, with further parts by name."""

    def make(body: str, *, kind: str = "text", **parts: str) -> Path:
        content = (
            f"<office:document-content {NAMESPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
        )
        path = tmp_path / "dialoog-1.odt"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("content.xml", content)
            for name, inside in parts.items():
                archive.writestr(name.replace("__", "/") + ".xml", f"<root {NAMESPACES}>{inside}</root>")
        return path

    return make


def paragraph(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def heading(text: str, level: int = 2) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def turn(label: str, text: str) -> str:
    return paragraph(f'<text:span text:style-name="T2">{label}</text:span>{text}')


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<table:table-cell>{paragraph(cell)}</table:table-cell>" for cell in row) for row in rows)
    return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in cells)}</table:table>"


def read(path: Path) -> Reading:
    return OdtReader().read(path, path.name)


def test_a_bold_label_opens_a_turn_and_paragraphs_without_one_continue_it(make_odt: MakeOdt) -> None:
    body = turn("student mbo (19 jaar):", " Eerst dit.") + paragraph("Amsterdam: daar begon het.")
    [said] = read(make_odt(body)).turns
    assert (said.speaker, said.role) == ("student mbo", "19 jaar")
    assert said.text == "Eerst dit.\nAmsterdam: daar begon het."


def test_headings_give_the_round_and_titles_are_headings(make_odt: MakeOdt) -> None:
    body = "".join(
        (
            '<text:p text:style-name="P1">Verslag van de avond</text:p>',
            heading("Knel en kiem"),
            turn("Anna:", " Een."),
            heading("Lunch", 3),
            turn("Bram:", " Twee."),
            heading("Ronde 2: dromen"),
            turn("Cor:", " Drie."),
        )
    )
    reading = read(make_odt(body))
    assert [said.round for said in reading.turns] == ["knel-kiem", "knel-kiem", "dromen"]
    assert [(entry.words, entry.why) for entry in reading.left_out] == [(1, "a heading, not someone's words")]


def test_white_space_tabs_and_line_breaks_are_read_as_the_format_says(make_odt: MakeOdt) -> None:
    said = ' een\n   twee<text:s text:c="2"/>drie<text:tab/>vier <text:line-break/> vijf<text:soft-page-break/> zes'
    [first] = read(make_odt(turn("Anna:", said))).turns
    assert first.text == "een twee  drie\tvier vijf zes"


def test_a_count_of_spaces_beyond_reason_is_no_reason_to_run_out_of_memory(make_odt: MakeOdt) -> None:
    [said] = read(make_odt(turn("Anna:", ' a<text:s text:c="99999999999999"/>b'))).turns
    assert said.text.split() == ["a", "b"]


def test_tracked_changes_are_read_as_accepted(make_odt: MakeOdt) -> None:
    deleted = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        f"{paragraph('Dit is weg.')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    inserted = '<text:change-start text:change-id="c2"/>mooi<text:change-end text:change-id="c2"/>'
    reading = read(make_odt(deleted + turn("Anna:", f' Het was <text:change text:change-id="c1"/>{inserted}.')))
    assert [said.text for said in reading.turns] == ["Het was mooi."]
    assert reading.left_out == ()


def test_what_stands_aside_is_left_out_and_said_to_be(make_odt: MakeOdt) -> None:
    note = f'<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>{paragraph("een noot")}'
    comment = f"<office:annotation><creator>Piet</creator>{paragraph('klopt dit wel')}</office:annotation>"
    frame = f"<draw:frame><draw:text-box>{paragraph('in het grote kader')}</draw:text-box><svg:desc>foto</svg:desc>"
    reading = read(
        make_odt(
            turn("Anna:", f" Ja{note}</text:note>{comment} en{frame}</draw:frame> nee."),
            styles=f"<style:header>{paragraph('Concept')}</style:header><style:footer>{paragraph('bladzij 1')}"
            "</style:footer>",
        )
    )
    assert [said.text for said in reading.turns] == ["Ja en nee."]
    assert [(entry.words, entry.why) for entry in reading.left_out] == [
        (2, "stands in a footnote"),
        (3, "stands in a comment"),
        (4, "stands in a text box"),
        (3, "stands in a page header or footer"),
    ]


def test_a_table_of_contents_is_nobodys_words(make_odt: MakeOdt) -> None:
    contents = f"<text:table-of-content><text:index-body>{paragraph('Dromen 3')}</text:index-body>"
    reading = read(make_odt(f"{contents}</text:table-of-content>{turn('Anna:', ' Ja.')}"))
    assert [entry.words for entry in reading.left_out] == [2]


def test_a_table_of_two_columns_holds_the_metadata(make_odt: MakeOdt) -> None:
    rows = (("Thema", "Wonen"), ("Dialoog", "3"), ("Datum", "12 april 2022"), ("Zaal", "2"))
    metadata = read(make_odt(table(*rows) + turn("Anna:", " Ja."))).metadata
    assert (metadata.theme, metadata.dialogue, metadata.date) == ("Wonen", 3, "2022-04-12")


def test_a_table_with_columns_for_speaker_and_text_holds_turns_in_document_order(make_odt: MakeOdt) -> None:
    rows = (("Spreker", "Functie", "Tekst"), ("Bram", "bakker", "Tweede."))
    body = turn("Anna:", " Eerste.") + table(*rows) + turn("Anna:", " Derde.")
    turns = read(make_odt(body)).turns
    assert [(said.speaker, said.role, said.text) for said in turns] == [
        ("Anna", None, "Eerste."),
        ("Bram", "bakker", "Tweede."),
        ("Anna", None, "Derde."),
    ]
    assert [said.locator.paragraph for said in turns if said.locator] == [1, 5, 8]


def test_every_word_of_the_file_is_in_a_turn_in_the_metadata_or_left_out(make_odt: MakeOdt) -> None:
    note = f'<text:note text:note-class="endnote">{paragraph("noot van twee")}</text:note>'
    lists = f"<text:list><text:list-item>{paragraph('punt een')}</text:list-item></text:list>"
    body = "".join(
        (
            table(("Thema", "Wonen"), ("Dialoog", "3")),
            paragraph("Aanwezig waren tien mensen."),
            turn("Anna (kok):", f" Ik wil dat{note} wel."),
            f"<text:section>{lists}{paragraph('En nog iets.')}</text:section>",
            table(("koffie", "drie kannen")),
            heading("Pauze"),
        )
    )
    reading = read(make_odt(body))
    said = " ".join(f"{t.speaker} {t.role} {t.text}" for t in reading.turns)
    metadata = "Thema Wonen Dialoog 3"
    in_file = 4 + 4 + 2 + 4 + 3 + 2 + 3 + 3 + 1
    assert in_file == len(said.split()) + len(metadata.split()) + sum(entry.words for entry in reading.left_out)


def test_a_file_with_a_password_is_refused_with_what_to_do(make_odt: MakeOdt) -> None:
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(RecordRefused, match="protected with a password") as refusal:
        read(make_odt(turn("Anna:", " Ja."), **{"META-INF__manifest": entry}))
    assert "(.odt) without a password" in refusal.value.hint


def test_a_sheet_with_the_ending_of_a_text_is_refused(make_odt: MakeOdt) -> None:
    with pytest.raises(RecordRefused, match="holds no text"):
        read(make_odt(table(("Spreker", "Tekst")), kind="spreadsheet"))


@pytest.mark.parametrize("body", ["<text:p/>" * 1_000_000, "<text:section>" * 5_000 + "</text:section>" * 5_000])
def test_what_would_make_a_parser_run_away_is_refused(make_odt: MakeOdt, body: str) -> None:
    with pytest.raises(RecordRefused, match=r"unreasonable size|damaged"):
        read(make_odt(body))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_a_word_file_saved_as_opendocument_says_the_same(tmp_path: Path) -> None:
    source = CORPUS / "werken-en-leren" / "dialoog-2.docx"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    ours, words = read(tmp_path / "dialoog-2.odt"), DocxReader().read(source, source.name)
    assert [(t.speaker, t.role, t.round, t.text) for t in ours.turns] == [
        (t.speaker, t.role, t.round, t.text) for t in words.turns
    ]
    assert (ours.metadata, ours.left_out) == (words.metadata, words.left_out)
