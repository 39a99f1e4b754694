"""What a fuzzer starts from: the records of the corpus, talks in every format, and files with all that a format has."""

from __future__ import annotations

import io
import json
import random
from functools import cache
from pathlib import Path

import pypdf

from tests.fuzz.talks import WRITERS, docx, make_talk, odt
from tests.fuzz.tokens import GRAMMAR, LABELS
from tests.sources.readers.test_readers_odt import heading, paragraph, table, turn
from tests.sources.readers.test_readers_pdf import assembled, lines, pdf

CORPUS = Path(__file__).parents[2] / "corpus"
LARGEST_SEED = 60_000

_W_TABLE = (
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
_RICH_DOCX = docx(
    _W_TABLE.format("Thema", "wonen", "Dialoog", "3")
    + '<w:p><w:pPr><w:pStyle w:val="Kop2"/><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>Dromen</w:t></w:r></w:p>'
    + '<w:p><w:r><w:rPr><w:b w:val="1"/></w:rPr><w:t>Anna (kok):</w:t></w:r><w:r><w:tab/><w:t>Ik </w:t></w:r><w:del>'
    "<w:r><w:delText>niet</w:delText></w:r></w:del><w:ins><w:r><w:t>wel</w:t><w:br/><w:softHyphen/></w:r></w:ins></w:p>"
    + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Bram: Ja,</w:t></w:r></w:p>"
    + "<w:p><w:r><w:t> nee.</w:t></w:r></w:p>"
    + "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Cor: Dag.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    + "<w:p><w:r><w:txbxContent><w:p><w:r><w:t>In een kader.</w:t></w:r></w:p></w:txbxContent></w:r></w:p>"
    + _W_TABLE.format("spreker", "tekst", "Anna", "Wij misten de markt."),
    footnotes="<w:footnote><w:p><w:r><w:t>Een noot.</w:t></w:r></w:p></w:footnote>",
)
_RICH_ODT = odt(
    table(("Thema", "wonen"), ("Dialoog", "3"))
    + heading("Dromen")
    + turn("Anna (kok):", ' Ik<text:s text:c="3"/>wel<text:tab/>en<text:line-break/>niet.')
    + "<text:tracked-changes><text:changed-region><text:deletion><text:p>Weg.</text:p></text:deletion>"
    "</text:changed-region></text:tracked-changes>"
    + paragraph(
        "Bram: Ja.<text:note text:note-class='footnote'><text:note-body><text:p>Noot.</text:p></text:note-body>"
        "</text:note><office:annotation><text:p>Opmerking.</text:p></office:annotation><draw:frame><draw:text-box>"
        "<text:p>Kader.</text:p></draw:text-box></draw:frame>"
    )
    + f"<text:list><text:list-item>{paragraph('Cor: Dag.')}</text:list-item></text:list>"
    + table(("spreker", "tekst"), ("Anna", "Wij misten de markt."))
)
_RICH_HTML = """<!doctype html><html><head><title>Verslag</title><style>p {}</style></head><body><nav>Menu</nav>
<dl><dt>Thema</dt><dd>wonen</dd><dt>Anna</dt><dd>Wij misten de markt.</dd><dd>En het plein.</dd></dl>
<h2>Dromen</h2><p><b>Anna (kok):</b> Ik &amp; jij<br>gaan<p hidden>weg</p><p>Bram: Ja.<ul><li>een<li>twee</ul>
<pre>Cor: Dag.
  Nog iets.</pre><table><caption>Tabel</caption><tr><th>spreker<th>tekst<tr><td rowspan=2>Anna<td>Wij misten de markt.
<tr><td>En het plein.</table><footer>Einde</footer></body></html>"""
_RICH_CSV = (
    "sep=;\nThema;wonen\nDialoog;3\n\nspreker;rol;ronde;tijd;tekst;opmerking\n"
    'Anna;kok;Dromen;00:01:02.000;"Wij ""misten""\nde markt.";ja\nBram;;Slot;19:30;Nee.\n'
)
_RICH_YAML = """programma: In gesprek
spoor: burger
thema: wonen
dialoog: 3
datum: 2022-04-28
deelnemers: 8
taal: nl
host: {rol: wethouder, gemeente: Lindewaard}
sprekers:
- {naam: Anna, rol: kok}
- naam: Bram
  rol: bakker
"""
_RICH_TXT = """Thema: wonen
Dialoog: 3
Locatie: het plein

DROMEN

[00:01:02] Anna (kok): Wij misten
de markt.
00:01:09 [Bram] Nee.

00:02:00 Cor
Dag allemaal.

== Slot ==
Anna: Tot ziens.
"""
_RICH_VTT = """WEBVTT - verslag

NOTE een noot

a/1-0
00:00:01.000 --> 00:00:02.000 align:start
<v.luid Anna>Wij <c.geel>misten</c></v> <v Bram>Ja &amp; nee</v>

a/1-1
00:00:02.000 --> 00:00:03.000
<v Anna>de markt.</v>

00:00:03.000 --> 00:00:04.000
- Cor: Dag.
- Anna: Dag.
"""
_RICH_JSON = {
    "programme": "In gesprek",
    "track": "burger",
    "theme": "wonen",
    "dialogue": 3,
    "date": "2022-04-28",
    "language": "nl",
    "host": {"role": "wethouder", "municipality": "Lindewaard"},
    "participants": 8,
    "turns": [
        {"speaker": "Anna", "role": "kok", "round": "dromen", "start": "00:01", "end": None, "text": "Wij.", "id": "a"},
        {"speaker": None, "role": None, "round": None, "text": "Dag."},
    ],
}


def _to_unicode() -> bytes:
    """A page whose font says itself which letters it shows, and one that is packed."""
    show = b"BT /F 11 Tf 70 700 Td (Anna: Wij misten de markt.) Tj 0 -14 Td [(Bram: Nee)-250(.)] TJ ET"
    table = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange"
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /TrueType /BaseFont /Arial-Bold /FirstChar 0 /Widths [500] /ToUnicode 6 0 R >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate 0 /Resources << /Font << /F 3 0 R >> >> "
            b"/Contents 5 0 R /Annots [<< /Subtype /Text /Contents (Een noot) >>] >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(show), show),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(table), table),
        ]
    )


def _packed() -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.append(io.BytesIO(pdf(lines(["Anna: Wij misten", "de markt.", "", "Bram: Nee."]))))
    for page in writer.pages:
        page.compress_content_streams()
    writer.write(out)
    return out.getvalue()


def _rich() -> dict[str, list[bytes]]:
    return {
        "docx": [_RICH_DOCX],
        "odt": [_RICH_ODT],
        "html": [_RICH_HTML.encode()],
        "csv": [_RICH_CSV.encode()],
        "yaml": [_RICH_YAML.encode()],
        "txt": [_RICH_TXT.encode()],
        "vtt": [_RICH_VTT.encode()],
        "json": [json.dumps(_RICH_JSON).encode()],
        "pdf": [_to_unicode(), _packed()],
    }


@cache
def seeds(kind: str) -> tuple[bytes, ...]:
    """Good files of one kind, always the same ones."""
    rng = random.Random(kind)  # noqa: S311 - no secret
    of_corpus = [path.read_bytes() for path in sorted(CORPUS.glob(f"*/*.{kind}"))]
    written = [WRITERS[kind](make_talk(rng)) for _ in range(4)] if kind in WRITERS else []
    return (*_rich().get(kind, []), *written, *(data for data in of_corpus if len(data) < LARGEST_SEED))


def invented(rng: random.Random, kind: str) -> bytes:
    """A text made of nothing but the grammar of its format."""
    pieces = (*GRAMMAR.get(kind, ()), *LABELS, "ja", "nee.", "Wij misten de markt.", " ", "\n", "\n", "\n\n")
    start = {"vtt": "WEBVTT\n\n", "html": "<p>"}.get(kind, "")
    return (start + "".join(rng.choices(pieces, k=rng.choice((3, 20, 200))))).encode("utf-8", "ignore")
