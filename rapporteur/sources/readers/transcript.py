"""Paragraphs of a typed transcript -> turns: what .docx, .md, .txt and .html have in common.

'Naam (rol): tekst' opens a turn, paragraphs without a speaker continue it, headings give the round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field, replace

from rapporteur.sources.readers.interface import HEADINGS, SPEAKERS
from rapporteur.sources.readers.rounds import round_of
from rapporteur.sources.readers.speakers import Label, is_unheard, labelled, names_a_part, same_person
from rapporteur.sources.readers.table import TableRead
from rapporteur.sources.readers.text import count_words, words_less
from rapporteur.types import LeftOut, Locator, Round, Turn

LOWEST_LEVEL = 9
_A_FEW = 2
_A_NOTE = 50  # words
_BEFORE_ANYONE = "stands before a speaker is named"
_UNDER_A_HEADING = "stands under a heading, before a speaker is named there"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, its text unwrapped.

    `level` is that of a heading, None for ordinary text. `bold` is how much of its start is in bold, in
    code points. `start` and `end` are times in the recording that stood before it, in `time_words` words
    that are not in `text`. `named` is who speaks, where that stood in those words too. `aside` says why it is
    nobody's words. `timed_above`: the time stood on a line of its own, for all who follow.
    """

    text: str
    locator: Locator
    level: int | None = None
    bold: int = 0
    start: str | None = None
    end: str | None = None
    time_words: int = 0
    named: Label | None = None
    aside: str = ""
    timed_above: bool = False


@dataclass(slots=True)
class Transcript:
    """The turns so far, and the round we are in."""

    turns: list[Turn] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    read_as: Counter[str] = field(default_factory=Counter)
    nobody_is_named: bool = False
    _round: Round | None = None
    _round_level: int = LOWEST_LEVEL
    _speaking: tuple[Label | None, Paragraph] | None = None
    _said: list[str] = field(default_factory=list)

    @property
    def starts_anew(self) -> bool:
        """Whether nobody is speaking, after people did: under a heading, a name and a colon are no one's sentence."""
        return self._speaking is None and bool(self.turns)

    def heading(self, paragraph: Paragraph, level: int) -> None:
        """A heading that names no round ends one of its own level or a lower one; a sub-heading does not."""
        self.close()
        named = round_of(paragraph.text)
        if named or level <= self._round_level:
            self._round, self._round_level = named, level
        if not named and self.turns:
            self.leave_out(paragraph, "a heading, not someone's words")
        else:
            self.read_as[HEADINGS] += count_words(paragraph.text)

    def speech(self, paragraph: Paragraph, label: Label) -> None:
        self.close()
        self._speaking = (label, paragraph)
        self._said = [paragraph.text[label.length :]]
        self.read_as[SPEAKERS] += words_less(paragraph.text, paragraph.text[label.length :])

    def continuation(self, paragraph: Paragraph) -> None:
        """Words with a time before them were said, even where nobody is named; two such may be two people's."""
        named = self._speaking is not None and self._speaking[0] is not None
        if (paragraph.start or self.nobody_is_named) and not named:
            self.close()
            self._speaking = (None, paragraph)
            self._said = [paragraph.text]
        elif self._speaking:
            self._said.append(paragraph.text)
        else:
            self.leave_out(paragraph, _UNDER_A_HEADING if self.turns else _BEFORE_ANYONE)

    def table(self, table: TableRead) -> None:
        self.close()
        self.turns += (replace(turn, round=turn.round or self._round) for turn in table.turns)
        self.left_out += table.left_out
        self.warnings += table.warnings
        self.read_as.update(table.read_as)

    def close(self) -> None:
        """End the turn that is open, if one is."""
        if self._speaking:
            label, at = self._speaking
            speaker, role = (label.speaker, label.role) if label else (None, None)
            text = "\n".join(filter(None, self._said))
            self.turns.append(Turn(text, speaker, role, self._round, at.start, at.end, locator=at.locator))
        self._speaking = None

    def leave_out(self, paragraph: Paragraph, why: str) -> None:
        self.left_out.append(LeftOut(paragraph.locator, count_words(paragraph.text), why))


def read_transcript(items: Sequence[Paragraph | TableRead], people: Iterable[str] = ()) -> Transcript:
    """Read paragraphs and tables in document order; `people` are known to be at the table."""
    transcript = Transcript(nobody_is_named=_nobody_is_named(items))
    known = _known_speakers(items, frozenset(map(same_person, people)))
    for item in items:
        if isinstance(item, TableRead):
            transcript.table(item)
        elif item.text or item.time_words or item.named:
            _read_paragraph(item, transcript, known)
    transcript.close()
    return transcript


def _read_paragraph(paragraph: Paragraph, transcript: Transcript, known: frozenset[str]) -> None:
    transcript.read_as[SPEAKERS] += paragraph.time_words
    if paragraph.aside:
        transcript.leave_out(paragraph, paragraph.aside)
        return
    names_a_round = not paragraph.named and round_of(paragraph.text)
    level = LOWEST_LEVEL if paragraph.level is None and names_a_round else paragraph.level
    if level is not None:
        transcript.heading(paragraph, level)
        return
    label = label_in(paragraph)
    if label and not transcript.starts_anew and _may_be_no_label(paragraph, label, known):
        transcript.warnings.append(
            f"{paragraph.locator} starts as if someone were named there ('…:'), but not in the way of the "
            "other speakers; it was read as part of the words before it. If someone is, put a role behind the name "
            "('Naam (rol): tekst'), or the name in 'Deelnemers: …'."
        )
        label = None
    if label:
        transcript.speech(paragraph, label)
    else:
        transcript.continuation(paragraph)


def _may_be_no_label(paragraph: Paragraph, label: Label, known: frozenset[str]) -> bool:
    if _is_certain(paragraph, label) or is_unheard(label.speaker):
        return False
    return label.speaker not in known if known else label.doubtful


def _known_speakers(items: Sequence[Paragraph | TableRead], people: Set[str]) -> frozenset[str]:
    """Speakers that are in bold, or have a role behind their name or a time before it; and those in a list of people.

    Where a transcript does that for some, a bare 'Amsterdam: …' is a sentence, not one more speaker. Without
    bold, roles may stand at the first turn only, and for participants only: then a name that opens several
    paragraphs is known too, and so is a part in the talk.
    """
    paragraphs = [item for item in items if isinstance(item, Paragraph) and item.level is None]
    found = [(paragraph, label) for paragraph in paragraphs if (label := label_in(paragraph))]
    opens = Counter(label.speaker for _, label in found)
    doubtful = [label for _, label in found if label.doubtful]
    certain = {label.speaker for paragraph, label in found if _is_certain(paragraph, label)}
    if certain and not any(is_in_bold(paragraph) for paragraph, _ in found):
        certain |= {speaker for speaker, times in opens.items() if times > 1 or names_a_part(speaker)}
        bare = opens.keys() - certain
        with_roles = {label.speaker for _, label in found if label.role}
        if with_roles and len(bare) > max(len(with_roles), _A_FEW):
            certain |= bare  # roles are the exception here, names are not
    if certain:
        certain |= {speaker for speaker in opens if same_person(speaker) in people}
    if doubtful and (2 * len(doubtful) >= len(found) > 1 or any(opens[label.speaker] > 1 for label in doubtful)):
        certain |= set(opens)
    return frozenset(certain)


def _nobody_is_named(items: Sequence[Paragraph | TableRead]) -> bool:
    """Not anywhere, in a talk (a line or two may be no more than a note): all words are someone's unknown."""
    said = [item for item in items if isinstance(item, Paragraph) and item.level is None and not item.aside]
    turns = any(item.turns for item in items if isinstance(item, TableRead))
    is_talk = len(said) > 1 or sum(count_words(item.text) for item in said) > _A_NOTE
    return is_talk and not turns and not any(item.start or label_in(item) for item in said)


def label_in(paragraph: Paragraph) -> Label | None:
    """Who speaks in a paragraph, if it says so."""
    if paragraph.named:
        return replace(paragraph.named, length=0)
    if round_of(paragraph.text):
        return None
    return labelled(paragraph.text, set_apart=is_in_bold(paragraph))


def _is_certain(paragraph: Paragraph, label: Label) -> bool:
    is_named = paragraph.named and not is_unheard(label.speaker)
    has_own_time = paragraph.start is not None and not paragraph.timed_above
    return bool((label.role and not label.doubtful) or has_own_time or is_named or is_in_bold(paragraph))


def is_in_bold(paragraph: Paragraph) -> bool:
    """Whether the bold at the start reaches the first colon, which ends a label."""
    return paragraph.bold > 0 and paragraph.bold >= paragraph.text.find(":") > 0
