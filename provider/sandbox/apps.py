"""The apps of the tenant and their input contracts, from the data files in `contracts/`.

A data file contains the fields of `App`. `contract` is the closed contract, and null for an app that is not native. If
`default_slot_only` is true, the app has an entrypoint, but only the default entrypoint has a contract.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypedDict

from provider.sandbox.errors import connection_refused, not_found, unknown_entrypoint
from provider.sandbox.json_codec import JsonObject
from provider.sandbox.json_schema import Validator
from provider.sandbox.open_contracts import open_contract

FOLDER = Path(__file__).parent / "contracts"


class AppResponse(TypedDict):
    """An app, as the service describes it."""

    app_id: str
    name: str
    native_ready: bool
    execution_mode: str
    entrypoints: list[dict[str, str]]


@dataclass(frozen=True)
class App:
    """One app. `connection_reads_back_as` is "object" or "text": the form of a workflow's connection in a read."""

    app_id: str
    name: str
    connector_name: str
    native_ready: bool
    entrypoints: tuple[str, ...]
    default_slot_only: bool
    connection_reads_back_as: str
    contract: JsonObject | None

    def describe(self) -> AppResponse:
        return {
            "app_id": self.app_id,
            "name": self.name,
            "native_ready": self.native_ready,
            "execution_mode": "native" if self.native_ready else "legacy",
            "entrypoints": [{"name": name} for name in self.entrypoints],
        }

    def contract_at(self, entrypoint: str | None) -> JsonObject:
        """Return the contract of an entrypoint; None is the default one.

        Raises ServiceError: 404 for an app without a contract, 400 with code 1003 for an entrypoint without a contract.
        """
        if self.contract is None:
            raise not_found("the native input contract of app", self.app_id)
        if entrypoint is not None and (self.default_slot_only or entrypoint not in self.entrypoints):
            raise unknown_entrypoint(self.app_id, entrypoint)
        return self.contract

    def check(self, entrypoint: str | None, inputs: JsonObject) -> None:
        """Raise ServiceError (400) with every violation of the contract, or the errors of `contract_at`."""
        self.contract_at(entrypoint)
        self._validator.validate(_without_null_guid_of_agent(inputs))

    @cached_property
    def _validator(self) -> Validator[JsonObject]:
        assert self.contract is not None
        return Validator(self.contract, "inputs")

    @cached_property
    def parsed_inputs(self) -> dict[str, tuple[type, ...]]:
        """The inputs that accept text, with the Python types that JSON in this text becomes in a read.

        Chosen here: the text becomes only a value that the contract accepts, if the contract accepts text and others.
        """
        assert self.contract is not None
        properties: Any = self.contract["properties"]
        types = {name: spec.get("type", []) for name, spec in properties.items()}
        return {name: _parsed_types(each) for name, each in types.items() if "string" in each}


class Apps:
    """All apps, each loaded at its first use. With `opens_contracts`, their contracts are open.

    The first `cold_requests` requests to each app find it starting.
    """

    def __init__(self, folder: Path = FOLDER, *, opens_contracts: bool = False, cold_requests: int = 0) -> None:
        self._files = {path.stem: path for path in folder.glob("*.json")}
        self._loaded: dict[str, App] = {}
        self._opens_contracts = opens_contracts
        self._cold_requests = cold_requests
        self._requests: Counter[str] = Counter()

    def get(self, app_id: str) -> App:
        """Return an app. Raises ServiceError (404) if the tenant does not have it."""
        if app_id not in self._files:
            raise not_found("app", app_id)
        if app_id not in self._loaded:
            self._loaded[app_id] = self._load(self._files[app_id])
        return self._loaded[app_id]

    def all(self) -> list[App]:
        """Return all apps of the tenant, sorted by id."""
        return [self.get(app_id) for app_id in sorted(self._files)]

    def reach(self, app_id: str) -> App:
        """Return an app for a request that the app itself answers.

        Raises ServiceError: 404 if the tenant does not have the app, 500 if the app is starting.
        """
        app = self.get(app_id)
        self._requests[app_id] += 1
        if self._requests[app_id] <= self._cold_requests:
            raise connection_refused(app_id)
        return app

    def make_cold(self) -> None:
        """Make all apps start again."""
        self._requests.clear()

    def _load(self, path: Path) -> App:
        fields = json.loads(path.read_text("utf-8"))
        if self._opens_contracts and fields["contract"] is not None:
            fields["contract"] = open_contract(fields["app_id"], fields["contract"])
        return App(**{**fields, "entrypoints": tuple(fields["entrypoints"])})


def _parsed_types(types: list[str]) -> tuple[type, ...]:
    if "object" in types:
        return (dict,)
    return (list,) if "array" in types else (dict, list)


def _without_null_guid_of_agent(inputs: JsonObject) -> JsonObject:
    """Return the inputs for an agent without a null `credential_guid`, because the SDK sends this null.

    Return all other inputs unchanged, so that the contract refuses null there.
    """
    if inputs.get("extraction_method") == "agent" and inputs.get("credential_guid", "") is None:
        return {key: value for key, value in inputs.items() if key != "credential_guid"}
    return inputs
