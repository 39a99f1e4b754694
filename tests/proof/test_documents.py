"""Finished documents, written as people and programs write them, give each quotation once, with its place."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.registry import READERS, read_document
from rapporteur.types import Attribution
from rapporteur.writing.export.docx import DocxExporter
from rapporteur.writing.export.interface import Box, Bullets, Heading, Paragraph, Quote, RenderedReport, TopicLead

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORDS = "Ik mis de markt en het praatje bij de viskraam."
QUOTED = f"‘{WORDS}’ (kok, dialoog 2)"


def read(tmp_path: Path, name: str, content: str | bytes) -> ReadDocument:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(path)


def save(document: object, tmp_path: Path) -> ReadDocument:
    path = tmp_path / "report.docx"
    document.save(path)  # type: ignore[attr-defined]
    return read_document(path)


def told(document: ReadDocument) -> list[tuple[str, str, str]]:
    return [(q.text, q.attribution.text if q.attribution else "", q.place) for q in document.quotations]


# -------------------------------------------------------------------------------------------- Word


def report(*quotes: Quote) -> RenderedReport:
    before = (Heading("Knelpunten", 1), TopicLead("Gemis", "Twee mensen missen de ‘gewone’ markt."))
    after = (Bullets(("een", "twee")), Box("Kader", ("Los woord.",)), Paragraph("Slot."))
    properties = {"corpus_fingerprint": "abc123"}
    return RenderedReport("Buurt", "", (*before, *quotes, *after), "buurt", properties=properties)


def test_our_own_word_report_gives_each_quote_once_with_its_fragment_and_what_the_file_says_of_itself(
    tmp_path: Path,
) -> None:
    quotes = (
        Quote("q1", WORDS, "kok, dialoog 2", "f1", "kok", 2),
        Quote("q2", "Het kan dus wel.", "", "f2", pull=True),
    )
    read_back = read(tmp_path, "report.docx", DocxExporter().to_bytes(report(*quotes)))
    assert [(q.text, q.fragment) for q in read_back.quotations] == [(WORDS, "f1"), ("Het kan dus wel.", "f2")]
    assert read_back.quotations[0].attribution == Attribution("(kok, dialoog 2)", "kok", 2, "buurt")
    assert (read_back.corpus_fingerprint, read_back.theme) == ("abc123", "buurt")


def test_word_text_reads_as_if_every_tracked_change_was_accepted(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("‘Ik mis de ")
    deleted = parse_xml(f'<w:del {W} w:id="1" w:author="a"><w:r><w:delText>drukke </w:delText></w:r></w:del>')
    inserted = parse_xml(f'<w:ins {W} w:id="2" w:author="a"><w:r><w:t>markt en het praatje</w:t></w:r></w:ins>')
    paragraph._p.append(deleted)
    paragraph._p.append(inserted)
    paragraph.add_run(" heel erg.’ (kok, dialoog 2)")
    assert told(save(document, tmp_path))[0][0] == "Ik mis de markt en het praatje heel erg."


def test_a_tracked_deletion_of_a_paragraph_end_joins_two_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    first = document.add_paragraph("‘Ik mis de markt en ")
    first._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {W}><w:del w:id="1" w:author="a"/></w:rPr>'))
    document.add_paragraph("het praatje bij de viskraam.’ (kok, dialoog 2)")
    assert told(save(document, tmp_path)) == [(WORDS, "(kok, dialoog 2)", "paragraph 2")]


def test_quotes_in_tables_and_content_controls_are_read_in_document_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Inleiding.")
    document.add_table(1, 1).cell(0, 0).text = QUOTED
    control = parse_xml(
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>“{WORDS}” (kok, dialoog 3)</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(-1, control)
    assert [q.attribution.dialogue for q in save(document, tmp_path).quotations if q.attribution] == [2, 3]


def test_a_paragraph_in_the_style_citaat_needs_no_marks_and_its_source_may_stand_below(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.add_style("Citaat", 1)
    document.add_paragraph("Het kan dus wel", style="Citaat")
    document.add_paragraph("(kok, dialoog 2)")
    assert told(save(document, tmp_path)) == [("Het kan dus wel", "(kok, dialoog 2)", "paragraph 1")]


def test_a_bookmark_marks_a_quotation_even_without_quotation_marks(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Zij zei ")
    run = paragraph.add_run("het kan wel")
    for tag, put in (("w:bookmarkStart", run._r.addprevious), ("w:bookmarkEnd", run._r.addnext)):
        mark = OxmlElement(tag, {qn("w:id"): "7", qn("w:name"): "rq_x"})
        put(mark)
    paragraph.add_run(" (kok, dialoog 2).")
    assert told(save(document, tmp_path)) == [("het kan wel", "(kok, dialoog 2)", "paragraph 1")]


def test_hidden_text_and_field_codes_are_not_read(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("‘Ik mis de ")
    paragraph.add_run("oude ").font.hidden = True
    paragraph._p.append(parse_xml(f"<w:r {W}><w:instrText>PAGE</w:instrText></w:r>"))
    paragraph.add_run("markt en het praatje.’")
    assert told(save(document, tmp_path))[0][0] == "Ik mis de markt en het praatje."


# ------------------------------------------------------------------------------- Markdown and HTML


def test_markdown_is_read_as_a_reader_sees_it(tmp_path: Path) -> None:
    text = f"""---
theme: buurt
corpus_fingerprint: abc123
subtitle: "‘{WORDS}’ (kok, dialoog 9)"
---

# Kop

Zij zei: ‘Ik *mis* de markt\\_en &amp; het praatje \\[bij\\] de
viskraam.’ (kok, dialoog 2)

> Wij missen niets
>
> — schipper, dialoog 3

- “{WORDS}” (dialoog 4)

<!-- ‘{WORDS}’ (kok, dialoog 8) -->
"""
    document = read(tmp_path, "report.md", text)
    assert told(document) == [
        ("Ik mis de markt_en & het praatje [bij] de viskraam.", "(kok, dialoog 2)", "line 9"),
        ("Wij missen niets", "— schipper, dialoog 3", "line 12"),
        (WORDS, "(dialoog 4)", "line 16"),
    ]
    assert (document.theme, document.corpus_fingerprint) == ("buurt", "abc123")


def test_html_is_read_as_a_reader_sees_it(tmp_path: Path) -> None:
    text = f"""<!doctype html><html><head><title>‘{WORDS}’</title><meta name="theme" content="buurt"></head><body>
<script>var a = "‘{WORDS}’";</script><p hidden>‘{WORDS}’</p>
<p>Zij zei: &lsquo;Ik <em>mis</em> de
markt en het praatje.&rsquo; (kok, dialoog 2)</p>
<blockquote><p>Wij missen niets</p><footer>(schipper, dialoog 3)</footer></blockquote>
<div>Los <q>woord dat langer is dan vier</q> en klaar</div></body></html>"""
    document = read(tmp_path, "report.html", text)
    assert [(text, who) for text, who, _ in told(document)] == [
        ("Ik mis de markt en het praatje.", "(kok, dialoog 2)"),
        ("Wij missen niets", "(schipper, dialoog 3)"),
        ("woord dat langer is dan vier", ""),
    ]
    assert document.theme == "buurt"


# ------------------------------------------------------------------------------------ JSON and lines


def test_a_json_report_gives_quote_blocks_and_quotations_in_prose(tmp_path: Path) -> None:
    inner = "‘Kom toch eens langs bij ons’, zei zij (lachend)"
    content = {
        "theme": "buurt",
        "corpus_fingerprint": "abc123",
        "sections": [
            {
                "blocks": [
                    {"kind": "quote", "text": WORDS, "role": "kok", "dialogue": 2, "fragment": "f1", "id": "q1"},
                    {"kind": "topic", "blocks": [[{"kind": "quote", "text": inner, "role": "kok", "dialogue": "3"}]]},
                    {"kind": "paragraph", "text": f"Zij zei: {QUOTED}", "kleur": None},
                    {"kind": "quote", "quote": {"fragment": "f2", "spans": [[0, 3]]}},
                ]
            }
        ],
        "summary": {"pull_quote": {"text": f"‘{WORDS}’", "attribution": "dialoog 5"}},
    }
    document = read(tmp_path, "report.json", json.dumps(content))
    assert [(q.text, q.place, q.fragment) for q in document.quotations] == [
        (WORDS, "sections[0].blocks[0]", "f1"),
        (inner, "sections[0].blocks[1].blocks[0][0]", None),
        (WORDS, "sections[0].blocks[2].text", None),
        (WORDS, "summary.pull_quote", None),
    ]
    assert [q.attribution.dialogue for q in document.quotations if q.attribution] == [2, 3, 2, 5]
    assert document.corpus_fingerprint == "abc123"


def test_json_lines_are_quotations_to_check(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "quote": WORDS, "role": "kok", "dialogue": 2, "theme": "buurt", "fragment": "f1"},
        {"id": 7, "quote": "Ja", "role": None, "dialogue": None, "theme": None, "fragment": None},
    ]
    document = read(tmp_path, "q.jsonl", "\n".join(map(json.dumps, lines)) + "\n\n")
    first, second = document.quotations
    assert first.attribution == Attribution("(kok, dialoog 2)", "kok", 2, "buurt", fragment="f1")
    assert (first.id, first.fragment, first.place) == ("a", "f1", "line 1")
    assert (second.id, second.attribution, second.place) == ("7", None, "line 2")


# ------------------------------------------------------------------------------------- bad documents


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.xyz", b"x", "can be read: .docx"),
        ("a", b"x", "without a suffix"),
        ("a.md", b"  \n", "is empty"),
        ("a.md", b"\x00\x01\x02", "not a text file"),
        ("a.json", b"{", "is not JSON"),
        ("a.json", b"3", "single value"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.jsonl", b'{"quote": "a"}\nnope', "Line 2"),
        ("a.jsonl", b'{"cite": "a"}', 'no "quote"'),
        ("a.docx", b"PK\x03\x04broken", "not a Word file"),
        ("a.html", b"<!-- -->", "holds no HTML"),
    ],
)
def test_a_document_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, complaint: str) -> None:
    with pytest.raises(DocumentUnreadable, match=complaint):
        read(tmp_path, name, content)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_a_missing_document_or_a_folder_is_said_to_be_one(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(DocumentUnreadable, match="There is no file"):
        read_document(tmp_path / f"weg{suffix}")
    (tmp_path / f"map{suffix}").mkdir()
    with pytest.raises(DocumentUnreadable, match="is a folder"):
        read_document(tmp_path / f"map{suffix}")


@pytest.mark.parametrize(
    ("part", "complaint"),
    [
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "not safe to read"),
        ("<x>", "damaged"),
        ("<a>" * 5000 + "</a>" * 5000, "nested too deeply"),
    ],
)
def test_a_word_file_that_is_damaged_or_unsafe_is_refused(tmp_path: Path, part: str, complaint: str) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", part)
    with pytest.raises(DocumentUnreadable, match=complaint):
        read_document(path)


@pytest.mark.parametrize(
    "text",
    [
        f"‘{WORDS}’ – wethouder, dialoog 2",
        f"‘{WORDS}’, aldus een wethouder in dialoog 2.",
        f"> {WORDS}\n> — wethouder, dialoog 2",
        f"> {WORDS[:-1]} — wethouder, dialoog 2",
        f"> {WORDS[:-1]}, dialoog 2",
    ],
)
def test_a_quotation_that_ends_in_an_attribution_without_brackets_is_no_attribution(tmp_path: Path, text: str) -> None:
    (quotation,) = read(tmp_path, "report.md", text).quotations
    assert quotation.text.startswith(WORDS[:-1])


@pytest.mark.parametrize(
    "head", ["---\ndate: 2022-02-30\n---\n", "---\na: " + "[" * 3000 + "\n---\n", "<!DOCTYPE html>\n\n"]
)
def test_what_stands_above_a_markdown_text_keeps_nobody_from_reading_it(tmp_path: Path, head: str) -> None:
    assert [q.text for q in read(tmp_path, "report.md", head + QUOTED).quotations] == [WORDS]


def test_a_dialogue_number_without_end_is_a_number_that_no_dialogue_has(tmp_path: Path) -> None:
    many = "9" * 5000
    entry = {"kind": ["Quote"], "text": WORDS, "dialogue": many}
    for name, content in (
        ("a.md", f"‘{WORDS}’ (kok, dialoog {many})"),
        ("a.json", json.dumps({"blocks": [entry]})),
        ("a.jsonl", json.dumps({"quote": WORDS, "dialogue": many})),
    ):
        (quotation,) = read(tmp_path, name, content).quotations
        assert quotation.attribution
        assert quotation.attribution.dialogue == 999_999_999


@pytest.mark.parametrize("value", ['"\\ud800 half"', "9" * 5000])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_half_a_character_or_a_number_without_end_is_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(DocumentUnreadable, match="is not JSON"):
        read(tmp_path, name, f'{{"quote": "{WORDS}", "dialogue": {value}}}')


def test_a_word_file_in_an_encoding_that_xml_cannot_use_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", b'<?xml version="1.0" encoding="shift_jis"?><x/>')
    with pytest.raises(DocumentUnreadable, match="damaged"):
        read_document(path)


def test_a_word_file_with_a_broken_compressed_part_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as package:
        package.writestr("word/document.xml", "<x>" + WORDS * 20 + "</x>")
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    path.write_bytes(data)
    with pytest.raises(DocumentUnreadable, match="damaged"):
        read_document(path)


def test_properties_of_a_word_file_that_nobody_can_read_say_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_paragraph(QUOTED)
    document.save(str(path))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("customXml/item9.xml", "<x>{&quot;a&quot;:" + "[" * 100_000 + "</x>")
    assert [q.text for q in read_document(path).quotations] == [WORDS]


def test_what_has_no_end_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    for name in ("pipe.md", "zero.md"):
        with pytest.raises(DocumentUnreadable, match="not a file"):
            read_document(tmp_path / name)


def test_the_folder_one_stands_in_is_said_to_be_a_folder() -> None:
    with pytest.raises(DocumentUnreadable, match=r"^\. is a folder"):
        read_document(Path())


def test_thousands_of_stray_marks_hide_no_quotation(tmp_path: Path) -> None:
    (quotation,) = read(tmp_path, "a.md", "‘woord en " * 3000 + f"‘{WORDS}’").quotations
    assert quotation.text == WORDS


@pytest.mark.parametrize("lead", ["", "De kok zei ", "Zij zei: "])
@pytest.mark.parametrize("attribution", ["", " (kok, dialoog 2)"])
def test_a_quotation_over_two_paragraphs_is_one_quotation(tmp_path: Path, lead: str, attribution: str) -> None:
    text = f"{lead}‘{WORDS}\n\nDaar ging ik elke week heen.’{attribution}\n\nEn toen ‘dit’."
    (quotation,) = read(tmp_path, "a.md", text).quotations
    assert quotation.text == f"{WORDS} Daar ging ik elke week heen."
    assert (quotation.attribution is not None) == bool(attribution)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", f"> {WORDS}\n>\n> Elke week. (kok, dialoog 2)\n\n> Los woord van iemand\n"),
        (
            "a.html",
            f"<blockquote><p>{WORDS}</p><p>Elke week. (kok, dialoog 2)</p></blockquote>"
            "<blockquote>Los woord van iemand</blockquote>",
        ),
    ],
)
def test_all_paragraphs_of_a_quoted_block_have_the_attribution_at_its_end(tmp_path: Path, name: str, text: str) -> None:
    quotations = read(tmp_path, name, text).quotations
    assert [(q.text, q.attribution.dialogue if q.attribution else None) for q in quotations] == [
        (WORDS, 2),
        ("Elke week.", 2),
        ("Los woord van iemand", None),
    ]


@pytest.mark.parametrize(
    ("value", "number"), [(9, 9), (9.0, 9), ("9", 9), ("dialoog 9", 9), ("", None), (None, None), (0, 0)]
)
def test_a_dialogue_in_json_is_understood(tmp_path: Path, value: object, number: int | None) -> None:
    (quotation,) = read(tmp_path, "a.jsonl", json.dumps({"quote": WORDS, "role": "kok", "dialogue": value})).quotations
    assert quotation.attribution
    assert quotation.attribution.dialogue == number


@pytest.mark.parametrize("entry", [{"dialogue": -1}, {"dialogue": "negen"}, {"dialogue": True}, {"role": ["kok"]}])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_an_attribution_in_json_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, entry: dict[str, object]
) -> None:
    value = {"quote": WORDS, **entry} if name == "a.jsonl" else {"blocks": [{"kind": "quote", "text": WORDS, **entry}]}
    with pytest.raises(DocumentUnreadable, match="which is not"):
        read(tmp_path, name, json.dumps(value))


def test_a_line_break_in_markdown_is_a_space(tmp_path: Path) -> None:
    (quotation,) = read(tmp_path, "a.md", "‘Ik mis de markt en<br>het praatje.’").quotations
    assert quotation.text == "Ik mis de markt en het praatje."


@pytest.mark.parametrize(
    ("mark", "text"),
    [("vanish", "Ik mis de markt."), ("strike", "Ik mis de markt."), ('vanish w:val="off"', "Ik mis de oude markt.")],
)
def test_word_text_that_is_hidden_or_struck_out_is_not_read(tmp_path: Path, mark: str, text: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("‘Ik mis de ")
    paragraph._p.append(parse_xml(f'<w:r {W}><w:rPr><w:{mark}/></w:rPr><w:t xml:space="preserve">oude </w:t></w:r>'))
    paragraph.add_run("markt.’ (kok, dialoog 2)")
    assert told(save(document, tmp_path))[0][0] == text


def test_quotations_at_the_top_and_bottom_of_a_page_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Inleiding.")
    document.sections[0].header.paragraphs[0].text = QUOTED
    document.sections[0].footer.paragraphs[0].text = QUOTED
    assert [q.text for q in save(document, tmp_path).quotations] == [WORDS, WORDS]
