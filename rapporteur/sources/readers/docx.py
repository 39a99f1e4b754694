"""Word transcripts -> turns: paragraphs and tables in document order, tracked changes read as accepted.

The XML is walked here, as python-docx's `paragraph.text` drops insertions and content controls. Names of
elements are compared without their namespace, so that strict and transitional files read alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from rapporteur.sources.readers.body import Body, Piece
from rapporteur.sources.readers.files import read_bytes
from rapporteur.sources.readers.html_table import MAX_SPAN, Cell, CellRow, spread
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.package import Package, reading
from rapporteur.sources.readers.speakers import labelled
from rapporteur.sources.readers.text import count_words, unwrap
from rapporteur.sources.readers.xmltree import attribute, child_of, count_in, tag_of
from rapporteur.types import Locator

_KIND = "a Word document (.docx)"
_REMOVED = frozenset({"del", "moveFrom"})
# Not running text: properties, the second copy of a text box for old programs, and boxes themselves.
_NOT_HERE = _REMOVED | {
    "pPr",
    "rPr",
    "tblPr",
    "trPr",
    "tcPr",
    "sdtPr",
    "Fallback",
    "txbxContent",
    "instrText",
}
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_NOTES = {
    "footnotes": "stands in a footnote",
    "endnotes": "stands in an endnote",
    "comments": "stands in a comment",
    "header": "stands in a page header or footer",
    "footer": "stands in a page header or footer",
}
_OFF = frozenset({"0", "false", "off", "none"})


class DocxReader:
    suffixes: tuple[str, ...] = (".docx",)

    def read(self, path: Path, name: str) -> Reading:
        with reading(read_bytes(path, name), _KIND, name) as package:
            main = _main_part(package)
            folder = main.rpartition("/")[0]
            styles = f"{folder}/styles.xml"
            walk = _Walk(Body(name), _heading_styles(package.xml(styles)) if styles in package else {})
            walk.read(package.xml(main))
            for part, why in _notes(package.parts, folder):
                walk.body.leave_out(_count_words(package.xml(part)), why, Locator(name))
        return walk.body.reading()


@dataclass(slots=True)
class _Walk:
    """The walk through a document."""

    body: Body
    heading_styles: Mapping[str, int]
    _carried: list[Element] = field(default_factory=list)

    def read(self, document: Element) -> None:
        self._walk(document)
        self._end_paragraph()

    def _walk(self, parent: Element) -> None:
        for child in parent:
            tag = tag_of(child)
            if tag == "p":
                self._read_paragraph(child)
            elif tag == "tbl":
                self._read_table(child)
            elif tag not in _NOT_HERE:
                self._walk(child)  # the body, a content control, custom XML

    def _read_paragraph(self, element: Element) -> None:
        """A paragraph whose end mark is deleted runs on into the next one."""
        self.body.paragraph += 1
        self._note_boxes(element)
        self._carried.append(element)
        if not _end_is_removed(element):
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        pieces = [piece for part in self._carried for piece in _pieces(part)]
        level = self._level(self._carried[-1]) if self._carried else None
        self._carried = []
        self.body.add(pieces, level)

    def _read_table(self, table: Element) -> None:
        self._end_paragraph()
        rows = [list(_each(row, "tc")) for row in _each(table, "tr")]
        if _holds_no_columns(rows):
            for cells in rows:
                for cell in cells:
                    self._walk(cell)
            self._end_paragraph()
        else:
            self.body.table(spread([self._row(cells, rows[at + 1 : at + MAX_SPAN]) for at, cells in enumerate(rows)]))

    def _row(self, cells: Sequence[Element], below: Sequence[Sequence[Element]]) -> CellRow:
        """Cells with their paragraphs on lines of their own; a row stands where its first paragraph does."""
        first = Locator(self.body.name, paragraph=self.body.paragraph + 1)
        own = []
        for column, cell in _placed(cells):
            text = self._cell(cell)
            if not _goes_on(cell):
                own.append(Cell(text, _columns(cell), 1 + _rows_below(column, below)))
        return CellRow(own, first)

    def _cell(self, cell: Element) -> str:
        lines = []
        for element in _each(cell, "p"):
            self.body.paragraph += 1
            self._note_boxes(element)
            lines.append(unwrap("".join(piece.text for piece in _pieces(element))))
        text = "\n".join(filter(None, lines))
        self.body.words += count_words(text)
        return text

    def _note_boxes(self, element: Element) -> None:
        words = sum(_count_words(box) for box in _each(element, "txbxContent"))
        self.body.leave_out(words, "stands in a text box")

    def _level(self, paragraph: Element) -> int | None:
        properties = child_of(paragraph, "pPr")
        if properties is None:
            return None
        own = _outline_level(properties)
        style = child_of(properties, "pStyle")
        return own if own is not None else self.heading_styles.get(_value(style)) if style is not None else None


def _holds_no_columns(rows: Sequence[Sequence[Element]]) -> bool:
    """Whether a table is no more than a frame around lines in which people are named."""
    if any(len(cells) > 1 for cells in rows):
        return False
    texts = ("".join(piece.text for piece in _pieces(p)) for cells in rows for cell in cells for p in _each(cell, "p"))
    return any(labelled(text.strip()) for text in texts)


def _placed(cells: Sequence[Element]) -> Iterator[tuple[int, Element]]:
    """Cells with the column of the grid in which each starts."""
    column = 0
    for cell in cells:
        yield column, cell
        column += _columns(cell)


def _columns(cell: Element) -> int:
    properties = child_of(cell, "tcPr")
    span = child_of(properties, "gridSpan") if properties is not None else None
    value = _value(span) if span is not None else ""
    return min(max(int(value), 1), MAX_SPAN) if value.isdecimal() and len(value) < 4 else 1


def _goes_on(cell: Element) -> bool:
    """Whether a cell is the lower part of one that starts in a row above."""
    properties = child_of(cell, "tcPr")
    merge = child_of(properties, "vMerge") if properties is not None else None
    return merge is not None and _value(merge) != "restart"


def _rows_below(column: int, below: Sequence[Sequence[Element]]) -> int:
    """How many rows a cell of that column reaches down."""
    count = 0
    for cells in below:
        if not any(at == column and _goes_on(cell) for at, cell in _placed(cells)):
            break
        count += 1
    return count


def _notes(parts: Iterable[str], folder: str) -> Iterator[tuple[str, str]]:
    """The parts of a document beside its running text ('word/header2.xml'), and what they are."""
    for part in sorted(parts):
        where, _, file = part.rpartition("/")
        why = _NOTES.get(file.removesuffix(".xml").rstrip("0123456789"))
        if where == folder and why:
            yield part, why


def _main_part(package: Package) -> str:
    """Usually word/document.xml, but the package itself says which."""
    for relationship in package.xml("_rels/.rels"):
        if relationship.get("Type", "").endswith("/officeDocument"):
            return relationship.get("Target", "").lstrip("/")
    raise KeyError("officeDocument")


def _heading_styles(styles: Element) -> dict[str, int]:
    """Style id -> level. Word keeps the name 'heading 2' in every language, whatever it shows ('Kop 2')."""
    levels: dict[str, int] = {}
    for style in _each(styles, "style"):
        name, properties = child_of(style, "name"), child_of(style, "pPr")
        words = _value(name).casefold().split() if name is not None else []
        outline = _outline_level(properties) if properties is not None else None
        named = count_in(words[1]) if len(words) == 2 and words[0] in ("heading", "kop") else None
        if named is not None:
            levels[attribute(style, "styleId")] = named
        elif words in (["title"], ["titel"]):
            levels[attribute(style, "styleId")] = 1
        elif outline is not None:
            levels[attribute(style, "styleId")] = outline
    return levels


def _outline_level(properties: Element) -> int | None:
    """1 to 9, as Word shows it; None for body text, which Word stores as 9."""
    outline = child_of(properties, "outlineLvl")
    level = count_in(_value(outline)) if outline is not None else None
    return level + 1 if level is not None and level < 9 else None


def _end_is_removed(paragraph: Element) -> bool:
    properties = child_of(paragraph, "pPr")
    mark = child_of(properties, "rPr") if properties is not None else None
    return mark is not None and any(tag_of(child) in _REMOVED for child in mark)


def _pieces(element: Element, bold: bool = False) -> Iterator[Piece]:
    """The words of a paragraph as they read with all changes accepted, each piece bold or not."""
    for child in element:
        tag = tag_of(child)
        if tag == "t":
            yield Piece(child.text or "", bold)
        elif tag in _CHARACTERS:
            yield Piece(_CHARACTERS[tag], bold)
        elif tag not in _NOT_HERE:
            yield from _pieces(child, _is_bold(child) if tag == "r" else bold)


def _is_bold(run: Element) -> bool:
    properties = child_of(run, "rPr")
    mark = child_of(properties, "b") if properties is not None else None
    return mark is not None and _value(mark).casefold() not in _OFF


def _count_words(element: Element) -> int:
    """Words of an element that is no running text, counted by paragraph: a word may run over several texts."""
    paragraphs = list(_each(element, "p"))
    return sum(count_words("".join(piece.text for piece in _pieces(paragraph))) for paragraph in paragraphs)


def _each(element: Element, tag: str) -> Iterator[Element]:
    """Elements of that name below this one, in order, none inside another; removed text aside."""
    for child in element:
        if tag_of(child) == tag:
            yield child
        elif tag_of(child) not in _REMOVED and tag_of(child) != "Fallback":
            yield from _each(child, tag)


def _value(element: Element) -> str:
    return attribute(element, "val")
