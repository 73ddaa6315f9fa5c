"""The workflows that use a stored credential.

The service has no such request, so all workflows are read. A version that was read once is not read again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from provider.client.errors import Forbidden, NotFound, UnprovenNotFound
from provider.model.inputs import CONNECTION, as_object, connection_attributes
from provider.model.json_inputs import as_json

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow
    from provider.framework import Value

_SECONDS: Final = 120.0
_GUID_KEY: Final = "credentialguid"


class Use(NamedTuple):
    """A workflow, the guids of the credentials in its inputs, and the attributes of its connection that identify it."""

    slug: str
    guids: frozenset[str] = frozenset()
    connection: frozenset[tuple[str, str]] = frozenset()


class CredentialUses:
    """The credentials in the inputs of all published workflows. Safe for threads."""

    def __init__(self, api: Callable[[], AtlanApi]) -> None:
        self._api = api
        self._lock = threading.Lock()
        self._known: dict[tuple[str, int | None], Use] = {}

    def of(self, guid: str) -> list[Use]:
        """Return the workflows whose inputs contain the guid of a credential.

        A workflow that this API key cannot read is left out, and so is one whose inputs the service does not return.
        Raises AtlanError if a request fails for another reason.
        """
        client = self._api().with_timeout(_SECONDS)
        with self._lock:  # Another thread waits, because it needs the same requests.
            found = [self._use(client, row) for row in client.list_workflows()]
        return [each for each in found if guid in each.guids]

    def _use(self, client: AtlanApi, row: Workflow) -> Use:
        key = row.slug, row.version
        if key not in self._known or row.version is None:
            self._known[key] = _read_use(client, row.slug)
        return self._known[key]


def identity(connection: Value) -> frozenset[tuple[str, str]]:
    """Return the qualified name and the name in an input ``connection``. Two equal ones have one of them in common."""
    attributes = connection_attributes(connection)
    pairs = ((key, attributes.get(key)) for key in ("qualifiedName", "name"))
    return frozenset((key, value) for key, value in pairs if isinstance(value, str) and value)


def _read_use(client: AtlanApi, slug: str) -> Use:
    try:
        inputs = client.get_workflow(slug).inputs
    except (Forbidden, NotFound, UnprovenNotFound):
        return Use(slug)
    return Use(slug, frozenset(_guids(inputs)), identity(as_object(inputs).get(CONNECTION)))


def _guids(value: Value) -> Iterator[str]:
    """Yield the text at each key such as ``api_credential_guid`` or ``defaultCredentialGuid``, also in JSON text."""
    opened = as_json(value)
    if isinstance(opened, list):
        for item in opened:
            yield from _guids(item)
    for key, item in as_object(opened).items():
        if isinstance(item, str) and item and key.lower().replace("_", "").endswith(_GUID_KEY):
            yield item
        else:
            yield from _guids(item)
