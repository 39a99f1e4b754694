"""Lines between and behind the turns that are nobody's words -> the same lines, marked as such.

'[pauze]' is a sound, and under 'Actiepunten' nobody speaks any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapporteur.sources.readers.speakers import is_a_sound
from rapporteur.sources.readers.transcript import LOWEST_LEVEL, Paragraph, label_in

_OF_TASKS = frozenset(
    """
    actielijst actiepunten actiepuntenlijst acties afspraken afsprakenlijst besluiten besluitenlijst bijlage bijlagen
    takenlijst vervolgafspraken actions agreements decisions
    """.split()
)
_TITLES = _OF_TASKS | frozenset(
    """
    conclusies evaluatie koffiepauze lunch lunchpauze nabespreking observaties opmerkingen pauze procesobservaties
    rondvraag samenvatting theepauze vervolg vervolgstappen break summary
    """.split()
)
_BETWEEN_BRACKETS = re.compile(r"[\[(*]\s*(?P<what>[^()\[\]*\n]{1,60}?)\s*[\])*]\.?")
_TITLE = re.compile(r"(?:\d{1,2}[.)]\s+)?(?P<title>[^\W\d_]{3,30})\s*:?")
_ENDS_A_SENTENCE = (".", "!", "?", "…", ")", "]")
_MOST_WORDS = 6
_NOT_SAID = "a sound or a remark between brackets, not words"


@dataclass(frozen=True, slots=True)
class RemarksRead:
    lines: list[Paragraph]
    warnings: tuple[str, ...] = ()


def with_remarks(lines: Sequence[Paragraph]) -> RemarksRead:
    """Sounds between brackets as asides, and titles of what follows the talk as headings of the lowest level."""
    read = []
    for at, line in enumerate(lines):
        above = lines[at - 1].text if at else ""
        stands_apart = not above or above.endswith(_ENDS_A_SENTENCE) or lines[at - 1].level is not None
        if line.named or line.aside or line.level is not None or not stands_apart:
            read.append(line)
        elif _is_a_sound(line.text):
            read.append(replace(line, aside=_NOT_SAID))
        elif _title(line.text) in _TITLES:
            read.append(replace(line, level=LOWEST_LEVEL))
        else:
            read.append(line)
    return RemarksRead(read, tuple(_named_under_tasks(read)))


def _is_a_sound(text: str) -> bool:
    found = _BETWEEN_BRACKETS.fullmatch(text)
    return found is not None and is_a_sound(found["what"]) and len(found["what"].split()) <= _MOST_WORDS


def _title(text: str) -> str:
    found = _TITLE.fullmatch(text)
    return found["title"].casefold() if found and found["title"][0].isupper() else ""


def _named_under_tasks(lines: Sequence[Paragraph]) -> Iterator[str]:
    """'Anna: zaal regelen' in a list of tasks was not said by Anna; nothing tells it from a talk that goes on."""
    title: Paragraph | None = None
    named: list[Paragraph] = []
    for line in lines:
        if line.level is not None:
            title = line if _title(line.text) in _OF_TASKS else None
        elif title and label_in(line):
            named.append(line)
    if named:
        places = f"the first at {named[0].locator}"
        yield (
            f"{len(named)} of the turns stand under a title for tasks or agreements ({places}) and were read as what "
            "those people said. If they are a list of who does what, take it out of the file."
        )
