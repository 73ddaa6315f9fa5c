"""How ``atlan_app`` is planned: what means the same stays, and what is published anew is unknown."""

from __future__ import annotations

from typing import Any, Final

from provider.framework import Path, PlanContext, State, Unknown, UserError, same
from provider.model import connection as connections
from provider.model import inputs
from provider.resources.app import plan_connection, private_state

_PUBLISHED: Final = (
    "inputs",
    "inputs_wo_version",
    "entrypoint",
    "connection",
    "credential_wo_version",
    "credential_guid",
)
_COMPUTED: Final = ("version", "owner", "execution_mode")


def plan_update(ctx: PlanContext[State], current: State, planned: State) -> State:
    """Keep what means the same as before; publish nothing for a change of timeouts. Raises UserError.

    A replacement is planned once more as a create, so that what is wrong with an update is not said of it.
    """
    unchanged = _mean_the_same(planned["inputs"], current)
    planned = plan_connection.plan_update(ctx, current, planned, same_inputs=unchanged)
    if unchanged:
        planned = {**planned, "inputs": current["inputs"]}
    planned = _plan_credential(ctx, current, planned)
    if not ctx.requires_replace:
        plan_connection.warn_moved(ctx, current, planned)
    if not publishes(current, planned):
        return {**planned, **{name: current[name] for name in _COMPUTED}}
    private_state.expect_reference(ctx)
    # what is published may differ where the configuration does not: a connection that it no longer names
    return {**plan_connection.with_stored(ctx, planned), "version": Unknown}


def publishes(current: State, planned: State) -> bool:
    """Whether the plan publishes a new version. No inputs in an imported state are none in the configuration."""
    if current["inputs"] == {} and planned["inputs"] is None:
        current = {**current, "inputs": None}
    return not all(same(current[name], planned[name]) for name in _PUBLISHED)


def rotates(current: State, planned: State) -> bool:
    """Whether the credential is to be vaulted anew."""
    return not same(current["credential_wo_version"], planned["credential_wo_version"])


# The credential


def _plan_credential(ctx: PlanContext[State], current: State, planned: State) -> State:
    """Unknown where the workflow may sign in with another credential afterwards."""
    if ctx.config["credential_guid"] is None:
        planned = {**planned, "credential_guid": current["credential_guid"]}
        moved = publishes(current, planned) and _moves_credential(ctx, current, planned)
        planned = {**planned, "credential_guid": Unknown if moved else current["credential_guid"]}
    if not ctx.requires_replace:
        _check_credential(ctx, current)
    return planned


def _moves_credential(ctx: PlanContext[State], current: State, planned: State) -> bool:
    """A vaulted one changes by another vaulted one alone; a connection's may be another at every publish."""
    if rotates(current, planned) or _changes(inputs.CREDENTIAL, current, planned):
        return True
    if private_state.has_own_credential(ctx):
        return False
    if plan_connection.follows_stored(ctx, planned) or not same(
        *map(plan_connection.qualified_name, (current, planned))
    ):
        return True
    leading = (inputs.CREDENTIAL_GUID, inputs.CONNECTION)
    return any(name in _object(ctx.config["inputs_wo"]) or _changes(name, current, planned) for name in leading)


def _changes(name: str, current: State, planned: State) -> bool:
    """Whether that input is another one afterwards, or may be."""
    if planned["inputs"] is Unknown:
        return True
    before, after = (_object(state["inputs"]).get(name) for state in (current, planned))
    if name == inputs.CONNECTION:
        before, after = _leads_to(before), _leads_to(after)
    return not inputs.equal(before, after)


def _leads_to(connection: Any) -> list[Any]:
    """What of a connection decides which credential signs in: another name or other admins do not."""
    attributes = inputs.connection_attributes(connection)
    return [attributes.get("qualifiedName"), attributes.get(connections.CREDENTIAL)]


def _check_credential(ctx: PlanContext[State], current: State) -> None:
    """A shared credential beside one of the workflow's own would be ignored by the service, and never settle."""
    for path, guid in _configured_guids(ctx.config):
        if isinstance(guid, str) and guid != current["credential_guid"] and private_state.has_own_credential(ctx):
            raise UserError(
                f"{current['slug']} keeps the credential of its own",
                "The service keeps the credential that it vaulted for a workflow through every update, so the "
                "workflow would not sign in with the configured one. Keep credential_wo, or make the workflow anew: "
                f"{plan_connection.ANEW}.",
                path,
            )


def _configured_guids(config: State) -> list[tuple[Path, Any]]:
    found: list[tuple[Path, Any]] = [(["credential_guid"], config["credential_guid"])]
    if isinstance(config["inputs"], dict):
        found.append((["inputs", (inputs.CREDENTIAL_GUID,)], config["inputs"].get(inputs.CREDENTIAL_GUID) or None))
    return found


def _object(value: Any) -> State:
    return value if isinstance(value, dict) else {}


# The inputs


def _mean_the_same(planned: Any, current: State) -> bool:
    """Whether configured inputs mean what state holds, an imported connection beside the inputs included."""
    before = current["inputs"]
    if not (isinstance(planned, dict) and isinstance(before, dict)):
        return False
    attributes = inputs.connection_attributes(planned.get(inputs.CONNECTION))
    if inputs.CONNECTION not in before and isinstance(current["connection"], dict) and attributes:
        rest = {key: value for key, value in planned.items() if key != inputs.CONNECTION}
        return connections.same(connections.from_wire(attributes), current["connection"]) and inputs.equal(rest, before)
    return inputs.equal(planned, before)
