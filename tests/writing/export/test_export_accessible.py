"""What LibreOffice makes of the Word file for who cannot see it: a tagged PDF, fit for PDF/UA as far as code tells."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from rapporteur.writing.export.docx import DocxExporter
from rapporteur.writing.export.interface import Facts, Heading, Quote, RenderedReport
from tests.writing.export.test_export_docx import needs_libreoffice

_TAGGED = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"}}'
)
pytestmark = needs_libreoffice


@pytest.fixture
def catalogue(report: RenderedReport, tmp_path: Path) -> Any:
    """The root of the PDF."""
    file = tmp_path / "verslag.docx"
    file.write_bytes(DocxExporter().to_bytes(report))
    office = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*office, "--convert-to", _TAGGED, "--outdir", str(tmp_path), str(file)],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    return PdfReader(file.with_suffix(".pdf")).trailer["/Root"]


def tags(catalogue: Any) -> Iterator[tuple[str, Any]]:
    """Every element of the structure in reading order, by the standard name of its tag."""
    root = catalogue["/StructTreeRoot"]
    names = root.get("/RoleMap", {})

    def below(kids: Any) -> Iterator[tuple[str, Any]]:
        kids = kids.get_object()
        for kid in kids if isinstance(kids, list) else [kids]:
            element = kid.get_object()
            if isinstance(element, dict) and "/S" in element:
                yield names.get(element["/S"], element["/S"]), element
                if "/K" in element:
                    yield from below(element["/K"])

    yield from below(root["/K"])


def test_the_pdf_is_tagged_in_dutch_and_shows_its_title(catalogue: Any, report: RenderedReport) -> None:
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "nl-NL"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    described = catalogue["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid" in described and report.title in described


def test_its_headings_start_at_one_and_skip_no_level(catalogue: Any, report: RenderedReport) -> None:
    levels = [int(tag[2:]) for tag, _ in tags(catalogue) if tag[:2] == "/H" and tag[2:].isdecimal()]
    assert len(levels) == sum(isinstance(item, Heading) for item in report.items) + 1  # and the colophon
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_lists_and_tables_are_tagged_as_such_and_a_table_has_a_header_row(
    catalogue: Any, report: RenderedReport
) -> None:
    found = [tag for tag, _ in tags(catalogue)]
    (facts,) = [item for item in report.items if isinstance(item, Facts)]
    assert found.count("/TR") == len(facts.rows) + 1
    assert found.count("/TH") == 2
    assert "/L" in found and "/LI" in found


def test_every_tag_has_words_but_for_the_ends_of_the_tree(catalogue: Any, report: RenderedReport) -> None:
    paragraphs = [element for tag, element in tags(catalogue) if tag == "/P"]
    assert all("/K" in element for element in paragraphs)
    assert len(paragraphs) >= sum(isinstance(item, Quote) for item in report.items)


def test_nothing_is_drawn_that_would_need_a_text_in_its_place(catalogue: Any) -> None:
    assert [element for tag, element in tags(catalogue) if tag == "/Figure" and not element.get("/Alt")] == []
