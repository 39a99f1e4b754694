"""An exported file that comes back from an editor: what was read in it, and what became of it.

The editor's file is the truth about the text; the revision it was exported from is the truth about what each
paragraph was. Words are never lost in between: what has no place in a report is listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from rapporteur.types import Comment, Quotation, Report, Verdict

# --------------------------------------------------------------------------------------- as it was read


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the file's text, or a whole table (`cells`), as it reads with all changes accepted.

    `number` counts from 1 in reading order. `style` is the name of the paragraph style in small letters; `level` that
    of a heading, 0 for none; `mark` stands before it in a list, '' outside one. `lead` is how many characters at its
    start are set as the title of a topic. `bookmarks` are the names of our bookmarks that start in it, `comments` the
    ids of the comments that do. `aside` is 'footnote' or 'text box' for what did not stand in the running text.
    """

    number: int
    text: str
    style: str = ""
    level: int = 0
    mark: str = ""
    lead: int = 0
    bookmarks: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    aside: str = ""

    @property
    def place(self) -> str:
        return f"paragraph {self.number}"


@dataclass(frozen=True, slots=True)
class Pending:
    """Tracked changes of one author that nobody had accepted or rejected yet."""

    author: str
    insertions: int
    deletions: int


@dataclass(frozen=True, slots=True)
class Loose:
    """Something of the file that a report cannot hold as it was: `what` says which and what became of it."""

    what: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the file says of its origin; empty where it says nothing. `blocks` maps a bookmark to its block's id."""

    theme: str = ""
    revision: int | None = None
    report_fingerprint: str = ""
    corpus_fingerprint: str = ""
    blocks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A Word file as it was read. `comments` maps an id to the comment, its block still empty."""

    manifest: Manifest
    author: str
    passages: tuple[Passage, ...]
    comments: dict[str, Comment]
    pending: tuple[Pending, ...]
    loose: tuple[Loose, ...]


# ----------------------------------------------------------------------------------- as it was taken in


class Prover(Protocol):
    """Finds the quotations of a paragraph as the reader of a finished document would, each with its verdict.

    `is_quote`: all of it is set as a quotation; `fragment` is the one it is said to be cut from.
    """

    def __call__(self, text: str, *, is_quote: bool, fragment: str | None) -> Sequence[tuple[Quotation, Verdict]]: ...


ChangeKind = Literal["changed", "moved", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """What the editor did to a block, to a whole section or its heading, or to the title ('title', 'subtitle',
    'programme'). `section` is the heading it stands under.
    """

    kind: ChangeKind
    section: str
    block: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Requoted:
    """A quotation whose words or attribution the editor touched, with what the records say of it.

    `is_cut`: its words are just what is cut out of the fragment, perhaps at other places, so none of them is typed.
    """

    block: str
    quotation: Quotation
    verdict: Verdict
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """A file taken in: the report as the editor wants it, and what a person must know of how it came about.

    `kept` is the number of quotes that are as they were.
    """

    report: Report
    changes: tuple[Change, ...]
    kept: int
    quotes: tuple[Requoted, ...]
    pending: tuple[Pending, ...]
    loose: tuple[Loose, ...]
