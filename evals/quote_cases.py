"""Honest and altered quotes with known answers, made from records by rule: one seed, always the same cases.

It shares nothing with the checker but the types: its own word lists, its own idea of a word. In: fragments. Out:
the fragments to check against (some set in other typography) and Cases. A fault that happens to give words that
somebody did say is no fault, and is left out.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapporteur.types import Attribution, Fragment, Quotation, Span

Expected = Literal["clean", "altered", "misleading-cut", "misattributed", "ambiguous"]

SPOKEN_NEGATIONS = ("neet", "nait", "nich", "niks")  # as long as 'niet': no offset changes
NEGATIONS = set("niet niets niks nooit niemand nergens geen zonder nauwelijks".split()) | {*SPOKEN_NEGATIONS}
TURNS = set("maar tenzij mits behalve hoewel terwijl alleen echter ondanks indien als zolang".split())
HEDGES = set("misschien wellicht soms waarschijnlijk".split())
NUMBERS = set("een één twee drie vier vijf zes zeven acht negen tien elf twaalf vijftien twintig half halve".split())
QUANTIFIERS = set(
    "weinig minder minste minst veel vele meer meest meeste iedereen ieder iedere elk elke alle alles sommige sommigen"
    " enkele meerdere genoeg voldoende paar beide vrijwel meestal".split()
)
# How many, right before what is counted.
COUNTING = set("weinig veel alle sommige enkele elke iedere beide twee drie vier vijf zes zeven acht tien".split())
# What an honest cut leaves out holds none of these, so that nobody can quarrel with the label.
BEARS = (
    NEGATIONS
    | TURNS
    | HEDGES
    | NUMBERS - {"een"}
    | set(
        "noch nee zodra stel plaats tegenover helft derde tweede kwart anderhalf anderhalve nul procent slechts enkel"
        " wanneer toch bijna amper zelden evenmin pas ook al volgens eventueel if but no not never nobody nothing"
        " only none unless without maybe perhaps gien nie neet nait gjin nich".split()
    )
    | QUANTIFIERS
)
DISGUISED = (
    "[niet]", "[n\u0456et]", "[n\u0131et]", "[n i e t]", "[n-i-e-t]", "[ni] [et]", "[nie]", "[geen]", "[nix]", "[gien]",
    "[verre van]", "[allerminst]", "[amper]", "[never]", "[NIET]", "[n\u00ecet]", "[on-]",
)  # fmt: skip
ELLIPSES = ("…", "...", "[…]", "[...]", "(…)", "(...)", "(..)")

_WORD = re.compile(r"[^\W_]+(?:['’‘][^\W_]+)*")
_COUNTED = re.compile(
    r"\d|(?:tig|tien|honderd|duizend|[eEé]én|tigste|vierde|vijfde|zesde|zevende|achtste|negende|tiende|drieën|tweeën)\b"
)
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]+[’”\"')]*(?=\s|\Z)|[^.!?…]+\Z")


@dataclass(frozen=True, slots=True)
class Case:
    """`was` is the changed word in the fragment and `now` in the quotation, where exactly one word was changed."""

    kind: str
    expected: Expected
    quotation: Quotation
    fragment: str
    was: str | None = None
    now: str | None = None


def words(text: str) -> list[str]:
    return [w.casefold().replace("’", "'").replace("‘", "'") for w in _WORD.findall(text)]


def bears(text: str) -> bool:
    """Whether leaving a text out could turn, bind or count what is kept; when in doubt it could."""
    plain = unicodedata.normalize("NFD", text).replace("\u0301", "")
    return bool(BEARS & set(words(plain))) or _COUNTED.search(text) is not None


def sentences(text: str) -> list[str]:
    """The sentences of a text; none where it holds something that makes their ends doubtful."""
    if re.search(r"\.\.\.|…|\b\w\.\w|\b\w\. |[.!?][’\")]* [a-z]", text):
        return []
    found = (match.group().strip() for match in _SENTENCE.finditer(text))
    return [s for s in found if words(s) and s.count("[") == s.count("]") and s.count("(") == s.count(")")]


# ----------------------------------------------------------------------------------------- typography

Change = Callable[[str, random.Random], str]


def _break_a_word(text: str, dice: random.Random, sign: str = "-\n") -> str:
    places = [m.start() + 3 for m in re.finditer(r"[a-z]{7,}", text)]
    at = dice.choice(places) if places else 0
    return text[:at] + sign + text[at:] if at else text


def _stress(text: str, dice: random.Random) -> str:
    stressed = {"heel": "héél", "echt": "écht", "zo": "zó", "ik": "ík", "dat": "dát", "wel": "wél", "ook": "óók"}
    places = list(re.finditer(r"\b(?:heel|echt|zo|ik|dat|wel|ook|niet)\b", text))
    if not places:
        return text
    match = dice.choice(places)
    return text[: match.start()] + {**stressed, "niet": "níet"}[match.group()] + text[match.end() :]


TYPOGRAPHY: dict[str, Change] = {
    "straight marks": lambda s, _: s.translate(str.maketrans("‘’“”", "''\"\"")),
    "curly marks": lambda s, _: s.replace("'", "’"),
    "double inner marks": lambda s, _: re.sub(r"(?<!\w)‘|(?<=[\w.!?])’(?!\w)", '"', s),
    "marks around": lambda s, d: d.choice("‘“„«\"'") + s + d.choice("’”“»\"'"),
    "wide spaces": lambda s, d: s.replace(" ", d.choice(("  ", "\u00a0", " \u2009")), 3),
    "line wraps": lambda s, _: re.sub(r"(?<=\w{4}) ", "\n", s, count=2),
    "paragraph over a page": lambda s, _: s.replace(". ", ".\n\n", 1),
    "soft hyphens": lambda s, d: _break_a_word(s, d, "\u00ad"),
    "soft hyphen at a line end": lambda s, d: _break_a_word(s, d, "\u00ad\n"),
    "line-end hyphen": _break_a_word,
    "line-end hyphen with spaces": lambda s, d: _break_a_word(s, d, "-  \r\n  "),
    "real hyphen at a line end": lambda s, _: re.sub(r"(?<=[a-z])-(?=[a-z])", "-\n", s, count=1),
    "zero width": lambda s, _: s.replace("e", "e\u200b", 2),
    "dash forms": lambda s, d: re.sub("[-–—]", d.choice("–—-\u2011"), s) if " - " in s or " – " in s else s,
    "ellipsis form": lambda s, d: s.replace("…", "...") if "…" in s else s.replace("...", "…"),
    "decomposed": lambda s, _: s.replace("é", "e\u0301").replace("ë", "e\u0308"),
    "capital at the start": lambda s, _: s[:1].upper() + s[1:],
    "no capital at the start": lambda s, _: s[:1].lower() + s[1:],
    "no closing stop": lambda s, _: s.rstrip("."),
    "doubled closing stop": lambda s, _: s + "." if s.endswith(".") else s,
    "comma at the end": lambda s, _: s[:-1] + "," if s.endswith(".") else s,
    "exclamation at the end": lambda s, _: s[:-1] + "!" if s.endswith(".") else s,
    "doubled stop inside": lambda s, _: s.replace(". ", ".. ", 1),
    "ellipsis at the end": lambda s, _: s.rstrip(".") + "…" if s.endswith(".") else s,
    "ellipsis at the start": lambda s, _: "… " + s,
    "emphasis accents": _stress,
}
SOURCE_TYPOGRAPHY = (
    "straight marks", "curly marks", "wide spaces", "line wraps", "line-end hyphen", "soft hyphens",
    "doubled stop inside",
)  # fmt: skip


def typeset(text: str, dice: random.Random, most: int = 4) -> str:
    for name in dice.sample(sorted(TYPOGRAPHY), dice.randint(0, most)):
        text = TYPOGRAPHY[name](text, dice)
    return text


# ---------------------------------------------------------------------------------------------- cases


class Generator:
    """Cases over one set of fragments."""

    def __init__(self, fragments: Sequence[Fragment], seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - cases, not secrets
        fragments = [self._in_dialect(f) if self.dice.random() < 0.05 else f for f in fragments]
        self.fragments = [f for f in fragments if len(words(f.text)) >= 3]
        self._said = "\n".join(f" {' '.join(words(turn))} " for turn in _turns(fragments))
        self._plain_words = sorted({w for f in fragments for w in words(f.text) if len(w) > 3 and not bears(w)})
        self._vocabulary = sorted({w for f in fragments for w in words(f.text) if len(w) > 3})
        self.sources = [self._otherwise_set(f) if self.dice.random() < 0.1 else f for f in fragments]

    def _otherwise_set(self, fragment: Fragment) -> Fragment:
        """The same words as another record file could hold them."""
        name = self.dice.choice(SOURCE_TYPOGRAPHY)
        text = TYPOGRAPHY[name](fragment.text, self.dice)
        return replace(fragment, text=text, span=Span(fragment.span.start, fragment.span.start + len(text)))

    def _in_dialect(self, fragment: Fragment) -> Fragment:
        """The fragment with its 'niet' as some regions say it."""
        return replace(fragment, text=re.sub(r"\bniet\b", self.dice.choice(SPOKEN_NEGATIONS), fragment.text))

    def was_said(self, text: str) -> bool:
        return f" {' '.join(words(text))} " in self._said

    def cases(self) -> Iterator[Case]:
        for fragment in self.fragments:
            yield from self.honest(fragment)
            yield from self.overdone(fragment)
            yield from self.cuts(fragment)
            yield from self.private(fragment)
            yield from self.altered(fragment)
            yield from self.joined(fragment)
            yield from self.misattributed(fragment)
        yield from self.ambiguous()

    # ------------------------------------------------------------------------------------------ honest

    def honest(self, fragment: Fragment) -> Iterator[Case]:
        whole = fragment.text
        parts = sentences(whole)
        first = self.dice.randrange(max(1, len(parts)))
        some = " ".join(parts[first : first + self.dice.randint(1, 3)])
        for kind, text in (("whole turn", whole), ("sentences", some)):
            if len(words(text)) <= 4 or text not in whole:
                continue
            yield self._case(f"honest: {kind}", "clean", text, fragment, self._true_attribution(fragment))
            yield self._case(f"honest: {kind}, typeset", "clean", typeset(text, self.dice), fragment)
        for name in self.dice.sample(sorted(TYPOGRAPHY), 2):
            attribution = Attribution("", fragment.role, fragment.dialogue, fragment.theme)
            yield self._case(f"honest: {name}", "clean", TYPOGRAPHY[name](whole, self.dice), fragment, attribution)
        yield from self._bracketed(fragment)

    def _bracketed(self, fragment: Fragment) -> Iterator[Case]:
        text = fragment.text
        tokens = list(_WORD.finditer(text))
        if len(tokens) > 8 and "[" not in text:
            at = tokens[self.dice.randint(1, len(tokens) - 2)]
            put_in = self.dice.choice(("[de gemeente]", "[buurthuis]", "[zijn moeder]", "[ons]"))
            inserted = f"{text[: at.start()]}{put_in} {text[at.start() :]}"
            yield self._case("honest: word inserted in brackets", "clean", inserted, fragment)
            first = self.dice.randint(1, len(tokens) - 7)
            stretch = tokens[first : first + self.dice.randint(1, 3)]
            stands_for = text[stretch[0].start() : stretch[-1].end()]
            is_sentence = re.search(r"(?:\A|[.!?…])\W*\Z", text[: stretch[0].start()]) and re.match(
                r"\W*(?:\Z|[.!?…])", text[stretch[-1].end() :]
            )
            if not is_sentence and not bears(stands_for) and not re.search(r"[.!?…\[\](]", stands_for):
                changed = text[: stretch[0].start()] + put_in + text[stretch[-1].end() :]
                yield self._case("honest: words replaced in brackets", "clean", changed, fragment)
            second = tokens[-2]
            if len(tokens) > 16 and second.start() > at.end() + 1:
                twice = f"{inserted[: second.start() + len(put_in) + 1]}[de buurt] {text[second.start() :]}"
                yield self._case("honest: words inserted twice in brackets", "clean", twice, fragment)
        if capital := re.search(r"(?<=[a-z,] )([A-Z][a-zé]{2,})(?: [A-Z][a-z]{2,})?(?=[ ,.])", text):
            named = text[: capital.start()] + "X" + text[capital.end() :]
            yield self._case("honest: X for a name", "clean", named, fragment)

    # ------------------------------------------------------------------------- brackets beyond all bounds

    def overdone(self, fragment: Fragment) -> Iterator[Case]:
        """Brackets that add what turns the words, or that write the quotation themselves."""
        text = fragment.text
        tokens = list(_WORD.finditer(text))
        if len(tokens) < 6 or "[" in text:
            return
        at = tokens[self.dice.randint(1, len(tokens) - 1)].start()
        for kind, put_in in (
            ("a negation", self.dice.choice(DISGUISED)),
            ("a number", self.dice.choice(("[tien]", "[10]", "[drieëntwintig]", "[½]", "[tweede]"))),
            ("a quantifier", self.dice.choice(("[weinig]", "[de meeste]", "[alle]", "[bijna iedereen]"))),
        ):
            yield self._case(f"altered: {kind} in brackets", "altered", f"{text[:at]}{put_in} {text[at:]}", fragment)
        chain = " ".join(f"[{word}]" for word in self.dice.sample(self._plain_words, 6))
        yield self._case("altered: a chain of brackets", "altered", f"{text[:at]}{chain} {text[at:]}", fragment)
        mixed = [f"{token.group()} [{self.dice.choice(self._plain_words)}]" for token in tokens[:12]]
        yield self._case("altered: as many words in brackets", "altered", " ".join(mixed), fragment)
        for sentence in sentences(text)[1:]:
            put_before = text.replace(sentence, f"[Dat vond ik vreselijk.] {sentence}")
            yield self._case("altered: a sentence in brackets", "altered", put_before, fragment)

    def private(self, fragment: Fragment) -> Iterator[Case]:
        """What may not be printed, left out as it should be."""
        for kind, pattern in (
            ("e-mail address", r"[\w.]+@\w+\.\w+"), ("telephone number", r"(?<![\w+])0\d(?:[ -]?\d){8}(?!\d)")
        ):  # fmt: skip
            for found in re.finditer(pattern, fragment.text):
                for mark in ("…", "[…]", f"[{kind.split()[0]}]"):
                    without = fragment.text[: found.start()] + mark + fragment.text[found.end() :]
                    yield self._case(f"honest cut: {kind} left out", "clean", without, fragment)

    # -------------------------------------------------------------------------------------------- cuts

    def cuts(self, fragment: Fragment) -> Iterator[Case]:
        """Honest and misleading ellipses and edges."""
        text = fragment.text
        parts = sentences(text)
        dots = self.dice.choice(ELLIPSES)
        if len(parts) > 2 and all(part in text for part in parts):
            yield self._case("honest: whole sentences left out", "clean", f"{parts[0]} {dots} {parts[-1]}", fragment)
        for sentence in parts:
            tokens = list(_WORD.finditer(sentence))
            if len(tokens) < 9 or re.search(r"[…:\[(]|\.\.", sentence):
                continue
            first = self.dice.randint(2, len(tokens) - 5)
            last = first + self.dice.randint(0, min(5, len(tokens) - first - 4))
            hidden = sentence[tokens[first].start() : tokens[last].end()]
            gapped = f"{sentence[: tokens[first].start()]}{dots} {sentence[tokens[last].end() :].lstrip(' ,')}"
            if not bears(hidden) and not self.was_said(gapped):
                yield self._case("honest cut: words left out", "clean", gapped, fragment)
            yield from self._edges(sentence, tokens, fragment)
            yield from self._misleading(sentence, tokens, fragment, dots)

    def _edges(self, sentence: str, tokens: list[re.Match[str]], fragment: Fragment) -> Iterator[Case]:
        for comma in re.finditer(", ", sentence):
            before, after = sentence[: comma.start()], sentence[comma.end() :]
            if len(words(before)) > 4 and not bears(after):
                yield self._case("honest cut: stops at a clause end", "clean", before, fragment)
            if len(words(after)) > 4 and not bears(before):
                text = after[:1].upper() + after[1:]
                yield self._case("honest cut: starts inside a sentence", "clean", text, fragment)
        at = self.dice.randint(2, len(tokens) - 4)
        if re.search(r"\d", sentence):
            return
        if not bears(sentence[: tokens[at].start()]) and len(tokens) - at > 4:
            yield self._case("honest cut: starts at any word", "clean", sentence[tokens[at].start() :], fragment)
        if not bears(sentence[tokens[at].end() :]) and at > 4 and "?" not in sentence:
            yield self._case("honest cut: stops at any word", "clean", sentence[: tokens[at].end()] + ".", fragment)

    def _misleading(self, sentence: str, tokens: list[re.Match[str]], fragment: Fragment, dots: str) -> Iterator[Case]:
        for number, token in enumerate(tokens):
            word = token.group().casefold()
            before, after = sentence[: token.start()], sentence[token.end() :]
            inside = 1 < number < len(tokens) - 2
            if word in NEGATIONS | HEDGES | COUNTING and inside and not _is_of_time(word, after):
                last = tokens[min(number + self.dice.randint(0, 2), len(tokens) - 2)]
                gapped = f"{before}{dots} {sentence[last.end() :].lstrip(' ,')}"
                what = "negation" if word in NEGATIONS else "hedge" if word in HEDGES else "number or quantifier"
                if self.was_said(gapped):
                    continue
                yield self._case(f"misleading: {what} behind an ellipsis", "misleading-cut", gapped, fragment)
            if word in COUNTING and re.match(r" \w", after) and len(words(after)) > 4 and not _is_of_time(word, after):
                yield self._case("misleading: number or quantifier cut off before", "misleading-cut", after, fragment)
            if word in ("tenzij", "mits", "behalve") or (word in ("maar", "hoewel") and before.endswith(", ")):
                if len(words(before)) > 4:
                    end = self.dice.choice(("", ".", " …", " […]"))
                    text = before.rstrip(" ,") + end
                    yield self._case("misleading: stops before a contrast", "misleading-cut", text, fragment)
                if inside and (comma := after.find(", ")) > 0 and len(words(after[comma:])) > 2:
                    text = f"{before.rstrip(' ,')} {dots} {after[comma + 2 :]}"
                    yield self._case("misleading: contrast behind an ellipsis", "misleading-cut", text, fragment)
            if word in NEGATIONS and inside and number > 4 and not re.search(r"[,;]", before[-12:]):
                text = before.rstrip() + self.dice.choice(("", "."))
                yield self._case("misleading: stops before a negation", "misleading-cut", text, fragment)
            if word in ("als", "indien", "zolang") and number == 0 and (comma := sentence.find(", ")) > 0:
                rest = sentence[comma + 2 :]
                if len(words(rest)) > 4:
                    text = self.dice.choice(("", "… ")) + rest[:1].upper() + rest[1:]
                    yield self._case("misleading: condition cut off before", "misleading-cut", text, fragment)
        opening = re.match(r"(?:Ik|We|Wij) (?:denk|geloof|vind|hoop|denken|vinden) (?:helemaal )?niet dat ", sentence)
        if opening and len(words(sentence[opening.end() :])) > 3:
            text = sentence[opening.end() :]
            yield self._case("misleading: negation cut off before", "misleading-cut", text, fragment)
        for token in tokens[1:-1]:
            word, after = token.group().casefold(), sentence[token.end() :]
            counts = word in QUANTIFIERS and not _is_of_time(word, after)
            if counts or word in NEGATIONS | NUMBERS - {"een"} or word.isdigit():
                text = f"{sentence[: token.start()]}[heel]{after}"
                kind = "quantifier" if counts else "negation or number"
                yield self._case(f"altered: bracket for a {kind}", "altered", text, fragment)

    # ----------------------------------------------------------------------------------------- altered

    def altered(self, fragment: Fragment) -> Iterator[Case]:
        """Single words deleted, changed, added, swapped, with and without other marks beside them."""
        text = fragment.text
        tokens = list(_WORD.finditer(text))
        inner = range(1, len(tokens) - 1)
        for at in self.dice.sample(inner, min(2, len(inner))):
            token, word = tokens[at], tokens[at].group()
            other = self.dice.choice(self._vocabulary)
            gone = text[: token.start()].rstrip(" ") + text[token.end() :]
            if not re.match(r"\s*(?:…|\.\.)", text[token.end() :]):
                yield from self._changed("word deleted", gone, fragment, word, "")
            yield from self._changed("word changed", _put(text, token, other), fragment, word, other)
            slip = word[:-1] if len(word) > 3 else word + "n"
            yield from self._changed("letter changed", _put(text, token, slip), fragment, word, slip)
            added = f"{text[: token.start()]}{other} {text[token.start() :]}"
            yield from self._changed("word added", added, fragment, "", other)
            follows = tokens[at + 1]
            if follows.group().casefold() != word.casefold():
                between = text[token.end() : follows.start()]
                swapped = text[: token.start()] + follows.group() + between + word + text[follows.end() :]
                yield from self._changed("words swapped", swapped, fragment)
                if between == " ":
                    joined = _put(text, token, word + follows.group())
                    joined = text[: token.start()] + word + follows.group() + text[follows.end() :]
                    yield from self._changed("words joined", joined, fragment, word, word + follows.group())
            if len(word) > 7:
                split = word[:4] + " " + word[4:]
                yield from self._changed("word split", _put(text, token, split), fragment, word, word[4:])
        for at in inner:
            token, word = tokens[at], tokens[at].group()
            for kind, was, now in _MEANT:
                if word.casefold() == was:
                    yield from self._changed(kind, _put(text, token, now), fragment, word, now)
            if word.casefold() in NEGATIONS:
                gone = text[: token.start()].rstrip(" ") + text[token.end() :]
                yield from self._changed("negation lost", gone, fragment, word, "")
            if word.isdigit():
                yield from self._changed("number changed", _put(text, token, word + "0"), fragment, word, word + "0")
        for verb in re.finditer(r"\b(?:is|was|heb|ben|kan|wil|vind) ", text):
            added = f"{text[: verb.end()]}niet {text[verb.end() :]}"
            yield from self._changed("negation added", added, fragment, "", "niet")
            break
        if accent := re.search(r"\w*[ëïöèêéàü]\w*", text):
            plain = accent.group().translate(str.maketrans("ëïöèêéàü", "eioeeeau"))
            if not re.search(r"[aeiou]́|éé|^[^aeiou]*é[^\Wé]*$", accent.group()) or accent.group() == "één":
                yield from self._changed("accent lost", _put(text, accent, plain), fragment, accent.group(), plain)

    def _changed(
        self, kind: str, text: str, fragment: Fragment, was: str | None = None, now: str | None = None
    ) -> Iterator[Case]:
        if self.was_said(text):
            return
        yield self._case(f"altered: {kind}", "altered", text, fragment, was=was, now=now)
        if self.dice.random() < 0.5:
            yield self._case(f"altered: {kind}, typeset", "altered", typeset(text, self.dice), fragment)

    def joined(self, fragment: Fragment) -> Iterator[Case]:
        """Words of two people in one quotation, and one person's parts in another order."""
        other = self.dice.choice(self.fragments)
        parts = [s for s in sentences(fragment.text) if len(words(s)) > 4]
        dots = self.dice.choice((" ", *(f" {e} " for e in ELLIPSES)))
        if parts and other.record + other.turn != fragment.record + fragment.turn:
            theirs = [s for s in sentences(other.text) if len(words(s)) > 4]
            if theirs:
                text = self.dice.choice(parts) + dots + self.dice.choice(theirs)
                yield self._case("altered: splice of two people", "altered", text, fragment, Attribution())
        if len(parts) > 1 and parts[0] != parts[-1]:
            yield self._case("altered: parts in another order", "altered", parts[-1] + dots + parts[0], fragment)

    # ---------------------------------------------------------------------------------------- who said it

    def misattributed(self, fragment: Fragment) -> Iterator[Case]:
        if len(words(fragment.text)) < 6:
            return
        roles = {f.role for f in self.fragments if f.role and f.theme == fragment.theme}
        others = sorted(r for r in roles if fragment.role and not _share_a_word(r, fragment.role))
        text = typeset(fragment.text, self.dice, 2)
        dialogues = {f.dialogue for f in self.fragments if f.dialogue and f.theme == fragment.theme}
        said = " ".join(words(fragment.text))
        sayings = {(f.dialogue, f.role) for f in self.fragments if said in " ".join(words(f.text))}
        if others and (claimed := self.dice.choice(others)) not in {role for _, role in sayings}:
            dialogue = self.dice.choice((fragment.dialogue, None))
            yield self._case("wrong role", "misattributed", text, fragment, Attribution("", claimed, dialogue, None))
        elsewhere = sorted(dialogues - {number for number, _ in sayings} - {None})  # type: ignore[type-var]
        if elsewhere and fragment.dialogue:
            claim = Attribution("", self.dice.choice((fragment.role, None)), self.dice.choice([*elsewhere, 77]))
            yield self._case("wrong dialogue", "misattributed", text, fragment, claim)
        themes = sorted({f.theme for f in self.fragments} - {fragment.theme})
        if themes and len(sayings) == 1:
            claim = Attribution("", fragment.role, fragment.dialogue, self.dice.choice(themes))
            yield self._case("wrong theme", "misattributed", text, fragment, claim)
        for kind, role in _same_roles(fragment.role):
            claim = Attribution("", role, fragment.dialogue, fragment.theme)
            yield self._case(f"honest: role {kind}", "clean", text, fragment, claim)

    def ambiguous(self) -> Iterator[Case]:
        """One to four words that people of several sessions said, with nobody named."""
        places: dict[str, list[Fragment]] = defaultdict(list)
        for fragment in self.fragments:
            for sentence in sentences(fragment.text):
                spoken = words(sentence)
                if BEARS & set(spoken):
                    continue
                opening = re.match(r"(?:\w+ ?)+", sentence)
                for length in range(1, 1 + min(4, len(words(opening.group())) if opening else 0)):
                    places[" ".join(spoken[:length])].append(fragment)
        several = [p for p, found in sorted(places.items()) if len({f.record for f in found}) > 2]
        for phrase in self.dice.sample(several, min(300, len(several))):
            yield self._case(
                "ambiguous: few words of several people", "ambiguous", phrase, places[phrase][0], Attribution()
            )

    # ----------------------------------------------------------------------------------------------

    def _case(
        self,
        kind: str,
        expected: Expected,
        text: str,
        fragment: Fragment,
        attribution: Attribution | None = None,
        was: str | None = None,
        now: str | None = None,
    ) -> Case:
        attribution = attribution or self._true_attribution(fragment)
        return Case(kind, expected, Quotation(text, "here", attribution), fragment.id, was, now)

    def _true_attribution(self, fragment: Fragment) -> Attribution:
        role = self.dice.choice((fragment.role, fragment.role, None))
        theme = self.dice.choice((fragment.theme, None))
        return Attribution("", role, self.dice.choice((fragment.dialogue, fragment.dialogue, None)), theme)


_MEANT = (
    ("number changed", "15", "50"), ("number changed", "drie", "dertien"), ("number changed", "twee", "drie"),
    ("number changed", "vijftien", "15"), ("accent added", "een", "één"), ("accent added", "voor", "vóór"),
    ("negation changed", "geen", "een"), ("negation changed", "nooit", "ooit"),
    ("negation changed", "niemand", "iemand"),
    ("quantifier changed", "veel", "weinig"), ("quantifier changed", "soms", "altijd"),
)  # fmt: skip


def _is_of_time(word: str, after: str) -> bool:
    """'Elke dag' says when."""
    each = word in ("elk", "elke", "ieder", "iedere")
    return each and not re.match(r" (?:kind|mens|gezin|school|straat|buurt)", after)


def _put(text: str, token: re.Match[str], word: str) -> str:
    return text[: token.start()] + word + text[token.end() :]


def _turns(fragments: Sequence[Fragment]) -> list[str]:
    turns: dict[tuple[str, str], str] = {}
    for fragment in fragments:
        key = (fragment.record, fragment.turn)
        turns[key] = f"{turns[key]} {fragment.text}" if key in turns else fragment.text
    return list(turns.values())


def _share_a_word(role: str, other: str) -> bool:
    """Whether two roles may be one person's: 'student' and 'student bouwkunde'."""
    return bool({w[:6] for w in words(role)} & {w[:6] for w in words(other)}) or "deelnemer" in role.casefold()


def _same_roles(role: str | None) -> Iterator[tuple[str, str]]:
    """Other ways to print a role."""
    if role is None:
        return
    yield "in capitals", role[:1].upper() + role[1:]
    yield "with an article", f"een {role}"
    if re.search(r"(?:er|or|eur|aar|aris|ent|ist)\Z", role):
        plural = role + ("en" if role.endswith(("ent", "ist")) else "s")
        yield "in the plural", plural
    if "," in role:
        yield "shortened", role.split(",")[0]
    for man, woman in (("leraar", "lerares"), ("medewerker", "medewerkster"), ("ondernemer", "onderneemster"),
                       ("student", "studente"), ("vrijwilliger", "vrijwilligster")):  # fmt: skip
        if role.endswith(man):
            yield "of a woman", role.removesuffix(man) + woman
