"""Publish a workflow: compute the inputs of the next version, and send them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from provider import errors, lookup
from provider.client.entrypoints import with_entrypoint
from provider.client.errors import (
    AppNotReady,
    AtlanError,
    BadRequest,
    Conflict,
    NotFound,
    ServiceError,
    UnknownEntrypoint,
    UnprovenNotFound,
)
from provider.framework import Context, Known, UserError, Value, are_known
from provider.model.connection import ASSET_CONNECTION, Connection, from_wire, to_wire
from provider.model.credential_names import new_token
from provider.model.inputs import CONNECTION, CREDENTIAL, CREDENTIAL_GUID, Inputs, as_object, connection_attributes
from provider.model.payload import Stored, to_publish
from provider.ownership import moved_block
from provider.resources.app import (
    credential_fields,
    equal_keys,
    own_credential,
    private_state,
    recover,
    stored_connection,
    unchecked,
)
from provider.resources.app.attribute_paths import attribute_location
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import CreatedWorkflow, PublishedWorkflow, Workflow
    from provider.contracts.schema import Contract
    from provider.provider_data import ProviderData
    from provider.resources.app.own_credential import Storage

T = TypeVar("T")

NOTHING_STORED: Final = Stored(connection={})
"""The stored values of a workflow that does not exist yet."""


_MOVED: Final = (
    "If this configuration manages it at another address, declare the new address instead:\n\n"
    f"{moved_block('atlan_app')}"
)


class NameTakenError(UserError):
    """Another workflow has the name. ``slugs`` is empty if the service does not return this workflow."""

    def __init__(self, name: str, slugs: tuple[str, ...], text: str) -> None:
        manage = f", or manage the existing workflow:\n\n{lookup.app_import_blocks(name, *slugs)}" if slugs else "."
        moved = f"\n\n{_MOVED}" if slugs else ""
        super().__init__(
            f'The name "{name}" is taken',
            f"{_taken_sentence(slugs)} Names are unique on a tenant. Choose another name{manage}{moved}\n\n{text}",
            ["name"],
        )
        self.slugs = slugs


def _taken_sentence(slugs: tuple[str, ...]) -> str:
    if not slugs:
        return "Another workflow has this name."
    return f"{' and '.join(slugs)} {'has' if len(slugs) == 1 else 'have'} this name."


class Created(NamedTuple):
    """A created workflow. ``lost_answer`` is the error of the create if the workflow was found after this error."""

    workflow: CreatedWorkflow
    lost_answer: AtlanError | None = None


# The inputs


def inputs_to_send(
    ctx: Context[AppState],
    client: AtlanApi,
    planned: AppState,
    stored: Stored,
    contract: Contract | None,
    *,
    sends_credential: bool,
) -> Mapping[str, Known]:
    """Return all inputs of the next version, and record their connection and credential in private state.

    Raises UserError if the inputs are not an object or not all known, if a referenced connection cannot be used, or if
    a value of the credential cannot be right.
    """
    equal_keys.refuse(ctx, stored)
    if sends_credential:
        credential_fields.refuse_wrong(ctx)
    connection = planned[ASSET_CONNECTION]
    if isinstance(connection, dict):
        published = connection_attributes((stored.inputs or {}).get(CONNECTION)) or as_object(stored.connection)
        connection, attributes = stored_connection.resolve(ctx, client, connection, published)
        planned, stored = {**planned, ASSET_CONNECTION: connection}, stored._replace(connection=attributes)
    payload = to_publish(
        ctx.config,
        planned,
        stored,
        contract,
        sends_credential=sends_credential,
        stored_again=own_credential.is_stored_again(ctx),
        token=new_token(),
    )
    if payload is None:
        raise _not_an_object("inputs" if isinstance(ctx.config["inputs_wo"], dict | None) else "inputs_wo")
    inputs = payload.inputs
    if not are_known(inputs):
        raise UserError("The inputs are unknown", "An apply needs all values of the inputs. Plan again.", ["inputs"])
    private_state.remember_connection(ctx, published_connection(connection, inputs.get(CONNECTION)))
    if CREDENTIAL in inputs or inputs.get(CREDENTIAL_GUID):
        private_state.remember_own_credential(ctx)
    return inputs


def _not_an_object(name: str) -> UserError:
    return UserError(f"{name} is not an object", "Write it as an object of the inputs that the app takes.", [name])


def stored_inputs(ctx: Context[AppState], current: AppState, inputs: Mapping[str, Value] | None) -> Stored:
    """Return the stored inputs of a workflow, and the inputs that this configuration has published.

    ``inputs`` are those that the service returns. If it returns None, the connection in state counts. The published
    inputs do not include inputs that only an import put into state, so these stay on the workflow.
    """
    imported, configured = private_state.imported_names(ctx), current["inputs"]
    write_only: Inputs = {path[0]: None for path in private_state.write_only_paths(ctx) if path}
    managed = as_object(configured)
    managed = {name: value for name, value in managed.items() if value is not None and name not in imported}
    left_out = frozenset(private_state.left_out_names(ctx))
    connection = current[ASSET_CONNECTION] if inputs is None else None
    attributes = connection_attributes(to_wire(connection, {})) if isinstance(connection, dict) else {}
    return Stored(attributes, inputs or {}, managed={**write_only, **managed}, left_out=left_out)


def published_connection(planned: Value, raw_input: Value) -> Connection | None:
    """Return the connection in state after a publish. ``raw_input`` is the published input ``connection``."""
    return from_wire(connection_attributes(raw_input), planned) if isinstance(planned, dict) else None


# The requests


def create(
    ctx: Context[AppState],
    client: AtlanApi,
    data: ProviderData,
    planned: AppState,
    inputs: Mapping[str, Known],
    storage: Storage,
) -> Created:
    """Create a workflow without running it. If the answer is lost, look the workflow up.

    Raises NameTakenError if another workflow has the name. Raises UserError if the app or the entrypoint does not
    exist, or if it is not known whether the service created a workflow. Raises AtlanError only if nothing was created.
    """
    app_id, name = planned["app_id"], planned["name"]
    started_at: float | None = None

    def request(entrypoint: str | None) -> CreatedWorkflow:
        nonlocal started_at
        started_at = client.earliest_time()
        return client.create_workflow(app_id=app_id, name=name, inputs=inputs, entrypoint=entrypoint)

    def rename(error: BadRequest, is_last: bool) -> None:
        nonlocal inputs
        inputs = own_credential.with_free_name(ctx, client, storage, inputs, error, is_last=is_last)

    try:
        return Created(_send(ctx, client, app_id, planned["entrypoint"], request, rename))
    except Conflict as error:
        slugs = error.slugs or tuple(each.slug for each in recover.look_up(client, name) or ())
        slugs = tuple(each for each in slugs if not data.workflows.is_removed(each))
        raise NameTakenError(name, slugs, errors.error_text(ctx, error)) from error
    except (NotFound, UnprovenNotFound) as error:
        raise errors.no_app(app_id, errors.error_text(ctx, error), data.app_ids) from error
    except AtlanError as error:
        if not error.ambiguous:
            raise
        has_new_connection = _has_new_connection(ctx)
        request_sent = recover.Request(app_id, name, inputs, started_at, has_new_connection=has_new_connection)
        return Created(recover.find_created(client, data.workflows, request_sent, error), error)


def warn_found(ctx: Context[AppState], slug: str, lost_answer: AtlanError) -> None:
    """Warn that a create found its workflow after a lost answer."""
    ctx.warn(
        f"{slug} was found after a lost answer",
        "The create ended without a usable answer, and a new workflow with that name and exactly these inputs was "
        f"found. If another configuration manages this workflow, remove it from this state.\n\n{lost_answer}",
    )


def _has_new_connection(ctx: Context[AppState]) -> bool:
    """Return True if a create sends a qualified name that it has generated, so that no other workflow has it."""
    configured = ctx.config[ASSET_CONNECTION]
    return isinstance(configured, dict) and configured["qualified_name"] is None


def update(
    ctx: Context[AppState],
    client: AtlanApi,
    data: ProviderData,
    planned: AppState,
    workflow: Workflow,
    inputs: Mapping[str, Known],
    storage: Storage,
) -> PublishedWorkflow:
    """Publish a new version of a workflow.

    Raises UserError if the workflow, the app or the entrypoint does not exist, or if nothing was published because the
    app is starting. Also raises it if the service refuses inputs that were not checked. Raises AtlanError if the
    request fails otherwise.
    """
    app_id, slug = planned["app_id"], workflow.slug

    def request(entrypoint: str | None) -> PublishedWorkflow:
        put = functools.partial(client.update_workflow, slug, inputs=inputs, entrypoint=entrypoint)
        try:
            return data.absence.until_found(slug, put, ctx.stop, name=planned["name"])
        except NotFound as error:
            raise no_longer_exists(ctx, slug, error) from error

    def rename(error: BadRequest, is_last: bool) -> None:
        nonlocal inputs
        inputs = own_credential.with_free_name(ctx, client, storage, inputs, error, is_last=is_last)

    try:
        return _send(ctx, client, app_id, planned["entrypoint"], request, rename)
    except NotFound as error:  # of the app, because a missing workflow is a UserError
        raise errors.no_app(app_id, errors.error_text(ctx, error), data.app_ids) from error
    except BadRequest as error:
        raise (unchecked.refused(ctx, data, inputs, error) or error) from error
    except AppNotReady as error:
        raise (_nothing_published(ctx, client, app_id, workflow, inputs, error) or error) from error


def _nothing_published(
    ctx: Context[AppState],
    client: AtlanApi,
    app_id: str,
    workflow: Workflow,
    inputs: Mapping[str, Known],
    error: AppNotReady,
) -> UserError | None:
    """Return the error about an update that certainly published nothing. Return None if that is not certain."""
    if not recover.has_version(client, workflow.slug, workflow.version):
        return None
    proof = f"{workflow.slug} still has version {workflow.version}, so nothing was published."
    return recover.nothing_published(app_id, proof, inputs, errors.error_text(ctx, error))


def no_longer_exists(ctx: Context[AppState], slug: str, error: NotFound) -> UserError:
    """Return the error about a workflow that is gone since the plan."""
    return UserError(
        f"{slug} no longer exists",
        "The workflow was removed after it was planned. Plan again to create a new one."
        f"\n\n{errors.error_text(ctx, error)}",
    )


def _send(
    ctx: Context[AppState],
    client: AtlanApi,
    app_id: str,
    entrypoint: str | None,
    request: Callable[[str | None], T],
    rename: Callable[[BadRequest, bool], None],
) -> T:
    """Send a request with the entrypoint, or without it if only the app's default has a contract.

    ``rename`` gives the credential in the request another name if its name is taken, or raises. Then the request is
    sent again. After the last attempt, ``rename`` gets True and raises. Raises UserError if the app does not have the
    entrypoint, or if the credential cannot be stored. Raises AtlanError for any other failure, with locations that name
    the attributes of the configuration.
    """
    try:
        try:
            return with_entrypoint(client, app_id, entrypoint, request)
        except BadRequest as error:
            rename(error, False)
        try:
            return with_entrypoint(client, app_id, entrypoint, request)
        except BadRequest as error:
            rename(error, True)
            raise
    except UnknownEntrypoint as error:
        advice = "Remove entrypoint for the default." if entrypoint else "Set entrypoint to one of them."
        raise UserError(
            f"{app_id} has no entrypoint {entrypoint}" if entrypoint else f"{app_id} has no default entrypoint",
            f"It has: {', '.join(error.entrypoints) or 'none by name'}. {advice}\n\n{errors.error_text(ctx, error)}",
            ["entrypoint"],
        ) from error
    except ServiceError as error:
        error.locations = tuple(attribute_location(ctx.config, each) for each in error.locations)
        raise (own_credential.explained(ctx, error) or error) from error
