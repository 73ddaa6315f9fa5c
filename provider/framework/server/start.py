"""The plugin process: handshake, streams, stop and shutdown.

Stop (Ctrl-C in Terraform) only sets an event, and calls in flight finish; ``Shutdown`` ends the process.
SIGINT is ignored, for Terraform forwards the intent through Stop; SIGTERM counts as Stop. When Terraform itself
is gone, the process leaves as soon as nothing is in flight.

Terraform launches a provider several times a command, so the handshake comes first: what answers, the messages of
the protocol included, is loaded while Terraform connects, and calls wait for it.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TextIO

from provider.framework import logs
from provider.framework.lazy_imports import deferred
from provider.framework.server import listener
from provider.framework.server.listener import Endpoint, ListeningError
from provider.framework.server.parent_process import Parent

with deferred("asyncio", "grpc.aio"):  # half of what importing grpc takes, and this server is one of threads
    import grpc

if TYPE_CHECKING:
    from provider.framework.protocol.servicer import Servicer
    from provider.framework.provider import Provider

log = logging.getLogger(__name__)

_SERVICE: Final = "/tfplugin6.Provider"
_WORKERS: Final = 64
_PARENT_POLL_SECONDS: Final = 1.0
_SHUTDOWN_GRACE_SECONDS: Final = 1.0  # Terraform kills 2 s after Shutdown
_OPTIONS: Final = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


def serve(load: Callable[[], Provider], out: TextIO) -> None:
    """Serve a provider to the Terraform that launched this process, until it says Shutdown or is gone.

    ``load`` makes the provider, once the handshake line has gone to ``out``, the real stdout. Exits with 1, and says
    why, where the plugin may not listen.
    """
    parent = Parent()
    logs.start()
    client_certificate = os.environ.get("PLUGIN_CLIENT_CERT", "")
    try:
        with _running(lambda server: listener.to_terraform(server, client_certificate)) as plugin:
            _handle_signals(plugin.stop)
            network, address, certificate = plugin.endpoint
            log.debug("listening on %s: %s", network, address)
            out.write(f"1|6|{network}|{address}|grpc|{certificate}\n")
            out.flush()
            plugin.load(load)
            plugin.wait_for_shutdown(parent)
    except ListeningError as error:
        sys.exit(str(error))
    _leave()


def serve_for_debugging(load: Callable[[], Provider]) -> None:
    """Serve until SIGINT or SIGTERM, printing what TF_REATTACH_PROVIDERS must hold to use this process."""
    logs.start()
    with _running(listener.for_debugging) as plugin:
        provider = plugin.load(load)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: plugin.shutdown.set())
        address = {"Network": plugin.endpoint.network, "String": plugin.endpoint.address}
        process = {"Protocol": "grpc", "ProtocolVersion": 6, "Pid": os.getpid(), "Test": True, "Addr": address}
        sys.stdout.write(f"TF_REATTACH_PROVIDERS='{json.dumps({provider.full_name(): process})}'\n")
        sys.stdout.flush()
        plugin.shutdown.wait()
    _leave()


def load_servicer(load: Callable[[], Provider]) -> Servicer:
    """Load what answers calls: the messages first, for only then do their libraries leave out what nobody needs."""
    from provider.framework.protocol import messages  # noqa: F401
    from provider.framework.protocol.servicer import Servicer

    return Servicer(load())


def _leave() -> None:
    """End the process, calls that are still running included: nobody waits for their answers any more."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(0)


def _handle_signals(stop: Callable[[], None]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: stop())


class _Plugin:
    """A server, where it listens once it does, the event that Shutdown sets, and the servicer once it is loaded."""

    endpoint: Endpoint

    def __init__(self) -> None:
        self.shutdown = threading.Event()
        self.servicer: Future[Servicer] = Future()

    def load(self, load: Callable[[], Provider]) -> Provider:
        """Make the provider, and answer the calls that wait for it."""
        try:
            servicer = load_servicer(load)
        except BaseException as error:  # whatever it is, a call that waits must not wait for ever
            self.servicer.set_exception(error)
            raise
        self.servicer.set_result(servicer)
        return servicer.provider

    def stop(self) -> None:
        """Let waits end, as Stop does, now or as soon as there is a provider."""
        self.servicer.add_done_callback(_stop)

    def wait_for_shutdown(self, parent: Parent) -> None:
        """Return after Shutdown, or when the parent is gone and no call is in flight."""
        while not self.shutdown.wait(_PARENT_POLL_SECONDS):
            if parent.is_gone:
                self.stop()
                if self.servicer.result().in_flight == 0:
                    return


def _stop(servicer: Future[Servicer]) -> None:
    if servicer.exception() is None:
        servicer.result().provider.stop.set()


@contextmanager
def _running(listen: Callable[[grpc.Server], AbstractContextManager[Endpoint]]) -> Iterator[_Plugin]:
    plugin = _Plugin()
    server = grpc.server(ThreadPoolExecutor(_WORKERS), [_Calls(plugin)], options=_OPTIONS)
    with listen(server) as plugin.endpoint:
        server.start()
        try:
            yield plugin
        finally:
            server.stop(_SHUTDOWN_GRACE_SECONDS).wait()


class _Calls(grpc.GenericRpcHandler):
    """What answers a call, by its method's full name: bytes come in and bytes go out."""

    def __init__(self, plugin: _Plugin) -> None:
        self._plugin = plugin
        # Stop and Shutdown have a worker of their own, so that they never queue behind calls in flight.
        self._urgent = ThreadPoolExecutor(1)
        self._own = {
            "/plugin.GRPCController/Shutdown": grpc.unary_unary_rpc_method_handler(self._at_once(self._shut_down)),
            # Terraform asks for a stream of this process's output; it ends at once, for stderr carries the logs.
            "/plugin.GRPCStdio/StreamStdio": grpc.unary_stream_rpc_method_handler(lambda *_: iter(())),
        }

    def service(self, call: Any) -> Any:
        """grpc's question: the handler of a call, None where there is none."""
        service, _, method = call.method.rpartition("/")
        if service != _SERVICE:
            return self._own.get(call.method)
        answer = self._answer(method)
        return grpc.unary_unary_rpc_method_handler(self._at_once(answer) if method == "StopProvider" else answer)

    def _answer(self, method: str) -> Any:
        def answer(request: bytes, context: Any) -> bytes:
            servicer = self._plugin.servicer.result()
            if method not in servicer.methods:
                context.abort(grpc.StatusCode.UNIMPLEMENTED, f"This provider has no {method}.")
            return servicer.receive(method, request)

        return answer

    def _at_once(self, behaviour: Callable[[bytes, Any], bytes]) -> Any:
        def answer(request: bytes, context: Any) -> bytes:
            return behaviour(request, context)

        answer.experimental_thread_pool = self._urgent  # type: ignore[attr-defined]  # read by grpc
        return answer

    def _shut_down(self, _request: bytes, _context: Any) -> bytes:
        self._plugin.shutdown.set()
        return b""  # a message without fields
