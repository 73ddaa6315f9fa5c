"""``provider::atlan::drop_defaults``: inputs without those that an app's contract gives anyway."""

from __future__ import annotations

import json
from typing import Any

from provider.contracts.schema import Contract
from provider.framework import (
    DYNAMIC,
    STRING,
    ArgumentError,
    CallContext,
    Function,
    FunctionSignature,
    Parameter,
    Return,
    TextFormat,
    Unknown,
    is_known,
)
from provider.model import inputs


class DropDefaults(Function):
    """What differs from a contract's defaults. A value that is not known yet may be one of them."""

    name = "drop_defaults"
    signature = FunctionSignature(
        [
            Parameter(
                "inputs",
                DYNAMIC,
                "The inputs of a workflow, an object or a map, such as `data.atlan_app.x.inputs`.",
                TextFormat.Markdown,
                allow_unknown_values=True,
            ),
            Parameter(
                "contract_schema_json",
                STRING,
                "The app's input contract, a JSON Schema as JSON text: `data.atlan_app_contract.x.schema`.",
                TextFormat.Markdown,
            ),
        ],
        Return(DYNAMIC),
        summary="Leaves out the inputs that equal the contract's defaults",
        description="The inputs without those that are what the contract says they are when nobody sets them. JSON "
        "text and an object that mean the same are equal.",
        description_kind=TextFormat.Markdown,
    )

    def call(self, ctx: CallContext, arguments: list[Any]) -> Any:
        given, schema = arguments
        if given is Unknown:
            return Unknown
        if not isinstance(given, dict):
            raise ArgumentError(0, "an object or a map is needed, of inputs by their names")
        defaults = _contract(schema).defaults
        if not all(is_known(given[name]) for name in given.keys() & defaults.keys()):
            return Unknown
        return inputs.without_defaults(given, defaults)


def _contract(text: str) -> Contract:
    try:
        schema = json.loads(text)
    except (ValueError, RecursionError):
        raise ArgumentError(1, "it is not JSON text") from None
    if not isinstance(schema, dict):
        raise ArgumentError(1, "it must hold a JSON object, as the schema of data.atlan_app_contract does")
    return Contract(schema)
