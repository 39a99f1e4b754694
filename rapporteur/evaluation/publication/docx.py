"""The page to sign as a Word file, in the styles of the reports, a size smaller: one A4 when nothing is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

import docx
from docx.document import Document
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from rapporteur.evaluation.publication import page as words
from rapporteur.evaluation.publication.page import Page, PointsTable, cited
from rapporteur.evaluation.publication.result import Point
from rapporteur.writing.export import ooxml

_SIZES = {"Normal": 9, "Title": 18, "Subtitle": 11, "Heading 1": 11.5, "Footer": 8, "Kadertitel": 12}
_SPACE_BELOW = {"Normal": 3, "Title": 0, "Subtitle": 6, "Heading 1": 3, "Opsomming": 0, "Kadertekst": 4}
_THREE = (Cm(3.7), Cm(5.3), Cm(8.0))
_TWO = (Cm(4.2), Cm(12.8))
_POINTS = (Cm(1.9), Cm(10.6), Cm(4.5))
_TO_SIGN = (Cm(7.2), Cm(3.2), Cm(6.6))
_LINE = Pt(24)  # as high as a person needs to write in
_CORE_PROPERTY_LENGTH = 255


def to_docx(page: Page) -> bytes:
    """The page as a Word file: the same bytes for the same page."""
    document = docx.Document()
    ooxml.adopt_styles(document, "nl-NL")
    _set_styles(document)
    _set_properties(document, page)
    _set_paper(document, page)
    _set_front(document, page)
    for table in page.tables:
        _set_points(document, table, starts_page=table is page.tables[0])
    return ooxml.to_bytes(document)


def _set_styles(document: Document) -> None:
    for name, points in _SIZES.items():
        document.styles[name].font.size = Pt(points)
    for name, points in _SPACE_BELOW.items():
        document.styles[name].paragraph_format.space_after = Pt(points)
    document.styles["Normal"].paragraph_format.line_spacing = 1.1
    document.styles["Heading 1"].paragraph_format.space_before = Pt(9)


def _set_properties(document: Document, page: Page) -> None:
    core = document.core_properties
    core.title = ooxml.printable(f"{words.TITLE}: {page.subtitle}")[:_CORE_PROPERTY_LENGTH]
    core.author = ooxml.printable(page.author)[:_CORE_PROPERTY_LENGTH]
    core.language = "nl-NL"
    core.comments = ""
    core.created = core.modified = page.made.astimezone(UTC)


def _set_paper(document: Document, page: Page) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(1.6)
    section.header_distance = section.footer_distance = Cm(0.8)
    foot = section.footer.paragraphs[0]
    _write(foot, f"{page.foot}   Pagina ")
    ooxml.add_field(foot, "PAGE")
    _write(foot, " van ")
    ooxml.add_field(foot, "NUMPAGES")


def _set_front(document: Document, page: Page) -> None:
    _write(document.add_paragraph(style="Title"), words.TITLE)
    _write(document.add_paragraph(style="Subtitle"), page.subtitle)
    _write(document.add_paragraph(style="Kadertitel"), f"{page.sign} {page.outcome}")
    _write(document.add_paragraph(style="Kadertekst"), page.says)
    _set_checked(document, page)
    _set_not_checked(document)
    _set_belongs(document, page)
    _set_signing(document, page)


def _set_checked(document: Document, page: Page) -> None:
    heading, columns = words.CHECKED
    _heading(document, heading)
    _fill(_table(document, columns, len(page.checked), _THREE, heading, first_column=True), page.checked)


def _set_not_checked(document: Document) -> None:
    heading, about, bullets = words.NOT_CHECKED
    _heading(document, heading)
    _write(document.add_paragraph(), about)
    mark = ooxml.add_list_mark(document, "–")
    for text in bullets:
        paragraph = document.add_paragraph(style="Opsomming")
        ooxml.use_list_mark(paragraph, mark)
        _write(paragraph, text)


def _set_belongs(document: Document, page: Page) -> None:
    heading, about, columns = words.BELONGS
    _heading(document, heading)
    _write(document.add_paragraph(), about)
    _fill(_table(document, columns, len(page.belongs), _TWO, heading, first_column=True), page.belongs)


def _set_signing(document: Document, page: Page) -> None:
    heading, columns = words.SIGNING
    _heading(document, heading)
    _write(document.add_paragraph(), page.declares)
    if page.to_sign:
        for row in list(_table(document, columns, words.SIGNATURES, _TO_SIGN, heading).rows)[1:]:
            row.height = _LINE


def _set_points(document: Document, points: PointsTable, *, starts_page: bool) -> None:
    heading = _heading(document, points.heading)
    heading.paragraph_format.page_break_before = starts_page
    _write(document.add_paragraph(), points.about)
    table = _table(document, points.columns, len(points.points), _POINTS, points.heading)
    for number, (row, point) in enumerate(zip(list(table.rows)[1:], points.points, strict=True), start=1):
        box, told, _ = row.cells
        _write(box.paragraphs[0], f"☐ {number}")
        _set_point(told, point)


def _set_point(cell: _Cell, point: Point) -> None:
    _write(cell.paragraphs[0], point.what, "Onderwerptitel")
    if point.why:
        _write(cell.add_paragraph(), point.why)
    if point.english:
        ooxml.mark_language(_write(cell.add_paragraph(), point.english), "en-GB")
    if point.text:
        _write(cell.add_paragraph(), f"‘{cited(point.text)}’")
    if point.place:
        _write(cell.add_paragraph(), f"Waar: {point.place}", "Bronvermelding")
    if point.advice:
        _write(cell.add_paragraph(), point.advice)


def _heading(document: Document, text: str) -> Paragraph:
    paragraph = document.add_paragraph(style="Heading 1")
    _write(paragraph, text)
    return paragraph


def _table(
    document: Document,
    columns: Sequence[str],
    rows: int,
    widths: Sequence[Cm],
    about: str,
    *,
    first_column: bool = False,
) -> Table:
    """A table with a row of headings and `rows` empty ones, each named by its first cell if `first_column`."""
    table: Table = document.add_table(rows=rows + 1, cols=len(columns), style="Feiten")
    _set_widths(table, widths)
    ooxml.make_headers(table, about, first_column=first_column)
    ooxml.keep_rows_whole(table)
    for cell, text in zip(table.rows[0].cells, columns, strict=True):
        _write(cell.paragraphs[0], text)
    return table


def _fill(table: Table, rows: Sequence[Sequence[str]]) -> None:
    for row, cells in zip(list(table.rows)[1:], rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            _write(cell.paragraphs[0], text)


def _set_widths(table: Table, widths: Sequence[Cm]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _write(paragraph: Paragraph, text: str, style: str | None = None) -> Paragraph:
    paragraph.add_run(ooxml.printable(text), style)
    return paragraph
