"""Record JSON of design.md as a model: what a file is held to, and what its schema is made from.

A module of its own, as pydantic takes a third of a second to load: only who has record JSON pays for it.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from rapporteur.types import ROUNDS

MAX_NUMBER = 999_999


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
        None,
        ge=1,
        le=MAX_NUMBER,
        description="Number within the theme; null: not known. Without it the file name must say.",
    )
    date: str | None = Field(None, description="yyyy-mm-dd.")
    language: str | None = Field(None, description="BCP 47, such as nl.")
    host: HostModel | None = None
    participants: int | None = Field(None, ge=0, le=MAX_NUMBER)
    turns: list[TurnModel]
