"""The warning about a connection that the tenant has already."""

from typing import Any

import pytest

from provider.client.errors import AtlanError, Forbidden, Unauthorized
from provider.framework import PlanContext, Unknown
from provider.resources.app import second_connection
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
from tests.support.provider_data import provider_data

WARNING = "The tenant has a bigquery connection with this name"
PLANNED = {**NEW, "connector_name": "bigquery", "qualified_name": Unknown}


class Known:
    """A list with the qualified names by name and connector. It records what is looked up."""

    def __init__(self, *found: str, error: AtlanError | None = None) -> None:
        self.found = list(found)
        self.error = error
        self.asked: list[tuple[str, str]] = []

    def named(self, name: str, connector: str) -> list[str]:
        self.asked.append((name, connector))
        if self.error is not None:
            raise self.error
        return self.found


def checked(
    known: Known,
    config: Any,
    current: Any,
    planned: Any,
    app_id: Any = APP_ID,
    *,
    replaces: bool = False,
    **private: Any,
) -> Any:
    ctx = app_context(app_state(asset_connection=config), PlanContext, **private)
    ctx.requires_replace = [["name"]] if replaces else []
    data = provider_data(None, connections=known)
    second_connection.check(ctx, data, WorkflowNames(app_id, "prod"), current, planned)
    return ctx


@pytest.mark.parametrize(
    ("config", "planned", "app_id", "expected"),
    [
        pytest.param(NEW, PLANNED, APP_ID, [("analytics", "bigquery")], id="new"),
        pytest.param({**NEW, "name": None}, PLANNED, APP_ID, [("prod", "bigquery")], id="the name of the workflow"),
        pytest.param({**NEW, "connector_name": "glue"}, PLANNED, "own-app", [("analytics", "glue")], id="a connector"),
        pytest.param({**NEW, "name": Unknown}, PLANNED, APP_ID, [], id="an unknown name"),
        pytest.param(NEW, PLANNED, Unknown, [], id="an unknown app"),
        pytest.param(NEW, PLANNED, "own-app", [], id="an unknown connector"),
        pytest.param(REFERENCE, PLANNED, APP_ID, [], id="a reference"),
        pytest.param({**NEW, "qualified_name": Unknown}, PLANNED, APP_ID, [], id="an unknown reference"),
        pytest.param(NEW, CONNECTION, APP_ID, [], id="an existing connection"),
        pytest.param(None, None, APP_ID, [], id="no connection"),
        pytest.param(Unknown, Unknown, APP_ID, [], id="an unknown connection"),
    ],
)
def test_only_a_new_connection_is_looked_up(config: Any, planned: Any, app_id: Any, expected: list[Any]) -> None:
    """Its name and its connector must be known."""
    known = Known(SHARED)
    ctx = checked(known, config, None, planned, app_id)
    assert (expected, len(expected)) == (known.asked, len(summaries(ctx)))


def test_a_replacement_leaves_out_the_connection_in_state() -> None:
    """The plan of the update warns for the create, and has already warned about that connection."""
    known = Known(OWN, SHARED)
    (warned,) = checked(known, NEW, CONNECTION, CONNECTION, replaces=True).diagnostics.diagnostics
    assert (True, False) == (SHARED in warned.detail, OWN in warned.detail)
    assert [] == summaries(checked(Known(OWN), NEW, CONNECTION, CONNECTION, replaces=True))


def test_a_workflow_that_is_gone_leaves_out_its_own_connection() -> None:
    """Its refresh has already warned, and the plan has its private state."""
    known = Known(OWN, SHARED)
    (warned,) = checked(known, NEW, None, PLANNED, own_connection=OWN).diagnostics.diagnostics
    assert (True, False) == (SHARED in warned.detail, OWN in warned.detail)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "q1 exists."), (3, "q1, q2, q3 exist."), (4, "q1, q2, q3 and 1 other exist."), (9, "and 6 others exist.")],
)
def test_a_long_list_is_shortened(number: int, expected: str) -> None:
    """The line to write contains the first one."""
    names = [f"q{each}" for each in range(1, number + 1)]
    (warned,) = checked(Known(*names), NEW, None, PLANNED).diagnostics.diagnostics
    assert (True, True) == (expected in warned.detail, 'asset_connection = { qualified_name = "q1" }' in warned.detail)


def test_a_failed_search_is_a_warning() -> None:
    """The apply may succeed."""
    ctx = checked(Known(error=Forbidden("no", status=403)), NEW, None, PLANNED)
    assert ["Existing connections were not searched"] == summaries(ctx)


def test_an_error_of_the_setup_is_raised() -> None:
    """The apply cannot succeed."""
    with pytest.raises(Unauthorized):
        checked(Known(error=Unauthorized("no", status=401)), NEW, None, PLANNED)
