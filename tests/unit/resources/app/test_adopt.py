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
from tests.support.provider_data import provider_data

CARRIED = {"connection": {"typeName": "Connection", "attributes": {"qualifiedName": OWN}}}
PLANNED = app_state(asset_connection=NEW, adopt_existing=True, adopted=False)
PLANNED_WITHOUT = app_state(asset_connection=None, adopt_existing=True, adopted=False)
ADOPTABLE = Workflows(stored_workflow(CARRIED))
SILENT = Workflows()
SILENT.errors = [NoAnswer("no answer in time", method="GET", path="/api/service/v1/app")]


REPLACES = {"address": "token", "planned_id": SLUG}
POSSIBLE = "The apply may adopt an existing workflow"


@pytest.mark.parametrize(
    ("client", "planned", "private", "data", "expected", "warnings"),
    [
        pytest.param(ADOPTABLE, PLANNED, {}, {}, (True, SLUG), [f"{SLUG} will be adopted"], id="found"),
        pytest.param(Workflows(), PLANNED, {}, {}, (False, None), [], id="not found"),
        pytest.param(ADOPTABLE, PLANNED, REPLACES, {}, (False, None), [], id="a replacement"),
        pytest.param(
            ADOPTABLE,
            PLANNED,
            {**REPLACES, "planned_id": "other"},
            {},
            (False, None),
            [f"A replacement does not adopt {SLUG}"],
            id="a replacement with a taken name",
        ),
        pytest.param(ADOPTABLE, {**PLANNED, "name": Unknown}, {}, {}, (Unknown, None), [POSSIBLE], id="unknown name"),
        pytest.param(ADOPTABLE, PLANNED, {}, {"is_known": False}, (Unknown, None), [POSSIBLE], id="unknown tenant"),
        pytest.param(SILENT, PLANNED, {}, {}, (Unknown, None), [POSSIBLE], id="no answer"),
    ],
)
def test_a_plan_says_what_the_apply_adopts(
    client: Any, planned: Any, private: Any, data: Any, expected: Any, warnings: list[str]
) -> None:
    """The slug is known if a workflow will be adopted."""
    ctx = app_context(kind=PlanContext, **private)
    state, _ = adopt.plan(ctx, provider_data(client, **data), {**planned, "slug": None})
    assert (expected, warnings) == ((state["adopted"], state["slug"]), summaries(ctx))


@pytest.mark.parametrize(("is_managed", "advice"), [(True, "moved {"), (False, "terraform state rm")])
def test_a_replacement_with_a_taken_name_advises_by_its_owner(is_managed: bool, advice: str) -> None:
    """To take a workflow out of state helps only if no other address manages the one that has the name."""
    ctx, data = app_context(kind=PlanContext, **{**REPLACES, "planned_id": "other"}), provider_data(ADOPTABLE)
    if is_managed:
        data.workflows.add_stored(SLUG)
    adopt.plan(ctx, data, PLANNED)
    (found,) = ctx.diagnostics.diagnostics
    assert [advice] == [each for each in ("moved {", "terraform state rm") if each in found.detail]


def test_an_archived_workflow_is_not_adopted() -> None:
    """The list may still contain a workflow that this process archives."""
    ctx, data = app_context(kind=PlanContext), provider_data(ADOPTABLE)
    data.workflows.start_removal(SLUG)
    assert False is adopt.plan(ctx, data, PLANNED)[0]["adopted"]


def test_a_workflow_that_another_address_holds_is_not_adopted() -> None:
    """State contains it."""
    ctx, data = app_context(kind=PlanContext), provider_data(ADOPTABLE)
    data.workflows.add_stored(SLUG)
    adopt.plan(ctx, data, PLANNED)
    assert [f"{SLUG} is already managed by this configuration"] == summaries(ctx)


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
        adopt.find(Workflows(workflow), planned, planned, [SLUG])  # type: ignore[arg-type]
    assert expected in raised.value.detail


@pytest.mark.parametrize("name", ["inputs", "inputs_wo"])
@pytest.mark.parametrize(
    ("connection", "expected"),
    [
        pytest.param({"attributes": {"qualifiedName": OWN}}, None, id="the same"),
        pytest.param(f'{{"attributes": {{"qualifiedName": "{OWN}"}}}}', None, id="the same as JSON text"),
        pytest.param({"attributes": {"qualifiedName": SHARED}}, "another one in the input connection", id="another"),
        pytest.param({"attributes": {"name": "new"}}, "another one in the input connection", id="without an identity"),
        pytest.param({"attributes": {"name": "new", "qualifiedName": Unknown}}, None, id="not known yet"),
        pytest.param({"attributes": Unknown}, None, id="unknown attributes"),
        pytest.param(Unknown, None, id="unknown"),
        pytest.param(None, None, id="null"),
    ],
)
def test_a_raw_connection_is_compared_with_that_of_the_workflow(name: str, connection: Any, expected: Any) -> None:
    """Its texts are not shown."""
    config = app_state(**{name: {"connection": connection}})
    client: Any = Workflows(stored_workflow(CARRIED))
    if expected is None:
        assert SLUG == adopt.find(client, config, PLANNED_WITHOUT, [SLUG]).slug
        return
    with pytest.raises(UserError) as raised:
        adopt.find(client, config, PLANNED_WITHOUT, [SLUG])
    assert expected in raised.value.detail
    assert SHARED not in raised.value.detail


@pytest.mark.parametrize("slugs", [[], ["a", "b"]])
def test_one_workflow_must_have_the_name(slugs: list[str]) -> None:
    """Nothing is adopted by chance."""
    with pytest.raises(UserError, match="It is not clear which workflow"):
        adopt.find(Workflows(), PLANNED, PLANNED, slugs)  # type: ignore[arg-type]


def test_an_adoption_is_planned_as_an_update_with_the_connection_of_the_workflow() -> None:
    """Its credential is sent, because no version of it is configured yet."""
    current, planned = adopt.as_update(stored_workflow(CARRIED), PLANNED)
    assert (SLUG, Unknown, NEW) == (current["slug"], current["credential_wo_version"], current["asset_connection"])
    assert {**NEW, "qualified_name": OWN} == planned["asset_connection"]
    assert SHARED != planned["asset_connection"]["qualified_name"]
