"""One fault planted in an honest report is found, and nothing else: in every format, with or without a stored draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rapporteur import wiring
from rapporteur.config import Settings
from rapporteur.files import write_atomically
from rapporteur.pipeline import checking, drafting
from rapporteur.sources.store import Store
from rapporteur.types import CheckedDocument
from rapporteur.writing.export.interface import RenderedReport, TopicLead
from rapporteur.writing.export.registry import exporter_for
from rapporteur.writing.outline.template import CITIZENS
from rapporteur.writing.voices.extractive import ExtractiveVoice
from tests.proof.faulty_reports import Fault, Names, faults, writers_report
from tests.workspaces import index, settings_for

THEME = "groen-en-buitenruimte"
ALL = faults(
    Names(
        participant="Marloes Fikkert",
        third_party="Gerard Ottink",
        naming=(
            "Daar heeft een docent van mij, Jolien Haverkotte, al een ontwerp voor gemaakt",
            "student bouwkunde",
            2,
        ),
    )
)
FORMATS = (".docx", ".md", ".html", ".json")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Iterator[tuple[Settings, Store]]:
    settings = settings_for(tmp_path_factory.mktemp("fouten"))
    index(settings, corpus_folder / THEME)
    with wiring.store(settings) as store:
        yield settings, store


@pytest.fixture(scope="module")
def reports(example: tuple[Settings, Store]) -> dict[str, RenderedReport]:
    settings, store = example
    drafted = drafting.draft_report(
        THEME, store=store, embedder=wiring.embedder(settings), template=CITIZENS, voice=ExtractiveVoice()
    )
    own = drafting.render_report(drafted.revision, store)
    return {"our own draft": own, "a writer's report": writers_report(own)}


def _checked(report: RenderedReport, store: Store, folder: Path) -> list[CheckedDocument]:
    """The report in every format, checked."""
    files = [folder / f"rapport{suffix}" for suffix in FORMATS]
    for file in files:
        write_atomically(file, exporter_for(file).to_bytes(report))
    return checking.check_documents(files, store)


@pytest.mark.parametrize("which", ["our own draft", "a writer's report"])
def test_an_honest_report_has_no_finding(
    which: str, example: tuple[Settings, Store], reports: dict[str, RenderedReport], tmp_path: Path
) -> None:
    for document in _checked(reports[which], example[1], tmp_path):
        assert [f for f in document.findings if f.check != "balance"] == []


@pytest.mark.parametrize("fault", ALL, ids=lambda fault: fault.name)
@pytest.mark.parametrize("which", ["our own draft", "a writer's report"])
def test_a_planted_fault_is_found_and_nothing_else_is(
    which: str, fault: Fault, example: tuple[Settings, Store], reports: dict[str, RenderedReport], tmp_path: Path
) -> None:
    faulty = fault.plant(reports[which])
    assert faulty != reports[which]
    for document in _checked(faulty, example[1], tmp_path):
        found = [f for f in document.findings if f.severity != "info"]
        assert sorted(f.check for f in found) == sorted(fault.checks), (document.document, found)


@pytest.mark.parametrize(("number", "severity"), [("Dertig", "error"), ("Twee", "warning")])
def test_a_number_under_a_topic_that_the_outline_did_not_count_is_found(
    number: str, severity: str, example: tuple[Settings, Store], reports: dict[str, RenderedReport], tmp_path: Path
) -> None:
    own = reports["our own draft"]
    at = next(n for n, item in enumerate(own.items) if isinstance(item, TopicLead) and "deelnemers" in item.text)
    lead = own.items[at]
    assert isinstance(lead, TopicLead)
    changed = replace(lead, text=re.sub(r"\w+ deelnemers", f"{number} deelnemers", lead.text, count=1))
    faulty = replace(own, items=(*own.items[:at], changed, *own.items[at + 1 :]))
    for document in _checked(faulty, example[1], tmp_path):
        assert len(document.findings) == 1, (changed, document.document)
        (finding,) = document.findings
        assert (finding.check, finding.severity, finding.text) == ("count", severity, f"{number} deelnemers")
