"""How a workflow that the generic REST provider holds (``restapi_object``) becomes an ``atlan_app``.

Terraform asks for the move before it configures the provider, so a move tells what the source's state tells: the
slug, and the app and the name where an answer of the service stands in it. No input is taken from there, for the
body that the REST provider stores holds secrets: private state keeps the names of the inputs alone, and the read
that follows asks the service for their values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from provider.contracts.cache import Contracts
from provider.framework import Context, MoveSource, State, UserError
from provider.model import identifiers, inputs
from provider.resources.app import import_state
from provider.resources.app.schema import SCHEMA

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow

_PROVIDER: Final = "/restapi"
_TYPE: Final = "restapi_object"
_COLLECTION: Final = "app"

# What the REST provider stores as JSON: the last answer first, then the body that was sent.
_TOLD_IN: Final = ("api_response", "api_data", "create_response", "data")

_MOVED: Final = "moved_inputs"

_IMPORT: Final = (
    "Remove the moved block, take the object out of state with a removed block, and import the workflow by its slug."
)


def move(ctx: Context[State], source: MoveSource) -> State:
    """The state of a workflow whose slug, app and name are all that is known. Raises UserError."""
    _check_source(ctx, source)
    told = [found for found in (_as_object(source.state.get(name)) for name in _TOLD_IN) if found]
    slug = _slug(source.state, told)
    state: State = dict.fromkeys(SCHEMA.by_name)
    state |= {"id": slug, "slug": slug, "app_id": _first_text(told, "app_id"), "name": _first_text(told, "name")}
    ctx.private[_MOVED] = sorted(_as_object(_as_object(source.state.get("data")).get("inputs")))
    return state


def is_unread(ctx: Context[State], current: State) -> bool:
    """Whether the state is that of a move, and nothing was read or published since."""
    return _MOVED in ctx.private and current["version"] is None and current["inputs"] is None


def read(ctx: Context[State], api: AtlanApi, contracts: Contracts, app: Workflow, current: State) -> State:
    """The first read after a move: an import, of the inputs that the source managed where it told which.

    Raises UserError where neither the service nor the source tells the app and the name.
    """
    known = {"app_id": app.app_id or current["app_id"], "name": app.name or current["name"]}
    if not all(known.values()):
        raise UserError(
            f"{app.slug} cannot be moved",
            "The service does not tell its app or its name, and without them the plan would replace it.",
        )
    named = ctx.private.pop(_MOVED)
    return import_state.of_app(ctx, api, contracts, app.model_copy(update=known), named or None)


def check_plan(ctx: Context[State], current: State) -> None:
    """Refuse to plan from a move that nobody read: without app and name the plan would replace the workflow."""
    if is_unread(ctx, current) and not (current["app_id"] and current["name"]):
        raise UserError(
            f"{current['slug']} was moved and not read yet",
            "The state that it was moved from tells no app or no name, and without them the plan would replace the "
            "workflow. Plan with a refresh (without -refresh=false), and with settings of the provider that are known.",
        )


def _check_source(ctx: Context[State], source: MoveSource) -> None:
    if source.type_name == _TYPE and source.provider_address.lower().endswith(_PROVIDER):
        return
    raise UserError(
        f"Cannot move {source.type_name} to {ctx.type_name}",
        f"{ctx.type_name} takes over {_TYPE} of the provider Mastercard/restapi alone; this is {source.type_name} of "
        f"{source.provider_address or 'an unknown provider'}. Remove the moved block and import the workflow by its "
        f"slug instead.",
    )


def _slug(stored: State, told: list[dict[str, Any]]) -> str:
    """The last segment of the id, where only the path of workflows stands before it."""
    found = stored.get("id")
    path, _, slug = found.strip("/").rpartition("/") if isinstance(found, str) else ("", "", "")
    if not identifiers.is_usable(slug) or not _holds_workflows(path):
        raise UserError(
            "Cannot move a restapi_object whose id is no slug",
            f"{_shown(found)}, and a workflow is identified by its slug, such as bigquery-prod-AbC123. {_IMPORT}",
        )
    collection = stored.get("path")
    if isinstance(collection, str) and not _holds_workflows(collection.partition("?")[0], slug):
        raise UserError(
            f"{slug} is no workflow",
            "Its path does not end in /v1/app, as that of workflows does, so it is something else, such as a schedule, "
            "and stays where it is: remove the moved block. Should it be one, import the workflow by its slug.",
        )
    real = _first_text(told, "slug")
    if real not in (None, slug):
        raise UserError(
            "Cannot move a restapi_object whose id is not its slug",
            f'{_shown(found)}, and the service\'s answer in its state tells the slug "{real}". {_IMPORT}',
        )
    return slug


def _shown(found: Any) -> str:
    return f'The id is "{found}"' if isinstance(found, str) and found else "There is no id in its state"


def _holds_workflows(path: str, slug: str = "") -> bool:
    """Whether workflows lie under that path, which may end with the slug itself; an empty one does not tell."""
    segments = path.strip("/").split("/")
    if slug and segments[-1] in (slug, "{id}"):
        segments.pop()
    return not segments or segments[-1] in ("", _COLLECTION)


def _as_object(value: Any) -> dict[str, Any]:
    found = inputs.as_json(value)
    return found if isinstance(found, dict) else {}


def _first_text(told: list[dict[str, Any]], name: str) -> str | None:
    return next((each[name] for each in told if isinstance(each.get(name), str) and each[name]), None)
