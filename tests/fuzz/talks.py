"""Talks that nobody held, and how people write them down: one talk, written in every format that is read.

The words are chosen so that no format has a meaning for them: what is read back must be who said what.
"""

from __future__ import annotations

import csv
import html
import io
import json
import random
import textwrap
import zipfile
from collections.abc import Callable, Sequence
from typing import NamedTuple

import openpyxl

from tests.sources.readers.conftest import RELS, STYLES, W
from tests.sources.readers.test_readers_odt import NAMESPACES
from tests.sources.readers.test_readers_odt import STYLES as ODT_STYLES
from tests.sources.readers.test_readers_odt import turn as odt_turn
from tests.sources.readers.test_readers_pdf import lines, pdf

_NAMES = "Anna|Bram de Wit|Çetin|Mevr. D'Hont-'t Hart|J.P. van der Oploo|Deelnemer 3|Zoë|HENK|Gerrit-Jan Pals".split(
    "|"
)
_ROLES = ("kok", "oud-kleuterleidster, koorlid", "pakketbezorger (zzp)", "schoonmaker & moeder")
_WORDS = """
    wij misten de markt en het plein toen alles dicht ging zei mijn buurvrouw nee dat wil ik niet meer één keer per
    week ’s avonds thuis werken R&D 19:30 2020 1,5 knel-kiem “ja” ‘zo’ (lacht) – … coördinatie ideeën straat.
    buren! waarom? vandaag; morgen, eten
""".split()


class Said(NamedTuple):
    speaker: str
    role: str | None
    text: str


Talk = Sequence[Said]


def make_talk(rng: random.Random, *, turns: int = 12, words: int = 40) -> list[Said]:
    """A talk in which nobody goes on after themselves, and all have one role, or none has.

    (Where some have roles, a name without one that speaks once is not known from a sentence that ends in a colon.)
    """
    roles = rng.choice((_ROLES, (None,)))
    people = {name: rng.choice(roles) for name in rng.sample(_NAMES, rng.randint(2, 5))}
    talk: list[Said] = []
    for _ in range(rng.randint(1, turns)):
        name = rng.choice([name for name in people if not talk or name != talk[-1].speaker])
        said = " ".join(rng.choices(_WORDS, k=rng.randint(1, words)))
        talk.append(Said(name, people[name], f"Wij {said} samen."))
    return talk


def label(said: Said) -> str:
    return f"{said.speaker} ({said.role}):" if said.role else f"{said.speaker}:"


def _moment(second: int, mark: str) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}{mark}000"


def as_vtt(talk: Talk) -> bytes:
    cues = (
        f"{_moment(n, '.')} --> {_moment(n + 1, '.')}\n<v {html.escape(said.speaker, quote=False)}>"
        f"{html.escape(textwrap.fill(said.text, 60, break_on_hyphens=False), quote=False)}</v>"
        for n, said in enumerate(talk)
    )
    return "\n\n".join(["WEBVTT", *cues]).encode()


def as_srt(talk: Talk) -> bytes:
    cues = (
        f"{n}\n{_moment(n, ',')} --> {_moment(n + 1, ',')}\n{label(said)} {said.text}\n"
        for n, said in enumerate(talk, start=1)
    )
    return "\n".join(cues).encode()


def as_txt(talk: Talk) -> bytes:
    return "\n\n".join(f"{label(said)} {said.text}" for said in talk).encode()


def as_md(talk: Talk) -> bytes:
    turns = (f"**{label(said)}** {said.text}" for said in talk)
    return "\n\n".join(["---\nthema: wonen\ndialoog: 3\n---", *turns]).encode()


def as_html(talk: Talk) -> bytes:
    return "\n".join(f"<p><b>{html.escape(label(said))}</b> {html.escape(said.text)}</p>" for said in talk).encode()


def as_csv(talk: Talk) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([("spreker", "rol", "tekst"), *talk])
    return out.getvalue().encode()


def as_json(talk: Talk) -> bytes:
    turns = [{**said._asdict(), "round": None, "id": f"t{n}"} for n, said in enumerate(talk)]
    return json.dumps({"theme": "wonen", "dialogue": 3, "participants": 8, "turns": turns}).encode()


def as_xlsx(talk: Talk) -> bytes:
    workbook, out = openpyxl.Workbook(), io.BytesIO()
    rows = workbook.worksheets[0]
    for row in (("spreker", "rol", "tekst"), *talk):
        rows.append(list(row))
    workbook.save(out)
    workbook.close()
    return out.getvalue()


def zipped(parts: Sequence[tuple[str, bytes | str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    more = [(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{inside}</w:{name}>') for name, inside in parts.items()]
    styles = () if "styles" in parts else (("word/styles.xml", STYLES),)
    return zipped([("_rels/.rels", RELS), *styles, ("word/document.xml", document), *more])


def as_docx(talk: Talk) -> bytes:
    return docx(
        "".join(
            f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{html.escape(label(said))}</w:t></w:r>"
            f'<w:r><w:t xml:space="preserve"> {html.escape(said.text)}</w:t></w:r></w:p>'
            for said in talk
        )
    )


MARGIN = "<style:header><text:p>Verslag van de avond</text:p></style:header>"


def odt(body: str, *, weight: str = "bold", margin: str = MARGIN) -> bytes:
    """`weight` is that of the style T9, `margin` what stands in the style sheet for all pages."""
    bold = f'<style:text-properties fo:font-weight="{weight}"/>'
    own = f'<style:style style:name="T9" style:family="text">{bold}</style:style>'
    content = (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{ODT_STYLES}{own}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    styles = f"<office:document-styles {NAMESPACES}>{margin}</office:document-styles>"
    kind = "application/vnd.oasis.opendocument.text"
    return zipped([("mimetype", kind), ("content.xml", content), ("styles.xml", styles)])


def as_odt(talk: Talk) -> bytes:
    return odt("".join(odt_turn(html.escape(label(said)), html.escape(f" {said.text}")) for said in talk))


def as_pdf(talk: Talk) -> bytes:
    """Pages of print: a turn wrapped, and a line of space after it."""
    print_lines: list[str] = []
    for said in talk:
        print_lines += [*textwrap.wrap(f"{label(said)} {said.text}", 80, break_on_hyphens=False), ""]
    return pdf(*(lines(print_lines[at : at + 45]) for at in range(0, len(print_lines), 45)))


WRITERS: dict[str, Callable[[Talk], bytes]] = {
    "vtt": as_vtt,
    "srt": as_srt,
    "docx": as_docx,
    "odt": as_odt,
    "pdf": as_pdf,
    "md": as_md,
    "txt": as_txt,
    "html": as_html,
    "csv": as_csv,
    "xlsx": as_xlsx,
    "json": as_json,
}
