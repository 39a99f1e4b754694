"""`dialoog-1.yaml` beside `dialoog-1.vtt`: metadata and roles that the recording itself does not hold."""

from __future__ import annotations

from pathlib import Path

from rapporteur.sources.readers.files import read_text
from rapporteur.sources.readers.names import Understood, understand
from rapporteur.sources.readers.yaml_source import yaml_mapping

SUFFIXES = (".yaml", ".yml")


def sidecar_of(record: Path) -> Path | None:
    """The sidecar of a record file, `.yaml` before `.yml`; None if it has none."""
    candidates = (record.with_suffix(suffix) for suffix in SUFFIXES)
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def read_sidecar(path: Path, name: str) -> Understood:
    """Raises: RecordRefused."""
    decoded = read_text(path, name)
    understood = understand(yaml_mapping(decoded.text, "The sidecar", name), name)
    return Understood(understood.metadata, decoded.warnings + understood.warnings)
