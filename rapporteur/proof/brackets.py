"""What a writer may put in square brackets, and how much of it a quotation bears.

In: the tokens of a bracket, of the words beside it and of what it stands for. Out: whether it is a mark at all, and
whether all brackets of a quotation together leave it a quotation.

domain.md lets a writer insert or replace 'a word or two' in brackets, facts.md bounds what they stand for (six words)
and forbids a negation in them. From that, and from the promise that a quote is the record's own words:
- A bracket holds four words at most; a compound with hyphens is one. Brackets side by side are one bracket: a chain
  of short ones would otherwise be a sentence of the writer's own.
- The words of the record clearly outnumber those in brackets: more with one bracket, twice as many with several, and
  then at least as many words of substance ('de', 'en' and 'was' alone bear no quotation).
- A bracket is part of a sentence of the record. It makes none of its own ('[Ik haat hem.]'; a remark of two words,
  '[zachtjes]', may stand alone) and no clause ('[ik haat dat]'), and it does not stand for a whole sentence.
- It adds no negation, number, quantifier, condition, contrast or hedge, however spelt: not accented, in letters of
  another script, spaced, hyphenated, or put together with the words beside it ('[n] ooit'). It takes none away, and
  makes no opposite of the word it replaces ('[on]veilig', '[kansloos]').

Limits. A visible bracket may still hold another content word than was said ('[slecht]' for 'goed'); the reader sees
that a word was replaced, not which. The verdict is then `edited`, with the mark named, for a person to look at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapporteur.dutch.meaning import (
    CONDITIONS,
    CONTRASTS,
    HEDGES,
    NEGATIONS,
    PLAIN_IN_A_BRACKET,
    QUANTIFIERS,
    UNIVERSALS,
    is_number,
)
from rapporteur.dutch.stopwords import FUNCTION_WORDS
from rapporteur.proof.tokens import BRACKETED_GAP, DASH, GAP, Tokens, is_word

MOST_WRITTEN = 4
_MOST_PARTS = 5  # of words and compounds together
MOST_REPLACED = 6
LONGEST = 10  # tokens
_ALONE = 2
_SENTENCE_ENDS = frozenset({".", "!", "?"})
_OPENS = frozenset({*_SENTENCE_ENDS, GAP, BRACKETED_GAP, ":"})
_SUBJECTS = frozenset("ik jij hij wij we men".split())
_PLAIN_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ĸ": "k"}
)
_LETTERS = re.compile("[a-z]+")
# Signs that may stand between words; of others ('≠', 'n!et') nobody can say what they do to the words.
_SIGNS = re.compile(r"[\s\w,.:;/&()'’‘\"“”‐‑–—…\u00ad\u200b-\u200f\u2060\u2063\ufeff\u0300-\u036f-]*[?!]?\s*")
# A negation inside a longer word, or drawn out: 'nietzo', 'helemaalniet', 'niiiet'; not 'geniet'.
_NEGATION_WITHIN = re.compile(r"(?:niet|geen|nooit).+|.+(?<!ge)niet|.+nooit")
_DRAWN_OUT = frozenset("niet niets niks noit gen".split())
_REPEATED = re.compile(r"(.)\1+")
_ROMAN = re.compile("[IVXLCDM]{2,}")
_SINGLE_LETTERS = frozenset("u s t k m".split())  # 'u', and what an apostrophe leaves: ''s avonds'
_OPPOSITE_STARTS = ("on", "in", "im", "ir", "il", "anti", "non", "niet", "wan", "mis", "un", "dis", "ont")
_OPPOSITE_ENDS = ("loos", "loze", "vrij", "vrije")
# Before another word it makes a negation of it.
_TURNING_PREFIXES = frozenset("on non anti".split())
# In one word, where it is compared with the letters of several.
_TURNING = frozenset(
    re.sub("[ ']", "", entry)
    for entry in (NEGATIONS | CONDITIONS | CONTRASTS | HEDGES | QUANTIFIERS | UNIVERSALS | _TURNING_PREFIXES)
    - PLAIN_IN_A_BRACKET
)
_NEGATING = frozenset(re.sub("[ ']", "", entry) for entry in NEGATIONS)


@dataclass(frozen=True, slots=True)
class Written:
    """A bracket, or several side by side, as a quotation uses it: its words, and how many words it stands for."""

    words: tuple[str, ...]
    replaced: int


def count(tokens: Iterable[str]) -> int:
    """How many words there are; a compound with hyphens is one."""
    inside = list(tokens)
    return sum(map(is_word, inside)) - inside.count(DASH)


def is_mark(tokens: Tokens, at: int, length: int) -> bool:
    """Whether the bracket of `length` tokens at `at` is one that a writer may use."""
    inside = tokens.canonical[at + 1 : at + length - 1]
    side_by_side = _side_by_side(tokens.canonical, at, length)
    return (
        count(inside) <= MOST_WRITTEN
        and sum(map(is_word, inside)) <= _MOST_PARTS
        and _SIGNS.fullmatch(tokens.text[tokens.ends[at] : tokens.starts[at + length - 1]]) is not None
        and sum(map(is_word, _within(tokens.canonical, side_by_side))) <= 2 * _MOST_PARTS
        and not _is_glued(tokens, at, length)
        and not _is_a_sentence(tokens, side_by_side)
        and not _turns(tokens.canonical, side_by_side)
        and not any(_is_half_a_word(tokens, i) for i in range(at + 1, at + length - 1))
    )


def bear(kept: Sequence[str], written: Sequence[Written]) -> bool:
    """Whether the record's words carry the brackets of a quotation."""
    if any(count(one.words) > MOST_WRITTEN or one.replaced > MOST_REPLACED for one in written):
        return False
    held, added = count(kept), sum(count(one.words) for one in written)
    if len(written) <= 1:
        return added == 0 or held > added
    return (
        held >= 2 * added
        and held >= sum(one.replaced for one in written)
        and _substance(kept) >= sum(_substance(one.words) for one in written)
    )


def opposes(written: Iterable[str], replaced: Iterable[str]) -> bool:
    """Whether a word in brackets is the opposite of one it stands for, by its first or last letters."""
    ours, theirs = ([_plain(word) for word in words if is_word(word)] for words in (written, replaced))
    return any(_is_opposite(a, b) or _is_opposite(b, a) for a in ours for b in theirs)


def _is_opposite(longer: str, shorter: str) -> bool:
    if len(shorter) < 3:
        return False
    return any(longer == start + shorter for start in _OPPOSITE_STARTS) or any(
        longer.endswith(end) and shorter.startswith(longer.removesuffix(end)) for end in _OPPOSITE_ENDS
    )


def _substance(words: Iterable[str]) -> int:
    return sum(is_word(word) and word not in FUNCTION_WORDS for word in words)


def _is_glued(tokens: Tokens, at: int, length: int) -> bool:
    """Whether brackets make part of a word, as in '[on]mogelijk'."""
    start, end = tokens.starts[at], tokens.ends[at + length - 1]
    return tokens.text[max(start - 1, 0) : start].isalnum() or tokens.text[end : end + 1].isalnum()


def _side_by_side(words: Sequence[str], at: int, length: int) -> range:
    """The tokens of a bracket and of those with nothing between them and it, as far as two whole brackets away."""
    start, end = at, at + length
    first, last = max(at - 2 * LONGEST, 0), at + length + 2 * LONGEST
    while start > first and words[start - 1] == "]":
        opening = [i for i in range(first, start) if words[i] == "["]
        if not opening:
            break
        start = opening[-1]
    while words[end : end + 1] == ("[",) and "]" in words[end:last]:
        end = words.index("]", end) + 1
    return range(start, end)


def _is_a_sentence(tokens: Tokens, bracket: range) -> bool:
    """Whether brackets are more than a part of a sentence."""
    words = tokens.canonical
    inside = _within(words, bracket)
    if count(inside) <= _ALONE:
        return False
    starts = bracket.start == 0 or words[bracket.start - 1] in _OPENS
    after = bracket.stop
    ends = after == len(words) or words[after] in _OPENS or tokens.raw(after)[:1].isupper()
    stops = inside[-1] in _SENTENCE_ENDS and len(inside[-2]) > 1  # not an initial: 'mevrouw B.'
    return (starts and ends) or stops or not _SUBJECTS.isdisjoint(inside)


def _turns(words: Sequence[str], bracket: range) -> bool:
    """Whether brackets add a word that turns, binds or counts, or make one with the words beside them."""
    inside = _without_names(_within(words, bracket))
    letters = [_plain(word).replace("'", "") for word in inside if is_word(word)]
    if any(map(is_number, inside)) or any(map(_denies, letters)) or not all(map(_LETTERS.fullmatch, letters)):
        return True
    if any(run in _TURNING or is_number(run) for run in _joined(letters)):
        return True
    before, after = (_plain(words[at]) if at in range(len(words)) else "" for at in (bracket.start - 1, bracket.stop))
    starts = {"".join(letters[:end]) for end in range(1, len(letters) + 1)}
    ends = {"".join(letters[start:]) for start in range(len(letters))}
    whole = f"{before}{''.join(letters)}{after}"
    with_one_beside = {before + start for start in starts if before} | {end + after for end in ends if after}
    return bool(letters) and not _NEGATING.isdisjoint({whole, *with_one_beside})


def _is_half_a_word(tokens: Tokens, at: int) -> bool:
    """Whether a token is a letter on its own, which letters elsewhere may complete, or a number in Roman capitals."""
    raw = tokens.raw(at)
    alone = len(raw) == 1 and raw.islower() and raw not in _SINGLE_LETTERS
    of_a_compound = tokens.canonical[at + 1] == DASH and is_word(tokens.canonical[at + 2])  # 'e-mail'
    return (alone and not of_a_compound) or _ROMAN.fullmatch(raw) is not None


def _denies(word: str) -> bool:
    """Whether a word in plain letters is a negation that its spelling hides."""
    drawn_out = _REPEATED.sub(r"\1", word)
    return _NEGATION_WITHIN.fullmatch(word) is not None or (drawn_out != word and drawn_out in _DRAWN_OUT)


def _within(words: Sequence[str], bracket: range) -> list[str]:
    return [words[at] for at in bracket if words[at] not in ("[", "]")]


def _without_names(inside: list[str]) -> list[str]:
    """The tokens without the number that belongs to a name: 'covid-19'."""
    return inside[:-2] if inside[-3:] == ["covid", DASH, "19"] else inside


def _joined(words: Sequence[str]) -> Iterator[str]:
    """Every run of the words, as one."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield "".join(words[start:end])


def _plain(word: str) -> str:
    """The word in unaccented letters of the Latin script; letters of another script stay what they are."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_PLAIN_LETTERS)
