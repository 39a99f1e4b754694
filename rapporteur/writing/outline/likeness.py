"""Step 1c: how alike the statements of a theme are, from six signs that they speak of the same matter.

Vectors alone group by manner of speaking as much as by matter. So: nearness of vectors, the matters of the bank,
stemmed words and letter runs they share (rare ones count for more), and what the order of speaking tells: a story and
its headline, a story and the reaction to it. WEIGHTS are round figures near those of a logistic regression on pairs
of fragments (same topic or not) of the example and of four published themes, which hardly differ between
leave-one-theme-out folds. `evals/topics.py` measures what comes of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

import numpy as np

from rapporteur.dutch.stems import stem
from rapporteur.dutch.stopwords import STOP_WORDS
from rapporteur.types import Fragment, SectionKey
from rapporteur.writing.outline.matters import Bank, tokens

if TYPE_CHECKING:
    from rapporteur.sources.embedding.interface import Vectors

WEIGHTS = {"vectors": 1.5, "matters": 1.5, "words": 4.0, "letters": 4.0, "same person": 1.0, "reaction": 1.0}
STORY_GAP = 3  # turns within which one person's next words still belong to the same story
_PHRASE_WEIGHT = 1.3
_HINT_WEIGHT = 0.5

Bag = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Said:
    """The expressions of a matter in a stretch of talk and their weight, 0 to 1; hints apart."""

    words: Bag
    hints: Bag

    @property
    def weight(self) -> float:
        """0 to 1: how surely the talk is of the matter."""
        return min(1.0, sum(self.words.values()) + _HINT_WEIGHT * sum(self.hints.values()))


class Lexicon:
    """How rare each word, letter run and expression of the bank is among the texts of a theme."""

    def __init__(self, texts: Sequence[str], bank: Bank, unheard: Iterable[str] = ()) -> None:
        """`unheard` are nouns that tell nothing of a matter here: what is seen in the photos of the dream round."""
        self._bank = bank
        self._unheard = frozenset(stem(noun) for noun in unheard)
        self._texts = len(texts)
        self._bags: dict[str, tuple[Counter[str], Counter[str], Counter[str]]] = {t: self._count(t) for t in texts}
        self._frequency: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
        for text in texts:
            for frequency, bag in zip(self._frequency, self._bags[text], strict=True):
                frequency.update(bag.keys())

    def words(self, texts: Sequence[str]) -> Bag:
        """Stems with their weight in a stretch of talk."""
        return self._weighed(texts, 0)

    def letters(self, texts: Sequence[str]) -> Bag:
        """Runs of four and five letters with their weight: they see 'buurtfeest' in 'buurtfeestje'."""
        return self._weighed(texts, 1)

    def matters(self, texts: Sequence[str], section: SectionKey) -> Bag:
        """Matters of the bank that may occur in a section, with their weight."""
        total: Counter[str] = Counter()
        for text in texts:
            for expression, times in self._bags[text][2].items():
                owners = self._bank.owners(expression)
                rare = log((self._texts + 8) / self._frequency[2][expression])
                weight = (1 + 0.3 * (times - 1)) * rare / sqrt(len(owners))
                for owner in owners:
                    if section in self._bank.matters[owner].titles:
                        total[owner] += weight * (_PHRASE_WEIGHT if " " in expression else 1)  # type: ignore[assignment]
        return {matter: sqrt(weight) for matter, weight in total.items()}

    def telling(self, texts: Sequence[str], section: SectionKey) -> dict[str, Said]:
        """By matter of a section, what these texts say of it.

        An expression that much of the theme uses ('buurt' in a theme on the neighbourhood) or that speaks of
        several matters weighs little; those it is but a hint of take nothing from those it names. A hint weighs half.
        Of 'samen eten' and 'eten' only the longer one counts.
        """
        words: defaultdict[str, dict[str, float]] = defaultdict(dict)
        hints: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for expression in sorted({e for text in texts for e in self._expressions(text)}, key=_longest_first):
            owners = [m for m in self._bank.owners(expression) if section in self._bank.matters[m].titles]
            named = [owner for owner in owners if self._bank.names(expression, owner)]
            rare = log((self._texts + 1) / (self._frequency[2][expression] + 1)) / log(self._texts + 1)
            for owner in owners:
                if not any(expression.strip("*") in longer for longer in (*words[owner], *hints[owner])):
                    kind, among = (words, named) if owner in named else (hints, owners)
                    kind[owner][expression] = max(0.0, rare) / len(among)
        return {matter: Said(words[matter], hints[matter]) for matter in words if words[matter] or hints[matter]}

    def _weighed(self, texts: Sequence[str], kind: int) -> Bag:
        total: Counter[str] = Counter()
        for text in texts:
            total.update(self._bags[text][kind])
        frequency = self._frequency[kind]
        return {t: log(1 + n * log((1 + self._texts) / (1 + frequency[t]))) for t, n in total.items()}

    def _expressions(self, text: str) -> Counter[str]:
        """The bank's expressions in a text of the theme, or in a part of one."""
        return self._bags[text][2] if text in self._bags else self._bank.expressions(" ".join(self._heard(text)))

    def _heard(self, text: str) -> list[str]:
        return [w for w in tokens(text) if stem(w) not in self._unheard] if self._unheard else tokens(text)

    def _count(self, text: str) -> tuple[Counter[str], Counter[str], Counter[str]]:
        words = self._heard(text)
        stems = Counter(stem(w) for w in words if w.isalpha() and len(w) > 2 and w not in STOP_WORDS)
        return stems, Counter(run for word in words for run in _runs(word)), self._bank.expressions(" ".join(words))


def stories(fragments: Sequence[Fragment]) -> list[list[int]]:
    """Which fragments are one person's running story (a story and its headline), as rows of `fragments`.

    Only where the record names its speakers: elsewhere the order says nothing.
    """
    by_person: dict[tuple[str, str], list[int]] = {}
    for row, fragment in enumerate(fragments):
        person = (fragment.record, fragment.speaker.casefold() if fragment.speaker else f"{row}")
        by_person.setdefault(person, []).append(row)
    found: list[list[int]] = []
    for rows in by_person.values():
        rows.sort(key=lambda row: fragments[row].position)
        for before, row in zip([None, *rows], rows, strict=False):
            goes_on = before is not None and fragments[row].position - fragments[before].position <= STORY_GAP
            if goes_on:
                found[-1].append(row)
            else:
                found.append([row])
    return sorted(sorted(story) for story in found)


def between(
    told: Sequence[Sequence[Fragment]], vectors: Mapping[str, Vectors], lexicon: Lexicon, section: SectionKey
) -> Vectors:
    """The likeness of every two stories: n x n, higher is likelier one topic; the scale is that of a log-odds."""
    texts = [[fragment.text for fragment in story] for story in told]
    signs = {
        "vectors": _cosines(_vectors(told, vectors)),
        "matters": _alike([lexicon.matters(t, section) for t in texts]),
        "words": _alike([lexicon.words(t) for t in texts]),
        "letters": _alike([lexicon.letters(t) for t in texts]),
        "same person": _pairs(told, _same_person),
        "reaction": _pairs(told, _reaction),
    }
    total: Vectors = np.zeros((len(told), len(told)), dtype=np.float32)
    for name, sign in signs.items():
        total += np.float32(WEIGHTS[name]) * sign
    return total


def _vectors(told: Sequence[Sequence[Fragment]], vectors: Mapping[str, Vectors]) -> Vectors:
    """One vector a story, from the mean of all; a long fragment says more of its matter than a headline."""
    mean = np.mean([vectors[f.id] for story in told for f in story], axis=0)
    return np.stack([sum(_unit(vectors[f.id] - mean) * sqrt(len(f.text.split())) for f in story) for story in told])


def _unit(vector: Vectors) -> Vectors:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _cosines(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit = (rows / np.where(lengths == 0, 1.0, lengths)).astype(np.float32)
    cosines: Vectors = unit @ unit.T
    return cosines


def _alike(bags: Sequence[Bag]) -> Vectors:
    column = {term: i for i, term in enumerate(sorted({term for bag in bags for term in bag}))}
    rows = np.zeros((len(bags), max(1, len(column))), dtype=np.float32)
    for row, bag in enumerate(bags):
        for term, weight in bag.items():
            rows[row, column[term]] = weight
    return _cosines(rows)


def _pairs(told: Sequence[Sequence[Fragment]], holds: Callable[[Fragment, Fragment], bool]) -> Vectors:
    found = np.zeros((len(told), len(told)), dtype=np.float32)
    for i, one in enumerate(told):
        for j in range(i):
            if one[0].record == told[j][0].record:
                found[i, j] = found[j, i] = any(holds(a, b) for a in one for b in told[j])
    return found


def _same_person(one: Fragment, other: Fragment) -> bool:
    return bool(one.speaker) and one.person == other.person


def _reaction(one: Fragment, other: Fragment) -> bool:
    return bool(one.speaker and other.speaker) and abs(one.position - other.position) == 1


def _longest_first(expression: str) -> tuple[int, str]:
    return (-len(expression.strip("*")), expression)


def _runs(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[i : i + n] for n in (4, 5) for i in range(max(1, len(padded) - n + 1))]
