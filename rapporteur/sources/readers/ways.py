"""Lines in which people name who speaks in a way of their own -> lines as others type them.

'Eef – tekst', 'bert: tekst', a name and a tab, a name alone above the words: one such line may as well be speech, so it
is read as a name where the file keeps to its way, or where the name is known from elsewhere. Of other lines that may
name somebody the words are kept as they are, and a warning says where they stand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from rapporteur.sources.readers.people import person_in
from rapporteur.sources.readers.rounds import round_of
from rapporteur.sources.readers.speakers import (
    Label,
    bullet_length,
    is_a_sound,
    may_be_a_person,
    names_a_part,
    same_person,
)
from rapporteur.sources.readers.text import count_words, words_less
from rapporteur.sources.readers.transcript import Paragraph, is_in_bold, label_in

_NAME = r"(?P<name>[^\W\d_][^:()\[\]<>\n\t]{0,60}?)"
_ROLE = r"[(\[](?P<role>[^()\[\]\n]{2,100})[)\]]"
_DASH = r"\s+[-–—]\s+"
_COLON, _DASHED, _ALONE = "colon", "dash", "alone"
# From the surest way to the loosest; each ends where the words begin.
_WAYS = {
    "role and dash": re.compile(rf"{_NAME}\s*{_ROLE}\s*(?:[-–—>]+|\t)\s*(?=\S)"),
    "dash and role": re.compile(rf"{_NAME}{_DASH}(?P<role>[a-z][^:()\n]{{1,60}}?):\s+(?=\S)"),
    "angle": re.compile(rf"<?{_NAME}\s?>{{1,2}}:?\s*(?=\S)"),
    "tab": re.compile(rf"{_NAME} *\t\s*(?=\S)"),
    "capitals": re.compile(r"(?P<name>[^\W\d_][^\W\d_](?:[^\W\d_]|[ '’-]){0,40})\.\s+(?=\S)"),
    _DASHED: re.compile(rf"{_NAME}{_DASH}(?=\S)"),
    _COLON: re.compile(rf"(?P<name>[^\W\d_][\w'’.-]*(?: [\w'’.-]+){{0,2}})\s*(?:{_ROLE}\s*)?:\s+(?=\S)"),
}
_NAME_ALONE = re.compile(rf"\[?{_NAME}\s*(?:{_ROLE})?\]?(?P<stop>\.?)")
_WITH_A_ROLE = frozenset({"role and dash", "dash and role"})
_LOOSE = frozenset({_DASHED, _COLON, _ALONE})  # as likely the start of a sentence, or a heading
_LONGEST_LABEL = 200
_ENDS_A_SENTENCE = (".", "!", "?", "…", ":", '"', "”", "’")
_A_WAY = 2  # distinct people make a way of naming
_SHARE_OF_LINES = 0.3  # of those that open something, for a loose way to be that of a file
_ALL_BUT_A_FEW = 0.8
_MOST_PLACES = 5
_LEGEND = re.compile(r"(?P<initials>[A-Z]{1,3}\d?)\s*[=:–-]\s*(?P<who>\S.{0,100})")


@dataclass(frozen=True, slots=True)
class WaysRead:
    lines: list[Paragraph]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegendRead:
    """`words` are those of the legend, whose lines are no longer among `lines`."""

    lines: list[Paragraph]
    words: int = 0


@dataclass(frozen=True, slots=True)
class _Sign:
    """A line that may name who speaks, and the words that are left if it does."""

    at: int
    way: str
    label: Label
    rest: str

    @property
    def person(self) -> str:
        return same_person(self.label.speaker)


def with_initials_explained(lines: Sequence[Paragraph]) -> LegendRead:
    """'A = Anna (kok)', on two lines or more above the talk, says who speaks in 'A: tekst'."""
    legend = _legend(lines)
    opening = Counter(label.speaker for at, line in enumerate(lines) if at not in legend and (label := label_in(line)))
    people = {initials: who for initials, who in legend.values() if opening[initials]}
    if len(people) < _A_WAY:
        return LegendRead(list(lines))
    read = []
    for at, line in enumerate(lines):
        label = label_in(line) if at not in legend else None
        if label and label.speaker in people:
            who = people[label.speaker]
            label = replace(who, role=label.role or who.role, length=label.length)
            read.append(_named(line, label, line.text[label.length :]))
        elif at not in legend:
            read.append(line)
    return LegendRead(read, sum(count_words(lines[at].text) for at in legend))


def with_names(lines: Sequence[Paragraph], people: Iterable[str]) -> WaysRead:
    """The same lines in order; `people` are those whom the file or its sidecar says to be at the table."""
    signs = list(_signs(lines, frozenset(map(same_person, people))))
    if not signs:
        return WaysRead(list(lines))
    usual = _usual_names(lines)
    known = {same_person(name): name for name in (*people, *usual)}
    known |= {name.split()[0]: spelled.split()[0] for name, spelled in known.items() if name.split()}
    read = list(lines)
    doubts = []
    for way, found in _by_way(signs).items():
        accepted = _accepted(way, found, known.keys(), lines, alone=not usual)
        for sign in found:
            if sign.person in accepted:
                label = replace(sign.label, speaker=known.get(sign.person, sign.label.speaker))
                read[sign.at] = _named(lines[sign.at], label, sign.rest)
            elif _is_a_doubt(sign, found, known.keys(), lines, alone=not usual):
                doubts.append(sign.at)
    return WaysRead(read, tuple(_warnings([lines[at] for at in sorted(doubts)])))


# ------------------------------------------------------------------------------------------- what there is


def _legend(lines: Sequence[Paragraph]) -> dict[int, tuple[str, Label]]:
    """The first run of lines that explain initials."""
    legend: dict[int, tuple[str, Label]] = {}
    for at, line in enumerate(lines):
        if not line.text:
            continue
        found = _LEGEND.fullmatch(line.text[bullet_length(line.text) :]) if len(line.text) < _LONGEST_LABEL else None
        person = person_in(found["who"]) if found else None
        explains = found and person and (person[1] or person[0].startswith(found["initials"][0]))
        if found and person and explains and found["initials"] not in {initials for initials, _ in legend.values()}:
            legend[at] = found["initials"], Label(*person, length=0)
        elif legend:
            break
    return legend


def _signs(lines: Sequence[Paragraph], people: Set[str]) -> Iterator[_Sign]:
    below: Paragraph | None = None  # the next line with words
    alone_below = False
    found = []
    for at in reversed(range(len(lines))):
        line = lines[at]
        if not line.text:
            if line.named:
                below, alone_below = None, False
            continue
        sign = _sign(at, line, people)
        if sign and sign.way == _ALONE:
            stands_above_words = below is not None and not alone_below and not label_in(below) and below.level is None
            below, alone_below = line, True
            if not stands_above_words:
                continue
        else:
            below, alone_below = line, False
        if sign:
            found.append(sign)
    yield from reversed(found)


def _sign(at: int, line: Paragraph, people: Set[str]) -> _Sign | None:
    if line.aside or line.named or label_in(line) or round_of(line.text):
        return None
    alone = _NAME_ALONE.fullmatch(line.text) if len(line.text) < _LONGEST_LABEL else None
    if alone and _may_name(alone, _ALONE, people) and (not alone["stop"] or alone["name"].isupper()):
        return _Sign(at, _ALONE, Label(alone["name"].strip(), alone["role"], 0), "")
    if line.level is not None:
        return None
    start = bullet_length(line.text)
    for way, pattern in _WAYS.items():
        found = pattern.match(line.text, start, start + _LONGEST_LABEL)
        if found and _may_name(found, way, people):
            role = found.groupdict().get("role")
            return _Sign(at, way, Label(found["name"].strip(), role, 0), line.text[found.end() :])
    return None


def _may_name(found: re.Match[str], way: str, people: Set[str]) -> bool:
    name = found["name"].strip()
    if is_a_sound(name) or (way == "capitals" and not name.isupper()) or (way == _COLON and not name[0].islower()):
        return False
    return same_person(name) in people or may_be_a_person(name, in_lower_case=way == _COLON)


def _usual_names(lines: Sequence[Paragraph]) -> set[str]:
    """Who is named in the usual way, 'Naam (rol): tekst', more than once or for sure."""
    labels = [(line, label) for line in lines if line.level is None and (label := label_in(line))]
    times = Counter(label.speaker for _, label in labels)
    return {
        label.speaker
        for line, label in labels
        if times[label.speaker] > 1 or (label.role and not label.doubtful) or line.named or is_in_bold(line)
    }


def _by_way(signs: Iterable[_Sign]) -> dict[str, list[_Sign]]:
    ways = defaultdict(list)
    for sign in signs:
        ways[sign.way].append(sign)
    return ways


# ---------------------------------------------------------------------------------------------- what it means


def _accepted(
    way: str, signs: Sequence[_Sign], known: Set[str], lines: Sequence[Paragraph], *, alone: bool
) -> frozenset[str]:
    """Whom the signs of one way name for sure. `alone`: nobody is named in the usual way."""
    times = Counter(sign.person for sign in signs)
    heard = {person for person in times if person in known}
    again = {person for person, count in times.items() if count > 1 or names_a_part(person)}
    everyone = frozenset(times)
    if way in _WITH_A_ROLE:
        return everyone if len(times) >= _A_WAY or heard else frozenset()
    if way not in _LOOSE:
        is_a_way = len(heard | again) >= _A_WAY
        return everyone if is_a_way else frozenset(heard)
    if not alone:
        return frozenset(heard if way != _DASHED or len(heard) >= _A_WAY else ())
    share = len(signs) / max(1, _openings(lines, signs))
    if len(heard | again) < _A_WAY or share < _SHARE_OF_LINES:
        return frozenset(heard if way != _DASHED or len(heard) >= _A_WAY else ())
    return everyone if share >= _ALL_BUT_A_FEW else frozenset(heard | again)


def _openings(lines: Sequence[Paragraph], signs: Iterable[_Sign]) -> int:
    """How many lines open something: signs, and lines under an empty one, but not those under a name alone."""
    places = {sign.at: sign for sign in signs}
    count = 0
    above: int | None = None  # the last line with words
    for at, line in enumerate(lines):
        if not line.text or (line.level is not None and at not in places):
            continue
        under_a_name = above in places and places[above].way == _ALONE
        opens = at == 0 or not lines[at - 1].text
        count += at in places or (opens and not under_a_name)
        above = at
    return count


def _is_a_doubt(
    sign: _Sign, others: Sequence[_Sign], known: Set[str], lines: Sequence[Paragraph], *, alone: bool
) -> bool:
    if sign.way not in _LOOSE:
        return True
    if sign.person in known or sum(other.person == sign.person for other in others) > 1:
        return True
    if alone and sign.way != _COLON:
        return len(others) >= _A_WAY and lines[sign.at].level is None
    above = lines[sign.at - 1].text if sign.at else ""
    in_dashes = sign.way == _DASHED and re.search(_DASH, sign.rest)  # 'Bert – mijn buurman – kwam ook'
    return lines[sign.at].level is None and not in_dashes and (not above or above.endswith(_ENDS_A_SENTENCE))


def _warnings(doubts: Sequence[Paragraph]) -> Iterator[str]:
    """No warning names anyone."""
    if not doubts:
        return
    file = doubts[0].locator.file
    places = [str(line.locator).removeprefix(f"{file}, ") for line in doubts[:_MOST_PLACES]]
    more = f" and {len(doubts) - len(places)} more" if len(doubts) > len(places) else ""
    yield (
        f"Someone may be named as speaking at {'; '.join(places)}{more} of {file}, in a way that is not sure; it was "
        "read as words of whoever spoke before. If someone is, write 'Naam (rol): tekst' there, or list all names as "
        "'Deelnemers: Anna (kok), Bert (boer)' in the file or its sidecar."
    )


def _named(line: Paragraph, label: Label, rest: str) -> Paragraph:
    """A line with who speaks taken out of its words."""
    words = line.time_words + words_less(line.text, rest)
    return replace(line, text=rest, level=None, bold=0, named=label, time_words=words)
