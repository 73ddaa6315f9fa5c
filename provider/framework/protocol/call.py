"""One call of an RPC: its request, its response, and what the provider reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from tf.utils import Diagnostics

from provider.framework.diagnostics import Finding
from provider.framework.paths import above_sets
from provider.framework.protocol import values
from provider.framework.protocol.codec import DecodeError
from provider.framework.protocol.values import Received
from provider.framework.resource import add
from provider.framework.schema import Schema
from provider.framework.values import Path

Message: TypeAlias = Any
"""A message of the protocol. Its class is built from a descriptor, so a type checker does not know it."""


class Call:
    """A request, the response to fill, and the diagnostics of the call."""

    def __init__(self, request: Message, response: Message) -> None:
        self.request = request
        self.response = response
        self.diagnostics = Diagnostics()
        self._schema: Schema | None = None

    def report(self, findings: Iterable[Finding]) -> None:
        """Report findings. Errors among them fail the call."""
        add(self.diagnostics, findings)

    def receive(self, schema: Schema, value: Message) -> Received:
        """Return a state or configuration of the request. Raises DecodeError."""
        self._schema = schema
        return values.receive(schema, value)

    def config(self, schema: Schema) -> dict[str, Any]:
        """Return the configuration of the request. Raises DecodeError if it is null."""
        config = self.receive(schema, self.request.config).state
        if config is None:
            raise DecodeError("the configuration is null")
        return config

    def finish(self) -> Diagnostics:
        """Return the diagnostics. A path into a set ends at the set, because the protocol has no path to an element."""
        for each in self.diagnostics.diagnostics:
            if each.path:
                each.path = self.above_sets(each.path)
        return self.diagnostics

    def above_sets(self, path: Path) -> list[str | tuple[str | int]]:
        """Return a path that ends at the first set."""
        return above_sets(self._schema.cty, path) if self._schema is not None else list(path)


Handler: TypeAlias = Callable[[Call], None]
"""Fill the response of a call. What a handler raises becomes a diagnostic, and the response is sent nevertheless."""
