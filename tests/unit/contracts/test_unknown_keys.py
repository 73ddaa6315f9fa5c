"""Keys that a contract does not declare: which are errors, and what is suggested."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from provider.contracts.check import check_inputs
from provider.contracts.schema import Contract
from provider.model.unknown_inputs import Policy

FILTER: Any = {"type": "object", "properties": {"database": {"type": "string"}}}
PROPERTIES: Any = {"include_filter": FILTER, "host": {}, "workflow_id": {}, "output_path": {}}
OPEN = Contract({"type": "object", "properties": PROPERTIES})
CLOSED = Contract({"type": "object", "properties": PROPERTIES, "additionalProperties": False})


@pytest.mark.parametrize(
    ("policy", "near", "far"),
    [("near", True, False), ("error", True, True), ("warning", False, False), ("allow", None, None)],
)
def test_the_policy_decides_about_keys_that_an_open_contract_accepts(policy: Any, near: Any, far: Any) -> None:
    """A key that is similar to a declared one, any other key, and a key inside an object."""
    for inputs, expected in (
        ({"includ_filter": {}}, near),
        ({"zzz": 1}, far),
        ({"include_filter": {"data_base": "x"}}, near),
        ({"include_filter": {"zzz": "x"}}, far),
    ):
        findings = check_inputs(OPEN, inputs, unknown_inputs=policy)
        assert ([] if expected is None else [expected]) == [each.is_error for each in findings], inputs


@pytest.mark.parametrize("policy", ["near", "error", "warning", "allow"])
def test_a_key_that_a_closed_contract_refuses_is_always_an_error(policy: Any) -> None:
    """The service refuses the publish, with each setting, even if the key is accepted elsewhere."""
    (finding,) = check_inputs(CLOSED, {"zzz": 1}, accepted=frozenset({("zzz",)}), unknown_inputs=policy)
    assert finding.is_error


def test_an_error_of_the_policy_says_how_to_turn_it_off() -> None:
    """A warning and a refusal of the service do not say it."""
    texts = [
        check_inputs(contract, inputs)[0].detail
        for contract, inputs in ((OPEN, {"hosst": 1}), (OPEN, {"zzz": 1}), (CLOSED, {"hosst": 1}))
    ]
    assert [True, False, False] == ["unknown_inputs" in text for text in texts]


@pytest.mark.parametrize("key", ["workflow_ids", "output_pat", "outputpath"])
def test_keys_of_the_runtime_are_never_suggested(key: str) -> None:
    """Neither as the nearest key nor in the list of keys, although the contract declares them."""
    (finding,) = check_inputs(OPEN, {key: 1})
    assert not finding.is_error
    assert "did you mean" not in finding.summary
    assert "The contract declares these keys: include_filter, host." in finding.detail


def test_an_accepted_input_is_not_reported_and_one_of_the_same_name_in_an_object_is() -> None:
    """Accepted names are names of inputs."""
    inputs = {"zzz": 1, "include_filter": {"zzz": 1}}
    assert [("include_filter", "zzz")] == [each.path for each in check_inputs(OPEN, inputs, accepted={("zzz",)})]


def test_an_accepted_key_in_an_object_is_not_reported() -> None:
    """Accepted keys are paths."""
    inputs: Any = {"include_filter": {"zzz": 1, "y": 2}}
    accepted = {("include_filter", "zzz")}
    assert [("include_filter", "y")] == [each.path for each in check_inputs(OPEN, inputs, accepted=accepted)]


@pytest.mark.parametrize("name", ["connection_qualified_name", "credential", "extraction_method"])
def test_a_misspelled_input_of_the_service_is_an_error(name: str) -> None:
    """An open contract does not have to declare it."""
    (finding,) = check_inputs(OPEN, {f"{name}x": 1})
    assert (True, True) == (finding.is_error, f"did you mean {name}?" in finding.summary)


def test_a_misspelled_required_key_has_no_advice_about_the_setting() -> None:
    """The key is missing, whatever the setting is."""
    contract = Contract({"properties": {"project_id": {}}, "required": ["project_id"]})
    for policy in get_args(Policy):
        (finding,) = check_inputs(contract, {"project": 1}, unknown_inputs=policy)
        assert (True, False) == (finding.is_error, "unknown_inputs" in finding.detail)


def test_the_keys_of_the_inputs_are_compared_first() -> None:
    """Only 100 keys are compared, and keys in objects come last."""
    inner = {f"qq{number}": 1 for number in range(100)}
    found = check_inputs(OPEN, {"include_filter": inner, "include_filtr": {}})
    assert ("include_filtr",) in [each.path for each in found if each.is_error]


def test_a_declared_key_that_is_also_configured_is_not_meant() -> None:
    """Two similar keys in one object are two different inputs, unless they have the same letters."""
    assert [False] == [each.is_error for each in check_inputs(OPEN, {"include_filter": {}, "exclude_filter": {}})]
    assert [True] == [each.is_error for each in check_inputs(OPEN, {"include_filter": {}, "include-filter": {}})]


FILTERS = Contract({"type": "object", "properties": {"include_filter": {}, "exclude_filter": {}}})


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"include_filtr": {}}, "include_filter"),
        ({"include_filter": {}, "include_filtr": {}}, "include_filter"),
        ({"include_filter": {}, "Include_Filter": {}}, "include_filter"),
        ({"include_filter": {}, "exclude_filtr": {}}, "exclude_filter"),
        ({"include_filter": {}, "exclude_filter": {}, "exclude_filtr": {}}, "exclude_filter"),
    ],
)
def test_the_most_similar_key_is_suggested_also_if_it_is_configured(inputs: Any, expected: str) -> None:
    """Another key with a similar name can mean the opposite."""
    (finding,) = check_inputs(FILTERS, inputs)
    assert f"{expected}" in finding.summary + finding.detail
    assert ({"include_filter", "exclude_filter"} - {expected}).pop() not in finding.summary
