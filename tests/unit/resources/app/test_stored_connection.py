"""The connection that an apply publishes."""

from typing import Any

import pytest

from provider.client.entities import ConnectionEntity
from provider.client.errors import NoAnswer, NotFound
from provider.framework import Unknown, UserError
from provider.resources.app.stored_connection import resolve
from tests.support.app_resource import NEW, OWN, REFERENCE, SHARED, Workflows, app_context, app_state

PLANNED = {**NEW, "qualified_name": Unknown, "connector_name": "bigquery"}
CARRIED = {"qualifiedName": OWN, "name": "analytics", "rowLimit": 1}
STORED = {"qualifiedName": SHARED, "name": "shared", "rowLimit": 2, "popularityScore": 1.5}


def resolved(planned: Any, carried: Any, client: Any = None, **private: Any) -> Any:
    ctx = app_context(app_state(asset_connection=planned), **private)
    return resolve(ctx, client or Workflows(), planned, carried)


def test_a_new_connection_gets_a_new_qualified_name() -> None:
    """Nothing is stored of it."""
    connection, stored = resolved({**PLANNED, "qualified_name": None}, {})
    assert connection["qualified_name"].startswith("default/bigquery/")
    assert {} == stored


def test_a_workflow_keeps_its_own_connection_and_its_settings() -> None:
    """The planned name may be unknown."""
    ctx = app_context(app_state(asset_connection=NEW))
    connection, stored = resolve(ctx, Workflows(), PLANNED, CARRIED)  # type: ignore[arg-type] - the methods that it uses
    assert (OWN, CARRIED) == (connection["qualified_name"], stored)


UI = {"qualifiedName": OWN, "name": "renamed", "adminGroups": ["analysts"], "defaultCredentialGuid": "stale"}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("ACTIVE", {**CARRIED, "name": "renamed", "adminGroups": ["analysts"], "defaultCredentialGuid": "published"}),
        ("DELETED", {**CARRIED, "defaultCredentialGuid": "published"}),
    ],
)
def test_an_own_connection_that_exists_is_sent_as_the_tenant_stores_it(status: str, expected: Any) -> None:
    """The published credential stays, because the next run stores it. An archived connection is published again."""
    client: Any = Workflows(connection=ConnectionEntity(status=status, attributes=UI))
    ctx = app_context(app_state(asset_connection=NEW))
    assert expected == resolve(ctx, client, PLANNED, {**CARRIED, "defaultCredentialGuid": "published"}).stored


def test_an_own_connection_that_cannot_be_read_is_an_error() -> None:
    """A publish might rename it."""
    client: Any = Workflows()
    client.errors = [NoAnswer("no answer in time", method="GET", path="/")]
    with pytest.raises(UserError, match=f"{OWN} could not be read"):
        resolve(app_context(app_state(asset_connection=NEW)), client, PLANNED, CARRIED)


def test_a_workflow_does_not_keep_a_connection_that_it_only_referenced() -> None:
    """A new one is created."""
    ctx = app_context(app_state(asset_connection=NEW), referenced_connections=[OWN])
    connection, stored = resolve(ctx, Workflows(), PLANNED, CARRIED)  # type: ignore[arg-type]
    assert OWN != connection["qualified_name"]
    assert {} == stored


def test_a_referenced_connection_is_sent_with_its_stored_settings() -> None:
    """Without its analytics."""
    client = Workflows(connection=ConnectionEntity(status="ACTIVE", attributes=STORED))
    _, stored = resolved(REFERENCE, {}, client)
    assert {"qualifiedName": SHARED, "name": "shared", "rowLimit": 2} == stored


def test_a_referenced_connection_that_no_run_has_made_is_sent_as_it_is_carried() -> None:
    """The workflow carries it already."""
    client = Workflows()
    client.errors = [NotFound("no such entity", method="GET", path="/api/meta/entity")]
    carried = {"qualifiedName": SHARED, "name": "carried"}
    assert carried == resolved(REFERENCE, carried, client).stored


@pytest.mark.parametrize(
    ("error", "found", "expected"),
    [
        (NotFound("no such entity", method="GET", path="/"), None, "could not be read"),
        (NoAnswer("no answer in time", method="GET", path="/"), None, "could not be read"),
        (None, ConnectionEntity(status="DELETED", attributes=STORED), "is archived"),
        (None, ConnectionEntity(status="ACTIVE", attributes={"qualifiedName": SHARED}), "has no stored name"),
    ],
    ids=["missing", "no answer", "archived", "nameless"],
)
def test_a_reference_that_cannot_be_used_is_an_error(error: Any, found: Any, expected: str) -> None:
    """A run without the stored name would rename the connection."""
    client = Workflows(connection=found)
    client.errors = [error] if error else []
    with pytest.raises(UserError, match=expected) as raised:
        resolved(REFERENCE, {}, client)
    assert ["asset_connection", "qualified_name"] == raised.value.path
