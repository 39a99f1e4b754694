"""A finished document to verdicts and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rapporteur.errors import DocumentUnreadable
from rapporteur.types import CheckedDocument

if TYPE_CHECKING:
    from rapporteur.proof.context import SourceInContext
    from rapporteur.proof.corpus import Corpus
    from rapporteur.proof.documents.interface import ReadDocument
    from rapporteur.proof.facts import CorpusFacts, StoredTopic
    from rapporteur.proof.quotes import QuoteChecker
    from rapporteur.sources.store import Store


def check_document(path: Path, store: Store) -> CheckedDocument:
    """Find every quotation in a finished document and prove or refute it against the corpus.

    Raises: DocumentUnreadable; IndexMissing.
    """
    return check_documents([path], store)[0]


def check_documents(
    paths: Sequence[Path],
    store: Store,
    unreadable: Callable[[DocumentUnreadable], None] | None = None,
    corpus: Callable[[], Corpus] | None = None,
) -> list[CheckedDocument]:
    """The same for several documents, with the index over the corpus built once; in the order given.

    A document that cannot be read is given to `unreadable`, and the others are checked; without it the first raises.
    `corpus` opens an index that is kept on disk; without it one is made in memory.
    """
    from rapporteur.proof.documents.registry import read_document
    from rapporteur.proof.quotes import QuoteChecker

    documents = []
    for path in paths:
        try:
            documents.append((path, read_document(path)))
        except DocumentUnreadable as error:
            if unreadable is None:
                raise
            unreadable(error)
    checker = QuoteChecker(corpus() if corpus else store.fragments())
    known: dict[tuple[str, ...], CorpusFacts] = {}
    return [_checked(path, document, checker, store, known) for path, document in documents]


def _checked(
    path: Path,
    document: ReadDocument,
    checker: QuoteChecker,
    store: Store,
    known: dict[tuple[str, ...], CorpusFacts],
) -> CheckedDocument:
    """The verdicts and all findings of one document; `known` keeps the facts of the themes that were looked up."""
    from hashlib import sha256

    from rapporteur.proof.checks import examined, registry
    from rapporteur.proof.checks.other_records import other_records
    from rapporteur.proof.checks.provenance import provenance

    names = store.theme_names()
    document = examined.on_known_theme(document, names)
    verdicts = tuple((quotation, checker.check(quotation)) for quotation in document.quotations)
    fragments = store.fragments_by_id(verdict.fragment for _, verdict in verdicts if verdict.fragment)
    themes = examined.themes_of(document, verdicts, fragments, names)
    if themes not in known:
        known[themes] = corpus_facts(themes, store)
    facts = known[themes]
    seen = examined.examine(document, verdicts, fragments, facts)
    here = _fingerprints([theme for theme in facts.themes if document.theme in (None, theme)] or facts.themes, store)
    return CheckedDocument(
        document.name,
        verdicts,
        (*provenance(verdicts), *other_records(document, here), *document.findings, *registry.findings(seen)),
        themes=facts.themes,
        fingerprint=sha256(path.read_bytes()).hexdigest()[:16],
        corpus_fingerprint=document.corpus_fingerprint,
    )


def corpus_facts(themes: Sequence[str], store: Store) -> CorpusFacts:
    """What the records of these themes say of their sessions, and what was counted for their last drafts."""
    from rapporteur.proof.facts import facts_of

    return facts_of(
        [record for theme in themes for record in store.records(theme)],
        [fragment for theme in themes for fragment in store.fragments(theme)],
        [topic for theme in themes for topic in _drafted_topics(theme, store)],
    )


def _drafted_topics(theme: str, store: Store) -> Iterator[StoredTopic]:
    """The topics of a theme's last draft with their counted support."""
    from rapporteur.proof.facts import StoredTopic

    saved = store.revision(theme)
    for section in saved[3]["sections"] if saved else ():
        for block in section["blocks"]:
            support = block.get("support")
            if block["kind"] == "topic" and support:
                yield StoredTopic(block["title"], support["people"], len(support["dialogues"]))


def sources_in_context(checked: Sequence[CheckedDocument], store: Store) -> Mapping[str, SourceInContext]:
    """The fragments that the verdicts name, by id, with what was said before and after; personal data masked."""
    from rapporteur.proof.checks.names import KnownNames
    from rapporteur.proof.checks.personal_data import without_personal_data
    from rapporteur.proof.context import in_context

    wanted = {verdict.fragment for document in checked for _, verdict in document.quotations if verdict.fragment}
    themes = sorted({fragment.theme for fragment in store.fragments_by_id(wanted).values()})
    facts = corpus_facts(themes, store)
    sources = in_context(wanted, facts.said)
    names = KnownNames(facts, {turn.text for source in sources.values() for turn in source.turns})
    quoted = " ".join(quotation.text for document in checked for quotation, _ in document.quotations)
    return {
        identity: source.changed(lambda turn: without_personal_data(turn, names, but=quoted))
        for identity, source in sources.items()
    }


def corpus_fingerprints(checked: Sequence[CheckedDocument], store: Store) -> Mapping[str, str]:
    """The digest over the records of each theme the documents were checked against, as they are now."""
    return _fingerprints(sorted({theme for document in checked for theme in document.themes}), store)


def _fingerprints(themes: Sequence[str], store: Store) -> Mapping[str, str]:
    """The digest over the records of each theme that has any."""
    from rapporteur.writing.report import corpus_fingerprint

    digests = {theme: store.fingerprints(theme) for theme in themes}
    return {theme: corpus_fingerprint(of_records) for theme, of_records in digests.items() if of_records}
