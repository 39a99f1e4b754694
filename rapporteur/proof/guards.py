"""What a cut hides: words of the same sentence that turn, bind or count what was kept.

In: a passage and the tokens a quotation keeps or leaves out. Out: the hidden words that matter, or None. The
word lists are those of `rapporteur.dutch.meaning`, limits included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import dropwhile

from rapporteur.dutch.meaning import CONDITIONS, CONTRASTS, HEDGES, NEGATIONS, NUMBERS
from rapporteur.proof.corpus import Passage
from rapporteur.proof.tokens import is_word, readings

_CLAUSE_MARKS = frozenset({",", ";", ":", "-", "(", ")", "…", "[…]"})
_COORDINATORS = frozenset({"en", "want", "dus", "of", "maar"})
_OPENS_A_CLAUSE = frozenset(
    "omdat doordat zodat opdat waardoor waarbij waarin waarom nadat voordat totdat sinds terwijl die wat wie"
    " waar".split()
)
# 'Ik denk niet, | dat dit helpt': what such a word opens hangs from the clause before it.
_BEFORE_A_CLAUSE = _CLAUSE_MARKS | _COORDINATORS | {"pas", "ook", "zelfs", "juist", "vooral", "net"}
_ENDS_A_CLAUSE_BEFORE = _CLAUSE_MARKS - {":"} | _COORDINATORS  # a colon: 'I never said: …'
_ENDS_A_CLAUSE_AFTER = _CLAUSE_MARKS | _COORDINATORS | _OPENS_A_CLAUSE | CONDITIONS | CONTRASTS
_STRENGTHENS = frozenset("zeker echt helemaal absoluut eigenlijk nou of".split())
_HANGS_FROM_BEFORE = frozenset({"dat", "of", "om", "te"})


def _pattern(*lists: Iterable[str], digits: bool = False) -> re.Pattern[str]:
    """Any entry of the lists, in tokens joined by one space."""
    entries = {" ".join(next(readings(entry)).canonical) for words in lists for entry in words}
    longest_first = sorted(map(re.escape, entries), key=len, reverse=True)
    return re.compile(rf"(?<!\S)(?:{'|'.join(longest_first)}{'|[0-9][^ ]*' if digits else ''})(?!\S)")


_NUMBER_BEFORE = re.compile(r"(?:\d(?:\s+|[/‐‑–−-])|(?<!\w)[−-])\Z")
_NUMBER_AFTER = re.compile(r"(?:\s+|[/‐‑–−-])\d+")
_LONGEST_NUMBER = 40
_NEGATION = _pattern(NEGATIONS)
_NEGATION_OR_NUMBER = _pattern(NEGATIONS, NUMBERS, digits=True)
_ANY = _pattern(NEGATIONS, CONDITIONS, CONTRASTS, HEDGES, NUMBERS, digits=True)
_BEARS_WITHIN_A_CLAUSE = _pattern(NEGATIONS, HEDGES)
_BEARS_FROM_BEFORE = _pattern(NEGATIONS, HEDGES, CONDITIONS)
_TURNS_AT_ONCE = _pattern(NEGATIONS, CONDITIONS, CONTRASTS, HEDGES)
_CONDITION = _pattern(CONDITIONS)


def negates(words: Iterable[str]) -> bool:
    return _NEGATION.search(" ".join(words)) is not None


def hidden_by_gap(passage: Passage, start: int, end: int) -> str | None:
    """The word that matters among the tokens `[start, end)`, which a visible mark leaves out.

    Whole sentences may go: only what shares a sentence with the words kept on either side counts.
    """
    kept_until = passage.sentence_at(start - 1).end if start else 0
    kept_from = passage.sentence_at(end).start if end < len(passage.tokens) else end
    if passage.tokens.canonical[start:end][:1] == ("?",):
        return "?"
    return _found(_ANY, passage, [t for t in range(start, end) if t < kept_until or t >= kept_from])


def hidden_by_bracket(passage: Passage, start: int, end: int) -> str | None:
    """The negation or number among the tokens that a bracket or an X stands for."""
    return _found(_NEGATION_OR_NUMBER, passage, range(start, end))


def cut_off(passage: Passage, start: int, end: int) -> str | None:
    """The word that matters just outside the kept tokens `[start, end)`, in their first and last sentence."""
    return _cut_off_of_a_number(passage, start, end) or _cut_off_before(passage, start) or _cut_off_after(passage, end)


def _cut_off_of_a_number(passage: Passage, start: int, end: int) -> str | None:
    """The other part of a number that an edge of the kept tokens falls inside: '3 | 000', '1/ | 2', '- | 5'."""
    tokens = passage.tokens
    first, last = tokens.starts[start], tokens.ends[end - 1]
    if tokens.text[first].isdigit():
        before = _NUMBER_BEFORE.search(tokens.text, max(first - _LONGEST_NUMBER, 0), first)
        if before:
            return before.group().strip()
    after = _NUMBER_AFTER.match(tokens.text, last) if tokens.text[last - 1].isdigit() else None
    return after.group().strip() if after else None


def _cut_off_before(passage: Passage, start: int) -> str | None:
    before = range(passage.sentence_at(start).start, start) if start else range(0)
    if not before:
        return None
    clause = _last_clause(passage, before, passage.tokens.canonical[start])
    return _found(_BEARS_FROM_BEFORE, passage, clause) or _found(_CONDITION, passage, _clause_openers(passage, before))


def _cut_off_after(passage: Passage, end: int) -> str | None:
    if end == len(passage.tokens):
        return None
    after = range(end, passage.sentence_at(end - 1).end)
    words = passage.tokens.canonical
    next_word = next((token for token in range(end, len(words)) if is_word(words[token])), len(words))
    if "?" in words[end:next_word]:
        return "?"
    if next_word >= after.stop:
        return None
    clause = _first_clause(passage, after)
    following = [t for t in range(clause.stop, after.stop) if is_word(words[t])]
    following = list(dropwhile(lambda token: words[token] in _STRENGTHENS, following))
    return _found(_BEARS_WITHIN_A_CLAUSE, passage, clause) or _opens_with(_TURNS_AT_ONCE, passage, following)


def _first_clause(passage: Passage, tokens: range) -> range:
    """The tokens up to the first sign that another clause begins."""
    words = passage.tokens.canonical
    for token in tokens:
        if words[token] in _ENDS_A_CLAUSE_AFTER:
            return range(tokens.start, token)
    return tokens


def _last_clause(passage: Passage, tokens: range, kept: str) -> range:
    """The tokens after the last sign that another clause began; all, if the kept words hang from them."""
    words = passage.tokens.canonical
    hangs = kept in _HANGS_FROM_BEFORE or words[tokens.stop - 1] in _HANGS_FROM_BEFORE
    last = tokens.stop - 1
    for token in reversed(tokens):
        if words[token] in _ENDS_A_CLAUSE_BEFORE and not (hangs and token >= last - 1):
            return range(token + 1, tokens.stop)
    return tokens


def _clause_openers(passage: Passage, tokens: range) -> list[int]:
    """The first word of the cut-off part, and every word after a mark or a word that a clause may follow: 'pas als'."""
    words = passage.tokens.canonical
    return [t for t in tokens if is_word(words[t]) and (t == tokens.start or words[t - 1] in _BEFORE_A_CLAUSE)]


def _opens_with(pattern: re.Pattern[str], passage: Passage, tokens: Iterable[int]) -> str | None:
    match = pattern.match(" ".join(passage.tokens.canonical[t] for t in tokens))
    return match.group() if match else None


def _found(pattern: re.Pattern[str], passage: Passage, tokens: Iterable[int]) -> str | None:
    words = " ".join([passage.tokens.canonical[t] for t in tokens])
    match = pattern.search(words)
    if match is None and " - " in words:  # 'nie-mand', broken at a line end, in the reading with a real hyphen
        match = pattern.search(words.replace(" - ", ""))
    return match.group() if match else None
