"""Step 1: an editor's wishes to what they mean for the fragments of one section: which are wanted, which are not.

What a wish is about is looked up as what was named (a matter of the bank, a word and its compounds), and where
nobody names it by nearness of vectors. The vector of a wish is the mean of those that name it, which the store has
already (Rocchio's relevance feedback): a model is only loaded for what nobody names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from rapporteur.dutch.asking import PEOPLE
from rapporteur.dutch.roles import is_part_of_role, is_same_role
from rapporteur.dutch.stems import stem
from rapporteur.dutch.stopwords import FUNCTION_WORDS
from rapporteur.sources.embedding.interface import Vectors
from rapporteur.types import Fragment, Judgement, SectionKey
from rapporteur.writing.outline.matters import Bank, tokens
from rapporteur.writing.outline.steering import Steering, Wish

NEAR = 0.5  # what is near in meaning weighs half of what is named
_NEAREST = 3  # so many fragments are taken for a matter that nobody names
_STANDS_OUT = 1.5  # deviations above the mean likeness of the section's fragments
_WORTH = {"more": 0.4, "only": 0.4, "less": -0.5, "without": -0.5}
_SHORTEST = 4  # letters of a stem that may be a part of a compound

Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Subject:
    """What one wish is about: the fragments that name it, those that are only near it, and its matters in the bank.

    `by_role`: it is about who spoke or in which dialogue, and not about what was said.
    """

    wish: Wish
    named: frozenset[str]
    near: frozenset[str] = frozenset()
    matters: tuple[str, ...] = ()
    by_role: bool = False

    @property
    def found(self) -> frozenset[str]:
        return self.named | self.near


@dataclass(frozen=True, slots=True)
class Aim:
    """What the wishes come to. `worth` is added to a fragment's worth as a quote; `left_out` may not be quoted.

    `more`, `less`, `without` and `only` are the subjects by direction. `notes` say what could not be done.
    """

    worth: Mapping[str, float] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    more: tuple[Subject, ...] = ()
    less: tuple[Subject, ...] = ()
    without: tuple[Subject, ...] = ()
    only: tuple[Subject, ...] = ()
    notes: tuple[str, ...] = ()


NO_AIM = Aim()


def aim(
    steering: Steering,
    key: SectionKey,
    judgements: Sequence[Judgement],
    vectors: Mapping[str, Vectors],
    bank: Bank,
    embed: Embed,
) -> Aim:
    """What an editor's wishes come to for the fragments of a section. `embed` is called for what nobody names."""
    fragments = [j.fragment for j in judgements]
    subjects = [_subject(wish, key, fragments, vectors, bank, embed) for wish in steering.wishes]
    notes = [f"{_of(s.wish)}: nothing in this section was said of it or by them" for s in subjects if not s.found]
    notes += [
        f"{_of(s.wish)}: nobody names it; what is nearest in meaning was taken"
        for s in subjects
        if s.near and not s.named
    ]
    found = [s for s in subjects if s.found]
    of = {d: tuple(s for s in found if s.wish.direction == d) for d in ("more", "less", "without", "only")}
    worth: dict[str, float] = {}
    for subject in found:
        for fragment in subject.found:
            share = 1.0 if fragment in subject.named else NEAR
            worth[fragment] = worth.get(fragment, 0.0) + share * _WORTH[subject.wish.direction]
    left_out = {fragment: f"left out: {s.wish.said}" for s in of["without"] for fragment in s.found}
    if of["only"]:
        wanted = {fragment for s in of["only"] for fragment in s.found}
        said = of["only"][0].wish.said
        left_out |= {f.id: f"left out: {said}" for f in fragments if f.id not in wanted}
    return Aim(worth, left_out, of["more"], of["less"], of["without"], of["only"], tuple(notes))


def _of(wish: Wish) -> str:
    return f"'{wish.said}'" if wish.subject in wish.said else f"'{wish.said}' ({wish.subject})"


def _subject(
    wish: Wish,
    key: SectionKey,
    fragments: Sequence[Fragment],
    vectors: Mapping[str, Vectors],
    bank: Bank,
    embed: Embed,
) -> Subject:
    if wish.kind == "dialogue":
        return Subject(wish, frozenset(f.id for f in fragments if f.dialogue in wish.dialogues), by_role=True)
    if wish.kind != "matter":
        speakers = frozenset(f.id for f in fragments if _is_one_of(wish.subject, f.role, loosely=wish.kind == "who"))
        if speakers or wish.kind == "who":
            return Subject(wish, speakers, by_role=True)
    matters = _matters(wish.subject, key, bank)
    named = frozenset(f.id for f in fragments if _names(f, wish.subject, matters, bank))
    return Subject(wish, named, _near(wish, named, fragments, vectors, embed), matters)


def _is_one_of(subject: str, role: str | None, *, loosely: bool) -> bool:
    """Whether a role is that of the people named; 'jongeren' by itself is a matter, 'van jongeren' are people."""
    if not role:
        return False
    ours, theirs = subject.replace("-", ""), role.casefold().replace("-", "")
    if is_same_role(ours, theirs) or (is_part_of_role(ours, theirs) and subject not in PEOPLE):
        return True
    known = PEOPLE.get(subject) if loosely else None
    return bool(known and re.search(rf"(?<!\w)(?:{known})(?!\w)", role.casefold()))


def _matters(subject: str, key: SectionKey, bank: Bank) -> tuple[str, ...]:
    """The matters of a section that a subject names: its id, or an expression that is of it alone."""
    plain = subject.replace(" ", "-")
    named = [m for m in bank.matters if m == plain]
    for expression in bank.expressions(subject):
        owners = [m for m in bank.owners(expression) if bank.names(expression, m)]
        named += owners if len(owners) == 1 else []
    return tuple(dict.fromkeys(m for m in named if key in bank.matters[m].titles))


def _names(fragment: Fragment, subject: str, matters: Sequence[str], bank: Bank) -> bool:
    """Whether a fragment speaks of a subject in so many words: its stems, compounds of them, the matter's words."""
    if any(bank.names(e, m) for e in bank.expressions(fragment.text) for m in matters):
        return True
    words = {stem(word) for word in tokens(fragment.text)}
    wanted = [stem(word) for word in tokens(subject) if word not in FUNCTION_WORDS]
    return bool(wanted) and all(any(_is_part(each, word) for word in words) for each in wanted)


def _is_part(wanted: str, word: str) -> bool:
    if wanted == word:
        return True
    return len(wanted) >= _SHORTEST and (word.startswith(wanted) or word.endswith(wanted))


def _near(
    wish: Wish, named: frozenset[str], fragments: Sequence[Fragment], vectors: Mapping[str, Vectors], embed: Embed
) -> frozenset[str]:
    """Fragments that stand out by their likeness to those that name a subject; to the subject itself if nobody does."""
    known = [f.id for f in fragments if f.id in vectors]
    if len(known) <= _NEAREST:
        return frozenset()
    rows = np.stack([vectors[i] for i in known])
    middle = rows.mean(axis=0)
    naming = [vectors[i] for i in known if i in named]
    wanted = np.asarray(np.mean(naming, axis=0), np.float32) if naming else embed([wish.subject])[0]
    likeness = _cosines(rows - middle, wanted - middle)
    least = float(likeness.mean() + _STANDS_OUT * likeness.std())
    order = np.argsort(-likeness, kind="stable")
    best: Iterable[int] = order if naming else order[:_NEAREST]
    return frozenset(known[i] for i in best if likeness[i] > max(least, 0.0) and known[i] not in named)


def _cosines(rows: Vectors, wanted: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1) * (np.linalg.norm(wanted) or 1.0)
    cosines: Vectors = (rows @ wanted / np.where(lengths == 0, 1.0, lengths)).astype(np.float32)
    return cosines
