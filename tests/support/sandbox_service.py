"""Short names for the requests that the tests of the sandbox send."""

from __future__ import annotations

from typing import Any

from tests.support.sandbox import Answer, Sandbox

APP = "/api/service/v1/app"
APPS = "/api/service/v1/apps"
CREDENTIALS = "/api/service/credentials"
CONNECTION = "/api/meta/entity/uniqueAttribute/type/Connection?attr:qualifiedName="
QUALIFIED_NAME = "default/bigquery/1700000000"
CREDENTIAL = {
    "authType": "basic",
    "connectorConfigName": "atlan-connectors-bigquery",
    "username": "crawler@example.com",
    "password": "a-password-nobody-may-see",
    "extra": {"project_id": "a-secret-extra"},
}
RUNTIME_KEYS = {"user-id", "user_id", "workflow_id", "correlation_id"}


def connection(qualified_name: str = QUALIFIED_NAME, **attributes: Any) -> dict[str, Any]:
    """Return a connection object with a name and an admin, unless the attributes replace or remove them."""
    given = {"qualifiedName": qualified_name, "name": "Example", "adminUsers": ["some-admin"], **attributes}
    kept = {key: value for key, value in given.items() if value is not None}
    return {"typeName": "Connection", "attributes": kept}


def inputs(**more: Any) -> dict[str, Any]:
    return {"connection": connection(), "credential_guid": "", **more}


class Service:
    """The app endpoints of a running sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.call = sandbox.call

    def create(self, name: str = "Example", **body: Any) -> Answer:
        """Create a BigQuery crawler that does not run, unless the body changes that."""
        given = {"app_id": "bigquery-crawler", "name": name, "inputs": inputs(), "run": False, **body}
        return self.call("POST", APP, given)

    def slug(self, name: str = "Example", **body: Any) -> str:
        answer = self.create(name, **body)
        assert 200 == answer.status, answer.text
        return answer.json["slug"]

    def get(self, slug: str) -> Answer:
        return self.call("GET", f"{APP}/{slug}")

    def args(self, slug: str) -> dict[str, Any]:
        """Return the inputs from a read of the workflow, without the runtime keys."""
        found = self.get(slug).json["dag"]["extract"]["inputs"]["args"]
        return {key: value for key, value in found.items() if key not in RUNTIME_KEYS}

    def put(self, slug: str, **more: Any) -> Answer:
        """Publish inputs together with the qualified name of the connection, which a run needs."""
        sent = {"connection_qualified_name": QUALIFIED_NAME, **inputs(**more)}
        return self.call("PUT", f"{APP}/{slug}", {"inputs": sent})

    def run(self, slug: str, status: str = "Succeeded") -> str:
        """Submit a run, set its status, and return its id."""
        run = self.call("POST", f"{APP}/{slug}/submit").json["run_id"]
        self.sandbox.set_run(run, status)
        return run

    def submit(self, slug: str) -> dict[str, Any]:
        """Submit a run and return the response."""
        answer = self.call("POST", f"{APP}/{slug}/submit")
        assert 200 == answer.status, answer.text
        return answer.json

    def run_status(self, run_id: str) -> str:
        return self.call("GET", f"{APP}/runs/{run_id}").json["status"]

    def read_connection(self, qualified_name: str = QUALIFIED_NAME) -> dict[str, Any] | None:
        """Return a connection's entity from the metadata endpoint, or None if the response is a 404."""
        answer = self.call("GET", CONNECTION + qualified_name)
        assert answer.status in (200, 404), answer.text
        return answer.json["entity"] if answer.status == 200 else None

    def page(self, query: str = "") -> dict[str, Any]:
        answer = self.call("GET", f"{APP}?{query}")
        assert 200 == answer.status, answer.text
        return answer.json

    def credential(self, guid: str) -> Answer:
        return self.call("GET", f"{CREDENTIALS}/{guid}")


class Clock:
    """A clock in epoch seconds that advances only when a test calls `advance`."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


def body(name: str = "Example", **more: Any) -> dict[str, Any]:
    """Return the body of a create."""
    return {"app_id": "bigquery-crawler", "name": name, "inputs": inputs(), **more}
