"""Captions that roll on (YouTube, live captions) -> each word once.

Such a caption shows the last words again, or all of them, and then adds its own. In: the texts of all cues in order.
Out: the texts, in which what the cue above already showed is gone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"\S+")
_A_REPEAT = 2  # words: anyone may end with 'ja' and go on with it
_OF_ALL_CUES = 0.5
_FEWEST = 3  # cues in which it happens
_LONGEST = 60  # words of a caption that are looked at


def unrolled_texts(texts: Sequence[str]) -> list[str]:
    """The texts as they are, unless most of them start with the last words of the one before, and several add to them.

    The same words again and again, with nothing added, are someone who repeats himself.
    """
    if len(texts) < _FEWEST:
        return list(texts)
    overlaps = [0, *(_overlap(above, text) for above, text in pairwise(texts))]
    rolling = sum(overlap >= _A_REPEAT for overlap in overlaps)
    adding = sum(_A_REPEAT <= overlap < len(text.split()) for overlap, text in zip(overlaps, texts, strict=True))
    if adding < _FEWEST - 1:
        return list(texts)
    if rolling < _FEWEST or rolling < _OF_ALL_CUES * (len(texts) - 1):
        return list(texts)
    return [_without(text, overlap) if overlap else text for text, overlap in zip(texts, overlaps, strict=True)]


def _overlap(above: str, text: str) -> int:
    """How many words at the start of a text are, in order, the last ones above; a whole line of one word counts."""
    last, first = above.split()[-_LONGEST:], text.split()[:_LONGEST]
    longest = next((n for n in range(min(len(last), len(first)), 0, -1) if last[-n:] == first[:n]), 0)
    shows_a_line = " ".join(first[:longest]) == " ".join(text.split("\n")[0].split())
    return longest if longest >= _A_REPEAT or shows_a_line else 0


def _without(text: str, words: int) -> str:
    found = list(_WORD.finditer(text))
    return text[found[words].start() :] if words < len(found) else ""
