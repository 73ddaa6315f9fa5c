"""How ``atlan_app`` is planned: what means the same stays, and what is published anew is unknown."""

from __future__ import annotations

from typing import Any, Final

from tf.types import Unknown

from provider import connections, inputs
from provider.plugin.codec import same
from provider.plugin.resource import State

_PUBLISHED: Final = (
    "inputs",
    "inputs_wo_version",
    "entrypoint",
    "connection",
    "credential_wo_version",
    "credential_guid",
)
_COMPUTED: Final = ("version", "owner", "execution_mode")


def plan_create(config: State, planned: State) -> State:
    """The plan of a new workflow: no connection unless one is configured, and its connector as far as it is known."""
    connection = config["connection"]
    if not isinstance(connection, dict):
        return {**planned, "connection": connection}
    return {**planned, "connection": {**planned["connection"], **_known_connector(connection, planned)}}


def plan_update(config: State, current: State, planned: State) -> State:
    """Keep what means the same as before; publish nothing for a change of timeouts."""
    planned = _plan_connection(config, current, planned)
    if _mean_the_same(planned["inputs"], current):
        planned = {**planned, "inputs": current["inputs"]}
    if config["credential_guid"] is None:
        moved = _moves_credential(current, planned)
        planned = {**planned, "credential_guid": Unknown if moved else current["credential_guid"]}
    if publishes(current, planned):
        return planned
    return {**planned, **{name: current[name] for name in _COMPUTED}}


def publishes(current: State, planned: State) -> bool:
    """Whether the plan publishes a new version."""
    return not all(same(current[name], planned[name]) for name in _PUBLISHED)


def rotates(current: State, planned: State) -> bool:
    """Whether the credential is to be vaulted anew."""
    return not same(current["credential_wo_version"], planned["credential_wo_version"])


def _moves_credential(current: State, planned: State) -> bool:
    """Whether the workflow will sign in with another credential afterwards."""
    return rotates(current, planned) or not same(_qualified_name(current), _qualified_name(planned))


def references(config: State) -> bool:
    """Whether the configured connection is an existing one."""
    return isinstance(config["connection"], dict) and config["connection"]["qualified_name"] is not None


def _qualified_name(state: State) -> Any:
    connection = state["connection"]
    return connection["qualified_name"] if isinstance(connection, dict) else connection


def _plan_connection(config: State, current: State, planned: State) -> State:
    """Keep a connection that means the same; learn another one's attributes anew; none beside a raw input."""
    configured, before, after = config["connection"], current["connection"], planned["connection"]
    if inputs.CONNECTION in (config["inputs"] if isinstance(config["inputs"], dict) else {}):
        unchanged = _mean_the_same(planned["inputs"], current)
        return {**planned, "connection": before if unchanged else None}
    if not (isinstance(configured, dict) and isinstance(after, dict)):
        return {**planned, "connection": before if configured is None else after}
    if isinstance(before, dict) and not _holds_unknown(after) and connections.same(after, before):
        return {**planned, "connection": before}
    if same(_qualified_name(current), after["qualified_name"]):
        return planned
    anew = {name: Unknown for name, value in configured.items() if value is None}
    return {**planned, "connection": {**after, **anew, **_known_connector(configured, planned)}}


def _known_connector(configured: connections.Connection, planned: State) -> State:
    return {"connector_name": connections.connector_for(configured, planned["app_id"]) or Unknown}


def _holds_unknown(connection: connections.Connection) -> bool:
    return any(value is Unknown for value in connection.values())


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
