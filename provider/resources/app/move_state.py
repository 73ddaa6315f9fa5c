"""Move a workflow of the generic REST provider (``restapi_object``) to ``atlan_app``.

Terraform asks for a move before it configures the provider, so the state contains only what the source's state does:
the slug, and the app and the name if an answer of the service is stored in it. No input is taken from there, because
the body that the REST provider stores contains secrets. Private state keeps the names of the inputs, and the read that
follows asks the service for their values.
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

_PROVIDER: Final = "/restapi"
_TYPE: Final = "restapi_object"
_COLLECTION: Final = "app"

# The attributes that the REST provider stores as JSON: the last answer first, then the body that was sent.
_BODIES: Final = ("api_response", "api_data", "create_response", "data")

_MOVED: Final = "moved_inputs"
"""The key in private state of the inputs that the source has named."""

_IMPORT: Final = (
    "Remove the moved block, take the object out of state with a removed block, and import the workflow by its slug."
)


def move(ctx: Context[AppState], source: MoveSource) -> AppState:
    """Return the state of a workflow with its slug, and its app and name if they are known. Raises UserError."""
    _check_source(ctx, source)
    bodies = [found for found in (as_object(as_json(source.state.get(name))) for name in _BODIES) if found]
    slug = _slug(source.state, bodies)
    sent = as_object(as_json(source.state.get("data")))
    ctx.private[_MOVED] = sorted(as_object(as_json(sent.get("inputs"))))
    return new_state(slug, _first_text(bodies, "app_id"), _first_text(bodies, "name"))


def is_moved(ctx: Context[AppState]) -> bool:
    """Return True if a move made the state. It may have been read or published since."""
    return _MOVED in ctx.private


def is_unread(ctx: Context[AppState], current: AppState) -> bool:
    """Return True if a move made the state and nothing was read or published since."""
    return is_moved(ctx) and current["version"] is None and current["inputs"] is None


def read(
    ctx: Context[AppState], client: AtlanApi, contracts: Contracts, workflow: Workflow, current: AppState
) -> AppState:
    """Return the state after the first read of a move: an import of the inputs that the source named, or of all.

    Raises UserError if neither the service nor the source knows the app and the name.
    """
    known = {"app_id": workflow.app_id or current["app_id"], "name": workflow.name or current["name"]}
    if not all(known.values()):
        raise UserError(
            f"{workflow.slug} cannot be moved",
            "The service does not return its app or its name. Without them the plan would replace it.",
        )
    names = ctx.private.pop(_MOVED)
    return import_state.state_of(ctx, client, contracts, workflow.model_copy(update=known), names or None)


def check_plan(ctx: Context[AppState], current: AppState) -> None:
    """Raise UserError for a move that was not read, if its app or name is missing: the plan would replace it."""
    if is_unread(ctx, current) and not (current["app_id"] and current["name"]):
        raise UserError(
            f"{current['slug']} was moved and not read yet",
            "The state that it was moved from contains no app or no name. Without them the plan would replace the "
            "workflow. Plan with a refresh (without -refresh=false), and with known settings of the provider.",
        )


def _check_source(ctx: Context[AppState], source: MoveSource) -> None:
    if source.type_name == _TYPE and source.provider_address.lower().endswith(_PROVIDER):
        return
    raise UserError(
        f"Cannot move {source.type_name} to {ctx.type_name}",
        f"{ctx.type_name} takes over {_TYPE} of the provider Mastercard/restapi alone; this is {source.type_name} of "
        f"{source.provider_address or 'an unknown provider'}. Remove the moved block and import the workflow by its "
        f"slug instead.",
    )


def _slug(stored: Mapping[str, Value], bodies: list[Inputs]) -> str:
    """Return the last segment of the id. Raises UserError if the path before it is not that of workflows."""
    found = stored.get("id")
    path, _, slug = found.strip("/").rpartition("/") if isinstance(found, str) else ("", "", "")
    if not identifiers.is_usable(slug) or not _is_of_workflows(path):
        raise UserError(
            "Cannot move a restapi_object whose id is no slug",
            f"{_shown(found)}, and a workflow is identified by its slug, such as bigquery-prod-AbC123. {_IMPORT}",
        )
    collection = stored.get("path")
    if isinstance(collection, str) and not _is_of_workflows(collection.partition("?")[0], slug):
        raise UserError(
            f"{slug} is not a workflow",
            "Its path does not end in /v1/app, like the path of a workflow, so it is something else, such as a "
            "schedule. Remove the moved block. If it is a workflow after all, import the workflow by its slug.",
        )
    real = _first_text(bodies, "slug")
    if real not in (None, slug):
        raise UserError(
            "Cannot move a restapi_object whose id is not its slug",
            f'{_shown(found)}, and the service\'s answer in its state has the slug "{real}". {_IMPORT}',
        )
    return slug


def _shown(found: Value) -> str:
    return f'The id is "{found}"' if isinstance(found, str) and found else "There is no id in its state"


def _is_of_workflows(path: str, slug: str = "") -> bool:
    """Return True if a path is that of workflows, with or without the slug at its end, or empty."""
    segments = path.strip("/").split("/")
    if slug and segments[-1] in (slug, "{id}"):
        segments.pop()
    return not segments or segments[-1] in ("", _COLLECTION)


def _first_text(bodies: list[Inputs], name: str) -> str | None:
    found = (each.get(name) for each in bodies)
    return next((text for text in found if isinstance(text, str) and text), None)
