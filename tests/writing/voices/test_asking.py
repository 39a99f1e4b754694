"""How a step asks when something breaks that is not the model's fault."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest

from rapporteur.sources.store import Store
from rapporteur.writing import prompts
from rapporteur.writing.llm.scripted import ScriptedLLM
from rapporteur.writing.llm.structured import StructuredLLM
from rapporteur.writing.voices.answers import Answers
from rapporteur.writing.voices.asking import Account, Asking, Task


def test_what_stopped_a_run_is_raised_and_not_that_it_was_stopped(tmp_path: Any) -> None:
    broken = Event()

    def breaks(_: int) -> None:
        broken.set()
        raise ArithmeticError("the cause")

    with Store.open(f"sqlite:///{tmp_path / 'corpus.db'}", create=True) as store:
        asking = Asking(Answers(StructuredLLM(ScriptedLLM("{}"), "text"), store, settings={}))

        def waits() -> None:
            broken.wait()
            for _ in range(1000):  # until the run is stopped
                prompt = prompts.load("doctor_probe.v1")
                asking.piece(Task("x", prompt, tuple(prompt.render()), {}, str), Account("groen"), "knel")

        def work(number: int) -> None:
            if number:
                asking.side_by_side(breaks, [1, 2])
            else:
                waits()

        with pytest.raises(ArithmeticError):
            asking.side_by_side(work, [0, 1])
