"""Import a credential by its guid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provider.client.errors import AtlanError
from provider.errors import MISSING_REASON, error_text, wrong_import_id
from provider.framework import Context, UserError
from provider.model import identifiers
from provider.resources.credential import missing, private_state
from provider.resources.credential.read import remote_values
from provider.resources.credential.schema import CredentialState

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.entities import Credential


def import_(ctx: Context[CredentialState], client: AtlanApi, guid: str) -> CredentialState:
    """Return the state of an existing credential, without ``extra``, because its values may be secret.

    Warn if the credential has an ``extra``. Raises UserError if the guid is malformed, or if the credential does not
    exist or may not exist. Raises AtlanError if the credential cannot be read.
    """
    if not identifiers.is_usable(guid):
        advice = "Give the credential's guid, such as 5c7a1e0e-0000-4000-8000-000000000001."
        raise wrong_import_id(guid, ctx.type_name, advice)
    try:
        remote_credential = client.get_credential(guid)
    except AtlanError as error:
        if not missing.is_gone(ctx, client, guid, error, is_import=True):
            raise
        raise UserError(
            f"There is no credential with the guid {guid}",
            f"{MISSING_REASON}\n\n{error_text(ctx, error)}",
        ) from error
    _warn_extra(ctx, remote_credential)
    private_state.remember_hidden(ctx, remote_credential.extra)
    return {
        "id": remote_credential.id,
        "guid": remote_credential.id,
        **remote_values(remote_credential),
        "extra": None,
        "password_wo": None,
        "extra_wo": None,
        "secret_wo_version": None,
        "test_before_store": False,
    }


def _warn_extra(ctx: Context[CredentialState], remote_credential: Credential) -> None:
    if remote_credential.extra:
        ctx.warn(
            f"The extra of the credential {remote_credential.id} was not imported",
            f"The extra may contain secrets. Its keys are {', '.join(sorted(remote_credential.extra))}. Configure "
            "them in extra, and the secret ones in extra_wo, because an update sends the whole credential.",
        )
