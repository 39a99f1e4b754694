"""Which language a stretch of text is in, told by its commonest words: enough to say that a quote was translated.

Limits: at least three words of a list, and twice as many as of any other, or nothing is said. Words that two
languages share are in neither list, so a short text often stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

_WORDS = {
    "Nederlands": "ik het een niet wij dat je zijn heb hebben maar van ook met voor naar mijn wel nog deze geen onze",
    "Engels": "the and i you my to that it was of not have they with for are this but from our what when",
    "Fries": "ik it net en dat wy hja foar fan mei oan ek hie wie bin binne jo myn ús dy noch wol sa gjin",
    "Duits": "ich das nicht und wir die der mit für auf ist sind ein eine auch war haben mein wie",
}
_SETS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_OWN = {
    language: words.difference(*(other for name, other in _SETS.items() if name != language))
    for language, words in _SETS.items()
}
_LEAST = 3


def language_of(words: Iterable[str]) -> str | None:
    """The language of words in lower case, by its Dutch name; None if that is not plain."""
    given = list(words)
    found = sorted(((sum(w in own for w in given), name) for name, own in _OWN.items()), reverse=True)
    (most, language), (next_most, _) = found[0], found[1]
    return language if most >= _LEAST and most >= 2 * next_most else None
