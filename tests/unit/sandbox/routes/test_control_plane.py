"""The control plane: what is stored, a reset, and changes that the service has no operation for."""

from __future__ import annotations

from tests.unit.sandbox.service import APP, CREDENTIAL, Service, inputs


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
