"""Whatever an editor does to the paragraphs of a report, every word of the file is in the report that comes of it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rapporteur.pipeline.drafting import render_report
from rapporteur.types import Report, Revision
from rapporteur.writing.export.docx import DocxExporter
from rapporteur.writing.report import to_json
from rapporteur.writing.returning.interface import Returned
from rapporteur.writing.returning.lines import lines_of
from rapporteur.writing.returning.taking_in import take_in
from rapporteur.writing.returning.word import read_returned
from tests.writing.returning.conftest import THEME, Desk, words
from tests.writing.returning.edits import add_after, remove, retype

STYLES = ("Normal", "Heading 1", "Heading 2", "Citaat", "Onderwerp", "Opsomming", "Kadertitel", "Kadertekst")
TYPED = (
    "Een zin die er niet stond.",
    "Titel: en dan de tekst",
    "‘Woorden die niemand zei, tussen aanhalingstekens.’ (bakker, dialoog 2)",
    "‘Zonder sluitend teken (kok, dialoog 1)",
    "Zij zei: ‘Kom maar’, en toen kwam ik (later dan gedacht).",
    "Alleen een kop:",
    "Colofon",
    ": een dubbele punt vooraan",
    "‘’",
    "(dialoog 3)",
)
steps = st.lists(
    st.tuples(
        st.sampled_from(["remove", "move", "retype", "add", "restyle", "join"]),
        st.integers(0, 400),
        st.integers(0, 400),
        st.sampled_from(TYPED),
        st.sampled_from(STYLES),
    ),
    min_size=1,
    max_size=12,
)


def _apply(document: Document, step: tuple[str, int, int, str, str]) -> None:
    kind, at, to, text, style = step
    paragraphs = document.paragraphs
    end = max((n for n, p in enumerate(paragraphs) if p.text == "Colofon"), default=len(paragraphs))
    one, other = paragraphs[at % end], paragraphs[to % end]
    if kind == "remove":
        remove(one)
    elif kind == "move" and one._p is not other._p:
        other._p.addprevious(one._p)
    elif kind == "retype":
        retype(one, text)
    elif kind == "add":
        add_after(one, text, style)
    elif kind == "restyle":
        one.style = style
    elif kind == "join" and one._p is not other._p:
        _join(one, other)


def _join(one: Paragraph, other: Paragraph) -> None:
    one.add_run(f" {other.text}")
    remove(other)


def _taken(file: Path, base: Report, desk: Desk) -> Returned:
    return take_in(read_returned(file), base, desk.fragments, desk.prove, edited="2026-11-22T10:00:00+00:00")


@settings(max_examples=20)
@given(steps)
def test_no_word_is_lost(
    desk: Desk, exported: Path, tmp_path: Path, done: list[tuple[str, int, int, str, str]]
) -> None:
    document = docx.Document(str(exported))
    for step in done:
        _apply(document, step)
    file = tmp_path / "bewerkt.docx"
    document.save(str(file))
    returned = _taken(file, desk.base.report, desk)
    rendered = render_report(Revision(THEME, 2, "", "", returned.report), desk.store)
    printed = Counter(word for line in lines_of(returned.report, rendered) for word in re.findall(r"\w+", line.text))
    assert words(file, but=desk.colophon) - printed == {}
    identities = [b.id for s in returned.report.sections for b in s.blocks] + [s.key for s in returned.report.sections]
    assert len(set(identities)) == len(identities)


@settings(max_examples=6, phases=[Phase.generate])
@given(steps)
def test_what_was_taken_in_comes_back_as_it_was(
    desk: Desk, exported: Path, tmp_path: Path, done: list[tuple[str, int, int, str, str]]
) -> None:
    document = docx.Document(str(exported))
    for step in done:
        _apply(document, step)
    file = tmp_path / "bewerkt.docx"
    document.save(str(file))
    report = _taken(file, desk.base.report, desk).report
    file.write_bytes(DocxExporter().to_bytes(render_report(Revision(THEME, 2, "", "", report), desk.store)))
    again = _taken(file, report, desk)
    assert again.changes == ()
    assert to_json(again.report)["sections"] == to_json(report)["sections"]
