"""Step 4: which style of a house style each piece of a report gets; what it lacks is added from ours, in its colours.

Word calls its own styles by English names in the file whatever language it speaks; other programs write the names
that people see. So a style is looked up by our name for it, by Word's and by the Dutch ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from types import MappingProxyType

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.style import BaseStyle, StyleFactory

from rapporteur.writing.export import ooxml

# The styles of ours that a report is set in, with the other names under which a house style may have them.
_ALSO_CALLED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Programma": (),
        "Title": ("titel",),
        "Subtitle": ("ondertitel",),
        "Heading 1": ("kop 1", "kop1"),
        "Heading 2": ("kop 2", "kop2"),
        "Heading 3": ("kop 3", "kop3"),
        "Onderwerp": (),
        "Onderwerptitel": ("strong", "zwaar"),
        "Opsomming": ("list bullet", "lijst opsom.teken", "lijstopsomteken", "opsommingsteken"),
        "Citaat": ("quote", "quotations", "block text", "bloktekst"),
        "Uitgelicht citaat": ("intense quote", "duidelijk citaat", "intensief citaat", "pull quote"),
        "Bronvermelding": (),
        "Kadertitel": (),
        "Kadertekst": (),
        "Witregel": (),
        "Feiten": (),
        "Colofon": (),
        "Header": ("koptekst",),
        "Footer": ("voettekst",),
    }
)
# Paragraphs with the same frame grow together: both from one hand, or neither.
_TOGETHER = ("Kadertitel", "Kadertekst")
_OUR_ACCENTS = frozenset({"154273", "01689B"})
_NEUTRAL = MappingProxyType({"color": "BFBFBF", "fill": "F2F2F2"})
# The sum of red, green and blue above which letters do not stand out on paper.
_PALE = 3 * 0x90

Looks = Mapping[str, BaseStyle]


def looks_of(document: Document, language: str) -> Looks:
    """The style for each of our names, after the document got those it lacks. Its language becomes `language`."""
    styles = _Styles(document.styles.element)
    styles.speak(language)
    ooxml.set_theme_language(document, language)
    theirs = {name: styles.named(name, kind) for name, kind in _kinds()}
    if None in (theirs[name] for name in _TOGETHER):
        theirs |= dict.fromkeys(_TOGETHER)
    theirs["Feiten"] = theirs["Feiten"] if theirs["Feiten"] is not None else styles.identified(_table_style(document))
    accent = styles.accent(theirs["Heading 1"])
    for name, element in theirs.items():
        if element is None:
            theirs[name] = styles.add(name, accent)
    return MappingProxyType({name: StyleFactory(element) for name, element in theirs.items() if element is not None})


def is_numbered(style: BaseStyle) -> bool:
    """Whether Word numbers the paragraphs of a style by itself: our headings bring their own numbers."""
    return any(element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None for element in _line(style.element))


def _kinds() -> Iterator[tuple[str, str]]:
    """Our names, each with the type of its style: paragraph, character or table."""
    ours = _Styles(ooxml.our_styles())
    for name in _ALSO_CALLED:
        element = ours.called(name)
        yield name, "" if element is None else element.get(qn("w:type"), "paragraph")


def _table_style(document: Document) -> str:
    """The id of the style that the document gives to new tables, '' where it names none."""
    default = document.settings.element.find(qn("w:defaultTableStyle"))
    return "" if default is None else default.get(qn("w:val"), "")


def _line(style: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """A style and those it is based on, nearest first."""
    styles, seen = _Styles(style.getparent()), set()
    element: BaseOxmlElement | None = style
    while element is not None and element not in seen:
        seen.add(element)
        yield element
        based = element.find(qn("w:basedOn"))
        element = None if based is None else styles.identified(based.get(qn("w:val")))


class _Styles:
    """A style sheet: looking up in it, and adding to it."""

    def __init__(self, root: BaseOxmlElement) -> None:
        self._root = root

    @property
    def _all(self) -> list[BaseOxmlElement]:
        styles: list[BaseOxmlElement] = self._root.findall(qn("w:style"))
        return styles

    def named(self, name: str, kind: str) -> BaseOxmlElement | None:
        """The style that is ours by name, or by another name that ours may have; of one kind."""
        for wanted in (name.casefold(), *_ALSO_CALLED[name]):
            for style in self._all:
                if wanted in _names(style) and style.get(qn("w:type"), "paragraph") == kind:
                    return style
        return None

    def called(self, name: str) -> BaseOxmlElement | None:
        return next((s for s in self._all if name.casefold() in _names(s)), None)

    def identified(self, identity: str) -> BaseOxmlElement | None:
        return next((s for s in self._all if s.get(qn("w:styleId")) == identity), None)

    def default(self, kind: str) -> BaseOxmlElement | None:
        styles = (s for s in self._all if s.get(qn("w:type"), "paragraph") == kind)
        return next((s for s in styles if s.get(qn("w:default")) in ("1", "true", "on")), None)

    def speak(self, language: str) -> None:
        """Make the language of the whole style sheet `language`."""
        defaults = self._root.find(qn("w:docDefaults"))
        if defaults is None:
            defaults = OxmlElement("w:docDefaults")
            self._root.insert(0, defaults)
        properties = _child(_child(defaults, "w:rPrDefault", first=True), "w:rPr")
        _child(properties, "w:lang")
        for lang in self._root.iter(qn("w:lang")):
            lang.set(qn("w:val"), language)

    def accent(self, heading: BaseOxmlElement | None) -> BaseOxmlElement | None:
        """The colour of the letters of a style, None where they are black or too pale for words on paper."""
        for style in () if heading is None else _line(heading):
            colour = style.find(f"{qn('w:rPr')}/{qn('w:color')}")
            if colour is not None:
                return None if _is_pale(colour.get(qn("w:val"), "")) else colour
        return None

    def add(self, name: str, accent: BaseOxmlElement | None) -> BaseOxmlElement:
        """Our style of this name, in their colours and on top of their own default. Raises: KeyError for no style."""
        ours = _Styles(ooxml.our_styles())
        original = ours.called(name)
        if original is None:
            raise KeyError(name)
        style = deepcopy(original)
        style.set(qn("w:styleId"), self._free(style.get(qn("w:styleId"))))
        style.attrib.pop(qn("w:default"), None)
        _recolour(style, accent)
        based = style.find(qn("w:basedOn"))
        if based is not None:
            below = self._below(ours.identified(based.get(qn("w:val"))), accent)
            if below is None:
                style.remove(based)
            else:
                based.set(qn("w:val"), below.get(qn("w:styleId")))
        for following in style.findall(qn("w:next")):
            style.remove(following)
        self._root.append(style)
        return style

    def _below(self, ours: BaseOxmlElement | None, accent: BaseOxmlElement | None) -> BaseOxmlElement | None:
        """What stands in the house style for a style that one of ours is based on."""
        if ours is None or ours.get(qn("w:default")) == "1":
            return self.default("paragraph" if ours is None else ours.get(qn("w:type")))
        name = ours.find(qn("w:name")).get(qn("w:val"))
        theirs = self.called(name)
        return self.add(name, accent) if theirs is None else theirs

    def _free(self, identity: str) -> str:
        """The id, or one like it that no style has."""
        number, free = 1, identity
        while self.identified(free) is not None:
            number += 1
            free = f"{identity}{number}"
        return free


def _names(style: BaseOxmlElement) -> set[str]:
    """The name of a style and its aliases, in small letters."""
    found = (style.find(qn(tag)) for tag in ("w:name", "w:aliases"))
    told = (element.get(qn("w:val"), "") for element in found if element is not None)
    return {name.strip().casefold() for names in told for name in names.split(",")}


def _child(parent: BaseOxmlElement, tag: str, *, first: bool = False) -> BaseOxmlElement:
    """The child of this tag, made if there is none."""
    child: BaseOxmlElement | None = parent.find(qn(tag))
    if child is None:
        child = OxmlElement(tag)
        parent.insert(0 if first else len(parent), child)
    return child


def _recolour(style: BaseOxmlElement, accent: BaseOxmlElement | None) -> None:
    """Our accents become theirs, our lines and grounds grey."""
    for colour in list(style.iter(qn("w:color"))):
        if colour.get(qn("w:val")) in _OUR_ACCENTS:
            if accent is not None:
                colour.addprevious(deepcopy(accent))
            colour.getparent().remove(colour)
    for element in style.iter():
        for name, grey in _NEUTRAL.items():
            if element.tag != qn("w:color") and element.get(qn(f"w:{name}"), "auto") != "auto":
                element.set(qn(f"w:{name}"), grey)


def _is_pale(colour: str) -> bool:
    """Whether RRGGBB is too pale for letters; what is no such number is black."""
    try:
        return sum(bytes.fromhex(colour)) > _PALE
    except ValueError:
        return True
