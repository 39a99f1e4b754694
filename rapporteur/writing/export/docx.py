"""Step 4: a report as a Word file, with every quote in a bookmark that a manifest ties to its fragment.

How it looks stands in word_styles.xml; here stands which piece of a report gets which style.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import assert_never

import docx
from docx.document import Document
from docx.section import _Footer
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from rapporteur.writing.export import interface as printed
from rapporteur.writing.export import ooxml

_LOWEST_HEADING = 3
_LABEL_WIDTH, _VALUE_WIDTH = Cm(5.0), Cm(10.6)
_AFTER_A_GROUP = Pt(10)  # below a list or a kader, more than between its paragraphs
_CORE_PROPERTY_LENGTH = 255  # python-docx refuses more


class DocxExporter:
    suffix = ".docx"

    def to_bytes(self, report: printed.RenderedReport) -> bytes:
        document = docx.Document()
        ooxml.adopt_styles(document, report.language)
        _set_core_properties(document, report)
        _set_page(document, report.title)
        bookmarks = _bookmarks(report.items)
        _set_title(document, report)
        typesetter = _Typesetter(document, bookmarks)
        typesetter.set_all(report.items)
        _set_colophon(document, report.colophon)
        _set_comments(document, report, typesetter.places)
        ooxml.store_manifest(document, _manifest(report, bookmarks))
        return ooxml.to_bytes(document)


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


def _set_page(document: Document, title: str) -> None:
    """A4, the title at the head of every page but the first, 'Pagina N van M' at the foot of all."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.3)
    section.header_distance = section.footer_distance = Cm(1.2)
    section.different_first_page_header_footer = True
    _write(section.header.paragraphs[0], title)
    for footer in (section.first_page_footer, section.footer):
        _set_page_number(footer)


def _set_page_number(footer: _Footer) -> None:
    paragraph = footer.paragraphs[0]
    _write(paragraph, "Pagina ")
    ooxml.add_field(paragraph, "PAGE")
    _write(paragraph, " van ")
    ooxml.add_field(paragraph, "NUMPAGES")


def _set_title(document: Document, report: printed.RenderedReport) -> None:
    for text, style in (
        (report.programme, "Programma"),
        (report.title, "Title"),
        (report.subtitle, "Subtitle"),
    ):
        if text:
            _write(document.add_paragraph(style=style), text)


def _set_colophon(document: Document, lines: Sequence[str]) -> None:
    if not lines:
        return
    document.add_paragraph("Colofon", style="Heading 1")
    for line in lines:
        _write(document.add_paragraph(style="Colofon"), line)


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

    def __init__(self, document: Document, bookmarks: Sequence[_Bookmark]) -> None:
        self._document = document
        self._bookmarks = iter(enumerate(bookmarks, start=1))
        self._list_marks: dict[str, int] = {}
        self._chapter = ""
        self._below: type[printed.Item] | None = None
        self.places: dict[str, Paragraph] = {}  # the first paragraph of what was set, by its id

    def set_all(self, items: Sequence[printed.Item]) -> None:
        for item in items:
            first = self._set(item)
            if first is not None:
                self.places.setdefault(item.key if isinstance(item, printed.Heading) else item.id, first)
            self._below = type(item)

    def _set(self, item: printed.Item) -> Paragraph | None:
        """Set an item; its first paragraph, None if it has none."""
        match item:
            case printed.Heading():
                return self._heading(item)
            case printed.Paragraph():
                paragraph = self._paragraph("Normal")
                paragraph.paragraph_format.keep_with_next = item.text.endswith(":") or None
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

    def _paragraph(self, style: str) -> Paragraph:
        return self._document.add_paragraph(style=style)

    def _heading(self, heading: printed.Heading) -> Paragraph:
        paragraph = self._paragraph(f"Heading {min(heading.level, _LOWEST_HEADING)}")
        _write(paragraph, heading.text)
        if heading.level > 1:
            return paragraph
        if self._chapter == "samenvatting":  # the summary is a page of its own, to hand out
            paragraph.paragraph_format.page_break_before = True
            paragraph.paragraph_format.space_before = Pt(0)
        self._chapter = heading.key
        return paragraph

    def _topic(self, topic: printed.TopicLead) -> Paragraph:
        paragraph = self._paragraph("Onderwerp")
        _write(paragraph, f"{topic.title}:", "Onderwerptitel")
        _write(paragraph, f" {topic.text}")
        return paragraph

    def _quote(self, quote: printed.Quote, style: str = "Citaat") -> Paragraph:
        paragraph = self._paragraph("Uitgelicht citaat" if quote.pull else style)
        number, bookmark = next(self._bookmarks)
        words = paragraph.add_run(f"‘{ooxml.printable(quote.text)}’")
        ooxml.bookmark(words, bookmark.name, number)
        if quote.attribution:
            _write(paragraph, f" ({quote.attribution})", "Bronvermelding")
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
        if self._below is printed.Box:
            self._paragraph("Witregel")
        title = self._paragraph("Kadertitel")
        _write(title, box.title)
        paragraphs = self._paragraphs("Kadertekst", box.paragraphs)
        paragraphs += [self._quote(quote, "Kadertekst") for quote in box.quotes]
        _white_space_below(paragraphs)
        return title

    def _paragraphs(self, style: str, texts: Sequence[str]) -> list[Paragraph]:
        paragraphs = [self._paragraph(style) for _ in texts]
        for paragraph, text in zip(paragraphs, texts, strict=True):
            _write(paragraph, text)
        return paragraphs

    def _facts(self, facts: printed.Facts) -> Paragraph | None:
        table = self._document.add_table(rows=len(facts.rows), cols=2, style="Feiten")
        table.autofit = False
        for column, width in enumerate((_LABEL_WIDTH, _VALUE_WIDTH)):
            table.columns[column].width = width
            for row, texts in enumerate(facts.rows):
                cell = table.cell(row, column)
                cell.width = width
                _write(cell.paragraphs[0], texts[column])
        ooxml.make_first_column_headers(table, ", ".join(label for label, _ in facts.rows))
        self._paragraph("Witregel")  # a table has no white space of its own below it
        first: Paragraph | None = table.cell(0, 0).paragraphs[0] if facts.rows else None
        return first

    def _table(self, table: printed.Table) -> Paragraph | None:
        width = max((len(row) for row in table.rows), default=0)
        if not width:
            return None
        grid = self._document.add_table(rows=len(table.rows), cols=width, style="Feiten")
        for row, texts in enumerate(table.rows):
            for column, text in enumerate(texts):
                _write(grid.cell(row, column).paragraphs[0], text)
        self._paragraph("Witregel")
        first: Paragraph = grid.cell(0, 0).paragraphs[0]
        return first


def _white_space_below(group: Sequence[Paragraph]) -> None:
    """More below the last of paragraphs that belong together than between them."""
    for paragraph in group[-1:]:
        paragraph.paragraph_format.space_after = _AFTER_A_GROUP


def _write(paragraph: Paragraph, text: str, style: str | None = None) -> None:
    paragraph.add_run(ooxml.printable(text), style)
