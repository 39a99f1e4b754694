"""Finds, checks and renders the prompt files: a name and values in, messages out.

The form of a prompt file is told in prompts/README.md. A file is checked whole when it is loaded, so that a
mistake in it shows before anything was read, embedded or paid for.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError, UndefinedError, meta
from pydantic import BaseModel, ConfigDict, ValidationError

from rapporteur.errors import PromptInvalid
from rapporteur.writing.llm.interface import Message

_HEAD = re.compile(r"\+\+\+\n(.*?)^\+\+\+\n", re.DOTALL | re.MULTILINE)
_REMEMBERED = 128  # files and templates: to check and compile one costs more than to fill it in a hundred times
_MESSAGE_START = re.compile(r"^# (system|user|assistant)$", re.MULTILINE)


class Head(BaseModel):
    """What a prompt file says of itself."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str
    version: int
    purpose: str
    variables: list[str]
    changed: str


@dataclass(frozen=True, slots=True)
class Part:
    """One message before it is filled in: its role and its template, at its own lines of the file."""

    role: Literal["system", "user", "assistant"]
    template: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file, checked. `sha256` is of the file's text, with line ends as \\n."""

    id: str
    version: int
    purpose: str
    variables: tuple[str, ...]
    changed: str
    sha256: str
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        return f"{self.id}.v{self.version}"

    def render(self, **values: object) -> list[Message]:
        """The messages with the values filled in, each without white space around it.

        Raises: PromptInvalid when the values are not those of the head, or lack something the text uses.
        """
        if different := _differences(set(values), set(self.variables)):
            raise PromptInvalid(f"The prompt was not given the values its head names ({different}).", where=self.name)
        try:
            return [Message(part.role, _compiled(part.template).render(values).strip()) for part in self.parts]
        except UndefinedError as error:
            raise PromptInvalid(f"The prompt uses a value that is not there: {error}.", where=self.name) from error


def folder() -> Path:
    """Where the prompts are: inside the installed package, or beside it in a checkout.

    Raises: PromptInvalid if they are in neither place.
    """
    package = Path(__file__).parents[1]
    for place in (package / "_prompts", package.parent / "prompts"):
        if place.is_dir():
            return place
    raise PromptInvalid("The prompts are missing.", where=str(package), hint="Install rapporteur again.")


def names(place: Path | None = None) -> list[str]:
    """The names of all prompts, as `load` takes them, in order of the alphabet."""
    return sorted(file.stem for file in (place or folder()).glob("*.v*.md"))


def digests() -> dict[str, str]:
    """The sha256 digest of every prompt by its name, for logs. Raises: PromptInvalid."""
    return {name: load(name).sha256 for name in names()}


def load(name: str, place: Path | None = None) -> Prompt:
    """Read and check the prompt `name`: 'doctor_probe.v1', or 'doctor_probe' for its newest version.

    Raises: PromptInvalid, with the file and what is wrong in it.
    """
    place = place or folder()
    name = _newest(name, place)
    file = place / f"{name}.md"
    return _checked(name, file, _read(file))


@lru_cache(maxsize=_REMEMBERED)
def _checked(name: str, file: Path, text: str) -> Prompt:
    head, body_start = _head(text, file)
    prompt = Prompt(
        id=head.id,
        version=head.version,
        purpose=head.purpose,
        variables=tuple(head.variables),
        changed=head.changed,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        parts=_parts(text, body_start, file),
    )
    if prompt.name != name:
        raise PromptInvalid(f"The head says {prompt.name}, the file's name {name}.", where=str(file))
    if different := _differences(_used(prompt.parts, file), set(prompt.variables)):
        raise PromptInvalid(f"The prompt's text does not use the variables of its head ({different}).", where=str(file))
    return prompt


def _newest(name: str, place: Path) -> str:
    """The name with the highest version there is; as it came if it has one, or if there is none."""
    versions = {int(number): each for each in names(place) if (number := each.removeprefix(f"{name}.v")).isdecimal()}
    return versions[max(versions)] if versions else name


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptInvalid(f"The prompt {file.stem} cannot be read: {error}.", where=str(file)) from error


def _head(text: str, file: Path) -> tuple[Head, int]:
    """The head, and where the body starts."""
    found = _HEAD.match(text)
    if found is None:
        raise PromptInvalid("The prompt does not start with a head between two lines +++.", where=str(file))
    try:
        return Head(**tomllib.loads(found[1])), found.end()
    except tomllib.TOMLDecodeError as error:
        raise PromptInvalid(f"The prompt's head is not valid TOML: {error}.", where=str(file)) from error
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise PromptInvalid(f"The prompt's head is not as it should be ({faults}).", where=str(file)) from error


def _parts(text: str, body_start: int, file: Path) -> tuple[Part, ...]:
    """The body, cut into messages before anything is filled in."""
    starts = list(_MESSAGE_START.finditer(text, body_start))
    if not starts or text[body_start : starts[0].start()].strip():
        raise PromptInvalid(
            "The prompt's text must start with a line '# system', '# user' or '# assistant'.", where=str(file)
        )
    ends = [*(start.start() for start in starts[1:]), len(text)]
    return tuple(
        Part(cast(Any, start[1]), "\n" * text.count("\n", 0, start.end()) + text[start.end() : end])
        for start, end in zip(starts, ends, strict=True)
    )


def _used(parts: tuple[Part, ...], file: Path) -> set[str]:
    """The variables the templates want to be given."""
    try:
        return {name for part in parts for name in meta.find_undeclared_variables(_environment().parse(part.template))}
    except TemplateSyntaxError as error:
        raise PromptInvalid(
            f"The prompt's text is not a valid template: {error.message}.",
            where=f"{file}, line {error.lineno}",
        ) from error


@lru_cache(maxsize=_REMEMBERED)
def _compiled(template: str) -> Template:
    return _environment().from_string(template)


def _environment() -> Environment:
    environment = Environment(
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  a prompt is read by a model, not by a browser
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    return environment


def _differences(found: set[str], declared: set[str]) -> str:
    """'too many: a, b; missing: c', or nothing if both name the same."""
    facts = (("too many", found - declared), ("missing", declared - found))
    return "; ".join(f"{what}: {', '.join(sorted(names))}" for what, names in facts if names)
