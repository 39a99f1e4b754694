"""Step 5: a Word file to its paragraphs, as it reads with every tracked change accepted.

Text boxes and notes come behind the paragraph that they hang on. What no reader sees (hidden or struck out) and what
is no text (pictures) is listed. In: a file nobody has vouched for. Out: a ReturnedFile.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from rapporteur.errors import DocumentUnreadable, RecordRefused
from rapporteur.files import refuse_macros
from rapporteur.sources.readers.package import Package, reading
from rapporteur.sources.readers.xmltree import attribute, tag_of
from rapporteur.types import Comment
from rapporteur.writing.returning.interface import Loose, Passage, Pending, ReturnedFile
from rapporteur.writing.returning.manifest import manifest_of
from rapporteur.writing.returning.styles import Styles, child, style_of, styles_of

_BOOKMARK = "rq_"
_LARGEST = 100_000_000
_DELETED, _INSERTED = frozenset({"del", "moveFrom"}), frozenset({"ins", "moveTo"})
_NOT_TEXT = frozenset(
    {"pPr", "rPr", "instrText", "delText", "delInstrText", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr"}
)
_AS_TEXT = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "‑", "softHyphen": "\u00ad"}
_BREAKS_OF_A_PAGE = ("page", "column")
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_PICTURES = frozenset({"drawing", "pict", "object"})
_CONTENTS = re.compile(r"(?:toc|contents|inhopg|inhoudsopgave)\s*(?:heading|kop|\d)")
_OFF = ("0", "false", "off", "none")
_EMPHASIS = {"b": "bold", "i": "italics", "u": "underlined", "highlight": "highlighted"}
_TOPIC_TITLE = "onderwerptitel"


def read_returned(path: Path) -> ReturnedFile:
    """A Word file an editor sends back. Raises: DocumentUnreadable."""
    refuse_macros(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise DocumentUnreadable(f"{path.name} is far larger than a report can be.", where=str(path))
        data = path.read_bytes()
    except OSError as error:
        raise DocumentUnreadable(f"{path.name} cannot be read: {error.strerror}.", where=str(path)) from error
    hint = "Give a .docx file that opens in Word, as `rapporteur export` writes it."
    try:
        with reading(data, "a Word document (.docx)", path.name) as package:
            return _File(package).read()
    except RecordRefused as error:
        raise DocumentUnreadable(f"{path.name} cannot be taken in. {error.what}", where=str(path), hint=hint) from error


class _File:
    """The parts of one file."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = self._targets("").get("officeDocument", "word/document.xml")
        self._beside = self._targets(self._main)

    def read(self) -> ReturnedFile:
        notes = {kind: self._notes(f"{kind}s") for kind in _NOTES.values()}
        walk = _Walk(styles_of(self._part("styles"), self._part("numbering")), notes)
        body = child(self._package.xml(self._main), "body")
        if body is not None:
            walk.read(body)
        return ReturnedFile(
            manifest_of(self._package),
            self._author(),
            tuple(walk.passages),
            self._comments(),
            tuple(Pending(a, walk.inserted[a], walk.deleted[a]) for a in sorted({*walk.inserted, *walk.deleted})),
            tuple(walk.all_loose()),
        )

    def _part(self, kind: str) -> Element | None:
        name = self._beside.get(kind, "")
        return self._package.xml(name) if name in self._package else None

    def _targets(self, part: str) -> dict[str, str]:
        """The other parts that a part refers to, by the last word of the relation's type."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, str] = {}
        for entry in self._package.xml(name) if name in self._package else ():
            target = entry.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            if entry.get("TargetMode") != "External":
                found.setdefault(entry.get("Type", "").rpartition("/")[2], posixpath.normpath(inside))
        return found

    def _notes(self, kind: str) -> dict[str, Element]:
        root = self._part(kind)
        return {} if root is None else {attribute(n, "id"): n for n in root if not attribute(n, "type")}

    def _comments(self) -> dict[str, Comment]:
        root = self._part("comments")
        return {
            attribute(comment, "id"): Comment(
                "", attribute(comment, "author"), attribute(comment, "date"), _text_of(comment)
            )
            for comment in (() if root is None else root)
        }

    def _author(self) -> str:
        core = "docProps/core.xml"
        root = self._package.xml(core) if core in self._package else None
        last = child(root, "lastModifiedBy")
        return "" if last is None else (last.text or "").strip()


def _text_of(comment: Element) -> str:
    """The text of a comment, a line for each of its paragraphs."""
    paragraphs = ("".join(t.text or "" for t in p.iter() if tag_of(t) == "t") for p in comment if tag_of(p) == "p")
    return "\n".join(paragraphs).strip()


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read."""

    pieces: list[str] = field(default_factory=list)
    lead: int = 0
    bookmarks: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    after: list[tuple[str, Element]] = field(default_factory=list)
    emphasis: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def length(self) -> int:
        return sum(map(len, self.pieces))


class _Walk:
    """The walk through the running text."""

    def __init__(self, styles: Styles, notes: dict[str, dict[str, Element]]) -> None:
        self.passages: list[Passage] = []
        self.inserted: Counter[str] = Counter()
        self.deleted: Counter[str] = Counter()
        self._loose: list[Loose] = []
        self._emphasised: list[Loose] = []
        self._styles = styles
        self._notes = notes
        self._goes_on: _Paragraph | None = None
        self._before: list[Element] = []  # bookmarks and comments that begin between two paragraphs

    def read(self, parent: Element, aside: str = "") -> None:
        """Everything in a body, a text box, a note or a content control."""
        for element in parent:
            tag = tag_of(element)
            if tag == "p":
                self._read_paragraph(element, aside)
            elif tag == "tbl":
                self._read_table(element)
            elif tag in ("bookmarkStart", "commentRangeStart"):
                self._before.append(element)
            elif tag in _DELETED:
                self._note(element)
            elif tag in ("altChunk", "subDoc"):
                self._tell("another document is embedded here; it was not read: save the file in Word first")
            elif tag == "AlternateContent":
                self.read(_alternative(element), aside)
            elif tag not in _NOT_TEXT:
                if tag in _INSERTED:
                    self._note(element)
                self.read(element, aside)

    def all_loose(self) -> Iterator[Loose]:
        yield from self._loose
        if self._emphasised:
            first = self._emphasised[0]
            more = f" (and {len(self._emphasised) - 1} more)" if self._emphasised[1:] else ""
            yield Loose(f"{first.what}: the words are kept, the formatting is not{more}", first.text, first.place)

    # ------------------------------------------------------------------------------------ paragraphs

    def _read_paragraph(self, element: Element, aside: str) -> None:
        paragraph = self._goes_on or _Paragraph()
        properties = child(element, "pPr")
        for anchor in self._before:
            self._is_anchor(anchor, tag_of(anchor), paragraph)
        self._before = []
        self._gather(element, paragraph)
        self._goes_on = paragraph if _end_is_removed(properties) else None
        if not self._goes_on:
            self._add(paragraph, properties, aside)

    def _add(self, paragraph: _Paragraph, properties: Element | None, aside: str) -> None:
        text = paragraph.text
        style = self._styles.name(style_of(properties))
        if text.strip() and _CONTENTS.match(style):
            self._tell("a line of a table of contents; Word makes these anew", text)
        elif text.strip():
            self.passages.append(
                Passage(
                    number=len(self.passages) + 1,
                    text=text.strip(),
                    style=style,
                    level=self._styles.level(properties),
                    mark=self._styles.mark(properties),
                    lead=max(0, paragraph.lead - (len(text) - len(text.lstrip()))),
                    bookmarks=tuple(paragraph.bookmarks),
                    comments=tuple(paragraph.comments),
                    aside=aside,
                )
            )
            self._tell_emphasis(paragraph)
        elif paragraph.comments and self.passages:  # beside an empty line: it goes to the paragraph before
            self._comment_before(paragraph.comments)
        for kind, inside in paragraph.after:
            self.read(inside, kind)

    def _tell_emphasis(self, paragraph: _Paragraph) -> None:
        if paragraph.emphasis:
            last = self.passages[-1]
            self._emphasised.append(Loose(", ".join(sorted(paragraph.emphasis)), last.text, last.place))

    def _comment_before(self, comments: list[str]) -> None:
        last = self.passages[-1]
        self.passages[-1] = replace(last, comments=(*last.comments, *comments))

    def _gather(self, element: Element, paragraph: _Paragraph) -> None:
        for inner in element:
            tag = tag_of(inner)
            if tag == "t":
                paragraph.pieces.append(inner.text or "")
            elif tag == "br":
                paragraph.pieces.append("" if attribute(inner, "type") in _BREAKS_OF_A_PAGE else "\n")
            elif tag in _AS_TEXT:
                paragraph.pieces.append(_AS_TEXT[tag])
            elif tag == "sym":
                paragraph.pieces.append(_symbol(inner))
            elif tag == "r":
                self._gather_run(inner, paragraph)
            elif tag in _DELETED:
                self._note(inner)
            elif tag == "AlternateContent":
                self._gather(_alternative(inner), paragraph)
            elif tag in _PICTURES:
                self._gather_picture(inner, paragraph)
            elif tag not in _NOT_TEXT and not self._is_anchor(inner, tag, paragraph):
                if tag in _INSERTED:
                    self._note(inner)
                self._gather(inner, paragraph)

    def _is_anchor(self, element: Element, tag: str, paragraph: _Paragraph) -> bool:
        """Whether it marks a place and has no text: a bookmark, a comment, a note; then that is kept."""
        identity = attribute(element, "id")
        if tag == "bookmarkStart":
            name = attribute(element, "name")
            if name.startswith(_BOOKMARK):
                paragraph.bookmarks.append(name)
        elif tag in ("commentRangeStart", "commentReference"):
            if identity not in paragraph.comments:
                paragraph.comments.append(identity)
        elif tag in _NOTES:
            note = self._notes[_NOTES[tag]].get(identity)
            if note is not None:
                paragraph.after.append((_NOTES[tag], note))
        else:
            return False
        return True

    def _gather_run(self, run: Element, paragraph: _Paragraph) -> None:
        properties = child(run, "rPr")
        unseen = next((why for tag, why in _UNSEEN.items() if _is_on(properties, tag)), "")
        if unseen:
            words = _Paragraph()
            self._gather(run, words)
            paragraph.comments += [c for c in words.comments if c not in paragraph.comments]
            if words.text.strip():
                self._tell(f"{unseen} words; they are left out", words.text.strip())
            return
        start = paragraph.length
        self._gather(run, paragraph)
        if paragraph.length == start:
            return
        style = self._styles.name(_value(child(properties, "rStyle")))
        emphasis = {name for tag, name in _EMPHASIS.items() if _is_on(properties, tag)}
        if start == paragraph.lead and (style == _TOPIC_TITLE or "bold" in emphasis):
            paragraph.lead = paragraph.length
        elif not style.strip() and paragraph.pieces[-1].strip():
            paragraph.emphasis |= emphasis

    def _gather_picture(self, picture: Element, paragraph: _Paragraph) -> None:
        boxes = [inside for inside in picture.iter() if tag_of(inside) == "txbxContent"]
        paragraph.after += [("text box", box) for box in boxes]
        if not boxes:
            named = (attribute(inside, "descr") for inside in picture.iter() if tag_of(inside) == "docPr")
            self._tell("a picture or drawing; it is left out", next(named, ""))

    # ---------------------------------------------------------------------------------------- tables

    def _read_table(self, table: Element) -> None:
        """A table is one passage; what is in its cells is read as anywhere, and then taken together."""
        outer, self.passages = self.passages, []
        loose, emphasised = len(self._loose), len(self._emphasised)
        rows: list[tuple[str, ...]] = []
        inside: list[Passage] = []
        for row in _inside(table, "tr"):
            if child(row, "trPr", "del") is not None:
                self.deleted[attribute(child(row, "trPr", "del") or row, "author")] += 1
                continue
            cells = []
            for cell in _inside(row, "tc"):
                self.read(cell)
                cells.append("\n".join(p.text for p in self.passages))
                inside, self.passages = inside + self.passages, []
            rows.append(tuple(cells))
        self.passages = outer
        del self._emphasised[emphasised:]  # a table's own style does that, and LibreOffice writes it out
        text = "\n".join("\t".join(row) for row in rows)
        if text.strip():
            number = len(outer) + 1
            outer.append(
                Passage(
                    number,
                    text,
                    bookmarks=tuple(name for p in inside for name in p.bookmarks),
                    comments=tuple(dict.fromkeys(name for p in inside for name in p.comments)),
                    cells=tuple(rows),
                )
            )
            self._loose[loose:] = [Loose(one.what, one.text, f"paragraph {number}") for one in self._loose[loose:]]

    # ------------------------------------------------------------------------------------- what to tell

    def _tell(self, what: str, text: str = "") -> None:
        self._loose.append(Loose(what, text, f"paragraph {len(self.passages) + 1}"))

    def _note(self, change: Element) -> None:
        counted = self.deleted if tag_of(change) in _DELETED else self.inserted
        counted[attribute(change, "author")] += 1


_UNSEEN = {"vanish": "hidden", "strike": "struck out", "dstrike": "struck out"}


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls or inserted under tracking."""
    for element in parent:
        if tag_of(element) == tag:
            yield element
        elif tag_of(element) not in {*_NOT_TEXT, *_DELETED, "tr", "tc", "p"}:
            yield from _inside(element, tag)


def _alternative(element: Element) -> Element:
    """The newer form of a thing that is written twice, for newer and older programs."""
    newer = child(element, "Choice")
    older = child(element, "Fallback")
    return newer if newer is not None else older if older is not None else element


def _end_is_removed(properties: Element | None) -> bool:
    """Whether a tracked change joins the paragraph to the next."""
    return any(child(properties, "rPr", tag) is not None for tag in _DELETED)


def _is_on(properties: Element | None, tag: str) -> bool:
    element = child(properties, tag)
    return element is not None and attribute(element, "val") not in _OFF


def _value(element: Element | None) -> str:
    return "" if element is None else attribute(element, "val")


def _symbol(element: Element) -> str:
    """A letter given by its number in a font; one of a picture font becomes a bullet."""
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    return "•" if 0xE000 <= code <= 0xF8FF or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code < 32 else chr(code)
