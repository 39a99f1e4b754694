"""The checks beyond the quotations, in the order in which their findings are told."""

from __future__ import annotations

from rapporteur.proof.checks.balance import balance
from rapporteur.proof.checks.counts import counts
from rapporteur.proof.checks.dialogues import dialogues, roles
from rapporteur.proof.checks.examined import Examined
from rapporteur.proof.checks.interface import Check
from rapporteur.proof.checks.personal_data import personal_data
from rapporteur.proof.checks.quantifiers import quantifiers
from rapporteur.proof.checks.unsupported import unsupported
from rapporteur.proof.checks.used_twice import used_twice
from rapporteur.types import Finding

CHECKS: tuple[Check, ...] = (
    personal_data, dialogues, roles, used_twice, counts, quantifiers, balance, unsupported
)  # fmt: skip


def findings(examined: Examined) -> tuple[Finding, ...]:
    """What all checks found, check by check, each in reading order."""
    return tuple(finding for check in CHECKS for finding in check(examined))
