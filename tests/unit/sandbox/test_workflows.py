"""Create, update and archive workflows: what changes, and what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from provider.sandbox.errors import ServiceError
from provider.sandbox.tenant import Tenant
from tests.support.sandbox_service import (
    APP,
    Clock,
    Service,
    body,
    inputs,
)
from tests.unit.sandbox.conftest import OpenTenant


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("BigQuery (prod)", "bigquery-prod"),
        ("  spaced  out  ", "spaced-out"),
        ("Zürich", "zurich"),
        ("日本語", "workflow"),
        ("x" * 300, "x" * 64),
    ],
)
def test_the_slug_is_made_from_the_name(service: Service, name: str, stem: str) -> None:
    """The slug consists of the name's letters and digits, and six random characters."""
    assert re.fullmatch(rf"{stem}-[A-Za-z0-9]{{6}}", service.slug(name))


def test_a_create_returns_what_it_created(service: Service) -> None:
    """The response contains a run unless the body declines it, a trigger only with a schedule, and always the mode."""
    given = {"schedule": {"cron": "0 9 * * *", "timezone": "UTC"}}
    full = service.call("POST", APP, body(**given)).json
    bare = service.create("Other").json
    assert {"slug", "version", "execution_mode", "run_id", "schedule_trigger_id"} == full.keys()
    assert {"slug", "version", "execution_mode"} == bare.keys()
    assert "native" == bare["execution_mode"]


def test_an_archived_workflow_is_gone_and_frees_its_name(service: Service) -> None:
    """An archived workflow returns a 404 in the service's form for every operation, and its name can be used again."""
    slug = service.slug()
    service.call("POST", f"{APP}/{slug}/schedule", {"cron": "0 9 * * *"})
    assert {"slug": slug, "archived": True} == service.call("DELETE", f"{APP}/{slug}").json
    gone = [
        service.get(slug),
        service.put(slug),
        service.call("DELETE", f"{APP}/{slug}"),
        service.call("POST", f"{APP}/{slug}/submit"),
        service.call("POST", f"{APP}/{slug}/schedule", {"cron": "0 9 * * *"}),
        service.call("DELETE", f"{APP}/{slug}/schedule/any"),
    ]
    assert [404] * 6 == [answer.status for answer in gone]
    assert all({"code", "message"} == answer.json.keys() for answer in gone)
    assert [] == service.page()["workflows"]
    stored = service.sandbox.workflows()[0]
    assert (True, []) == (stored["archived"], stored["schedules"])
    assert slug != service.slug()


def test_an_update_replaces_the_inputs_and_keeps_the_owner(service: Service) -> None:
    """An update replaces all inputs, keeps the owner, and increases the version."""
    slug = service.slug(inputs=inputs(hidden_datasets=True))
    before = service.get(slug).json
    answer = service.put(slug, enable_nested_columns=False)
    after = service.get(slug).json
    assert {"slug": slug, "version": after["version"]} == answer.json
    assert after["version"] > before["version"]
    assert (before["owner"], before["created_at"]) == (after["owner"], after["created_at"])
    assert "hidden_datasets" not in service.args(slug)
    assert service.args(slug)["enable_nested_columns"] is False


def test_an_update_cannot_rename(service: Service) -> None:
    """An update with a name is refused."""
    slug = service.slug()
    answer = service.call("PUT", f"{APP}/{slug}", {"inputs": inputs(), "name": "Other"})
    assert 400 == answer.status


@pytest.mark.parametrize("workers", [64])
def test_many_simultaneous_creates_are_all_handled(service: Service, workers: int) -> None:
    """With 64 simultaneous creates, two for each name, one succeeds and one returns a 409."""
    with ThreadPoolExecutor(workers) as pool:
        answers = list(pool.map(lambda number: service.create(f"Example {number // 2}"), range(workers)))
    assert [200] * 32 + [409] * 32 == sorted(answer.status for answer in answers)
    slugs = {answer.json["slug"] for answer in answers}
    assert slugs == {row["slug"] for row in service.sandbox.workflows()}
    assert 32 == len(slugs)


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
