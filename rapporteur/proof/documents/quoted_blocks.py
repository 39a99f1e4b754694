"""A paragraph that is set as a quotation: which of its words are quoted, and which the writer put beside them.

All its words are somebody's, unless it shows where these end: by marks or a bookmark around them and an attribution of
their own, or by the attribution alone. What stands before, behind and between is the writer's then, as in running text;
but words that say 'ik', and those that another attribution follows, are still taken for somebody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rapporteur.dutch.stopwords import FUNCTION_WORDS
from rapporteur.proof.documents.attribution import (
    bare_attribution_at_the_end,
    dashed_attribution_at_the_end,
    numbered_attributions,
)
from rapporteur.proof.documents.finding import Found, has_words, quotation_of
from rapporteur.proof.documents.marks import is_mark
from rapporteur.proof.documents.unmarked import of_someone, says_i
from rapporteur.proof.documents.unread import finding
from rapporteur.types import Finding

_STARTS_ANEW = re.compile(r"[.!?…]*\s+(?=[^\Wa-zà-ÿ_]|['‘“\"„«(\[–—-])")


def account_for(text: str, found: Sequence[Found], claimed: Iterable[tuple[int, int]]) -> bool:
    """Whether the quotations found leave nobody's words unchecked; `claimed` are the stretches under a bookmark."""
    if not found or not all(is_mark(text, one.start) for one in found[1:]):
        return False  # the words of the first go on behind an attribution of their own
    lead, *behind = _beside(text, [(one.start, one.after) for one in found])
    if any(map(has_words, behind)):
        bookmarked, opens = {*claimed}, not has_words(lead)
        for number, one in enumerate(found):
            alone = opens and not number and _STARTS_ANEW.match(text, one.after)
            shown = is_mark(text, one.start) and (alone or (one.start, one.end) in bookmarked)
            if not shown and not _is_numbered(one):
                return False
    return all(map(_is_the_writers, behind)) and _leads_in(text, lead, found, claimed)


def quoted(text: str) -> list[Found]:
    """The quotations of a paragraph that are not told from the words beside them: each up to its attribution."""
    found: list[Found] = []
    start = 0
    for stated in numbered_attributions(text):
        anew = _STARTS_ANEW.match(text, stated.end)
        if anew:
            found += _quotation(text, start, stated.end)
            start = anew.end()
    if not start or not _is_the_writers(text[start:]):
        found += _quotation(text, start, len(text))
    return found


def in_doubt(text: str, place: str, taken: Iterable[tuple[int, int]]) -> Iterator[Finding]:
    """What to say of words beside the quotations of such a paragraph that speak of 'wij'."""
    ranges = list(taken)
    for words in _beside(text, ranges) if ranges else ():
        if of_someone(words):
            why = "These words stand beside a quotation, in a paragraph that is set as one: they were taken for the "
            why += "writer's, and not proved."
            suggestion = "If somebody said them, put them between quotation marks and add '(role, dialoog N)'."
            yield finding("attribution", "info", why, place, text=words.strip(" \t\n.,;"), suggestion=suggestion)


def _beside(text: str, taken: Sequence[tuple[int, int]]) -> list[str]:
    """What stands before the first stretch, between any two, and behind the last."""
    between = [text[after:start] for (_, after), (start, _) in pairwise(taken)]
    return [text[: taken[0][0]], *between, text[taken[-1][1] :]]


def _leads_in(text: str, lead: str, found: Sequence[Found], claimed: Iterable[tuple[int, int]]) -> bool:
    """Whether what stands before the first quotation is the writer's; without marks only a colon shows that."""
    if not has_words(lead):
        return True
    if not all(one.attribution for one in found) and (found[0].start, found[0].end) not in {*claimed}:
        return False
    return not says_i(lead) and (is_mark(text, found[0].start) or lead.rstrip().endswith(":"))


def _is_the_writers(words: str) -> bool:
    if not has_words(words):
        return True
    if says_i(words) or numbered_attributions(words) or dashed_attribution_at_the_end(words):
        return False
    bare = bare_attribution_at_the_end(words)
    role = bare.attribution.role if bare else None
    return not role or role.split()[0].casefold() in FUNCTION_WORDS  # '(ook elders)' is nobody


def _is_numbered(found: Found) -> bool:
    return found.attribution is not None and found.attribution.dialogue is not None


def _quotation(text: str, start: int, end: int) -> Iterator[Found]:
    one = quotation_of(text[start:end])
    if one:
        yield replace(one, start=start + one.start, end=start + one.end, after=start + one.after)
