"""Dates and times as people write them, made one: ISO dates, `hh:mm:ss.mmm` from the start."""

from __future__ import annotations

import datetime
import re

_MONTHS = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[a-z]+)[-/. ](\d{4})")
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?")


def iso_date(value: object) -> str | None:
    """The day as `yyyy-mm-dd`, from a date or a Dutch or English text (day first); None if it is no day."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = " ".join(str(value).casefold().split())
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return datetime.date(int(year), _MONTHS.get(month) or int(month), int(day)).isoformat()
    except ValueError:
        return None


def timestamp(value: object) -> str | None:
    """A moment in the recording as `hh:mm:ss.mmm`; a text that is no such moment stays as it is.

    Two fields without milliseconds ('19:30') may be a time of day, so they too stay as they are.
    """
    if isinstance(value, datetime.timedelta):
        value = str(datetime.timedelta(seconds=value.total_seconds()))[:-3] if value.microseconds else str(value)
    if isinstance(value, datetime.datetime):
        value = value.time()
    if isinstance(value, datetime.time):
        value = value.isoformat("milliseconds")
    text = str(value).strip()
    found = _CLOCK.fullmatch(text)
    if not found or (found[1] is None and found[4] is None):
        return text or None
    hours, minutes, seconds, fraction = found.groups(default="0")
    return f"{int(hours):02}:{int(minutes):02}:{int(seconds):02}.{fraction:0<3}"


def seconds(moment: str) -> float:
    """A moment as `timestamp` gives it, in seconds; negative where the recording says so."""
    total = 0.0
    for field in moment.lstrip("-").replace(",", ".").split(":"):
        total = total * 60 + float(field)
    return -total if moment.startswith("-") else total
