"""How fast each reader is: `python benchmarks/reading.py [COPIES]`, CPU seconds in one run, children included.

One long session per format: the turns of the twelve fictional records, COPIES times over (default 20), written as
people have them. MB are those of the file; a .docx, .odt or .xlsx is packed, so its words say more than its size.
"""

from __future__ import annotations

import argparse
import csv
import html
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from rapporteur.sources.fragments import cut  # noqa: E402
from rapporteur.sources.readers.registry import read_record  # noqa: E402
from rapporteur.types import Turn  # noqa: E402


def example() -> list[Turn]:
    files = sorted(path for path in (REPOSITORY / "corpus").glob("*/dialoog-*") if path.suffix != ".yaml")
    return [turn for file in files for turn in read_record(file, file.name).record.turns]


def label(turn: Turn) -> str:
    return f"{turn.speaker} ({turn.role or 'deelnemer'}):"


def clock(second: int, sign: str) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}{sign}000"


def as_txt(turns: Sequence[Turn], path: Path) -> None:
    path.write_text("\n\n".join(f"{label(turn)} {turn.text}" for turn in turns), "utf-8")


def as_markdown(turns: Sequence[Turn], path: Path) -> None:
    path.write_text("\n\n".join(f"**{label(turn)}** {turn.text}" for turn in turns), "utf-8")


def as_html(turns: Sequence[Turn], path: Path) -> None:
    paragraphs = (f"<p><b>{html.escape(label(turn))}</b> {html.escape(turn.text)}</p>" for turn in turns)
    path.write_text("\n".join(paragraphs), "utf-8")


def as_vtt(turns: Sequence[Turn], path: Path) -> None:
    cues = (
        f"{clock(at, '.')} --> {clock(at + 1, '.')}\n<v {turn.speaker}>{html.escape(turn.text)}</v>\n"
        for at, turn in enumerate(turns)
    )
    path.write_text("\n".join(["WEBVTT\n", *cues]), "utf-8")


def as_srt(turns: Sequence[Turn], path: Path) -> None:
    cues = (
        f"{at}\n{clock(at, ',')} --> {clock(at + 1, ',')}\n{turn.speaker}: {turn.text}\n"
        for at, turn in enumerate(turns)
    )
    path.write_text("\n".join(cues), "utf-8")


def as_csv(turns: Sequence[Turn], path: Path) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(
        [("spreker", "rol", "tekst"), *((turn.speaker, turn.role, turn.text) for turn in turns)]
    )
    path.write_text(out.getvalue(), "utf-8")


def as_json(turns: Sequence[Turn], path: Path) -> None:
    rows = [{"speaker": turn.speaker, "role": turn.role, "text": turn.text} for turn in turns]
    path.write_text(json.dumps({"theme": "t", "dialogue": 1, "turns": rows}, ensure_ascii=False), "utf-8")


def as_xlsx(turns: Sequence[Turn], path: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in [("spreker", "rol", "tekst"), *((turn.speaker, turn.role, turn.text) for turn in turns)]:
        sheet.append(row)
    workbook.save(path)


def as_docx(turns: Sequence[Turn], path: Path) -> None:
    import docx

    document = docx.Document()
    for turn in turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(label(turn)).bold = True
        paragraph.add_run(f" {turn.text}")
    document.save(str(path))


def converted(turns: Sequence[Turn], path: Path) -> None:
    """By LibreOffice, where it is."""
    source = path.with_suffix(".docx")
    as_docx(turns, source)
    kind = path.suffix.removeprefix(".")
    command = ["soffice", "--headless", "--convert-to", kind, "--outdir", str(path.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True)


WRITERS: dict[str, Callable[[Sequence[Turn], Path], None]] = {
    ".txt": as_txt,
    ".md": as_markdown,
    ".html": as_html,
    ".vtt": as_vtt,
    ".srt": as_srt,
    ".csv": as_csv,
    ".json": as_json,
    ".xlsx": as_xlsx,
    ".docx": as_docx,
} | ({".odt": converted, ".pdf": converted} if shutil.which("soffice") else {})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("copies", nargs="?", type=int, default=20)
    turns = example() * parser.parse_args().copies
    print("| format | file MB | words | CPU s | MB/s | words/s | fragments/s |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as place:
        for suffix, write in WRITERS.items():
            path = Path(place) / f"dialoog-1{suffix}"
            write(turns, path)
            before = os.times()
            read = read_record(path, path.name)
            fragments = len(cut(read.record))
            after = os.times()
            seconds = sum(after[:4]) - sum(before[:4])
            size = path.stat().st_size / 1e6
            print(
                f"| {suffix} | {size:.2f} | {read.words} | {seconds:.2f} | {size / seconds:.2f} "
                f"| {read.words / seconds:,.0f} | {fragments / seconds:,.0f} |"
            )


if __name__ == "__main__":
    main()
