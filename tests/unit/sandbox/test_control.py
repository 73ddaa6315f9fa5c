"""The control plane: the request log, what is stored, and starting over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support.sandbox import Sandbox
from tests.unit.sandbox.service import APP, CREDENTIAL, Service, inputs


def _logged(sandbox: Sandbox) -> list[tuple[Any, ...]]:
    return [
        (entry["method"], entry["path"], entry["query"], entry["status"], entry["request_id"])
        for entry in sandbox.requests()
    ]


def test_every_request_is_logged(service: Service) -> None:
    """Successes, refusals and unknown paths, with the request id where there was one, in order of arrival."""
    service.call("GET", f"{APP}?limit=5&name=a%20b", headers={"X-Atlan-Request-Id": "an-id"})
    service.call("DELETE", f"{APP}/no-such")
    service.call("GET", "/nonsense", headers={"Authorization": "Bearer wrong"})
    assert [
        ("GET", APP, "limit=5&name=a%20b", 200, "an-id"),
        ("DELETE", f"{APP}/no-such", "", 404, None),
        ("GET", "/nonsense", "", 401, None),
    ] == _logged(service.sandbox)
    times = [entry["at"] for entry in service.sandbox.requests()]
    assert sorted(times) == times


def test_the_control_plane_is_not_logged(service: Service) -> None:
    """Looking changes nothing."""
    service.sandbox.workflows()
    assert [] == service.sandbox.requests()


def test_the_log_has_no_secret(service: Service) -> None:
    """Neither headers nor bodies are logged, nor the value of a query that is named like a secret."""
    service.create(inputs=inputs(credential=CREDENTIAL))
    service.call("GET", f"{APP}?limit=5&apiKey=hidden-1&client_secret=hidden-2")
    text = service.call("GET", "/_sandbox/requests").text
    assert "limit=5" in text
    secrets = ("hidden", service.sandbox.api_key, CREDENTIAL["password"], "crawler@example.com")
    assert [] == [secret for secret in secrets if secret in text]


def test_a_request_is_logged_from_its_arrival_on(service: Service) -> None:
    """A request that waits for its answer stands in the log with no status."""
    sandbox = service.sandbox
    sandbox.fault("GET", "/v1/app$", delay_ms=60_000)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(service.call, "GET", APP)
        while not sandbox.requests():
            assert not waiting.done()
        assert [("GET", APP, "", None, None)] == _logged(sandbox)
        sandbox.restart()  # ends the request that would wait for a minute
        assert isinstance(waiting.exception(30), OSError)


def test_all_that_is_stored_is_told(service: Service) -> None:
    """Workflows are told whole, live and archived, with triggers, runs and the inputs as persisted."""
    made = service.create(schedule={"cron": "0 9 * * *"}, run=True, entrypoint="crawler").json
    service.call("DELETE", f"{APP}/{service.slug('Gone')}")
    live, gone = service.sandbox.workflows()
    assert {
        "slug": made["slug"],
        "name": "Example",
        "app_id": "bigquery-crawler",
        "entrypoint": "crawler",
        "version": made["version"],
        "owner": "service-account-apikey",
        "archived": False,
        "inputs": inputs(),
        "schedules": [{"trigger_id": made["schedule_trigger_id"], "cron": "0 9 * * *", "timezone": "UTC"}],
        "runs": [{"run_id": made["run_id"], "status": "Pending"}],
    } == live
    assert ("Gone", True, None) == (gone["name"], gone["archived"], gone["entrypoint"])


def test_a_reset_forgets_everything(service: Service) -> None:
    """State, log and faults are gone; what was known before is not found any more."""
    sandbox = service.sandbox
    slug = service.slug(inputs=inputs(credential=CREDENTIAL))
    guid = service.args(slug)["credential_guid"]
    run = service.call("POST", f"{APP}/{slug}/submit").json["run_id"]
    sandbox.fault("GET", ".", status=500, times=9)
    sandbox.reset()
    assert ([], []) == (sandbox.workflows(), sandbox.requests())
    assert [404, 404, 404] == [
        service.get(slug).status,
        service.credential(guid).status,
        service.call("GET", f"{APP}/runs/{run}").status,
    ]
    assert 200 == service.create().status


def test_a_reset_reaches_what_is_on_its_way(service: Service) -> None:
    """A write that came before and still waited changes nothing after: its connection is cut."""
    service.sandbox.fault("POST", "/v1/app$", delay_ms=500)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(service.create)
        while not service.sandbox.requests():
            assert not waiting.done()
        service.sandbox.reset()
        assert isinstance(waiting.exception(30), OSError)
    assert [] == service.sandbox.workflows()


def test_a_reset_leaves_nothing_in_the_files(service: Service) -> None:
    """What was stored is in none of the database's files any more, not even where rows were."""
    service.create("a name to be forgotten")
    files = list(service.sandbox.database.parent.glob(f"{service.sandbox.database.name}*"))
    assert any(b"a name to be forgotten" in each.read_bytes() for each in files)
    service.sandbox.reset()
    assert [] == [each.name for each in files if each.exists() and b"a name to be forgotten" in each.read_bytes()]


@pytest.mark.parametrize("workers", [64])
def test_many_connections_at_once_are_all_served(service: Service, workers: int) -> None:
    """64 connections create at the same time: all are answered, and each name is given out once."""
    with ThreadPoolExecutor(workers) as pool:
        answers = list(pool.map(lambda number: service.create(f"Example {number // 2}"), range(workers)))
    assert [200] * 32 + [409] * 32 == sorted(answer.status for answer in answers)
    slugs = {answer.json["slug"] for answer in answers}
    assert slugs == {row["slug"] for row in service.sandbox.workflows()}
    assert 32 == len(slugs)


def test_a_workflow_is_handed_over_and_reads_back_as_told_until_it_is_published_again(service: Service) -> None:
    """What no operation of the service does, so that a test may see its like."""
    slug = service.create().json["slug"]
    service.sandbox.hand_over(slug, "another-owner")
    service.sandbox.show_args(slug, {"told": 1})
    found = service.call("GET", f"{APP}/{slug}").json
    assert ("another-owner", {"told": 1}) == (found["owner"], found["dag"]["extract"]["inputs"]["args"])
    assert 200 == service.call("PUT", f"{APP}/{slug}", {"inputs": inputs()}).status
    found = service.call("GET", f"{APP}/{slug}").json
    assert "another-owner" == found["owner"]
    assert "connection" in found["dag"]["extract"]["inputs"]["args"]
