"""The check of inputs that an update keeps."""

from typing import Any

import pytest

from provider.client.errors import NoAnswer
from provider.contracts.schema import Contract
from provider.framework import PlanContext
from provider.resources.app import kept_inputs, private_state
from tests.support.app_resource import Workflows, app_context, app_state, stored_workflow
from tests.support.provider_data import provider_data

CLOSED = {"properties": {"mine": {}, "flag": {"type": "boolean"}}, "additionalProperties": False}
NFD, NFC = "n\u0303", "\u00f1"
TWO = {NFD: 1, NFC: 2}
STORED = {"mine": 1, "flag": True}


class Apps(Workflows):
    """The workflow of an app with these entrypoints. Its read fails if ``stored`` is None."""

    def __init__(self, stored: dict[str, Any] | None, *entrypoints: str) -> None:
        super().__init__(stored_workflow(stored))
        if stored is None:
            self.errors.append(NoAnswer("no", method="GET", path="/"))
        self.entrypoints = entrypoints

    def describe_app(self, app_id: str) -> "Apps":
        return self


class Fetched:
    """A cache of contracts with one contract, or with none."""

    def __init__(self, schema: Any) -> None:
        self.schema = schema

    def fetch(self, app_id: str, entrypoint: str | None, *, seconds: float) -> Contract:
        if self.schema is None:
            raise NoAnswer("no", method="GET", path="/")
        return Contract(self.schema)


def check(schema: Any, stored: Any, entrypoint: Any = "e", entrypoints: Any = (), **state: Any) -> tuple[Any, Any]:
    """Return the beginning of each summary, and the names that the apply leaves out."""
    current = app_state(inputs={"mine": 1}, **state)
    ctx = app_context(current, PlanContext)
    data = provider_data(Apps(stored, *entrypoints))
    found = [*kept_inputs.check(ctx, data, Contract(schema), current, entrypoint, {"mine"}, is_needed=False)]
    assert [False] * len(found) == [each.is_error for each in found]
    return [each.summary.replace(current["slug"], "it") for each in found], private_state.left_out_names(ctx)


@pytest.mark.parametrize(
    ("schema", "stored", "summaries", "left_out"),
    [
        pytest.param(
            CLOSED, {**STORED, "b": 1, "a": 1}, ["The apply leaves out inputs of it: a, b"], ["a", "b"], id="closed"
        ),
        pytest.param({**CLOSED, "additionalProperties": True}, {"b": 1}, [], [], id="open"),
        pytest.param(
            {"properties": {"b": False}}, {"b": 1}, ["The apply leaves out inputs of it: b"], ["b"], id="no value"
        ),
        pytest.param(
            {"propertyNames": {"maxLength": 4}},
            {"longer": 1},
            ["The apply leaves out inputs of it: longer"],
            ["longer"],
            id="name",
        ),
        pytest.param(
            CLOSED, {"flag": 1}, ["Inputs of it have a value that is not allowed any more: flag"], [], id="value"
        ),
        pytest.param(CLOSED, {"user_id": "u", "credential_guid": "g", "connection": {}}, [], [], id="of the service"),
        pytest.param(CLOSED, None, [], [], id="not read"),
        pytest.param({**CLOSED, "required": ["else"]}, STORED, [], [], id="missing"),
        pytest.param(
            CLOSED, TWO, [f"The apply leaves out inputs of it: {NFC}"], [NFD, NFC], id="two keys that look the same"
        ),
        pytest.param({"$ref": "#/nowhere"}, {"b": 1}, [], [], id="not usable"),
        pytest.param({"properties": {"t": {"type": "string"}}}, {"t": {"a": 1}}, [], [], id="sent as JSON text"),
    ],
)
def test_kept_inputs_that_the_contract_refuses_are_named(
    schema: Any, stored: Any, summaries: Any, left_out: Any
) -> None:
    """Only a forbidden name is left out. A configured input is not part of this check."""
    assert (summaries, left_out) == check(schema, stored)


@pytest.mark.parametrize(
    ("entrypoint", "entrypoints", "left_out"),
    [("e", ["e", "f"], ["b"]), (None, ["e"], ["b"]), (None, ["e", "f"], []), (None, [], [])],
)
def test_an_input_is_left_out_only_if_the_contract_is_certainly_the_workflows(
    entrypoint: Any, entrypoints: Any, left_out: Any
) -> None:
    """The entrypoint is configured, or the app has one. Otherwise the warning says so."""
    summaries, found = check(CLOSED, {"b": 1}, entrypoint, entrypoints)
    assert left_out == found
    expected = "The apply leaves out inputs of it: b" if left_out else "Inputs of it may not be allowed: b"
    assert [expected] == summaries


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"properties": {"mine": {}}}, False),
        ({"properties": {"mine": {}, "other": {}}}, True),
        ({"properties": {"mine": {}}, "additionalProperties": False}, True),
        ({"type": "object", "title": "AppInputContract", "required": ["mine"]}, False),
    ],
)
def test_a_contract_that_says_nothing_about_kept_inputs_needs_no_read(schema: Any, expected: bool) -> None:
    """It declares only configured inputs and allows all others."""
    assert expected == kept_inputs.may_refuse(Contract(schema), {"mine"})


@pytest.mark.parametrize(
    ("schema", "stored", "entrypoint", "expected"),
    [
        pytest.param(CLOSED, {"b": 1, **TWO}, "e", {NFD, NFC}, id="closed"),
        pytest.param({"properties": {}}, TWO, "e", set(), id="open"),
        pytest.param(CLOSED, TWO, None, set(), id="of another entrypoint"),
        pytest.param(CLOSED, {NFD: 1}, "e", set(), id="one key"),
        pytest.param(None, TWO, "e", set(), id="not read"),
    ],
)
def test_two_keys_that_a_contract_certainly_forbids_are_left_out(
    schema: Any, stored: Any, entrypoint: Any, expected: Any
) -> None:
    """A read does not say that an update keeps them."""
    data = provider_data(Apps(stored), contracts=Fetched(schema), validates_inputs=True)
    current = app_state(entrypoint=entrypoint)
    assert expected == kept_inputs.left_out_equal_keys(data, stored_workflow(stored), current)
