"""Does a draft come back from Word with an editor's change and nothing else, and is an altered quote told?"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx

from evals import material
from rapporteur.evaluation.scorers import judged
from rapporteur.evaluation.task import Given, Metric, Sample, Score, Task, task
from rapporteur.files import write_atomically
from rapporteur.pipeline.importing import import_report
from rapporteur.writing.export.docx import DocxExporter
from rapporteur.writing.export.interface import quotes_of
from rapporteur.writing.returning.interface import Returned

_ADDED = "Daar is nog lang over nagepraat."
_OTHER_WORD = "zeppelin"
_EDITS = 6  # of a kind in each theme

Edit = Callable[[Any], None]  # changes a paragraph of the Word file


@task
def untouched(given: Given) -> Task:
    corpus = material.example(given)
    quotes = {theme: sum(1 for _ in quotes_of(report.items)) for theme, report in corpus.rendered.items()}
    return Task(
        [Sample(theme, theme, corpus.drafts[theme].revision.report) for theme in corpus.themes],
        lambda sample: _returned(corpus, sample.input),
        lambda sample, back: judged(
            back.report == sample.target and not back.changes and back.kept == quotes[sample.id],
            f"{len(back.changes)} changes, {back.kept} quotes",
            f"nothing was touched, and {quotes[sample.id]} quotes were printed",
        ),
        [Metric("untouched drafts come back as they were", least=1.0)],
    )


@task
def edited(given: Given) -> Task:
    corpus = material.example(given)
    dataset = [
        Sample(f"{kind}, {theme}: paragraph {number}", (theme, number, edit), None, kind)
        for theme in corpus.themes
        for kind, style, edit in (("sentence added", "Onderwerp", _add), ("word changed", "Citaat", _change))
        for number in given.some(_paragraphs(corpus, theme, style), _EDITS, str)
    ]

    def take_in(sample: Sample) -> Returned:
        theme, number, edit = sample.input
        return _returned(corpus, theme, number, edit)

    return Task(dataset, take_in, _edit_score, [
        Metric("added sentences come back, and nothing else changes", ("sentence added",), least=1.0),
        Metric("quotes altered in Word told", ("word changed",), least=1.0),
    ])  # fmt: skip


def _edit_score(sample: Sample, back: Returned) -> Score:
    if sample.group == "sentence added":
        told = [change for change in back.changes if _ADDED in change.after and _ADDED not in change.before]
        return judged(len(back.changes) == len(told) == 1, f"{len(back.changes)} changes", "one sentence was added")
    unclean = [
        touched for touched in back.quotes if not touched.verdict.clean and _OTHER_WORD in touched.quotation.text
    ]
    return judged(len(unclean) == 1, [q.verdict.kind for q in back.quotes], f"'{_OTHER_WORD}' was never said")


def _paragraphs(corpus: material.Corpus, theme: str, style: str) -> list[int]:
    """The paragraphs of a draft's Word file that are set in a style and are long enough to be edited."""
    document = docx.Document(BytesIO(DocxExporter().to_bytes(corpus.rendered[theme])))
    return [
        number
        for number, paragraph in enumerate(document.paragraphs)
        if paragraph.style.name == style and any(len(run.text.split()) > 5 for run in paragraph.runs)
    ]


def _returned(corpus: material.Corpus, theme: str, number: int | None = None, edit: Edit | None = None) -> Returned:
    """A draft exported to Word, edited there in one paragraph, and taken in again without being saved."""
    content = DocxExporter().to_bytes(corpus.rendered[theme])
    if number is not None and edit is not None:
        document = docx.Document(BytesIO(content))
        edit(document.paragraphs[number])
        changed = BytesIO()
        document.save(changed)
        content = changed.getvalue()
    with TemporaryDirectory() as place:
        file = Path(place) / f"{theme}.docx"
        write_atomically(file, content)
        return import_report(file, store=corpus.store, dry_run=True).returned


def _add(paragraph: Any) -> None:
    run = [run for run in paragraph.runs if run.text.strip()][-1]
    run.text = f"{run.text} {_ADDED}"


def _change(paragraph: Any) -> None:
    run = max(paragraph.runs, key=lambda run: len(run.text))
    words = run.text.split(" ")
    words[len(words) // 2] = _OTHER_WORD
    run.text = " ".join(words)
