"""What verdicts and marks are called in Dutch, wherever a reviewer reads them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rapporteur.types import VerdictKind

# What a verdict is called, and the sign that says it without colour.
VERDICTS: Mapping[VerdictKind, tuple[str, str]] = MappingProxyType(
    {
        "verbatim": ("Letterlijk", "✓"),
        "edited": ("Letterlijk, met zichtbare bewerking", "✓"),
        "misleading-cut": ("Misleidend ingekort", "✂"),
        "altered": ("Gewijzigd", "✗"),
        "misattributed": ("Aan een ander toegeschreven", "⇄"),
        "ambiguous": ("Van meer dan één persoon", "?"),
        "not-found": ("Niet in de verslagen", "✗"),
    }
)
MARKS = MappingProxyType(
    {
        "ellipsis": "weglating (…)",
        "brackets": "tussen haken",
        "name": "X voor een naam",
        "quotes": "aanhalingstekens",
        "dashes": "streepjes",
        "white-space": "witruimte",
        "capital": "hoofdletter aan het begin",
        "case": "hoofdletters",
        "stress-accents": "klemtoon",
        "invisible-characters": "onzichtbare tekens",
        "line-end-hyphen": "afbreekstreepje",
        "ellipsis-form": "vorm van de puntjes",
        "doubled-full-stop": "dubbele punt aan het eind",
        "closing-punctuation": "leesteken aan het eind",
    }
)
