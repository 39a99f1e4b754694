"""Step 4: a report as a Word file, with every quote in a bookmark that a manifest ties to its fragment.

How it looks stands in word_styles.xml, or in a Word file of the user's own (house_style.py); here stands which piece
of a report gets which style.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from types import MappingProxyType
from typing import Any, assert_never

import docx
from docx.document import Document
from docx.section import Section, _Footer
from docx.shared import Cm, Emu, Length, Pt, Twips
from docx.styles.style import BaseStyle, ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from rapporteur.writing.export import house_looks, ooxml
from rapporteur.writing.export import interface as printed
from rapporteur.writing.export.house_looks import Looks
from rapporteur.writing.export.house_style import HouseStyle, emptied

_LOWEST_HEADING = 3
_LABEL_WIDTH = Cm(5.0)
_AFTER_A_GROUP = Pt(10)  # below a list or a kader, more than between its paragraphs
_CORE_PROPERTY_LENGTH = 255  # python-docx refuses more


_TABLES = (printed.Facts, printed.Table)
_OURS: Looks = MappingProxyType({})


class DocxExporter:
    """Sets a report in our own style, or in that of `house_style`."""

    suffix = ".docx"

    def __init__(self, house_style: HouseStyle | None = None) -> None:
        self._house_style = house_style

    def to_bytes(self, report: printed.RenderedReport) -> bytes:
        document, looks = self._blank(report)
        _set_core_properties(document, report)
        bookmarks = _bookmarks(report.items)
        typesetter = _Typesetter(document, bookmarks, looks)
        typesetter.set_title(report)
        typesetter.set_all(report.items)
        typesetter.set_colophon(report.colophon)
        _set_comments(document, report, typesetter.places)
        ooxml.store_manifest(document, _manifest(report, bookmarks))
        return ooxml.to_bytes(document)

    def _blank(self, report: printed.RenderedReport) -> tuple[Document, Looks]:
        """A document with its page and styles, without words."""
        if self._house_style is None:
            document = docx.Document()
            ooxml.adopt_styles(document, report.language)
            _set_page(document.sections[0])
            _set_edges(document.sections[0], report.title, _OURS)
            return document, _OURS
        document = emptied(self._house_style)
        looks = house_looks.looks_of(document, report.language)
        _set_missing_edges(document.sections[0], report.title, looks)
        return document, looks


@dataclass(frozen=True, slots=True)
class _Bookmark:
    name: str
    quote: printed.Quote


def _bookmarks(items: Sequence[printed.Item]) -> tuple[_Bookmark, ...]:
    """A bookmark for each quote, in report order."""
    taken: set[str] = set()
    return tuple(_Bookmark(ooxml.bookmark_name(f"rq_{quote.id}", taken), quote) for quote in printed.quotes_of(items))


def _manifest(report: printed.RenderedReport, bookmarks: Sequence[_Bookmark]) -> dict[str, object]:
    """What a machine needs to know which fragment stands behind each bookmark, and which corpus."""
    return {
        **dict(sorted(report.properties.items())),
        "theme": report.theme,
        "drafted": report.drafted,
        "quotes": {
            bookmark.name: {
                "fragment": bookmark.quote.fragment or None,
                "block": bookmark.quote.id,
                "sha256": hashlib.sha256(bookmark.quote.text.encode()).hexdigest(),
            }
            for bookmark in bookmarks
        },
    }


# --------------------------------------------------------------------------------- around the text


def _set_core_properties(document: Document, report: printed.RenderedReport) -> None:
    core = document.core_properties
    core.title = ooxml.printable(report.title)[:_CORE_PROPERTY_LENGTH]
    core.subject = ooxml.printable(report.theme)[:_CORE_PROPERTY_LENGTH]
    core.author = ooxml.printable(report.programme)[:_CORE_PROPERTY_LENGTH]
    core.language = report.language
    core.comments = ""
    if report.drafted:
        moment = datetime.fromisoformat(report.drafted)
        core.created = core.modified = moment.astimezone(UTC) if moment.tzinfo else moment


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.3)
    section.header_distance = section.footer_distance = Cm(1.2)


def _set_edges(section: Section, title: str, looks: Looks) -> None:
    """The title at the head of every page but the first, 'Pagina N van M' at the foot of all."""
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.style = looks.get("Header", "Header")
    _write(header, title)
    for footer in (section.first_page_footer, section.footer):
        _set_page_number(footer, looks)


def _set_missing_edges(section: Section, title: str, looks: Looks) -> None:
    """Ours, where a house style has neither header nor footer; page numbers, where it has no footer."""
    edges = (section.header, section.first_page_header, section.even_page_header)
    feet = (section.footer, section.first_page_footer, section.even_page_footer)
    if not all(foot.is_linked_to_previous for foot in feet):
        return
    if all(edge.is_linked_to_previous for edge in edges):
        _set_edges(section, title, looks)
        return
    _set_page_number(section.footer, looks)
    if section.different_first_page_header_footer:
        _set_page_number(section.first_page_footer, looks)


def _set_page_number(footer: _Footer, looks: Looks) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.style = looks.get("Footer", "Footer")
    _write(paragraph, "Pagina ")
    ooxml.add_field(paragraph, "PAGE")
    _write(paragraph, " van ")
    ooxml.add_field(paragraph, "NUMPAGES")


def _set_comments(document: Document, report: printed.RenderedReport, places: Mapping[str, Paragraph]) -> None:
    """What people remarked, in the margin of the block they remarked it of; else beside the title."""
    title = next((p for p in document.paragraphs if p.text), None)
    for comment in report.comments:
        paragraph = places.get(comment.block, title)
        if paragraph is not None and paragraph.runs:
            ooxml.add_comment(document, paragraph.runs, comment.author, comment.date, comment.text)


# ------------------------------------------------------------------------------------ the text itself


class _Typesetter:
    """Sets items one after another; it remembers what the next one needs of those before."""

    def __init__(self, document: Document, bookmarks: Sequence[_Bookmark], looks: Looks = _OURS) -> None:
        self._document = document
        self._bookmarks = iter(enumerate(bookmarks, start=1))
        self._looks = looks
        self._list_marks: dict[str, int] = {}
        self._chapter = ""
        self._level = 0
        self._under_a_table = False
        self._box_indent: Length | None = None  # of the kader just set, if it stands apart from one above it
        self._below: type[printed.Item] | None = None
        self.places: dict[str, Paragraph] = {}  # the first paragraph of what was set, by its id

    def set_title(self, report: printed.RenderedReport) -> None:
        for text, style in (
            (report.programme, "Programma"),
            (report.title, "Title"),
            (report.subtitle, "Subtitle"),
        ):
            if text:
                _write(self._paragraph(style), text)

    def set_colophon(self, lines: Sequence[str]) -> None:
        if lines:
            self._heading(printed.Heading("Colofon", 1))
        for line in lines:
            _write(self._paragraph("Colofon"), line)
        if not lines and self._below in _TABLES:
            self._paragraph("Witregel")  # Word wants a paragraph after the last table

    def set_all(self, items: Sequence[printed.Item]) -> None:
        for item, after in zip_longest(items, items[1:]):
            first = self._set(item)
            if first is not None and isinstance(item, printed.Paragraph) and _announces(after):
                first.paragraph_format.keep_with_next = True  # 'Mensen vertelden …' stays with 'Zij deelden:'
            if first is not None:
                self.places.setdefault(item.key if isinstance(item, printed.Heading) else item.id, first)
            self._below = type(item)

    def _set(self, item: printed.Item) -> Paragraph | None:
        """Set an item; its first paragraph, None if it has none."""
        match item:
            case printed.Heading():
                return self._heading(item)
            case printed.Paragraph():
                paragraph = self._paragraph(None)
                paragraph.paragraph_format.keep_with_next = _announces(item) or None
                _write(paragraph, item.text)
                return paragraph
            case printed.TopicLead():
                return self._topic(item)
            case printed.Quote():
                return self._quote(item)
            case printed.Bullets():
                return self._bullets(item)
            case printed.Box():
                return self._box(item)
            case printed.Facts():
                return self._facts(item)
            case printed.Table():
                return self._table(item)
            case _:
                assert_never(item)

    def _look(self, style: str) -> Any:
        """The style for one of our names, of whichever kind."""
        return self._looks.get(style, style)

    def _paragraph(self, style: str | None) -> Paragraph:
        """A new paragraph at the end; None for running text."""
        paragraph = self._document.add_paragraph(style=self._look(style) if style else None)
        if self._under_a_table and not (style or "").startswith("Heading"):
            paragraph.paragraph_format.space_before = _AFTER_A_GROUP  # a table has no white space of its own below it
        self._under_a_table = False
        return paragraph

    def _heading(self, heading: printed.Heading) -> Paragraph:
        """Never more than one level below the heading before: who listens to a report walks by its headings."""
        self._level = min(heading.level, _LOWEST_HEADING, self._level + 1)
        paragraph = self._paragraph(f"Heading {self._level}")
        _write(paragraph, heading.text)
        if isinstance(look := self._look(f"Heading {self._level}"), BaseStyle) and house_looks.is_numbered(look):
            ooxml.use_list_mark(paragraph, 0)
        if heading.level > 1:
            return paragraph
        if self._chapter == "samenvatting":  # the summary is a page of its own, to hand out
            paragraph.paragraph_format.page_break_before = True
            paragraph.paragraph_format.space_before = Pt(0)
        self._chapter = heading.key
        return paragraph

    def _topic(self, topic: printed.TopicLead) -> Paragraph:
        paragraph = self._paragraph("Onderwerp")
        _write(paragraph, f"{topic.title}:", self._look("Onderwerptitel"))
        _write(paragraph, f" {topic.text}")
        return paragraph

    def _quote(self, quote: printed.Quote, style: str = "Citaat") -> Paragraph:
        paragraph = self._paragraph("Uitgelicht citaat" if quote.pull else style)
        number, bookmark = next(self._bookmarks)
        words = paragraph.add_run(f"‘{ooxml.printable(quote.text)}’")
        ooxml.bookmark(words, bookmark.name, number)
        if quote.attribution:
            _write(paragraph, f" ({quote.attribution})", self._look("Bronvermelding"))
        self.places.setdefault(quote.id, paragraph)
        return paragraph

    def _bullets(self, bullets: printed.Bullets) -> Paragraph | None:
        if bullets.mark not in self._list_marks:
            self._list_marks[bullets.mark] = ooxml.add_list_mark(self._document, bullets.mark)
        paragraphs = self._paragraphs("Opsomming", bullets.items)
        for paragraph in paragraphs:
            ooxml.use_list_mark(paragraph, self._list_marks[bullets.mark])
        _white_space_below(paragraphs)
        return next(iter(paragraphs), None)

    def _box(self, box: printed.Box) -> Paragraph:
        title = self._paragraph("Kadertitel")
        _write(title, box.title)
        paragraphs = self._paragraphs("Kadertekst", box.paragraphs)
        paragraphs += [self._quote(quote, "Kadertekst") for quote in box.quotes]
        self._keep_apart([title, *paragraphs])
        _white_space_below(paragraphs)
        return title

    def _keep_apart(self, box: Sequence[Paragraph]) -> None:
        """Indent a kader under another by a hair more: Word draws one frame round what is indented alike."""
        touches, above = self._below is printed.Box, self._box_indent
        self._box_indent = None
        if touches and above is None:
            self._box_indent = Twips(1 + _indent_of(box[0]).twips)
            for paragraph in box:
                paragraph.paragraph_format.left_indent = self._box_indent

    def _paragraphs(self, style: str, texts: Sequence[str]) -> list[Paragraph]:
        paragraphs = [self._paragraph(style) for _ in texts]
        for paragraph, text in zip(paragraphs, texts, strict=True):
            _write(paragraph, text)
        return paragraphs

    def _facts(self, facts: printed.Facts) -> Paragraph | None:
        if not facts.rows:
            return None
        rows = (printed.FACTS_HEADER, *facts.rows)
        table = self._grid(len(rows), 2)
        table.autofit = False
        for column, width in enumerate((_LABEL_WIDTH, _text_width(self._document.sections[0]) - _LABEL_WIDTH)):
            table.columns[column].width = Emu(width)
            for row, texts in enumerate(rows):
                cell = table.cell(row, column)
                cell.width = Emu(width)
                _write(cell.paragraphs[0], texts[column])
        ooxml.make_headers(table, ", ".join(label for label, _ in facts.rows), first_column=True)
        first: Paragraph = table.cell(0, 0).paragraphs[0]
        return first

    def _grid(self, rows: int, columns: int) -> Table:
        """A table in our style; Word makes one of two that touch."""
        if self._below in _TABLES:
            self._paragraph("Witregel")
        grid: Table = self._document.add_table(rows=rows, cols=columns, style=self._look("Feiten"))
        self._under_a_table = True
        return grid

    def _table(self, table: printed.Table) -> Paragraph | None:
        width = max((len(row) for row in table.rows), default=0)
        if not width:
            return None
        grid = self._grid(len(table.rows), width)
        for row, texts in enumerate(table.rows):
            for column, text in enumerate(texts):
                _write(grid.cell(row, column).paragraphs[0], text)
        ooxml.make_headers(grid, ", ".join(table.rows[0]), first_column=False)
        first: Paragraph = grid.cell(0, 0).paragraphs[0]
        return first


def _announces(item: printed.Item | None) -> bool:
    """Whether a paragraph opens what comes after it: 'Als knelverhalen deelden mensen ervaringen over:'."""
    return isinstance(item, printed.Paragraph) and item.text.endswith(":")


def _white_space_below(group: Sequence[Paragraph]) -> None:
    """More below the last of paragraphs that belong together than between them."""
    for paragraph in group[-1:]:
        paragraph.paragraph_format.space_after = _AFTER_A_GROUP


def _text_width(section: Section) -> int:
    """In English Metric Units, as python-docx counts."""
    return (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)


def _indent_of(paragraph: Paragraph) -> Length:
    """How far a paragraph is indented on the left by its style or those this one is based on."""
    style = paragraph.style
    while isinstance(style, ParagraphStyle):
        indent: Length | None = style.paragraph_format.left_indent
        if indent is not None:
            return indent
        style = style.base_style
    return Twips(0)


def _write(paragraph: Paragraph, text: str, style: Any = None) -> None:
    paragraph.add_run(ooxml.printable(text), style)
