"""The words of rapporteur: frozen, small, shared by every wing.

Offsets are code points. `Record.text` is NFC-normalised once, on reading, and never again, so that
`record.text[f.span.start:f.span.end] == f.text` holds for every Fragment `f` of a Record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypedDict

# ------------------------------------------------------------------------------------ what was said

SectionKey = Literal["knel", "kiem", "dromen", "ideeen", "procesobservaties"]
SECTION_KEYS: tuple[SectionKey, ...] = ("knel", "kiem", "dromen", "ideeen", "procesobservaties")

Round = Literal["opening", "knel-kiem", "dromen", "ideeen", "afsluiting"]
ROUNDS: tuple[Round, ...] = ("opening", "knel-kiem", "dromen", "ideeen", "afsluiting")


@dataclass(frozen=True, slots=True)
class Span:
    """`[start, end)` in code points of the text that the holder names."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Locator:
    """Where something stands in its file, precise enough for a person to walk to.

    `paragraph`, `row` and `line` count from 1; `row` is the row as a spreadsheet shows it.
    """

    file: str
    page: int | None = None
    paragraph: int | None = None
    sheet: str | None = None
    row: int | None = None
    line: int | None = None
    timestamp: str | None = None

    def __str__(self) -> str:
        parts = (
            ("page", self.page),
            ("paragraph", self.paragraph),
            ("sheet", self.sheet),
            ("row", self.row),
            ("line", self.line),
            ("at", self.timestamp),
        )
        return ", ".join([self.file, *(f"{name} {value}" for name, value in parts if value)])


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance. `id` is the one the record gave, if any."""

    text: str
    speaker: str | None = None
    role: str | None = None
    round: Round | None = None
    start: str | None = None
    end: str | None = None
    id: str | None = None
    locator: Locator | None = None


@dataclass(frozen=True, slots=True)
class Host:
    role: str | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One session as read: metadata, turns, and the running text that all spans point into.

    `turn_spans[i]` is where `turns[i].text` stands in `text`. `participants` is the number the record
    itself states. `dialogue` is None only where the record says so ("dialogue unknown").
    """

    id: str
    source: str
    theme: str
    dialogue: int | None
    turns: tuple[Turn, ...]
    turn_spans: tuple[Span, ...]
    text: str
    programme: str | None = None
    track: str = "burger"
    date: str | None = None
    language: str = "nl"
    host: Host = Host()
    participants: int | None = None

    @property
    def dialogue_name(self) -> str:
        """What people call the session within its theme: its number, or the name it has instead."""
        return self.id.partition("/")[2] if self.dialogue is None else str(self.dialogue)


@dataclass(frozen=True, slots=True)
class Fragment:
    """One contiguous quotable span of a record: a turn, or a part of a long one.

    `id` is made of the record, the turn and (for a part) the offsets in the turn; it survives
    re-indexing and turns added before or after. `turn` names the turn within the record, `position`
    orders fragments of a record as spoken. `span` is in code points of `Record.text`.
    """

    id: str
    record: str
    theme: str
    dialogue: int | None
    turn: str
    position: int
    span: Span
    text: str
    speaker: str | None = None
    role: str | None = None
    round: Round | None = None
    language: str = "nl"
    locator: Locator | None = None

    @property
    def person(self) -> str:
        """Who spoke, for counting distinct people; never for print.

        A known speaker counts once per dialogue, in how many files it may be; an unknown one as their role there.
        """
        session = self.record if self.dialogue is None else f"{self.theme}/{self.dialogue}"
        return f"{session}|{(self.speaker or self.role or 'onbekend').casefold()}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of a file that went into no fragment, and why."""

    where: Locator
    words: int
    why: str


# ----------------------------------------------------------------------------------- what we write


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fragment found for a query or section. Score: higher is closer; rank: 1 is best."""

    fragment: Fragment
    score: float
    rank: int


Use = Literal["quote", "headline", "observation"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the outline thinks of one fragment.

    `sections` has a score in [0, 1] per section; `section` is the one it fits best, None for none.
    `quotability` is in [0, 1]. `left_out` says why it may not be quoted, None if it may.
    `quote` are the spans of the fragment's text (its own offsets) that a report would print. A headline
    (krantenkop) and a note-taker's observation are printed as such only; `use` says so. `withheld`: it could be quoted,
    and is left out because the report has it elsewhere or an editor does not want it.
    """

    fragment: Fragment
    sections: Mapping[SectionKey, float]
    section: SectionKey | None
    quotability: float
    left_out: str | None = None
    quote: tuple[Span, ...] = ()
    why: tuple[str, ...] = ()
    use: Use = "quote"
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Support:
    """How many distinct people, in which dialogues (sorted), carry a topic, out of how many talks.

    `unnumbered`: how many of the people spoke in a session whose number is not known.
    """

    people: int
    dialogues: tuple[int, ...]
    talks: int
    unnumbered: int = 0


@dataclass(frozen=True, slots=True)
class QuoteRef:
    """A quote in a draft: a fragment and the spans of it to print, in order. It has no words."""

    fragment: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of fragments of one section, with a title and its support; most central fragments first.

    `nouns` are further matters the group speaks of, as to be printed.
    `against` are the fragments that go against the others: they are no support and not among `fragments`.
    `block` is the id of the block it is to be written as, '' for the next in its section.
    """

    title: str
    section: SectionKey
    fragments: tuple[str, ...]
    support: Support
    quotes: tuple[QuoteRef, ...] = ()
    nouns: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    block: str = ""


BlockKind = Literal["heading", "paragraph", "topic", "quote", "pull-quote", "box", "bullets", "facts", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a section, in report order.

    A `quote` has `quote` and no text of its own, unless an editor typed its words: then `text` holds these (without
    the outer quotation marks), `title` the attribution if that was typed too, and `quote` is the fragment they were
    proved against, None if they were not. A `topic` has `title`, `text`, `support`, the fragments it rests on and,
    where a voice wrote one, its line in the summary as the only one of `items`; `bullets` has `items`, `mark` is
    printed before each; `facts` has `rows`; a `box` has `title`, `text` and the `quote` below it; a `table`, always an
    editor's own, has rows of `cells`.
    """

    id: str
    kind: BlockKind
    text: str = ""
    title: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    mark: str = "–"
    quote: QuoteRef | None = None
    support: Support | None = None
    fragments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """`key` is a SectionKey, 'samenvatting' or 'inleiding'. An empty heading continues the section before."""

    key: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark that someone left beside a block in the Word file. `date` is ISO 8601, '' where it is not known.

    `block` is the id of a block, or the key of the section whose heading it stands beside; '' for the title.
    """

    block: str
    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """One session a report was drafted from, as the colophon names it."""

    record: str
    dialogue: int | None
    file: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Report:
    """A theme report without the words of its quotes. Dates are ISO 8601.

    `dropped` are the fragments an editor does not want quoted; `comments` those left in the Word file. `edited` is
    when an editor's Word file was last taken in, '' for never. `subtitle` is an editor's own, '' for the usual one.
    """

    theme: str
    title: str
    template: str
    voice: str
    language: str
    drafted: str
    corpus_fingerprint: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...] = ()
    programme: str = ""
    dropped: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    subtitle: str = ""
    edited: str = ""


Action = Literal["draft", "redraft", "import", "restore"]


@dataclass(frozen=True, slots=True)
class Origin:
    """How a revision came about: who did what to which earlier revision (`parent`, None for a draft).

    `parts` are the ids of the sections or blocks that were made anew, empty for all. `model` is '' without a language
    model; `tokens` are those it took, `cost` what it cost in euros, None where no price is known.
    """

    action: Action = "draft"
    author: str = ""
    parent: int | None = None
    parts: tuple[str, ...] = ()
    instruction: str = ""
    model: str = ""
    tokens: int = 0
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state of a report. Numbers count from 1 per theme; nothing is ever overwritten."""

    theme: str
    number: int
    created: str
    reason: str
    report: Report
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Lock:
    """A part of a theme's report that may not change: a section's key, a block's id, or 'BLOCK:N' for its Nth sentence.

    Of a sentence it is the `words` that are locked, wherever they stand in the block. `created` is ISO 8601.
    """

    part: str
    author: str = ""
    created: str = ""
    why: str = ""
    words: str = ""


# ---------------------------------------------------------------------------------- what is proved

VerdictKind = Literal["verbatim", "edited", "misleading-cut", "altered", "misattributed", "ambiguous", "not-found"]
CLEAN: frozenset[VerdictKind] = frozenset({"verbatim", "edited"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a document says spoke: '(rol, dialoog N)'. `text` is as printed.

    `dialogues` are all it names where it names more than one ('dialoog 2 en 3'); `dialogue` is then the first.
    `fragment` is the id of the one it says in so many words that the quotation is from.
    """

    text: str = ""
    role: str | None = None
    dialogue: int | None = None
    theme: str | None = None
    dialogues: tuple[int, ...] = ()
    fragment: str | None = None


# In the words of a quotation, behind a comma that may be the writer's: here it was interrupted to say who speaks.
INTERRUPTED = "\u2063"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of a finished document that claims to be someone's words.

    `text` is without the outer quotation marks. `fragment` is what the document itself claims, if it does.
    `may_be_the_writers`: nobody is said to have spoken it, and it stands where a title would ('het boek ‘…’'), or as
    a turn of phrase within a sentence.
    """

    text: str
    place: str
    attribution: Attribution | None = None
    fragment: str | None = None
    id: str | None = None
    may_be_the_writers: bool = False


class Difference(TypedDict):
    """One change, with a word of context on either side in `verslag` (the record) and `citaat` (the quotation).

    The spans `[start, end)` hold the changed words only, none where words were lost or added: `citaat_span` in the
    quotation's text, `verslag_span` in that of `fragment`, beyond whose end it lies where the words run on into the
    next part of the same turn.
    """

    verslag: str
    citaat: str
    verslag_span: tuple[int, int]
    citaat_span: tuple[int, int]
    fragment: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the records say of a quotation. `span` is in code points of the fragment's text; `why` is Dutch."""

    kind: VerdictKind
    fragment: str | None = None
    span: Span | None = None
    marks: tuple[str, ...] = ()
    difference: tuple[Difference, ...] = ()
    why: str = ""

    @property
    def clean(self) -> bool:
        return self.kind in CLEAN


Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check wants a person to see."""

    check: str
    severity: Severity
    text: str
    place: str
    why: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document with each quotation beside its verdict, and the findings that follow.

    `themes` are those it was checked against. `fingerprint` is the digest of the file as it was checked,
    `corpus_fingerprint` the one it names of the records it was drafted from.
    """

    document: str
    quotations: tuple[tuple[Quotation, Verdict], ...]
    findings: tuple[Finding, ...] = field(default=())
    themes: tuple[str, ...] = ()
    fingerprint: str = ""
    corpus_fingerprint: str | None = None
