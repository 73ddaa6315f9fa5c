"""Decide whether a credential is gone after a request for it was answered with 404."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from provider.client.errors import AtlanError, NotFound, UnprovenNotFound
from provider.credential_storage import is_listed, no_list_clause
from provider.errors import error_text
from provider.framework import Context, UserError
from provider.resources.credential.schema import CredentialState

if TYPE_CHECKING:
    from provider.client.api import AtlanApi


def is_gone(ctx: Context[CredentialState], client: AtlanApi, guid: str, error: AtlanError) -> bool:
    """Return True if the credential does not exist or is archived. Return False if the error is not the service's 404.

    A 404 with a message and no code can be a gateway's, so only the tenant's list decides then. Raises UserError if the
    list contains the credential, or if the list cannot be read.
    """
    if not isinstance(error, UnprovenNotFound):
        return isinstance(error, NotFound)
    texts = [error_text(ctx, error)]
    try:
        if not is_listed(client, guid):
            return True
        reason = "the list of credentials still contains it"
    except AtlanError as list_error:
        reason = f"{no_list_clause(list_error)}, so the provider cannot check whether it exists"
        texts.append(error_text(ctx, list_error))
    raise _not_known(guid, reason, texts) from error


def _not_known(guid: str, reason: str, texts: Iterable[str]) -> UserError:
    """Return the error about a credential that may exist. ``texts`` are those of the client's errors."""
    advice = (
        "State keeps the credential. If it is archived, run terraform state rm with the address of this resource. "
        "Otherwise check base_url and any proxy, and plan again."
    )
    return UserError(
        f"It is not known whether the credential {guid} exists",
        "\n\n".join(
            [f"The request was answered with a 404 that a gateway can send too, and {reason}. {advice}", *texts]
        ),
    )
