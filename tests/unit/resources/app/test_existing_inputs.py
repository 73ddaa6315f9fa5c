"""The inputs of an existing workflow, from state and from the tenant."""

from typing import Any

import pytest

from provider.client.errors import NoAnswer
from provider.contracts.schema import Contract
from provider.framework import PlanContext
from provider.resources.app import existing_inputs, private_state
from tests.support.app_resource import Workflows, app_context, app_state, stored_workflow
from tests.support.provider_data import provider_data

CONTRACT = Contract({"required": ["connection"]})
CURRENT = app_state(inputs={"opts": {"a": [{"b": 1}]}, "text": '{"c": 1}'})
IN_STATE = {("opts",), ("opts", "a"), ("opts", "a", 0, "b"), ("text",), ("text", "c"), ("secret", "d")}


@pytest.fixture
def ctx() -> Any:
    found = app_context({**CURRENT, "inputs_wo": {"secret": {"d": 1}}}, PlanContext)
    private_state.remember_write_only_paths(found)
    return found


def on_tenant(ctx: Any, client: Workflows, current: Any = CURRENT) -> existing_inputs.ExistingInputs:
    workflow = existing_inputs.read(provider_data(client), current)
    return existing_inputs.on_tenant(ctx, workflow, current, app_state(inputs={"mine": 1}))


def test_a_new_workflow_has_no_inputs(ctx: Any) -> None:
    """Nothing is required of it, either."""
    found = existing_inputs.in_state(ctx, None)
    assert (False, frozenset(), True, frozenset()) == (
        found.exists,
        found.key_paths,
        found.is_certain,
        found.present(CONTRACT),
    )


def test_state_knows_all_keys_of_the_inputs(ctx: Any) -> None:
    """Also those in lists, in JSON text and of write-only inputs. What the contract requires counts as present."""
    found = existing_inputs.in_state(ctx, CURRENT)
    assert (True, IN_STATE, frozenset({"connection"})) == (found.exists, found.key_paths, found.present(CONTRACT))


def test_the_tenant_adds_its_keys(ctx: Any) -> None:
    """The names after the publish are known then."""
    found = on_tenant(ctx, Workflows(stored_workflow({"theirs": {"e": 1}})))
    assert IN_STATE | {("theirs",), ("theirs", "e")} == found.key_paths
    assert {"theirs", "mine"} <= found.present(CONTRACT)
    assert ("connection" in found.present(CONTRACT), found.is_certain) == (False, True)


@pytest.mark.parametrize("errors", [[], [NoAnswer("no", method="GET", path="/")]], ids=["hidden", "no answer"])
def test_a_workflow_that_shows_no_inputs_can_have_others(ctx: Any, errors: list[Exception]) -> None:
    """The keys in state are still used."""
    client = Workflows(stored_workflow(None))
    client.errors = errors
    found = on_tenant(ctx, client)
    assert (IN_STATE, False, None) == (found.key_paths, found.is_certain, found.after)
