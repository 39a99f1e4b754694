"""What stands beside a quotation and says who spoke: '(rol, dialoog 2)', '(dialoog 2)', '(rol)', '– rol, dialoog 2'.

A role may hold commas, digits and brackets of its own; either bracket around the whole may be missing, or a
dash may stand for both, as long as a dialogue is named. What is said in running words: `introductions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapporteur.dutch.sessions import DIALOGUE, MAY_NAME_A_SESSION, sessions_in
from rapporteur.dutch.speaking import ANYONE, role_in
from rapporteur.types import Attribution

_ROLE = r"(?:[^()\[\]（）]|\((?:[^()]|\([^()]{0,40}\)){0,80}\)|\[[^\[\]]{0,80}\])"
_NUMBERED = re.compile(
    rf"(?P<open>[(\[（]|[–—−―-]\s+|)\s*(?:(?P<role>{_ROLE}{{1,120}}?)(?:\s*[,;:|]\s*|\s+))??(?<!\w){DIALOGUE}"
    rf"(?:(?:\s*[,;:–—-]|\s+en\b)\s*(?P<late>{_ROLE}{{1,80}}?)(?=\s*[)\]）]))?\s*(?P<close>[)\]）]?)",
    re.IGNORECASE,
)
_LONGEST = 260
_NUMBER_BEHIND = re.compile(rf"[\s,]*\(?\s*{DIALOGUE}\s*\)?", re.IGNORECASE)
_ANOTHER_DIALOGUE = re.compile(DIALOGUE, re.IGNORECASE)
_HAS_DIGIT = re.compile(r"\d")
_BARE = re.compile(rf"[(（]\s*(?P<role>{_ROLE}{{2,80}})[)）]")
_NO_ROLE = re.compile(
    r"\W*(?:\d[\d\W]*|[^()]*\b(?:19|20)\d\d\b|(?:zie|bron|pagina|blz|p|foto|figuur|tabel|kader|bijlage|noot|red|vert|(?:kranten)?kop)\b.*"
    r"|(?:zoals|dat|die|want|wat|dus|als|bijvoorbeeld|bijv|namelijk|oftewel|ofwel|vgl|cf|denk|toen|het|ik|wij|we)\b.*"
    r"|z\.o\.z\.?|sic|lacht|lachend|lach|gelach|stilte|applaus|vertaald.*|cursief.*|onze cursivering)\Z",
    re.IGNORECASE | re.DOTALL,
)
_HEADLINE = re.compile(r"(?:kranten)?kop(?:\s+van(?:\s+een)?)?\b\s*,?\s*", re.IGNORECASE)
_TO_THE_DIALOGUE = re.compile(r"(?:\A|\s+)(?:uit|in|van|bij|tijdens)(?:\s+de)?\Z", re.IGNORECASE)
_INVISIBLE = r"\s\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
# Between a closing mark and what follows it: a full stop, a note's number, a line end.
_BETWEEN = re.compile(
    rf"[{_INVISIBLE}]*[.,;:!?…]*[{_INVISIBLE}]*(?:\[\^?\w{{1,4}}\])?[\u00b9\u00b2\u00b3\u2070-\u2079]*[{_INVISIBLE}]*"
)
_BRACKET = re.compile(r"[(\[（]")
# 'Predikant (dialoog 3)', 'Een predikant uit dialoog 3' as all of a line.
_ON_A_LINE = re.compile(
    rf"(?!(?:wij|we|ik|zij|er|het|dit|dat|in|over)\b)(?P<article>een\s+|de\s+)?"
    rf"(?P<role>[^\W\d_][\w’'/-]*(?:[\s,]+(?!van\b)[\w’'/-]+){{0,4}}?)"
    rf"\s*(?:\(\s*|(?(article)\s(?:uit|in|van)\s+|\(\s*)){DIALOGUE}\s*\)?",
    re.IGNORECASE,
)
_LOOSE_SIGNS = ",;:|/–—·•- "
_DASH = re.compile(r"(?:\s|(?<=[.!?…]))[–—―-]\s*(?=[^\W_])")
_ROLE_IN_A_CELL = re.compile(r"[^\W\d_][\w’'/()-]*(?:[\s,]+[\w’'/()-]+){0,6}")
_SESSION_IN_A_CELL = re.compile(rf"{DIALOGUE}|(?P<digits>\d{{1,2}})", re.IGNORECASE)
_SEVERAL = re.compile(r"\w*(?:dialogen|gesprekken|sessies|bijeenkomsten)(?!\w)", re.IGNORECASE)
_LONGEST_END = 130
_SENTENCE_END = re.compile(r"[.!?]\s")
_AFTER_ALL = " \t\n.,;:!"
# What no role holds when nothing sets it apart: quotation marks, the end of a sentence or line, a dash between words.
_WORDS_OF_SOMEONE = re.compile(r"[.!?…][\"”»’']*\s+(?![a-z])|[\"“”„«»‹›‘]|(?<!\w)'|['’](?!\w)|\n|\s[–—-]\s")


@dataclass(frozen=True, slots=True)
class Stated:
    """An attribution and where it stands: `[start, end)` in the text it was read from.

    `firm`: whether it can be about nothing but these words; a sentence around a few words in marks may be.
    """

    attribution: Attribution
    start: int
    end: int
    firm: bool = True

    @property
    def is_numbered(self) -> bool:
        return self.attribution.dialogue is not None


def attribution_at(text: str, position: int) -> Stated | None:
    """The attribution that follows a closing mark which ends at `position`."""
    start = after_the_mark(text, position)
    numbered = _NUMBERED.match(text, start) if MAY_NAME_A_SESSION.search(text, start, start + _LONGEST) else None
    return _numbered(numbered) or _with_number(text, _bare(_BARE.match(text, start)))


def after_the_mark(text: str, position: int) -> int:
    """Where the words go on after a closing mark that ends at `position`."""
    between = _BETWEEN.match(text, position)
    return between.end() if between else position


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
    return _bare(last) if last and not text[last.end() :].strip(_AFTER_ALL) else None


def dashed_attribution_at_the_end(text: str) -> Stated | None:
    """'– rol, dialoog 2' as the last thing of a text."""
    for dash in _DASH.finditer(text, max(0, len(text) - _LONGEST_END)):
        told = attribution_alone(text[dash.end() :])
        if told and told.dialogue is not None:
            return Stated(told, dash.start(), len(text))
    return None


def attribution_alone(text: str) -> Attribution | None:
    """An attribution that is all of a text: in brackets, or 'rol, dialoog 2', perhaps after a dash."""
    bare = text.strip().rstrip(_AFTER_ALL).lstrip("–—- ")
    bare = one_line(bare) if bare.startswith("(") else bare
    if _WORDS_OF_SOMEONE.search(bare) or (":" in bare and not bare.startswith("(")):
        return None  # 'Gebaseerd op vier verslagen: dialoog 1, dialoog 2' names no speaker
    line = _ON_A_LINE.fullmatch(bare)
    if line:
        return said(text, line["role"], line["numbers"])
    candidate = bare if bare.startswith("(") else f"({bare})"
    stated = attribution_at(candidate, 0)
    if stated is None or stated.end != len(candidate):
        return None
    told = stated.attribution
    if candidate != bare and not told.role and not told.dialogues and _SEVERAL.match(bare):
        return None  # 'Gesprekken 4' says how many there were
    if candidate != bare and (told.dialogue is None or (told.role and "," not in bare)):
        return None
    return Attribution(one_line(text), told.role, told.dialogue, dialogues=told.dialogues)


def attribution_in_cells(role: str, session: str) -> Attribution | None:
    """A role and a session in cells of their own: 'predikant' and 'dialoog 3', or '3'."""
    number = _SESSION_IN_A_CELL.fullmatch(session.strip())
    if not number or not _ROLE_IN_A_CELL.fullmatch(role.strip()):
        return None
    return said(f"{role.strip()}, {session.strip()}", role, number["numbers"] or number["digits"])


def said(text: str, role: str | None, numbers: str | None) -> Attribution:
    """The attribution that reads `text`, of a role as printed and the numbers of one dialogue or more."""
    dialogues = sessions_in(numbers) if numbers else ()
    return Attribution(
        one_line(text),
        specific(role),
        dialogues[0] if dialogues else None,
        dialogues=dialogues if len(dialogues) > 1 else (),
    )


def specific(role: str | None) -> str | None:
    """The role, unless it could be anyone's ('deelnemers'); what it says of a headline is no part of it."""
    words = _HEADLINE.sub("", one_line(role or ""), count=1).strip(_LOOSE_SIGNS)
    bare = role_in(_TO_THE_DIALOGUE.sub("", words)).strip(_LOOSE_SIGNS)
    return None if not bare or bare.casefold() in ANYONE else bare


def printed(role: str | None, dialogue: int | None) -> str:
    """'(rol, dialoog 2)', as a report prints it; empty if nothing is known."""
    parts = [role] if role else []
    parts += [f"dialoog {dialogue}"] if dialogue is not None else []
    return f"({', '.join(parts)})" if parts else ""


def _numbered(match: re.Match[str] | None) -> Stated | None:
    if match is None:
        return None
    role = one_line(match["role"] or "").rstrip(",;: ")
    late = one_line(match["late"] or "")
    if _ANOTHER_DIALOGUE.search(late) or (match["open"] and not role and late and not _HAS_DIGIT.search(late)):
        role = f"{role}, {late}" if role else late
    if not match["open"] and (not role or not match["close"] or _SENTENCE_END.search(role)):
        return None
    return Stated(said(match.group(), role, match["numbers"]), match.start(), match.end())


def _with_number(text: str, stated: Stated | None) -> Stated | None:
    """A role in brackets, and the dialogue if it stands behind them: '(kok), dialoog 2', '(kok) (dialoog 2)'."""
    number = _NUMBER_BEHIND.match(text, stated.end) if stated else None
    if not stated or not number:
        return stated
    words = text[stated.start : number.end()]
    return Stated(said(words, stated.attribution.role, number["numbers"]), stated.start, number.end())


def _bare(match: re.Match[str] | None) -> Stated | None:
    if match is None or _NO_ROLE.match(match["role"]):
        return None
    return Stated(said(match.group(), match["role"], None), match.start(), match.end())


def one_line(text: str) -> str:
    return " ".join(text.split())
