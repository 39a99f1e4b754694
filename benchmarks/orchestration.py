"""How much a draft waits for itself, beside the ideal, and its own CPU per call: `python benchmarks/orchestration.py`.

A server in a process of its own answers every prompt well, each answer after `--delay` seconds (1.0), `--concurrency`
calls at once (8). All themes of `../shared/published` (seven), or of the example where that is not there, one after the
other, hashing embedder. The ideal is what the calls of a theme take when whatever may start does: a step of a section
waits for the steps before it in that section (and for the labels of the theme), never for another section, at most
`--concurrency` at once. Own CPU is that of the draft less that of the same draft with all answers kept, per call.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from rapporteur import wiring  # noqa: E402
from rapporteur.config import Settings  # noqa: E402
from rapporteur.pipeline import drafting  # noqa: E402
from rapporteur.progress import SILENT  # noqa: E402
from rapporteur.sources.store import Store  # noqa: E402
from rapporteur.writing.outline.template import CITIZENS  # noqa: E402
from tests.model_server import Call, in_a_process  # noqa: E402
from tests.workspaces import indexed  # noqa: E402

PUBLISHED = REPOSITORY.parent / "shared" / "published" / "records"
GOAL_RATIO, GOAL_CPU = 1.15, 0.015

# Steps by the keys of the answer they ask for, in the order in which one needs the other.
_STEPS: Sequence[frozenset[str]] = (
    frozenset({"labels"}),
    frozenset({"topics/fragments"}),
    frozenset({"topics/parts"}),
    frozenset({"titles"}),
    frozenset({"sentences"}),
    frozenset({"opening", "text", "lines"}),
)
_SECTION = re.compile(r"Deel van het verslag: ([^.]*)\.")


@dataclass(frozen=True, slots=True)
class Drafted:
    """What drafting one theme took; seconds."""

    theme: str
    calls: int
    wall: float
    ideal: float
    cpu: float
    kept_cpu: float

    @property
    def cpu_per_call(self) -> float:
        return (self.cpu - self.kept_cpu) / self.calls if self.calls else 0.0


def step_of(call: Call) -> int:
    """Which step a call is, by its place in `_STEPS`."""
    properties: Mapping[str, Any] = call.body["response_format"]["json_schema"]["schema"]["properties"]
    keys = set(properties)
    if "topics" in keys and properties["topics"]["items"].get("type") == "object":
        keys |= {f"topics/{key}" for key in properties["topics"]["items"]["properties"]}
    for place, step in enumerate(_STEPS):
        if step & keys:
            return place
    raise LookupError(f"no step asks for {sorted(keys)}")


def section_of(call: Call) -> str:
    """The section a call is about, '' for the whole theme."""
    text = "\n".join(str(message["content"]) for message in call.body["messages"] if message["role"] == "user")
    found = _SECTION.search(text)
    return found.group(1) if found else ""


def ideal(calls: Sequence[Call], concurrency: int, delay: float) -> float:
    """Seconds the calls take when each starts as soon as it may, those with most behind them first."""
    waiting = [(step_of(call), section_of(call)) for call in calls]
    rounds = 0
    while waiting:
        ready = [one for one in waiting if not any(_before(other, one) for other in waiting)]
        ready.sort(key=lambda one: -sum(_before(one, other) for other in waiting))
        for one in ready[:concurrency]:
            waiting.remove(one)
        rounds += 1
    return rounds * delay


def _before(one: tuple[int, str], other: tuple[int, str]) -> bool:
    """Whether the second has to wait for the first."""
    return one[0] < other[0] and (not one[1] or one[1] == other[1])


def drafted(theme: str, settings: Settings, store: Store, calls: Callable[[], list[Call]]) -> Drafted:
    before = len(calls())
    wall, cpu = _draft(theme, settings, store)
    made = calls()[before:]
    _, kept_cpu = _draft(theme, settings, store)
    least = ideal(made, settings.concurrency, min(call.went - call.came for call in made))
    return Drafted(theme, len(made), wall, least, cpu, kept_cpu)


def _draft(theme: str, settings: Settings, store: Store) -> tuple[float, float]:
    voice = wiring.voice(settings, store, theme, SILENT)
    embedder = wiring.corpus_embedder(settings, store)
    wall, cpu = time.perf_counter(), time.process_time()
    drafting.draft_report(theme, store=store, embedder=embedder, template=CITIZENS, voice=voice)
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=1.0)
    parser.add_argument("--concurrency", type=int, default=8)
    parser.add_argument("--records", type=Path, default=PUBLISHED if PUBLISHED.is_dir() else REPOSITORY / "corpus")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as place,
        in_a_process(Path(place), options.delay) as (url, calls),
        indexed(Path(place), options.records) as (settings, store),
    ):
        asking = replace(settings, model="openai:traag", base_url=url, concurrency=options.concurrency)
        print("theme | calls | wall s | ideal s | ratio | CPU s | CPU s, answers kept | own CPU ms/call")
        rows = []
        for theme in store.theme_names():
            rows.append(drafted(theme, asking, store, calls))
            _print(rows[-1])
    whole = Drafted(
        f"all {len(rows)} themes",
        sum(row.calls for row in rows),
        sum(row.wall for row in rows),
        sum(row.ideal for row in rows),
        sum(row.cpu for row in rows),
        sum(row.kept_cpu for row in rows),
    )
    _print(whole)
    return 0 if whole.wall <= GOAL_RATIO * whole.ideal and whole.cpu_per_call < GOAL_CPU else 1


def _print(row: Drafted) -> None:
    print(
        f"{row.theme} | {row.calls} | {row.wall:.1f} | {row.ideal:.1f} | {row.wall / row.ideal:.2f} | {row.cpu:.1f} |"
        f" {row.kept_cpu:.1f} | {row.cpu_per_call * 1000:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
