"""Step 4, the seam: texts to vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:  # numpy costs a third of a second to import; re-indexing nothing needs no vectors
    import numpy as np
    from numpy.typing import NDArray

Vectors: TypeAlias = "NDArray[np.float32]"


class Embedder(Protocol):
    """`name` identifies model and settings: vectors of one name may be compared, of two names never."""

    @property
    def name(self) -> str: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts for likeness (both sides of a comparison alike).

        Returns: n texts x d floats, float32, each row of unit length, in the order of `texts`.
        Raises: EmbedderUnavailable or ServiceFailed.
        """
        ...
