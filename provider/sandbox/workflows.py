"""Operations that change workflows: create, update, archive, run and schedule.

The inputs are checked first. Then a raw credential is stored. It stays if the create or the update fails after that.
Chosen here: such failures are a taken name, an invalid schedule and an app that is starting. An archived workflow is
not found (404), its name is free again, and its triggers are removed.
"""

from __future__ import annotations

import re
import secrets
import string
import unicodedata
import uuid
from typing import TypedDict

from provider.sandbox.errors import name_taken, not_found
from provider.sandbox.json_codec import Json, JsonObject
from provider.sandbox.publishing import CredentialGuids, Draft, Publisher
from provider.sandbox.run_bodies import Run, SubmittedRun
from provider.sandbox.schedules import RemovedTrigger, Trigger, parse_schedule
from provider.sandbox.stores import Stores
from provider.sandbox.workflow_requests import CREATE_VALIDATOR, OWNER_VALIDATOR, UPDATE_VALIDATOR
from provider.sandbox.workflow_responses import ArchivedWorkflow, CreatedWorkflow, UpdatedWorkflow

SUFFIX_CHARACTERS = string.ascii_letters + string.digits


class SummaryRow(TypedDict):
    """A workflow, and the time when its latest version was published. Times are in epoch seconds."""

    number: int
    slug: str
    name: str
    app_id: str
    owner: str
    workflow_id: str
    version: int
    credential_guid: str
    created_at: float
    archived: int
    published_at: float


class WorkflowRow(SummaryRow):
    """A workflow joined with its latest version. `inputs` is JSON text."""

    entrypoint: str | None
    inputs: str
    correlation_id: str
    runnable: int
    own_credential: str


class Workflows:
    """The tenant's workflows."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._publisher = Publisher(stores)

    def row(self, slug: str) -> WorkflowRow:
        """Return a workflow for a route of its slug.

        Raises ServiceError (404) if it is unknown, archived, or younger than the option `fresh_slug_seconds`.
        """
        row = self.stored_row(slug)
        if self._stores.clock() - row["created_at"] < self._stores.options.fresh_slug_seconds:
            raise not_found("workflow", slug)
        return row

    def stored_row(self, slug: str) -> WorkflowRow:
        """Return a workflow with its latest version. Raises ServiceError (404) if it is unknown or archived."""
        statement = "SELECT * FROM workflows JOIN versions USING (slug, version) WHERE slug = ? AND NOT archived"
        row = self._stores.database.row(WorkflowRow, statement, slug)
        if row is None:
            raise not_found("workflow", slug)
        return row

    def create(self, body: JsonObject, owner: str) -> CreatedWorkflow:
        """Create and publish a workflow (a CreateBody), with a schedule and a run if the body asks for them.

        Raises ServiceError 400, 404, 409 or 500. Then nothing has changed, except that a raw credential may be stored.
        """
        request = CREATE_VALIDATOR.validate(body)
        draft = self._publisher.check(request["app_id"], request.get("entrypoint"), request["inputs"])
        with self._publisher.credential_stored(draft) as guids:
            schedule = parse_schedule(request["schedule"]) if "schedule" in request else None
            self._refuse_taken(request["name"])
            slug, version = self._insert(request["name"], draft, guids, owner)
            created: CreatedWorkflow = {"slug": slug, "version": version, "execution_mode": "native"}
            if schedule is not None:
                created["schedule_trigger_id"] = self._stores.schedules.add(slug, version, *schedule)["trigger_id"]
            if request.get("run", True):
                created["run_id"] = self._submit(slug)["run_id"]
        return created

    def update(self, slug: str, body: JsonObject) -> UpdatedWorkflow:
        """Replace the inputs by those of an UpdateBody, as a new version. Owner and stored credential are kept."""
        row = self.row(slug)
        request = UPDATE_VALIDATOR.validate(body)
        draft = self._publisher.check(row["app_id"], request.get("entrypoint"), request["inputs"])
        version = self._publisher.next_version(row["version"])
        current = CredentialGuids(row["credential_guid"], row["own_credential"])
        with self._publisher.credential_stored(draft, current) as guids:
            self._publisher.store(slug, version, draft, guids, update=True)
            change = "UPDATE workflows SET version = ?, credential_guid = ? WHERE slug = ?"
            self._stores.database.execute(change, version, guids.used, slug)
        return {"slug": slug, "version": version}

    def set_owner(self, slug: str, owner: Json) -> None:
        """Change the owner, which no operation of the service does. Raises ServiceError 400 or 404."""
        self.stored_row(slug)
        change = "UPDATE workflows SET owner = ? WHERE slug = ?"
        self._stores.database.execute(change, OWNER_VALIDATOR.validate(owner), slug)

    def archive(self, slug: str) -> ArchivedWorkflow:
        self.row(slug)
        with self._stores.database.transaction():
            self._stores.schedules.remove_all(slug)
            self._stores.database.execute("UPDATE workflows SET archived = 1 WHERE slug = ?", slug)
        return {"slug": slug, "archived": True}

    def submit(self, slug: str) -> SubmittedRun:
        """Run the published version.

        Raises ServiceError: 404 for the workflow, 500 while the app is starting or another run is active. An option of
        the sandbox skips the second run instead.
        """
        self._stores.apps.reach(self.row(slug)["app_id"])
        with self._stores.database.transaction():
            return self._submit(slug)

    def set_run_status(self, run_id: str, status: Json, *, allow_unknown: bool = False) -> Run:
        """Set a run's status permanently. Apply the runs that have succeeded to their connections."""
        self._stores.connections.apply_runs()
        run = self._stores.runs.set_status(run_id, status, allow_unknown=allow_unknown)
        self._stores.connections.apply_runs()
        return run

    def add_schedule(self, slug: str, body: JsonObject) -> Trigger:
        """Attach a schedule (a ScheduleBody) to the published version. Raises ServiceError 400 or 404."""
        row = self.row(slug)
        return self._stores.schedules.add(slug, row["version"], *parse_schedule(body))

    def remove_schedule(self, slug: str, trigger_id: str) -> RemovedTrigger:
        self.row(slug)
        return self._stores.schedules.remove(slug, trigger_id)

    def _submit(self, slug: str) -> SubmittedRun:
        row = self.stored_row(slug)
        outcome = "Succeeded" if row["runnable"] else "Failed"
        run = self._stores.runs.submit(slug, row["version"], outcome)
        return {"run_id": run["run_id"], "slug": slug, "status": run["status"]}

    def _refuse_taken(self, name: str) -> None:
        statement = "SELECT slug, version FROM workflows WHERE name = ? AND NOT archived"
        row = self._stores.database.row(UpdatedWorkflow, statement, name)
        if row is not None:
            raise name_taken(name, row["slug"], row["version"])

    def _insert(self, name: str, draft: Draft, guids: CredentialGuids, owner: str) -> tuple[str, int]:
        slug, version = new_slug(name), self._publisher.next_version(0)
        statement = (
            "INSERT INTO workflows (slug, name, app_id, owner, workflow_id, version, credential_guid, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        values = (owner, str(uuid.uuid4()), version, guids.used, self._stores.clock())
        self._stores.database.execute(statement, slug, name, draft.app.app_id, *values)
        self._publisher.store(slug, version, draft, guids)
        return slug, version


def new_slug(name: str) -> str:
    """Return a new slug, such as `bigquery-prod-AbC123` for "BigQuery (prod)". The last six characters are random."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_name)[:64].strip("-") or "workflow"
    return f"{stem}-{''.join(secrets.choice(SUFFIX_CHARACTERS) for _ in range(6))}"
