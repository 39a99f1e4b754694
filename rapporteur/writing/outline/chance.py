"""Step 1: another choice among what is nearly equal, the same one whenever it is asked for with the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2s


@dataclass(frozen=True, slots=True)
class Chance:
    """Without a seed there is no chance: everything is 0."""

    seed: int | None = None

    def of(self, name: str) -> float:
        """A number in [0, 1) for a name (a fragment's id, a matter), the same on every machine."""
        if self.seed is None:
            return 0.0
        digest = blake2s(f"{self.seed}\0{name}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") / 2**64


NONE = Chance()
