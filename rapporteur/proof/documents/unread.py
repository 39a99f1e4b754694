"""What stands in a file but is not read by who reads the document: said, so that nobody takes it for checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rapporteur.types import Finding, Severity

_LONGEST = 200
_SHOW_IT = "Show it or take it out, if it belongs in the report; quotations in it were not checked."


@dataclass(slots=True)
class Unread:
    """Gathers what was passed over, by how it is kept from the reader ('hidden', 'struck out', 'in a comment')."""

    _texts: dict[str, list[str]] = field(default_factory=dict)
    _places: dict[str, str] = field(default_factory=dict)

    def add(self, how: str, text: str, place: str) -> None:
        """Note text without words and nothing is noted."""
        text = " ".join(text.split())
        if any(map(str.isalnum, text)):
            self._texts.setdefault(how, []).append(text)
            self._places.setdefault(how, place)

    def findings(self) -> Iterator[Finding]:
        """One for each way; the text is that of all of them, cut where it is long."""
        for how, texts in self._texts.items():
            words = sum(len(text.split()) for text in texts)
            why = f"{words} {'word is' if words == 1 else 'words are'} {how} and so not read."
            yield Finding("not-read", "info", _cut(" … ".join(texts)), self._places[how], why, _SHOW_IT)


def finding(check: str, severity: Severity, why: str, place: str = "the whole document", **more: str) -> Finding:
    """A finding about the reading of a document; `more` may hold `text` and `suggestion`."""
    return Finding(check, severity, _cut(more.get("text", "")), place, why, more.get("suggestion", ""))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
