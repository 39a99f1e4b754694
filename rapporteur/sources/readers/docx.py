"""Word transcripts -> turns: paragraphs and tables in document order, tracked changes read as accepted.

The XML is walked here, as python-docx's `paragraph.text` drops insertions and content controls. Names of
elements are compared without their namespace, so that strict and transitional files read alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from rapporteur.sources.readers.files import read_bytes
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.names import understand
from rapporteur.sources.readers.package import Package, reading
from rapporteur.sources.readers.table import Row, TableRead, read_table
from rapporteur.sources.readers.text import unwrap
from rapporteur.sources.readers.transcript import Paragraph, read_transcript
from rapporteur.types import LeftOut, Locator

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
_NOTES = {"footnotes.xml": "stands in a footnote", "endnotes.xml": "stands in an endnote"}
_OFF = frozenset({"0", "false", "off", "none"})


class DocxReader:
    suffixes: tuple[str, ...] = (".docx",)

    def read(self, path: Path, name: str) -> Reading:
        with reading(read_bytes(path, name), _KIND, name) as package:
            main = _main_part(package)
            folder = main.rpartition("/")[0]
            styles = f"{folder}/styles.xml"
            body = _Body(name, _heading_styles(package.xml(styles)) if styles in package else {})
            body.read(package.xml(main))
            notes = [
                LeftOut(Locator(name), words, why)
                for part, why in _NOTES.items()
                if f"{folder}/{part}" in package and (words := _count_words(package.xml(f"{folder}/{part}")))
            ]
        transcript = read_transcript(body.items)
        understood = understand(body.pairs, "the table in the document")
        left_out = (*transcript.left_out, *body.boxes, *notes)
        warnings = (*understood.warnings, *transcript.warnings)
        return Reading(understood.metadata, tuple(transcript.turns), left_out, warnings)


@dataclass(slots=True)
class _Body:
    """The walk through a document: what it met, and where it is (`paragraph` counts as Word does, from 1)."""

    name: str
    heading_styles: Mapping[str, int]
    items: list[Paragraph | TableRead] = field(default_factory=list)
    pairs: dict[str, object] = field(default_factory=dict)
    boxes: list[LeftOut] = field(default_factory=list)
    paragraph: int = 0
    _carried: list[Element] = field(default_factory=list)

    def read(self, document: Element) -> None:
        self._walk(document)
        self._end_paragraph()

    def _walk(self, parent: Element) -> None:
        for child in parent:
            tag = _tag(child)
            if tag == "p":
                self._read_paragraph(child)
            elif tag == "tbl":
                self._read_table(child)
            elif tag not in _NOT_HERE:
                self._walk(child)  # the body, a content control, custom XML

    def _read_paragraph(self, element: Element) -> None:
        """A paragraph whose end mark is deleted runs on into the next one."""
        self.paragraph += 1
        self._note_boxes(element)
        self._carried.append(element)
        if not _end_is_removed(element):
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        pieces = [piece for part in self._carried for piece in _pieces(part)]
        level = self._level(self._carried[-1]) if self._carried else None
        self._carried = []
        text = unwrap("".join(text for text, _ in pieces))
        self.items.append(Paragraph(text, self._here(), level, _bold(pieces)))

    def _read_table(self, table: Element) -> None:
        self._end_paragraph()
        read = read_table([self._row(row) for row in _each(table, "tr")])
        if read.pairs:
            self.pairs = {**read.pairs, **self.pairs}
        self.items.append(read)

    def _row(self, row: Element) -> Row:
        """Cells with their paragraphs on lines of their own; a row stands where its first paragraph does."""
        first = Locator(self.name, paragraph=self.paragraph + 1)
        return Row(tuple(self._cell(cell) for cell in _each(row, "tc")), first)

    def _cell(self, cell: Element) -> str:
        lines = []
        for element in _each(cell, "p"):
            self.paragraph += 1
            self._note_boxes(element)
            lines.append(unwrap("".join(text for text, _ in _pieces(element))))
        return "\n".join(filter(None, lines))

    def _here(self) -> Locator:
        return Locator(self.name, paragraph=self.paragraph)

    def _note_boxes(self, element: Element) -> None:
        words = sum(_count_words(box) for box in _each(element, "txbxContent"))
        if words:
            self.boxes.append(LeftOut(self._here(), words, "stands in a text box"))

    def _level(self, paragraph: Element) -> int | None:
        properties = _child(paragraph, "pPr")
        if properties is None:
            return None
        own = _outline_level(properties)
        style = _child(properties, "pStyle")
        return own if own is not None else self.heading_styles.get(_value(style)) if style is not None else None


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
        name, properties = _child(style, "name"), _child(style, "pPr")
        words = _value(name).casefold().split() if name is not None else []
        outline = _outline_level(properties) if properties is not None else None
        if len(words) == 2 and words[0] in ("heading", "kop") and words[1].isdecimal():
            levels[_attribute(style, "styleId")] = int(words[1])
        elif words in (["title"], ["titel"]):
            levels[_attribute(style, "styleId")] = 1
        elif outline is not None:
            levels[_attribute(style, "styleId")] = outline
    return levels


def _outline_level(properties: Element) -> int | None:
    """1 to 9, as Word shows it; None for body text, which Word stores as 9."""
    outline = _child(properties, "outlineLvl")
    value = _value(outline) if outline is not None else ""
    return int(value) + 1 if value.isdecimal() and int(value) < 9 else None


def _end_is_removed(paragraph: Element) -> bool:
    properties = _child(paragraph, "pPr")
    mark = _child(properties, "rPr") if properties is not None else None
    return mark is not None and any(_tag(child) in _REMOVED for child in mark)


def _pieces(element: Element, bold: bool = False) -> Iterator[tuple[str, bool]]:
    """The words of a paragraph as they read with all changes accepted, each piece bold or not."""
    for child in element:
        tag = _tag(child)
        if tag == "t":
            yield child.text or "", bold
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag], bold
        elif tag not in _NOT_HERE:
            yield from _pieces(child, _is_bold(child) if tag == "r" else bold)


def _is_bold(run: Element) -> bool:
    properties = _child(run, "rPr")
    mark = _child(properties, "b") if properties is not None else None
    return mark is not None and _value(mark).casefold() not in _OFF


def _bold(pieces: list[tuple[str, bool]]) -> int:
    """How many code points at the start are bold, white space around them aside."""
    text = ""
    for piece, bold in pieces:
        if piece.strip() and not bold:
            break
        text += piece
    return len(text.strip())


def _count_words(element: Element) -> int:
    return sum(len((text.text or "").split()) for text in _each(element, "t"))


def _each(element: Element, tag: str) -> Iterator[Element]:
    """Elements of that name below this one, in order, none inside another; removed text aside."""
    for child in element:
        if _tag(child) == tag:
            yield child
        elif _tag(child) not in _REMOVED and _tag(child) != "Fallback":
            yield from _each(child, tag)


def _child(element: Element, tag: str) -> Element | None:
    return next((child for child in element if _tag(child) == tag), None)


def _value(element: Element) -> str:
    return _attribute(element, "val")


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
