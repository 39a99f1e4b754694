"""Step 4, two revisions in one Word file: what changed stands in it as tracked changes, to accept or refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from rapporteur.writing.comparing import Line, Style
from rapporteur.writing.export import ooxml

_STYLES: Mapping[Style, str] = {
    "title": "Title",
    "subtitle": "Subtitle",
    "heading": "Heading 1",
    "subheading": "Heading 2",
    "paragraph": "Normal",
    "topic": "Onderwerp",
    "quote": "Citaat",
    "pull-quote": "Uitgelicht citaat",
    "bullet": "Normal",
    "box": "Kadertekst",
}
_TAGS = {"added": "w:ins", "removed": "w:del"}


def to_bytes(lines: Sequence[Line], *, title: str, author: str, date: str, language: str) -> bytes:
    """A Word file that is the later report when all its changes are accepted, the earlier one when they are refused.

    `author` and `date` (ISO 8601) are who is said to have made the changes, and when.
    """
    document = docx.Document()
    ooxml.adopt_styles(document, language)
    document.core_properties.title = ooxml.printable(title)[:255]
    document.core_properties.comments = ""
    mark = _Marker(author, date)
    for line in lines:
        _set(document.add_paragraph(style=_STYLES[line.style]), line, mark)
    return ooxml.to_bytes(document)


class _Marker:
    """Makes the elements that mark a change; each has a number of its own."""

    def __init__(self, author: str, date: str) -> None:
        self._author, self._date = ooxml.printable(author) or "rapporteur", date
        self._numbers: Iterator[int] = count(1)

    def __call__(self, tag: str) -> BaseOxmlElement:
        attributes = {"id": str(next(self._numbers)), "author": self._author, "date": self._date}
        return OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})


def _set(paragraph: Paragraph, line: Line, mark: _Marker) -> None:
    whole = (
        "removed" if line.state in ("removed", "moved away") else "added" if line.state in ("added", "moved") else ""
    )
    for run in line.runs:
        if line.state == "moved" and run.state == "removed":
            continue  # at its old place all of it is removed
        state = "added" if line.state == "moved" else run.state
        element = paragraph.add_run(ooxml.printable(run.text))._r
        if state == "same":
            continue
        change = mark(_TAGS[state])
        element.addprevious(change)
        change.append(element)
        if state == "removed":
            for text in element.findall(qn("w:t")):
                text.tag = qn("w:delText")
    if whole:  # the end of the paragraph as well, or refusing would leave an empty one
        properties = paragraph._p.get_or_add_pPr()
        of_the_end = OxmlElement("w:rPr")
        of_the_end.append(mark(_TAGS[whole]))
        properties.append(of_the_end)
