"""Does what a document says of who spoke fit who spoke? Attributions beside the speakers of a Corpus.

What is unknown contradicts nothing: a role or dialogue that the document or the record leaves out. A role may be
made shorter ('kok' for 'kok, imker', 'scholier' for 'scholier havo 4'), unless somebody else in that dialogue has
that role and no other. A theme or fragment that is named has to be there.
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
_NO_THEME = -1


class Speakers:
    """Who may have said what, of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._roles = [plain(role) if role else None for role in corpus.roles]
        self._themes = {plain(theme): number for number, theme in enumerate(corpus.themes)}
        self._theme = lru_cache(maxsize=_CLAIMS_REMEMBERED)(lambda name: self._themes.get(plain(name), _NO_THEME))
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
        if claimed.theme:
            fits &= self._corpus.theme[passages] == self._theme(claimed.theme)
        if claimed.role:
            fits &= self._fit_role(claimed.role, passages)
        if claimed.fragment:
            for index in np.flatnonzero(fits).tolist():
                ids = self._corpus.fragments_of(int(passages[index]))
                fits[index] = any(_is_called(claimed.fragment, identity) for identity in ids)
        return fits

    def knows_theme(self, name: str) -> bool:
        return self._theme(name) != _NO_THEME

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


@lru_cache(maxsize=_CLAIMS_REMEMBERED)
def may_be_called(claimed: str, role: str | None) -> bool:
    """Whether somebody in a role may be said to have the claimed one: it is the same, made shorter, or not known."""
    return _likeness(plain(claimed), plain(role) if role else None) != _OTHER


def _likeness(claimed: str, role: str | None) -> int:
    if role is None:
        return _UNKNOWN
    if claimed == role or is_same_role(claimed, role):
        return _SAME
    return _PART if is_part_of_role(claimed, role) else _OTHER


def _is_called(name: str, fragment: str) -> bool:
    """Whether a fragment has this id, or this id within its record."""
    return fragment == name or fragment.endswith(f"/{name}")


def plain(name: str) -> str:
    """A role or theme as it is compared: case, spacing, hyphens and the form of quotes do not count."""
    return " ".join(token for token in next(readings(name)).canonical if token != DASH)
