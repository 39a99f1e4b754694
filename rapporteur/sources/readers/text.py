"""What words look like inside rapporteur: NFC, no control characters, no wraps. Given text, gives text."""

from __future__ import annotations

import re
import unicodedata

_WRAP = re.compile(r"(?<![^\S\n])[^\S\n]*\n\s*")  # from the start of the white space only: one look at each
# All of Cc but tab and newline, and lone surrogates, which no store can hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Zero width, direction marks, soft hyphens and byte order marks: no one sees them.
INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean(text: str) -> str:
    r"""Normalise text once, for good: NFC, `\n` for line ends, no control characters, no outer white space.

    A control character that stands for space (a vertical tab, a form feed) becomes one, so that no two
    words are joined; others are dropped.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = _CONTROL.sub(lambda found: " " if found[0].isspace() else "", lines)
    return unicodedata.normalize("NFC", kept).strip()


def unwrap(text: str) -> str:
    """Join the lines of one paragraph or cue: a wrap, with the space around it, is one space."""
    return _WRAP.sub(" ", text.strip())


def count_words(text: str) -> int:
    """How many words a ledger counts: stretches between white space with a letter or a digit in them."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def words_less(text: str, rest: str) -> int:
    """How many words of a text are not in what is left of it: one cut in two ('[Anna]ja') stays one word."""
    return count_words(text) - count_words(rest)


def visible(text: str) -> str:
    """A name as people see it, so that two spellings that look the same are the same.

    For names only: in someone's words a joiner may bear meaning.
    """
    return INVISIBLE.sub("", text)


def shown(value: object, most: int = 80) -> str:
    """As much of a file, or of an error about one, as a message may hold: one line, and nothing a terminal obeys."""
    line = " ".join(clean(visible(str(value))).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def reason(error: Exception) -> str:
    """What an error of a library says, for the end of a sentence of ours."""
    return shown(error, 300).rstrip(".:; ") or type(error).__name__
