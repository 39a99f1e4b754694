"""The stem of a Dutch word, by Snowball's algorithm (https://snowballstem.org/algorithms/dutch/stemmer.html).

A stemmer keeps the word it is at in itself, so every thread has its own.
"""

from __future__ import annotations

from functools import lru_cache
from threading import local
from typing import Any

_here = local()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a word in lower case."""
    return str(_stemmer().stemWord(word))


def _stemmer() -> Any:
    if not hasattr(_here, "stemmer"):
        import snowballstemmer

        _here.stemmer = snowballstemmer.stemmer("dutch")
    return _here.stemmer
