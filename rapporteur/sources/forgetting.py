"""What goes from saved reports, and from what editors wrote beside them, when a session is forgotten.

A draft holds quotes as references, and these die with their fragments. But a role that nobody who is left has may stand
in the prose, and an editor may have typed a quote, a name or what somebody said: in a report, in a comment, in what was
asked of a redraft, or in a sentence that is locked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

from rapporteur.types import Record

# What of a saved report was written: blocks, titles, tables, comments. The rest is ids, kinds and digests.
_WRITTEN = frozenset({"text", "title", "subtitle", "items", "rows", "cells"})
_QUOTES = frozenset({"quote", "pull-quote"})
_WORD = re.compile(r"\w+")
_AS_SAID = 5  # so many words in a row that nobody else said are taken for words of the session
_SHORTEST = 3  # code points of a name or role


class Forgetting:
    """Takes what only the sessions that are gone hold out of texts about the same theme."""

    def __init__(self, gone: Sequence[Record], left: Sequence[Record], fragments: Set[str]) -> None:
        self._fragments = fragments
        self._said = _runs(gone) - _runs(left)
        self._names = _any_of(_names(gone) - _names(left))
        self._roles = _any_of(_roles(gone) - _roles(left))

    def text(self, text: str) -> str:
        """The text with […] for words of the sessions, [naam] for a name and 'deelnemer' for a role of theirs."""
        text = self._without_what_was_said(text)
        for found, instead in ((self._names, "[naam]"), (self._roles, "deelnemer")):
            text = found.sub(instead, text) if found else text
        return text

    def report(self, report: Any, *, written: bool = False) -> Any:
        """A saved report with its texts so; a quote that an editor typed goes whole with its fragment."""
        if isinstance(report, dict):
            typed = report.get("kind") in _QUOTES and (report.get("quote") or {}).get("fragment") in self._fragments
            return {
                key: "" if typed and key in ("text", "title") else self.report(value, written=key in _WRITTEN)
                for key, value in report.items()
            }
        if isinstance(report, list):
            return [self.report(value, written=written) for value in report]
        return self.text(report) if written and isinstance(report, str) else report

    def _without_what_was_said(self, text: str) -> str:
        words = list(_WORD.finditer(text))
        folded = [word.group().casefold() for word in words]
        kept, end = "", 0
        for first, last in _joined(i for i, run in enumerate(_in_rows(folded)) if run in self._said):
            kept += f"{text[end : words[first].start()]}[…]"
            end = words[last].end()
        return kept + text[end:]


def _joined(starts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """(first, last) word of each stretch that runs starting at these words cover together."""
    first = last = -1
    for start in starts:
        if start > last + 1 or first < 0:
            if first >= 0:
                yield first, last
            first = start
        last = start + _AS_SAID - 1
    if first >= 0:
        yield first, last


def _in_rows(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[i : i + _AS_SAID]) for i in range(len(words) - _AS_SAID + 1))


def _runs(records: Iterable[Record]) -> set[tuple[str, ...]]:
    texts = (turn.text for record in records for turn in record.turns)
    return {run for text in texts for run in _in_rows([word.casefold() for word in _WORD.findall(text)])}


def _names(records: Iterable[Record]) -> set[str]:
    return {turn.speaker.strip().casefold() for record in records for turn in record.turns if turn.speaker}


def _roles(records: Iterable[Record]) -> set[str]:
    """Roles as a report may print them: whole, and the first part."""
    roles = {turn.role.strip() for record in records for turn in record.turns if turn.role}
    return {part.casefold() for role in roles for part in (role, role.split(",")[0].split("(")[0].strip())}


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Finds any of the words, the longest first; None if there is none to find."""
    ordered = sorted({word for word in words if len(word) >= _SHORTEST}, key=lambda word: (-len(word), word))
    if not ordered:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)
