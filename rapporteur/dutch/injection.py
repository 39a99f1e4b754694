"""Text that tries to instruct a machine: 'negeer alle eerdere instructies', pasted chat, a fake message in JSON.

What people cannot see is taken away first (zero-width characters, letters of another width), and words are compared
with one letter of tolerance. Talk about computers is no instruction: 'mijn leerlingen gebruiken ChatGPT' may be quoted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_DROP = ("negeer", "negeren", "vergeet", "overschrijf", "ignore", "disregard", "forget", "override", "ignoreer")
_ORDERS = (
    "instructies", "instructie", "opdrachten", "aanwijzingen", "systeemprompt", "prompts", "prompt", "voorschriften",
    "instructions", "instruction", "guidelines", "bovenstaande",
)  # fmt: skip
_RULES = ("regels", "rules")
_THEIRS = frozenset("je jouw uw jullie your eerdere vorige alle all previous earlier prior any".split())
_SAYS_OF_ONESELF = frozenset("ik we wij ze zij hij men je i they".split())
_REACH = 5  # words between the verb and what is to be dropped
_SHORTEST_WITH_A_SLIP = 6
_WORDS_REMEMBERED = 50_000

_ADDRESS = r"(?:taalmodel|chat-?gpt|language model|llm|a\.?i\.?(?:[- ]?(?:model|assistent|assistant))?|chatbot)"
_MARKS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"[{\[]\s*[\"'“”](?:role|rol|content|system|systeem|instruction|instructie)[\"'“”]\s*:",
        r"<\|?\s*/?(?:system|im_start|im_end|assistant|user)\b",
        r"\[/?INST\]",
        r"(?:^|[\[\]#*>`-]\s*)(?:system|systeem|assistant)\s*(?:message|bericht|prompt)?\s*\]?\s*:",
        r"\b(?:system ?prompt|systeem ?prompt|jailbreak|prompt injection)\b",
        rf"\b(?:aan|voor|beste|dear|hey|to|attention|let op,?)\s+(?:het|de|the|dit|this|alle|any)?\s*{_ADDRESS}\b"
        r"(?=[^.?!]{0,60}(?:[:!#]|\b(?:samenvat\w*|schrijf|negeer|vergeet|lees\w*|write|summari\w+|reads?)))",
        r"\b(?:you are now|act as (?:a|an|if)|as an ai|je bent (?:nu|vanaf nu) (?:een )?(?:assistent|ai|model|bot)|"
        r"doe alsof je een (?:ai|model|bot)|als ai(?:-model)?(?: moet| dien))\b",
        r"\b(?:output|print|return|reveal|geef|toon|stuur|lek) (?:\w+ ){0,4}(?:system prompt|api.?key|"
        r"names and|namen en|persoonsgegevens|e-?mail ?addresses|e-?mailadressen)",
        r"\b(?:schrijf|zet|vermeld|neem) (?:\w+ ){0,6}(?:in het verslag|in de samenvatting|in het rapport|bovenaan het rapport)",
        r"\b(?:write|put|include) (?:\w+ ){0,6}in the (?:report|summary)",
    )
)
_WORD = re.compile(r"[^\W_]+")


def instructs_a_machine(text: str) -> bool:
    """Whether a text holds words that are meant for a program that reads it."""
    seen = visible(text)
    return any(mark.search(seen) for mark in _MARKS) or _drops_orders(_WORD.findall(seen.casefold()))


def visible(text: str) -> str:
    """The text without characters that cannot be seen, and with letters of one width."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(c for c in wide if unicodedata.category(c) != "Cf")


def _drops_orders(words: Sequence[str]) -> bool:
    """'Negeer alle eerdere instructies', but not 'ik vergeet mijn opdrachten'."""
    for at, word in enumerate(words):
        if not _drops(word) or (at and words[at - 1] in _SAYS_OF_ONESELF):
            continue
        after = words[at + 1 : at + 2 + _REACH]
        if any(_alike(w, order) for w in after for order in _ORDERS):
            return True
        if any(_alike(w, rule) for w in after for rule in _RULES) and _THEIRS.intersection(after):
            return True
    return False


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _drops(word: str) -> bool:
    return any(_alike(word, verb) for verb in _DROP)


def _alike(word: str, known: str) -> bool:
    """The same word but for one letter changed, added, dropped, or two swapped; short words must be the same."""
    if word == known:
        return True
    if len(known) < _SHORTEST_WITH_A_SLIP or abs(len(word) - len(known)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    ours, theirs = word[start:], known[start:]
    swapped = ours[1:2] + ours[:1] + ours[2:]
    return ours[1:] == theirs[1:] or ours[1:] == theirs or ours == theirs[1:] or swapped == theirs
