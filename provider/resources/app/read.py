"""What state learns of a workflow from the service's answer."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from provider.framework import Context, State, Unknown, same
from provider.model import connection, inputs
from provider.resources.app import private_state

if TYPE_CHECKING:
    from provider.client.responses import Workflow
    from provider.refresh import Row


def read(ctx: Context[State], app: Workflow, current: State) -> State:
    """The state of a workflow that the service knows, beside the attributes that nobody but the user sets."""
    private_state.note_credential(ctx, app.inputs or {})
    state = {**current, **told_by(app, current), **_told_by_inputs(app, current)}
    if isinstance(current["inputs"], dict):  # else null; anything else is no state that was written from here
        state = {**state, "inputs": _read_inputs(ctx, app, current["inputs"])}
    private_state.forget_read(ctx)
    if app.inputs is not None and app.version is not None:
        private_state.remember_read(ctx, app.version)
    return state


def confirm(ctx: Context[State], app: Workflow, written: State) -> None:
    """What a create or an update put into state counts as read, where a read of its answer would tell just that."""
    if app.inputs is not None and app.version == written["version"] and not same(read(ctx, app, written), written):
        private_state.forget_read(ctx)


def proof(ctx: Context[State], current: State) -> Callable[[Row], bool] | None:
    """What of a row proves that a read would tell what state holds; None where nothing of it could.

    The inputs of a published version do not change, so it takes a complete read of that version that state holds.
    """
    if not private_state.was_read(ctx, current["version"]):
        return None
    return functools.partial(_is_of, current)


def _is_of(current: State, row: Row) -> bool:
    told = row.version, row.owner, row.execution_mode or current["execution_mode"]
    return told == (current["version"], current["owner"], current["execution_mode"])


def told_by(app: Workflow, known: State) -> State:
    """What the service tells of a workflow; what it leaves out stays as it was known."""
    return {
        "version": app.version if app.version is not None else known["version"],
        "owner": app.owner or known_value(known["owner"]),
        "execution_mode": app.execution_mode or known_value(known["execution_mode"]),
    }


def known_value(value: Any) -> Any:
    """The value, None where it is not known yet."""
    return None if value is Unknown else value


def _told_by_inputs(app: Workflow, known: State) -> State:
    """The connection and the credential's guid, where the service shows a workflow's inputs."""
    if app.inputs is None:
        return {}
    attributes = inputs.connection_attributes(app.inputs.get(inputs.CONNECTION))
    told: State = {"credential_guid": inputs.credential_guid(app.inputs)}
    if isinstance(known["connection"], dict) and attributes:
        told["connection"] = connection.from_wire(attributes, known["connection"])
    return told


def _read_inputs(ctx: Context[State], app: Workflow, configured: inputs.Inputs) -> inputs.Inputs | None:
    if app.inputs is not None:
        hidden = private_state.write_only_paths(ctx)
        return inputs.overlay(configured, inputs.without(app.inputs, hidden), {path[0] for path in hidden if path})
    if app.version == private_state.version(ctx):
        return configured
    ctx.warn(
        f"The inputs of {app.slug} may have changed",
        "Another version than the one last published here is live, and the service does not show its inputs. "
        "They are planned to be published again.",
    )
    return None
