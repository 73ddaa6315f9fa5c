"""The client that authors test their providers with."""

from typing import Any

import pytest

from provider.framework import Unknown
from provider.framework.protocol import messages
from provider.framework.protocol.client import Answer, ResourceClient, in_process, packed, path, text, typed, unpacked
from tests.support.toy_provider import THING, ToyProvider


@pytest.fixture
def thing() -> ResourceClient:
    return ResourceClient(in_process(ToyProvider()), "toy_thing", THING)


@pytest.mark.parametrize("value", [None, 1, "a", Unknown, [Unknown, {"a": b"b"}], typed(b'"bool"', True), text("x")])
def test_a_value_survives_packing(value: Any) -> None:
    """Unknown values and bytes too."""
    assert value == unpacked(packed(value))


def test_a_change_plans_and_applies(thing: ResourceClient) -> None:
    """The answer has the state after the apply, and a second plan changes nothing."""
    created = thing.change(None, {"name": "a"})
    assert ([], "id-1") == (created.diagnostics, created.state["id"])
    assert created.state == thing.plan(created.state, {"name": "a"}).state
    assert created.state == thing.read(created.state).state


def test_a_change_ends_with_a_plan_that_fails(thing: ResourceClient) -> None:
    """Nothing is applied after an error."""
    answer = thing.change(None, {"name": "a", "fail": "plan"})
    assert [("error", "The plan is refused")] == answer.diagnostics
    assert "planned_state" in answer.response.DESCRIPTOR.fields_by_name


def test_a_state_without_an_attribute_is_completed(thing: ResourceClient) -> None:
    """Terraform always sends every attribute."""
    assert THING.by_name.keys() == (thing.full({}) or {}).keys()
    assert thing.full(None) is None


def test_a_configuration_is_validated(thing: ResourceClient) -> None:
    """As by a client that supports write-only attributes."""
    assert [("error", "name is required")] == thing.validate({"secret_wo": "x"})


def test_paths_and_replacements_are_plain_lists() -> None:
    """A path has names, keys and indices."""
    message = messages.message("AttributePath")(
        steps=[{"attribute_name": "a"}, {"element_key_string": "k"}, {"element_key_int": 0}]
    )
    response = messages.message("PlanResourceChange.Response")(requires_replace=[message])
    assert ["a", "k", 0] == path(message)
    assert [["a", "k", 0]] == Answer(None, b"", [], response).replaced
