"""Small workspaces for tests: real files, the real store, real Chroma; the hashing embedder, which is quick."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rapporteur import config, wiring
from rapporteur.config import Settings
from rapporteur.pipeline import drafting
from rapporteur.pipeline.drafting import Draft
from rapporteur.progress import SILENT
from rapporteur.sources.finding import find_records
from rapporteur.sources.indexing import IndexRun
from rapporteur.sources.store import Store
from rapporteur.writing.outline.template import CITIZENS

Said = tuple[str | None, str | None, str]

STORIES: tuple[Said, ...] = (
    ("Gea Plak", "gespreksleider", "Welkom allemaal, wie wil er beginnen met vertellen?"),
    (
        "Bo Vink",
        "kapper",
        "Ik miste de klanten in mijn zaak, het was er maandenlang stil en ik maakte mij grote zorgen over de huur.",
    ),
    ("Ans Roos", "mantelzorger", "Ja, precies."),
    (
        "Ans Roos",
        "mantelzorger",
        "De dagopvang ging dicht en ik stond er thuis alleen voor, dat was zwaar en het deed mij veel verdriet.",
    ),
    (
        "Bo Vink",
        "kapper",
        "Mijn idee is dat de gemeente een vaste plek geeft waar bewoners elke week samen kunnen koken en eten.",
    ),
    (
        "Ans Roos",
        "mantelzorger",
        "Mijn droom is een straat waar buren samen eten, en ik hoop dat het buurthuis straks altijd open staat.",
    ),
)


def write_record(
    folder: Path,
    theme: str,
    dialogue: int | None,
    said: Sequence[Said] = STORIES,
    name: str | None = None,
    **more: object,
) -> Path:
    """Write a record JSON at THEME/dialoog-N.json."""
    file = folder / theme / (name or f"dialoog-{dialogue}.json")
    file.parent.mkdir(parents=True, exist_ok=True)
    turns = [{"speaker": s, "role": r, "round": None, "text": t} for s, r, t in said]
    record = {"programme": "Proef", "theme": theme, "dialogue": dialogue, "participants": 2, "turns": turns, **more}
    file.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    return file


def settings_for(root: Path, **overrides: object) -> Settings:
    return config.load(root, {"embedder": "hashing", **overrides})


def index(settings: Settings, *paths: Path, rebuild: bool = False) -> IndexRun:
    files = find_records(settings.root, list(paths) or [settings.root / settings.corpus]).files
    with wiring.workspace_lock(settings), wiring.store(settings, create=True) as store:
        return wiring.indexer(settings, store, theme=None, dialogue=None, progress=SILENT).run(files, rebuild=rebuild)


@contextmanager
def indexed(root: Path, *paths: Path, **overrides: object) -> Iterator[tuple[Settings, Store]]:
    """A workspace with these files indexed, and its open store."""
    settings = settings_for(root, **overrides)
    index(settings, *paths)
    with wiring.store(settings) as store:
        yield settings, store


def draft_with_model(theme: str, settings: Settings, store: Store) -> Draft:
    """Draft a theme as `rapporteur draft` does, with the model in the settings."""
    asking = wiring.asking(settings, store, SILENT)
    return drafting.draft_report(
        theme,
        store=store,
        embedder=wiring.corpus_embedder(settings, store),
        template=CITIZENS,
        voice=wiring.voice(settings, store, theme, asking),
    )
