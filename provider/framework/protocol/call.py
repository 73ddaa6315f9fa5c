"""One call of an RPC: its request, its response, and what the provider reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeAlias

from tf.utils import Diagnostics

from provider.framework import redaction
from provider.framework.diagnostics import Finding, add
from provider.framework.paths import above_sets
from provider.framework.redaction import Registration
from provider.framework.resource import Gone
from provider.framework.schema import Schema
from provider.framework.values import Path, State

Message: TypeAlias = Any
"""A message of the protocol. Its class is built from a descriptor, so a type checker does not know it."""


class Call:
    """A request, the response to fill, and the diagnostics of the call.

    Secrets and identifiers, as the schema declares them, are registered until the end of the ``with`` block.
    """

    def __init__(self, request: Message, response: Message) -> None:
        self.request = request
        self.response = response
        self.diagnostics = Diagnostics()
        self.schema: Schema | None = None
        """The schema of the object that the call is about, once a handler knows it."""
        self.registration = Registration()

    def __enter__(self) -> Self:
        redaction.set_current(self.registration)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        redaction.set_current(None)
        self.registration.release()

    def report(self, findings: Iterable[Finding]) -> None:
        """Report findings. Errors among them fail the call."""
        add(self.diagnostics, findings)

    def register_identifiers(self, state: State | Gone | None) -> None:
        """Register the identifiers in a state that the call returns. Do nothing without a schema or a state."""
        if self.schema is not None and isinstance(state, dict):
            self.registration.add(tuple, partial(self.schema.identifiers_in, state))

    def finish(self) -> Diagnostics:
        """Cut each path at the first set, because the protocol has no path to an element. Return the diagnostics."""
        for each in self.diagnostics.diagnostics:
            if each.path:
                each.path = self.above_sets(each.path)
        return self.diagnostics

    def above_sets(self, path: Path) -> list[str | tuple[str | int]]:
        """Return the part of a path that ends at the first set, or the whole path if the schema is not set yet."""
        return above_sets(self.schema.cty, path) if self.schema is not None else list(path)


Handler: TypeAlias = Callable[[Call], None]
"""Fill the response of a call. An exception of a handler becomes a diagnostic, and the response is still sent."""
