"""Is a draft proved to the last word, balanced, and near what careful people made of the same talks?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evals import material
from rapporteur.dutch.roles import is_facilitator, is_note_taker
from rapporteur.dutch.sentences import sentences
from rapporteur.evaluation.scorers import judged
from rapporteur.evaluation.task import Given, Metric, Sample, Score, Task, task
from rapporteur.files import write_atomically
from rapporteur.pipeline import checking
from rapporteur.proof.quotes import QuoteChecker
from rapporteur.types import CheckedDocument, Quotation, Report
from rapporteur.writing.cutting import cut
from rapporteur.writing.export.interface import quotes_of
from rapporteur.writing.export.registry import exporter_for
from rapporteur.writing.outline import plan

_FORMATS = (".docx", ".md", ".html", ".json")
_COVERED = 0.3  # of what carries a human's topic, for a topic of ours to be the same one


@task
def proved(given: Given) -> Task:
    """Drafts of the example in every format, read back as a stranger would: each quote is found, and is clean."""
    corpus = material.example(given)
    checked = _checked(corpus)
    quotes = [
        Sample(f"{name}: quote {number}", verdict, True, "quote")
        for name, document in checked.items()
        for number, (_, verdict) in enumerate(document.quotations, 1)
    ]
    documents = [
        Sample(name, document, corpus.rendered[name.partition(".")[0]], "document")
        for name, document in checked.items()
    ]
    return Task([*quotes, *documents], lambda sample: sample.input, _proved, [
        Metric("quotes of our drafts proved", ("quote",), least=1.0),
        Metric("drafts with all their quotes and no finding", ("document",), least=1.0),
    ])  # fmt: skip


def _proved(sample: Sample, output: object) -> Score:
    if sample.group == "quote":
        verdict = sample.input
        return judged(verdict.clean, verdict.kind, verdict.why)
    document: CheckedDocument = sample.input
    expected = sum(1 for _ in quotes_of(sample.target.items))
    faults = [f"{f.check}: {f.text}" for f in document.findings if f.severity == "error" or f.check == "provenance"]
    if len(document.quotations) < expected:
        faults.append(f"{expected} quotes were printed, {len(document.quotations)} were found")
    return judged(not faults, f"{len(document.quotations)} quotations", "; ".join(faults))


def _checked(corpus: material.Corpus) -> Mapping[str, CheckedDocument]:
    with TemporaryDirectory() as place:
        files = [Path(place) / f"{theme}{suffix}" for theme in corpus.themes for suffix in _FORMATS]
        for file in files:
            write_atomically(file, exporter_for(file).to_bytes(corpus.rendered[file.stem]))
        return {found.document: found for found in checking.check_documents(files, corpus.store)}


@task
def cuts(given: Given) -> Task:
    """A quote of which the middle sentence is left out, as round personal data, is printed so that it is proved."""
    said = material.talk(given)
    checker = QuoteChecker(said)
    longer = [f for f in said if len(sentences(f.text)) == 3]
    return Task(
        [Sample(f.id, f, (sentences(f.text)[0], sentences(f.text)[-1])) for f in longer],
        lambda sample: checker.check(Quotation(cut(sample.input, sample.target), "here")),
        lambda sample, verdict: judged(verdict.kind == "edited", verdict.kind, verdict.why),
        [Metric("cuts of our own proved", least=1.0)],
    )


@task
def example(given: Given) -> Task:
    """The human's topics that a topic of the draft covers, and quotes that a human would quote, where they stand."""
    corpus = material.example(given)
    judged_turns = material.judged_example(given)
    truth = {judgement.fragment.id: told for judgement, told in judged_turns}
    carriers: dict[str, set[str]] = {}
    for judgement, told in judged_turns:
        if told["topic"] and not (is_facilitator(judgement.fragment.role) or is_note_taker(judgement.fragment.role)):
            carriers.setdefault(told["topic"], set()).add(judgement.fragment.id)
    dataset = []
    for theme in corpus.themes:
        outline = corpus.drafts[theme].outline
        for topic in (t for t in material.example_topics(given) if t["theme"] == theme):
            groups = [set(found.fragments) for found in outline.topics[topic["section"]]]
            dataset.append(Sample(topic["id"], carriers.get(topic["id"], set()), groups, "topic"))
        for topic in (topic for topics in outline.topics.values() for topic in topics):
            for quote in topic.quotes:
                told = truth.get(quote.fragment)
                if told:
                    dataset.append(Sample(f"{topic.section}: {quote.fragment}", told, topic.section, "quote"))
    return Task(dataset, lambda sample: sample.input, _near_a_human, [
        Metric("example: human topics covered", ("topic",), tolerance=0.02),
        Metric("example: quotes that a human would quote there", ("quote",), tolerance=0.02),
    ])  # fmt: skip


def _near_a_human(sample: Sample, output: object) -> Score:
    if sample.group == "quote":
        told = sample.input
        right = told["quotable"] and sample.target in told["sections"]
        sections = " or ".join(told["sections"]) or "no section"
        would = "would" if told["quotable"] else "would not"
        return judged(right, f"under {sample.target}", f"a human puts it under {sections} and {would} quote it")
    best = max((len(sample.input & group) for group in sample.target), default=0)
    share = best / max(1, len(sample.input))
    why = f"at most {best} of the {len(sample.input)} statements of this topic are in one topic of ours"
    return judged(share >= _COVERED, f"{share:.0%} of it", why)


@task
def published(given: Given) -> Task:
    """Of the quotes that a published report printed, those a draft prints too, in the same section."""
    corpus = material.published(given)
    by_text = {(f.theme, f.text): f.id for f in corpus.store.fragments()}
    quoted = {theme: _quoted(draft.revision.report) for theme, draft in corpus.drafts.items()}
    chosen = [q for q in material.published_quotes(given) if q["section"] != "procesobservaties"]
    return Task(
        [Sample(q["id"], (q["theme"], by_text.get((q["theme"], q["text"]))), q["section"]) for q in chosen],
        lambda sample: quoted[sample.input[0]].get(sample.input[1], ()),
        _shared,
        [Metric("published: quotes shared with the printed choice", tolerance=0.02)],
    )


def _shared(sample: Sample, sections: Sequence[str]) -> Score:
    return judged(sample.target in sections, ", ".join(sections) or "not quoted", f"printed under {sample.target}")


def _quoted(report: Report) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for section in report.sections:
        for block in section.blocks:
            if block.quote:
                found[block.quote.fragment] = (*found.get(block.quote.fragment, ()), section.key)
    return found


@task
def every_voice(given: Given) -> Task:
    """One topic of more dialogues than it has quotes: each is heard, and who spoke least well of them too."""
    said = [material.fragment(turn) for turn in given.lines("silent.jsonl")]
    judged_turns = [replace(j, section="knel") for j in plan.judge(said, {}, {}, ())]
    topic = plan.TopicGroup("Gemis", tuple(f.id for f in said))
    vectors = {f.id: np.ones(1) for f in said}
    found = plan.outline(material.TALKS_THEME, judged_turns, vectors, {}, groups={"knel": [topic]}, keys=("knel",))
    quotes = [quote.fragment for one in found.topics["knel"] for quote in one.quotes]
    heard = {f.dialogue for f in said if f.id in quotes}
    return Task(
        [Sample(f"dialogue {number}", number) for number in sorted({f.dialogue or 0 for f in said})],
        lambda sample: sample.input in heard,
        lambda sample, is_heard: judged(is_heard, quotes, "nobody of this dialogue is quoted"),
        [Metric("dialogues that one topic lets speak", least=1.0)],
    )


@task
def balance(given: Given) -> Task:
    """Every dialogue is heard in a draft, and no one person is heard too much."""
    corpus = material.example(given)
    people = {f.id: (f.dialogue, f.person) for f in corpus.store.fragments()}
    dataset = []
    for theme, draft in corpus.drafts.items():
        heard = [people[fragment] for fragment in _quoted(draft.revision.report)]
        dialogues = sorted({d for i, (d, _) in people.items() if d and i.startswith(f"{theme}/")})
        dataset += [Sample(f"{theme}, dialogue {number}", heard, number, "dialogue") for number in dialogues]
        dataset.append(Sample(theme, heard, None, "person"))
    return Task(dataset, lambda sample: sample.input, _balanced, [
        Metric("dialogues that are heard in a draft", ("dialogue",), least=1.0),
        Metric("quotes that are not of the person most quoted", ("person",), tolerance=0.02),
    ])  # fmt: skip


def _balanced(sample: Sample, heard: Sequence[tuple[int | None, str]]) -> Score:
    if sample.group == "dialogue":
        count = sum(dialogue == sample.target for dialogue, _ in heard)
        return judged(count > 0, f"{count} quotes", "nobody of this dialogue is quoted")
    most = Counter(person for _, person in heard).most_common(1)[0][1]
    return Score(1 - most / len(heard), f"{most} of {len(heard)} quotes", "of the person most quoted")
