"""Are numbers and words for how many called in question where the records or the quotes do not bear them?

Short documents on our own small talk, each with one claim; a check may say nothing that it should not, either.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from evals import material
from rapporteur.evaluation.scorers import found
from rapporteur.evaluation.task import Given, Metric, Sample, Task, task
from rapporteur.proof.checks import examined, registry
from rapporteur.proof.checks.provenance import provenance
from rapporteur.proof.documents.registry import read_document
from rapporteur.proof.facts import CorpusFacts, Session, Speaker
from rapporteur.proof.quotes import QuoteChecker
from rapporteur.types import Fragment

_LEADS = frozenset({"gespreksleider", "notulist", "wethouder"})
_AT_THE_TABLE = {1: 6, 2: 7, 3: 6, 4: 7}
_TOLD = ("error", "warning")


@task
def claims(given: Given) -> Task:
    said = material.talk(given)
    checker, facts = QuoteChecker(said), _facts(said)
    lines = material.rules(given, "prose_claims.jsonl")
    return Task(
        [Sample(line["id"], line["text"], line["checks"], "wrong" if line["checks"] else "true") for line in lines],
        lambda sample: _findings(sample.input, checker, facts, said),
        lambda sample, checks: found(sample.target, checks),
        [
            Metric("claims that are not borne found", ("wrong",), least=1.0),
            Metric("claims that are true left alone", ("true",), least=1.0),
        ],
    )


def _facts(said: Sequence[Fragment]) -> CorpusFacts:
    sessions = []
    for dialogue, participants in _AT_THE_TABLE.items():
        here = [f for f in said if f.dialogue == dialogue]
        speakers = frozenset(Speaker(f.speaker, f.role, f.role in _LEADS) for f in here)
        places = frozenset({"Vaartstede" if dialogue < 3 else "Sluiswijk"})
        sessions.append(Session(material.TALKS_THEME, dialogue, speakers, participants, places))
    return CorpusFacts(tuple(sessions), tuple(said))


def _findings(text: str, checker: QuoteChecker, facts: CorpusFacts, said: Sequence[Fragment]) -> list[str]:
    """The checks that have something to say of a document, as a stranger reads it."""
    with TemporaryDirectory() as place:
        file = Path(place) / "verslag.md"
        file.write_text(text, "utf-8")
        document = read_document(file)
    verdicts = [(quotation, checker.check(quotation)) for quotation in document.quotations]
    fragments = {f.id: f for f in said}
    seen = examined.examine(document, verdicts, fragments, facts)
    told = [*provenance(tuple(verdicts)), *document.findings, *registry.findings(seen)]
    return sorted({finding.check for finding in told if finding.severity in _TOLD})
