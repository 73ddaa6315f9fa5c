"""What a user is told of the client's errors: what failed, why, and what to do."""

from __future__ import annotations

from typing import Any, Final

from provider.client.errors import (
    AtlanError,
    BadRequest,
    Conflict,
    Forbidden,
    NoAnswer,
    NotFound,
    NoToken,
    OAuthRefused,
    OutOfTime,
    RateLimited,
    RequestNotSent,
    ServerError,
    ServiceError,
    Unauthorized,
    Unsendable,
    UnusableAnswer,
)
from provider.framework import Context, UserError

_READS: Final = ("GET", "HEAD", None)

# A kind stands before those that it is a kind of.
ADVICE: Final[dict[type[AtlanError], tuple[str, str]]] = {
    OutOfTime: (
        "The operation took longer than its timeouts allow",
        "Give it more time in the timeouts attribute of this resource; nothing was changed by this request.",
    ),
    NoToken: (
        "No access token could be had",
        "The OAuth client could not sign in. Check base_url, the network and the OAuth settings; nothing was changed.",
    ),
    Unsendable: ("A value cannot be sent", "Correct it and apply again; nothing was changed."),
    RequestNotSent: (
        "The tenant cannot be reached",
        "Check base_url, the network and the proxy settings; nothing was changed.",
    ),
    NoAnswer: ("The tenant did not answer", "Apply again later."),
    UnusableAnswer: (
        "The answer did not come from the service",
        "Check that base_url is the tenant's own address, and that no gateway or sign-in page stands before it.",
    ),
    BadRequest: ("The service refused the request", "Correct what it names and apply again."),
    OAuthRefused: (
        "The OAuth client was refused",
        "Check the OAuth client's id and secret: they may be mistyped, revoked, or belong to another tenant.",
    ),
    Unauthorized: (
        "The API key was refused",
        "Check api_key or ATLAN_API_KEY: it may be mistyped, expired, or belong to another tenant.",
    ),
    Forbidden: (
        "The API key may not do this",
        "Give the key's persona or role the permission, or use another key.",
    ),
    NotFound: ("The service does not know this", "It may have been removed meanwhile. Plan again."),
    Conflict: ("The service reports a conflict", "Plan again, to see what is there now."),
    RateLimited: (
        "The service is limiting requests",
        "Wait and apply again, lower -parallelism, or raise max_retries and retry_timeout.",
    ),
    ServerError: (
        "The service failed",
        "Apply again later; if it stays so, tell the service's support the request id.",
    ),
    ServiceError: ("The service refused the request", "Correct what it names and apply again."),
}

OAUTH_ADVICE: Final[dict[type[AtlanError], tuple[str, str]]] = {
    Unauthorized: (
        "The OAuth client's access token was refused",
        "The client signed in, but not even a new token of it is taken. Check that it belongs to this tenant.",
    ),
    Forbidden: (
        "The OAuth client may not do this",
        "Give the client's role or scopes the permission, or use another client.",
    ),
}


def explain(error: AtlanError, *, oauth: bool = False) -> UserError:
    """The problem behind a client's error; ``oauth``: the provider signs in as an OAuth client and not with a key."""
    said = {**ADVICE, **(OAUTH_ADVICE if oauth else {})}
    summary, advice = next((words for kind, words in said.items() if isinstance(error, kind)), ("It failed", ""))
    return UserError(summary, "\n\n".join(filter(None, (str(error), _certainty(error), advice))), _path(error))


def error_text(ctx: Context[Any], error: AtlanError) -> str:  # noqa: ARG001 - what may be shown depends on the call
    """Return the text of a client's error for a message of a read, an import or a delete."""
    return str(error)


def _certainty(error: AtlanError) -> str:
    """Whether something was changed, where the error itself leaves that open."""
    if not error.ambiguous or error.method in _READS:
        return ""
    return "What became of the request is not known: the change may have been made. The next plan shows what exists."


def _path(error: AtlanError) -> list[Any] | None:
    """The attribute and key that the service named."""
    named = [location for location in getattr(error, "locations", ()) if location]
    return named[0].split(".")[:2] if named else None
