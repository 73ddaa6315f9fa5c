"""Workflows: minted, published again, archived and run.

Rules where the facts are silent: a body's unknown keys are refused; an archived slug answers 404 and frees its
name; archiving removes the triggers.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
import string
import unicodedata
import uuid
from typing import Any

from provider.sandbox import schedules
from provider.sandbox.errors import name_taken, not_found
from provider.sandbox.parts import Parts
from provider.sandbox.publishing import Credentials, Draft, Publisher
from provider.sandbox.wire import Checker, closed

TEXT = {"type": "string"}
NEW = closed(
    {
        "app_id": TEXT,
        "name": {"type": "string", "pattern": r"\S"},
        "inputs": {"type": "object"},
        "entrypoint": TEXT,
        "schedule": {"type": "object"},
        "run": {"type": "boolean"},
    },
    ["app_id", "name", "inputs"],
)
CHANGED = closed({"inputs": {"type": "object"}, "entrypoint": TEXT}, ["inputs"])
CHECK_NEW, CHECK_CHANGED = Checker(NEW, "body"), Checker(CHANGED, "body")
CHECK_OWNER = Checker(TEXT, "owner")
SUFFIX = string.ascii_letters + string.digits


def mint_slug(name: str) -> str:
    """`bigquery-prod-AbC123` for "BigQuery (prod)": the name's letters and digits, then six at random."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_name)[:64].strip("-") or "workflow"
    return f"{stem}-{''.join(secrets.choice(SUFFIX) for _ in range(6))}"


class Workflows:
    """The tenant's workflows. Every method but `row` changes them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._publisher = Publisher(parts)

    def row(self, slug: str) -> sqlite3.Row:
        """The live workflow of this slug with its latest version; ServiceError (404) if there is none."""
        statement = "SELECT * FROM workflows JOIN versions USING (slug, version) WHERE slug = ? AND NOT archived"
        row = self._parts.database.find(statement, slug)
        if row is None:
            raise not_found("workflow", slug)
        return row

    def create(self, body: dict[str, Any], owner: str) -> dict[str, Any]:
        """Create, publish, and as asked schedule and run; ServiceError 400, 404 or 409, with nothing changed."""
        CHECK_NEW.check(body)
        draft = self._publisher.draft(body["app_id"], body.get("entrypoint"), body["inputs"])
        trigger = schedules.checked(body["schedule"]) if "schedule" in body else None
        with self._parts.database.transaction():
            self._refuse_taken(body["name"])
            slug, version = self._insert(body["name"], draft, owner)
            made = {"slug": slug, "version": version, "execution_mode": "native"}
            if trigger is not None:
                made["schedule_trigger_id"] = self._parts.schedules.add(slug, version, *trigger)["trigger_id"]
            if body.get("run", True):
                made["run_id"] = self._submit(slug)["run_id"]
        return made

    def update(self, slug: str, body: dict[str, Any]) -> dict[str, Any]:
        """Replace the inputs and publish them as a new version; owner and vaulted credential stay."""
        row = self.row(slug)
        CHECK_CHANGED.check(body)
        draft = self._publisher.draft(row["app_id"], body.get("entrypoint"), body["inputs"])
        version = self._publisher.next_version(row["version"])
        with self._parts.database.transaction():
            kept = Credentials(row["vaulted_guid"], row["own_credential"])
            credentials = self._publisher.vault(draft, kept)
            self._publisher.store(slug, version, draft, credentials, update=True)
            change = "UPDATE workflows SET version = ?, vaulted_guid = ? WHERE slug = ?"
            self._parts.database.run(change, version, credentials.uses, slug)
        return {"slug": slug, "version": version}

    def hand_over(self, slug: str, owner: Any) -> None:
        """Give the workflow another owner, which no operation of the service does; ServiceError 400 or 404."""
        self.row(slug)
        CHECK_OWNER.check(owner)
        self._parts.database.run("UPDATE workflows SET owner = ? WHERE slug = ?", owner, slug)

    def archive(self, slug: str) -> dict[str, Any]:
        self.row(slug)
        with self._parts.database.transaction():
            self._parts.schedules.remove_all(slug)
            self._parts.database.run("UPDATE workflows SET archived = 1 WHERE slug = ?", slug)
        return {"slug": slug, "archived": True}

    def submit(self, slug: str) -> dict[str, Any]:
        """Run the published version; ServiceError (500) while a run is active."""
        with self._parts.database.transaction():
            return self._submit(slug)

    def set_run(self, run_id: str, status: Any) -> dict[str, Any]:
        """Fix a run's status from now on; what had Succeeded before, or does so now, is counted."""
        self._parts.connections.catch_up()
        run = self._parts.runs.set(run_id, status)
        self._parts.connections.catch_up()
        return run

    def add_schedule(self, slug: str, body: dict[str, Any]) -> dict[str, Any]:
        row = self.row(slug)
        return self._parts.schedules.add(slug, row["version"], *schedules.checked(body))

    def remove_schedule(self, slug: str, trigger_id: str) -> dict[str, Any]:
        self.row(slug)
        return self._parts.schedules.remove(slug, trigger_id)

    def _submit(self, slug: str) -> dict[str, Any]:
        row = self.row(slug)
        outcome = "Succeeded" if row["runnable"] else "Failed"
        run = self._parts.runs.submit(slug, row["version"], outcome)
        return {"run_id": run["run_id"], "slug": slug, "status": run["status"]}

    def _refuse_taken(self, name: str) -> None:
        statement = "SELECT slug, version FROM workflows WHERE name = ? AND NOT archived"
        row = self._parts.database.find(statement, name)
        if row is not None:
            raise name_taken(name, row["slug"], row["version"])

    def _insert(self, name: str, draft: Draft, owner: str) -> tuple[str, int]:
        slug, version = mint_slug(name), self._publisher.next_version(0)
        credentials = self._publisher.vault(draft)
        statement = (
            "INSERT INTO workflows (slug, name, app_id, owner, workflow_id, version, vaulted_guid, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        values = (owner, str(uuid.uuid4()), version, credentials.uses, self._parts.clock())
        self._parts.database.run(statement, slug, name, draft.app.app_id, *values)
        self._publisher.store(slug, version, draft, credentials)
        return slug, version
