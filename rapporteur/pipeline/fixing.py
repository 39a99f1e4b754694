"""A checked document to a copy in which the quotations are the records' words again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rapporteur.pipeline.checking import corpus_facts
from rapporteur.types import CheckedDocument

if TYPE_CHECKING:
    from rapporteur.proof.fixing.interface import Fixed, Mended, Repair
    from rapporteur.proof.quotes import QuoteChecker
    from rapporteur.sources.store import Store


def fix_document(path: Path, copy: Path, checked: CheckedDocument, store: Store) -> Fixed:
    """Write a copy of a checked document with the record's words in its altered quotations, and tell what was done.

    What was mended is checked again in the copy, and undone where that is not clean. Raises: UsageError for another
    kind of file, or for the document itself as its copy; OutputUnwritable.
    """
    from rapporteur.errors import UsageError
    from rapporteur.files import check_writable, write_atomically
    from rapporteur.proof.checks.names import KnownNames
    from rapporteur.proof.checks.personal_data import holds_personal_data
    from rapporteur.proof.fixing.interface import Fixed, Left
    from rapporteur.proof.fixing.plan import plan
    from rapporteur.proof.fixing.registry import mender_for
    from rapporteur.proof.quotes import QuoteChecker

    mender = mender_for(path)
    if copy.suffix.lower() != path.suffix.lower() or copy.resolve() == path.resolve():
        raise UsageError(
            f"A mended copy of {path.name} cannot be written to {copy.name}.",
            where=str(copy),
            hint=f"Give another file that ends in {path.suffix}: the document itself is never changed.",
        )
    check_writable(copy)
    checker = QuoteChecker(store.fragments())
    fragments = store.fragments_by_id(v.fragment for _, v in checked.quotations if v.fragment)
    names = KnownNames(corpus_facts(checked.themes, store), (fragment.text for fragment in fragments.values()))
    planned = plan(checked.quotations, fragments, checker.check, lambda text: holds_personal_data(text, names))
    mended = mender.mend(path, planned.repairs)
    done = _clean_now(mended, path, checker, store.theme_names())
    if done != mended.done:
        mended = mender.mend(path, done)
    write_atomically(copy, mended.content)
    missed = (repair for repair in planned.repairs if repair not in done)
    why = "Its words could not be told apart in the file, for instance since they run over several paragraphs."
    return Fixed(copy.name, mender.tracked, done, (*planned.left, *(Left(r.place, why) for r in missed)))


def _clean_now(mended: Mended, path: Path, checker: QuoteChecker, themes: Sequence[str]) -> tuple[Repair, ...]:
    """The repairs whose quotations are found and clean in the mended file, read as a stranger would."""
    from tempfile import TemporaryDirectory

    from rapporteur.proof.checks.examined import on_known_theme
    from rapporteur.proof.documents.registry import read_document

    with TemporaryDirectory() as folder:
        file = Path(folder) / path.name
        file.write_bytes(mended.content)
        document = on_known_theme(read_document(file), themes)
        clean = {(q.text, q.place) for q in document.quotations if checker.check(q).clean}
    return tuple(repair for repair in mended.done if (repair.after, repair.place) in clean)
