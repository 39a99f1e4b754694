"""Markdown as its reader sees it: rendered to HTML, and read as that; front matter set apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rapporteur.errors import DocumentUnreadable
from rapporteur.proof.documents.files import text_of
from rapporteur.proof.documents.html import LINE_OF_SOURCE, Flow
from rapporteur.proof.documents.interface import ReadDocument
from rapporteur.proof.documents.jsonl import text_or_none
from rapporteur.proof.documents.properties import Property, in_values
from rapporteur.proof.documents.prose import read_prose

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<head>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LARGEST = 10_000_000  # a report of a thousand pages is 5 MB
_PICTURE = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+")
# The parser's time grows with the square of these in one paragraph.
_MARKUP = re.compile(r"[<\[*_`~!&]")
_MOST_MARKUP = 20_000
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# Our own note of which quote came from where, for programs.
_OUR_COMMENT = re.compile(r"<!-- rapporteur-quotes .*?-->", re.DOTALL)


class MarkdownReader:
    suffixes = (".md", ".markdown")

    def read(self, path: Path) -> ReadDocument:
        text = text_of(path, _LARGEST)
        front = _FRONT_MATTER.match(text)
        head = _front_matter(front["head"]) if front else {}
        body = "\n" * front.group().count("\n") + text[front.end() :] if front else text
        body = _PICTURE.sub("", body)
        if any(len(_MARKUP.findall(block)) > _MOST_MARKUP for block in _BLANK_LINE.split(body)):
            what = f"One paragraph of {path.name} holds more than {_MOST_MARKUP:,} signs of markup, as no report does."
            raise DocumentUnreadable(what, where=str(path))
        try:
            flow = Flow(_html(body))
        except (etree.LxmlError, ValueError):
            raise DocumentUnreadable(f"{path.name} holds nothing that can be read.", where=str(path)) from None
        except RecursionError:
            raise DocumentUnreadable(f"{path.name} is nested too deeply to be a report.", where=str(path)) from None
        return read_prose(
            path.name,
            flow.pieces,
            theme=text_or_none(head.get("theme")),
            corpus_fingerprint=text_or_none(head.get("corpus_fingerprint")),
            findings=flow.unread.findings(),
            properties=_properties(head, front["head"]) if front else (),
        )


def _front_matter(head: str) -> dict[object, object]:
    """What the front matter says; nothing if it is not YAML, since the words below it can be checked."""
    try:
        values = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _properties(values: Mapping[object, object], head: str) -> tuple[Property, ...]:
    """What the front matter says; all of it as one text where it is not YAML."""
    return in_values(values) if values else (Property("front matter", head.strip()),)


def _html(body: str) -> str:
    """The body as HTML in which every block knows its line; raw HTML in it is kept, to be read as a browser would."""
    markdown = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])
    tokens = markdown.parse(_OUR_COMMENT.sub(_blank_lines, body))
    _set_lines(tokens)
    rendered: str = markdown.renderer.render(tokens, markdown.options, {})
    return f"<div>{rendered}</div>"


def _blank_lines(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def _set_lines(tokens: Iterable[Token]) -> None:
    for token in tokens:
        if token.map and token.nesting >= 0:
            line = str(token.map[0] + 1)
            if token.type == "html_block":
                token.content = f'<div {LINE_OF_SOURCE}="{line}"></div>{token.content}'
            token.attrSet(LINE_OF_SOURCE, line)
