"""Markdown as its reader sees it: markup resolved, front matter set apart, blockquotes as quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rapporteur.proof.documents.files import text_of
from rapporteur.proof.documents.html import prose_of_html
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.jsonl import text_or_none
from rapporteur.proof.documents.prose import Prose, quotations_of

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<head>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_AS_SHOWN = {"softbreak": "\n", "hardbreak": "\n", "html_inline": ""}


class MarkdownReader:
    suffixes = (".md", ".markdown")

    def read(self, path: Path) -> ReadDocument:
        text = text_of(path)
        front = _FRONT_MATTER.match(text)
        head = _front_matter(front["head"]) if front else {}
        body = "\n" * front.group().count("\n") + text[front.end() :] if front else text
        prose = tuple(_prose(body))
        theme = text_or_none(head.get("theme"))
        return ReadDocument(
            path.name,
            quotations_of(prose, theme),
            tuple(piece.passage for piece in prose),
            corpus_fingerprint=text_or_none(head.get("corpus_fingerprint")),
            theme=theme,
        )


def _front_matter(head: str) -> dict[str, object]:
    """What the front matter says; nothing if it is not YAML, since the words below it can be checked."""
    try:
        values = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _prose(body: str) -> Iterator[Prose]:
    depth, line, block = 0, 0, 0
    for token in MarkdownIt("commonmark").enable("table").parse(body):
        line = token.map[0] + 1 if token.map else line
        depth += token.nesting if token.type.startswith("blockquote") else 0
        block += token.type == "blockquote_open"
        if token.type == "html_block":
            yield from prose_of_html(token.content, f"line {line}")
        elif token.type in ("inline", "code_block", "fence"):
            text = "".join(map(_shown, token.children)) if token.children else token.content
            if text.strip():
                yield Prose(text, f"line {line}", is_quote=depth > 0, block=block if depth else None)


def _shown(token: Token) -> str:
    """An inline token as it is read."""
    if token.type == "html_inline" and _LINE_BREAK.match(token.content):
        return "\n"
    return _AS_SHOWN.get(token.type, token.content)
