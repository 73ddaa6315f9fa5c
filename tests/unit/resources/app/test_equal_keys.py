"""Keys of a workflow that Terraform cannot distinguish."""

from typing import Any

import pytest

from provider.framework import PlanContext, Unknown
from provider.model.payload import Stored
from provider.resources.app import equal_keys
from tests.support.app_resource import app_context, app_state, stored_workflow, summaries

NFD, NFC = "n\u0303", "\u00f1"
TWO = {NFD: 1, NFC: 2}


@pytest.mark.parametrize(
    ("stored", "configured", "names"),
    [
        pytest.param(TWO, {}, NFC, id="inputs"),
        pytest.param({"a": TWO}, {"a": {}}, "a", id="in a configured input"),
        pytest.param({"a": TWO}, {}, None, id="in an input that is not managed"),
        pytest.param({"a": TWO}, None, "a", id="in an import"),
        pytest.param({NFD: NFD}, None, None, id="another form"),
        pytest.param(None, None, None, id="hidden inputs"),
    ],
)
def test_a_read_warns_about_equal_keys(stored: Any, configured: Any, names: str | None) -> None:
    """Only about keys that concern the configuration."""
    ctx = app_context()
    workflow = stored_workflow(stored)
    assert (names is not None) == equal_keys.warn(ctx, workflow, configured)
    expected = [f"{workflow.slug} has two keys that are one in Terraform: {names}"] if names else []
    assert expected == summaries(ctx)


@pytest.mark.parametrize(
    ("stored", "managed", "expected"),
    [
        pytest.param({"a": TWO, **TWO}, {}, [["inputs", ("a",)], ["inputs_wo", (NFC,)]], id="configured"),
        pytest.param({"l": [{"b": 1, **TWO}]}, {}, [], id="an unchanged element of a list"),
        pytest.param({"l": [{"b": 2, **TWO}]}, {}, [["inputs", ("l",)]], id="a changed element of a list"),
        pytest.param({"both": {"b": TWO, "c": TWO}}, {}, [], id="beside what both attributes configure"),
        pytest.param({"gone": {"b": TWO}}, {"gone": {}}, [["inputs", ("gone",)]], id="left the configuration"),
        pytest.param({"gone": {"b": TWO}}, {}, [], id="never managed"),
        pytest.param({"a": {NFD: 1}}, {}, [], id="another form"),
        pytest.param(None, {}, [], id="hidden inputs"),
    ],
)
def test_an_input_that_would_change_equal_keys_is_an_error(stored: Any, managed: Any, expected: Any) -> None:
    """Write-only inputs are checked, too."""
    inputs = {"a": {NFC: 1}, "l": [{"b": 1}], "both": {"b": {}}}
    ctx = app_context(app_state(inputs=inputs, inputs_wo={NFC: 1, "both": {"c": {}}}), PlanContext)
    found = [*equal_keys.check(ctx, "it", Stored(inputs=stored, managed=managed))]
    assert [(path, True) for path in expected] == [(each.path, each.is_error) for each in found]


def test_an_input_that_is_not_known_is_not_refused() -> None:
    """The apply knows the value."""
    for inputs in (Unknown, {"a": Unknown}, {"a": [Unknown]}):
        ctx = app_context(app_state(inputs=inputs), PlanContext)
        stored = Stored(inputs={"a": [TWO]}, managed={"a": []})
        assert [] == [*equal_keys.check(ctx, "it", stored)]


def test_null_in_a_list_is_reported_elsewhere() -> None:
    """The merge of the two attributes fails."""
    ctx = app_context(app_state(inputs={"a": [None]}), PlanContext)
    assert [] == [*equal_keys.check(ctx, "it", Stored(inputs={"a": TWO}))]
