"""What is said when a workflow is destroyed or replaced: its connection and the assets in it stay on the tenant."""

from __future__ import annotations

from typing import Any

from provider.framework import Context, PlanContext, State
from provider.resources.app import private_state


def warn_destroy(ctx: PlanContext[State], current: State) -> None:
    """A plan that destroys: the workflow is archived, and nothing else is removed."""
    name = _qualified_name(current)
    private_state.leave_connection(ctx, None)
    ctx.warn(
        "Destroying a workflow leaves its connection and assets",
        f"{current['slug']} is archived; its connection {f'{name} ' if name else ''}and the assets in it stay on the "
        f"tenant.{_advice(name)}",
    )


def warn_replace(ctx: PlanContext[State], current: State) -> None:
    """A plan that may replace: by a change, which is told here, or by ``-replace``, which no plan is told.

    Terraform plans a replacement once more with no prior state and drops the warnings of that plan, so what
    ``-replace`` leaves behind is handed on to the delete.
    """
    name = _qualified_name(current)
    left = name is not None and name != _qualified_name(ctx.config)
    private_state.leave_connection(ctx, name if left and not ctx.requires_replace else None)
    if left and ctx.requires_replace:
        changed = " and ".join(str(path[0]) for path in ctx.requires_replace)
        ctx.warn(
            "Replacing a workflow leaves its connection and assets",
            f"Because of its {changed}, {current['slug']} is archived and a new workflow crawls into a connection of "
            f"its own. {name} and the assets in it stay on the tenant, so there will be two of each.{_advice(name)}",
            ctx.requires_replace[0],
        )


def warn_replaced(ctx: Context[State], current: State) -> None:
    """A delete for the sake of ``-replace``, of which no plan could warn."""
    name = private_state.connection_left(ctx)
    if name is not None:
        ctx.warn(
            "Replacing a workflow leaves its connection and assets",
            f"{current['slug']} was archived. The workflow in its place has a connection of its own; {name} and the "
            f"assets in it stay on the tenant.{_advice(name)}",
        )


def _advice(name: str | None) -> str:
    return f' To go on with that connection, write qualified_name = "{name}" in connection.' if name else ""


def _qualified_name(state: State) -> Any:
    connection = state["connection"]
    return connection["qualified_name"] if isinstance(connection, dict) else None
