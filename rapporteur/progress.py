"""How the library says how far it is: to an object it is given, silent unless someone listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    def start(self, what: str, total: int) -> None:
        """A new stage of `total` steps begins."""
        ...

    def beside(self, what: str, total: int) -> None:
        """A stage of `total` steps begins beside those that run."""
        ...

    def advance(self, steps: int = 1, what: str = "") -> None:
        """Steps of the stage `what` are done; '' is the one that `start` began. Called from several threads."""
        ...

    def received(self, characters: int) -> None:
        """So many more characters of answers came in; called from several threads."""
        ...

    def finish(self) -> None: ...


class Silent:
    """Says nothing."""

    def start(self, what: str, total: int) -> None: ...

    def beside(self, what: str, total: int) -> None: ...

    def advance(self, steps: int = 1, what: str = "") -> None: ...

    def received(self, characters: int) -> None: ...

    def finish(self) -> None: ...


SILENT: Progress = Silent()
