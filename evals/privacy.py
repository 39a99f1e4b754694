"""Are personal data seen, masked before a model reads them, and kept out of what is printed?"""

from __future__ import annotations

from collections.abc import Sequence

from evals import material
from rapporteur.dutch.personal import find, names_in
from rapporteur.evaluation.scorers import judged, shown
from rapporteur.evaluation.task import Given, Metric, Sample, Score, Task, task
from rapporteur.writing.export.markdown import MarkdownExporter
from rapporteur.writing.voices.shown import Mask


@task
def rules(given: Given) -> Task:
    """Every datum is found as far as it goes, and ordinary talk is not accused."""
    names = sorted({fragment.speaker for fragment in material.talk(given) if fragment.speaker})
    lines = given.lines("privacy.jsonl")
    return Task(
        [Sample(line["id"], line["text"], line["secrets"], "secret" if line["secrets"] else "plain") for line in lines],
        lambda sample: [sample.input[d.span.start : d.span.end] for d in find(sample.input, names)],
        _covers,
        [
            Metric("personal data seen", ("secret",), least=1.0),
            Metric("ordinary talk not accused", ("plain",), least=1.0),
        ],
    )


def _covers(sample: Sample, seen: Sequence[str]) -> Score:
    """Right where every secret was seen from its first letter to its last, and nothing beyond them."""
    missed = [secret for secret in sample.target if secret not in seen]
    beyond = [one for one in seen if not any(one in secret for secret in sample.target)]
    return judged(
        not missed and not beyond, seen, f"missed: {shown(missed)}; beyond: {shown(beyond)}; in: {sample.input}"
    )


@task
def planted(given: Given) -> Task:
    """What a human marked in the example is masked in what a model is shown. A diagnosis has no form to know it by."""
    truth = material.example_truth(given)
    mask = Mask(frozenset(material.example(given).store.speakers()) | names_in(text for _, _, text in truth))
    private = [(text, secret) for (_, _, text), turn in truth.items() for secret in turn["truth"]["pii"]]
    return Task(
        [Sample(f"{secret[:1]}… #{number}", text, secret) for number, (text, secret) in enumerate(private)],
        lambda sample: mask(sample.input),
        lambda sample, masked: judged(
            sample.target not in masked, "still there", f"a datum that starts with {sample.target[:1]} was not masked"
        ),
        [Metric("planted data masked")],
    )


@task
def drafts(given: Given) -> Task:
    """No name of a speaker stands in a draft of the example, and nothing that the rules see as personal."""
    corpus = material.example(given)
    names = sorted(corpus.store.speakers())
    dataset = [
        Sample(f"{theme}, paragraph {number}", line)
        for theme, report in corpus.rendered.items()
        for number, line in enumerate(MarkdownExporter().to_bytes(report).decode().splitlines(), 1)
        if line.strip() and not line.startswith(("<!--", "---"))
    ]
    return Task(
        dataset,
        lambda sample: find(sample.input, names),
        lambda sample, seen: judged(not seen, [d.kind for d in seen] or sample.input, f"it stands in: {sample.input}"),
        [Metric("lines of drafts without personal data", least=1.0)],
    )
