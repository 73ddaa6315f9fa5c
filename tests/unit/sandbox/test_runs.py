"""Runs: they advance by time or by a script, one at a time, and can be stopped."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from provider.sandbox.errors import ServiceError
from provider.sandbox.tenant import Tenant
from tests.support.sandbox import Sandbox
from tests.support.sandbox_service import APP, Clock, Service, body
from tests.unit.sandbox.conftest import OpenTenant


def _submitted(tenant: Tenant) -> tuple[str, str]:
    """Return the slug of a new workflow, and the id of its run."""
    made = tenant.workflows.create(body(), "some-admin")
    return made["slug"], made["run_id"]


def test_a_run_advances_by_time(open_tenant: OpenTenant, clock: Clock) -> None:
    """A run is Pending, then Running with the time when it started, then Succeeded."""
    tenant = open_tenant(run_seconds=10)
    _, run = _submitted(tenant)
    seen = []
    for seconds in (0, 1.9, 0.2, 7.8, 0.2):
        clock.advance(seconds)
        seen.append(tenant.stores.runs.read(run))
    assert ["Pending", "Pending", "Running", "Running", "Succeeded"] == [one["status"] for one in seen]
    started = "2023-11-14T22:13:22+00:00"
    assert [None, None, started, started, started] == [one["started_at"] for one in seen]


def test_a_run_of_zero_seconds_has_succeeded_immediately(open_tenant: OpenTenant) -> None:
    """With `run_seconds=0` a run has succeeded at the first read."""
    tenant = open_tenant(run_seconds=0)
    _, run = _submitted(tenant)
    assert "Succeeded" == tenant.stores.runs.read(run)["status"]


def test_a_run_advances_while_the_program_is_stopped(open_tenant: OpenTenant, clock: Clock) -> None:
    """Progress depends only on the clock, so a run advances while the program is stopped."""
    tenant = open_tenant(run_seconds=10)
    slug, run = _submitted(tenant)
    tenant.stores.database.close()
    clock.advance(5)
    later = open_tenant(run_seconds=1000)
    assert [{"run_id": run, "status": "Running"}] == later.stores.runs.of_workflow(slug)
    clock.advance(5)
    assert "Succeeded" == later.stores.runs.read(run)["status"]


def test_a_second_run_has_to_wait(open_tenant: OpenTenant, clock: Clock) -> None:
    """A submit while a run is active returns a 500. After the end of the run, a new one starts."""
    tenant = open_tenant(run_seconds=10)
    slug, run = _submitted(tenant)
    clock.advance(9)
    with pytest.raises(ServiceError) as raised:
        tenant.workflows.submit(slug)
    assert 500 == raised.value.status
    clock.advance(1)
    assert run != tenant.workflows.submit(slug)["run_id"]


@pytest.mark.parametrize(
    ("second_submit", "is_coded"), [("error", False), ("coded-error", True)], ids=["plain", "with the code"]
)
def test_a_refused_second_run_has_the_code_of_the_engine_in_its_text_or_not(
    open_tenant: OpenTenant, second_submit: str, is_coded: bool
) -> None:
    """Both are a 500 whose own code repeats the status."""
    tenant = open_tenant(run_seconds=10, second_submit=second_submit)
    slug, _ = _submitted(tenant)
    with pytest.raises(ServiceError) as raised:
        tenant.workflows.submit(slug)
    assert (500, 500) == (raised.value.status, raised.value.body["code"])
    assert is_coded == ("AE-WF-409-03" in raised.value.body["message"])


def test_a_second_run_can_be_skipped(open_tenant: OpenTenant, clock: Clock) -> None:
    """The submit succeeds. The run is Pending, and then Skipped. A script applies to the first run only."""
    tenant = open_tenant(run_seconds=10, second_submit="skipped")
    tenant.stores.runs.script_next(["Running"])
    slug, _ = _submitted(tenant)
    second = tenant.workflows.submit(slug)
    clock.advance(2)
    assert ("Pending", "Skipped") == (second["status"], tenant.stores.runs.read(second["run_id"])["status"])


def test_a_run_that_is_to_be_skipped_does_not_cause_another_to_be_skipped(
    open_tenant: OpenTenant, clock: Clock
) -> None:
    """The first run ends while the second one is Pending. The second is Skipped, and the third runs."""
    tenant = open_tenant(run_seconds=10, second_submit="skipped")
    slug, _ = _submitted(tenant)
    clock.advance(9)
    second = tenant.workflows.submit(slug)["run_id"]
    clock.advance(1)
    third = tenant.workflows.submit(slug)["run_id"]
    assert "Pending" == tenant.stores.runs.read(second)["status"]
    clock.advance(10)
    assert ("Skipped", "Succeeded") == tuple(tenant.stores.runs.read(each)["status"] for each in (second, third))


def test_a_run_after_the_end_of_the_first_one_is_not_skipped(open_tenant: OpenTenant, clock: Clock) -> None:
    """Only an active run makes the service skip another one."""
    tenant = open_tenant(run_seconds=10, second_submit="skipped")
    slug, _ = _submitted(tenant)
    clock.advance(10)
    run = tenant.workflows.submit(slug)["run_id"]
    clock.advance(10)
    assert "Succeeded" == tenant.stores.runs.read(run)["status"]


def test_a_submit_answers_after_its_seconds() -> None:
    """The run starts at once. The answer comes later, and other requests do not wait."""
    with Sandbox(submit_seconds=600) as sandbox:
        service = Service(sandbox)
        slug = service.slug()
        with pytest.raises(TimeoutError):
            service.call("POST", f"{APP}/{slug}/submit", timeout=0.5)
        assert ["Pending"] == [run["status"] for run in sandbox.workflows()[0]["runs"]]


def test_submits_at_the_same_time_take_longer() -> None:
    """The second submit starts before the first one has ended, and takes twice the time."""
    with Sandbox(submit_seconds=0.5) as sandbox, ThreadPoolExecutor(2) as threads:
        service = Service(sandbox)

        def timed(slug: str) -> float:
            start = time.monotonic()
            service.submit(slug)
            return time.monotonic() - start

        first, second = sorted(threads.map(timed, [service.slug("One"), service.slug("Two")]))
        assert (True, True) == (first >= 0.5, second >= 1)


def test_a_run_is_submitted_and_read(service: Service) -> None:
    """A submit and a read return the run's id and status."""
    slug = service.slug()
    run = service.call("POST", f"{APP}/{slug}/submit").json
    assert {"run_id": run["run_id"], "slug": slug, "status": "Pending"} == run
    found = service.call("GET", f"{APP}/runs/{run['run_id']}").json
    assert {**run, "started_at": None} == {**found, "status": "Pending"}


def test_a_cancelled_run_stops(service: Service) -> None:
    """The first cancel stops the run, and the second one returns `cancelled: false`."""
    slug = service.slug()
    run = service.call("POST", f"{APP}/{slug}/submit").json["run_id"]
    answers = [service.call("POST", f"{APP}/runs/{run}/cancel").json for _ in range(2)]
    common = {"run_id": run, "slug": slug, "status": "Stopped"}
    assert [{**common, "cancelled": True}, {**common, "cancelled": False}] == answers


@pytest.mark.parametrize(("method", "path"), [("GET", "runs/no-such"), ("POST", "runs/no-such/cancel")])
def test_an_unknown_run_is_not_found(service: Service, method: str, path: str) -> None:
    """An unknown run returns a 404 in the service's form."""
    answer = service.call(method, f"{APP}/{path}")
    assert (404, {"code", "message"}) == (answer.status, answer.json.keys())


ACTIVE = ("Pending", "Running", "Paused")

TERMINAL = ("Succeeded", "Failed", "Error", "Stopped", "Terminated", "Cancelled", "Skipped")


@pytest.mark.parametrize("status", [*ACTIVE, *TERMINAL])
def test_the_control_plane_sets_any_status(service: Service, status: str) -> None:
    """The control plane sets each status of the service. While it is an active one, no other run starts."""
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
def test_the_control_plane_refuses_an_unknown_run_or_status(
    service: Service, run: str | None, given: dict[str, Any], expected: int
) -> None:
    """An unknown status returns 400, and an unknown run 404."""
    slug = service.slug()
    run = run or service.call("POST", f"{APP}/{slug}/submit").json["run_id"]
    assert expected == service.call("POST", f"/_sandbox/runs/{run}", given).status


def test_a_script_advances_by_one_status_at_each_read(service: Service) -> None:
    """The submit returns the first status and each read the next one. Reads by the control plane do not count."""
    service.sandbox.expect_run("Pending", "Paused", "Running", "Skipped")
    run = service.submit(service.slug())
    service.sandbox.workflows()
    assert ["Pending", "Paused", "Running", "Skipped", "Skipped"] == [
        run["status"],
        *(service.run_status(run["run_id"]) for _ in range(4)),
    ]


def test_each_script_applies_to_one_run(service: Service) -> None:
    """Each run takes the next script, whichever workflow it belongs to."""
    slug = service.slug()
    service.sandbox.expect_run("Failed")
    service.sandbox.expect_run("Stopped")
    assert ["Failed", "Stopped", "Pending"] == [service.submit(slug)["status"] for _ in range(3)]


def test_a_script_can_have_statuses_that_the_service_does_not_have(service: Service) -> None:
    """They are neither active nor final: a cancel stops nothing, and another run starts."""
    slug = service.slug()
    service.sandbox.expect_run("Nonsense", allow_unknown=True)
    run_id = service.submit(slug)["run_id"]
    answer = service.call("POST", f"{APP}/runs/{run_id}/cancel").json
    assert (False, "Nonsense") == (answer["cancelled"], answer["status"])
    assert "Pending" == service.submit(slug)["status"]
    assert "Other" == service.sandbox.set_run(run_id, "Other", allow_unknown=True)["status"]


def test_a_cancel_ends_a_script(service: Service) -> None:
    """A scripted run that was cancelled stays Stopped."""
    service.sandbox.expect_run("Running", "Succeeded")
    run_id = service.submit(service.slug())["run_id"]
    assert service.call("POST", f"{APP}/runs/{run_id}/cancel").json["cancelled"]
    assert "Stopped" == service.run_status(run_id)


def test_a_reset_removes_scripts(service: Service) -> None:
    """A reset removes the scripts."""
    service.sandbox.expect_run("Failed")
    service.sandbox.reset()
    assert "Pending" == service.submit(service.slug())["status"]


@pytest.mark.parametrize("statuses", [None, [], "Failed", ["Nonsense"], [[]]])
def test_an_invalid_script_is_refused(service: Service, statuses: Any) -> None:
    """An invalid script returns a 400, and the next run is not scripted."""
    assert 400 == service.call("POST", "/_sandbox/runs", {"statuses": statuses}).status
    assert "Pending" == service.submit(service.slug())["status"]
