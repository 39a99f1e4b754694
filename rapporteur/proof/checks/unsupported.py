"""unsupported: a topic that no quotation and no stored outline bears, for information.

Only between the first and the last topic that has a title and a quotation: what stands before is introduction, what
stands after is colophon.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapporteur.proof.checks.examined import Examined, Topic
from rapporteur.proof.checks.interface import shown
from rapporteur.types import Finding

NAME = "unsupported"

# A lead title and a sentence; what is shorter is a row of facts ('Periode: maart tot en met mei').
_FEWEST_WORDS = 8


def unsupported(examined: Examined) -> Iterator[Finding]:
    stored = {topic.title.casefold() for topic in examined.facts.topics}
    quoted = [n for n, topic in enumerate(examined.topics) if _is_a_topic(topic) and topic.quoted]
    for topic in examined.topics[quoted[0] : quoted[-1]] if quoted else ():
        if _is_a_topic(topic) and not topic.quoted and topic.title.casefold() not in stored:
            why = "No quotation stands under this topic, so the document shows nothing that bears it."
            yield Finding(
                NAME, "info", shown(topic.title), topic.lead.place, why, "Add a quote, or say what it rests on."
            )


def _is_a_topic(topic: Topic) -> bool:
    rest = topic.lead.prose[len(topic.title) + 1 :]
    return bool(topic.title) and len(rest.split()) >= _FEWEST_WORDS and rest.rstrip().endswith((".", "!", "?"))
