from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur import config
from rapporteur.errors import ConfigInvalid


def test_a_flag_wins_over_the_environment_and_that_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rapporteur.toml").write_text('programme = "bestand"\ntrack = "bestand"\ncorpus = "bestand"\n', "utf-8")
    monkeypatch.setenv("RAPPORTEUR_TRACK", "omgeving")
    monkeypatch.setenv("RAPPORTEUR_CORPUS", "omgeving")
    settings = config.load(tmp_path, {"corpus": "vlag"})
    assert (settings.programme, settings.track, settings.corpus) == ("bestand", "omgeving", "vlag")


def test_the_workspace_is_the_nearest_folder_that_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rapporteur.toml").write_text("", "utf-8")
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    assert config.load().root == tmp_path
    monkeypatch.setenv("RAPPORTEUR_WORKSPACE", str(tmp_path / "a"))
    assert config.load().root == tmp_path / "a"


def test_a_folder_that_holds_logs_of_runs_alone_is_no_workspace_of_those_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".rapporteur" / "runs").mkdir(parents=True)
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert config.load().root == tmp_path / "a"
    (tmp_path / ".rapporteur" / "corpus.db").touch()
    assert config.load().root == tmp_path


def test_the_users_own_names_are_a_table_of_lists(tmp_path: Path) -> None:
    (tmp_path / "rapporteur.toml").write_text('[names]\nspeaker = ["wie"]\ntext = "gezegd"\n', "utf-8")
    assert config.load(tmp_path).names == {"speaker": ("wie",), "text": ("gezegd",)}


@pytest.mark.parametrize("toml", ["names = 3", "[names]\nspeaker = 3", "[names]\nspeaker = [3]"])
def test_names_of_another_form_are_refused(toml: str, tmp_path: Path) -> None:
    (tmp_path / "rapporteur.toml").write_text(toml, "utf-8")
    with pytest.raises(ConfigInvalid):
        config.load(tmp_path)


def test_a_key_is_read_from_the_environment_and_never_part_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    assert config.api_key("openai") == "sk-secret"
    assert config.api_key("mistral") is None
    assert "sk-secret" not in repr(config.load())


def test_passwords_in_urls_are_masked_in_what_is_printed() -> None:
    settings = config.load(overrides={"store_url": "postgresql://piet:geheim@db/x", "base_url": "http://h:8000/v1"})
    assert settings.printable()["store_url"] == "postgresql://piet:***@db/x"
    assert settings.printable()["base_url"] == "http://h:8000/v1"


@pytest.mark.parametrize(
    ("base_url", "anonymises"),
    [
        ("", True),
        ("https://api.voorbeeld.nl/v1", True),
        ("http://192.168.1.20:8000/v1", True),
        ("http://localhost.voorbeeld.nl/v1", True),
        ("http://localhost:11434/v1", False),
        ("http://127.0.0.1:8080/v1", False),
        ("http://[::1]:8080/v1", False),
        ("http://model.localhost/v1", False),
    ],
)
def test_what_leaves_this_machine_is_anonymised_unless_told_otherwise(base_url: str, anonymises: bool) -> None:
    assert config.load(overrides={"base_url": base_url}).anonymises is anonymises
    assert config.load(overrides={"base_url": base_url, "anonymise": "on"}).anonymises
    assert not config.load(overrides={"base_url": base_url, "anonymise": "off"}).anonymises


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("anonymise", "misschien"),
        ("timeout", 0),
        ("timeout", "nan"),
        ("timeout", "inf"),
        ("temperature", -1),
        ("concurrency", 0),
        ("max_retries", -1),
        ("answer_tokens", 0),
        ("max_tokens", -1),
        ("max_cost", "nan"),
        ("price_in", -0.1),
        ("base_url", "localhost:11434/v1"),
        ("base_url", "http://[::1/v1"),
        ("base_url", "http://host:poort/v1"),
    ],
)
def test_a_value_that_means_nothing_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(ConfigInvalid, match=name):
        config.load(overrides={name: value})


@pytest.mark.parametrize("prices", [{}, {"price_in": 1.0}, {"price_out": 1.0}])
def test_a_bound_on_cost_needs_both_prices(prices: dict[str, object]) -> None:
    with pytest.raises(ConfigInvalid, match="max_cost"):
        config.load(overrides={"max_cost": 2.0, **prices})
