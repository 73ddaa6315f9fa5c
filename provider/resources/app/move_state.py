"""Move a workflow of the generic REST provider (``restapi_object``) to ``atlan_app``.

Terraform requests a move before it configures the provider, so the move cannot send a request. The new state has only
what the old state contains: always the slug, and the app and the name if a stored body contains them.

The values of the inputs are not copied, because the old state may contain secrets. Private state stores the names of
the inputs, and the next read gets their values from the service.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from provider.contracts.cache import Contracts
from provider.framework import Context, MoveSource, UserError, Value
from provider.model import identifiers
from provider.model.inputs import Inputs, as_object
from provider.model.json_inputs import as_json
from provider.resources.app import import_state
from provider.resources.app.schema import AppState, new_state

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow

_PROVIDER_SUFFIX: Final = "/restapi"
_SOURCE_TYPE: Final = "restapi_object"
_COLLECTION_SEGMENT: Final = "app"

# The attributes in which the REST provider stores JSON: the newest answer first, the sent body last.
_BODY_ATTRIBUTES: Final = ("api_response", "api_data", "create_response", "data")

_MOVED_INPUTS_KEY: Final = "moved_inputs"
"""The key in private state of the names of the inputs in the old state."""

_IMPORT_ADVICE: Final = (
    "Remove the moved block, take the object out of state with a removed block, and import the workflow by its slug."
)


def move(ctx: Context[AppState], source: MoveSource) -> AppState:
    """Return a state with the slug, and with the app and the name if the old state contains them.

    Record in private state the names of the inputs in the old state.

    Raises UserError if the old state is not the state of a workflow.
    """
    _check_source(ctx, source)
    bodies = [body for body in (as_object(as_json(source.state.get(name))) for name in _BODY_ATTRIBUTES) if body]
    slug = _slug(source.state, bodies)
    body = as_object(as_json(source.state.get("data")))
    ctx.private[_MOVED_INPUTS_KEY] = sorted(as_object(as_json(body.get("inputs"))))
    return new_state(slug, _first_text(bodies, "app_id"), _first_text(bodies, "name"))


def is_moved(ctx: Context[AppState]) -> bool:
    """Return True if private state contains a record of a move. The workflow may have been published since."""
    return _MOVED_INPUTS_KEY in ctx.private


def is_unread(ctx: Context[AppState], current: AppState) -> bool:
    """Return True if a move created the state, and the workflow was not read or published since."""
    return is_moved(ctx) and current["version"] is None and current["inputs"] is None


def read(
    ctx: Context[AppState], client: AtlanApi, contracts: Contracts, workflow: Workflow, current: AppState
) -> AppState:
    """Return the state after the first read that follows a move.

    The state contains the inputs that the old state names. If the old state names none, the new state contains the
    inputs that differ from their defaults. The record of the move is removed. Raises UserError if the app or the name
    is in neither the answer nor the old state.
    """
    known = {"app_id": workflow.app_id or current["app_id"], "name": workflow.name or current["name"]}
    if not all(known.values()):
        raise UserError(
            f"{workflow.slug} cannot be moved",
            "The app or the name is missing in the service's answer, so the plan would replace the workflow.",
        )
    names = ctx.private.pop(_MOVED_INPUTS_KEY)
    return import_state.state_of(ctx, client, contracts, workflow.model_copy(update=known), names or None)


def check_plan(ctx: Context[AppState], current: AppState) -> None:
    """Raise UserError if a moved workflow was not read yet and its app or name is missing.

    Without the app and the name, the plan would replace the workflow.
    """
    if is_unread(ctx, current) and not (current["app_id"] and current["name"]):
        raise UserError(
            f"{current['slug']} was moved and not read yet",
            "The app or the name is missing in the state from which it was moved, so the plan would replace the "
            "workflow. Plan with a refresh (without -refresh=false), and with known settings of the provider.",
        )


def _check_source(ctx: Context[AppState], source: MoveSource) -> None:
    if source.type_name == _SOURCE_TYPE and source.provider_address.lower().endswith(_PROVIDER_SUFFIX):
        return
    raise UserError(
        f"Cannot move {source.type_name} to {ctx.type_name}",
        f"{ctx.type_name} can only be moved from {_SOURCE_TYPE} of the provider Mastercard/restapi. This is "
        f"{source.type_name} of {source.provider_address or 'an unknown provider'}. Remove the moved block and import "
        f"the workflow by its slug instead.",
    )


def _slug(stored: Mapping[str, Value], bodies: list[Inputs]) -> str:
    """Return the slug: the last segment of the id. Raises UserError if the old state is not the state of a workflow."""
    object_id = stored.get("id")
    path, _, slug = object_id.strip("/").rpartition("/") if isinstance(object_id, str) else ("", "", "")
    if not identifiers.is_usable(slug) or not _is_workflow_path(path):
        raise UserError(
            "Cannot move a restapi_object whose id is not a slug",
            f"{_id_text(object_id)}, but a workflow is identified by its slug, such as bigquery-prod-AbC123. "
            f"{_IMPORT_ADVICE}",
        )
    collection = stored.get("path")
    if isinstance(collection, str) and not _is_workflow_path(collection.partition("?")[0], slug):
        raise UserError(
            f"{slug} is not a workflow",
            "The path of a workflow ends in /app, and the path of this object does not. So the object is "
            "something else, such as a schedule. Remove the moved block. If the object is a workflow, import the "
            "workflow by its slug.",
        )
    answered_slug = _first_text(bodies, "slug")
    if answered_slug not in (None, slug):
        raise UserError(
            "Cannot move a restapi_object whose id is not its slug",
            f'{_id_text(object_id)}, but the service\'s answer in the old state contains the slug "{answered_slug}". '
            f"{_IMPORT_ADVICE}",
        )
    return slug


def _id_text(object_id: Value) -> str:
    return f'The id is "{object_id}"' if isinstance(object_id, str) and object_id else "There is no id in the old state"


def _is_workflow_path(path: str, slug: str = "") -> bool:
    """Return True if a path ends in ``/app`` or is empty. The slug or ``{id}`` may follow if ``slug`` is given."""
    segments = path.strip("/").split("/")
    if slug and segments[-1] in (slug, "{id}"):
        segments.pop()
    return not segments or segments[-1] in ("", _COLLECTION_SEGMENT)


def _first_text(bodies: list[Inputs], name: str) -> str | None:
    values = (body.get(name) for body in bodies)
    return next((value for value in values if isinstance(value, str) and value), None)
