"""The connection in a plan."""

from typing import Any

import pytest

from provider.framework import PlanContext, Unknown
from provider.resources.app import plan_connection
from provider.resources.app.plan_connection import WorkflowNames
from tests.support.app_resource import (
    APP_ID,
    CONNECTION,
    NEW,
    OWN,
    REFERENCE,
    SHARED,
    app_context,
    app_state,
    summaries,
)

UNKNOWN = dict.fromkeys(CONNECTION, Unknown)
NAMES = WorkflowNames(APP_ID, "prod")


def planned_update(configured: Any, held: Any, planned: Any = None, **private: Any) -> Any:
    ctx = app_context(app_state(asset_connection=configured), PlanContext, **private)
    after = configured if planned is None else planned
    return plan_connection.plan_update(ctx, held, held, after, NAMES)


@pytest.mark.parametrize(
    ("configured", "planned", "expected"),
    [
        (None, UNKNOWN, None),
        (Unknown, Unknown, Unknown),
        (NEW, {**NEW, "qualified_name": Unknown}, {**NEW, "qualified_name": Unknown, "connector_name": "bigquery"}),
        (REFERENCE, REFERENCE, {**REFERENCE, "connector_name": "bigquery"}),
        (
            {**NEW, "qualified_name": Unknown},
            {**NEW, "qualified_name": Unknown},
            {**NEW, "qualified_name": Unknown, "connector_name": Unknown},
        ),
    ],
    ids=["none", "unknown", "new", "a reference", "a reference that is not known yet"],
)
def test_a_new_workflow_has_the_configured_connection(configured: Any, planned: Any, expected: Any) -> None:
    """With its connector, if it is known."""
    ctx = app_context(app_state(asset_connection=configured), PlanContext)
    assert expected == plan_connection.plan_create(ctx, planned, NAMES, may_adopt=False)
    assert [] == summaries(ctx)


@pytest.mark.parametrize(
    ("given", "app_id", "expected"),
    [
        ({"name": None}, APP_ID, []),
        ({"admin_users": None}, APP_ID, ["asset_connection has no admin"]),
        ({}, "my-own-app", ["asset_connection.connector_name is missing"]),
    ],
)
def test_a_new_connection_requires_an_admin_and_a_connector(given: Any, app_id: str, expected: list[str]) -> None:
    """It gets the name of the workflow, if none is configured, on a create and on an update."""
    configured = {**NEW, **given}
    names, config = WorkflowNames(app_id, "prod"), app_state(asset_connection=configured)
    created, updated = app_context(config, PlanContext), app_context(config, PlanContext)
    after = plan_connection.plan_create(created, {**configured, "qualified_name": Unknown}, names, may_adopt=False)
    plan_connection.plan_update(updated, None, None, configured, names)
    assert (expected, expected) == (summaries(created), summaries(updated))
    assert (configured["name"] or "prod") == after["name"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("configured", "inputs", "expected"),
    [
        (None, None, Unknown),
        (None, {"connection": {}}, None),
        (NEW, None, UNKNOWN),
    ],
    ids=["none", "raw", "a name"],
)
def test_a_connection_is_unknown_if_the_apply_may_adopt(configured: Any, inputs: Any, expected: Any) -> None:
    """The workflow to adopt has a connection that is not known yet, so nothing is required."""
    ctx = app_context(app_state(asset_connection=configured, inputs=inputs), PlanContext)
    planned = UNKNOWN if configured else None
    assert expected == plan_connection.plan_create(ctx, planned, NAMES, may_adopt=True)
    assert [] == summaries(ctx)


@pytest.mark.parametrize(
    ("configured", "inputs", "expected"),
    [
        (None, None, {**UNKNOWN, "qualified_name": OWN, "connector_name": "bigquery"}),
        (None, {"connection": {}}, None),
        (
            NEW,
            None,
            {**UNKNOWN, "name": "analytics", "admin_users": ["admin"], "qualified_name": OWN}
            | {"connector_name": "bigquery"},
        ),
        (
            {**NEW, "qualified_name": Unknown, "connector_name": Unknown},
            None,
            {**UNKNOWN, "name": "analytics", "admin_users": ["admin"]},
        ),
    ],
    ids=["none", "raw", "a name", "an identity that is not known yet"],
)
def test_an_adopted_workflow_keeps_its_connection(configured: Any, inputs: Any, expected: Any) -> None:
    """Its identity is known. Attributes that are not configured are read in the apply."""
    ctx = app_context(app_state(asset_connection=configured, inputs=inputs), PlanContext)
    assert expected == plan_connection.plan_adopted(ctx, OWN)


def test_a_connection_that_means_the_same_has_the_configured_order_of_admins() -> None:
    """The plan of the workflow decides whether the order in state stays."""
    held = {**CONNECTION, "admin_users": ["a", "b"]}
    assert {**held, "admin_users": ["b", "a"]} == planned_update({**NEW, "admin_users": ["b", "a"]}, held)


def test_a_configured_attribute_changes_the_workflows_own_connection() -> None:
    """Its identity stays."""
    assert {**CONNECTION, "name": "renamed"} == planned_update({**NEW, "name": "renamed"}, CONNECTION)


def test_a_reference_leads_to_another_connection() -> None:
    """Its other attributes are not known yet."""
    found = planned_update(REFERENCE, CONNECTION)
    assert (SHARED, "bigquery", Unknown) == (found["qualified_name"], found["connector_name"], found["name"])


def test_a_workflow_that_stops_referencing_gets_its_own_connection_again() -> None:
    """Or a new one, if it had none."""
    held = {**CONNECTION, "qualified_name": SHARED}
    assert OWN == planned_update(NEW, held, own_connection=OWN, referenced_connections=[SHARED])["qualified_name"]
    assert Unknown is planned_update(NEW, held, referenced_connections=[SHARED])["qualified_name"]


def test_a_connection_that_is_no_longer_configured_stays() -> None:
    """Nothing is unmanaged by accident."""
    assert CONNECTION == planned_update(None, CONNECTION)


def test_the_connector_of_the_identity_cannot_change() -> None:
    """The error says how to create the workflow again."""
    ctx = app_context(app_state(asset_connection={**NEW, "connector_name": "snowflake"}), PlanContext)
    plan_connection.plan_update(ctx, CONNECTION, CONNECTION, ctx.config["asset_connection"], APP_ID)
    (error,) = ctx.diagnostics.diagnostics
    assert "is not a snowflake connection" in error.summary
    assert plan_connection.RECREATE_ADVICE in error.detail


@pytest.mark.parametrize(
    ("configured", "private", "expected"),
    [
        (REFERENCE, {}, {"name": Unknown, "admin_users": Unknown, "admin_groups": Unknown, "admin_roles": Unknown}),
        (
            {**REFERENCE, "name": "a"},
            {},
            {"name": "a", "admin_users": Unknown, "admin_groups": Unknown, "admin_roles": Unknown},
        ),
        (NEW, {}, {"admin_groups": Unknown, "admin_roles": Unknown}),
        (None, {}, dict.fromkeys(("name", *plan_connection.ADMINS), Unknown)),
    ],
    ids=["a reference", "with a name", "its own", "not configured"],
)
def test_stored_attributes_are_not_known_before_the_apply_reads_them(
    configured: Any, private: Any, expected: Any
) -> None:
    """Configured ones are known."""
    planned = {**CONNECTION, **{name: value for name, value in (configured or {}).items() if value is not None}}
    ctx = app_context(app_state(asset_connection=configured), PlanContext, **private)
    assert {**planned, **expected} == plan_connection.with_unknown_attributes(ctx, planned)


def test_a_connection_that_the_apply_creates_has_the_planned_name() -> None:
    """The tenant stores nothing of it."""
    planned = {**CONNECTION, "qualified_name": Unknown}
    ctx = app_context(app_state(asset_connection={**NEW, "name": None}), PlanContext)
    assert planned == plan_connection.with_unknown_attributes(ctx, planned)


@pytest.mark.parametrize(
    ("inputs", "inputs_wo", "expected"),
    [
        ({"connection": {}}, None, True),
        (None, {"connection": Unknown}, True),
        (Unknown, None, True),
        ({"connection": None}, {"connection": None}, False),
        ({}, None, False),
    ],
)
def test_a_null_connection_in_inputs_is_none(inputs: Any, inputs_wo: Any, expected: bool) -> None:
    """Unknown inputs may contain one."""
    ctx = app_context(app_state(inputs=inputs, inputs_wo=inputs_wo), PlanContext)
    assert expected == plan_connection.may_be_raw(ctx)
