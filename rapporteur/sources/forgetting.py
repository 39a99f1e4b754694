"""What goes from the prose of saved reports when a session is forgotten: roles that nobody who is left has."""

from __future__ import annotations

import re
from typing import Any

from rapporteur.types import Record

_PRINTED = frozenset({"text", "title", "items", "rows", "cells"})  # what a block of a saved report prints


def replaced(value: Any, role: re.Pattern[str], *, printed: bool = False) -> Any:
    """A saved report with a role in its prose replaced; ids, kinds and digests stay as they are."""
    if isinstance(value, dict):
        return {
            key: replaced(inner, role, printed=key in _PRINTED or key == "sections") for key, inner in value.items()
        }
    if isinstance(value, list):
        return [replaced(inner, role, printed=printed) for inner in value]
    return role.sub("deelnemer", value) if printed and isinstance(value, str) else value


def role_parts(record: Record) -> set[str]:
    """The roles in a record as a report may print them: whole, and the first part, in lower case."""
    roles = {turn.role.strip() for turn in record.turns if turn.role}
    return {
        part.casefold() for role in roles for part in (role, role.split(",")[0].split("(")[0].strip()) if len(part) > 2
    }
