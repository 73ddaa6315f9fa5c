"""Answer Terraform's RPCs for one provider. ``Servicer.explain`` makes an exception an error for the user.

Each handler fills a response, and raises an exception for a failure. The servicer adds the diagnostic to the response.
So the values that the handler has set before, above all a prior state, still reach Terraform.
"""

from __future__ import annotations

import logging
import threading
from typing import Final, cast

from google.protobuf.message import DecodeError as MessageError

from provider.framework.diagnostics import Finding, UserError
from provider.framework.protocol import messages
from provider.framework.protocol.call import Call, Handler, Message
from provider.framework.protocol.codec import DecodeError
from provider.framework.protocol.diagnostics import put_diagnostics
from provider.framework.protocol.function_calls import FunctionCalls
from provider.framework.protocol.provider_calls import ProviderCalls
from provider.framework.provider import Provider

log = logging.getLogger(__name__)

_READS: Final = ("ReadResource", "ReadDataSource", "ImportResourceState")
"""The RPCs that Terraform also calls in a destroy, for the plan before it."""


class Servicer:
    """The servicer of a provider. ``methods`` are the RPCs by name, ``in_flight`` is the number of running calls."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.methods = {method.name: method for method in messages.methods()}
        self.in_flight = 0
        self._counting = threading.Lock()
        functions = FunctionCalls(provider, self.explain)
        self._handlers = ProviderCalls(provider, functions).handlers() | functions.handlers()

    def receive(self, name: str, data: bytes) -> bytes:
        """Answer the RPC of that name. Bytes that are not a request are answered by a diagnostic."""
        method = self.methods[name]
        try:
            response = self.call(method, method.request.FromString(data))
        except MessageError:
            summary = f"Terraform sent a {name} request that this provider cannot read"
            with Call(None, method.response()) as call:
                call.report([Finding(summary, "Its bytes are not a message of plugin protocol 6.")])
                put_diagnostics(call.response, call.finish())
            response = call.response
        return cast("bytes", response.SerializeToString())

    def call(self, method: messages.Method, request: Message) -> Message:
        """Answer one RPC. Raises no exception."""
        self._count(+1)
        try:
            return self._answer(method, request)
        finally:
            self._count(-1)

    def _count(self, by: int) -> None:
        with self._counting:
            self.in_flight += by

    def _answer(self, method: messages.Method, request: Message) -> Message:
        with Call(request, method.response()) as call:
            try:
                self._handler(method.name)(call)
            except BaseException as error:  # noqa: BLE001 - no exception may end the call, an exit included
                finding = self.explain(error).finding
                call.report([_failed_read(finding) if method.name in _READS else finding])
            put_diagnostics(call.response, call.finish())
        return call.response

    def _handler(self, name: str) -> Handler:
        """Return the handler of an RPC. A launch that only answers the schema does not import the others."""
        if name not in self._handlers:
            from provider.framework.protocol.data_source_calls import DataSourceCalls
            from provider.framework.protocol.resource_calls import ResourceCalls

            others = ResourceCalls(self.provider, self.explain).handlers() | DataSourceCalls(self.provider).handlers()
            self._handlers = others | self._handlers
        return self._handlers[name]

    def explain(self, error: BaseException) -> UserError:
        """Return the UserError for any exception. Log an unexpected one."""
        try:
            known = self._known(error)
        except Exception as another:  # noqa: BLE001 - the explanation itself failed
            known, error = None, another
        if known is not None:
            return known
        log.error("unexpected %s", type(error).__name__, exc_info=error)
        return UserError(
            "The provider failed unexpectedly",
            f"The provider raised {type(error).__name__}. State that was known is not lost. "
            "Please report this with the log that TF_LOG=DEBUG writes.",
        )

    def _known(self, error: BaseException) -> UserError | None:
        if isinstance(error, UserError):
            return error
        known = self.provider.explain(error) if isinstance(error, Exception) else None
        if known is not None:
            return known
        if isinstance(error, RecursionError):
            return UserError(
                "A value is nested too deeply",
                "The value has more levels than this provider can process. Use fewer levels.",
            )
        if isinstance(error, DecodeError):
            return UserError("Terraform sent a value that this provider cannot read", str(error))
        return None


def _failed_read(finding: Finding) -> Finding:
    # Imported here, because a launch that only answers the schema does not need it.
    from provider.framework.refusals import failed_read

    return failed_read(finding)
