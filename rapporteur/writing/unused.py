"""What was not used: per dialogue and section, the quotable fragments that stayed out of a report.

It says where they stand and who spoke, without their words: an editor who looks for another voice knows where to
look, and nothing is quoted that no one chose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapporteur.dutch.numbers import in_words
from rapporteur.dutch.places import within_file
from rapporteur.types import SECTION_KEYS, Block, Fragment, Judgement, Section, SectionKey

SECTION_KEY = "ongebruikt"
_HEADING = "Wat niet is gebruikt"
_ABOUT = (
    "Hieronder staat per dialoog en per deel welke uitspraken als citaat hadden kunnen dienen en niet zijn gebruikt: "
    "wie sprak en waar het in het verslag van het gesprek staat. Deze bladzijde is voor de redactie en hoort niet in "
    "de uitgave."
)
_NAMES: dict[SectionKey, str] = {
    "knel": "Knel",
    "kiem": "Kiem",
    "dromen": "Dromen",
    "ideeen": "Ideeën",
    "procesobservaties": "Procesobservaties",
}


@dataclass(frozen=True, slots=True)
class Unused:
    """A dialogue (None: number unknown) in a section: how many of its fragments are quoted, and which are not."""

    dialogue: int | None
    section: SectionKey
    quoted: int
    fragments: tuple[Fragment, ...]


def unused(judgements: Iterable[Judgement], quoted: frozenset[str]) -> tuple[Unused, ...]:
    """The quotable fragments that no quote of the report was cut from, in order of dialogue and section.

    A dialogue and section with nothing quotable is left out. Unknown dialogues come last.
    """
    found: defaultdict[tuple[int | None, SectionKey], list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.left_out is None and judgement.section:
            found[judgement.fragment.dialogue, judgement.section].append(judgement)
    rows = []
    for (dialogue, section), members in found.items():
        rest = [j for j in members if j.fragment.id not in quoted]
        rest.sort(key=lambda j: (-j.quotability, j.fragment.id))
        rows.append(Unused(dialogue, section, len(members) - len(rest), tuple(j.fragment for j in rest)))
    return tuple(sorted(rows, key=lambda r: (r.dialogue is None, r.dialogue or 0, SECTION_KEYS.index(r.section))))


def as_section(rows: Sequence[Unused]) -> Section:
    """The ledger as a last section of the report."""
    total = sum(len(row.fragments) for row in rows)
    blocks = [Block(f"{SECTION_KEY}-uitleg", "paragraph", f"{_ABOUT} Het zijn er {in_words(total)}.")]
    for dialogue, group in groupby(rows, key=lambda row: row.dialogue):
        talk = f"Dialoog {dialogue}" if dialogue is not None else "Dialoog onbekend"
        name = f"{SECTION_KEY}-{dialogue or 'onbekend'}"
        blocks.append(Block(name, "heading", title=talk))
        blocks.append(Block(f"{name}-lijst", "bullets", items=tuple(map(_line, group))))
    return Section(SECTION_KEY, _HEADING, tuple(blocks))


def _line(row: Unused) -> str:
    """'Knel: drie geciteerd, een niet: kok (alinea 12)'."""
    used = f"{in_words(row.quoted) if row.quoted else 'niets'} geciteerd"
    if not row.fragments:
        return f"{_NAMES[row.section]}: {used}, alles gebruikt"
    return (
        f"{_NAMES[row.section]}: {used}, {in_words(len(row.fragments))} niet: {'; '.join(map(_where, row.fragments))}"
    )


def _where(fragment: Fragment) -> str:
    place = within_file(fragment.locator) if fragment.locator else ""
    return f"{fragment.role or 'rol onbekend'}{f' ({place})' if place else ''}"
