"""Which files of a folder are records, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapporteur.errors import InputMissing, RecordRefused
from rapporteur.sources.readers.discover import record_files
from rapporteur.sources.readers.registry import READERS


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")


def relative(paths, folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


def test_records_are_found_in_sorted_order_and_everything_else_is_named_with_the_reason(
    tmp_path: Path,
) -> None:
    touch(tmp_path, "b/dialoog-2.vtt", "b/dialoog-1.MD", "a/verslag.docx", "a/foto.jpg", "a/los.yaml", "a/kaal")
    found = record_files([tmp_path])
    assert relative(found.files, tmp_path) == ["a/verslag.docx", "b/dialoog-1.MD", "b/dialoog-2.vtt"]
    assert [(s.path.name, s.why) for s in found.skipped] == [
        ("foto.jpg", "files ending in '.jpg' are not read"),
        ("kaal", "a file without an ending"),
        ("los.yaml", "no record of that name stands beside it"),
    ]


def test_sidecars_readmes_hidden_files_and_office_locks_are_passed_over_in_silence(tmp_path: Path) -> None:
    touch(
        tmp_path,
        "dialoog-1.vtt",
        "dialoog-1.yaml",
        "README.md",
        "readme",
        ".geheim.md",
        "~$dialoog-2.docx",
        ".git/x.md",
    )
    found = record_files([tmp_path])
    assert relative(found.files, tmp_path) == ["dialoog-1.vtt"]
    assert found.skipped == ()


def test_a_file_the_user_names_is_taken_at_their_word_and_read_once(tmp_path: Path) -> None:
    touch(tmp_path, "README.md", "dialoog-1.vtt")
    found = record_files([tmp_path / "README.md", tmp_path / "dialoog-1.vtt", tmp_path])
    assert relative(found.files, tmp_path) == ["README.md", "dialoog-1.vtt"]


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    touch(tmp_path, "buiten/geheim.md", "corpus/dialoog-1.md")
    (tmp_path / "corpus" / "link.md").symlink_to(tmp_path / "buiten" / "geheim.md")
    (tmp_path / "corpus" / "map").symlink_to(tmp_path / "buiten", target_is_directory=True)
    found = record_files([tmp_path / "corpus"])
    assert relative(found.files, tmp_path) == ["corpus/dialoog-1.md"]
    assert {s.path.name: s.why for s in found.skipped} == {
        "link.md": "a link to a file outside the folder",
        "map": "a link to a folder",
    }


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    touch(tmp_path, "dialoog-1.md")
    (tmp_path / "stuk.md").symlink_to(tmp_path / "weg.md")
    assert [s.why for s in record_files([tmp_path]).skipped] == ["not a file that can be read"]


def test_a_missing_path_and_a_folder_without_records_are_input_missing(tmp_path: Path) -> None:
    with pytest.raises(InputMissing, match="There is no file or folder"):
        record_files([tmp_path / "weg"])
    touch(tmp_path, "foto.jpg")
    with pytest.raises(InputMissing, match="No session records were found"):
        record_files([tmp_path])


def test_old_word_files_are_found_so_that_they_are_refused_and_not_passed_over(tmp_path: Path) -> None:
    touch(tmp_path, "dialoog-1.vtt", "dialoog-2.doc")
    assert relative(record_files([tmp_path]).files, tmp_path) == ["dialoog-1.vtt", "dialoog-2.doc"]
    with pytest.raises(RecordRefused, match="old or password-protected") as refusal:
        READERS[".doc"].read(tmp_path / "dialoog-2.doc", "dialoog-2.doc")
    assert "(.docx) without a password" in refusal.value.hint
