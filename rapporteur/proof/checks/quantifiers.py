"""quantifier: words for how many ('veel', 'de meeste', 'alle deelnemers', 'een deelnemer') against the support.

Support is what was counted for the stored topic; without one, what the document itself shows: the people it quotes
under the claim. More may be in the records than is quoted, so a claim is only warned of where the document means its
quotes to bear it: they stand right under it. A claim of all or most that nothing stands under is told for information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapporteur.dutch.quantifiers import Amount, Claim, all_dialogues_in, claims_in, fewest
from rapporteur.proof.checks.examined import Examined, Topic
from rapporteur.proof.checks.interface import sentences_of, shown
from rapporteur.proof.checks.stored import stored_topics
from rapporteur.types import Finding, Severity

NAME = "quantifier"

# With more quotes than this under a claim nobody would ask for another to bear 'veel'.
_QUOTED_FOR_MANY = 2
_QUOTED_FOR_MOST = 3
_SWEEPING: frozenset[Amount] = frozenset({"all", "most", "share", "dozens"})
# Words by which a paragraph speaks of others than the one or the few that it counts.
OTHERS = re.compile(
    r"\b(?:ander|anderen|andere|nog|ook|weer|daarnaast|waarvan|onder wie|mensen|deelnemers|sommigen|velen|men)\b",
    re.IGNORECASE,
)
_SEVERAL_DIALOGUES = re.compile(
    r"\b(?:uit|in)\s+(?:verschillende|meerdere|diverse|twee|beide|alle)\s+(?:dialogen|gesprekken|themadialogen)",
    re.IGNORECASE,
)
_SINGULAR_FEWEST = 2


def quantifiers(examined: Examined) -> Iterator[Finding]:
    for topic in examined.topics:
        prose = topic.lead.prose
        pieces = list(sentences_of(prose))
        found = [(claim, start + claim.start) for start, sentence in pieces for claim in claims_in(sentence)]
        for claim, at in found:
            yield from _judge(claim, at, topic, examined, alone=len(found) == 1)
        for start, sentence in pieces:
            for claim in all_dialogues_in(sentence):
                yield from _every_dialogue(claim, start + claim.start, topic, examined)
        yield from _dialogues(topic, examined)


def _judge(claim: Claim, at: int, topic: Topic, examined: Examined, *, alone: bool) -> Iterator[Finding]:
    needed = fewest(claim.amount, examined.facts.participants, claim.share)
    stored = stored_topics(topic.lead, at, examined.facts.topics)
    if stored and claim.amount != "one":
        people = max(topic.people for topic in stored)
        if people < needed:
            why = f"'{claim.text}' needs {needed} people at least; {people} were counted for this topic."
            yield _finding(claim, topic, "warning", why)
        return
    if claim.amount == "one":
        rest = topic.lead.prose[:at] + topic.lead.prose[at + len(claim.text) :]
        if alone and topic.people >= _SINGULAR_FEWEST and not OTHERS.search(rest):
            why = f"{topic.people} different people are quoted under it, by the records."
            yield _finding(claim, topic, "warning", why)
        return
    if any(topic.lead is paragraph for paragraph in examined.summary):
        return  # a pull quote bears nothing that stands beside it there
    if topic.quoted and topic.most_people < _shown_for(claim.amount, needed):
        why = f"Only {_people(topic.most_people)} quoted under it; '{claim.text}' needs {needed} at least."
        yield _finding(claim, topic, "warning", why)
    elif claim.amount in _SWEEPING and not topic.quoted:
        why = f"Nothing in the document bears it; '{claim.text}' needs {needed} people at least."
        yield _finding(claim, topic, "info", why)


def _shown_for(amount: Amount, needed: int) -> int:
    """How many different people have to be quoted, of a claim's quotes, not to call it in question."""
    if amount in _SWEEPING:
        return _QUOTED_FOR_MOST if amount == "most" else needed
    return _QUOTED_FOR_MANY if amount == "many" else 1


def _every_dialogue(claim: Claim, at: int, topic: Topic, examined: Examined) -> Iterator[Finding]:
    """'In alle dialogen', of which the outline or the quotes right under it show fewer than there were."""
    facts = examined.facts
    if len(facts.themes) != 1 or not facts.all_numbered(facts.themes[0]):
        return
    talks = len(facts.numbered(facts.themes[0]))
    stored = stored_topics(topic.lead, at, facts.topics)
    if stored:
        shown_here = max(topic.dialogues for topic in stored)
        told = f"{_dialogue(shown_here)} counted for this topic"
    else:
        shown_here = topic.most_dialogues
        told = f"{_dialogue(shown_here)} quoted under it"
    if shown_here < talks and (stored or topic.quoted):
        yield _finding(claim, topic, "warning", f"Only {told}, of the {talks} in the records.")


def _dialogues(topic: Topic, examined: Examined) -> Iterator[Finding]:
    """People 'uit verschillende dialogen' of whom all that are quoted, at least two, spoke in one."""
    match = _SEVERAL_DIALOGUES.search(topic.lead.prose)
    if match is None or topic.people < _SINGULAR_FEWEST or topic.dialogues != 1:
        return
    if stored_topics(topic.lead, match.start(), examined.facts.topics):
        return
    why = f"The {topic.people} people quoted under it all spoke in one dialogue."
    yield Finding(
        NAME, "warning", shown(match.group()), topic.lead.place, why, "Name the dialogue, or quote another one."
    )


def _people(count: int) -> str:
    return "one person is" if count == 1 else f"{count} people are"


def _dialogue(count: int) -> str:
    return "one dialogue is" if count == 1 else f"{count} dialogues are"


def _finding(claim: Claim, topic: Topic, severity: Severity, why: str) -> Finding:
    return Finding(NAME, severity, shown(claim.text), topic.lead.place, why, "Claim no more than the records bear.")
