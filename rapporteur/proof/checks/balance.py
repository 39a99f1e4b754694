"""balance: what a reader may want to know of the choice of quotes, for information.

A dialogue that is never quoted; the words of a host, facilitator or note-taker that are not said to be theirs, so
that they read as a resident's, or are printed as a participant's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapporteur.dutch.roles import is_participant
from rapporteur.proof.checks.examined import Examined
from rapporteur.proof.checks.interface import shown
from rapporteur.types import Finding

NAME = "balance"

_AS_A_PARTICIPANT = re.compile(r"(?<!\w)(?:deelne(?:mer|emster)|participant)s?(?!\w)", re.IGNORECASE)


def balance(examined: Examined) -> Iterator[Finding]:
    if not examined.paragraphs:
        return  # a list of quotations to check is no report
    yield from _never_quoted(examined)
    yield from _read_as_a_resident(examined)


def _never_quoted(examined: Examined) -> Iterator[Finding]:
    quoted = {(p.fragment.theme, p.fragment.dialogue) for p in examined.proved if p.fragment and p.verdict.clean}
    if not quoted:
        return
    for theme in examined.facts.themes:
        missing = [s.dialogue for s in examined.facts.numbered(theme) if (theme, s.dialogue) not in quoted]
        for dialogue in sorted(n for n in missing if n is not None):
            why = f"Dialogue {dialogue} of {theme} is never quoted."
            yield Finding(NAME, "info", "", "the whole document", why, "Look whether something was missed there.")


def _read_as_a_resident(examined: Examined) -> Iterator[Finding]:
    for one in examined.proved:
        said, fragment = one.quotation.attribution, one.fragment
        if fragment is None or fragment.dialogue is None or not one.verdict.clean or (said and said.role):
            continue
        session = examined.facts.session(fragment.theme, fragment.dialogue)
        leads = session and any(
            s.leads and (s.name, s.role) == (fragment.speaker, fragment.role) for s in session.speakers
        )
        if leads or not is_participant(fragment.role):
            claimed = said is not None and _AS_A_PARTICIPANT.search(said.text) is not None
            told = "they are printed as a participant's" if claimed else "without that role they read as a resident's"
            why = f"These are the words of the {fragment.role}; {told}."
            yield Finding(NAME, "info", shown(one.quotation.text), one.quotation.place, why, "Add the role.")
