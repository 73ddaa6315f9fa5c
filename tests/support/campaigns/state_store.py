"""A backend for Terraform's state over HTTP.

Terraform writes a local state file after each resource, and everything else waits. A remote state is written every
twenty seconds, so that many resources are created at the same time.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.http_server import Received, Reply, http_server


class _Store:
    def __init__(self) -> None:
        self._state: bytes | None = None

    def reply(self, request: Received) -> Reply:
        if request.method == "GET":
            return Reply(404) if self._state is None else Reply(200, self._state)
        self._state = request.body
        return Reply(200)


@contextmanager
def state_store() -> Iterator[str]:
    """Yield the configuration of an empty backend without locks. It exists within the block."""
    with http_server() as server:
        server.always = _Store().reply
        yield f'terraform {{\n  backend "http" {{\n    address = "{server.url}/state"\n  }}\n}}\n'
