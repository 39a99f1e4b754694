"""How hard a Dutch text is to read: the Flesch-Douma reading ease.

Source: W.H. Douma, 'De leesbaarheid van landbouwbladen' (Wageningen 1960): 206.84 - 0.93 x words per sentence
- 77 x syllables per word. Higher is easier; 60 to 70 is called 'standaard', above 70 'vrij gemakkelijk'. A formula sees
long words and long sentences only, not whether a text makes sense.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapporteur.dutch.sentences import sentences

# One sound each: 'ieuw' is 'ieu' + 'w'; a trema starts a new syllable.
_VOWELS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|eu|ie|oe|ei|ij|ui|ou|au|[aeiouyáéíóúàèìòùâêîôûäëïöü]")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Readability:
    """`ease` is Flesch-Douma; `words` and `syllables` are averages per sentence and per word."""

    ease: float
    words: float
    syllables: float


def readability(text: str) -> Readability | None:
    """The readability of a text, None where it holds no word. Numbers in digits are not counted as words."""
    words = [len(_WORD.findall(text[span.start : span.end])) for span in sentences(text)]
    words = [count for count in words if count]
    if not words:
        return None
    spoken = _WORD.findall(text)
    per_sentence = sum(words) / len(words)
    per_word = sum(map(syllables, spoken)) / len(spoken)
    return Readability(206.84 - 0.93 * per_sentence - 77 * per_word, per_sentence, per_word)


def syllables(word: str) -> int:
    """'buurthuis' 2, 'ideeën' 3; at least 1."""
    return max(1, len(_VOWELS.findall(word.lower())))
