"""Taking over a workflow that holds the configured name already (``adopt_existing``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from provider.client.errors import AtlanError
from provider.framework import PlanContext, State, Unknown, UserError
from provider.model import inputs
from provider.resources.app import read

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow

_PATH = ["adopt_existing"]


def warn(ctx: PlanContext[State], api: AtlanApi, planned: State) -> None:
    """A plan of a new workflow whose name is taken: say what the apply will take over, or why it cannot."""
    try:
        slugs = [app.slug for app in api.find_workflows(planned["name"])]
        app = find(api, planned, slugs) if slugs else None
    except AtlanError as error:
        ctx.warn("It could not be looked up whether the name is taken", f"The apply will see.\n\n{error}", _PATH)
        return
    if app is None:
        return
    ctx.warn(
        f"{app.slug} will be adopted",
        f'It holds the name "{planned["name"]}". The apply publishes the configured inputs to it and keeps its slug, '
        "its connection and what else stands in its inputs. Make sure that nobody else manages it.",
        _PATH,
    )


def find(api: AtlanApi, planned: State, slugs: Sequence[str]) -> Workflow:
    """The one workflow that can be taken over. Raises UserError where there are several, or it is not alike."""
    if len(slugs) != 1:
        raise UserError(
            f'There is no telling which workflow "{planned["name"]}" to adopt',
            f"Several hold the name: {', '.join(slugs)}. Import the one that is meant by its slug."
            if slugs
            else "The name is taken, and the service does not tell by which workflow. Apply again.",
            _PATH,
        )
    app = api.get_workflow(slugs[0])
    problem = _unlike(app, planned)
    if problem is not None:
        raise UserError(f"{app.slug} cannot be adopted", problem, _PATH)
    return app


def _unlike(app: Workflow, planned: State) -> str | None:
    if app.app_id != planned["app_id"]:
        return (
            f"It runs {app.app_id or 'an app that the service does not tell'}, and the configuration says "
            f"{planned['app_id']}. Choose another name."
        )
    if app.inputs is None:
        return (
            "The service does not show its inputs, so neither its connection nor what else stands there could be kept. "
            f"Import it instead, with the id {app.slug}, and configure its connection by its qualified_name."
        )
    given, own = read.known_value(planned["credential_guid"]), app.inputs.get(inputs.CREDENTIAL_GUID)
    if given and own and given != own:
        return (
            "It has a vaulted credential of its own, which the service keeps, and the configuration shares another one "
            "by credential_guid. Leave credential_guid out, or choose another name."
        )
    wanted, held = _configured_name(planned), _attributes(app).get("qualifiedName")
    if wanted is not None and held is not None and wanted != held:
        return (
            f"It crawls into the connection {held}, and the configuration references {wanted}. Reference {held}, or "
            "choose another name."
        )
    return None


def as_current(app: Workflow, planned: State) -> tuple[State, State]:
    """What the adopted workflow would have in state, and the plan with its connection's identity."""
    current = {
        **dict.fromkeys(planned),
        "connection": planned["connection"],
        # whatever credential it signs in with, it is not of a version that is configured here
        "credential_wo_version": Unknown,
    }
    name = _attributes(app).get("qualifiedName")
    if not (isinstance(planned["connection"], dict) and name):
        return current, planned
    return current, {**planned, "connection": {**planned["connection"], "qualified_name": name}}


def _attributes(app: Workflow) -> dict[str, Any]:
    return inputs.connection_attributes((app.inputs or {}).get(inputs.CONNECTION))


def _configured_name(planned: State) -> Any:
    connection = planned["connection"]
    name = connection["qualified_name"] if isinstance(connection, dict) else None
    return read.known_value(name)
