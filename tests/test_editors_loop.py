"""Whatever editors do, and in whatever order: nothing that was saved is lost, nothing changes that was not to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.editors_loop import loops


def test_no_sequence_of_edits_loses_a_revision_or_changes_what_was_not_to_change(tmp_path: Path) -> None:
    """`evals/editors_loop.py` runs as many sequences as wanted."""
    run_state_machine_as_test(loops(tmp_path, Counter()), settings=settings(max_examples=10, stateful_step_count=12))
