"""Step 1g: how surely words carry a title: a quote is printed under what it says, not under what its neighbours say.

A title of the bank is carried by what speaks of its matter in so many words, a noun by who names it. A title that
someone else gave, an editor or a model, is theirs to answer for: everything they put under it carries it.
"""

from __future__ import annotations

from collections.abc import Callable

from rapporteur.types import SectionKey
from rapporteur.writing.outline import titles
from rapporteur.writing.outline.evidence import surely
from rapporteur.writing.outline.matters import tokens
from rapporteur.writing.outline.naming import Language

Carries = Callable[[str], float]  # words to a number in [0, 1]; 0: they do not carry the title


def carrier(title: str, section: SectionKey, language: Language) -> Carries:
    """How surely words carry a title of a section."""
    matters = [m.id for m in language.bank.matters.values() if m.titles.get(section) == title]
    if matters:
        return lambda text: max(surely(language.lexicon.telling([text], section).get(m)) for m in matters)
    noun = title.split()[-1].casefold() if title else ""
    if noun and titles.title([noun], language.nouns) == title:
        return lambda text: float(noun in tokens(text))
    return lambda text: 1.0
