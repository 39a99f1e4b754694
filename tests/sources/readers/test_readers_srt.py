"""SubRip: which cues are one turn, who speaks in them, and what is said of times that cannot be."""

from __future__ import annotations

import pytest

from rapporteur.errors import RecordRefused


def srt(*cues: str, seconds: int = 2) -> str:
    times = [f"00:00:{n * seconds:02},000 --> 00:00:{n * seconds + seconds:02},000" for n in range(len(cues))]
    return "\n".join(f"{n}\n{time}\n{cue}\n" for n, (time, cue) in enumerate(zip(times, cues, strict=True), start=1))


def said(reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in reading.turns]


def test_a_speaker_who_is_named_once_goes_on_until_the_next_name(read_text_as) -> None:
    reading = read_text_as(".srt", srt("Anna (kok): Wij wilden", "een plein.", "Bram: Mooi.", "Echt mooi."))
    assert said(reading) == [("Anna", "Wij wilden een plein."), ("Bram", "Mooi. Echt mooi.")]
    first = reading.turns[0]
    assert (first.role, first.start, first.end) == ("kok", "00:00:00.000", "00:00:04.000")
    assert str(first.locator) == "verslag.srt, line 2, at 00:00:00.000"
    assert reading.warnings == ()


def test_where_every_cue_names_its_speaker_one_without_is_nobodys(read_text_as) -> None:
    reading = read_text_as(".srt", srt("Anna: Wij wilden", "Anna: een plein.", "Wie zei dit?", "Bram: Mooi."))
    assert said(reading) == [("Anna", "Wij wilden een plein."), (None, "Wie zei dit?"), ("Bram", "Mooi.")]
    assert "1 of the cues name no speaker, the first in line 10" in reading.warnings[0]


def test_a_speaker_may_stand_in_brackets_but_a_sound_is_nobody(read_text_as) -> None:
    reading = read_text_as(".srt", srt("[Anna] Hoi.", "[gelach] Nou ja.", "[Bram]: Dag.", "[Applaus]"))
    assert said(reading) == [("Anna", "Hoi. [gelach] Nou ja."), ("Bram", "Dag. [Applaus]")]


def test_without_any_name_each_cue_is_someone_unknowns(read_text_as) -> None:
    reading = read_text_as(".srt", srt("Ik vond het fijn.", "Ik zei: nee.", "Amsterdam: daar was het."))
    assert [speaker for speaker, _ in said(reading)] == [None, None, None]


def test_two_voices_in_one_cue_are_two_turns(read_text_as) -> None:
    reading = read_text_as(
        ".srt", srt("Anna: Hoi.", "Anna: Echt waar?\nBram: Echt waar.", "Bram: Ja.", "- Zo.\n- Nou.")
    )
    assert said(reading) == [("Anna", "Hoi. Echt waar?"), ("Bram", "Echt waar. Ja."), (None, "Zo."), (None, "Nou.")]


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ("<i>Dat</i> is <font color=#fff>echt</font> {\\an8}geel", "Dat is echt geel"),
        ("R&D &amp; de kas &lt;3 kop&copy", "R&D & de kas <3 kop&copy"),
        ("over twee\n  regels", "over twee regels"),
        ("een lege\n\nregel erin", "een lege regel erin"),
        ("tot\n2020", "tot 2020"),
    ],
)
def test_markup_goes_and_every_word_stays(read_text_as, payload: str, words: str) -> None:
    assert read_text_as(".srt", srt(payload, "Bram: einde")).turns[0].text == words


@pytest.mark.parametrize("mark", [",", "."])
def test_times_are_read_with_a_comma_or_a_dot_with_or_without_numbers_or_empty_lines(read_text_as, mark: str) -> None:
    text = f"00:00:01{mark}5 --> 00:00:02{mark}000\nAnna: Een.\n7\n0:0:3{mark}000 --> 0:0:4{mark}000\nBram: Twee."
    turns = read_text_as(".srt", text).turns
    assert [(turn.text, turn.start) for turn in turns] == [("Een.", "00:00:01.500"), ("Twee.", "00:00:03.000")]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("00:00:01,000 --> 00:00:05,000", "00:00:04,000 --> 00:00:06,000", "before the one above them has ended"),
        ("00:00:09,000 --> 00:00:10,000", "00:00:04,000 --> 00:00:06,000", "start before the one above them, "),
        ("00:00:01,000 --> 00:00:02,000", "00:00:05,000 --> 00:00:04,000", "end before they start"),
        ("-00:00:01,000 --> 00:00:02,000", "00:00:05,000 --> 00:00:06,000", "have a time before zero"),
    ],
)
@pytest.mark.parametrize("suffix", [".srt", ".vtt"])
def test_times_that_cannot_be_are_one_warning_and_cost_no_words(
    read_text_as, suffix: str, first: str, second: str, why: str
) -> None:
    head = "WEBVTT\n\n" if suffix == ".vtt" else ""
    reading = read_text_as(suffix, f"{head}{first}\nAnna: Een.\n\n{second}\nBram: Twee.\n")
    assert said(reading) == [("Anna", "Een."), ("Bram", "Twee.")]
    assert len(reading.warnings) == 1
    assert why in reading.warnings[0]


def test_words_without_a_time_are_left_out_with_their_line_and_number(read_text_as) -> None:
    text = "Ondertiteld door niemand\n\n" + srt("Anna: Hoi.") + "\n2\n00:x --> 00:y\nkapotte tijd\n"
    reading = read_text_as(".srt", text)
    assert [(e.where.line, e.words) for e in reading.left_out] == [(1, 3), (8, 4)]
    assert said(reading) == [("Anna", "Hoi.")]


def test_a_file_cut_off_in_a_cue_keeps_what_it_has(read_text_as) -> None:
    whole = srt("Anna: Een.", "Bram: Twee woorden.")
    assert said(read_text_as(".srt", whole[: whole.index("woorden")])) == [("Anna", "Een."), ("Bram", "Twee")]


def test_a_file_without_any_cue_is_refused(read_text_as) -> None:
    with pytest.raises(RecordRefused, match="It holds no subtitles"):
        read_text_as(".srt", "Anna: Hoi.\n")


def test_a_second_speaker_in_a_cue_is_heard_even_if_she_opens_no_cue_of_her_own(read_text_as) -> None:
    text = srt("Sjaak: Ik snap het niet.\nTina: Omdat het geld op is.", "Sjaak: O ja.")
    assert said(read_text_as(".srt", text)) == [
        ("Sjaak", "Ik snap het niet."),
        ("Tina", "Omdat het geld op is."),
        ("Sjaak", "O ja."),
    ]
