"""used-twice: the same words of a fragment quoted a second time without saying so.

A document says so beside the second one ('eerder geciteerd', 'nogmaals'), or once for its pull quote ('het
uitgelichte citaat … staat ook in …'). A pull quote on the page of the summary is
meant to stand in the body too: not saying so is told for information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapporteur.proof.checks.examined import Examined, Proved
from rapporteur.proof.checks.interface import shown
from rapporteur.types import Finding

NAME = "used-twice"

_FEWEST_WORDS = 6  # fewer, in a longer quotation too, may be the same person's words of another moment
_SAYS_SO = re.compile(
    r"\b(?:eerder|nogmaals|opnieuw|al genoemd|hierboven|nog eens|elders|tweede keer|herhaal\w*|zie ook)\b",
    re.IGNORECASE,
)
_SAYS_SO_OF_PULL_QUOTE = re.compile(
    r"\b(?:uitgelicht\w*|citaat (?:op|in) de (?:samenvatting|eerste pagina|voorpagina))\b.{0,200}?"
    r"\b(?:ook|herhaal\w*)\b",
    re.IGNORECASE,
)


def used_twice(examined: Examined) -> Iterator[Finding]:
    """A warning for each later use, which says where the words stand first."""
    pull_quote_is_told = any(_SAYS_SO_OF_PULL_QUOTE.search(p.prose) for p in examined.prose)
    told = {id(q) for p in examined.paragraphs if p.quoted and _SAYS_SO.search(p.prose) for q in p.quoted}
    told |= {id(q) for t in examined.topics if t.quoted and _SAYS_SO.search(t.lead.prose) for q in t.quoted}
    if not examined.paragraphs:
        return  # a list of quotations to check is no report
    by_fragment: dict[str, list[Proved]] = {}
    for one in examined.proved:
        earlier = by_fragment.setdefault(one.fragment.id if one.fragment else "", [])
        first = next((e for e in earlier if _share_words(e, one)), None)
        earlier.append(one)
        if first is None or id(one) in told:
            continue
        is_pull_quote = _stands_in_the_summary(first, examined) and not _stands_in_the_summary(one, examined)
        if pull_quote_is_told and is_pull_quote:
            continue
        yield Finding(
            NAME,
            "info" if is_pull_quote else "warning",
            shown(one.quotation.text),
            one.quotation.place,
            f"The same words are quoted at {first.quotation.place}, and neither place says so.",
            "Quote other words, or say that these were quoted before.",
        )


def _stands_in_the_summary(one: Proved, examined: Examined) -> bool:
    first = next((paragraph for paragraph in examined.paragraphs if one in paragraph.quoted), None)
    return any(paragraph is first for paragraph in examined.summary)


def _share_words(one: Proved, other: Proved) -> bool:
    a, b = one.verdict.span, other.verdict.span
    if one.fragment is None or other.fragment is None or one.fragment.id != other.fragment.id or not a or not b:
        return False
    shared = one.fragment.text[max(a.start, b.start) : min(a.end, b.end)]
    return a == b or len(shared.split()) >= _FEWEST_WORDS
