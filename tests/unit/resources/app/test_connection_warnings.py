"""Warnings about the connection that stays on the tenant."""

import pytest

from provider.framework import PlanContext, Unknown
from provider.resources.app import connection_warnings, private_state
from tests.support.app_resource import CONNECTION, NEW, OWN, SHARED, SLUG, app_context, app_state, summaries

REPLACING = "Replacing a workflow leaves its connection and assets"


def test_a_destroy_names_the_connection_that_stays() -> None:
    """The advice continues with it."""
    ctx = app_context(kind=PlanContext)
    connection_warnings.warn_destroy(ctx, SLUG, CONNECTION)
    (warning,) = ctx.diagnostics.diagnostics
    assert f'qualified_name = "{OWN}"' in warning.detail


def test_a_replacement_by_a_change_warns_in_the_plan() -> None:
    """The delete then says nothing more."""
    ctx = app_context(app_state(asset_connection=NEW), PlanContext)
    ctx.requires_replace = [["name"]]
    connection_warnings.warn_replace(ctx, SLUG, CONNECTION)
    connection_warnings.warn_replaced(ctx, SLUG)
    assert [REPLACING] == summaries(ctx)


def test_a_replacement_by_the_command_line_warns_in_the_delete() -> None:
    """The plan of it cannot."""
    ctx = app_context(app_state(asset_connection=NEW), PlanContext)
    connection_warnings.warn_replace(ctx, SLUG, CONNECTION)
    assert ([], OWN) == (summaries(ctx), private_state.remaining_connection_name(ctx))
    connection_warnings.warn_replaced(ctx, SLUG)
    assert [REPLACING] == summaries(ctx)


def test_a_referenced_connection_is_not_left() -> None:
    """The new workflow continues with it."""
    ctx = app_context(app_state(asset_connection=CONNECTION), PlanContext)
    ctx.requires_replace = [["name"]]
    connection_warnings.warn_replace(ctx, SLUG, CONNECTION)
    assert [] == summaries(ctx)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (OWN, SHARED, f"belong to {SHARED}"),
        (OWN, Unknown, "belong to its own new connection"),
        (OWN, OWN, None),
        (None, OWN, None),
        (OWN, None, None),
    ],
)
def test_an_update_into_another_connection_is_said(before: object, after: object, expected: str | None) -> None:
    """The one of before stays on the tenant."""
    ctx = app_context(app_state(asset_connection=NEW), PlanContext)
    connection_warnings.warn_other_connection(ctx, SLUG, before, after)  # type: ignore[arg-type] - values of a test
    details = [each.detail for each in ctx.diagnostics.diagnostics]
    assert (expected is not None) == bool(details)
    assert expected is None or expected in details[0]


def test_a_connection_in_the_inputs_is_not_named() -> None:
    """A text in the inputs can be sensitive."""
    ctx = app_context(app_state(asset_connection=NEW), PlanContext)
    connection_warnings.warn_other_connection(ctx, SLUG, OWN, "default/bigquery/2", is_in_inputs=True)
    (warned,) = ctx.diagnostics.diagnostics
    assert (False, True) == (OWN in warned.detail, "The one in inputs.connection and the assets" in warned.detail)


def test_a_connection_that_is_not_known_yet_may_be_the_same() -> None:
    """No warning then."""
    ctx = app_context(app_state(asset_connection=Unknown), PlanContext)
    connection_warnings.warn_other_connection(ctx, SLUG, OWN, Unknown)
    assert [] == summaries(ctx)
