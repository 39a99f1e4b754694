"""A report as JSON: quote blocks wherever they stand, and prose with quotations between marks.

A quote block is an object with words under "text" that has the kind "quote", or stands under a key that says
so.
Everything else is read as prose, whatever its keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.attribution import attribution_alone
from rapporteur.proof.documents.files import text_of, value_of
from rapporteur.proof.documents.finding import has_words, quotation_of, words_of
from rapporteur.proof.documents.interface import Passage, ReadDocument
from rapporteur.proof.documents.jsonl import attribution_of, text_or_none
from rapporteur.proof.documents.prose import Prose, of_theme, quotations_of
from rapporteur.types import Quotation

_QUOTE_KINDS = frozenset({"quote", "pull_quote", "pull-quote", "citaat"})
_QUOTE_KEYS = frozenset({"quote", "quotes", "pull_quote", "pull_quotes", "quotations"})

_Piece = Prose | Quotation


class ReportJsonReader:
    suffixes = (".json",)

    def read(self, path: Path) -> ReadDocument:
        try:
            report = value_of(text_of(path))
            pieces = tuple(_pieces(report, "", under_quote_key=False))
        except json.JSONDecodeError as error:
            what = f"{path.name} is not JSON: {error.msg}, line {error.lineno}."
            raise DocumentUnreadable(what, where=str(path)) from None
        except ValueError:
            what = f"{path.name} is not JSON: it holds half a character, or a number of thousands of digits."
            raise DocumentUnreadable(what, where=str(path)) from None
        except RecursionError:
            raise DocumentUnreadable(f"{path.name} is nested too deeply to be a report.", where=str(path)) from None
        if not isinstance(report, dict | list):
            raise DocumentUnreadable(f"{path.name} holds no report, but a single value.", where=str(path))
        head = report if isinstance(report, dict) else {}
        theme = text_or_none(head.get("theme"))
        return ReadDocument(
            path.name,
            tuple(quotation for piece in pieces for quotation in _quotations(piece, theme)),
            tuple(p.passage if isinstance(p, Prose) else Passage(p.text, p.place) for p in pieces),
            corpus_fingerprint=text_or_none(head.get("corpus_fingerprint")),
            theme=theme,
        )


def _quotations(piece: _Piece, theme: str | None) -> tuple[Quotation, ...]:
    return (of_theme(piece, theme),) if isinstance(piece, Quotation) else quotations_of((piece,), theme)


def _pieces(value: object, place: str, *, under_quote_key: bool) -> Iterator[_Piece]:
    if isinstance(value, dict):
        quotation = _quotation(value, place, under_quote_key)
        if quotation:
            yield quotation
            return
        for key, inner in value.items():
            where = f"{place}.{key}" if place else str(key)
            yield from _pieces(inner, where, under_quote_key=key in _QUOTE_KEYS)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _pieces(inner, f"{place}[{number}]", under_quote_key=under_quote_key)
    elif isinstance(value, str) and value.strip():
        yield Prose(value, place, is_quote=under_quote_key)


def _quotation(block: dict[str, object], place: str, under_quote_key: bool) -> Quotation | None:
    text = block.get("text")
    kinds = block.get("kind", block.get("type"))
    if not isinstance(text, str) or not (
        under_quote_key or any(map(_is_quote_kind, kinds if isinstance(kinds, list) else [kinds]))
    ):
        return None
    try:
        stated, printed = attribution_of(block), block.get("attribution")
    except ValueError as error:
        raise DocumentUnreadable(f"At {place} {error}.", where=place) from None
    if stated is None and isinstance(printed, str):
        stated = attribution_alone(printed)
    found = None if stated else quotation_of(text)
    words, attribution = (found.text, found.attribution) if found else (words_of(text), stated)
    if not has_words(words):
        return None
    return Quotation(words, place, attribution, text_or_none(block.get("fragment")), text_or_none(block.get("id")))


def _is_quote_kind(kind: object) -> bool:
    return isinstance(kind, str) and kind.casefold() in _QUOTE_KINDS
