"""A Word file goes to a colleague: what `check` says there, with the same records, changed ones or none of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from rapporteur import wiring
from rapporteur.cli.main import main
from rapporteur.files import write_atomically
from rapporteur.pipeline import checking, drafting
from rapporteur.types import CheckedDocument
from rapporteur.writing.export.interface import RenderedReport
from rapporteur.writing.export.registry import exporter_for
from rapporteur.writing.outline.template import CITIZENS
from rapporteur.writing.voices.extractive import ExtractiveVoice
from tests.workspaces import index, settings_for, write_record

THEME = "ontmoeten-in-de-buurt"
NOON = datetime(2022, 6, 1, 12, tzinfo=UTC)


class Made(NamedTuple):
    report: RenderedReport
    file: Path
    corpus: Path
    checked: CheckedDocument


def drafted(root: Path, *corpus: Path) -> RenderedReport:
    settings = settings_for(root)
    index(settings, *corpus)
    with wiring.store(settings) as store:
        voice = ExtractiveVoice()
        embedder = wiring.embedder(settings)
        made = drafting.draft_report(THEME, store=store, embedder=embedder, template=CITIZENS, voice=voice, now=NOON)
        return drafting.render_report(made.revision, store)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> Iterator[Made]:
    root = tmp_path_factory.mktemp("schrijver")
    shutil.copytree(corpus_folder / THEME, root / "corpus" / THEME)
    report = drafted(root)
    file = root / "verslag.docx"
    write_atomically(file, exporter_for(file).to_bytes(report))
    with wiring.store(settings_for(root)) as store:
        yield Made(report, file, root / "corpus", checking.check_document(file, store))


def test_the_same_records_under_another_path_give_the_same_verdicts(made: Made, tmp_path: Path) -> None:
    shutil.copytree(made.corpus, tmp_path / "elders" / "map met spaties")
    workspace = tmp_path / "werkmap"
    workspace.mkdir()
    settings = settings_for(workspace)
    index(settings, tmp_path / "elders")
    with wiring.store(settings) as store:
        checked = checking.check_document(made.file, store)
    assert checked.quotations == made.checked.quotations
    assert all(verdict.clean for _, verdict in checked.quotations)
    assert "other-records" not in {finding.check for finding in checked.findings}


def test_the_same_records_under_another_path_give_the_same_report_with_the_same_fingerprints(
    made: Made, tmp_path: Path
) -> None:
    shutil.copytree(made.corpus, tmp_path / "elders")
    again = drafted(tmp_path, tmp_path / "elders")
    assert again == made.report
    assert again.properties["report_fingerprint"] == made.report.properties["report_fingerprint"]


def test_one_changed_record_is_a_warning_that_names_both_fingerprints(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(made.corpus, tmp_path / "corpus")
    record = tmp_path / "corpus" / THEME / "dialoog-3.md"
    record.write_text(record.read_text("utf-8") + "\nEr kwam later een regel bij.\n", "utf-8")
    settings = settings_for(tmp_path)
    index(settings)
    with wiring.store(settings) as store:
        (now,) = checking.corpus_fingerprints([made.checked], store).values()
    capsys.readouterr()
    assert main(["check", str(made.file), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (finding,) = [f for f in told["findings"] if f["check"] == "other-records"]
    assert finding["severity"] == "warning"
    assert made.report.properties["corpus_fingerprint"] in finding["why"] and now in finding["why"]
    assert main(["check", str(made.file), "--strict"]) == 1
    shown = "".join(capsys.readouterr().out.split())
    assert now in shown and made.report.properties["corpus_fingerprint"] in shown


def test_records_of_another_theme_alone_are_said_not_to_be_those_of_the_document(made: Made, tmp_path: Path) -> None:
    write_record(tmp_path / "corpus", "iets-anders", 1)
    settings = settings_for(tmp_path)
    index(settings)
    with wiring.store(settings) as store:
        checked = checking.check_document(made.file, store)
    (finding,) = [f for f in checked.findings if f.check == "other-records"]
    assert made.report.properties["corpus_fingerprint"] in finding.why
    assert not any(verdict.clean for _, verdict in checked.quotations)


@pytest.mark.parametrize("suffix", [".md", ".html", ".json"])
def test_every_format_names_the_records_it_was_drafted_from(made: Made, suffix: str, tmp_path: Path) -> None:
    write_record(tmp_path / "corpus", THEME, 1)
    settings = settings_for(tmp_path)
    index(settings)
    file = tmp_path / f"verslag{suffix}"
    write_atomically(file, exporter_for(file).to_bytes(made.report))
    with wiring.store(settings) as store:
        assert "other-records" in {finding.check for finding in checking.check_document(file, store).findings}
