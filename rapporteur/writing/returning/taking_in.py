"""Step 10: an editor's file and the revision it was exported from to the report as the editor wants it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapporteur.types import Block, Comment, Fragment, Report, Section
from rapporteur.writing.report import COLOPHON, SUBTITLE, render
from rapporteur.writing.returning.building import Base, Builder, Built, Ids
from rapporteur.writing.returning.chapters import Chapter, chapters
from rapporteur.writing.returning.interface import Change, Loose, Passage, Prover, Requoted, Returned, ReturnedFile
from rapporteur.writing.returning.lines import Line, as_one_line, lines_of
from rapporteur.writing.returning.matching import match, moved
from rapporteur.writing.returning.requoting import Requoter, parted, rejoined

# Comments by this author are the program's own remarks for a reviewer; each export makes them anew.
OURS = "rapporteur"
_WORD = re.compile(r"\w+")


def take_in(
    file: ReturnedFile, base: Report, fragments: Mapping[str, Fragment], prove: Prover, *, edited: str
) -> Returned:
    """The report that the file is now. `fragments` are all of the theme; `edited` is the moment, ISO 8601."""
    file = replace(file, passages=tuple(parted(rejoined(file.passages))))
    lines = lines_of(base, render(base, fragments))
    found, copies = match(file.passages, lines, file.manifest.blocks)
    parts = chapters(base, file.passages, lines, found)
    known = {number: lines[line] for number, line in found.items()}
    built, sections = _built(file.passages, base, parts, known, copies, Requoter(fragments, prove))
    around = _around(file.passages, lines, found, base)
    comments, unplaced = _comments(file, parts, built.landed)
    report = replace(around.report, sections=sections, comments=comments)
    report = _as_it_was(report, base, lines, fragments)
    now = lines_of(report, render(report, fragments))
    changes = tuple(_changes(base, report, lines, now, _moved_blocks(found, lines)))
    if changes or comments != base.comments:
        report = replace(report, edited=edited)
    return Returned(
        report,
        changes,
        built.kept,
        (*built.quotes, *_in_prose(changes, report, now, prove)),
        file.pending,
        (*file.loose, *built.loose, *around.loose, *unplaced, *_lost(file.passages, lines, found, now)),
    )


def _built(
    passages: Sequence[Passage],
    base: Report,
    parts: Sequence[Chapter],
    found: Mapping[int, Line],
    copies: Mapping[int, str],
    requoter: Requoter,
) -> tuple[Built, tuple[Section, ...]]:
    """Everything that came of the passages, and the sections it stands in."""
    known = Base({b.id: b for s in base.sections for b in s.blocks}, found, copies)
    ids = Ids({*known.blocks, *(s.key for s in base.sections)})
    earlier = {section.key: section for section in base.sections}
    everything, sections = Built(), []
    for part in parts:
        builder = Builder(known, ids, requoter, part.key, is_plain=part.key == COLOPHON)
        built = builder.build([(number, passages[number]) for number in part.passages])
        section = earlier.get(part.key, Section(part.key, "", ()))
        sections.append(replace(section, heading=part.heading, blocks=tuple(built.blocks)))
        if part.title is not None:
            built.landed[part.title] = part.key
        everything.landed |= built.landed
        everything.quotes += built.quotes
        everything.loose += built.loose
        everything.kept += built.kept
    return everything, tuple(sections)


# ------------------------------------------------------------------------------------ around the text


@dataclass(frozen=True, slots=True)
class _Around:
    report: Report
    loose: tuple[Loose, ...]


def _around(passages: Sequence[Passage], lines: Sequence[Line], found: Mapping[int, int], base: Report) -> _Around:
    """The report with its title as the editor has it, and what of its surroundings comes back by itself."""
    said = {lines[line].part: passages[number].text for number, line in found.items()}
    subtitle = said.get("subtitle", base.subtitle)
    report = replace(
        base,
        programme=said.get("programme", ""),
        title=said.get("title", base.title),
        subtitle="" if subtitle == SUBTITLE else subtitle,
    )
    returns = [line for number, line in enumerate(lines) if not line.block and number not in set(found.values())]
    what = "it was taken out or changed; every export prints it anew"
    return _Around(report, tuple(Loose(what, line.text, line.part) for line in returns if line.part != "programme"))


def _comments(
    file: ReturnedFile, parts: Sequence[Chapter], landed: Mapping[int, str]
) -> tuple[tuple[Comment, ...], tuple[Loose, ...]]:
    """The comments beside the blocks that their passages became, in the order of the text."""
    wanted = {identity: comment for identity, comment in file.comments.items() if comment.author != OURS}
    placed = [
        replace(wanted.pop(identity), block=landed.get(number, ""))
        for number, passage in enumerate(file.passages)
        for identity in passage.comments
        if identity in wanted
    ]
    what = "a comment that stands beside no text; it is beside the title now"
    loose = tuple(Loose(what, comment.text, comment.author) for comment in wanted.values())
    return (*placed, *wanted.values()), loose


# -------------------------------------------------------------------------------------------- changes


def _texts(lines: Sequence[Line]) -> dict[str, tuple[str, ...]]:
    """What each block prints, line by line."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        if line.block:
            found[line.block] = (*found.get(line.block, ()), as_one_line(line.text))
    return found


def _as_it_was(report: Report, base: Report, lines: Sequence[Line], fragments: Mapping[str, Fragment]) -> Report:
    """The report in which every block that prints what it printed is the very block it was."""
    before, after = _texts(lines), _texts(lines_of(report, render(report, fragments)))
    earlier = {block.id: block for section in base.sections for block in section.blocks}

    def same(block: Block) -> Block:
        was = earlier.get(block.id)
        unchanged = was is not None and was.kind == block.kind and before.get(was.id) == after.get(block.id)
        return was if was is not None and unchanged and _one_tie(was, block) else block

    sections = (replace(section, blocks=tuple(map(same, section.blocks))) for section in report.sections)
    return replace(report, sections=tuple(sections))


def _one_tie(was: Block, block: Block) -> bool:
    return (was.quote is None) == (block.quote is None) and (was.mark == block.mark or was.kind != "bullets")


def _moved_blocks(found: Mapping[int, int], lines: Sequence[Line]) -> set[str]:
    within_text = {number: line for number, line in found.items() if lines[line].section >= 0}
    return {lines[found[number]].block for number in moved(within_text)}


def _changes(
    base: Report, report: Report, lines: Sequence[Line], now: Sequence[Line], moved_blocks: set[str]
) -> Iterator[Change]:
    """What the editor did, in the order of the report as it is now; then what was taken out."""
    before, after = _texts(lines), _texts(now)
    for name in ("programme", "title", "subtitle"):
        was, becomes = getattr(base, name), getattr(report, name)
        if was != becomes:
            yield Change("changed", "", name, was, becomes)
    earlier = {section.key: section for section in base.sections}
    homes = {b.id: s.key for s in base.sections for b in s.blocks}
    for section in report.sections:
        heading = _heading_over(report, section)
        yield from _changes_of_heading(earlier.get(section.key), section, heading)
        own = [block.id for block in section.blocks if homes.get(block.id) == section.key]
        is_moved = len(own) > 1 and moved_blocks.issuperset(own)
        if is_moved:
            yield Change("moved", heading, section.key, after=heading)
        for block in section.blocks:
            old, new = "\n".join(before.get(block.id, ())), "\n".join(after.get(block.id, ()))
            if block.id not in homes:
                yield Change("added", heading, block.id, after=new)
                continue
            if old != new:
                yield Change("changed", heading, block.id, old, new)
            if homes[block.id] != section.key or (block.id in moved_blocks and not is_moved):
                yield Change("moved", heading, block.id, old, new)
    kept = {block.id for section in report.sections for block in section.blocks}
    for section in base.sections:
        heading = _heading_over(base, section)
        if section.heading and section.key not in {s.key for s in report.sections}:
            yield Change("removed", heading, section.key, section.heading)
        for block in section.blocks:
            if block.id not in kept:
                yield Change("removed", heading, block.id, "\n".join(before.get(block.id, ())))


def _changes_of_heading(was: Section | None, section: Section, heading: str) -> Iterator[Change]:
    before, after = was.heading if was else "", section.heading
    if before and after and before != after:
        yield Change("changed", heading, section.key, before, after)
    elif before != after:
        yield Change("added" if after else "removed", heading, section.key, before, after)


def _heading_over(report: Report, section: Section) -> str:
    """The heading that a reader sees over a section."""
    if section.key == COLOPHON:
        return "Colofon"
    at = next(n for n, one in enumerate(report.sections) if one.key == section.key)
    return next((one.heading for one in report.sections[at::-1] if one.heading), "")


def _in_prose(changes: Sequence[Change], report: Report, now: Sequence[Line], prove: Prover) -> Iterator[Requoted]:
    """The quotations in running text that the editor wrote or changed."""
    touched = {change.block for change in changes if change.kind in ("changed", "added")}
    quotes = {b.id for s in report.sections for b in s.blocks if b.kind in ("quote", "pull-quote")}
    for line in now:
        if line.block in touched - quotes and line.part != "box-quote":
            for quotation, verdict in prove(line.text, is_quote=False, fragment=None):
                yield Requoted(line.block, quotation, verdict)


def _lost(
    passages: Sequence[Passage], lines: Sequence[Line], found: Mapping[int, int], now: Sequence[Line]
) -> Iterator[Loose]:
    """Words of the file that the report does not print. There should be none: this says so if there are."""
    printed = Counter(word for line in now for word in _WORD.findall(line.text))
    for number, passage in enumerate(passages):
        if number in found and lines[found[number]].part in ("colophon", "colophon-heading"):
            continue
        words = Counter(_WORD.findall(passage.text))
        missing = words - printed
        printed -= words
        if missing:
            yield Loose("words that found no place in the report", " ".join(missing.elements()), passage.place)
