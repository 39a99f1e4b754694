"""What the records say of their sessions, for the checks beyond the quotations: counted, never guessed.

In: Records. Out: SessionFacts, frozen. The proof counts for itself and takes no count over from drafting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapporteur.dutch.roles import FACILITATOR, HOST, NOTE_TAKER, is_participant
from rapporteur.types import Fragment, Record

# The track in which people were promised that no name appears; elsewhere they may have agreed to theirs.
_WITHOUT_NAMES = "burger"
_NO_NAMES = (
    FACILITATOR
    | NOTE_TAKER
    | HOST
    | frozenset("deelnemer deelneemster bewoner spreker persoon speaker onbekend groep".split())
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who spoke in a session. `leads`: as host, facilitator or note-taker, not as one of the residents."""

    name: str | None
    role: str | None
    leads: bool


@dataclass(frozen=True, slots=True)
class Session:
    """One dialogue, however many files it came in. `participants` is None where no credible number is stated."""

    theme: str
    dialogue: int | None
    speakers: frozenset[Speaker]
    participants: int | None
    municipalities: frozenset[str]
    nameless: bool = True


@dataclass(frozen=True, slots=True)
class StoredTopic:
    """A topic of the last draft, with the people and dialogues that were counted for it."""

    title: str
    people: int
    dialogues: int


@dataclass(frozen=True)
class CorpusFacts:
    """The sessions of the themes a document is on, what was said in them, and the last drafts' topics."""

    sessions: tuple[Session, ...] = ()
    said: tuple[Fragment, ...] = ()
    topics: tuple[StoredTopic, ...] = ()

    @property
    def themes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(session.theme for session in self.sessions))

    def numbered(self, theme: str) -> tuple[Session, ...]:
        return tuple(s for s in self.sessions if s.theme == theme and s.dialogue is not None)

    def all_numbered(self, theme: str) -> bool:
        """Whether every session of a theme has its number, so that counting them gives the number of talks."""
        return all(s.dialogue is not None for s in self.sessions if s.theme == theme)

    def session(self, theme: str, dialogue: int) -> Session | None:
        return next((s for s in self.sessions if (s.theme, s.dialogue) == (theme, dialogue)), None)

    @cached_property
    def participants(self) -> int | None:
        """How many people took part in all sessions together; None unless every session says so."""
        counts = [s.participants for s in self.sessions]
        return None if not counts or None in counts else sum(n for n in counts if n is not None)

    @cached_property
    def places(self) -> frozenset[str]:
        return frozenset(place for s in self.sessions for place in s.municipalities)


def facts_of(
    records: Iterable[Record], said: Iterable[Fragment] = (), topics: Iterable[StoredTopic] = ()
) -> CorpusFacts:
    """The facts of the records, files of one dialogue taken together."""
    by_session: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        by_session.setdefault((record.theme, record.dialogue_name), []).append(record)
    return CorpusFacts(tuple(map(_session, by_session.values())), tuple(said), tuple(topics))


def _session(records: list[Record]) -> Session:
    first = records[0]
    speakers = frozenset(
        Speaker(t.speaker, t.role, leads=not is_participant(t.role, r.host.role)) for r in records for t in r.turns
    )
    return Session(
        theme=first.theme,
        dialogue=first.dialogue,
        speakers=speakers,
        participants=_participants(records, speakers),
        municipalities=frozenset(r.host.municipality for r in records if r.host.municipality),
        nameless=all(r.track == _WITHOUT_NAMES for r in records),
    )


def _participants(records: list[Record], speakers: frozenset[Speaker]) -> int | None:
    """The largest stated number; one that is smaller than the number of people who speak cannot be true."""
    people = len({s.name for s in speakers if s.name and not s.leads})
    stated = [r.participants for r in records if r.participants is not None]
    return max(stated) if stated and max(stated) >= max(people, 1) else None


def _is_a_name(speaker: Speaker) -> bool:
    """Whether it names a person: a record may call its speakers 'Deelnemer 3', or by their role."""
    name = (speaker.name or "").casefold()
    words = name.replace("-", " ").split()
    return bool(words) and name != (speaker.role or "").casefold() and not (_NO_NAMES & {words[0], name})


def leaders(facts: CorpusFacts) -> Mapping[str, bool]:
    """Every speaker's name, and whether they only ever lead."""
    found: dict[str, bool] = {}
    for speaker in (s for session in facts.sessions if session.nameless for s in session.speakers):
        if speaker.name and _is_a_name(speaker):
            found[speaker.name] = found.get(speaker.name, True) and speaker.leads
    return found
