"""Which exporter sets which kind of file, and what loading it costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rapporteur.errors import OutputUnwritable
from rapporteur.writing.export.interface import RenderedReport
from rapporteur.writing.export.registry import EXPORTERS, exporter_for

ROOT = Path(__file__).parents[3]


def loaded_after(statement: str) -> set[str]:
    """The modules that a fresh process has loaded after a statement."""
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_every_exporter_knows_its_own_suffix_and_sets_a_report(report: RenderedReport) -> None:
    assert list(EXPORTERS) == [".docx", ".md", ".html", ".json"]
    for suffix, make in EXPORTERS.items():
        assert make().suffix == suffix
        assert report.title.encode() in make().to_bytes(report) or suffix == ".docx"


@pytest.mark.parametrize("name", ["verslag.docx", "Verslag.DOCX", "map.met.punt/verslag.docx"])
def test_the_file_name_chooses_the_exporter(name: str) -> None:
    assert exporter_for(Path(name)).suffix == ".docx"


@pytest.mark.parametrize("name", ["verslag.pdf", "verslag"])
def test_another_kind_of_file_is_refused_with_the_kinds_that_can_be_had(name: str) -> None:
    with pytest.raises(OutputUnwritable) as caught:
        exporter_for(Path(name))
    assert ".docx, .md, .html, .json" in caught.value.hint
    assert caught.value.where == name


def test_a_library_loads_only_with_the_exporter_that_needs_it() -> None:
    registry = "from rapporteur.writing.export.registry import EXPORTERS"
    assert not {"docx", "lxml", "jinja2", "yaml"} & loaded_after(registry)
    assert not {"docx", "lxml", "jinja2"} & loaded_after(f"{registry}; EXPORTERS['.md']()")
    assert not {"docx", "lxml", "yaml"} & loaded_after(f"{registry}; EXPORTERS['.html']()")
    assert "docx" in loaded_after(f"{registry}; EXPORTERS['.docx']()")
