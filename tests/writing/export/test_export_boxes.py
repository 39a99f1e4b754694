"""A kader can hold a quote; every format prints it inside the box, and `check` finds it there again."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.proof.documents.registry import read_document
from rapporteur.writing.export.interface import Box, Heading, Paragraph, Quote, RenderedReport
from rapporteur.writing.export.registry import exporter_for

WORDS = "Wij zijn met zes mensen een ruilkast begonnen, en elke zaterdag staat er soep bij."
QUOTE = Quote("ideeen-k1-c1", WORDS, "kok, dialoog 2", "groen/2/abc", "kok", 2)
REPORT = RenderedReport(
    title="Groen",
    subtitle="Verslag",
    items=(
        Heading("3. Ideeën", 1, "ideeen"),
        Box("Een ruilkast met soep", ("Een kok vertelde over een initiatief dat al loopt.",), "ideeen-k1", (QUOTE,)),
        Paragraph("Daarna ging het over iets anders."),
    ),
    theme="groen",
)


@pytest.mark.parametrize("suffix", [".docx", ".md", ".html", ".json"])
def test_the_quote_of_a_box_is_found_with_who_said_it_and_its_fragment(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"verslag{suffix}"
    file.write_bytes(exporter_for(file).to_bytes(REPORT))
    (found,) = read_document(file).quotations
    assert found.text == WORDS
    assert found.attribution is not None
    assert (found.attribution.role, found.attribution.dialogue) == ("kok", 2)
    assert found.fragment == (None if suffix == ".md" else "groen/2/abc")
