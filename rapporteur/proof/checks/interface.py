"""The seam of the checks: a document laid out -> Findings. A check has a name and is one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rapporteur.dutch.sentences import sentences
from rapporteur.proof.checks.examined import Examined
from rapporteur.types import Finding

Check = Callable[[Examined], Iterator[Finding]]

_LONGEST = 160
_LONGEST_SENTENCE = 500


def sentences_of(prose: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with their offsets; what is longer than any sentence comes in pieces.

    What is asked of a sentence may cost the square of its length.
    """
    for span in sentences(prose):
        for start in range(span.start, span.end, _LONGEST_SENTENCE):
            yield start, prose[start : min(start + _LONGEST_SENTENCE, span.end)]


def shown(text: str) -> str:
    """A stretch of the document as a finding cites it: on one line, not too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1].rstrip() + "…"
