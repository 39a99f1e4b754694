"""What an outline of the section is made from: which fragments, and how the request guides the choice among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rapporteur.errors import PartUnknown
from rapporteur.pipeline.redraft.placing import fragments_against, is_pinned, locked_quotes, standing_apart
from rapporteur.pipeline.redraft.request import MAY_SERVE_BOTH, Request
from rapporteur.types import Block, Judgement, QuoteRef

if TYPE_CHECKING:
    from rapporteur.writing.outline.aiming import Aim
    from rapporteur.writing.outline.guide import Guide
    from rapporteur.writing.quote_names import Named

ELSEWHERE = "quoted elsewhere in the report"
DROPPED = "dropped by an editor"


def kept_quotes(request: Request, by_id: Mapping[str, Judgement]) -> dict[str, QuoteRef]:
    """The quotes of topics that must stay, as they are cut, by fragment: those to keep, and those that are locked."""
    kept: dict[str, QuoteRef] = {}
    for quote in request.keep:
        if quote.fragment in by_id and not quote.stands_apart:
            kept[quote.fragment] = quote.ref or QuoteRef(quote.fragment, by_id[quote.fragment].quote)
            _require_quotable(quote, by_id[quote.fragment])
    for block in locked_quotes(request):
        if block.quote and block.quote.fragment in by_id:
            kept[block.quote.fragment] = block.quote
    return kept


def _require_quotable(quote: Named, judgement: Judgement) -> None:
    if quote.ref is None and (judgement.left_out is not None or not judgement.quote):
        raise PartUnknown(
            f"'{quote.name}' cannot be quoted: {judgement.left_out}.",
            hint="Choose another with `rapporteur fragments`.",
        )


def pool_of(request: Request, judgements: Sequence[Judgement], kept: Mapping[str, QuoteRef]) -> list[Judgement]:
    """The judgements, in which a kept quote belongs to the section and is cut as it stands."""
    pool = []
    for judgement in judgements:
        quote = kept.get(judgement.fragment.id)
        pool.append(replace(judgement, section=request.key, quote=quote.spans, left_out=None) if quote else judgement)
    if not any(wish.direction == "more" for wish in request.steering.wishes) or request.topic:
        return pool
    return [replace(j, section=request.key) if _may_serve(request, j) else j for j in pool]


def _may_serve(request: Request, judgement: Judgement) -> bool:
    other = judgement.section not in (None, request.key) and judgement.use == "quote" and judgement.left_out is None
    return other and judgement.sections[request.key] >= MAY_SERVE_BOTH


def without_others(
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


def guide_for(request: Request, aim: Aim, kept: Mapping[str, QuoteRef], known: Mapping[str, Judgement]) -> Guide:
    from rapporteur.writing.anatomy import is_other_voice, parts_of
    from rapporteur.writing.dependents import standing
    from rapporteur.writing.outline.chance import Chance
    from rapporteur.writing.outline.guide import Guide, Pinned

    parts = parts_of(request.section)
    apart = standing_apart(request)
    covered = [g for g in parts.groups if g[0].id in request.locked]
    ours = [g for g in parts.groups if g not in covered and (not request.topic or g[0].id == request.topic)]
    stay = {b.id for g in covered for b in g} | apart
    if request.topic:
        stay |= {b.id for b in request.section.blocks} - {b.id for g in ours for b in g}
    elsewhere = [b.quote for s in request.others for b in s.blocks if b.quote and not _is_shared(b)]
    elsewhere += [b.quote for b in request.section.blocks if b.quote and b.id in stay]
    withheld = {quote.fragment: ELSEWHERE for quote in elsewhere}
    withheld |= dict.fromkeys(request.dropped, DROPPED) | dict(aim.left_out)
    pinned = [g for g in ours if is_pinned(request, g)]
    shown = [b for g in ours for b in g if b.kind == "quote" and b.quote and not is_other_voice(b)]
    return Guide(
        elsewhere=tuple(quote for quote in elsewhere if quote.fragment not in kept),
        withheld={fragment: why for fragment, why in withheld.items() if fragment not in kept},
        sitting=tuple(b.quote.fragment for b in shown if b.quote),
        boxed=frozenset(b.quote.fragment for b in parts.tail if b.kind == "box" and b.quote),
        kept=kept,
        pinned=tuple(Pinned(g[0].id, g[0].title, (*g[0].fragments, *fragments_against(g))) for g in pinned),
        only_pinned=bool(request.topic),
        covered=tuple(fragment for g in covered for fragment in g[0].fragments),
        standing=standing(request.others, known),
        aim=aim,
        quotes=request.steering.quotes,
        no_quotes=request.steering.no_quotes,
        chance=Chance(request.asked.seed),
    )


def _is_shared(block: Block) -> bool:
    """Whether a quote elsewhere may be this section's too: a pull quote is; a voice divides krantenkoppen itself."""
    return block.kind == "pull-quote" or "-kop-c" in block.id
