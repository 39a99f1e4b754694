"""Office files are zip archives of XML. This opens one that nobody has vouched for, with limits before parsing."""

from __future__ import annotations

import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.files import bytes_of

_MOST_PARTS = 5_000
_LARGEST = 300_000_000
_LARGEST_XML = 50_000_000
# Style sheets of Word reach 30, text cannot reach 200; runs of empty paragraphs reach 1,000.
_MOST_RATIO = 200
_RATIO_MATTERS_FROM = 1_000_000
# What the unpacker and the XML parser say of bytes that are not what they should be.
_DAMAGE = (
    *(ParseError, zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(RuntimeError, OSError, EOFError, LookupError, ValueError),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """Another part that a part refers to, by the last word of the relation's type; `target` is a name in the zip."""

    identity: str
    kind: str
    target: str


class Package:
    """The parts of an Office file as XML; whatever is wrong with them is a DocumentUnreadable.

    `kind` is what a person calls such a file: 'a Word file'.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(BytesIO(bytes_of(path)))
            parts = self._zip.infolist()
        except _DAMAGE:
            raise self.unreadable(f"is not {kind}, or was damaged") from None
        self._names = frozenset(self._zip.namelist())
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST:
            raise self.unreadable("is far larger inside than a report can be")

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def names(self, folder: str) -> list[str]:
        return sorted(name for name in self._names if name.startswith(folder) and name.endswith(".xml"))

    def text(self, name: str) -> str:
        """A part that is text, empty if there is none of that name."""
        return self._read(name).decode("utf-8", errors="replace") if name in self else ""

    def xml(self, name: str) -> Element | None:
        """A part, None if the file has none of that name."""
        if name not in self:
            return None
        try:
            root: Element = fromstring(self._read(name), forbid_dtd=True)
        except DefusedXmlException:
            raise self.unreadable(f"is not safe to read: {name} declares entities of its own") from None
        except _DAMAGE:
            raise self.unreadable(f"is damaged: {name} cannot be read") from None
        return root

    def relations(self, name: str) -> Iterator[Relation]:
        """What a part refers to inside the file; of the file itself if `name` is empty."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        for entry in () if root is None else root:
            target = entry.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            if entry.get("TargetMode") != "External":
                kind = entry.get("Type", "").rpartition("/")[2]
                yield Relation(entry.get("Id", ""), kind, posixpath.normpath(inside))

    def unreadable(self, what: str) -> DocumentUnreadable:
        return DocumentUnreadable(f"{self._path.name} {what}.", where=str(self._path))

    def _read(self, name: str) -> bytes:
        part = self._zip.getinfo(name)
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > _LARGEST_XML or (part.file_size > _RATIO_MATTERS_FROM and ratio > _MOST_RATIO):
            raise self.unreadable(f"is far larger inside than a report can be: {name}")
        try:
            return self._zip.read(part)
        except _DAMAGE:
            raise self.unreadable(f"is damaged: {name} cannot be read") from None


def local(tag: object) -> str:
    """The name of an element or attribute without its namespace; empty for comments."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str, default: str = "") -> str:
    """An attribute by its name without namespace, so that strict and transitional files read alike."""
    return next((value for key, value in element.attrib.items() if local(key) == name), default)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of names without namespace."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one.tag) == name), None)
    return element
