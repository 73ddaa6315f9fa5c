"""``provider::atlan::drop_defaults``: remove the inputs that equal the defaults of the contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from provider.framework import (
    DYNAMIC,
    STRING,
    ArgumentError,
    CallContext,
    Function,
    FunctionSignature,
    Parameter,
    Return,
    Unknown,
    Value,
    is_known,
)
from provider.model import inputs

if TYPE_CHECKING:
    from provider.contracts.schema import Contract


class DropDefaults(Function):
    """A function that removes defaults from inputs. The result is Unknown if an Unknown value can equal a default."""

    name = "drop_defaults"
    signature = FunctionSignature(
        [
            Parameter(
                "inputs",
                DYNAMIC,
                "The inputs of a workflow, an object or a map, such as `data.atlan_app.x.inputs`.",
                allow_unknown_values=True,
            ),
            Parameter(
                "contract_schema_json",
                STRING,
                "The input contract of the app, a JSON Schema as JSON text: `data.atlan_app_contract.x.schema`.",
            ),
        ],
        Return(DYNAMIC),
        summary="Removes the inputs that equal the defaults of the contract",
        description="Returns the inputs, except each input that equals its default in the contract. JSON text equals "
        "the object that it contains.",
    )

    def call(self, ctx: CallContext, arguments: list[Value]) -> Value:
        workflow_inputs, schema = arguments
        assert isinstance(schema, str)
        if workflow_inputs is Unknown:
            return Unknown
        if not isinstance(workflow_inputs, dict):
            raise ArgumentError(0, "it must be an object or a map of inputs")
        defaults = _contract(schema).defaults
        if not all(is_known(workflow_inputs[name]) for name in workflow_inputs.keys() & defaults.keys()):
            return Unknown
        return inputs.without_defaults(workflow_inputs, defaults)


def _contract(text: str) -> Contract:
    # Imported here, because a launch that only answers the schema does not need it.
    from provider.contracts.schema import Contract

    try:
        schema = json.loads(text)
    except (ValueError, RecursionError):
        raise ArgumentError(1, "it is not JSON text") from None
    if not isinstance(schema, dict):
        raise ArgumentError(1, "it must contain a JSON object, such as the schema of data.atlan_app_contract")
    return Contract(schema)
