"""The credentials of objects that this apply replaces, so that a replacement can have the name of its predecessor."""

from __future__ import annotations

import threading


class ReplacedCredentials:
    """The credentials of the objects that this process has archived in this apply. Safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._identities: set[str] = set()

    def add(self, *identities: str | None) -> None:
        """Record the guid of a credential, and the hashes of its configured names (``credential_names.digest``)."""
        with self._lock:
            self._identities.update(filter(None, identities))

    def __contains__(self, identity: object) -> bool:
        with self._lock:
            return identity in self._identities

    def clear(self) -> None:
        """Remove all records, because one process can serve several applies."""
        with self._lock:
            self._identities.clear()
