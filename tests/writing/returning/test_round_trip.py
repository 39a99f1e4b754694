"""Export, save in LibreOffice, import, export: everything that was in the report is in it still."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from rapporteur.pipeline.drafting import render_report
from rapporteur.types import Comment, Report, Revision
from rapporteur.writing.export.docx import DocxExporter
from rapporteur.writing.returning.lines import lines_of
from tests.writing.returning import edits, office
from tests.writing.returning.conftest import THEME, Desk, texts

Save = Callable[[Path, Path], Path]


def _by_word(file: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    docx.Document(str(file)).save(str(folder / file.name))
    return folder / file.name


def _by_libreoffice(file: Path, folder: Path) -> Path:
    return office.save_as([file], "docx", folder)[0]


def _as_odt_and_back(file: Path, folder: Path) -> Path:
    return office.save_as(office.save_as([file], "odt", folder / "odt"), "docx", folder)[0]


saved_by = pytest.mark.parametrize(
    "save",
    [
        pytest.param(_by_word, id="Word"),
        pytest.param(_by_libreoffice, id="LibreOffice", marks=office.needed),
        pytest.param(_as_odt_and_back, id="odt", marks=office.needed),
    ],
)


@pytest.fixture(scope="module")
def well_edited(desk: Desk, exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Revision:
    """A revision by an editor who did about everything: typed quotes, a table, kaders, comments, a colophon."""
    document = docx.Document(str(exported))
    for script in (
        edits.a_topic_gets_another_title,
        edits.a_quote_moves_to_another_topic,
        edits.a_chapter_is_added,
        edits.a_table_of_three_columns_is_added,
        edits.a_kader_is_added,
        edits.a_name_is_put_before_the_first_heading,
        edits.thanks_are_added_to_the_colophon,
        edits.a_word_is_added_between_brackets,
        edits.the_dialogue_alone_is_named,
        edits.a_denial_is_dropped,
        edits.a_quote_is_invented,
        edits.comments_are_left,
    ):
        script(document)
    path = tmp_path_factory.mktemp("well") / "bewerkt.docx"
    document.save(str(path))
    imported = desk.taken_in(path, dry_run=False)
    assert imported.number is not None
    return Revision(THEME, imported.number, "", "", imported.returned.report)


def _undated(report: Report) -> tuple[object, ...]:
    return (report.sections, report.title, report.programme, [_told(c) for c in report.comments])


def _told(comment: Comment) -> tuple[str, str, str]:
    return (comment.block, comment.author, comment.text)


@saved_by
def test_a_report_as_it_was_drafted_comes_back_as_it_was(
    save: Save, desk: Desk, exported: Path, tmp_path: Path
) -> None:
    imported = desk.taken_in(save(exported, tmp_path / "saved"), dry_run=False)
    assert imported.returned.report == desk.base.report
    assert (imported.number, imported.returned.changes, imported.returned.loose) == (None, (), ())
    assert imported.returned.kept == len([line for line in _lines(desk, desk.base) if "quote" in line])


@saved_by
def test_a_report_an_editor_worked_on_comes_back_as_it_was(
    save: Save, desk: Desk, well_edited: Revision, tmp_path: Path
) -> None:
    file = tmp_path / "verslag.docx"
    file.write_bytes(DocxExporter().to_bytes(render_report(well_edited, desk.store)))
    back = save(file, tmp_path / "saved")
    imported = desk.taken_in(back)
    assert imported.base.number == well_edited.number
    assert _undated(imported.returned.report) == _undated(well_edited.report)
    assert imported.returned.changes == ()
    assert imported.returned.quotes == ()
    again = desk.export(imported.returned.report, tmp_path / "again.docx")
    assert texts(again)[: -len(desk.colophon)] == texts(file)[: -len(desk.colophon)]
    assert desk.unclean(again) == desk.unclean(file) != set()


def _lines(desk: Desk, revision: Revision) -> list[str]:
    return [line.part for line in lines_of(revision.report, render_report(revision, desk.store))]
