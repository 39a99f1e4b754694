"""What Word's styles say: what is a quotation or a heading, and what no reader of the page can see.

In: styles.xml. A style says what it says and what those it is based on say. `vanish` and `strike` are switches:
set by a paragraph style and by a character style, they cancel out; set on the words themselves, that counts.
`webHidden` hides nothing on a page, so it is not looked at.
Source: ECMA-376 part 1, 17.3.2.41 (vanish), 17.3.2.44 (webHidden), 17.7.3 (toggle properties).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from rapporteur.proof.documents.package import attribute, child, local

# Word's built-in style is called Quote in the file whatever the language; LibreOffice writes Quotations.
_QUOTE_STYLES = frozenset({"citaat", "uitgelicht citaat", "quote", "intense quote", "quotations", "duidelijk citaat"})
_HEADING = re.compile(r"(?:heading|kop)\s?(?P<level>[1-9])")
_HIDE, _STRIKE = ("vanish", "specVanish"), ("strike", "dstrike")
OFF = frozenset({"0", "false", "off", "none"})
_SMALLEST = 5  # half points: letters that nobody can read
_ALMOST_WHITE = 0xF4


@dataclass(frozen=True, slots=True)
class Style:
    name: str
    based_on: str
    run: Element | None
    paragraph: Element | None


@dataclass(slots=True)
class WordStyles:
    _styles: dict[str, Style] = field(default_factory=dict)
    _default: str = ""
    _defaults: Element | None = None

    @classmethod
    def of(cls, root: Element | None) -> WordStyles:
        styles = cls()
        for element in () if root is None else root:
            if local(element.tag) == "docDefaults":
                styles._defaults = child(element, "rPrDefault", "rPr")
            elif local(element.tag) == "style":
                styles._add(element)
        return styles

    # `paragraph` is below the w:pPr of the paragraph, None where it has none: looked up once, not for every run.

    def is_quote(self, paragraph: Element | None) -> bool:
        return any(name in _QUOTE_STYLES for name in self._names(_style_of(paragraph, "pStyle")))

    def level(self, paragraph: Element | None) -> int | None:
        """The level of a heading, by outline or by the name of its style; a title is above all."""
        properties = [paragraph]
        identity = _style_of(paragraph, "pStyle")
        properties += [style.paragraph for style in self._line(identity)]
        for one in properties:
            outline = child(one, "outlineLvl")
            if outline is not None and attribute(outline, "val").isdecimal():
                level = int(attribute(outline, "val")[:2]) + 1
                return level if level <= 9 else None
        for name in self._names(identity):
            heading = _HEADING.fullmatch(name)
            if heading or name == "title":
                return int(heading["level"]) if heading else 1
        return None

    def unseen(self, run: Element, paragraph: Element | None, *, on_colour: bool) -> str | None:
        """Why nobody sees the words of a run ('hidden', 'struck out', 'white on white', 'too small to see')."""
        own = child(run, "rPr")
        lines = (_style_of(paragraph, "pStyle") or self._default, _style_of(own, "rStyle"))
        if any(self._is_on(name, own, lines) for name in _HIDE):
            return "hidden"
        if any(self._is_on(name, own, lines) for name in _STRIKE):
            return "struck out"
        size = self._value("sz", own, lines)
        if size.isdecimal() and int(size[:4]) < _SMALLEST:
            return "too small to see"
        if (
            not on_colour
            and _is_white(self._value("color", own, lines))
            and not self._has_ground(own, paragraph, lines)
        ):
            return "white on white"
        return None

    def is_emphasised(self, run: Element, paragraph: Element | None) -> bool:
        """Whether the words of a run are in italics, bold or underlined."""
        own = child(run, "rPr")
        lines = (_style_of(paragraph, "pStyle") or self._default, _style_of(own, "rStyle"))
        return any(self._is_on(name, own, lines) for name in ("i", "b")) or child(own, "u") is not None

    def _add(self, element: Element) -> None:
        identity = attribute(element, "styleId")
        name = child(element, "name")
        based = child(element, "basedOn")
        self._styles[identity] = Style(
            attribute(name, "val").casefold() if name is not None else "",
            attribute(based, "val") if based is not None else "",
            child(element, "rPr"),
            child(element, "pPr"),
        )
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
            self._default = identity

    def _line(self, identity: str) -> Iterator[Style]:
        """A style and those it is based on."""
        seen: set[str] = set()
        while identity not in seen and (style := self._styles.get(identity)):
            seen.add(identity)
            yield style
            identity = style.based_on

    def _names(self, identity: str) -> list[str]:
        return [identity.casefold(), *(style.name for style in self._line(identity))]

    def _is_on(self, name: str, own: Element | None, lines: tuple[str, str]) -> bool:
        direct = child(own, name)
        if direct is not None:
            return _on(direct)
        by_style = [next((_on(e) for s in self._line(i) if (e := child(s.run, name)) is not None), None) for i in lines]
        default = child(self._defaults, name)
        if not any(said is not None for said in by_style):
            return default is not None and _on(default)
        return (by_style[0] or False) != (by_style[1] or False)

    def _value(self, name: str, own: Element | None, lines: tuple[str, str]) -> str:
        for properties in (own, *(s.run for i in reversed(lines) for s in self._line(i)), self._defaults):
            found = child(properties, name)
            if found is not None:
                return attribute(found, "val")
        return ""

    def _has_ground(self, own: Element | None, paragraph: Element | None, lines: tuple[str, str]) -> bool:
        """Whether the words stand on a colour of their own or of their paragraph."""
        by_style = [p for i in lines for s in self._line(i) for p in (s.run, s.paragraph)]
        return any(map(is_coloured, (own, paragraph, *by_style)))


def _style_of(properties: Element | None, kind: str) -> str:
    found = child(properties, kind)
    return "" if found is None else attribute(found, "val")


def is_coloured(properties: Element | None) -> bool:
    """Whether properties (of a run, paragraph, cell or table) give a ground that is not white."""
    shading, highlight = child(properties, "shd"), child(properties, "highlight")
    if highlight is not None and attribute(highlight, "val") not in ("none", "white", ""):
        return True
    fill = attribute(shading, "fill").casefold() if shading is not None else ""
    return fill not in ("", "auto") and not _is_white(fill)


def _on(switch: Element) -> bool:
    return attribute(switch, "val") not in OFF


def _is_white(colour: str) -> bool:
    """Whether letters in this colour (RRGGBB) do not show on paper."""
    if not re.fullmatch(r"[0-9a-fA-F]{6}", colour):
        return False
    return all(int(colour[at : at + 2], 16) >= _ALMOST_WHITE for at in (0, 2, 4))
