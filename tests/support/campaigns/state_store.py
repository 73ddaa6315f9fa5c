"""A place for Terraform's state over HTTP.

A state in a file is written anew, all of it, after each single resource, and everything else waits meanwhile: of many
resources hardly any would be in flight together. A remote one is written every twenty seconds.
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
    """The configuration of an empty store that is there within the block; it knows no locks."""
    with http_server() as server:
        server.always = _Store().reply
        yield f'terraform {{\n  backend "http" {{\n    address = "{server.url}/state"\n  }}\n}}\n'
