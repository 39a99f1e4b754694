"""Standard output that may be closed by whoever reads it, as `head` does: a command goes on and ends as it would have.

Stopped halfway it could not say how it ended: `check` may have found something, `index` has files to read.
"""

from __future__ import annotations

import io
import sys
from typing import Any


class _UntilClosed(io.FileIO):
    """A file that loses what is written to it once nobody reads it any more."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes


def outlive_readers() -> None:
    """Have nothing fail for want of a reader of our output or of our errors."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.flush()
            raw = _UntilClosed(stream.fileno(), "wb", closefd=False)
            lines = stream.line_buffering
            again = io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, stream.errors, line_buffering=lines)
            setattr(sys, name, again)
