"""Dates and times as people write them, made one: ISO dates, `hh:mm:ss.mmm` from the start."""

from __future__ import annotations

import datetime
import re

from rapporteur.sources.readers.text import shown

_MONTHS = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"mrt": 3, "sept": 9}
_WEEKDAYS = (
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
    " monday tuesday wednesday thursday friday saturday sunday"
)
_WEEKDAY = re.compile(rf"(?:{_WEEKDAYS.replace(' ', '|')}|ma|di|wo|do|vr|za|zo)\.?,?\s+")
_TIME_OF_DAY = re.compile(
    r",?\s+(?:om\s+)?\d{1,2}[:.]\d{2}(?:\s*(?:uur|u\.?|[ap]\.?m\.?))?(?:\s*[-–]\s*\d{1,2}[:.]\d{2}(?:\s*(?:uur|u))?)?$"
)
_DAYS_OF_EXCEL = range(20_000, 80_000)  # 1954 to 2119, as a cell without a format for dates shows them
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[a-z]+)\.?[-/. ](\d{4}|\d{2})")
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?")


def iso_date(value: object) -> str | None:
    """The day as `yyyy-mm-dd`, from a date or a Dutch or English text (day first); None if it is no day."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and value in _DAYS_OF_EXCEL:
        return (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(value))).isoformat()
    text = " ".join(str(value).casefold().split())
    text = _TIME_OF_DAY.sub("", _WEEKDAY.sub("", text, count=1))
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        year = f"20{year}" if len(year) == 2 else year
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
        return shown(text) or None
    hours, minutes, seconds, fraction = found.groups(default="0")
    return f"{int(hours):02}:{int(minutes):02}:{int(seconds):02}.{fraction:0<3}"


def seconds(moment: str) -> float:
    """A moment as `timestamp` gives it, in seconds; negative where the recording says so."""
    total = 0.0
    for field in moment.lstrip("-").replace(",", ".").split(":"):
        total = total * 60 + float(field)
    return -total if moment.startswith("-") else total
