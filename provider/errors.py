"""A client's error as a diagnostic: what failed, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from provider.client.errors import (
    AppNotReady,
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
    TooManyInputs,
    Unauthorized,
    UnprovenNotFound,
    Unsendable,
    UntrustedCertificate,
    UnusableAnswer,
)
from provider.framework import Context, Path, UserError

if TYPE_CHECKING:
    from provider.contracts.app_ids import AppIds

S = TypeVar("S")

_READS: Final = ("GET", "HEAD", None)

CORRECT_ADVICE: Final = "Correct the values that the service names, and apply again."
CHECK_ADVICE: Final = "Check the configured values, and apply again."
"""The advice about a refusal whose reason is left out."""
_REFUSED: Final = ("The service refused the request", CORRECT_ADVICE)

# The first matching class is used, so a class is listed before its base classes.
ADVICE: Final[dict[type[AtlanError], tuple[str, str]]] = {
    OutOfTime: (
        "The operation took longer than its timeouts allow",
        "Give the operation more time in the timeouts attribute of this resource; nothing was changed by this request.",
    ),
    NoToken: (
        "No access token is available",
        "The OAuth client could not sign in. Check base_url, the network and the OAuth settings; nothing was changed.",
    ),
    Unsendable: ("A value cannot be sent", "Correct the value and apply again; nothing was changed."),
    UntrustedCertificate: (
        "The tenant's certificate is not trusted",
        "Set REQUESTS_CA_BUNDLE to a file with the certificates to trust, or correct base_url; nothing was changed.",
    ),
    RequestNotSent: (
        "The tenant cannot be reached",
        "Check base_url, the network and the proxy settings; nothing was changed.",
    ),
    NoAnswer: ("The tenant did not answer", "Apply again later."),
    TooManyInputs: (
        "The workflow has too many inputs",
        "Reduce them in the web UI, such as by regular expressions in a filter, or do not manage this workflow here.",
    ),
    UnusableAnswer: (
        "The answer did not come from the service",
        "Check that base_url is the tenant's own address, and that no gateway or sign-in page answers instead.",
    ),
    BadRequest: _REFUSED,
    OAuthRefused: (
        "The OAuth client was refused",
        "Check the OAuth client's id and secret: they may be mistyped, revoked, or belong to another tenant.",
    ),
    Unauthorized: (
        "The API key was refused",
        "Check api_key or ATLAN_API_KEY: it may be mistyped, expired, or belong to another tenant.",
    ),
    Forbidden: (
        "The API key has no permission for this",
        "Give the key's persona or role the permission, or use another key.",
    ),
    NotFound: ("The service did not find the object", "It may have been removed after the plan. Plan again."),
    UnprovenNotFound: (
        "The service did not find the object, but the object may exist",
        "Nothing was changed. Apply again later. If the object is gone, remove it from state with terraform state rm.",
    ),
    Conflict: ("The service reports a conflict", "Plan again to see the current objects."),
    RateLimited: (
        "The service is limiting requests",
        "Wait and apply again, lower -parallelism, or raise max_retries and retry_timeout.",
    ),
    AppNotReady: (
        "The app is not ready",
        "The service could not connect to the app, which may be starting. Apply again in some minutes.",
    ),
    ServerError: (
        "The service failed",
        "Apply again later. If the failure stays, report the request id to the service's support.",
    ),
    ServiceError: _REFUSED,
}

OAUTH_ADVICE: Final[dict[type[AtlanError], tuple[str, str]]] = {
    Unauthorized: (
        "The OAuth client's access token was refused",
        "The client signed in, but the tenant refused even a new token. Check that the client belongs to this tenant.",
    ),
    Forbidden: (
        "The OAuth client has no permission for this",
        "Give the client's role or scopes the permission, or use another client.",
    ),
}

_EXISTS_ADVICE: Final = "Nothing was changed. Apply again later."

WITHOUT_SERVICE_TEXT: Final = (
    "The service's own message is left out, because it may contain write-only values that this call does not know."
)

MISSING_REASON: Final = "It may be archived, mistyped or on another tenant."
"""Why an object with a slug or a guid may be missing."""


def explain(error: AtlanError, *, oauth: bool = False, with_service_text: bool = True) -> UserError:
    """Return a client's error with advice for the user. ``oauth``: the provider signs in as an OAuth client.

    If ``with_service_text`` is False, a sentence in place of the service's text says why the text is left out.
    """
    advice_by_kind = {**ADVICE, **(OAUTH_ADVICE if oauth else {})}
    summary, advice = next(
        (words for kind, words in advice_by_kind.items() if isinstance(error, kind)), ("The request failed", "")
    )
    if isinstance(error, UnprovenNotFound) and error.exists:
        advice = _EXISTS_ADVICE
    if advice == CORRECT_ADVICE and not with_service_text:
        advice = CHECK_ADVICE
    parts = (_text(error, with_service_text=with_service_text), _uncertainty(error), advice)
    return UserError(summary, "\n\n".join(filter(None, parts)), _path(error))


def error_text(ctx: Context[S], error: AtlanError) -> str:
    """Return the text of an error for a message of this call.

    The service's text is left out if it may contain write-only values that this call does not know.
    """
    return _text(error, with_service_text=ctx.with_service_text)


@contextmanager
def without_service_text(ctx: Context[S], *, oauth: bool, when: bool = True) -> Iterator[None]:
    """Leave out the service's text in the messages of this block, if ``when`` is True.

    The service may repeat secrets of the stored object. After a rotation they are not the configured ones, so nothing
    here knows them. Raises UserError in place of AtlanError.
    """
    before, ctx.with_service_text = ctx.with_service_text, ctx.with_service_text and not when
    try:
        yield
    except AtlanError as error:
        if ctx.with_service_text:
            raise
        raise explain(error, oauth=oauth, with_service_text=False) from error
    finally:
        ctx.with_service_text = before


# Messages that several resources and data sources share


def no_workflow(slug: str, advice: str, text: str, path: Path | None = None) -> UserError:
    """Return the error about a workflow that does not exist. ``text`` is the text of the client's error."""
    return UserError(f"There is no workflow with the slug {slug}", f"{advice}\n\n{text}", path)


def warn_kept(ctx: Context[S], what: str, error: UnprovenNotFound) -> None:
    """Warn that a refresh keeps the state of ``what``, because its workflow was not found and probably exists.

    Also record in the context that the object was not found.
    """
    ctx.was_found = False
    ctx.warn(
        f"{what} could not be read and keeps its state",
        "The service did not find the workflow, although it probably exists, so changes outside Terraform are not "
        f"shown. Plan again later.\n\n{error_text(ctx, error)}",
    )


def no_app(app_id: str, text: str, app_ids: AppIds) -> UserError:
    """Return the error about an app that does not exist. ``text`` is the text of the client's error.

    ``app_ids`` may send a request for the ids of the tenant's apps.
    """
    advice = f"{app_ids.did_you_mean(app_id)}Check the id in the tenant's marketplace."
    return UserError(f"There is no app {app_id}", f"{advice}\n\n{text}", ["app_id"])


def no_run(run_id: str, error: NotFound | UnprovenNotFound, text: str, path: Path | None = None) -> UserError:
    """Return the error about a run that was not found. ``text`` is the text of the client's error."""
    reason = (
        "The id may be mistyped, or the run may be on another tenant, or so old that the service no longer knows it."
    )
    if isinstance(error, NotFound):
        return UserError(f"There is no run {run_id}", f"{reason}\n\n{text}", path)
    reason += " A gateway can send this answer too, so also check base_url and any proxy."
    return UserError(f"The run {run_id} was not found", f"{reason}\n\n{text}", path)


def archived_connection(qualified_name: str, path: Path, consequence: str = "") -> UserError:
    """Return the error about a connection that the service returns although it is archived."""
    reason = "The connection was deleted, and the service still returns its old values. Use an active connection."
    return UserError(f"The connection {qualified_name} is archived", f"{reason}{consequence}", path)


def wrong_import_id(import_id: str, type_name: str, advice: str) -> UserError:
    """Return the error about an import id that has the wrong form."""
    return UserError(f'"{import_id}" is not an import id of {type_name}', advice)


def _text(error: AtlanError, *, with_service_text: bool) -> str:
    text = error.text(with_service_text=with_service_text)
    return text if with_service_text or not error.quotes_service else f"{text} {WITHOUT_SERVICE_TEXT}"


def _uncertainty(error: AtlanError) -> str:
    """Return a sentence about a write that may have been carried out."""
    if not error.ambiguous or error.method in _READS:
        return ""
    return "The result of the request is not known: the change may have been made. The next plan shows what exists."


def _path(error: AtlanError) -> Path | None:
    """Return the path of the first location that starts with an attribute, or None. The service names locations."""
    for location in error.locations if isinstance(error, ServiceError) else ():
        match location:
            case (str(attribute), key, *_):
                return [attribute, (key,)]
            case (str(attribute),) if attribute:
                return [attribute]
    return None
