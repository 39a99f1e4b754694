"""One section of a saved report written anew, or one topic of it; all else stays as it is, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from rapporteur.pipeline import editing
from rapporteur.pipeline.judging import judge_theme, load_theme
from rapporteur.pipeline.redraft.making import EXTRACTIVE, Made, make
from rapporteur.pipeline.redraft.request import Asked, Request
from rapporteur.progress import SILENT, Progress
from rapporteur.types import Block, Origin, Report, Revision

if TYPE_CHECKING:
    from rapporteur.pipeline.judging import ThemeCorpus
    from rapporteur.sources.embedding.interface import Embedder
    from rapporteur.sources.store import Store
    from rapporteur.writing.outline.template import ReportTemplate
    from rapporteur.writing.voices.interface import Voice


@dataclass(frozen=True, slots=True)
class Redraft:
    """A report with one section anew. It is saved as `revision`, which is None where nothing came out differently.

    `changed` are the blocks of the section that are new or different, `gone` those that are not there any more,
    `recomputed` what leaned on it elsewhere. `replaced` are the paragraphs and quotes by an editor that it took the
    place of; they stand in `base`. `left` says what leaned on it and was left, `notes` what could not be done.
    """

    base: Revision
    report: Report
    revision: Revision | None
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    recomputed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def redraft_section(
    base: Revision,
    key: str,
    asked: Asked,
    *,
    store: Store,
    embedder: Embedder,
    template: ReportTemplate,
    voice: Voice,
    programme: str = "",
    author: str = "",
    now: datetime | None = None,
    progress: Progress = SILENT,
) -> Redraft:
    """Write a section of a report anew, and save it as a revision if anything came out differently.

    Raises: PartUnknown; PartLocked; NothingToReport; Conflict, once it is saved, where another saved one in between.
    """
    progress.start(f"redrafting {key} of {base.theme}", 4)
    request = Request.of(base, key, asked, store)
    corpus = load_theme(base.theme, store, embedder)
    progress.advance()
    judgements = judge_theme(corpus, template, store, embedder, wanted=request.is_wanted)
    progress.advance()
    made = make(request, corpus, judgements, embedder, store, template, voice, programme)
    progress.advance()
    result = _put_in(request, corpus, made, store, voice)
    if result.report == base.report:
        progress.finish()
        return result
    origin = Origin("redraft", author, base.number, (request.topic or request.key,), asked.instruction)
    if voice.name != EXTRACTIVE:  # a model's voice takes a while to load
        origin = editing.with_spent(origin, voice)
    reason = f"{request.topic or request.key} redrafted" + (f": {asked.instruction}" if asked.instruction else "")
    expected = base.number
    saved = editing.save(base.theme, result.report, origin, store=store, reason=reason, expected=expected, now=now)
    progress.finish()
    return replace(result, revision=saved)


def _put_in(request: Request, corpus: ThemeCorpus, made: Made, store: Store, voice: Voice) -> Redraft:
    """The report with the section in it and what leans on it brought in line; not saved yet."""
    from rapporteur.writing import dependents
    from rapporteur.writing.report import corpus_fingerprint, joined_voices, sources_of

    base = request.base.report
    sections = tuple(made.section if s.key == request.section.key else s for s in base.sections)
    after = dependents.recompute(
        base.sections,
        sections,
        request.key,
        {i: j for i, j in made.judgements.items() if i not in request.dropped},
        whole=not request.topic,
        locked=request.locked | set(request.sentences),
        dropped=request.dropped,
    )
    if after.sections == base.sections and request.dropped == base.dropped:
        return Redraft(request.base, base, None, notes=made.notes)
    fingerprints = store.fingerprints(corpus.theme)
    fingerprint = corpus_fingerprint(fingerprints)
    report = replace(
        base,
        sections=after.sections,
        dropped=request.dropped,
        voice=joined_voices(base.voice, voice.name),
        corpus_fingerprint=fingerprint,
        sources=sources_of(corpus.records, fingerprints),
    )
    notes = list(made.notes)
    if fingerprint != base.corpus_fingerprint:
        notes.append("the records have changed since: the other sections were drafted from those of before")
    old = {block.id: block for block in request.section.blocks}
    now = {block.id: block for block in made.section.blocks}
    by_editor = _by_editor(request, store)
    return Redraft(
        request.base,
        report,
        None,
        changed=tuple(i for i, block in now.items() if old.get(i) != block),
        gone=tuple(i for i in old if i not in now),
        recomputed=after.recomputed,
        replaced=tuple(i for i in by_editor if old[i] != now.get(i)),
        left=after.left,
        notes=tuple(notes),
    )


def _by_editor(request: Request, store: Store) -> list[str]:
    """The blocks of the section that no draft or redraft made as they are: their ids, in order."""
    from rapporteur.pipeline.drafting import last_revision

    made: list[Block] = []
    revision = request.base
    while True:
        section = next((s for s in revision.report.sections if s.key == request.section.key), None)
        origin = revision.origin
        blocks = section.blocks if section else ()
        if origin.action == "draft" or (origin.action == "redraft" and request.section.key in origin.parts):
            made += blocks
            break
        if origin.action == "redraft":
            made += [b for b in blocks if any(b.id == part or b.id.startswith(f"{part}-") for part in origin.parts)]
        if origin.parent is None:
            break
        revision = last_revision(revision.theme, store, origin.parent)
    return [block.id for block in request.section.blocks if block not in made and block.kind != "heading"]
