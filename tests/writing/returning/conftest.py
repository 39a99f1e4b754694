"""A drafted report, exported once, for all that editors do to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from rapporteur.pipeline.checking import check_documents
from rapporteur.pipeline.drafting import draft_report, last_revision, render_report
from rapporteur.pipeline.importing import Imported, import_report, prover_for
from rapporteur.proof.corpus import Corpus
from rapporteur.proof.indexing import corpus_of
from rapporteur.proof.quotes import QuoteChecker
from rapporteur.sources.embedding.hashing import HashingEmbedder
from rapporteur.sources.store import Store
from rapporteur.types import Fragment, Report, Revision
from rapporteur.writing.export.docx import DocxExporter
from rapporteur.writing.outline.template import for_track
from rapporteur.writing.returning.interface import Prover, Returned
from rapporteur.writing.returning.taking_in import take_in
from rapporteur.writing.returning.word import read_returned
from rapporteur.writing.voices.extractive import ExtractiveVoice
from tests.workspaces import indexed

THEME = "ontmoeten-in-de-buurt"


@dataclass
class Desk:
    """A workspace with one drafted report."""

    store: Store
    folder: Path

    @cached_property
    def base(self) -> Revision:
        return last_revision(THEME, self.store, 1)

    @cached_property
    def colophon(self) -> tuple[str, ...]:
        """What every export prints anew."""
        return render_report(self.base, self.store).colophon

    @cached_property
    def corpus(self) -> Corpus:
        return corpus_of(self.store.fragments())

    @cached_property
    def fragments(self) -> dict[str, Fragment]:
        return {fragment.id: fragment for fragment in self.store.fragments(THEME)}

    @cached_property
    def prove(self) -> Prover:
        return prover_for(QuoteChecker(self.corpus), THEME, self.store.theme_names())

    def taken_in(self, path: Path, *, dry_run: bool = True, **more: object) -> Imported:
        return import_report(path, store=self.store, dry_run=dry_run, corpus=lambda: self.corpus, **more)  # type: ignore[arg-type]

    def export(self, report: Report, path: Path) -> Path:
        revision = Revision(THEME, 2, "", "", report)
        path.write_bytes(DocxExporter().to_bytes(render_report(revision, self.store)))
        return path

    def returned(self, path: Path) -> Returned:
        """What comes of a file of the first revision."""
        return take_in(read_returned(path), self.base.report, self.fragments, self.prove, edited="2026-11-22T10:00:00")

    def unclean(self, path: Path) -> set[str]:
        """The words of every quotation in a document that `check` does not prove."""
        return self.all_unclean([path])[0]

    def all_unclean(self, paths: Sequence[Path]) -> list[set[str]]:
        checked = check_documents(paths, self.store, corpus=lambda: self.corpus)
        return [{quotation.text for quotation, verdict in one.quotations if not verdict.clean} for one in checked]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    with indexed(folder, corpus_folder / THEME) as (_, store):
        draft_report(
            THEME, store=store, embedder=HashingEmbedder(), template=for_track("burger"), voice=ExtractiveVoice()
        )
        yield Desk(store, folder)


@pytest.fixture(scope="session")
def exported(desk: Desk) -> Path:
    path = desk.folder / "verslag.docx"
    path.write_bytes(DocxExporter().to_bytes(render_report(desk.base, desk.store)))
    return path


def texts(path: Path) -> list[str]:
    """Every paragraph of the body as it reads with its changes accepted."""
    document = docx.Document(str(path))
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        if _is_twice(paragraph):
            continue
        pieces = []
        for text in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
            above = [a.tag for a in text.iterancestors()]
            of_this = next(a for a in text.iterancestors(qn("w:p"))) is paragraph
            if of_this and qn("w:del") not in above and not any(a.endswith("}Fallback") for a in above):
                pieces.append(text.text or "" if text.tag == qn("w:t") else " ")
        found.append(" ".join("".join(pieces).split()))
    return [text for text in found if text]


def _is_twice(paragraph: object) -> bool:
    return any(a.tag.endswith("}Fallback") for a in paragraph.iterancestors())  # type: ignore[attr-defined]


def words(path: Path, but: Sequence[str] = ()) -> Counter[str]:
    """How often each word stands in a file, paragraphs that read like those in `but` left out."""
    return Counter(word for text in texts(path) if text not in but for word in re.findall(r"\w+", text))
