"""other-records: was the document drafted from the records that are here?

A draft names the fingerprint of its records. On another machine, or after a record changed, the verdicts say what the
records here bear, and a reader must know that these are not the ones the draft was cut from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapporteur.proof.checks.interface import shown
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.types import Finding

NAME = "other-records"
_SUGGESTION = "Controleer het document waar die verslagen staan, of lees dezelfde verslagen in met `rapporteur index`."


def other_records(document: ReadDocument, here: Mapping[str, str]) -> Iterator[Finding]:
    """`here` maps each theme of the document that has records to the fingerprint of these as they are now."""
    drafted_from = document.corpus_fingerprint
    if drafted_from is None or drafted_from in here.values():
        return
    now = "; ".join(f"die van {theme} hebben hier vingerafdruk {digest}" for theme, digest in here.items())
    why = (
        f"Het document is opgesteld uit verslagen met vingerafdruk {shown(drafted_from)}; "
        f"{now or 'die verslagen zijn hier niet'}. De oordelen zeggen wat de verslagen hier dragen."
    )
    yield Finding(NAME, "warning", "", "the whole document", why, _SUGGESTION)
