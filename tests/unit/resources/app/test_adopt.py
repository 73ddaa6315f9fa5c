"""Adopt a workflow that has the configured name."""

from typing import Any

import pytest

from provider.client.errors import NoAnswer
from provider.framework import PlanContext, Unknown, UserError
from provider.resources.app import adopt
from tests.support.app_resource import (
    NEW,
    OWN,
    REFERENCE,
    SHARED,
    SLUG,
    Workflows,
    app_context,
    app_state,
    stored_workflow,
    summaries,
)

CARRIED = {"connection": {"typeName": "Connection", "attributes": {"qualifiedName": OWN}}}
PLANNED = app_state(asset_connection=NEW)


def test_a_plan_says_which_workflow_will_be_adopted() -> None:
    """And nothing if the name is free."""
    ctx = app_context(kind=PlanContext)
    adopt.find_planned(ctx, Workflows(), PLANNED)  # type: ignore[arg-type] - the methods that it uses
    assert [] == summaries(ctx)
    adopt.find_planned(ctx, Workflows(stored_workflow(CARRIED)), PLANNED)  # type: ignore[arg-type]
    assert [f"{SLUG} will be adopted"] == summaries(ctx)


def test_a_plan_goes_on_if_the_name_cannot_be_looked_up() -> None:
    """The apply looks it up again."""
    ctx, client = app_context(kind=PlanContext), Workflows()
    client.errors = [NoAnswer("no answer in time", method="GET", path="/api/service/v1/app")]
    adopt.find_planned(ctx, client, PLANNED)  # type: ignore[arg-type]
    assert ["The name could not be looked up"] == summaries(ctx)


@pytest.mark.parametrize(
    ("workflow", "planned", "expected"),
    [
        pytest.param(stored_workflow(CARRIED, app_id="other"), PLANNED, "The workflow runs other", id="another app"),
        pytest.param(stored_workflow(), PLANNED, "does not return its inputs", id="hidden inputs"),
        pytest.param(
            stored_workflow({**CARRIED, "credential_guid": "own"}),
            app_state(credential_guid="shared"),
            "its own stored credential",
            id="another credential",
        ),
        pytest.param(
            stored_workflow(CARRIED),
            app_state(asset_connection=REFERENCE),
            f"uses the connection {OWN}",
            id="another connection",
        ),
    ],
)
def test_a_workflow_that_differs_is_not_adopted(workflow: Any, planned: Any, expected: str) -> None:
    """The error says what differs."""
    with pytest.raises(UserError, match=f"{SLUG} cannot be adopted") as raised:
        adopt.find(Workflows(workflow), planned, [SLUG])  # type: ignore[arg-type]
    assert expected in raised.value.detail


@pytest.mark.parametrize("slugs", [[], ["a", "b"]])
def test_one_workflow_must_have_the_name(slugs: list[str]) -> None:
    """Nothing is adopted by chance."""
    with pytest.raises(UserError, match="It is not clear which workflow"):
        adopt.find(Workflows(), PLANNED, slugs)  # type: ignore[arg-type]


def test_an_adoption_is_planned_as_an_update_with_the_connection_of_the_workflow() -> None:
    """Its credential is sent, because no version of it is configured yet."""
    current, planned = adopt.as_update(stored_workflow(CARRIED), PLANNED)
    assert (SLUG, Unknown, NEW) == (current["slug"], current["credential_wo_version"], current["asset_connection"])
    assert {**NEW, "qualified_name": OWN} == planned["asset_connection"]
    assert SHARED != planned["asset_connection"]["qualified_name"]
