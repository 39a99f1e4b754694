"""Step 1: what an editor asks of a section, in Dutch, to wishes that can be carried out.

'Minder over reizen, meer van jongeren, niet uit dialoog 3, kortere citaten'. It is cut at the words that say how much
(dutch/asking.py); what follows each says of what. Nothing is ignored: words that are no wish stand in `unclear`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapporteur.dutch import asking
from rapporteur.dutch.asking import Direction
from rapporteur.dutch.numbers import value_of

Kind = Literal["matter", "who", "dialogue", "any"]

_OPPOSITE: dict[Direction, Direction] = {"more": "less", "less": "more", "only": "without", "without": "more"}
_CUE = re.compile(
    "|".join(
        [rf"(?P<instead>(?<!\w)(?:{asking.INSTEAD})(?!\w))"]
        + [rf"(?P<{direction}>(?<!\w)(?:{words})(?!\w))" for direction, words in asking.CUES]
        + [rf"(?P<shorter>(?<!\w)(?:{asking.SHORTER})(?!\w))", rf"(?P<longer>(?<!\w)(?:{asking.LONGER})(?!\w))"]
    )
)
_SPLIT = [(direction, re.compile(rf"(?<!\w){form}(?!\w)")) for direction, form in asking.SPLIT_VERBS]
_SENTENCE = re.compile(r"[.;!?\n]+(?:\s|$)")
_DIALOGUES = re.compile(r"(?:dialo(?:og|gen)|gesprek(?:ken)?|tafel) (?:nummer )?(\w+(?:(?:, | en | of )\w+)*)")
_PROSE = re.compile(rf"(?<!\w){asking.OF_PROSE}(?!\w)")
_JOINED = re.compile(r",\s*|\s+(?:en|of)\s+")
_EDGES = " ,:;.!?'\"‘’“”()-–"


@dataclass(frozen=True, slots=True)
class Wish:
    """`subject` as the editor named it, without article; `dialogues` for a wish about those. `said` is the clause."""

    direction: Direction
    kind: Kind
    subject: str
    said: str
    dialogues: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Steering:
    """What an editor asks.

    `quotes` is how many more (or fewer) a topic should have, `no_quotes` that it should have none; `quote_length` is -1
    for shorter ones, 1 for longer. `prose` is asked of the sentences, which the extractive voice does not write;
    `unclear` could not be read as a wish.
    """

    wishes: tuple[Wish, ...] = ()
    quotes: int = 0
    no_quotes: bool = False
    quote_length: int = 0
    prose: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Subjects of which both more and less was asked."""
        more = {wish.subject for wish in self.wishes if wish.direction in ("more", "only")}
        less = {wish.subject for wish in self.wishes if wish.direction in ("less", "without")}
        return tuple(sorted(filter(None, more & less)))


@dataclass(frozen=True, slots=True)
class _Clause:
    """A cue and what follows it."""

    cue: str
    words: str
    rest: str


class _Reading:
    """What was read so far."""

    def __init__(self) -> None:
        self.wishes: list[Wish] = []
        self.quotes = 0
        self.no_quotes = False
        self.quote_length = 0
        self.prose: list[str] = []
        self.unclear: list[str] = []

    def result(self) -> Steering:
        return Steering(
            tuple(dict.fromkeys(self.wishes)),
            max(-1, min(1, self.quotes)),
            self.no_quotes,
            max(-1, min(1, self.quote_length)),
            tuple(self.prose),
            tuple(self.unclear),
        )


def read(instruction: str) -> Steering:
    """Read an editor's instruction."""
    reading = _Reading()
    for sentence in _SENTENCE.split(" ".join(instruction.split())):
        text = sentence.strip(_EDGES).lower().replace("’", "'")
        if text:
            _read_sentence(text, reading)
    found = reading.result()
    said = " ".join(instruction.split())
    return Steering(unclear=(said,)) if said and found == Steering() else found


def _read_sentence(text: str, reading: _Reading) -> None:
    for direction, form in _SPLIT:
        match = form.search(text)
        if match and not _CUE.search(match["subject"]):
            _read_subjects(direction, match["subject"], match.group(), reading)
            text = f"{text[: match.start()]}, {text[match.end() :]}"
    previous: Direction | None = None
    for clause in _clauses(text, reading):
        previous = _read_clause(clause, previous, reading)


def _clauses(text: str, reading: _Reading) -> Iterator[_Clause]:
    """The text cut at its cues; what stands before the first is no wish."""
    cues = [match for match in _CUE.finditer(text) if not _only_fills(match, text)]
    _note_unclear(text[: cues[0].start()] if cues else text, reading)
    for number, match in enumerate(cues):
        end = cues[number + 1].start() if number + 1 < len(cues) else len(text)
        rest = _without_trail(text[match.end() : end])
        yield _Clause(str(match.lastgroup), match.group(), rest)


def _only_fills(match: re.Match[str], text: str) -> bool:
    """Whether 'ook' or 'liever' only leads up to the cue behind it: 'liever minder', 'ook meer over'."""
    following = _CUE.match(text, match.end() + 1)
    return match.group() in ("ook", "liever", "vooral") and following is not None


def _without_trail(rest: str) -> str:
    """What follows a cue, without the words that lead up to the next one."""
    words = rest.strip(_EDGES).split()
    while words and words[-1].strip(_EDGES) in asking.BEFORE_A_CUE:
        words.pop()
    return " ".join(words).strip(_EDGES)


def _read_clause(clause: _Clause, previous: Direction | None, reading: _Reading) -> Direction | None:
    """Read one clause; returns its direction, for what follows 'dan'."""
    said = f"{clause.words} {clause.rest}".strip()
    if clause.cue in ("shorter", "longer"):
        _read_length(-1 if clause.cue == "shorter" else 1, clause.rest, said, reading)
        return None
    direction: Direction
    if clause.cue == "instead":
        if previous is None and clause.words == "dan":
            _note_unclear(said, reading)
            return None
        direction = _OPPOSITE[previous or "more"]
    else:
        direction = clause.cue  # type: ignore[assignment]
    words = clause.rest.split()
    while words and words[0] in asking.FILLING:
        words.pop(0)
    if words and words[0] in asking.PIECES and len(words) == 1:
        _read_quotes(direction, said, reading)
    elif _PROSE.search(clause.rest):
        reading.prose.append(said)
    elif words and words[0] in asking.PIECES:
        _read_subjects(direction, " ".join(words[1:]), said, reading)
    else:
        _read_subjects(direction, " ".join(words), said, reading)
    return direction


def _read_length(by: int, rest: str, said: str, reading: _Reading) -> None:
    """'Kortere citaten' is about each quote; 'korter' by itself about how many there are."""
    words = [word for word in rest.split() if word not in asking.FILLING]
    if words and words[0] in asking.QUOTES:
        reading.quote_length += by
        _note_unclear(" ".join(words[1:]), reading)
    elif _PROSE.search(rest):
        reading.prose.append(said)
    else:
        reading.quotes += by
        _note_unclear(
            " ".join(word for word in words if word not in ("stuk", "deel", "hoofdstuk", "onderwerp")), reading
        )


def _read_quotes(direction: Direction, said: str, reading: _Reading) -> None:
    if direction == "only":
        _note_unclear(said, reading)
    elif direction == "without":
        reading.no_quotes = True
    else:
        reading.quotes += 1 if direction == "more" else -1


def _read_subjects(direction: Direction, named: str, said: str, reading: _Reading) -> None:
    """'Over jongeren en ouderen', 'van de kapper', 'uit dialoog 3 en 4', 'reizen'."""
    kind: Kind = "any"
    words = named.split()
    while words and words[0] in asking.FILLING:
        words.pop(0)
    if words and words[0] in asking.ABOUT | asking.BY:
        kind = "matter" if words[0] in asking.ABOUT else "who"
        words.pop(0)
    text = " ".join(words)
    dialogues = _DIALOGUES.search(text)
    if dialogues:
        numbers = tuple(n for word in _JOINED.split(dialogues[1]) if (n := value_of(word)) is not None)
        if numbers:
            reading.wishes.append(Wish(direction, "dialogue", dialogues.group(), said, numbers))
            text = _without_trail(f"{text[: dialogues.start()]} {text[dialogues.end() :]}")
    subjects = [subject for part in _JOINED.split(text) if (subject := _plain(part))]
    for subject in subjects:
        of = subject.split(" ", 1)
        if len(of) > 1 and of[0] in asking.ABOUT | asking.BY:  # 'over reizen en van jongeren'
            kind, subject = ("matter" if of[0] in asking.ABOUT else "who"), _plain(of[1])
        reading.wishes.append(Wish(direction, kind, subject, said))
    if not subjects and not dialogues:
        _note_unclear(said, reading)


def _plain(subject: str) -> str:
    """A subject without articles and other words in front that name nothing."""
    words = subject.strip(_EDGES).split()
    while words and words[0] in asking.FILLING:
        words.pop(0)
    return " ".join(words)


def _note_unclear(words: str, reading: _Reading) -> None:
    """Note what is no wish; prose is asked for in many words, and a lone 'graag' asks nothing."""
    for part in _JOINED.split(words):
        text = part.strip(_EDGES)
        if any(word.strip(_EDGES) not in asking.BEFORE_A_CUE | asking.FILLING for word in text.split()):
            (reading.prose if _PROSE.search(text) else reading.unclear).append(text.removeprefix("en "))
