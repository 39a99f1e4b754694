"""The index of quotes on disk: the same answers, made once, remade when the records change, never needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.proof.indexing import corpus_of, drop, open_or_build
from rapporteur.proof.quotes import QuoteChecker
from rapporteur.types import Attribution, Fragment, Quotation
from tests.proof.invented import INVENTED, fragments_of

QUOTATIONS = (
    Quotation("Het is nu heel rustig in de straat.", "", Attribution("", "bakker", 1)),
    Quotation("Ik wil terug naar de drukte van vroeger.", ""),
    Quotation("De gemeente gaf ons een sleutel […] het hek gewoon open voor iedereen.", ""),
    Quotation("Dat is mooi.", ""),
    Quotation("Vliegende olifanten zingen zelden opera in Parijs.", ""),
)


def never() -> tuple[Fragment, ...]:
    raise AssertionError("the records were read though the index was there")


def test_an_index_on_disk_gives_the_verdicts_of_one_in_memory(tmp_path: Path) -> None:
    in_memory = QuoteChecker(INVENTED)
    for _ in range(2):
        on_disk = QuoteChecker(open_or_build(tmp_path / "index", "a", lambda: INVENTED))
        assert [on_disk.check(q) for q in QUOTATIONS] == [in_memory.check(q) for q in QUOTATIONS]


def test_an_index_that_is_there_is_opened_without_the_records(tmp_path: Path) -> None:
    open_or_build(tmp_path, "a", lambda: INVENTED)
    assert open_or_build(tmp_path, "a", never).size > 100


def test_other_records_make_another_index_and_the_old_words_are_gone(tmp_path: Path) -> None:
    open_or_build(tmp_path, "a", lambda: INVENTED)
    changed = fragments_of("r", "t", 1, [("A", "kok", "Alles is anders geworden in de keuken.")])
    checker = QuoteChecker(open_or_build(tmp_path, "b", lambda: changed))
    assert checker.check(Quotation("Alles is anders geworden in de keuken.", "")).clean
    assert [p.name.endswith("-b") for p in tmp_path.iterdir()] == [True]


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    open_or_build(tmp_path, "a", lambda: INVENTED)
    (next(tmp_path.glob("quotes-*")) / "order.npy").write_bytes(b"nothing of use")
    assert QuoteChecker(open_or_build(tmp_path, "a", lambda: INVENTED)).check(QUOTATIONS[0]).clean


def test_where_nothing_can_be_written_the_index_stays_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    corpus = open_or_build(tmp_path / "file" / "index", "a", lambda: INVENTED)
    assert QuoteChecker(corpus).check(QUOTATIONS[0]).clean


def test_dropping_leaves_no_word_behind(tmp_path: Path) -> None:
    open_or_build(tmp_path, "a", lambda: INVENTED)
    drop(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_index_of_no_records_holds_nothing(tmp_path: Path) -> None:
    checker = QuoteChecker(open_or_build(tmp_path, "a", tuple))
    assert checker.check(QUOTATIONS[0]).kind == "not-found"


@pytest.mark.parametrize("run", [("dat",), ("dat", "is"), ("dat", "is", "mooi"), ("dat", "is", "mooi", ".")])
def test_a_run_is_found_in_every_place_whatever_its_length(run: tuple[str, ...]) -> None:
    corpus = corpus_of(INVENTED)
    found = corpus.find(run)
    for number, token in zip(found.passages.tolist(), found.tokens.tolist(), strict=True):
        assert corpus.passage(number).tokens.canonical[token : token + len(run)] == run
    counted = sum(
        f.text.casefold().count("dat is mooi") if len(run) > 2 else f.text.casefold().count(" ".join(run))
        for f in INVENTED
    )
    assert len(found) == counted
