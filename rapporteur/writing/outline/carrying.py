"""Step 1g: how surely words carry a title: a quote is printed under what it says, not under what its neighbours say.

A title of the bank is carried by what speaks of its matter in so many words, a noun by who names it. A title that
someone else gave, an editor or a model, is theirs to answer for: everything they put under it carries it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rapporteur.types import Judgement, SectionKey
from rapporteur.writing.cutting import cut
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


def how_surely(title: str, group: Sequence[Judgement], section: SectionKey, language: Language) -> dict[str, float]:
    """By fragment, how surely the words that would be printed of it carry a title; only those that do."""
    carries = carrier(title, section, language)
    weights = {j.fragment.id: carries(cut(j.fragment, j.quote) if j.quote else j.fragment.text) for j in group}
    return {fragment: weight for fragment, weight in weights.items() if weight > 0}


def could_be_quoted(judgement: Judgement) -> bool:
    """Whether nothing but an editor's wish, or that the report has it elsewhere, keeps a fragment from being quoted."""
    return judgement.left_out is None or judgement.withheld


def that_can_be_shown(
    named: Sequence[tuple[str, list[Judgement]]], section: SectionKey, language: Language
) -> list[tuple[str, list[Judgement]]]:
    """The groups, (title, members), of which a quote can show that the title is true; what carries it surest first.

    The members of the others go to the group without a title. There a headline alone is not worth an item: it says
    nothing without the story, and that stands elsewhere.
    """
    shown: list[tuple[str, list[Judgement]]] = []
    rest: list[Judgement] = []
    for title, group in named:
        sure = how_surely(title, group, section, language)
        if title and any(j.fragment.id in sure and could_be_quoted(j) for j in group):
            shown.append((title, sorted(group, key=lambda j: -sure.get(j.fragment.id, 0.0))))
        else:
            rest += group
    tell_more = {j.fragment.person for j in rest if j.use != "headline"}
    rest = [j for j in rest if j.fragment.person in tell_more]
    return [*shown, ("", rest)] if rest else shown
