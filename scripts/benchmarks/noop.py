"""A provider that does nothing, on tf's own runner: what launching and planning cost before anybody has done any work.

Its resource has attributes like those of ``atlan_app``, as far as tf has types for them. It sends nothing.
"""

from __future__ import annotations

import sys
from typing import Any

from tf import iface, runner, types
from tf.schema import Attribute, Schema
from tf.utils import Diagnostics

ADDRESS = "registry.terraform.io/atlanhq/noop"


class App(iface.Resource):
    """A resource of strings and numbers that exists as soon as it is asked for."""

    def __init__(self, provider: Noop) -> None:
        self.provider = provider

    @classmethod
    def get_name(cls) -> str:
        return "app"

    @classmethod
    def get_schema(cls) -> Schema:
        return _SCHEMA

    def create(self, ctx: Any, planned: dict[str, Any]) -> dict[str, Any]:
        known = {"version": 1_764_000_000, "owner": "nobody", "execution_mode": "native", "credential_guid": ""}
        return {**planned, **known, "id": planned["name"], "slug": planned["name"]}

    def read(self, ctx: Any, current: dict[str, Any]) -> dict[str, Any]:
        return current

    def update(self, ctx: Any, current: dict[str, Any], planned: dict[str, Any]) -> dict[str, Any]:
        return planned

    def delete(self, ctx: Any, current: dict[str, Any]) -> None:
        """There is nothing to remove."""


class Noop(iface.Provider):
    """Registers the one resource, and needs no configuration."""

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
    """Serve Terraform until it says Shutdown."""
    runner.run_provider(Noop(), sys.argv)
    return 0


def _computed(name: str, kind: types.TfType) -> Attribute:
    return Attribute(name, kind, f"The {name}.", computed=True)


_SCHEMA = Schema(
    [
        _computed("id", types.String()),
        _computed("slug", types.String()),
        Attribute("app_id", types.String(), "The app.", required=True, requires_replace=True),
        Attribute("name", types.String(), "The name.", required=True, requires_replace=True),
        Attribute("entrypoint", types.String(), "The entrypoint.", optional=True),
        Attribute("inputs", types.NormalizedJson(), "The inputs, as JSON.", optional=True),
        Attribute("inputs_version", types.Number(), "The version of the inputs.", optional=True),
        Attribute("connection", types.NormalizedJson(), "The connection, as JSON.", optional=True),
        _computed("credential_guid", types.String()),
        Attribute("credential_version", types.Number(), "The version of the credential.", optional=True),
        Attribute("adopt_existing", types.Bool(), "Whether to adopt what is there.", optional=True),
        _computed("version", types.Number()),
        _computed("owner", types.String()),
        _computed("execution_mode", types.String()),
    ]
)

if __name__ == "__main__":
    sys.exit(main())
