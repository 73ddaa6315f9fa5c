"""The warning about inputs of an imported workflow that are not configured."""

from typing import Any

import pytest

from provider.framework import PlanContext, Unknown
from provider.resources.app import imported_inputs
from tests.support.app_resource import app_context, app_state


@pytest.mark.parametrize(
    ("configured", "private", "names"),
    [
        pytest.param(None, {}, ["a", "b"], id="no inputs"),
        pytest.param({"a": 1}, {}, ["b"], id="one is configured"),
        pytest.param({"a": 1, "b": None}, {}, ["b"], id="null is not configured"),
        pytest.param({"b": 1}, {"left_out_inputs": ["a"]}, [], id="left out by the apply"),
        pytest.param(Unknown, {}, [], id="not known yet"),
    ],
)
def test_imported_inputs_that_are_not_configured_are_named(configured: Any, private: Any, names: list[str]) -> None:
    """A publish removes the record, so the warning is given once."""
    current = app_state(inputs={"a": 1, "b": 2})
    ctx = app_context({**current, "inputs": configured}, PlanContext)
    ctx.private.update({"imported_inputs": ["a", "b"], **private})
    imported_inputs.warn_kept(ctx, current)
    expected = [f"Imported and not configured: {', '.join(names)}"] if names else []
    assert expected == [each.summary for each in ctx.diagnostics.diagnostics]
