"""What people call the metadata and the columns of a record, in Dutch and English, as data.

Given a mapping as found in a table, front matter or sidecar, gives Metadata.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from rapporteur.dutch.numbers import WORDS
from rapporteur.dutch.roles import is_participant
from rapporteur.errors import ConfigInvalid
from rapporteur.sources.readers.interface import Metadata
from rapporteur.sources.readers.people import host_in, people_in
from rapporteur.sources.readers.text import shown, visible
from rapporteur.sources.readers.times import iso_date
from rapporteur.types import Host

_ROLE = ("rol", "functie", "role", "function")
_MUNICIPALITY = ("gemeente", "municipality")
_SPEAKER = ("spreker", "naam", "speaker", "name")
_HOST = ("host", "gastheer", "gastvrouw", "gespreksgastheer", "gespreksgastvrouw")


def _of_host(names: tuple[str, ...]) -> tuple[str, ...]:
    """'host rol', 'rol host', 'rol van de gastvrouw' ..."""
    orders = (
        "{host} {name}",
        "{name} {host}",
        "{name} van de {host}",
        "{name} of {host}",
        "{name} of the {host}",
    )
    return tuple(order.format(host=host, name=name) for host in _HOST for name in names for order in orders)


METADATA: dict[str, tuple[str, ...]] = {
    "programme": ("programma", "programme", "program"),
    "track": ("spoor", "track"),
    "theme": ("thema", "theme"),
    "dialogue": (
        "dialoog",
        "dialoognummer",
        "nummer dialoog",
        "nummer",
        "nr",
        "dialogue",
        "dialogue number",
        "dialog",
        "number",
    ),
    "date": ("datum", "date"),
    "language": ("taal", "language"),
    "participants": (
        "deelnemers",
        "aantal deelnemers",
        "deelnemerslijst",
        "aanwezig",
        "aanwezigen",
        "aanwezige deelnemers",
        "attendees",
        "participants",
        "number of participants",
    ),
    "host": _HOST,
    "host_role": _of_host(_ROLE),
    "host_municipality": (*_MUNICIPALITY, *_of_host(_MUNICIPALITY)),
    "speakers": ("sprekers", "speakers"),
}
COLUMNS: dict[str, tuple[str, ...]] = {
    "start": ("tijd", "start", "begin", "starttijd", "tijdstip", "time", "timestamp"),
    "end": ("einde", "eind", "eindtijd", "end"),
    "round": ("ronde", "round"),
    "speaker": (*_SPEAKER, "deelnemer", "deelneemster", "wie", "persoon", "participant", "who"),
    "role": _ROLE,
    "text": ("tekst", "uitspraak", "verhaal", "idee", "bijdrage", "text", "story", "idea", "contribution"),
}
# Where no column is plainly that of the words, one of these is.
_LIKELY_TEXT = frozenset(
    (
        "inbreng|bijdragen|uitspraken|verhalen|citaat|quote|antwoord|gezegd|transcript|transcriptie|knel|kiem|utterance|"
        "wat gezegd is|wat is gezegd|wat er gezegd is|wat werd gezegd|wat er gezegd werd|wat er werd gezegd|"
        "wat werd er gezegd|wat er verteld werd|wat er werd verteld|wat werd er verteld"
    ).split("|")
)
_LANGUAGES = {
    "nl": ("nl", "nl-nl", "nederlands", "dutch"),
    "en": ("en", "engels", "english"),
    "fy": ("fy", "fries", "frysk", "frisian"),
}
_UNKNOWN = frozenset({"onbekend", "unknown"})

_Changes = dict[str, Any]  # fields of Metadata (or Host) with what a value says of them

_METADATA_KEY = {name: key for key, names in METADATA.items() for name in names}
_COLUMN_KEY = {name: key for key, names in COLUMNS.items() for name in names}
_ADDED: ContextVar[Mapping[str, str]] = ContextVar("names that the user added, by key", default=MappingProxyType({}))
_LANGUAGE = {name: code for code, names in _LANGUAGES.items() for name in names}

_DIALOGUE = re.compile(r"(?:(?:dialoog|dialogue|nummer|number|nr)[.\s-]*)?([1-9]\d{0,5})")
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2})?")
_NUMBERS = {word: number for number, word in WORDS.items()}
_COUNT = re.compile(
    rf"(\d{{1,6}}|{'|'.join(_NUMBERS)})(?:\s+(?:deelnemers|participants|mensen|people|personen))?(?:\s*\(.*\))?"
)


@dataclass(frozen=True, slots=True)
class Understood:
    """Metadata, and what was said but not understood."""

    metadata: Metadata
    warnings: tuple[str, ...] = ()


def metadata_key(name: str) -> str | None:
    """'Dialoog:' -> 'dialogue'; None for a name that is no metadata."""
    added = _ADDED.get().get(_plain(name))
    return added if added in METADATA else _METADATA_KEY.get(_plain(name))


def column_key(name: str) -> str | None:
    """'Spreker' -> 'speaker'; None for a column we do not use."""
    added = _ADDED.get().get(_plain(name))
    return added if added in COLUMNS else _COLUMN_KEY.get(_plain(name))


def is_likely_text(name: str) -> bool:
    """Whether a column may hold the words, if none plainly does."""
    return _plain(name) in _LIKELY_TEXT


@contextmanager
def also_known_as(names: Mapping[str, Sequence[str]]) -> Iterator[None]:
    """Within it, the names of the user's own settings are known too: {'speaker': ['wie'], 'theme': ['onderwerp']}.

    They go before ours, so that a name can also be given another meaning.
    Raises: ConfigInvalid for a key that is none of ours.
    """
    unknown = sorted(set(names) - set(METADATA) - set(COLUMNS))
    if unknown:
        raise ConfigInvalid(
            f"[names] has no key '{unknown[0]}'.", hint=f"The keys are {', '.join(sorted({*METADATA, *COLUMNS}))}."
        )
    token = _ADDED.set({_plain(name): key for key, spelled in names.items() for name in spelled})
    try:
        yield
    finally:
        _ADDED.reset(token)


def understand(mapping: Mapping[Any, Any], origin: str) -> Understood:
    """Read metadata out of a mapping with names of any spelling; `host` may be a mapping of its own.

    Unknown names and empty values are ignored; of two names for one thing the first counts. `origin` is
    what warnings call the source.
    """
    said: dict[str, tuple[str, _Changes]] = {}
    warnings = []
    for name, value in _flat(mapping):
        key = metadata_key(name)
        if key is None or value is None or value == "":
            continue
        changes = _READ[key](value)
        if changes is None:
            warnings.append(f"'{shown(name)}' in {origin} was not understood ({_NEEDS[key]}), so it was not used.")
        elif changes != said.setdefault(key, (name, changes))[1]:
            used = shown(said[key][0])
            warnings.append(f"'{shown(name)}' and '{used}' in {origin} differ; '{used}' was used.")
    return Understood(_metadata({key: changes for key, (_, changes) in said.items()}), tuple(warnings))


def _metadata(said: Mapping[str, _Changes]) -> Metadata:
    host = {**said.get("host", {}), **said.get("host_role", {}), **said.get("host_municipality", {})}
    rest = {k: v for key, changes in said.items() if not key.startswith("host") for k, v in changes.items()}
    roles = {**said.get("participants", {}).get("roles", {}), **said.get("speakers", {}).get("roles", {})}
    people = said.get("participants", {}).get("people", frozenset()) | frozenset(roles)
    return Metadata(host=Host(**host) if host else None, **{**rest, "roles": roles, "people": people})


def plain_text(value: object) -> str:
    """A cell or YAML value as a person sees it: 4.0 is '4', a day is ISO, nothing is ''."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.date):
        return iso_date(value) or ""
    return str(value).strip()


def _plain(name: str) -> str:
    return re.sub(r"[\s_:*-]+", " ", unicodedata.normalize("NFC", visible(name)).casefold()).strip()


def _flat(mapping: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in mapping.items():
        if isinstance(value, Mapping) and metadata_key(str(name)) == "host":
            yield from ((f"{name} {inner}", inner_value) for inner, inner_value in value.items())
        else:
            yield str(name), value


def _dialogue(value: object) -> _Changes | None:
    text = plain_text(value).casefold()
    if text in _UNKNOWN:
        return {"dialogue_unknown": True}
    found = _DIALOGUE.fullmatch(text)
    return {"dialogue": int(found[1])} if found else None


def _date(value: object) -> _Changes | None:
    day = iso_date(value)
    return {"date": day} if day else None


def _participants(value: object) -> _Changes | None:
    """A number, or people in a row: those who lead, host or take notes are there but do not take part."""
    text = plain_text(value)
    found = _COUNT.fullmatch(text.casefold())
    if found:
        return {"participants": int(found[1]) if found[1].isdecimal() else _NUMBERS[found[1]]}
    people = people_in(text)
    if not people:
        return None
    roles = {name: role for name, role in people.items() if role}
    return {
        "participants": sum(map(is_participant, people.values())),
        "roles": roles,
        "people": frozenset(people),
    }


def _language(value: object) -> _Changes | None:
    text = plain_text(value).casefold()
    code = _LANGUAGE.get(text) or (text if _LANGUAGE_CODE.fullmatch(text) else None)
    return {"language": code} if code else None


def _roles(value: object) -> _Changes | None:
    """Speakers with their roles: a mapping, or a list of mappings with a name and a role."""
    if isinstance(value, Mapping):
        return {"roles": {str(name): plain_text(role) for name, role in value.items() if role}}
    if not isinstance(value, list) or not all(isinstance(person, Mapping) for person in value):
        return None
    people = [{column_key(str(k)): plain_text(v) for k, v in person.items()} for person in value]
    return {"roles": {p["speaker"]: p["role"] for p in people if p.get("speaker") and p.get("role")}}


def _as_text(key: str) -> Callable[[object], _Changes | None]:
    return lambda value: {key: plain_text(value)}


_READ: dict[str, Callable[[object], _Changes | None]] = {
    "programme": _as_text("programme"),
    "track": _as_text("track"),
    "theme": _as_text("theme"),
    "dialogue": _dialogue,
    "date": _date,
    "language": _language,
    "participants": _participants,
    "host": lambda value: host_in(plain_text(value)) or None,  # a bare name may be a person's: no report prints it
    "host_role": _as_text("role"),
    "host_municipality": _as_text("municipality"),
    "speakers": _roles,
}
_NEEDS = {
    "dialogue": "it needs one number, or 'onbekend'",
    "date": "it needs a day, such as 2022-04-28",
    "language": "it needs a code, such as 'nl'",
    "participants": "it needs one number, or names with roles",
    "host": "write 'host rol' and 'host gemeente'",
    "speakers": "it needs a list of names with roles",
}
