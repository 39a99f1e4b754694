"""The one place where a quote's words are made: cut out of the stored fragment, never typed."""

from __future__ import annotations

from collections.abc import Sequence

from rapporteur.types import Fragment, Span

CUT_MARK = " […] "


def cut(fragment: Fragment, spans: Sequence[Span]) -> str:
    """The words of a fragment at these spans (in code points of its text), with '[…]' where words are left out."""
    return CUT_MARK.join(fragment.text[s.start : s.end] for s in spans)


def attribution(fragment: Fragment) -> str:
    """'kapper, dialoog 3'; only what is known. Roles appear, names never do."""
    parts = [fragment.role or "", "" if fragment.dialogue is None else f"dialoog {fragment.dialogue}"]
    return ", ".join(part for part in parts if part)
