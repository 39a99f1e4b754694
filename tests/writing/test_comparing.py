"""What changed between two revisions, as printed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.writing.comparing import Line, Run, compare, words
from rapporteur.writing.export import tracked
from rapporteur.writing.export.interface import (
    Box,
    Bullets,
    Facts,
    Heading,
    Item,
    Paragraph,
    Quote,
    RenderedReport,
    Table,
    TopicLead,
)

QUOTE = Quote("knel-1-c1", "Ik miste de klanten in mijn zaak", "kapper, dialoog 1", "groen/1#1")
ITEMS: tuple[Item, ...] = (
    Heading("Knelpunten", 1, "knel"),
    Paragraph("Vijf mensen vertelden in twee dialogen over de markt.", "knel-opening"),
    TopicLead("De markt", "Drie mensen misten de markt en de praatjes daar.", "knel-1"),
    QUOTE,
    TopicLead("Het werk", "Twee mensen konden maandenlang niet naar hun werk.", "knel-2"),
    Heading("Ideeën", 1, "ideeen"),
    Box("Uitgewerkt idee", ("Samen koken in het buurthuis.",), "ideeen-k1", (replace(QUOTE, id="ideeen-k1-c1"),)),
    Bullets(("een vaste plek", "elke week samen eten"), "–", "lijst"),
    Facts((("Gesprekken", "twee"), ("Periode", "maart")), "feiten"),
    Table((("wie", "wat"), ("buren", "samen koken")), "tabel"),
)
WORD = st.sampled_from("markt plein buren niet wel, samen. eten – ‘ja’ 12 [X] é".split())
TEXT = st.lists(WORD, max_size=12).map(" ".join)
PARAGRAPH = st.builds(Paragraph, TEXT, st.sampled_from(["knel-opening", "knel-1", "knel-2", "kiem-1"]))
HEADING = st.builds(Heading, TEXT, st.sampled_from([1, 2]), st.sampled_from(["knel", "kiem"]))
REPORTS = st.lists(st.one_of(PARAGRAPH, HEADING, st.builds(TopicLead, TEXT, TEXT)), max_size=8).map(tuple)


def a_report(items: Sequence[Item] = ITEMS, title: str = "Groen") -> RenderedReport:
    return RenderedReport(title, "Verslag", tuple(items), "groen")


def changes(after: Sequence[Item], before: Sequence[Item] = ITEMS) -> list[tuple[str, str]]:
    lines = compare(a_report(before), a_report(after))
    return [(line.state, line.block) for line in lines if line.state != "same"]


def earlier(lines: Sequence[Line]) -> list[str]:
    kept = [line for line in lines if line.state not in ("added", "moved")]
    return ["".join(run.text for run in line.runs if run.state != "added") for line in kept]


def later(lines: Sequence[Line]) -> list[str]:
    kept = [line for line in lines if line.state not in ("removed", "moved away")]
    return ["".join(run.text for run in line.runs if run.state != "removed") for line in kept]


def printed(report: RenderedReport) -> list[str]:
    return later(compare(report, report))


# ------------------------------------------------------------------------------------------- word by word


@given(TEXT, TEXT)
def test_the_words_of_both_texts_are_there_in_their_order(before: str, after: str) -> None:
    runs = words(before, after)
    assert "".join(run.text for run in runs if run.state != "added") == before
    assert "".join(run.text for run in runs if run.state != "removed") == after
    assert all(run.text for run in runs)


def test_a_changed_word_is_removed_and_added_and_the_rest_is_left_alone() -> None:
    assert words("Drie mensen misten de markt.", "Vier mensen misten de markt.") == (
        Run("removed", "Drie"),
        Run("added", "Vier"),
        Run("same", " mensen misten de markt."),
    )


def test_words_changed_side_by_side_are_one_change() -> None:
    assert [run.state for run in words("wij gaan morgen fietsen nu", "wij willen later fietsen nu")] == [
        "same",
        "removed",
        "added",
        "same",
    ]


# -------------------------------------------------------------------------------------- paragraph by paragraph


@given(REPORTS, REPORTS)
def test_both_reports_can_be_read_from_what_changed(before: tuple[Item, ...], after: tuple[Item, ...]) -> None:
    one, other = a_report(before), a_report(after, "Groener")
    lines = compare(one, other)
    assert earlier(lines) == printed(one)
    assert later(lines) == printed(other)


@given(REPORTS)
def test_a_report_is_the_same_as_itself(items: tuple[Item, ...]) -> None:
    assert changes(items, items) == []


@given(st.integers(0, 10_000))
def test_paragraphs_in_another_order_have_moved_and_nothing_is_added_or_removed(seed: int) -> None:
    shuffled = list(ITEMS[1:5])
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    states = {state for state, _ in changes([ITEMS[0], *shuffled, *ITEMS[5:]])}
    assert states <= {"moved", "moved away"}


def test_each_kind_of_change_is_named_with_its_block() -> None:
    assert changes([*ITEMS[:2], *ITEMS[3:]]) == [("removed", "knel-1")]
    assert changes([*ITEMS[:2], Paragraph("Heel iets anders hier.", "x"), *ITEMS[2:]]) == [("added", "x")]
    shorter = replace(QUOTE, text="Ik miste […] mijn zaak")
    assert changes([*ITEMS[:3], shorter, *ITEMS[4:]]) == [("changed", "knel-1-c1")]
    assert changes([*ITEMS[:2], ITEMS[4], ITEMS[2], ITEMS[3], *ITEMS[5:]]) == [
        ("moved", "knel-2"),
        ("moved away", "knel-2"),
    ]


def test_a_topic_that_only_got_another_number_is_the_same() -> None:
    assert changes([*ITEMS[:4], replace(ITEMS[4], id="knel-7"), *ITEMS[5:]]) == []  # type: ignore[arg-type]


def test_of_a_list_a_table_and_a_kader_only_what_changed_is_named() -> None:
    box = replace(ITEMS[6], paragraphs=("Samen eten in het buurthuis.",))  # type: ignore[arg-type]
    bullets = Bullets(("een vaste plek", "elke maand samen eten"), "–", "lijst")
    facts = Facts((("Gesprekken", "drie"), ("Periode", "maart")), "feiten")
    table = Table((("wie", "wat"), ("buren", "samen eten")), "tabel")
    assert changes([*ITEMS[:6], box, bullets, facts, table]) == [
        ("changed", "ideeen-k1"),
        ("changed", "lijst"),
        ("changed", "feiten"),
        ("changed", "tabel"),
    ]


# ------------------------------------------------------------------------------------- as tracked changes


def tracked_paragraphs(content: bytes, *, accept: bool) -> list[str]:
    """The paragraphs as Word shows them once all changes are accepted, or refused."""
    gone = "w:del" if accept else "w:ins"
    found = []
    for paragraph in docx.Document(BytesIO(content)).element.body.iter(qn("w:p")):
        text = ""
        for piece in paragraph.iter(qn("w:t"), qn("w:delText")):
            above = {ancestor.tag for ancestor in piece.iterancestors()}
            text += "" if qn(gone) in above else piece.text or ""
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(gone)}") is None:
            found.append(text)
        else:
            assert text == ""
    return found


@given(REPORTS, REPORTS)
@pytest.mark.parametrize("accept", [True, False])
def test_accepting_all_tracked_changes_gives_the_later_report_and_refusing_them_the_earlier(
    accept: bool, before: tuple[Item, ...], after: tuple[Item, ...]
) -> None:
    one, other = a_report(before), a_report(after)
    content = tracked.to_bytes(
        compare(one, other), title="Groen", author="Eef", date="2026-01-02T03:04:05+00:00", language="nl-NL"
    )
    assert tracked_paragraphs(content, accept=accept) == printed(other if accept else one)


def test_every_tracked_change_says_who_made_it_and_when_under_a_number_of_its_own() -> None:
    content = tracked.to_bytes(
        compare(a_report(), a_report([*ITEMS[:2], *ITEMS[3:], Paragraph("Nieuw.", "x")])),
        title="Groen",
        author="Eef",
        date="2026-01-02T03:04:05+00:00",
        language="nl-NL",
    )
    marks = list(docx.Document(BytesIO(content)).element.body.iter(qn("w:ins"), qn("w:del")))
    assert {mark.get(qn("w:author")) for mark in marks} == {"Eef"}
    assert {mark.get(qn("w:date")) for mark in marks} == {"2026-01-02T03:04:05+00:00"}
    numbers = [mark.get(qn("w:id")) for mark in marks]
    assert len(numbers) == len(set(numbers)) == 4  # two paragraphs, each with its end
