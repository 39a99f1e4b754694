"""A report in the look of a Word file of the user's own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from rapporteur.errors import HouseStyleUnusable
from rapporteur.writing.export.docx import DocxExporter
from rapporteur.writing.export.house_style import read_house_style
from rapporteur.writing.export.interface import Box, Bullets, Heading, RenderedReport
from tests.writing.export.house_styles import FOOT, GREEN, LETTER, house_style, logo, with_part
from tests.writing.export.test_export_docx import (
    bookmarked,
    exported,
    member,
    needs_libreoffice,
    property_pieces,
    saved_again,
)

Make = Callable[..., RenderedReport]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return house_style(tmp_path / "huisstijl.docx")


def set_in(template: Path, report: RenderedReport) -> bytes:
    return DocxExporter(read_house_style(template)).to_bytes(report)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def style_of(document: Document, text: str) -> str:
    return next(p.style.name for p in document.paragraphs if p.text.startswith(text))


def test_pieces_of_a_report_get_the_styles_of_the_house_by_whatever_name(
    template: Path, report: RenderedReport
) -> None:
    document = opened(set_in(template, report))
    assert style_of(document, "Groen in de wijk") == "Title"
    assert style_of(document, "Inleiding") == "Heading 1"
    assert style_of(document, "‘Ik heb drie maanden") == "Quote"
    assert style_of(document, "Wie geen tuin heeft") == "List Bullet"
    ids = {p._p.pPr.pStyle.val for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.pStyle is not None}
    assert {"Titel", "Kop1", "Kop2", "Citaat1", "Lijstopsomteken"} <= ids
    known = {style.get(qn("w:styleId")) for style in document.styles.element.findall(qn("w:style"))}
    assert ids <= known


def test_styles_the_house_lacks_come_from_ours_on_top_of_its_own_and_in_its_colours(
    template: Path, report: RenderedReport
) -> None:
    document = opened(set_in(template, report))
    assert style_of(document, "Niemand vroeg ons iets:") == "Onderwerp"
    assert document.styles["Onderwerp"].base_style.style_id == "Standaard"
    assert str(document.styles["Onderwerptitel"].font.color.rgb) == GREEN
    assert document.styles["Kadertekst"].base_style.name == "Kader"
    text = etree.tostring(document.styles.element).decode()
    assert "154273" not in text and "01689B" not in text and "EEF5FA" not in text


def test_page_header_logo_and_footer_are_those_of_the_house(template: Path, report: RenderedReport) -> None:
    data = set_in(template, report)
    section = opened(data).sections[0]
    assert round(section.left_margin.cm, 1) == 4.0
    assert section.footer.paragraphs[0].text == FOOT
    assert section.header._element.findall(f".//{qn('w:drawing')}")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert [file.read(name) for name in file.namelist() if "/media/" in name] == [logo()]


def test_nothing_that_the_house_style_said_asked_or_remembered_is_left(template: Path, report: RenderedReport) -> None:
    data = set_in(template, report)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        everything = b"".join(file.read(name) for name in file.namelist())
        assert not [name for name in file.namelist() if "comments" in name]
    for past in (LETTER, "Secretaris", "Nog bellen", "brief.dotm", "documentProtection", "Jan van Dijk"):
        assert past.encode() not in everything


def test_bookmarks_manifest_language_and_words_are_as_without_a_house_style(
    template: Path, report: RenderedReport
) -> None:
    data, plain = set_in(template, report), exported(report)
    assert bookmarked(data) == bookmarked(plain)
    assert property_pieces(data) == property_pieces(plain)
    assert [p.text for p in opened(data).paragraphs] == [p.text for p in opened(plain).paragraphs]
    for lang in etree.fromstring(member(data, "word/styles.xml")).iter(qn("w:lang")):
        assert lang.get(qn("w:val")) == "nl-NL"
    assert opened(data).core_properties.title == report.title


def test_a_house_style_made_from_one_of_our_own_reports_brings_no_manifest_of_that_report(
    tmp_path: Path, report: RenderedReport, with_items: Make
) -> None:
    old = tmp_path / "ouder.docx"
    old.write_bytes(exported(report))
    new = with_items(*report.items[:12])
    data = set_in(old, new)
    assert property_pieces(data) == property_pieces(exported(new))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        manifests = [n for n in file.namelist() if n.startswith("customXml/item") and b"urn:rapporteur" in file.read(n)]
    assert len(manifests) == 2  # the manifest and its properties


def test_lists_keep_our_marks_among_the_lists_of_the_house(template: Path, report: RenderedReport) -> None:
    document = opened(set_in(template, report))
    numbering = document.part.numbering_part.element
    uses = [int(num.get(qn("w:numId"))) for num in numbering.findall(qn("w:num"))]
    assert len(uses) == len(set(uses))
    kinds = [child.tag for child in numbering]
    assert kinds == sorted(kinds, key=lambda tag: tag != qn("w:abstractNum"))
    marks = [lvl.get(qn("w:val")) for lvl in numbering.iter(qn("w:lvlText"))]
    assert {"–", "+"} <= set(marks)


def test_headings_that_the_house_numbers_are_not_numbered_twice(tmp_path: Path, with_items: Make) -> None:
    file = house_style(tmp_path / "genummerd.docx")
    document = docx.Document(str(file))
    properties = document.styles["Heading 1"].element.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = 1
    document.save(str(file))
    made = opened(set_in(file, with_items(Heading("1. Knelpunten", 1), Bullets(("Een.",)))))
    (heading,) = [p for p in made.paragraphs if p.text == "1. Knelpunten"]
    assert heading._p.pPr.numPr.numId.val == 0


def test_two_boxes_in_a_row_stay_two_in_a_house_style_too(template: Path, with_items: Make) -> None:
    document = opened(set_in(template, with_items(Box("Eerste", ("Een.",)), Box("Tweede", ("Drie.",)))))
    first, second = (p.paragraph_format.left_indent for p in document.paragraphs if p.text in ("Eerste", "Tweede"))
    assert first != second


def test_a_house_style_without_header_and_footer_gets_ours(tmp_path: Path, report: RenderedReport) -> None:
    file = tmp_path / "kaal.docx"
    docx.Document().save(str(file))
    section = opened(set_in(file, report)).sections[0]
    assert section.header.paragraphs[0].text == report.title
    assert section.footer.paragraphs[0].text.startswith("Pagina ")


def test_a_dotx_is_a_house_style_too(template: Path, tmp_path: Path, report: RenderedReport) -> None:
    change = (b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml")
    dotx = with_part(template, tmp_path / "huisstijl.dotx", "[Content_Types].xml", change)
    assert set_in(dotx, report) == set_in(template, report)


def test_the_same_report_in_the_same_house_style_gives_the_same_bytes(template: Path, report: RenderedReport) -> None:
    assert set_in(template, report) == set_in(template, report)


def test_what_cannot_be_a_house_style_is_refused_and_said_why(template: Path, tmp_path: Path) -> None:
    (tmp_path / "tekst.docx").write_text("geen zip", "utf-8")
    (tmp_path / "leeg.docx").write_bytes(b"")
    (tmp_path / "half.docx").write_bytes(template.read_bytes()[:5000])
    (tmp_path / "map.docx").mkdir()
    types = "[Content_Types].xml"
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = (main, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    sheet = (main, b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
    with_part(template, tmp_path / "macro.docm", types, macros)
    with_part(template, tmp_path / "blad.docx", types, sheet)
    with_part(template, tmp_path / "vba.docx", "word/vbaProject.bin", b"\xd0\xcf")
    with_part(template, tmp_path / "bom.docx", "word/extra.xml", b"<a>" + b" " * 30_000_000 + b"</a>")
    with_part(template, tmp_path / "entiteit.docx", "word/extra.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    (tmp_path / "hoofdstuk.docx").write_bytes(template.read_bytes().replace(b"word/document.xml", b"word/dokument.xml"))
    for name, why in (
        ("afwezig.docx", "no such file"),
        ("tekst.docx", "not a Word document"),
        ("leeg.docx", "not a Word document"),
        ("half.docx", "damaged"),
        ("map.docx", "cannot be opened"),
        ("macro.docm", "macros"),
        ("vba.docx", "macros"),
        ("blad.docx", "not a Word document"),
        ("bom.docx", "unreasonable size"),
        ("entiteit.docx", "document type or entities"),
        ("hoofdstuk.docx", ""),
    ):
        with pytest.raises(HouseStyleUnusable) as refused:
            read_house_style(tmp_path / name)
        assert why in refused.value.what and name in refused.value.what
        assert refused.value.exit_code == 2


@needs_libreoffice
def test_libreoffice_opens_a_report_in_a_house_style_and_keeps_its_quotes(
    template: Path, report: RenderedReport, tmp_path: Path
) -> None:
    data = set_in(template, report)
    file = tmp_path / "verslag.docx"
    file.write_bytes(data)
    again = saved_again(file, "docx", tmp_path).read_bytes()
    assert bookmarked(again) == bookmarked(data)
    # And what LibreOffice saves is a house style in its turn.
    in_its_style = set_in(saved_again(template, "docx", tmp_path), report)
    assert bookmarked(in_its_style) == bookmarked(data)
    with zipfile.ZipFile(io.BytesIO(in_its_style)) as written:
        assert len(written.namelist()) == len(set(written.namelist()))
