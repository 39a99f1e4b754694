"""What in the rest of a report leans on a section: its lines in the summary, the pull quote, what two sections share.

Such a part is made anew only where it is still what the sections would give: what an editor wrote there, or a voice of
its own, is left as it is, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapporteur.types import SECTION_KEYS, Block, Judgement, Section, SectionKey, Topic
from rapporteur.writing import report
from rapporteur.writing.anatomy import topics_in
from rapporteur.writing.outline.matters import standard_bank
from rapporteur.writing.outline.plan import tensions_between
from rapporteur.writing.voices.extractive import STORIES, conclusion_blocks, headline_blocks, tension_blocks

Sections = tuple[Section, ...]
Derive = Callable[[Sections], tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that is derived from sections: where it stands, and before which blocks where it is new."""

    section: str
    derive: Derive
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dependents:
    """The report's sections with what leans on a section made anew: the ids of that, and why other parts were left."""

    sections: Sections
    recomputed: tuple[str, ...]
    left: tuple[str, ...]


def recompute(
    before: Sections,
    after: Sections,
    key: SectionKey,
    judgements: Mapping[str, Judgement],
    *,
    whole: bool,
    locked: Collection[str],
    dropped: Collection[str],
) -> Dependents:
    """Bring the rest of a report in line with a section that was made anew (`whole`) or of which one topic was.

    `locked` are keys and block ids that may not change, `dropped` the fragments that may not be quoted.
    """
    sections, recomputed, left = after, list[str](), list[str]()
    for part in _parts(key, judgements, whole=whole):
        old, new = part.derive(before), part.derive(after)
        if old == new:
            continue
        names = {block.id for block in (*old, *new)}
        stands = tuple(b for s in sections if s.key == part.section for b in s.blocks if b.id in names)
        wanted = ", ".join(dict.fromkeys(block.id for block in (*old, *new)))
        if part.section in locked or names & set(locked):
            left.append(f"{wanted} is locked and was left as it is, though it leans on what changed")
        elif stands != old:
            left.append(f"{wanted} was changed by someone and was left as it is, though it leans on what changed")
        else:
            sections = tuple(_with(s, old, new, part.before) if s.key == part.section else s for s in sections)
            changed = [block.id for block in new if block not in old]
            recomputed += changed or [block.id for block in old if block not in new]
    return _with_pull_quote(before, sections, key, judgements, locked, dropped, recomputed, left)


def _parts(key: SectionKey, judgements: Mapping[str, Judgement], *, whole: bool) -> Iterable[_Part]:
    """What leans on a section; where one topic of it was made anew, also what closes the section itself."""
    later = [f"samenvatting-{other}" for other in SECTION_KEYS[SECTION_KEYS.index(key) + 1 :]]
    yield _Part("samenvatting", lambda s: tuple(report.summary_of(key, s)), (*later, "samenvatting-tafel"))
    told = judgements.values()
    for story in STORIES if key in STORIES else ():
        if not (whole and story == key):
            yield _Part(story, lambda s, story=story: tuple(headline_blocks(story, standing(s, judgements), told)))  # type: ignore[misc]
    if key == "dromen" or (key == "ideeen" and not whole):
        yield _Part(
            "ideeen", lambda s: tuple(tension_blocks(tensions_between(standing(s), standard_bank()))), ("ideeen-slot",)
        )
    if key == "ideeen" and not whole:
        yield _Part("ideeen", lambda s: tuple(conclusion_blocks(standing(s).get("ideeen", ()))))


def standing(
    sections: Sequence[Section], known: Mapping[str, Judgement] | None = None
) -> dict[SectionKey, tuple[Topic, ...]]:
    """The topics of a report as they stand; of their fragments and quotes only those that are `known`, where given."""
    found = {key: topics for s in sections for key in SECTION_KEYS if key == s.key and (topics := topics_in(s, key))}
    return found if known is None else {key: tuple(_with_known(t, known) for t in found[key]) for key in found}


def _with_known(topic: Topic, known: Mapping[str, Judgement]) -> Topic:
    return replace(
        topic,
        fragments=tuple(i for i in topic.fragments if i in known),
        quotes=tuple(q for q in topic.quotes if q.fragment in known),
    )


def _with(section: Section, old: Sequence[Block], new: Sequence[Block], before: Collection[str]) -> Section:
    """The section with the new blocks where the old ones stood, or in their place where there were none."""
    names = {block.id for block in old}
    ends = (n for n, block in enumerate(section.blocks) if block.id in (names or before))
    at = next(ends, len(section.blocks))
    kept = [b for b in section.blocks[:at] if b.id not in names], [b for b in section.blocks[at:] if b.id not in names]
    return replace(section, blocks=(*kept[0], *new, *kept[1]))


def _with_pull_quote(
    before: Sections,
    sections: Sections,
    key: SectionKey,
    judgements: Mapping[str, Judgement],
    locked: Collection[str],
    dropped: Collection[str],
    recomputed: list[str],
    left: list[str],
) -> Dependents:
    """Another pull quote, where the one that stands was quoted in the section and is not any more, or was dropped."""
    result = Dependents(sections, tuple(recomputed), tuple(left))
    stands = next((b for s in sections for b in s.blocks if b.kind == "pull-quote" and b.quote), None)
    if stands is None or stands.quote is None:
        return result
    fragment = stands.quote.fragment
    leans = fragment in _quoted(s for s in before if s.key == key)
    if not (fragment in dropped or (leans and fragment not in _quoted(s for s in sections if s.key in SECTION_KEYS))):
        return result
    bodies = [tuple(s for s in each if s.key in SECTION_KEYS) for each in (before, sections)]
    derived = [next(iter(report.pull_quote(judgements, each)), None) for each in bodies]
    if {stands.id, "samenvatting"} & set(locked):
        why = f"{stands.id} is locked and was left, though its quote does not stand in {key} any more"
        return replace(result, left=(*left, why))
    if fragment not in dropped and stands != derived[0]:
        why = f"{stands.id} was chosen by someone and was left, though its quote does not stand in {key} any more"
        return replace(result, left=(*left, why))
    new = (replace(derived[1], id=stands.id),) if derived[1] else ()
    changed = tuple(_with(s, (stands,), new, ()) if stands in s.blocks else s for s in sections)
    return Dependents(changed, (*recomputed, stands.id), tuple(left))


def _quoted(sections: Iterable[Section]) -> set[str]:
    return {b.quote.fragment for s in sections for b in s.blocks if b.quote}
