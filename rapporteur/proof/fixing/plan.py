"""What an altered quotation should be: the record's words where it differs, and nothing else of it changed.

A repair is planned only if the quotation is clean with it. What would put personal data into the document is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rapporteur.proof.fixing.interface import Left, Repair
from rapporteur.proof.fixing.words import edits
from rapporteur.types import Fragment, Quotation, Span, Verdict

# How many words beyond the record's stretch a repair may reach.
_FURTHER = 2
_WORD = re.compile(r"\S+")
# What a reader sees as an editor's: an ellipsis, brackets, an X for a name.
_MARK = re.compile(r"…|\.\.|[\[\]]|\(\W*\)|\bX\b")
_PUNCTUATION = re.compile(r"[^\w\s]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Plan:
    repairs: tuple[Repair, ...]
    left: tuple[Left, ...]


def plan(
    proved: Sequence[tuple[Quotation, Verdict]],
    fragments: Mapping[str, Fragment],
    check: Callable[[Quotation], Verdict],
    discloses: Callable[[str], bool],
) -> Plan:
    """A repair for each altered quotation, or why there is none. `discloses`: whether words hold personal data."""
    planned = [_planned(q, v, fragments, check, discloses) for q, v in proved if v.kind == "altered"]
    return Plan(
        tuple(one for one in planned if isinstance(one, Repair)), tuple(one for one in planned if isinstance(one, Left))
    )


def _planned(
    quotation: Quotation,
    verdict: Verdict,
    fragments: Mapping[str, Fragment],
    check: Callable[[Quotation], Verdict],
    discloses: Callable[[str], bool],
) -> Repair | Left:
    candidates = dict.fromkeys(_candidates(quotation, verdict, fragments))
    clean = [text for text in candidates if check(replace(quotation, text=text)).clean]
    if not clean:
        return Left(quotation.place, "The record's words alone do not make this quotation honest; look at it yourself.")
    after = min(clean, key=lambda text: _cost(quotation.text, text))
    if discloses(after) and not discloses(quotation.text):
        return Left(quotation.place, "The record's words hold personal data here; write X or [a role] for it.")
    return Repair(quotation.place, quotation.text, after)


def _candidates(quotation: Quotation, verdict: Verdict, fragments: Mapping[str, Fragment]) -> Iterator[str]:
    """The quotation with only the differences undone, so that honest marks stay; and stretches of the record."""
    undone = _undone(quotation.text, verdict)
    if undone is not None:
        yield undone
    fragment = fragments.get(verdict.fragment or "")
    if fragment:
        yield _laid_along(quotation.text, fragment.text)
    if fragment and verdict.span:
        for span in _around(verdict.span, fragment.text):
            yield from _stretches(quotation.text, fragment.text[span.start : span.end])


def _laid_along(quotation: str, record: str) -> str:
    """The quotation laid along the record word by word: its marks stay, all else that differs becomes the record's."""
    quoted, spoken = quotation.split(), record.split()
    steps = SequenceMatcher(None, _bare(spoken), _bare(quoted), autojunk=False).get_opcodes()
    made: list[str] = []
    for kind, a, b, c, d in steps:
        if kind == "equal" or any(map(_MARK.search, quoted[c:d])):
            made += quoted[c:d]
        elif c == 0:
            made += spoken[max(a, b - d) : b]
        elif d == len(quoted):
            made += spoken[a : min(b, a + d - c)]
        else:
            made += spoken[a:b]
    return " ".join(made)


def _bare(words: list[str]) -> list[str]:
    return [_PUNCTUATION.sub("", word).casefold() or word for word in words]


def _around(span: Span, text: str) -> Iterator[Span]:
    """The span, and those that start or end a word or two further out: a lost word may have been the last but one."""
    starts = [m.start() for m in _WORD.finditer(text) if m.start() < span.start][-_FURTHER:]
    ends = [m.end() for m in _WORD.finditer(text) if m.end() > span.end][:_FURTHER]
    for start in (span.start, *reversed(starts)):
        for end in (span.end, *ends):
            yield Span(start, end)


def _stretches(before: str, record: str) -> Iterator[str]:
    """The record's stretch, with the full stop that the quotation ends in if the stretch has none."""
    stretch = _SPACE.sub(" ", record).strip()
    ending = before.rstrip()[-1:]
    if ending in tuple(".!?") and stretch[-1:].isalnum():
        yield stretch + ending
    yield stretch


def _cost(before: str, after: str) -> tuple[int, int]:
    """How many of the quotation's words are lost, then how much is written anew."""
    lost = written = 0
    for edit in edits(before, after):
        old = before[edit.start : edit.end].split()
        lost += sum(word not in edit.after.split() for word in old)
        written += len(edit.after.split())
    return lost, written


def _undone(text: str, verdict: Verdict) -> str | None:
    """The quotation with each difference put back; None if the words of one cannot be found in it."""
    done, position = "", 0
    for change in verdict.difference:
        quoted, record = change.get("citaat", ""), _SPACE.sub(" ", change.get("verslag", ""))
        at = text.find(quoted, position)
        if not quoted or at < 0:
            return None
        done += text[position:at] + record
        position = at + len(quoted)
    return done + text[position:] if position else None
