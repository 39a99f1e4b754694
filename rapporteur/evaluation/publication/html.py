"""The page to sign as one web page that needs nothing from elsewhere. How it looks stands in page.html.jinja."""

from __future__ import annotations

from importlib import resources

from jinja2 import Environment, StrictUndefined

from rapporteur.evaluation.publication import page as words
from rapporteur.evaluation.publication.page import Page, cited


def to_html(page: Page) -> bytes:
    source = (resources.files(__package__) / "page.html.jinja").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["cited"] = cited
    return environment.from_string(source).render(page=page, words=words).encode()
