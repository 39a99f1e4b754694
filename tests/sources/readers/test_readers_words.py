"""The small rules: who is a speaker, what names a round, what a date is, what words look like."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.sources.readers.rounds import round_of
from rapporteur.sources.readers.speakers import label_of
from rapporteur.sources.readers.text import clean, unwrap
from rapporteur.sources.readers.times import iso_date


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("Marleen: Welkom.", "Marleen", None),
        (
            "Tiny van der Oploo (oud-kleuterleidster, koorlid): Hallo.",
            "Tiny van der Oploo",
            "oud-kleuterleidster, koorlid",
        ),
        ("Gerrit-Jan Pals (wethouder) : Ja.", "Gerrit-Jan Pals", "wethouder"),
        ("J.P. de Vries: Ja.", "J.P. de Vries", None),
        ("Mevr. D'Hont-'t Hart: Ja.", "Mevr. D'Hont-'t Hart", None),
        ("Deelnemer 3: Ja.", "Deelnemer 3", None),
        ("deelnemer 3 (kok): Ja.", "deelnemer 3", "kok"),
        ("Çetin (pakketbezorger (zzp)): Ja.", "Çetin", "pakketbezorger (zzp)"),
        ("HENK:", "HENK", None),
    ],
)
def test_a_name_with_or_without_a_role_before_a_colon_is_a_speaker(text: str, speaker: str, role: str | None) -> None:
    label = label_of(text)
    assert label is not None
    assert (label.speaker, label.role, text[label.length :]) == (speaker, role, text.partition(":")[2].strip())


@pytest.mark.parametrize(
    "text",
    [
        "En toen zei hij: nee",
        "Kortom: wij blijven.",
        "Mijn kop: 'Bankje weg.'",
        "Het begon om 19:30 uur.",
        "Datum: 5 april",
        "Toen hij kwam (mijn man): stilte",
        "Ja, Marleen: dat klopt",
        "https://buurt.example",
        "Wij gingen weg. Anna: en toen?",
        "Geen dubbele punt",
        ": niets",
        "",
    ],
)
def test_any_other_colon_is_part_of_the_words(text: str) -> None:
    assert label_of(text) is None


def test_a_label_in_bold_need_not_look_like_a_name_but_may_not_open_a_sentence() -> None:
    label = label_of("student mbo zorg: Ja.", set_apart=True)
    assert label is not None
    assert label.speaker == "student mbo zorg"
    assert label_of("Let op: de deur is dicht.", set_apart=True) is None


@pytest.mark.parametrize(
    ("text", "round"),
    [
        ("Knel en kiem", "knel-kiem"),
        ("KNEL/KIEM", "knel-kiem"),
        ("Ronde 1: knel- en kiemverhalen", "knel-kiem"),
        ("knel-kiem", "knel-kiem"),
        ("Dromen", "dromen"),
        ("2. Dromen en wensen voor de toekomst", "dromen"),
        ("Derde ronde – Ideeën en eerste stappen", "ideeen"),
        ("Eerste stappen en ideeën", "ideeen"),
        ("ideeen", "ideeen"),
        ("Opening", "opening"),
        ("Afsluiting", "afsluiting"),
        ("Slotronde", "afsluiting"),
        ("Eerste ronde", None),
        ("Dromen zijn bedrog", None),
        ("Verslag van de avond", None),
        ("2", None),
        ("", None),
        (None, None),
    ],
)
def test_a_heading_or_cell_names_a_round_in_full_or_not_at_all(text: str | None, round: str | None) -> None:
    assert round_of(text) == round


@pytest.mark.parametrize(
    "text", ["2022-04-05", "5-4-2022", "05/04/2022", "5 april 2022", "5 April 2022", "2022-04-05T19:30"]
)
def test_a_day_is_read_in_the_ways_people_write_it(text: str) -> None:
    assert iso_date(text) == "2022-04-05"


@pytest.mark.parametrize("text", ["in april", "31-2-2022", "5-13-2022", "2022", "5 foo 2022"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert iso_date(text) is None


def test_words_are_composed_and_freed_of_control_characters_without_joining_any() -> None:
    assert clean("cafe\u0301 nu\x00l\r\neen\x0btwee\ud800 ") == "caf\u00e9 nul\neen twee"


def test_only_a_line_wrap_becomes_one_space() -> None:
    assert unwrap("een  \n  twee  drie") == "een twee  drie"


@given(st.text())
def test_cleaning_is_done_once_and_changes_nothing_the_second_time(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")
