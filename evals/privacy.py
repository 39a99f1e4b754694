"""Are personal data seen, masked before a model reads them, and kept out of what is printed?"""

from __future__ import annotations

from collections.abc import Sequence

from evals import material
from rapporteur.dutch.personal import find, names_in
from rapporteur.evaluation.scorers import is_target, judged, shown
from rapporteur.evaluation.task import Given, Metric, Sample, Score, Task, task
from rapporteur.writing.export.markdown import MarkdownExporter
from rapporteur.writing.voices.shown import Mask


@task
def rules(given: Given) -> Task:
    """Every datum is found as far as it goes, and ordinary talk is not accused."""
    names = sorted({fragment.speaker for fragment in material.talk(given) if fragment.speaker})
    lines = material.rules(given, "privacy.jsonl")
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
def masked(given: Given) -> Task:
    """A model is shown an X for a datum and all else to the letter; one on this machine may see all but names."""
    names = frozenset(fragment.speaker for fragment in material.talk(given) if fragment.speaker)
    dataset = []
    for line in material.rules(given, "privacy.jsonl"):
        text, with_x = line["text"], _with_x(line["text"], line["secrets"])
        dataset.append(Sample(line["id"], (text, True), with_x))
        if "here" in line:
            dataset.append(Sample(f"{line['id']}, here", (text, False), with_x if line["here"] == "masked" else text))
    return Task(
        dataset,
        lambda sample: Mask(names, anonymise=sample.input[1])(sample.input[0]),
        is_target,
        [Metric("data masked for a model", least=1.0)],
    )


def _with_x(text: str, secrets: Sequence[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, "X")
    return text


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
