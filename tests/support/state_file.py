"""Read a state file (version 4) without the CLI, which would launch the provider."""

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

State = Mapping[str, Any]

EMPTY: State = {"resources": [], "outputs": {}}


def resources(state: State) -> dict[str, dict[str, Any]]:
    """Return the resources and data sources of the state by address: ``values`` and ``tainted``."""
    return {address: instance for resource in state["resources"] for address, instance in _instances(resource)}


def outputs(state: State) -> dict[str, Any]:
    """Return the root module's outputs by name."""
    return {name: output["value"] for name, output in state["outputs"].items()}


_TIMES = ("published_at", "created_at")
"""The keys of private state that contain a time in epoch seconds."""


def aged(state: Any, seconds: float) -> Any:
    """Return the state with the times of private state that many seconds earlier. Changes the argument."""
    for instance in (each for resource in state["resources"] for each in resource["instances"]):
        private = json.loads(base64.b64decode(instance.get("private", "")) or b"{}")
        private |= {key: private[key] - seconds for key in _TIMES if key in private}
        instance["private"] = base64.b64encode(json.dumps(private).encode()).decode()
    return state


def _instances(resource: State) -> Iterator[tuple[str, dict[str, Any]]]:
    steps = [resource["module"]] if "module" in resource else []
    steps += ["data"] if resource["mode"] == "data" else []
    address = ".".join([*steps, resource["type"], resource["name"]])
    for instance in resource["instances"]:
        key = f"[{json.dumps(instance['index_key'])}]" if "index_key" in instance else ""
        values = {name: _plain(value) for name, value in instance["attributes"].items()}
        yield address + key, {"values": values, "tainted": instance.get("status") == "tainted"}


def _plain(value: Any) -> Any:
    """Return the value of a dynamic attribute without its type, or any other value unchanged."""
    return value["value"] if isinstance(value, dict) and value.keys() == {"type", "value"} else value
