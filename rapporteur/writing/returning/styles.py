"""What a paragraph's style and numbering in a Word file say of it: its name, its level as a heading, its list mark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from rapporteur.sources.readers.xmltree import attribute, tag_of

_HEADING = re.compile(r"(?:heading|kop)\s*([1-9])")
_BULLET = "bullet"
_PRIVATE_USE = re.compile(r"[\ue000-\uf8ff]")
_DEEPEST = 20  # styles that are based on one another


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str
    level: int
    numbering: str


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a file by their ids, and the marks of its lists by (number, level)."""

    by_id: dict[str, _Style] = field(default_factory=dict)
    marks: dict[tuple[str, str], str] = field(default_factory=dict)

    def name(self, identity: str) -> str:
        style = self.by_id.get(identity)
        return style.name if style else identity.casefold()

    def level(self, properties: Element | None) -> int:
        """The level of a paragraph as a heading, 0 for none."""
        own = _outline_level(properties)
        if own is not None:
            return own
        return next((s.level for s in self._chain(style_of(properties)) if s.level), 0)

    def mark(self, properties: Element | None) -> str:
        """What stands before a paragraph of a list; '' for any other."""
        numbering = child(properties, "numPr")
        number, level = _value(child(numbering, "numId")), _value(child(numbering, "ilvl")) or "0"
        if numbering is None:
            number = next((s.numbering for s in self._chain(style_of(properties)) if s.numbering), "")
        return self.marks.get((number, level), "")

    def _chain(self, identity: str) -> list[_Style]:
        found: list[_Style] = []
        while (style := self.by_id.get(identity)) and len(found) < _DEEPEST:
            found.append(style)
            identity = style.parent
        return found


def styles_of(styles: Element | None, numbering: Element | None) -> Styles:
    """Out of the file's styles.xml and numbering.xml."""
    by_id = {}
    for element in () if styles is None else styles:
        if tag_of(element) == "style":
            name = _value(child(element, "name")).casefold()
            properties = child(element, "pPr")
            heading = _HEADING.fullmatch(name)
            by_id[attribute(element, "styleId")] = _Style(
                name,
                _value(child(element, "basedOn")),
                int(heading[1]) if heading else _outline_level(properties) or 0,
                _value(child(properties, "numPr", "numId")),
            )
    return Styles(by_id, {} if numbering is None else _marks(numbering))


def style_of(properties: Element | None) -> str:
    return _value(child(properties, "pStyle"))


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of names without namespace."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if tag_of(one) == name), None)
    return element


def _marks(numbering: Element) -> dict[tuple[str, str], str]:
    definitions: dict[str, dict[str, str]] = {}
    for element in numbering:
        if tag_of(element) == "abstractNum":
            levels = [level for level in element if tag_of(level) == "lvl"]
            definitions[attribute(element, "abstractNumId")] = {
                attribute(level, "ilvl") or "0": _mark(level) for level in levels
            }
    marks: dict[tuple[str, str], str] = {}
    for element in numbering:
        if tag_of(element) == "num":
            defined = definitions.get(_value(child(element, "abstractNumId")), {})
            marks |= {(attribute(element, "numId"), level): mark for level, mark in defined.items()}
    return marks


def _mark(level: Element) -> str:
    """A bullet as it is, a symbol of a picture font as •, any number as '1.'; LibreOffice's 'none' is no mark."""
    form, text = _value(child(level, "numFmt")), _value(child(level, "lvlText"))
    if form == "none":
        return ""
    return (_PRIVATE_USE.sub("•", text).strip() or "•") if form == _BULLET else "1."


def _outline_level(properties: Element | None) -> int | None:
    text = _value(child(properties, "outlineLvl"))
    return (int(text) + 1) % 10 if text.isascii() and text.isdigit() and len(text) == 1 else None


def _value(element: Element | None) -> str:
    return "" if element is None else attribute(element, "val")
