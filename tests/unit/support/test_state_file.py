"""State is read as it is stored, by the addresses that people write."""

from typing import Any

from tests.support import state_file


def resource(mode: str, kind: str, name: str, *instances: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"mode": mode, "type": kind, "name": name, "instances": list(instances), **more}


def test_resources_are_read_by_address() -> None:
    """Data sources, modules, counts and keys are part of it; a dynamic value comes without its type."""
    stored = {
        "resources": [
            resource("managed", "atlan_app", "a", {"attributes": {"inputs": {"type": "bool", "value": True}}}),
            resource("data", "atlan_apps", "all", {"attributes": {"name": None}}),
            resource("managed", "atlan_app", "many", *({"attributes": {}, "index_key": key} for key in ('k"', 1))),
            resource("managed", "atlan_app", "in", {"attributes": {}, "status": "tainted"}, module="module.m"),
        ]
    }  # fmt: skip
    assert {
        "atlan_app.a": {"values": {"inputs": True}, "tainted": False},
        "data.atlan_apps.all": {"values": {"name": None}, "tainted": False},
        'atlan_app.many["k\\""]': {"values": {}, "tainted": False},
        "atlan_app.many[1]": {"values": {}, "tainted": False},
        "module.m.atlan_app.in": {"values": {}, "tainted": True},
    } == state_file.resources(stored)


def test_outputs_are_read_by_name() -> None:
    """With their values alone."""
    assert {"a": [1]} == state_file.outputs({"outputs": {"a": {"value": [1], "type": ["list", "number"]}}})
