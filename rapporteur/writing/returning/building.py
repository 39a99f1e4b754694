"""Step 9: the paragraphs of one section to its blocks. What was a block keeps its id, what is new gets a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from rapporteur.types import Block, BlockKind
from rapporteur.writing.export.interface import FACTS_HEADER
from rapporteur.writing.returning.interface import Loose, Passage, Requoted
from rapporteur.writing.returning.lines import Line, Part, as_one_line
from rapporteur.writing.returning.requoting import IN_QUOTE_STYLE, QuotedWords, Requoter, says_more, taken_apart

_STYLES: Mapping[str, Part] = {
    "onderwerp": "topic",
    "citaat": "quote",
    "uitgelicht citaat": "quote",
    "opsomming": "bullet",
    "kadertitel": "box-title",
    "kadertekst": "box-text",
}
_LONGEST_TITLE = 120
_NUMBERED, _UNKNOWN_MARK, _USUAL_MARK = "1.", "•", "–"


@dataclass(slots=True)
class Base:
    """The revision the file was exported from: its blocks by id, and the passages that are known to be lines of it."""

    blocks: Mapping[str, Block]
    lines: Mapping[int, Line]
    copies: Mapping[int, str]


@dataclass(slots=True)
class Ids:
    """Gives every block an id that no other has, in this revision or the one before."""

    taken: set[str]
    used: set[str] = field(default_factory=set)

    def of(self, wanted: str, section: str) -> str:
        """`wanted` if it is free ('' for none), else a new one."""
        if not wanted or wanted in self.used:
            number = 1
            while (wanted := f"{section}-redactie-{number}") in self.taken | self.used:
                number += 1
        self.used.add(wanted)
        return wanted


@dataclass(slots=True)
class Built:
    """What came of the passages. `landed` maps the place of a passage to the id of the block it is in."""

    blocks: list[Block] = field(default_factory=list)
    landed: dict[int, str] = field(default_factory=dict)
    quotes: list[Requoted] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    kept: int = 0


class Builder:
    """Builds the blocks of one section; `is_plain` makes paragraphs of everything, for the colophon."""

    def __init__(self, base: Base, ids: Ids, requoter: Requoter, section: str, *, is_plain: bool = False) -> None:
        self._base = base
        self._ids = ids
        self._requoter = requoter
        self._section = section
        self._is_plain = is_plain
        self._list: list[tuple[int, Passage]] = []
        self._box: Block | None = None
        self._box_passages: list[int] = []
        self.built = Built()

    def build(self, passages: Sequence[tuple[int, Passage]]) -> Built:
        for number, passage in passages:
            part: Part = "paragraph" if self._is_plain else self._part(number, passage)
            if part != "bullet" or self._begins_a_list(number, passage):
                self._end_list()
            if part not in ("box-text", "box-quote"):
                self._end_box()
            self._set(part, number, passage)
            if passage.aside:
                what = f"a {passage.aside}: it is a paragraph of the text now"
                self.built.loose.append(Loose(what, passage.text, passage.place))
        self._end_list()
        self._end_box()
        return self.built

    # ------------------------------------------------------------------------------------- what it is

    def _part(self, number: int, passage: Passage) -> Part:
        """What a passage is: as it is set now, else what it was, else what it looks like."""
        line = self._base.lines.get(number)
        if passage.cells:
            return "table"
        if passage.level:
            return "heading"
        if passage.aside:
            return "paragraph"
        styled = "bullet" if passage.mark else _STYLES.get(passage.style)
        part: Part = styled or (line.part if line else "paragraph")
        if part in ("box-text", "quote") and line and line.part == "box-quote":
            part = "box-quote"
        if part in ("section", "heading"):
            return "heading"
        if part == "table":
            return "paragraph"
        if part in ("quote", "box-quote", "paragraph", "box-text"):
            return self._quote_or_not(part, number, passage)
        return part

    def _quote_or_not(self, part: Part, number: int, passage: Passage) -> Part:
        """Words in marks with an attribution are a quote however they are set; without marks none is, but in style."""
        line, is_copy = self._base.lines.get(number), number in self._base.copies
        was_quote = is_copy or (line is not None and line.part in ("quote", "box-quote"))
        is_untouched = is_copy or (was_quote and line and as_one_line(line.text) == as_one_line(passage.text))
        found = taken_apart(passage.text) if is_untouched or not says_more(passage.text) else None
        if part == "box-text":
            return "box-quote" if found and found.is_marked and (was_quote or found.attribution) else part
        in_style = passage.style in IN_QUOTE_STYLE
        is_quote = found and (in_style or (found.is_marked and (was_quote or found.attribution)))
        if part == "box-quote":
            return part if is_quote else "box-text"
        return "quote" if is_quote else "paragraph"

    def _was(self, number: int, *parts: Part) -> Block | None:
        """The block that a passage was, if it was one of these parts."""
        line = self._base.lines.get(number)
        return self._base.blocks.get(line.block) if line and line.part in parts else None

    # ------------------------------------------------------------------------------------- one by one

    def _set(self, part: Part, number: int, passage: Passage) -> None:
        text = passage.text
        match part:
            case "heading":
                block = self._same_or(number, "heading", "heading")
                self._add(replace(block, title=text), number)
                if passage.level > 2:
                    what = f"a heading of level {passage.level}: reports have two levels, it is of the second now"
                    self.built.loose.append(Loose(what, text, passage.place))
            case "topic":
                self._topic(number, passage)
            case "bullet":
                self._list.append((number, passage))
            case "table":
                self._table(number, passage)
            case "quote":
                self._quote(number, passage)
            case "box-title":
                was = self._was(number, "box-title")
                self._box = replace(was, title=text, text="", items=(), quote=None) if was else Block("", "box")
                self._box = replace(self._box, id=self._id(was), title=text)
                self._box_passages = [number]
            case "box-text":
                self._box_text(number, passage)
            case "box-quote":
                self._box_quote(number, passage)
            case "paragraph" | "section" | "programme" | "title" | "subtitle" | "colophon-heading" | "colophon":
                self._add(replace(self._same_or(number, "paragraph", "paragraph", "topic"), text=text), number)
            case _:
                assert_never(part)

    def _same_or(self, number: int, kind: BlockKind, *parts: Part) -> Block:
        """The block that a passage was, or a new one of this kind."""
        was = self._was(number, *parts)
        if was is None:
            return Block(self._id(None), kind)
        return replace(was, id=self._id(was), kind=kind, title="" if was.kind != kind else was.title)

    def _id(self, was: Block | None) -> str:
        return self._ids.of(was.id if was else "", self._section)

    def _add(self, block: Block, *numbers: int) -> None:
        self.built.blocks.append(block)
        self.built.landed |= dict.fromkeys(numbers, block.id)

    def _topic(self, number: int, passage: Passage) -> None:
        was = self._was(number, "topic")
        title, text = _title_and_text(passage, was)
        if not title:
            self._set(self._quote_or_not("paragraph", number, passage), number, passage)
            return
        block = replace(was, id=self._id(was)) if was else Block(self._id(None), "topic")
        self._add(replace(block, title=title, text=text), number)

    def _table(self, number: int, passage: Passage) -> None:
        was = self._was(number, "table")
        cells = passage.cells[1:] if passage.cells[:1] == (FACTS_HEADER,) else passage.cells
        rows = [row for row in cells if len(row) == 2]
        if was and was.kind == "facts" and len(rows) == len(cells):
            self._add(replace(was, id=self._id(was), rows=tuple((row[0], row[1]) for row in rows)), number)
        else:
            block = replace(was, rows=(), id=self._id(was)) if was else Block(self._id(None), "table")
            self._add(replace(block, kind="table", cells=passage.cells), number)

    # ------------------------------------------------------------------------------------------ quotes

    def _quote(self, number: int, passage: Passage) -> None:
        found = taken_apart(passage.text)
        if found is None:
            self._set("paragraph", number, passage)
            return
        was = self._was(number, "quote")
        block = Block("", "quote") if was is None or was.kind == "box" else was
        block = replace(block, id=self._id(was), kind="quote")
        if passage.style == "uitgelicht citaat" or (was and was.kind == "pull-quote"):
            block = replace(block, kind="pull-quote")
        self._add(self._requoted(found, block, number), number)

    def _requoted(self, found: QuotedWords, block: Block, number: int, *, in_a_box: bool = False) -> Block:
        known = self._was(number, "quote", "box-quote") or self._copied(number)
        made, proved = self._requoter.again(found, block, known, in_a_box=in_a_box)
        self.built.quotes += proved
        self.built.kept += not proved
        return made

    def _copied(self, number: int) -> Block | None:
        block = self._base.copies.get(number, "")
        return self._base.blocks.get(block) or self._base.blocks.get(block.removesuffix("-c1"))

    # ------------------------------------------------------------------------------------------- boxes

    def _box_text(self, number: int, passage: Passage) -> None:
        box = self._box
        if box is None or box.quote:
            self._end_box()
            self._add(Block(self._ids.of("", self._section), "paragraph", passage.text), number)
            what = "a paragraph of a kader that stands apart from its title: it is outside the kader now"
            self.built.loose.append(Loose(what, passage.text, passage.place))
            return
        self._box = replace(box, items=(*box.items, passage.text)) if box.text else replace(box, text=passage.text)
        self._box_passages.append(number)

    def _box_quote(self, number: int, passage: Passage) -> None:
        """A box holds one quote, cut from a fragment; another, or one that was typed, stands below it."""
        found = taken_apart(passage.text)
        if found is None:
            self._box_text(number, passage)
            return
        box = self._box
        made = self._requoted(found, Block("", "quote"), number, in_a_box=bool(box and not box.quote))
        if box and not box.quote and made.quote and not made.text:
            self._box = replace(box, quote=made.quote)
            self._box_passages.append(number)
            return
        self._end_box()
        made = replace(made, id=self._ids.of("", self._section))
        self._add(made, number)
        self.built.quotes = [q if q.block else replace(q, block=made.id) for q in self.built.quotes]
        self.built.loose.append(Loose("a quote of a kader: it stands below the kader now", passage.text, passage.place))

    def _end_box(self) -> None:
        if self._box:
            box = self._box
            self.built.quotes = [q if q.block else replace(q, block=box.id) for q in self.built.quotes]
            self._add(box, *self._box_passages)
        self._box, self._box_passages = None, []

    # ------------------------------------------------------------------------------------------- lists

    def _begins_a_list(self, number: int, passage: Passage) -> bool:
        """Whether an item cannot go on with the list before it: another mark, or the first of another list."""
        if not self._list:
            return False
        if passage.mark != self._list[-1][1].mark:
            return True
        was = self._was(number, "bullet")
        current = {block.id for n, _ in self._list if (block := self._was(n, "bullet"))}
        return bool(
            was and current and was.id not in current and as_one_line(passage.text) == as_one_line(was.items[0])
        )

    def _end_list(self) -> None:
        if not self._list:
            return
        known = [block for number, _ in self._list if (block := self._was(number, "bullet"))]
        common = Counter(block.id for block in known if block.id not in self._ids.used).most_common(1)
        was = next(block for block in known if block.id == common[0][0]) if common else None
        items = tuple(passage.text for _, passage in self._list)
        block = replace(was, items=items) if was else Block("", "bullets", items=items, mark=self._mark(known))
        self._add(replace(block, id=self._id(was)), *(number for number, _ in self._list))
        self._list = []

    def _mark(self, known: Sequence[Block]) -> str:
        mark = self._list[0][1].mark
        if mark == _NUMBERED:
            what = "a numbered list: it has dashes now"
            self.built.loose.append(Loose(what, self._list[0][1].text, self._list[0][1].place))
        if mark in (_NUMBERED, _UNKNOWN_MARK, ""):
            return known[0].mark if known else _USUAL_MARK
        return mark


def _title_and_text(passage: Passage, was: Block | None) -> tuple[str, str]:
    """The title of a topic and what follows its colon; no title if there is no colon to end it."""
    text = passage.text
    if was and text.startswith(f"{was.title}:"):
        return was.title, text[len(was.title) + 1 :].strip()
    lead = text[: passage.lead].rstrip()
    if lead.endswith(":") and len(lead) > 1:
        return lead[:-1].rstrip(), text[passage.lead :].strip()
    title, colon, rest = text.partition(":")
    if colon and 0 < len(title.strip()) <= _LONGEST_TITLE and "\n" not in title:
        return title.strip(), rest.strip()
    return "", text
