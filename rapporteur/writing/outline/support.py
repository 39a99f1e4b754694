"""Step 1e: how many people, in which dialogues, carry a group of fragments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rapporteur.dutch.opposing import OPPOSING
from rapporteur.dutch.roles import is_participant
from rapporteur.dutch.stopwords import STOP_WORDS
from rapporteur.types import Fragment, Support
from rapporteur.writing.outline.likeness import STORY_GAP
from rapporteur.writing.outline.matters import tokens

NEARLY_ALL = 0.8  # of the telling words of two statements together, how many both must hold to be one statement


def carriers(fragments: Iterable[Fragment], host_roles: Mapping[str, str | None]) -> list[Fragment]:
    """The fragments that count as support: said by people at the table, not by those who led, hosted or noted.

    `host_roles` maps a record to its host's role. A record without speakers (published quotes) has only people
    who were quoted; there everyone counts.
    """
    return [f for f in fragments if not f.speaker or is_participant(f.role, host_roles.get(f.record))]


def support(fragments: Iterable[Fragment], host_roles: Mapping[str, str | None], talks: int) -> Support:
    """Count distinct people and dialogues, out of `talks` numbered dialogues."""
    carrying = carriers(fragments, host_roles)
    return Support(
        people=len({f.person for f in carrying}),
        dialogues=tuple(sorted({f.dialogue for f in carrying if f.dialogue is not None})),
        talks=talks,
        unnumbered=len({f.person for f in carrying if f.dialogue is None}),
    )


def opposing(group: Sequence[Fragment]) -> frozenset[str]:
    """The ids of fragments of a topic that go against it: a reaction to someone else in it, in words that oppose.

    Only where the record names its speakers: elsewhere nothing is known of who reacted to whom.
    """
    return frozenset(f.id for f in group if OPPOSING.search(f.text) and any(_answers(f, g) for g in group))


def distinct(fragments: Iterable[Fragment]) -> list[Fragment]:
    """The fragments without those in which one person says nearly the same again."""
    kept: list[tuple[Fragment, frozenset[str]]] = []
    for fragment in fragments:
        telling = frozenset(tokens(fragment.text)) - STOP_WORDS
        if not any(fragment.person == f.person and _nearly_same(telling, t) for f, t in kept):
            kept.append((fragment, telling))
    return [fragment for fragment, _ in kept]


def _nearly_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= NEARLY_ALL * len(one | other)


def _answers(reply: Fragment, said: Fragment) -> bool:
    """Whether a fragment follows closely on what someone else said in the same record."""
    close = said.record == reply.record and 0 < reply.position - said.position <= STORY_GAP
    return close and bool(reply.speaker and said.speaker) and reply.person != said.person
