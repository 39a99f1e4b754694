"""How many people said something, in words that claim no more than the count bears.

The quantifiers of the published reports ('een deelnemer', 'enkele', 'veel') are kept to what can be counted:
only numbers and 'alle' are used here, so that a reader can check each.
"""

from __future__ import annotations

from rapporteur.dutch.numbers import counted, enumerated, in_words
from rapporteur.types import Support


def people(count: int) -> str:
    """'een deelnemer', 'zes deelnemers'."""
    return "een deelnemer" if count == 1 else f"{in_words(count)} deelnemers"


def dialogues(support: Support) -> str:
    """'in drie van de vier dialogen', 'in alle vier de dialogen', 'in dialoog 2'; '' where no number is known.

    Where some of the people spoke in an unnumbered session it says 'in ten minste drie van de ...'.
    """
    count, talks = len(support.dialogues), support.talks
    if not count:
        return ""
    if count == 1 and talks > 1 and not support.unnumbered:
        return f"in dialoog {support.dialogues[0]}"
    if talks == 1:
        return "in ten minste een dialoog" if support.unnumbered else "in de dialoog"
    if count == talks:
        return "in beide dialogen" if talks == 2 else f"in alle {in_words(talks)} de dialogen"
    at_least = "ten minste " if support.unnumbered else ""
    return f"in {at_least}{in_words(count)} van de {in_words(talks)} dialogen"


def brief(support: Support) -> str:
    """'zes deelnemers, drie dialogen', for a summary line; 'ten minste drie' where someone's dialogue is unknown."""
    count = len(support.dialogues)
    said = people(support.people)
    if not count:
        return said
    at_least = "ten minste " if support.unnumbered and count < support.talks else ""
    return f"{said}, {at_least}{counted(count, 'dialoog', 'dialogen')}"


def dialogue_list(numbers: tuple[int, ...]) -> str:
    """'dialoog 2', 'dialoog 1, 2 en 4'."""
    return f"dialoog {enumerated([str(n) for n in numbers])}"
