"""The bank of matters: what dialogues speak of, which words give it away, and what an editor would call it.

A plain clusterer sees that two fragments are alike, not what they are about; a human grouping them knows that
'aanbellen' and 'overbuurman' are one matter. The bank (`matters.toml`, its form explained there) is that knowledge,
as data: it adds to the likeness of two fragments, and it gives titles.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rapporteur.dutch.stopwords import STOP_WORDS
from rapporteur.types import SECTION_KEYS, SectionKey

BANK = Path(__file__).with_name("matters.toml")
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SHORTEST = 3  # letters of a token that may hold a beginning or an ending


@dataclass(frozen=True, slots=True)
class Matter:
    """`titles` by section; a matter without a title for a section does not occur there.

    `words` speak of this matter; `hints` go with it but are said of other things too, and name no topic.
    """

    id: str
    titles: Mapping[SectionKey, str]
    words: tuple[str, ...]
    against: str | None = None
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bank:
    """All matters by id, and their expressions turned round for looking up."""

    matters: Mapping[str, Matter]
    _owners: Mapping[str, Sequence[str]] = field(repr=False)
    _named: Mapping[str, Sequence[str]] = field(repr=False)
    _phrases: Mapping[str, Sequence[tuple[str, str]]] = field(repr=False)
    _of_token: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def expressions(self, text: str) -> Counter[str]:
        """How often each expression of the bank stands in a text."""
        words = tokens(text)
        found = Counter(e for word in words for e in self._expressions_of(word))
        running = f" {' '.join(words)} "
        possible = (pair for word in set(words) for pair in self._phrases.get(word, ()))
        found.update(phrase for padded, phrase in possible if padded in running)
        return found

    def owners(self, expression: str) -> Sequence[str]:
        """The ids of the matters that an expression speaks of."""
        return self._owners[expression]

    def names(self, expression: str, matter: str) -> bool:
        """Whether an expression may give a matter's name to a topic; a hint may not."""
        return matter in self._named.get(expression, ())

    def _expressions_of(self, token: str) -> tuple[str, ...]:
        if token not in self._of_token:
            starts = [f"{token[:n]}*" for n in range(_SHORTEST, len(token) + 1)]
            ends = [f"*{token[-n:]}" for n in range(_SHORTEST, len(token) + 1)]
            self._of_token[token] = tuple(e for e in (token, *starts, *ends) if e in self._owners)
        return self._of_token[token]


def tokens(text: str) -> list[str]:
    """The words of a text, lower case, straight apostrophes."""
    return [t.lower().replace("’", "'") for t in _TOKEN.findall(text)]


@cache
def standard_bank() -> Bank:
    """The bank that comes with the program."""
    return make_bank(parse(BANK.read_text("utf-8")))


def parse(toml: str) -> list[Matter]:
    """Matters as written in `matters.toml`."""
    return [
        Matter(
            id=name,
            titles={key: entry[key] for key in SECTION_KEYS if key in entry},
            words=_listed(entry["words"]),
            against=entry.get("against"),
            hints=_listed(entry.get("hints", "")),
        )
        for name, entry in tomllib.loads(toml).items()
    ]


def _listed(expressions: str) -> tuple[str, ...]:
    return tuple(w.strip().lower() for w in expressions.split(",") if w.strip())


def make_bank(matters: Iterable[Matter]) -> Bank:
    """A bank to search with. Function words are no expression of anything and are left out."""
    by_id = {matter.id: matter for matter in matters}
    owners: defaultdict[str, list[str]] = defaultdict(list)
    named: defaultdict[str, list[str]] = defaultdict(list)
    for matter in by_id.values():
        for word in dict.fromkeys((*matter.words, *matter.hints)):
            if word not in STOP_WORDS:
                owners[word].append(matter.id)
                if word in matter.words:
                    named[word].append(matter.id)
    return Bank(by_id, dict(owners), dict(named), _by_longest_word(w for w in owners if " " in w))


def _by_longest_word(phrases: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Phrases, each with how it stands in a running text, by the longest of their whole words: few texts have that."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for phrase in phrases:
        begun = phrase.endswith("*")
        whole = phrase.split()[: -1 if begun else None]
        found[max(whole, key=len)].append((f" {phrase.removesuffix('*')}{'' if begun else ' '}", phrase))
    return dict(found)
