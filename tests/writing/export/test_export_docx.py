"""What a reader, a program and LibreOffice find in the Word file, reopened from its bytes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rapporteur.writing.export.docx import DocxExporter
from rapporteur.writing.export.interface import Box, Bullets, Facts, Heading, Quote, RenderedReport
from rapporteur.writing.export.interface import Paragraph as Prose
from rapporteur.writing.export.ooxml import bookmark_name

Make = Callable[..., RenderedReport]
MakeQuote = Callable[..., Quote]


def exported(report: RenderedReport) -> bytes:
    return DocxExporter().to_bytes(report)


def opened(report: RenderedReport) -> Document:
    return docx.Document(io.BytesIO(exported(report)))


def member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name)


def styled(document: Document, style: str) -> list[Paragraph]:
    return [p for p in document.paragraphs if p.style is not None and p.style.name == style]


def printed_quotes(report: RenderedReport) -> list[Quote]:
    return [item for item in report.items if isinstance(item, Quote)]


def bookmarked(data: bytes) -> dict[str, str]:
    """Every bookmark of ours with the text between its start and its end, in document order."""
    found: dict[str, str] = {}
    open_names: dict[str, str] = {}
    for element in etree.fromstring(member(data, "word/document.xml")).iter():
        if element.tag == qn("w:bookmarkStart") and element.get(qn("w:name")).startswith("rq_"):
            open_names[element.get(qn("w:id"))] = element.get(qn("w:name"))
            found[element.get(qn("w:name"))] = ""
        elif element.tag == qn("w:bookmarkEnd"):
            open_names.pop(element.get(qn("w:id")), None)
        elif element.tag == qn("w:t"):
            for name in open_names.values():
                found[name] += element.text or ""
    return found


def property_pieces(data: bytes) -> list[str]:
    properties = {
        entry.get("name"): "".join(entry.itertext()) for entry in etree.fromstring(member(data, "docProps/custom.xml"))
    }
    names = sorted(
        (name for name in properties if name.startswith("rapporteur_manifest_")),
        key=lambda name: int(name.rpartition("_")[2]),
    )
    return [properties[name] for name in names]


# ---------------------------------------------------------------------------------- what one reads


def test_headings_are_headings_and_no_deeper_than_three_levels(with_items: Make) -> None:
    document = opened(with_items(*(Heading(f"Kop {level}", level) for level in (1, 2, 3, 4))))
    assert [(p.text, p.style.name) for p in document.paragraphs if p.text.startswith("Kop")] == [
        ("Kop 1", "Heading 1"),
        ("Kop 2", "Heading 2"),
        ("Kop 3", "Heading 3"),
        ("Kop 4", "Heading 3"),
    ]


def test_title_and_subtitle_come_first(report: RenderedReport) -> None:
    document = opened(report)
    assert [(p.text, p.style.name) for p in document.paragraphs[:3]] == [
        ("Nederland in gesprek", "Programma"),
        ("Groen in de wijk", "Title"),
        ("Wat inwoners vertelden in vier themadialogen", "Subtitle"),
    ]


def test_a_quote_reads_as_words_in_marks_then_role_and_dialogue(report: RenderedReport) -> None:
    paragraphs = styled(opened(report), "Citaat")
    assert paragraphs[0].text == "‘Ik heb drie maanden naar dezelfde schutting gekeken.’ (student, dialoog 1)"
    assert len(paragraphs) == len([q for q in printed_quotes(report) if not q.pull])
    for paragraph in paragraphs:
        assert paragraph.runs[-1].style.name == "Bronvermelding"


def test_a_pull_quote_has_a_style_of_its_own_and_is_anchored_like_any_quote(report: RenderedReport) -> None:
    (paragraph,) = styled(opened(report), "Uitgelicht citaat")
    assert paragraph.text.endswith("komt.’ (opa, dialoog 3)")
    assert "rq_pull_1" in bookmarked(exported(report))


def test_a_quote_without_attribution_has_no_empty_brackets(with_items: Make, quote: MakeQuote) -> None:
    (paragraph,) = styled(opened(with_items(quote("q", "Zo is het.", None, None))), "Citaat")
    assert paragraph.text == "‘Zo is het.’"


def test_awkward_words_stand_in_the_document_mark_for_mark(with_items: Make, quote: MakeQuote, awkward: str) -> None:
    report = with_items(quote("q", awkward))
    (paragraph,) = styled(opened(report), "Citaat")
    assert paragraph.text == f"‘{awkward}’ (deelnemer, dialoog 1)"
    assert bookmarked(exported(report)) == {"rq_q": f"‘{awkward}’"}


def test_a_character_that_xml_cannot_hold_is_left_out_and_stops_nothing(with_items: Make, quote: MakeQuote) -> None:
    report = with_items(quote("q", "Toen viel\x0b het\x00 stil."), Prose("Een\x1f zin."), Facts((("Wie\x01", "\x02"),)))
    assert bookmarked(exported(report)) == {"rq_q": "‘Toen viel het stil.’"}


def test_a_topic_is_a_bold_lead_with_its_text_behind_it(report: RenderedReport) -> None:
    paragraph = styled(opened(report), "Onderwerp")[1]
    assert paragraph.text.startswith("Niemand vroeg ons iets: Enkele deelnemers hoorden")
    assert paragraph.runs[0].text == "Niemand vroeg ons iets:"
    assert paragraph.runs[0].style.name == "Onderwerptitel"
    assert paragraph.runs[0].style.font.bold


def test_lists_are_lists_that_hang_from_their_own_mark(report: RenderedReport) -> None:
    document = opened(report)
    numbering = document.part.numbering_part.element

    def mark(paragraph: Paragraph) -> str:
        number = paragraph._p.pPr.numPr.numId.val
        definition = numbering.find(f"w:num[@w:numId='{number}']/w:abstractNumId", numbering.nsmap)
        identity = definition.get(qn("w:val"))
        path = f"w:abstractNum[@w:abstractNumId='{identity}']//w:lvlText"
        return str(numbering.find(path, numbering.nsmap).get(qn("w:val")))

    wanted = [(item.mark, text) for item in report.items if isinstance(item, Bullets) for text in item.items]
    assert [(mark(p), p.text) for p in styled(document, "Opsomming")] == wanted
    assert {found for found, _ in wanted} == {"–", "+"}


def test_facts_are_a_table_whose_rows_are_named_by_their_first_cell(report: RenderedReport) -> None:
    (table,) = opened(report).tables
    assert [cell.text for cell in table.rows[2].cells] == ["Deelnemers", "31 mensen"]
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"
    assert "Deelnemers" in table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_the_first_row_of_a_table_names_its_columns_and_comes_again_on_a_next_page(report: RenderedReport) -> None:
    (table,) = opened(report).tables
    assert [cell.text for cell in table.rows[0].cells] == ["Gegeven", "Uit de verslagen"]
    assert [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows][:2] == [True, False]
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"


def test_no_empty_paragraph_stands_in_for_white_space(report: RenderedReport) -> None:
    assert [p for p in opened(report).paragraphs if not p.text.strip()] == []


def test_headings_skip_no_level_whatever_a_report_asks(with_items: Make) -> None:
    document = opened(with_items(*(Heading(f"Kop {level}", level) for level in (2, 3, 1, 3, 2))))
    assert [p.style.name for p in document.paragraphs if p.text.startswith("Kop")] == [
        *("Heading 1", "Heading 2", "Heading 1", "Heading 2", "Heading 2"),
    ]


def test_two_boxes_in_a_row_stay_two(with_items: Make) -> None:
    document = opened(with_items(Box("Eerste", ("Een.", "Twee.")), Box("Tweede", ("Drie.",))))
    boxed = [p for p in document.paragraphs if p.style.name.startswith("Kader")]
    assert [p.style.name for p in boxed] == ["Kadertitel", "Kadertekst", "Kadertekst", "Kadertitel", "Kadertekst"]
    # Word and LibreOffice draw one frame round paragraphs with the same frame that are indented alike.
    assert len({p.paragraph_format.left_indent for p in boxed[:3]}) == 1
    assert {p.paragraph_format.left_indent for p in boxed[:3]}.isdisjoint(
        p.paragraph_format.left_indent for p in boxed[3:]
    )


def test_the_summary_has_a_page_of_its_own(report: RenderedReport) -> None:
    breaks = [p.text for p in opened(report).paragraphs if p.paragraph_format.page_break_before]
    assert breaks == ["Inleiding"]


def test_the_colophon_closes_the_report_in_small_type(report: RenderedReport) -> None:
    document = opened(report)
    assert [p.text for p in document.paragraphs[-3:]] == ["Colofon", *report.colophon]
    assert document.paragraphs[-3].style.name == "Heading 1"
    assert document.paragraphs[-1].style.name == "Colofon"
    assert document.styles["Colofon"].font.size < document.styles["Heading 1"].font.size


def test_headings_and_topic_leads_stay_with_what_follows() -> None:
    document = opened(RenderedReport("T", "", (), "t"))
    for style in ("Heading 1", "Heading 2", "Heading 3", "Onderwerp", "Kadertitel"):
        assert document.styles[style].paragraph_format.keep_with_next
    assert document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:widowControl')}") is not None


def test_a_paragraph_stays_with_one_that_announces_what_follows(with_items: Make) -> None:
    opening, lead, after = Prose("Mensen vertelden veel."), Prose("Het ging over:"), Prose("Zo was het.")
    document = opened(with_items(opening, lead, after))
    kept = {p.text: bool(p.paragraph_format.keep_with_next) for p in document.paragraphs}
    assert (kept[opening.text], kept[lead.text], kept[after.text]) == (True, True, False)


def test_pages_are_a4_with_the_title_above_and_the_page_number_below(report: RenderedReport) -> None:
    section = opened(report).sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert section.header.paragraphs[0].text == report.title
    assert section.first_page_header.paragraphs[0].text == ""
    for footer in (section.footer, section.first_page_footer):
        (paragraph,) = footer.paragraphs
        assert "".join(t.text for t in paragraph._p.iter(qn("w:t"))) == "Pagina 1 van 1"
        fields = [field.get(qn("w:instr")) for field in paragraph._p.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]


# ------------------------------------------------------------------------------ what a program reads


def test_the_document_says_that_it_is_dutch(report: RenderedReport) -> None:
    data = exported(report)
    for name in ("word/styles.xml", "word/settings.xml", "word/document.xml"):
        assert b"en-US" not in member(data, name)
    defaults = etree.fromstring(member(data, "word/styles.xml")).find(qn("w:docDefaults"))
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:val")) == "nl-NL"


def test_core_properties_tell_title_theme_language_and_the_moment_of_drafting(report: RenderedReport) -> None:
    core = opened(report).core_properties
    assert (core.title, core.subject, core.language) == (report.title, report.theme, "nl-NL")
    assert core.author == "Nederland in gesprek"
    assert core.comments == ""
    assert core.created == core.modified == datetime(2021, 6, 1, 7, 30, tzinfo=UTC)


def test_a_title_longer_than_a_property_may_be_is_cut_there_and_nowhere_else(report: RenderedReport) -> None:
    long = replace(report, title="Groen " * 60)
    document = opened(long)
    assert document.core_properties.title == long.title[:255]
    assert styled(document, "Title")[0].text == long.title


def test_each_quote_lies_in_a_bookmark_with_its_marks_and_nothing_else(report: RenderedReport) -> None:
    assert list(bookmarked(exported(report)).values()) == [f"‘{q.text}’" for q in printed_quotes(report)]


def test_the_manifest_ties_each_bookmark_to_its_fragment_in_both_places(report: RenderedReport) -> None:
    data = exported(report)
    manifest = json.loads("".join(property_pieces(data)))
    xml = etree.fromstring(member(data, "customXml/item2.xml"))
    assert xml.tag == "{urn:rapporteur:manifest}manifest"
    assert json.loads(xml.text) == manifest
    assert {key: value for key, value in manifest.items() if key != "quotes"} == {
        "theme": "groen-in-de-wijk",
        "drafted": report.drafted,
        "voice": "extractive",
        "corpus_fingerprint": "3f9c2a71",
        "report_fingerprint": "b04d55e8",
    }
    words = bookmarked(data)
    assert list(manifest["quotes"]) == list(words)
    for name, entry in manifest["quotes"].items():
        assert entry["sha256"] == hashlib.sha256(words[name][1:-1].encode()).hexdigest()
    assert [entry["fragment"] for entry in manifest["quotes"].values()] == [
        quote.fragment for quote in printed_quotes(report)
    ]


def test_no_piece_of_the_manifest_is_longer_than_word_keeps_or_can_be_trimmed_or_unescaped(
    report: RenderedReport, quote: MakeQuote
) -> None:
    theme = "  een thema met spaties én accenten  " * 9
    pieces = property_pieces(exported(replace(report, theme=theme, items=(quote("x0041_", "Ja, dat klopt."),))))
    assert len(pieces) > 1
    for piece in pieces:
        assert len(piece) <= 255
        assert piece == piece.strip()
        assert piece.isascii()
        assert not re.search(r"_x[0-9A-Fa-f]{4}_", piece)
    manifest = json.loads("".join(pieces))
    assert manifest["theme"] == theme
    assert list(manifest["quotes"]) == ["rq_x0041_"]


def test_quote_ids_that_look_alike_to_word_get_bookmarks_of_their_own(with_items: Make, quote: MakeQuote) -> None:
    ids = ("knel-1", "knel_1", "KNEL 1", "knel/één", "a" * 60, "a" * 61)
    report = with_items(*(quote(identity, f"Dit is zin {n}.") for n, identity in enumerate(ids)))
    assert bookmarked(exported(report)) == {
        "rq_knel_1": "‘Dit is zin 0.’",
        "rq_knel_1_2": "‘Dit is zin 1.’",
        "rq_KNEL_1_3": "‘Dit is zin 2.’",
        "rq_knel___n": "‘Dit is zin 3.’",
        "rq_" + "a" * 37: "‘Dit is zin 4.’",
        "rq_" + "a" * 35 + "_2": "‘Dit is zin 5.’",
    }


@given(st.lists(st.text(max_size=60), max_size=30))
def test_bookmark_names_obey_word_and_never_coincide(ids: list[str]) -> None:
    taken: set[str] = set()
    names = [bookmark_name(f"rq_{identity}", taken) for identity in ids]
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", name) for name in names)
    assert len({name.lower() for name in names}) == len(ids)


def test_the_same_report_gives_the_same_bytes(report: RenderedReport) -> None:
    data = exported(report)
    shuffled = replace(report, properties=dict(reversed(report.properties.items())))
    assert exported(shuffled) == data
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_of_the_template_is_left_that_tells_of_another_document(report: RenderedReport) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(report))) as file:
        assert not [name for name in file.namelist() if "thumbnail" in name or "WithEffects" in name]
    assert "Colorful Grid" not in [style.name for style in opened(report).styles]


def test_a_report_of_nothing_still_opens() -> None:
    assert [p.text for p in opened(RenderedReport("Leeg", "", (), "leeg")).paragraphs] == ["Leeg"]


# --------------------------------------------------------------------------------- what LibreOffice keeps

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed here"
)


def saved_again(file: Path, kind: str, folder: Path) -> Path:
    """The file, opened by LibreOffice and saved as `kind` in `folder`."""
    target = folder / kind
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(target), str(file)],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(folder)},
    )
    return target / f"{file.stem}.{kind}"


@needs_libreoffice
@pytest.mark.parametrize("path", [("docx",), ("odt", "docx")], ids=["saved", "by way of odt"])
def test_libreoffice_keeps_every_bookmark_its_words_and_the_manifest(
    report: RenderedReport, tmp_path: Path, path: tuple[str, ...]
) -> None:
    data = exported(report)
    file = tmp_path / "verslag.docx"
    file.write_bytes(data)
    for kind in path:
        file = saved_again(file, kind, tmp_path)
    again = file.read_bytes()
    assert bookmarked(again) == bookmarked(data)
    assert json.loads("".join(property_pieces(again))) == json.loads("".join(property_pieces(data)))
    assert len(styled(docx.Document(str(file)), "Citaat")) == len(styled(opened(report), "Citaat"))
