"""Record JSON, the canonical input of design.md: its reader and its schema."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.files import read_text
from rapporteur.sources.readers.interface import Metadata, Reading
from rapporteur.sources.readers.rounds import round_of
from rapporteur.sources.readers.text import clean, count_words, shown
from rapporteur.sources.readers.times import iso_date
from rapporteur.types import Host, Locator, Turn

if TYPE_CHECKING:
    from rapporteur.sources.readers.record_model import RecordModel, TurnModel

_START = 100_000
# Whisper, WhisperX, whisper.cpp, Deepgram, AWS and their like.
_RECORDERS = re.compile(r'"(?:segments|transcription|word_segments|utterances|monologues|results)"\s*:')
_OF_A_RECORDER = "It looks like a recorder's own JSON: have that program write .vtt or .srt, and index that file."
_OF_A_RECORD = "`rapporteur schema record` prints what a record file looks like."


def json_schema() -> dict[str, Any]:
    """The JSON schema of a record file, for `rapporteur schema record`."""
    from rapporteur.sources.readers.record_model import RecordModel

    return RecordModel.model_json_schema() | {"title": "rapporteur session record"}


class CanonicalReader:
    suffixes: tuple[str, ...] = (".json",)

    def read(self, path: Path, name: str) -> Reading:
        decoded = read_text(path, name)
        record = _validated(decoded.text, name)
        _refuse_double_ids(record, name)
        turns = tuple(_turn(turn, n, name) for n, turn in enumerate(record.turns, start=1))
        words = sum(count_words(turn.text) for turn in turns)
        return Reading(_metadata(record), turns, warnings=(*decoded.warnings, *_warnings(record)), words=words)


def _validated(text: str, name: str) -> RecordModel:
    from pydantic import ValidationError

    from rapporteur.sources.readers.record_model import RecordModel

    try:
        return RecordModel.model_validate_json(text.removeprefix("\ufeff"))
    except ValidationError as error:
        first, *others = error.errors(include_url=False, include_context=False, include_input=False)
        place = shown(".".join(map(str, first["loc"])))
        more = f" ({len(others)} more like it)" if others else ""
        raise RecordRefused(
            f"It is no record JSON: {place + ': ' if place else ''}{first['msg']}{more}.",
            where=name,
            hint=_OF_A_RECORDER if _RECORDERS.search(text[:_START]) else _OF_A_RECORD,
        ) from error


def _refuse_double_ids(record: RecordModel, name: str) -> None:
    seen: set[str] = set()
    for turn in record.turns:
        own = _id(turn)
        if own in seen:
            raise RecordRefused(f"Two turns have the id '{shown(own)}'; ids must be unique in a record.", where=name)
        if own is not None:
            seen.add(own)


def _turn(turn: TurnModel, number: int, name: str) -> Turn:
    start, end = (moment and shown(moment) for moment in (turn.start, turn.end))
    return Turn(
        text=turn.text,
        speaker=turn.speaker,
        role=turn.role,
        round=round_of(turn.round),
        start=start,
        end=end,
        id=_id(turn),
        locator=Locator(name, paragraph=number, timestamp=start),
    )


def _id(turn: TurnModel) -> str | None:
    """As given, but for what no store or terminal can hold."""
    return None if turn.id is None else clean(turn.id)


def _metadata(record: RecordModel) -> Metadata:
    said = record.model_fields_set
    return Metadata(
        programme=record.programme,
        track=record.track,
        theme=record.theme,
        dialogue=record.dialogue,
        dialogue_unknown="dialogue" in said and record.dialogue is None,
        date=iso_date(record.date),
        language=record.language,
        host=Host(record.host.role, record.host.municipality) if record.host else None,
        participants=record.participants,
    )


def _warnings(record: RecordModel) -> list[str]:
    rounds = {turn.round: None for turn in record.turns if turn.round and round_of(turn.round) is None}
    warnings = [f"'{shown(name)}' is no round that rapporteur knows." for name in rounds]
    if record.date and not iso_date(record.date):
        warnings.append(f"The date '{shown(record.date)}' was not understood, so it was not used.")
    return warnings
