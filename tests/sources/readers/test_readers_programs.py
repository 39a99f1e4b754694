"""Files as the programs and people write them that records come from, read as a careful person would."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.assemble import RecordRead
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.registry import READERS, read_record
from tests.sources.readers.ledger import adds_up


def said(reading: Reading) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in reading.turns]


def saved(document: Document, tmp_path: Path) -> Reading:
    path = tmp_path / "verslag.docx"
    document.save(str(path))
    return adds_up(READERS[".docx"].read(path, path.name))


def typed(document: Document, *pieces: str) -> None:
    """A paragraph: '*' before a piece makes it bold, a newline is a line break."""
    paragraph = document.add_paragraph()
    for piece in pieces:
        paragraph.add_run(piece.removeprefix("*")).bold = piece.startswith("*")


def record(tmp_path: Path, name: str, text: str) -> RecordRead:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_record(path, name, theme="wonen", dialogue=1)


# ------------------------------------------------------------------------------------------- Teams


def test_teams_names_an_account_and_what_it_adds_of_its_own_is_no_part_of_it(read_text_as) -> None:
    reading = read_text_as(
        ".vtt",
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Jansen, Marieke (Gemeente Almelo)>Welkom.</v>\n\n"
        "00:00:02.000 --> 00:00:03.000\n<v Bert de Boer (Gast)>Dank.</v>\n\n"
        "00:00:03.000 --> 00:00:04.000\n<v Anna (kok)>Hoi.</v>\n",
    )
    assert [(turn.speaker, turn.role) for turn in reading.turns] == [
        ("Jansen, Marieke (Gemeente Almelo)", None),
        ("Bert de Boer", None),
        ("Anna", "kok"),
    ]


def test_teams_in_word_has_name_time_and_words_on_the_lines_of_one_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    typed(document, "*Dialoog wonen-20210330_190412-Meeting Transcript")
    typed(document, "30 maart 2021, 07:04p.m.")
    typed(document, "*Marieke Jansen", " started transcription")
    typed(document, "\n", "*Jansen, Marieke (Gemeente Almelo)", "   0:03\nGoedenavond.\nEn welkom.")
    typed(document, "\n", "*Bert de Boer", "   0:21\nMooi: dank u wel.")
    typed(document, "\n", "*Jansen, Marieke (Gemeente Almelo)", "   1:02:11\nTot ziens.")
    typed(document, "*Marieke Jansen", " stopped transcription")
    reading = saved(document, tmp_path)
    assert [(turn.speaker, turn.start, turn.text) for turn in reading.turns] == [
        ("Jansen, Marieke (Gemeente Almelo)", "0:03", "Goedenavond. En welkom."),
        ("Bert de Boer", "0:21", "Mooi: dank u wel."),
        ("Jansen, Marieke (Gemeente Almelo)", "01:02:11.000", "Tot ziens."),
    ]
    assert sum(entry.why.startswith("written by the recorder") for entry in reading.left_out) == 2
    assert reading.metadata.date == "2021-03-30"


def test_older_word_files_of_teams_have_the_times_above_the_name(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("0:0:3.100 --> 0:0:8.250", "Marieke Jansen", "Goedenavond.", "0:0:21.0 --> 0:0:24.9", "Bert", "Dank."):
        typed(document, line)
    reading = saved(document, tmp_path)
    assert said(reading) == [("Marieke Jansen", "Goedenavond."), ("Bert", "Dank.")]
    assert (reading.turns[0].start, reading.turns[0].end) == ("00:00:03.100", "00:00:08.250")


# ---------------------------------------------------------------------------------- Zoom and Webex


def test_zoom_takes_names_of_accounts_as_they_are(read_text_as) -> None:
    names = ["Anna de Wit", "bert_1975", "iPhone van Bert", "Piet Kok | Buurtbeheer"]
    cues = "".join(f"{n}\n00:00:0{n}.000 --> 00:00:0{n}.900\n{name}: Ja, kijk: zo.\n\n" for n, name in enumerate(names))
    assert said(read_text_as(".vtt", "WEBVTT\n\n" + cues)) == [(name, "Ja, kijk: zo.") for name in names]


def test_what_zoom_saves_of_the_chat_is_under_who_typed_it_and_private_messages_are_left_out(read_text_as) -> None:
    reading = read_text_as(
        ".txt",
        "19:02:11\t From  Anna de Wit : Goedenavond\n19:03:01 From Bert to Everyone:\n\tIk hoor u\n\ten zie u\n"
        "19:03:30 From Anna de Wit to Bert (Direct Message):\n\tWat duurt dit lang\n"
        "19:04:00 Van Bert naar Iedereen:\n\tGoed\n",
    )
    assert said(reading) == [("Anna de Wit", "Goedenavond"), ("Bert", "Ik hoor u en zie u"), ("Bert", "Goed")]
    assert sum(entry.words for entry in reading.left_out) == 13


def test_webex_names_the_speaker_in_the_number_of_a_cue(read_text_as) -> None:
    reading = read_text_as(
        ".vtt",
        'WEBVTT\n\n1 "Anna de Wit" (38932840)\n00:00:03.000 --> 00:00:06.000\nGoedenavond.\n\n'
        '2 "Anna de Wit" (38932840)\n00:00:06.000 --> 00:00:08.000\nWe beginnen.\n\n'
        '3 "" (0)\n00:00:09.000 --> 00:00:12.000\nDank u.\n',
    )
    assert said(reading) == [("Anna de Wit", "Goedenavond. We beginnen."), (None, "Dank u.")]


# ------------------------------------------------------------------------ Meet, Otter, Amberscript


MEET = (
    "This editable transcript was computer generated and might contain errors. People can also change the text "
    "after it was created."
)


def test_google_meet_has_times_as_headings_for_all_who_follow(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Transcript", 2)
    typed(document, MEET)
    document.add_heading("00:00:05", 3)
    typed(document, "*Anna de Wit:", " Goedenavond.")
    typed(document, "*Bert:", " Dank u wel.")
    document.add_heading("00:05:10", 3)
    typed(document, "*Anna de Wit:", " Mooi.")
    typed(document, "Transcription ended after 00:46:43")
    reading = saved(document, tmp_path)
    assert [(turn.speaker, turn.start, turn.text) for turn in reading.turns] == [
        ("Anna de Wit", "00:00:05.000", "Goedenavond."),
        ("Bert", None, "Dank u wel."),
        ("Anna de Wit", "00:05:10.000", "Mooi."),
    ]


def test_google_meet_in_markdown_has_a_speaker_on_each_line(read_text_as) -> None:
    text = f"### 00:00:05\n\n**Anna:** Goedenavond.  \n**Bert:** Dank.  \n\n### Einde\n\n*{MEET}*\n"
    assert said(read_text_as(".md", text)) == [("Anna", "Goedenavond."), ("Bert", "Dank.")]


@pytest.mark.parametrize(
    "text",
    [
        "Speaker 1  00:03\nGoedenavond.\n\nBert de Boer  10:10\nDank u.\n\nTranscribed by https://otter.ai\n",
        "Speaker 1: 00:00:03\nGoedenavond.\n\nBert de Boer: 00:00:10\nDank u.\n",
        "00:00:03\nSpeaker 1: Goedenavond.\n\n00:00:10\nBert de Boer: Dank u.\n",
        "00:00:03 - 00:00:09\nSpeaker 1\nGoedenavond.\n\n00:00:10 - 00:00:14\nBert de Boer\nDank u.\n",
    ],
)
def test_otter_and_amberscript_put_names_and_times_above_the_words(read_text_as, text: str) -> None:
    reading = read_text_as(".txt", text)
    assert said(reading) == [("Speaker 1", "Goedenavond."), ("Bert de Boer", "Dank u.")]
    assert all(turn.start for turn in reading.turns)


def test_a_speaker_whom_the_recorder_does_not_know_is_nobody(tmp_path: Path) -> None:
    read = record(tmp_path, "a.txt", "Anna  0:03\nWelkom.\n\nUnknown Speaker  0:10\nDank.\n\nAnna  0:12\nGoed.\n")
    assert [turn.speaker for turn in read.record.turns] == ["Anna", None, "Anna"]


# ------------------------------------------------------------------------------------------ Whisper


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "Wij misten de markt.\nIk ben bakker.\n"),
        (
            "a.srt",
            "1\n00:00:00,000 --> 00:00:04,000\nWij misten de markt.\n\n"
            "2\n00:00:04,000 --> 00:00:08,000\nIk ben bakker.\n",
        ),
        (
            "a.vtt",
            "WEBVTT\n\n00:00.000 --> 00:04.000\nWij misten de markt.\n\n00:04.000 --> 00:08.000\nIk ben bakker.\n",
        ),
        ("a.tsv", "start\tend\ttext\n0\t4000\tWij misten de markt.\n4000\t8000\tIk ben bakker.\n"),
    ],
)
def test_words_of_which_nobody_is_named_are_kept_as_nobodys_with_a_warning(
    tmp_path: Path, name: str, text: str
) -> None:
    read = record(tmp_path, name, text)
    assert [(t.speaker, t.text) for t in read.record.turns] == [
        (None, "Wij misten de markt."),
        (None, "Ik ben bakker."),
    ]
    assert any("Nobody is named in it" in warning for warning in read.warnings)


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".txt", "[SPEAKER_00]: Welkom.\n[SPEAKER_01]: Dank.\nGehoord.\n[SPEAKER_00]: Mooi.\n"),
        (
            ".srt",
            "1\n00:00:00,000 --> 00:00:01,000\n[SPEAKER_00]: Welkom.\n\n2\n00:00:01,000 --> 00:00:02,000\n"
            "[SPEAKER_01]: Dank.\n\n3\n00:00:02,000 --> 00:00:03,000\nGehoord.\n\n4\n00:00:03,000 --> 00:00:04,000\n"
            "[SPEAKER_00]: Mooi.\n",
        ),
    ],
)
def test_where_whisperx_names_no_voice_the_words_are_not_those_of_the_voice_before(read_text_as, suffix, text) -> None:
    assert [text for speaker, text in said(read_text_as(suffix, text)) if speaker == "SPEAKER_01"] == ["Dank."]


def test_the_json_of_a_recorder_is_refused_with_what_to_do(read_text_as) -> None:
    with pytest.raises(RecordRefused) as refusal:
        read_text_as(".json", '{"text": "Welkom.", "segments": [{"start": 0.0, "text": "Welkom."}], "language": "nl"}')
    assert ".vtt or .srt" in refusal.value.hint


# -------------------------------------------------------------------------------------- typed notes


@pytest.mark.parametrize(
    "text",
    [
        "Anna, kok: Wij misten de markt.\nBert, boer: Ik niet.\nAnna: Jawel.\n",
        "1. Anna (kok): Wij misten de markt.\n2. Bert (boer): Ik niet.\n3. Anna: Jawel.\n",
        "• Anna (kok): Wij misten de markt.\no Bert (boer): Ik niet.\n• Anna: Jawel.\n",
        "Anna (kok):Wij misten de markt.\nBert (boer):Ik niet.\nAnna:Jawel.\n",
        "**Anna (kok):** Wij misten de markt.\n**Bert (boer):** Ik niet.\n**Anna:** Jawel.\n",
        "Anna [kok]: Wij misten de markt.\nBert [boer]: Ik niet.\nAnna (vervolg): Jawel.\n",
        "Deelnemers: Anna (kok), Bert (boer)\n\nAnna: Wij misten de markt.\nBert: Ik niet.\nAnna: Jawel.\n",
        "Aanwezig:\n- Anna (kok)\n- Bert, boer\n\nAnna: Wij misten de markt.\nBert: Ik niet.\nAnna: Jawel.\n",
    ],
)
def test_a_role_said_once_in_any_way_is_that_of_all_turns_of_a_person(tmp_path: Path, text: str) -> None:
    turns = record(tmp_path, "a.txt", text).record.turns
    assert [(turn.speaker, turn.role, turn.text) for turn in turns] == [
        ("Anna", "kok", "Wij misten de markt."),
        ("Bert", "boer", "Ik niet."),
        ("Anna", "kok", "Jawel."),
    ]


def test_a_comma_before_a_colon_alone_makes_no_speaker(read_text_as) -> None:
    reading = read_text_as(".txt", "Anna: Dat was zo.\nVroeger, in de stad: rust.\nAnna: Ja.\nBert: Nee.\n")
    assert [turn.speaker for turn in reading.turns] == ["Anna", "Anna", "Bert"]


def test_two_people_of_one_name_with_two_roles_get_no_role_of_each_other(tmp_path: Path) -> None:
    turns = record(tmp_path, "a.txt", "Anna (kok): Een.\nAnna (boer): Twee.\nAnna: Drie.\n").record.turns
    assert [turn.role for turn in turns] == ["kok", "boer", None]


def test_a_line_break_in_word_does_not_give_words_to_who_spoke_before(tmp_path: Path) -> None:
    document = docx.Document()
    typed(document, "Anna: Wij misten\nde markt.\nBert: Ik niet.\nAnna: Jawel.")
    assert said(saved(document, tmp_path)) == [
        ("Anna", "Wij misten de markt."),
        ("Bert", "Ik niet."),
        ("Anna", "Jawel."),
    ]


def test_metadata_may_stand_in_prose_and_hosts_keep_their_names_to_themselves(read_text_as) -> None:
    reading = read_text_as(
        ".txt", "Dialoog 3, dinsdag 30 maart 2021, gastheer wethouder Jansen te Almelo\n\nGastheer: Welkom allemaal.\n"
    )
    metadata = reading.metadata
    assert (metadata.dialogue, metadata.date) == (3, "2021-03-30")
    assert metadata.host is not None
    assert (metadata.host.role, metadata.host.municipality) == ("wethouder", "Almelo")
    assert said(reading) == [("Gastheer", "Welkom allemaal.")]


def test_who_sat_at_the_table_is_counted_without_who_led_it(read_text_as) -> None:
    head = (
        "Thema: Wonen\nGastheer: wethouder Jansen (Almelo)\nAanwezig: Anna (kok), Bert (boer), Carla (gespreksleider)\n"
    )
    reading = read_text_as(".txt", head + "Carla: Welkom.\nAnna: Hoi.\n")
    assert reading.metadata.participants == 2
    assert said(reading) == [("Carla", "Welkom."), ("Anna", "Hoi.")]


def test_metadata_and_bold_rounds_in_word_are_read_without_styles(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("Thema: Wonen", "Dialoog: 3", "Deelnemers: acht"):
        typed(document, line)
    typed(document, "*Ronde 1: knel en kiem")
    typed(document, "Anna: Wij misten de markt.")
    typed(document, "*Tweede ronde – Dromen en wensen")
    typed(document, "Anna: Een kas.")
    reading = saved(document, tmp_path)
    assert [(turn.speaker, turn.round) for turn in reading.turns] == [("Anna", "knel-kiem"), ("Anna", "dromen")]
    assert (reading.metadata.theme, reading.metadata.dialogue, reading.metadata.participants) == ("Wonen", 3, 8)


# ------------------------------------------------------------------------------------------- tables


def in_table(tmp_path: Path, *rows: tuple[str, ...], merge: bool = False) -> Reading:
    document = docx.Document()
    table = document.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        if len(row) == 1:
            table.cell(at, 0).merge(table.cell(at, len(table.columns) - 1)).text = row[0]
        else:
            for column, text in enumerate(row):
                table.cell(at, column).text = text
    if merge:
        table.cell(1, 0).merge(table.cell(2, 0))
    return saved(document, tmp_path)


def test_a_row_over_the_whole_table_names_the_round_of_the_rows_below(tmp_path: Path) -> None:
    reading = in_table(
        tmp_path,
        ("Naam", "Tekst"),
        ("Ronde 1: knel en kiem",),
        ("Anna (kok)", "De markt."),
        ("Dromen",),
        ("Bert", "Een kas."),
    )
    assert [(turn.speaker, turn.role, turn.round) for turn in reading.turns] == [
        ("Anna", "kok", "knel-kiem"),
        ("Bert", None, "dromen"),
    ]


def test_a_name_in_a_merged_cell_is_that_of_all_its_rows(tmp_path: Path) -> None:
    reading = in_table(tmp_path, ("Naam", "Tekst"), ("Anna", "De markt."), ("", "Een kas."), merge=True)
    assert said(reading) == [("Anna", "De markt."), ("Anna", "Een kas.")]


def test_two_columns_without_names_are_a_script_where_people_come_back(tmp_path: Path) -> None:
    rows = (("Anna", "De markt."), ("Bert", "Ik niet."), ("Anna", "Jawel."))
    assert said(in_table(tmp_path, *rows)) == list(rows)
    assert not in_table(tmp_path, ("Locatie", "Buurthuis"), ("Zaal", "De grote")).turns


def test_a_column_for_each_round_gives_each_cell_its_round(tmp_path: Path) -> None:
    reading = in_table(tmp_path, ("Deelnemer", "Knelpunten", "Dromen"), ("Anna", "De markt.", "Een kas."))
    assert [(turn.speaker, turn.round, turn.text) for turn in reading.turns] == [
        ("Anna", "knel-kiem", "De markt."),
        ("Anna", "dromen", "Een kas."),
    ]


def test_a_workbook_has_a_sheet_for_each_round_and_hidden_sheets_are_said(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Dromen"
    for row in (
        ("Gesprek over wonen",),
        ("Wie", None, "Wat"),
        ("Spreker", "Rol", "Droom"),
        (),
        ("Anna", "kok", "Een kas."),
    ):
        sheet.append(row)
    info = workbook.create_sheet("Info")
    for row in (("Thema", "Wonen"), ("Datum", 44285), ("Deelnemers", 8)):
        info.append(row)
    hidden = workbook.create_sheet("Oud")
    hidden.append(("Anna", "Niet meer zo."))
    hidden.sheet_state = "hidden"
    path = tmp_path / "verslag.xlsx"
    workbook.save(path)
    reading = adds_up(READERS[".xlsx"].read(path, path.name))
    assert [(turn.speaker, turn.role, turn.round) for turn in reading.turns] == [("Anna", "kok", "dromen")]
    assert (reading.metadata.date, reading.metadata.participants) == ("2021-03-30", 8)
    assert [(entry.words, entry.why) for entry in reading.left_out][-1] == (4, "stands on a hidden sheet")


def test_comments_headers_and_footers_of_word_are_left_out_and_said_to_be(tmp_path: Path) -> None:
    document = docx.Document()
    typed(document, "Anna: Hoi.")
    document.add_comment(document.paragraphs[0].runs, text="klopt dit wel", author="x")
    document.sections[0].header.paragraphs[0].text = "Concept verslag"
    reading = saved(document, tmp_path)
    assert sorted((entry.words, entry.why) for entry in reading.left_out) == [
        (2, "stands in a page header or footer"),
        (3, "stands in a comment"),
    ]
