"""Web pages -> turns: paragraphs, lines, tables and lists of names with their words.

The tree is walked from start to end, without recursion: nobody has vouched for its depth. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.body import Body, Piece, bold_at_start
from rapporteur.sources.readers.files import read_text
from rapporteur.sources.readers.html_table import MAX_SPAN, Cell, CellRow, spread
from rapporteur.sources.readers.interface import METADATA, Reading
from rapporteur.sources.readers.lines import joined
from rapporteur.sources.readers.names import metadata_key
from rapporteur.sources.readers.speakers import names_a_part
from rapporteur.sources.readers.text import count_words, reason, shown, unwrap
from rapporteur.sources.readers.transcript import Paragraph
from rapporteur.types import Locator

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    """
    address article blockquote body caption center dd details dialog dir div dl dt fieldset figure form h1 h2 h3 h4 h5
    h6 head header hr html legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()
)
# Parts of a page that are nobody's words, and what to say of them.
_NOT_SAID = {
    "aside": "stands beside the page",
    "button": "stands on a button",
    "datalist": "is a list to choose from",
    "del": "is struck out",
    "figcaption": "is a caption",
    "footer": "stands in the footer of the page",
    "iframe": "stands in an embedded page",
    "math": "is a formula",
    "nav": "stands in the navigation of the page",
    "noscript": "is for browsers without scripts",
    "object": "stands in an embedded object",
    "script": "is a script",
    "select": "is a list to choose from",
    "style": "is a style sheet",
    "svg": "stands in a drawing",
    "template": "is a template",
    "textarea": "stands in a form",
    "title": "is the title of the page",
}
_EVENTS = ("start", "end", "comment", "pi")
_MARKUP = re.compile(r"<[a-z!?/][^<>]*>", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_MAX_TAGS = 500_000


class HtmlReader:
    suffixes: tuple[str, ...] = (".html", ".htm")

    def read(self, path: Path, name: str) -> Reading:
        decoded = read_text(path, name)
        body = Body(name, warnings=list(decoded.warnings))
        walk = _Walk(body)
        walk.through(_parsed(decoded.text, name))
        walk.end_of_lines()
        return body.reading()


def _parsed(text: str, name: str) -> Any:
    """The root of a page; what a browser would mend is mended, and nothing outside it is read.

    The parser drops what is beyond its limits and only notes that: here it is a reason to refuse.
    """
    from lxml import etree  # only for those who have web pages

    if not _MARKUP.search(text):
        raise RecordRefused("It has no markup.", where=name, hint="Give the file the ending .txt.")
    if text.count("<") > _MAX_TAGS:
        raise RecordRefused("It has far more markup than a session record does.", where=name)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.LxmlError as error:
        raise RecordRefused(f"It is no web page that can be read: {reason(error)}.", where=name) from error
    fatal = next((entry for entry in parser.error_log if entry.level_name == "FATAL"), None)
    if root is None or fatal is not None:
        why = shown(fatal.message) if fatal is not None else "it is empty"
        raise RecordRefused(f"It is no web page that can be read whole: {why}.", where=name)
    return root


@dataclass(slots=True)
class _Walk:
    """One walk through an element: the line being read, the lines since the last table, and where it is."""

    body: Body
    lines: list[Paragraph] = field(default_factory=list)
    _line: list[Piece] = field(default_factory=list)
    _number: int | None = None
    _level: int | None = None
    _bold: int = 0
    _preformatted: int = 0
    _key: str | None = None
    _marks: list[int] = field(default_factory=list)

    def through(self, root: Any) -> None:
        from lxml import etree

        steps = etree.iterwalk(root, events=_EVENTS)
        for event, element in steps:
            if event == "start":
                why = _why_not_said(element)
                rows = [] if why or element.tag != "table" else _rows(element)
                if why:
                    self._leave_out(element, why)
                elif rows:
                    self._table(element, rows)
                if why or rows:
                    steps.skip_subtree()
                else:
                    self._open(element)
            elif event == "end" and not _why_not_said(element):
                self._close(element)
            if event != "start" and element is not root:
                self._say(element.tail, element)
        self._break()

    def end_of_lines(self) -> None:
        """Hand over the lines so far; the first may hold metadata."""
        self._break()
        self.body.typed(self.lines)
        self.lines = []

    def _open(self, element: Any) -> None:
        if element.tag == "br":
            self._end_line()
        elif element.tag in _BLOCKS:
            self._break()
        self._level = _HEADINGS.get(element.tag, self._level)
        self._bold += _is_bold(element)
        self._preformatted += element.tag == "pre"
        if element.tag in ("dt", "dd"):
            self._marks.append(len(self.lines))
        self._say(element.text, element)

    def _close(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self._break()
        if element.tag in _HEADINGS:
            self._level = None
        self._bold -= _is_bold(element)
        self._preformatted -= element.tag == "pre"
        if element.tag == "dt":
            self._name(self._since_mark())
        elif element.tag == "dd":
            mark = self._marks.pop()
            if self._key:
                self._marks.append(mark)
                self._value(self._since_mark())

    def _say(self, text: str | None, element: Any) -> None:
        if not text:
            return
        self._number = self._number or element.sourceline
        first, *further = text.split("\n") if self._preformatted else [text]
        self._line.append(Piece(first, bool(self._bold)))
        for line in further:
            self._end_line()
            self._line.append(Piece(line, bool(self._bold)))

    def _end_line(self) -> None:
        pieces = list(_collapsed(self._line))
        text = unwrap("".join(piece.text for piece in pieces))
        self.body.words += count_words(text)
        self.body.paragraph += bool(text)
        locator = Locator(self.body.name, paragraph=self.body.paragraph, line=self._number)
        self.lines.append(Paragraph(text, locator, self._level if text else None, bold_at_start(pieces)))
        self._line, self._number = [], None

    def _break(self) -> None:
        """End the paragraph: the line, and an empty one after it."""
        if any(piece.text.strip() for piece in self._line):
            self._end_line()
        self._line, self._number = [], None
        if self.lines and self.lines[-1].text:
            self._end_line()

    def _since_mark(self) -> list[Paragraph]:
        mark = self._marks.pop()
        lines = [line for line in self.lines[mark:] if line.text]
        del self.lines[mark:]
        return lines

    def _name(self, lines: Sequence[Paragraph]) -> None:
        """What is explained in a list: a name of metadata, else a speaker."""
        text = " ".join(line.text for line in lines).rstrip(" :")
        is_metadata = metadata_key(text) is not None and not names_a_part(text)
        self._key = text if is_metadata else None
        self.body.read_as[METADATA] += count_words(text) if is_metadata else 0
        if text and not is_metadata:
            self.lines.append(Paragraph(f"{text}:", lines[0].locator, bold=len(text)))
            self._break()

    def _value(self, lines: Sequence[Paragraph]) -> None:
        text = " ".join(line.text for line in lines)
        self.body.read_as[METADATA] += count_words(text)
        self.body.metadata({self._key or "": text})

    def _leave_out(self, element: Any, why: str) -> None:
        words = sum(map(count_words, element.xpath(".//text()")))
        where = Locator(self.body.name, paragraph=self.body.paragraph + 1, line=element.sourceline)
        self.body.leave_out(words, why, where)

    def _table(self, table: Any, rows: Sequence[Sequence[Any]]) -> None:
        self._break()
        self.end_of_lines()
        outside = sum(count_words(text) for text in table.xpath(".//text()") if not _is_in_a_cell(text, table))
        where = Locator(self.body.name, paragraph=self.body.paragraph + 1, line=table.sourceline)
        self.body.leave_out(outside, "stands in a table but in none of its cells", where)
        read = []
        for cells in rows:
            where = Locator(self.body.name, paragraph=self.body.paragraph + 1, line=cells[0].sourceline)
            read.append(CellRow([self._cell(cell) for cell in cells], where))
        self.body.table(spread(read))

    def _cell(self, cell: Any) -> Cell:
        """Its paragraphs on lines of their own."""
        inside = _Walk(self.body)
        inside.through(cell)
        text = "\n".join(line.text for line in joined(inside.lines))
        return Cell(text, _span(cell, "colspan"), _span(cell, "rowspan"))


def _why_not_said(element: Any) -> str | None:
    if "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")):
        return "is hidden"
    return _NOT_SAID.get(element.tag)


def _is_bold(element: Any) -> bool:
    return element.tag in ("b", "strong", "th") or bool(_BOLD.search(element.get("style", "")))


def _collapsed(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Runs of white space as one space, also where they run from one piece into the next."""
    after_space = True
    for piece in pieces:
        text = _SPACE.sub(" ", piece.text)
        text = text[1:] if after_space and text.startswith(" ") else text
        after_space = text.endswith(" ") if text else after_space
        yield Piece(text, piece.bold)


def _rows(table: Any) -> list[list[Any]]:
    """The cells of a table; none for one that only lays out the page (tables in it, or a single column)."""
    if table.find(".//table") is not None:
        return []
    rows = [list(row.iterchildren("td", "th")) for row in table.iter("tr")]
    return [row for row in rows if row] if any(len(row) > 1 for row in rows) else []


def _is_in_a_cell(text: Any, table: Any) -> bool:
    at = text.getparent().getparent() if text.is_tail else text.getparent()
    while at is not table and at.tag not in ("td", "th"):
        at = at.getparent()
    return at is not table


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "")
    return min(max(int(value), 1), MAX_SPAN) if value.isdecimal() and len(value) < 6 else 1
