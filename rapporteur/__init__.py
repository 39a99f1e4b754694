"""rapporteur: from the records of citizen dialogues to theme reports whose every quote is proved.

Names are loaded on first use (PEP 562), so that `import rapporteur` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from rapporteur.pipeline.checking import check_document
    from rapporteur.pipeline.drafting import draft_report
    from rapporteur.pipeline.indexing import index_corpus
    from rapporteur.types import Fragment, Quotation, Record, Report, Verdict

_HOME = {
    "Fragment": "types",
    "Quotation": "types",
    "Record": "types",
    "Report": "types",
    "Verdict": "types",
    "check_document": "pipeline.checking",
    "draft_report": "pipeline.drafting",
    "index_corpus": "pipeline.indexing",
}

__all__ = [
    "Fragment",
    "Quotation",
    "Record",
    "Report",
    "Verdict",
    "check_document",
    "draft_report",
    "index_corpus",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
