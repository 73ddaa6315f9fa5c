"""Read a workflow into state."""

from __future__ import annotations

import functools
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, TypedDict, TypeVar

from provider.errors import error_text
from provider.framework import Context, PlanContext, Unknown, UnknownType, Value, same
from provider.model.connection import ASSET_CONNECTION, from_wire
from provider.model.inputs import (
    CONNECTION,
    CREDENTIAL,
    CREDENTIAL_GUID,
    Inputs,
    as_object,
    connection_attributes,
    credential_guid,
)
from provider.model.overlay import overlay
from provider.model.write_only import without
from provider.resources.app import equal_keys, pending_publish, private_state
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.client.errors import NotFound
    from provider.client.responses import Workflow
    from provider.refresh import Row

T = TypeVar("T")


class Returned(TypedDict):
    """The attributes that the service returns in addition to the inputs."""

    version: int | UnknownType | None
    owner: str | UnknownType | None
    execution_mode: str | UnknownType | None


def read(
    ctx: Context[AppState],
    workflow: Workflow,
    current: AppState,
    left_out: Callable[[], AbstractSet[str]] = frozenset,
) -> AppState:
    """Return the state of a workflow, and record in private state what the answer proves.

    An attribute that the service does not return keeps its value in ``current``. But if the answer contains inputs and
    no credential, ``credential_guid`` is None. If the answer contains no inputs and the version is not the recorded
    one, warn, and ``inputs`` is None. ``left_out`` returns the equal keys that an update leaves out.
    """
    state: AppState = {**current, **returned_attributes(workflow, current)}
    has_equal_keys = equal_keys.warn(ctx, workflow, current["inputs"] or {}, left_out)
    workflow = equal_keys.without(workflow, current["inputs"])
    if workflow.inputs is not None:
        if CREDENTIAL in workflow.inputs or workflow.inputs.get(CREDENTIAL_GUID):
            private_state.remember_own_credential(ctx)
        state["credential_guid"] = credential_guid(workflow.inputs)
        attributes = connection_attributes(workflow.inputs.get(CONNECTION))
        connection = current[ASSET_CONNECTION]
        if isinstance(connection, dict) and attributes:
            state[ASSET_CONNECTION] = from_wire(attributes, connection)
    if isinstance(current["inputs"], dict):
        state["inputs"] = _read_inputs(ctx, workflow, current["inputs"])
    private_state.forget_read(ctx)
    if workflow.inputs is not None and workflow.version is not None and not has_equal_keys:
        private_state.remember_read(ctx, workflow.version)
    return state


def remember_if_equal(ctx: Context[AppState], workflow: Workflow, written: AppState) -> None:
    """Record a published state as read if a read of the published workflow would return the same state."""
    if workflow.inputs is None or workflow.version != written["version"]:
        return
    if not same(read(ctx, workflow, written), written):
        private_state.forget_read(ctx)


def with_published_version(state: AppState) -> AppState:
    """Return a state with ``published_version``. An earlier release wrote none, so its ``version`` counts.

    Call this before a refresh, because a version that was published in the web UI does not count.
    """
    if state["published_version"] is not None:
        return state
    return {**state, "published_version": state["version"]}


def planned_published_version(
    ctx: PlanContext[AppState], current: AppState, version: Value
) -> int | UnknownType | None:
    """Return the planned ``published_version``: Unknown if the apply publishes, so that ``version`` is Unknown.

    Record in private state that a publish is pending. If the answer to a publish was lost and the workflow now has the
    configured inputs in another version, that publish has succeeded. Then return this version. The plan is an update,
    because schedules follow ``published_version``.
    """
    if version is Unknown:
        pending_publish.remember(ctx, current["version"])
        return Unknown
    if pending_publish.may_have_published(ctx, current["version"]):
        pending_publish.forget(ctx)
        return current["version"]
    return with_published_version(current)["published_version"]


def warn_gone(ctx: Context[AppState], slug: str, error: NotFound) -> None:
    """Warn that a workflow is removed from state if its list proves this, and not the service's own code."""
    if error.code is None:
        ctx.warn(
            f"{slug} is gone",
            "The service did not find the workflow, and the list of workflows does not contain it. It is removed from "
            f"state.\n\n{error_text(ctx, error)}",
        )


def row_check(ctx: Context[AppState], current: AppState) -> Callable[[Row], bool] | None:
    """Return a check of a list row: True if a read would return the current state.

    Return None if state does not contain a complete read of its version. The inputs of a published version do not
    change, so after such a read the row is enough.
    """
    if not private_state.was_read(ctx, current["version"]):
        return None
    return functools.partial(_matches, current["version"], current["owner"], current["execution_mode"])


def _matches(version: Value, owner: Value, execution_mode: Value, row: Row) -> bool:
    return (row.version, row.owner, row.execution_mode or execution_mode) == (version, owner, execution_mode)


def returned_attributes(workflow: Workflow, known: AppState) -> Returned:
    """Return the attributes that the service returns. A missing attribute keeps its value in ``known``."""
    return {
        "version": workflow.version if workflow.version is not None else known["version"],
        "owner": workflow.owner or known_value(known["owner"]),
        "execution_mode": workflow.execution_mode or known_value(known["execution_mode"]),
    }


def known_value(value: T | UnknownType) -> T | None:
    """Return the value, or None if it is Unknown."""
    return None if isinstance(value, UnknownType) else value


def _read_inputs(ctx: Context[AppState], workflow: Workflow, configured: Inputs) -> Inputs | None:
    if workflow.inputs is not None:
        paths = private_state.write_only_paths(ctx)
        published = as_object(without(workflow.inputs, paths, configured))
        return overlay(configured, published, {path[0] for path in paths if path})
    if workflow.version == private_state.recorded_version(ctx):
        return configured
    ctx.warn(
        f"The inputs of {workflow.slug} may have changed",
        "The published version differs from the version that this resource published last, and the service does not "
        "return its inputs. The apply publishes the configured inputs again.",
    )
    return None
