"""Are the people and dialogues that carry a topic counted as a human counts them, and put in words that are true?"""

from __future__ import annotations

from evals import material
from rapporteur.dutch import support as wording
from rapporteur.dutch.roles import is_facilitator, is_note_taker
from rapporteur.evaluation.scorers import is_target, judged
from rapporteur.evaluation.task import Given, Metric, Sample, Scored, Task, task
from rapporteur.types import Fragment, Support
from rapporteur.writing.outline.support import support


@task
def own_talk(given: Given) -> Task:
    """Who counts: each person once, hosts, facilitators and note-takers not, two people of one role twice."""
    said = {fragment.id: fragment for fragment in material.talk(given)}

    def count(sample: Sample) -> list[object]:
        found = support([said[i] for i in sample.input], {}, 4)
        return [found.people, list(found.dialogues), wording.people(found.people), wording.dialogues(found)]

    lines = given.lines("support.jsonl")
    dataset = [Sample(line["id"], line["turns"], line["counted"]) for line in lines]
    return Task(dataset, count, is_target, [Metric("rules of counting", least=1.0)])


@task
def example(given: Given) -> Task:
    records = material.example_records(given)
    hosts = {f"{r['theme']}/{r['dialogue']}": r["host"]["role"] for r in records}
    carriers: dict[str, list[Fragment]] = {}
    for judgement, truth in material.judged_example(given):
        fragment = judgement.fragment
        led = is_facilitator(fragment.role) or is_note_taker(fragment.role)
        if truth["topic"] and truth["stance"] != "tegen" and not led:
            carriers.setdefault(truth["topic"], []).append(fragment)
    dataset = [Sample(t["id"], carriers.get(t["id"], []), t["people"]) for t in material.example_topics(given)]
    return Task(
        dataset,
        lambda sample: support(sample.input, hosts, 4),
        lambda sample, found: judged(
            abs(found.people - sample.target) <= 1, found.people, f"a human counts {sample.target}"
        ),
        [
            Metric("example: people within one of a human's count"),
            Metric("example: people as a human counts them", value=_exact),
        ],
    )


def _exact(scored: list[Scored]) -> float:
    found: list[Support] = [one.output for one in scored]
    return sum(f.people == one.sample.target for f, one in zip(found, scored, strict=True)) / len(scored)
