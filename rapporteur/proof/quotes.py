"""Step 2: Quotation + Fragments -> Verdict and Span; the only door to comparing text with text.

A quotation is clean if and only if every difference from one stretch of one turn is licensed by typography or
by a mark that a reader sees, the marks hide nothing that turns the words, and who is said to speak did. No
similarity decides anything: nearness only chooses which passage an `altered` quotation is shown beside.
Source: domain.md, 'What a writer may do to a quote'; facts.md, 'Quote checking'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapporteur.proof.alignment import align, parse
from rapporteur.proof.corpus import Corpus, Passage
from rapporteur.proof.difference import QUOTE, RECORD, Comparison, compare, told
from rapporteur.proof.guards import cut_off
from rapporteur.proof.licences import typography
from rapporteur.proof.tokens import (
    BRACKETED_GAP,
    DASH,
    GAP,
    LOOSE_AT_THE_END,
    LOOSE_AT_THE_START,
    Tokens,
    is_word,
    readings,
    without_bracketed_capital,
)
from rapporteur.types import Attribution, Fragment, Quotation, Verdict, VerdictKind

# Up to this many words fit several people too easily to be passed off as one person's.
_SHORT = 4
_MOST_NAMED = 3
_ARTICLE = re.compile(r"\A(?:een|de|het) ")
_PLURALS = ("s", "'s", "en")
_GAPS = frozenset({GAP, BRACKETED_GAP})

# What places an altered quotation: this share of its tokens kept in one passage, or a run of rare words.
_ENOUGH_KEPT = 0.6
_ANCHOR = 3
_RARE_SHARE, _RARE_AT_LEAST = 1 / 2000, 5
_NEAREST_LOOKED_AT = 4
# A change or two in the words of who is said to speak: no other passage needs to be looked at.
_NEAR_ENOUGH = (2, False)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A place that bears the quotation's words: tokens `[start, end)` of a passage.

    `edits` are the visible marks that license what differs; `hidden` is the word that a cut may not hide.
    """

    passage: Passage
    start: int
    end: int
    edits: tuple[str, ...] = ()
    hidden: str | None = None

    @property
    def fragment(self) -> Fragment:
        return self.passage.fragment


@dataclass(frozen=True, slots=True)
class _Text:
    """One reading of a quotation's text; `core` are its tokens without loose punctuation at either end."""

    tokens: Tokens
    core: range
    edits: tuple[str, ...]

    @property
    def words(self) -> Tokens:
        return self.tokens.part(self.core.start, self.core.stop)


class QuoteChecker:
    """Checks quotations against fragments; built once, asked often."""

    def __init__(self, fragments: Iterable[Fragment]) -> None:
        self._corpus = Corpus(fragments)
        fragments = [passage.fragment for passage in self._corpus.passages]
        self._plain = {name: _plain(name) for f in fragments for name in (f.theme, f.role) if name}
        self._themes = frozenset(self._plain[f.theme] for f in fragments if f.theme)
        tokens = sum(len(p.tokens) for p in self._corpus.passages)
        self._rare = max(_RARE_AT_LEAST, tokens * _RARE_SHARE)

    def check(self, quotation: Quotation) -> Verdict:
        """What the records say of a quotation, its attribution included."""
        unclean: Verdict | None = None
        for text in _texts(quotation.text):
            for places in (self._literal, self._marked):
                if hits := places(text):
                    verdict = self._judge(hits, text, quotation)
                    if verdict.clean:
                        return verdict
                    unclean = unclean or verdict
        return unclean or self._nearest(quotation)

    # --------------------------------------------------------------------------- where the words are

    def _literal(self, text: _Text) -> list[_Hit]:
        hits = []
        for number, start in self._corpus.find(text.words.canonical):
            passage, end = self._corpus.passages[number], start + len(text.core)
            edits = text.edits + _ellipsis_at_an_edge(text, passage, start, end)
            hits.append(_Hit(passage, start, end, edits, cut_off(passage, start, end)))
        return hits

    def _marked(self, text: _Text) -> list[_Hit]:
        """Places found by way of ellipses, brackets or an X; none if the quotation has no such mark."""
        quote = parse(text.words)
        if not quote.runs or quote.runs[0] == text.words.canonical:
            return []
        hits = []
        for number in self._holding_all(quote.runs):
            passage = self._corpus.passages[number]
            found = align(quote, passage, self._corpus)
            if found:
                hidden = found.hidden or cut_off(passage, found.start, found.end)
                hits.append(_Hit(passage, found.start, found.end, found.marks, hidden))
        return hits

    def _holding_all(self, runs: list[tuple[str, ...]]) -> list[int]:
        """The passages that hold every run, in corpus order."""
        common: set[int] | None = None
        for run in sorted(runs, key=len, reverse=True):
            holding = {number for number, _ in self._corpus.find(run)}
            common = holding if common is None else common & holding
            if not common:
                break
        return sorted(common or ())

    # ------------------------------------------------------------------------------- whose they are

    def _judge(self, hits: list[_Hit], text: _Text, quotation: Quotation) -> Verdict:
        fitting = [hit for hit in hits if self._fits(quotation.attribution, hit.fragment)]
        if not fitting:
            return _verdict("misattributed", hits[0], why=f"These are the words of {_speakers(hits)}.")
        honest = [hit for hit in fitting if hit.hidden is None]
        if not honest:
            why = f"What was cut from the sentence holds '{fitting[0].hidden}', which bears on what was kept."
            return _verdict("misleading-cut", fitting[0], why=why)
        best = min(honest, key=lambda hit: (not hit.passage.holds(quotation.fragment), len(hit.edits)))
        people = {hit.fragment.person for hit in honest}
        if len(people) > 1 and sum(map(is_word, text.words.canonical)) <= _SHORT:
            why = f"So few words could be anyone's; {len(people)} people said them: {_speakers(honest)}."
            return _verdict("ambiguous", best, why=why)
        return _clean(best, text)

    def _fits(self, claimed: Attribution | None, fragment: Fragment) -> bool:
        """Whether nothing in the attribution contradicts who spoke; what is unknown contradicts nothing."""
        if claimed is None:
            return True
        if claimed.dialogue is not None and fragment.dialogue and claimed.dialogue != fragment.dialogue:
            return False
        if claimed.theme and self._differ(claimed.theme, fragment.theme) and self._is_a_theme(claimed.theme):
            return False
        return not (claimed.role and fragment.role and self._is_another_role(claimed.role, fragment.role))

    def _differ(self, name: str, other: str) -> bool:
        return name != other and self._plain_name(name) != self._plain_name(other)

    def _is_another_role(self, claimed: str, role: str) -> bool:
        """Whether two roles differ in more than an article before or a plural after: 'een bewoner', 'bewoners'."""
        if not self._differ(claimed, role):
            return False
        plain = self._plain_name(role)
        return _ARTICLE.sub("", self._plain_name(claimed), count=1) not in {plain, *(plain + end for end in _PLURALS)}

    def _is_a_theme(self, name: str) -> bool:
        return self._plain_name(name) in self._themes

    def _plain_name(self, name: str) -> str:
        return self._plain.get(name) or _plain(name)

    # ------------------------------------------------------------------------- what they should be

    def _nearest(self, quotation: Quotation) -> Verdict:
        """`altered`, with the difference, if enough of the words stand in one passage; else `not-found`."""
        text = next(_texts(quotation.text), None)
        if text is None:
            return Verdict("not-found", why="There are no words in this quotation.")
        quote = text.words
        words = [token for token in quote.canonical if is_word(token)]
        best: tuple[tuple[int, bool], Passage, Comparison] | None = None
        for number in self._corpus.sharing_rare_words(words, most=_NEAREST_LOOKED_AT):
            passage = self._corpus.passages[number]
            found = compare(quote, passage.tokens)
            if found and self._is_the_same_utterance(found, quote):
                rank = (found.cost, not self._fits(quotation.attribution, passage.fragment))
                if best is None or rank < best[0]:
                    best = (rank, passage, found)
                if rank <= _NEAR_ENOUGH:
                    break
        if best is None:
            return Verdict("not-found", why="No record holds these words, nor nearly these.")
        _, passage, found = best
        fragment, span = passage.locate(found.start, found.end)
        difference = told(found, quote, passage.tokens)
        why = "; ".join(f'{RECORD}: "{change[RECORD]}", {QUOTE}: "{change[QUOTE]}"' for change in difference)
        return Verdict("altered", fragment.id, span, difference=difference, why=why)

    def _is_the_same_utterance(self, found: Comparison, quote: Tokens) -> bool:
        kept = found.kept >= _ANCHOR and found.kept >= _ENOUGH_KEPT * len(quote)
        return kept or self._has_rare_run(quote.canonical[found.longest.start : found.longest.stop])

    def _has_rare_run(self, run: tuple[str, ...]) -> bool:
        length = 0
        for token in run:
            length = length + 1 if is_word(token) and self._corpus.count(token) <= self._rare else 0
            if length == _ANCHOR:
                return True
        return False


def _texts(text: str) -> Iterator[_Text]:
    """The readings of a text that hold a word."""
    plain = without_bracketed_capital(text)
    edits = () if plain == text else ("brackets",)
    for tokens in readings(plain):
        start, end = 0, len(tokens)
        while start < end and tokens.canonical[start] in LOOSE_AT_THE_START and not _is_minus(tokens, start):
            start += 1
        while start < end and tokens.canonical[end - 1] in LOOSE_AT_THE_END:
            end -= 1
        if any(map(is_word, tokens.canonical[start:end])):
            yield _Text(tokens, range(start, end), edits)


def _is_minus(tokens: Tokens, at: int) -> bool:
    return tokens.canonical[at] == DASH and tokens.text[tokens.ends[at] :][:1].isdigit()


def _ellipsis_at_an_edge(text: _Text, passage: Passage, start: int, end: int) -> tuple[str, ...]:
    """('ellipsis',) where one stands for words of the sentence that the quotation leaves out at an end."""
    before, after = text.tokens.canonical[: text.core.start], text.tokens.canonical[text.core.stop :]
    record = passage.tokens.canonical
    cut_before = _GAPS & {*before} and start and record[start - 1] not in _GAPS
    cut_after = _GAPS & {*after} and any(map(is_word, record[end : passage.sentence_at(end - 1).end]))
    return ("ellipsis",) if cut_before or cut_after else ()


def _clean(hit: _Hit, text: _Text) -> Verdict:
    if hit.edits:
        return _verdict("edited", hit, marks=tuple(dict.fromkeys(hit.edits)))
    return _verdict("verbatim", hit, marks=typography(text.tokens, text.core, hit.passage, hit.start))


def _verdict(kind: VerdictKind, hit: _Hit, *, marks: tuple[str, ...] = (), why: str = "") -> Verdict:
    fragment, span = hit.passage.locate(hit.start, hit.end)
    return Verdict(kind, fragment.id, span, marks=marks, why=why)


def _speakers(hits: list[_Hit]) -> str:
    """Who said it, by role and dialogue, never by name."""
    people = {hit.fragment.person: hit.fragment for hit in hits}.values()
    told_of = list(dict.fromkeys(map(_speaker, people)))
    more = len(told_of) - _MOST_NAMED
    return "; ".join(told_of[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def _speaker(fragment: Fragment) -> str:
    role = f"'{fragment.role}'" if fragment.role else "someone whose role is unknown"
    dialogue = f"dialogue {fragment.dialogue}" if fragment.dialogue else "an unnumbered dialogue"
    return f"{role} in {dialogue} of {fragment.theme}"


def _plain(name: str) -> str:
    """A role or theme as it is compared: case, spacing, hyphens and the form of quotes do not count."""
    return " ".join(token for token in next(readings(name)).canonical if token != DASH)
