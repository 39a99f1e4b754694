"""What `rapporteur doctor` looks at: installation, workspace, corpus, indexes, model.

Each check stands alone: one that fails is itself a finding.
"""

from __future__ import annotations

import contextlib
import platform
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Literal

from rapporteur import __version__
from rapporteur.config import Settings
from rapporteur.errors import IndexMissing, RapporteurError

if TYPE_CHECKING:
    from rapporteur.sources.store import Store

_PACKAGES = ("chromadb", "sqlalchemy", "python-docx", "langchain-openai", "openai", "pydantic", "rich")
_LOW_DISK = 500_000_000
_PROBE = {
    "type": "object",
    "properties": {"woord": {"type": "string", "enum": ["aanwezig"]}},
    "required": ["woord"],
    "additionalProperties": False,
}
_FORMS = {
    "json_schema": "the endpoint holds answers to a JSON schema",
    "json_object": "JSON mode only, the schema is told in the prompt",
    "tool": "by a forced tool call",
    "text": "none, JSON is asked for in words",
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`exit_code` is what `doctor` ends with if this is the worst it found."""

    subject: str
    state: Literal["ok", "note", "wrong"]
    says: str
    advice: str = ""
    exit_code: int = 0


def diagnose(settings: Settings) -> list[Diagnosis]:
    """Run all checks; a check that fails is itself a Diagnosis, never an exception."""
    checks: tuple[tuple[str, Callable[[Settings], Iterator[Diagnosis]]], ...] = (
        ("installation", _installation),
        ("workspace", _workspace),
        ("embedder", _embedder),
        ("corpus", _corpus),
        ("index", _index),
        ("model", _model),
    )
    found: list[Diagnosis] = []
    for subject, check in checks:
        try:
            found += check(settings)
        except RapporteurError as error:
            found.append(Diagnosis(subject, "wrong", error.what, error.hint, error.exit_code))
    return found


def _installation(_: Settings) -> Iterator[Diagnosis]:
    missing = [name for name in _PACKAGES if not _installed(name)]
    says = f"rapporteur {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    if missing:
        advice = f"Install rapporteur again with pip; missing: {', '.join(missing)}."
        yield Diagnosis("installation", "wrong", says, advice, 2)
    else:
        yield Diagnosis("installation", "ok", says)


def _workspace(settings: Settings) -> Iterator[Diagnosis]:
    free = shutil.disk_usage(settings.root).free
    where = f"{settings.root} ({'rapporteur.toml' if settings.config_file else 'no rapporteur.toml: defaults'})"
    if free < _LOW_DISK:
        yield Diagnosis("workspace", "note", f"{where}; {free // 1_000_000} MB free", "Make room on this disk.")
    elif not settings.config_file and not settings.state.exists():
        yield Diagnosis("workspace", "note", where, "Make a workspace with `rapporteur init DIR`.")
    else:
        yield Diagnosis("workspace", "ok", where)


def _embedder(settings: Settings) -> Iterator[Diagnosis]:
    from rapporteur import wiring

    made_with = None
    with contextlib.suppress(IndexMissing), wiring.store(settings) as store:
        made_with = store.setting("embedder")
    embedder = wiring.embedder(settings, made_with)
    width = embedder.embed(["Een korte proefzin over het buurthuis."]).shape[1]
    if made_with and made_with != embedder.name:
        yield Diagnosis(
            "embedder",
            "wrong",
            f"{embedder.name}, but the index was made with {made_with}",
            "Set `embedder` back, or run `rapporteur index --rebuild`.",
            2,
        )
    else:
        yield Diagnosis("embedder", "ok", f"{embedder.name}, {width} numbers per text, runs on this machine")


def _corpus(settings: Settings) -> Iterator[Diagnosis]:
    from rapporteur import wiring

    with wiring.store(settings) as store:
        themes = store.themes()
        refused = [f.source for f in store.files().values() if f.record is None]
    records, fragments = sum(t.records for t in themes), sum(t.fragments for t in themes)
    if not fragments:
        yield Diagnosis("corpus", "wrong", "empty", "Run `rapporteur index PATH`.", 2)
    else:
        yield Diagnosis("corpus", "ok", f"{len(themes)} themes, {records} records, {fragments} fragments")
    if refused:
        yield Diagnosis(
            "corpus",
            "note",
            f"{len(refused)} files were refused, the first is {refused[0]}",
            "See `rapporteur records`.",
        )


def _index(settings: Settings) -> Iterator[Diagnosis]:
    from rapporteur import wiring
    from rapporteur.sources.embedding.cached import worth_embedding

    with wiring.store(settings) as store:
        waiting = len(store.index_work())
        expected = sum(worth_embedding(f.text) for f in store.fragments())
        with wiring.workspace_lock(settings), closing(wiring.vector_index(settings, store)) as vectors:
            there = vectors.count()
    if waiting or there != expected:
        yield Diagnosis(
            "index",
            "wrong",
            f"{there} of {expected} vectors, {waiting} fragments waiting",
            "Run `rapporteur index`, and `rapporteur index --rebuild` if this stays.",
            2,
        )
    else:
        yield Diagnosis("index", "ok", f"{there} vectors in Chroma, in step with the store")


def _model(settings: Settings) -> Iterator[Diagnosis]:
    """What the endpoint can do, found out with one tiny call; one more for each thing it turns out not to take."""
    from rapporteur import wiring

    with _store_if_any(settings) as store:
        known = wiring.Endpoint(settings, store, afresh=True)
        llm = wiring.llm(settings, known)
        if llm is None:
            yield Diagnosis("model", "ok", "none: drafts are written in the extractive voice, no network is used")
            return
        from rapporteur.writing import prompts
        from rapporteur.writing.llm.structured import StructuredLLM

        structured = StructuredLLM(llm, None, known.set_form)
        reply = structured.complete(prompts.load("doctor_probe").render(), _PROBE)
        yield Diagnosis("model", "ok", f"{reply.model or settings.model} answered: {reply.text.strip()[:60]!r}")
        yield _structure(structured.form or "text", reply.text)
        yield _streaming("stream" not in llm.lacks)
        yield _usage(reply.usage.prompt_tokens is not None)
        yield _anonymising(settings)


@contextlib.contextmanager
def _store_if_any(settings: Settings) -> Iterator[Store | None]:
    """The store, to remember what is found; None where nothing was indexed yet."""
    from rapporteur import wiring

    try:
        opened = wiring.store(settings)
    except RapporteurError:
        yield None
        return
    with opened:
        yield opened


def _structure(form: str, answer: str) -> Diagnosis:
    from rapporteur.writing.llm.structured import json_in

    says = f"structured output: {_FORMS[form]}"
    try:
        json_in(answer)
    except ValueError:
        advice = "The endpoint took that form, but the answer holds no JSON: expect much in the extractive voice."
        return Diagnosis("model", "note", says, advice)
    if form == "json_schema":
        return Diagnosis("model", "ok", says)
    advice = "Answers will need correcting more often; a server that takes response_format json_schema does better."
    return Diagnosis("model", "note", says, advice)


def _streaming(streams: bool) -> Diagnosis:
    if streams:
        return Diagnosis("model", "ok", "streaming: answers show while they come in")
    advice = "A whole answer must come within `timeout`: raise it for a slow model."
    return Diagnosis("model", "note", "streaming: none, answers come whole", advice)


def _usage(counted: bool) -> Diagnosis:
    if counted:
        return Diagnosis("model", "ok", "usage: the endpoint counts tokens")
    advice = "Tokens and cost are estimated from the number of characters, rather too high than too low."
    return Diagnosis("model", "note", "usage: the endpoint does not count tokens", advice)


def _anonymising(settings: Settings) -> Diagnosis:
    kept_back = "people's names and all other personal data" if settings.anonymises else "people's names only"
    says = f"anonymising: {'on' if settings.anonymises else 'off'}, {kept_back} are kept from the model"
    if settings.anonymises or settings.model_is_here:
        return Diagnosis("model", "ok", says)
    advice = "Telephone numbers, addresses and the like leave this machine: set `anonymise` to auto or on."
    return Diagnosis("model", "note", says, advice)


def _installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True
