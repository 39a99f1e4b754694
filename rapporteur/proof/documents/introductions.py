"""Who spoke, as running words around a quotation say it.

Before: 'Een deelnemer uit dialoog 3 zei: ‘…’', 'Volgens een wijkverpleegkundige (dialoog 2): ‘…’',
'Kok, dialoog 2: ‘…’', 'Een kok: ‘…’'. After: '‘…’, aldus een kok in dialoog 4', '‘…’ zei een kok (dialoog 4)'.
Limits: an introduction with no verb of speaking is looked for in the sentence before in a single form only,
'Ook de kok uit dialoog 3 herkent dit. ‘…’'; of a role in running words nothing is kept from 'die', 'met' or 'uit' on,
and words for just anyone ('een vrouw') are no role.
"""

from __future__ import annotations

import re

from rapporteur.dutch.sessions import DIALOGUE, SESSION, TO_A_SESSION
from rapporteur.dutch.speaking import (
    BEFORE_A_ROLE,
    UNSPECIFIC,
    VERBS_OF_AGREEING,
    VERBS_OF_SEVERAL,
    VERBS_OF_SPEAKING,
    WHAT_IS_AGREED_WITH,
    WHAT_IS_SAID,
)
from rapporteur.proof.documents.attribution import (
    Stated,
    after_the_mark,
    attribution_at,
    numbered_attributions,
    said,
)
from rapporteur.types import Attribution

_LONGEST = 240
_VERB = rf"(?:{'|'.join(sorted(VERBS_OF_SPEAKING, key=len, reverse=True))})"
_ARTICLE = r"(?:een|één|eén|’n|'n|de|deze|enkele|meerdere|twee|drie)"
_ROLE_WORDS = r"[\w’'&/-]+(?:,?\s+(?!(?:{stop})\b)[\w’'&/-]+){{0,6}}"
_STOP = (
    r"die|dat|met|uit|tijdens|over|hoe|wat|het|ook|dit|er|zich|aan|op|naar|toe|af|mee|voor|samen|zo|nog|dan|terug"
    r"|van(?=\s+(?:een|de|het|deze|mijn|haar|zijn|meer)\s)"
    rf"|(?:er|daar|hier)(?:op|aan|over|bij|mee|naar|toe|van|door|in|uit|voor|tegen|na)|{_VERB}"
)
_STOP_AT_IN = rf"{_STOP}|{TO_A_SESSION}"
_ASIDE = rf"\((?![^()]*(?:{SESSION}|dial\.|(?-i:D)\d))[^()]{{1,40}}\)"  # 'een student (mbo)'
_PERSON = rf"(?<!\w){_ARTICLE}\s+(?!{WHAT_IS_SAID}\s)(?P<role>{_ROLE_WORDS.format(stop=_STOP_AT_IN)}(?:\s{_ASIDE})?)"
_NUMBERED = re.compile(rf"(?<!\w){DIALOGUE}", re.IGNORECASE)
_SPEAKS = re.compile(rf"(?<!\w){_VERB}(?!\w)", re.IGNORECASE)
_MORE_OF_THEM = r"(?:\s+(?:uit|met|die|in|van|bij|tijdens)\b[^.:;()]{0,60}?)?"
_PERSON_THEN_WHERE = re.compile(
    rf"{_PERSON}{_MORE_OF_THEM}[\s,(]*(?:(?:uit|in|van|bij|tijdens)\s+)?(?:de\s+)?\Z", re.IGNORECASE
)
_PERSON_SPEAKS = re.compile(
    rf"(?:{_PERSON}\s+{_VERB}(?!\w)|(?<!\w){_VERB}\s+(?:ook\s+)?{_PERSON.replace('<role>', '<late>')})", re.IGNORECASE
)
_PERSON_ALONE = re.compile(rf"\W*{_PERSON}{_MORE_OF_THEM}\W*\Z", re.IGNORECASE)
_PERSON_AT_THE_END = re.compile(rf"\b(?:van|door)\s+{_PERSON}\W*\Z", re.IGNORECASE)
_BRACKETED = re.compile(r"[(（][^()（）]{2,120}[)）]\s*\Z")
_COLON = re.compile(r"[:：]\s*[–—-]?\s*\Z")
_NEW_SENTENCE = re.compile(r"[.!?…][\"”’»)]*\s+(?=[\"“‘'(\[]?[A-ZÀ-Ý])|\n\s*\n|[;•]")
_ONE_PERSON = rf"[\w’'/-]+(?:\s+(?!(?:{_STOP_AT_IN}|en|of|de|een)\b)[\w’'/-]+){{0,3}}"
_SENTENCE_BEFORE = re.compile(
    rf"(?:[^.:;!?\n]{{2,90}}:\s+)?(?:(?:ook|zo|en)\s+)?(?:een|één|de)\s+(?P<role>{_ONE_PERSON})"
    rf"\s+(?:uit|in|van|bij|tijdens)\s+(?:de\s+)?{DIALOGUE}\s+(?:{'|'.join(sorted(VERBS_OF_AGREEING))})"
    rf"(?:\s+(?:{'|'.join(sorted(WHAT_IS_AGREED_WITH))})){{0,5}}\s*[.!]",
    re.IGNORECASE,
)
_LABEL_WORDS = 8
# A lead that starts so, and names no verb that is known, is a sentence and no label: 'In dialoog 3 wees een kok op …'.
_OPENS_A_SENTENCE = re.compile(r"(?:in|tijdens|uit|bij|vanuit|op)\s", re.IGNORECASE)
_SOMEONE = re.compile(
    rf"(?<!van )(?<!\w)(?:een|één|eén|’n|'n)\s+(?P<role>{_ROLE_WORDS.format(stop=_STOP_AT_IN)})", re.IGNORECASE
)
_NAME = re.compile(
    r"\W*[A-ZÀ-Ý][\w’'-]+(?:\s+(?:van|de|der|den|het|ten|ter|te|von|el|al))*(?:\s+[A-ZÀ-Ý][\w’'-]*\.?)+\W*\Z"
)
_ENDS = r".!?:;\n(‘“„\"«"
# A role of two, and then the dialogue: 'een kok, moeder van twee in dialoog 3'.
_MORE_OF_A_ROLE = (
    r",\s+(?!(?:maar|en|die|dat|terwijl|want|waarna|toen|ook|net|zoals|al|wat|waar|hoewel|omdat|als|of|dus)\s)"
    rf"(?:[\w’'&/-]+\s+){{1,5}}?{TO_A_SESSION}"
)
_AFTERWARDS = re.compile(
    rf"(?P<start>(?:zo|dat|dit|aldus)\s+)?{_VERB}(?!\w)(?P<who>(?:[^{_ENDS}]|{_ASIDE}(?=\s+\w)){{0,100}}?)"
    rf"(?:[\s(,]+(?P<where>{DIALOGUE})\s*\)?|(?=\s*(?!{_ASIDE}\s+(?:uit|in|van|tijdens)\s|{_MORE_OF_A_ROLE})(?:[,{_ENDS}]|\Z)))",
    re.IGNORECASE,
)
# 'kok (dialoog 4)' or 'Kok, dialoog 4' as all that follows.
_LOOSE = re.compile(
    rf"[–—~/*_-]*\s*(?P<role>[\w’'/-]+(?:\s+[\w’'/-]+){{0,4}})\s*[,(]\s*{DIALOGUE}\s*\)?[*_]*(?=[.;]?\s*(?:\n|\Z))",
    re.IGNORECASE,
)
_SAID_AT_THE_END = re.compile(r"[,.!?…]\s*(?=(?:aldus|volgens)\s)", re.IGNORECASE)
_PARTICIPLE = r"(?:aangegeven|aangekaart|benoemd|besproken|gemeld|genoemd|geopperd|gezegd|verteld|voorgesteld)"
_HELPS = r"(?:wordt|worden|werd|werden|is|zijn|was|waren|heeft|hebben|had|hadden)"
_ANY_VERB = rf"(?:{_VERB}|{'|'.join(sorted(VERBS_OF_SEVERAL))})"
# 'volgens een kok', 'een kok vertelde dat', 'werd genoemd'.
_TOLD = re.compile(
    rf"(?<!\w)(?:volgens|aldus|{_ANY_VERB}(?!\w)[^.!?]*?(?<!\w)(?:dat|of|hoe|wat|waarom|over|te)"
    rf"|{_HELPS}(?!\w)[^.!?]*?(?<!\w){_PARTICIPLE})(?!\w)",
    re.IGNORECASE,
)
_SPEAKS_AT_THE_END = re.compile(
    rf"(?<!\w)(?!(?:be)?noem|(?:be|om)schr){_VERB}(?:\s+(?:ook|dat|eens|het zo))?\s*\Z", re.IGNORECASE
)
_INTERRUPTION = re.compile(rf"[\s,]*(?:zo\s+)?{_VERB}(?!\w)[^.!?:;\n]{{0,{_LONGEST // 2}}}[,.]?\s*", re.IGNORECASE)
_ADDS_TO_A_ROLE = re.compile(r"(?:^|\s+)(?:die|dat|met|uit|tijdens|over)\s.*|,?\s+$", re.IGNORECASE | re.DOTALL)


def attribution_before(text: str, position: int, since: int) -> Stated | None:
    """What the sentence before an opening mark at `position` says of who speaks; `since`: where it may start."""
    start = max(since, position - _LONGEST)
    sentence_start = max((m.end() for m in _NEW_SENTENCE.finditer(text, start, position)), default=start)
    lead = text[sentence_start:position]
    colon = _COLON.search(lead)
    speaks = _SPEAKS.search(lead)
    if not colon and not speaks:
        return None
    told = _lead_in(lead[: colon.start()] if colon else lead, labelled=bool(colon), speaks=bool(speaks))
    return Stated(told, sentence_start, position, firm=bool(colon)) if told else None


def attribution_in_the_sentence_before(text: str, position: int, since: int) -> Attribution | None:
    """What a whole sentence right before an opening mark says of who speaks next: 'De kok uit dialoog 3 herkent dit.'

    Only where it says no more than that; for a quotation of which nothing else says who spoke.
    """
    end = len(text[:position].rstrip())
    start = max(since, end - _LONGEST)
    sentence_start = max((m.end() for m in _NEW_SENTENCE.finditer(text, start, end)), default=start)
    match = _SENTENCE_BEFORE.fullmatch(text[sentence_start:end].strip())
    return said(match.group(), _bare(match["role"]), match["numbers"]) if match else None


def attribution_afterwards(text: str, position: int) -> Stated | None:
    """What the words after a closing mark that ends at `position` say of who spoke: ', aldus een kok in dialoog 4'."""
    start = after_the_mark(text, position)
    match = _AFTERWARDS.match(text, start)
    if match is None:
        loose = _LOOSE.match(text, start)
        return Stated(said(loose.group(), loose["role"], loose["numbers"]), start, loose.end()) if loose else None
    if _introduces_the_next(text, match):
        return None
    bracketed = attribution_at(text, match.end()) if not match["where"] else None
    person = _person_in(match["who"])
    if bracketed and (bracketed.is_numbered or person):
        told = bracketed.attribution
        role = told.role if told.role else person
        numbers = " ".join(map(str, told.dialogues or ((told.dialogue,) if told.dialogue is not None else ())))
        return Stated(said(text[start : bracketed.end], role, numbers), start, bracketed.end)
    if not match["where"] and not person:
        return None
    return Stated(said(match.group(), person, match["numbers"]), start, match.end())


def is_interruption(between: str) -> bool:
    """Whether what stands between two quotations only says who speaks: ', zei een kok uit dialoog 3, '."""
    return _INTERRUPTION.fullmatch(between) is not None


def speaks_at_the_end(lead: str) -> bool:
    """Whether what comes next is what somebody says: 'Een kok zei'."""
    return _SPEAKS_AT_THE_END.search(lead) is not None


def is_indirect(sentence: str) -> bool:
    """Whether a sentence tells in the writer's words what somebody said: 'Een kok vertelde dat …'."""
    return bool(_TOLD.search(sentence) or _PERSON_SPEAKS.search(sentence))


def _introduces_the_next(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like an end ('Volgens een kok:') is the start of something new."""
    bracketed = attribution_at(text, match.end())
    end = bracketed.end if bracketed else match.end()
    starts_anew = match.group()[0].isupper() and not match["start"] and not match.group().startswith("Aldus")
    return starts_anew or text[end : end + 2].lstrip().startswith(":")


def attribution_in_words_at_the_end(text: str, start: int) -> Stated | None:
    """', aldus een kok in dialoog 4' as the last thing of a text, where the closing mark before it is missing."""
    for match in _SAID_AT_THE_END.finditer(text, start):
        stated = attribution_afterwards(text, match.end())
        if stated and not text[stated.end :].strip(" \t\n.,;:!"):
            return Stated(stated.attribution, match.start() + 1, stated.end)
    return None


def _lead_in(lead: str, *, labelled: bool, speaks: bool) -> Attribution | None:
    bracket = _BRACKETED.search(lead)
    stated = attribution_at(lead, bracket.start()) if bracket else None
    in_brackets = stated.attribution.role if stated else None
    numbers = list(_NUMBERED.finditer(lead))
    if stated and in_brackets and (stated.is_numbered or not numbers):
        return stated.attribution
    whole = [one.attribution for one in numbered_attributions(lead) if one.attribution.role]
    if len(whole) == 1:
        return whole[0]
    if numbers:
        role = (
            in_brackets
            or _role_beside(lead, numbers[0])
            or (_label(lead, numbers[0]) if labelled and not speaks else None)
        )
        return said(lead, role, " ".join(match["numbers"] for match in numbers))
    person = _person_in(lead) if labelled else None
    if person:
        return said(lead, person, None)
    return Attribution(" ".join(lead.split())) if labelled and _NAME.match(lead) else None


def _role_beside(lead: str, number: re.Match[str]) -> str | None:
    """The person a sentence names beside a dialogue: 'een kok uit dialoog 2', 'in dialoog 2 zei een kok'."""
    before = _PERSON_THEN_WHERE.search(lead[: number.start()])
    around = f"{lead[: number.start()]} {lead[number.end() :]}"
    return _bare(before["role"]) if before else _person_in(around)


def _person_in(words: str) -> str | None:
    """'zei een kok', 'een kok vertelt', 'een kok'."""
    match = _PERSON_SPEAKS.search(words)
    if match:
        return _bare(match["role"] or match["late"])
    alone = _PERSON_ALONE.match(words)
    return _bare(alone["role"]) if alone else None


def _label(lead: str, number: re.Match[str]) -> str | None:
    """What stands beside a dialogue in a label: 'Kok, dialoog 2', 'Dialoog 2 (kok)'."""
    words = f"{lead[: number.start()]} {lead[number.end() :]}".strip(" \t\n,;()–—-*•+")
    person = _PERSON_AT_THE_END.search(words)
    if person:
        return _bare(person["role"])
    if _OPENS_A_SENTENCE.match(words):
        someone = _SOMEONE.search(words)
        return _bare(someone["role"]) if someone else None
    return words if 0 < len(words.split()) <= _LABEL_WORDS else None


def _bare(role: str) -> str | None:
    """A role without what is said about the person: 'andere kok uit Ede' -> 'kok'; None for just anyone."""
    words = _ADDS_TO_A_ROLE.sub("", role).strip(" ,").split()
    while len(words) > 1 and words[0].casefold() in BEFORE_A_ROLE:
        words = words[1:]
    bare = " ".join(words)
    return None if bare.casefold() in UNSPECIFIC else bare
