"""OpenDocument texts as they would read once every tracked change was accepted, printed on paper.

Quotations show as in Word: by marks, by the style Citaat or one based on it, by a bookmark `rq_…`. In OpenDocument
what was deleted stands apart, in `text:tracked-changes`, and what is shown is the text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.manifest import Manifest, joined, manifest_of
from rapporteur.proof.documents.package import Package, attribute, child, local
from rapporteur.proof.documents.properties import of_open_document
from rapporteur.proof.documents.prose import Claim, Prose, read_prose, under_headings
from rapporteur.proof.documents.unread import Unread, finding
from rapporteur.types import Finding

_BOOKMARK = "rq_"
_QUOTE_STYLES = frozenset({"citaat", "uitgelicht citaat", "quote", "intense quote", "quotations", "duidelijk citaat"})
_MARGINS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")
_NOTES = {"footnote": "footnote", "endnote": "endnote"}
_NOT_TEXT = frozenset({"tracked-changes", "forms", "note", "annotation", "annotation-end", "title", "desc", "rt"})
_HIDDEN_FIELDS = frozenset({"hidden-text"})
_SPACES = re.compile(r"[ \t\r\n]+")
_ENCODED = re.compile(r"_([0-9a-f]{2,4})_")
_MOST_SPACES = 100
_SMALLEST = 2.5  # points
_ALMOST_WHITE = 0xF4


class OdtReader:
    suffixes = (".odt",)

    def read(self, path: Path) -> ReadDocument:
        package = Package(path, "an OpenDocument text")
        content = package.xml("content.xml")
        text = child(content, "body", "text")
        if content is None or text is None:
            raise package.unreadable("is not an OpenDocument text: it holds no text")
        around = package.xml("styles.xml")
        manifest = manifest_of(joined(_properties(package)))
        walk = _Walk(_Styles.of([root for root in (around, content) if root is not None]), manifest)
        try:
            prose = tuple(under_headings(walk.prose(text, around)))
        except RecursionError:
            raise DocumentUnreadable(f"{path.name} is nested too deeply to be a report.", where=str(path)) from None
        return read_prose(
            path.name,
            prose,
            theme=manifest.theme,
            corpus_fingerprint=manifest.corpus_fingerprint,
            findings=(*_tracked(text), *walk.unread.findings()),
            properties=of_open_document(package),
        )


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    root = package.xml("meta.xml")
    for entry in () if root is None else root.iter():
        if local(entry.tag) == "user-defined":
            yield attribute(entry, "name"), "".join(entry.itertext())


def _tracked(text: Element) -> Iterator[Finding]:
    changes = child(text, "tracked-changes")
    kinds = [local(kind.tag) for region in (() if changes is None else changes) for kind in region]
    if kinds:
        counts = f"{kinds.count('insertion')} inserted, {kinds.count('deletion')} deleted"
        why = f"The document has tracked changes ({counts}): it was read as it would be with all of them accepted."
        yield finding("tracked-changes", "info", why, suggestion="Accept or reject them, then check again.")


# --------------------------------------------------------------------------------------- the styles


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str
    properties: Mapping[str, str]


@dataclass(slots=True)
class _Styles:
    """Styles by family and name; what one does not say, its parent does."""

    _by_key: dict[tuple[str, str], _Style] = field(default_factory=dict)

    @classmethod
    def of(cls, roots: list[Element]) -> _Styles:
        styles = cls()
        for element in (element for root in roots for element in root.iter() if local(element.tag) == "style"):
            name = attribute(element, "name")
            shown = attribute(element, "display-name") or _ENCODED.sub(lambda m: chr(int(m[1], 16)), name)
            said = {local(k): v for one in element for k, v in one.attrib.items() if "properties" in local(one.tag)}
            key = (attribute(element, "family"), name)
            styles._by_key[key] = _Style(shown.casefold(), attribute(element, "parent-style-name"), said)
        return styles

    def is_quote(self, paragraph: Element) -> bool:
        return any(style.name in _QUOTE_STYLES for style in self._line("paragraph", attribute(paragraph, "style-name")))

    def is_title(self, paragraph: Element) -> bool:
        return any(style.name == "title" for style in self._line("paragraph", attribute(paragraph, "style-name")))

    def unseen(self, family: str, name: str) -> str | None:
        """Why nobody sees the words in a style; None if it says nothing of it."""
        if self._says(family, name, "display") == "none":
            return "hidden"
        if self._says(family, name, "text-line-through-style") not in (None, "none"):
            return "struck out"
        size = re.fullmatch(r"([\d.]{1,6})pt", self._says(family, name, "font-size") or "")
        if size and float(size[1].rstrip(".") or 9) < _SMALLEST:
            return "too small to see"
        if _is_white(self._says(family, name, "color")) and not self.is_coloured(family, name):
            return "white on white"
        return None

    def is_coloured(self, family: str, name: str) -> bool:
        ground = self._says(family, name, "background-color")
        return ground not in (None, "transparent") and not _is_white(ground)

    def has_colour(self, name: str) -> bool:
        return self._says("text", name, "color") is not None

    def shows_again(self, name: str) -> bool:
        return self._says("text", name, "display") == "true"

    def _says(self, family: str, name: str, key: str) -> str | None:
        return next((s.properties[key] for s in self._line(family, name) if key in s.properties), None)

    def _line(self, family: str, name: str) -> Iterator[_Style]:
        seen: set[str] = set()
        while name not in seen and (style := self._by_key.get((family, name))):
            seen.add(name)
            yield style
            name = style.parent


def _is_white(colour: str | None) -> bool:
    if not colour or not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return False
    return all(int(colour[at : at + 2], 16) >= _ALMOST_WHITE for at in (1, 3, 5))


# ------------------------------------------------------------------------------------------ the text


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read. `marks` are bookmarks: (their name, whether it starts, offset)."""

    place: str
    on_colour: bool
    pieces: list[str] = field(default_factory=list)
    marks: list[tuple[str, bool, int]] = field(default_factory=list)
    aside: list[Element] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


@dataclass(slots=True)
class _Walk:
    """The walk through a text: paragraphs first, then what stands at the edges of its pages."""

    styles: _Styles
    manifest: Manifest
    unread: Unread = field(default_factory=Unread)
    _number: int = 0
    _notes: int = 0
    _open_bookmarks: dict[str, None] = field(default_factory=dict)

    def prose(self, text: Element, around: Element | None) -> Iterator[Prose]:
        yield from self._blocks(text, "paragraph", on_colour=False)
        self._number = 0
        for margin in () if around is None else around.iter():
            if local(margin.tag) in _MARGINS:
                yield from self._blocks(
                    margin, f"page {local(margin.tag).partition('-')[0]} paragraph", on_colour=False
                )

    def _blocks(self, parent: Iterable[Element], kind: str, *, on_colour: bool) -> Iterator[Prose]:
        for element in parent:
            tag = local(element.tag)
            if tag in ("p", "h"):
                yield from self._paragraph(element, kind, on_colour=on_colour)
            elif tag == "annotation":
                self._set_aside("in a comment", element, f"{kind} {self._number}")
            elif tag == "section" and attribute(element, "display") in ("none", "condition"):
                self._set_aside("hidden", element, f"{kind} {self._number + 1}")
            elif tag == "note":
                yield from self._note(element)
            elif tag in ("title", "desc"):
                described = " ".join((element.text or "").split())
                if described:
                    yield Prose(described, f"{kind} {self._number}, description of a picture")
            elif tag not in _NOT_TEXT:
                yield from self._blocks(element, kind, on_colour=on_colour or tag in ("table", "text-box"))

    def _note(self, element: Element) -> Iterator[Prose]:
        """A note in the running text: it stands at the foot of the page, so after its paragraph."""
        self._notes += 1
        kind = _NOTES.get(attribute(element, "note-class"), "footnote")
        body = child(element, "note-body")
        number, self._number = self._number, 0
        if body is not None:
            yield from self._blocks(body, f"{kind} {self._notes}, paragraph", on_colour=False)
        self._number = number

    def _paragraph(self, element: Element, kind: str, *, on_colour: bool) -> Iterator[Prose]:
        self._number += 1
        style = attribute(element, "style-name")
        ground = on_colour or self.styles.is_coloured("paragraph", style)
        paragraph = _Paragraph(f"{kind} {self._number}", ground)
        self._gather(element, paragraph, self.styles.unseen("paragraph", style))
        claims = self._claims(paragraph)
        if paragraph.text.strip():
            is_quote, level = self.styles.is_quote(element), self._level(element)
            yield Prose(paragraph.text, paragraph.place, is_quote, claims=claims, level=level)
        for aside in paragraph.aside:  # notes, and frames with text in them
            yield from self._blocks([aside], kind, on_colour=ground)

    def _level(self, element: Element) -> int | None:
        if local(element.tag) == "h":
            level = attribute(element, "outline-level")
            return int(level) if level.isdecimal() and len(level) == 1 else 1
        return 1 if self.styles.is_title(element) else None

    def _gather(self, element: Element, paragraph: _Paragraph, unseen: str | None) -> None:
        self._add(_SPACES.sub(" ", element.text or ""), paragraph, unseen)
        for inner in element:
            self._gather_one(inner, local(inner.tag), paragraph, unseen)
            self._add(_SPACES.sub(" ", inner.tail or ""), paragraph, unseen)

    def _gather_one(self, inner: Element, tag: str, paragraph: _Paragraph, unseen: str | None) -> None:
        if tag == "s":
            count = attribute(inner, "c")
            self._add(" " * (min(int(count[:9]), _MOST_SPACES) if count.isdecimal() else 1), paragraph, unseen)
        elif tag in ("tab", "line-break"):
            self._add("\t" if tag == "tab" else "\n", paragraph, unseen)
        elif tag in ("bookmark-start", "bookmark-end"):
            paragraph.marks.append((attribute(inner, "name"), tag == "bookmark-start", paragraph.length))
        elif tag == "annotation":
            self._set_aside("in a comment", inner, paragraph.place)
        elif tag in _HIDDEN_FIELDS or (tag == "hidden-paragraph" and attribute(inner, "is-hidden") == "true"):
            self._set_aside("hidden", inner, paragraph.place)
        elif tag in ("note", "frame", "custom-shape", "text-box", "g", "rect"):
            paragraph.aside.append(inner)
        elif tag == "ruby":
            self._gather_ruby(inner, paragraph, unseen)
        elif tag not in _NOT_TEXT:
            self._gather(inner, paragraph, self._unseen_in(inner, tag, paragraph, unseen))

    def _unseen_in(self, inner: Element, tag: str, paragraph: _Paragraph, unseen: str | None) -> str | None:
        if tag not in ("span", "a"):
            return unseen
        name = attribute(inner, "style-name")
        if unseen == "hidden" and self.styles.shows_again(name):
            return None
        own = self.styles.unseen("text", name)
        if unseen == "white on white" and (self.styles.is_coloured("text", name) or self.styles.has_colour(name)):
            unseen = None
        return own or unseen

    def _gather_ruby(self, ruby: Element, paragraph: _Paragraph, unseen: str | None) -> None:
        """The words, and then in brackets what stands above them."""
        base, above = child(ruby, "ruby-base"), child(ruby, "ruby-text")
        if base is not None:
            self._gather(base, paragraph, unseen)
        if above is not None:
            self._add(f" ({''.join(above.itertext())})", paragraph, unseen)

    def _add(self, text: str, paragraph: _Paragraph, unseen: str | None) -> None:
        if unseen == "white on white" and paragraph.on_colour:
            unseen = None
        if unseen:
            self.unread.add(unseen, text, paragraph.place)
        else:
            paragraph.add(text)

    def _set_aside(self, how: str, element: Element, place: str) -> None:
        self.unread.add(how, " ".join([attribute(element, "string-value"), *element.itertext()]), place)

    def _claims(self, paragraph: _Paragraph) -> tuple[Claim, ...]:
        """The parts of a paragraph inside a quote's bookmark; those still open go on in the next."""
        starts = dict.fromkeys(self._open_bookmarks, 0)
        claims = []
        for name, opens, offset in paragraph.marks:
            if opens and name.startswith(_BOOKMARK):
                self._open_bookmarks[name], starts[name] = None, offset
            elif not opens and name in self._open_bookmarks:
                del self._open_bookmarks[name]
                claims.append(Claim(starts.pop(name), offset, self.manifest.fragment(name)))
        open_still = (Claim(start, paragraph.length, self.manifest.fragment(name)) for name, start in starts.items())
        return tuple(claim for claim in (*claims, *open_still) if paragraph.text[claim.start : claim.end].strip())
