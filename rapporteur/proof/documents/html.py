"""HTML as its reader sees it: the text of block elements, and what pictures are said to show.

Left out, and said: what is hidden or struck out, scripts, which may show other words, and words in a style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree, html

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.files import text_of
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.properties import Property
from rapporteur.proof.documents.prose import Claim, Prose, read_prose
from rapporteur.proof.documents.unread import Unread

_NEVER_SHOWN = frozenset("head script style template noscript title meta link rp".split())
_STRUCK = frozenset("del s strike".split())
_NOT_TEXT = frozenset("iframe object embed canvas audio video textarea select".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark math mi mn mo ms mtext mrow msup"
    " msub nobr q rb rt ruby samp small span strong sub sup svg text time tspan tt u var wbr img".split()
)
_HEADINGS: Mapping[str, int] = {f"h{level}": level for level in range(1, 7)}
_QUOTE_CLASSES = frozenset({"citaat", "quote", "blockquote"})
_LARGEST = 50_000_000
_LONGEST_SHEET = 200_000
LINE_OF_SOURCE = "data-rapporteur-line"  # what our own Markdown rendering sets

_NO_SIZE = re.compile(r"(?:font-size|opacity|max-height|height|width|max-width):0(?![.\d]*[1-9])")
_HIDDEN = ("display:none", "visibility:hidden", "visibility:collapse", "content-visibility:hidden")
_SHOWN = re.compile(r"display:(?!none)[a-z]|visibility:visible")
_SIMPLE_RULE = re.compile(r"(?P<selectors>[^{}]+)\{(?P<body>[^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*|\*)?(?P<class>\.[\w-]+)?(?P<id>#[\w-]+)?", re.IGNORECASE)
_CSS_WORDS = re.compile(r"content\s*:\s*(?P<mark>[\"'])(?P<words>.*?)(?P=mark)", re.IGNORECASE | re.DOTALL)
_ACTS = re.compile(r"\s*javascript:", re.IGNORECASE)
_NO_SCRIPT = re.compile(r"[\w.+-]+/[\w.+-]*json")  # the types of a script element that holds data
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_EMPHASIS = ("\ue002", "\ue003")  # around words in bold or the like, until their passage is complete
_AROUND: Mapping[str, tuple[str, str]] = {
    "q": ("“", "”"),
    "rt": (" (", ")"),
    **dict.fromkeys("b cite code dfn em font i kbd mark samp strong tt u".split(), _EMPHASIS),
}
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BROKEN_WORD = re.compile(r"(?<=\w[-‐])[ \t]*\n[ \t\n]*")


class HtmlReader:
    suffixes = (".html", ".htm")

    def read(self, path: Path) -> ReadDocument:
        text = text_of(path, _LARGEST)
        try:
            flow = Flow(text)
        except (etree.LxmlError, ValueError):
            raise DocumentUnreadable(f"{path.name} holds no HTML that can be read.", where=str(path)) from None
        except RecursionError:
            raise DocumentUnreadable(f"{path.name} is nested too deeply to be a report.", where=str(path)) from None
        return read_prose(
            path.name,
            flow.pieces,
            theme=flow.meta.get("theme"),
            corpus_fingerprint=flow.meta.get("corpus_fingerprint"),
            findings=flow.unread.findings(),
            properties=flow.properties,
        )


class Flow:
    """Gathers running text and ends a passage at every block element's border. `pieces` are the passages.

    Raises: LxmlError, ValueError or RecursionError for what is no HTML.
    """

    def __init__(self, text: str) -> None:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
        self.pieces: list[Prose] = []
        self.unread = Unread()
        self.meta = {m.get("name"): m.get("content") for m in root.iter("meta")}
        self.properties = tuple(_properties(root))
        self._hiding = _Hiding(root)
        self._set_scripts_aside(root)
        self._set_sheets_aside(root)
        self._text: list[str] = []
        self._pictures: list[Prose] = []
        self._line = 1
        self._quotes = self._blocks = 0
        self._fragment: str | None = None
        self._level: int | None = None
        self._walk(root)
        self._end()

    def _walk(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            self._set_aside(element, "in a comment")
        elif tag in _NEVER_SHOWN:
            return
        elif tag in _STRUCK:
            self._set_aside(element, "struck out")
        elif tag in _NOT_TEXT:
            self._set_aside(element, f"inside <{tag}>")
        elif self._hiding.hides(element):
            self._set_aside(element, "hidden")
        elif tag in ("br", "hr"):
            self._text.append("\n")
        elif tag == "img":
            self._picture(element)
        elif tag == "input":
            self.unread.add("inside <input>", element.get("value") or "", self._place())
        elif tag == "sup" and element.find(".//a") is not None:
            return  # the number of a note
        elif tag in _INLINE:
            self._inline(element)
        else:
            self._block(element)

    def _set_aside(self, element: html.HtmlElement, how: str) -> None:
        text = element.text if not isinstance(element.tag, str) else "".join(element.itertext())
        self.unread.add(how, text or "", self._place())

    def _set_scripts_aside(self, root: html.HtmlElement) -> None:
        """Note what may put other words before a reader: scripts, handlers, and another page instead of this one."""
        for element in root.iter(etree.Element):
            acts = [value for name, value in element.items() if name.startswith("on") or _ACTS.match(value)]
            if element.tag == "script" and not _NO_SCRIPT.fullmatch((element.get("type") or "").strip().casefold()):
                acts.append((element.text or "").strip() or element.get("src") or "")
            if element.tag == "meta" and (element.get("http-equiv") or "").casefold() == "refresh":
                acts.append(element.get("content") or "")
            for act in acts:
                self.unread.add("in a script", act, f"line {element.sourceline}")

    def _set_sheets_aside(self, root: html.HtmlElement) -> None:
        """Note words that stand in a style sheet, and sheets in another file, which may hide and add words."""
        for sheet in root.iter("style"):
            for rule in _CSS_WORDS.finditer(_CSS_COMMENT.sub("", (sheet.text or "")[:_LONGEST_SHEET])):
                self.unread.add("in a style sheet", rule["words"], f"line {sheet.sourceline}")
        for link in root.iter("link"):
            if "stylesheet" in (link.get("rel") or "").casefold().split():
                self.unread.add("in a style sheet", link.get("href") or "", f"line {link.sourceline}")

    def _picture(self, element: html.HtmlElement) -> None:
        """What a picture is said to show is read aloud: a passage of its own, behind those that are complete."""
        text = _running(element.get("alt")).strip()
        if text:
            self._pictures.append(Prose(text, f"{self._place()}, description of a picture"))

    def _inline(self, element: html.HtmlElement) -> None:
        marks = _AROUND.get(element.tag, ("", ""))
        self._text.append(marks[0])
        self._content(element)
        self._text.append(marks[1])

    def _block(self, element: html.HtmlElement) -> None:
        quotes = element.tag == "blockquote" or bool(
            _QUOTE_CLASSES & {*(element.get("class") or "").casefold().split()}
        )
        self._end()
        self._line = _line_of(element) or self._line
        outside = self._fragment, self._level
        self._quotes += quotes
        self._blocks += quotes
        self._fragment = element.get("data-fragment") or self._fragment
        self._level = _HEADINGS.get(element.tag)
        self._content(element)
        self._end()
        self._quotes -= quotes
        self._fragment, self._level = outside

    def _content(self, element: html.HtmlElement) -> None:
        self._text.append(_running(element.text))
        for child in element:
            self._walk(child)
            self._text.append(_running(child.tail))

    def _end(self) -> None:
        lines = ("".join(self._text)).split("\n")
        text = "\n".join(" ".join(line.split(" ")).strip() for line in lines).strip()
        self._text.clear()
        text, emphasised = _without_emphasis(text)
        if text:
            claims = (Claim(0, len(text), self._fragment),) if self._fragment and self._quotes else ()
            block = self._blocks if self._quotes else None
            self.pieces.append(Prose(text, self._place(), self._quotes > 0, block, claims, self._level, emphasised))
        self.pieces += self._pictures
        self._pictures.clear()

    def _place(self) -> str:
        return f"line {self._line}"


def _properties(root: html.HtmlElement) -> Iterator[Property]:
    """The title of the page, and what it says of itself under names."""
    for title in root.xpath("//head/title"):
        yield Property("title", title.text_content().strip())
    for meta in root.iter("meta"):
        name, text = meta.get("name") or meta.get("property"), meta.get("content")
        if name and text:
            yield Property(name, text.strip())


def _running(text: str | None) -> str:
    """White space as a browser shows it, but for a line end after a hyphen: the word may be broken there."""
    kept = _BROKEN_WORD.sub("\x00", text or "")
    return _SPACES.sub(" ", kept).replace("\x00", "\n")


def _without_emphasis(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without the signs around what it emphasises, and where those stood."""
    opens, closes = _EMPHASIS
    kept, starts, found, length = [], [], [], 0
    for piece in re.split(f"([{opens}{closes}])", text):
        if piece == opens:
            starts.append(length)
        elif piece == closes and starts:
            found.append((starts.pop(), length))
        elif piece != closes:
            kept.append(piece)
            length += len(piece)
    return "".join(kept), tuple(found)


def _line_of(element: html.HtmlElement) -> int | None:
    ours = element.get(LINE_OF_SOURCE, "")
    line: int | None = int(ours) if ours.isdecimal() and len(ours) < 10 else element.sourceline
    return line


class _Hiding:
    """What hides an element: an attribute, its own style, or a simple rule in a style sheet of the page.

    Limits: of style sheets only rules for a tag, a class and an id are understood; none of another file.
    """

    def __init__(self, root: html.HtmlElement) -> None:
        self._rules = [rule for sheet in root.iter("style") for rule in _hiding_rules(sheet.text or "")]

    def hides(self, element: html.HtmlElement) -> bool:
        style = _SPACES.sub("", element.get("style") or "").casefold()
        if element.get("hidden") is not None or _is_hiding(style):
            return True
        if element.tag == "details" or _SHOWN.search(style):
            return False
        return any(_fits(rule, element) for rule in self._rules)


def _hiding_rules(sheet: str) -> Iterator[re.Match[str]]:
    for rule in _SIMPLE_RULE.finditer(_CSS_COMMENT.sub("", sheet[:_LONGEST_SHEET])):
        if _is_hiding(_SPACES.sub("", rule["body"]).casefold()):
            for selector in rule["selectors"].split(","):
                simple = _SIMPLE_SELECTOR.fullmatch(selector.strip())
                if simple and simple.group():
                    yield simple


def _fits(rule: re.Match[str], element: html.HtmlElement) -> bool:
    classes = {f".{name}" for name in (element.get("class") or "").split()}
    return (
        rule["tag"] in (None, "*", element.tag)
        and (rule["class"] is None or rule["class"] in classes)
        and (rule["id"] is None or rule["id"] == f"#{element.get('id')}")
    )


def _is_hiding(style: str) -> bool:
    return any(hiding in style for hiding in _HIDDEN) or _NO_SIZE.search(style) is not None
