"""Where the plugin listens, and what keeps everybody but Terraform out.

A Unix socket lies in a directory of mode 0700. On Windows there is only loopback TCP, which every program of the
machine can reach, so there Terraform's own certificate is asked for (see ``tls``). ``PLUGIN_NETWORK=tcp`` has that
on other systems too.
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
    """What the handshake line says: ``unix`` or ``tcp``, the path or ``host:port``, and the certificate, if any."""

    network: str
    address: str
    certificate: str = ""


class ListeningError(Exception):
    """The plugin will not listen; the message says why, and what to do."""


def by_tcp() -> bool:
    """Whether the plugin listens on loopback TCP."""
    return sys.platform == "win32" or os.environ.get("PLUGIN_NETWORK") == "tcp"


@contextmanager
def to_terraform(server: grpc.Server, client_certificate: str) -> Iterator[Endpoint]:
    """Have the server listen to the Terraform whose certificate this is, as PEM; empty where it turned TLS off."""
    if by_tcp():
        from provider.framework.server import tls

        with tls.to_holder_of(client_certificate, server) as (port, certificate):
            yield Endpoint("tcp", f"{tls.HOST}:{port}", _encoded(certificate))
    else:
        with _socket_directory() as directory:
            socket = str(Path(directory, "plugin.sock"))
            yield Endpoint("unix", socket, _listen_on_socket(server, socket, tls=bool(client_certificate)))


@contextmanager
def for_debugging(server: grpc.Server) -> Iterator[Endpoint]:
    """Have the server listen without TLS, which Terraform does not use with a process that it did not start."""
    if by_tcp():
        yield Endpoint("tcp", f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}")
    else:
        with to_terraform(server, "") as endpoint:
            yield endpoint


def _listen_on_socket(server: grpc.Server, socket: str, *, tls: bool) -> str:
    """Add the socket, and return the certificate as the handshake line has it."""
    address = f"unix:{quote(socket)}"  # grpc reads it as a URI
    if not tls:
        server.add_insecure_port(address)
        return ""
    import grpc

    from provider.framework.server import certificate

    issued = certificate.issue()
    # its TLS library cannot verify Terraform's certificate, which is of P-521: the directory keeps others out
    credentials = grpc.ssl_server_credentials([(issued.key_pem, issued.certificate_pem)])
    server.add_secure_port(address, credentials)
    return _encoded(issued.certificate_der)


def _encoded(certificate: bytes) -> str:
    return base64.b64encode(certificate).decode().rstrip("=")


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
