"""dialogue: does the dialogue that a document names exist; role: did someone in that role speak there?

A role is matched as the verdict matches it. Both look at what is said of a quotation and leave whose words they are
to the verdict; prose is read for dialogue numbers too. Where the records do not tell, nothing is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapporteur.dutch.counts import Named, dialogues_in
from rapporteur.dutch.speaking import UNSPECIFIC
from rapporteur.proof.checks.examined import Examined
from rapporteur.proof.checks.interface import shown
from rapporteur.proof.facts import CorpusFacts, Session
from rapporteur.proof.speakers import may_be_called
from rapporteur.types import Attribution, Finding

DIALOGUE, ROLE = "dialogue", "role"

# 'dialoog 3', 'dialogen 2, 3 en 4'. After an article, or after the plural, a number counts something else ('in de
# dialogen 31 keer').
_NUMBERS = r"\d{1,3}(?:(?:\s*,\s*|\s+en\s+|\s+of\s+)\d{1,3})"
_IN_PROSE = re.compile(
    rf"(?<!\w)(?:(?<!de )(?<!deze )(?<!een )dialoog\s+{_NUMBERS}*|dialogen\s+{_NUMBERS}+)(?!\w|[.,]\d)", re.IGNORECASE
)
_ARTICLE = re.compile(r"\A(?:een|de|het|enkele) ", re.IGNORECASE)


def dialogues(examined: Examined) -> Iterator[Finding]:
    """An error for each dialogue number that no record of the theme has."""
    for one in examined.proved:
        said = one.quotation.attribution
        if said and said.dialogue is not None and not _exists(said.dialogue, examined.facts, said.theme):
            yield _no_such(said.dialogue, said.text, one.quotation.place, examined.facts, said.theme)
    for paragraph in examined.prose:
        for match in _IN_PROSE.finditer(paragraph.prose):
            for number in map(int, re.findall(r"\d+", match.group())):
                if not _exists(number, examined.facts):
                    yield _no_such(number, match.group(), paragraph.place, examined.facts)
        for named in dialogues_in(paragraph.prose):
            if not any(map(str.isdigit, named.text)) and not _can_be_meant(named, examined.facts):
                yield _no_such(named.number, named.text, paragraph.place, examined.facts)


def roles(examined: Examined) -> Iterator[Finding]:
    """An error for each role that nobody had in the dialogue it is said to have spoken in."""
    for one in examined.proved:
        said = one.quotation.attribution
        sessions = _sessions(said, examined.facts) if said and said.role else ()
        if not said or not said.role or not sessions or _spoke(said.role, sessions):
            continue
        where = f"dialogue {said.dialogue}" if said.dialogue is not None else "this theme"
        yield Finding(
            ROLE,
            "error",
            shown(said.text or said.role),
            one.quotation.place,
            f"Nobody spoke in {where} in the role '{said.role}', say the records.",
            "Name the role as the record does.",
        )


def _exists(number: int, facts: CorpusFacts, theme: str | None = None) -> bool:
    """Also where nothing can be told: without records, or where a record has no number."""
    themes = (theme,) if theme in facts.themes else facts.themes
    return not themes or any(
        not facts.numbered(t) or facts.session(t, number) is not None for t in themes if t is not None
    )


def _can_be_meant(named: Named, facts: CorpusFacts) -> bool:
    """Of a place in the row ('de vijfde dialoog'): also where there are as many dialogues, whatever their numbers."""
    most = max((len(facts.numbered(theme)) for theme in facts.themes), default=0)
    return _exists(named.number, facts) or (named.by_place and named.number <= most)


def _no_such(number: int, text: str, place: str, facts: CorpusFacts, theme: str | None = None) -> Finding:
    themes = (theme,) if theme in facts.themes else facts.themes
    known = sorted({s.dialogue for t in themes if t for s in facts.numbered(t) if s.dialogue is not None})
    why = f"There is no dialogue {number} in the records; there are {', '.join(map(str, known))}."
    return Finding(DIALOGUE, "error", shown(text), place, why, "Name the dialogue the words are from.")


def _sessions(said: Attribution | None, facts: CorpusFacts) -> tuple[Session, ...]:
    """The sessions an attribution can mean."""
    if said is None:
        return ()
    themes = (said.theme,) if said.theme in facts.themes else facts.themes
    return tuple(s for s in facts.sessions if s.theme in themes and said.dialogue in (None, s.dialogue))


def _spoke(role: str, sessions: Iterable[Session]) -> bool:
    """Whether someone spoke in that role, or it cannot be told since a speaker's role is not known."""
    speakers = [speaker for session in sessions for speaker in session.speakers]
    names_nobody = _ARTICLE.sub("", role.strip()).casefold() in UNSPECIFIC
    return not speakers or names_nobody or any(may_be_called(role, speaker.role) for speaker in speakers)
