"""The turns of the example, written as people write them in each plain format, are read back exactly.

And every word of such a file is accounted for: in a turn, in the metadata or labels, or said to be left out.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.registry import READERS, read_record
from rapporteur.sources.readers.rounds import round_of
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


def words(*texts: str | None) -> int:
    return sum(len(text.split()) for text in texts if text)


def accounted_for(reading: Reading) -> int:
    """Words in turns, in what names them and their session, and left out."""
    said = sum(words(turn.text, turn.speaker, turn.role) for turn in reading.turns)
    metadata = words(reading.metadata.theme and f"Thema: {reading.metadata.theme}")
    metadata += words(reading.metadata.dialogue and f"Dialoog: {reading.metadata.dialogue}")
    return said + metadata + sum(entry.words for entry in reading.left_out)


def naming_a_round(lines: Sequence[str]) -> int:
    """Words of lines that name a round ('Dromen', 'en slot'): they are in no turn, but in the turns' round."""
    bare = [line.removeprefix("[00:01:02] ") for line in lines]
    return sum(words(line) for line in bare if round_of(line))


SENTENCES = st.lists(
    st.sampled_from(
        """
        Wij|misten|de|markt.|Toen:|nee.|om 19:30|2020|(lacht)|[Naam]|en|slot|Amsterdam:|Datum:|=1+1|Dromen|ja;|b,|PAUZE
        """.strip().split("|")
    ),
    min_size=1,
    max_size=9,
).map(" ".join)
LINES = st.lists(
    st.tuples(st.sampled_from(["", "", "Anna (kok): ", "Bram: ", "Cor (de bakker): ", "[00:01:02] "]), SENTENCES)
    | st.sampled_from([("", ""), ("", "-----"), ("", "LUNCH"), ("", "## Nog iets"), ("Dirk: ", "")]),
    max_size=12,
).map(lambda lines: "\n".join(start + text for start, text in lines))


@given(LINES)
def test_every_word_of_a_text_file_is_accounted_for(read_text_as, text: str) -> None:
    text = f"Anna: Begin.\n{text}\nAnna: Einde."
    reading = read_text_as(".txt", text)
    times = len(re.findall(r"^\[00:01:02\]", text, re.MULTILINE))
    marks = len(re.findall(r"^(?:-----|##)", text, re.MULTILINE))
    rounds = naming_a_round(text.split("\n"))
    assert words(text) - times - marks - rounds <= accounted_for(reading) <= words(text) - times - marks


@given(LINES)
def test_every_word_of_a_web_page_is_accounted_for(read_text_as, text: str) -> None:
    lines = ["Anna: Begin.", *text.split("\n"), "Anna: Einde."]
    markup = "<script>x y</script><table><caption>z</caption><tr><td>koffie<td>thee</table>"
    page = "".join(f"<p>{html.escape(line)}</p>" for line in lines[:5]) + markup
    page += "<br>".join(map(html.escape, lines[5:]))
    rounds = naming_a_round(lines)
    reading = read_text_as(".html", page)
    assert words(*lines) + 5 - rounds <= accounted_for(reading) <= words(*lines) + 5


@given(st.lists(st.tuples(st.sampled_from(["Anna", "Bram van Dam", ""]), SENTENCES | st.just(""), SENTENCES)))
def test_every_word_of_a_table_is_accounted_for(read_text_as, rows: list[tuple[str, str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("spreker", "tekst", "opmerking"), *rows])
    reading = read_text_as(".csv", out.getvalue())
    assert accounted_for(reading) == sum(words(*row) for row in rows)


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "Anna: ", "Bram (kok): "]), SENTENCES.map(lambda text: text.replace(":", "")))
    )
)
def test_every_word_of_subtitles_is_accounted_for(read_text_as, cues: list[tuple[str, str]]) -> None:
    cues = [("Anna: ", "Begin."), *cues]
    text = "\n".join(f"{n}\n0:0:{n},0 --> 0:0:{n},9\n{name}{said}\n" for n, (name, said) in enumerate(cues))
    reading = read_text_as(".srt", text)
    assert words(*(turn.text for turn in reading.turns)) == words(*(said for _, said in cues))
    assert reading.left_out == ()


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
