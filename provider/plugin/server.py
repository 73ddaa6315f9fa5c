"""The plugin process: handshake, socket, streams, stop and shutdown.

Stop (Ctrl-C in Terraform) only sets an event, and calls in flight finish; ``Shutdown`` ends the process.
SIGINT is ignored, for Terraform forwards the intent through Stop; SIGTERM counts as Stop. When Terraform itself
is gone, the process leaves as soon as nothing is in flight.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, TextIO
from urllib.parse import quote

import grpc
from tf.gen import grpc_controller_pb2, grpc_stdio_pb2

from provider.plugin import logs, protocol
from provider.plugin.resource import Provider
from provider.plugin.servicer import Servicer

_WORKERS: Final = 64
_MAX_SOCKET_PATH: Final = 100  # the system's limit is 104 bytes on macOS, 108 on Linux
_PARENT_POLL_SECONDS: Final = 1.0
_SHUTDOWN_GRACE_SECONDS: Final = 1.0  # Terraform kills 2 s after Shutdown
_OPTIONS: Final = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


def serve(provider: Provider, out: TextIO) -> None:
    """Serve the provider to the Terraform that launched this process, until it says Shutdown or is gone.

    ``out`` is the real stdout, where the handshake line goes.
    """
    parent = os.getppid()
    logs.start()
    _handle_signals(provider.stop)
    encoded, credentials = _credentials()
    with _running(provider, credentials) as plugin:
        out.write(f"1|6|unix|{plugin.socket}|grpc|{encoded}\n")
        out.flush()
        plugin.wait_for_shutdown(parent)
    _leave()


def serve_for_debugging(provider: Provider) -> None:
    """Serve until SIGINT or SIGTERM, printing what TF_REATTACH_PROVIDERS must hold to use this process."""
    logs.start()
    with _running(provider, None) as plugin:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: plugin.shutdown.set())
        address = {"Network": "unix", "String": plugin.socket}
        process = {"Protocol": "grpc", "ProtocolVersion": 6, "Pid": os.getpid(), "Test": True, "Addr": address}
        sys.stdout.write(f"TF_REATTACH_PROVIDERS='{json.dumps({provider.full_name(): process})}'\n")
        sys.stdout.flush()
        plugin.shutdown.wait()
    _leave()


def _leave() -> None:
    """End the process, calls that are still running included: nobody waits for their answers any more."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(0)


def _handle_signals(stop: threading.Event) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())


def _credentials() -> tuple[str, Any]:
    """The certificate for the handshake line and the server's credentials; none of both where TLS is off."""
    if not os.environ.get("PLUGIN_CLIENT_CERT"):
        return "", None
    from provider.plugin import certificate

    issued = certificate.issue()
    credentials = grpc.ssl_server_credentials([(issued.key_pem, issued.certificate_pem)])
    return base64.b64encode(issued.certificate_der).decode().rstrip("="), credentials


class _Plugin:
    """A running server, its socket, and the event that Shutdown sets."""

    def __init__(self, servicer: Servicer, socket: str) -> None:
        self.servicer = servicer
        self.socket = socket
        self.shutdown = threading.Event()

    def wait_for_shutdown(self, parent: int) -> None:
        """Return after Shutdown, or when the parent is gone and no call is in flight."""
        while not self.shutdown.wait(_PARENT_POLL_SECONDS):
            if os.getppid() != parent:
                self.servicer.provider.stop.set()
                if self.servicer.in_flight == 0:
                    return


@contextmanager
def _running(provider: Provider, credentials: Any) -> Iterator[_Plugin]:
    with _socket_directory() as directory:
        plugin = _Plugin(Servicer(provider), str(Path(directory, "plugin.sock")))
        server = grpc.server(ThreadPoolExecutor(_WORKERS), options=_OPTIONS)
        for handlers in _handlers(plugin):
            server.add_generic_rpc_handlers((handlers,))
        address = f"unix:{quote(plugin.socket)}"  # grpc reads it as a URI
        _ = server.add_secure_port(address, credentials) if credentials else server.add_insecure_port(address)
        server.start()
        try:
            yield plugin
        finally:
            server.stop(_SHUTDOWN_GRACE_SECONDS).wait()


@contextmanager
def _socket_directory() -> Iterator[str]:
    """A fresh directory of mode 0700, which is what keeps other users of the machine out."""
    directory = tempfile.mkdtemp(prefix="plugin-")
    if len(os.fsencode(directory)) > _MAX_SOCKET_PATH - len("/plugin.sock"):
        Path(directory).rmdir()
        directory = tempfile.mkdtemp(prefix="plugin-", dir="/tmp")
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _handlers(plugin: _Plugin) -> list[Any]:
    # Stop and Shutdown have a worker of their own, so that they never queue behind calls in flight.
    urgent = ThreadPoolExecutor(1)
    provider = {
        method.name: _unary(_behaviour(plugin.servicer, method, urgent), method) for method in protocol.methods()
    }
    return [
        grpc.method_handlers_generic_handler(protocol.SERVICE, provider),
        grpc.method_handlers_generic_handler("plugin.GRPCController", {"Shutdown": _shutdown(plugin, urgent)}),
        grpc.method_handlers_generic_handler("plugin.GRPCStdio", {"StreamStdio": _no_stdio()}),
    ]


def _behaviour(servicer: Servicer, method: protocol.Method, urgent: ThreadPoolExecutor) -> Any:
    def answer(request: bytes, _context: Any) -> Any:
        return servicer.receive(method, request)

    if method.name == "StopProvider":
        answer.experimental_thread_pool = urgent  # type: ignore[attr-defined]  # read by grpc
    return answer


def _unary(behaviour: Any, method: protocol.Method) -> Any:
    return grpc.unary_unary_rpc_method_handler(
        behaviour,
        request_deserializer=bytes,  # the servicer reads it, for what fails here is answered by no diagnostic
        response_serializer=method.response.SerializeToString,
    )


def _shutdown(plugin: _Plugin, urgent: ThreadPoolExecutor) -> Any:
    def shut_down(_request: Any, _context: Any) -> Any:
        plugin.shutdown.set()
        return grpc_controller_pb2.Empty()

    shut_down.experimental_thread_pool = urgent  # type: ignore[attr-defined]  # read by grpc
    return grpc.unary_unary_rpc_method_handler(
        shut_down,
        request_deserializer=grpc_controller_pb2.Empty.FromString,
        response_serializer=grpc_controller_pb2.Empty.SerializeToString,
    )


def _no_stdio() -> Any:
    """Terraform asks for a stream of this process's output; it ends at once, for stderr carries the logs."""
    return grpc.unary_stream_rpc_method_handler(
        lambda _request, _context: iter(()),
        request_deserializer=bytes,
        response_serializer=grpc_stdio_pb2.StdioData.SerializeToString,
    )
