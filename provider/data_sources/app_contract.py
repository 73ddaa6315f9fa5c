"""``data.atlan_app_contract``: the input contract of an app."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypedDict

from provider.client.errors import NotFound, UnknownEntrypoint
from provider.framework import (
    BOOL,
    DYNAMIC,
    STRING,
    Attribute,
    Context,
    DataSource,
    Json,
    Nested,
    Schema,
    UserError,
    list_of,
)
from provider.model.attributes import APP_ID

if TYPE_CHECKING:
    from provider.contracts.schema import Contract
    from provider.provider_data import ProviderData

_SCHEMA: Final = Schema(
    [
        APP_ID,
        Attribute(
            "entrypoint",
            STRING,
            optional=True,
            description="The entrypoint of the contract, such as `crawler`. `data.atlan_app_info` lists the "
            "entrypoints. Unset: the app's default contract is read.",
        ),
        Attribute("schema", STRING, computed=True, description="The whole contract: a JSON Schema, as JSON text."),
        Attribute(
            "properties",
            nested=Nested(
                "MAP",
                [
                    Attribute(
                        "type",
                        list_of(STRING),
                        computed=True,
                        description="The allowed JSON types of the input, such as `string` or `object`.",
                    ),
                    Attribute(
                        "default",
                        STRING,
                        computed=True,
                        description="The default of the input as JSON text. It is null if the input has no default.",
                    ),
                    Attribute(
                        "allowed_values",
                        list_of(STRING),
                        computed=True,
                        description="The allowed values. A value that is not a string is JSON text. The list is null "
                        "if the contract lists no values.",
                    ),
                    Attribute("required", BOOL, computed=True, description="`true` if the input is required."),
                    Attribute(
                        "description",
                        STRING,
                        computed=True,
                        description="The description in the contract, or else the title. It is null if the contract "
                        "contains neither.",
                    ),
                ],
            ),
            computed=True,
            description="The inputs of the app, by their names.",
        ),
        Attribute(
            "required",
            list_of(STRING),
            computed=True,
            description="The names of the required inputs.",
        ),
        Attribute(
            "defaults",
            DYNAMIC,
            computed=True,
            description="The default of each input that has one, as an object in the form of `atlan_app.inputs`.",
        ),
    ],
    description="Reads the input contract of an app: the names, types, defaults and allowed values of the app's "
    "inputs.",
)


class AppInput(TypedDict):
    """The attributes of one input."""

    type: list[str]
    default: str | None
    allowed_values: list[str] | None
    required: bool
    description: str | None


class AppContractData(TypedDict):
    """The attributes of a contract."""

    app_id: str
    entrypoint: str | None
    schema: str
    properties: dict[str, AppInput]
    required: list[str]
    defaults: dict[str, Json]


class AppContractDataSource(DataSource[AppContractData]):
    """The data source for the input contract of an app. Source: ``GET v1/apps/{app_id}/inputs``."""

    name = "app_contract"
    schema = _SCHEMA
    provider_data: ProviderData

    def read(self, ctx: Context[AppContractData], config: AppContractData) -> AppContractData:
        # Imported here, because a launch that only answers the schema does not need it.
        from provider.contracts.unavailable import no_contract, no_entrypoint

        app_id, entrypoint = config["app_id"], config["entrypoint"]
        try:
            contract = self.provider_data.contracts.fetch(app_id, entrypoint)
        except NotFound as error:
            raise UserError.of(no_contract(app_id, error, self.provider_data.app_ids)) from error
        except UnknownEntrypoint as error:
            raise UserError.of(no_entrypoint(app_id, entrypoint, error.entrypoints, error)) from error
        return {
            "app_id": app_id,
            "entrypoint": entrypoint,
            "schema": _json(dict(contract.schema)),
            "properties": {name: _app_input(contract, name) for name in contract.properties},
            "required": contract.required,
            "defaults": contract.defaults,
        }


def _app_input(contract: Contract, name: str) -> AppInput:
    declared = contract.properties[name]
    allowed = contract.allowed_values(name)
    return {
        "type": sorted(contract.types(name)),
        "default": _json(declared["default"]) if "default" in declared else None,
        "allowed_values": None if allowed is None else [_text(value) for value in allowed],
        "required": name in contract.required,
        "description": _description(declared),
    }


def _description(declared: dict[str, Json]) -> str | None:
    text = declared.get("description") or declared.get("title")
    return text if isinstance(text, str) else None


def _text(value: Json) -> str:
    return value if isinstance(value, str) else _json(value)


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
