"""Step 1b: whether a fragment may be quoted, which words of it, and how well it would read.

A quote is a run of whole sentences of one fragment, 15 to 90 words, said by someone at the table, without
personal data and without instructions to a machine. The run is never cut where the next sentence turns what
was said ('Maar ...').
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from rapporteur.dutch import cues
from rapporteur.dutch.injection import instructs_a_machine
from rapporteur.dutch.meaning import CONDITIONS, CONTRASTS, HEDGES, NEGATIONS
from rapporteur.dutch.personal import PersonalDatum, find
from rapporteur.dutch.roles import is_facilitator, is_host, is_note_taker
from rapporteur.dutch.sentences import sentences
from rapporteur.types import Fragment, Judgement, SectionKey, Span, Use
from rapporteur.writing.outline.sections import headline_span, is_headline

MIN_WORDS, MAX_WORDS = 15, 90
IDEAL_WORDS = (28, 75)
SHORT_WORDS = 35
CUT_SCORE = 0.3  # a quote with a piece left out reads worse than a whole one

_LEANS_BACK = re.compile(
    r"(?:dat|die|dit|deze|daar|daarom|daardoor|dus|en|of|want|hij|zij|ze|dan|toen|ook|zo)(?!\w)",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"(?:maar|behalve|tenzij|alleen|hoewel|toch|echter|nee|niet|of niet|integendeel)(?!\w)", re.IGNORECASE
)
_TURNING_WORD = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, NEGATIONS | CONDITIONS | CONTRASTS | HEDGES)))})(?!\w)", re.IGNORECASE
)
_FILLER_START = re.compile(
    r"(?:ja|nee|nou|oké|goed|sorry|dan begin ik|dan wil ik|mag ik|o|oh|ach|och|eh|tja|hm+|dank)(?!\w)",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"(?<!\w)(?:ik|mij|me|mijn|m'n|wij|we|ons|onze)(?!\w)", re.IGNORECASE)
_CONCRETE = re.compile(
    r"\d|(?<!\w)(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twintig|honderd|jaar|week|uur)(?!\w)"
)
_BROKEN = re.compile(r"(?<!\w)(?:eh+|ehm|uh+|hoe zeg (?:je|ik))(?!\w)|\.\.\.\s*$|…\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotability:
    """`score` in [0, 1]; `left_out` says why it may not be quoted; `spans` are in the fragment's own text."""

    score: float
    left_out: str | None
    spans: tuple[Span, ...] = ()
    use: Use = "quote"


def judge(
    fragment: Fragment, section: SectionKey | None, noise: str, names: Iterable[str], host_role: str | None = None
) -> Quotability:
    """Judge one fragment. `noise` says why it belongs in no section, where `section` is None.

    In a record that names its speakers the host is not quoted as a resident; where only quotes are known, whoever
    was quoted may be quoted.
    """
    if section is None:
        return Quotability(0.0, f"belongs in no section: {noise}")
    if is_facilitator(fragment.role):
        return Quotability(0.0, "not said by a participant")
    if fragment.speaker and is_host(fragment.role, host_role):
        return Quotability(0.0, "said by the host")
    if fragment.role is None and fragment.dialogue is None:
        return Quotability(0.0, "neither role nor dialogue is known, so it cannot be attributed")
    if find(fragment.role or "", names):
        return Quotability(0.0, "personal data in the role that would be printed")
    if instructs_a_machine(fragment.text):
        return Quotability(0.0, "holds instructions to a machine")
    private = find(fragment.text, names)
    if is_headline(fragment):
        if private:
            return Quotability(0.0, f"personal data: {private[0].kind}")
        span = headline_span(fragment.text)
        if _TURNING_WORD.search(fragment.text[: span.start] + fragment.text[span.end :]):
            return Quotability(0.1, "a headline in a sentence that may turn it", (), "headline")
        return Quotability(0.1, "a headline: printed as such", (span,), "headline")
    if is_note_taker(fragment.role):
        whole = () if private else (Span(0, len(fragment.text)),)
        return Quotability(0.0, "a note-taker's observation: printed as such", whole, "observation")
    found = runs(fragment.text, [d.span for d in private])
    if not found:
        masked = _cut_round(fragment.text, private)
        if masked:
            return Quotability(CUT_SCORE, None, masked)
        return Quotability(0.0, _why_no_run(fragment.text, private))
    score, span = max(((_score(fragment.text, run), run) for run in found), key=lambda pair: (pair[0], -pair[1].start))
    return Quotability(round(score, 4), None, (span,))


def runs(text: str, forbidden: Sequence[Span]) -> list[Span]:
    """All runs of whole sentences that may be quoted."""
    parts = sentences(text)
    found = []
    for first in range(len(parts)):
        for last in range(first, len(parts)):
            run = Span(parts[first].start, parts[last].end)
            length = len(text[run.start : run.end].split())
            if length > MAX_WORDS:
                break
            turned = last + 1 < len(parts) and _TURNS.match(text, parts[last + 1].start)
            turning = first > 0 and _TURNS.match(text, run.start)
            private = any(f.start < run.end and run.start < f.end for f in forbidden)
            if length >= MIN_WORDS and not (turned or turning or private):
                found.append(run)
    return found


def cut_to(judgement: Judgement, by: int, names: Iterable[str]) -> Judgement:
    """The same fragment with a shorter (`by` -1) or longer (1) quote, where it allows one; else as it was."""
    if len(judgement.quote) != 1 or judgement.left_out is not None or judgement.use != "quote":
        return judgement
    text, now = judgement.fragment.text, judgement.quote[0]
    others = runs(text, [datum.span for datum in find(text, frozenset(names))])
    if by > 0:
        fitting = [run for run in others if run.start <= now.start and run.end >= now.end]
        best = max(fitting, key=len, default=now)
    else:
        fitting = [
            run for run in others if len(text[run.start : run.end].split()) <= SHORT_WORDS and len(run) < len(now)
        ]
        best = max(fitting, key=lambda run: (_score(text, run), -run.start), default=now)
    return replace(judgement, quote=(best,))


def _cut_round(text: str, private: Sequence[PersonalDatum]) -> tuple[Span, ...]:
    """Whole sentences before and after those with personal data, to be printed with '[…]' between; () if none will do.

    What is left out may not turn what is kept, and every piece can stand alone.
    """
    parts = sentences(text)
    pieces: list[Span] = []
    for index, part in enumerate(parts):
        if any(d.span.start < part.end and part.start < d.span.end for d in private):
            if _TURNING_WORD.search(text[part.start : part.end]):
                return ()
            continue
        follows = bool(pieces) and index > 0 and pieces[-1].end == parts[index - 1].end
        if follows:
            pieces[-1] = Span(pieces[-1].start, part.end)
        elif index and (_TURNS.match(text, part.start) or _LEANS_BACK.match(text, part.start)):
            return ()
        else:
            pieces.append(part)
    words = sum(len(text[s.start : s.end].split()) for s in pieces)
    return tuple(pieces) if len(pieces) > 1 and MIN_WORDS <= words <= MAX_WORDS else ()


def _why_no_run(text: str, private: Sequence[PersonalDatum]) -> str:
    if len(text.split()) < MIN_WORDS:
        return f"too short ({len(text.split())} words, a quote has at least {MIN_WORDS})"
    if private:
        return f"personal data: {private[0].kind}"
    return f"no run of sentences of {MIN_WORDS} to {MAX_WORDS} words that can stand alone"


def _score(text: str, run: Span) -> float:
    """How well a run would read as a quote. Weights set by hand; `evals/quotability.py` measures them."""
    words = text[run.start : run.end]
    score = 0.35 + 0.4 * _length_fit(len(words.split()))
    score += 0.1 * bool(_PERSONAL.search(words)) + 0.08 * bool(_CONCRETE.search(words))
    score += 0.12 * sqrt(len(words) / max(1, len(text.strip())))
    score -= 0.12 * bool(_LEANS_BACK.match(words)) + 0.1 * bool(_FILLER_START.match(words))
    score -= 0.08 * len(_BROKEN.findall(words))
    score -= 0.15 * (cues.weigh(words, cues.TECHNIQUE) > 0) + 0.05 * words.rstrip().endswith("?")
    return min(1.0, max(0.0, score))


def _length_fit(words: int) -> float:
    """1 within the ideal length, less for what is shorter or longer."""
    low, high = IDEAL_WORDS
    if words < low:
        return (words - MIN_WORDS + 4) / (low - MIN_WORDS + 4)
    return min(1.0, 1.4 - 0.4 * words / high)
