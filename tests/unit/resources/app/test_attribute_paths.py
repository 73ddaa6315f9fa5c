"""The attribute from which a published input comes."""

from typing import Any

import pytest

from provider.resources.app.attribute_paths import attribute_location, attribute_path, contains
from tests.support.app_resource import CONNECTION, app_state


@pytest.mark.parametrize(
    ("config", "path", "expected"),
    [
        ({}, [], ["inputs"]),
        ({"inputs": {"a": 1}}, ["a"], ["inputs", ("a",)]),
        ({"inputs": {"a": 1}}, ["b"], ["inputs"]),
        ({"inputs_wo": {"a": {"b": 1}}}, ["a", "b"], ["inputs_wo", ("a",)]),
        ({"inputs": {"a": {"c": 1}}, "inputs_wo": {"a": '{"b": 1}'}}, ["a", "b"], ["inputs_wo", ("a",)]),
        ({"inputs": {"a": 1}, "inputs_wo": {"a": None}}, ["a"], ["inputs", ("a",)]),
        ({"inputs": {"a": None}, "inputs_wo": {"a": 1}}, ["a"], ["inputs_wo", ("a",)]),
        ({"inputs": {"a": None}, "inputs_wo": {"a": None}}, ["a"], ["inputs", ("a",)]),
        ({"inputs_wo": {"a": None}}, ["a"], ["inputs_wo", ("a",)]),
        (
            {"asset_connection": CONNECTION},
            ["connection", "attributes", "adminUsers"],
            ["asset_connection", "admin_users"],
        ),
        ({"credential_wo": {"port": 1}}, ["credential", "port"], ["credential_wo", "port"]),
        ({"credential_guid": "g"}, ["credential_guid"], ["credential_guid"]),
    ],
)
def test_an_input_comes_from_one_attribute(config: Any, path: Any, expected: Any) -> None:
    """A value counts before a null, and inputs_wo before inputs."""
    assert expected == attribute_path(app_state(**{"asset_connection": None, **config}), path)


def test_a_location_in_a_body_becomes_that_of_an_attribute() -> None:
    """A location outside the inputs stays."""
    config = app_state(inputs={"a": 1}, asset_connection=None)
    assert ("inputs", "a") == attribute_location(config, ("inputs", "a"))
    assert ("name",) == attribute_location(config, ("name",))


@pytest.mark.parametrize(
    ("value", "path", "expected"),
    [
        ({"a": 1}, ["a"], True),
        ({"a": '{"b": 1}'}, ["a", "b"], True),
        ({"a": None}, ["a"], False),
        ({"a": {"b": None}}, ["a", "b"], False),
        ({"a": [1]}, ["a", 0], False),
        ({"a": 1}, [], False),
        (None, ["a"], False),
    ],
)
def test_inputs_contain_a_value_and_not_a_null(value: Any, path: Any, expected: bool) -> None:
    """A publish leaves out a null."""
    assert expected == contains(value, path)
