"""Warnings about the connection and the assets that stay on the tenant after a plan or an apply."""

from __future__ import annotations

from provider.framework import Context, PlanContext, Unknown, Value, same
from provider.model.connection import ASSET_CONNECTION, qualified_name
from provider.resources.app import private_state
from provider.resources.app.schema import AppState


def warn_destroy(ctx: PlanContext[AppState], slug: str, connection: Value) -> None:
    """Warn in a plan that destroys a workflow. The workflow is archived, and nothing else is removed."""
    name = _text(qualified_name(connection))
    private_state.leave_connection(ctx, None)
    ctx.warn(
        "Destroying a workflow leaves its connection and assets",
        f"{slug} is archived. Its connection {f'{name} ' if name else ''}and the assets in it stay on the "
        f"tenant.{_advice(name)}",
    )


def warn_replace(ctx: PlanContext[AppState], slug: str, connection: Value) -> None:
    """Warn in a plan that replaces a workflow because of a change.

    A plan does not see ``-replace``. Terraform plans that replacement once more without a prior state and drops the
    warnings of this plan, so private state hands the connection on to the delete.
    """
    name = _text(qualified_name(connection))
    left = name is not None and name != qualified_name(ctx.config[ASSET_CONNECTION])
    private_state.leave_connection(ctx, name if left and not ctx.requires_replace else None)
    if left and ctx.requires_replace:
        changed = " and ".join(str(path[0]) for path in ctx.requires_replace)
        ctx.warn(
            "Replacing a workflow leaves its connection and assets",
            f"Because of the change of {changed}, {slug} is archived, and a new workflow crawls into its own "
            f"connection. {name} and the assets in it stay on the tenant, so each asset will exist twice."
            f"{_advice(name)}",
            ctx.requires_replace[0],
        )


def warn_replaced(ctx: Context[AppState], slug: str) -> None:
    """Warn in the delete that belongs to ``-replace``, because no plan could."""
    name = private_state.connection_left(ctx)
    if name is not None:
        ctx.warn(
            "Replacing a workflow leaves its connection and assets",
            f"{slug} was archived. The workflow that replaces it has its own connection. {name} and the assets in it "
            f"stay on the tenant.{_advice(name)}",
        )


def warn_moved(ctx: PlanContext[AppState], slug: str, before: Value, after: Value) -> None:
    """Warn in an update that leads the workflow into another connection. Both are qualified names."""
    if before is None or after is None or same(before, after) or _may_be_unchanged(ctx.config):
        return
    ctx.warn(
        f"{slug} will crawl into another connection",
        f"From its next run on, its assets belong to {'its own new connection' if after is Unknown else after}. "
        f"{before} and the assets in it stay on the tenant unchanged.",
        [ASSET_CONNECTION],
    )


def _may_be_unchanged(config: AppState) -> bool:
    """Return True if the configured qualified name is unknown: it may turn out to be that of before."""
    return qualified_name(config[ASSET_CONNECTION]) is Unknown


def _advice(name: str | None) -> str:
    return f' To continue with that connection, write qualified_name = "{name}" in {ASSET_CONNECTION}.' if name else ""


def _text(name: Value) -> str | None:
    return name if isinstance(name, str) else None
