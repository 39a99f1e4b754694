"""YAML that people write by hand (front matter, sidecars). Given text, gives a mapping or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapporteur.errors import RecordRefused
from rapporteur.sources.readers.text import reason, shown

_WRITE_OUT = "Write out what it refers to, or put a value that starts with '*' between quotation marks."

_WRITE_OUT = "Write out what it refers to, or put a value that starts with '*' between quotation marks."


def yaml_mapping(text: str, what: str, name: str) -> Mapping[Any, Any]:
    """`what` is what the reader of an error calls it ('The front matter').

    Raises: RecordRefused.
    """
    import yaml  # a tenth of a second: only for those who have YAML

    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            # Ten lines of references to references are billions of words.
            raise RecordRefused(f"{what} refers to other parts of itself ('*name').", where=name, hint=_WRITE_OUT)
        loaded = yaml.safe_load(text)
        str(loaded)  # a hexadecimal number can be too long for print: better here than where it is used
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "it holds characters that YAML does not allow"
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        raise RecordRefused(f"{what} is not valid YAML{line}: {shown(problem, 300)}.", where=name) from error
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        # PyYAML lets these through: 2022-02-30, !!bool x, !!int '', !!timestamp x, [[[[...
        raise RecordRefused(f"{what} is not valid YAML: {reason(error)}.", where=name) from error
    if loaded is None:
        return {}
    if not isinstance(loaded, Mapping):
        raise RecordRefused(f"{what} is not a list of names with values ('thema: wonen').", where=name)
    return loaded
