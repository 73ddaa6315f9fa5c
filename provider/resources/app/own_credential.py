"""The refusals of a publish that concern the credential of the workflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from provider import errors
from provider.client.errors import BadRequest, ServerError, ServiceError
from provider.credential_storage import (
    Refusal,
    generated_taken,
    name_with_suffix,
    unknown_connector,
)
from provider.credential_uses import CredentialUses, identity
from provider.framework import Context, Known, Path, UserError, Value, are_known
from provider.model import credential
from provider.model.credential import WIRE_KEYS
from provider.model.credential_names import NAME, digest, redrawn, renamed
from provider.model.inputs import CONNECTION, CREDENTIAL, Inputs, as_object
from provider.model.json_inputs import as_json
from provider.resources.app import private_state
from provider.resources.app.attribute_paths import attribute_path
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.replaced_credentials import ReplacedCredentials

_CONFIG_NAME: Final = "connector_config_name"


class Storage(NamedTuple):
    """The facts that decide about a name that is taken. A rotation replaces the credential with ``own_guid``."""

    replaced: ReplacedCredentials
    uses: CredentialUses
    own_guid: str | None = None


def is_stored_again(ctx: Context[AppState]) -> bool:
    """Return True if a credential of the workflow was stored under the configured name before."""
    name = configured(ctx).get(NAME)
    return isinstance(name, str) and digest(name) in private_state.credential_names(ctx)


def remember_name(ctx: Context[AppState]) -> None:
    """Record the configured name of the credential that a publish has stored."""
    name = configured(ctx).get(NAME)
    if isinstance(name, str) and name:
        private_state.remember_credential_name(ctx, digest(name))


def with_free_name(
    ctx: Context[AppState],
    client: AtlanApi,
    storage: Storage,
    inputs: Mapping[str, Known],
    error: BadRequest,
    *,
    is_last: bool,
) -> Mapping[str, Known]:
    """Return refused inputs whose credential has another name, in the same form.

    Raises the error if it is not about the name, and UserError if the name can be somebody else's. With ``is_last``,
    always raises, because the other name was refused too.
    """
    body = _opened(inputs.get(CREDENTIAL))
    if not (error.credential_name_is_taken and body):
        raise error
    name_of_attribute, path = attribute(ctx.config, NAME)
    connection = identity(inputs.get(CONNECTION))
    refusal = Refusal(body, name_of_attribute, path, errors.error_text(ctx, error), storage.own_guid, connection)
    is_generated = not configured(ctx).get(NAME)
    if is_last and is_generated:
        raise generated_taken(refusal.name, attribute=name_of_attribute, path=path, text=refusal.text) from error
    if is_last:
        raise refusal.taken("Another credential has this name.") from error
    name = (
        redrawn(refusal.name)
        if is_generated
        else name_with_suffix(ctx, client, storage.replaced, storage.uses, refusal)
    )
    changed = {**inputs, CREDENTIAL: renamed(inputs[CREDENTIAL], name)}
    assert are_known(changed)
    return changed


def explained(ctx: Context[AppState], error: ServiceError) -> UserError | None:
    """Return the error about the connector of the configured credential. Return None for any other error."""
    body = configured(ctx)
    if not (body and isinstance(error, ServerError) and error.credential_was_not_stored):
        return None
    name, path = body.get(WIRE_KEYS[_CONFIG_NAME]), attribute(ctx.config, _CONFIG_NAME)[1]
    return unknown_connector(str(name) if name else None, path, errors.error_text(ctx, error))


def configured(ctx: Context[AppState]) -> Inputs:
    """Return the configured credential, with the keys of the service. Return {} if there is none."""
    credential_wo = ctx.config["credential_wo"]
    if isinstance(credential_wo, dict):
        return credential.body(credential_wo)
    for inputs in (ctx.config["inputs"], ctx.config["inputs_wo"]):
        if isinstance(inputs, dict) and inputs.get(CREDENTIAL) is not None:
            return _opened(inputs[CREDENTIAL])
    return {}


def _opened(raw_credential: Value) -> Inputs:
    return as_object(as_json(raw_credential))


def attribute(config: AppState, name: str) -> tuple[str, Path]:
    """Return how a message names an attribute of the credential, and the path of the attribute."""
    path = attribute_path(config, [CREDENTIAL, WIRE_KEYS[name]])
    is_raw = path[0] != "credential_wo"
    return f"{path[0]}.credential.{WIRE_KEYS[name]}" if is_raw else f"credential_wo.{name}", path
