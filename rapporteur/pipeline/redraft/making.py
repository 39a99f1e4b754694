"""The section anew: outlined as the request guides it, composed by a voice, put among what stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapporteur.errors import NothingToReport
from rapporteur.pipeline.redraft.guiding import guide_for, kept_quotes, pool_of, without_others
from rapporteur.pipeline.redraft.placing import blocks_anew, with_blocks, with_kept, with_topic_anew
from rapporteur.pipeline.redraft.request import Request
from rapporteur.types import Judgement, QuoteRef, Section

if TYPE_CHECKING:
    from rapporteur.pipeline.judging import ThemeCorpus
    from rapporteur.sources.embedding.interface import Embedder
    from rapporteur.sources.store import Store
    from rapporteur.types import SectionKey
    from rapporteur.writing.anatomy import Parts
    from rapporteur.writing.outline.aiming import Aim
    from rapporteur.writing.outline.guide import Guide
    from rapporteur.writing.outline.plan import Outline, TopicGroup
    from rapporteur.writing.outline.template import ReportTemplate
    from rapporteur.writing.voices.interface import Voice

EXTRACTIVE = "extractief"
_SHOWN = 80  # code points of an instruction that is said back


@dataclass(frozen=True, slots=True)
class Made:
    """The section anew, what was thought of the fragments, and what could not be done."""

    section: Section
    judgements: Mapping[str, Judgement]
    notes: tuple[str, ...]


def make(
    request: Request,
    corpus: ThemeCorpus,
    judgements: Sequence[Judgement],
    embedder: Embedder,
    store: Store,
    template: ReportTemplate,
    voice: Voice,
    programme: str,
) -> Made:
    """Raises: NothingToReport where nothing would be left; PartUnknown for a quote to keep that cannot be quoted."""
    from rapporteur.writing import facts
    from rapporteur.writing.anatomy import parts_of

    by_id = {j.fragment.id: j for j in judgements}
    kept = kept_quotes(request, by_id)
    aim, pool = _aimed(request, corpus, judgements, kept, embedder, store)
    outline = _outline(request, corpus, pool, guide_for(request, aim, kept, by_id), voice)
    part = replace(template, sections=tuple(s for s in template.sections if s.key == request.key))
    composed = voice.compose(outline, part, facts.gather(corpus.records, programme))[0]
    section = _put_among(request, parts_of(composed), kept, outline)
    notes = (*_unread(request, voice), *aim.notes, *_unkept(request, section))
    return Made(section, by_id, notes)


def _aimed(
    request: Request,
    corpus: ThemeCorpus,
    judgements: Sequence[Judgement],
    kept: Mapping[str, QuoteRef],
    embedder: Embedder,
    store: Store,
) -> tuple[Aim, list[Judgement]]:
    """What the instruction aims at, and the judgements as the section may use them."""
    from rapporteur.dutch.personal import names_in
    from rapporteur.sources.embedding.cached import CachedEmbedder
    from rapporteur.writing.outline import aiming
    from rapporteur.writing.outline.matters import standard_bank
    from rapporteur.writing.outline.quotability import cut_to

    pool = pool_of(request, judgements, kept)
    wished = [j for j in pool if j.section == request.key and j.fragment.id in corpus.vectors]
    embed = CachedEmbedder(embedder, store).embed
    aim = aiming.aim(request.steering, request.key, wished, corpus.vectors, standard_bank(), embed)
    pool = without_others(pool, judgements, aim, kept)
    length = request.steering.quote_length
    if length:
        names = store.speakers() | names_in(f.text for f in corpus.fragments)
        pool = [j if j.fragment.id in kept else cut_to(j, length, names) for j in pool]
    return aim, pool


def _outline(request: Request, corpus: ThemeCorpus, pool: Sequence[Judgement], guide: Guide, voice: Voice) -> Outline:
    from rapporteur.writing.anatomy import parts_of
    from rapporteur.writing.outline import plan

    def planner(
        judgements: Sequence[Judgement], groups: Mapping[SectionKey, Sequence[TopicGroup]] | None = None
    ) -> Outline:
        vectors, hosts = corpus.vectors, corpus.host_roles
        return plan.outline(corpus.theme, judgements, vectors, hosts, groups=groups, keys=(request.key,), guide=guide)

    # Of one topic it is known what belongs to it: a voice is not asked.
    outline = planner(pool) if request.topic else voice.outline(corpus.theme, pool, planner, (request.key,))
    if not outline.topics[request.key] and (request.topic or parts_of(request.section).groups):
        theme = request.base.theme
        raise NothingToReport(
            f"Nothing would be left of {request.topic or request.key}.",
            where=theme,
            hint=f"Drop fewer quotes, or look with `rapporteur fragments {theme} --section {request.key}`.",
        )
    return with_blocks(request, outline)


def _put_among(request: Request, composed: Parts, kept: Mapping[str, QuoteRef], outline: Outline) -> Section:
    """The section with its new blocks, which have the ids they had before, and what stands of the old ones."""
    from rapporteur.writing.anatomy import parts_of, renamed

    taken = {b.id for s in request.base.report.sections for b in s.blocks}
    before = parts_of(request.section).by_topic
    groups = [renamed(with_kept(group, kept, outline), before.get(group[0].id, ()), taken) for group in composed.groups]
    made = replace(composed, groups=tuple(groups))
    if request.topic:
        return with_topic_anew(request, made.by_topic)
    return replace(request.section, blocks=blocks_anew(request, made))


def _unread(request: Request, voice: Voice) -> list[str]:
    """What of the instruction was not understood, or is not for this voice."""
    notes = [
        f"'{words[:_SHOWN]}' was not understood and changed nothing; say it in Dutch, as in 'minder over X, meer van Y'"
        for words in request.steering.unclear
    ]
    notes += [f"both more and less was asked of '{subject}'" for subject in request.steering.contradictions]
    if voice.name == EXTRACTIVE:
        notes += [
            f"'{words}' is about the sentences, which the extractive voice only counts in; a language model can do that"
            for words in request.steering.prose
        ]
    return notes


def _unkept(request: Request, section: Section) -> list[str]:
    there = {b.quote.fragment for b in section.blocks if b.quote} | {b.id for b in section.blocks}
    return [
        f"{q.name} could not be kept: nothing it could stand under is left"
        for q in request.keep
        if not {q.fragment, q.block} & there
    ]
