"""Step 7: a paragraph that is a quotation to a block: tied to its fragment again where the records bear it.

The words stay as the editor typed them, whatever the verdict; only where they are exactly what the program would cut
out of the fragment are they cut again instead of typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapporteur.types import Block, Fragment, Quotation, QuoteRef, Span, Verdict
from rapporteur.writing.cutting import CUT_MARK, attribution, cut
from rapporteur.writing.returning.interface import Passage, Prover, Requoted
from rapporteur.writing.returning.lines import as_one_line, quoted

_OPENING, _CLOSING = "‘'“\"„«‹’”‚", "’'”\"»›‘“"
_CLOSES = {"‘": "’", "'": "'", "’": "’", "“": '”"', '"': '"”', "”": "”", "„": '”“"', "«": "»", "‹": "›", "‚": "’‘"}
_MARK = re.compile(r"[‘“„”»«\"]")
_NAMES_A_DIALOGUE = r"\((?:[^()]|\([^()]*\))*\bdialoog \d+\)"
_LONGEST_ATTRIBUTION = 300
_ON_A_KEYBOARD = {**dict.fromkeys("‘’‚", "'"), **dict.fromkeys("“”„", '"'), "–": "-", "…": "..."}
_GOES_ON_ANEW = re.compile(rf"{_NAMES_A_DIALOGUE}[.!?…]*\s+(?=[^\Wa-zà-ÿ_])")
IN_QUOTE_STYLE = frozenset({"citaat", "uitgelicht citaat"})


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """A paragraph taken apart: the words between the marks, and the attribution between brackets behind them."""

    words: str
    attribution: str
    is_marked: bool


def taken_apart(text: str) -> QuotedWords | None:
    """What is quoted and who said it, where that is all of a paragraph; None where it says more."""
    rest, said = _without_attribution(text.strip())
    is_opened, is_closed = rest[:1] in _OPENING and rest != "", rest[-1:] in _CLOSING and len(rest) > 1
    if not is_opened:
        return None if _MARK.search(rest) or not rest else QuotedWords(rest, said, is_marked=False)
    words = rest[1:-1] if is_closed else rest[1:]
    return QuotedWords(words.strip(), said, is_marked=True) if words.strip() else None


def says_more(text: str) -> bool:
    """Whether a paragraph that opens as a quotation goes on after it: with words of the editor's, or another quote.

    Taken for one quote, those words would be printed within its marks, as if the speaker had said them.
    """
    rest, _ = _without_attribution(text.strip())
    closing = _CLOSES.get(rest[:1])
    if closing is None:
        return False
    words, mark = rest[1:], f"[{re.escape(closing)}]"
    if re.search(rf"{mark}\s*{_NAMES_A_DIALOGUE}\W*\w", words):
        return True
    if re.search(rf"[.!?…]{mark}\s+{re.escape(rest[0])}", words):
        return True
    return rest[-1] not in _CLOSING and re.search(rf"[.!?…]{mark}\s", words) is not None


def rejoined(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, those over which an Enter split a quote as one: it opens in a bookmark, and closes in the next."""
    joined: list[Passage] = []
    for passage in passages:
        before = joined[-1] if joined else None
        if before and _goes_on(before, passage):
            comments = (*before.comments, *passage.comments)
            joined[-1] = replace(before, text=f"{before.text} {passage.text}", comments=comments)
        else:
            joined.append(passage)
    return tuple(joined)


def parted(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages, quotes that lost their marks apart from what an editor wrote behind who said them."""
    for passage in passages:
        text = passage.text.lstrip()
        if passage.style in IN_QUOTE_STYLE and not (passage.cells or _MARK.search(text) or text[:1] in _OPENING):
            yield from _parts(passage)
        else:
            yield passage


def _parts(passage: Passage) -> Iterator[Passage]:
    """A passage cut behind each attribution; what is left behind the last is no quote."""
    ends = [0, *(between.end() for between in _GOES_ON_ANEW.finditer(passage.text)), len(passage.text)]
    first, *others = (passage.text[start:end].strip() for start, end in pairwise(ends))
    yield replace(passage, text=first)
    for text in others:
        style = passage.style if _without_attribution(text)[1] else ""
        yield replace(passage, text=text, style=style, lead=0, bookmarks=(), comments=())


def _goes_on(before: Passage, passage: Passage) -> bool:
    if not before.bookmarks or before.cells or before.style != passage.style or passage.bookmarks or passage.cells:
        return False
    first, _ = _without_attribution(before.text)
    last, said = _without_attribution(passage.text)
    opens = first == before.text and first[:1] in _OPENING and first[-1:] not in _CLOSING
    return opens and bool(said) and last[-1:] in _CLOSING and last[:1] not in _OPENING


def _without_attribution(text: str) -> tuple[str, str]:
    """The text before a bracket that closes it, and what stands in that; brackets may stand in brackets."""
    body = text.rstrip(" .")
    if not body.endswith(")"):
        return text, ""
    depth = 0
    for at in range(len(body) - 1, max(-1, len(body) - _LONGEST_ATTRIBUTION), -1):
        depth += (body[at] == ")") - (body[at] == "(")
        if not depth:
            said = body[at + 1 : -1]
            return (text, "") if not any(map(str.isalpha, said)) else (body[:at].rstrip(), said.strip())
    return text, ""


@dataclass(frozen=True, slots=True)
class Requoter:
    """Makes quote blocks; `fragments` are all of the theme, by id."""

    fragments: Mapping[str, Fragment]
    prove: Prover

    def printed(self, block: Block) -> tuple[str, str]:
        """The words and the attribution that a quote block of the revision prints."""
        typed = block.text if block.kind in ("quote", "pull-quote") else ""
        fragment = self.fragments.get(block.quote.fragment) if block.quote else None
        if fragment is None or block.quote is None:
            return typed, block.title
        return typed or cut(fragment, block.quote.spans), (typed and block.title) or attribution(fragment)

    def again(
        self, found: QuotedWords, block: Block, known: Block | None, *, in_a_box: bool = False
    ) -> tuple[Block, tuple[Requoted, ...]]:
        """The quote in a block (whose id and kind it takes), and the verdicts if it is not what `known` printed.

        `known` is the block that this quote was, or is a copy of. A kader (`in_a_box`) can hold no typed words: there
        a quote is cut again also if its marks and dashes are set otherwise than in the record.
        """
        if known is not None and self._same(found, known):
            typed = known.kind != "box"  # the text and title of a box are no quote's
            text, title = (known.text, known.title) if typed else ("", "")
            return replace(block, text=text, title=title, quote=known.quote), ()
        claimed = known.quote.fragment if known and known.quote else None
        proved = self.prove(quoted(found.words, found.attribution), is_quote=True, fragment=claimed)
        clean = bool(proved) and all(verdict.clean for _, verdict in proved)
        made = self._tied(found, block, proved, in_a_box=in_a_box) if clean else None
        made = made or replace(block, text=found.words, title=found.attribution, quote=None)
        is_cut = made.quote is not None and not made.text
        return made, tuple(Requoted(block.id, quotation, verdict, is_cut) for quotation, verdict in proved)

    def _same(self, found: QuotedWords, known: Block) -> bool:
        words, said = self.printed(known)
        same_words = as_one_line(words) == as_one_line(found.words)
        return same_words and as_one_line(said) == as_one_line(found.attribution)

    def _tied(
        self, found: QuotedWords, block: Block, proved: Sequence[tuple[Quotation, Verdict]], *, in_a_box: bool
    ) -> Block | None:
        fragment = self.fragments.get(proved[0][1].fragment or "")
        if fragment is None:
            return None
        said = attribution(fragment)
        usual = found.attribution in ("", said) or (in_a_box and _plain(found.attribution) == _plain(said))
        spans = spans_of(found.words, fragment.text, as_typed=in_a_box) if usual else ()
        if spans:
            return replace(block, text="", title="", quote=QuoteRef(fragment.id, spans))
        stretches = [v.span for _, v in proved if v.span and v.fragment == fragment.id]
        whole = tuple(Span(s.start, min(s.end, len(fragment.text))) for s in stretches)
        title = "" if usual else found.attribution
        return replace(block, text=found.words, title=title, quote=QuoteRef(fragment.id, whole))


def spans_of(words: str, text: str, *, as_typed: bool = False) -> tuple[Span, ...]:
    """The spans of a fragment that print exactly these words, with our mark for what is left out; () if none do.

    `as_typed`: with the marks and dashes that a keyboard has, of which Word makes others while somebody types.
    """
    read, at = (_plain(text), _origins(text)) if as_typed else (text, range(len(text) + 1))
    spans: list[Span] = []
    done = 0
    for run in words.split(CUT_MARK):
        wanted = _plain(run) if as_typed else run
        start = read.find(wanted, done) if wanted.strip() else -1
        if start < 0 or not _at_a_word(read, start, start + len(wanted)):
            return ()
        done = start + len(wanted)
        span = Span(at[start], at[done])
        if as_typed and _plain(text[span.start : span.end]) != wanted:
            return ()  # it begins or ends within an ellipsis
        spans.append(span)
    return tuple(spans)


def _plain(text: str) -> str:
    """The text with the marks and dashes that a keyboard has."""
    return "".join(_ON_A_KEYBOARD.get(sign, sign) for sign in text)


def _origins(text: str) -> list[int]:
    """For each place in `_plain(text)`, its end too, the place in the text."""
    return [*(at for at, sign in enumerate(text) for _ in _ON_A_KEYBOARD.get(sign, sign)), len(text)]


def _at_a_word(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends where words do."""
    cuts_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cuts_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not cuts_before and not cuts_after
