"""The contracts of the 38 apps, as data: what they allow has no findings, and what they do not has one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from provider.contracts.check import InputFinding, check_inputs
from provider.contracts.schema import Contract

FOLDER = Path(__file__).parents[3] / "provider" / "sandbox" / "contracts"
FILES = [json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))]
CONTRACTS = {each["app_id"]: Contract(each["contract"]) for each in FILES if each["contract"]}
CONNECTION = {"typeName": "Connection", "attributes": {"name": "prod"}}
OTHERS: dict[str, Any] = {
    "string": "text",
    "boolean": True,
    "integer": 7,
    "number": 0.5,
    "object": {"a": 1},
    "array": [1],
}


def found(contract: Contract, **inputs: Any) -> list[InputFinding]:
    return check_inputs(contract, {"connection": CONNECTION, **inputs})


def of_another_type(contract: Contract, name: str) -> Any:
    types = contract.types(name)
    fits = types | {"integer"} if "number" in types else types
    return next(value for kind, value in OTHERS.items() if kind not in fits)


def test_there_are_contracts_of_38_apps() -> None:
    """As many as the SDK has builders for."""
    assert 38 == len(CONTRACTS)


@pytest.mark.parametrize("app_id", CONTRACTS)
def test_defaults_and_allowed_values_have_no_findings(app_id: str) -> None:
    """Every default at once, and every allowed value by itself."""
    contract = CONTRACTS[app_id]
    assert [] == check_inputs(contract, {**contract.defaults, "connection": CONNECTION})
    told = [
        found(contract, **{name: each}) for name in contract.properties for each in contract.allowed_values(name) or ()
    ]
    assert [] == [each for each in told if each]


@pytest.mark.parametrize("app_id", CONTRACTS)
def test_every_input_of_a_wrong_type_is_found(app_id: str) -> None:
    """One error, on that input."""
    contract = CONTRACTS[app_id]
    for name in contract.properties:
        (told,) = found(contract, **{name: of_another_type(contract, name)})
        assert ((name,), True) == (told.path, told.is_error)


@pytest.mark.parametrize("app_id", CONTRACTS)
def test_every_value_that_is_not_allowed_is_found(app_id: str) -> None:
    """One error, which lists what is allowed and tells which was probably meant."""
    contract = CONTRACTS[app_id]
    for name in contract.properties:
        for value in contract.allowed_values(name) or ():
            (told,) = found(contract, **{name: f"{value}x"})
            assert ((name,), True) == (told.path, told.is_error)
            assert json.dumps(value) in told.detail


@pytest.mark.parametrize("app_id", CONTRACTS)
def test_every_misspelt_input_is_found(app_id: str) -> None:
    """One error, on the key as it was written, which tells the one that was meant."""
    contract = CONTRACTS[app_id]
    for name in contract.properties:
        for wrong in (name[:-1] + "_x", name.upper(), name.replace("_", "-")):
            inputs = {key: value for key, value in {"connection": CONNECTION}.items() if key != name}
            if wrong != name:
                (told,) = check_inputs(contract, {**inputs, wrong: 1})
                assert ((wrong,), True) == (told.path, told.is_error)
                assert name.rstrip("s") in told.summary


@pytest.mark.parametrize("app_id", CONTRACTS)
def test_a_missing_connection_is_found(app_id: str) -> None:
    """It is the one input that every app requires."""
    (told,) = check_inputs(CONTRACTS[app_id], {})
    assert (("connection",), True) == (told.path, told.is_error)
