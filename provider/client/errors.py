"""The errors of requests to the service.

    AtlanError
    ├─ RequestNotSent       the request certainly did not arrive: DNS, connection or TLS failed
    │  ├─ UntrustedCertificate
    │  ├─ Unsendable        the path or the body cannot be sent
    │  ├─ NoToken           no access token is available
    │  └─ OutOfTime         the time of the operation is over
    ├─ NoAnswer             the request may have arrived: timed out, reset or closed after sending
    ├─ UnusableAnswer       the answer is not one that the service sends, such as broken JSON or missing fields
    │  ├─ TooManyInputs     a workflow has more inputs than the provider can process
    │  └─ ForeignAnswer     another server answered: HTML, plain text, a redirect, a 404 that is not the service's
    └─ ServiceError         the service answered with an error status
       ├─ BadRequest        400; code 1003 is an entrypoint that has no contract
       ├─ UnknownEntrypoint no contract, neither for the entrypoint nor for the default; lists the declared entrypoints
       ├─ Unauthorized      401
       │  └─ OAuthRefused   401 or 403 to the request for a token
       ├─ Forbidden         403
       ├─ NotFound          404 with the service's own code; for an app, 404 with any JSON object
       ├─ UnprovenNotFound  404 with a message and no code; any other 404 is a ForeignAnswer
       ├─ Conflict          409: the name is taken; lists the workflows that have the name
       ├─ RateLimited       429
       └─ ServerError       5xx
          └─ AppNotReady    500: the service could not connect to the app

This module imports neither urllib3 nor pydantic, because every launch imports this module.
"""

# ruff: noqa: N818 - the names say what happened; "Error" at the end of each would add nothing

import math
import re
from collections.abc import Sequence
from typing import Final, TypeAlias, TypeVar

E = TypeVar("E", bound="AtlanError")
Location: TypeAlias = tuple[str | int, ...]
"""The path to a value in the body of a request: keys and list indices."""

NO_ROUTE: Final = (404, 405, 501)
"""The statuses for a route that a tenant does not have. Often its gateway answers."""

ENDLESS_REASON = "no last page of the list was found"
OUT_OF_TIME_REASON = "the time that the operation may take is over"

# Source: all known codes have this form, such as AE-WF-409-03, ATLAS-404-00-009 and 1003.
_CODE = re.compile(r"[A-Z]+(-[A-Z0-9]+)*|[0-9]+")
_MOST_CODE_CHARACTERS = 40


class AtlanError(Exception):
    """A request that failed. Its texts are raw: they can contain secrets and control characters.

    ``path`` is the path of the request without host and query. ``code`` is the service's error code. ``attempts`` is
    the number of attempts, and ``request_id`` is the id of the last one. ``retry_after`` is in seconds. ``causes`` are
    sentences of the service. A value that is not known is None.
    """

    verb = "failed"
    quotes_service = False
    """True if the message can contain text that the service wrote."""
    is_setup_error = False
    """True if the key, the certificate or the address is wrong. Then no other request can succeed either."""

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
        self.message = message
        self.method = method
        self.path = path
        self.status = status
        self.code = code
        self.request_id = request_id
        self.causes = tuple(causes)
        self.retry_after = retry_after
        self.attempts = attempts

    @property
    def ambiguous(self) -> bool:
        """True if a write that ended with this error may still have been carried out."""
        return False

    @property
    def requested_wait(self) -> float | None:
        """The seconds that the service asks to wait before a retry, or None."""
        return self.retry_after

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.status} {self.request_id}>"

    def as_kind(self, kind: type[E], message: str) -> E:
        """Return an error of the class ``kind``, with this message, about the same request and answer."""
        return kind(
            message,
            method=self.method,
            path=self.path,
            status=self.status,
            code=self.code,
            request_id=self.request_id,
            causes=self.causes,
            retry_after=self.retry_after,
            attempts=self.attempts,
        )

    def text(self, *, with_service_text: bool = True) -> str:
        """Return the failure, its reason, the requested wait, the number of attempts and the request id as sentences.

        Without ``with_service_text``, the text of a class that ``quotes_service`` contains no message and no causes. It
        contains the code only if it has the form of one. The status and the request id stay.
        """
        quotes = with_service_text or not self.quotes_service
        code = self.code if self.code and (quotes or _is_code(self.code)) else None
        sentences = [
            self.summary if quotes else self.subject,
            f"Code {code}" if code and code != str(self.status) else "",
            f"Causes: {'; '.join(self.causes)}" if self.causes and quotes else "",
            f"The service asks to wait {math.ceil(self.requested_wait)} s" if self.requested_wait else "",
            f"Tried {self.attempts} times" if self.attempts > 1 else "",
            f"Request id {self.request_id}" if self.request_id else "",
        ]
        return ". ".join(sentence.rstrip(". ") for sentence in sentences if sentence) + "."

    @property
    def summary(self) -> str:
        """The failure and its reason, without the code and the request id."""
        return f"{self.subject}: {self.message}" if self.method else self.message

    @property
    def subject(self) -> str:
        """The request and its result."""
        return f"{self.method} {self.path} {self._result()}" if self.method else f"The request {self._result()}"

    def _result(self) -> str:
        return self.verb


def _is_code(text: str) -> bool:
    """Return True if the text is a code, and not a sentence or a secret that the service repeats."""
    return len(text) <= _MOST_CODE_CHARACTERS and _CODE.fullmatch(text) is not None


class RequestNotSent(AtlanError):
    """The request certainly did not arrive. ``permanent`` is True if another attempt cannot help."""

    verb = "was not sent"
    permanent = False


class UntrustedCertificate(RequestNotSent):
    """The certificate of the server is not trusted, or the configured CA bundle cannot be read."""

    permanent = True
    is_setup_error = True


class Unsendable(RequestNotSent, ValueError):
    """The path or the body of the request cannot be sent."""

    permanent = True


class NoToken(RequestNotSent):
    """No access token was available for the request, even after retries."""

    permanent = True
    quotes_service = True


class OutOfTime(RequestNotSent):
    """The time of the operation was over before the request could be sent."""

    permanent = True


class NoAnswer(AtlanError):
    """The request may have arrived. Its result is unknown. ``is_late`` is True if the time for the answer was over."""

    verb = "got no answer"
    is_late = False

    @property
    def ambiguous(self) -> bool:
        return True


class UnusableAnswer(AtlanError):
    """The answer is not one that the service sends. After a status of 2xx or 5xx, a write may have been carried out."""

    verb = "got an answer that can't be used"

    @property
    def ambiguous(self) -> bool:
        return self.status is None or not 300 <= self.status < 500

    def _result(self) -> str:
        return f"{self.verb} (status {self.status})" if self.status else self.verb


class TooManyInputs(UnusableAnswer):
    """The inputs of a workflow contain more values than the provider can process."""


class ForeignAnswer(UnusableAnswer):
    """Another server answered in place of the service, such as a sign-in page or a gateway."""

    is_setup_error = True


class ServiceError(AtlanError):
    """The service answered with an error status. ``locations`` are the paths in the body that the causes name."""

    quotes_service = True
    locations: tuple[Location, ...] = ()

    @property
    def text_of_service(self) -> str:
        """The service's message and causes in one text."""
        return " ".join((self.message, *self.causes))

    @property
    def credential_was_not_stored(self) -> bool:
        """True if the service could not store a credential. Source: it says so of an unknown connectorConfigName."""
        return "failed to store credential" in self.text_of_service.lower()

    @property
    def has_no_contract(self) -> bool:
        """True if the app has no contract for the entrypoint (the service's code 1003)."""
        return self.code == "1003"

    def _result(self) -> str:
        return f"was answered with status {self.status}"


class BadRequest(ServiceError):
    """400: the service refused the body. ``causes`` can say where the mistakes are."""

    @property
    def credential_name_is_taken(self) -> bool:
        """True if another credential has the name of the one in the body. Nothing was changed then.

        Source: the text contains the name of the database constraint.
        """
        return "credentials_name_key" in self.text_of_service


class UnknownEntrypoint(ServiceError):
    """The app does not declare the entrypoint, or has no contract, neither for the entrypoint nor for the default.

    ``entrypoints`` are the names that the app declares.
    """

    entrypoints: tuple[str, ...] = ()


class Unauthorized(ServiceError):
    """401: the API key or a new access token is missing, wrong or expired."""

    is_setup_error = True


class OAuthRefused(Unauthorized):
    """401 or 403 to the request for a token: the OAuth client is unknown, or its secret is wrong."""


class Forbidden(ServiceError):
    """403: the key or token is valid, but has no permission for the request."""


class NotFound(ServiceError):
    """404 with the service's own code: the object does not exist, or was removed."""


class UnprovenNotFound(ServiceError):
    """404 that does not prove that the object is gone.

    Either the answer has a message and no code, as a gateway's answer can have, or the object may not be visible yet.
    ``evidence`` is a clause that says what else is known. ``exists`` is True if it says that the object exists.
    """

    evidence = ""
    exists = False

    def _result(self) -> str:
        answer = super()._result() if self.code else f"{super()._result()} and no code"
        return f"{answer}, {self.evidence}" if self.evidence else answer


class Conflict(ServiceError):
    """409: the name is taken. ``slugs`` are the workflows that have the name. For a single one, ``version`` is set."""

    slugs: tuple[str, ...] = ()
    version: int | None = None


class RateLimited(ServiceError):
    """429: the service refused the request and did nothing. ``retry_after`` is the requested wait, or None."""


class ServerError(ServiceError):
    """5xx. Only a 503 with a Retry-After header certainly means that nothing was done.

    ``retryable`` is what the body says about a retry, ``body_retry_after`` the wait in seconds that it asks for. A body
    does not prove that a write did nothing, so both only matter for requests that can be repeated anyway.

    ``is_already_active`` is True for a run that was refused because another run of the workflow is active.
    """

    retryable: bool | None = None
    body_retry_after: float | None = None
    is_already_active = False

    @property
    def ambiguous(self) -> bool:
        return not (self.status == 503 and self.retry_after is not None)

    @property
    def requested_wait(self) -> float | None:
        return self.body_retry_after if self.retry_after is None else self.retry_after


class AppNotReady(ServerError):
    """500 with the text of a refused connection: the service could not connect to the app.

    For a write, the text also contains ``dial tcp``. Source: the engine behind the service answers so while an app
    starts.
    """
