"""Two reports made of the same one, joined section by section: whoever changed a section has their version of it.

An editor works in a Word file for a week, and meanwhile a colleague has another section written again. Both stay. Only
where both changed the same section is there a choice, and that is not made here: the later hand's version is taken, and
the section is named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapporteur.types import Report, Section


@dataclass(frozen=True, slots=True)
class Joined:
    """`others` are the keys of the sections taken from the report in between, `both` of those that both changed."""

    report: Report
    others: tuple[str, ...]
    both: tuple[str, ...]


def join(base: Report, between: Report, mine: Report) -> Joined:
    """My report with what was changed in between in sections that I left alone.

    Where sections were added, removed or moved, by either, mine is taken as it is and every change in between is in
    `both`.
    """
    was, theirs, own = ({section.key: section for section in report.sections} for report in (base, between, mine))
    changed = [key for key, section in theirs.items() if was.get(key) != section]
    if mine.sections == between.sections:
        return Joined(mine, (), ())
    if [*was] != [*theirs] or [*was] != [*own]:
        return Joined(mine, (), tuple(dict.fromkeys([*changed, *(key for key in was if key not in theirs)])))
    taken = tuple(key for key in changed if own[key] == was[key])
    contested = tuple(key for key in changed if key not in taken and theirs[key] != own[key])
    joined = replace(
        mine,
        sections=tuple(theirs[key] if key in taken else section for key, section in own.items()),
        dropped=tuple(dict.fromkeys((*between.dropped, *mine.dropped))),
        voice=between.voice if taken else mine.voice,
    )
    return Joined(_with_their_comments(joined, between, taken), taken, contested)


def _with_their_comments(joined: Report, between: Report, taken: tuple[str, ...]) -> Report:
    """Comments on a section that was taken come with it."""
    blocks = {block.id for section in _of(between, taken) for block in section.blocks}
    comments = dict.fromkeys((*joined.comments, *(c for c in between.comments if c.block in blocks)))
    return replace(joined, comments=tuple(comments))


def _of(report: Report, keys: tuple[str, ...]) -> list[Section]:
    return [section for section in report.sections if section.key in keys]
