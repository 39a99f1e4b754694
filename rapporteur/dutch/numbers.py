"""Small numbers as a Dutch report writes them.

Source: the usual rule of Dutch style guides (Onze Taal, 'Getallen in letters of cijfers'): up to twenty, and the
round tens, in words; the rest in digits.
"""

from __future__ import annotations

import re
from functools import cache

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


def value_of(word: str) -> int | None:
    """The number a word stands for: '33', '1.250', 'drieëndertig', 'één', 'honderdvier'; None for any other word.

    'een' is 1 here: whether it is a number or an article, the caller has to tell.
    """
    if _DIGITS.fullmatch(word):
        return int(word.replace(".", ""))
    return _values().get(_plain(word))


_DIGITS = re.compile(r"\d{1,9}|\d{1,3}(?:\.\d{3}){1,2}")
_UNACCENTED = str.maketrans("éëèïó", "eeeio")


def _plain(word: str) -> str:
    return word.lower().translate(_UNACCENTED)


@cache
def _values() -> dict[str, int]:
    """Every way of writing a number below two thousand, or some thousands, in one word, without accents."""
    below = {_plain(form): n for n in range(100) for form in _forms_below_hundred(n)}
    values = dict(below)
    for hundreds in range(1, 20):
        if hundreds == 10:
            continue
        for start in (f"{form}honderd" for form in _forms_below_hundred(hundreds)):
            values[_plain(start)] = hundreds * 100
            for rest, n in below.items():
                if n:
                    values[_plain(start) + rest] = values[f"{_plain(start)}en{rest}"] = hundreds * 100 + n
    values |= {word.removeprefix("een"): n for word, n in values.items() if word.startswith("eenhonderd")}
    values |= {f"{word}duizend": n * 1000 for word, n in below.items() if 1 < n < 10} | {"duizend": 1000}
    return values


def _forms_below_hundred(number: int) -> tuple[str, ...]:
    if number in WORDS:
        return (WORDS[number],)
    unit = WORDS[number % 10]
    return (f"{unit}en{WORDS[number - number % 10]}",)
