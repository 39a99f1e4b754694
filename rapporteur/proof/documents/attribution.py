"""What stands after a quotation and says who spoke: '(rol, dialoog 2)', '(dialoog 2)', '(rol)'.

A role may hold commas, digits and brackets of its own; either bracket around the whole may be missing, or a
dash may stand for both, as long as a dialogue is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapporteur.types import Attribution

_NUMBER_WORDS = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_DIALOGUE = rf"(?:dialoog|dialogue)(?:\s+(?:nr\.?|nummer))?\s+#?(?P<number>\d+|{'|'.join(_NUMBER_WORDS)})"
_ROLE = r"(?:[^()\[\]（）]|\([^()]*\)|\[[^\[\]]*\])"
_NUMBERED = re.compile(
    rf"(?P<open>[(\[（]|[–—-]\s+|)\s*(?:(?P<role>{_ROLE}{{1,120}}?)\s*[,;:]?\s+)??{_DIALOGUE}(?!\w)"
    rf"(?:(?:\s*[,;:–—-]|\s+en\b)\s*(?P<late>{_ROLE}{{1,80}}?)(?=\s*[)\]）]))?\s*(?P<close>[)\]）]?)",
    re.IGNORECASE,
)
_ANOTHER_DIALOGUE = re.compile(_DIALOGUE, re.IGNORECASE)
_HAS_DIGIT = re.compile(r"\d")
_BARE = re.compile(rf"[(（]\s*(?P<role>{_ROLE}{{2,80}})[)）]")
_NO_ROLE = re.compile(
    r"\W*(?:\d[\d\W]*|(?:zie|bron|pagina|blz|p|foto|figuur|tabel|kader|bijlage|noot|red|(?:kranten)?kop)\b.*|z\.o\.z\.?|sic)\Z",
    re.IGNORECASE | re.DOTALL,
)
# Between a closing mark and what follows it: a full stop, a note's number, a line end.
_BETWEEN = re.compile(
    r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*[.,;:!?…]*[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*(?:\[\^?\w{1,4}\])?[\u00b9\u00b2\u00b3\u2070-\u2079]*[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
)
_BRACKET = re.compile(r"[(\[（]")
_SENTENCE_END = re.compile(r"[.!?]\s")
# What no role holds when nothing sets it apart: quotation marks, the end of a sentence or line, a dash between words.
_WORDS_OF_SOMEONE = re.compile(r"[.!?…][\"”»’']*\s+(?![a-z])|[\"“”„«»‹›‘]|(?<!\w)'|['’](?!\w)|\n|\s[–—-]\s")
# A longer number names no dialogue, but is one all the same.
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Stated:
    """An attribution and where it stands: `[start, end)` in the text it was read from."""

    attribution: Attribution
    start: int
    end: int


def attribution_at(text: str, position: int) -> Stated | None:
    """The attribution that follows a closing mark which ends at `position`."""
    between = _BETWEEN.match(text, position)
    start = between.end() if between else position
    return _numbered(_NUMBERED.match(text, start)) or _bare(_BARE.match(text, start))


def numbered_attributions(text: str) -> list[Stated]:
    """Every attribution in brackets that names a dialogue."""
    found = []
    position = 0
    while (bracket := _BRACKET.search(text, position)) is not None:
        stated = _numbered(_NUMBERED.match(text, bracket.start()))
        if stated:
            found.append(stated)
        position = stated.end if stated else bracket.end()
    return found


def bare_attribution_at_the_end(text: str) -> Stated | None:
    """A role in brackets as the last thing of a text."""
    last = None
    for match in _BARE.finditer(text):
        last = match
    return _bare(last) if last and not text[last.end() :].strip(" .\n\t") else None


def attribution_alone(text: str) -> Attribution | None:
    """An attribution that is all of a text: in brackets, or 'rol, dialoog 2', perhaps after a dash."""
    bare = text.strip().rstrip(".").lstrip("–—- ")
    if _WORDS_OF_SOMEONE.search(bare):
        return None
    candidate = bare if bare.startswith("(") else f"({bare})"
    stated = attribution_at(candidate, 0)
    if stated is None or stated.end != len(candidate):
        return None
    told = stated.attribution
    if candidate != bare and (told.dialogue is None or (told.role and "," not in bare)):
        return None
    return Attribution(_tidy(text), told.role, told.dialogue)


def number_of(digits: str) -> int:
    """The number of a dialogue; of one that is far too long its first digits."""
    word = digits.lower()
    return _NUMBER_WORDS.index(word) if word in _NUMBER_WORDS else int(digits[:_MOST_DIGITS])


def printed(role: str | None, dialogue: int | None) -> str:
    """'(rol, dialoog 2)', as a report prints it; empty if nothing is known."""
    parts = [role] if role else []
    parts += [f"dialoog {dialogue}"] if dialogue is not None else []
    return f"({', '.join(parts)})" if parts else ""


def _numbered(match: re.Match[str] | None) -> Stated | None:
    if match is None:
        return None
    role = _tidy(match["role"] or "").rstrip(",;: ")
    late = _tidy(match["late"] or "")
    if _ANOTHER_DIALOGUE.search(late) or (match["open"] and not role and late and not _HAS_DIGIT.search(late)):
        role = f"{role}, {late}" if role else late
    if not match["open"] and (not role or not match["close"] or _SENTENCE_END.search(role)):
        return None
    return Stated(
        Attribution(_tidy(match.group()), role or None, number_of(match["number"])), match.start(), match.end()
    )


def _bare(match: re.Match[str] | None) -> Stated | None:
    if match is None or _NO_ROLE.match(match["role"]):
        return None
    role = _tidy(match["role"])
    return Stated(Attribution(_tidy(match.group()), role, None), match.start(), match.end())


def _tidy(text: str) -> str:
    return " ".join(text.split())
