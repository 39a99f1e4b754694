"""Step 1h: which krantenkop goes with which topic: the one of someone whose story stands in it.

Each participant sums the own story up as a newspaper headline (domain.md). A headline is too short to tell by its words
what it is about; who said it tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapporteur.types import Fragment, Judgement, QuoteRef, Topic
from rapporteur.writing.cutting import cut


def headlines(topics: Sequence[Topic], judgements: Iterable[Judgement]) -> list[tuple[Topic, QuoteRef]]:
    """Topics with a headline each: that of the first person in the topic, most central first, who made one.

    None twice, and none whose words stand in a quote of the topics already.
    """
    by_id = {j.fragment.id: j for j in judgements}
    quoted = " ".join(_words(by_id[q.fragment].fragment, q) for topic in topics for q in topic.quotes).casefold()
    made: dict[tuple[str, str], QuoteRef] = {}
    for judgement in by_id.values():
        if judgement.use == "headline" and judgement.quote:
            headline = QuoteRef(judgement.fragment.id, judgement.quote)
            if _words(judgement.fragment, headline).casefold() not in quoted:
                made.setdefault((judgement.fragment.record, judgement.fragment.person), headline)
    of = {identity: (j.fragment.record, j.fragment.person) for identity, j in by_id.items()}
    found = []
    for topic in topics:
        person = next((of[fragment] for fragment in topic.fragments if of[fragment] in made), None)
        if person:
            found.append((topic, made.pop(person)))
    return found


def _words(fragment: Fragment, quote: QuoteRef) -> str:
    return cut(fragment, quote.spans).strip(" .!?")
