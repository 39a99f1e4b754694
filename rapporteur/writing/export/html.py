"""Step 4: a report as one web page that needs nothing from elsewhere.

How it looks, on a screen, a phone and paper, stands in report.html.jinja.
"""

from __future__ import annotations

from importlib import resources

from jinja2 import Environment, StrictUndefined

from rapporteur.writing.export.interface import RenderedReport
from rapporteur.writing.export.json import to_dict


class HtmlExporter:
    suffix = ".html"

    def to_bytes(self, report: RenderedReport) -> bytes:
        source = (resources.files(__package__) / "report.html.jinja").read_text("utf-8")
        environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        return environment.from_string(source).render(to_dict(report), properties=report.properties).encode()
