"""What a draft of ours says of itself: theme, fingerprint, and the fragment behind each bookmark.

Word keeps it as a part of custom XML; the custom properties survive a detour through OpenDocument as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapporteur.proof.documents.files import value_of
from rapporteur.proof.documents.jsonl import text_or_none

_PROPERTY_PIECE = re.compile(r"(?P<name>.*?)_?(?P<number>\d{1,6})\Z", re.DOTALL)
_COPY = re.compile(r"_copy_\d+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Manifest:
    """`fragments`: the name of a bookmark -> the fragment the file says was quoted."""

    theme: str | None
    corpus_fingerprint: str | None
    fragments: Mapping[str, str]

    def fragment(self, bookmark: str) -> str | None:
        """Also for a copy of a bookmark, as LibreOffice names it."""
        return self.fragments.get(bookmark) or self.fragments.get(_COPY.sub("", bookmark))


def manifest_of(texts: Iterable[str]) -> Manifest:
    """Of what JSON objects say, those behind going before; what is no JSON object says nothing."""
    said: dict[str, object] = {}
    for text in texts:
        try:
            values = value_of(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(values, dict):
            said |= values
    theme, fingerprint = (text_or_none(said.get(key)) for key in ("theme", "corpus_fingerprint"))
    return Manifest(theme, fingerprint, dict(_fragments(said.get("quotes"))))


def joined(properties: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Custom properties as JSON: each by itself, and those with a number at the end of their name as one text."""
    pieces: dict[str, dict[int, str]] = {}
    for name, text in properties:
        piece = _PROPERTY_PIECE.match(name)
        if piece:
            pieces.setdefault(piece["name"], {})[int(piece["number"])] = text
        else:
            yield text if text.strip().startswith("{") else json.dumps({name: text})
    for numbered in pieces.values():
        yield "".join(text for _, text in sorted(numbered.items()))


def _fragments(quotes: object) -> Iterator[tuple[str, str]]:
    for name, entry in quotes.items() if isinstance(quotes, dict) else ():
        fragment = entry.get("fragment") if isinstance(entry, dict) else entry
        if isinstance(fragment, str):
            yield name, fragment
