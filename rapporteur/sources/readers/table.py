"""Tables of rows and cells -> metadata and turns: what .xlsx, .csv and tables in documents have in common.

A table is either a list of metadata in two columns, or a header row with one turn per row under it. A column
of metadata must say one thing: rows of two sessions are never mixed. What is neither is left out, and said to be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.interface import HEADINGS, METADATA, SPEAKERS
from rapporteur.sources.readers.names import column_key, is_likely_text, metadata_key, plain_text, understand
from rapporteur.sources.readers.rounds import round_of
from rapporteur.sources.readers.speakers import label_of
from rapporteur.sources.readers.text import count_words, shown
from rapporteur.sources.readers.times import timestamp
from rapporteur.types import LeftOut, Locator, Round, Turn

HEADER_WITHIN = 20
# What a whole session has one of. 'nr' heads a column of row numbers more often than one of dialogues.
_OF_THE_SESSION = ("programme", "track", "theme", "dialogue", "date", "language")
_OF_A_ROW = frozenset({"nr", "nummer", "number"})
_ANY_STORIES = frozenset({"verhalen", "stories"})  # as the title of a sheet: of any round
_SPLIT = "Save the rows of each session in a file of its own, named THEME/dialoog-N."


@dataclass(frozen=True)
class Row:
    """The cells of a row. `repeated` are the indexes of those that stand in a row above and reach down to it."""

    cells: tuple[object, ...]
    locator: Locator
    repeated: frozenset[int] = frozenset()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(map(plain_text, self.cells))

    def words(self, index: int) -> int:
        return 0 if index in self.repeated or index >= len(self.cells) else count_words(self.texts[index])

    @property
    def all_words(self) -> int:
        return sum(self.words(index) for index in range(len(self.cells)))


@dataclass(frozen=True, slots=True)
class TableRead:
    """`pairs` are metadata as named in the table, values as in the cells."""

    pairs: Mapping[str, object] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    read_as: Mapping[str, int] = field(default_factory=dict)


def read_table(rows: Sequence[Row], title: str | None = None) -> TableRead:
    """Read one table or sheet; empty rows are allowed anywhere. `title`: of the sheet, it may name a round."""
    rows = [row for row in rows if any(row.texts)]
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        columns = header_columns(row)
        below = header_columns(rows[at + 1]) if columns and at + 1 < len(rows) else {}
        if columns and len(below) < len(columns):
            columns = _named_above(columns, row, rows[at - 1] if at else None)
            return _read_turns(columns, row, above=rows[:at], body=rows[at + 1 :], title=title)
    if _is_a_script(rows):
        return _read_turns({"speaker": 0, "text": 1}, Row((), rows[0].locator), above=(), body=rows, title=title)
    pairs = _pairs(rows)
    if pairs:
        return TableRead(pairs, left_out=tuple(_no_pairs(rows)), read_as={METADATA: _words_of_pairs(rows)})
    return TableRead(left_out=all_left_out(rows, "a table without a row of known column names"))


def header_columns(row: Row) -> dict[str, int]:
    """Which cell holds what, by the names in a header row; the first of two columns with one meaning.

    Empty for a row that does not name a column for the words and at least one more. Where no column is plainly
    that of the words, one that may be ('Inbreng'), or that is named after a round ('Droom'), is.
    """
    columns: dict[str, int] = {}
    for index, text in enumerate(row.texts):
        key = column_key(text)
        if key:
            columns.setdefault(key, index)
    likely = [index for index, text in enumerate(row.texts) if is_likely_text(text) or round_of(text)]
    if "text" not in columns and likely and columns.keys() & {"speaker", "role"}:
        columns["text"] = likely[0]
    return columns if "text" in columns and len(columns) > 1 else {}


def _named_above(columns: Mapping[str, int], header: Row, above: Row | None) -> dict[str, int]:
    """A header over two rows: a column without a name in the lower one has that of the upper one."""
    named = dict(columns)
    for index, text in enumerate(above.texts if above else ()):
        key = column_key(text)
        if key and index not in named.values() and not (index < len(header.cells) and header.texts[index]):
            named.setdefault(key, index)
    return named


def _is_a_script(rows: Sequence[Row]) -> bool:
    """Two columns without names: who speaks, more than once, and what they say."""
    names = [label_of(f"{row.texts[0]}:") for row in rows if any(row.texts[1:])]
    if not names or not all(len(row.texts) < 3 or not any(row.texts[2:]) for row in rows) or not all(names):
        return False
    again = Counter(label.speaker for label in names if label)
    return max(again.values()) > 1


def _round_columns(header: Row) -> dict[int, Round]:
    """The columns of the words, where there is one for each round."""
    rounds = {index: named for index, text in enumerate(header.texts) if (named := round_of(text))}
    return rounds if len(rounds) > 1 else {}


def _read_turns(
    columns: Mapping[str, int], header: Row, above: Sequence[Row], body: Sequence[Row], title: str | None = None
) -> TableRead:
    by_round = _round_columns(header)
    words_in = sorted({*by_round, columns["text"]})
    in_round = None if title and title.casefold() in _ANY_STORIES else round_of(title)
    pairs = _pairs(above)
    left_out = list(_no_pairs(above)) if pairs else list(all_left_out(above, "stands above the row of column names"))
    read_as = Counter({METADATA: _words_of_pairs(above) if pairs else 0, HEADINGS: header.all_words})
    said = _metadata_columns(columns, header, body)
    left_out += _unread_columns(
        {*columns.values(), *words_in, *said},
        header,
        [row for row in body if any(_cell({"text": index}, row, "text") for index in words_in)],
    )
    pairs |= {header.texts[index]: value for index, value in said.items() if header.texts[index] not in pairs}
    turns = []
    unknown_rounds: dict[str, None] = {}
    for row in body:
        below = _round_of_rows_below(row)
        if below:
            in_round = below
            read_as[HEADINGS] += row.all_words
            continue
        turns_of_row = []
        for index in words_in:
            turn = _turn({**columns, "text": index}, row)
            if turn.text:
                turns_of_row.append(replace(turn, round=by_round.get(index) or turn.round or in_round))
        turns += turns_of_row
        if turns_of_row:
            others = {index for key, index in columns.items() if key != "text" and index not in words_in}
            read_as[SPEAKERS] += sum(map(row.words, others))
            read_as[METADATA] += sum(map(row.words, said))
        else:
            left_out += all_left_out([row], "a row without text")
        named = _cell(columns, row, "round")
        if named and round_of(named) is None:
            unknown_rounds[named] = None
    warnings = tuple(f"'{shown(named)}' is no round that rapporteur knows." for named in unknown_rounds)
    return TableRead(pairs, tuple(turns), tuple(left_out), warnings, read_as)


def _round_of_rows_below(row: Row) -> Round | None:
    """Of a row over the whole width of a table that names a round."""
    return round_of(row.texts[0]) if not any(row.texts[1:]) else None


def _turn(columns: Mapping[str, int], row: Row) -> Turn:
    speaker, role = _cell(columns, row, "speaker"), _cell(columns, row, "role")
    label = label_of(f"{speaker}:") if speaker and not role and "(" in speaker else None
    return Turn(
        text=_cell(columns, row, "text") or "",
        speaker=label.speaker if label else speaker,
        role=label.role if label else role,
        round=round_of(_cell(columns, row, "round")),
        start=_time(columns, row, "start"),
        end=_time(columns, row, "end"),
        locator=row.locator,
    )


def _cell(columns: Mapping[str, int], row: Row, key: str) -> str | None:
    index = columns.get(key, len(row.cells))
    return row.texts[index] or None if index < len(row.cells) else None


def _time(columns: Mapping[str, int], row: Row, key: str) -> str | None:
    index = columns.get(key, len(row.cells))
    return timestamp(row.cells[index]) if index < len(row.cells) and row.cells[index] is not None else None


def _pairs(rows: Sequence[Row]) -> dict[str, object]:
    """Two columns of which most names are metadata; empty for any other table. The first of a name counts."""
    pairs: dict[str, object] = {}
    for row in rows:
        if any(row.texts[2:]):
            return {}
        if len(row.cells) > 1:
            pairs.setdefault(row.texts[0], row.cells[1])
    known = sum(metadata_key(name) is not None for name in pairs)
    return pairs if 2 * known > len(pairs) else {}


def _words_of_pairs(rows: Sequence[Row]) -> int:
    """Of the rows of a table of metadata that say something we know the name of."""
    return sum(row.all_words for row in rows if metadata_key(row.texts[0]))


def _no_pairs(rows: Sequence[Row]) -> Iterator[LeftOut]:
    """The other rows of a table of metadata: a line above it, a name that is none of ours."""
    for row in rows:
        if row.all_words and not metadata_key(row.texts[0]):
            yield LeftOut(row.locator, row.all_words, "metadata that rapporteur does not read")


def _metadata_columns(columns: Mapping[str, int], header: Row, body: Sequence[Row]) -> dict[int, object]:
    """Of each column that says one thing of the whole session, what it says.

    Raises: RecordRefused where rows name different themes or dialogues.
    """
    said: dict[int, object] = {}
    for index, name in enumerate(header.texts):
        key = metadata_key(name)
        if index in columns.values() or key not in _OF_THE_SESSION or name.casefold() in _OF_A_ROW:
            continue
        first: dict[str, Row] = {}
        for row in body:
            first.setdefault(row.texts[index].casefold() if index < len(row.cells) else "", row)
        meanings = [(row, understand({name: text}, "").metadata) for text, row in first.items() if text]
        different = next((row for row, meaning in meanings if meaning != meanings[0][1]), None)
        if different and key in ("theme", "dialogue"):
            one, other = (f"'{shown(row.texts[index])}' ({row.locator})" for row in (meanings[0][0], different))
            what = f"Its rows belong to different sessions: in column '{shown(name)}', {one} and {other}."
            raise RecordRefused(what, where=header.locator.file, hint=_SPLIT)
        if meanings and not different:
            said[index] = meanings[0][0].cells[index]
    return said


def _unread_columns(read: Set[int], header: Row, body: Sequence[Row]) -> Iterator[LeftOut]:
    for index in range(max((len(row.cells) for row in (header, *body)), default=0)):
        if index in read:
            continue
        words = sum(row.words(index) for row in body)
        if words:
            name = header.texts[index] if index < len(header.cells) else ""
            yield LeftOut(header.locator, words, f"column '{shown(name)}' is not one that rapporteur reads")


def all_left_out(rows: Sequence[Row], why: str) -> tuple[LeftOut, ...]:
    """One entry for all rows, at the first."""
    words = sum(row.all_words for row in rows)
    return (LeftOut(rows[0].locator, words, why),) if words else ()
