"""Keys of a workflow that Terraform cannot distinguish."""

from typing import Any

import pytest

from provider.framework import PlanContext
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


def test_a_configuration_of_equal_keys_is_an_error_on_the_input() -> None:
    """Write-only inputs are checked, too."""
    ctx = app_context(app_state(inputs={"a": {NFC: 1}, "b": 1}, inputs_wo={NFC: 1}), PlanContext)
    found = [*equal_keys.check(ctx, "it", {"a": TWO, **TWO})]
    assert [(["inputs", ("a",)], True), (["inputs_wo", (NFC,)], True)] == [(each.path, each.is_error) for each in found]
    assert [] == [*equal_keys.check(ctx, "it", {"a": {NFD: 1}})]
    assert [] == [*equal_keys.check(ctx, "it", None)]
