"""The refusals of the service that an option turns on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from provider.sandbox.errors import ServiceError
from provider.sandbox.tenant import Tenant
from tests.support.sandbox import Sandbox
from tests.support.sandbox_service import APP, APPS, Clock, Service, body
from tests.unit.sandbox.conftest import OpenTenant

CRON = {"cron": "0 9 * * *"}
ROUTES: dict[str, Callable[[Tenant, str], Any]] = {
    "read": lambda tenant, slug: tenant.workflows.row(slug),
    "update": lambda tenant, slug: tenant.workflows.update(slug, {"inputs": body()["inputs"]}),
    "archive": lambda tenant, slug: tenant.workflows.archive(slug),
    "submit": lambda tenant, slug: tenant.workflows.submit(slug),
    "add schedule": lambda tenant, slug: tenant.workflows.add_schedule(slug, CRON),
    "remove schedule": lambda tenant, slug: tenant.workflows.remove_schedule(slug, "any"),
}


@pytest.mark.parametrize("route", ROUTES)
def test_a_new_slug_is_not_found_for_some_seconds(route: str, open_tenant: OpenTenant, clock: Clock) -> None:
    """Every route of the slug answers 404 and changes nothing. The list already contains the workflow."""
    tenant = open_tenant(fresh_slug_seconds=10)
    created = tenant.workflows.create(body(run=True, schedule=CRON), "admin")
    before = tenant.queries.stored()
    clock.now += 9.9
    with pytest.raises(ServiceError) as raised:
        ROUTES[route](tenant, created["slug"])
    assert 404 == raised.value.status
    assert [created["slug"]] == [each["slug"] for each in tenant.queries.page(None, None, None)["workflows"]]
    assert before[0]["version"] == tenant.queries.stored()[0]["version"]
    assert before[0]["schedules"] == tenant.queries.stored()[0]["schedules"]
    clock.now += 0.1
    tenant.stores.runs.set_status(created["run_id"], "Succeeded")
    assert ROUTES[route](tenant, created["slug"])


def test_a_starting_app_refuses_the_first_requests(open_tenant: OpenTenant) -> None:
    """A description, a contract and a publish count. Nothing is created. Other apps start on their own."""
    tenant = open_tenant(cold_app_requests=2)
    for _ in range(2):
        with pytest.raises(ServiceError, match=r"dial tcp \S+: connect: connection refused") as raised:
            tenant.workflows.create(body(run=False), "admin")
        assert 500 == raised.value.status
    assert [] == tenant.queries.stored()
    assert tenant.workflows.create(body(run=False), "admin")["slug"]
    with pytest.raises(ServiceError, match="connection refused"):
        tenant.stores.apps.reach("snowflake-crawler")
    tenant.reset()
    with pytest.raises(ServiceError, match="connection refused"):
        tenant.workflows.create(body(run=False), "admin")


def test_a_starting_app_refuses_reads_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Over HTTP, with the status and the text of the engine."""
    with Sandbox(tmp_path_factory.mktemp("cold") / "tenant.db", cold_app_requests=2) as sandbox:
        answers = [sandbox.call("GET", f"{APPS}/bigquery-crawler{path}") for path in ("", "/inputs", "", "/inputs")]
    assert [500, 500, 200, 200] == [each.status for each in answers]
    assert "connection refused" in answers[0].json["message"]


def test_a_404_can_have_its_message_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The metadata service keeps its own form, and other errors keep their code."""
    with Sandbox(tmp_path_factory.mktemp("plain") / "tenant.db", not_found_code=False) as sandbox:
        paths = [f"{APP}/x", f"{APP}/runs/x", f"{APPS}/x", f"{APPS}/x/inputs", "/api/service/credentials/x"]
        missing = [sandbox.call("GET", path) for path in paths]
        entity = sandbox.call("GET", "/api/meta/entity/uniqueAttribute/type/Connection?attr:qualifiedName=x")
        refused = Service(sandbox).call("POST", APP, {})
    assert [(404, {"message"})] * 5 == [(each.status, set(each.json)) for each in missing]
    assert (404, {"errorCode", "errorMessage"}) == (entity.status, set(entity.json))
    assert (400, True) == (refused.status, "code" in refused.json)
