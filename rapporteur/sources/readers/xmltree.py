"""Elements of Office XML by their bare names, so that dialects with other namespaces read alike."""

from __future__ import annotations

from xml.etree.ElementTree import Element

_MOST_DIGITS = 10


def tag_of(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def child_of(element: Element, tag: str) -> Element | None:
    return next((child for child in element if tag_of(child) == tag), None)


def attribute(element: Element, name: str) -> str:
    """The value of the first attribute of that name, '' where there is none."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def count_in(value: str) -> int | None:
    """The number that an attribute holds; None for none, and for one of more digits than anything in a document has."""
    return int(value) if value.isdecimal() and len(value) < _MOST_DIGITS else None
