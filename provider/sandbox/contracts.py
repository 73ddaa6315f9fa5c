"""The apps of the tenant and their input contracts, from the data files in `contracts/`.

A data file: `{app_id, name, connector_name, native_ready, entrypoints[], default_slot_only,
connection_reads_back_as ("object" or "text"), contract}`; `contract` is null where the app is not native.
`default_slot_only` marks the one app that names an entrypoint and registers its contract at the default alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from provider.sandbox.errors import not_found, unknown_entrypoint
from provider.sandbox.wire import Checker

FOLDER = Path(__file__).parent / "contracts"


def _without_agents_guid(inputs: dict[str, Any]) -> dict[str, Any]:
    """An agent brings no credential: for it, and for nobody else, the SDK sends a null guid."""
    if inputs.get("extraction_method") == "agent" and inputs.get("credential_guid", "") is None:
        return {key: value for key, value in inputs.items() if key != "credential_guid"}
    return inputs


@dataclass(frozen=True)
class App:
    """One app of the tenant, as its data file has it."""

    app_id: str
    name: str
    connector_name: str
    native_ready: bool
    entrypoints: tuple[str, ...]
    default_slot_only: bool
    connection_reads_back_as: str
    contract: dict[str, Any] | None

    def describe(self) -> dict[str, Any]:
        return {
            "app_id": self.app_id,
            "name": self.name,
            "native_ready": self.native_ready,
            "execution_mode": "native" if self.native_ready else "legacy",
            "entrypoints": [{"name": name} for name in self.entrypoints],
        }

    def contract_at(self, entrypoint: str | None) -> dict[str, Any]:
        """The contract of an entrypoint, None for the default; ServiceError 404, or 400 with code 1003."""
        if self.contract is None:
            raise not_found("the native input contract of app", self.app_id)
        if entrypoint is not None and (self.default_slot_only or entrypoint not in self.entrypoints):
            raise unknown_entrypoint(self.app_id, entrypoint)
        return self.contract

    def check(self, entrypoint: str | None, inputs: dict[str, Any]) -> None:
        """Refuse (ServiceError 400) inputs that the contract does not allow, naming all of what is wrong."""
        self.contract_at(entrypoint)
        self._checker.check(_without_agents_guid(inputs))

    @cached_property
    def _checker(self) -> Checker:
        assert self.contract is not None
        return Checker(self.contract, "inputs")

    @cached_property
    def text_inputs(self) -> dict[str, bool]:
        """The inputs that may travel as text, and whether an object is allowed in their place too."""
        assert self.contract is not None
        types = {name: spec.get("type", []) for name, spec in self.contract["properties"].items()}
        return {name: "object" in kinds for name, kinds in types.items() if "string" in kinds}


class Apps:
    """All apps, each read when it is first asked for."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files = {path.stem: path for path in folder.glob("*.json")}
        self._read: dict[str, App] = {}

    def get(self, app_id: str) -> App:
        """ServiceError (404) if the tenant has no such app."""
        if app_id not in self._files:
            raise not_found("app", app_id)
        if app_id not in self._read:
            self._read[app_id] = self._load(self._files[app_id])
        return self._read[app_id]

    @staticmethod
    def _load(path: Path) -> App:
        found = json.loads(path.read_text("utf-8"))
        return App(**{**found, "entrypoints": tuple(found["entrypoints"])})
