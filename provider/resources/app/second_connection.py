"""Warn in a plan that creates a connection which the tenant has already, by its name and connector.

A workflow that was archived in the web UI, or whose state was lost, is created again. Its new connection then contains
each asset a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from provider import errors
from provider.client.errors import AtlanError
from provider.framework import PlanContext, Unknown, Value
from provider.model.connection import ASSET_CONNECTION, connector_for, qualified_name
from provider.resources.app import private_state
from provider.resources.app.plan_connection import WorkflowNames
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.provider_data import ProviderData

_MOST_NAMES: Final = 3


def check(
    ctx: PlanContext[AppState],
    data: ProviderData,
    names: WorkflowNames,
    current: Value,
    planned: Value,
    *,
    may_adopt: bool = False,
) -> None:
    """Warn if the apply creates a connection and the tenant has connections with its name and connector.

    ``current`` and ``planned`` are the connections in state and in the plan. A plan that requires a replacement also
    warns for the create that follows, because Terraform drops the warnings of its plan. Another warning names the
    connection of a workflow that is replaced or gone. ``may_adopt``: the apply decides whether it adopts a workflow,
    and then creates no connection. If the search fails, the first resource of the plan warns.
    """
    new = _new_name_and_connector(ctx, names, planned)
    if new is None:
        return
    try:
        found = data.connections.named(*new)
    except AtlanError as error:
        if not data.setup_errors.raise_once(error):
            _warn_failed(ctx, error)
        return
    named = qualified_name(current), private_state.own_connection_name(ctx)
    others = [each for each in found if each not in named]
    if others:
        _warn(ctx, *new, others, "If the apply adopts no workflow, it" if may_adopt else "The apply")


def _new_name_and_connector(ctx: PlanContext[AppState], names: WorkflowNames, planned: Value) -> tuple[str, str] | None:
    """Return the name and the connector of a new connection. Return None if there is none, or if one is Unknown."""
    configured = ctx.config[ASSET_CONNECTION]
    if not isinstance(configured, dict) or configured["qualified_name"] is not None:
        return None
    if not (ctx.requires_replace or qualified_name(planned) is Unknown):
        return None
    name = names.name if configured["name"] is None else configured["name"]
    connector = connector_for(configured, names.app_id)
    return (name, connector) if isinstance(name, str) and isinstance(connector, str) else None


def _warn(ctx: PlanContext[AppState], name: str, connector: str, found: Sequence[str], who: str) -> None:
    ctx.warn(
        f"The tenant has a {connector} connection with this name",
        f'{_listed(found)}. {who} creates another {connector} connection with the name "{name}", and each asset '
        "that both contain will exist twice. To use an existing connection, write:\n\n"
        f'{ASSET_CONNECTION} = {{ qualified_name = "{found[0]}" }}',
        [ASSET_CONNECTION],
    )


def _listed(found: Sequence[str]) -> str:
    shown, more = ", ".join(found[:_MOST_NAMES]), len(found) - _MOST_NAMES
    if more > 0:
        return f"{shown} and {more} {'other' if more == 1 else 'others'} exist"
    return f"{shown} {'exists' if len(found) == 1 else 'exist'}"


def _warn_failed(ctx: PlanContext[AppState], error: AtlanError) -> None:
    ctx.warn(
        "Existing connections were not searched",
        "The tenant may have a connection with the name and connector of a new one. Then each asset that both contain "
        "will exist twice. Plan again, or look for such a connection in the web UI before you apply."
        f"\n\n{errors.error_text(ctx, error)}",
        [ASSET_CONNECTION],
    )
