"""The gRPC handlers of a plugin: the provider's RPCs, Shutdown, and the stream of output.

Requests and responses are bytes, because the messages are loaded after the server has started.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from provider.framework.server.lean_grpc import grpc

if TYPE_CHECKING:
    from provider.framework.protocol.servicer import Servicer

    Behavior = Callable[[bytes, grpc.ServicerContext], bytes]

_SERVICE: Final = "/tfplugin6.Provider"


class Handlers(grpc.GenericRpcHandler):
    """The handlers by the full names of their methods."""

    def __init__(self, servicer: Future[Servicer], shutdown: threading.Event) -> None:
        self._servicer = servicer
        self._shutdown = shutdown
        # Stop and Shutdown have a separate worker, so they never wait for calls in flight.
        self._urgent = ThreadPoolExecutor(1)
        self._others: dict[str, grpc.RpcMethodHandler] = {
            "/plugin.GRPCController/Shutdown": grpc.unary_unary_rpc_method_handler(self._at_once(self._shut_down)),
            # Terraform asks for a stream of this process's output. The stream is empty, because logs go to stderr.
            "/plugin.GRPCStdio/StreamStdio": grpc.unary_stream_rpc_method_handler(lambda *_: iter(())),
        }

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler | None:
        """Return the handler of a call, or None if there is none. gRPC calls this method."""
        full_name = str(handler_call_details.method)
        service, _, method = full_name.rpartition("/")
        if service != _SERVICE:
            return self._others.get(full_name)
        answer = self._answer(method)
        behavior = self._at_once(answer) if method == "StopProvider" else answer
        handler: grpc.RpcMethodHandler = grpc.unary_unary_rpc_method_handler(behavior)
        return handler

    def _answer(self, method: str) -> Behavior:
        def answer(request: bytes, context: grpc.ServicerContext) -> bytes:
            servicer = self._servicer.result()
            if method not in servicer.methods:
                context.abort(grpc.StatusCode.UNIMPLEMENTED, f"This provider has no {method}.")
            return servicer.receive(method, request)

        return answer

    def _at_once(self, behavior: Behavior) -> Behavior:
        """Return the behavior, which then runs on the separate worker."""

        def answer(request: bytes, context: grpc.ServicerContext) -> bytes:
            return behavior(request, context)

        answer.experimental_thread_pool = self._urgent  # type: ignore[attr-defined]  # gRPC reads it
        return answer

    def _shut_down(self, _request: bytes, _context: grpc.ServicerContext) -> bytes:
        self._shutdown.set()
        return b""  # a message without fields
