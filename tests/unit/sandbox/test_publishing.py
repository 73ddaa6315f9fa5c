"""Publishing: versions, their runs, and the inputs that are refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.sandbox_service import (
    APP,
    QUALIFIED_NAME,
    Clock,
    Service,
    body,
    connection,
    inputs,
)
from tests.unit.sandbox.conftest import OpenTenant


def test_versions_increase_within_a_second(open_tenant: OpenTenant, clock: Clock) -> None:
    """A version is the epoch second, or one more than the last version if that is higher."""
    tenant = open_tenant()
    slug = tenant.workflows.create(body(run=False), "some-admin")["slug"]
    versions = [tenant.workflows.update(slug, {"inputs": inputs()})["version"] for _ in range(3)]
    clock.advance(60)
    versions.append(tenant.workflows.update(slug, {"inputs": inputs()})["version"])
    assert [1_700_000_001, 1_700_000_002, 1_700_000_003, 1_700_000_060] == versions


@pytest.mark.parametrize(("named", "outcome"), [(True, "Succeeded"), (False, "Failed")])
def test_the_outcome_of_a_run_after_an_update(open_tenant: OpenTenant, clock: Clock, named: bool, outcome: str) -> None:
    """The runs of an update without the qualified name end with Failed."""
    tenant = open_tenant()
    slug = tenant.workflows.create(body(run=False), "some-admin")["slug"]
    more = {"connection_qualified_name": QUALIFIED_NAME} if named else {}
    tenant.workflows.update(slug, {"inputs": inputs(**more)})
    run = tenant.workflows.submit(slug)["run_id"]
    clock.advance(5)
    assert outcome == tenant.stores.runs.read(run)["status"]


@pytest.mark.parametrize(
    ("change", "location"),
    [
        ({"name": ""}, "body.name"),
        ({"name": "   "}, "body.name"),
        ({"name": None}, "body.name"),
        ({"app_id": 7}, "body.app_id"),
        ({"inputs": "text"}, "body.inputs"),
        ({"entrypoint": None}, "body.entrypoint"),
        ({"run": None}, "body.run"),
        ({"run": "false"}, "body.run"),
        ({"schedule": None}, "body.schedule"),
        ({"nonsense": 1}, "body"),
        ({"schedule": {"cron": "0 9 * * *", "timezone": None}}, "schedule.timezone"),
        ({"schedule": {"cron": "nonsense"}}, "schedule.cron"),
        ({"inputs": inputs(credential_guid=None)}, "inputs.credential_guid"),
        ({"inputs": inputs(connection=None)}, "inputs.connection"),
        ({"inputs": inputs(connection="not JSON")}, "inputs.connection"),
        ({"inputs": inputs(connection={"typeName": "Table", "attributes": {}})}, "inputs.connection.typeName"),
        ({"inputs": inputs(connection=connection("bigquery"))}, "inputs.connection.attributes.qualifiedName"),
        ({"inputs": inputs(connection=connection(adminUsers=None))}, "inputs.connection.attributes"),
        ({"inputs": inputs(credential={"authType": "basic"})}, "inputs.credential"),
    ],
)
@BOTH_CONTRACTS
def test_what_a_create_refuses(service: Service, change: dict[str, Any], location: str) -> None:
    """An invalid create returns a 400 with the location, and changes nothing."""
    answer = service.create(**change)
    assert 400 == answer.status
    assert location in [cause["location"] for cause in answer.json["causes"]]
    assert [] == service.sandbox.workflows()


@BOTH_CONTRACTS
def test_only_a_closed_contract_refuses_other_inputs_and_requires_a_connection(
    service: Service, contracts: str
) -> None:
    """An open contract accepts both, and a run without a connection fails."""
    status = {"closed": 400, "open": 200}[contracts]
    assert status == service.create("unknown", inputs=inputs(no_such_input=1)).status
    assert status == service.create("missing", inputs={}).status


def test_a_run_without_a_connection_fails(open_tenant: OpenTenant, clock: Clock) -> None:
    """Nothing is crawled without a connection, and a read contains none."""
    tenant = open_tenant()
    slug = tenant.workflows.create(body(run=False, inputs={}), "some-admin")["slug"]
    run = tenant.workflows.submit(slug)["run_id"]
    clock.advance(5)
    assert "Failed" == tenant.stores.runs.read(run)["status"]
    assert "connection" not in tenant.queries.workflow(tenant.workflows.row(slug))["dag"]["extract"]["inputs"]["args"]


@pytest.mark.parametrize("app_id", ["no-such-app", "legacy-crawler", "../contracts", ""])
def test_an_app_that_cannot_be_used_here_is_not_found(service: Service, app_id: str) -> None:
    """A create for an unknown app, or for one without a native contract, returns a 404."""
    answer = service.create(app_id=app_id)
    assert (404, {"code", "message"}) == (answer.status, answer.json.keys())


@pytest.mark.parametrize(
    ("app_id", "entrypoint"),
    [
        ("bigquery-crawler", "nonsense"),
        ("bigquery-crawler", ""),
        ("atlan-athena", "crawler"),
        ("atlan-cloudsql-postgres", "crawler"),
    ],
)
def test_an_entrypoint_without_a_contract_says_1003(service: Service, app_id: str, entrypoint: str) -> None:
    """An unknown or empty entrypoint, and one without its own contract, return the code 1003."""
    created = service.create(app_id=app_id, entrypoint=entrypoint)
    slug = service.slug(app_id=app_id)
    updated = service.call("PUT", f"{APP}/{slug}", {"inputs": inputs(), "entrypoint": entrypoint})
    assert [(400, 1003)] * 2 == [(answer.status, answer.json["code"]) for answer in (created, updated)]
