"""What can go wrong, as a tree. Each class has a hint (what to do next) and an exit code.

    RapporteurError
    ├── UsageError              2   input or configuration the user can mend
    │   ├── ConfigInvalid
    │   ├── InputMissing            a file or folder is not there, or holds no records
    │   ├── RecordRefused           one file cannot be read as a session record
    │   ├── ThemeUnknown
    │   ├── NothingToReport         a theme without quotable fragments
    │   ├── PartUnknown             a report has no such section, block or sentence
    │   ├── PartLocked              it would change what an editor locked
    │   ├── Conflict                two made a revision of the same one; both are saved
    │   ├── IndexMissing            nothing was indexed yet
    │   ├── StoreDamaged            the database cannot be read
    │   ├── IndexDamaged            a derived index cannot be used
    │   ├── EmbedderMismatch        index and settings name different embedders
    │   ├── EmbedderUnavailable
    │   ├── WorkspaceBusy           another rapporteur is writing here
    │   ├── DocumentUnreadable
    │   ├── HouseStyleUnusable      a Word file that cannot give a report its look
    │   ├── PromptInvalid
    │   └── OutputUnwritable
    └── ServiceFailed           3   something over the network did not do its work
        ├── AuthenticationFailed
        ├── RateLimited             retryable
        ├── ServiceUnreachable      retryable
        ├── ModelRefused
        │   ├── ModelUnknown            the endpoint has no model of that name
        │   └── ContextExceeded         more was asked than the model can read at once
        ├── AnswerCut               the model stopped at its limit, in the middle of its answer
        └── BudgetExceeded          the run would cost more than the settings allow

Raise with facts: `what` happened and `where` (file, record, section). The hint lives on the class and may
be replaced by a better one where more is known.
"""

from __future__ import annotations

from typing import ClassVar


class RapporteurError(Exception):
    """Base of all errors that speak to people. str() is one line: what happened."""

    hint: str = "Run the command again with --debug and report what you see."
    exit_code: ClassVar[int] = 70
    retryable: ClassVar[bool] = False

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        if hint:
            self.hint = hint


class UsageError(RapporteurError):
    hint = "See `rapporteur --help`."
    exit_code = 2


class ConfigInvalid(UsageError):
    hint = "Correct the setting in rapporteur.toml, or remove it to use the default."


class InputMissing(UsageError):
    hint = "Give a folder or file with session records, for instance `rapporteur index corpus`."


class RecordRefused(UsageError):
    hint = "Mend the file and run `rapporteur index` again; the other files were not affected."


class ThemeUnknown(UsageError):
    hint = "`rapporteur themes` lists the themes in this corpus."


class NothingToReport(UsageError):
    hint = "`rapporteur fragments THEME` says of every fragment why it was left out."


class PartUnknown(UsageError):
    hint = "`rapporteur lock THEME --list` names the parts of a report."


class PartLocked(UsageError):
    hint = "Unlock it with `rapporteur unlock THEME PART`, or work on the other parts with `rapporteur redraft`."


class Conflict(UsageError):
    """`number` is the revision that was saved all the same."""

    hint = "Compare the revisions with `rapporteur diff`; `rapporteur restore` puts one of them back. Nothing is lost."

    def __init__(self, what: str, *, number: int, where: str = "", hint: str = "") -> None:
        super().__init__(what, where=where, hint=hint)
        self.number = number


class IndexMissing(UsageError):
    hint = "Run `rapporteur index PATH` first."


class StoreDamaged(UsageError):
    hint = "Move .rapporteur aside and run `rapporteur index` again: record files are not touched. Drafts were in it."


class IndexDamaged(UsageError):
    hint = "Make the indexes anew with `rapporteur index --rebuild`; nothing is lost."


class EmbedderMismatch(UsageError):
    hint = "Set `embedder` back in rapporteur.toml, or run `rapporteur index --rebuild` to embed all again."


class EmbedderUnavailable(UsageError):
    hint = 'Set `embedder = "auto"` in rapporteur.toml to use what this machine can run.'


class WorkspaceBusy(UsageError):
    hint = "Wait until the other rapporteur has finished, then run the command again."


class DocumentUnreadable(UsageError):
    hint = "Give a .docx, .odt, .pdf, .md, .html, .json or .jsonl file that opens in its own program."


class HouseStyleUnusable(UsageError):
    hint = "Give a .docx or .dotx that Word or LibreOffice saved, without macros and without a password."


class PromptInvalid(UsageError):
    hint = "Restore the prompt file; a version that made a report is never edited."


class OutputUnwritable(UsageError):
    hint = "Give another place with -o, or close the file if another program has it open."


class ServiceFailed(RapporteurError):
    """`final`: every further call of the run would end the same way, so that a run had better stop.

    `status` is the HTTP status if there was one, `retry_after` the seconds a service asked us to wait.
    """

    hint = "`rapporteur doctor` says what the endpoint can do."
    exit_code = 3
    final: ClassVar[bool] = False
    status: int | None = None
    retry_after: float | None = None


class AuthenticationFailed(ServiceFailed):
    final = True
    hint = "Check the key in the environment (OPENAI_API_KEY, or the provider's own variable)."


class RateLimited(ServiceFailed):
    hint = "Wait and run the command again, or lower the number of concurrent calls."
    retryable = True


class ServiceUnreachable(ServiceFailed):
    hint = "Check base_url and the network, then run the command again."
    retryable = True


class ModelRefused(ServiceFailed):
    hint = "Check the model's name and its limits with the provider."


class ModelUnknown(ModelRefused):
    hint = (
        "Set `model` to a name the endpoint knows (its address with /models lists them; with Ollama, pull it first), "
        "and check that base_url is the whole address (it often ends in /v1)."
    )
    final = True


class ContextExceeded(ModelRefused):
    hint = (
        "Choose a model that can read longer texts, let the server give it more context, or lower `answer_tokens`; "
        "what was answered is kept."
    )
    final = True


class AnswerCut(ServiceFailed):
    """`answer` is what there is of it."""

    hint = "Raise `answer_tokens` in the settings and run the command again: finished answers are kept."

    def __init__(self, what: str, *, answer: str = "", where: str = "", hint: str = "") -> None:
        super().__init__(what, where=where, hint=hint)
        self.answer = answer


class BudgetExceeded(ServiceFailed):
    hint = (
        "Raise `max_tokens` or `max_cost` in the settings and run the command again: what was answered is kept and not "
        "asked again."
    )
    final = True
