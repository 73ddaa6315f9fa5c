"""Runs: they advance by time or by a script, one at a time, and can be stopped."""

from __future__ import annotations

from typing import Any

import pytest

from provider.sandbox.errors import ServiceError
from provider.sandbox.tenant import Tenant
from tests.unit.sandbox.conftest import OpenTenant
from tests.unit.sandbox.service import APP, Clock, Service, body


def _submitted(tenant: Tenant) -> tuple[str, str]:
    """The slug of a new workflow, and its run."""
    made = tenant.workflows.create(body(), "some-admin")
    return made["slug"], made["run_id"]


def test_a_run_advances_by_time(open_tenant: OpenTenant, clock: Clock) -> None:
    """Pending, then Running with the time it started at, then Succeeded, within the run's seconds."""
    tenant = open_tenant(run_seconds=10)
    _, run = _submitted(tenant)
    seen = []
    for seconds in (0, 1.9, 0.2, 7.8, 0.2):
        clock.advance(seconds)
        seen.append(tenant.stores.runs.read(run))
    assert ["Pending", "Pending", "Running", "Running", "Succeeded"] == [one["status"] for one in seen]
    started = "2023-11-14T22:13:22+00:00"
    assert [None, None, started, started, started] == [one["started_at"] for one in seen]


def test_a_run_of_no_seconds_has_succeeded_at_once(open_tenant: OpenTenant) -> None:
    """With a length of nought nothing needs to be waited for."""
    tenant = open_tenant(run_seconds=0)
    _, run = _submitted(tenant)
    assert "Succeeded" == tenant.stores.runs.read(run)["status"]


def test_a_run_goes_on_while_the_program_does_not(open_tenant: OpenTenant, clock: Clock) -> None:
    """Progress is told by the clock alone, so a new process on the same file finds the run where it should be."""
    tenant = open_tenant(run_seconds=10)
    slug, run = _submitted(tenant)
    tenant.stores.database.close()
    clock.advance(5)
    later = open_tenant(run_seconds=1000)
    assert [{"run_id": run, "status": "Running"}] == later.stores.runs.of_workflow(slug)
    clock.advance(5)
    assert "Succeeded" == later.stores.runs.read(run)["status"]


def test_a_second_run_has_to_wait(open_tenant: OpenTenant, clock: Clock) -> None:
    """Submitting while a run is active is a 500; when it has ended a new one starts."""
    tenant = open_tenant(run_seconds=10)
    slug, run = _submitted(tenant)
    clock.advance(9)
    with pytest.raises(ServiceError) as raised:
        tenant.workflows.submit(slug)
    assert 500 == raised.value.status
    clock.advance(1)
    assert run != tenant.workflows.submit(slug)["run_id"]


def test_a_run_is_submitted_and_read(service: Service) -> None:
    """Submit answers with the run's id and status, and so does a read."""
    slug = service.slug()
    run = service.call("POST", f"{APP}/{slug}/submit").json
    assert {"run_id": run["run_id"], "slug": slug, "status": "Pending"} == run
    found = service.call("GET", f"{APP}/runs/{run['run_id']}").json
    assert {**run, "started_at": None} == {**found, "status": "Pending"}


def test_a_cancelled_run_stops(service: Service) -> None:
    """Cancelling an active run stops it; cancelling again says that nothing was cancelled."""
    slug = service.slug()
    run = service.call("POST", f"{APP}/{slug}/submit").json["run_id"]
    answers = [service.call("POST", f"{APP}/runs/{run}/cancel").json for _ in range(2)]
    common = {"run_id": run, "slug": slug, "status": "Stopped"}
    assert [{**common, "cancelled": True}, {**common, "cancelled": False}] == answers


@pytest.mark.parametrize(("method", "path"), [("GET", "runs/no-such"), ("POST", "runs/no-such/cancel")])
def test_an_unknown_run_is_not_found(service: Service, method: str, path: str) -> None:
    """404 in the service's own form."""
    answer = service.call(method, f"{APP}/{path}")
    assert (404, {"code", "message"}) == (answer.status, answer.json.keys())


ACTIVE = ("Pending", "Running", "Paused")

TERMINAL = ("Succeeded", "Failed", "Stopped", "Terminated", "Skipped")


@pytest.mark.parametrize("status", [*ACTIVE, *TERMINAL])
def test_the_control_plane_sets_any_status(service: Service, status: str) -> None:
    """A run can be told to be in any of the service's statuses; while it is active no other one starts."""
    slug = service.slug()
    run = service.call("POST", f"{APP}/{slug}/submit").json["run_id"]
    assert status == service.sandbox.set_run(run, status)["status"]
    assert status == service.call("GET", f"{APP}/runs/{run}").json["status"]
    again = service.call("POST", f"{APP}/{slug}/submit")
    assert (500 if status in ACTIVE else 200) == again.status


@pytest.mark.parametrize(
    ("run", "given", "expected"),
    [
        (None, {"status": "Nonsense"}, 400),
        (None, {"status": []}, 400),
        (None, {}, 400),
        ("no-such", {"status": "Failed"}, 404),
    ],
)
def test_the_control_plane_refuses_nonsense(
    service: Service, run: str | None, given: dict[str, Any], expected: int
) -> None:
    """An unknown run and a status that is none are told apart."""
    slug = service.slug()
    run = run or service.call("POST", f"{APP}/{slug}/submit").json["run_id"]
    assert expected == service.call("POST", f"/_sandbox/runs/{run}", given).status


def test_a_script_goes_on_by_one_status_at_each_read(service: Service) -> None:
    """The first is that of the submission, the last stays; the control plane's look does not count as a read."""
    service.sandbox.expect_run("Pending", "Paused", "Running", "Skipped")
    run = service.submit(service.slug())
    service.sandbox.workflows()
    assert ["Pending", "Paused", "Running", "Skipped", "Skipped"] == [
        run["status"],
        *(service.run_status(run["run_id"]) for _ in range(4)),
    ]


def test_each_script_is_that_of_one_run(service: Service) -> None:
    """In the order they were given, whichever workflow is run."""
    slug = service.slug()
    service.sandbox.expect_run("Failed")
    service.sandbox.expect_run("Stopped")
    assert ["Failed", "Stopped", "Pending"] == [service.submit(slug)["status"] for _ in range(3)]


def test_a_cancel_ends_a_script(service: Service) -> None:
    """What was stopped stays stopped."""
    service.sandbox.expect_run("Running", "Succeeded")
    run_id = service.submit(service.slug())["run_id"]
    assert service.call("POST", f"{APP}/runs/{run_id}/cancel").json["cancelled"]
    assert "Stopped" == service.run_status(run_id)


def test_a_reset_forgets_scripts(service: Service) -> None:
    """The next test starts with nothing."""
    service.sandbox.expect_run("Failed")
    service.sandbox.reset()
    assert "Pending" == service.submit(service.slug())["status"]


@pytest.mark.parametrize("statuses", [None, [], "Failed", ["Nonsense"], [[]]])
def test_a_script_of_nonsense_is_refused(service: Service, statuses: Any) -> None:
    """A 400, and the next run is not scripted."""
    assert 400 == service.call("POST", "/_sandbox/runs", {"statuses": statuses}).status
    assert "Pending" == service.submit(service.slug())["status"]
