"""Record JSON, the canonical input of design.md: the model it is held to, its schema, its reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.files import read_text
from rapporteur.sources.readers.interface import Metadata, Reading
from rapporteur.sources.readers.rounds import round_of
from rapporteur.sources.readers.times import iso_date
from rapporteur.types import ROUNDS, Host, Locator, Turn


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class TurnModel(_Model):
    """One utterance, in the order of the session."""

    text: str = Field(description="The words as spoken.")
    speaker: str | None = Field(None, description="Who spoke; never printed in a report.")
    role: str | None = Field(None, description="The role a report prints, such as 'wijkverpleegkundige'.")
    round: str | None = Field(
        None, description="The round of the dialogue.", json_schema_extra={"enum": [*ROUNDS, None]}
    )
    start: str | None = Field(None, description="hh:mm:ss.mmm from the start of the recording.")
    end: str | None = Field(None, description="hh:mm:ss.mmm from the start of the recording.")
    id: str | None = Field(None, description="Kept as given; unique within the record.")


class HostModel(_Model):
    role: str | None = None
    municipality: str | None = None


class RecordModel(_Model):
    """One session of a citizens' dialogue. Unknown keys are ignored."""

    programme: str | None = None
    track: str | None = Field(None, description="burger, middenveld or wetenschap.")
    theme: str | None = Field(None, description="Without it the folder or --theme must say.")
    dialogue: int | None = Field(
        None, ge=1, description="Number within the theme; null: not known. Without it the file name must say."
    )
    date: str | None = Field(None, description="yyyy-mm-dd.")
    language: str | None = Field(None, description="BCP 47, such as nl.")
    host: HostModel | None = None
    participants: int | None = Field(None, ge=0)
    turns: list[TurnModel]


def json_schema() -> dict[str, Any]:
    """The JSON schema of a record file, for `rapporteur schema record`."""
    return RecordModel.model_json_schema() | {"title": "rapporteur session record"}


class CanonicalReader:
    suffixes: tuple[str, ...] = (".json",)

    def read(self, path: Path, name: str) -> Reading:
        decoded = read_text(path, name)
        record = _validated(decoded.text, name)
        _refuse_double_ids(record, name)
        turns = tuple(_turn(turn, n, name) for n, turn in enumerate(record.turns, start=1))
        return Reading(_metadata(record), turns, warnings=(*decoded.warnings, *_warnings(record)))


def _validated(text: str, name: str) -> RecordModel:
    try:
        return RecordModel.model_validate_json(text.removeprefix("\ufeff"))
    except ValidationError as error:
        first, *others = error.errors(include_url=False, include_context=False, include_input=False)
        place = ".".join(map(str, first["loc"]))
        more = f" ({len(others)} more like it)" if others else ""
        raise RecordRefused(
            f"It is no record JSON: {place + ': ' if place else ''}{first['msg']}{more}.",
            where=name,
            hint="`rapporteur schema record` prints what a record file looks like.",
        ) from error


def _refuse_double_ids(record: RecordModel, name: str) -> None:
    seen: set[str] = set()
    for turn in record.turns:
        if turn.id in seen:
            raise RecordRefused(f"Two turns have the id '{turn.id}'; ids must be unique in a record.", where=name)
        if turn.id is not None:
            seen.add(turn.id)


def _turn(turn: TurnModel, number: int, name: str) -> Turn:
    return Turn(
        text=turn.text,
        speaker=turn.speaker,
        role=turn.role,
        round=round_of(turn.round),
        start=turn.start,
        end=turn.end,
        id=turn.id,
        locator=Locator(name, paragraph=number, timestamp=turn.start),
    )


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
    warnings = [f"'{name}' is no round that rapporteur knows." for name in rounds]
    if record.date and not iso_date(record.date):
        warnings.append(f"The date '{record.date}' was not understood, so it was not used.")
    return warnings
