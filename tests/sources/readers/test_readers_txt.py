"""Plain text: speakers before a colon, lines that wrap, times of a recorder, metadata on top, nothing glued on."""

from __future__ import annotations

import pytest

from rapporteur.errors import RecordRefused


def said(reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in reading.turns]


def test_a_typed_record_has_metadata_rounds_roles_and_wrapped_lines(read_text_as) -> None:
    text = (
        "Verslag van de avond\nThema: Wonen\nDialoog: 3\nDatum: 5 april 2022\n\nKnel en kiem\n\n"
        "Anna (kok, moeder): Ik mis de markt\nen het plein.\n\nEn de stilte.\n"
        "Bram (bakker): Ik niet.\nDromen\nAnna: Een kas.\n"
    )
    reading = read_text_as(".txt", text)
    assert [(t.speaker, t.role, t.round, t.text, t.locator.line) for t in reading.turns] == [
        ("Anna", "kok, moeder", "knel-kiem", "Ik mis de markt en het plein.\nEn de stilte.", 8),
        ("Bram", "bakker", "knel-kiem", "Ik niet.", 12),
        ("Anna", None, "dromen", "Een kas.", 14),
    ]
    metadata = reading.metadata
    assert (metadata.theme, metadata.dialogue, metadata.date) == ("Wonen", 3, "2022-04-05")
    assert [(e.words, e.where.line) for e in reading.left_out] == [(4, 1)]


def test_the_last_word_of_a_sentence_is_no_heading(read_text_as) -> None:
    text = "Anna: Zo kwam er na al die weken een mooi\nslot.\nBram: En toen kwamen we bij de\ndromen\nvan Anna.\n"
    reading = read_text_as(".txt", text)
    assert said(reading) == [
        ("Anna", "Zo kwam er na al die weken een mooi slot."),
        ("Bram", "En toen kwamen we bij de dromen van Anna."),
    ]
    assert [turn.round for turn in reading.turns] == [None, None]


@pytest.mark.parametrize("heading", ["PAUZE", "Pauze\n-----", "## Pauze", "== Pauze =="])
def test_a_heading_between_turns_is_nobodys_words_and_ends_the_round(read_text_as, heading: str) -> None:
    reading = read_text_as(".txt", f"Dromen\n\nAnna: Een kas.\n\n{heading}\n\nBram: Weer terug.\n")
    assert said(reading) == [("Anna", "Een kas."), ("Bram", "Weer terug.")]
    assert [turn.round for turn in reading.turns] == ["dromen", None]
    assert [(e.words, e.why) for e in reading.left_out] == [(1, "a heading, not someone's words")]


def test_a_recorder_writes_a_time_before_each_speaker_and_sometimes_before_words_that_go_on(read_text_as) -> None:
    text = "[00:01:23] Anna: Eerst dit\n[00:01:25] en dan dat.\n[00:01:30 - 00:01:40] Bram (kok): Dag.\n"
    turns = read_text_as(".txt", text).turns
    assert [(t.speaker, t.role, t.start, t.end, t.text) for t in turns] == [
        ("Anna", None, "00:01:23.000", None, "Eerst dit\nen dan dat."),
        ("Bram", "kok", "00:01:30.000", "00:01:40.000", "Dag."),
    ]
    assert str(turns[0].locator) == "verslag.txt, line 1, at 00:01:23.000"


@pytest.mark.parametrize(
    "text",
    [
        "00:01:23 Anna\nWelkom allemaal\nhier.\n\n00:01:30 Bram\nDag.\n",
        "Anna  1:23\nWelkom allemaal\nhier.\n\nBram  1:30\n\nDag.\n",
        "[Anna] 10:01:23\nWelkom allemaal hier.\n[Bram] 10:01:30\nDag.\n",
        "00:01:23 [Anna] Welkom allemaal\nhier.\n00:01:30 [Bram] Dag.\n",
        "- Anna: Welkom allemaal hier.\n- Bram: Dag.\n",
    ],
)
def test_a_name_may_stand_with_its_time_above_the_words_in_brackets_or_behind_a_bullet(read_text_as, text: str) -> None:
    assert said(read_text_as(".txt", text)) == [("Anna", "Welkom allemaal hier."), ("Bram", "Dag.")]


def test_lines_with_a_time_of_which_nobody_is_named_are_turns_of_someone_unknown(read_text_as) -> None:
    text = "[00:00.000 --> 00:04.000]  Welkom allemaal.\n[00:04.000 --> 00:06.000]  Precies\n"
    assert said(read_text_as(".txt", text)) == [(None, "Welkom allemaal."), (None, "Precies")]


def test_a_word_with_a_time_above_another_speaker_is_a_word_not_a_name(read_text_as) -> None:
    text = "[00:00:01] Anna: Een.\n[00:00:02] Precies\nBram: Twee.\n[00:00:03] Bram: Drie.\n"
    assert said(read_text_as(".txt", text))[0] == ("Anna", "Een.\nPrecies")


def test_a_time_of_day_is_part_of_the_words(read_text_as) -> None:
    text = "Anna: Wij begonnen om\n19:30 in de zaal.\nBram: En om\n20:00:00 was het klaar.\n"
    assert said(read_text_as(".txt", text))[0] == ("Anna", "Wij begonnen om 19:30 in de zaal.")


def test_a_role_at_the_first_turn_only_makes_nobody_elses_turns_part_of_it(read_text_as) -> None:
    text = (
        "Gespreksleider: Wie begint?\nAnna (kok): Ik.\nBram: En ik.\nGespreksleider: Mooi.\nBram: Ja.\n"
        "Anna: Wij gingen weg uit\nAmsterdam: daar begon het.\n"
    )
    reading = read_text_as(".txt", text)
    assert [turn.speaker for turn in reading.turns] == [
        "Gespreksleider",
        "Anna",
        "Bram",
        "Gespreksleider",
        "Bram",
        "Anna",
    ]
    assert reading.turns[-1].text == "Wij gingen weg uit\nAmsterdam: daar begon het."
    assert len(reading.warnings) == 1


def test_metadata_that_is_not_read_is_left_out_and_no_speaker(read_text_as) -> None:
    reading = read_text_as(".txt", "Thema: Wonen\nLocatie: het buurthuis\nDialoog: 3\nAnna: Hoi.\n")
    assert said(reading) == [("Anna", "Hoi.")]
    assert [(e.words, e.why) for e in reading.left_out] == [(3, "metadata that rapporteur does not read")]


def test_the_host_who_opens_under_the_metadata_is_a_speaker(read_text_as) -> None:
    reading = read_text_as(".txt", "Thema: Wonen\nDialoog: 3\nGastvrouw: Welkom allemaal.\nAnna: Dank je.\n")
    assert said(reading) == [("Gastvrouw", "Welkom allemaal."), ("Anna", "Dank je.")]
    assert (reading.metadata.theme, reading.metadata.dialogue) == ("Wonen", 3)


def test_words_that_look_like_metadata_further_down_stay_words(read_text_as) -> None:
    reading = read_text_as(".txt", "Anna (kok): Mijn agenda zei\nDatum: 5 april 2022\nen dat klopte.\n")
    assert said(reading) == [("Anna", "Mijn agenda zei Datum: 5 april 2022 en dat klopte.")]
    assert reading.metadata.date is None


@pytest.mark.parametrize(
    "label",
    [
        "\u200bAnna\u200e (kok)",
        "An\u00adna (kok)",
        "\u202aAnna\u202c (kok)",
        "Anna (k\u200dok)",
        "\ufeffAnna (kok)\u200f",
    ],
)
def test_signs_that_nobody_sees_do_not_make_another_speaker(read_text_as, label: str) -> None:
    [turn] = read_text_as(".txt", f"{label}: Hoi.\n").turns
    assert (turn.speaker, turn.role, turn.text) == ("Anna", "kok", "Hoi.")


def test_a_name_in_decomposed_letters_is_a_name(read_text_as) -> None:
    assert read_text_as(".txt", "Zoe\u0308: Hoi.\n").turns[0].speaker == "Zo\u00eb"


def test_joiners_inside_the_words_are_kept(read_text_as) -> None:
    assert (
        read_text_as(".txt", "Anna: \U0001f469\u200d\U0001f33e ja\n").turns[0].text == "\U0001f469\u200d\U0001f33e ja"
    )


def test_a_web_page_under_this_name_is_refused(read_text_as) -> None:
    with pytest.raises(RecordRefused, match="web page") as refusal:
        read_text_as(".txt", "<!DOCTYPE html><p><b>Anna:</b> Hoi.</p>")
    assert ".html" in refusal.value.hint


def test_a_name_under_a_heading_speaks_even_if_only_the_others_have_roles(read_text_as) -> None:
    text = "Anna (kok): Wij misten de markt.\nAmsterdam: dat is te druk.\n\n## Lunch\n\nBert: Ik ook.\n"
    reading = read_text_as(".txt", text)
    assert [(turn.speaker, turn.text) for turn in reading.turns] == [
        ("Anna", "Wij misten de markt.\nAmsterdam: dat is te druk."),
        ("Bert", "Ik ook."),
    ]


def test_a_role_behind_one_name_does_not_make_the_others_that_persons_words(read_text_as) -> None:
    text = "Anna (moeder): Een.\nBert: Twee.\nCor: Drie.\nDina: Vier.\nAnna (moeder): Vijf.\n"
    turns = read_text_as(".txt", text).turns
    assert [turn.speaker for turn in turns] == ["Anna", "Bert", "Cor", "Dina", "Anna"]
