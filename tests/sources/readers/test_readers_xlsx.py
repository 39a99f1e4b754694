"""Excel: a sheet of turns by its column names, a sheet of metadata, and a ledger of all other words."""

from __future__ import annotations

import datetime
import re
import zipfile

import pytest

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.xlsx import XlsxReader


def test_columns_are_found_by_their_dutch_or_english_names_in_any_order(make_xlsx) -> None:
    path = make_xlsx({"blad": [["Text", "Functie", "NAAM", "Round"], ["Ik wil een bankje.", "kok", "Anna", "Dreams"]]})
    [turn] = XlsxReader().read(path, "b.xlsx").turns
    assert (turn.text, turn.role, turn.speaker, turn.round) == ("Ik wil een bankje.", "kok", "Anna", "dromen")
    assert str(turn.locator) == "b.xlsx, sheet blad, row 2"


def test_metadata_may_have_a_sheet_of_its_own_or_stand_above_the_columns(make_xlsx) -> None:
    rows = [
        ["datum", datetime.datetime(2022, 6, 9)],
        ["dialoog", 4],
        [],
        ["spreker", "tekst"],
        ["Anna", "Hoi."],
    ]
    path = make_xlsx(
        {"verslag": rows, "gegevens": [["thema", "wonen"], ["deelnemers", 8.0], ["host rol", "wethouder"]]}
    )
    reading = XlsxReader().read(path, path.name)
    metadata = reading.metadata
    assert (metadata.date, metadata.dialogue, metadata.theme) == ("2022-06-09", 4, "wonen")
    assert (metadata.participants, metadata.host and metadata.host.role) == (8, "wethouder")
    assert reading.left_out == ()
    assert reading.turns[0].locator.row == 5


@pytest.mark.parametrize(
    ("cell", "start"),
    [
        ("00:00:10", "00:00:10.000"),
        (datetime.time(0, 1, 2), "00:01:02.000"),
        (datetime.timedelta(hours=1, seconds=3), "01:00:03.000"),
        ("19:30", "19:30"),
    ],
)
def test_times_are_kept_however_the_sheet_holds_them(make_xlsx, cell: object, start: str) -> None:
    path = make_xlsx({"blad": [["tijd", "tekst"], [cell, "Hoi."]]})
    assert XlsxReader().read(path, path.name).turns[0].start == start


def test_words_in_rows_columns_and_sheets_that_are_not_read_are_counted(make_xlsx) -> None:
    path = make_xlsx(
        {
            "verslag": [
                ["spreker", "tekst", "opmerking"],
                ["Anna", "Hoi.", "sprak zacht vandaag"],
                ["Bram", None, None],
            ],
            "boodschappen": [["melk", "twee pakken"]],
        }
    )
    left_out = XlsxReader().read(path, path.name).left_out
    assert [(e.words, e.where.sheet, e.where.row) for e in left_out] == [
        (3, "verslag", 1),
        (1, "verslag", 3),
        (3, "boodschappen", 1),
    ]


def test_a_round_that_is_not_known_is_none_with_one_warning(make_xlsx) -> None:
    path = make_xlsx({"blad": [["ronde", "tekst"], ["Focustafel", "Een."], ["Focustafel", "Twee."]]})
    reading = XlsxReader().read(path, path.name)
    assert [turn.round for turn in reading.turns] == [None, None]
    assert reading.warnings == ("'Focustafel' is no round that rapporteur knows.",)


def test_a_formula_that_was_never_worked_out_is_said_with_its_cell(make_xlsx) -> None:
    rows = [("Spreker", "Tekst"), ("Anna", "Wij misten de markt."), ("Bram", '="Ik "&"ook"')]
    path = make_xlsx({"Verslag": rows})
    (warning,) = XlsxReader().read(path, path.name).warnings
    assert warning.startswith("A formula has no saved value, the first in cell B3")


def test_a_row_number_beyond_those_of_excel_is_refused_without_walking_there(make_xlsx, tmp_path) -> None:
    path = make_xlsx({"Verslag": [("Spreker", "Tekst"), ("Anna", "Wij misten de markt.")]})
    far = tmp_path / "ver.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(far, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part).replace(b'<row r="2"', b'<row r="999999999"')
            new.writestr(part, re.sub(rb'r="([AB])2"', rb'r="\g<1>999999999"', content))
    with pytest.raises(RecordRefused, match="beyond 1048576"):
        XlsxReader().read(far, far.name)


def test_a_column_of_stories_beside_columns_of_rounds_is_read_too(make_xlsx) -> None:
    header = ("Spreker", "Rol", "Verhaal", "Droom", "Idee")
    path = make_xlsx({"Verslag": [header, ("Anna", "kok", "De markt ging weg.", "Een plein.", "Bankjes.")]})
    turns = XlsxReader().read(path, path.name).turns
    assert [(turn.round, turn.text) for turn in turns] == [
        (None, "De markt ging weg."),
        ("dromen", "Een plein."),
        ("ideeen", "Bankjes."),
    ]
