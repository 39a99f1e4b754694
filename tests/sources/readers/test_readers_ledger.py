"""Every word of a file is accounted for: in a turn, in what says who, when and where, or said to be left out."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.sources.readers.interface import HEADINGS, METADATA, SPEAKERS
from rapporteur.sources.readers.registry import READERS
from tests.sources.readers.ledger import adds_up, words

CORPUS = Path(__file__).parents[3] / "corpus"
EXAMPLE = sorted(path for path in CORPUS.glob("*/dialoog-*") if path.suffix != ".yaml")

SENTENCES = st.lists(
    st.sampled_from(
        """
        Wij|misten|de|markt.|Toen:|nee.|om 19:30|2020|(lacht)|[Naam]|en|slot|Amsterdam:|Datum:|=1+1|Dromen|ja;|PAUZE|-
        """.strip().split("|")
    ),
    min_size=1,
    max_size=9,
).map(" ".join)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "", "Anna (kok): ", "Bram: ", "Cor (de bakker): ", "[00:01:02] ", "- Anna: ", "[Bram] "]),
        SENTENCES,
    )
    | st.sampled_from(
        [
            ("", ""),
            ("", "-----"),
            ("", "LUNCH"),
            ("", "## Nog iets"),
            ("", "## Dromen"),
            ("Dirk: ", ""),
            ("", "00:03:04 Anna"),
            ("", "Locatie: het buurthuis"),
            ("", "Thema: wonen"),
        ]
    ),
    max_size=12,
).map(lambda lines: [start + text for start, text in lines])
ROWS = st.lists(st.tuples(st.sampled_from(["Anna", "Bram van Dam", ""]), SENTENCES | st.just(""), SENTENCES))


@given(LINES)
def test_every_word_of_a_text_file(read_text_as, lines: Sequence[str]) -> None:
    text = "\n".join(["Anna: Begin.", *lines, "Anna: Einde."])
    assert read_text_as(".txt", text).words == words(text)


@given(LINES)
def test_every_word_of_a_text_file_with_metadata_above(read_text_as, lines: Sequence[str]) -> None:
    text = "\n".join(["Verslag", "Thema: wonen", "Locatie: het buurthuis", *lines, "Anna (kok): Einde."])
    assert read_text_as(".txt", text).words == words(text)


@given(LINES)
def test_every_word_of_a_web_page(read_text_as, lines: Sequence[str]) -> None:
    lines = ["Anna: Begin.", *lines, "Anna: Einde."]
    rest = "<script>x y</script><table><caption>z</caption><tr><td>koffie<td>thee</table><dl><dt>Thema<dd>wonen</dl>"
    page = "".join(f"<p>{html.escape(line)}</p>" for line in lines[:5]) + rest
    page += "<br>".join(map(html.escape, lines[5:]))
    assert read_text_as(".html", page).words == words(*lines) + 7


@given(LINES)
def test_every_word_of_markdown(read_text_as, lines: Sequence[str]) -> None:
    body = "\n\n".join(["**Anna:** Begin.", *lines])
    reading = read_text_as(".md", f"---\nthema: wonen in de stad\n---\n{body}\n")
    assert reading.read_as[METADATA] == 5
    assert reading.words == 5 + words(body)


@given(ROWS)
def test_every_word_of_a_table(read_text_as, rows: list[tuple[str, str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("spreker", "tekst", "opmerking"), *rows])
    reading = read_text_as(".csv", out.getvalue())
    assert reading.words == 3 + sum(words(*row) for row in rows)
    assert reading.read_as[HEADINGS] == 3


@given(ROWS)
def test_every_word_of_a_workbook(make_xlsx, rows: list[tuple[str, str, str]]) -> None:
    rows = [(name, said.replace("=", ""), more.replace("=", "")) for name, said, more in rows]
    info = [("Verslag van de avond",), ("Thema", "wonen"), ("Zaal", "de grote")]
    path = make_xlsx({"Info": info, "Verslag": [("Spreker", "Tekst", "Opmerking"), ("Anna", "Hoi", ""), *rows]})
    reading = adds_up(READERS[".xlsx"].read(path, path.name))
    assert reading.words == 4 + 2 + 3 + 3 + 2 + sum(words(*row) for row in rows)


CUES = st.lists(
    st.tuples(st.sampled_from(["", "Anna: ", "Bram (kok): "]), SENTENCES.map(lambda text: text.replace(":", "")))
)


@given(CUES)
def test_every_word_of_subtitles(read_text_as, cues: list[tuple[str, str]]) -> None:
    cues = [("Anna: ", "Begin."), *cues]
    text = "\n".join(f"{n}\n0:0:{n},0 --> 0:0:{n},9\n{name}{said}\n" for n, (name, said) in enumerate(cues))
    reading = read_text_as(".srt", text)
    assert words(*(turn.text for turn in reading.turns)) == words(*(said for _, said in cues))
    assert reading.read_as == {SPEAKERS: words(*(name for name, _ in cues))}
    assert reading.left_out == ()


@given(CUES)
def test_every_word_of_a_recording(read_text_as, cues: list[tuple[str, str]]) -> None:
    blocks = [
        f"00:00:{n:02}.000 --> 00:00:{n:02}.900\n<v {name.strip(': ')}>{html.escape(said)}</v>\n"
        if name
        else f"00:00:{n:02}.000 --> 00:00:{n:02}.900\n{html.escape(said)}\n"
        for n, (name, said) in enumerate(cues)
    ]
    text = "\n".join(["WEBVTT - dialoog drie\n", "NOTE van Teams\n", *blocks])
    assert read_text_as(".vtt", text).words == 4 + sum(words(name, said) for name, said in cues)


@pytest.mark.parametrize("path", EXAMPLE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_word_of_the_example(path: Path) -> None:
    reading = adds_up(READERS[path.suffix].read(path, path.name))
    assert reading.words == COUNTED[path.suffix](path)


def in_word(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL)
    return sum(words(html.unescape(re.sub(r"<[^>]+>", "", paragraph))) for paragraph in paragraphs)


def in_excel(path: Path) -> int:
    cells = (cell for sheet in openpyxl.load_workbook(path) for row in sheet.values for cell in row)
    return sum(words(str(cell).removesuffix(" 00:00:00")) for cell in cells if cell is not None)  # a day is one word


def in_markdown(path: Path) -> int:
    return words(path.read_text("utf-8").replace("**", ""))


def in_a_recording(path: Path) -> int:
    text = re.sub(r"<v ([^>]*)>", r"\1 ", path.read_text("utf-8"))
    lines = [line for line in text.splitlines() if line != "WEBVTT" and "-->" not in line]
    spoken = [line for line in lines if not re.fullmatch(r"\S*\d(?:/\d+-\d+)?", line)]
    return words(html.unescape(re.sub(r"<[^>]+>", "", "\n".join(spoken))))


COUNTED = {".docx": in_word, ".xlsx": in_excel, ".md": in_markdown, ".vtt": in_a_recording}
