"""Publishing: from the inputs that were sent to a version that is stored.

The service's facts: a raw credential is vaulted and its guid routed to `credential_guid`; a PUT without one keeps
the vaulted guid; a bare guid with no body rewrites the shared credential's record. A version's own credential is
the one that was vaulted for its workflow, not a bare guid. Rules where the facts are
silent: versions strictly rise, within a second too; a create fills in the connection's qualified name and a PUT
does not, so that a run of a version published without it ends Failed.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from provider.sandbox.connections import attributes_of
from provider.sandbox.contracts import App
from provider.sandbox.parts import Parts
from provider.sandbox.wire import dumps


@dataclass(frozen=True)
class Draft:
    """Checked inputs: the app, the entrypoint (None for the default), the inputs, the connection's attributes."""

    app: App
    entrypoint: str | None
    inputs: dict[str, Any]
    connection: dict[str, Any]


@dataclass(frozen=True)
class Credentials:
    """Two guids, each perhaps empty: the one that a workflow `uses`, and its `own`."""

    uses: str = ""
    own: str = ""


NONE = Credentials()


class Publisher:
    """Checks inputs and stores versions."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def draft(self, app_id: str, entrypoint: str | None, inputs: dict[str, Any]) -> Draft:
        """ServiceError: 404 for the app, 400 (code 1003) for the entrypoint, 400 for the inputs."""
        app = self._parts.apps.get(app_id)
        app.check(entrypoint, inputs)
        connection = attributes_of(inputs)
        self._parts.connections.check(connection)
        return Draft(app, entrypoint, inputs, connection)

    def next_version(self, current: int) -> int:
        return max(int(self._parts.clock()), current + 1)

    def vault(self, draft: Draft, kept: Credentials = NONE) -> Credentials:
        """Vault the inputs' raw credential if there is one; `kept` are the guids of the version before."""
        raw, bare = draft.inputs.get("credential"), draft.inputs.get("credential_guid")
        if raw is not None:
            guid = self._parts.vault.create(raw, draft.app.connector_name)["id"]
            return Credentials(guid, guid)
        if bare:
            self._parts.vault.flatten(bare)
            return Credentials(bare)
        return kept

    def store(self, slug: str, version: int, draft: Draft, credentials: Credentials, *, update: bool = False) -> None:
        """Store the inputs as a version, with no raw credential; of an update that lacks a name no run succeeds."""
        inputs = {key: value for key, value in draft.inputs.items() if key != "credential"}
        if credentials.uses:
            inputs["credential_guid"] = credentials.uses
        runnable = not update or bool(inputs.get("connection_qualified_name"))
        statement = (
            "INSERT INTO versions"
            " (slug, version, entrypoint, inputs, correlation_id, runnable, own_credential, published_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        told = (draft.entrypoint, dumps(inputs), str(uuid.uuid4()), runnable)
        values = (*told, credentials.own, self._parts.clock())
        self._parts.database.run(statement, slug, version, *values)
