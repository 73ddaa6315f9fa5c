"""Connections: the first run that succeeds creates them, and later runs change them."""

from __future__ import annotations

from typing import Any

import pytest

from provider.sandbox.tenant import Tenant
from tests.support.sandbox_service import (
    APP,
    CREDENTIAL,
    CREDENTIALS,
    QUALIFIED_NAME,
    Clock,
    Service,
    body,
    connection,
    inputs,
)
from tests.unit.sandbox.conftest import OpenTenant

STUB = {"typeName": "Connection", "attributes": {"qualifiedName": QUALIFIED_NAME}}

NOT_SUCCEEDED = ("Pending", "Running", "Paused", "Failed", "Error", "Stopped", "Terminated", "Cancelled", "Skipped")


def _attributes(service: Service) -> dict[str, Any]:
    entity = service.read_connection()
    assert entity is not None
    return entity["attributes"]


def _name(tenant: Tenant) -> str | None:
    entity = tenant.stores.connections.find(QUALIFIED_NAME)
    return entity and entity["attributes"]["name"]


def test_a_connection_exists_from_the_first_run_that_succeeded(service: Service) -> None:
    """Publishing creates no connection; the run does, with the credential that was stored for the workflow."""
    slug = service.slug(inputs=inputs(credential=CREDENTIAL))
    assert service.read_connection() is None
    service.run(slug)
    entity = service.read_connection()
    assert entity is not None
    assert ("Connection", "ACTIVE") == (entity["typeName"], entity["status"])
    assert {
        "qualifiedName": QUALIFIED_NAME,
        "name": "Example",
        "connectorName": "bigquery",
        "adminUsers": ["some-admin"],
        "defaultCredentialGuid": service.args(slug)["credential_guid"],
    } == entity["attributes"]


@pytest.mark.parametrize("status", NOT_SUCCEEDED)
def test_no_other_run_creates_a_connection(service: Service, status: str) -> None:
    """A run with any status except Succeeded creates no connection."""
    service.run(service.slug(), status)
    assert service.read_connection() is None


def test_a_run_that_succeeds_by_time_creates_a_connection(open_tenant: OpenTenant, clock: Clock) -> None:
    """A run that succeeds by time creates its connection, even if the sandbox was restarted in between."""
    tenant = open_tenant(run_seconds=10)
    tenant.workflows.create(body(), "some-admin")
    clock.advance(9.9)
    assert _name(tenant) is None
    tenant.stores.database.close()
    clock.advance(0.1)
    assert "Example" == _name(open_tenant(run_seconds=1000))


def test_a_success_by_time_counts_even_if_the_status_is_set_later(open_tenant: OpenTenant, clock: Clock) -> None:
    """A success counts even if the status is changed before the first read."""
    tenant = open_tenant(run_seconds=10)
    run = tenant.workflows.create(body(), "some-admin")["run_id"]
    clock.advance(10)
    tenant.workflows.set_run_status(run, "Failed")
    assert "Example" == _name(tenant)


@pytest.mark.parametrize(
    ("order", "name"), [(("Example", None), "1700000000"), ((None, "Example"), "Example"), (("A", "B", "A"), "A")]
)
def test_runs_count_in_the_order_of_their_ends(
    open_tenant: OpenTenant, clock: Clock, order: tuple[str | None, ...], name: str
) -> None:
    """If several runs have ended since the last read, the connection has the name from the last one."""
    tenant = open_tenant(run_seconds=10)
    for number, each in enumerate(order):
        given = inputs(connection=connection(name=each))
        tenant.workflows.create({**body(f"Example {number}"), "inputs": given}, "some-admin")
        clock.advance(1)
    clock.advance(10)
    assert name == _name(tenant)


def test_a_run_counts_once(service: Service) -> None:
    """A change after the run is kept, even if the status of the run is set again."""
    run = service.run(service.slug())
    service.sandbox.make_connection(QUALIFIED_NAME, "Changed by hand")
    for status in ("Running", "Succeeded"):
        service.sandbox.set_run(run, status)
    assert "Changed by hand" == _attributes(service)["name"]


def test_a_later_run_overrides_a_connection_and_keeps_its_identity(service: Service) -> None:
    """A run of a second workflow merges its attributes into the stored ones, and needs no admin."""
    service.run(service.slug())
    first = service.read_connection()
    assert first is not None
    renamed = connection(name="Renamed", adminUsers=None)
    slug = service.slug("Other", app_id="bigquery-miner", inputs=inputs(connection=renamed))
    assert first == service.read_connection()
    service.run(slug)
    assert {**first, "attributes": {**first["attributes"], "name": "Renamed"}} == service.read_connection()


def test_a_changed_name_shows_from_the_next_run_that_succeeded(service: Service) -> None:
    """Neither the update itself, nor a failed run, nor a run of the version before renames the connection."""
    slug = service.slug()
    service.run(slug)
    early = service.call("POST", f"{APP}/{slug}/submit").json["run_id"]
    service.put(slug, connection=connection(name="Renamed"))
    names = [_attributes(service)["name"]]
    service.sandbox.set_run(early, "Succeeded")
    names.append(_attributes(service)["name"])
    for status in ("Failed", "Succeeded"):
        service.run(slug, status)
        names.append(_attributes(service)["name"])
    assert ["Example", "Example", "Example", "Renamed"] == names


@pytest.mark.parametrize(("status", "name"), [("Failed", "Example"), ("Succeeded", "1700000000")])
def test_a_run_of_a_stub_renames_the_connection(service: Service, status: str, name: str) -> None:
    """A run of a connection without a name renames it to the last part of its qualified name."""
    service.sandbox.make_connection(QUALIFIED_NAME, "Example", adminUsers=["some-admin"], rowLimit=7)
    slug = service.slug("Miner", app_id="bigquery-miner", inputs=inputs(connection=STUB))
    service.run(slug, status)
    found = _attributes(service)
    assert (name, ["some-admin"], 7) == (found["name"], found["adminUsers"], found["rowLimit"])


def test_a_credential_stored_before_the_first_run_is_the_connections_default(service: Service) -> None:
    """An update without a credential, before the run, keeps the credential."""
    slug = service.slug(inputs=inputs(credential=CREDENTIAL))
    guid = service.args(slug)["credential_guid"]
    service.put(slug, hidden_datasets=True)
    service.run(slug)
    assert guid == _attributes(service)["defaultCredentialGuid"]


def test_a_rotated_credential_is_the_default_from_the_next_run_on(service: Service) -> None:
    """The default credential changes with the next run, as everything else that an update changes."""
    slug = service.slug(inputs=inputs(credential=CREDENTIAL))
    service.run(slug)
    old = _attributes(service)["defaultCredentialGuid"]
    service.put(slug, credential={**CREDENTIAL, "name": "rotated"})
    assert old == _attributes(service)["defaultCredentialGuid"]
    service.run(slug)
    new = _attributes(service)["defaultCredentialGuid"]
    assert old != new
    assert service.args(slug)["credential_guid"] == new


def test_a_credential_that_the_workflow_did_not_store_is_not_its_default(service: Service) -> None:
    """A guid that the inputs name does not become the default credential."""
    guid = service.call("POST", CREDENTIALS, CREDENTIAL).json["id"]
    slug = service.slug(app_id="atlan-dbt", inputs=inputs(api_credential_guid=guid, credential_guid=guid))
    service.run(slug)
    assert "defaultCredentialGuid" not in _attributes(service)


def test_the_attributes_own_credential_wins(service: Service) -> None:
    """A default credential in the connection's attributes has priority over the stored one."""
    sent = connection(defaultCredentialGuid="some-guid")
    service.run(service.slug(inputs=inputs(connection=sent, credential=CREDENTIAL)))
    assert "some-guid" == _attributes(service)["defaultCredentialGuid"]


def test_a_new_connection_needs_an_admin(service: Service) -> None:
    """A published workflow with the same connection does not create it; a run of the workflow does."""
    first = service.slug()
    other = {"inputs": inputs(connection=connection(adminUsers=None))}
    assert 400 == service.create("Other", **other).status
    service.run(first)
    assert 200 == service.create("Other", **other).status


def test_an_admin_role_is_the_guid_of_a_role_of_the_tenant(service: Service) -> None:
    """A name or an unknown guid is refused, unless the connection has it already."""
    named = inputs(connection=connection(adminRoles=["$admin"]))
    answer = service.create(inputs=named)
    assert (400, True) == (answer.status, "adminRoles" in answer.text)
    guid = service.call("GET", "/api/service/roles").json["records"][0]["id"]
    assert 200 == service.create(inputs=inputs(connection=connection(adminRoles=[guid]))).status
    service.sandbox.make_connection(QUALIFIED_NAME, "Example", adminRoles=["$admin"])
    assert 200 == service.create("Other", inputs=named).status


def test_a_deleted_connection_is_still_returned(service: Service) -> None:
    """A run does not change the status of a deleted connection; the control plane does."""
    given = {"attributes": connection()["attributes"]}
    service.call("POST", "/_sandbox/connections", {**given, "status": "DELETED"})
    service.run(service.slug())
    entity = service.read_connection()
    assert (None if entity is None else entity["status"]) == "DELETED"
    assert (
        "ACTIVE"
        == service.call("POST", "/_sandbox/connections", {**given, "status": "ACTIVE"}).json["entity"]["status"]
    )


def test_the_control_plane_saves_a_connection(service: Service) -> None:
    """The connection has the given attributes, and a second call merges others into them."""
    first = service.sandbox.make_connection(QUALIFIED_NAME, "Example", adminUsers=["some-admin"])
    assert {
        "qualifiedName": QUALIFIED_NAME,
        "name": "Example",
        "connectorName": "bigquery",
        "adminUsers": ["some-admin"],
    } == first
    before = service.read_connection()
    assert before is not None
    second = service.sandbox.make_connection(QUALIFIED_NAME, "Renamed", defaultCredentialGuid="some-guid")
    assert {**first, "name": "Renamed", "defaultCredentialGuid": "some-guid"} == second
    assert {**before, "attributes": second} == service.read_connection()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"attributes": {}},
        {"attributes": {"qualifiedName": QUALIFIED_NAME}},
        {"attributes": {"qualifiedName": QUALIFIED_NAME, "name": ""}},
        {"attributes": {"qualifiedName": "bigquery", "name": "Example"}},
        {"attributes": {"qualifiedName": QUALIFIED_NAME, "name": "Example", "adminUsers": "some-admin"}},
        {"attributes": {"qualifiedName": QUALIFIED_NAME, "name": "Example"}, "nonsense": 1},
        {"attributes": {"qualifiedName": QUALIFIED_NAME, "name": "Example"}, "status": "GONE"},
    ],
)
def test_an_invalid_connection_is_refused(service: Service, given: dict[str, Any]) -> None:
    """An invalid body returns a 400 and creates nothing."""
    assert 400 == service.call("POST", "/_sandbox/connections", given).status
    assert service.read_connection() is None
