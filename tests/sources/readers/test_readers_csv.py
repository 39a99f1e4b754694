"""CSV: the delimiter is found by what it makes visible, quotes are read strictly, sessions are never mixed."""

from __future__ import annotations

import csv
import io

import pytest

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers import csv as reader

ROWS = [
    ["Ronde", "Spreker", "Functie", "Tekst"],
    ["Dromen", "Anna", "kok; bakker, en meer", "Een kas, een plein;\nen een | bank."],
    ["", "", "", ""],
    ["Dromen", "Bram", "", 'Hij zei "nee".'],
]


def written(rows: list[list[str]], delimiter: str = ";") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_whatever_its_delimiter_and_encoding(read_text_as, delimiter: str, encoding: str) -> None:
    rows = [*ROWS, ["Dromen", "Zoë", "", "Café één."]]
    reading = read_text_as(".csv", written(rows, delimiter).encode(encoding))
    assert [(t.speaker, t.role, t.round, t.text, t.locator.row) for t in reading.turns] == [
        ("Anna", "kok; bakker, en meer", "dromen", "Een kas, een plein;\nen een | bank.", 2),
        ("Bram", None, "dromen", 'Hij zei "nee".', 4),
        ("Zoë", None, "dromen", "Café één.", 5),
    ]
    assert len(reading.warnings) == (encoding == "cp1252")
    assert reading.left_out == ()


def test_metadata_may_stand_above_the_columns_or_be_the_same_in_every_row(read_text_as) -> None:
    text = "Datum;5 april 2022;\n;;\nthema;dialoog;spreker;tekst\nWonen;3;Anna;Hoi.\nwonen;3;Bram;Dag.\n"
    metadata = read_text_as(".csv", text).metadata
    assert (metadata.date, metadata.theme, metadata.dialogue) == ("2022-04-05", "Wonen", 3)


@pytest.mark.parametrize(("column", "other"), [("thema", "Groen"), ("dialoog", "4")])
def test_rows_of_different_sessions_are_refused_with_both_places(read_text_as, column: str, other: str) -> None:
    text = f"{column};spreker;tekst\n3;Anna;Hoi.\n3;Bram;Dag.\n{other};Cor;Ja.\n"
    with pytest.raises(RecordRefused, match="different sessions") as refusal:
        read_text_as(".csv", text)
    assert f"'3' (verslag.csv, row 2) and '{other}' (verslag.csv, row 4)" in str(refusal.value)
    assert "a file of its own" in refusal.value.hint


def test_sheets_of_excel_are_held_to_the_same(make_xlsx) -> None:
    path = make_xlsx({"blad": [["dialoog", "spreker", "tekst"], [1, "Anna", "Hoi."], [2, "Bram", "Dag."]]})
    from rapporteur.sources.readers.xlsx import XlsxReader

    with pytest.raises(RecordRefused, match="different sessions"):
        XlsxReader().read(path, path.name)


def test_a_column_of_row_numbers_is_no_dialogue(read_text_as) -> None:
    reading = read_text_as(".csv", "nr;spreker;tekst\n1;Anna;Hoi.\n2;Bram;Dag.\n")
    assert reading.metadata.dialogue is None
    assert [(e.words, e.why) for e in reading.left_out] == [(2, "column 'nr' is not one that rapporteur reads")]


@pytest.mark.parametrize("cell", ["=1+1", "@naam", "+31 is ons land", "-ja", '=HYPERLINK("x")'])
def test_what_looks_like_a_formula_is_just_text(read_text_as, cell: str) -> None:
    assert read_text_as(".csv", written([["spreker", "tekst"], ["Anna", cell]])).turns[0].text == cell


def test_rows_without_words_are_left_out_with_their_row(read_text_as) -> None:
    reading = read_text_as(".csv", "spreker;tekst\nAnna;Hoi.\n\nBram van Dam;\n")
    assert [(e.words, e.where.row, e.why) for e in reading.left_out] == [(3, 4, "a row without text")]


def test_excels_own_line_about_the_delimiter_is_obeyed_and_not_counted(read_text_as) -> None:
    [turn] = read_text_as(".csv", "sep=|\nspreker|tekst\nAnna|Hoi; dag, ja.\n").turns
    assert (turn.text, turn.locator.row) == ("Hoi; dag, ja.", 2)


def test_a_quotation_mark_without_its_partner_is_refused_not_read_over_all_rows_below(read_text_as) -> None:
    with pytest.raises(RecordRefused, match=r"Line 4 is not well formed") as refusal:
        read_text_as(".csv", 'spreker;tekst\nAnna;"Ja\nBram;Nee.\nCor;Nou.\n')
    assert "twice" in refusal.value.hint


def test_a_table_without_known_columns_is_refused_with_an_example(read_text_as) -> None:
    with pytest.raises(RecordRefused, match="No row names its columns") as refusal:
        read_text_as(".csv", "wie,wat\nAnna,Hoi.\n")
    assert "spreker;rol;ronde;tekst" in refusal.value.hint


def test_a_million_rows_are_refused_and_a_million_empty_ones_passed_over(read_text_as, monkeypatch) -> None:
    head = "spreker;tekst\n"
    assert len(read_text_as(".csv", head + ";;;\n" * 1_000_000 + "Anna;Hoi.\n").turns) == 1
    monkeypatch.setattr(reader, "MAX_ROWS", 1_000)
    with pytest.raises(RecordRefused, match="far more rows or columns"):
        read_text_as(".csv", head + "Anna;Hoi.\n" * 1_001)


@pytest.mark.parametrize("line", [";" * 200_000, "a;" * 2_000])
def test_a_line_of_far_too_many_cells_is_refused(read_text_as, line: str) -> None:
    with pytest.raises(RecordRefused, match="far more"):
        read_text_as(".csv", f"spreker;tekst\n{line}\n")


def test_a_sentence_cut_off_by_a_delimiter_without_marks_is_refused_with_its_row(read_text_as) -> None:
    text = "spreker,rol,tekst\nAnna,moeder,Ik wil verhuizen, maar niet naar de stad\n"
    with pytest.raises(RecordRefused, match="Row 2 has 4 cells, and the names of the columns are 3"):
        read_text_as(".csv", text)


def test_remarks_are_never_taken_for_what_was_said(read_text_as) -> None:
    with pytest.raises(RecordRefused):
        read_text_as(".csv", "naam;rol;iets anders;opmerkingen\nAnna;moeder;Ik werd ontslagen;Zij was boos\n")
