"""What a file says of itself beside its text: title, author, keywords. Few look there, and all of it is passed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from xml.etree.ElementTree import Element

from rapporteur.proof.documents.package import Package, local

_OF_PEOPLE = frozenset(
    {"author", "authors", "auteur", "auteurs", "creator", "creators", "dc.creator", "dcterms.creator"}
    | {"article:author", "manager", "last modified by", "printed by"}
)
_LISTS = frozenset({"keywords", "keyword", "tags", "trefwoorden"})
# Parts of an Office file, and what a person calls the properties in them.
_WORD: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "docProps/core.xml": {
            "title": "title",
            "subject": "subject",
            "creator": "author",
            "keywords": "keywords",
            "description": "comments",
            "category": "category",
            "lastModifiedBy": "last modified by",
        },
        "docProps/app.xml": {"Manager": "manager"},
    }
)
_OPEN_DOCUMENT: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "meta.xml": {
            "title": "title",
            "subject": "subject",
            "initial-creator": "author",
            "keyword": "keywords",
            "description": "comments",
            "creator": "last modified by",
            "printed-by": "printed by",
        }
    }
)


@dataclass(frozen=True, slots=True)
class Property:
    """A property by its name, with its text."""

    name: str
    text: str

    @property
    def place(self) -> str:
        return f"document properties: {self.name}"

    @property
    def names_people(self) -> bool:
        """Whether it says who made the file, and no more."""
        return self.name.casefold() in _OF_PEOPLE

    @property
    def is_list(self) -> bool:
        """Whether it holds words with commas between them."""
        return self.name.casefold() in _LISTS


def of_word(package: Package) -> tuple[Property, ...]:
    return tuple(_of(package, _WORD))


def of_open_document(package: Package) -> tuple[Property, ...]:
    return tuple(_of(package, _OPEN_DOCUMENT))


def _of(package: Package, parts: Mapping[str, Mapping[str, str]]) -> Iterator[Property]:
    for part, names in parts.items():
        root = package.xml(part)
        for entry in () if root is None else root.iter():
            name, text = names.get(local(entry.tag)), _text(entry)
            if name and text:
                yield Property(name, text)


def _text(entry: Element) -> str:
    return "".join(entry.itertext()).strip()


def in_values(values: Mapping[object, object]) -> tuple[Property, ...]:
    """The texts of a front matter under the names that stand there, those inside lists and tables among them."""
    return tuple(_in_value("", values, set()))


def _in_value(name: str, value: object, seen: set[int]) -> Iterator[Property]:
    """`seen` are the lists and tables that were read: in YAML one may stand in itself."""
    if isinstance(value, str):
        if value.strip():
            yield Property(name, value.strip())
    elif isinstance(value, dict | list) and id(value) not in seen:
        seen.add(id(value))
        entries = value.items() if isinstance(value, dict) else ((None, one) for one in value)
        for key, inner in entries:
            yield from _in_value(name if key is None else str(key), inner, seen)
