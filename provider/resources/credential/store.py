"""Store a new credential: under its configured name, with a suffix if the name is taken, or under a generated name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from provider.client.errors import AtlanError, BadRequest
from provider.credential_storage import Refusal, generated_taken, name_with_suffix
from provider.framework import Context
from provider.model.credential_names import NAME, generated_name_of, redrawn
from provider.resources.credential import errors, payload
from provider.resources.credential.schema import CredentialState

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.credential_uses import CredentialUses
    from provider.replaced_credentials import ReplacedCredentials

# The look-up has a separate time limit, because a timeout or Terraform's stop may have ended the operation.
_LOOK_UP_SECONDS: Final = 30.0


class Stored(NamedTuple):
    """The guid of a new credential, and its name in state: the configured or the generated one, without a suffix."""

    guid: str
    name: str


def store(
    ctx: Context[CredentialState],
    client: AtlanApi,
    replaced: ReplacedCredentials,
    uses: CredentialUses,
    planned: CredentialState,
) -> Stored:
    """Store the credential. Raises UserError or AtlanError if it was not stored, or if the result is not known."""
    configured = planned["name"] if isinstance(planned["name"], str) else ""
    name = configured or generated_name_of(planned["connector_config_name"] or "app")
    body = payload.for_create(planned, ctx.config, name)
    try:
        return Stored(_create(ctx, client, planned, body, is_unique=not configured), name)
    except BadRequest as error:
        if not error.credential_name_is_taken:
            raise (errors.of_create(error, planned, name) or error) from error
        refusal = Refusal(body, NAME, errors.NAME_PATH, str(error))
        new_name = name_with_suffix(ctx, client, replaced, uses, refusal) if configured else redrawn(name)
    try:
        guid = _create(ctx, client, planned, {**body, NAME: new_name}, is_unique=True)
    except BadRequest as error:
        if error.credential_name_is_taken and not configured:
            raise generated_taken(new_name, attribute=NAME, path=errors.NAME_PATH, text=str(error)) from error
        raise (errors.of_create(error, planned, new_name) or error) from error
    return Stored(guid, configured or new_name)


def _create(
    ctx: Context[CredentialState], client: AtlanApi, planned: CredentialState, body: payload.Body, *, is_unique: bool
) -> str:
    """Create the credential and return its guid. If the answer is lost, look up a name with 64 random bits.

    Raises BadRequest if the service refused the credential.
    """
    try:
        return client.create_credential(body, test=planned["test_before_store"]).id
    except BadRequest:
        raise
    except AtlanError as error:
        name = str(body[NAME])
        guid = _look_up(client, name) if is_unique and error.ambiguous else None
        if guid is None:
            raise (errors.of_create(error, planned, name) or error) from error
        ctx.warn(f"The credential {guid} was found after a lost answer", f"Its name is {name}.\n\n{error}")
        return guid


def _look_up(client: AtlanApi, name: str) -> str | None:
    """Return the guid of the credential that has a name. Return None if the list does not contain it."""
    try:
        found = client.for_recovery(_LOOK_UP_SECONDS).list_credentials(name).credentials
    except AtlanError:
        return None
    return found[0].id if len(found) == 1 else None
