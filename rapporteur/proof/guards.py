"""What a cut hides: words of the same sentence that turn, bind or count what was kept.

In: a passage and the tokens a quotation keeps or leaves out. Out: the hidden words that matter, or None. The
word lists are those of `rapporteur.dutch.meaning`, limits included.

Where facts.md and domain.md leave room, this is what was chosen:
- A number or quantifier behind an ellipsis counts ('weinig', 'drie', 'de meeste'): facts.md names both among what a
  mark may not hide. At an edge only one that belongs to the first kept words does: 'Weinig | mensen komen hier'.
- A question mark dropped, added or changed is never clean. facts.md lets the last punctuation change, domain.md only
  'the closing full stop'; what makes a question of a statement changes what was said, so the narrower text holds.
- What must not be printed at all is left out honestly: a telephone number, an e-mail or other address. Its digits
  count nothing.
- An 'als' that likens or says as what binds nothing: `meaning.compares`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from rapporteur.dutch.languages import language_of
from rapporteur.dutch.meaning import (
    CONDITIONS,
    CONTRASTS,
    EACH,
    EXCEPTIONS,
    FRISIAN_NEGATION,
    HEDGES,
    MOMENTS,
    NEGATIONS,
    NUMBERS,
    QUANTIFIERS,
    compares,
    is_number,
)
from rapporteur.dutch.personal import find
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
# What hangs from a sentence that went before, when its own start is left out: '… […] die denken dat …'.
_HANGS_FROM_A_SENTENCE = _HANGS_FROM_BEFORE | frozenset(
    "die wat wie waar waarin waarop waarmee waarvan waarover zoals met van voor tegen in op aan bij uit door naar over"
    " zonder tot".split()
)
# Between 'en' and a negation that takes back what was said: 'grappig en ook niet grappig', 'goed en toch weer niet'.
_BEFORE_TAKING_BACK = frozenset(
    "ook weer toch dan tegelijk tegelijkertijd soms vaak eigenlijk misschien wel meteen".split()
)


@dataclass(frozen=True, slots=True)
class _Bearing:
    """Words that bear on others: a pattern over tokens joined by one space, and whether any number counts too."""

    pattern: re.Pattern[str]
    numbers: bool


def _bearing(*lists: Iterable[str], numbers: bool = False) -> _Bearing:
    entries = {" ".join(next(readings(entry)).canonical) for words in lists for entry in words}
    longest_first = sorted(map(re.escape, entries), key=len, reverse=True)
    return _Bearing(re.compile(rf"(?<!\S)(?:{'|'.join(longest_first)})(?!\S)"), numbers)


_NUMBER_BEFORE = re.compile(r"(?:\d(?:\s+|[/‐‑–−-])|(?<!\w)[−-])\Z")
_NUMBER_AFTER = re.compile(r"(?:\s+|\s?[/‐‑–−-]\s?)\d+")
_LONGEST_NUMBER = 40
# Between a number and what it counts: 'drie van de | kinderen'.
_OF = frozenset("van de het die deze dat onze ons mijn".split())
_BEFORE_A_YEAR = frozenset("in sinds vanaf tot begin eind".split())
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMES = frozenset({"name", "possible name"})
_OFTEN_REPLACED = {"maar", "toch", "wanneer", "zodra", "terwijl", "tegenover"}
_ANY = _bearing(NEGATIONS, CONDITIONS, CONTRASTS, HEDGES, NUMBERS, QUANTIFIERS, {"%"}, numbers=True)
_NOT_TO_BE_REPLACED = _bearing(
    NEGATIONS, NUMBERS, QUANTIFIERS, HEDGES, {"%"}, (CONDITIONS | CONTRASTS) - _OFTEN_REPLACED, numbers=True
)
_BEARS_WITHIN_A_CLAUSE = _bearing(NEGATIONS, HEDGES, "weinig minder minst little less".split())
_BEARS_FROM_BEFORE = _bearing(NEGATIONS, HEDGES, CONDITIONS, EXCEPTIONS)
_TURNS_AT_ONCE = _bearing(NEGATIONS, CONDITIONS, CONTRASTS, HEDGES)
_CONDITION = _bearing(CONDITIONS)
_DENIES = _bearing(NEGATIONS)


def hidden_by_gap(passage: Passage, start: int, end: int) -> str | None:
    """The word that matters among the tokens `[start, end)`, which a visible mark leaves out.

    Whole sentences may go: only what shares a sentence with the words kept on either side counts.
    """
    kept_until = passage.sentence_at(start - 1).end if start else 0
    kept_from = passage.sentence_at(end).start if end < len(passage.tokens) else end
    if passage.tokens.canonical[start:end][:1] == ("?",):
        return "?"
    here = [t for t in range(start, end) if t < kept_until or t >= kept_from]
    return _found(_ANY, passage, here) or _start_of_another_sentence(passage, start, end)


def _start_of_another_sentence(passage: Passage, start: int, end: int) -> str | None:
    """The words that a gap leaves out of a sentence whose rest would then hang from another one, which denies.

    'Ik ben niet tegen wandelaars. [Ik ben tegen wandelaars] die denken dat …'.
    """
    if not 0 < start < end < len(passage.tokens) or passage.tokens.canonical[end] not in _HANGS_FROM_A_SENTENCE:
        return None
    before, here = passage.sentence_at(start - 1), passage.sentence_at(end)
    if not start <= here.start < end or not _found(_DENIES, passage, range(before.start, start)):
        return None
    return passage.tokens.between(here.start, end).strip(" ,;:")


def hidden_by_bracket(passage: Passage, start: int, end: int) -> str | None:
    """The word among the tokens `[start, end)` for which no bracket or X may stand."""
    if "?" in passage.tokens.canonical[start:end]:
        return "?"
    return _found(_NOT_TO_BE_REPLACED, passage, range(start, end))


def cut_off(passage: Passage, start: int, end: int) -> str | None:
    """The word that matters just outside the kept tokens `[start, end)`, in their first and last sentence."""
    return _cut_off_of_a_number(passage, start, end) or _cut_off_before(passage, start) or _cut_off_after(passage, end)


def _cut_off_of_a_number(passage: Passage, start: int, end: int) -> str | None:
    """The other part of a number that an edge of the kept tokens falls inside: '3 | 000', '1/ | 2', '- | 5'."""
    tokens = passage.tokens
    following = tokens.canonical[end : end + 1]
    if is_number(tokens.canonical[end - 1]) and following and (following[0] == "%" or is_number(following[0])):
        return following[0]
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
    return (
        _found(_BEARS_FROM_BEFORE, passage, clause)
        or _found(_CONDITION, passage, _clause_openers(passage, before))
        or _counts_what_follows(passage, clause)
    )


def _counts_what_follows(passage: Passage, clause: range) -> str | None:
    """The number or quantifier a cut-off clause ends in: 'drie van de |', 'weinig jonge |', 'een deel van de |'."""
    words = list(filter(is_word, _heard(passage, clause)))
    while words and words[-1] in _OF:
        words.pop()
    if not words:
        return None
    if _YEAR.fullmatch(words[-1]) and words[-2:-1] and words[-2] in _BEFORE_A_YEAR:
        return None
    counts = [word for word in (*words[-2:], " ".join(words[-2:])) if word in QUANTIFIERS]
    return words[-1] if is_number(words[-1]) else next(iter(counts), None)


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
    if words[clause.stop : clause.stop + 1] == ("en",) and (taken_back := _taken_back(passage, following)):
        return taken_back
    following = list(dropwhile(lambda token: words[token] in _STRENGTHENS, following))
    return _found(_BEARS_WITHIN_A_CLAUSE, passage, clause) or _opens_with(_TURNS_AT_ONCE, passage, following)


def _taken_back(passage: Passage, following: Sequence[int]) -> str | None:
    """The negation that takes back the words before 'en': it ends the sentence, or the last of them come again."""
    words = passage.tokens.canonical
    rest = [words[token] for token in dropwhile(lambda token: words[token] in _BEFORE_TAKING_BACK, following[1:])]
    if not rest or rest[0] not in NEGATIONS:
        return None
    again = words[following[0] - 1] in rest[1:]
    return rest[0] if again or len(rest) == 1 else None


def _first_clause(passage: Passage, tokens: range) -> range:
    """The tokens up to the first sign that another clause begins."""
    words = passage.tokens.canonical
    for token in tokens:
        if words[token] in _ENDS_A_CLAUSE_AFTER and not _is_comparison(passage, token):
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


def _opens_with(bearing: _Bearing, passage: Passage, tokens: Iterable[int]) -> str | None:
    match = bearing.pattern.match(" ".join(_heard(passage, tokens)))
    return match.group() if match else None


def _found(bearing: _Bearing, passage: Passage, tokens: Iterable[int]) -> str | None:
    words = _heard(passage, _printable(passage, [*tokens]))
    match = _listed(bearing.pattern, " ".join(words))
    if match:
        return match
    if bearing.numbers and (number := next(filter(is_number, words), None)):
        return number
    if FRISIAN_NEGATION in words and bearing is not _CONDITION and _is_frisian(passage):
        return FRISIAN_NEGATION
    return None


def _listed(pattern: re.Pattern[str], text: str) -> str | None:
    """The listed word in a text; also broken at a line end ('nie-mand', where the hyphen may be real) or accented."""
    match = pattern.search(text)
    if match is None and " - " in text:
        match = pattern.search(text.replace(" - ", ""))
    if match is None and not text.isascii():
        letters = unicodedata.normalize("NFKD", text)
        match = pattern.search("".join(letter for letter in letters if not unicodedata.combining(letter)))
    return match.group() if match else None


def _heard(passage: Passage, tokens: Iterable[int]) -> list[str]:
    """The words as the lists are to read them: an 'als' that likens is 'zoals', the 'elke' of 'elke dag' 'telkens'."""
    words = passage.tokens.canonical
    numbers = [*tokens]
    heard = [words[token] for token in numbers]
    if EACH.isdisjoint(heard) and "als" not in heard:
        return heard
    for at, token in enumerate(numbers):
        if words[token] in EACH and not MOMENTS.isdisjoint(words[token + 1 : token + 2]):
            heard[at] = "telkens"
        elif _is_comparison(passage, token):
            heard[at] = "zoals"
    return heard


def _is_comparison(passage: Passage, token: int) -> bool:
    words = passage.tokens.canonical
    return words[token] == "als" and compares(words, token, passage.speaker.role)


def _printable(passage: Passage, tokens: Sequence[int]) -> Sequence[int]:
    """The tokens without the numbers and addresses among them that no document may print; part of one counts."""
    words = passage.tokens.canonical
    if not any(words[token] in ("@", "nul") or words[token][0].isdigit() for token in tokens):
        return tokens
    starts, ends = passage.tokens.starts, passage.tokens.ends
    first, last = starts[tokens[0]], ends[tokens[-1]]
    spans = [datum.span for datum in find(passage.tokens.text) if datum.kind not in _NAMES]
    whole = [span for span in spans if first <= span.start and span.end <= last]
    return [token for token in tokens if not any(span.start <= starts[token] < span.end for span in whole)]


def _is_frisian(passage: Passage) -> bool:
    return language_of(passage.tokens.canonical) == "Fries"
