"""CSV on the way out: Excel opens it as it stands, and nothing in it is ever run."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.cli.main import main
from rapporteur.spreadsheet import to_csv
from tests.workspaces import STORIES, write_record

SETTINGS = ["--set", "embedder=hashing"]
RUNS = "=+-@\t\r\n＝＋－＠"


def cells(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))


@pytest.mark.parametrize("start", [*RUNS, " =", "\u200b=", "\xa0@"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert cells(to_csv(["tekst"], [[f"{start}1+1"]])) == [["tekst"], [f"'{start}1+1"]]


@pytest.mark.parametrize("text", ["Ik zei: = is geen -.", "anna@kok", "1-2", "'t Was stil", "—", ""])
def test_other_cells_are_left_as_they_are(text: str) -> None:
    assert cells(to_csv(["tekst"], [[text]])) == [["tekst"], [text]]


def test_numbers_are_numbers_and_nothing_is_an_empty_cell() -> None:
    assert cells(to_csv(["a", "b"], [[-3, None]])) == [["a", "b"], ["-3", ""]]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=5))
def test_no_cell_starts_a_formula_and_no_cell_becomes_two(rows: list[list[str]]) -> None:
    """Whatever is in it, separators and quotation marks too."""
    read = cells(to_csv(["een", "twee"], rows))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not any(cell.lstrip(" \xa0").startswith(tuple(RUNS)) for row in read for cell in row)


def test_fragments_and_records_are_written_as_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = "=HYPERLINK(1) is wat Café Zoë zei; en wij misten het zwembad."
    file = write_record(tmp_path / "corpus", "groen", 1, [("Anna Roos", "-kok", said), *STORIES])
    file.with_name("=1+1.docx").write_bytes(b"")
    assert main([*SETTINGS, "index"]) == 2
    assert main([*SETTINGS, "fragments", "groen", "--csv", "f.csv"]) == 0
    assert main([*SETTINGS, "records", "--csv", "r.csv"]) == 0
    shown = capsys.readouterr()
    assert "Wrote 7 rows to f.csv." in shown.err and "Wrote 2 rows to r.csv." in shown.err
    headings, first, *others = cells(Path("f.csv").read_bytes())
    by_name = dict(zip(headings, first, strict=True))
    assert (by_name["text"], by_name["role"], by_name["dialogue"]) == (f"'{said}", "'-kok", "1")
    assert len(others) == 6 and "Roos" not in Path("f.csv").read_text("utf-8")
    headings, *rows = cells(Path("r.csv").read_bytes())
    assert headings[:2] == ["file", "status"]
    assert [row[:2] for row in rows] == [
        ["corpus/groen/=1+1.docx", "refused"],
        ["corpus/groen/dialoog-1.json", "read"],
    ]


def test_a_csv_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_record(tmp_path / "corpus", "groen", 1)
    main([*SETTINGS, "index"])
    capsys.readouterr()
    assert main([*SETTINGS, "records", "--csv", "nergens/r.csv"]) == 2
    assert "The folder nergens does not exist." in capsys.readouterr().err


@pytest.mark.parametrize("command", ["fragments", "records"])
def test_the_help_says_what_is_done_to_formulas(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "UTF-8, semicolons; an apostrophe goes before a text that a spreadsheet would run" in shown
