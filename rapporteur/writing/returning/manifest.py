"""Which revision a Word file was exported from, in its custom XML or, after a detour through odt, its properties."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from rapporteur.sources.readers.package import Package
from rapporteur.writing.returning.interface import Manifest

_PIECE = re.compile(r"rapporteur_manifest_(\d{1,6})")
_ITEM = re.compile(r"customXml/item\d+\.xml")
_PROPERTIES = "docProps/custom.xml"


def manifest_of(package: Package) -> Manifest:
    """The manifest of a file of ours; an empty one if it has none that can be read."""
    for text in (*_custom_xml(package), _custom_properties(package)):
        try:
            said = json.loads(text) if text.strip().startswith("{") else None
        except (ValueError, RecursionError):
            continue
        if isinstance(said, dict) and isinstance(said.get("report_fingerprint"), str):
            return _manifest(said)
    return Manifest()


def _manifest(said: dict[str, Any]) -> Manifest:
    revision, quotes = str(said.get("revision", "")), said.get("quotes")
    entries = quotes.items() if isinstance(quotes, dict) else ()
    return Manifest(
        theme=str(said.get("theme", "")),
        revision=int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else None,
        report_fingerprint=str(said["report_fingerprint"]),
        corpus_fingerprint=str(said.get("corpus_fingerprint", "")),
        blocks={name: entry["block"] for name, entry in entries if isinstance(entry, dict) and _names_block(entry)},
    )


def _names_block(entry: dict[str, Any]) -> bool:
    return isinstance(entry.get("block"), str)


def _custom_xml(package: Package) -> Iterator[str]:
    for part in sorted(filter(_ITEM.fullmatch, package.parts)):
        yield package.xml(part).text or ""


def _custom_properties(package: Package) -> str:
    """The pieces that the properties hold of the manifest, as one text."""
    pieces = {}
    for entry in package.xml(_PROPERTIES) if _PROPERTIES in package else ():
        piece = _PIECE.fullmatch(entry.get("name") or "")
        if piece:
            pieces[int(piece[1])] = "".join(entry.itertext())
    return "".join(text for _, text in sorted(pieces.items()))
