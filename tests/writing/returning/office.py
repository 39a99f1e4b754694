"""LibreOffice, as an editor has it: opens files and saves them again."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
needed = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not here: `apt-get install libreoffice-writer`")


def save_as(files: Sequence[Path], suffix: str, folder: Path) -> list[Path]:
    """Open files and save them in `folder` as another (or the same) format, all with one start of the program."""
    assert PROGRAM
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / "profile").resolve().as_uri()
    form = {"docx": "docx:MS Word 2007 XML"}.get(suffix, suffix)
    command = [PROGRAM, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", folder]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    return [folder / f"{file.stem}.{suffix}" for file in files]
