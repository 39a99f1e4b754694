"""Some fifty things that editors do to a report: nothing is lost, and every altered quotation is found."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.writing.returning import office
from tests.writing.returning.conftest import Desk, words
from tests.writing.returning.edits import EDITS, Edit

by_name = pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)

# Where LibreOffice is, the quick tests look at what it saves; elsewhere at what Word would.
long_where_libreoffice_is = pytest.mark.slow if office.PROGRAM else pytest.mark.usefixtures()


@pytest.fixture(scope="module")
def edited(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report after each edit, as Word would save it."""
    folder = tmp_path_factory.mktemp("edited")
    made = {}
    for edit in EDITS:
        document = docx.Document(str(exported))
        edit.apply(document)
        made[edit.name] = folder / f"{edit.name}.docx"
        document.save(str(made[edit.name]))
    return made


@pytest.fixture(scope="module")
def through_libreoffice(edited: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    saved = office.save_as([*edited.values()], "docx", tmp_path_factory.mktemp("saved"))
    return dict(zip(edited, saved, strict=True))


@pytest.fixture(scope="module")
def through_odt(edited: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    odts = office.save_as([*edited.values()], "odt", tmp_path_factory.mktemp("odt"))
    return dict(zip(edited, office.save_as(odts, "docx", tmp_path_factory.mktemp("back")), strict=True))


def test_the_report_that_is_edited_is_clean(desk: Desk, exported: Path) -> None:
    assert desk.unclean(exported) == set()
    assert len(EDITS) >= 30
    assert {edit.is_allowed for edit in EDITS} == {True, False}


@long_where_libreoffice_is
@by_name
def test_an_edit_in_word(edit: Edit, edited: dict[str, Path], desk: Desk, tmp_path: Path) -> None:
    _holds(edit, edited[edit.name], desk, tmp_path)


@office.needed
@by_name
def test_an_edit_saved_by_libreoffice(
    edit: Edit, through_libreoffice: dict[str, Path], desk: Desk, tmp_path: Path
) -> None:
    _holds(edit, through_libreoffice[edit.name], desk, tmp_path)


@office.needed
@pytest.mark.slow
@by_name
def test_an_edit_saved_as_odt_and_back(edit: Edit, through_odt: dict[str, Path], desk: Desk, tmp_path: Path) -> None:
    _holds(edit, through_odt[edit.name], desk, tmp_path)


def _holds(edit: Edit, file: Path, desk: Desk, tmp_path: Path) -> None:
    """Nothing is lost, what import says of the quotations is what `check` says, and that is as it should be."""
    imported = desk.taken_in(file)
    again = desk.export(imported.returned.report, tmp_path / "again.docx")
    assert words(file, but=desk.colophon) - words(again) == {}
    assert not [loose for loose in imported.returned.loose if "no place" in loose.what]
    unclean = {quote.quotation.text for quote in imported.returned.quotes if not quote.verdict.clean}
    assert unclean == desk.unclean(again)
    assert (not unclean) == edit.is_allowed
    identities = [block.id for section in imported.returned.report.sections for block in section.blocks]
    assert len(set(identities)) == len(identities)
