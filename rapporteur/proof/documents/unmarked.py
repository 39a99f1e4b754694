"""Words with '(rol, dialoog 2)' behind them, or 'rol, dialoog 2:' before, and no mark that shows them as a quotation.

Where they are set apart (a paragraph, a cell, a line of their own; in bold, italics or backticks) they are a
quotation without marks. In running text they may be the writer's: then it is said that nothing was proved.
So it is of what follows 'Een deelnemer zei:' in the words of an 'ik' or 'wij'.
Limits: sentences that tell what somebody said ('vertelde dat') are never taken for that person's words, unless they
say 'ik'; what a name in brackets without a dialogue belongs to cannot be told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from rapporteur.dutch.sessions import MAY_NAME_A_SESSION
from rapporteur.dutch.speaking import OF_ONESELF, OF_US
from rapporteur.dutch.titles import announces_a_title
from rapporteur.proof.documents.attribution import (
    Stated,
    attribution_alone,
    bare_attribution_at_the_end,
    dashed_attribution_at_the_end,
    numbered_attributions,
)
from rapporteur.proof.documents.finding import Found, has_words, tidy
from rapporteur.proof.documents.introductions import (
    attribution_afterwards,
    attribution_before,
    is_indirect,
    speaks_at_the_end,
)
from rapporteur.proof.documents.unread import finding
from rapporteur.types import Attribution, Finding, Severity

_WORD = re.compile(r"['’]?\w+(?:['’]\w+)*")
_BULLET = re.compile(r"\s*(?:[–—•*+·-]|\d{1,2}[.)])\s+")
_NEW_SENTENCE = re.compile(r"[.!?…][\"”»’']*\s+(?=[^\Wa-z\d_]|['‘“\"])|\n")
# What sets off an attribution without brackets at the end: a line end, the end of a sentence.
_SET_OFF = re.compile(r"\s[|/]\s*(?=\w)|\n\s*|[.!?…,;]\s+")
_IN_WORDS = re.compile(r"(?:[.,!?…]|\s[–—-])?\s+(?=(?:aldus|zegt|zei|vertelt|vertelde)\s)", re.IGNORECASE)
_LITERATURE = re.compile(r"\s*\([A-ZÀ-Ý][^()]*,?\s+(?:19|20)\d\d\)")
_LONGEST_END = 130
_MOST_WORDS_OF_A_ROLE = 8
_LABEL = re.compile(r"[^:\n]{3,120}:\s+(?=\S)")
_SPOKEN = re.compile(r":\s+(?=\w)")
_GOES_ON = re.compile(r"\s*:|[\s,]*(?!(?:en|maar|of|terwijl|want|dus)\b)[a-zà-ÿ]")
_JOINS = re.compile(r"(?:[.,:;!?…(\n–—-]|(?<!\w)(?:en|maar|of|terwijl|want|dus|ook))\s*\Z")
_ENOUGH_WORDS = 3
_WORDS_OF_A_PHRASE = 8
_LONGEST_SENTENCE = 600
_SHOW_WHICH = "Put what was said between quotation marks, or tell it in other words ('een kok vertelde dat …')."


def set_apart(text: str, *, is_heading: bool = False) -> Found | None:
    """The quotation that is all of a passage, with its attribution, though no mark shows it."""
    found = _before_its_attribution(text) or _behind_its_label(text)
    if found is None or (is_heading and not of_someone(found.text)):
        return None
    return found


def above_its_attribution(text: str) -> Found | None:
    """The words of a passage whose attribution is all of the next one."""
    if text.rstrip().endswith(":") or len(_WORD.findall(text)) < _ENOUGH_WORDS or not _can_be_spoken(text):
        return None
    return Found(0, len(text), len(text), tidy(text), None)


def stands_apart(text: str, start: int, end: int, after: int) -> bool:
    """Whether emphasised words `[start, end)`, attributed until `after`, are no part of a sentence around them."""
    if says_i(text[start:end]):
        return True
    before = text[:start]
    led_in = not has_words(before) or _JOINS.search(before) or speaks_at_the_end(before)
    return bool(led_in) and not _GOES_ON.match(text, after)


def may_be_the_writers(text: str, start: int, end: int, words: str) -> bool:
    """Whether words between marks at `[start, end)`, of nobody in particular, may be a title, or a turn of phrase."""
    lead = text[:start]
    if announces_a_title(lead) or _LITERATURE.match(text, end):
        return True
    within = lead.endswith(" ") and lead.rstrip()[-1:].isalnum() and words[:1].islower()
    is_short = len(_WORD.findall(words)) <= _WORDS_OF_A_PHRASE
    return within and is_short and not (of_someone(words) or speaks_at_the_end(lead))


def unbound(
    text: str, place: str, taken: Iterable[tuple[int, int]], said: Iterable[str], *, is_heading: bool = False
) -> Iterator[Finding]:
    """What to say of each attribution of a passage that no quotation has.

    `taken` are the quotations there with their attributions, `said` what is printed of who spoke these and the next.
    """
    ranges, introduced = sorted(taken), tuple(said)
    for stated in numbered_attributions(text):
        before = bisect_right(ranges, (stated.start, len(text)))
        since = ranges[before - 1][1] if before else 0
        if stated.start < since or any(stated.attribution.text in words for words in introduced):
            continue
        sentence = _last_sentence(text[max(since, stated.start - _LONGEST_SENTENCE) : stated.start])
        if is_heading and not of_someone(sentence):
            continue
        if says_i(sentence) or not (is_indirect(sentence) or _GOES_ON.match(text, stated.end)):
            doubt = bool(stated.attribution.role or of_someone(sentence) or not has_words(sentence))
            yield _nothing_shown(stated.attribution, sentence, place, "warning" if doubt else "info")
    if not is_heading:
        yield from _spoken_without_marks(text, place, ranges)
    label = None if ranges else _LABEL.match(text)
    lead = attribution_before(text, label.end(), 0) if label else None
    if label and lead and lead.is_numbered and lead.attribution.role and not is_indirect(label.group()):
        yield _nothing_shown(lead.attribution, text[label.end() :], place, "info")


def _spoken_without_marks(text: str, place: str, taken: list[tuple[int, int]]) -> Iterator[Finding]:
    """'Een deelnemer zei: wij hebben …', of which no word was taken for a quotation."""
    for colon in _SPOKEN.finditer(text):
        lead = _last_sentence(text[max(0, colon.start() - _LONGEST_SENTENCE) : colon.start()])
        words = _NEW_SENTENCE.split(text[colon.end() : colon.end() + _LONGEST_SENTENCE])[0].strip()
        ends = colon.end() + len(words)
        is_taken = any(start < ends and colon.start() < end for start, end in taken)
        if not is_taken and speaks_at_the_end(lead) and of_someone(words):
            yield _unshown(lead, f"{lead}: {words}", place, "warning")


def _nothing_shown(said: Attribution, words: str, place: str, severity: Severity) -> Finding:
    if has_words(words):
        return _unshown(said.text, f"{words} {said.text}".strip(), place, severity)
    why = f"‘{said.text}’ says whose words these are, but no quotation goes with it."
    return finding("attribution", severity, why, place, text=said.text, suggestion=_SHOW_WHICH)


def _unshown(said: str, text: str, place: str, severity: Severity) -> Finding:
    why = f"‘{said}’ says whose words these are, but nothing shows which words; none were proved."
    return finding("attribution", severity, why, place, text=text, suggestion=_SHOW_WHICH)


def _before_its_attribution(text: str) -> Found | None:
    stated = _at_the_end(text)
    if stated is None:
        return None
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else 0
    words = text[start : stated.start].rstrip(" \t\n–—―|/-,")
    if (
        not has_words(words)
        or words.rstrip().endswith(":")
        or len(numbered_attributions(text)) > 1
        or not _can_be_spoken(words)
    ):
        return None
    several = len(_NEW_SENTENCE.split(words.strip())) > 1
    named = stated.is_numbered and stated.attribution.role is not None
    if not of_someone(words) and (several or bullet or not named or MAY_NAME_A_SESSION.search(words)):
        return None
    return Found(start, start + len(words), stated.end, tidy(words), stated.attribution)


def _behind_its_label(text: str) -> Found | None:
    """'Predikant (dialoog 3): ik …' without marks."""
    label = _LABEL.match(text)
    words = text[label.end() :] if label else ""
    if not label or not of_someone(words):
        return None
    lead = attribution_before(text, label.end(), 0)
    if lead is None or not lead.is_numbered:
        return None
    return Found(0, len(text), len(text), tidy(words), lead.attribution)


def _at_the_end(text: str) -> Stated | None:
    """An attribution as the last thing of a text: in brackets, behind a dash, or on a line of its own."""
    for lead in _IN_WORDS.finditer(text, max(0, len(text) - _LONGEST_END)):
        after = attribution_afterwards(text, lead.end())
        if after and after.is_numbered and not has_words(text[after.end :]) and of_someone(text[: lead.start()]):
            return Stated(after.attribution, lead.start(), after.end)
    numbered = [one for one in numbered_attributions(text) if not has_words(text[one.end :])]
    if numbered:
        return numbered[0]
    dashed = dashed_attribution_at_the_end(text)
    if dashed:
        return dashed
    for mark in _SET_OFF.finditer(text, max(0, len(text) - _LONGEST_END)):
        told = attribution_alone(text[mark.end() :])
        if told is None or told.dialogue is None:
            continue
        if 0 < len((told.role or "").split()) <= _MOST_WORDS_OF_A_ROLE or of_someone(text[: mark.start()]):
            return Stated(told, mark.start(), len(text))
    bare = bare_attribution_at_the_end(text)
    return bare if bare and says_i(text[: bare.start]) else None


def _can_be_spoken(words: str) -> bool:
    """Whether nothing shows that a writer tells what somebody said."""
    return says_i(words) or not is_indirect(words)


def of_someone(words: str) -> bool:
    """Whether the words speak of 'ik' or 'wij'."""
    return not {word.casefold() for word in _WORD.findall(words)}.isdisjoint(OF_ONESELF | OF_US)


def says_i(words: str) -> bool:
    """Whether the words speak of 'ik'."""
    return not {word.casefold() for word in _WORD.findall(words)}.isdisjoint(OF_ONESELF)


def _last_sentence(text: str) -> str:
    return _NEW_SENTENCE.split(text)[-1].strip()
