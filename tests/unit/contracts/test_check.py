"""The check of inputs: findings are joined, sorted and counted, and large inputs take little time."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from provider.contracts.check import InputFinding, check_inputs
from provider.contracts.schema import Contract
from provider.framework import Unknown
from tests.support.input_checks import summaries
from tests.support.schema_strategies import NAMES, VALUES, Drawn, contracts, paths, replaced

TEXT: Any = {"type": "string"}
ITEMS = {"properties": {"x": {"items": {"properties": {"k": TEXT}}}}, "required": [f"r{n}" for n in range(100)]}
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


@pytest.mark.parametrize("closed", [False, True])
def test_a_misspelled_required_key_is_one_error(closed: bool) -> None:
    """The error names the required key. There is no second error because that key is missing."""
    schema = {"properties": {"connection": {}}, "required": ["connection"], "additionalProperties": not closed}
    (finding,) = check_inputs(Contract(schema), {"conection": 1})
    assert (("conection",), True) == (finding.path, finding.is_error)
    assert "inputs.conection: there is no such input; did you mean connection, which is required?" == finding.summary


def test_a_missing_key_and_an_unknown_key_that_is_not_similar_are_two_findings() -> None:
    """Only a similar key is joined with the missing one."""
    schema = {"properties": {"connection": {}}, "required": ["connection"], "additionalProperties": False}
    assert [("connection",), ("zzz",)] == sorted(each.path for each in check_inputs(Contract(schema), {"zzz": 1}))


def test_twenty_mistakes_are_twenty_findings() -> None:
    """One check reports all of them."""
    schema = {"properties": {f"k{n}": {"type": "integer"} for n in range(20)}}
    assert 20 == len(check_inputs(Contract(schema), {f"k{n}": "x" for n in range(20)}))


def test_findings_beyond_fifty_are_counted() -> None:
    """The result has fifty findings, and one with the number of the others."""
    schema = {"properties": {f"k{n}": {"type": "integer"} for n in range(90)}}
    *_, last = findings = check_inputs(Contract(schema), {f"k{n}": "x" for n in range(90)})
    assert (51, (), "inputs: 40 more findings", True) == (
        len(findings),
        last.path,
        last.summary,
        last.is_error,
    )


def test_errors_come_before_warnings() -> None:
    """Errors stop the plan, so the user reads them first."""
    schema = {"properties": {"b": {"type": "integer"}}}
    assert [True, False] == [each.is_error for each in check_inputs(Contract(schema), {"a": 1, "b": "x"})]


def test_names_that_are_present_elsewhere_are_not_missing() -> None:
    """A required input that the provider or the workflow has is not missing. Names outside the contract are ignored."""
    schema = {"properties": {"a": TEXT, "b": TEXT}, "required": ["a", "b"], "additionalProperties": False}
    assert [] == summaries(schema, {"a": "x"}, present=frozenset({"b", "zzz"}))
    assert ["inputs.a: it is required, but missing"] == summaries(schema, {"b": "x"}, present=frozenset({"b"}))


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"properties": {"a": {"type": "txt"}}}, "properties.a.type: it is not valid"),
        ({"properties": {"a": {"$ref": "#/$defs/None"}}}, "'/$defs/None' does not exist"),
        ({"$ref": "https://example.com/contract.json"}, "Retrieval is disabled"),
        ({"$ref": "file:///etc/hostname"}, "Retrieval is disabled"),
        ({"$schema": "https://example.com/draft"}, "Unknown meta-schema"),
        ({"properties": 3}, "properties: it is not of type"),
        ({"pattern": "["}, 'pattern: it is not a "regex"'),
    ],
)
def test_a_contract_that_cannot_be_used_is_one_warning(schema: Any, reason: str) -> None:
    """The warning contains the reason. No exception is raised, and no request is sent."""
    (finding,) = check_inputs(Contract(schema), {"a": 1})
    assert ("The inputs were not checked: the contract cannot be used", (), False) == (
        finding.summary,
        finding.path,
        finding.is_error,
    )
    assert reason in finding.detail


def test_a_contract_that_refers_to_itself_is_followed() -> None:
    """A tree of filters, each with a list of further filters."""
    node = {"type": "object", "properties": {"name": TEXT, "in": {"type": "array", "items": {"$ref": "#/$defs/Node"}}}}
    schema = {"properties": {"x": {"$ref": "#/$defs/Node"}}, "$defs": {"Node": node, "Loop": {"$ref": "#/$defs/Loop"}}}
    inputs = {"x": {"in": [{"in": [{"name": 1, "nom": 2}]}]}}
    assert [
        "inputs.x.in[0].in[0].name: expected text, got a number",
        "inputs.x.in[0].in[0][key 2]: there is no such key",
    ] == [summary.split(";")[0] for summary in summaries(schema, inputs)]


def test_an_older_draft_is_read_as_such() -> None:
    """Keywords have the meaning of the draft that the contract names."""
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"x": {"items": [TEXT]}}}
    assert ["inputs.x[0]: expected text, got a number"] == summaries(schema, {"x": [1, 2]})


def test_half_of_a_surrogate_pair_raises_no_exception() -> None:
    """Terraform never sends one, but the validator would refuse the whole text."""
    assert [] == summaries({"properties": {"x": TEXT}}, {"x": "a\ud800"})


@pytest.mark.parametrize("depth", [256, 5000])
def test_inputs_that_are_nested_too_deeply_are_one_warning(depth: int) -> None:
    """They are not checked, and the plan continues. The validator's limit is lower than that of Python."""
    deep: Any = {}
    for _ in range(depth):
        deep = {"a": deep}
    (finding,) = check_inputs(Contract({"properties": {"x": TEXT}}), {"x": deep})
    assert ("The inputs were not checked: they are nested too deeply", False) == (finding.summary, finding.is_error)


@pytest.mark.parametrize(
    ("schema", "inputs"),
    [
        pytest.param(ITEMS, {"x": [{"k": n} for n in range(100_000)]}, id="each element is wrong"),
        pytest.param(ITEMS, {"x": "y" * 8_000_000}, id="a text of 8 MB"),
        pytest.param({"properties": {"x": {"enum": ["a"]}}}, {"x": "y" * 8_000_000}, id="8 MB that are not allowed"),
        pytest.param({**ITEMS, "additionalProperties": False}, {"y" * 8_000_000: 1}, id="a key of 8 MB"),
        pytest.param(ITEMS, {f"y{n}": n for n in range(10_000)}, id="10,000 keys that are not known"),
        pytest.param(
            {**ITEMS, "additionalProperties": False}, {f"y{n}": n for n in range(10_000)}, id="10,000 that are refused"
        ),
    ],
)
def test_time_and_text_of_a_check_are_limited(schema: Any, inputs: Any) -> None:
    """Large inputs with thousands of violations take a few seconds, and their messages fill one page."""
    started = time.process_time()
    findings = check_inputs(Contract(schema), inputs)
    assert time.process_time() - started < 5
    assert 0 < sum(len(each.summary) + len(each.detail) for each in findings) < 20_000


def test_a_mistake_far_inside_a_large_input_is_found() -> None:
    """The shortened copy does not contain it, so all inputs are read."""
    inputs = {"x": [{"k": "a"}] * 20_000 + [{"k": 1}]}
    assert ["inputs.x[20000].k: expected text, got a number"] == summaries({**ITEMS, "required": []}, inputs)


def test_a_long_list_is_not_too_short_because_its_copy_is_shortened() -> None:
    """The shortened copy has fewer elements, which must cause no finding."""
    schema = {"properties": {"x": {"minItems": 300, "contains": {"const": 299}}, "y": TEXT}}
    assert ["inputs.y: expected text, got a number"] == summaries(schema, {"x": list(range(300)), "y": 1})


def find(contract: Contract, **inputs: Any) -> list[InputFinding]:
    return check_inputs(contract, {"connection": CONNECTION, **inputs})


def of_another_type(contract: Contract, name: str) -> Any:
    types = contract.types(name)
    fits = types | {"integer"} if "number" in types else types
    return next(value for kind, value in OTHERS.items() if kind not in fits)


def test_there_are_contracts_of_38_apps() -> None:
    """The SDK has builders for as many apps."""
    assert 38 == len(CONTRACTS)


@pytest.mark.parametrize("app_id", CONTRACTS)
def test_defaults_and_allowed_values_have_no_findings(app_id: str) -> None:
    """All defaults together, and every allowed value alone."""
    contract = CONTRACTS[app_id]
    assert [] == check_inputs(contract, {**contract.defaults, "connection": CONNECTION})
    findings = [
        find(contract, **{name: each}) for name in contract.properties for each in contract.allowed_values(name) or ()
    ]
    assert [] == [each for each in findings if each]


@pytest.mark.parametrize("app_id", CONTRACTS)
def test_every_input_of_a_wrong_type_is_found(app_id: str) -> None:
    """There is one error, on that input."""
    contract = CONTRACTS[app_id]
    for name in contract.properties:
        (finding,) = find(contract, **{name: of_another_type(contract, name)})
        assert ((name,), True) == (finding.path, finding.is_error)


@pytest.mark.parametrize("app_id", CONTRACTS)
def test_every_value_that_is_not_allowed_is_found(app_id: str) -> None:
    """There is one error with the allowed values and the nearest of them."""
    contract = CONTRACTS[app_id]
    for name in contract.properties:
        for value in contract.allowed_values(name) or ():
            (finding,) = find(contract, **{name: f"{value}x"})
            assert ((name,), True) == (finding.path, finding.is_error)
            assert json.dumps(value) in finding.detail


@pytest.mark.parametrize("app_id", CONTRACTS)
def test_every_misspelled_input_is_found(app_id: str) -> None:
    """There is one error on the misspelled key, with the correct name."""
    contract = CONTRACTS[app_id]
    for name in contract.properties:
        for wrong in (name[:-1] + "_x", name.upper(), name.replace("_", "-")):
            inputs = {key: value for key, value in {"connection": CONNECTION}.items() if key != name}
            if wrong != name:
                (finding,) = check_inputs(contract, {**inputs, wrong: 1})
                assert ((wrong,), True) == (finding.path, finding.is_error)
                assert name.rstrip("s") in finding.summary


@pytest.mark.parametrize("app_id", CONTRACTS)
def test_a_missing_connection_is_found(app_id: str) -> None:
    """Every app requires this input and no other."""
    (finding,) = check_inputs(CONTRACTS[app_id], {})
    assert (("connection",), True) == (finding.path, finding.is_error)


def errors(schema: Any, inputs: Any) -> list[str]:
    findings = check_inputs(Contract(schema), inputs, unknown_inputs="allow")
    return [found.summary for found in findings if found.is_error]


def is_valid(schema: Any, inputs: Any) -> bool:
    return bool(jsonschema_rs.validator_for(schema, validate_formats=True, offline=True).is_valid(inputs))


@given(contracts())
def test_inputs_that_match_the_contract_have_no_errors(drawn: Drawn) -> None:
    """Nothing that a contract allows is an error."""
    schema, inputs = drawn
    assume(is_valid(schema, inputs))
    assert [] == errors(schema, inputs)


@given(contracts(), st.data())
def test_an_unknown_value_is_never_an_error(drawn: Drawn, data: st.DataObject) -> None:
    """Any values of matching inputs become unknown, including whole objects and lists."""
    schema, inputs = drawn
    assume(is_valid(schema, inputs) and inputs)
    for path in data.draw(st.lists(st.sampled_from(list(paths(inputs))), min_size=1, max_size=3)):
        inputs = replaced(inputs, path, Unknown)
    assert [] == errors(schema, inputs)


@given(contracts(), st.data())
def test_inputs_have_errors_exactly_if_the_validator_refuses_them(drawn: Drawn, data: st.DataObject) -> None:
    """Known inputs are changed at any path."""
    schema, inputs = drawn
    for _ in range(data.draw(st.integers(1, 3))):
        changed = data.draw(st.sampled_from([*paths(inputs), ("name",)]))
        renamed = data.draw(st.booleans()) and isinstance(changed[-1], str)
        path = (*changed[:-1], data.draw(NAMES)) if renamed else changed
        inputs = replaced(inputs, path, data.draw(VALUES))
    assert is_valid(schema, inputs) == (errors(schema, inputs) == [])


@given(contracts(), st.data())
def test_no_finding_contains_a_write_only_value(drawn: Drawn, data: st.DataObject) -> None:
    """No text contains a value under a write-only path, whatever is wrong with it."""
    schema, inputs = drawn
    assume(inputs)
    path = data.draw(st.sampled_from(list(paths(inputs))))
    inputs = replaced(inputs, path, data.draw(st.sampled_from(["s3cr3t", ["s3cr3t"], {"k": "s3cr3t"}])))
    findings = check_inputs(Contract(schema), inputs, write_only=frozenset({path}))
    assert [] == [each for each in findings if "s3cr3t" in each.summary + each.detail]


@settings(max_examples=settings.default.max_examples // 5)
@given(contracts(), st.data())
def test_an_unknown_value_hides_no_error_of_another_input(drawn: Drawn, data: st.DataObject) -> None:
    """If one input becomes unknown, the errors of all others stay the same."""
    schema, inputs = drawn
    assume(len(inputs) > 1)
    unknown, wrong = data.draw(st.permutations(list(inputs)))[:2]
    inputs = {**inputs, wrong: data.draw(VALUES)}
    before, after = (check_inputs(Contract(schema), each) for each in (inputs, {**inputs, unknown: Unknown}))
    assert [each for each in before if each.path[:1] == (wrong,)] == [
        each for each in after if each.path[:1] == (wrong,)
    ]


@pytest.mark.parametrize(
    "schema",
    [
        pytest.param({}, id="nothing declared"),
        pytest.param({"additionalProperties": {"type": "integer"}}, id="a map"),
        pytest.param(
            {"properties": {"a": {}}, "additionalProperties": {"type": "integer"}}, id="a map with a known key"
        ),
        pytest.param({"properties": {"a": {}}, "patternProperties": {"^b": True}}, id="a pattern"),
        pytest.param({"properties": {"a": {}}, "allOf": [{"$ref": "#/$defs/More"}]}, id="declared elsewhere"),
    ],
)
def test_a_key_that_a_contract_does_not_restrict_is_accepted(schema: Any) -> None:
    """A map accepts any key. An object accepts the keys that another part of the contract declares."""
    contract = Contract({"properties": {"x": schema}, "$defs": {"More": {"properties": {"bcd": True}}}})
    assert [] == check_inputs(contract, {"x": {"bcd": 1}})
