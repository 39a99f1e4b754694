"""Does what a document says of who spoke fit who spoke? Attributions beside the speakers of a Corpus.

What is unknown contradicts nothing: a role or dialogue that the document or the record leaves out. A part of a
role ('kok' for 'kok, imker') is enough, unless somebody else in that dialogue has that role and no other.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from rapporteur.dutch.roles import is_part_of_role, is_same_role
from rapporteur.proof.corpus import Array, Corpus
from rapporteur.proof.tokens import DASH, readings
from rapporteur.types import Attribution

_CLAIMS_REMEMBERED = 4096
_OTHER, _PART, _SAME, _UNKNOWN = range(4)


class Speakers:
    """Who may have said what, of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._roles = [plain(role) if role else None for role in corpus.roles]
        self._themes = {plain(theme): number for number, theme in enumerate(corpus.themes)}
        self._theme = lru_cache(maxsize=_CLAIMS_REMEMBERED)(lambda name: self._themes.get(plain(name)))
        self._likeness = lru_cache(maxsize=_CLAIMS_REMEMBERED)(self._likeness_of)

    def fit(self, claimed: Attribution | None, passages: Array) -> Array:
        """Of each passage, whether nothing in the attribution contradicts who spoke there."""
        fits = np.ones(len(passages), dtype=bool)
        if claimed is None:
            return fits
        if claimed.dialogue is not None:
            dialogues = self._corpus.dialogue[passages]
            named = claimed.dialogues or (claimed.dialogue,)
            fits &= np.logical_or.reduce([dialogues == number for number in (*named, 0)])
        if claimed.theme and (theme := self._theme(claimed.theme)) is not None:
            fits &= self._corpus.theme[passages] == theme
        if claimed.role:
            fits &= self._fit_role(claimed.role, passages)
        return fits

    def _fit_role(self, claimed: str, passages: Array) -> Array:
        likeness = self._likeness(claimed)
        found = likeness[self._corpus.role[passages]]
        fits = found >= _SAME
        if (found == _PART).any():
            known = self._corpus.roles_in_dialogue
            same = np.flatnonzero(likeness == _SAME).tolist()
            for index in np.flatnonzero(found == _PART).tolist():
                session = int(self._corpus.theme[passages[index]]), int(self._corpus.dialogue[passages[index]])
                fits[index] = not any((*session, role) in known for role in same)
        return fits

    def _likeness_of(self, claimed: str) -> Array:
        """What a claimed role is to each of the corpus's roles."""
        name = plain(claimed)
        return np.array([_likeness(name, role) for role in self._roles], dtype=np.int8)


def _likeness(claimed: str, role: str | None) -> int:
    if role is None:
        return _UNKNOWN
    if claimed == role or is_same_role(claimed, role):
        return _SAME
    return _PART if is_part_of_role(claimed, role) else _OTHER


def plain(name: str) -> str:
    """A role or theme as it is compared: case, spacing, hyphens and the form of quotes do not count."""
    return " ".join(token for token in next(readings(name)).canonical if token != DASH)
