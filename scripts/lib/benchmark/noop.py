"""A provider that does nothing, on the server of tf: the smallest possible time of a launch and of a plan.

Its resource has the attributes of ``atlan_app``, so that Terraform handles the same values. It sends no requests.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Final

from tf import iface, runner, types
from tf.schema import Attribute, Schema
from tf.utils import Diagnostics

ADDRESS = "registry.terraform.io/atlanhq/noop"


class Unchanged(types.TfType):
    """A type without a class in tf, in the notation of cty. Its values are returned unchanged."""

    def __init__(self, notation: Any) -> None:
        self._notation = json.dumps(notation).encode()

    def encode(self, value: Any) -> Any:
        return value

    def decode(self, value: Any) -> Any:
        return value

    def tf_type(self) -> bytes:
        return self._notation


class App(iface.Resource):
    """A resource whose create returns at once."""

    def __init__(self, provider: Noop) -> None:
        self.provider = provider

    @classmethod
    def get_name(cls) -> str:
        return "app"

    @classmethod
    def get_schema(cls) -> Schema:
        return _SCHEMA

    def create(self, ctx: Any, planned: dict[str, Any]) -> dict[str, Any]:
        known = {"version": 1_764_000_000, "owner": "admin", "execution_mode": "native", "credential_guid": ""}
        known |= {"published_version": known["version"], "adopted": False}
        return {**planned, **known, "id": planned["name"], "slug": planned["name"]}

    def read(self, ctx: Any, current: dict[str, Any]) -> dict[str, Any]:
        return current

    def update(self, ctx: Any, current: dict[str, Any], planned: dict[str, Any]) -> dict[str, Any]:
        return planned

    def upgrade(self, ctx: Any, version: int, old: dict[str, Any]) -> dict[str, Any]:
        """Return the stored state with the type of its dynamic value as bytes, which tf stores as JSON."""
        stored = old["inputs"]
        return {**old, "inputs": [json.dumps(stored["type"]).encode(), stored["value"]]}

    def delete(self, ctx: Any, current: dict[str, Any]) -> None:
        """There is nothing to remove."""


class Noop(iface.Provider):
    """The provider of that resource. It has no settings."""

    def get_model_prefix(self) -> str:
        return "noop_"

    def full_name(self) -> str:
        return ADDRESS

    def get_provider_schema(self, diags: Diagnostics) -> Schema:
        return Schema([])

    def validate_config(self, diags: Diagnostics, config: dict[str, Any]) -> None:
        """There is nothing to check."""

    def configure_provider(self, diags: Diagnostics, config: dict[str, Any]) -> None:
        """There is nothing to configure."""

    def get_data_sources(self) -> list[Any]:
        return []

    def get_resources(self) -> list[Any]:
        return [App]


def main() -> int:
    """Serve Terraform until Terraform calls Shutdown."""
    runner.run_provider(Noop(), sys.argv)
    return 0


def _computed(name: str, kind: types.TfType) -> Attribute:
    return Attribute(name, kind, f"The {name}.", computed=True)


def _optional(name: str, kind: types.TfType) -> Attribute:
    return Attribute(name, kind, f"The {name}.", optional=True)


def _object(**attributes: Any) -> Unchanged:
    return Unchanged(["object", attributes])


_TEXTS: Final = ["list", "string"]
_NAMES: Final = dict.fromkeys(("name", "qualified_name", "connector_name"), "string")
_ADMINS: Final = dict.fromkeys(("admin_users", "admin_groups", "admin_roles"), _TEXTS)
_CREDENTIAL: Final = dict.fromkeys(
    ("auth_type", "connector_config_name", "connector_type", "name", "host", "username", "password"), "string"
)
_TIMES: Final = dict.fromkeys(("create", "read", "update", "delete"), "string")

_SCHEMA: Final = Schema(
    [
        _computed("id", types.String()),
        _computed("slug", types.String()),
        Attribute("app_id", types.String(), "The app.", required=True, requires_replace=True),
        Attribute("name", types.String(), "The name.", required=True, requires_replace=True),
        _optional("entrypoint", types.String()),
        _optional("inputs", Unchanged("dynamic")),
        _optional("inputs_wo", Unchanged("dynamic")),
        _optional("inputs_wo_version", types.Number()),
        _optional("asset_connection", _object(**_NAMES, **_ADMINS)),
        _optional("credential_wo", _object(**_CREDENTIAL, port="number", extra="dynamic")),
        _optional("credential_wo_version", types.Number()),
        _computed("credential_guid", types.String()),
        _optional("adopt_existing", types.Bool()),
        _computed("adopted", types.Bool()),
        _optional("unknown_inputs", types.String()),
        _computed("version", types.Number()),
        _computed("published_version", types.Number()),
        _computed("owner", types.String()),
        _computed("execution_mode", types.String()),
        _optional("timeouts", _object(**_TIMES)),
    ]
)

if __name__ == "__main__":
    sys.exit(main())
