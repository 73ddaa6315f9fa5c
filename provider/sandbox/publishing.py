"""Publish the inputs of a workflow: check them, store their credential, and store them as a version.

The service stores a raw credential and writes its guid to `credential_guid`. An update without a credential keeps
the workflow's guid. A guid without a credential rewrites the record of that credential.
Chosen here: version numbers always increase, even within a second. A create does not need
`connection_qualified_name`. A run of an update without `connection_qualified_name` fails, and so does a run without a
connection, which an open contract does not require.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from provider.sandbox.apps import App
from provider.sandbox.connections import ConnectionAttributes, connection_attributes
from provider.sandbox.credentials import INPUT_VALIDATOR
from provider.sandbox.json_codec import JsonObject, dumps
from provider.sandbox.stores import Stores


class Draft(NamedTuple):
    """Inputs that were checked. `entrypoint` is None for the default one."""

    app: App
    entrypoint: str | None
    inputs: JsonObject
    connection: ConnectionAttributes | None


class CredentialGuids(NamedTuple):
    """The guid of the credential that a workflow uses, and of the one stored for it. Either may be empty."""

    used: str = ""
    own: str = ""


NO_CREDENTIAL = CredentialGuids()


class Publisher:
    """Check inputs and store versions."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def check(self, app_id: str, entrypoint: str | None, inputs: JsonObject) -> Draft:
        """Return the checked inputs. Raises ServiceError: 404 for the app, 400 for the entrypoint or the inputs."""
        app = self._stores.apps.get(app_id)
        app.check(entrypoint, inputs)
        if inputs.get("credential") is not None:
            INPUT_VALIDATOR.validate(inputs["credential"])
        connection = connection_attributes(inputs)
        if connection is not None:
            self._stores.connections.check(connection)
        return Draft(app, entrypoint, inputs, connection)

    def next_version(self, current: int) -> int:
        return max(int(self._stores.clock()), current + 1)

    @contextmanager
    def credential_stored(self, draft: Draft, current: CredentialGuids = NO_CREDENTIAL) -> Iterator[CredentialGuids]:
        """Store the credential, reach the app, and yield the guids. The block is a transaction.

        If the block raises an exception, the credential stays. With `--drop-failed-credentials` it is removed. Raises
        ServiceError (500) while the app is starting, as if the block raised it.
        """
        keeps = self._stores.options.keep_failed_credentials
        stored = self._store_credential(draft, current) if keeps else None
        with self._stores.database.transaction():
            guids = self._store_credential(draft, current) if stored is None else stored
            self._stores.apps.reach(draft.app.app_id)
            yield guids

    def _store_credential(self, draft: Draft, current: CredentialGuids) -> CredentialGuids:
        """Store a raw credential, or rewrite the record of a guid. Return the guids of the new version."""
        raw, guid = draft.inputs.get("credential"), draft.inputs.get("credential_guid")
        if raw is not None:
            created = str(self._stores.credentials.create(raw, draft.app.connector_name)["id"])
            return CredentialGuids(created, created)
        if guid:
            self._stores.credentials.rewrite(str(guid))
            return CredentialGuids(str(guid))
        return current

    def store(self, slug: str, version: int, draft: Draft, guids: CredentialGuids, *, update: bool = False) -> None:
        """Store the inputs as a version, without a raw credential.

        Runs of a version without a connection fail. With `update`, runs of a version without
        `connection_qualified_name` fail, too.
        """
        inputs = {key: value for key, value in draft.inputs.items() if key != "credential"}
        if guids.used:
            inputs["credential_guid"] = guids.used
        runnable = draft.connection is not None and (not update or bool(inputs.get("connection_qualified_name")))
        statement = (
            "INSERT INTO versions"
            " (slug, version, entrypoint, inputs, correlation_id, runnable, own_credential, published_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        published = (draft.entrypoint, dumps(inputs), str(uuid.uuid4()), runnable, guids.own, self._stores.clock())
        self._stores.database.execute(statement, slug, version, *published)
