"""Publishing: from the inputs that were sent to a version that is stored.

The service's facts: a raw credential is vaulted and its guid routed to `credential_guid`; a PUT without one keeps
the vaulted guid; a bare guid with no body rewrites the shared credential's record. Rules where the facts are
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

    def settle(self, draft: Draft, kept: str) -> tuple[dict[str, Any], str]:
        """The inputs to store and the vaulted guid; `kept` is the guid vaulted before, or empty."""
        inputs = {key: value for key, value in draft.inputs.items() if key != "credential"}
        guid, fresh = self._credential(draft, kept)
        if guid:
            inputs["credential_guid"] = guid
        self._parts.connections.learn(draft.connection, guid if fresh else "")
        return inputs, guid

    def _credential(self, draft: Draft, kept: str) -> tuple[str, bool]:
        raw, bare = draft.inputs.get("credential"), draft.inputs.get("credential_guid")
        if raw is not None:
            return self._parts.vault.create(raw, draft.app.connector_name)["id"], True
        if bare:
            self._parts.vault.flatten(bare)
        return bare or kept, False

    def store(self, slug: str, version: int, draft: Draft, inputs: dict[str, Any], *, runnable: bool) -> None:
        statement = (
            "INSERT INTO versions (slug, version, entrypoint, inputs, correlation_id, runnable, published_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        values = (draft.entrypoint, dumps(inputs), str(uuid.uuid4()), runnable, self._parts.clock())
        self._parts.database.run(statement, slug, version, *values)
