"""Word files as they would read once every tracked change was accepted.

Quotations show by their marks, by the paragraph style Citaat, or by a bookmark `rq_…` around them, which the
manifest in the file ties to a fragment. The XML is walked, since python-docx leaves out tracked insertions
and content controls.
"""

from __future__ import annotations

import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.files import LARGEST, bytes_of, value_of
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.jsonl import text_or_none
from rapporteur.proof.documents.prose import Claim, Prose, quotations_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_BOOKMARK = "rq_"
# Word's built-in style is called Quote in the file whatever the language; LibreOffice writes Quotations.
_QUOTE_STYLES = frozenset({"citaat", "uitgelicht citaat", "quote", "intense quote", "quotations"})
_REMOVED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback"})
_NOT_TEXT = frozenset({f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", f"{_W}delText"})
_AS_TEXT = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "‑",
    f"{_W}softHyphen": "\u00ad",
}
_PROPERTY_PIECE = re.compile(r"(?P<name>.*?)_?(?P<number>\d+)\Z")


# What the unpacker and the XML parser say of bytes that are not what they should be.
_DAMAGE = (
    *(ParseError, zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(RuntimeError, OSError, EOFError, LookupError, ValueError),
)


class DocxReader:
    suffixes = (".docx",)

    def read(self, path: Path) -> ReadDocument:
        package = _Package(path)
        manifest = _manifest(package)
        try:
            prose = tuple(_prose(package, manifest))
        except RecursionError:
            raise DocumentUnreadable(f"{path.name} is nested too deeply to be a report.", where=str(path)) from None
        theme = text_or_none(manifest.get("theme"))
        return ReadDocument(
            path.name,
            quotations_of(prose, theme),
            tuple(piece.passage for piece in prose),
            corpus_fingerprint=text_or_none(manifest.get("corpus_fingerprint")),
            theme=theme,
        )


class _Package:
    """The parts of a Word file as XML; whatever is wrong with them is a DocumentUnreadable."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(BytesIO(bytes_of(path)))
        except _DAMAGE:
            raise self._unreadable("is not a Word file, or was damaged") from None
        if sum(member.file_size for member in self._zip.infolist()) > LARGEST:
            raise self._unreadable("is far larger inside than a report can be")
        if _PARTS[0] not in self._zip.namelist():
            raise self._unreadable("is not a Word file: it holds no document")

    def names(self, folder: str) -> list[str]:
        return sorted(name for name in self._zip.namelist() if name.startswith(folder) and name.endswith(".xml"))

    def xml(self, name: str) -> Element | None:
        """A part, None if the file has none of that name."""
        if name not in self._zip.namelist():
            return None
        try:
            root: Element = fromstring(self._zip.read(name), forbid_dtd=True)
        except DefusedXmlException:
            raise self._unreadable(f"is not safe to read: {name} declares entities of its own") from None
        except _DAMAGE:
            raise self._unreadable(f"is damaged: {name} cannot be read") from None
        return root

    def _unreadable(self, what: str) -> DocumentUnreadable:
        return DocumentUnreadable(f"{self._path.name} {what}.", where=str(self._path))


# ------------------------------------------------------------------------------------------ the text


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read. `marks` are bookmarks: (their id, name or None at the end, offset)."""

    style: str
    pieces: list[str] = field(default_factory=list)
    marks: list[tuple[str, str | None, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def length(self) -> int:
        return sum(map(len, self.pieces))


def _prose(package: _Package, manifest: Mapping[str, object]) -> Iterator[Prose]:
    styles = _styles(package.xml("word/styles.xml"))
    fragments = _fragments(manifest)
    for part in (*_PARTS, *package.names("word/header"), *package.names("word/footer")):
        root = package.xml(part)
        kind = "paragraph" if part == _PARTS[0] else "note paragraph" if part in _PARTS else "page edge paragraph"
        if root is not None:
            yield from _of_part(root, kind, styles, fragments)


def _of_part(root: Element, kind: str, styles: Mapping[str, str], fragments: Mapping[str, str]) -> Iterator[Prose]:
    open_bookmarks: dict[str, str] = {}
    goes_on: _Paragraph | None = None
    for number, element in enumerate(_paragraphs(root), start=1):
        paragraph = goes_on or _Paragraph(_style(element, styles))
        _gather(element, paragraph)
        goes_on = paragraph if _runs_into_the_next(element) else None
        if goes_on:
            continue
        claims = _claims(paragraph, open_bookmarks, fragments)
        if paragraph.text.strip():
            yield Prose(paragraph.text, f"{kind} {number}", paragraph.style in _QUOTE_STYLES, claims=claims)


def _paragraphs(root: Element) -> Iterator[Element]:
    """Every paragraph in document order, those in tables, text boxes and content controls as well."""
    for element in root:
        if element.tag in _REMOVED:
            continue
        if element.tag == f"{_W}p":
            yield element
        yield from _paragraphs(element)


def _gather(element: Element, paragraph: _Paragraph) -> None:
    """Add what the paragraph says to `paragraph`; paragraphs inside it (text boxes) are read on their own."""
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            paragraph.pieces.append(child.text or "")
        elif tag in _AS_TEXT:
            paragraph.pieces.append(_AS_TEXT[tag])
        elif tag == f"{_W}bookmarkStart":
            paragraph.marks.append((child.get(f"{_W}id", ""), child.get(f"{_W}name", ""), paragraph.length))
        elif tag == f"{_W}bookmarkEnd":
            paragraph.marks.append((child.get(f"{_W}id", ""), None, paragraph.length))
        elif tag == f"{_W}p" or tag in _REMOVED or tag in _NOT_TEXT or _is_hidden(child):
            continue
        else:
            _gather(child, paragraph)


def _is_hidden(run: Element) -> bool:
    """Whether a run is hidden or struck out."""
    found = (run.find(f"{_W}rPr/{_W}{name}") for name in ("vanish", "specVanish", "strike", "dstrike"))
    return any(one is not None and one.get(f"{_W}val") not in ("0", "false", "off") for one in found)


def _runs_into_the_next(element: Element) -> bool:
    """Whether a tracked change removed the end of this paragraph."""
    return element.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None


def _style(element: Element, styles: Mapping[str, str]) -> str:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    identity = "" if style is None else style.get(f"{_W}val", "")
    return styles.get(identity, identity).casefold()


def _styles(root: Element | None) -> dict[str, str]:
    """Style ids and the names that people see."""
    names = {}
    for style in () if root is None else root.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            names[style.get(f"{_W}styleId", "")] = name.get(f"{_W}val", "")
    return names


def _claims(paragraph: _Paragraph, still_open: dict[str, str], fragments: Mapping[str, str]) -> tuple[Claim, ...]:
    """The parts of a paragraph inside a quote's bookmark; `still_open` carries them to the next."""
    starts = dict.fromkeys(still_open, 0)
    claims = []
    for identity, name, offset in paragraph.marks:
        if name is not None and name.startswith(_BOOKMARK):
            still_open[identity], starts[identity] = name, offset
        elif name is None and identity in still_open:
            fragment = fragments.get(still_open.pop(identity))
            claims.append(Claim(starts.pop(identity), offset, fragment))
    claims += [Claim(starts[identity], paragraph.length, fragments.get(name)) for identity, name in still_open.items()]
    return tuple(claim for claim in claims if paragraph.text[claim.start : claim.end].strip())


# -------------------------------------------------------------------------------------- the manifest


def _manifest(package: _Package) -> dict[str, object]:
    """What the file says of itself: the custom XML part, and under it the custom properties."""
    said: dict[str, object] = {}
    for text in (*_custom_properties(package), *_custom_xml(package)):
        try:
            values = value_of(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(values, dict):
            said |= values
    return said


def _custom_xml(package: _Package) -> Iterator[str]:
    for name in package.names("customXml/item"):
        root = package.xml(name)
        if root is not None and root.text and root.text.strip().startswith("{"):
            yield root.text


def _custom_properties(package: _Package) -> Iterator[str]:
    """Each property, and those with a number at the end of their name joined into one text."""
    root = package.xml("docProps/custom.xml")
    joined: dict[str, dict[int, str]] = {}
    for entry in () if root is None else root:
        name, text = entry.get("name") or "", "".join(entry.itertext())
        piece = _PROPERTY_PIECE.match(name)
        if piece:
            joined.setdefault(piece["name"], {})[int(piece["number"])] = text
        else:
            yield text if text.strip().startswith("{") else json.dumps({name: text})
    for pieces in joined.values():
        yield "".join(text for _, text in sorted(pieces.items()))


def _fragments(manifest: Mapping[str, object]) -> dict[str, str]:
    """Bookmark name -> the fragment the file says was quoted."""
    quotes = manifest.get("quotes")
    if not isinstance(quotes, dict):
        return {}
    named = {name: entry.get("fragment") if isinstance(entry, dict) else entry for name, entry in quotes.items()}
    return {name: fragment for name, fragment in named.items() if isinstance(fragment, str)}
