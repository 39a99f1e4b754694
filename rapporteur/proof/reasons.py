"""What a Verdict says to its reader, in Dutch: reviewers of a Dutch report read it. It never names anybody."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.proof.corpus import Speaker
from rapporteur.types import Difference

_MOST_NAMED = 3

NO_WORDS = "In dit citaat staat geen woord."
NOT_FOUND = "Geen verslag bevat deze woorden, ook niet op enkele na."


def misattributed(speakers: Sequence[Speaker]) -> str:
    return f"Dit zijn de woorden van {named(speakers)}."


def no_such_theme(theme: str) -> str:
    return f"Er is geen thema ‘{theme}’ in de verslagen."


def other_fragment(named: str, found: str) -> str:
    return f"Deze woorden staan niet in fragment {named}, maar in {found}."


def misleading(hidden: str) -> str:
    return f'In wat is weggelaten staat "{hidden}", en dat hoort bij wat is geciteerd.'


def ambiguous(speakers: Sequence[Speaker]) -> str:
    return f"Deze paar woorden kunnen van iedereen zijn; {len(speakers)} mensen zeiden ze: {named(speakers)}."


def altered(difference: Sequence[Difference]) -> str:
    return "; ".join(f'verslag: "{change["verslag"]}", citaat: "{change["citaat"]}"' for change in difference)


def spliced(parts: Sequence[tuple[str, Speaker]]) -> str:
    people = len({speaker.person for _, speaker in parts})
    sources = "; ".join(f'"{words}" van {_name(speaker)}' for words, speaker in parts)
    if people == 1:
        return f"Woorden uit verschillende beurten zijn aan elkaar gezet: {sources}."
    return f"Woorden van verschillende mensen zijn aan elkaar gezet: {sources}."


def reordered(in_record: Sequence[str]) -> str:
    order = ", dan ".join(f'"{words}"' for words in in_record)
    return f"De woorden staan in het verslag in een andere volgorde: eerst {order}."


def translated(language: str, words: str) -> str:
    return f'Dit lijkt vertaald; het verslag heeft hier {language}: "{words}". Een citaat wordt niet vertaald.'


def named(speakers: Sequence[Speaker]) -> str:
    """Who said it, by role and dialogue."""
    told_of = list(dict.fromkeys(map(_name, speakers)))
    more = len(told_of) - _MOST_NAMED
    return "; ".join(told_of[:_MOST_NAMED]) + (f"; en nog {more}" if more > 0 else "")


def _name(speaker: Speaker) -> str:
    role = f"'{speaker.role}'" if speaker.role else "iemand zonder bekende rol"
    dialogue = f"dialoog {speaker.dialogue}" if speaker.dialogue else "een dialoog zonder nummer"
    return f"{role}, {dialogue} van {speaker.theme}"
