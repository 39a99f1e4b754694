"""Small numbers as a Dutch report writes them.

Source: the usual rule of Dutch style guides (Onze Taal, 'Getallen in letters of cijfers'): up to twenty, and the
round tens, in words; the rest in digits.
"""

from __future__ import annotations

WORDS = dict(
    enumerate(
        "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien"
        " zeventien achttien negentien twintig".split()
    )
) | {30: "dertig", 40: "veertig", 50: "vijftig", 60: "zestig", 70: "zeventig", 80: "tachtig", 90: "negentig"}


def in_words(number: int) -> str:
    """'drie' for 3, '33' for 33."""
    return WORDS.get(number, str(number))


def counted(number: int, singular: str, plural: str) -> str:
    """'een dialoog', 'drie dialogen'."""
    return f"{in_words(number)} {singular if number == 1 else plural}"


def enumerated(items: list[str]) -> str:
    """'a', 'a en b', 'a, b en c'."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} en {items[-1]}"
