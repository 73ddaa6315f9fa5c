"""The client of one tenant: each operation of the service is a method.

Every method may raise any error in ``errors``, and is safe for many threads.
"""

import platform
from collections.abc import Callable, Mapping

from provider import __version__
from provider.client import operations
from provider.client.answers import Answer
from provider.client.auth import Auth, BearerKey
from provider.client.credentials import CredentialOperations
from provider.client.errors import ENDLESS_REASON, TooManyInputs
from provider.client.json_codec import Body, JsonObject, has_more_values
from provider.client.marketplace import MarketplaceOperations
from provider.client.metadata import MetadataOperations
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
    parse_answer,
    parse_answer_about,
)
from provider.client.retries import Retrier, RetryPolicy, Stop
from provider.client.run_nodes import RunNode, failed_nodes
from provider.client.transport import (
    KeepReadable,
    RegisterSecret,
    Transport,
    keep_nothing_readable,
    register_no_secret,
)

USER_AGENT = f"terraform-provider-atlan/{__version__} Python/{platform.python_version()}"

MOST_INPUT_VALUES = 120_000
"""The most values in the inputs of a workflow. Each is copied several times between the answer and the state."""


def build_client(
    base_url: str,
    auth: str | Auth,
    *,
    request_timeout: float,
    submit_timeout: float | None = None,
    retries: RetryPolicy,
    stop: Stop,
    user_agent: str = USER_AGENT,
    on_write: Callable[[], None] = lambda: None,
    register_secret: RegisterSecret = register_no_secret,
    keep_readable: KeepReadable = keep_nothing_readable,
) -> "AtlanApi":
    """Return the client of the tenant at ``base_url``, without sending a request. ``auth`` is an API key or an Auth.

    ``request_timeout`` is in seconds. ``submit_timeout`` replaces it for the submit of a run. When ``stop`` is set, a
    request that waits for its retry fails at once. ``on_write`` is called once before each request that may change
    something. ``register_secret`` is called with each access token and each password of a proxy. ``keep_readable`` is
    called for each answer, with a function that returns the identifiers in the answer. Raises ValueError if ``auth`` is
    an API key that is empty, or that contains a space, a control character or a character outside ASCII.
    """
    transport = Transport(
        base_url,
        BearerKey(auth) if isinstance(auth, str) else auth,
        request_timeout=request_timeout,
        submit_timeout=submit_timeout,
        retrier=Retrier(retries, stop),
        user_agent=user_agent,
        on_write=on_write,
        register_secret=register_secret,
        keep_readable=keep_readable,
    )
    return AtlanApi(transport)


class AtlanApi(CredentialOperations, MarketplaceOperations, MetadataOperations):
    """The client of one tenant: the operations on its workflows, apps, marketplace, credentials and metadata."""

    def create_workflow(
        self, *, app_id: str, name: str, inputs: Mapping[str, Body], entrypoint: str | None = None
    ) -> CreatedWorkflow:
        """Create and publish a workflow without running it. Raises Conflict if the name is taken.

        Without ``entrypoint``, the workflow runs the app's default entrypoint.
        """
        body: dict[str, Body] = {"app_id": app_id, "name": name, "inputs": inputs, "run": False}
        if entrypoint:
            body["entrypoint"] = entrypoint
        return parse_answer(CreatedWorkflow, self._send("POST", "app", body=body))

    def get_workflow_page(
        self, *, name: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> WorkflowPage:
        """Return one page of the published workflows. With ``name``, the service leaves out all other names."""
        query = {"name": name, "limit": None if limit is None else str(limit), "cursor": cursor}
        return parse_answer(WorkflowPage, self._send("GET", "app", query=_without_none(query)))

    def list_workflows(self, name: str | None = None) -> list[Workflow]:
        """Return the published workflows of all pages. With ``name``, leave out workflows with a different name.

        A name that is not ASCII may be stored in another Unicode form, which the service's filter does not find. So the
        whole list is read for such a name, and names are compared in normal form C. A workflow that the list repeats is
        returned once. Raises UnusableAnswer if a cursor repeats, or if there are more than ``operations.MOST_PAGES``
        pages.
        """
        found: dict[str, Workflow] = {}
        cursors: set[str | None] = set()
        cursor: str | None = None
        filtered_name = name if name is None or name.isascii() else None
        accepted = (name,) if filtered_name is None else (name, None)
        while cursor not in cursors:
            cursors.add(cursor)
            answer = self._send("GET", "app", query=_without_none({"name": filtered_name, "cursor": cursor}))
            page = parse_answer(WorkflowPage, answer)
            # An answer that ignores the filter contains other workflows, and they must not be adopted. A row without a
            # name is accepted, because the service normally filters the list.
            found |= {each.slug: each for each in page.workflows if name is None or each.name in accepted}
            if not page.has_more:
                return list(found.values())
            cursor = page.next_cursor
            if len(cursors) == operations.MOST_PAGES:
                break
        return answer.refuse(ENDLESS_REASON)

    def get_workflow(self, slug: str) -> Workflow:
        """Return a workflow, with its inputs if the service shows them.

        Raises NotFound if it does not exist, and TooManyInputs if its inputs have more than ``MOST_INPUT_VALUES``.
        """
        answer = self._send("GET", "app", slug)
        workflow = parse_answer_about(Workflow, answer, slug=slug)
        if has_more_values(workflow.inputs, MOST_INPUT_VALUES):
            reason = f"the inputs contain more than {MOST_INPUT_VALUES:,} values"
            raise answer.request.error(TooManyInputs, reason, status=answer.status)
        return workflow

    def update_workflow(
        self, slug: str, *, inputs: Mapping[str, Body], entrypoint: str | None = None
    ) -> PublishedWorkflow:
        """Publish a new version with these inputs and no others. Raises NotFound if the workflow does not exist.

        Without ``entrypoint``, the new version runs the app's default entrypoint.
        """
        body: dict[str, Body] = {"inputs": inputs}
        if entrypoint:
            body["entrypoint"] = entrypoint
        return parse_answer_about(PublishedWorkflow, self._send("PUT", "app", slug, body=body), slug=slug)

    def delete_workflow(self, slug: str) -> ArchivedWorkflow:
        """Archive a workflow. Raises NotFound if it does not exist."""
        return parse_answer_about(ArchivedWorkflow, self._send("DELETE", "app", slug), slug=slug)

    def submit_run(self, slug: str) -> Run:
        """Start a run of the published version. Raises ServerError (500) if another run is active.

        A submit can take minutes, so the transport's ``submit_timeout`` limits it.
        """
        timeout = self._transport.submit_timeout
        answer = self._request_service("POST", "v1", "app", slug, "submit", timeout=timeout)
        return parse_answer_about(Run, answer, slug=slug)

    def get_run(self, run_id: str) -> Run:
        """Return a run with its status. Raises NotFound if the run does not exist."""
        return parse_answer_about(Run, self._send("GET", "app", "runs", run_id), run_id=run_id)

    def get_failed_nodes(self, run_id: str) -> list[RunNode]:
        """Return the nodes of a run that failed. A tenant may not have this read.

        Source: ``GET package-workflows/native-status/{run_id}``, whose answer has no documented shape.
        """
        path = ("package-workflows", "native-status", run_id)
        query = {"execution_mode": "automation-engine"}  # As in the vendor's public code.
        return failed_nodes(self._request_service("GET", *path, query=query).value())

    def cancel_run(self, run_id: str) -> CancelledRun:
        """Request the cancellation of a run. ``cancelled`` of the answer says whether the service accepted it."""
        return parse_answer_about(CancelledRun, self._send("POST", "app", "runs", run_id, "cancel"), run_id=run_id)

    def add_schedule(self, slug: str, *, cron: str, timezone: str = "UTC") -> Trigger:
        """Attach a schedule to the latest published version. Return the trigger of the new schedule."""
        body = {"cron": cron, "timezone": timezone}
        return parse_answer(Trigger, self._send("POST", "app", slug, "schedule", body=body))

    def remove_schedule(self, slug: str, trigger_id: str) -> RemovedTrigger:
        """Remove the schedule that has this trigger. ``deleted`` in the answer is True if it was removed."""
        answer = self._send("DELETE", "app", slug, "schedule", trigger_id)
        return parse_answer_about(RemovedTrigger, answer, trigger_id=trigger_id)

    def describe_app(self, app_id: str) -> App:
        """Return the app as the marketplace describes it. Raises NotFound if the tenant has no app with this id."""
        return parse_answer(App, self._get_of_app(app_id))

    def get_contract(self, app_id: str, entrypoint: str | None = None) -> JsonObject:
        """Return the input contract, a JSON Schema. Raises NotFound if the tenant has none for the app."""
        answer = self._get_of_app(app_id, "inputs", query=_without_none({"entrypoint": entrypoint or None}))
        contract = answer.value()
        return contract if isinstance(contract, dict) else answer.refuse("a contract is an object, and this is not one")

    def _get_of_app(self, *segments: str, query: Mapping[str, str] | None = None) -> Answer:
        """Send a GET about an app. A 404 with any JSON object means that the app or its contract does not exist."""
        return self._request_service("GET", "v1", "apps", *segments, query=query, trusts_404=True)

    def _send(self, method: str, *segments: str, query: Mapping[str, str] | None = None, body: Body = None) -> Answer:
        return self._request_service(method, "v1", *segments, query=query, body=body)


def _without_none(options: Mapping[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in options.items() if value is not None}
