"""What becomes of the pieces of a report after an editor worked in it."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document

from rapporteur.errors import DocumentUnreadable, ThemeUnknown, UsageError
from rapporteur.pipeline.drafting import render_report
from rapporteur.pipeline.importing import Imported
from rapporteur.types import Block, Report, Revision
from rapporteur.writing.export.html import HtmlExporter
from rapporteur.writing.export.json import JsonExporter
from rapporteur.writing.export.markdown import MarkdownExporter
from rapporteur.writing.returning.requoting import says_more, spans_of
from rapporteur.writing.returning.taking_in import take_in
from rapporteur.writing.returning.word import read_returned
from tests.workspaces import indexed, write_record
from tests.writing.returning import edits
from tests.writing.returning.conftest import THEME, Desk

Take = Callable[..., Imported]


@pytest.fixture
def after(desk: Desk, exported: Path, tmp_path: Path) -> Take:
    """What is taken in after these edits of the exported file."""

    def taken(*scripts: Callable[[Document], None]) -> Imported:
        document = docx.Document(str(exported))
        for script in scripts:
            script(document)
        path = tmp_path / "bewerkt.docx"
        document.save(str(path))
        return desk.taken_in(path)

    return taken


def blocks(report: Report) -> dict[str, Block]:
    return {block.id: block for section in report.sections for block in section.blocks}


# ------------------------------------------------------------------------------------------- blocks


def test_a_changed_paragraph_keeps_its_id_and_all_others_stay_the_same_blocks(desk: Desk, after: Take) -> None:
    imported = after(edits.a_sentence_is_added_to_the_introduction)
    was, now = blocks(desk.base.report), blocks(imported.returned.report)
    assert was.keys() == now.keys()
    assert [name for name in was if was[name] != now[name]] == ["inleiding-thema"]
    assert now["inleiding-thema"].text == f"{was['inleiding-thema'].text} De wijkraad las dit verslag vooraf."


def test_a_heading_that_is_renamed_is_the_same_heading(after: Take) -> None:
    (change,) = after(edits.a_heading_in_the_summary_is_renamed).returned.changes
    assert (change.kind, change.block, change.after) == ("changed", "samenvatting-knel", "Waar het schuurde")


def test_a_topic_that_is_retold_keeps_its_support(desk: Desk, after: Take) -> None:
    topic = blocks(after(edits.a_topic_gets_another_title).returned.report)["knel-1"]
    assert topic.title == "De deur die dicht bleef"
    assert topic.support == blocks(desk.base.report)["knel-1"].support is not None


def test_what_moves_keeps_its_id_and_is_said_to_have_moved(desk: Desk, after: Take) -> None:
    imported = after(edits.a_quote_moves_to_another_topic)
    (change,) = imported.returned.changes
    assert change.kind == "moved"
    assert blocks(imported.returned.report) == blocks(desk.base.report)
    assert [*blocks(imported.returned.report)] != [*blocks(desk.base.report)]


def test_a_section_without_a_heading_keeps_its_blocks(desk: Desk, after: Take) -> None:
    """'kiem' continues under the heading of 'knel', so nothing in Word says where it begins."""
    imported = after(edits.a_paragraph_is_added, edits.a_quote_is_taken_out)
    (was,) = [s for s in desk.base.report.sections if s.key == "kiem"]
    (now,) = [s for s in imported.returned.report.sections if s.key == "kiem"]
    assert now == was


def test_chapters_that_change_places_are_said_to_have_moved_as_a_whole(after: Take) -> None:
    imported = after(edits.two_chapters_change_places)
    assert [change.kind for change in imported.returned.changes] == ["moved"]
    keys = [section.key for section in imported.returned.report.sections]
    assert keys.index("ideeen") < keys.index("dromen")


def test_a_chapter_of_the_editors_own_gets_a_key_of_its_own(after: Take) -> None:
    section = after(edits.a_chapter_is_added).returned.report.sections[-1]
    assert (section.key, section.heading) == ("redactie-1", "5. Hoe het verder gaat")


def test_the_first_heading_below_a_chapter_title_that_was_taken_out_stays_a_heading_of_its_chapter(
    desk: Desk, after: Take, tmp_path: Path
) -> None:
    """Word has it as a heading of the highest level then: none may be skipped."""
    report = after(lambda document: edits.remove(edits.styled(document, "Heading 1")[0])).returned.report
    exported = desk.export(report, tmp_path / "again.docx")
    first = next(p for p in docx.Document(str(exported)).paragraphs if p.style and p.style.name.startswith("Heading"))
    assert (first.text, first.style.name) == ("Knelverhalen", "Heading 1")  # type: ignore[union-attr]
    again = take_in(read_returned(exported), report, desk.fragments, desk.prove, edited="")
    assert (again.changes, again.report) == ((), report)


def test_a_chapter_that_is_called_colofon_is_not_the_colophon(after: Take) -> None:
    imported = after(lambda document: edits.retype(edits.styled(document, "Heading 1")[1], "Colofon"))
    assert [(c.kind, c.block, c.after) for c in imported.returned.changes] == [("changed", "inleiding", "Colofon")]


def test_the_title_is_the_editors(after: Take) -> None:
    imported = after(edits.the_title_is_changed)
    assert imported.returned.report.title == "Elkaar weer tegenkomen"
    assert [(c.block, c.before) for c in imported.returned.changes] == [("title", "Ontmoeten in de buurt")]


def test_a_table_of_the_editors_own_is_a_table_again(desk: Desk, after: Take, tmp_path: Path) -> None:
    report = after(edits.a_table_of_three_columns_is_added).returned.report
    (table,) = [block for block in blocks(report).values() if block.kind == "table"]
    assert table.cells == (("wie", "wat", "wanneer"), ("bewoners", "koken", "mei"))
    written = docx.Document(str(desk.export(report, tmp_path / "again.docx")))
    assert [[cell.text for cell in row.cells] for row in written.tables[1].rows] == [*map(list, table.cells)]


def test_the_colophon_says_that_an_editor_worked_on_the_text(desk: Desk, after: Take) -> None:
    report = after(edits.thanks_are_added_to_the_colophon).returned.report
    colophon = render_report(Revision(THEME, 2, "", "", report), desk.store).colophon
    assert any("redacteur" in line for line in colophon)
    assert colophon[-1] == "Met dank aan alle gastvrouwen."
    assert not any("redacteur" in line for line in desk.colophon)


# ------------------------------------------------------------------------------------------- quotes


def test_a_quote_that_is_only_shortened_is_cut_from_its_fragment_again(desk: Desk, after: Take) -> None:
    (quote,) = after(edits.a_sentence_is_cut_out_of_a_quote).returned.quotes
    assert (quote.verdict.kind, quote.is_cut) == ("edited", True)
    report = after(edits.a_sentence_is_cut_out_of_a_quote).returned.report
    was, now = blocks(desk.base.report)[quote.block].quote, blocks(report)[quote.block]
    assert was and now.quote
    assert (now.text, now.quote.fragment, len(now.quote.spans)) == ("", was.fragment, len(was.spans) + 1)


def test_a_quote_in_which_word_made_the_apostrophes_curly_stays_in_its_kader(desk: Desk, after: Take) -> None:
    returned = after(edits.word_makes_every_apostrophe_curly).returned
    was, now = blocks(desk.base.report), blocks(returned.report)
    boxes = {name: block for name, block in was.items() if block.kind == "box"}
    (curly,) = (quote for quote in returned.quotes if quote.block in boxes)
    assert (curly.verdict.clean, curly.is_cut) == (True, True)
    assert {name: now[name] for name in boxes} == boxes
    assert returned.loose == ()


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("Zo’n kop – en toen…", "Ja. Zo'n kop - en toen... Nee.", ["Zo'n kop - en toen..."]),
        ("Zo'n kop - en toen...", "Ja. Zo’n kop – en toen… Nee.", ["Zo’n kop – en toen…"]),
        ("Zo’n kop. […] zei “ja”", 'Zo\'n kop. En toen zei "ja" hij.', ["Zo'n kop.", 'zei "ja"']),
        ("En toen.", "En toen… Nee.", []),
        ("zon kop", "zo'n kop", []),
    ],
)
def test_what_a_keyboard_has_no_key_for_makes_no_other_words(words: str, text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in spans_of(words, text, as_typed=True)] == expected


def test_words_in_brackets_stay_typed_and_the_quote_stays_tied(desk: Desk, after: Take) -> None:
    imported = after(edits.a_word_is_added_between_brackets)
    (quote,) = imported.returned.quotes
    now = blocks(imported.returned.report)[quote.block]
    assert "[daar]" in now.text
    assert now.quote
    assert now.quote.fragment == blocks(desk.base.report)[quote.block].quote.fragment  # type: ignore[union-attr]


def test_an_altered_quote_stays_as_it_was_typed_and_is_tied_to_nothing(after: Take) -> None:
    imported = after(edits.a_word_of_a_quote_is_replaced)
    (quote,) = imported.returned.quotes
    now = blocks(imported.returned.report)[quote.block]
    assert (quote.verdict.kind, now.quote) == ("altered", None)
    assert "kantoorgebouw" in now.text
    assert [difference["citaat"] for difference in quote.verdict.difference if "kantoorgebouw" in difference["citaat"]]


def test_a_quote_of_someone_else_keeps_the_attribution_that_was_typed(desk: Desk, after: Take, tmp_path: Path) -> None:
    imported = after(edits.a_quote_gets_another_dialogue)
    (quote,) = imported.returned.quotes
    assert quote.verdict.kind == "misattributed"
    assert blocks(imported.returned.report)[quote.block].title.endswith("dialoog 3")
    again = docx.Document(str(desk.export(imported.returned.report, tmp_path / "again.docx")))
    assert any(p.text.endswith("dialoog 3)") and quote.quotation.text in p.text for p in again.paragraphs)


def test_a_quote_without_marks_is_running_text_from_then_on(after: Take) -> None:
    def unquote(document: Document) -> None:
        quote = edits.styled(document, "Citaat")[0]
        words = edits.words_of(quote)
        quote.style = "Normal"
        edits.retype(quote, f"Een vrijwilliger vertelde hoe het ging: {words.split('.')[0].lower()}.")

    returned = after(unquote).returned
    assert returned.kept == len([b for b in blocks(returned.report).values() if b.quote])
    assert [b.kind for b in blocks(returned.report).values() if b.text.startswith("Een vrijwilliger")] == ["paragraph"]


@pytest.mark.parametrize("said", [" Dat zegt veel.", " – zo ging het", " ‘Koor zoekt stem.’ (zanger, dialoog 2)"])
def test_what_is_typed_behind_a_quote_is_never_put_in_the_speakers_mouth(said: str, after: Take) -> None:
    def go_on(document: Document) -> None:
        edits.styled(document, "Citaat")[0].add_run(said)

    returned = after(go_on).returned
    (block,) = [b for b in blocks(returned.report).values() if b.text.endswith(said)]
    assert block.kind == "paragraph"
    assert "verbatim" in [quote.verdict.kind for quote in returned.quotes if quote.block == block.id]


@pytest.mark.parametrize(
    "quote",
    [
        "‘'k Was bange, zei ze. 't Was stil.’ (kok, dialoog 1)",
        "‘Hij zei ‘kom maar’ en toen ging ik.’ (kok, dialoog 1)",
        "“Ik dacht: ‘nooit meer.’ Maar toch.” (kok (rtd.), dialoog 1).",
        "‘De ouders’ zorgen tellen (en die van ons) niet mee, dialoog of geen dialoog.’",
    ],
)
def test_a_quote_within_a_quote_is_still_one_quote(quote: str) -> None:
    assert not says_more(quote)


@pytest.mark.parametrize("exporter", [MarkdownExporter(), HtmlExporter(), JsonExporter()])
def test_every_format_prints_what_the_editor_typed(
    exporter: MarkdownExporter | HtmlExporter | JsonExporter, desk: Desk, after: Take
) -> None:
    report = after(edits.a_quote_is_invented, edits.a_table_of_three_columns_is_added).returned.report
    text = exporter.to_bytes(render_report(Revision(THEME, 2, "", "", report), desk.store)).decode()
    for words in ("dan bakken wij de wafels zelf.", "koster, dialoog 2", "wanneer", "bewoners"):
        assert words in text


# ------------------------------------------------------------------- comments, changes, what is left


def test_comments_are_kept_beside_their_blocks(desk: Desk, after: Take, tmp_path: Path) -> None:
    report = after(edits.comments_are_left).returned.report
    assert [(c.block, c.author, c.text) for c in report.comments] == [
        ("samenvatting-feiten", "Redacteur", "Klopt dit getal?"),
        ("knel-1-c1", "Redacteur", "Mag dit van haar?"),
        ("knel-2", "Eindredactie", "Graag korter.\nOf weg."),
    ]
    written = docx.Document(str(desk.export(report, tmp_path / "again.docx")))
    assert [(c.author, c.text) for c in written.comments] == [(c.author, c.text) for c in report.comments]


def test_the_remarks_the_program_makes_for_reviewers_are_no_editors(after: Take) -> None:
    def remark(document: Document) -> None:
        document.add_comment(edits.styled(document, "Citaat")[0].runs, "verbatim", "rapporteur", "r")

    assert after(remark).returned.report.comments == ()


def test_pending_changes_are_counted_by_who_made_them(after: Take) -> None:
    pending = after(edits.a_change_in_a_quote_waits_to_be_accepted).returned.pending
    assert [(p.author, p.insertions, p.deletions) for p in pending] == [("Redacteur", 1, 1)]


def test_what_a_report_cannot_hold_is_listed(after: Take) -> None:
    def strike(document: Document) -> None:
        edits.styled(document, "Normal")[0].add_run(" Of toch niet.").font.strike = True

    returned = after(strike, edits.words_are_set_in_bold, edits.a_text_box_is_drawn).returned
    listed = " ".join(f"{loose.what} {loose.text}" for loose in returned.loose)
    for words in ("struck out words", "Of toch niet.", "bold", "text box", "concept voor de wijkraad"):
        assert words in listed
    assert "Of toch niet." not in blocks(returned.report)["inleiding-thema"].text


# ------------------------------------------------------------------------------------ which revision


def _without_manifest(path: Path, copy: Path) -> Path:
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/custom.xml" or (name.startswith("customXml/item") and b"fingerprint" in content):
                content = re.sub(rb">[^<]*fingerprint[^<]*<", b"><", content)
            target.writestr(name, content)
    return copy


def test_a_file_that_lost_its_manifest_is_compared_with_the_last_revision_of_a_theme(
    desk: Desk, exported: Path, tmp_path: Path
) -> None:
    file = _without_manifest(exported, tmp_path / "kaal.docx")
    with pytest.raises(UsageError, match="does not say which report"):
        desk.taken_in(file)
    assert desk.taken_in(file, theme=THEME, revision=1).returned.report == desk.base.report


def test_a_file_of_another_theme_is_refused(desk: Desk, exported: Path) -> None:
    with pytest.raises(UsageError, match=f"a report on '{THEME}', not on 'zorg'"):
        desk.taken_in(exported, theme="zorg")


def test_a_file_of_another_corpus_is_refused(exported: Path, tmp_path: Path) -> None:
    from rapporteur.pipeline.importing import import_report

    with indexed(tmp_path, write_record(tmp_path / "corpus", "zorg", 1)) as (_, store), pytest.raises(ThemeUnknown):
        import_report(exported, store=store)


def test_a_revision_made_meanwhile_is_told(desk: Desk, exported: Path, tmp_path: Path) -> None:
    document = docx.Document(str(exported))
    edits.a_sentence_is_added_to_the_introduction(document)
    document.save(str(tmp_path / "een.docx"))
    first = desk.taken_in(tmp_path / "een.docx", dry_run=False)
    assert desk.taken_in(tmp_path / "een.docx", dry_run=False).number is None, "the same file twice is one revision"
    edits.a_sentence_is_added_to_the_introduction(document)
    document.save(str(tmp_path / "twee.docx"))
    second = desk.taken_in(tmp_path / "twee.docx", dry_run=False)
    assert (first.base.number, second.base.number) == (1, 1)
    assert second.number and second.number > (first.number or 0)
    assert second.conflict
    assert second.conflict.number == second.number


def test_a_quote_that_a_colleague_dropped_meanwhile_stays_away_and_is_told(
    tmp_path: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from rapporteur.cli.main import main
    from rapporteur.pipeline.drafting import draft_report, last_revision
    from rapporteur.sources.embedding.hashing import HashingEmbedder
    from rapporteur.writing.outline.template import for_track
    from rapporteur.writing.voices.extractive import ExtractiveVoice

    file, do = tmp_path / "verslag.docx", ["-w", str(tmp_path)]
    (tmp_path / "rapporteur.toml").write_text('embedder = "hashing"\n', "utf-8")
    with indexed(tmp_path, corpus_folder / THEME) as (_, store):
        draft_report(
            THEME, store=store, embedder=HashingEmbedder(), template=for_track("burger"), voice=ExtractiveVoice()
        )
        dropped = blocks(last_revision(THEME, store).report)["knel-1-c1"].quote
        assert dropped
        assert main([*do, "export", THEME, "-o", str(file)]) == 0
        assert main([*do, "redraft", THEME, "knel", "--drop", "knel-1-c1"]) == 0
        document = docx.Document(str(file))
        edits.a_topic_gets_another_title(document)  # of knel, too: the file's is taken
        document.save(str(file))
        capsys.readouterr()
        assert main([*do, "import", str(file)]) == 2
        said = capsys.readouterr().err
        assert "Left out: the quote knel-1-c1, which was dropped since" in said
        assert f"--keep {dropped.fragment}" in said
        report = last_revision(THEME, store).report
        assert blocks(report)["knel-1"].title == "De deur die dicht bleef"
        assert dropped.fragment not in {b.quote.fragment for b in blocks(report).values() if b.quote}
        assert main([*do, "redraft", THEME, "knel", "--topic", "knel-1", "--keep", dropped.fragment]) == 0
        quoted = {b.quote.fragment for b in blocks(last_revision(THEME, store).report).values() if b.quote}
        assert dropped.fragment in quoted


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"<html></html>"])
def test_what_is_no_word_file_is_refused(content: bytes, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "geen.docx"
    file.write_bytes(content)
    with pytest.raises(DocumentUnreadable):
        desk.taken_in(file)


def test_a_file_with_macros_is_refused_by_import_and_by_check_for_the_same_reason(
    desk: Desk, exported: Path, tmp_path: Path
) -> None:
    file = tmp_path / "verslag.DOCM"
    file.write_bytes(exported.read_bytes())
    said = []
    for read in (desk.taken_in, desk.unclean):
        with pytest.raises(DocumentUnreadable, match=r"with macros \(\.docm\)") as refusal:
            read(file)
        said.append((refusal.value.what, refusal.value.hint))
    assert said[0] == said[1]
    assert ".docx" in said[0][1]


def test_a_file_that_declares_entities_is_refused(desk: Desk, exported: Path, tmp_path: Path) -> None:
    file = tmp_path / "eng.docx"
    with zipfile.ZipFile(exported) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"?>", b'?><!DOCTYPE w [<!ENTITY e "woord">]>', 1)
            target.writestr(name, content)
    with pytest.raises(DocumentUnreadable, match="document type"):
        desk.taken_in(file)


def test_a_file_nested_too_deeply_is_refused(desk: Desk, exported: Path, tmp_path: Path) -> None:
    file = tmp_path / "diep.docx"
    with zipfile.ZipFile(exported) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                deep = b"<w:sdt><w:sdtContent>" * 3000 + b"</w:sdtContent></w:sdt>" * 3000
                content = content.replace(b"<w:body>", b"<w:body>" + deep)
            target.writestr(name, content)
    with pytest.raises(DocumentUnreadable):
        desk.taken_in(file)


# -------------------------------------------------------------------------------------- the command


def test_the_command_says_what_changed_and_saves_a_revision(
    exported: Path, tmp_path: Path, corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from rapporteur.cli.main import main
    from rapporteur.pipeline.drafting import draft_report, last_revision
    from rapporteur.sources.embedding.hashing import HashingEmbedder
    from rapporteur.writing.export.docx import DocxExporter
    from rapporteur.writing.outline.template import for_track
    from rapporteur.writing.voices.extractive import ExtractiveVoice

    with indexed(tmp_path, corpus_folder / THEME) as (_, store):
        draft_report(
            THEME, store=store, embedder=HashingEmbedder(), template=for_track("burger"), voice=ExtractiveVoice()
        )
        rendered = render_report(last_revision(THEME, store), store)
    (tmp_path / "rapporteur.toml").write_text('embedder = "hashing"\n', "utf-8")
    file = tmp_path / "verslag.docx"
    file.write_bytes(DocxExporter().to_bytes(rendered))
    document = docx.Document(str(file))
    edits.a_word_of_a_quote_is_replaced(document)
    edits.comments_are_left(document)
    document.save(str(file))
    assert main(["-w", str(tmp_path), "import", str(file), "--dry-run"]) == 0
    assert "Nothing was saved" in capsys.readouterr().err
    assert main(["-w", str(tmp_path), "import", str(file)]) == 0
    said = capsys.readouterr()
    assert "1 not proved" in said.out
    assert "Comment by Redacteur on knel-1-c1: Mag dit van haar?" in said.out
    assert "Saved as revision 2" in said.err
    assert main(["-w", str(tmp_path), "import", str(file)]) == 0
    assert "nothing was saved" in capsys.readouterr().err
    first_quote = next(p for p in document.paragraphs if p.style and p.style.name == "Citaat")
    first_quote.insert_paragraph_before("Een zin van een tweede redacteur.")
    document.save(str(file))
    assert main(["-w", str(tmp_path), "import", str(file), "--json"]) == 2
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (told["base"], told["revision"]) == (1, 3)
    assert told["conflict"] in said.err
    assert [quote["verdict"] for quote in told["quotes"]["touched"]] == ["altered"]
