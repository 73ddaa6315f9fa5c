"""The control plane: what is stored, a reset, and changes that the service has no operation for."""

from __future__ import annotations

from tests.support.sandbox_service import APP, CREDENTIAL, Service, inputs


def test_everything_that_is_stored_is_returned(service: Service) -> None:
    """The control plane returns live and archived workflows with their triggers, runs and stored inputs."""
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


def test_a_reset_deletes_everything(service: Service) -> None:
    """A reset deletes all state, the request log and the faults."""
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


def test_the_control_plane_changes_the_owner_and_the_inputs_of_a_read(service: Service) -> None:
    """The control plane changes the owner and the inputs of a read; the next publish restores the inputs."""
    slug = service.create().json["slug"]
    service.sandbox.hand_over(slug, "another-owner")
    service.sandbox.show_args(slug, {"told": 1})
    found = service.call("GET", f"{APP}/{slug}").json
    assert ("another-owner", {"told": 1}) == (found["owner"], found["dag"]["extract"]["inputs"]["args"])
    assert 200 == service.call("PUT", f"{APP}/{slug}", {"inputs": inputs()}).status
    found = service.call("GET", f"{APP}/{slug}").json
    assert "another-owner" == found["owner"]
    assert "connection" in found["dag"]["extract"]["inputs"]["args"]
