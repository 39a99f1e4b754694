"""Who is believed about a session: the user, the file, its sidecar, its folder and name, in that order."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.assemble import slug
from rapporteur.sources.readers.registry import read_record
from rapporteur.types import Host

VTT = """WEBVTT

00:00:01.000 --> 00:00:02.000
<v Anna>Hallo.</v>

00:00:03.000 --> 00:00:04.000
<v Bram>Dag.</v>
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def markdown(*front: str) -> str:
    return "\n".join(["---", *front, "---", "", "**Anna (kok):** Hallo.", ""])


def test_folder_and_file_name_say_theme_and_dialogue_when_nothing_else_does(tmp_path: Path) -> None:
    record = read_record(write(tmp_path, "Groen en Buiten/Dialoog-7.vtt", VTT), "x.vtt").record
    assert (record.id, record.theme, record.dialogue, record.source) == (
        "groen-en-buiten/7",
        "groen-en-buiten",
        7,
        "x.vtt",
    )


@pytest.mark.parametrize("name", ["verslag.md", "dialoog-1b.md", "2022-dialoog-1.md", "dialoog.md"])
def test_a_folder_is_no_theme_where_the_file_name_is_no_dialogue(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordRefused, match="which theme") as refusal:
        read_record(write(tmp_path, f"wonen/{name}", markdown("dialoog: 1")), name)
    assert "--theme" in refusal.value.hint
    assert "THEME/dialoog-N.md" in refusal.value.hint


def test_a_missing_dialogue_is_a_question_never_a_guess(tmp_path: Path) -> None:
    with pytest.raises(RecordRefused, match="which dialogue") as refusal:
        read_record(write(tmp_path, "verslag.md", markdown("thema: wonen")), "verslag.md")
    assert "--dialogue" in refusal.value.hint


def test_an_explicitly_unknown_dialogue_gives_an_id_by_the_name_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "rest.md", markdown("thema: wonen", "dialoog: onbekend"))
    record = read_record(path, "rest.md").record
    assert (record.id, record.dialogue) == ("wonen/rest", None)


def test_the_user_goes_before_the_file_the_sidecar_and_the_file_name(tmp_path: Path) -> None:
    path = write(tmp_path, "tuin/dialoog-4.md", markdown("thema: wonen", "dialoog: 2", "datum: 2022-04-05"))
    write(tmp_path, "tuin/dialoog-4.yaml", "thema: groen\ndialoog: 3\ndatum: 2022-04-06\ndeelnemers: 8\n")
    plain, told = read_record(path, "a.md"), read_record(path, "a.md", theme="Vrije Tijd", dialogue=9)
    assert (plain.record.id, told.record.id) == ("wonen/2", "vrije-tijd/9")
    assert (plain.record.date, plain.record.participants) == ("2022-04-05", 8)


def test_contradictions_are_warnings_that_name_both(tmp_path: Path) -> None:
    path = write(tmp_path, "wonen/dialoog-4.md", markdown("thema: Wonen", "dialoog: 2"))
    write(tmp_path, "wonen/dialoog-4.yaml", "dialoog: 3\n")
    assert read_record(path, "a.md").warnings == (
        "The dialogue is '2' in the file but '3' in its sidecar; '2' was used.",
        "The dialogue is '2' in the file but '4' in the folder and file name; '2' was used.",
    )


def test_a_host_may_be_told_in_two_places(tmp_path: Path) -> None:
    path = write(tmp_path, "wonen/dialoog-1.md", markdown("host rol: wethouder"))
    write(tmp_path, "wonen/dialoog-1.yml", "host:\n  gemeente: Haarveen\n")
    assert read_record(path, "a.md").record.host == Host("wethouder", "Haarveen")


def test_roles_come_from_the_sidecar_where_the_file_has_none(tmp_path: Path) -> None:
    path = write(tmp_path, "wonen/dialoog-1.vtt", VTT)
    write(
        tmp_path,
        "wonen/dialoog-1.yaml",
        "sprekers:\n- naam: ANNA\n  rol: kok\n- {name: Bram, role: bakker}\n",
    )
    read = read_record(path, "a.vtt")
    assert [turn.role for turn in read.record.turns] == ["kok", "bakker"]
    assert read.warnings == ()


def test_warnings_about_roles_name_no_one(tmp_path: Path) -> None:
    path = write(tmp_path, "wonen/dialoog-1.md", markdown() + "\n**Bram:** Dag.\n")
    write(tmp_path, "wonen/dialoog-1.yaml", "sprekers:\n  Anna: bakker\n")
    read = read_record(path, "a.md")
    assert read.record.turns[0].role == "kok"
    assert read.warnings == (
        "A role is 'kok' in the file but 'bakker' in its sidecar; 'kok' was used.",
        "1 of the people who speak have no role; a report can only name their dialogue.",
    )


def test_defaults_fill_what_nobody_says_and_contradict_nothing(tmp_path: Path) -> None:
    said = write(tmp_path, "wonen/dialoog-1.md", markdown("spoor: Middenveld"))
    unsaid = write(tmp_path, "wonen/dialoog-2.md", markdown())
    reads = [read_record(path, "a.md", track="burger", programme="Aan tafel") for path in (said, unsaid)]
    assert [(read.record.track, read.record.programme) for read in reads] == [
        ("middenveld", "Aan tafel"),
        ("burger", "Aan tafel"),
    ]
    assert [read.record.language for read in reads] == ["nl", "nl"]
    assert not any(read.warnings for read in reads)


def test_a_file_in_which_nobody_speaks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordRefused, match="No turn was found"):
        read_record(write(tmp_path, "wonen/dialoog-1.md", "Alleen een aantekening.\n"), "a.md")


def test_a_broken_sidecar_is_refused_under_its_own_name(tmp_path: Path) -> None:
    path = write(tmp_path, "wonen/dialoog-1.vtt", VTT)
    write(tmp_path, "wonen/dialoog-1.yaml", "sprekers: [open\n")
    with pytest.raises(RecordRefused, match="The sidecar is not valid YAML") as refusal:
        read_record(path, "wonen/dialoog-1.vtt")
    assert refusal.value.where == str(Path("wonen/dialoog-1.yaml"))


@pytest.mark.parametrize(
    ("theme", "expected"),
    [("Groen & Buitenruimte", "groen-buitenruimte"), ("Ideeën", "ideeen"), ("../../etc", "etc"), (" - ", "")],
)
def test_a_theme_is_a_slug_that_is_safe_in_any_path(theme: str, expected: str) -> None:
    assert slug(theme) == expected


def test_the_folder_of_all_records_is_no_theme_but_a_question(tmp_path: Path) -> None:
    path = write(tmp_path, "corpus/dialoog-6.txt", "Anna (kok): Wij misten de markt.\n")
    with pytest.raises(RecordRefused, match="which theme"):
        read_record(path, "dialoog-6.txt", of_all=tmp_path / "corpus")


def test_a_record_of_which_most_words_are_nobodys_says_so(tmp_path: Path) -> None:
    lines = [f"## Dit is een lange regel die niemand heeft gezegd, nummer {n}" for n in range(9)]
    path = write(tmp_path, "wonen/dialoog-1.txt", "\n\n".join(["Anna (kok): Ja.", *lines]))
    assert any(warning.startswith("Only 1 of ") for warning in read_record(path, "a.txt").warnings)
