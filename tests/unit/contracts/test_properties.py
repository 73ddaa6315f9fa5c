"""What holds of the checks for whatever contract and whatever inputs."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from provider.contracts.check import findings
from provider.contracts.schema import Contract
from provider.framework import Unknown
from tests.support.schema_strategies import NAMES, VALUES, Drawn, contracts, paths, replaced

MANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def errors(schema: Any, inputs: Any) -> list[str]:
    return [found.summary for found in findings(Contract(schema), inputs) if found.is_error]


def is_valid(schema: Any, inputs: Any) -> bool:
    return bool(jsonschema_rs.validator_for(schema, validate_formats=True, offline=True).is_valid(inputs))


@MANY
@given(contracts())
def test_inputs_that_fit_have_no_errors(drawn: Drawn) -> None:
    """What a contract allows is not complained of."""
    schema, inputs = drawn
    assume(is_valid(schema, inputs))
    assert [] == errors(schema, inputs)


@MANY
@given(contracts(), st.data())
def test_what_is_unknown_is_never_an_error(drawn: Drawn, data: st.DataObject) -> None:
    """Any values of inputs that fit may become unknown, whole objects and lists too, and no error arises."""
    schema, inputs = drawn
    assume(is_valid(schema, inputs) and inputs)
    for path in data.draw(st.lists(st.sampled_from(list(paths(inputs))), min_size=1, max_size=3)):
        inputs = replaced(inputs, path, Unknown)
    assert [] == errors(schema, inputs)


@MANY
@given(contracts(), st.data())
def test_inputs_have_errors_just_where_they_do_not_fit(drawn: Drawn, data: st.DataObject) -> None:
    """Inputs that are known and changed anywhere have an error exactly where the validator refuses them."""
    schema, inputs = drawn
    for _ in range(data.draw(st.integers(1, 3))):
        changed = data.draw(st.sampled_from([*paths(inputs), ("name",)]))
        renamed = data.draw(st.booleans()) and isinstance(changed[-1], str)
        path = (*changed[:-1], data.draw(NAMES)) if renamed else changed
        inputs = replaced(inputs, path, data.draw(VALUES))
    assert is_valid(schema, inputs) == (errors(schema, inputs) == [])


@MANY
@given(contracts(), st.data())
def test_no_finding_shows_a_hidden_value(drawn: Drawn, data: st.DataObject) -> None:
    """Whatever is wrong with a value under a hidden path, no text holds it."""
    schema, inputs = drawn
    assume(inputs)
    path = data.draw(st.sampled_from(list(paths(inputs))))
    inputs = replaced(inputs, path, data.draw(st.sampled_from(["s3cr3t", ["s3cr3t"], {"k": "s3cr3t"}])))
    told = findings(Contract(schema), inputs, hidden=frozenset({path}))
    assert [] == [found for found in told if "s3cr3t" in found.summary + found.detail]


@settings(MANY, max_examples=60)
@given(contracts(), st.data())
def test_what_is_unknown_hides_no_other_error(drawn: Drawn, data: st.DataObject) -> None:
    """With one input unknown, the errors of every other input are told as before."""
    schema, inputs = drawn
    assume(len(inputs) > 1)
    unknown, wrong = data.draw(st.permutations(list(inputs)))[:2]
    inputs = {**inputs, wrong: data.draw(VALUES)}
    before, after = (findings(Contract(schema), each) for each in (inputs, {**inputs, unknown: Unknown}))
    assert [each for each in before if each.path[:1] == (wrong,)] == [
        each for each in after if each.path[:1] == (wrong,)
    ]
