"""One section of a saved report written anew, or one topic of it; all else stays as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from rapporteur.errors import NothingToReport, PartLocked, PartUnknown
from rapporteur.pipeline import editing
from rapporteur.pipeline.judging import judge_theme, load_theme
from rapporteur.progress import SILENT, Progress
from rapporteur.types import SECTION_KEYS, Block, Judgement, Lock, Origin, QuoteRef, Report, Revision, Section

if TYPE_CHECKING:
    from rapporteur.pipeline.judging import ThemeCorpus
    from rapporteur.sources.embedding.interface import Embedder
    from rapporteur.sources.store import Store
    from rapporteur.types import Fragment, SectionKey
    from rapporteur.writing.anatomy import Parts
    from rapporteur.writing.outline.aiming import Aim
    from rapporteur.writing.outline.guide import Guide
    from rapporteur.writing.outline.plan import Outline, TopicGroup
    from rapporteur.writing.outline.sections import SectionFit
    from rapporteur.writing.outline.steering import Steering
    from rapporteur.writing.outline.template import ReportTemplate
    from rapporteur.writing.quote_names import Named
    from rapporteur.writing.voices.interface import Voice

MAY_SERVE_BOTH = 0.2  # score from which a fragment of another section may be drawn into one that asks for more of it
ELSEWHERE = "quoted elsewhere in the report"
DROPPED = "dropped by an editor"
_EXTRACTIVE = "extractief"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an editor asks of a section.

    `topic` is a block's id or a title; `keep` and `drop` are quotes by block id, bookmark or fragment id; another
    `seed` makes another choice among what is nearly equal.
    """

    topic: str = ""
    instruction: str = ""
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    seed: int | None = None


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
    work = _Work.of(base, key, asked, store)
    corpus = load_theme(base.theme, store, embedder)
    progress.advance()
    judgements = judge_theme(corpus, template, store, embedder, wanted=work.is_wanted)
    progress.advance()
    made = _made(work, corpus, judgements, embedder, store, template, voice, programme)
    progress.advance()
    result = _put_in(work, corpus, made, store, voice)
    if result.report == base.report:
        progress.finish()
        return result
    origin = Origin("redraft", author, base.number, (work.topic or work.key,), asked.instruction)
    if voice.name != _EXTRACTIVE:  # a model's voice takes a while to load
        origin = editing.with_spent(origin, voice)
    reason = f"{work.topic or work.key} redrafted" + (f": {asked.instruction}" if asked.instruction else "")
    expected = base.number
    saved = editing.save(base.theme, result.report, origin, store=store, reason=reason, expected=expected, now=now)
    progress.finish()
    return replace(result, revision=saved)


# ----------------------------------------------------------------------------------------------- what is asked


@dataclass(frozen=True, slots=True)
class _Work:
    """What is asked, resolved against the report: which section, which topic, which quotes, what is locked."""

    base: Revision
    key: SectionKey
    section: Section
    topic: str
    asked: Asked
    steering: Steering
    keep: tuple[Named, ...]
    drop: tuple[Named, ...]
    dropped: tuple[str, ...]
    locked: frozenset[str]
    sentences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, base: Revision, name: str, asked: Asked, store: Store) -> _Work:
        """Raises: PartUnknown; PartLocked."""
        from rapporteur.writing import quote_names
        from rapporteur.writing.anatomy import topic_named
        from rapporteur.writing.outline import steering

        key, section = _section(base.report, name)
        topic = topic_named(section, asked.topic) if asked.topic else ""
        locks = store.locks(base.theme)
        keep = quote_names.named(base.report, section, asked.keep, topic)
        drop = quote_names.named(base.report, section, asked.drop, topic)
        quote_names.require_apart(keep, drop)
        _require_unlocked(base.theme, [section.key, topic, *(quote.block for quote in drop)], locks)
        unwanted = {quote.fragment for quote in drop if quote.fragment}
        wanted = {quote.fragment for quote in keep}
        dropped = tuple(i for i in dict.fromkeys((*base.report.dropped, *sorted(unwanted))) if i not in wanted)
        sentences: dict[str, tuple[str, ...]] = {}
        for lock in locks:
            if lock.words:
                block = lock.part.rpartition(":")[0]
                sentences[block] = (*sentences.get(block, ()), lock.words)
        locked = frozenset(lock.part for lock in locks if not lock.words)
        read = steering.read(asked.instruction)
        return cls(base, key, section, topic, asked, read, keep, drop, dropped, locked, sentences)

    def is_wanted(self, fragment: Fragment, fitted: SectionFit) -> bool:
        """Whether it has to be known if a fragment can be quoted: work grows with the section, not with the report."""
        from rapporteur.writing import report
        from rapporteur.writing.outline.sections import is_headline
        from rapporteur.writing.unused import SECTION_KEY
        from rapporteur.writing.voices.extractive import STORIES

        if any(section.key == SECTION_KEY for section in self.base.report.sections):
            return True
        near = fitted.scores[self.key] >= MAY_SERVE_BOTH and any(w.direction == "more" for w in self.steering.wishes)
        of_both = self.key in STORIES and fitted.section in STORIES and is_headline(fragment)
        quoted = report.fragments_of(self.base.report) | {quote.fragment for quote in self.keep}
        return fitted.section == self.key or near or of_both or fragment.id in quoted

    @property
    def others(self) -> tuple[Section, ...]:
        return tuple(s for s in self.base.report.sections if s.key != self.section.key)


def _section(report: Report, name: str) -> tuple[SectionKey, Section]:
    keys = [s.key for s in report.sections if s.key in SECTION_KEYS]
    for key in SECTION_KEYS:
        for section in report.sections:
            if name == section.key == key:
                return key, section
    why = f"There is no section '{name}' to redraft."
    if any(section.key == name for section in report.sections):
        why = f"The section '{name}' says what the others say: redraft those."
    raise PartUnknown(why, where=report.theme, hint=f"The sections are {', '.join(keys)}.")


def _require_unlocked(theme: str, parts: Sequence[str], locks: Sequence[Lock]) -> None:
    for part in filter(None, parts):
        if any(lock.part == part and not lock.words for lock in locks):
            raise PartLocked(
                f"'{part}' is locked: it stays as it is.",
                where=theme,
                hint=f"Unlock it with `rapporteur unlock {theme} {part}`, or redraft another part.",
            )


# --------------------------------------------------------------------------------------------------- making


@dataclass(frozen=True, slots=True)
class _Made:
    """The section anew, what was thought of the fragments, and what could not be done."""

    section: Section
    judgements: Mapping[str, Judgement]
    notes: tuple[str, ...]


def _made(
    work: _Work,
    corpus: ThemeCorpus,
    judgements: Sequence[Judgement],
    embedder: Embedder,
    store: Store,
    template: ReportTemplate,
    voice: Voice,
    programme: str,
) -> _Made:
    from rapporteur.dutch.personal import names_in
    from rapporteur.sources.embedding.cached import CachedEmbedder
    from rapporteur.writing import facts
    from rapporteur.writing.anatomy import parts_of, renamed
    from rapporteur.writing.outline import aiming, plan
    from rapporteur.writing.outline.matters import standard_bank
    from rapporteur.writing.outline.quotability import cut_to

    whole = replace(work.section, blocks=())
    part = replace(template, sections=tuple(s for s in template.sections if s.key == work.key))
    by_id = {j.fragment.id: j for j in judgements}
    kept = _kept(work, by_id)
    pool = _pool(work, judgements, kept)
    wished = [j for j in pool if j.section == work.key and j.fragment.id in corpus.vectors]
    remembered = CachedEmbedder(embedder, store)
    aim = aiming.aim(work.steering, work.key, wished, corpus.vectors, standard_bank(), remembered.embed)
    pool = _without_others(work, pool, judgements, aim, kept)
    if work.steering.quote_length:
        names = store.speakers() | names_in(f.text for f in corpus.fragments)
        pool = [j if j.fragment.id in kept else cut_to(j, work.steering.quote_length, names) for j in pool]
    guide = _guide(work, aim, kept, by_id)

    def planner(
        judgements: Sequence[Judgement], groups: Mapping[SectionKey, Sequence[TopicGroup]] | None = None
    ) -> Outline:
        vectors, hosts = corpus.vectors, corpus.host_roles
        return plan.outline(corpus.theme, judgements, vectors, hosts, groups=groups, keys=(work.key,), guide=guide)

    # Of one topic it is known what belongs to it: a voice is not asked.
    outline = planner(pool) if work.topic else voice.outline(corpus.theme, pool, planner, (work.key,))
    if not outline.topics[work.key] and (work.topic or parts_of(work.section).groups):
        raise NothingToReport(
            f"Nothing would be left of {work.topic or work.key}.",
            where=work.base.theme,
            hint=f"Drop fewer quotes, or look with `rapporteur fragments {work.base.theme} --section {work.key}`.",
        )
    outline = _with_blocks(work, outline)
    composed = voice.compose(outline, part, facts.gather(corpus.records, programme))[0]
    taken = {b.id for s in work.base.report.sections for b in s.blocks}
    before = parts_of(work.section).by_topic
    parts = parts_of(composed)
    groups = [renamed(_with_kept(group, kept, outline), before.get(group[0].id, ()), taken) for group in parts.groups]
    made = replace(parts, groups=tuple(groups))
    section = _of_topic(work, made.by_topic) if work.topic else replace(whole, blocks=_of_section(work, made))
    notes = (*_unread(work, voice), *aim.notes, *_unkept(work, section))
    return _Made(replace(section, heading=work.section.heading), by_id, notes)


def _kept(work: _Work, by_id: Mapping[str, Judgement]) -> dict[str, QuoteRef]:
    """The quotes of topics that must stay, as they are cut, by fragment: those to keep, and those that are locked."""
    kept: dict[str, QuoteRef] = {}
    for quote in work.keep:
        if quote.fragment in by_id and not quote.stands_apart:
            kept[quote.fragment] = quote.ref or QuoteRef(quote.fragment, by_id[quote.fragment].quote)
            _require_quotable(quote, by_id[quote.fragment])
    for block in _locked_quotes(work):
        if block.quote and block.quote.fragment in by_id:
            kept[block.quote.fragment] = block.quote
    return kept


def _require_quotable(quote: Named, judgement: Judgement) -> None:
    if quote.ref is None and (judgement.left_out is not None or not judgement.quote):
        raise PartUnknown(
            f"'{quote.name}' cannot be quoted: {judgement.left_out}.",
            hint="Choose another with `rapporteur fragments`.",
        )


def _locked_quotes(work: _Work) -> list[Block]:
    """Locked quotes under a topic that is itself not locked as a whole."""
    from rapporteur.writing.anatomy import is_other_voice, parts_of

    groups = [group for group in parts_of(work.section).groups if group[0].id not in work.locked]
    return [b for g in groups for b in g[1:] if b.id in work.locked and b.kind == "quote" and not is_other_voice(b)]


def _pool(work: _Work, judgements: Sequence[Judgement], kept: Mapping[str, QuoteRef]) -> list[Judgement]:
    """The judgements, in which a kept quote belongs to the section and is cut as it stands."""
    pool = []
    for judgement in judgements:
        quote = kept.get(judgement.fragment.id)
        pool.append(replace(judgement, section=work.key, quote=quote.spans, left_out=None) if quote else judgement)
    if not any(wish.direction == "more" for wish in work.steering.wishes) or work.topic:
        return pool
    return [replace(j, section=work.key) if _may_serve(work, j) else j for j in pool]


def _may_serve(work: _Work, judgement: Judgement) -> bool:
    other = judgement.section not in (None, work.key) and judgement.use == "quote" and judgement.left_out is None
    return other and judgement.sections[work.key] >= MAY_SERVE_BOTH


def _without_others(
    work: _Work,
    pool: Sequence[Judgement],
    judgements: Sequence[Judgement],
    aim: Aim,
    kept: Mapping[str, QuoteRef],
) -> list[Judgement]:
    """The pool with fragments of other sections only where they say what an editor wants more of."""
    asked_for = {fragment for subject in aim.more for fragment in subject.named}
    return [
        mine if mine.section == own.section or own.fragment.id in kept or own.fragment.id in asked_for else own
        for mine, own in zip(pool, judgements, strict=True)
    ]


def _guide(work: _Work, aim: Aim, kept: Mapping[str, QuoteRef], known: Mapping[str, Judgement]) -> Guide:
    from rapporteur.writing.anatomy import is_other_voice, parts_of
    from rapporteur.writing.dependents import standing
    from rapporteur.writing.outline.chance import Chance
    from rapporteur.writing.outline.guide import Guide, Pinned

    parts = parts_of(work.section)
    apart = _standing_apart(work)
    covered = [g for g in parts.groups if g[0].id in work.locked]
    ours = [g for g in parts.groups if g not in covered and (not work.topic or g[0].id == work.topic)]
    stay = {b.id for g in covered for b in g} | apart
    if work.topic:
        stay |= {b.id for b in work.section.blocks} - {b.id for g in ours for b in g}
    elsewhere = [b.quote for s in work.others for b in s.blocks if b.quote and not _is_shared(b)]
    elsewhere += [b.quote for b in work.section.blocks if b.quote and b.id in stay]
    withheld = {quote.fragment: ELSEWHERE for quote in elsewhere}
    withheld |= dict.fromkeys(work.dropped, DROPPED) | dict(aim.left_out)
    pinned = [g for g in ours if _is_pinned(work, g)]
    shown = [b for g in ours for b in g if b.kind == "quote" and b.quote and not is_other_voice(b)]
    return Guide(
        elsewhere=tuple(quote for quote in elsewhere if quote.fragment not in kept),
        withheld={fragment: why for fragment, why in withheld.items() if fragment not in kept},
        sitting=tuple(b.quote.fragment for b in shown if b.quote),
        boxed=frozenset(b.quote.fragment for b in parts.tail if b.kind == "box" and b.quote),
        kept=kept,
        pinned=tuple(Pinned(g[0].id, g[0].title, (*g[0].fragments, *_against(g))) for g in pinned),
        only_pinned=bool(work.topic),
        covered=tuple(fragment for g in covered for fragment in g[0].fragments),
        standing=standing(work.others, known),
        aim=aim,
        quotes=work.steering.quotes,
        no_quotes=work.steering.no_quotes,
        chance=Chance(work.asked.seed),
    )


def _is_pinned(work: _Work, group: Sequence[Block]) -> bool:
    """Whether a topic keeps what it rests on: it alone is written anew, or something under it is to stand."""
    stand = work.locked | _standing_apart(work) | work.sentences.keys()
    return bool(work.topic) or any(block.id in stand for block in group)


def _other_voices(work: _Work) -> set[str]:
    """Where pinned topics say that someone saw it otherwise: how many did so is only known from what stands there."""
    from rapporteur.writing.anatomy import parts_of

    groups = [g for g in parts_of(work.section).groups if _is_pinned(work, g)]
    return {f"{g[0].id}-anders" for g in groups if not set(_against(g)) & set(work.dropped)}


def _against(group: Sequence[Block]) -> list[str]:
    """The fragments of those quoted under a topic who saw it otherwise."""
    from rapporteur.writing.anatomy import is_other_voice

    return [b.quote.fragment for b in group if b.quote and is_other_voice(b)]


def _is_shared(block: Block) -> bool:
    """Whether a quote elsewhere may be this section's too: a pull quote is; a voice divides krantenkoppen itself."""
    return block.kind == "pull-quote" or "-kop-c" in block.id


def _standing_apart(work: _Work) -> set[str]:
    """Blocks that stand as they are without being a topic's quote: locked ones, and kept ones of other kinds."""
    quotes = {block.id for block in _locked_quotes(work) if block.quote}
    kept = {quote.block for quote in work.keep if quote.stands_apart}
    return ({block.id for block in work.section.blocks} & work.locked) - quotes | kept


def _with_blocks(work: _Work, outline: Outline) -> Outline:
    """Each topic under the id it had before, if it is one that was there; new ones get numbers that no other has."""
    from rapporteur.writing.anatomy import same_topic, topics_in

    topics = outline.topics[work.key]
    known = same_topic(topics, [t for t in topics_in(work.section, work.key) if t.block not in work.locked])
    used = {b.id for s in work.base.report.sections for b in s.blocks}
    free = (name for n in range(1, len(used) + len(topics) + 2) if (name := f"{work.key}-{n}") not in used)
    named = tuple(replace(t, block=known.get(n) or next(free)) for n, t in enumerate(topics))
    return replace(outline, topics={work.key: named})


def _with_kept(group: tuple[Block, ...], kept: Mapping[str, QuoteRef], outline: Outline) -> tuple[Block, ...]:
    """The topic's blocks with the kept quotes that the voice did not choose."""
    topic = next(t for topics in outline.topics.values() for t in topics if t.block == group[0].id)
    boxed = {box.fragment for box in outline.boxes}
    shown = {block.quote.fragment for block in group if block.quote} | boxed
    missing = [q for q in topic.quotes if q.fragment in kept and q.fragment not in shown]
    more = [Block(f"{topic.block}-kept{n}", "quote", quote=quote) for n, quote in enumerate(missing, 1)]
    at = next((n for n, b in enumerate(group) if b.id.startswith(f"{topic.block}-anders")), len(group))
    return (*group[:at], *more, *group[at:])


def _of_topic(work: _Work, made: Mapping[str, tuple[Block, ...]]) -> Section:
    """The section with one topic anew."""
    from rapporteur.writing.anatomy import group_of

    old = group_of(work.section, work.topic)
    new = _stood(work, old, made[work.topic])
    start = work.section.blocks.index(old[0])
    blocks = (*work.section.blocks[:start], *new, *work.section.blocks[start + len(old) :])
    return replace(work.section, blocks=blocks)


def _of_section(work: _Work, made: Parts) -> tuple[Block, ...]:
    """All blocks of the section: topics that are pinned or locked in their places, locked blocks as they are."""
    from rapporteur.writing.anatomy import parts_of

    before = parts_of(work.section)
    locked = {g[0].id: g for g in before.groups if g[0].id in work.locked}
    apart = _standing_apart(work) | {b.id for b in _locked_quotes(work)} | set(work.sentences)
    fixed = {g[0].id for g in before.groups if any(b.id in apart for b in g)} | set(locked)
    now = {g[0].id: _stood(work, before.by_topic.get(g[0].id, ()), g) for g in made.groups} | locked
    order = [name for name in now if name not in fixed]
    for place, group in enumerate(before.groups):
        if group[0].id in fixed and group[0].id in now:
            order.insert(min(place, len(order)), group[0].id)
    blocks = (*made.head, *(block for name in order for block in now[name]), *made.tail)
    return _stood(work, work.section.blocks, blocks)


def _stood(work: _Work, before: Sequence[Block], now: Sequence[Block]) -> tuple[Block, ...]:
    """The new blocks with what is locked or kept word for word standing among them as it was."""
    from rapporteur.writing.anatomy import weave, with_sentences

    old = {block.id: block for block in before}
    standing = (_standing_apart(work) | {b.id for b in _locked_quotes(work)}) - {work.topic}
    typed = {quote.block for quote in work.keep if quote.block in old and old[quote.block].text}
    woven = weave(before, now, {i for i in standing | typed | _other_voices(work) if i in old})
    return tuple(
        with_sentences(b, old[b.id], work.sentences[b.id]) if b.id in work.sentences and b.id in old else b
        for b in woven
    )


def _unread(work: _Work, voice: Voice) -> list[str]:
    """What of the instruction was not understood, or is not for this voice."""
    notes = [f"'{words}' was not understood and changed nothing" for words in work.steering.unclear]
    if voice.name == _EXTRACTIVE:
        notes += [
            f"'{words}' is about the sentences, which the extractive voice only counts in; a language model can do that"
            for words in work.steering.prose
        ]
    return notes


def _unkept(work: _Work, section: Section) -> list[str]:
    there = {b.quote.fragment for b in section.blocks if b.quote} | {b.id for b in section.blocks}
    return [
        f"{q.name} could not be kept: nothing it could stand under is left"
        for q in work.keep
        if not {q.fragment, q.block} & there
    ]


# --------------------------------------------------------------------------------------------------- putting in


def _put_in(work: _Work, corpus: ThemeCorpus, made: _Made, store: Store, voice: Voice) -> Redraft:
    """The report with the section in it and what leans on it brought in line; not saved yet."""
    from rapporteur.writing import dependents
    from rapporteur.writing.report import corpus_fingerprint, joined_voices, sources_of

    base = work.base.report
    sections = tuple(made.section if s.key == work.section.key else s for s in base.sections)
    after = dependents.recompute(
        base.sections,
        sections,
        work.key,
        {i: j for i, j in made.judgements.items() if i not in work.dropped},
        whole=not work.topic,
        locked=work.locked | set(work.sentences),
        dropped=work.dropped,
    )
    if after.sections == base.sections and work.dropped == base.dropped:
        return Redraft(work.base, base, None, notes=made.notes)
    fingerprints = store.fingerprints(corpus.theme)
    fingerprint = corpus_fingerprint(fingerprints)
    report = replace(
        base,
        sections=after.sections,
        dropped=work.dropped,
        voice=joined_voices(base.voice, voice.name),
        corpus_fingerprint=fingerprint,
        sources=sources_of(corpus.records, fingerprints),
    )
    notes = list(made.notes)
    if fingerprint != base.corpus_fingerprint:
        notes.append("the records have changed since: the other sections were drafted from those of before")
    old = {block.id: block for block in work.section.blocks}
    now = {block.id: block for block in made.section.blocks}
    by_editor = _by_editor(work, store)
    return Redraft(
        work.base,
        report,
        None,
        changed=tuple(i for i, block in now.items() if old.get(i) != block),
        gone=tuple(i for i in old if i not in now),
        recomputed=after.recomputed,
        replaced=tuple(i for i in by_editor if old[i] != now.get(i)),
        left=after.left,
        notes=tuple(notes),
    )


def _by_editor(work: _Work, store: Store) -> list[str]:
    """The blocks of the section that no draft or redraft made as they are: their ids, in order."""
    from rapporteur.pipeline.drafting import last_revision

    made: list[Block] = []
    revision = work.base
    while True:
        section = next((s for s in revision.report.sections if s.key == work.section.key), None)
        origin = revision.origin
        blocks = section.blocks if section else ()
        if origin.action == "draft" or (origin.action == "redraft" and work.section.key in origin.parts):
            made += blocks
            break
        if origin.action == "redraft":
            made += [b for b in blocks if any(b.id == part or b.id.startswith(f"{part}-") for part in origin.parts)]
        if origin.parent is None:
            break
        revision = last_revision(revision.theme, store, origin.parent)
    return [block.id for block in work.section.blocks if block not in made and block.kind != "heading"]
