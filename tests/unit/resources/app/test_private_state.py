"""The private state of a workflow."""

from typing import Any

import pytest

from provider.framework import PlanContext
from provider.resources.app import private_state
from tests.support.app_resource import CONNECTION, NEW, OWN, REFERENCE, SHARED, app_context, app_state


def test_a_publish_ends_what_an_import_and_a_plan_have_recorded() -> None:
    """Only the version and the paths of write-only inputs stay, without values."""
    ctx = app_context(app_state(inputs_wo={"a": {"token": "t"}}), kind=PlanContext)
    private_state.remember_import(ctx, 6, ["b"])
    private_state.remember_remaining_connection(ctx, OWN)
    private_state.remember_read(ctx, 6)
    private_state.remember_publish(ctx, 7)
    assert {"version": 7, "write_only_paths": [["a", "token"]]} == ctx.private


def test_the_times_of_the_create_and_of_the_last_publish_are_recorded() -> None:
    """A later publish does not change the time of the create."""
    ctx = app_context()
    assert (None, None) == (private_state.published_at(ctx), private_state.created_at(ctx))
    private_state.remember_publish_time(ctx, 1.5, is_created=True)
    private_state.remember_publish_time(ctx, 2.5, is_created=False)
    assert (2.5, 1.5) == (private_state.published_at(ctx), private_state.created_at(ctx))


def test_a_read_is_of_one_version_and_one_revision_of_the_schema() -> None:
    """Another version or revision is not proven."""
    ctx = app_context()
    private_state.remember_read(ctx, 7)
    assert (True, False, False) == tuple(private_state.was_read(ctx, each) for each in (7, 8, None))
    ctx.private["read_revision"] = "another"
    assert not private_state.was_read(ctx, 7)


@pytest.mark.parametrize(
    ("configured", "published", "before", "expected"),
    [
        pytest.param(NEW, CONNECTION, {}, {"own_connection": OWN}, id="its own"),
        pytest.param(
            REFERENCE,
            {**CONNECTION, "qualified_name": SHARED},
            {"own_connection": OWN},
            {"own_connection": OWN, "referenced_connections": [SHARED]},
            id="a referenced one beside its own",
        ),
        pytest.param(None, CONNECTION, {"own_connection": OWN}, {"own_connection": OWN}, id="the one of before"),
        pytest.param(
            None, None, {"own_connection": OWN, "referenced_connections": [SHARED]}, {}, id="a raw input ends it"
        ),
    ],
)
def test_a_publish_records_its_connection(configured: Any, published: Any, before: Any, expected: Any) -> None:
    """As its own, or as a referenced one."""
    ctx = app_context(app_state(asset_connection=configured), **before)
    private_state.remember_connection(ctx, published)
    assert expected == ctx.private


def test_a_reference_is_recorded_before_it_is_published() -> None:
    """The answer to the publish may be lost."""
    ctx = app_context(app_state(asset_connection=REFERENCE), kind=PlanContext)
    private_state.remember_reference(ctx)
    assert [SHARED] == private_state.referenced_connection_names(ctx)


def test_a_stored_credential_stays_the_workflows_own() -> None:
    """The service keeps it through every update."""
    ctx = app_context()
    assert not private_state.has_own_credential(ctx)
    private_state.remember_own_credential(ctx)
    private_state.remember_publish(ctx, 7)
    assert private_state.has_own_credential(ctx)
