"""What a user is told of the client's errors: what failed, why, and what to do."""

from __future__ import annotations

from provider.client.errors import (
    AtlanError,
    BadRequest,
    Forbidden,
    NoAnswer,
    NotFound,
    RateLimited,
    RequestNotSent,
    ServerError,
    Unauthorized,
    UnusableAnswer,
)
from provider.plugin.resource import Problem

_ADVICE: dict[type[AtlanError], tuple[str, str]] = {
    RequestNotSent: (
        "The tenant cannot be reached",
        "Check base_url, the network and the proxy settings; nothing was changed.",
    ),
    NoAnswer: (
        "The tenant did not answer",
        "What became of the request is not known. Plan again: a refresh shows what exists.",
    ),
    UnusableAnswer: (
        "The answer did not come from the service",
        "Check that base_url is the tenant's own address, and that no gateway or sign-in page stands before it.",
    ),
    BadRequest: ("The service refused the request", "Correct what it names and apply again."),
    Unauthorized: (
        "The API key was refused",
        "Check api_key or ATLAN_API_KEY: it may be mistyped, expired, or belong to another tenant.",
    ),
    Forbidden: (
        "The API key may not do this",
        "Give the key's persona or role the permission, or use another key.",
    ),
    NotFound: ("The service does not know this", "It may have been removed meanwhile. Plan again."),
    RateLimited: (
        "The service is limiting requests",
        "Wait and apply again, lower -parallelism, or raise max_retries and retry_timeout.",
    ),
    ServerError: (
        "The service failed",
        "Apply again later; if it stays so, tell the service's support the request id.",
    ),
}


def explain(error: AtlanError) -> Problem:
    """The problem behind a client's error."""
    for kind, (summary, advice) in _ADVICE.items():
        if isinstance(error, kind):
            return Problem(summary, f"{error}\n\n{advice}")
    return Problem("The request failed", str(error))
