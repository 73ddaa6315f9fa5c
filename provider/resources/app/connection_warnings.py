"""Warnings about a connection that stays on the tenant after its workflow is archived or uses another connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError, NotFound
from provider.framework import Context, PlanContext, Unknown, Value, same
from provider.model.connection import ASSET_CONNECTION, qualified_name
from provider.resources.app import private_state
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.provider_data import ProviderData

_REPLACING_SUMMARY: Final = "Replacing a workflow leaves its connection and assets"
_READ_SECONDS: Final = 15.0


def warn_destroy(ctx: PlanContext[AppState], slug: str, connection: Value) -> None:
    """Warn in a plan that destroys a workflow: the connection stays. The delete then need not warn again."""
    name = _name_or_none(qualified_name(connection))
    private_state.remember_remaining_connection(ctx, None)
    ctx.warn(
        "Destroying a workflow leaves its connection and assets",
        f"{slug} is archived. {_what_stays(ctx, name)}{_advice(name)}",
    )


def warn_replace(ctx: PlanContext[AppState], slug: str, connection: Value) -> None:
    """Warn if a change of the configuration replaces the workflow and the connection stays on the tenant.

    If nothing requires a replacement, ``-replace`` may still cause one. A provider cannot see ``-replace``, and
    Terraform drops the warnings of this plan. Therefore private state records the connection, and the delete warns.
    """
    name = _name_or_none(qualified_name(connection))
    is_left = name is not None and name != qualified_name(ctx.config[ASSET_CONNECTION])
    private_state.remember_remaining_connection(ctx, name if is_left and not ctx.requires_replace else None)
    if is_left and ctx.requires_replace:
        changed = " and ".join(str(path[0]) for path in ctx.requires_replace)
        ctx.warn(
            _REPLACING_SUMMARY,
            f"Because of the change of {changed}, {slug} is archived, and a new workflow gets its own "
            f"connection. {_what_stays(ctx, name)} Then each of these assets will exist twice.{_advice(name)}",
            ctx.requires_replace[0],
        )


def warn_replaced(ctx: Context[AppState], slug: str) -> None:
    """Warn in the delete of a workflow that ``-replace`` replaces, because the plan could not warn."""
    name = private_state.remaining_connection_name(ctx)
    if name is not None:
        ctx.warn(
            _REPLACING_SUMMARY,
            f"{slug} was archived. The workflow that replaces it has its own connection. {_what_stays(ctx, name)}"
            f"{_advice(name)}",
        )


def warn_gone(ctx: Context[AppState], data: ProviderData, current: AppState) -> None:
    """Warn in the read of a workflow that is gone: a new one would get another connection.

    A referenced connection is in the configuration, so the new workflow uses it again. The same applies to a raw input,
    whose texts are not shown. Raises AtlanError if the setup is wrong.
    """
    name = _name_or_none(qualified_name(current[ASSET_CONNECTION]))
    if name is not None and name not in private_state.referenced_connection_names(ctx):
        reason = _reason_not_usable(data, name)
        data.connections.report(name)
        ctx.warn(
            f"{current['slug']} was archived outside Terraform",
            f"Its connection {name} and the assets in it stay on the tenant. If an apply creates the workflow again, "
            f"with a new connection, each asset will exist twice.{_advice(name)}"
            if reason is None
            else f"Its connection {name} {reason}. If an apply creates the workflow again, it gets a new connection.",
        )


def _reason_not_usable(data: ProviderData, name: str) -> str | None:
    """Return why another workflow cannot use a connection. Return None if it can, or if the read fails."""
    try:
        is_archived = data.client.with_timeout(_READ_SECONDS).get_connection(name).is_archived
    except NotFound:
        return "does not exist. The first successful run of a workflow creates its connection"
    except AtlanError as error:
        data.setup_errors.raise_once(error)
        return None
    return "is archived, too" if is_archived else None


def warn_other_connection(
    ctx: PlanContext[AppState], slug: str, before: Value, after: Value, *, is_in_inputs: bool = False
) -> None:
    """Warn in the plan of an update after which the workflow uses another connection.

    ``before`` and ``after`` are the qualified names of the two connections. ``is_in_inputs`` is True if the first one
    is only in the inputs, whose texts are not shown.
    """
    if before is None or after is None or same(before, after) or _may_be_unchanged(ctx.config):
        return
    ctx.warn(
        f"{slug} will use another connection",
        f"From its next run on, its assets belong to {'its own new connection' if after is Unknown else after}. "
        f"{'The one in inputs.connection' if is_in_inputs else before} and the assets in it stay on the tenant "
        "unchanged.",
        [ASSET_CONNECTION],
    )


def _may_be_unchanged(config: AppState) -> bool:
    """Return True if the configured qualified name is unknown, because it may equal the current qualified name."""
    return qualified_name(config[ASSET_CONNECTION]) is Unknown


def _what_stays(ctx: Context[AppState], name: str | None) -> str:
    """Return the sentence about a connection. A referenced one exists. The first successful run creates any other."""
    if name is None or name in private_state.referenced_connection_names(ctx):
        return f"Its connection {f'{name} ' if name else ''}and the assets in it stay on the tenant."
    return f"If a run has created the connection {name}, it and the assets in it stay on the tenant."


def _advice(name: str | None) -> str:
    return f' To continue with that connection, write qualified_name = "{name}" in {ASSET_CONNECTION}.' if name else ""


def _name_or_none(name: Value) -> str | None:
    return name if isinstance(name, str) else None
