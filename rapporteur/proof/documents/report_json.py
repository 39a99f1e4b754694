"""A report as JSON: quote blocks wherever they stand, and prose with quotations between marks.

A quote block is an object with words under "text" that has the kind "quote", or stands under a key that says
so. Everything else is read as prose, whatever its keys, but for names that programs give things.
What is printed of who spoke (in the words, then under "attribution") counts before the fields "role" and
"dialogue", as a reader sees only that; where they contradict each other, that is an error.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.attribution import attribution_alone, one_line
from rapporteur.proof.documents.files import text_of, value_of
from rapporteur.proof.documents.finding import Found, has_words, marked_as_a_whole, quotation_of, words_of
from rapporteur.proof.documents.interface import Passage, ReadDocument
from rapporteur.proof.documents.introductions import attribution_before
from rapporteur.proof.documents.jsonl import attribution_of, text_or_none
from rapporteur.proof.documents.prose import Prose, of_theme, read_prose
from rapporteur.proof.documents.unread import finding
from rapporteur.types import Attribution, Finding, Quotation

_QUOTE_KINDS = frozenset({"quote", "pull_quote", "pull-quote", "citaat"})
_QUOTE_KEYS = frozenset({"quote", "quotes", "pull_quote", "pull_quotes", "quotations"})
_HEADING_KEYS = frozenset({"heading", "title", "kop", "titel"})
# Under these keys a text without white space is for programs.
_NOT_PRINTED = frozenset(
    "id key kind type fragment corpus_fingerprint fingerprint voice language drafted template theme track".split()
)


@dataclass(frozen=True, slots=True)
class _Block:
    """A quote block: what is quoted, and how it contradicts itself, if it does."""

    quotation: Quotation
    contradiction: Finding | None = None


_Piece = Prose | _Block


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
        return _assembled(path.name, pieces, text_or_none(head.get("theme")), head)


def _assembled(name: str, pieces: tuple[_Piece, ...], theme: str | None, head: dict[str, object]) -> ReadDocument:
    """Every text is a passage of its own: no quotation runs from one into the next."""
    quotations: list[Quotation] = []
    said_of_reading: list[Finding] = []
    passages: list[Passage] = []
    heading = ""
    for piece in pieces:
        if isinstance(piece, _Block):
            here = Passage(piece.quotation.text, piece.quotation.place, heading, None, (len(quotations),))
            quotations.append(of_theme(piece.quotation, theme))
            passages.append(here)
            continue
        read = read_prose(name, [piece], theme=theme)
        for passage in read.passages:
            numbers = tuple(len(quotations) + number for number in passage.quotations)
            passages.append(replace(passage, heading=heading, quotations=numbers))
        quotations += read.quotations
        said_of_reading += read.findings
        heading = one_line(piece.text) if piece.level is not None else heading
    contradictions = (p.contradiction for p in pieces if isinstance(p, _Block) and p.contradiction)
    fingerprint = text_or_none(head.get("corpus_fingerprint"))
    return ReadDocument(
        name, tuple(quotations), tuple(passages), fingerprint, theme, (*contradictions, *said_of_reading)
    )


def _pieces(value: object, place: str, *, under_quote_key: bool, level: int | None = None) -> Iterator[_Piece]:
    if isinstance(value, dict):
        block = _quote_block(value, place, under_quote_key)
        if block:
            yield block
            return
        rank = value.get("level")
        for key, inner in value.items():
            if key in _NOT_PRINTED and isinstance(inner, str) and len(inner.split()) == 1:
                continue
            where = f"{place}.{key}" if place else str(key)
            heads = (rank if isinstance(rank, int) else 1) if key in _HEADING_KEYS else None
            yield from _pieces(inner, where, under_quote_key=key in _QUOTE_KEYS, level=heads)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _pieces(inner, f"{place}[{number}]", under_quote_key=under_quote_key)
    elif isinstance(value, str) and value.strip():
        yield Prose(value, place, is_quote=under_quote_key, level=level)


# ---------------------------------------------------------------------------------- a quote block


def _quote_block(block: dict[str, object], place: str, under_quote_key: bool) -> _Block | None:
    text = block.get("text")
    kinds = block.get("kind", block.get("type"))
    if not isinstance(text, str) or not (
        under_quote_key or any(map(_is_quote_kind, kinds if isinstance(kinds, list) else [kinds]))
    ):
        return None
    try:
        fields = attribution_of(block)
    except ValueError as error:
        raise DocumentUnreadable(f"At {place} {error}.", where=place) from None
    printed = _printed(block.get("attribution"))
    within = _with_its_attribution(text) if fields or printed else quotation_of(text)
    words = within.text if within else words_of(text)
    if not has_words(words):
        return None
    stated = [one for one in (within.attribution if within else None, printed, fields) if one]
    fragment, identity = text_or_none(block.get("fragment")), text_or_none(block.get("id"))
    quotation = Quotation(words, place, _merged(stated), fragment, identity)
    return _Block(quotation, _contradiction(quotation, stated))


def _with_its_attribution(text: str) -> Found | None:
    """A text between marks with '(rol, dialoog 2)' behind them; brackets of the words themselves are no attribution."""
    marked = marked_as_a_whole(text)
    return marked if marked and marked.attribution and marked.attribution.dialogue is not None else None


def _printed(value: object) -> Attribution | None:
    """What the block prints of who spoke."""
    if not isinstance(value, str) or not has_words(value):
        return None
    bare = value.strip().removeprefix("(").removesuffix(")")
    alone = attribution_alone(value) or attribution_alone(f"({bare})")
    if alone:
        return alone
    stated = attribution_before(f"{value}:", len(value) + 1, 0)
    return stated.attribution if stated else Attribution(one_line(value))


def _merged(stated: list[Attribution]) -> Attribution | None:
    """The first that is stated, and what it leaves open from those behind it."""
    if not stated:
        return None
    first = stated[0]
    return Attribution(
        first.text,
        next((one.role for one in stated if one.role), None),
        next((one.dialogue for one in stated if one.dialogue is not None), None),
        next((one.theme for one in stated if one.theme), None),
        next((one.dialogues for one in stated if one.dialogue is not None), ()),
        next((one.fragment for one in stated if one.fragment), None),
    )


def _contradiction(quotation: Quotation, stated: list[Attribution]) -> Finding | None:
    for first, other in pairwise(stated):
        roles = {_as_typed(one.role) for one in (first, other) if one.role}
        numbers = {one.dialogues or one.dialogue for one in (first, other) if one.dialogue is not None}
        if len(roles) > 1 or len(numbers) > 1:
            why = f"The block says two things of who spoke: ‘{first.text}’ is printed, its fields say ‘{other.text}’."
            suggestion = "Make the fields and the printed attribution say the same."
            return finding("attribution", "error", why, quotation.place, text=quotation.text, suggestion=suggestion)
    return None


def _as_typed(role: str) -> str:
    """A role without what a word processor sets by itself: capitals and curly apostrophes."""
    return one_line(role).casefold().replace("’", "'")


def _is_quote_kind(kind: object) -> bool:
    return isinstance(kind, str) and kind.casefold() in _QUOTE_KINDS
