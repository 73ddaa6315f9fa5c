"""The create of a toy resource that waits until a gate opens."""

from typing import Any

from provider.framework.testing import diagnostics, packed, unpacked
from tests.support.gate import Gate
from tests.support.plugin_client import Plugin
from tests.support.toy_provider import PLAIN

BLANK: dict[str, Any] = dict.fromkeys(PLAIN.by_name)


def start_create(plugin: Plugin, gate: Gate, name: str = "a") -> Any:
    """Start the create of a resource that waits at the gate, and return the RPC."""
    planned = packed(BLANK | {"name": name, "gate": gate.address})
    return plugin.start(
        "ApplyResourceChange", type_name="toy_plain", prior_state=packed(None), planned_state=planned, config=planned
    )


def created_id(started: Any) -> str:
    """Return the id of the created resource, after the RPC has ended without diagnostics."""
    answer = started.result()
    assert [] == diagnostics(answer)
    found: str = unpacked(answer.new_state)["id"]
    return found
