"""What the sources say of one session, made one Record.

The user's options go before the file, the file before its sidecar, the sidecar before folder and file name.
Where two of them differ the first counts and a warning names both; what none says stays unsaid, and for the
theme and the dialogue that is a question to the user.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rapporteur.dutch.roles import is_participant
from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.interface import Metadata, Reading
from rapporteur.sources.readers.speakers import is_unheard, names_several, same_person
from rapporteur.sources.readers.text import clean, count_words, shown, unwrap, visible
from rapporteur.types import Host, LeftOut, Record, Span, Turn

BETWEEN_TURNS = "\n\n"

_FILE_NAME = re.compile(r"(?:dialoog|dialogue)[-_ ]?([1-9]\d{0,5})", re.IGNORECASE)
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RecordRead:
    """One file as a Record, with the ledger of what is not in it; `words` and `read_as` as in a Reading."""

    record: Record
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    words: int = 0
    read_as: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """Metadata, and what a warning calls the place it came from ('the file', 'the command line')."""

    name: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class _Known:
    """A role, and where it was said."""

    role: str
    origin: str


def from_file_name(path: Path, of_all: Path | None = None) -> Metadata:
    """`theme/dialoog-N.*` says both; any other file name says nothing, and then neither does its folder.

    `of_all` is the folder of all records, whose name is no theme.
    """
    found = _FILE_NAME.fullmatch(path.stem)
    folder = path.absolute().parent
    is_theme = of_all is None or folder != of_all.absolute()
    return Metadata(theme=folder.name if is_theme else None, dialogue=int(found[1])) if found else Metadata()


def slug(theme: str) -> str:
    """'Groen en Buitenruimte' -> 'groen-en-buitenruimte': lower case, accents folded, '-' for the rest."""
    letters = unicodedata.normalize("NFD", theme.casefold())
    plain = "".join(c for c in letters if unicodedata.category(c) != "Mn")
    return "-".join(re.findall(r"[^\W_]+", plain))


def assemble(reading: Reading, sources: Sequence[Source], defaults: Metadata, *, path: Path, name: str) -> RecordRead:
    """Make a Record of a reading and the sources of its metadata, strongest first.

    `defaults` fill what no source says, in silence.
    Raises: RecordRefused for a record without turns, or of which nobody says the theme or dialogue.
    """
    turns = tuple(turn for turn in map(_cleaned, reading.turns) if turn.text)
    together = [turn for turn in turns if turn.speaker and names_several(turn.speaker)]
    turns = tuple(replace(turn, speaker=None) if turn in together else turn for turn in turns)
    known = _roles_of_turns(turns) | _roles(sources)
    turns = tuple(_with_role(turn, known) for turn in turns)
    if not turns:
        raise RecordRefused(
            "No turn was found in it: nobody is named as speaking.",
            where=name,
            hint="A turn is written as 'Naam (rol): tekst', or as a row or cue that names its speaker.",
        )
    record = _record(_settled(sources, defaults), turns, path=path, name=name)
    warnings = (
        *reading.warnings,
        *_contradictions(sources),
        *_role_warnings(turns, known),
        *_together_warnings(together),
        *_participants_warning(record),
        *_little_read_warning(reading),
    )
    return RecordRead(
        record, tuple(entry for entry in reading.left_out if entry.words), warnings, reading.words, reading.read_as
    )


def _record(said: Mapping[str, Any], turns: tuple[Turn, ...], *, path: Path, name: str) -> Record:
    theme, dialogue = said["theme"], said["dialogue"]
    if theme is None and dialogue is None:
        hint = f"Give them with --theme and --dialogue, or name folder and file THEME/dialoog-N{path.suffix}."
        raise RecordRefused("It does not say which theme and which dialogue it is of.", where=name, hint=hint)
    if theme is None:
        hint = f"Give it with --theme, or name folder and file THEME/dialoog-N{path.suffix}."
        raise RecordRefused("It does not say which theme it belongs to.", where=name, hint=hint)
    if dialogue is None:
        hint = f"Give its number with --dialogue, or name folder and file THEME/dialoog-N{path.suffix}."
        raise RecordRefused("It does not say which dialogue of its theme it is.", where=name, hint=hint)
    return Record(
        id=f"{theme}/{clean(path.stem) if dialogue == _UNKNOWN else dialogue}",
        source=name,
        theme=theme,
        dialogue=None if dialogue == _UNKNOWN else dialogue,
        turns=turns,
        turn_spans=tuple(_spans(turns)),
        text=BETWEEN_TURNS.join(turn.text for turn in turns),
        programme=said["programme"],
        track=said["track"],
        date=said["date"],
        language=said["language"],
        host=Host(said["host role"], said["host municipality"]),
        participants=said["participants"],
    )


def _spans(turns: Sequence[Turn]) -> Iterator[Span]:
    start = 0
    for turn in turns:
        yield Span(start, start + len(turn.text))
        start += len(turn.text) + len(BETWEEN_TURNS)


def _line(text: str | None) -> str | None:
    """A name, role or title: cleaned, on one line; None if nothing is left."""
    return unwrap(clean(visible(text or ""))) or None


def _cleaned(turn: Turn) -> Turn:
    speaker = _line(turn.speaker)
    unheard = speaker is not None and is_unheard(speaker)
    return replace(turn, text=clean(turn.text), speaker=None if unheard else speaker, role=_line(turn.role))


# What a record knows of its session, and how to read it in a source; None is 'does not say'.
_FIELDS: dict[str, Callable[[Metadata], Any]] = {
    "theme": lambda said: slug(said.theme or "") or None,
    "dialogue": lambda said: _UNKNOWN if said.dialogue_unknown else said.dialogue,
    "programme": lambda said: _line(said.programme),
    "track": lambda said: _line((said.track or "").casefold()),
    "date": lambda said: said.date,
    "language": lambda said: _line(said.language),
    "host role": lambda said: _line(said.host.role) if said.host else None,
    "host municipality": lambda said: _line(said.host.municipality) if said.host else None,
    "participants": lambda said: said.participants,
}


def _settled(sources: Sequence[Source], defaults: Metadata) -> dict[str, Any]:
    """Of each field what the strongest source says of it."""
    by_strength = [*(source.metadata for source in sources), defaults]
    return {
        field: next((value for metadata in by_strength if (value := read(metadata)) is not None), None)
        for field, read in _FIELDS.items()
    }


def _contradictions(sources: Sequence[Source]) -> Iterator[str]:
    for name, read in _FIELDS.items():
        said = [(source.name, value) for source in sources if (value := read(source.metadata)) is not None]
        for origin, value in said[1:]:
            strongest, used = said[0]
            if value != used:
                first = shown(used)
                yield f"The {name} is '{first}' in {strongest} but '{shown(value)}' in {origin}; '{first}' was used."


def _roles(sources: Sequence[Source]) -> dict[str, _Known]:
    """By person, the role that the strongest source gives."""
    return {
        same_person(speaker): _Known(cleaned, source.name)
        for source in reversed(sources)
        for speaker, role in source.metadata.roles.items()
        if (cleaned := _line(role))
    }


def _roles_of_turns(turns: Sequence[Turn]) -> dict[str, _Known]:
    """By person, the role that the file gives at one of their turns; none for a name with two roles."""
    said: dict[str, set[str]] = {}
    for turn in turns:
        if turn.speaker and turn.role:
            said.setdefault(same_person(turn.speaker), set()).add(turn.role)
    return {person: _Known(min(roles), "the file") for person, roles in said.items() if len(roles) == 1}


def _with_role(turn: Turn, known: Mapping[str, _Known]) -> Turn:
    found = known.get(same_person(turn.speaker)) if turn.speaker else None
    return replace(turn, role=found.role) if found and turn.role is None else turn


def _participants_warning(record: Record) -> Iterator[str]:
    """More people at the table than the record says took part; those who led, hosted or noted do not count."""
    spoke = {
        same_person(turn.speaker)
        for turn in record.turns
        if turn.speaker and is_participant(turn.role, record.host.role)
    }
    if record.participants is not None and len(spoke) > record.participants:
        yield f"It states {record.participants} participants, but {len(spoke)} people speak in its turns."


def _little_read_warning(reading: Reading) -> Iterator[str]:
    """Names in a way that nobody foresaw leave whole talks out; line by line that is hard to see."""
    said = sum(count_words(turn.text) for turn in reading.turns)
    lost = sum(item.words for item in reading.left_out)
    if lost > said:
        yield (
            f"Only {said} of {said + lost} words were read as what somebody said: see what was left out. A turn is "
            "written as 'Naam (rol): tekst'."
        )


def _together_warnings(turns: Sequence[Turn]) -> Iterator[str]:
    if turns:
        yield (
            f"{len(turns)} of the turns name more than one person as speaking, the first at {turns[0].locator}; their "
            "words are kept as nobody's in particular. Give each person a row or a line of their own."
        )


def _role_warnings(turns: Sequence[Turn], known: Mapping[str, _Known]) -> Iterator[str]:
    """No warning names a speaker: warnings are printed and kept, names never leave the store."""
    differing: dict[str, None] = {}
    without: set[str] = set()
    for turn in turns:
        found = known.get(same_person(turn.speaker)) if turn.speaker else None
        if found and turn.role != found.role:
            used = f"'{shown(turn.role)}'"
            differing[f"A role is {used} in the file but '{shown(found.role)}' in {found.origin}; {used} was used."] = (
                None
            )
        if turn.speaker and turn.role is None:
            without.add(same_person(turn.speaker))
    yield from differing
    if not any(turn.speaker or turn.role for turn in turns):
        yield "Nobody is named in it: its words are those of people unknown; a report can only name their dialogue."
    if without:
        yield f"{len(without)} of the people who speak have no role; a report can only name their dialogue."
