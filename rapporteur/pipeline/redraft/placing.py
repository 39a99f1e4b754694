"""What of the section that was there stands, and where the new blocks come among it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rapporteur.pipeline.redraft.request import Request
from rapporteur.types import Block, QuoteRef, Section

if TYPE_CHECKING:
    from rapporteur.writing.anatomy import Parts
    from rapporteur.writing.outline.plan import Outline


def locked_quotes(request: Request) -> list[Block]:
    """Locked quotes under a topic that is itself not locked as a whole."""
    from rapporteur.writing.anatomy import is_other_voice, parts_of

    groups = [group for group in parts_of(request.section).groups if group[0].id not in request.locked]
    return [b for g in groups for b in g[1:] if b.id in request.locked and b.kind == "quote" and not is_other_voice(b)]


def standing_apart(request: Request) -> set[str]:
    """Blocks that stand as they are without being a topic's quote: locked ones, and kept ones of other kinds."""
    quotes = {block.id for block in locked_quotes(request) if block.quote}
    kept = {quote.block for quote in request.keep if quote.stands_apart}
    return ({block.id for block in request.section.blocks} & request.locked) - quotes | kept


def is_pinned(request: Request, group: Sequence[Block]) -> bool:
    """Whether a topic keeps what it rests on: it alone is written anew, or something under it is to stand."""
    stand = request.locked | standing_apart(request) | request.sentences.keys()
    return bool(request.topic) or any(block.id in stand for block in group)


def _other_voices(request: Request) -> set[str]:
    """Where pinned topics say that someone saw it otherwise: how many did so is only known from what stands there."""
    from rapporteur.writing.anatomy import parts_of

    groups = [g for g in parts_of(request.section).groups if is_pinned(request, g)]
    return {f"{g[0].id}-anders" for g in groups if not set(fragments_against(g)) & set(request.dropped)}


def fragments_against(group: Sequence[Block]) -> list[str]:
    """The fragments of those quoted under a topic who saw it otherwise."""
    from rapporteur.writing.anatomy import is_other_voice

    return [b.quote.fragment for b in group if b.quote and is_other_voice(b)]


def with_blocks(request: Request, outline: Outline) -> Outline:
    """Each topic under the id it had before, if it is one that was there; new ones get numbers that no other has."""
    from rapporteur.writing.anatomy import same_topic, topics_in

    topics = outline.topics[request.key]
    known = same_topic(topics, [t for t in topics_in(request.section, request.key) if t.block not in request.locked])
    used = {b.id for s in request.base.report.sections for b in s.blocks}
    free = (name for n in range(1, len(used) + len(topics) + 2) if (name := f"{request.key}-{n}") not in used)
    named = tuple(replace(t, block=known.get(n) or next(free)) for n, t in enumerate(topics))
    return replace(outline, topics={request.key: named})


def with_kept(group: tuple[Block, ...], kept: Mapping[str, QuoteRef], outline: Outline) -> tuple[Block, ...]:
    """The topic's blocks with the kept quotes that the voice did not choose."""
    topic = next(t for topics in outline.topics.values() for t in topics if t.block == group[0].id)
    boxed = {box.fragment for box in outline.boxes}
    shown = {block.quote.fragment for block in group if block.quote} | boxed
    missing = [q for q in topic.quotes if q.fragment in kept and q.fragment not in shown]
    more = [Block(f"{topic.block}-kept{n}", "quote", quote=quote) for n, quote in enumerate(missing, 1)]
    at = next((n for n, b in enumerate(group) if b.id.startswith(f"{topic.block}-anders")), len(group))
    return (*group[:at], *more, *group[at:])


def with_topic_anew(request: Request, made: Mapping[str, tuple[Block, ...]]) -> Section:
    """The section with one topic anew."""
    from rapporteur.writing.anatomy import group_of

    old = group_of(request.section, request.topic)
    new = _stood(request, old, made[request.topic])
    start = request.section.blocks.index(old[0])
    blocks = (*request.section.blocks[:start], *new, *request.section.blocks[start + len(old) :])
    return replace(request.section, blocks=blocks)


def blocks_anew(request: Request, made: Parts) -> tuple[Block, ...]:
    """All blocks of the section: topics that are pinned or locked in their places, locked blocks as they are."""
    from rapporteur.writing.anatomy import parts_of

    before = parts_of(request.section)
    locked = {g[0].id: g for g in before.groups if g[0].id in request.locked}
    apart = standing_apart(request) | {b.id for b in locked_quotes(request)} | set(request.sentences)
    fixed = {g[0].id for g in before.groups if any(b.id in apart for b in g)} | set(locked)
    now = {g[0].id: _stood(request, before.by_topic.get(g[0].id, ()), g) for g in made.groups} | locked
    order = [name for name in now if name not in fixed]
    for place, group in enumerate(before.groups):
        if group[0].id in fixed and group[0].id in now:
            order.insert(min(place, len(order)), group[0].id)
    blocks = (*made.head, *(block for name in order for block in now[name]), *made.tail)
    return _stood(request, request.section.blocks, blocks)


def _stood(request: Request, before: Sequence[Block], now: Sequence[Block]) -> tuple[Block, ...]:
    """The new blocks with what is locked or kept word for word standing among them as it was."""
    from rapporteur.writing.anatomy import weave, with_sentences

    old = {block.id: block for block in before}
    standing = (standing_apart(request) | {b.id for b in locked_quotes(request)}) - {request.topic}
    typed = {quote.block for quote in request.keep if quote.block in old and old[quote.block].text}
    woven = weave(before, now, {i for i in standing | typed | _other_voices(request) if i in old})
    return tuple(
        with_sentences(b, old[b.id], request.sentences[b.id]) if b.id in request.sentences and b.id in old else b
        for b in woven
    )
