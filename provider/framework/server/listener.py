"""The address of the plugin, to which only Terraform may connect.

A Unix socket is in a directory of mode 0700. On Windows the plugin listens on loopback TCP, which every program of
the machine can reach. So there the plugin requires Terraform's own certificate (see ``tls``), except with
``--debug``. ``PLUGIN_NETWORK=tcp`` selects TCP on other systems too.
"""

from __future__ import annotations

import base64
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    import grpc

_MAX_SOCKET_PATH: Final = 100  # the system's limit is 104 bytes on macOS, 108 on Linux


class Endpoint(NamedTuple):
    """The endpoint in the handshake line: ``unix`` or ``tcp``, the path or ``host:port``, and the certificate."""

    network: str
    address: str
    certificate: str = ""


class ListeningError(Exception):
    """The plugin cannot listen, or must not. The message says why, and what to do."""


def uses_tcp() -> bool:
    """Return True if the plugin listens on loopback TCP."""
    return sys.platform == "win32" or os.environ.get("PLUGIN_NETWORK") == "tcp"


@contextmanager
def for_terraform(server: grpc.Server, client_certificate: str) -> Iterator[Endpoint]:
    """Let the server listen to the Terraform process with this certificate (PEM), which is empty if TLS is off."""
    if uses_tcp():
        from provider.framework.server import tls

        with tls.for_client(client_certificate, server) as (port, certificate):
            yield Endpoint("tcp", f"{tls.HOST}:{port}", _encoded(certificate))
    else:
        with temporary_directory() as directory:
            socket = str(Path(directory, "plugin.sock"))
            yield Endpoint("unix", socket, _listen_on_socket(server, socket, tls=bool(client_certificate)))


@contextmanager
def for_debugging(server: grpc.Server) -> Iterator[Endpoint]:
    """Let the server listen without TLS. Terraform uses no TLS with a process that it did not start."""
    if uses_tcp():
        yield Endpoint("tcp", f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}")
    else:
        with for_terraform(server, "") as endpoint:
            yield endpoint


def _listen_on_socket(server: grpc.Server, socket: str, *, tls: bool) -> str:
    """Add the socket, and return the certificate for the handshake line."""
    address = f"unix:{quote(socket)}"  # gRPC parses the address as a URI
    if not tls:
        server.add_insecure_port(address)
        return ""
    import grpc

    from provider.framework.server import certificate

    issued = certificate.issue()
    # gRPC cannot verify Terraform's certificate, which uses P-521. The directory's mode excludes other users.
    credentials = grpc.ssl_server_credentials([(issued.key_pem, issued.certificate_pem)])
    server.add_secure_port(address, credentials)
    return _encoded(issued.certificate_der)


def _encoded(certificate: bytes) -> str:
    return base64.b64encode(certificate).decode().rstrip("=")


@contextmanager
def temporary_directory() -> Iterator[str]:
    """Create a directory of mode 0700 for the block, with a path that is short enough for a socket.

    Other users of the machine cannot open it. Raises ListeningError if there is no writable folder.
    """
    try:
        directory = tempfile.mkdtemp(prefix="plugin-")
        if len(os.fsencode(directory)) > _MAX_SOCKET_PATH - len("/plugin.sock"):
            Path(directory).rmdir()
            directory = tempfile.mkdtemp(prefix="plugin-", dir="/tmp")
    except OSError as error:
        raise ListeningError(
            f"The plugin needs a folder for its socket, and cannot create one: {error.strerror or error}. "
            "Set TMPDIR to a folder that this user can write to."
        ) from None
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)
