"""Twelve sloppy reports: all that is wrong in them is found, and nothing else is called an error or a warning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rapporteur import wiring
from rapporteur.pipeline import checking
from rapporteur.sources.store import Store
from rapporteur.types import Finding
from tests.proof.sloppy_reports import WRITERS, Expected, SloppyReport, sloppy_reports, write
from tests.workspaces import index, settings_for

REPORTS = sloppy_reports()
FEWEST_FAULTS, MOST_FAULTS = 8, 20


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Iterator[Store]:
    settings = settings_for(tmp_path_factory.mktemp("slordig"))
    index(settings, corpus_folder)
    with wiring.store(settings) as opened:
        yield opened


def test_there_are_twelve_with_many_faults_each() -> None:
    assert len(REPORTS) == 12
    assert all(FEWEST_FAULTS <= len(report.wrong) <= MOST_FAULTS for report in REPORTS)


@pytest.mark.parametrize("suffix", sorted(WRITERS))
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_all_that_is_wrong_is_found_and_nothing_else(
    report: SloppyReport, suffix: str, store: Store, tmp_path: Path
) -> None:
    findings = checking.check_document(write(report, tmp_path, suffix), store).findings
    accused = [finding for finding in findings if finding.severity != "info"]
    missed, false_alarms = _matched(report.wrong, accused)
    assert (missed, false_alarms) == ([], [])
    told = [finding for finding in findings if finding.severity == "info"]
    assert [e for e in report.worth_knowing if not any(map(e.is_told_by, told))] == []


def _matched(wrong: tuple[Expected, ...], found: list[Finding]) -> tuple[list[str], list[Finding]]:
    """What was expected and not found, and what was found and not expected; each finding meets one expectation."""
    missed, left = [], list(found)
    for expected in wrong:
        met = next(filter(expected.is_met_by, left), None)
        if met is None:
            missed.append(str(expected))
        else:
            left.remove(met)
    return missed, left
