"""Some fifty things that editors do to a report: nothing is lost, and every altered quotation is found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import docx
import pytest

from rapporteur.writing.returning.interface import Returned
from tests.writing.returning import office
from tests.writing.returning.conftest import Desk, words
from tests.writing.returning.edits import EDITS, Edit

THROUGH_ODT = EDITS[::5]  # all of them hold; each costs a second to prove, and most go the same way as through docx
BESIDE_A_QUOTE = [edit for edit in EDITS if edit.name.startswith(("words_are_put_b", "two_quotes_stand_in"))]
by_name = pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)


@dataclass(frozen=True)
class Outcome:
    """An edited file, what came of it, and what `check` does not prove in the export of that."""

    file: Path
    returned: Returned
    again: Path
    unclean: set[str]


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


def test_the_report_that_is_edited_is_clean(desk: Desk, exported: Path) -> None:
    assert desk.unclean(exported) == set()
    assert len(EDITS) >= 30
    assert {edit.is_allowed for edit in EDITS} == {True, False}


@pytest.fixture(scope="module")
def outcomes(desk: Desk, edited: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """Of each edit as LibreOffice saves it; where there is none, as Word would."""
    if office.PROGRAM:
        saved = office.save_as([*edited.values()], "docx", tmp_path_factory.mktemp("saved"))
        edited = dict(zip(edited, saved, strict=True))
    return _outcomes(desk, edited, tmp_path_factory.mktemp("again"))


@pytest.fixture(scope="module")
def outcomes_through_odt(
    desk: Desk, edited: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Outcome]:
    some = {edit.name: edited[edit.name] for edit in THROUGH_ODT}
    odts = office.save_as([*some.values()], "odt", tmp_path_factory.mktemp("odt"))
    back = office.save_as(odts, "docx", tmp_path_factory.mktemp("back"))
    return _outcomes(desk, dict(zip(some, back, strict=True)), tmp_path_factory.mktemp("again"))


def _outcomes(desk: Desk, files: dict[str, Path], folder: Path) -> dict[str, Outcome]:
    returned = {name: desk.returned(file) for name, file in files.items()}
    again = {name: desk.export(one.report, folder / f"{name}.docx") for name, one in returned.items()}
    unclean = desk.all_unclean([*again.values()])
    return {
        name: Outcome(files[name], returned[name], again[name], words)
        for name, words in zip(files, unclean, strict=True)
    }


@by_name
def test_an_edit_saved_by_libreoffice(edit: Edit, outcomes: dict[str, Outcome], desk: Desk) -> None:
    _holds(edit, outcomes[edit.name], desk)


@office.needed
@pytest.mark.parametrize("edit", THROUGH_ODT, ids=lambda edit: edit.name)
def test_an_edit_saved_as_odt_and_back(edit: Edit, outcomes_through_odt: dict[str, Outcome], desk: Desk) -> None:
    _holds(edit, outcomes_through_odt[edit.name], desk)


@pytest.mark.parametrize("edit", BESIDE_A_QUOTE, ids=lambda edit: edit.name)
def test_check_of_the_edited_file_itself_takes_words_beside_a_quote_for_the_editors(
    edit: Edit, outcomes: dict[str, Outcome], desk: Desk
) -> None:
    assert desk.unclean(outcomes[edit.name].file) == set()


def _holds(edit: Edit, outcome: Outcome, desk: Desk) -> None:
    """Nothing is lost, what import says of the quotations is what `check` says, and that is as it should be."""
    returned = outcome.returned
    assert words(outcome.file, but=desk.colophon) - words(outcome.again) == {}
    assert not [loose for loose in returned.loose if "no place" in loose.what]
    unclean = {quote.quotation.text for quote in returned.quotes if not quote.verdict.clean}
    assert unclean == outcome.unclean
    assert (not unclean) == edit.is_allowed
    identities = [block.id for section in returned.report.sections for block in section.blocks]
    assert len(set(identities)) == len(identities)
