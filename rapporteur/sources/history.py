"""Step 3, its history: revisions with their origins, and locks. Nothing is overwritten and no revision is deleted.

A revision is saved in one transaction with the look at what came before it, so that of two writers each gets a number,
the second learns of the first, and neither changes what was locked a moment ago.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, null, select, update
from sqlalchemy.exc import IntegrityError

from rapporteur.errors import Conflict
from rapporteur.sources import tables
from rapporteur.sources.database import Database
from rapporteur.sources.forgetting import Forgetting
from rapporteur.sources.schema import WITHOUT_ORIGINS
from rapporteur.types import Lock, Origin


class StoredRevision(NamedTuple):
    """A revision with its report as plain data."""

    number: int
    created: str
    reason: str
    report: dict[str, Any]
    origin: Origin


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What is known of a revision without loading its report. `voice` wrote its prose."""

    number: int
    created: str
    reason: str
    voice: str
    origin: Origin


Guard = Callable[[StoredRevision, tuple[Lock, ...]], None]


class History(Database):
    """The revisions and locks of each theme."""

    schema: int

    # -------------------------------------------------------------------------------------------- revisions

    def save_revision(
        self,
        theme: str,
        created: str,
        reason: str,
        report: Mapping[str, Any],
        *,
        origin: Origin = Origin(),
        expected: int | None = None,
        guard: Guard | None = None,
    ) -> int:
        """Add a revision; its number is one more than the theme's last. Two writers get two numbers.

        `expected` is the number of the revision it was made from, None where it was made from none. `guard` is given
        the last revision and the locks, where there are any: what it raises keeps the new revision out.
        Raises: Conflict, once it is saved, where revisions came in between that its maker did not know.
        """
        row = {"theme": theme, "created": created, "reason": reason, "report": dict(report), "origin": asdict(origin)}
        while True:
            try:
                with self.writing() as db:
                    locks = self._locks(db, theme)
                    last = self._revision(db, theme) if locks and guard else None
                    if last and guard:
                        guard(last, locks)
                    number = _last_number(db, theme) + 1
                    db.execute(insert(tables.revisions).values(number=number, **row))
                break
            except IntegrityError:  # on a database where two may write at once
                continue
        if expected is not None and expected < number - 1:
            raise _conflict(theme, number, expected, [line for line in self.history(theme) if line.number < number])
        return number

    def revision(self, theme: str, number: int | None = None) -> StoredRevision | None:
        """A revision, by default the last; None if there is none."""
        with self.reading() as db:
            return self._revision(db, theme, number)

    def revisions(self, theme: str) -> list[StoredRevision]:
        """All revisions of a theme with their reports, the first first."""
        with self.reading() as db:
            return [_to_revision(row) for row in db.execute(self._select_revisions(theme))]

    def history(self, theme: str) -> list[HistoryLine]:
        """All revisions of a theme without their reports, the first first."""
        of = tables.revisions.c
        voice = of.report["voice"].as_string().label("voice")
        query = select(of.number, of.created, of.reason, voice, self._origin()).where(of.theme == theme)
        with self.reading() as db:
            return [
                HistoryLine(row.number, row.created, row.reason, row.voice or "", _to_origin(row.origin))
                for row in db.execute(query.order_by(of.number))
            ]

    def _revision(self, db: Connection, theme: str, number: int | None = None) -> StoredRevision | None:
        query = self._select_revisions(theme)
        if number is not None:
            query = query.where(tables.revisions.c.number == number)
        row = db.execute(query.order_by(None).order_by(tables.revisions.c.number.desc()).limit(1)).first()
        return None if row is None else _to_revision(row)

    def _select_revisions(self, theme: str) -> Select[Any]:
        of = tables.revisions.c
        return (
            select(of.number, of.created, of.reason, of.report, self._origin())
            .where(of.theme == theme)
            .order_by(of.number)
        )

    def _origin(self) -> ColumnElement[Any]:
        return null().label("origin") if self.schema == WITHOUT_ORIGINS else tables.revisions.c.origin

    # ------------------------------------------------------------------------------------------------ locks

    def locks(self, theme: str) -> tuple[Lock, ...]:
        """The locked parts of a theme's report, in the order in which they were locked."""
        with self.reading() as db:
            return self._locks(db, theme)

    def lock(self, theme: str, locks: Sequence[Lock], expected: int) -> bool:
        """Lock parts as they are in revision `expected`; False, with nothing locked, if that is not the last any more.

        A part that is locked already is locked anew.
        """
        with self.writing() as db:
            if _last_number(db, theme) != expected:
                return False
            of = tables.locks.c
            for one in locks:
                db.execute(delete(tables.locks).where(of.theme == theme, of.part == one.part, of.words == one.words))
                db.execute(insert(tables.locks).values(theme=theme, **asdict(one)))
        return True

    def unlock(self, theme: str, parts: Sequence[str]) -> None:
        """Let parts be changed again."""
        with self.writing() as db:
            db.execute(delete(tables.locks).where(tables.locks.c.theme == theme, tables.locks.c.part.in_(parts)))

    # ------------------------------------------------------------------------------------------- forgetting

    @staticmethod
    def forget_words(db: Connection, theme: str, forgetting: Forgetting) -> None:
        """Take what a forgotten session said out of all revisions and locks of its theme, within a transaction."""
        of = tables.revisions.c
        for row in db.execute(select(tables.revisions).where(of.theme == theme)).all():
            origin = row.origin and {**row.origin, "instruction": forgetting.text(row.origin["instruction"])}
            kept = {"report": forgetting.report(row.report), "reason": forgetting.text(row.reason), "origin": origin}
            if kept != {"report": row.report, "reason": row.reason, "origin": row.origin}:
                db.execute(update(tables.revisions).where(of.theme == theme, of.number == row.number).values(**kept))
        for row in db.execute(select(tables.locks).where(tables.locks.c.theme == theme)).all():
            kept = {"words": forgetting.text(row.words), "why": forgetting.text(row.why)}
            db.execute(update(tables.locks).where(tables.locks.c.id == row.id).values(**kept))

    # ---------------------------------------------------------------------------------------------- inside

    def _locks(self, db: Connection, theme: str) -> tuple[Lock, ...]:
        if self.schema == WITHOUT_ORIGINS:
            return ()
        query = select(tables.locks).where(tables.locks.c.theme == theme).order_by(tables.locks.c.id)
        return tuple(
            Lock(row.part, author=row.author, created=row.created, why=row.why, words=row.words)
            for row in db.execute(query)
        )


def _last_number(db: Connection, theme: str) -> int:
    return int(db.scalar(select(func.max(tables.revisions.c.number)).where(tables.revisions.c.theme == theme)) or 0)


def _to_revision(row: Any) -> StoredRevision:
    return StoredRevision(row.number, row.created, row.reason, row.report, _to_origin(row.origin))


def _to_origin(saved: Mapping[str, Any] | None) -> Origin:
    """The origin of a revision; of one that was saved before these were kept, only that it was a draft is known."""
    return Origin(**{**saved, "parts": tuple(saved["parts"])}) if saved else Origin()


def _conflict(theme: str, number: int, expected: int, earlier: Sequence[HistoryLine]) -> Conflict:
    between = [line for line in earlier if line.number > expected]
    by = ", ".join(
        f"{line.number} ({line.origin.action}{f' by {line.origin.author}' if line.origin.author else ''})"
        for line in between
    )
    came = f"in between came revision{'s' if len(between) > 1 else ''} {by}"
    latest = number - 1
    return Conflict(
        f"Revision {number} of {theme} is saved, but it was made from revision {expected}: {came}.",
        number=number,
        where=theme,
        hint=f"Nothing is lost: `rapporteur diff {theme} {latest} {number}` shows what differs, and "
        f"`rapporteur restore {theme} {latest}` puts revision {latest} back.",
    )
