"""Good files made worse: at random, but along the grain of their format.

In: a random source, a file, and others of its kind. Out: a file of at most MAX_BYTES (before it is zipped).
"""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.ElementTree import fromstring

from tests.fuzz.talks import zipped
from tests.fuzz.tokens import GRAMMAR, LABELS, MARKUP, NUMBERS, UNICODE, XML_NAMES

MAX_BYTES = 180_000

_WORD = re.compile(r"[^\s\w]|\w+|\s+")
_NUMBER = re.compile(r"\d+")
_ZIPPED = ("docx", "odt", "xlsx")


def mutated(rng: random.Random, kind: str, good: bytes, others: Sequence[bytes]) -> bytes:
    """One to six changes, nearly always of the kind that leaves the file in one piece."""
    changes = rng.choice((1, 1, 2, 3, 6))
    if rng.random() < 0.06:
        return _bytes(rng, good, others)
    if kind in _ZIPPED:
        return _package(rng, kind, good, others, changes)
    encoding = "latin-1" if kind == "pdf" else "utf-8"
    text = good.decode(encoding, "replace")
    for _ in range(changes):
        text = _text(rng, kind, text, rng.choice(others).decode(encoding, "replace"))[:MAX_BYTES]
    if kind == "pdf":
        return text.encode("latin-1", "ignore") + b"\n%%EOF\n"
    return text.encode(rng.choice(("utf-8",) * 8 + ("utf-8-sig", "utf-16")), "ignore")


# ------------------------------------------------------------------------------------------- bytes


def _bytes(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    damaged = bytearray(data)
    way = rng.randrange(4)
    if way == 0:
        for _ in range(rng.choice((1, 4, 40))):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    elif way == 1:
        del damaged[rng.randrange(len(damaged)) :]
    elif way == 2:
        other = rng.choice(others)
        damaged = damaged[: rng.randrange(len(damaged))] + other[rng.randrange(len(other)) :]
    else:
        start = rng.randrange(len(damaged))
        del damaged[start : start + rng.choice((1, 2, 100))]
    return bytes(damaged)


# -------------------------------------------------------------------------------------------- text


def token(rng: random.Random, kind: str) -> str:
    """Something that matters to a parser, once or many times."""
    pool = rng.choice((NUMBERS, UNICODE, MARKUP, LABELS, GRAMMAR.get(kind, LABELS), GRAMMAR.get(kind, LABELS)))
    chosen = rng.choice(pool)
    if rng.random() < 0.04:
        return chosen * min(rng.choice((30, 30, 3_000, 60_000)), MAX_BYTES // (2 * len(chosen) or 1) + 1)
    return chosen


def _text(rng: random.Random, kind: str, text: str, other: str) -> str:
    return rng.choice((_a_line, _a_line, _a_word, _a_word, _in_a_word, _a_number, _spliced, _repeated))(
        rng, kind, text, other
    )


def _a_line(rng: random.Random, kind: str, text: str, other: str) -> str:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    way = rng.randrange(7)
    if way == 0:
        del lines[at]
    elif way == 1:
        lines.insert(at, lines[rng.randrange(len(lines))])
    elif way == 2:
        other_at = rng.randrange(len(lines))
        lines[at], lines[other_at] = lines[other_at], lines[at]
    elif way == 3:
        lines.insert(at, "".join(token(rng, kind) for _ in range(rng.randint(1, 3))))
    elif way == 4:
        lines[at] = token(rng, kind) + lines[at]
    elif way == 5:
        lines[at : at + 2] = ["".join(lines[at : at + 2])]
    else:
        lines[at] += token(rng, kind)
    return "\n".join(lines)


def _a_word(rng: random.Random, kind: str, text: str, other: str) -> str:
    at = rng.randrange(len(text) + 1)
    found = _WORD.search(text, at)
    if not found:
        return text + token(rng, kind)
    kept = text[found.start() : found.end()] if rng.random() < 0.5 else ""
    return text[: found.start()] + token(rng, kind) + kept + text[found.end() :]


def _in_a_word(rng: random.Random, kind: str, text: str, other: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + token(rng, kind) + text[at + rng.randrange(2) :]


def _a_number(rng: random.Random, kind: str, text: str, other: str) -> str:
    found = _NUMBER.search(text, rng.randrange(len(text) + 1))
    return text[: found.start()] + rng.choice(NUMBERS) + text[found.end() :] if found else text


def _spliced(rng: random.Random, kind: str, text: str, other: str) -> str:
    lines, more = text.split("\n"), other.split("\n")
    return "\n".join(lines[: rng.randrange(len(lines) + 1)] + more[rng.randrange(len(more) + 1) :])


def _repeated(rng: random.Random, kind: str, text: str, other: str) -> str:
    start = rng.randrange(len(text) + 1)
    piece = text[start : start + rng.choice((1, 5, 40, 400))]
    times = min(rng.choice((2, 2, 2, 20, 20, 2_000, 100_000)), MAX_BYTES // (2 * max(len(piece), 1)))
    return text[:start] + piece * times + text[start:]


# ------------------------------------------------------------------------------------ zips of XML


def _package(rng: random.Random, kind: str, good: bytes, others: Sequence[bytes], changes: int) -> bytes:
    parts = parts_of(good)
    for _ in range(changes):
        at = rng.choices(range(len(parts)), [len(content) ** 0.5 for _, content in parts])[0]
        name, content = parts[at]
        way = rng.random()
        if way < 0.75:
            parts[at] = name, _xml(rng, kind, content)
        elif way < 0.9:
            text = _text(rng, kind, content.decode("utf-8", "replace"), content.decode("utf-8", "replace"))
            parts[at] = name, text[:MAX_BYTES].encode("utf-8", "ignore")
        elif way < 0.94:
            parts[at] = name, rng.choice(parts_of(rng.choice(others)))[1]
        elif way < 0.97:
            del parts[at]
        else:
            parts.append((rng.choice((name, name.upper(), "../" + name, "/" + name)), content))
        if not parts:
            break
    return zipped(parts)


def parts_of(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(part.filename, archive.read(part)) for part in archive.infolist()]


def _xml(rng: random.Random, kind: str, content: bytes) -> bytes:
    try:
        root = fromstring(content)
    except (ParseError, ValueError):
        return content
    try:
        for _ in range(rng.choice((1, 1, 3, 10))):
            rng.choice(_TREE_CHANGES)(rng, kind, root, list(root.iter()))
        changed = bytes(tostring(root, "utf-8"))
    except RecursionError:  # too deep for us, so that it says nothing of the reader
        return content
    return changed if len(changed) <= 3 * MAX_BYTES else content


def _child_of_some(rng: random.Random, elements: Sequence[Element]) -> tuple[Element, int] | None:
    parents = [element for element in elements if len(element)]
    parent = rng.choice(parents) if parents else None
    return (parent, rng.randrange(len(parent))) if parent is not None else None


def _drop(rng: random.Random, kind: str, root: Element, elements: Sequence[Element]) -> None:
    if found := _child_of_some(rng, elements):
        parent, at = found
        parent[at : at + 1] = list(parent[at]) if rng.random() < 0.5 else []


def _duplicate(rng: random.Random, kind: str, root: Element, elements: Sequence[Element]) -> None:
    if found := _child_of_some(rng, elements):
        parent, at = found
        size = sum(1 for _ in parent[at].iter())
        times = min(rng.choice((1, 1, 5, 500)), 5_000 // size)
        parent[at:at] = [copy.deepcopy(parent[at]) for _ in range(times)]


def _nest(rng: random.Random, kind: str, root: Element, elements: Sequence[Element]) -> None:
    """An element inside copies of its own start tag, or of another's."""
    if found := _child_of_some(rng, elements):
        parent, at = found
        inner = parent[at]
        like = rng.choice((inner, rng.choice(elements)))
        for _ in range(rng.choice((1, 1, 2, 50, 300))):
            outer = Element(like.tag, dict(like.attrib))
            outer.append(inner)
            inner = outer
        parent[at] = inner


def _move(rng: random.Random, kind: str, root: Element, elements: Sequence[Element]) -> None:
    if found := _child_of_some(rng, elements):
        parent, at = found
        moved = parent[at]
        inside = set(moved.iter())
        target = rng.choice([element for element in elements if element not in inside])
        parent.remove(moved)
        target.insert(rng.randrange(len(target) + 1), moved)


def _rename(rng: random.Random, kind: str, root: Element, elements: Sequence[Element]) -> None:
    element, other = rng.choice(elements), rng.choice(elements)
    namespace = str(other.tag).rpartition("}")[0]
    name = f"{namespace}}}{rng.choice(XML_NAMES)}" if namespace else rng.choice(XML_NAMES)
    element.tag = rng.choice((str(other.tag), name))


def _attribute(rng: random.Random, kind: str, root: Element, elements: Sequence[Element]) -> None:
    having = [element for element in elements if element.attrib]
    if having:
        element, other = rng.choice(having), rng.choice(having)
        key = rng.choice(sorted(element.attrib))
        if rng.random() < 0.2:
            del element.attrib[key]
        else:
            values = (rng.choice(sorted(other.attrib.values())), rng.choice(NUMBERS), _xml_text(token(rng, kind)))
            element.attrib[key] = rng.choice(values)


def _words(rng: random.Random, kind: str, root: Element, elements: Sequence[Element]) -> None:
    element = rng.choice([element for element in elements if element.text] or elements)
    chosen = _xml_text(token(rng, kind))
    way = rng.randrange(4)
    if way == 0:
        element.text = chosen
    elif way == 1:
        element.tail = chosen
    elif way == 2:
        element.text = chosen + (element.text or "")
    else:
        text = element.text or ""
        at = rng.randrange(len(text) + 1)
        element.text = text[:at] + chosen + text[at:]


def _insert(rng: random.Random, kind: str, root: Element, elements: Sequence[Element]) -> None:
    parent, like = rng.choice(elements), rng.choice(elements)
    new = SubElement(parent, like.tag, dict(like.attrib))
    new.text = _xml_text(token(rng, kind))


_TREE_CHANGES: tuple[Callable[[random.Random, str, Element, Sequence[Element]], None], ...] = (
    _drop,
    _duplicate,
    _nest,
    _move,
    _rename,
    _attribute,
    _attribute,
    _words,
    _words,
    _insert,
)


def _xml_text(text: str) -> str:
    """What XML can hold of it, so that the part still parses."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
