"""Word files by people and programs other than ours: what a reader of the page sees is read, the rest is said."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.registry import read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:m="urn:m" xmlns:x="urn:new" xmlns:wps="urn:wps"'
WORDS = "Ik mis de markt en het praatje bij de viskraam."
QUOTED = f"‘{WORDS}’ (kok, dialoog 2)"
STYLES = """
<w:style w:type="paragraph" w:styleId="Citaat"><w:name w:val="Citaat"/></w:style>
<w:style w:type="paragraph" w:styleId="Mijn"><w:name w:val="Mijn stijl"/><w:basedOn w:val="Citaat"/></w:style>
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="OokWeg"><w:name w:val="Ook weg"/><w:basedOn w:val="Weg"/></w:style>
<w:style w:type="character" w:styleId="T"><w:name w:val="T"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def read(tmp_path: Path, body: str, main: str = "document", **parts: str) -> ReadDocument:
    """A Word file of which `body` is the XML inside w:body; `parts` are others, by the type of their relation."""
    path = tmp_path / "report.docx"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {"styles": f"<w:styles {SPACES}>{STYLES}</w:styles>", **parts}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        one = f'<Relationship Id="r0" Type="{kind}/officeDocument" Target="/word/{main}.xml"/>'
        package.writestr("_rels/.rels", f'<Relationships xmlns="{rels}">{one}</Relationships>')
        package.writestr(f"word/{main}.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        more = "".join(f'<Relationship Id="{n}" Type="{kind}/{n}" Target="{n}1.xml"/>' for n in parts)
        package.writestr(f"word/_rels/{main}.xml.rels", f'<Relationships xmlns="{rels}">{more}</Relationships>')
        for name, content in parts.items():
            package.writestr(f"word/{name}1.xml", content)
    return read_document(path)


def words(document: ReadDocument) -> list[str]:
    return [quotation.text for quotation in document.quotations]


def remarks(document: ReadDocument) -> list[tuple[str, str]]:
    return [(finding.check, finding.severity) for finding in document.findings]


# ------------------------------------------------------------------------------------ what is seen


@pytest.mark.parametrize(
    ("properties", "style"),
    [
        ("<w:vanish/>", ""),
        ("<w:specVanish/>", ""),
        ('<w:rStyle w:val="T"/>', ""),
        ("<w:strike/>", ""),
        ("<w:dstrike/>", ""),
        ('<w:color w:val="FFFFFF"/>', ""),
        ('<w:sz w:val="2"/>', ""),
    ],
)
def test_words_that_do_not_show_are_not_read_and_said(tmp_path: Path, properties: str, style: str) -> None:
    text = paragraph(run("‘Ik wil "), run("niet ", properties), run("terug naar de oude markt.’ (kok, dialoog 2)"))
    document = read(tmp_path, text)
    assert words(document) == ["Ik wil terug naar de oude markt."]
    assert [(f.check, f.text, f.place) for f in document.findings] == [("not-read", "niet", "paragraph 1")]


def test_the_description_of_a_picture_is_a_passage_of_its_own(tmp_path: Path) -> None:
    picture = f'<w:r><w:drawing><x:inline><x:docPr id="1" name="Foto 1" descr="{QUOTED}"/></x:inline></w:drawing></w:r>'
    document = read(tmp_path, paragraph(run("Zie de foto."), picture))
    assert [(q.text, q.place) for q in document.quotations] == [(WORDS, "paragraph 1, description of a picture")]
    assert [p.text for p in document.passages] == ["Zie de foto.", QUOTED]


@pytest.mark.parametrize(
    ("style", "properties", "seen"),
    [
        ("Weg", "", False),
        ("OokWeg", "", False),
        ("Weg", '<w:vanish w:val="0"/>', True),
        ("Weg", '<w:rStyle w:val="T"/>', True),  # two switches cancel out
        ("Kop1", "<w:webHidden/>", True),  # hidden on the web, not on a page
        ("Kop1", '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', True),
        ("Kop1", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="003366"/>', True),
        ("Kop1", '<w:color w:val="FEFEFE"/>', False),
    ],
)
def test_styles_hide_words_as_word_does(tmp_path: Path, style: str, properties: str, seen: bool) -> None:
    text = paragraph(run(QUOTED, properties), properties=f'<w:pStyle w:val="{style}"/>')
    assert words(read(tmp_path, text)) == ([WORDS] if seen else [])


def test_white_words_in_a_coloured_cell_are_seen(tmp_path: Path) -> None:
    white = paragraph(run(QUOTED, '<w:color w:val="FFFFFF"/>'))
    cell = f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="003366"/></w:tcPr>{white}</w:tc></w:tr></w:tbl>'
    assert words(read(tmp_path, cell)) == [WORDS]


def test_a_style_based_on_citaat_is_a_quotation(tmp_path: Path) -> None:
    text = paragraph(run("Het kan dus wel (kok, dialoog 2)"), properties='<w:pStyle w:val="Mijn"/>')
    assert words(read(tmp_path, text)) == ["Het kan dus wel"]


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ('<w:r><w:sym w:font="Symbol" w:char="F032"/></w:r>', "2"),
        ('<w:r><w:sym w:font="Arial" w:char="0041"/></w:r>', "A"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "\ufffd"),
        ("<m:oMath><m:r><m:t>niet</m:t></m:r></m:oMath>", "niet"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>niet</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>wel</w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r>",
            "wel (niet)",
        ),
        ('<w:fldSimple w:instr="QUOTE"><w:r><w:t>niet</w:t></w:r></w:fldSimple>', "niet"),
        ("<w:smartTag><w:r><w:t>niet</w:t></w:r></w:smartTag>", "niet"),
        ("<w:hyperlink><w:r><w:t>niet</w:t></w:r></w:hyperlink>", "niet"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>niet</w:t></w:r></w:sdtContent></w:sdt>", "niet"),
        (
            '<mc:AlternateContent><mc:Choice Requires="x"><w:r><w:t>weg</w:t></w:r></mc:Choice>'
            "<mc:Fallback><w:r><w:t>niet</w:t></w:r></mc:Fallback></mc:AlternateContent>",
            "niet",
        ),
        (
            '<mc:AlternateContent><mc:Choice Requires="wps"><w:r><w:t>niet</w:t></w:r></mc:Choice>'
            "<mc:Fallback><w:r><w:t>weg</w:t></w:r></mc:Fallback></mc:AlternateContent>",
            "niet",
        ),
    ],
)
def test_letters_are_read_however_word_keeps_them(tmp_path: Path, inside: str, shown: str) -> None:
    text = paragraph(run("‘Ik wil "), inside, run(" terug naar de oude markt.’ (kok, dialoog 2)"))
    assert words(read(tmp_path, text)) == [f"Ik wil {shown} terug naar de oude markt."]


def test_words_in_italics_with_an_attribution_are_a_quotation_without_marks(tmp_path: Path) -> None:
    text = paragraph(run("Ik mis de markt ", "<w:i/>"), run("en het praatje.", "<w:i/>"), run(" (kok, dialoog 2)"))
    assert words(read(tmp_path, text)) == ["Ik mis de markt en het praatje."]


def test_a_text_box_stands_in_the_document_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph(run(QUOTED))}</w:txbxContent>"
    both = f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    text = paragraph(run("Zie het kader."), f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>")
    assert words(read(tmp_path, text)) == [WORDS]


@pytest.mark.parametrize("part", ["footnotes", "endnotes", "header", "footer"])
def test_notes_headers_and_footers_are_read_with_their_own_places(tmp_path: Path, part: str) -> None:
    content = f"<w:x {SPACES}><w:y>{paragraph(run(QUOTED))}</w:y></w:x>"
    document = read(tmp_path, paragraph(run("Inleiding.")), **{part: content})
    assert words(document) == [WORDS]
    assert part.removesuffix("s") in document.quotations[0].place


def test_a_comment_is_not_read_and_said(tmp_path: Path) -> None:
    comments = f"<w:comments {SPACES}><w:comment>{paragraph(run(QUOTED))}</w:comment></w:comments>"
    document = read(tmp_path, paragraph(run("Inleiding.")), comments=comments)
    assert words(document) == []
    assert [f.why for f in document.findings] == ["13 words are in a comment and so not read."]


def test_the_package_says_which_part_is_the_document(tmp_path: Path) -> None:
    assert words(read(tmp_path, paragraph(run(QUOTED)), main="document2")) == [WORDS]


# ---------------------------------------------------------------------------- what a person must know


def test_tracked_changes_are_read_as_accepted_and_said(tmp_path: Path) -> None:
    deleted = "<w:del><w:r><w:delText>niet </w:delText></w:r></w:del>"
    inserted = f"<w:ins>{run('graag ')}</w:ins>"
    moved = f"<w:moveFrom>{run('ooit ')}</w:moveFrom><w:moveTo>{run('weer ')}</w:moveTo>"
    text = paragraph(run("‘Ik wil "), deleted, inserted, moved, run("terug naar de markt.’ (kok, dialoog 2)"))
    document = read(tmp_path, text)
    assert words(document) == ["Ik wil graag weer terug naar de markt."]
    assert remarks(document) == [("tracked-changes", "info")]
    assert "2 inserted, 2 deleted" in document.findings[0].why


def test_a_table_row_that_was_deleted_is_not_read(tmp_path: Path) -> None:
    row = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph(run(QUOTED))}</w:tc></w:tr>"
    document = read(tmp_path, f"<w:tbl>{row}</w:tbl>")
    assert (words(document), remarks(document)) == ([], [("tracked-changes", "info")])


def test_a_document_embedded_in_the_document_is_an_error(tmp_path: Path) -> None:
    document = read(tmp_path, f"{paragraph(run(QUOTED))}<w:altChunk r:id='r9'/>")
    assert remarks(document) == [("not-read", "error")]
    assert document.findings[0].place == "after paragraph 1"


def test_a_place_names_the_paragraph_and_the_heading_above(tmp_path: Path) -> None:
    heading = paragraph(run("1. Knelpunten"), properties='<w:pStyle w:val="Kop1"/>')
    document = read(tmp_path, heading + paragraph() + paragraph(run(QUOTED)))
    assert document.quotations[0].place == "paragraph 3, under ‘1. Knelpunten’"
    assert [(p.heading, p.level, p.quotations) for p in document.passages] == [
        ("", 1, ()),
        ("1. Knelpunten", None, (0,)),
    ]


def test_the_prose_of_a_passage_is_what_stands_outside_its_quotations(tmp_path: Path) -> None:
    document = read(tmp_path, paragraph(run(f"Twee mensen missen de markt: {QUOTED}. Dat speelt in drie dialogen.")))
    assert [p.prose for p in document.passages] == ["Twee mensen missen de markt: . Dat speelt in drie dialogen."]


def test_an_attribution_inside_the_words_of_a_bookmarked_quote_ends_nothing(tmp_path: Path) -> None:
    inner = "Hij las voor: ‘Ik ga’ (kok, dialoog 3) en toen bleef het stil."
    start, end = '<w:bookmarkStart w:id="1" w:name="rq_a"/>', '<w:bookmarkEnd w:id="1"/>'
    document = read(tmp_path, paragraph(start, run(f"‘{inner}’"), end, run(" (bakker, dialoog 1)")))
    assert words(document) == [inner]
    assert document.quotations[0].attribution
    assert document.quotations[0].attribution.dialogue == 1


def test_words_added_between_a_bookmark_and_the_closing_mark_are_part_of_the_quotation(tmp_path: Path) -> None:
    start, end = '<w:bookmarkStart w:id="1" w:name="rq_a"/>', '<w:bookmarkEnd w:id="1"/>'
    document = read(tmp_path, paragraph(start, run("‘Ik mis de markt"), end, run(" nooit.’ (kok, dialoog 2)")))
    assert words(document) == ["Ik mis de markt nooit."]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/document.xml", "<w:p/>" * 3_000_000),
        ("word/styles.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
        ("word/footnotes.xml", "<x"),
    ],
)
def test_a_bomb_or_a_broken_part_is_refused_with_its_name(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        rels = "http://schemas.openxmlformats.org/package/2006/relationships"
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{rels}"><Relationship Id="a" Type="x/footnotes" Target="footnotes.xml"/>'
            "</Relationships>",
        )
        if name != "word/document.xml":
            package.writestr("word/document.xml", f"<w:document {SPACES}/>")
        package.writestr(
            name, f"<w:document {SPACES}><w:body>{content}</w:body></w:document>" if "w:p" in content else content
        )
    with pytest.raises(DocumentUnreadable, match=name):
        read_document(path)
