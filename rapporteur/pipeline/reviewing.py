"""A report as it will be printed, with a comment for the reviewer beside each quote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rapporteur.pipeline.checking import sources_in_context
from rapporteur.types import Attribution, CheckedDocument, Comment, Quotation

if TYPE_CHECKING:
    from rapporteur.proof.corpus import Corpus
    from rapporteur.sources.store import Store
    from rapporteur.writing.export.interface import Quote, RenderedReport


def with_review(report: RenderedReport, store: Store, corpus: Corpus) -> RenderedReport:
    """The report with, for each quote, what the proof says of it; personal data around the words masked.

    The quotes are proved as they will be printed, by what proves a finished document.
    """
    from rapporteur.proof.quotes import QuoteChecker
    from rapporteur.proof.render_comment import to_comment
    from rapporteur.writing.export.interface import REVIEWER, quotes_of

    checker = QuoteChecker(corpus)
    quotes = list(quotes_of(report.items))
    proved = [(quotation, checker.check(quotation)) for quotation in (_claimed(q, report.theme) for q in quotes)]
    sources = sources_in_context([CheckedDocument(report.title, tuple(proved))], store)
    comments = (
        Comment(quote.id, REVIEWER, report.drafted, to_comment(verdict, sources.get(verdict.fragment or "")))
        for quote, (_, verdict) in zip(quotes, proved, strict=True)
    )
    return replace(report, comments=(*report.comments, *comments))


def _claimed(quote: Quote, theme: str) -> Quotation:
    """What the printed quote says: these words, by this role in this dialogue."""
    said_by = Attribution(f"({quote.attribution})", quote.role, quote.dialogue, theme) if quote.attribution else None
    return Quotation(quote.text, "", said_by, quote.fragment or None, quote.id)
