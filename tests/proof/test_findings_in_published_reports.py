"""Reports that people published: few findings beyond their quotations, and each one that can be defended.

Read from ../shared at run time; no sentence of theirs is part of this repository.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapporteur import wiring
from rapporteur.pipeline import checking
from rapporteur.types import CheckedDocument
from tests.workspaces import index, settings_for

ABOUT_QUOTATIONS = {"provenance", "attribution"}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> dict[str, CheckedDocument]:
    folder = tmp_path_factory.mktemp("gepubliceerd")
    settings = settings_for(folder)
    index(settings, shared / "published" / "records")
    files = []
    for line in (shared / "published" / "gold" / "reports.jsonl").read_text("utf-8").splitlines():
        report = json.loads(line)
        files.append(folder / f"{report['theme']}.md")
        files[-1].write_text("\n\n".join(_markdown(report)), "utf-8")
    with wiring.store(settings) as store:
        return {d.document.removesuffix(".md"): d for d in checking.check_documents(files, store)}


def _markdown(report: dict) -> Iterator[str]:  # type: ignore[type-arg]
    summary, intro = report["summary"], report["intro"]
    yield f"# {report['title']}"
    yield "## Samenvatting"
    for key, mark in (("knel", "–"), ("kiem", "\\+"), ("dreams", "–"), ("ideas", "–"), ("process_observations", "–")):
        yield from (f"{mark} {line['text']}" for line in summary.get(key) or ())
    yield report["facts"]["text"]
    if summary.get("pull_quote"):
        yield _quote(summary["pull_quote"])
    yield f"## {intro['title']}"
    for part in intro["parts"]:
        yield f"### {part['heading']}"
        yield from map(_block, part["blocks"])
    yield from (paragraph["text"] for paragraph in report["theme_description"]["description"])
    for section in report["sections"]:
        yield f"## {section['heading']}"
        yield from map(_block, section["blocks"])


def _block(block: dict) -> str:  # type: ignore[type-arg]
    return _quote(block) if block["kind"] == "quote" else str(block["text"])


def _quote(block: dict) -> str:  # type: ignore[type-arg]
    dialogue = f"dialoog {block['dialogue']}" if block.get("dialogue") else ""
    said = ", ".join(part for part in (block.get("role") or "", dialogue) if part)
    return f"‘{block['text']}’ ({said})" if said else f"‘{block['text']}’"


def test_hardly_anything_is_said_of_them(checked: dict[str, CheckedDocument]) -> None:
    counting = [
        finding
        for document in checked.values()
        for finding in document.findings
        if finding.check not in ABOUT_QUOTATIONS and finding.severity != "info"
    ]
    assert sum(len(document.quotations) for document in checked.values()) > 100
    assert len(counting) <= 5, counting
    assert not [f for f in counting if f.check == "personal-data"]


def test_the_heading_that_contradicts_its_own_text_is_found(checked: dict[str, CheckedDocument]) -> None:
    (finding,) = [f for f in checked["natuur-en-milieu"].findings if f.check == "count"]
    assert finding.severity == "error" and "Zes" in finding.text


def test_pull_quotes_that_stand_in_the_body_too_are_told_for_information(checked: dict[str, CheckedDocument]) -> None:
    repeats = [f for document in checked.values() for f in document.findings if f.check == "used-twice"]
    assert repeats and {f.severity for f in repeats} == {"info"}
