"""OpenDocument and PDF: the same report, opened and saved by another program or printed, gives the same quotations."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.registry import read_document
from rapporteur.writing.export.docx import DocxExporter
from rapporteur.writing.export.interface import (
    Box,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    Quote,
    RenderedReport,
    TopicLead,
)
from tests.sources.readers.test_readers_pdf import PICTURE, line, lines, pdf

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
    for name, of in {
        "office": "office",
        "text": "text",
        "style": "style",
        "table": "table",
        "draw": "drawing",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
        "meta": "meta",
    }.items()
)
WORDS = "Ik mis de markt en het praatje bij de viskraam."
QUOTED = f"‘{WORDS}’ (kok, dialoog 2)"
STYLES = """
<style:style style:name="Mijn_20_stijl" style:family="paragraph" style:parent-style-name="Citaat"/>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Mijn_20_stijl"/>
<style:style style:name="Citaat" style:family="paragraph"/>
<style:style style:name="Weg" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="PWeg" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Door" style:family="text">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="Wit" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>
"""


def odt(tmp_path: Path, body: str, **parts: str) -> ReadDocument:
    path = tmp_path / "report.odt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        styles = f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        text = f"<office:body><office:text>{body}</office:text></office:body>"
        package.writestr("content.xml", f"<office:document-content {SPACES}>{styles}{text}</office:document-content>")
        for name, content in parts.items():
            package.writestr(f"{name}.xml", f"<office:x {SPACES}>{content}</office:x>")
    return read_document(path)


def printed(tmp_path: Path, content: bytes) -> ReadDocument:
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    return read_document(path)


def words(document: ReadDocument) -> list[str]:
    return [quotation.text for quotation in document.quotations]


# ------------------------------------------------------------------------------------ OpenDocument


@pytest.mark.parametrize(
    ("inside", "shown", "why"),
    [
        ('<text:span text:style-name="Weg">niet </text:span>', "", "hidden"),
        ('<text:span text:style-name="Door">niet </text:span>', "", "struck out"),
        ('<text:span text:style-name="Wit">niet </text:span>', "", "white on white"),
        ("<office:annotation><text:p>niet </text:p></office:annotation>", "", "in a comment"),
        ('<text:hidden-text text:is-hidden="true" text:string-value="niet "/>', "", "hidden"),
        ("<text:span>niet<text:s text:c='1'/></text:span>", "niet ", ""),
        ("<text:ruby><text:ruby-base>niet </text:ruby-base></text:ruby>", "niet ", ""),
    ],
)
def test_an_odt_is_read_as_its_reader_sees_it(tmp_path: Path, inside: str, shown: str, why: str) -> None:
    document = odt(tmp_path, f"<text:p>‘Ik wil {inside}terug naar de oude markt.’ (kok, dialoog 2)</text:p>")
    assert words(document) == [f"Ik wil {shown}terug naar de oude markt."]
    assert [f.check for f in document.findings] == (["not-read"] if why else [])
    assert all(why in f.why for f in document.findings)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (f'<text:p text:style-name="P1">{WORDS} (kok, dialoog 2)</text:p>', "paragraph 1"),
        (f"<text:list><text:list-item><text:p>{QUOTED}</text:p></text:list-item></text:list>", "paragraph 1"),
        (f"<table:table><table:table-row><table:table-cell><text:p>{QUOTED}</text:p></table:table-cell></table:table-row>"
         "</table:table>", "paragraph 1"),
        (f"<text:p>Kader<draw:frame><draw:text-box><text:p>{QUOTED}</text:p></draw:text-box></draw:frame></text:p>",
         "paragraph 2"),
        (f"<text:p>Zie:<draw:frame><svg:desc>{QUOTED}</svg:desc></draw:frame></text:p>",
         "paragraph 1, description of a picture"),
        (f'<text:p>Zo.<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
         f"<text:p>{QUOTED}</text:p></text:note-body></text:note></text:p>", "footnote 1, paragraph 1"),
        (f'<text:h text:outline-level="1">Knel</text:h><text:p>{QUOTED}</text:p>', "paragraph 2, under ‘Knel’"),
        (f'<text:p><text:bookmark-start text:name="rq_a"/>‘{WORDS}’<text:bookmark-end text:name="rq_a"/></text:p>',
         "paragraph 1"),
    ],
)  # fmt: skip
def test_quotations_of_an_odt_are_found_wherever_they_stand(tmp_path: Path, body: str, place: str) -> None:
    assert [(q.text, q.place) for q in odt(tmp_path, body).quotations] == [(WORDS, place)]


def test_tracked_changes_of_an_odt_are_read_as_accepted_and_said(tmp_path: Path) -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>niet</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    document = odt(tmp_path, f"{changes}<text:p>{QUOTED}</text:p>")
    assert (words(document), [f.check for f in document.findings]) == ([WORDS], ["tracked-changes"])


def test_the_edges_of_an_odt_page_are_read(tmp_path: Path) -> None:
    assert words(odt(tmp_path, "<text:p/>", styles=f"<style:header><text:p>{QUOTED}</text:p></style:header>")) == [
        WORDS
    ]


# --------------------------------------------------------------------------------------------- PDF


def test_a_quotation_runs_over_lines_and_pages_with_headers_and_footers_between(tmp_path: Path) -> None:
    edges = [line(800, "Samen in de buurt"), line(30, "Pagina 1 van 2")]
    first = [*lines(["Zij zei: 'Ik mis de buurt-", "markt en het praatje"], top=120), *edges]
    second = [*lines(["bij de viskraam.' (kok,", "dialoog 2)"], top=760), edges[0], line(30, "Pagina 2 van 2")]
    (quotation,) = printed(tmp_path, pdf(first, second)).quotations
    assert quotation.text == "Ik mis de buurt-\nmarkt en het praatje bij de viskraam."
    assert quotation.attribution
    assert (quotation.attribution.role, quotation.attribution.dialogue) == ("kok", 2)
    assert quotation.place == "page 1, paragraph 1"


def test_a_note_at_the_foot_of_a_page_does_not_interrupt_a_quotation(tmp_path: Path) -> None:
    first = [*lines(["Zij zei: 'Ik mis de markt", "en het praatje"], top=140), line(60, "1 Een voetnoot.", size=8)]
    second = lines(["bij de viskraam.' (kok, dialoog 2)", "Slot."], top=760)
    assert words(printed(tmp_path, pdf(first, second))) == [WORDS]


def test_the_last_digit_of_an_attribution_at_the_foot_of_a_page_is_no_note(tmp_path: Path) -> None:
    first = [*lines(["Zij zei: 'Ik mis de markt", "en het praatje", "bij de viskraam.' (kok, dialoog"], top=140)]
    second = lines(["Andere idee\xebn: drie deelnemers dachten", "hierover mee."], top=760)
    (quotation,) = printed(tmp_path, pdf([*first, line(98, "2)", size=8)], second)).quotations
    assert quotation.attribution and quotation.attribution.dialogue == 2
    assert quotation.text == WORDS


def test_the_raised_number_of_a_note_is_no_word(tmp_path: Path) -> None:
    show = b"BT /F 11 Tf 70 700 Td ('Ik mis de markt en het praatje.') Tj /F 6 Tf 4 Ts (1) Tj 0 Ts /F 11 Tf"
    document = printed(tmp_path, pdf(show + b" ( \\(kok, dialoog 2\\)) Tj ET"))
    assert [(q.text, q.attribution.dialogue) for q in document.quotations if q.attribution] == [
        ("Ik mis de markt en het praatje.", 2)
    ]


def test_a_place_in_a_pdf_names_the_page_and_the_heading_above(tmp_path: Path) -> None:
    text = [line(760, "Knelpunten", size=18), *lines(["Een alinea van een regel.", "", f"'{WORDS}' (dialoog 2)"])]
    assert [q.place for q in printed(tmp_path, pdf([], text)).quotations] == ["page 2, paragraph 3, under ‘Knelpunten’"]


def test_a_page_without_text_is_said(tmp_path: Path) -> None:
    document = printed(tmp_path, pdf(lines([f"'{WORDS}' (dialoog 2)"]), PICTURE))
    assert [(f.check, f.severity, f.place) for f in document.findings] == [("not-read", "warning", "page 2")]


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.pdf", b"%PDF-1.7\n", "damaged"),
        ("a.pdf", b"hallo", "not a PDF"),
        ("a.pdf", pdf(lines(["Hallo"]))[:-200], "damaged|no text"),
        ("a.pdf", pdf(PICTURE), "pages are pictures"),
        ("a.odt", b"PK\x03\x04", "not an OpenDocument text"),
        ("a.odt", b"hallo", "not an OpenDocument text"),
    ],
)
def test_a_file_that_is_no_document_says_why(tmp_path: Path, name: str, content: bytes, complaint: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentUnreadable, match=complaint) as raised:
        read_document(path)
    assert raised.value.what.endswith(".")


@pytest.mark.parametrize("at", [20, 200, 500])
@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".odt"])
def test_a_document_that_is_cut_off_is_refused_or_read_but_never_a_crash(tmp_path: Path, suffix: str, at: int) -> None:
    content = pdf(lines([f"'{WORDS}'"])) if suffix == ".pdf" else DocxExporter().to_bytes(REPORT)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content[:-at])
    with pytest.raises(DocumentUnreadable):
        read_document(path)


# ------------------------------------------------------------------------- the same in every form

HEADLINE = "Het kan dus wel"
LONGER = (
    "Vorige week stond ik ’s ochtends om zes uur bij de bakker, en toen zei hij: ‘Kom toch eens langs, joh.’ Dat doe "
    "ik sindsdien elke week, met m’n buurvrouw en haar foto’s van de onafhankelijkheidsvieringen in Suriname."
)
REPORT = RenderedReport(
    "Samen in de buurt",
    "",
    (
        Heading("Knelpunten", 1),
        Paragraph("Twee mensen missen de ‘gewone’ markt:"),
        *(
            item
            for number in range(30)
            for item in (
                TopicLead(f"Gemis {number}", "Twee deelnemers vertelden hierover."),
                Quote(f"a{number}", WORDS, "kok, dialoog 2", "f1", "kok", 2),
                Quote(f"b{number}", LONGER, "bakker en oud-docent, dialoog 3", "f2", "bakker en oud-docent", 3),
            )
        ),
        Quote("c", HEADLINE, "dialoog 2", "f3", None, 2, pull=True),
        Bullets(("een", "twee")),
        Box("Kader", ("Los woord.",)),
        Facts((("Gesprekken", "4"),)),
    ),
    "buurt",
    properties={"corpus_fingerprint": "abc123"},
)


def told(document: ReadDocument) -> list[tuple[str, str | None, int | None]]:
    return [
        (" ".join(q.text.replace("-\n", "").split()), q.attribution.role, q.attribution.dialogue)
        for q in document.quotations
        if q.attribution
    ]


@pytest.fixture(scope="module")
def round_trips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report as LibreOffice saves it: docx, odt, docx by way of odt, and pdf."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not here")
    folder = tmp_path_factory.mktemp("office")
    (folder / "report.docx").write_bytes(DocxExporter().to_bytes(REPORT))

    def convert(source: Path, suffix: str, to: str) -> Path:
        target = folder / to
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", suffix]
        subprocess.run([*command, "--outdir", str(target), str(source)], check=True, capture_output=True, timeout=180)
        return target / f"{source.stem}.{suffix}"

    word = folder / "report.docx"
    document = convert(word, "odt", "odt")
    return {
        "docx": convert(word, "docx", "docx"),
        "odt": document,
        "docx by way of odt": convert(document, "docx", "back"),
        "pdf": convert(word, "pdf", "pdf"),
    }


@pytest.mark.parametrize("form", ["docx", "odt", "docx by way of odt", "pdf"])
def test_a_report_saved_or_printed_by_libreoffice_gives_the_same_quotations(
    round_trips: dict[str, Path], form: str
) -> None:
    read = read_document(round_trips[form])
    kok, bakker = (WORDS, "kok", 2), (LONGER, "bakker en oud-docent", 3)
    assert told(read) == [kok, bakker] * 30 + [(HEADLINE, None, 2)]
    assert len(read.quotations) == 61
    if form != "pdf":
        assert [q.fragment for q in read.quotations] == ["f1", "f2"] * 30 + ["f3"]
        assert (read.theme, read.corpus_fingerprint) == ("buurt", "abc123")
