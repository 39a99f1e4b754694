"""Two records that say the same: one talk that was given twice, and would count double.

Of each theme it is remembered which fragments of some length were said in which record, by a hash of their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from rapporteur.sources.readers.text import count_words

_LONG_ENOUGH = 5  # words: 'Dank je wel' is said in every talk
_FEWEST = 3
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """`shared` of the `of` longer fragments of the shorter record stand in both."""

    record: str
    shared: int
    of: int


@dataclass(slots=True)
class Copies:
    """`said(theme)` gives (record, text) of all fragments of a theme; it is asked once for each theme."""

    said: Callable[[str], Iterable[tuple[str, str]]]
    _records: dict[str, dict[int, set[str]]] = field(default_factory=dict)  # by theme: hash of words -> records
    _lengths: dict[str, Counter[str]] = field(default_factory=dict)  # by theme: record -> longer fragments

    def nearest(self, theme: str, record: str, texts: Iterable[str]) -> Likeness | None:
        """The record of a theme that shares most with a new one, which is remembered from now on.

        None unless most of the shorter of the two stands in the other, word for word.
        """
        known, lengths = self._of(theme)
        hashes = _hashes(texts)
        shared = Counter(other for one in hashes for other in known.get(one, ()) if other != record)
        self._add(theme, record, hashes)
        likest = [Likeness(other, count, min(len(hashes), lengths[other])) for other, count in shared.items()]
        copies = [like for like in likest if like.shared >= _FEWEST and like.shared > _MOST * like.of]
        return min(copies, key=lambda like: (-like.shared, like.record), default=None)

    def _of(self, theme: str) -> tuple[dict[int, set[str]], Counter[str]]:
        if theme not in self._records:
            self._records[theme], self._lengths[theme] = {}, Counter()
            texts: dict[str, list[str]] = {}
            for record, text in self.said(theme):
                texts.setdefault(record, []).append(text)
            for record, of_record in texts.items():
                self._add(theme, record, _hashes(of_record))
        return self._records[theme], self._lengths[theme]

    def _add(self, theme: str, record: str, hashes: frozenset[int]) -> None:
        for one in hashes:
            self._records[theme].setdefault(one, set()).add(record)
        self._lengths[theme][record] = len(hashes)


def _hashes(texts: Iterable[str]) -> frozenset[int]:
    """Of one process only, as `hash` differs from run to run."""
    return frozenset(hash(text) for text in texts if count_words(text) >= _LONG_ENOUGH)
