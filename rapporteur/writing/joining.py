"""Two reports made of the same one, joined section by section: whoever changed a section has their version of it.

An editor works in a Word file for a week, and meanwhile a colleague has another section written again. Both stay. Only
where both changed the same section is there a choice, and that is not made here: the later hand's version is taken, and
the section is named.

A quote that the colleague dropped does not come back with such a section where the editor left it as it was: only the
colleague decided on it. One whose words the editor changed, or that they put in, stays. Either is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from rapporteur.types import Block, Comment, Report, Section


@dataclass(frozen=True, slots=True)
class Joined:
    """`others` are the keys of the sections taken from the report in between, `both` of those that both changed.

    `left_out` and `stay` are the quotes that were dropped in between: the id of the block, and the fragment.
    """

    report: Report
    others: tuple[str, ...]
    both: tuple[str, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    stay: Mapping[str, str] = field(default_factory=dict)


def join(base: Report, between: Report, mine: Report) -> Joined:
    """My report with what was changed in between in sections that I left alone.

    Where sections were added, removed or moved, by either, mine is taken as it is, but for quotes that were dropped,
    and every change in between is in `both`.
    """
    was, theirs, own = ({section.key: section for section in report.sections} for report in (base, between, mine))
    changed = [key for key, section in theirs.items() if was.get(key) != section]
    if mine.sections == between.sections:
        return Joined(replace(mine, dropped=_dropped(base, between, mine)), (), ())
    is_alike = [*was] == [*theirs] == [*own]
    taken = tuple(key for key in changed if own[key] == was[key]) if is_alike else ()
    left = _Left(frozenset(between.dropped) - {*base.dropped}, {b.id: b for b in _blocks(base.sections)})
    my_own = [section for key, section in own.items() if key not in taken and section != theirs.get(key)]
    elsewhere = {block.id for block in _blocks(theirs[key] for key in taken)}
    bare = {section.key: left.apart(left.from_section(section), elsewhere) for section in my_own}
    sections = {key: theirs[key] if key in taken else bare.get(key, section) for key, section in own.items()}
    stay = left.quoted(_blocks(bare.values()))
    left_out = {block: f for block, f in left.quoted(_blocks(my_own)).items() if block not in stay}
    if is_alike:
        both = tuple(key for key in changed if theirs[key] != sections[key])
    else:
        both = tuple(dict.fromkeys([*changed, *(key for key in was if key not in theirs)]))
    joined = replace(
        mine,
        sections=tuple(sections.values()),
        dropped=tuple(fragment for fragment in _dropped(base, between, mine) if fragment not in stay.values()),
        comments=_beside_what_is_left(mine, sections),
        voice=between.voice if taken else mine.voice,
    )
    return Joined(_with_their_comments(joined, between, taken), taken, both, left_out, stay)


# -------------------------------------------------------------------------------------- dropped quotes


@dataclass(frozen=True, slots=True)
class _Left:
    """What the editor left as it was and a colleague dropped or moved, to be taken out of the editor's sections.

    `fragments` were dropped in between; `earlier` are the blocks that both began with, by id.
    """

    fragments: frozenset[str]
    earlier: Mapping[str, Block]

    def from_section(self, section: Section) -> Section:
        """The section without the dropped quotes that stand in it as they did."""
        return replace(section, blocks=tuple(left for block in section.blocks for left in self._left_of(block)))

    def apart(self, section: Section, elsewhere: Collection[str]) -> Section:
        """The section without blocks that a colleague moved to another; one that the editor changed stays as well."""
        blocks = [b for b in section.blocks if b.id not in elsewhere or b != self.earlier.get(b.id)]
        names = {b.id for b in blocks} | {*elsewhere} | {*self.earlier}
        for at, block in enumerate(blocks):
            if block.id in elsewhere:
                number = next(n for n in count(1) if f"{block.id}-{n}" not in names)
                blocks[at] = replace(block, id=f"{block.id}-{number}")
        return replace(section, blocks=tuple(blocks))

    def quoted(self, blocks: Iterable[Block]) -> dict[str, str]:
        """The blocks that quote what was dropped, each with the fragment."""
        return {b.id: b.quote.fragment for b in blocks if b.quote and b.quote.fragment in self.fragments}

    def _left_of(self, block: Block) -> Iterator[Block]:
        was = self.earlier.get(block.id)
        goes = block.quote is not None and block.quote.fragment in self.fragments and _is_as_it_was(block, was)
        if not goes:
            yield block
        elif block.kind == "box" and was and (block.text or block.items or block.title != was.title):
            yield replace(block, quote=None)


def _is_as_it_was(block: Block, was: Block | None) -> bool:
    if was is None or was.quote != block.quote:
        return False
    return block.kind == "box" or (was.text, was.title) == (block.text, block.title)


def _dropped(base: Report, between: Report, mine: Report) -> tuple[str, ...]:
    """What either does not want quoted; what one of them wants again is not among it."""
    both = dict.fromkeys((*between.dropped, *mine.dropped))
    again = {*base.dropped} - ({*between.dropped} & {*mine.dropped})
    return tuple(fragment for fragment in both if fragment not in again)


def _beside_what_is_left(mine: Report, sections: Mapping[str, Section]) -> tuple[Comment, ...]:
    """My comments, those on a quote that was left out beside what stands before it."""
    places: dict[str, str] = {}
    remaining = {block.id for block in _blocks(sections.values())}
    for section in mine.sections:
        before = section.key
        for block in section.blocks:
            before = block.id if block.id in remaining else before
            places[block.id] = before
    return tuple(replace(comment, block=places.get(comment.block, comment.block)) for comment in mine.comments)


# ------------------------------------------------------------------------------------------- comments


def _with_their_comments(joined: Report, between: Report, taken: Sequence[str]) -> Report:
    """Comments on a section that was taken come with it."""
    blocks = {block.id for block in _blocks(s for s in between.sections if s.key in taken)}
    comments = dict.fromkeys((*joined.comments, *(c for c in between.comments if c.block in blocks)))
    return replace(joined, comments=tuple(comments))


def _blocks(sections: Iterable[Section]) -> Iterator[Block]:
    return (block for section in sections for block in section.blocks)
