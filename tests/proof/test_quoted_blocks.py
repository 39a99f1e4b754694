"""A paragraph that is set as a quotation, with words of the writer's in it: what is quoted is proved, and only that."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.prose import Prose, read_prose
from rapporteur.proof.documents.registry import read_document

WORDS = "Ik mis de markt en het praatje bij de viskraam."
OTHERS = "Zij missen de kerk en het koffiedrinken daarna."
KOK, BAKKER = (WORDS, "kok", 3), (OTHERS, "bakker", 2)
BY_KOK, BY_BAKKER = f"‘{WORDS}’ (kok, dialoog 3)", f"‘{OTHERS}’ (bakker, dialoog 2)"
Told = list[tuple[str, str | None, int | None]]


def told(document: ReadDocument) -> Told:
    return [
        (q.text, q.attribution.role if q.attribution else None, q.attribution.dialogue if q.attribution else None)
        for q in document.quotations
    ]


def read(folder: Path, text: str, suffix: str = ".md") -> ReadDocument:
    """A document in which `text` is a paragraph set as a quotation; '.rq' is a Word file with a bookmark on WORDS."""
    path = folder / f"verslag{suffix}"
    if suffix == ".md":
        path.write_text(f"> {text}", "utf-8")
    elif suffix == ".html":
        path.write_text(f'<p class="citaat">{escape(text)}</p>', "utf-8")
    else:
        path = folder / "verslag.docx"
        _write_word(path, text, bookmarked=suffix == ".rq")
    return read_document(path)


def _write_word(path: Path, text: str, *, bookmarked: bool) -> None:
    document = docx.Document()
    document.styles.add_style("Citaat", 1)
    quoted = f"‘{WORDS}’" if f"‘{WORDS}’" in text else WORDS
    before, words, behind = text.partition(quoted)
    paragraph = document.add_paragraph(before, style="Citaat")
    run = paragraph.add_run(words)
    if bookmarked:
        for tag, put in (("w:bookmarkStart", run._r.addprevious), ("w:bookmarkEnd", run._r.addnext)):
            put(OxmlElement(tag, {qn("w:id"): "7", qn("w:name"): "rq_x"}))
    paragraph.add_run(behind)
    document.save(str(path))


EVERYWHERE = pytest.mark.parametrize("suffix", [".docx", ".rq", ".md", ".html"])


@EVERYWHERE
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BY_KOK} Anderen knikten toen.", [KOK]),
        (f"{BY_KOK}. Anderen knikten toen.", [KOK]),
        (f"{BY_KOK} en anderen knikten toen.", [KOK]),
        (f"Anderen knikten toen. {BY_KOK}", [KOK]),
        (f"Anderen knikten toen: {BY_KOK} Zo bleef het (ook elders).", [KOK]),
        (f"{BY_KOK} Een ander zag het anders: {BY_BAKKER}", [KOK, BAKKER]),
        (f"{BY_KOK}. Anderen knikten. {BY_BAKKER} Zo bleef het.", [KOK, BAKKER]),
        (f"‘{WORDS}’ (kok). Anderen knikten.", [(WORDS, "kok", None)]),
        (f"‘{WORDS}’ Anderen knikten.", [(WORDS, None, None)]),
        (f"{WORDS} (kok, dialoog 3) Anderen knikten.", [KOK]),
        (f"{WORDS} (kok, dialoog 3). Anderen knikten.", [KOK]),
        (f"{WORDS} (kok, dialoog 3). {OTHERS} (bakker, dialoog 2). Anderen knikten.", [KOK, BAKKER]),
    ],
)
def test_what_a_writer_puts_beside_a_quotation_is_the_writers(
    tmp_path: Path, text: str, expected: Told, suffix: str
) -> None:
    document = read(tmp_path, text, suffix)
    assert told(document) == expected
    assert document.findings == ()


@EVERYWHERE
def test_a_writer_may_speak_of_we_and_a_person_is_told_so(tmp_path: Path, suffix: str) -> None:
    document = read(tmp_path, f"{BY_KOK} Dat hoorden we vaker.", suffix)
    assert told(document) == [KOK]
    assert [(f.check, f.severity, f.text) for f in document.findings] == [
        ("attribution", "info", "Dat hoorden we vaker")
    ]


@pytest.mark.parametrize(
    "text", [f"Anderen knikten toen. ‘{WORDS}’", f"‘{WORDS}’, zei iemand toen, en anderen knikten."]
)
def test_a_bookmark_shows_where_a_quotation_ends_that_has_no_attribution(tmp_path: Path, text: str) -> None:
    assert [words for words, _, _ in told(read(tmp_path, text, ".rq"))] == [WORDS]
    assert [words for words, _, _ in told(read(tmp_path, text, ".docx"))] == [text]


@EVERYWHERE
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BY_KOK} Ik mis ook de bakker.", [WORDS, "Ik mis ook de bakker."]),
        (f"{BY_KOK} De bakker gaat dicht (bakker).", [WORDS, "De bakker gaat dicht"]),
        (f"{BY_KOK} De bakker gaat dicht (bakker, dialoog 2).", [WORDS, "De bakker gaat dicht"]),
        (f"{BY_KOK} De bakker gaat dicht – bakker, dialoog 2", [WORDS, "De bakker gaat dicht"]),
        (f"‘{WORDS}’ En de kerk is dicht. (kok, dialoog 3)", [f"‘{WORDS}’ En de kerk is dicht."]),
        (f"Mijn straat is leeg. {BY_KOK}", [f"Mijn straat is leeg. ‘{WORDS}’"]),
        (f"De straat is leeg. {WORDS} (kok, dialoog 3)", [f"De straat is leeg. {WORDS}"]),
        (f"{WORDS} En de kerk is dicht. (kok, dialoog 3)", [f"{WORDS} En de kerk is dicht."]),
        (f"{WORDS} Anderen knikten.", [f"{WORDS} Anderen knikten."]),
        (
            "Toen zei de juf ‘dit gaat zo niet langer meer’ en de klas was stil. (leerling, dialoog 2)",
            ["Toen zei de juf ‘dit gaat zo niet langer meer’ en de klas was stil."],
        ),
        (
            "‘Kom maar gauw bij ons naar binnen’, zei ze, en het huis was leeg.",
            ["‘Kom maar gauw bij ons naar binnen’, zei ze, en het huis was leeg."],
        ),
    ],
)
def test_words_that_may_be_someones_are_still_taken_for_theirs(
    tmp_path: Path, text: str, expected: list[str], suffix: str
) -> None:
    assert [words for words, _, _ in told(read(tmp_path, text, suffix))] == expected


SAID = st.sampled_from(
    [BY_KOK, BY_BAKKER, f"{WORDS} (kok, dialoog 3)", "Het werd stil.", "Wij gaan.", "Ik ook.", "Zij zei:", "’", "‘"]
)


@settings(max_examples=200)
@given(st.lists(SAID, min_size=1, max_size=6))
def test_every_word_is_quoted_or_says_who_spoke_or_is_read_as_prose(pieces: list[str]) -> None:
    text = " ".join(pieces)
    document = read_prose("", (Prose(text, "paragraph 1", is_quote=True),))
    (passage,) = document.passages
    quoted = " ".join(f"{q.text} {q.attribution.text if q.attribution else ''}" for q in document.quotations)
    assert {*re.findall(r"\w+", text)} <= {*re.findall(r"\w+", f"{quoted} {passage.prose}")}
    if not {"‘", "’"} & {*pieces}:  # with one mark too few, nobody can tell what is quoted
        assert "Ik" not in passage.prose.split()
