"""Step 1a: which section a fragment belongs in, if any, from content and from the round where the record has one.

Three signals are added: what the learned head says of the fragment's words (section_head.py), what it says of the
turns around it where they follow each other in a talk, and the round. Where a record has no rounds, the facilitator's
announcements ('dan gaan we naar de dromen') stand in for them, at less weight. Where the head cannot read the vectors,
nearness to the section's guiding questions is added. All weights here are module constants; `evals/section_fit.py`
measures them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rapporteur.dutch import cues
from rapporteur.dutch.roles import is_facilitator, is_host, is_note_taker
from rapporteur.sources.embedding.interface import Vectors
from rapporteur.types import SECTION_KEYS, Fragment, Round, SectionKey, Span
from rapporteur.writing.outline.section_head import LEXICAL, Rows, SectionHead, head_for, log_softmax

NEARNESS_WEIGHT = 0.5
ROUND_WEIGHT = 3.0
ANNOUNCED_WEIGHT = 1.5
NEIGHBOUR_WEIGHT = 0.4
NEIGHBOURS = 3  # turns on either side
MIN_WORDS = 6
MAX_HEADLINE_WORDS = 18

_SECTIONS_OF: Mapping[Round, tuple[SectionKey, ...]] = {
    "opening": (),
    "knel-kiem": ("knel", "kiem"),
    "dromen": ("dromen",),
    "ideeen": ("ideeen",),
    "afsluiting": ("procesobservaties",),
}


@dataclass(frozen=True, slots=True)
class SectionFit:
    """`scores` sum to 1 over the sections. `section` is None for talk that belongs in none; `why` says why."""

    scores: Mapping[SectionKey, float]
    section: SectionKey | None
    why: tuple[str, ...] = ()


def fit(
    fragments: Sequence[Fragment],
    nearness: Mapping[SectionKey, Mapping[str, float]],
    host_roles: Mapping[str, str | None],
    vectors: Mapping[str, Vectors] | None = None,
    head: SectionHead | None = None,
) -> tuple[SectionFit, ...]:
    """Fit every fragment of a theme to the sections.

    `fragments` are those of whole records, as spoken. `nearness[section][fragment id]` is the likeness to the
    section's guiding questions, absent for what was not embedded. `host_roles` maps a record to its host's role.
    `vectors` by fragment id are those that `head` was learned for; without a head the lexical one speaks.
    Returns: one SectionFit per fragment, in order.
    """
    rounds = [(f.round, announced) for f, announced in zip(fragments, _announced(fragments), strict=True)]
    words = _with_stories(fragments, _of_words(fragments, vectors or {}, head or head_for(LEXICAL)))
    total = words + NEIGHBOUR_WEIGHT * _of_neighbours(fragments, words)
    total += np.array([_round_scores(known, announced) for known, announced in rounds]).reshape(-1, len(SECTION_KEYS))
    if not head or not head.dimensions:
        total += NEARNESS_WEIGHT * _standardised(fragments, nearness)
    scores = np.exp(log_softmax(total))
    said = np.exp(log_softmax(words))
    return tuple(
        _fitted(fragment, row, f"words: {_best(own)}", *both, host_roles.get(fragment.record))
        for fragment, row, own, both in zip(fragments, scores, said, rounds, strict=True)
    )


def _best(row: Rows) -> str:
    """The section with the highest probability, and that probability: 'kiem 0.62'."""
    return f"{SECTION_KEYS[int(row.argmax())]} {row.max():.2f}"


def _of_words(fragments: Sequence[Fragment], vectors: Mapping[str, Vectors], head: SectionHead) -> Rows:
    """Log probabilities, n fragments x sections; what was not embedded is taken for the middle of what was."""
    nowhere = head.voters["whole"].mean[: head.dimensions]
    rows = [vectors.get(f.id, nowhere)[: head.dimensions] for f in fragments]
    return head.log_scores(
        [f.text for f in fragments], np.array(rows, dtype=np.float64).reshape(len(rows), head.dimensions)
    )


def _with_stories(fragments: Sequence[Fragment], words: Rows) -> Rows:
    """A headline is too short to tell by itself: what its speaker told in the same round speaks with it."""
    told: dict[tuple[str, str, Round | None], list[int]] = {}
    for i, f in enumerate(fragments):
        if f.speaker and not is_headline(f) and len(f.text.split()) >= 2 * MIN_WORDS:
            told.setdefault((f.record, f.speaker, f.round), []).append(i)
    with_story = words.copy()
    for i, f in enumerate(fragments):
        stories = told.get((f.record, f.speaker, f.round), []) if f.speaker and is_headline(f) else []
        if stories:
            with_story[i] += words[stories].mean(axis=0)
    return with_story


def _of_neighbours(fragments: Sequence[Fragment], words: Rows) -> Rows:
    """The mean log probability of each round among the participants' turns before and after, where rounds are unknown.

    Only in a talk that a facilitator leads: in sheets and collected quotes, what stands next to each other was not
    said next to each other. Knel and kiem are told in one round, so neighbours do not choose between them.
    """
    around = np.zeros_like(words)
    led = {f.record for f in fragments if is_facilitator(f.role)}
    told = [
        i
        for i, f in enumerate(fragments)
        if f.record in led and f.round is None and not is_facilitator(f.role) and len(f.text.split()) >= MIN_WORDS
    ]
    rounds = words.copy()
    both = [SECTION_KEYS.index(key) for key in _SECTIONS_OF["knel-kiem"]]
    rounds[:, both] = np.logaddexp.reduce(words[:, both], axis=1)[:, None]
    for place, i in enumerate(told):
        nearby = told[max(0, place - NEIGHBOURS) : place] + told[place + 1 : place + 1 + NEIGHBOURS]
        beside = [j for j in nearby if fragments[j].record == fragments[i].record]
        if beside:
            around[i] = rounds[beside].mean(axis=0)
    return around


def _fitted(
    fragment: Fragment, row: Rows, words: str, known: Round | None, announced: Round | None, host_role: str | None
) -> SectionFit:
    scores = {key: round(float(value), 4) for key, value in zip(SECTION_KEYS, row, strict=True)}
    best = SECTION_KEYS[int(row.argmax())]
    noise = _noise(fragment, known or announced, host_role)
    if noise:
        return SectionFit(scores, None, (noise,))
    if is_note_taker(fragment.role):
        return SectionFit(scores, "procesobservaties", ("the note-taker's observation",))
    why = [words]
    if known or announced:
        why.append(f"round: {known}" if known else f"announced round: {announced}")
    return SectionFit(scores, best, tuple(why))


def _noise(fragment: Fragment, in_round: Round | None, host_role: str | None) -> str | None:
    """Why a fragment belongs in no section, None if it does not."""
    text, words = fragment.text, len(fragment.text.split())
    closing = in_round == "afsluiting"
    if is_facilitator(fragment.role):
        return "guidance"
    if is_note_taker(fragment.role):
        return None if closing and words >= MIN_WORDS else "housekeeping"
    if in_round == "opening":
        return "opening"
    if words < MIN_WORDS and not is_headline(fragment):
        return "too short"
    if is_host(fragment.role, host_role) and fragment.speaker and not (closing and words >= 2 * MIN_WORDS):
        return "host"
    if words < 30 and cues.weigh(text, cues.TECHNIQUE) >= 1:
        return "technique"
    if words < 15 and cues.weigh(_opening_words(text), cues.AGREEMENT) and not is_headline(fragment):
        return "agreement"
    if words < 15 and text.rstrip().endswith("?") and not is_headline(fragment):
        return "question"
    return None


def is_headline(fragment: Fragment) -> bool:
    """Whether a fragment is a krantenkop: a short text, (nearly) all of it in quotation marks."""
    text = fragment.text.strip()
    if len(text.split()) > MAX_HEADLINE_WORDS or not cues.QUOTED.search(text):
        return False
    quoted = sum(len(match) for match in cues.QUOTED.findall(text))
    announced = cues.weigh(text, cues.HEADLINE) > 0
    return quoted > (0.3 if announced else 0.75) * len(text)


def headline_span(text: str) -> Span:
    """Where the words of a headline stand, without quotation marks, in a text for which `is_headline` holds."""
    match = max(cues.QUOTED.finditer(text), key=lambda m: m.end() - m.start())
    return Span(match.start() + 1, match.end() - 1)


def _announced(fragments: Sequence[Fragment]) -> list[Round | None]:
    """The round the facilitator last announced, per fragment; None before the first and where rounds are known."""
    result: list[Round | None] = []
    record: str | None = None
    current: Round | None = None
    for fragment in fragments:
        if fragment.record != record:
            record, current = fragment.record, None
        if fragment.round is None and is_facilitator(fragment.role):
            current = _announcement(fragment.text, current) or current
        result.append(current if fragment.round is None else None)
    return result


def _announcement(text: str, current: Round | None) -> Round | None:
    """The one round that a facilitator's turn speaks of, later than the current one; None for none or several."""
    order = tuple(cues.ROUND_CUES)
    named = [r for r in order if cues.weigh(text, cues.ROUND_CUES[r]) >= 1]
    later = [r for r in named if current is None or order.index(r) > order.index(current)]
    return later[0] if len(later) == 1 and len(named) <= 2 else None


def _round_scores(known: Round | None, announced: Round | None) -> list[float]:
    weight = ROUND_WEIGHT if known else ANNOUNCED_WEIGHT
    in_round = known or announced
    sections = _SECTIONS_OF[in_round] if in_round else ()
    return [weight * (key in sections) for key in SECTION_KEYS]


def _standardised(fragments: Sequence[Fragment], nearness: Mapping[SectionKey, Mapping[str, float]]) -> np.ndarray:
    """n fragments x sections, each section with mean 0 and deviation 1 over the theme; 0 for what was not embedded."""
    columns = []
    for key in SECTION_KEYS:
        known = nearness.get(key, {})
        values = np.array([known.get(f.id, np.nan) for f in fragments], dtype=float)
        present = values[~np.isnan(values)]
        spread = float(present.std()) if present.size > 1 else 0.0
        centred = (values - (present.mean() if present.size else 0.0)) / (spread or 1.0)
        columns.append(np.nan_to_num(centred))
    return np.stack(columns, axis=1) if fragments else np.zeros((0, len(SECTION_KEYS)))


def _opening_words(text: str) -> str:
    return " ".join(text.split()[:2])
