"""HTML as its reader sees it: the text of block elements; scripts and what is hidden left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.files import text_of
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.prose import Prose, quotations_of

_NOT_READ = frozenset("head script style template noscript del s title meta link svg iframe object".split())
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data dfn em font i ins kbd label mark q ruby samp small span strong sub"
    " sup time tt u var wbr img".split()
)
_QUOTE_CLASSES = frozenset({"citaat", "quote", "blockquote"})


_NO_SIZE = re.compile(r"font-size:0(?![.\d]*[1-9])")


class HtmlReader:
    suffixes = (".html", ".htm")

    def read(self, path: Path) -> ReadDocument:
        text = text_of(path)
        try:
            root = _root(text)
        except (etree.LxmlError, ValueError):
            raise DocumentUnreadable(f"{path.name} holds no HTML that can be read.", where=str(path)) from None
        prose = tuple(_Flow(root).pieces)
        meta = {m.get("name"): m.get("content") for m in root.iter("meta")}
        return ReadDocument(
            path.name,
            quotations_of(prose, meta.get("theme")),
            tuple(piece.passage for piece in prose),
            corpus_fingerprint=meta.get("corpus_fingerprint"),
            theme=meta.get("theme"),
        )


def prose_of_html(text: str, place: str) -> Iterator[Prose]:
    """The passages of a piece of HTML that stands in another document, at `place`."""
    if not text.strip():
        return
    for piece in _Flow(_root(f"<div>{text}</div>")).pieces:
        yield Prose(piece.text, place, piece.is_quote)


def _root(text: str) -> html.HtmlElement:
    return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))


class _Flow:
    """Gathers running text and ends a passage at every block element's border."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.pieces: list[Prose] = []
        self._text: list[str] = []
        self._line = 1
        self._quotes = self._blocks = 0
        self._walk(root)
        self._end()

    def _walk(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if isinstance(tag, str) and not self._is_hidden(element):
            if tag == "br":
                self._text.append(" ")
            elif tag in _INLINE:
                self._inline(element)
            else:
                self._block(element)

    def _inline(self, element: html.HtmlElement) -> None:
        marks = ("“", "”") if element.tag == "q" else ("", "")
        self._text.append(marks[0])
        self._content(element)
        self._text.append(marks[1])

    def _block(self, element: html.HtmlElement) -> None:
        quotes = element.tag == "blockquote" or bool(
            _QUOTE_CLASSES & {*(element.get("class") or "").casefold().split()}
        )
        self._end()
        self._line = element.sourceline or self._line
        self._quotes += quotes
        self._blocks += quotes
        self._content(element)
        self._end()
        self._quotes -= quotes

    def _content(self, element: html.HtmlElement) -> None:
        self._text.append(element.text or "")
        for child in element:
            self._walk(child)
            self._text.append(child.tail or "")

    def _end(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if text:
            self.pieces.append(
                Prose(text, f"line {self._line}", self._quotes > 0, self._blocks if self._quotes else None)
            )

    @staticmethod
    def _is_hidden(element: html.HtmlElement) -> bool:
        style = (element.get("style") or "").replace(" ", "").lower()
        is_note = element.tag == "sup" and element.find(".//a") is not None
        return (
            element.tag in _NOT_READ
            or element.get("hidden") is not None
            or is_note
            or "display:none" in style
            or _NO_SIZE.search(style) is not None
            or "visibility:hidden" in style
        )
