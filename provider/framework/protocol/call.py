"""One call of an RPC: its request, its response, and what the provider reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, Self, TypeAlias

from tf.utils import Diagnostics

from provider.framework.diagnostics import Finding
from provider.framework.paths import above_sets
from provider.framework.protocol import values
from provider.framework.protocol.codec import DecodeError
from provider.framework.protocol.values import Received
from provider.framework.redaction import Registration
from provider.framework.resource import add
from provider.framework.schema import Schema
from provider.framework.values import Path, State

Message: TypeAlias = Any
"""A message of the protocol. Its class is built from a descriptor, so a type checker does not know it."""


class Call:
    """A request, the response to fill, and the diagnostics of the call.

    What the schema declares as secret or as an identifier is registered until the end of the ``with`` block.
    """

    def __init__(self, request: Message, response: Message) -> None:
        self.request = request
        self.response = response
        self.diagnostics = Diagnostics()
        self._schema: Schema | None = None
        self._registration = Registration()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._registration.release()

    def report(self, findings: Iterable[Finding]) -> None:
        """Report findings. Errors among them fail the call."""
        add(self.diagnostics, findings)

    def receive(self, schema: Schema, value: Message) -> Received:
        """Return a state or configuration of the request. Raises DecodeError."""
        self._schema = schema
        received = values.receive(schema, value)
        if received.state is not None:
            self._registration.note(schema, received.state)
        return received

    def config(self, schema: Schema) -> dict[str, Any]:
        """Return the configuration of the request. Raises DecodeError if it is null."""
        config = self.receive(schema, self.request.config).state
        if config is None:
            raise DecodeError("the configuration is null")
        return config

    def encode(self, schema: Schema, state: State | None, *like: Received, planned: bool = False) -> Message:
        """Return a state that the call returns, as ``values.encode`` does."""
        if isinstance(state, Mapping):
            self._registration.note(schema, state)
        return values.encode(schema, state, self.report, *like, planned=planned)

    def encode_applied(self, schema: Schema, state: State, planned: Received) -> Message:
        """Return a state that an apply returns or saved, as ``values.encode_applied`` does."""
        if isinstance(state, Mapping):
            self._registration.note(schema, state)
        return values.encode_applied(schema, state, planned, self.report)

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
