"""WebVTT: what becomes a turn, and what is left out."""

from __future__ import annotations

import pytest

from rapporteur.errors import RecordRefused

GUID = "5f0c2a1e-0000-4000-8000-000000000001"


def vtt(*cues: str) -> str:
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def cue(text: str, *, id: str = "", start: int = 1) -> str:
    timing = f"00:00:{start:02}.000 --> 00:00:{start + 1:02}.500"
    return "\n".join(filter(None, (id, timing, text)))


def test_cues_of_one_turn_are_joined_by_their_id(read_text_as) -> None:
    text = vtt(
        cue("<v Anna>Wij hadden een tuin,</v>", id=f"{GUID}/1-0", start=1),
        cue("<v Anna>en die is weg.</v>", id=f"{GUID}/1-1", start=3),
        cue("<v Anna>Nog iets anders.</v>", id=f"{GUID}/2-0", start=5),
    )
    turns = read_text_as(".vtt", text).turns
    assert [turn.text for turn in turns] == ["Wij hadden een tuin, en die is weg.", "Nog iets anders."]
    assert (turns[0].start, turns[0].end) == ("00:00:01.000", "00:00:04.500")


def test_a_turn_goes_on_by_its_id_when_another_voice_comes_in_between(read_text_as) -> None:
    text = vtt(
        cue("<v Anna>Het bankje</v>", id=f"{GUID}/1-0"),
        cue("<v Bram>Ja!</v>", id=f"{GUID}/2-0"),
        cue("<v Anna>is verdwenen.</v>", id=f"{GUID}/1-1"),
    )
    turns = read_text_as(".vtt", text).turns
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Anna", "Het bankje is verdwenen."),
        ("Bram", "Ja!"),
    ]


def test_consecutive_cues_of_one_speaker_without_such_ids_are_joined(read_text_as) -> None:
    text = vtt(cue("<v Anna>Een"), cue("<v Anna>twee", id="2"), cue("<v Bram>drie"), cue("<v Anna>vier"))
    turns = read_text_as(".vtt", text).turns
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Anna", "Een twee"),
        ("Bram", "drie"),
        ("Anna", "vier"),
    ]


def test_cues_of_an_unknown_speaker_stay_apart_as_they_may_be_two_people(read_text_as) -> None:
    turns = read_text_as(".vtt", vtt(cue("Ik vond het fijn."), cue("Ik juist niet."))).turns
    assert [(turn.speaker, turn.text) for turn in turns] == [
        (None, "Ik vond het fijn."),
        (None, "Ik juist niet."),
    ]


def test_two_voices_in_one_cue_are_two_turns(read_text_as) -> None:
    turns = read_text_as(".vtt", vtt(cue("<v Anna>Echt waar?</v> <v Bram>Echt waar.</v>"))).turns
    assert [(turn.speaker, turn.text) for turn in turns] == [("Anna", "Echt waar?"), ("Bram", "Echt waar.")]


def test_zoom_names_speakers_in_the_text_of_each_cue(read_text_as) -> None:
    text = vtt(cue("Anna de Boer: Wij wilden", id="1"), cue("Anna de Boer: een plein.", id="2"), cue("Bram: Mooi."))
    turns = read_text_as(".vtt", text).turns
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Anna de Boer", "Wij wilden een plein."),
        ("Bram", "Mooi."),
    ]


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ("<v Anna>R&amp;D en de kas &lt;3</v>", "R&D en de kas <3"),
        ("<v.luid Anna>Dat is <i>echt</i> <c.geel>geel</c></v>", "Dat is echt geel"),
        ("<v Anna>een <00:00:01.500>twee", "een twee"),
        ("<v Anna>over twee\n  regels", "over twee regels"),
        ("<v Anna>minder < meer", "minder < meer"),
    ],
)
def test_tags_go_entities_are_read_and_other_signs_stay(read_text_as, payload: str, words: str) -> None:
    assert read_text_as(".vtt", vtt(cue(payload))).turns[0].text == words


def test_old_and_short_ways_of_writing_a_time_are_made_one(read_text_as) -> None:
    text = "WEBVTT\n\n0:0:13.540 --> 0:0:15.2\n<v Anna>Hoi\n\n02:03.000 --> 02:04.000\n<v Bram>Dag\n"
    turns = read_text_as(".vtt", text).turns
    assert [turn.start for turn in turns] == ["00:00:13.540", "00:02:03.000"]
    assert turns[0].end == "00:00:15.200"


def test_notes_are_nobodys_words_and_said_to_be_and_styles_have_none(read_text_as) -> None:
    text = vtt("NOTE\nDit is gemaakt door Teams", "STYLE\n::cue { color: red }", cue("<v Anna>Welkom"))
    reading = read_text_as(".vtt", text)
    assert [turn.text for turn in reading.turns] == ["Welkom"]
    assert [(entry.words, entry.why) for entry in reading.left_out] == [(5, "a note or title in the file")]


def test_words_outside_a_cue_are_left_out_with_their_line_and_number(read_text_as) -> None:
    reading = read_text_as(".vtt", vtt(cue("<v Anna>Eerst dit."), "en dit staat los", "00:x --> 00:y\nkapotte tijd"))
    assert [(entry.where.line, entry.words) for entry in reading.left_out] == [(6, 4), (8, 4)]
    assert len(reading.turns) == 1


def test_a_file_that_does_not_start_with_webvtt_is_refused(read_text_as) -> None:
    with pytest.raises(RecordRefused, match="first line must be 'WEBVTT'"):
        read_text_as(".vtt", "1\n00:00:01,000 --> 00:00:02,000\nHallo\n")


def test_a_closing_tag_that_is_cut_off_with_the_file_is_no_word(read_text_as) -> None:
    for end in ("</", "</v"):
        [turn] = read_text_as(".vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Hoi daar.{end}").turns
        assert turn.text == "Hoi daar."
