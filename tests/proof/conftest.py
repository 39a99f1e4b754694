"""Fragments to check against: an invented record, the example corpus, and the published records if they are here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rapporteur.proof.quotes import QuoteChecker
from rapporteur.sources.fragments import cut
from rapporteur.sources.readers.registry import READERS, read_record
from rapporteur.types import Attribution, Fragment, Quotation, Verdict
from tests.proof.invented import INVENTED, Check, fragments_of


@pytest.fixture(scope="session")
def checker() -> QuoteChecker:
    return QuoteChecker(INVENTED)


@pytest.fixture(scope="session")
def check(checker: QuoteChecker) -> Check:
    """check(text, role=None, dialogue=None, theme=None) -> Verdict, against the invented record."""

    def ask(text: str, role: str | None = None, dialogue: int | None = None, theme: str | None = None) -> Verdict:
        return checker.check(Quotation(text, "here", Attribution("", role, dialogue, theme)))

    return ask


@pytest.fixture(scope="session")
def example_fragments(corpus_folder: Path) -> tuple[Fragment, ...]:
    paths = sorted(p for p in corpus_folder.glob("*/*") if p.suffix in READERS)
    return tuple(f for path in paths for f in cut(read_record(path, path.relative_to(corpus_folder).as_posix()).record))


@pytest.fixture(scope="session")
def published_fragments(shared: Path) -> tuple[Fragment, ...]:
    paths = sorted((shared / "published" / "records").glob("*/*.json"))
    fragments: list[Fragment] = []
    for path in paths:
        record = json.loads(path.read_text(encoding="utf-8"))
        turns = [(turn["speaker"], turn["role"], turn["text"]) for turn in record["turns"]]
        fragments += fragments_of(f"{record['theme']}/{path.stem}", record["theme"], record["dialogue"], turns)
    return tuple(fragments)


@pytest.fixture(scope="session")
def published_quotes(shared: Path) -> tuple[dict[str, object], ...]:
    path = shared / "published" / "gold" / "quotes.jsonl"
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
