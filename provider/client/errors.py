"""What can go wrong between here and the service.

    AtlanError
    ├─ RequestNotSent       it certainly did not arrive: no name, no connection, no TLS
    │  ├─ Unsendable        no request can name or carry what it was to
    │  ├─ NoToken           no access token was to be had for it
    │  └─ OutOfTime         the time that its operation may take was over
    ├─ NoAnswer             it may have arrived: timed out, reset or closed after sending
    ├─ UnusableAnswer       an answer that is not the service's: HTML, broken JSON, a redirect
    └─ ServiceError         the service answered with an error status
       ├─ BadRequest        400; code 1003 is an entrypoint that has no contract
       ├─ UnknownEntrypoint an app has no such entrypoint, with those that it has
       ├─ Unauthorized      401
       │  └─ OAuthRefused   401 or 403 to the request for a token
       ├─ Forbidden         403
       ├─ NotFound          404 in the service's own words; no other 404 means that a thing is gone
       ├─ Conflict          409, with the slugs that hold the name
       ├─ RateLimited       429
       └─ ServerError       5xx

This module imports neither requests nor pydantic, for a launch that only answers the schema loads it.
"""

# ruff: noqa: N818 - these are words for what happened; "Error" at the end of each would say nothing more

import re
import unicodedata
from collections.abc import Sequence

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -~])")
_MESSAGE_LENGTH, _CAUSE_LENGTH, _CAUSES, _NAME_LENGTH = 1000, 150, 4, 250


class AtlanError(Exception):
    """A request that failed.

    Known where they apply, None otherwise: `method`, `path` (as sent, without host and query), `status`, `code`
    (the service's own, as text), `request_id` (of the last attempt), `retry_after` (seconds). `causes` is a tuple
    of sentences, `attempts` how often the request was tried. All texts are clean and bounded.
    """

    verb = "failed"

    def __init__(
        self,
        message: str,
        *,
        method: str | None = None,
        path: str | None = None,
        status: int | None = None,
        code: str | None = None,
        request_id: str | None = None,
        causes: Sequence[str] = (),
        retry_after: float | None = None,
        attempts: int = 1,
    ) -> None:
        super().__init__(message)
        self.message = clean(message, _MESSAGE_LENGTH)
        self.method = method
        self.path = path and clean(path, _NAME_LENGTH)
        self.status = status
        self.code = code and clean(code, _NAME_LENGTH)
        self.request_id = request_id
        self.causes = tuple(clean(cause, _CAUSE_LENGTH) for cause in causes[:_CAUSES])
        self.retry_after = retry_after
        self.attempts = attempts

    @property
    def ambiguous(self) -> bool:
        """Whether a write that ended so may have been carried out nevertheless."""
        return False

    def __str__(self) -> str:
        return ". ".join(part.rstrip(". ") for part in self._sentences() if part) + "."

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self}>"

    @property
    def gist(self) -> str:
        """What failed and why, without what support asks for."""
        return f"{self.method} {self.path} {self._outcome()}: {self.message}" if self.method else self.message

    def _sentences(self) -> list[str]:
        return [
            self.gist,
            f"Code {self.code}" if self.code and self.code != str(self.status) else "",
            f"Causes: {'; '.join(self.causes)}" if self.causes else "",
            f"Tried {self.attempts} times" if self.attempts > 1 else "",
            f"Request id {self.request_id}" if self.request_id else "",
        ]

    def _outcome(self) -> str:
        return self.verb


class RequestNotSent(AtlanError):
    """The request certainly did not arrive. `permanent`: trying again can't help (a certificate, a malformed URL)."""

    verb = "was not sent"
    permanent = False


class Unsendable(RequestNotSent, ValueError):
    """No request can name or carry what it was to."""

    permanent = True


class NoToken(RequestNotSent):
    """No access token was to be had for the request. The request for one was tried again where that was safe."""

    permanent = True


class OutOfTime(RequestNotSent):
    """The time that the operation may take was over before the request could be sent."""

    permanent = True


class NoAnswer(AtlanError):
    """The request may have arrived; what became of it is unknown."""

    verb = "got no answer"

    @property
    def ambiguous(self) -> bool:
        return True


class UnusableAnswer(AtlanError):
    """Something answered, but not as the service does. After a 2xx or 5xx a write may have been carried out."""

    verb = "got an answer that can't be used"

    @property
    def ambiguous(self) -> bool:
        return self.status is None or not 300 <= self.status < 500

    def _outcome(self) -> str:
        return f"{self.verb} (status {self.status})" if self.status else self.verb


class ServiceError(AtlanError):
    """The service answered with an error status. `locations`: where the causes are, as dotted paths into the body."""

    locations: tuple[str, ...] = ()

    @property
    def unknown_entrypoint(self) -> bool:
        """Whether the app has no contract for the entrypoint that was named (the service's fact: code 1003)."""
        return self.code == "1003"

    def _outcome(self) -> str:
        return f"was answered with status {self.status}"


class BadRequest(ServiceError):
    """400: the service refused what was sent; `causes` may say where."""


class UnknownEntrypoint(ServiceError):
    """Code 1003, and an app that has no such entrypoint, or none by default; `entrypoints` are those that it has."""

    entrypoints: tuple[str, ...] = ()


class Unauthorized(ServiceError):
    """401: the key, or a token that was new, is missing, wrong or expired."""


class OAuthRefused(Unauthorized):
    """401 or 403 to the request for a token: the OAuth client is unknown, or its secret is wrong."""


class Forbidden(ServiceError):
    """403: the key is known and may not do this."""


class NotFound(ServiceError):
    """404 with the service's own error body: what was asked for does not exist, or no longer."""


class Conflict(ServiceError):
    """409: the name is taken. `slugs` are those that hold it, `version` the published one where a single slug does."""

    slugs: tuple[str, ...] = ()
    version: int | None = None


class RateLimited(ServiceError):
    """429: the service did nothing, and says in `retry_after` when to come back, if it says so."""


class ServerError(ServiceError):
    """5xx. Nothing was done only where it is a 503 that says when to come back."""

    @property
    def ambiguous(self) -> bool:
        return not (self.status == 503 and self.retry_after is not None)


def clean(text: str, length: int) -> str:
    """`text` on one line, without terminal escapes, control and invisible characters, at most `length` characters."""
    # what is cut away is not worth cleaning; a message of megabytes stays cheap
    printable = "".join(map(_printable, _ESCAPES.sub("", text[: 20 * length])))
    line = " ".join(printable.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def _printable(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character)[0] == "C" else character
