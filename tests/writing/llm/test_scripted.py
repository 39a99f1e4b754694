"""The scripted LLM, beyond the contract."""

from __future__ import annotations

import pytest

from rapporteur.writing.llm.interface import Message, Reply, Usage
from rapporteur.writing.llm.scripted import ScriptedLLM

QUESTION = [Message("user", "Hoe was het op het plein?")]


def test_a_whole_reply_is_handed_out_as_it_is() -> None:
    reply = Reply("Druk.", "proef", Usage(4, 2), finish_reason="length")
    assert ScriptedLLM(reply).complete(QUESTION) is reply


def test_a_call_too_many_says_so_and_is_in_the_history() -> None:
    llm = ScriptedLLM("Druk.")
    llm.complete(QUESTION)
    with pytest.raises(LookupError, match="1 replies, too few"):
        llm.complete(QUESTION)
    assert len(llm.history) == 2
