"""Whole drafts under evil answers, and what is left of each: crashes, false quotes, lost sections.

A draft goes the whole way: outline, voice over HTTP, report, Word and Markdown, `check`. Beside `check` stands an
oracle that shares no code with it: what stands between marks must be in a record letter for letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from rapporteur.config import Settings
from rapporteur.errors import RapporteurError, ServiceFailed
from rapporteur.files import write_atomically
from rapporteur.pipeline import checking, drafting
from rapporteur.sources.store import Store
from rapporteur.types import Block, Report, Revision
from rapporteur.writing.export.registry import exporter_for
from rapporteur.writing.outline.template import CITIZENS
from tests.evil_answers import mixture
from tests.model_server import GOOD, Play
from tests.servers import OpenAIServer
from tests.workspaces import draft_with_model

_TIMEOUT = 1.0  # seconds: what hangs is given up soon
_LEFT_OUT = re.compile(r"\[[^\]]*\]|[…]|\.\.\.|\bX\b")
_MARKS = "\"'`´‘’‚‛“”„‟«»‹›「」『』〝〞＂＇′″❝❞❛❜⹂ʻʼ˝"


@dataclass(slots=True)
class Outcome:
    """What came of drafting one theme under one seed. Every list names what went wrong; `failed` is an honest error."""

    seed: int
    given: Counter[str] = field(default_factory=Counter)
    failed: str = ""
    crashes: list[str] = field(default_factory=list)
    false_quotes: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    quotes: int = 0
    written: int = 0
    topics: int = 0

    @property
    def evil(self) -> int:
        return self.given.total() - self.given[GOOD]

    @property
    def wrong(self) -> list[str]:
        return [*self.crashes, *self.false_quotes, *self.findings, *self.lost]


def draft(seed: int, theme: str, settings: Settings, store: Store, folder: Path) -> Outcome:
    """Draft a theme under the mixture of this seed; a service that failed is asked once more, well this time."""
    play = Play(seed, mixture(seed))
    outcome = Outcome(seed)
    try:
        with OpenAIServer(play) as server:
            changed = replace(
                settings, model=f"openai:kwaad-{seed}", base_url=server.url, timeout=_TIMEOUT, max_retries=1
            )
            revision = _drafted(theme, changed, store, outcome)
            if revision is None:
                server.behave(Play(seed))
                revision = _drafted(theme, changed, store, outcome)
            if revision is None:
                outcome.crashes.append(f"no draft under good answers after: {outcome.failed}")
            else:
                _judge(revision, store, folder, outcome)
    except Exception as error:  # noqa: BLE001 (any is what is looked for)
        outcome.crashes.append(f"{type(error).__name__}: {str(error)[:200]}")
    outcome.given = play.given
    return outcome


def _drafted(theme: str, settings: Settings, store: Store, outcome: Outcome) -> Revision | None:
    """The saved revision; None after an honest failure of the service."""
    try:
        return draft_with_model(theme, settings, store).revision
    except ServiceFailed as error:
        outcome.failed = f"{type(error).__name__}: {error.what}"
        return None


def _judge(revision: Revision, store: Store, folder: Path, outcome: Outcome) -> None:
    said = {_letters(fragment.text) for fragment in store.fragments(revision.theme)}
    outcome.lost = list(lost(revision.report))
    outcome.topics = sum(block.kind == "topic" for section in revision.report.sections for block in section.blocks)
    outcome.false_quotes += [f"in prose: {text}" for text in marked_prose(revision.report)]
    rendered = drafting.render_report(revision, store)
    for name in ("verslag.docx", "verslag.md"):
        file = folder / name
        write_atomically(file, exporter_for(file).to_bytes(rendered))
        try:
            checked = checking.check_document(file, store)
        except RapporteurError as error:
            outcome.crashes.append(f"check of {name}: {error.what}")
            continue
        outcome.quotes += len(checked.quotations)
        for quotation, verdict in checked.quotations:
            if not verdict.clean or not _was_said(quotation.text, said):
                outcome.false_quotes.append(f"{name}: {verdict.kind}: {quotation.text}")
        outcome.findings += [f"{name}: {f.check}: {f.text}" for f in checked.findings if f.severity == "error"]


def lost(report: Report) -> Iterator[str]:
    """Sections of the template that are not there, and topics without a title or a text."""
    there = {section.key for section in report.sections if section.blocks}
    yield from (part.key for part in CITIZENS.sections if part.key not in there)
    for block in _blocks(report):
        if block.kind == "topic" and not (_says_something(block.text) and _says_something(block.title)):
            yield f"{block.id}: {block.title!r} {block.text!r}"


def marked_prose(report: Report) -> Iterator[str]:
    """Prose with a mark in it that could open or close a quotation: no block but a quote has words of a person."""
    for block in _blocks(report):
        for text in (block.title, block.text, *block.items):
            visible = re.sub(r"(?<=\w)['’](?=\w)|(?<!\w)['’](?=[snt]\b|s-)|(?<=\w)['’]s\b", "", text)
            if any(character in _MARKS for character in visible):
                yield f"{block.id}: {text}"


def _blocks(report: Report) -> Iterator[Block]:
    for section in report.sections:
        yield from section.blocks


def _says_something(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]", text)) >= 3


def _was_said(quote: str, said: set[str]) -> bool:
    pieces = [_letters(piece) for piece in _LEFT_OUT.split(quote)]
    return any(all(piece in text for piece in pieces) for text in said)


def _letters(text: str) -> str:
    """Words alone: without case, marks and white space, so that only typography may differ."""
    return "".join(c for c in unicodedata.normalize("NFC", text).casefold() if c.isalnum())
