"""What the two adapters of the openai SDK share: one map from its errors to ours, and the care for the key.

In: whatever the SDK (or LangChain, whose errors are subclasses of the SDK's) raises around one call. Out:
a ServiceFailed that says what the service said, where (endpoint, HTTP status, request id) and what to do.
The map goes by class name, so that this module imports no SDK; a test holds it against the SDK itself.

The classes also tell a caller what to try next: after ModelRefused or a plain ServiceFailed another form of
the same request may work; after AuthenticationFailed, RateLimited or ServiceUnreachable it will not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from rapporteur.errors import (
    AuthenticationFailed,
    ContextExceeded,
    ModelRefused,
    ModelUnknown,
    RateLimited,
    ServiceFailed,
    ServiceUnreachable,
)

DEFAULT_BASE_URL = "https://api.openai.com/v1"

_PLACEHOLDER_KEY = "no-key-needed"
_LONGEST_REASON = 300
_SHORTEST_SECRET = 8

KINDS: Mapping[str, type[ServiceFailed]] = {
    "APIConnectionError": ServiceUnreachable,
    "APITimeoutError": ServiceUnreachable,
    "ConflictError": ServiceUnreachable,
    "AuthenticationError": AuthenticationFailed,
    "OAuthError": AuthenticationFailed,
    "PermissionDeniedError": AuthenticationFailed,
    "SubjectTokenProviderError": AuthenticationFailed,
    "RateLimitError": RateLimited,
    "BadRequestError": ModelRefused,
    "NotFoundError": ModelRefused,
    "UnprocessableEntityError": ModelRefused,
    "ContentFilterFinishReasonError": ModelRefused,
    "LengthFinishReasonError": ModelRefused,
    "InternalServerError": ServiceFailed,
    "APIStatusError": ServiceFailed,
    "APIResponseValidationError": ServiceFailed,
    "APIError": ServiceFailed,
    "WebSocketConnectionClosedError": ServiceFailed,
    "WebSocketQueueFullError": ServiceFailed,
    "OpenAIError": ServiceFailed,
}

# Statuses for which the SDK has no class, or one that says less than the status does.
_KINDS_BY_STATUS: Mapping[int, type[ServiceFailed]] = {
    402: AuthenticationFailed,
    405: ModelRefused,
    408: ServiceUnreachable,
    413: ModelRefused,
    415: ModelRefused,
    502: ServiceUnreachable,
    503: ServiceUnreachable,
    504: ServiceUnreachable,
    529: ServiceUnreachable,
}

# Waiting does not bring back a quota that is used up, though it comes as 429.
_KINDS_BY_CODE: Mapping[str, type[ServiceFailed]] = {
    "insufficient_quota": AuthenticationFailed,
    "model_not_found": ModelUnknown,
    "DeploymentNotFound": ModelUnknown,
    "context_length_exceeded": ContextExceeded,
}

# What OpenAI says by a code others say in words: vLLM, llama.cpp, Ollama, LM Studio, LiteLLM, TGI.
_KINDS_BY_WORDS: tuple[tuple[re.Pattern[str], type[ServiceFailed]], ...] = (
    (
        re.compile(
            r"maximum context|context (length|size|window)|context_size|prompt is too long|"
            r"input tokens exceed|max_new_tokens.{0,20}must be",
            re.IGNORECASE,
        ),
        ContextExceeded,
    ),
    (
        re.compile(
            r"\bmodel\b.{0,120}\b(not found|does not exist|doesn't exist|is not available|unknown)|"
            r"\b(no such|unknown|invalid) model\b",
            re.IGNORECASE | re.DOTALL,
        ),
        ModelUnknown,
    ),
)
_REFUSED = (400, 404, 413, 422)  # the statuses whose words are read; llama.cpp of old says it with 500
_BROKEN_OFF = "The connection broke off before the answer was whole"

_OPENINGS: Mapping[type[ServiceFailed], str] = {
    AuthenticationFailed: "The service did not let us in",
    RateLimited: "The service takes no more calls for now",
    ServiceUnreachable: "The service gave no answer",
    ModelRefused: "The model refused the request",
    ModelUnknown: "The endpoint has no such model",
    ContextExceeded: "The model cannot read that much at once",
    ServiceFailed: "The service failed",
}

_PAY = "Look at the plan, budget and billing of the account that the key belongs to."
_HINTS: Mapping[str | int | None, str] = {
    "APITimeoutError": "Raise `timeout` in rapporteur.toml, or choose a model that answers sooner.",
    "insufficient_quota": _PAY,
    402: _PAY,
    404: "Check the model's name, and that base_url is the whole address (it often ends in /v1).",
    503: "The service is busy or down: run the command again later.",
}


@dataclass(frozen=True, slots=True)
class Key:
    """What is sent as a key, and shown in no repr."""

    secret: str = field(repr=False)

    def hide(self, text: str) -> str:
        """The text without the key."""
        # What local services are given as a key ('x', 'none') is no secret, and may be part of any word.
        return text.replace(self.secret, "[key]") if len(self.secret) >= _SHORTEST_SECRET else text


@contextmanager
def service_errors(endpoint: str, key: Key, unreadable: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Translate what the SDK raises; what it does not know passes through.

    `unreadable`: plain errors by which the library around this one call says it cannot make sense of the
    reply. Hold no more than the call inside the block, or our own bugs are taken for the service's.
    """
    try:
        yield
    except Exception as error:
        ours = translate(error, endpoint, key)
        if ours is None and isinstance(error, unreadable):
            ours = unreadable_reply(endpoint, key.hide(str(error)))
        if ours is None:
            raise
        # A service may repeat the key it was sent; then a traceback must not show its words.
        leaks = any(key.hide(str(link)) != str(link) for link in _chain(error))
        raise ours from (None if leaks else error)


def translate(error: Exception, endpoint: str, key: Key) -> ServiceFailed | None:
    """Our error for one of the SDK's, with the key taken out of the words; None for any other error."""
    name = next((c.__name__ for c in type(error).__mro__ if _is_sdk(c) and c.__name__ in KINDS), None)
    if name is None:
        return _broken_off(error, endpoint, key)
    status = getattr(error, "status_code", None)
    code = str(getattr(error, "code", None))
    reason = _reason(error, name)
    kind = _kind(name, status, code, reason)
    clues: tuple[str | int | None, ...] = (code, status, name)
    known = kind in (ModelUnknown, ContextExceeded)  # whose own hints are better than one for the status
    hint = "" if known else next((_HINTS[clue] for clue in clues if clue in _HINTS), "")
    ours = kind(
        f"{_OPENINGS[kind]}: {_sentence(key.hide(reason))}",
        where=_where(endpoint, status, getattr(error, "request_id", None)),
        hint=hint,
    )
    ours.status = status
    ours.retry_after = _retry_after(getattr(getattr(error, "response", None), "headers", {}))
    return ours


def _kind(name: str, status: int | None, code: str, reason: str) -> type[ServiceFailed]:
    """The class of ours for an error: by its code, else its words, else its status, else the SDK's class."""
    if code in _KINDS_BY_CODE:
        return _KINDS_BY_CODE[code]
    by_words = next((kind for words, kind in _KINDS_BY_WORDS if words.search(reason)), None)
    if by_words and (status in _REFUSED or (by_words is ContextExceeded and status == 500)):
        return by_words
    return _KINDS_BY_STATUS.get(status or 0) or KINDS[name]


def _broken_off(error: Exception, endpoint: str, key: Key) -> ServiceFailed | None:
    """Our error for one of the HTTP library beneath the SDK, which shows while an answer streams in."""
    kinds = [c.__name__ for c in type(error).__mro__ if c.__module__.partition(".")[0] in ("httpx", "httpx2")]
    if "TimeoutException" in kinds:
        return ServiceUnreachable(
            "The service gave no answer: it fell silent in the middle of one.",
            where=endpoint,
            hint=str(_HINTS["APITimeoutError"]),
        )
    if "TransportError" in kinds or "StreamError" in kinds:
        return ServiceUnreachable(f"{_BROKEN_OFF}: {_sentence(key.hide(str(error)))}", where=endpoint)
    return None


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds to wait that a service asks for: as a number, or as the moment from which it can be asked again."""
    with suppress(ValueError):
        return max(0.0, float(headers.get("retry-after-ms", "")) / 1000)
    said = headers.get("retry-after", "")
    with suppress(ValueError):
        return max(0.0, float(said))
    with suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    return None


def unreadable_reply(endpoint: str, reason: str) -> ServiceFailed:
    """The service answered, but not what the protocol promises."""
    return ServiceFailed(
        f"The service sent a reply that cannot be read: {_sentence(reason)}",
        where=endpoint,
        hint="Check that base_url is the address of an OpenAI-compatible service (it often ends in /v1).",
    )


def endpoint_name(base_url: str) -> str:
    """A base_url fit for people and logs: without a user name, password or query."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def usable_key(key: str | None) -> Key:
    """The key as it can be sent; a placeholder where there is none, since local services ask for none.

    Raises: AuthenticationFailed for a key that no HTTP header can carry (the SDK's error would show it).
    """
    stripped = (key or "").strip()
    if not all("!" <= character <= "~" for character in stripped):
        raise AuthenticationFailed("The key holds a space or a character that no key has.")
    return Key(stripped or _PLACEHOLDER_KEY)


def _is_sdk(candidate: type) -> bool:
    return candidate.__module__.partition(".")[0] == "openai"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from, outermost first; not what else was being handled then."""
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__


def _reason(error: Exception, name: str) -> str:
    """The service's own words, or for a broken connection the system's."""
    if name == "APIConnectionError":
        *_, error_at_root = _chain(error)
        return str(error_at_root) or type(error_at_root).__name__
    return re.sub(r"^Error code: \d+ - ", "", str(error))


def _sentence(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > _LONGEST_REASON:
        line = line[:_LONGEST_REASON] + " …"
    return line if line.endswith((".", "!", "?", "…")) else line + "."


def _where(endpoint: str, status: int | None, request_id: str | None) -> str:
    facts = (endpoint, f"HTTP {status}" if status else "", f"request {request_id}" if request_id else "")
    return ", ".join(fact for fact in facts if fact)
