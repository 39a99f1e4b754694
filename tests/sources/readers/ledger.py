"""The ledger of one file, counted a second time."""

from __future__ import annotations

import re

from rapporteur.sources.readers.interface import Reading

_WORD = re.compile(r"\S*[^\W_]\S*")


def words(*texts: str | None) -> int:
    """What stands between white space and has a letter or a digit in it."""
    return sum(len(_WORD.findall(text)) for text in texts if text)


def adds_up(reading: Reading) -> Reading:
    """The reading itself, if every word of its file is in a turn, read as something else, or said to be left out."""
    in_turns = words(*(turn.text for turn in reading.turns))
    left_out = sum(entry.words for entry in reading.left_out)
    assert reading.words == in_turns + sum(reading.read_as.values()) + left_out, (
        reading.words,
        in_turns,
        dict(reading.read_as),
        reading.left_out,
    )
    return reading
