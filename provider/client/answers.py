"""Convert an answer's bytes and headers into a value or an error."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn, TypeGuard, TypeVar
from urllib.parse import urlsplit

from provider.client.errors import (
    AppNotReady,
    AtlanError,
    BadRequest,
    Conflict,
    Forbidden,
    ForeignAnswer,
    Location,
    NotFound,
    RateLimited,
    ServerError,
    ServiceError,
    Unauthorized,
    UnprovenNotFound,
    UnusableAnswer,
)
from provider.client.json_codec import Json, TooManyValuesError, parse_json

E = TypeVar("E", bound=AtlanError)
_BY_STATUS: dict[int, type[ServiceError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    409: Conflict,
    429: RateLimited,
}

_VISIBLE = re.compile(rb"\S")
_LARGEST_WITH_IDENTIFIERS = 2 * 1024 * 1024

_IDENTIFIER_KEYS = ("slug", "slugs", "trigger_id", "schedule_trigger_id", "run_id", "id", "guid")
_CONTAINER_KEYS = ("workflows", "schedules", "runs", "records", "entity", "entities")
"""The keys below which the service itself writes identifiers. Inputs contain what users wrote."""

# The code can be anywhere in the text of a 500, because the service quotes the answers of its engine.
_ALREADY_ACTIVE = b"AE-WF-409-03"
_ENVELOPE_KEYS = ("data", "error", "detail")
"""The keys below which a body can contain its advice about a retry."""

# An identifier becomes part of a path. The service generates no identifier with a slash or with a dot at its start.
IDENTIFIER_PATTERN = r"^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$"
_IDENTIFIER = re.compile(IDENTIFIER_PATTERN)
LONGEST_IDENTIFIER = 512
"""How many characters an identifier can have. The service generates shorter ones."""

_REFUSED_CONNECTION = b"connection refused"
_DIAL = b"dial tcp"
"""The texts in the answer if the service could not connect to an app. The second one says that it was the service."""


def identifiers_in(body: bytes | bytearray) -> list[str]:
    """Return the slugs, run ids, trigger ids and guids in the body of an answer. Leave out those in its inputs.

    Return none of a very large body, because it would be in memory twice.
    """
    if len(body) > _LARGEST_WITH_IDENTIFIERS:
        return []
    try:
        return [*_identifiers(parse_json(body))]
    except (ValueError, RecursionError):
        return []


def _identifiers(answer: Json) -> Iterator[str]:
    for each in answer if isinstance(answer, list) else [answer]:
        if isinstance(each, dict):
            for key in _IDENTIFIER_KEYS:
                value = each.get(key)
                texts = value if isinstance(value, list) else [value]
                yield from (text for text in texts if _is_identifier(text))
            for key in _CONTAINER_KEYS:
                yield from _identifiers(each.get(key))


@dataclass(frozen=True, slots=True)
class Request:
    """One attempt to send a request. ``error`` creates an error about this attempt."""

    method: str
    path: str
    request_id: str

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
        """Return an error of that kind about this request."""
        return kind(
            message,
            method=self.method,
            path=self.path,
            request_id=self.request_id,
            status=status,
            code=code,
            causes=causes,
            retry_after=retry_after,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one attempt. The names of its headers are in lower case. The repr does not contain the body."""

    request: Request
    status: int
    headers: Mapping[str, str]
    body: bytes | bytearray

    def __repr__(self) -> str:
        return f"<Answer {self.status} to {self.request.method} {self.request.path}>"

    def check(self, *, trusts_404: bool = False) -> None:
        """Raise the error for the status. Do nothing for a success.

        With ``trusts_404``, every 404 with a JSON object is a NotFound.
        """
        if self.status >= 400:
            raise self._service_error(trusts_404=trusts_404)
        if self.status >= 300:
            # The message contains only the host, because the rest of a location can contain a token.
            to = host_of(self.headers.get("location", ""))
            self._refuse_foreign(f"it redirects to another place ({to}), and redirects are not followed")

    def value(self) -> Json:
        """Return the JSON value of the body.

        Raises ForeignAnswer if the body is something else than JSON, and UnusableAnswer if it is broken JSON.
        """
        try:
            return parse_json(self.body)
        except TooManyValuesError as error:
            return self.refuse(str(error))
        except ValueError:
            refuse = self.refuse if self._looks_like_json() else self._refuse_foreign
            return refuse(f"JSON was expected, and this is {self._kind()}")

    def refuse_page(self) -> None:
        """Raise ForeignAnswer if the body is a page of HTML, which the service never sends."""
        if self._is_page():
            self._refuse_foreign(f"an answer of the service was expected, and this is {self._kind()}")

    def refuse(self, why: str) -> NoReturn:
        """Raise UnusableAnswer about this answer. ``why`` is the reason."""
        raise self._unusable(UnusableAnswer, why)

    def _refuse_foreign(self, why: str) -> NoReturn:
        raise self._unusable(ForeignAnswer, why)

    def _unusable(self, kind: type[UnusableAnswer], why: str) -> UnusableAnswer:
        return self.request.error(kind, f"{why}. Check base_url and any proxy", status=self.status)

    def _looks_like_json(self) -> bool:
        return self._first_character() in (b"{", b"[")

    def _is_page(self) -> bool:
        return self._first_character() == b"<"

    def _first_character(self) -> bytes:
        """Return the first character after spaces, or nothing. The body is not copied, because it can be large."""
        found = _VISIBLE.search(self.body)
        return found[0] if found else b""

    def _kind(self) -> str:
        if not self._first_character():
            return "empty"
        if self._is_page():
            return "a page of HTML or XML"
        return "broken JSON" if self._looks_like_json() else "plain text"

    def _service_error(self, *, trusts_404: bool) -> ServiceError:
        found = self._error_object()
        body, kind = found or {}, self._error_class(found, trusts_404=trusts_404)
        error = self.request.error(
            kind,
            error_message(body) or f"no reason was given, the answer is {self._kind()}",
            status=self.status,
            code=error_code(body),
            causes=error_causes(body),
            retry_after=retry_after(self.headers.get("retry-after"), datetime.now(UTC)),
        )
        if isinstance(error, Conflict):
            error.slugs, error.version = _conflicting(body)
            if not all(map(_is_identifier, error.slugs)):
                self.refuse("it names a workflow by a text that is not a slug")
        if isinstance(error, ServerError):
            error.retryable, error.body_retry_after = retry_advice(body)
            is_from_service = self.status == 500 and not self._is_page()
            error.is_already_active = is_from_service and _ALREADY_ACTIVE in self.body
        error.locations = error_locations(body)
        return error

    def _error_class(self, body: Mapping[str, Json] | None, *, trusts_404: bool) -> type[ServiceError]:
        if self.status == 404:
            return self._class_of_404(body, trusts_404=trusts_404)
        if self.status == 500 and self._says_refused_connection():
            return AppNotReady
        return _BY_STATUS.get(self.status, ServerError if self.status >= 500 else ServiceError)

    def _says_refused_connection(self) -> bool:
        """Return True if the service could not connect to the app.

        The text of a write must say that it was the service, because a database can refuse the app's connection, too.
        A read can be repeated without harm.
        """
        text = self.body.lower()
        return not self._is_page() and _REFUSED_CONNECTION in text and (self.request.method == "GET" or _DIAL in text)

    def _class_of_404(self, body: Mapping[str, Json] | None, *, trusts_404: bool) -> type[ServiceError]:
        """Return the class of a 404. A gateway can also answer with JSON, often with a message and without a code.

        Raises ForeignAnswer if the answer is not the service's own.
        """
        if body is not None and trusts_404:
            return NotFound
        if body is None or error_message(body) is None:
            self._refuse_foreign("it is not the service's own 404, so the object may exist")
        return UnprovenNotFound if error_code(body) is None else NotFound

    def _error_object(self) -> dict[str, Json] | None:
        """Return the body if it is a JSON object, or None."""
        try:
            body = parse_json(self.body)
        except ValueError:
            return None
        return body if isinstance(body, dict) else None


def error_code(body: Mapping[str, Json]) -> str | None:
    """Return the service's error code as text, or None. The service uses one of three keys."""
    codes = (body.get(key) for key in ("errorCode", "code", "status"))
    return next((str(code) for code in codes if code and isinstance(code, int | str)), None)


def error_message(body: Mapping[str, Json]) -> str | None:
    """Return the service's own message, or None. The service uses one of two keys."""
    messages = (body.get(key) for key in ("errorMessage", "message"))
    return next((message for message in messages if message and isinstance(message, str)), None)


def error_causes(body: Mapping[str, Json]) -> tuple[str, ...]:
    """Return a sentence for each cause, with the location of the cause if the service returns a location."""
    first = body.get("errorCause")
    sentences = [first if isinstance(first, str) else "", *map(_sentence, _causes(body))]
    return tuple(sentence for sentence in sentences if sentence)


def error_locations(body: Mapping[str, Json]) -> tuple[Location, ...]:
    """Return the locations of the causes. The service writes each as a dotted path into the body of the request."""
    found = (cause.get("location") for cause in _causes(body))
    return tuple(_path(location) for location in found if isinstance(location, str) and location)


def _causes(body: Mapping[str, Json]) -> Iterator[dict[str, Json]]:
    causes = body.get("causes")
    yield from (cause for cause in causes if isinstance(cause, dict)) if isinstance(causes, list) else ()


def _sentence(cause: Mapping[str, Json]) -> str:
    message, location = cause.get("errorMessage") or cause.get("errorType"), cause.get("location")
    if not isinstance(message, str):
        return ""
    return f"{message} (at {location})" if isinstance(location, str) and location else message


def _path(location: str) -> Location:
    return tuple(int(step) if re.fullmatch("[0-9]{1,9}", step) else step for step in location.split("."))


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the wait in seconds that a Retry-After header requests, as a number or a date. Return None otherwise."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value[:10])
    try:
        until = parsedate_to_datetime(value)
        return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds())
    except (ValueError, OverflowError):
        return None


def retry_advice(body: Mapping[str, Json]) -> tuple[bool | None, float | None]:
    """Return ``retryable`` and ``retry_after`` (seconds) of a 5xx body, None for what it does not contain.

    Both are keys of the body, or of an object below one of the envelope keys.
    """
    objects = [body, *(each for key in _ENVELOPE_KEYS if isinstance(each := body.get(key), dict))]
    flags = (each.get("retryable") for each in objects)
    waits = (_seconds(each.get("retry_after")) for each in objects)
    return next((flag for flag in flags if isinstance(flag, bool)), None), next(filter(None, waits), None)


def _seconds(value: Json) -> float | None:
    """Return a positive number of seconds, also from a text. Return None for any other value."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    return seconds if 0 < seconds < math.inf else None


def _is_identifier(text: Json) -> TypeGuard[str]:
    return isinstance(text, str) and len(text) <= LONGEST_IDENTIFIER and _IDENTIFIER.fullmatch(text) is not None


def _conflicting(body: Mapping[str, Json]) -> tuple[tuple[str, ...], int | None]:
    several, version = body.get("slugs"), body.get("version")
    slugs = [body.get("slug"), *(several if isinstance(several, list) else [])]
    named = dict.fromkeys(slug for slug in slugs if slug and isinstance(slug, str))
    return tuple(named), version if isinstance(version, int) else None


def host_of(url: str) -> str:
    """Return the host and port of a URL, without user and password, for messages."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2] or "no host"
    except ValueError:
        return "a malformed address"
