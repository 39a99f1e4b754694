"""The path of the data as a few functions that read like style.md's table.

Each is given its store, embedder and indexes (wiring makes them) and returns named things; none prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rapporteur.errors import DocumentUnreadable, NothingToReport
from rapporteur.progress import SILENT, Progress
from rapporteur.types import Candidate, CheckedDocument, Judgement, Revision, SectionKey

if TYPE_CHECKING:
    from rapporteur.proof.context import SourceInContext
    from rapporteur.proof.corpus import Corpus
    from rapporteur.proof.documents.interface import ReadDocument
    from rapporteur.proof.facts import CorpusFacts, StoredTopic
    from rapporteur.proof.fixing.interface import Fixed, Mended, Repair
    from rapporteur.proof.quotes import QuoteChecker
    from rapporteur.sources.embedding.interface import Embedder, Vectors
    from rapporteur.sources.index.interface import Filter
    from rapporteur.sources.indexing import Indexer, IndexRun, RecordFile
    from rapporteur.sources.retrieval import Retriever
    from rapporteur.sources.store import Store
    from rapporteur.types import Fragment, Record
    from rapporteur.writing.export.interface import RenderedReport
    from rapporteur.writing.outline.plan import Outline
    from rapporteur.writing.outline.section_head import SectionHead
    from rapporteur.writing.outline.template import ReportTemplate
    from rapporteur.writing.unused import Unused
    from rapporteur.writing.voices.interface import Voice
    from rapporteur.writing.voices.llm import Estimate, LLMVoice


def index_corpus(files: Sequence[RecordFile], indexer: Indexer, *, rebuild: bool = False) -> IndexRun:
    """Record files into the store and the indexes; what did not change is left alone."""
    return indexer.run(files, rebuild=rebuild)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken out, and the saved revisions that quote it, as (theme, number, drafted)."""

    files: tuple[str, ...]
    fragments: int
    quoted_in: tuple[tuple[str, int, str], ...]


def forget(theme: str, dialogue: str, indexer: Indexer, now: datetime | None = None) -> Forgotten:
    """Take a session out of store, indexes and caches: a participant withdrew consent.

    The record files and the reports that were exported are not touched: they are named, for a person to deal with.
    `dialogue` may also name one of several files of a dialogue, as their records are named: '3-2' is its second.
    Raises: ThemeUnknown; InputMissing if the theme has no such session.
    """
    from rapporteur.errors import InputMissing
    from rapporteur.writing import report

    store = indexer.store
    fragments = store.fragments(theme)
    of_theme = store.records(theme)
    session = f"{theme}/{dialogue}"
    records = [r for r in of_theme if r.dialogue_name == dialogue] or [r for r in of_theme if r.id == session]
    if not records:
        known = ", ".join(sorted({name for r in of_theme for name in (r.dialogue_name, r.id.partition("/")[2])}))
        raise InputMissing(
            f"The theme '{theme}' has no dialogue '{dialogue}'. It has: {known}.",
            hint="`rapporteur records` lists them.",
        )
    gone = {f.id for f in fragments if f.record in {r.id for r in records}}
    quoted = [
        (theme, number, created)
        for number, created, saved in store.revisions(theme)
        if gone & report.fragments_of(report.from_json(saved))
    ]
    indexer.forget(records, session, (now or datetime.now(UTC)).isoformat(timespec="seconds"))
    return Forgotten(tuple(r.source for r in records), len(gone), tuple(quoted))


def search(text: str, retriever: Retriever, top_k: int, where: Filter) -> tuple[Candidate, ...]:
    """The fragments nearest to a text, best first."""
    return retriever.search([text], top_k, where)


def only_section(
    found: Sequence[Candidate], section: str, template: ReportTemplate, store: Store, embedder: Embedder
) -> tuple[Candidate, ...]:
    """The candidates that fit a section, ranked anew."""
    fitting: set[str] = set()
    for theme in sorted({c.fragment.theme for c in found}):
        judged = judge_theme(load_theme(theme, store, embedder), template, store, embedder)
        fitting |= {j.fragment.id for j in judged if j.section == section}
    kept = [c for c in found if c.fragment.id in fitting]
    return tuple(Candidate(c.fragment, c.score, rank) for rank, c in enumerate(kept, 1))


# ------------------------------------------------------------------------------------------------ judging


@dataclass(frozen=True, slots=True)
class ThemeCorpus:
    """One theme, loaded: its records, fragments as spoken, and the vectors of those that were embedded."""

    theme: str
    records: Sequence[Record]
    fragments: Sequence[Fragment]
    vectors: Mapping[str, Vectors]

    @property
    def host_roles(self) -> dict[str, str | None]:
        return {record.id: record.host.role for record in self.records}


def load_theme(theme: str, store: Store, embedder: Embedder) -> ThemeCorpus:
    """Load a theme from the store. Raises: ThemeUnknown."""
    from rapporteur.sources.embedding.cached import CachedEmbedder, worth_embedding

    fragments = store.fragments(theme)
    telling = [f for f in fragments if worth_embedding(f.text)]
    rows = CachedEmbedder(embedder, store).embed([f.text for f in telling])
    vectors = {f.id: row for f, row in zip(telling, rows, strict=True)}
    return ThemeCorpus(theme, store.records(theme), fragments, vectors)


def judge_theme(
    corpus: ThemeCorpus,
    template: ReportTemplate,
    store: Store,
    embedder: Embedder,
    head: SectionHead | None = None,
) -> tuple[Judgement, ...]:
    """Section fit and quotability of every fragment of a theme, in the order of `corpus.fragments`.

    `head` takes the place of the one that was learned for the embedder.
    """
    from rapporteur.dutch.personal import names_in
    from rapporteur.writing.outline import plan
    from rapporteur.writing.outline.section_head import head_for, knows

    if head is None and knows(embedder.name):
        head = head_for(embedder.name)
    nearness = {} if head else _nearness(corpus, template, store, embedder)
    names = store.speakers() | names_in(f.text for f in corpus.fragments)
    return plan.judge(corpus.fragments, nearness, corpus.host_roles, names, corpus.vectors, head)


def _nearness(
    corpus: ThemeCorpus, template: ReportTemplate, store: Store, embedder: Embedder
) -> dict[SectionKey, dict[str, float]]:
    """Retrieve every fragment of the theme for every section: its fused score, by section and fragment id."""
    import numpy as np

    from rapporteur.sources.embedding.cached import CachedEmbedder
    from rapporteur.sources.index.interface import Filter
    from rapporteur.sources.index.lexical import LexicalIndex
    from rapporteur.sources.index.memory import MemoryIndex
    from rapporteur.sources.retrieval import Retriever

    index, words = MemoryIndex(), LexicalIndex()
    telling = [f for f in corpus.fragments if f.id in corpus.vectors]
    if telling:
        index.upsert(telling, np.stack([corpus.vectors[f.id] for f in telling]))
    words.upsert(corpus.fragments)
    by_id = {f.id: f for f in corpus.fragments}
    retriever = Retriever(CachedEmbedder(embedder, store), index, words, lambda ids: {i: by_id[i] for i in ids})
    found = {
        key: {c.fragment.id: c.score for c in retriever.search(questions, len(by_id), Filter(theme=corpus.theme))}
        for key, questions in template.questions.items()
    }
    words.close()
    return found


# ----------------------------------------------------------------------------------------------- drafting


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted report: the saved revision, and the outline it was written from."""

    revision: Revision
    outline: Outline
    unused: tuple[Unused, ...]


def draft_report(
    theme: str,
    *,
    store: Store,
    embedder: Embedder,
    template: ReportTemplate,
    voice: Voice,
    programme: str = "",
    with_ledger: bool = False,
    now: datetime | None = None,
    progress: Progress = SILENT,
) -> Draft:
    """Draft all sections of a theme's report and save it as a revision.

    `with_ledger` adds a last page that says which quotable fragments stayed out.
    Raises: ThemeUnknown; NothingToReport.
    """
    from rapporteur.writing import facts, report, unused
    from rapporteur.writing.outline import plan

    drafted = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    progress.start(f"drafting {theme}", 4)
    corpus = load_theme(theme, store, embedder)
    progress.advance()
    judgements = judge_theme(corpus, template, store, embedder)
    progress.advance()
    outline = plan.outline(theme, judgements, corpus.vectors, corpus.host_roles)
    if not any(outline.topics.values()):
        raise NothingToReport(f"The theme '{theme}' has no fragment that can be quoted.", where=theme)
    sessions = facts.gather(corpus.records, programme)
    context = report.Context(theme, template.id, drafted, sessions, corpus.records, store.fingerprints(theme))
    drafted_report = report.assemble(context, outline, voice.name, voice.compose(outline, template, sessions))
    left = unused.unused(judgements, frozenset(report.fragments_of(drafted_report)))
    if with_ledger:
        drafted_report = replace(drafted_report, sections=(*drafted_report.sections, unused.as_section(left)))
    progress.advance()
    reason = "first draft" if store.revision(theme) is None else "drafted again"
    number = store.save_revision(theme, drafted, reason, report.to_json(drafted_report))
    progress.advance()
    progress.finish()
    return Draft(Revision(theme, number, drafted, reason, drafted_report), outline, left)


def estimate_draft(
    theme: str, *, store: Store, embedder: Embedder, template: ReportTemplate, voice: LLMVoice
) -> Estimate:
    """What drafting a theme with a language model would ask of it, without a call. Raises: ThemeUnknown."""
    from rapporteur.writing import facts
    from rapporteur.writing.outline import plan

    corpus = load_theme(theme, store, embedder)
    judgements = judge_theme(corpus, template, store, embedder)
    outline = plan.outline(theme, judgements, corpus.vectors, corpus.host_roles)
    return voice.estimate(outline, facts.gather(corpus.records))


def last_revision(theme: str, store: Store, number: int | None = None) -> Revision:
    """A saved revision of a theme, by default the last.

    Raises: ThemeUnknown; NothingToReport if there is no such revision.
    """
    from rapporteur.writing import report

    found = store.revision(theme, number)
    if found is None:
        store.fragments(theme)  # says which themes exist, if this is none
        which = f"revision {number}" if number else "draft"
        raise NothingToReport(
            f"There is no {which} of the theme '{theme}' yet.",
            hint=f"Make one with `rapporteur draft {theme}`.",
        )
    return Revision(theme, found[0], found[1], found[2], report.from_json(found[3]))


def render_report(revision: Revision, store: Store) -> RenderedReport:
    """A revision with its quotes' words cut out of the stored fragments.

    Raises: NothingToReport when a fragment it quotes is no longer in the corpus.
    """
    from rapporteur.writing import report

    wanted = report.fragments_of(revision.report)
    fragments = store.fragments_by_id(wanted)
    lost = sorted(wanted - set(fragments))
    if lost:
        raise NothingToReport(
            f"This draft quotes fragments that are no longer in the corpus: {len(lost)}, the first '{lost[0]}'.",
            where=f"{revision.theme}, revision {revision.number}",
            hint=f"Draft again with `rapporteur draft {revision.theme}`.",
        )
    return report.render(revision.report, fragments)


# ----------------------------------------------------------------------------------------------- checking


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
    return CheckedDocument(
        document.name,
        verdicts,
        (*provenance(verdicts), *document.findings, *registry.findings(seen)),
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
    from rapporteur.writing.report import corpus_fingerprint

    themes = sorted({theme for document in checked for theme in document.themes})
    return {theme: corpus_fingerprint(store.fingerprints(theme)) for theme in themes}


def fix_document(path: Path, copy: Path, checked: CheckedDocument, store: Store) -> Fixed:
    """Write a copy of a checked document with the record's words in its altered quotations, and tell what was done.

    What was mended is checked again in the copy, and undone where that is not clean. Raises: UsageError for another
    kind of file, or for the document itself as its copy; OutputUnwritable.
    """
    from rapporteur.errors import UsageError
    from rapporteur.files import check_writable, write_atomically
    from rapporteur.proof.checks.names import KnownNames
    from rapporteur.proof.checks.personal_data import holds_personal_data
    from rapporteur.proof.fixing.interface import Fixed, Left
    from rapporteur.proof.fixing.plan import plan
    from rapporteur.proof.fixing.registry import mender_for
    from rapporteur.proof.quotes import QuoteChecker

    mender = mender_for(path)
    if copy.suffix.lower() != path.suffix.lower() or copy.resolve() == path.resolve():
        raise UsageError(
            f"A mended copy of {path.name} cannot be written to {copy.name}.",
            where=str(copy),
            hint=f"Give another file that ends in {path.suffix}: the document itself is never changed.",
        )
    check_writable(copy)
    checker = QuoteChecker(store.fragments())
    fragments = store.fragments_by_id(v.fragment for _, v in checked.quotations if v.fragment)
    names = KnownNames(corpus_facts(checked.themes, store), (fragment.text for fragment in fragments.values()))
    planned = plan(checked.quotations, fragments, checker.check, lambda text: holds_personal_data(text, names))
    mended = mender.mend(path, planned.repairs)
    done = _clean_now(mended, path, checker, store.theme_names())
    if done != mended.done:
        mended = mender.mend(path, done)
    write_atomically(copy, mended.content)
    missed = (repair for repair in planned.repairs if repair not in done)
    why = "Its words could not be told apart in the file, for instance since they run over several paragraphs."
    return Fixed(copy.name, mender.tracked, done, (*planned.left, *(Left(r.place, why) for r in missed)))


def _clean_now(mended: Mended, path: Path, checker: QuoteChecker, themes: Sequence[str]) -> tuple[Repair, ...]:
    """The repairs whose quotations are found and clean in the mended file, read as a stranger would."""
    from tempfile import TemporaryDirectory

    from rapporteur.proof.checks.examined import on_known_theme
    from rapporteur.proof.documents.registry import read_document

    with TemporaryDirectory() as folder:
        file = Path(folder) / path.name
        file.write_bytes(mended.content)
        document = on_known_theme(read_document(file), themes)
        clean = {(q.text, q.place) for q in document.quotations if checker.check(q).clean}
    return tuple(repair for repair in mended.done if (repair.after, repair.place) in clean)
