"""Decide whether a credential is gone after a request for it was answered with 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provider.client.errors import AtlanError, NotFound, UnprovenNotFound
from provider.credential_storage import is_listed
from provider.errors import error_text
from provider.framework import Context, UserError
from provider.resources.credential.schema import CredentialState

if TYPE_CHECKING:
    from provider.client.api import AtlanApi


def is_gone(ctx: Context[CredentialState], client: AtlanApi, guid: str, error: AtlanError) -> bool:
    """Return True if the credential does not exist or is archived. Return False if the error is not the service's 404.

    A 404 with a message and no code can be a gateway's, so only the tenant's list decides then. Raises UserError if the
    list contains the credential, or if the tenant has no such list.
    """
    if not isinstance(error, UnprovenNotFound):
        return isinstance(error, NotFound)
    listed = is_listed(client, guid)
    if listed is False:
        return True
    reason = (
        "the list of credentials still contains it"
        if listed
        else "this tenant does not list its credentials, so the provider cannot check whether it exists"
    )
    raise UserError(
        f"It is not known whether the credential {guid} exists",
        f"The request was answered with a 404 that a gateway can send too, and {reason}. State keeps the credential. "
        "If it is archived, run terraform state rm with the address of this resource. Otherwise check base_url and any "
        f"proxy, and plan again.\n\n{error_text(ctx, error)}",
    ) from error
