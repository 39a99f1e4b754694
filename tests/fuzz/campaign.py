"""Cases, and what came of them: each is made from a seed, a kind and a number, so that it can be made again.

Kinds are the readers by suffix, and besides: 'yaml' (a sidecar beside a good file), 'pdf-layout' (runs of text
at invented places, instead of a PDF), 'same' (one talk in all formats).
"""

from __future__ import annotations

import faulthandler
import json
import random
import signal
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from types import FrameType

from rapporteur.sources.readers import pdf
from rapporteur.sources.readers.pdf_text import Page, PdfText, Run
from rapporteur.sources.readers.registry import read_record
from rapporteur.types import Turn
from tests.fuzz.mutations import mutated, token
from tests.fuzz.oracles import Broken, hold, judge
from tests.fuzz.seeds import invented, seeds
from tests.fuzz.talks import WRITERS, Talk, make_talk

KINDS = (*WRITERS, "yaml", "pdf-layout", "same")
MAX_CPU_SECONDS = 10
MAX_SECONDS = 150  # of a child: it ends itself after 120
_TWICE = 5  # one case in so many is read twice
_TEXT_KINDS = ("vtt", "srt", "md", "txt", "html", "csv", "yaml", "json")
_ROLES_ARE_NOT_WRITTEN = ("vtt",)


class TooLong(BaseException):
    """Not an Exception, so that no reader takes it for an error in the file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` is the same for two cases that most likely have one cause."""

    kind: str
    number: int
    what: str
    detail: str


@dataclass(slots=True)
class Campaign:
    """`folder` gets the file of a case. `slowest` is by kind the most seconds of work that one took, and its number."""

    folder: Path
    seed: int
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def run(self, kind: str, number: int) -> Finding | None:
        """One case; a finding if it broke something."""
        rng = random.Random(f"{self.seed}/{kind}/{number}")  # noqa: S311 - a seed, no secret
        count = self.outcomes.setdefault(kind, Counter())
        started = time.process_time()
        try:
            with _limited(), _pdf_read_as(kind), warnings.catch_warnings(action="ignore"):
                outcome = (
                    self._same(rng) if kind == "same" else judge(self._file(rng, kind), twice=number % _TWICE == 0)
                )
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is what we are looking for
            outcome = "found"
            detail = "".join(traceback.format_exception(error, limit=-4))
            self.findings.append(Finding(kind, number, f"{kind}: {_cause(error)}", detail))
        count[outcome] += 1
        self.slowest[kind] = max(self.slowest.get(kind, (0.0, 0)), (time.process_time() - started, number))
        return self.findings[-1] if outcome == "found" else None

    def _file(self, rng: random.Random, kind: str) -> Path:
        suffix = kind.partition("-")[0]
        path = self.folder / "wonen" / f"dialoog-3.{suffix}"
        path.parent.mkdir(exist_ok=True)
        for old in path.parent.iterdir():
            old.unlink()
        path.write_bytes(_layout(rng) if kind == "pdf-layout" else self._content(rng, suffix))
        if kind == "yaml":
            path = path.with_suffix(".txt")
            path.write_text("Anna: Wij misten de markt.\n\nBram (kok): Nee.\n", "utf-8")
        return path

    @staticmethod
    def _content(rng: random.Random, kind: str) -> bytes:
        if kind in _TEXT_KINDS and rng.random() < 0.15:
            return invented(rng, kind)
        good = seeds(kind)
        mostly_small = rng.choices(good, [1 / len(data) for data in good])[0]
        return mutated(rng, kind, mostly_small, good)

    def _same(self, rng: random.Random) -> str:
        talk = make_talk(rng)
        for kind, write in WRITERS.items():
            path = self.folder / "wonen" / f"dialoog-3.{kind}"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(write(talk))
            said = read_record(path, path.name).record.turns
            read, written = _as_read(said), _as_written(talk, kind)
            hold(
                f"a talk as .{kind} has the same turns",
                read == written,
                [pair for pair in zip_longest(read, written) if pair[0] != pair[1]],
            )
        return "read"


def _as_written(talk: Talk, kind: str) -> list[tuple[str | None, ...]]:
    return [(said.speaker, None if kind in _ROLES_ARE_NOT_WRITTEN else said.role, said.text) for said in talk]


def _as_read(turns: Sequence[Turn]) -> list[tuple[str | None, ...]]:
    return [(turn.speaker, turn.role, turn.text) for turn in turns]


def _cause(error: BaseException) -> str:
    """The promise that was broken, or the error and the last place of ours that it came through."""
    if isinstance(error, Broken):
        return error.oracle
    ours = [at for at in traceback.extract_tb(error.__traceback__) if "/rapporteur/" in at.filename]
    return f"{type(error).__name__} in {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else repr(error)[:200]


@contextmanager
def _limited() -> Iterator[None]:
    """Seconds of work, not of waiting: the machine may be shared. A parser in C that never ends is ended with us."""

    def stop(_: int, frame: FrameType | None) -> None:
        raise TooLong(f"more than {MAX_CPU_SECONDS} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, MAX_CPU_SECONDS)
    started = time.monotonic()
    faulthandler.dump_traceback_later(MAX_SECONDS, exit=True)
    try:
        yield
        hold("a child ends in time", time.monotonic() - started < MAX_SECONDS)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGPROF, before)


# ---------------------------------------------------------------------------------------- kinds of PDF


@contextmanager
def _pdf_read_as(kind: str) -> Iterator[None]:
    """For 'pdf-layout' the PDF reader without pypdf."""
    extract = pdf.extract
    if kind == "pdf-layout":
        pdf.extract = lambda path, _: _laid_out(path)
    try:
        yield
    finally:
        pdf.extract = extract


def _laid_out(path: Path) -> PdfText:
    pages = json.loads(path.read_text("utf-8"))
    return PdfText([Page(n, 595.0, [Run(*run) for run in runs]) for n, runs in enumerate(pages, start=1)])


def _layout(rng: random.Random) -> bytes:
    """Pages of runs: mostly lines one under the other, with columns, tables, margins and nonsense among them."""
    columns = rng.choice(((70.0,), (70.0, 320.0), (70.0, 200.0, 400.0)))
    pages = []
    for _ in range(rng.randint(1, 5)):
        y, runs = 780.0, []
        for _ in range(rng.choice((0, 3, 40))):
            size = rng.choice((11.0,) * 8 + (8.0, 16.0, 0.0, 1e30))
            y = rng.choice((y - 14.0,) * 8 + (y, y - 28.0, 780.0, -1e30, rng.uniform(0, 800)))
            for x in rng.sample(columns, rng.randint(1, len(columns))):
                text = rng.choice(
                    ("Anna: Wij misten de", "markt. ", "knel-", "Bram (kok):", "spreker", "tekst", "Thema")
                )
                text = token(rng, "pdf")[:2_000] if rng.random() < 0.15 else text
                text = "".join(c for c in text if not "\ud800" <= c <= "\udfff") + rng.choice(("\n", " ", " "))
                x = rng.choice((x, x, x, x + 12.0, rng.uniform(-100, 700)))
                runs.append((text, x, y, size, rng.random() < 0.2, rng.random() < 0.02))
        pages.append(runs)
    return json.dumps(pages).encode()
