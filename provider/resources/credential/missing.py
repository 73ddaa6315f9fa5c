"""Decide whether a credential is gone after a request for it was answered with 404."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provider import credential_list
from provider.client.errors import AtlanError, NotFound, UnprovenNotFound
from provider.credential_list import NoList
from provider.errors import error_text
from provider.framework import Context, UserError
from provider.resources.credential.schema import CredentialState
from provider.tenant import check_gone

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.credentials import CredentialList

_KEPT: Final = (
    "State keeps the credential. If it is archived, run terraform state rm with the address of this resource. "
    "Otherwise check base_url and any proxy, and plan again."
)
_NOT_IMPORTED: Final = "Nothing was imported. Check the guid, base_url and any proxy."


def is_gone(
    ctx: Context[CredentialState], client: AtlanApi, guid: str, error: AtlanError, *, is_import: bool = False
) -> bool:
    """Return True if the credential does not exist or is archived. Return False if the error is not the service's 404.

    A 404 with a message and no code can be a gateway's, so only the tenant's list decides then. Raises UserError if the
    list does not prove that the credential is gone, or if the credential may be on another tenant.
    """
    if isinstance(error, UnprovenNotFound):
        _check_list(ctx, client, guid, error, is_import=is_import)
    elif not isinstance(error, NotFound):
        return False
    check_gone(ctx, f"The credential {guid}", error)
    return True


def _check_list(
    ctx: Context[CredentialState], client: AtlanApi, guid: str, error: UnprovenNotFound, *, is_import: bool
) -> None:
    """Raise UserError if the tenant's list of credentials does not prove that the credential is gone."""
    texts = [error_text(ctx, error)]
    try:
        listed = credential_list.read(client)
    except AtlanError as list_error:
        reason: str | None = "the list of credentials could not be read"
        texts.append(error_text(ctx, list_error))
    else:
        reason = _reason(listed, guid)
        if isinstance(listed, NoList):
            texts.append(error_text(ctx, listed.error))
    if reason is None:
        return
    raise UserError(
        f"It is not known whether the credential {guid} exists",
        f"The request was answered with a 404 that a gateway can send too, and {reason}. "
        + "\n\n".join([_NOT_IMPORTED if is_import else _KEPT, *texts]),
    ) from error


def _reason(listed: CredentialList | NoList, guid: str) -> str | None:
    """Return why the credential can exist, as a clause. Return None if the list proves that it is gone."""
    if isinstance(listed, NoList):
        return "this tenant does not list its credentials, so the provider cannot check whether it exists"
    if any(each.id == guid for each in listed.credentials):
        return "the list of credentials still contains it"
    return None if listed.is_complete else "the list of credentials is incomplete"
