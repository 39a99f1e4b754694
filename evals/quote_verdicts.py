"""The cases of three suites (quote_provenance, attribution, misleading_cuts) and how a verdict on one is judged.

Cases are made by rule (quote_cases.py) over the example records and, where it is, `../shared/published`; those of
data/quote_rules.jsonl, one for each rule of quoting, were written by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from evals import material
from evals.material import TALKS_THEME, fragments_in, talk
from evals.quote_cases import Case, Generator
from rapporteur.evaluation.scorers import judged, shown
from rapporteur.evaluation.task import Given, Metric, Sample, Score, Task
from rapporteur.proof.quotes import QuoteChecker
from rapporteur.types import CLEAN, Attribution, Fragment, Quotation, Verdict

# Where a cut, an addition in brackets and a change meet, one verdict is as true as another; clean is never.
_ALSO_ALTERED = ("altered", "not-found", "misleading-cut")
EVERY = 4  # of the fragments, in the default run


@lru_cache
def cases_over(folder: Path, every: int, seed: int) -> tuple[Sequence[Case], QuoteChecker]:
    """The cases over every so-manieth fragment of a folder of records, and what checks them."""
    return cases_of(fragments_in(folder)[::every], seed)


def cases_of(fragments: Sequence[Fragment], seed: int) -> tuple[Sequence[Case], QuoteChecker]:
    generator = Generator(fragments, seed)
    return tuple(generator.cases()), QuoteChecker(generator.sources)


def group_of(case: Case) -> str:
    """Which figure a case counts for, apart from the naming of a changed word."""
    if case.expected == "clean":
        if case.kind.startswith("honest: role"):
            return "role in other forms"
        return "honest cut" if case.kind.startswith("honest cut") else "honest"
    return case.expected


def task_of(cases: Iterable[Case], checker: QuoteChecker, groups: Sequence[str], metrics: Sequence[Metric]) -> Task:
    """The cases of some groups, each beside the verdict it should get."""
    dataset = [
        Sample(f"{case.kind} #{number}", case, case.expected, group_of(case))
        for number, case in enumerate(cases)
        if group_of(case) in groups
    ]
    return Task(dataset, lambda sample: checker.check(sample.input.quotation), _case_score, metrics)


def _case_score(sample: Sample, verdict: Verdict) -> Score:
    case: Case = sample.input
    right = verdict.clean if case.expected == "clean" else verdict.kind == case.expected
    if case.expected == "altered":
        right = verdict.kind in _ALSO_ALTERED
    return judged(right, f"{verdict.kind}: {case.quotation.text}", f"should be {case.expected}; {verdict.why}")


def names_the_change(case: Case, verdict: Verdict) -> bool:
    """Whether one of the differences holds the word that was and the word that is now, with both places."""
    for change in verdict.difference:
        (a, b), (c, d) = change["verslag_span"], change["citaat_span"]
        was, now = case.was or "", case.now or ""
        if was in change["verslag"] and now in change["citaat"] and b - a >= len(was) and d - c >= len(now):
            return now in case.quotation.text[c:d]
    return False


def rules(given: Given, groups: Sequence[str], figure: str, least: float | None = 1.0) -> Task:
    """The hand-written quotations, each of which gets exactly the verdict it should.

    They are of our own small talk; one that is of a turn of its own has that beside it, as `said`.
    """
    own_talk = QuoteChecker(talk(given))
    dataset = [
        Sample(line["id"], line, line["verdict"], line["group"])
        for line in material.rules(given, "quote_rules.jsonl")
        if line["group"] in groups
    ]

    def verdict(sample: Sample) -> Verdict:
        line = sample.input
        checker = QuoteChecker(_turns(line)) if "said" in line else own_talk
        return checker.check(_quotation(line))

    return Task(dataset, verdict, _rule_score, [Metric(figure, least=least)])


def _turns(line: Mapping[str, Any]) -> list[Fragment]:
    """What a line's own speakers said, each in the next dialogue; all in one role, where only one is named."""
    said = [line["said"]] if isinstance(line["said"], str) else line["said"]
    roles = line.get("speakers", [line.get("speaker", "bewoner")] * len(said))
    turns = enumerate(zip(said, roles, strict=True), 1)
    return [
        material.fragment({"id": f"said-{n}", "dialogue": n, "role": role, "text": text[:1].upper() + text[1:]})
        for n, (text, role) in turns
    ]


def _quotation(line: Mapping[str, Any]) -> Quotation:
    role = line.get("role", line.get("speaker", "bewoner"))
    theme = line.get("theme", TALKS_THEME)
    dialogues = tuple(line.get("dialogues", ()))
    said = Attribution("", role, line.get("dialogue", 1), theme, dialogues, line.get("of"))
    return Quotation(line["quote"], "here", said, line.get("fragment"))


def _rule_score(sample: Sample, verdict: Verdict) -> Score:
    """Right with the verdict it should get, or another clean one for a clean one, and with the marks it should tell."""
    right = verdict.kind == sample.target or (verdict.clean and sample.target in CLEAN)
    marks = sample.input.get("marks", [*verdict.marks])
    why = f"should be {sample.target} with marks: {shown(marks)}; {verdict.why}"
    answer = f"{verdict.kind} with marks: {shown(verdict.marks)}, in {verdict.fragment}: {sample.input['quote']}"
    right = right and verdict.fragment == sample.input.get("found", verdict.fragment)
    return judged(right and marks == [*verdict.marks], answer, why)
