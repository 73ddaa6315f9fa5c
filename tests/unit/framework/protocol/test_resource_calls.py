"""The RPCs of resources: what is returned if a call does nothing or fails."""

import json
from typing import Any

import pytest

from provider.framework.testing import ResourceClient, in_process
from tests.support.toy_provider import THING, ToyProvider

STATE = {"id": "id-1", "name": "a", "mode": "small"}


@pytest.fixture
def toy() -> ToyProvider:
    return ToyProvider()


@pytest.fixture
def thing(toy: ToyProvider) -> ResourceClient:
    return ResourceClient(in_process(toy), "toy_thing", THING)


def test_nothing_is_refreshed_while_settings_are_unknown(thing: ResourceClient, toy: ToyProvider) -> None:
    """The state and private state stay, and a warning says so."""
    toy.unknown_settings = ["url"]
    answer = thing.read(STATE, private=b'{"kept": 1}')
    assert [("warning", "Not refreshed")] == answer.diagnostics
    assert (thing.full(STATE), {"kept": 1}) == (answer.state, json.loads(answer.private))
    assert [] == toy.calls


def test_a_state_that_is_null_is_not_read(thing: ResourceClient, toy: ToyProvider) -> None:
    """There is nothing to refresh."""
    assert (None, []) == (thing.read(None).state, toy.calls)


def test_a_state_that_is_gone_becomes_null(thing: ResourceClient) -> None:
    """GONE removes the object from state without a diagnostic."""
    answer = thing.read(STATE | {"fail": "gone"})
    assert (None, []) == (answer.state, answer.diagnostics)


@pytest.mark.parametrize("method", ["read", "delete"])
def test_a_state_stays_if_a_call_fails(thing: ResourceClient, method: str) -> None:
    """A failed refresh or delete returns the state that it received."""
    state: dict[str, Any] = STATE | {"fail": method}
    answer = thing.read(state) if method == "read" else thing.apply(state, None)
    assert ["error"] == [severity for severity, _ in answer.diagnostics]
    assert thing.full(state) == answer.state


def test_the_configuration_of_a_destroy_may_be_null(thing: ResourceClient, toy: ToyProvider) -> None:
    """The plan of a destroy calls the resource without a planned state."""
    answer = thing.plan(STATE, None)
    assert (None, []) == (answer.state, answer.diagnostics)
    assert [None] == [told["planned"] for _, told in toy.calls]
