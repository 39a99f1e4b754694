"""Word files as they would read once every tracked change was accepted, printed on paper.

Quotations show by their marks, by the paragraph style Citaat (or one based on it), or by a bookmark `rq_…` around
them, which the manifest in the file ties to a fragment. Notes, text boxes, headers, footers and descriptions of
pictures are read too; what no reader sees (`word_styles`), comments and what was struck out is passed over, and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.manifest import Manifest, joined, manifest_of
from rapporteur.proof.documents.package import Package, attribute, child, local
from rapporteur.proof.documents.properties import of_word
from rapporteur.proof.documents.prose import Claim, Prose, read_prose, under_headings
from rapporteur.proof.documents.unread import Unread, finding
from rapporteur.proof.documents.word_styles import OFF, WordStyles, is_coloured
from rapporteur.types import Finding

_MAIN = "word/document.xml"
_BOOKMARK = "rq_"
# Parts that are read beside the main one, by the type of their relation, with what a person calls a passage there.
_BESIDE = {
    "footnotes": "footnote paragraph",
    "endnotes": "endnote paragraph",
    "header": "page header paragraph",
    "footer": "page footer paragraph",
    "diagramData": "diagram paragraph",
    "chart": "chart paragraph",
}
_DELETED, _INSERTED = frozenset({"del", "moveFrom"}), frozenset({"ins", "moveTo"})
_NOT_TEXT = frozenset(
    {"pPr", "rPr", "instrText", "delText", "delInstrText", "sdtPr", "tblPr", "trPr", "tcPr", "sectPr"}
)
_CHUNKS = frozenset({"altChunk", "subDoc"})
_AS_TEXT = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑", "softHyphen": "\u00ad"}
# Extensions of the format that Word 2010 and later know; of others it shows the fallback.
_KNOWN_TO_WORD = re.compile(r"(?:wp\w*|w1\w+|wne|a1\d|v|c1\d|cx\d?|m|o|p1\d|r|x1\w+|aink|am3d|iact)")
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_NO_LETTER = "\ufffd"


class DocxReader:
    suffixes = (".docx",)

    def read(self, path: Path) -> ReadDocument:
        package = Package(path, "a Word file")
        main = next((r.target for r in package.relations("") if r.kind == "officeDocument"), _MAIN)
        if main not in package:
            raise package.unreadable("is not a Word file: it holds no document")
        manifest = manifest_of((*joined(_custom_properties(package)), *_custom_xml(package)))
        reading = _Reading(package, manifest)
        try:
            prose = tuple(under_headings(reading.prose(main)))
        except RecursionError:
            raise DocumentUnreadable(f"{path.name} is nested too deeply to be a report.", where=str(path)) from None
        return read_prose(
            path.name,
            prose,
            theme=manifest.theme,
            corpus_fingerprint=manifest.corpus_fingerprint,
            findings=reading.findings(),
            properties=of_word(package),
        )


def _custom_xml(package: Package) -> Iterator[str]:
    for name in package.names("customXml/item"):
        root = package.xml(name)
        if root is not None and root.text and root.text.strip().startswith("{"):
            yield root.text


def _custom_properties(package: Package) -> Iterator[tuple[str, str]]:
    root = package.xml("docProps/custom.xml")
    for entry in () if root is None else root:
        yield entry.get("name") or "", "".join(entry.itertext())


# ------------------------------------------------------------------------------------- the document


@dataclass(slots=True)
class _Tracked:
    """Tracked changes that were read as accepted."""

    insertions: int = 0
    deletions: int = 0
    first: str = ""

    def findings(self) -> Iterator[Finding]:
        if self.insertions or self.deletions:
            why = (
                f"The document has tracked changes ({self.insertions} inserted, {self.deletions} deleted): it was read "
                "as it would be with all of them accepted."
            )
            yield finding(
                "tracked-changes", "info", why, self.first, suggestion="Accept or reject them, then check again."
            )


class _Reading:
    """The reading of one file: its passages, and what a person must know of it."""

    def __init__(self, package: Package, manifest: Manifest) -> None:
        self._package = package
        self.manifest = manifest
        self.styles = WordStyles()
        self.unread = Unread()
        self.tracked = _Tracked()
        self._chunks: list[str] = []

    def prose(self, main: str) -> Iterator[Prose]:
        relations = list(self._package.relations(main))
        targets = {r.kind: r.target for r in relations}
        self.styles = WordStyles.of(self._package.xml(targets.get("styles", "word/styles.xml")))
        root = self._package.xml(main)
        if root is not None:
            yield from _Part(self, "paragraph").prose(root)
        for relation in sorted(relations, key=lambda r: [*_BESIDE].index(r.kind) if r.kind in _BESIDE else 0):
            beside = self._package.xml(relation.target) if relation.kind in _BESIDE else None
            if beside is not None:
                yield from _Part(self, _BESIDE[relation.kind]).prose(beside)
            elif relation.kind == "comments":
                self._set_aside_comments(relation.target)

    def chunk(self, place: str) -> None:
        self._chunks.append(place)

    def findings(self) -> Iterator[Finding]:
        for place in self._chunks:
            why = "Another document is embedded here. Word shows it as part of this one, and it was not read."
            suggestion = "Open and save the document in Word, so that the words become part of it, and check again."
            yield finding("not-read", "error", why, place, suggestion=suggestion)
        yield from self.tracked.findings()
        yield from self.unread.findings()

    def _set_aside_comments(self, part: str) -> None:
        root = self._package.xml(part)
        for comment in () if root is None else root:
            text = " ".join(e.text or "" for e in comment.iter() if local(e.tag) == "t")
            self.unread.add("in a comment", text, "the comments")


# ------------------------------------------------------------------------------------------ a part


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read. `marks` are bookmarks: (their id, name or None at the end, offset).

    `pictures` are what its pictures are said to show, as is read aloud to who cannot see them.
    """

    properties: Element | None
    place: str
    on_colour: bool
    pieces: list[str] = field(default_factory=list)
    marks: list[tuple[str, str | None, int]] = field(default_factory=list)
    emphasised: list[tuple[int, int]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def emphasise(self, start: int) -> None:
        """The text from `start` on is emphasised; runs next to each other are one stretch."""
        if self.emphasised and self.emphasised[-1][1] == start:
            start = self.emphasised.pop()[0]
        self.emphasised.append((start, self.length))


class _Part:
    """The walk through one part."""

    def __init__(self, reading: _Reading, kind: str) -> None:
        self._reading = reading
        self._kind = kind
        self._number = 0
        self._open_bookmarks: dict[str, str] = {}

    def prose(self, root: Element) -> Iterator[Prose]:
        goes_on: _Paragraph | None = None
        for element, on_colour in self._paragraphs(root, on_colour=False):
            self._number += 1
            place = f"{self._kind} {self._number}"
            paragraph = goes_on or _Paragraph(child(element, "pPr"), place, on_colour)
            paragraph.place = place
            self._gather(element, paragraph)
            goes_on = paragraph if _runs_into_the_next(element) else None
            if not goes_on:
                yield from self._ended(paragraph)
        if goes_on:
            yield from self._ended(goes_on)

    def _ended(self, paragraph: _Paragraph) -> Iterator[Prose]:
        claims = self._claims(paragraph)
        if paragraph.text.strip():
            styles = self._reading.styles
            is_quote, level = styles.is_quote(paragraph.properties), styles.level(paragraph.properties)
            emphasised = tuple(paragraph.emphasised)
            yield Prose(paragraph.text, paragraph.place, is_quote, claims=claims, level=level, emphasised=emphasised)
        for description in paragraph.pictures:
            yield Prose(description, f"{paragraph.place}, description of a picture")

    def _paragraphs(self, root: Element, *, on_colour: bool) -> Iterator[tuple[Element, bool]]:
        """Every paragraph in document order, those in tables, text boxes and content controls as well."""
        for element in root:
            tag = local(element.tag)
            if tag in _DELETED or (tag == "tr" and self._is_gone(element)):
                continue
            if tag == "AlternateContent":
                shown = _alternative(element)
                if shown is not None:
                    yield from self._paragraphs(shown, on_colour=True)
                continue
            if tag in _CHUNKS:
                self._reading.chunk(f"after {self._kind} {self._number}" if self._number else "the start")
                continue
            ground = on_colour or tag == "txbxContent" or is_coloured(child(element, "tcPr") if tag == "tc" else None)
            if tag == "p":
                yield element, ground
            yield from self._paragraphs(element, on_colour=ground or tag == "tbl")

    def _is_gone(self, row: Element) -> bool:
        """Whether a row of a table was deleted or hidden; then that is noted."""
        place = f"{self._kind} {self._number + 1}"
        deleted, hidden = child(row, "trPr", "del"), child(row, "trPr", "hidden")
        if deleted is not None:
            self._note(deletion=row, place=place)
        elif hidden is not None and attribute(hidden, "val") not in OFF:
            self._reading.unread.add("hidden", " ".join(row.itertext()), place)
            return True
        return deleted is not None

    def _gather(self, element: Element, paragraph: _Paragraph) -> None:
        """Add what the paragraph says to `paragraph`; paragraphs inside it (text boxes) are read on their own."""
        for inner in element:
            tag = local(inner.tag)
            if tag == "t":
                paragraph.add(inner.text or "")
            elif tag in _AS_TEXT:
                paragraph.add(_AS_TEXT[tag])
            elif tag == "sym":
                paragraph.add(_symbol(inner))
            elif tag == "bookmarkStart":
                paragraph.marks.append((attribute(inner, "id"), attribute(inner, "name"), paragraph.length))
            elif tag == "bookmarkEnd":
                paragraph.marks.append((attribute(inner, "id"), None, paragraph.length))
            elif tag == "AlternateContent":
                shown = _alternative(inner)
                if shown is not None:
                    self._gather(shown, paragraph)
            elif tag == "ruby":
                self._gather_ruby(inner, paragraph)
            elif tag == "docPr":
                paragraph.pictures += filter(str.strip, (attribute(inner, "title"), attribute(inner, "descr")))
            elif tag in _DELETED:
                self._note(deletion=inner, place=paragraph.place)
            elif tag == "p" or tag in _NOT_TEXT:
                continue
            elif tag == "r":
                self._gather_run(inner, paragraph)
            else:
                if tag in _INSERTED:
                    self._note(insertion=inner, place=paragraph.place)
                self._gather(inner, paragraph)

    def _gather_run(self, run: Element, paragraph: _Paragraph) -> None:
        unseen = self._reading.styles.unseen(run, paragraph.properties, on_colour=paragraph.on_colour)
        if not unseen:
            start = paragraph.length
            self._gather(run, paragraph)
            if self._reading.styles.is_emphasised(run, paragraph.properties):
                paragraph.emphasise(start)
            return
        words = _Paragraph(paragraph.properties, paragraph.place, paragraph.on_colour)
        self._gather(run, words)
        self._reading.unread.add(unseen, words.text, paragraph.place)

    def _gather_ruby(self, ruby: Element, paragraph: _Paragraph) -> None:
        """The words, and then in brackets what stands above them."""
        base, above = child(ruby, "rubyBase"), child(ruby, "rt")
        if base is not None:
            self._gather(base, paragraph)
        if above is not None:
            paragraph.add(" (")
            self._gather(above, paragraph)
            paragraph.add(")")

    def _note(self, *, insertion: Element | None = None, deletion: Element | None = None, place: str) -> None:
        tracked = self._reading.tracked
        tracked.insertions += insertion is not None
        tracked.deletions += deletion is not None
        tracked.first = tracked.first or place

    def _claims(self, paragraph: _Paragraph) -> tuple[Claim, ...]:
        """The parts of a paragraph inside a quote's bookmark; those still open go on in the next."""
        still_open, fragment = self._open_bookmarks, self._reading.manifest.fragment
        starts = dict.fromkeys(still_open, 0)
        claims = []
        for identity, name, offset in paragraph.marks:
            if name is not None and name.startswith(_BOOKMARK):
                still_open[identity], starts[identity] = name, offset
            elif name is None and identity in still_open:
                claims.append(Claim(starts.pop(identity), offset, fragment(still_open.pop(identity))))
        claims += [Claim(starts[identity], paragraph.length, fragment(name)) for identity, name in still_open.items()]
        return tuple(claim for claim in claims if paragraph.text[claim.start : claim.end].strip())


def _alternative(element: Element) -> Element | None:
    """The form of a thing that Word shows: the first that needs nothing unknown, else the fallback."""
    for form in element:
        needed = attribute(form, "Requires").split()
        if local(form.tag) == "Choice" and all(map(_KNOWN_TO_WORD.fullmatch, needed)):
            return form
    return child(element, "Fallback")


def _runs_into_the_next(element: Element) -> bool:
    """Whether the end of this paragraph is not there: a tracked change removed it, or it is hidden."""
    properties = child(element, "pPr", "rPr")
    return any(
        mark is not None and attribute(mark, "val") not in OFF
        for mark in (child(properties, name) for name in ("del", "moveFrom", "vanish", "specVanish"))
    )


def _symbol(element: Element) -> str:
    """A letter given by its number in a font; a picture of a picture font stands for no letter."""
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return _NO_LETTER
    font = attribute(element, "font").casefold()
    if not 0xF000 <= code <= 0xF0FF:
        return chr(code) if code < 0xD800 else _NO_LETTER
    letter = chr(code - 0xF000)
    if font == "symbol" and letter.isascii() and letter.isalpha():
        greek = _GREEK[ord(letter.upper()) - ord("A")]
        return greek if letter.isupper() else greek.lower()
    return letter if font == "symbol" or not font.startswith(("wing", "web")) else _NO_LETTER
