"""Who sat at the table, as people write it down: 'Anna (kok), Bert (boer)', 'wethouder Jansen (Almelo)'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from rapporteur.dutch.roles import HOST

_MOST_WORDS = 5
_LONGEST = 5_000  # of any list of those at one table
_BETWEEN = re.compile(r"\s*(?:[;,](?![^()]*\))|\s+en\s+(?![^()]*\)))\s*")
_BULLET = re.compile(r"(?:[-–—•*·▪○]|\(?\d{1,3}[.)])\s+")
_PERSON = re.compile(
    r"(?P<name>[^()\[\],:–]{1,60}?)\s*(?:[(\[](?P<role>[^()\[\]]{2,100})[)\]]|(?:,|\s[-–])\s*(?P<behind>[^\W\d_][^,:.]{1,60}))?"
)
_PLACE = r"(?P<place>[A-Z][\w'’-]+(?:[ -](?:aan|den|de|en|op|of|[A-Z][\w'’-]*))*)"
_MUNICIPALITY = re.compile(
    rf"(?:\(\s*(?:gemeente\s+)?|\b(?:te|in|van|gemeente)\s+(?:de\s+gemeente\s+|gemeente\s+)?){_PLACE}"
)
_AT_THE_TABLE: ContextVar[frozenset[str]] = ContextVar("people a sidecar names", default=frozenset())


@contextmanager
def at_the_table(names: Iterable[str]) -> Iterator[None]:
    """Within it, readers know that people of these names were there: a sidecar says so, which they do not read."""
    token = _AT_THE_TABLE.set(frozenset(names))
    try:
        yield
    finally:
        _AT_THE_TABLE.reset(token)


def people_at_the_table() -> frozenset[str]:
    return _AT_THE_TABLE.get()


def people_in(text: str) -> dict[str, str | None] | None:
    """Name -> role, of people in a row or one a line; None where a part of the text is no person."""
    people: dict[str, str | None] = {}
    if len(text) > _LONGEST:
        return None
    lines = [line for line in text.split("\n") if line.strip()]
    for part in lines if len(lines) > 1 else _BETWEEN.split(text.strip(" .")):
        person = person_in(part)
        if person is None:
            return None
        people[person[0]] = person[1]
    return people


def person_in(text: str) -> tuple[str, str | None] | None:
    """'- Anna (kok)', 'Bert, boer', 'Carla – gespreksleider'; a name and what its owner does."""
    bullet = _BULLET.match(text)
    found = _PERSON.fullmatch(text[bullet.end() :].strip() if bullet else text.strip())
    name = found["name"].strip() if found else ""
    if not found or not name or not name[0].isupper() or len(name.split()) > _MOST_WORDS:
        return None
    return name, found["role"] or found["behind"]


def host_in(text: str) -> dict[str, str]:
    """Role and municipality of a host; never the name. Empty where no role of a host is named."""
    role = next((word for word in map(_plain, text.split()) if word in HOST - {"gastheer", "gastvrouw", "host"}), None)
    place = _MUNICIPALITY.search(text)
    if not role or text.rstrip().endswith((".", "!", "?")):
        return {}
    return {"role": role} | ({"municipality": place["place"]} if place else {})


def _plain(word: str) -> str:
    return word.strip("(),;:").casefold()
