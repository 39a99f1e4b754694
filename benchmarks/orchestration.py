"""How much a run waits for itself, beside the ideal, and its own CPU per call: `python benchmarks/orchestration.py`.

A server in a process of its own answers every prompt well, each answer after `--delay` seconds (1.0), `--concurrency`
calls at once (8). All themes of `../shared/published` (seven), or of the example where that is not there, side by side
as `rapporteur draft --all` drafts them, hashing embedder, the libraries loaded. The ideal is what the same calls take
when each starts as soon as it may: a step of a section waits for the steps before it in that section (and for the
labels of the theme), for nothing else, at most `--concurrency` at once. Own CPU is that of the run less that of the
same run with all answers kept, per call.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from rapporteur import wiring  # noqa: E402
from rapporteur.config import Settings  # noqa: E402
from rapporteur.errors import RapporteurError  # noqa: E402
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
_THEME = re.compile(r"Thema: ([^.]*)\.")
_SECTION = re.compile(r"Deel van het verslag: ([^.]*)\.")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a call stands: its theme, its section ('' for the whole theme) and its step, by its place in `_STEPS`."""

    theme: str
    section: str
    step: int

    def before(self, other: Place) -> bool:
        """Whether the other has to wait for this one."""
        if self.theme != other.theme or self.step >= other.step:
            return False
        return not self.section or self.section == other.section


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


def place_of(call: Call) -> Place:
    text = "\n".join(str(message["content"]) for message in call.body["messages"] if message["role"] == "user")
    theme, section = _THEME.search(text), _SECTION.search(text)
    return Place(theme.group(1) if theme else "", section.group(1) if section else "", step_of(call))


def ideal(places: Sequence[Place], concurrency: int) -> int:
    """Rounds the calls take when each starts as soon as it may, those with most steps behind them first."""
    waiting, rounds = Counter(places), 0
    while waiting:
        ready = [one for one in waiting if not any(other.before(one) for other in waiting)]
        ready.sort(key=lambda one: -len({other.step for other in waiting if one.before(other)}))
        started = [one for one in ready for _ in range(waiting[one])][:concurrency]
        waiting -= Counter(started)
        rounds += 1
    return rounds


def draft_all(settings: Settings, store: Store) -> tuple[float, float]:
    """Draft every theme as the command line does. Returns seconds of the clock and of CPU."""
    asking = wiring.asking(settings, store, SILENT)
    embedder = wiring.corpus_embedder(settings, store)

    def draft(theme: str) -> drafting.Draft:
        voice = wiring.voice(settings, store, theme, asking)
        return drafting.draft_report(theme, store=store, embedder=embedder, template=CITIZENS, voice=voice)

    themes = store.theme_names()
    wall, cpu = time.monotonic(), time.process_time()
    done = drafting.draft_side_by_side(themes, draft, at_once=len(themes))
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    for each in done:
        if isinstance(each, RapporteurError):
            raise each
    return wall, cpu


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
        themes = len(store.theme_names())
        asking = replace(settings, model="openai:traag", base_url=url, concurrency=options.concurrency)
        started = time.monotonic()
        wall, cpu = draft_all(asking, store)
        made = calls()
        _, kept_cpu = draft_all(asking, store)
    places = [place_of(call) for call in made]
    least = ideal(places, options.concurrency) * options.delay
    per_call = (cpu - kept_cpu) / len(made)
    print(f"themes                               {themes}")
    print(f"calls                                {len(made)}")
    print(f"seconds, by the clock                {wall:.1f}")
    print(f"seconds, ideal                       {least:.1f}")
    print(f"times the ideal                      {wall / least:.3f}   (goal {GOAL_RATIO})")
    print(f"first call after, s                  {min(call.came for call in made) - started:.1f}")
    print(f"after the last answer, s             {started + wall - max(call.went for call in made):.1f}")
    print(f"calls x delay / concurrency, s       {len(made) * options.delay / options.concurrency:.1f}")
    print(f"CPU s, and with all answers kept     {cpu:.1f} {kept_cpu:.1f}")
    print(f"own CPU per call, ms                 {per_call * 1000:.1f}   (goal {GOAL_CPU * 1000:.0f})")
    _print_gaps(made, options.concurrency)
    return 0 if wall <= GOAL_RATIO * least and per_call < GOAL_CPU else 1


def _print_gaps(made: Sequence[Call], concurrency: int) -> None:
    """How busy the server was, second by second: where a run waits for itself shows here."""
    first = min(call.came for call in made)
    seconds = range(int(max(call.went for call in made) - first) + 1)
    busy = [sum(call.came - first <= s + 0.5 < call.went - first for call in made) for s in seconds]
    print(f"calls under way each second (of {concurrency})    {' '.join(map(str, busy))}")


if __name__ == "__main__":
    sys.exit(main())
