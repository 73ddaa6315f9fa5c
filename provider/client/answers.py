"""What the service said: bytes and headers into a value, or into the error that they mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from provider.client.errors import (
    AtlanError,
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    RateLimited,
    ServerError,
    ServiceError,
    Unauthorized,
    UnusableAnswer,
)
from provider.client.json_codec import parse_json

E = TypeVar("E", bound=AtlanError)
_BY_STATUS: dict[int, type[ServiceError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    429: RateLimited,
}


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; every error about it is made here, so that none leaves with a secret in it."""

    method: str
    path: str
    request_id: str
    redact: Callable[[str], str]
    shown_path: str

    def error(
        self,
        kind: type[E],
        message: str,
        *,
        status: int | None = None,
        code: str | None = None,
        causes: tuple[str, ...] = (),
        retry_after: float | None = None,
    ) -> E:
        return kind(
            self.redact(message),
            method=self.method,
            path=self.shown_path,
            request_id=self.request_id,
            status=status,
            code=code and self.redact(code),
            causes=tuple(self.redact(cause) for cause in causes),
            retry_after=retry_after,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, headers (names in lower case) and the body, which never shows in a repr."""

    request: Request
    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        return f"<Answer {self.status} to {self.request.method} {self.request.path}>"

    def check(self) -> None:
        """Raises the error that a status other than a success means."""
        if self.status >= 400:
            raise self._service_error()
        if self.status >= 300:
            # the host alone, for the rest of a location may hold a token
            to = host_of(self.headers.get("location", ""))
            self.refuse(f"it redirects to another place ({to}), which is not followed")

    def value(self) -> Any:
        """The JSON value of the body."""
        try:
            return parse_json(self.body)
        except ValueError:
            return self.refuse(f"JSON was expected, and this is {self._kind()}")

    def refuse_page(self) -> None:
        """Raises UnusableAnswer about a page of HTML, which is nothing that the service sends."""
        if self._is_page():
            self.refuse(f"an answer of the service was expected, and this is {self._kind()}")

    def refuse(self, why: str) -> NoReturn:
        """Raises UnusableAnswer about this answer; `why` tells what is wrong with it."""
        raise self.request.error(UnusableAnswer, f"{why}. Check base_url and any proxy", status=self.status)

    def _is_page(self) -> bool:
        return self.body.lstrip()[:1] == b"<"

    def _kind(self) -> str:
        if not self.body.strip():
            return "empty"
        if self._is_page():
            return "a page of HTML or XML"
        return "broken JSON" if self.body.lstrip()[:1] in (b"{", b"[") else "plain text"

    def _service_error(self) -> ServiceError:
        body = self._error_object()
        code, message = error_code(body), error_message(body)
        # a gateway, too, may answer 404 with JSON, and a message alone is what gateways send
        if self.status == 404 and (code is None or message is None):
            self.refuse("it is not the service's own 404, so nothing is said about what was asked for")
        error = self.request.error(
            _BY_STATUS.get(self.status, ServerError if self.status >= 500 else ServiceError),
            message or f"no reason was given, the answer is {self._kind()}",
            status=self.status,
            code=code,
            causes=error_causes(body),
            retry_after=retry_after(self.headers.get("retry-after"), datetime.now(UTC)),
        )
        if isinstance(error, Conflict):
            error.slugs, error.version = _conflicting(body)
        error.locations = tuple(self.request.redact(location) for location in error_locations(body))
        return error

    def _error_object(self) -> dict[str, Any]:
        try:
            body = parse_json(self.body)
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}


def error_code(body: Mapping[str, Any]) -> str | None:
    """The service's error code as text (the service's fact: one of three keys)."""
    codes = (body.get(key) for key in ("errorCode", "code", "status"))
    return next((str(code) for code in codes if code and isinstance(code, int | str)), None)


def error_message(body: Mapping[str, Any]) -> str | None:
    """The service's own words (the service's fact: one of two keys)."""
    messages = (body.get(key) for key in ("errorMessage", "message"))
    return next((message for message in messages if message and isinstance(message, str)), None)


def error_causes(body: Mapping[str, Any]) -> tuple[str, ...]:
    """A sentence a cause, with its location where there is one."""
    causes = body.get("causes")
    told = [_cause(cause) for cause in causes if isinstance(cause, dict)] if isinstance(causes, list) else []
    first = body.get("errorCause")
    return tuple(cause for cause in ([first] if isinstance(first, str) else []) + told if cause)


def error_locations(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Where the causes are, as dotted paths into what was sent."""
    causes = body.get("causes")
    found = [cause.get("location") for cause in causes if isinstance(cause, dict)] if isinstance(causes, list) else []
    return tuple(location for location in found if isinstance(location, str) and location)


def _cause(cause: Mapping[str, Any]) -> str:
    message, location = cause.get("errorMessage") or cause.get("errorType"), cause.get("location")
    if not isinstance(message, str):
        return ""
    return f"{message} (at {location})" if isinstance(location, str) and location else message


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds from a Retry-After header, given as seconds or as a date; None if there is none that can be read."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value[:10])
    try:
        until = parsedate_to_datetime(value)
        return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds())
    except (ValueError, OverflowError):
        return None


def _conflicting(body: Mapping[str, Any]) -> tuple[tuple[str, ...], int | None]:
    several, version = body.get("slugs"), body.get("version")
    slugs = [body.get("slug"), *(several if isinstance(several, list) else [])]
    named = dict.fromkeys(slug for slug in slugs if slug and isinstance(slug, str))
    return tuple(named), version if isinstance(version, int) else None


def host_of(url: str) -> str:
    """The host and port of a URL, without a password that may stand before it; for messages."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2] or "no host"
    except ValueError:
        return "a malformed address"
