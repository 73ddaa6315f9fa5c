"""Serve a provider to Terraform, or to a debugger.

StopProvider (Ctrl-C in Terraform) only sets an event, and calls in flight finish. Shutdown ends the process. SIGINT
is ignored, because Terraform forwards it as StopProvider. SIGTERM counts as StopProvider. If Terraform itself has
ended, the process ends as soon as no call is in flight. With ``--debug``, SIGINT and SIGTERM end the process.

Terraform launches a provider several times for each command. So the handshake comes first, and the messages and the
provider are loaded while Terraform connects. Calls wait for them.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from provider.framework import logs
from provider.framework.server import handshake, listener
from provider.framework.server.grpc_server import running
from provider.framework.server.listener import ListeningError
from provider.framework.server.parent_process import Parent

if TYPE_CHECKING:
    from provider.framework.provider import Provider
    from provider.framework.server.listener import Endpoint

log = logging.getLogger(__name__)


def serve(load: Callable[[], Provider], out: TextIO, logger: str) -> None:
    """Serve a provider to the Terraform process that launched this one, until Shutdown.

    ``load`` returns the provider. It is called after the handshake line was written to ``out``, the real stdout.
    Exits with 1 and a message on stderr if the plugin may not listen.
    """
    parent = Parent()
    logs.start(logger)
    client_certificate = os.environ.get("PLUGIN_CLIENT_CERT", "")
    try:
        with running(lambda server: listener.for_terraform(server, client_certificate)) as plugin:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, lambda *_: plugin.stop())
            log.debug("listening on %s: %s", plugin.endpoint.network, plugin.endpoint.address)
            handshake.write_line(out, plugin.endpoint)
            plugin.load(load)
            plugin.wait_for_shutdown(parent)
    except ListeningError as error:
        _end_with(error)
    _end_process()


def serve_for_debugging(load: Callable[[], Provider], logger: str) -> None:
    """Serve until SIGINT or SIGTERM. Print the value of TF_REATTACH_PROVIDERS that makes Terraform use this process."""
    logs.start(logger)
    try:
        with running(listener.for_debugging) as plugin:
            provider = plugin.load(load)
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: plugin.shutdown.set())
            sys.stdout.write(f"TF_REATTACH_PROVIDERS='{_reattach(provider, plugin.endpoint)}'\n")
            sys.stdout.flush()
            plugin.shutdown.wait()
    except ListeningError as error:
        _end_with(error)
    _end_process()


def _reattach(provider: Provider, endpoint: Endpoint) -> str:
    """Return the value of TF_REATTACH_PROVIDERS as JSON."""
    address = {"Network": endpoint.network, "String": endpoint.address}
    process = {"Protocol": "grpc", "ProtocolVersion": 6, "Pid": os.getpid(), "Test": True, "Addr": address}
    return json.dumps({provider.full_name(): process})


def _end_with(error: ListeningError) -> None:
    sys.stderr.write(f"{error}\n")
    _end_process(1)


def _end_process(code: int = 0) -> None:
    """End the process and its running calls, because no process waits for their answers."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
