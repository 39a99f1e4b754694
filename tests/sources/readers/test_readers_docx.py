"""Word: paragraphs and tables in document order, tracked changes accepted, nothing lost in silence."""

from __future__ import annotations

from rapporteur.sources.readers.docx import DocxReader
from rapporteur.sources.readers.interface import Reading


def run(text: str, *, bold: bool = False) -> str:
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{''.join(runs)}</w:p>"


def turn(label: str, text: str) -> str:
    return paragraph(run(label, bold=True), run(text))


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def read(path) -> Reading:
    return DocxReader().read(path, path.name)


def test_paragraphs_without_a_speaker_continue_the_turn(make_docx) -> None:
    body = turn("Anna (kok, moeder van drie):", " Eerst dit.") + paragraph(run("En toen zei hij: nee.")) + paragraph()
    [said] = read(make_docx(body)).turns
    assert (said.speaker, said.role) == ("Anna", "kok, moeder van drie")
    assert said.text == "Eerst dit.\nEn toen zei hij: nee."


def test_a_speaker_may_stand_alone_above_the_words(make_docx) -> None:
    [said] = read(make_docx(turn("Anna (kok):", "") + paragraph(run("Dit zei ik.")))).turns
    assert said.text == "Dit zei ik."


def test_headings_in_the_styles_of_word_give_the_round(make_docx) -> None:
    body = "".join(
        (
            paragraph(run("Knel en kiem"), style="Kop2"),
            turn("Anna:", " Een."),
            paragraph(run("Groepje bij het raam"), style="Kop3"),
            turn("Bram:", " Twee."),
            paragraph(run("Lunch"), style="Kop2"),
            turn("Cor:", " Drie."),
            paragraph(run("Ronde 2: dromen", bold=True)),
            turn("Anna:", " Vier."),
        )
    )
    reading = read(make_docx(body))
    assert [said.round for said in reading.turns] == ["knel-kiem", "knel-kiem", None, "dromen"]
    assert [(entry.words, entry.why) for entry in reading.left_out] == [
        (4, "a heading, not someone's words"),
        (1, "a heading, not someone's words"),
    ]


def test_words_under_a_heading_before_a_speaker_are_nobodys_and_left_out(make_docx) -> None:
    body = turn("Anna:", " Klaar.") + paragraph(run("Dromen"), style="Kop2") + paragraph(run("Ieder koos een foto."))
    reading = read(make_docx(body))
    assert [said.text for said in reading.turns] == ["Klaar."]
    assert [(e.words, e.where.paragraph) for e in reading.left_out] == [(4, 3)]


def test_tracked_changes_are_read_as_accepted(make_docx) -> None:
    changed = paragraph(
        run("Anna:", bold=True),
        run(" Het was "),
        f"<w:del>{run('lelijk').replace('w:t', 'w:delText')}</w:del>",
        f"<w:ins>{run('mooi')}</w:ins>",
        f"<w:moveFrom>{run(' verplaatst')}</w:moveFrom>",
        run(" weer."),
    )
    assert read(make_docx(changed)).turns[0].text == "Het was mooi weer."


def test_a_paragraph_whose_end_is_deleted_runs_on_into_the_next(make_docx) -> None:
    first = paragraph(run("Anna:", bold=True), run(" Half"), properties="<w:rPr><w:del/></w:rPr>")
    assert read(make_docx(first + paragraph(run(" en half.")))).turns[0].text == "Half en half."


def test_words_in_links_and_content_controls_are_read(make_docx) -> None:
    control, link = f"<w:sdtContent>{run('hier ')}</w:sdtContent>", run("en daar")
    inside = f"<w:sdt>{control}</w:sdt><w:hyperlink>{link}</w:hyperlink>"
    body = f"<w:sdt><w:sdtContent>{paragraph(run('Anna:', bold=True), run(' '), inside)}</w:sdtContent></w:sdt>"
    assert read(make_docx(body)).turns[0].text == "hier en daar"


def test_a_line_break_inside_a_paragraph_is_one_space(make_docx) -> None:
    body = paragraph(run("Anna:", bold=True), run(" boven "), "<w:r><w:br/></w:r>", run(" onder"))
    assert read(make_docx(body)).turns[0].text == "boven onder"


def test_a_table_of_two_columns_holds_the_metadata(make_docx) -> None:
    rows = (
        ("Thema", "Wonen"),
        ("Dialoog", "3"),
        ("Datum", "12 april 2022"),
        ("Gemeente", "Haarveen"),
        ("Zaal", "2"),
    )
    metadata = read(make_docx(table(*rows) + turn("Anna:", " Ja."))).metadata
    assert (metadata.theme, metadata.dialogue, metadata.date) == ("Wonen", 3, "2022-04-12")
    assert metadata.host is not None
    assert metadata.host.municipality == "Haarveen"


def test_a_table_with_columns_for_speaker_and_text_holds_turns_in_document_order(make_docx) -> None:
    rows = (("Spreker", "Functie", "Tekst"), ("Bram", "bakker", "Tweede."))
    body = turn("Anna:", " Eerste.") + table(*rows) + turn("Anna:", " Derde.")
    assert [(t.speaker, t.role, t.text) for t in read(make_docx(body)).turns] == [
        ("Anna", None, "Eerste."),
        ("Bram", "bakker", "Tweede."),
        ("Anna", None, "Derde."),
    ]


def test_any_other_table_is_left_out_and_said_to_be(make_docx) -> None:
    reading = read(make_docx(turn("Anna:", " Ja.") + table(("koffie", "drie kannen"), ("thee", "een kan"))))
    assert [(e.words, e.why) for e in reading.left_out] == [(6, "a table without a row of known column names")]


def test_footnotes_and_text_boxes_are_left_out_and_said_to_be(make_docx) -> None:
    box = f"<w:r><w:txbxContent>{paragraph(run('in het kader'))}</w:txbxContent></w:r>"
    notes = f'<w:footnotes xmlns:w="urn:w">{paragraph(run("een noot"))}</w:footnotes>'
    reading = read(make_docx(paragraph(run("Anna:", bold=True), run(" Ja."), box), footnotes=notes))
    assert [(e.words, e.why) for e in reading.left_out] == [
        (3, "stands in a text box"),
        (2, "stands in a footnote"),
    ]
    assert reading.turns[0].text == "Ja."


def test_where_speakers_are_in_bold_a_bare_word_with_a_colon_is_part_of_the_turn(make_docx) -> None:
    body = turn("Anna:", " We gingen weg.") + paragraph(run("Amsterdam: daar begon het.")) + turn("Bram:", " O.")
    reading = read(make_docx(body))
    assert [t.text for t in reading.turns] == ["We gingen weg.\nAmsterdam: daar begon het.", "O."]
    assert [w for w in reading.warnings if "paragraph 2" in w]


def test_a_name_heard_in_bold_is_known_without_bold(make_docx) -> None:
    body = turn("Anna:", " Een.") + turn("Bram:", " Twee.") + paragraph(run("Anna: Drie."))
    assert [t.speaker for t in read(make_docx(body)).turns] == ["Anna", "Bram", "Anna"]


def test_a_turn_is_found_back_by_its_paragraph(make_docx) -> None:
    turns = read(make_docx(paragraph() + turn("Anna:", " Een.") + turn("Bram:", " Twee."))).turns
    assert [t.locator.paragraph for t in turns] == [2, 3]
