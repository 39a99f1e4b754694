"""The parts of a report that people name, to lock them or have them written anew.

A part is a section by its key ('knel'), a block by its id ('knel-opening', 'knel-2-c1'), where a topic ('knel-2') is
meant with all that stands under it, or the third sentence of a block's text ('knel-2:3').
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from rapporteur.dutch.sentences import sentences
from rapporteur.errors import PartUnknown
from rapporteur.types import Block, Lock, Report, Section
from rapporteur.writing.report import COLOPHON

_SENTENCE = re.compile(r"(?P<block>.+):(?P<number>[1-9]\d*)")
_AT_MOST = 5  # close names to suggest
_TITLED = frozenset({"topic", "box", "heading"})
_CHAPTER_NUMBER = re.compile(r"\A\d+[.)]?\s+")


def blocks_of(report: Report, part: str) -> tuple[Block, ...]:
    """The blocks of a section, of a topic with all that stands under it, or the one that the part is (of).

    Raises: PartUnknown, naming those that come near.
    """
    section = next((s for s in report.sections if s.key == part), None)
    if section:
        return section.blocks
    block, number = _named(report, part)
    found = _group(report, block)
    if found is None:
        raise PartUnknown(f"The report has no part '{part}'.{_near(part, part_names(report))}", where=report.theme)
    if number is not None:
        _sentence(found[0], number)
        return found[:1]
    return found


def called(report: Report, name: str) -> tuple[str, ...]:
    """The parts that a person means: what is called just so, else what stands under this title in the report.

    The title of a chapter stands for all sections that continue under it; its number may be left out. A name that
    nothing has is returned as it is.
    Raises: PartUnknown for a title that several parts have.
    """
    if name in part_names(report):
        return (name,)
    wanted = _as_a_title(name)
    for number, section in enumerate(report.sections):
        if section.heading and wanted in (_as_a_title(section.heading), _as_a_title(section.heading, numbered=False)):
            following = takewhile(lambda s: not s.heading and s.key != COLOPHON, report.sections[number + 1 :])
            return (section.key, *(s.key for s in following))
    titled = [b.id for s in report.sections for b in s.blocks if b.kind in _TITLED and _as_a_title(b.title) == wanted]
    if len(titled) > 1:
        raise PartUnknown(f"Several parts are called '{name}': {', '.join(titled)}.", where=report.theme)
    return tuple(titled) or (name,)


def sentence(report: Report, part: str) -> str:
    """The words of a part that is a sentence, '' of any other part. Raises: PartUnknown."""
    found = blocks_of(report, part)
    number = None if part in part_names(report) else _named(report, part)[1]
    return "" if number is None else _sentence(found[0], number)


def part_names(report: Report) -> tuple[str, ...]:
    """The keys of all sections, each followed by the ids of its blocks, in report order."""
    return tuple(name for s in report.sections for name in (s.key, *(b.id for b in s.blocks)))


def is_locked(report: Report, part: str, locks: Iterable[Lock]) -> bool:
    """Whether a lock is on this part of the report or on one that it is in. Raises: PartUnknown."""
    inside = {block.id for block in blocks_of(report, part)}
    words = sentence(report, part)
    for lock in locks:
        if lock.words:
            covered = lock.words == words and lock.part.rpartition(":")[0] in inside
        else:
            covered = lock.part == part or (bool(inside) and inside <= _ids(report, lock.part))
        if covered:
            return True
    return False


def unchanged(before: Report, after: Report, locks: Iterable[Lock]) -> tuple[str, ...]:
    """The locked parts that are not in `after` as they are in `before`, in the order of the locks; () if all are.

    A part that `before` does not have any more cannot change.
    """
    return tuple(lock.part for lock in locks if _was(before, lock) not in (None, _was(after, lock)))


def _was(report: Report, lock: Lock) -> object:
    """What a lock keeps, as it is in this report; None if it is not in it."""
    if lock.words:
        block = next((b for s in report.sections for b in s.blocks if b.id == lock.part.rpartition(":")[0]), None)
        return lock.words if block and lock.words in _sentences(block) else None
    section = next((s for s in report.sections if s.key == lock.part), None)
    if section:
        return section
    holder = _holder(report, lock.part)
    return (holder.key, _group(report, lock.part)) if holder else None


# ------------------------------------------------------------------------------------------ inside a report


def _as_a_title(text: str, *, numbered: bool = True) -> str:
    bare = " ".join(text.split()).rstrip(":").casefold()
    return bare if numbered else _CHAPTER_NUMBER.sub("", bare)


def _named(report: Report, part: str) -> tuple[str, int | None]:
    """The id of a block, and which sentence of it is meant, if one is."""
    parsed = _SENTENCE.fullmatch(part)
    if parsed is None or part in part_names(report):
        return part, None
    return parsed["block"], int(parsed["number"])


def _ids(report: Report, part: str) -> set[str]:
    section = next((s for s in report.sections if s.key == part), None)
    return {block.id for block in (section.blocks if section else _group(report, part) or ())}


def _holder(report: Report, block: str) -> Section | None:
    return next((s for s in report.sections if any(b.id == block for b in s.blocks)), None)


def _group(report: Report, name: str) -> tuple[Block, ...] | None:
    """A block; if it is a topic, with those that stand under it. None if the report does not have it."""
    section = _holder(report, name)
    if section is None:
        return None
    start = next(i for i, b in enumerate(section.blocks) if b.id == name)
    end = start + 1
    if section.blocks[start].kind == "topic":
        while end < len(section.blocks) and stands_under(section.blocks[end], section.key):
            end += 1
    return section.blocks[start:end]


def stands_under(block: Block, section: str) -> bool:
    """Whether a block belongs to the topic above it.

    The next topic does not, nor a heading or box, nor what its id says is the section's own: 'knel-koppen' comes after
    all topics of 'knel', while 'knel-2-c1', and 'kiem-1-c1' which an editor moved here, are of the topic.
    """
    return block.kind not in ("topic", "heading", "box") and not re.match(rf"{re.escape(section)}-[a-z]", block.id)


def _sentences(block: Block) -> tuple[str, ...]:
    return tuple(block.text[span.start : span.end] for span in sentences(block.text))


def _sentence(block: Block, number: int) -> str:
    said = _sentences(block)
    if number > len(said):
        has = f"has {len(said)} sentence{'' if len(said) == 1 else 's'}" if said else "has no sentences of its own"
        raise PartUnknown(f"There is no '{block.id}:{number}': '{block.id}' {has}.", where=block.id)
    return said[number - 1]


def _near(part: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(part, known, n=_AT_MOST, cutoff=0.5)
    if near:
        return f" Near it come: {', '.join(near)}."
    sections = [name for name in known if "-" not in name]
    return f" Its sections are {', '.join(sections)}."
