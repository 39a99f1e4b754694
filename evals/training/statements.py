"""What section heads learn from: fictional statements, the example's truth, published quotes for weights only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rapporteur.dutch.roles import is_facilitator, is_note_taker
from rapporteur.types import SECTION_KEYS

REPOSITORY = Path(__file__).resolve().parent.parent.parent
SHARED = REPOSITORY.parent / "shared"
# The sets the shipped weights were learned from; a set that is added needs new figures first.
_SETS = ("statements-1", "statements-2", "statements-plain")
# How much one statement of a source counts: published quotes and plain statements read as what is to be judged.
WEIGHTS = {"published": 1.0, "plain": 1.0, "statements": 0.4, "example": 0.4}


@dataclass(frozen=True, slots=True)
class Statement:
    """`sections` has the first choice first; empty for what belongs in none. Themes of two sources never coincide."""

    source: str
    theme: str
    text: str
    sections: tuple[str, ...]


def fictional() -> list[Statement]:
    """The statements in evals/data, but for headlines, which are told by their quotation marks."""
    return [
        Statement(
            "plain" if path.stem.endswith("plain") else "statements",
            f"fictional: {line['theme']}",
            line["text"],
            (line["section"], *line["also"]) if line["section"] else (),
        )
        for path in (REPOSITORY / "evals" / "data" / f"{name}.jsonl" for name in _SETS)
        for line in map(json.loads, path.read_text("utf-8").splitlines())
        if line["kind"] != "headline"
    ]


def example() -> list[Statement]:
    """What participants say in the example."""
    return list(_example())


def _example() -> Iterator[Statement]:
    for path in sorted((SHARED / "example" / "truth").glob("*/*.json")):
        record = json.loads(path.read_text("utf-8"))
        for turn in record["turns"]:
            told = turn["truth"]
            if not (is_facilitator(turn["role"]) or is_note_taker(turn["role"])) and told["kind"] != "krantenkop":
                yield Statement("example", record["theme"], turn["text"], tuple(told["sections"]))


def published() -> list[Statement]:
    """The published quotes that people put in sections."""
    lines = (SHARED / "published" / "gold" / "quotes.jsonl").read_text("utf-8").splitlines()
    return [Statement("published", q["theme"], q["text"], (q["section"],)) for q in map(json.loads, lines)]


def for_a_section(statements: list[Statement]) -> list[Statement]:
    return [s for s in statements if s.sections and s.sections[0] in SECTION_KEYS]


def digest(statements: list[Statement]) -> str:
    """Names the data without holding any of it."""
    lines = sorted(f"{s.source}\0{s.theme}\0{s.sections}\0{s.text}" for s in statements)
    return sha256("\n".join(lines).encode()).hexdigest()[:16]
