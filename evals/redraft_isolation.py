"""Does writing one section anew leave every other block as it was, byte for byte, and do what was asked?"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from evals import material
from rapporteur.evaluation.scorers import judged
from rapporteur.evaluation.task import Given, Metric, Sample, Score, Task, task
from rapporteur.pipeline import drafting
from rapporteur.pipeline.redrafting import Asked, Redraft, redraft_section
from rapporteur.types import SECTION_KEYS, Block, Report
from rapporteur.writing.outline.template import CITIZENS
from rapporteur.writing.voices.extractive import ExtractiveVoice

_MOST = 4  # of a kind, by default


@task
def sections(given: Given) -> Task:
    corpus = material.Corpus(material.example_corpus(), given.embedder)  # of its own: redrafting saves revisions
    places = [(theme, key) for theme in corpus.themes for key in SECTION_KEYS]
    asked = [
        Sample(f"{kind}, {theme}: {key}", (theme, key, kind), None, kind)
        for kind in ("seed", "drop", "nothing")
        for theme, key in given.some(places, _MOST, str)
    ]

    def write(sample: Sample) -> Redraft:
        theme, key, kind = sample.input
        assert corpus.drafts  # there is a first revision
        base = drafting.last_revision(theme, corpus.store)
        return redraft_section(
            base,
            key,
            {"seed": Asked(seed=7), "drop": Asked(drop=_quotes(base.report, key)[:1])}.get(kind, Asked()),
            store=corpus.store,
            embedder=corpus.embedder,
            template=CITIZENS,
            voice=ExtractiveVoice(),
            now=material.DRAFTED,
        )

    def score(sample: Sample, made: Redraft) -> Score:
        _, key, kind = sample.input
        base = made.base.report
        told = {*made.changed, *made.gone, *made.recomputed}
        touched = [block for block in _different(base, made.report) if block not in told]
        if kind == "nothing":
            return judged(made.report == base, list(told), "nothing was asked, so nothing changes")
        if kind == "drop":
            dropped = _quotes(base, key)[:1]
            gone = not dropped or dropped[0] not in _quotes(made.report, key)
            return judged(gone and not touched, touched, "only what is told may change, and the quote is gone")
        return judged(not touched, touched, "blocks that are not told stay as they were")

    return Task(asked, write, score, [
        Metric("nothing asked, nothing changed", ("nothing",), least=1.0),
        Metric("blocks elsewhere stay byte for byte", ("seed", "drop"), least=1.0),
    ])  # fmt: skip


def _quotes(report: Report, key: str) -> tuple[str, ...]:
    """The ids of the quote blocks of a section, in order."""
    return tuple(b.id for s in report.sections if s.key == key for b in s.blocks if b.kind == "quote" and b.quote)


def _different(before: Report, after: Report) -> list[str]:
    """The ids of blocks that are not the same in both."""
    was, now = _blocks(before), _blocks(after)
    return sorted(block for block in {*was, *now} if was.get(block) != now.get(block))


def _blocks(report: Report) -> dict[str, str]:
    return {b.id: _bytes(b) for section in report.sections for b in section.blocks}


def _bytes(block: Block) -> str:
    fields: dict[str, Any] = asdict(block)
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)
