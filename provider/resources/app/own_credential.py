"""The refusals of a publish that concern the credential of the workflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from provider import errors
from provider.client.errors import BadRequest, ServerError, ServiceError
from provider.credential_storage import ReplacedCredentials, name_with_suffix, taken, unknown_connector
from provider.framework import Context, Known, Path, UserError, Value, are_known
from provider.model import credential
from provider.model.credential import WIRE_KEYS
from provider.model.credential_names import NAME, renamed
from provider.model.inputs import CREDENTIAL, Inputs, as_object
from provider.model.json_inputs import as_json
from provider.resources.app.attribute_paths import attribute_path
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.client.api import AtlanApi

_CONFIG_NAME: Final = "connector_config_name"


class Storage(NamedTuple):
    """The credentials whose name may be used again with a suffix. A rotation replaces the one with ``own_guid``."""

    replaced: ReplacedCredentials
    own_guid: str | None = None


def with_free_name(
    ctx: Context[AppState], client: AtlanApi, storage: Storage, inputs: Mapping[str, Known], error: BadRequest
) -> Mapping[str, Known]:
    """Return refused inputs whose credential has another name, in the same form.

    Raises the error if it is not about the name, and UserError if the name is somebody else's.
    """
    body = _opened(inputs.get(CREDENTIAL))
    if not (error.credential_name_is_taken and body):
        raise error
    attribute, path = _attribute(ctx.config, NAME)
    text, own_guid = errors.error_text(ctx, error), storage.own_guid
    name = name_with_suffix(
        ctx, client, storage.replaced, body, own_guid=own_guid, attribute=attribute, path=path, text=text
    )
    changed = {**inputs, CREDENTIAL: renamed(inputs[CREDENTIAL], name)}
    assert are_known(changed)
    return changed


def explained(ctx: Context[AppState], error: ServiceError) -> UserError | None:
    """Return the error about the name or connector of the configured credential. Return None for any other error."""
    body = _configured(ctx.config)
    if not body:
        return None
    text = errors.error_text(ctx, error)
    if isinstance(error, BadRequest) and error.credential_name_is_taken:
        attribute, path = _attribute(ctx.config, NAME)
        name = str(body.get(NAME))
        return taken(name, "Another credential has this name.", attribute=attribute, path=path, text=text)
    if isinstance(error, ServerError) and error.credential_was_not_stored:
        name = str(body.get(WIRE_KEYS[_CONFIG_NAME]))
        return unknown_connector(name, _attribute(ctx.config, _CONFIG_NAME)[1], text)
    return None


def _configured(config: AppState) -> Inputs:
    """Return the configured credential, with the keys of the service."""
    if isinstance(config["credential_wo"], dict):
        return credential.body(config["credential_wo"])
    return _opened(as_object(config["inputs"]).get(CREDENTIAL))


def _opened(raw_credential: Value) -> Inputs:
    return as_object(as_json(raw_credential))


def _attribute(config: AppState, name: str) -> tuple[str, Path]:
    """Return how a message names an attribute of the credential, and the path of the attribute."""
    path = attribute_path(config, [CREDENTIAL, WIRE_KEYS[name]])
    is_raw = path[0] != "credential_wo"
    return f"{path[0]}.credential.{WIRE_KEYS[name]}" if is_raw else f"credential_wo.{name}", path
