"""The service's operations, a method each. Every one may raise any of `errors`, and is safe for many threads."""

import platform
from collections.abc import Callable, Mapping
from typing import Any

from provider import __version__
from provider.client import operations
from provider.client.answers import Answer
from provider.client.auth import Auth, BearerKey, OAuthClient
from provider.client.credentials import CredentialOperations
from provider.client.metadata import MetadataOperations
from provider.client.redaction import of_credential
from provider.client.responses import (
    App,
    ArchivedWorkflow,
    CancelledRun,
    CreatedWorkflow,
    PublishedWorkflow,
    RemovedTrigger,
    Run,
    Trigger,
    Workflow,
    WorkflowPage,
    model,
)
from provider.client.retries import Retrier, RetryPolicy, Stop
from provider.client.transport import Transport

USER_AGENT = f"terraform-provider-atlan/{__version__} Python/{platform.python_version()}"


def connect(
    base_url: str,
    api_key: str,
    *,
    request_timeout: float,
    retries: RetryPolicy,
    stop: Stop,
    user_agent: str = USER_AGENT,
    on_write: Callable[[], None] = lambda: None,
) -> "AtlanApi":
    """The tenant at `base_url`; no request is sent yet. `request_timeout` in seconds; `stop` ends waits for a retry;
    `on_write` is called before each request that may change something.

    ValueError if the key can't be one.
    """
    retrier = Retrier(retries, stop)
    return _connected(base_url, BearerKey(api_key), request_timeout, retrier, user_agent, on_write)


def connect_oauth(
    base_url: str,
    client_id: str,
    client_secret: str,
    *,
    request_timeout: float,
    retries: RetryPolicy,
    stop: Stop,
    user_agent: str = USER_AGENT,
    on_write: Callable[[], None] = lambda: None,
) -> "AtlanApi":
    """The same for an OAuth client, whose token is fetched with the first request.

    ValueError if the id or the secret can't be one.
    """
    retrier = Retrier(retries, stop)
    return _connected(base_url, OAuthClient(client_id, client_secret), request_timeout, retrier, user_agent, on_write)


def _connected(
    base_url: str, auth: Auth, timeout: float, retrier: Retrier, user_agent: str, on_write: Callable[[], None]
) -> "AtlanApi":
    how: dict[str, Any] = {"request_timeout": timeout, "retrier": retrier, "user_agent": user_agent}
    return AtlanApi(Transport(base_url, auth, **how, on_write=on_write))


class AtlanApi(CredentialOperations, MetadataOperations):
    """One tenant: its app operations, and those of its vault and its metadata.

    No error shows the password or extra of a raw `credential` in inputs; other secrets are named by `hiding`.
    """

    def create_workflow(
        self,
        *,
        app_id: str,
        name: str,
        inputs: Mapping[str, Any],
        entrypoint: str | None = None,
        schedule: Mapping[str, str] | None = None,
        run: bool = False,
    ) -> CreatedWorkflow:
        """Creates and publishes a workflow. `schedule` is {cron, timezone}. Conflict if the name is taken."""
        body = {"app_id": app_id, "name": name, "inputs": inputs, "run": run}
        optional = {"entrypoint": entrypoint or None, "schedule": schedule}
        secrets = of_credential(inputs.get("credential"))
        return model(CreatedWorkflow, self._send("POST", "app", body=body | _given(optional), secrets=secrets))

    def list_workflows(
        self, *, name: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> WorkflowPage:
        """A page of the published workflows, those called exactly `name` if it is given."""
        query = {"name": name, "limit": None if limit is None else str(limit), "cursor": cursor}
        return model(WorkflowPage, self._send("GET", "app", query=_given(query)))

    def find_workflows(self, name: str | None = None) -> list[Workflow]:
        """All published workflows, or those called exactly `name`, from every page; a row twice counts once."""
        found: dict[str, Workflow] = {}
        cursors: set[str | None] = set()
        cursor: str | None = None
        while cursor not in cursors:
            cursors.add(cursor)
            answer = self._send("GET", "app", query=_given({"name": name, "cursor": cursor}))
            page = model(WorkflowPage, answer)
            # a row that shows no name is believed: the service was asked for this one
            found |= {app.slug: app for app in page.workflows if name is None or app.name in (None, name)}
            if not page.has_more:
                return list(found.values())
            cursor = page.next_cursor
            if len(cursors) == operations.MOST_PAGES:
                break
        return answer.refuse("its pages have no end")

    def get_workflow(self, slug: str) -> Workflow:
        """A workflow with its inputs, where the service shows them. NotFound if there is none."""
        return model(Workflow, self._send("GET", "app", slug))

    def update_workflow(
        self, slug: str, *, inputs: Mapping[str, Any], entrypoint: str | None = None
    ) -> PublishedWorkflow:
        """Publishes a new version whose inputs are `inputs`, all of them."""
        body = {"inputs": inputs} | _given({"entrypoint": entrypoint or None})
        secrets = of_credential(inputs.get("credential"))
        return model(PublishedWorkflow, self._send("PUT", "app", slug, body=body, secrets=secrets))

    def delete_workflow(self, slug: str) -> ArchivedWorkflow:
        """Archives a workflow."""
        return model(ArchivedWorkflow, self._send("DELETE", "app", slug))

    def submit_run(self, slug: str) -> Run:
        """Starts a run of the published version. A ServerError where one is active already (the service's fact)."""
        return model(Run, self._send("POST", "app", slug, "submit"))

    def get_run(self, run_id: str) -> Run:
        """How far a run is."""
        return model(Run, self._send("GET", "app", "runs", run_id))

    def cancel_run(self, run_id: str) -> CancelledRun:
        """Asks a run to stop."""
        return model(CancelledRun, self._send("POST", "app", "runs", run_id, "cancel"))

    def add_schedule(self, slug: str, *, cron: str, timezone: str = "UTC") -> Trigger:
        """Attaches a schedule to the version that is published now."""
        body = {"cron": cron, "timezone": timezone}
        return model(Trigger, self._send("POST", "app", slug, "schedule", body=body))

    def remove_schedule(self, slug: str, trigger_id: str) -> RemovedTrigger:
        """Removes a schedule."""
        return model(RemovedTrigger, self._send("DELETE", "app", slug, "schedule", trigger_id))

    def describe_app(self, app_id: str) -> App:
        """An app as the marketplace describes it."""
        return model(App, self._send("GET", "apps", app_id))

    def get_contract(self, app_id: str, entrypoint: str | None = None) -> dict[str, Any]:
        """The input contract as it came, a JSON Schema. NotFound if the app can't be run through this service."""
        answer = self._send("GET", "apps", app_id, "inputs", query=_given({"entrypoint": entrypoint or None}))
        contract = answer.value()
        return contract if isinstance(contract, dict) else answer.refuse("a contract is an object, and this is none")

    def _send(
        self,
        method: str,
        *segments: str,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        secrets: Any = None,
    ) -> Answer:
        return self._service(method, "v1", *segments, query=query, body=body, secrets=secrets)


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if value is not None}
