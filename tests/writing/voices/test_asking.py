"""How a step asks when something breaks that is not the model's fault."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest

from rapporteur.sources.store import Store
from rapporteur.writing import prompts
from rapporteur.writing.llm.interface import Reply
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


@pytest.mark.parametrize(
    ("cut", "written", "corrected"), [(1, "kort", 1), (2, "kort", 1), (3, None, 1)], ids=["once", "twice", "always"]
)
def test_an_answer_that_was_cut_off_is_asked_again_shorter(
    tmp_path: Any, cut: int, written: str | None, corrected: int
) -> None:
    """A piece falls back only when its third answer is cut off too; the model sees what there was of the last one."""
    cut_off = [Reply(f'{{"text": "Een halve{n * " en nog een"}', "proef", finish_reason="length") for n in range(cut)]
    llm = ScriptedLLM(*cut_off, "kort")
    prompt = prompts.load("doctor_probe.v1")
    account = Account("groen")
    with Store.open(f"sqlite:///{tmp_path / 'corpus.db'}", create=True) as store:
        asking = Asking(Answers(StructuredLLM(llm, "text"), store, settings={}))
        found = asking.piece(Task("knel-1", prompt, tuple(prompt.render()), {}, str), account, "knel")
    assert (found, account.corrected, list(account.fallbacks)) == (written, corrected, [] if written else ["knel-1"])
    assert "korter" in llm.history[1][-1].text
    assert llm.history[1][-2].text == '{"text": "Een halve'
