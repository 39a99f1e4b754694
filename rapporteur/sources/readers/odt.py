"""OpenDocument text -> turns: paragraphs, headings and tables in document order, tracked changes accepted.

In OpenDocument the text itself stands as it reads with all changes accepted; what was deleted is kept apart,
in `text:tracked-changes`, which is passed over here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.body import Body, Piece
from rapporteur.sources.readers.files import read_bytes
from rapporteur.sources.readers.interface import Reading
from rapporteur.sources.readers.package import Package, reading, save_unlocked
from rapporteur.sources.readers.table import Row
from rapporteur.sources.readers.text import count_words, unwrap
from rapporteur.sources.readers.xmltree import attribute, child_of, count_in, tag_of
from rapporteur.types import Locator

_KIND = "an OpenDocument text (.odt)"
_MANIFEST = "META-INF/manifest.xml"
_DRAWING = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_PARAGRAPH = frozenset({"p", "h"})
_REMOVED = frozenset({"tracked-changes", "forms"})
_MARGINS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")
_SPACES = re.compile(r"[ \t\r\n]+")
_MAX_SPACES = 100
_MAX_COLUMNS = 100
_BOLD_FROM = 600


class OdtReader:
    suffixes: tuple[str, ...] = (".odt",)

    def read(self, path: Path, name: str) -> Reading:
        with reading(read_bytes(path, name), _KIND, name) as package:
            _refuse_locked(package, name)
            content = package.xml("content.xml")
            around = [package.xml("styles.xml")] if "styles.xml" in package else []
            walk = _Walk(Body(name), _Styles(_styles([*around, content])))
            walk.read(_text(content, name))
            for root in around:
                words = sum(map(_count_words, _each(root, *_MARGINS)))
                walk.body.leave_out(words, "stands in a page header or footer", Locator(name))
        return walk.body.reading()


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    weight: str


@dataclass(frozen=True, slots=True)
class _Styles:
    """Styles by family and name; what one does not say, its parent does."""

    by_key: Mapping[tuple[str, str], _Style]

    def is_bold(self, family: str, name: str) -> bool | None:
        """None where no style says so."""
        weights = (style.weight for _, style in self._line(family, name))
        weight = next(filter(None, weights), "")
        if (number := count_in(weight)) is not None:
            return number >= _BOLD_FROM
        return weight == "bold" if weight else None

    def is_title(self, name: str) -> bool:
        return any(ancestor == "Title" for ancestor, _ in self._line("paragraph", name))

    def _line(self, family: str, name: str) -> Iterator[tuple[str, _Style]]:
        seen: set[str] = set()
        while name not in seen and (style := self.by_key.get((family, name))):
            seen.add(name)
            yield name, style
            name = style.parent


@dataclass(slots=True)
class _Walk:
    """The walk through a document."""

    body: Body
    styles: _Styles

    def read(self, parent: Element) -> None:
        for child in parent:
            tag = tag_of(child)
            if tag in _PARAGRAPH:
                self._read_paragraph(child)
            elif tag == "table":
                self.body.table([self._row(row) for row in _each(child, "table-row")])
            elif why := _why_aside(child):
                self.body.leave_out(_count_words(child), why)
            elif tag not in _REMOVED:
                self.read(child)  # a section, a list

    def _read_paragraph(self, element: Element) -> None:
        self.body.add(self._own_pieces(element), self._level(element))

    def _row(self, row: Element) -> Row:
        """Cells with their paragraphs on lines of their own; a row stands where its first paragraph does."""
        first = Locator(self.body.name, paragraph=self.body.paragraph + 1)
        cells: list[str] = []
        for cell in (child for child in row if tag_of(child) in ("table-cell", "covered-table-cell")):
            copies = min(_repeats(cell, "number-columns-repeated"), _MAX_COLUMNS) - 1
            cells += [self._cell(cell), *[""] * copies]  # words once, and the cells behind them in their columns
        if any(cells) and _repeats(row, "number-rows-repeated") > 1:
            self.body.warnings.append(f"{first} is a row that repeats itself; it was read once.")
        return Row(tuple(cells), first)

    def _cell(self, cell: Element) -> str:
        lines = []
        for block in _blocks(cell):
            if why := _why_aside(block):
                self.body.leave_out(_count_words(block), why)
            else:
                lines.append(unwrap("".join(piece.text for piece in self._own_pieces(block))))
        text = "\n".join(filter(None, lines))
        self.body.words += count_words(text)
        return text

    def _own_pieces(self, paragraph: Element) -> list[Piece]:
        """The words of the next paragraph; those that stand aside from it are left out."""
        self.body.paragraph += 1
        for aside in _asides(paragraph):
            self.body.leave_out(_count_words(aside), _why_aside(aside) or "")
        bold = self.styles.is_bold("paragraph", attribute(paragraph, "style-name")) or False
        return list(_pieces(paragraph, self.styles, bold))

    def _level(self, paragraph: Element) -> int | None:
        if tag_of(paragraph) == "h":
            level = attribute(paragraph, "outline-level")
            return int(level) if level.isdecimal() and len(level) == 1 else 1
        return 1 if self.styles.is_title(attribute(paragraph, "style-name")) else None


def _refuse_locked(package: Package, name: str) -> None:
    """A password leaves the archive open and its parts unreadable; the manifest says so."""
    if _MANIFEST in package and any(tag_of(entry) == "encryption-data" for entry in package.xml(_MANIFEST).iter()):
        raise RecordRefused("It is protected with a password.", where=name, hint=save_unlocked(_KIND))


def _repeats(element: Element, name: str) -> int:
    count = attribute(element, name)
    return int(count[:9]) if count.isdecimal() else 1


def _text(content: Element, name: str) -> Element:
    body = child_of(content, "body")
    text = child_of(body, "text") if body is not None else None
    if text is None:
        raise RecordRefused(f"It is not {_KIND}: it holds no text.", where=name, hint=f"Save it as {_KIND}.")
    return text


def _styles(roots: list[Element]) -> dict[tuple[str, str], _Style]:
    return {
        (attribute(style, "family"), attribute(style, "name")): _Style(
            attribute(style, "parent-style-name"), _weight(style)
        )
        for root in roots
        for style in root.iter()
        if tag_of(style) == "style"
    }


def _weight(style: Element) -> str:
    properties = child_of(style, "text-properties")
    return attribute(properties, "font-weight") if properties is not None else ""


def _pieces(element: Element, styles: _Styles, bold: bool) -> Iterator[Piece]:
    """The words of a paragraph. White space in the XML counts as one space; more of it has marks of its own."""
    yield Piece(_SPACES.sub(" ", element.text or ""), bold)
    for child in element:
        tag = tag_of(child)
        if tag == "s":
            count = attribute(child, "c")
            yield Piece(" " * (min(int(count[:9]), _MAX_SPACES) if count.isdecimal() else 1), bold)
        elif tag in ("tab", "line-break"):
            yield Piece("\t" if tag == "tab" else "\n", bold)
        elif tag not in _REMOVED and not _why_aside(child):
            own = styles.is_bold("text", attribute(child, "style-name")) if tag == "span" else None
            yield from _pieces(child, styles, bold if own is None else own)
        yield Piece(_SPACES.sub(" ", child.tail or ""), bold)


def _why_aside(element: Element) -> str | None:
    """Why the words in an element are no part of the running text; None if they are."""
    tag = tag_of(element)
    if tag == "note":
        return f"stands in {'an endnote' if attribute(element, 'note-class') == 'endnote' else 'a footnote'}"
    if tag == "annotation":
        return "stands in a comment"
    if str(element.tag).startswith(_DRAWING):
        return "stands in a text box"
    if tag.endswith("-index") or tag in ("table-of-content", "bibliography"):
        return "stands in a table of contents or an index"
    return None


def _count_words(element: Element) -> int:
    if tag_of(element) not in _PARAGRAPH:
        return sum(map(_count_words, _blocks(element)))
    own = "".join(piece.text for piece in _pieces(element, _Styles({}), bold=False))
    return count_words(own) + sum(map(_count_words, _asides(element)))


def _blocks(element: Element) -> Iterator[Element]:
    """Paragraphs and asides below an element, in order, none inside another."""
    for child in element:
        if tag_of(child) in _PARAGRAPH or _why_aside(child):
            yield child
        elif tag_of(child) not in _REMOVED:
            yield from _blocks(child)


def _asides(paragraph: Element) -> Iterator[Element]:
    """What stands aside from a paragraph, none inside another."""
    return (block for block in _blocks(paragraph) if _why_aside(block))


def _each(element: Element, *tags: str) -> Iterator[Element]:
    """Elements of these names below this one, in order, none inside another."""
    for child in element:
        if tag_of(child) in tags:
            yield child
        else:
            yield from _each(child, *tags)
