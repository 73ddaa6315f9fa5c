"""The faults of a request, and what follows from each: if the request is sent again, and what is reported."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.support.campaigns.fault_blocks import PASSWORD
from tests.support.campaigns.fault_routes import NO_WAY, Through

FOR_EVER = 1_000_000
SLOW_SECONDS, REQUEST_SECONDS = 3.5, 2
"""The delay of a slow answer in seconds, and the provider's timeout for slow answers."""

HTML = "<!doctype html><html><title>Sign in</title></html>"
# Each key that an answer can have, with a value of a wrong type.
WRONG_TYPES = {
    **{key: ["wrong"] for key in ("slug", "id", "run_id", "trigger_id", "app_id", "accessToken", "name", "status")},
    **dict.fromkeys(("workflows", "records", "entities", "entity", "entrypoints", "properties"), "wrong"),
    **dict.fromkeys(("archived", "deleted", "cancelled", "has_more"), "wrong"),
    **{key: {"wrong": True} for key in ("version", "dag", "schedules", "attributes")},
}


@dataclass(frozen=True)
class Fault:
    """A fault for the sandbox (none for a refused connection). A diagnostic must contain one of the words in `said`.

    `done` says if the request has an effect: "no", "yes", or "later" than the provider waits.
    """

    name: str
    request: dict[str, Any] = field(hash=False)
    said: tuple[str, ...]
    passes: bool = False
    """The fault may be temporary, so a read is sent again."""
    undone: bool = False
    """The service says that nothing was done and that the request may be sent again, so a write is sent again, too."""
    certain: bool = False
    """The service says that nothing was done."""
    done: str = "no"

    def __str__(self) -> str:
        return self.name

    def repeats(self, *, writes: bool) -> bool:
        """Return True if the request is sent again after this fault.

        `writes`: the request must not have its effect twice.
        """
        return self.undone or (self.passes and not writes)


def _answered(status: int, name: str = "", **what: Any) -> Fault:
    headers = what.pop("headers", {})
    body = what.pop("body", {"code": status, "message": "it was asked to fail"})
    asked = {"status": status, "body": body, "headers": headers, **({"made": True} if what.get("done") else {})}
    return Fault(name or str(status), asked, (f"status {status}",), **what)


def _unusable(name: str, body: Any, said: str, **what: Any) -> Fault:
    asked = {"status": 200, "body": body, **({"made": True} if what.get("done") else {})}
    return Fault(name, asked, (said,), **what)


GONE = _answered(404, "404", certain=True)
NO_CODE = _answered(404, "404 without a code", body={"message": "it was asked to fail"}, certain=True)
REFUSED_BY_THE_APP = {"code": 500, "message": 'Get "http://app:8000/": dial tcp 10.0.0.7:8000: connection refused'}
REFUSED_KEY = _answered(401, certain=True)
OF_A_GATEWAY = Fault("404 of a gateway", {"status": 404, "body": HTML}, ("not the service's own 404",), certain=True)
SLOW = Fault("slow", {"delay_ms": SLOW_SECONDS * 1000}, ("no answer in time",), passes=True, done="later")
REFUSED = Fault("refused", {}, ("connection refused",), undone=True, certain=True)

FAILED = {"code": 500, "message": "it was asked to fail"}
NOT_STORED = _answered(
    500, "500 of an unknown connector", body={**FAILED, "message": f"failed to store credential {PASSWORD}"}
)
"""The service does not know the connectorConfigName. This answer also quotes the password."""
NAME_TAKEN = _answered(
    400,
    "400 of a taken credential name",
    body={"code": 400, "message": "violates unique constraint credentials_name_key"},
    certain=True,
)
OF_CREDENTIALS = (NOT_STORED, NAME_TAKEN)
"""The faults of requests that store a credential."""
PAGES = (
    _unusable("HTML", HTML, "a page of HTML"),
    _unusable("HTML after the change", HTML, "a page of HTML", done="yes"),
)
OF_THE_SETUP = (REFUSED_KEY, OF_A_GATEWAY, *PAGES)
"""The faults after which no other request can succeed."""
FORBIDDEN = _answered(403, certain=True)
WITHOUT_THE_OBJECT = (
    _unusable("truncated", '{"slug": "it-Ab', "broken JSON"),
    _unusable("wrong types", WRONG_TYPES, "does not have the shape of"),
    _unusable("missing fields", {}, "does not have the shape of"),
)
UNREADABLE = (FORBIDDEN, NO_CODE, *WITHOUT_THE_OBJECT)
"""The faults of a read that do not pass, and that do not prove that the object is gone."""
CLOSED = ("closed without an answer", "connection reset")
LOST_ANSWERS = (
    Fault("dropped before", {"drop": "before"}, CLOSED, passes=True),
    Fault("dropped after the change", {"drop": "after"}, CLOSED, passes=True, done="yes"),
    Fault("reset before", {"drop": "before", "reset": True}, CLOSED, passes=True),
    Fault("reset after the change", {"drop": "after", "reset": True}, CLOSED, passes=True, done="yes"),
)
OF_THE_CONNECTION = (REFUSED, *LOST_ANSWERS, SLOW)
"""The faults without an answer of the tenant. A proxy can answer instead."""
FAULTS = (
    _answered(429, undone=True, certain=True),
    _answered(429, "429 with Retry-After", headers={"Retry-After": "1"}, undone=True, certain=True),
    _answered(500),
    _answered(500, "500 that may be repeated", body={**FAILED, "retryable": True, "retry_after": 1}, passes=True),
    _answered(500, "500 of an active run", body={**FAILED, "message": 'engine: {"code": "AE-WF-409-03"}'}),
    _answered(503, "503 that must not be repeated", body={**FAILED, "retryable": False}),
    _answered(500, "500 of a starting app", body=REFUSED_BY_THE_APP, passes=True),
    _answered(502, passes=True),
    _answered(503, passes=True),
    _answered(503, "503 with Retry-After", headers={"Retry-After": "1"}, passes=True, undone=True, certain=True),
    _answered(504, passes=True),
    _answered(504, "504 after the change", passes=True, done="yes"),
    REFUSED,
    *LOST_ANSWERS,
    SLOW,
    *PAGES,
    *WITHOUT_THE_OBJECT,
    REFUSED_KEY,
    FORBIDDEN,
    GONE,
    NO_CODE,
    OF_A_GATEWAY,
    _answered(409, body={"message": "it was asked to fail"}, certain=True),
    _answered(409, "409 with a code", certain=True),
    *OF_CREDENTIALS,
)

# A proxy that inspects TLS answers for a tenant that does not. So the request may have arrived.
_BAD_GATEWAY = {"said": ("answered with status 502",), "passes": True, "undone": False, "certain": False}
_GATEWAY_TIMEOUT = {**_BAD_GATEWAY, "said": ("answered with status 504",)}
_REFUSED_TUNNEL = {"said": (f"it refused with status {NO_WAY} (the proxy",)}
_SEEN: Mapping[Through, Mapping[Fault, Mapping[str, Any]]] = {
    "direct": {},
    "connect": {REFUSED: _REFUSED_TUNNEL},
    "intercept": {REFUSED: _BAD_GATEWAY, **dict.fromkeys(LOST_ANSWERS, _BAD_GATEWAY), SLOW: _GATEWAY_TIMEOUT},
}
"""The differences of each route: how the provider sees a fault of the tenant."""


def seen(fault: Fault, through: Through) -> Fault:
    """Return a fault of the tenant as the provider sees it behind a route."""
    return replace(fault, **_SEEN[through].get(fault, {}))
