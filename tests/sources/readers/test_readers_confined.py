"""A parser in a process of its own: what it returns comes back, and what it runs into is a refusal."""

from __future__ import annotations

import math
import os
import time

import pytest

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers import confined as module
from rapporteur.sources.readers.confined import confined
from rapporteur.sources.readers.files import read_bytes


def test_what_the_function_returns_comes_back() -> None:
    assert confined("a.pdf", math.hypot, 3, 4) == 5


def test_a_refusal_in_the_child_is_a_refusal_here_with_its_place_and_hint(tmp_path) -> None:
    with pytest.raises(RecordRefused, match="There is no such file") as refusal:
        confined("a.pdf", read_bytes, tmp_path / "weg.pdf", "a.pdf")
    assert refusal.value.where == "a.pdf"
    assert refusal.value.hint


def test_a_mistake_of_ours_is_raised_as_it_is() -> None:
    with pytest.raises(ValueError, match="math domain error"):
        confined("a.pdf", math.sqrt, -1)


def test_too_much_time_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_SECONDS", 1)
    with pytest.raises(RecordRefused, match="takes more than 1 seconds"):
        confined("a.pdf", time.sleep, 600)


def test_too_much_memory_is_a_refusal() -> None:
    pytest.importorskip("resource", reason="this platform has no limits on memory")
    with pytest.raises(RecordRefused, match="of memory"):
        confined("a.pdf", bytearray, 10**11)


def test_a_child_that_breaks_off_is_a_refusal() -> None:
    with pytest.raises(RecordRefused, match="broke off"):
        confined("a.pdf", os._exit, 7)
