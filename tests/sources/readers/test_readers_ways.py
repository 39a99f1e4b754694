"""Who speaks, named in ways that nobody foresaw: read where the file keeps to its way, said where it is not sure."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from rapporteur.sources.readers.assemble import RecordRead
from rapporteur.sources.readers.registry import read_record

WORDS = (
    "Wij misten de markt op het plein.",
    "De soos ging dicht en bleef dicht.",
    "Toen zijn wij met de hele straat gaan koken.",
    "Daar kwam ook mijn buurman op af.",
)


def typed(folder: Path, text: str, *, suffix: str = ".txt", sidecar: str = "") -> RecordRead:
    """The record of a real file, of which the ledger must come out."""
    path = folder / f"verslag{suffix}"
    if suffix == ".docx":
        document = docx.Document()
        for line in filter(None, text.split("\n")):
            document.add_paragraph().add_run(line.strip("*")).bold = line.startswith("**")
        document.save(str(path))
    else:
        path.write_text(text.replace("\n", "\n\n") if suffix == ".md" else text, "utf-8")
    if sidecar:
        path.with_suffix(".yaml").write_text(sidecar, "utf-8")
    read = read_record(path, path.name, theme="groen", dialogue=1)
    words = sum(len([w for w in turn.text.split() if any(map(str.isalnum, w))]) for turn in read.record.turns)
    assert read.words == words + sum(item.words for item in read.left_out) + sum(read.read_as.values())
    return read


def said(read: RecordRead) -> list[tuple[str | None, str | None, str]]:
    return [(turn.speaker, turn.role, turn.text) for turn in read.record.turns]


def talk(first: str, second: str) -> str:
    """Four turns, `first` and `second` in turn before the words."""
    return "\n".join(label.format(words) for label, words in zip((first, second) * 2, WORDS, strict=True)) + "\n"


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".md"])
@pytest.mark.parametrize(
    ("anna", "bert"),
    [
        ("anna: {}", "bert: {}"),
        ("Anna – {}", "Bert – {}"),
        ("Anna - {}", "Bert - {}"),
        ("Anna\t{}", "Bert\t{}"),
        ("Anna> {}", "Bert> {}"),
        ("Anna\n{}\n", "Bert\n{}\n"),
        ("**Anna**\n{}\n", "**Bert**\n{}\n"),
        ("[Anna]\n{}\n", "[Bert]\n{}\n"),
        ("ANNA.\n{}\n", "BERT.\n{}\n"),
        ("ANNA. {}", "BERT. {}"),
        ("- Anna: {}", "- Bert: {}"),
        ("1) Anna: {}", "2) Bert: {}"),
    ],
)
def test_a_way_of_naming_that_a_file_keeps_to_is_read(tmp_path: Path, suffix: str, anna: str, bert: str) -> None:
    read = typed(tmp_path, talk(anna, bert), suffix=suffix)
    assert [(str(speaker).casefold(), text) for speaker, _, text in said(read)] == list(
        zip(("anna", "bert") * 2, WORDS, strict=True)
    )


@pytest.mark.parametrize(
    ("anna", "bert"), [("Anna – kok: {}", "Bert – boer: {}"), ("Anna (kok) - {}", "Bert (boer) – {}")]
)
def test_a_role_stands_behind_a_dash_or_before_it(tmp_path: Path, anna: str, bert: str) -> None:
    assert [(speaker, role) for speaker, role, _ in said(typed(tmp_path, talk(anna, bert)))] == [
        ("Anna", "kok"),
        ("Bert", "boer"),
    ] * 2


def test_voices_with_a_number_stand_alone_above_their_words(tmp_path: Path) -> None:
    read = typed(tmp_path, talk("Spreker 1\n{}\n", "Spreker 2\n{}\n"))
    assert [speaker for speaker, _, _ in said(read)] == ["Spreker 1", "Spreker 2"] * 2


@pytest.mark.parametrize("sign", ["=", ":", " –"])
def test_initials_are_the_people_whom_a_list_explains_them_to_be(tmp_path: Path, sign: str) -> None:
    read = typed(tmp_path, f"A{sign} Anna (kok)\nB{sign} Bert (boer)\n\n" + talk("A: {}", "B: {}"))
    assert [(speaker, role) for speaker, role, _ in said(read)] == [("Anna", "kok"), ("Bert", "boer")] * 2


@pytest.mark.parametrize("line", ["bert: {}", "Bert\n{}", "Bert> {}", "Bert\t{}"])
def test_a_name_that_is_known_is_read_in_another_way_too(tmp_path: Path, line: str) -> None:
    text = f"Anna (kok): {WORDS[0]}\nBert (boer): {WORDS[1]}\n\nAnna: {WORDS[2]}\n\n{line.format(WORDS[3])}\n"
    assert said(typed(tmp_path, text))[-1] == ("Bert", "boer", WORDS[3])


@pytest.mark.parametrize("where", ["the file", "a sidecar"])
def test_a_name_in_the_list_of_people_is_no_doubt_among_speakers_with_roles(tmp_path: Path, where: str) -> None:
    people = "Deelnemers: Anna (kok), Carla\n"
    text = f"Anna (kok): {WORDS[0]}\nBert (boer): {WORDS[1]}\nCarla: {WORDS[2]}\ncarla: {WORDS[3]}\n"
    in_file = where == "the file"
    read = typed(tmp_path, f"{people}\n{text}" if in_file else text, sidecar="" if in_file else people)
    assert [speaker for speaker, _, _ in said(read)] == ["Anna", "Bert", "Carla", "Carla"]


@pytest.mark.parametrize("line", ["carla: {}", "Carla – {}", "Carla\t{}", "Carla> {}", "Carla: {}"])
def test_what_may_name_someone_is_kept_as_words_and_said_with_its_line(tmp_path: Path, line: str) -> None:
    text = f"Anna (kok): {WORDS[0]}\nBert (boer): {WORDS[1]}\n{line.format(WORDS[2])}\nAnna: {WORDS[3]}\n"
    read = typed(tmp_path, text)
    assert [speaker for speaker, _, _ in said(read)] == ["Anna", "Bert", "Anna"]
    assert WORDS[2] in read.record.turns[1].text
    (warning,) = read.warnings
    assert "line 3" in warning
    assert "Naam (rol): tekst" in warning
    assert "arla" not in warning


@pytest.mark.parametrize(
    "speech",
    [
        "En toen zei ik: nooit meer.",
        "Punt 1: er is geen zaal.",
        "Let op: de deur klemt.",
        "Kortom – wij blijven.",
        "Dat was in mei – of juni – dat weet ik niet.",
        "Nee.",
        "Voordeel: het is dichtbij.",
        "Bert – mijn buurman – kwam ook.",
    ],
)
def test_ordinary_speech_names_nobody(tmp_path: Path, speech: str) -> None:
    text = f"Anna (kok): {WORDS[0]}\n\n{speech}\n\nCor (boer): {WORDS[1]}\n\n{speech}\n"
    read = typed(tmp_path, text)
    assert [speaker for speaker, _, _ in said(read)] == ["Anna", "Cor"]
    assert all(speech in text for _, _, text in said(read))


def test_themes_before_dashes_are_no_people_but_may_be_and_that_is_said(tmp_path: Path) -> None:
    read = typed(tmp_path, "Wonen – er is te weinig.\n\nZorg – de wachttijd is lang.\n\nVervoer – geen bus.\n")
    assert {turn.speaker for turn in read.record.turns} == {None}
    assert any("line 1; line 3; line 5" in warning for warning in read.warnings)


# --------------------------------------------------------------------------------- what nobody said


@pytest.mark.parametrize("title", ["AFSPRAKEN", "Actiepunten", "Actiepunten:", "Besluiten"])
@pytest.mark.parametrize("suffix", [".txt", ".docx", ".md"])
def test_what_stands_under_a_title_for_tasks_is_not_the_last_speakers(tmp_path: Path, suffix: str, title: str) -> None:
    text = f"Anna (kok): {WORDS[0]}\nBert (boer): {WORDS[1]}\n{title}\nDe gemeente bellen over de zaal.\n"
    read = typed(tmp_path, text, suffix=suffix)
    assert said(read)[-1] == ("Bert", "boer", WORDS[1])
    assert [(item.words, item.why) for item in read.left_out] == [
        (1, "a heading, not someone's words"),
        (6, "stands under a heading, before a speaker is named there"),
    ]


def test_names_in_a_list_of_tasks_are_read_and_said_to_be_doubtful(tmp_path: Path) -> None:
    text = f"Anna (kok): {WORDS[0]}\nBert (boer): {WORDS[1]}\n\nActiepunten\nAnna: zaal regelen\nBert: folder maken\n"
    assert any("2 of the turns stand under a title for tasks" in warning for warning in typed(tmp_path, text).warnings)


@pytest.mark.parametrize("sound", ["[pauze]", "(gelach in de zaal)", "[korte stilte]"])
def test_a_sound_on_a_line_of_its_own_is_nobodys(tmp_path: Path, sound: str) -> None:
    read = typed(tmp_path, f"Anna (kok): {WORDS[0]}\n\n{sound}\n\nBert (boer): {WORDS[1]} [lacht]\n")
    assert [text for _, _, text in said(read)] == [WORDS[0], f"{WORDS[1]} [lacht]"]
    assert [item.why for item in read.left_out] == ["a sound or a remark between brackets, not words"]


@pytest.mark.parametrize("names", ["Anna en Bert", "Anna / Bert", "Anna & Bert", "Anna, Bert en Cor"])
def test_words_under_more_than_one_name_are_nobodys_in_particular_and_that_is_said(tmp_path: Path, names: str) -> None:
    read = typed(tmp_path, f"Spreker;Rol;Tekst\n{names};bewoners;{WORDS[0]}\nAnna;kok;{WORDS[1]}\n", suffix=".csv")
    assert [(speaker, text) for speaker, _, text in said(read)] == [(None, WORDS[0]), ("Anna", WORDS[1])]
    assert any("1 of the turns name more than one person" in warning for warning in read.warnings)


# --------------------------------------------------------------------------------------- captions that roll


def vtt(*texts: str) -> str:
    cues = (f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n{text}\n" for n, text in enumerate(texts, start=1))
    return "\n".join(("WEBVTT\n", *cues))


@pytest.mark.parametrize(
    "texts",
    [
        (
            "wij misten de markt",
            "wij misten de markt\nen de soos ging dicht",
            "en de soos ging dicht",
            "en de soos ging dicht\ntoen gingen we koken",
        ),
        (
            "wij misten de markt",
            "de markt en de soos",
            "en de soos ging dicht toen",
            "dicht toen gingen we koken",
        ),
        (
            "wij misten",
            "wij misten de markt",
            "wij misten de markt en de soos ging dicht",
            "wij misten de markt en de soos ging dicht toen gingen we koken",
        ),
    ],
)
def test_words_that_rolling_captions_show_again_are_read_once_and_that_is_said(
    tmp_path: Path, texts: tuple[str, ...]
) -> None:
    read = typed(tmp_path, vtt(*texts), suffix=".vtt")
    assert " ".join(turn.text for turn in read.record.turns) == (
        "wij misten de markt en de soos ging dicht toen gingen we koken"
    )
    assert any("captions roll on" in warning for warning in read.warnings)
    assert [item.why for item in read.left_out] == ["repeats the words of the cue above (captions that roll on)"]


def test_someone_who_says_a_thing_twice_says_it_twice(tmp_path: Path) -> None:
    read = typed(tmp_path, vtt("dat was mooi", "dat was mooi", "en toen", "gingen we naar huis", "ja"), suffix=".vtt")
    assert [turn.text for turn in read.record.turns].count("dat was mooi") == 2
    assert read.left_out == ()
