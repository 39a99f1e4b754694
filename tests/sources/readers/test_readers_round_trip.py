"""The turns of the example, written as people write them in each plain format, are read back exactly."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import pytest

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.registry import READERS, read_record
from rapporteur.sources.readers.text import unwrap
from rapporteur.types import Turn

CORPUS = Path(__file__).parents[3] / "corpus"
EXAMPLE = sorted(path for path in CORPUS.glob("*/dialoog-*") if path.suffix != ".yaml")
ROUNDS = {
    "opening": "Opening",
    "knel-kiem": "Knel en kiem",
    "dromen": "Dromen",
    "ideeen": "Ideeën en eerste stappen",
    "afsluiting": "Afsluiting",
}
TITLES = {None: "Overig", **ROUNDS}


def label(turn: Turn) -> str:
    return f"{turn.speaker} ({turn.role}):" if turn.role else f"{turn.speaker}:"


def as_txt(turns: Sequence[Turn]) -> str:
    parts = ["Thema: wonen", "Dialoog: 3", ""]
    for name, group in groupby(turns, lambda turn: turn.round):
        parts += ["", f"## {TITLES[name]}"]
        parts += ["\n" + f"{label(turn)} {turn.text}".replace("\n", "\n\n") for turn in group]
    return "\n".join(parts)


def as_html(turns: Sequence[Turn]) -> str:
    parts = ["<title>Verslag</title><script>var a = 1</script><p>Thema: wonen</p><p>Dialoog: 3</p>"]
    for name, group in groupby(turns, lambda turn: turn.round):
        parts.append(f"<h2>{TITLES[name]}</h2>")
        for turn in group:
            first, *more = map(html.escape, turn.text.split("\n"))
            parts.append(f"<p><b>{html.escape(label(turn))}</b> {first}</p>")
            parts += [f"<p>{paragraph}</p>" for paragraph in more]
    return "\n".join(parts)


def as_csv(turns: Sequence[Turn]) -> str:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";")
    rows.writerow(["thema", "dialoog", "ronde", "spreker", "functie", "tekst"])
    rows.writerows(["wonen", 3, turn.round, turn.speaker, turn.role, turn.text] for turn in turns)
    return out.getvalue()


def as_srt(turns: Sequence[Turn]) -> str:
    """Two cues a turn, the speaker named in the first; a name again where somebody goes on after themselves."""
    cues: list[str] = []
    for turn in turns:
        words = turn.text.split()
        half = len(words) // 2 or len(words)
        cues += filter(None, (f"{label(turn)} {' '.join(words[:half])}", " ".join(words[half:])))
    return "\n".join(
        f"{n}\n00:{n // 60:02}:{n % 60:02},000 --> 00:{n // 60:02}:{n % 60:02},900\n{cue}\n"
        for n, cue in enumerate(cues, start=1)
    )


def in_one_line(turns: Sequence[Turn]) -> list[tuple[str | None, str | None, str]]:
    """Turns as subtitles can tell them apart: wrapped text, and one turn while one speaker goes on."""
    joined = []
    for speaker, group in groupby(turns, lambda turn: turn.speaker):
        said = list(group)
        role = next((turn.role for turn in said if turn.role), None)
        joined.append((speaker, role, " ".join(unwrap(turn.text) for turn in said)))
    return joined


WRITERS: dict[str, Callable[[Sequence[Turn]], str]] = {".txt": as_txt, ".html": as_html, ".csv": as_csv}


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("path", EXAMPLE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_example_in_another_format_has_the_same_turns(tmp_path: Path, path: Path, suffix: str) -> None:
    turns = read_record(path, path.name).record.turns
    copy = tmp_path / f"verslag{suffix}"
    copy.write_text(WRITERS[suffix](turns), "utf-8")
    read = read_record(copy, copy.name)
    assert [(t.speaker, t.role, t.round, t.text) for t in read.record.turns] == [
        (t.speaker, t.role, t.round, t.text) for t in turns
    ]
    assert read.record.id == "wonen/3"
    assert len({str(turn.locator) for turn in read.record.turns}) == len(turns)


@pytest.mark.parametrize("path", EXAMPLE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_example_as_subtitles_has_the_same_words_under_the_same_speakers(tmp_path: Path, path: Path) -> None:
    turns = read_record(path, path.name).record.turns
    copy = tmp_path / "dialoog-3.srt"
    copy.write_text(as_srt(turns), "utf-8")
    read = read_record(copy, copy.name).record.turns
    assert [(t.speaker, t.role, t.text) for t in read] == in_one_line(turns)


@pytest.mark.parametrize("suffix", [".txt", ".srt", ".csv", ".html"])
def test_a_file_of_another_kind_under_a_wrong_name_is_named_for_what_it_is(tmp_path: Path, suffix: str) -> None:
    word = (CORPUS / "werken-en-leren" / "dialoog-2.docx").read_bytes()
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    for data, kind in ((word, "an Office document"), (picture, "a picture"), (b"%PDF-1.7\n", "a PDF")):
        path = tmp_path / f"verslag{suffix}"
        path.write_bytes(data)
        with pytest.raises(RecordRefused, match=f"It is {kind}") as refusal:
            READERS[suffix].read(path, path.name)
        assert "ending of its own format" in refusal.value.hint


GOOD = {
    ".txt": "Anna: Wij misten de markt.\n",
    ".srt": "1\n00:00:01,000 --> 00:00:02,000\nAnna: Wij misten de markt.\n",
    ".csv": "spreker;tekst\nAnna;Wij misten de markt.\n",
    ".html": "<p>Anna: Wij misten de markt.</p>\n",
}


@pytest.mark.parametrize("suffix", GOOD)
def test_a_few_nul_bytes_cost_no_words_and_many_are_no_text(read_text_as, suffix: str) -> None:
    long = GOOD[suffix].replace("markt", "markt" + " en de markt" * 20)
    damaged = read_text_as(suffix, long.encode().replace(b"Wij", b"W\0ij") + b"\0")
    assert damaged.turns == read_text_as(suffix, long).turns
    assert "2 NUL bytes" in damaged.warnings[0]
    with pytest.raises(RecordRefused, match="UTF-16 without a byte order mark"):
        read_text_as(suffix, GOOD[suffix].encode("utf-16-le"))


@pytest.mark.parametrize("suffix", GOOD)
def test_a_huge_single_line_is_one_turn_or_refused_and_no_words_are_lost(read_text_as, suffix: str) -> None:
    words_in = "markt" + "  en de markt" * 9_000
    [turn] = read_text_as(suffix, GOOD[suffix].replace("markt", words_in)).turns
    assert turn.text.split() == f"Wij misten de {words_in}.".split()


@pytest.mark.parametrize("suffix", GOOD)
@pytest.mark.parametrize(
    "blank", [" ", "\t", "\u00a0", "\n", " \n", "<", "<c ", "{\\", "[", "# ", "-->", "99999", " 9"]
)
def test_no_repeated_sign_makes_reading_take_ever_longer(read_text_as, suffix: str, blank: str) -> None:
    """Not timed: what takes time that grows with the square of these would never end."""
    text = GOOD[suffix].replace("de markt", "de" + blank * 30_000 + "markt")
    try:
        turns = read_text_as(suffix, text).turns
    except RecordRefused:
        assert suffix in (".html", ".csv")
    else:
        assert turns[0].text.startswith("Wij misten de")
