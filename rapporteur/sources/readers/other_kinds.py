"""Kinds of files that may well hold a session and are not read, as data: what a person can do about each."""

from __future__ import annotations

_SAVE_AS = "Open it in its own program and save it as {} ('sla op als {}'), then run `rapporteur index` again."
_WRITTEN_OUT = (
    "Have it written out (Teams, Zoom, Whisper), save that as .vtt, .srt or .docx beside it under the same name, and "
    "run `rapporteur index` again."
)
_AS_WORD = "rtf pages wpd wps docm dotx gdoc fodt ott".split()
_AS_EXCEL = "xls xlsm xlsb numbers ods gsheet".split()
_SOUND_OR_FILM = "mp3 m4a wav ogg oga opus flac aac wma amr aiff mp4 m4v mov avi mkv webm mpg mpeg wmv 3gp".split()

WHAT_TO_DO = {
    **{f".{ending}": _SAVE_AS.format(".docx", ".docx") for ending in _AS_WORD},
    **{f".{ending}": _SAVE_AS.format(".xlsx", ".xlsx") for ending in _AS_EXCEL},
    **{f".{ending}": _WRITTEN_OUT for ending in _SOUND_OR_FILM},
}
