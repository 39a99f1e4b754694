"""A hyphen at the end of a line goes where it is one of the line end, and stays where it is one of the word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.sources.readers.hyphens import join_lines, vocabulary


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["de verga-", "dering begon"], "de vergadering begon"),
        (["de ‘verga-", "dering’ begon"], "de ‘vergadering’ begon"),
        (["in Noord-", "Brabant"], "in Noord-Brabant"),
        (["mijn ex-", "man"], "mijn ex-man"),
        (["de oud-", "burgemeester"], "de oud-burgemeester"),
        (["een niet-", "roker"], "een niet-roker"),
        (["als zzp-", "er"], "als zzp-er"),
        (["een A4-", "tje"], "een A4-tje"),
        (["het is blauw-", "blauw gelaten"], "het is blauw-blauw gelaten"),
        (["kant-en-", "klaar"], "kant-en-klaar"),
        (["een auto-", "ongeluk"], "een auto-ongeluk"),
        (["knel-", "en kiemverhalen"], "knel- en kiemverhalen"),
        (["van 10-", "12 uur"], "van 10-12 uur"),
        (["hij zei -", "en ik ook -", "nee"], "hij zei - en ik ook - nee"),
        (["de verga\u00ad", "dering"], "de vergadering"),
        (["gewoon", "een regel", ""], "gewoon een regel"),
    ],
)
def test_the_rule_where_the_document_says_nothing(lines: list[str], text: str) -> None:
    assert join_lines(lines, vocabulary(lines)) == text


@pytest.mark.parametrize(
    ("elsewhere", "lines", "text"),
    [
        ("een werk-privébalans dus", ["de werk-", "privébalans"], "de werk-privébalans"),
        ("niettemin", ["maar niet-", "temin"], "maar niettemin"),
        ("veel ideeën", ["goede idee-", "en genoeg"], "goede idee- en genoeg"),
        ("gecoördineerd", ["het is geco-", "ordineerd"], "het is gecoördineerd"),
        ("Meedoen!", ["kunnen mee-", "doen"], "kunnen meedoen"),
    ],
)
def test_a_word_that_stands_whole_elsewhere_decides(elsewhere: str, lines: list[str], text: str) -> None:
    assert join_lines(lines, vocabulary([elsewhere, *lines])) == text


def test_a_broken_word_is_no_witness_of_itself() -> None:
    assert vocabulary(["de verga-", "dering en verga\u00ad", "ring"]) == frozenset({"de", "en"})


@given(st.lists(st.text(alphabet="ab -éA1'", max_size=8), max_size=6))
def test_no_letter_is_ever_lost_or_added(lines: list[str]) -> None:
    joined = join_lines(lines, frozenset())
    assert [c for c in joined if c.isalnum()] == [c for line in lines for c in line if c.isalnum()]
