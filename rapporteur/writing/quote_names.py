"""Which quote of a report is meant: by its block, its bookmark in the Word file, or the fragment it is cut from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.errors import PartUnknown, UsageError
from rapporteur.types import Block, QuoteRef, Report, Section
from rapporteur.writing.anatomy import group_of, is_other_voice, parts_of

BOOKMARK = "rq_"


@dataclass(frozen=True, slots=True)
class Named:
    """A quote as it was named. `block` is '' for a fragment that is not quoted now, `fragment` for words without one.

    `stands_apart`: it is no quote of a topic but a headline, a note, a kader, another voice, or has no fragment.
    """

    name: str
    block: str
    fragment: str
    ref: QuoteRef | None
    stands_apart: bool


def named(report: Report, section: Section, names: Sequence[str], topic: str = "") -> tuple[Named, ...]:
    """The quotes of a section (or of one of its topics) that are meant; a fragment need not be quoted yet.

    Raises: PartUnknown, naming those that are there.
    """
    here = [b for b in (group_of(section, topic) if topic else section.blocks) if _is_quote(b)]
    return tuple(_named(name, report, section, here) for name in names)


def require_apart(keep: Sequence[Named], drop: Sequence[Named]) -> None:
    """Raises: UsageError where one quote is both to keep and to drop."""
    for one in keep:
        for other in drop:
            if (one.block or one.fragment) == (other.block or other.fragment) or one.fragment == other.fragment != "":
                raise UsageError(f"'{one.name}' is to be kept and dropped at once.", hint="Leave one of the two out.")


def _named(name: str, report: Report, section: Section, here: Sequence[Block]) -> Named:
    under = {b.id for group in parts_of(section).groups for b in group}
    for block in here:
        if name in _names(block):
            apart = block.quote is None or block.id not in under or is_other_voice(block)
            return Named(name, block.id, block.quote.fragment if block.quote else "", block.quote, apart)
    for other in report.sections:
        for block in other.blocks:
            if _is_quote(block) and name in _names(block) and block.kind != "pull-quote":
                where = other.key if other.key != section.key else "another topic"
                raise PartUnknown(
                    f"The quote '{name}' stands in {where}.",
                    where=report.theme,
                    hint=f"Redraft {where} to keep or drop it.",
                )
    if "/" in name:
        return Named(name, "", name, None, False)
    there = ", ".join(block.id for block in here) or "none"
    raise PartUnknown(
        f"There is no quote '{name}' in {section.key}.", where=report.theme, hint=f"Its quotes are {there}."
    )


def _is_quote(block: Block) -> bool:
    return block.kind in ("quote", "box", "pull-quote") and (block.quote is not None or block.kind == "quote")


def _names(block: Block) -> set[str]:
    """What a quote may be called by; a kader's quote has a bookmark of its own."""
    names = {block.id, f"{block.id}-c1"} if block.kind == "box" else {block.id}
    names |= {f"{BOOKMARK}{name}" for name in names} | {f"{BOOKMARK}{name.replace('-', '_')}" for name in names}
    return names | ({block.quote.fragment} if block.quote else set())
