"""A TLS relay in front of the gRPC server, which accepts one client certificate only.

gRPC's TLS library refuses the curve of Terraform's certificate (P-521), and the standard library accepts it. So a
relay with the standard library's TLS requires that certificate and forwards the streams. The relay connects to the
gRPC server over loopback TCP, and gRPC requires a certificate that only this process has.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import grpc

from provider.framework.server import certificate
from provider.framework.server.certificate import Certificate
from provider.framework.server.listener import ListeningError, temporary_directory

HOST: Final = "127.0.0.1"

_HANDSHAKE_SECONDS: Final = 10.0
# For data in transit after the server has stopped. Terraform kills the process 2 s after Shutdown.
_GRACE_SECONDS: Final = 0.5
_CHUNK_BYTES: Final = 64 * 1024


@contextmanager
def for_client(client_certificate: str, server: grpc.Server) -> Iterator[tuple[int, bytes]]:
    """Let the server listen on a port to the client with this certificate (PEM).

    Yield the port and the server's certificate (DER). Raises ListeningError if the client certificate is invalid. It
    is also raised if the certificate is empty, because every program of the machine could connect then.
    """
    expected = _der(client_certificate)
    own, inward = certificate.issue(), certificate.issue(for_client=True)
    credentials = grpc.ssl_server_credentials(
        [(own.key_pem, own.certificate_pem)], inward.certificate_pem, require_client_auth=True
    )
    relay = _Relay(
        _context(ssl.PROTOCOL_TLS_SERVER, own, ssl.DER_cert_to_PEM_cert(expected)),
        expected,
        _context(ssl.PROTOCOL_TLS_CLIENT, inward, own.certificate_pem.decode()),
        server.add_secure_port(f"{HOST}:0", credentials),
    )
    with relay.running() as port:
        yield port, own.certificate_der


def _der(client_certificate: str) -> bytes:
    if not client_certificate:
        raise ListeningError(
            "TLS between Terraform and this plugin is off (TF_DISABLE_PLUGIN_TLS), and the plugin listens on TCP: "
            "every program on this machine could use the plugin. Unset TF_DISABLE_PLUGIN_TLS."
        )
    try:
        return ssl.PEM_cert_to_DER_cert(client_certificate.strip())
    except ValueError as error:
        raise ListeningError(f"PLUGIN_CLIENT_CERT, which Terraform sets, is not a certificate: {error}") from None


def _context(protocol: ssl._SSLMethod, own: Certificate, other: str) -> ssl.SSLContext:
    """Return the TLS context of one end. It shows ``own``, and trusts ``other`` (PEM) and what ``other`` signed."""
    context = ssl.SSLContext(protocol)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    try:
        context.load_verify_locations(cadata=other)
    except ssl.SSLError as error:
        raise ListeningError(
            f"PLUGIN_CLIENT_CERT, which Terraform sets, is not a certificate: {error.reason}"
        ) from None
    context.set_alpn_protocols(["h2"])
    _load_key(context, own)
    return context


def _load_key(context: ssl.SSLContext, own: Certificate) -> None:
    """Load key and certificate. The context reads keys only from files, so a temporary file has the encrypted key."""
    password = secrets.token_hex()
    with temporary_directory() as directory:
        file = Path(directory, "certificate.pem")
        file.write_bytes(own.encrypted_key(password) + own.certificate_pem)
        context.load_cert_chain(file, password=password)


class _Relay:
    """The relay. It accepts connections with one client certificate, and forwards their streams to a port and back.

    ``outer`` is the context towards Terraform, ``expected`` is the client certificate (DER). ``inner`` is the context
    towards the gRPC server on ``port``.
    """

    def __init__(self, outer: ssl.SSLContext, expected: bytes, inner: ssl.SSLContext, port: int) -> None:
        self._outer, self._expected = outer, expected
        self._inner, self._port = inner, port
        self._connections: set[asyncio.Task[None]] = set()

    @contextmanager
    def running(self) -> Iterator[int]:
        """Run the relay within the block. Yield its port."""
        with _listening_socket() as bound:
            loop, ended = asyncio.new_event_loop(), asyncio.Event()
            thread = threading.Thread(target=self._run, args=(loop, bound, ended), name="tls", daemon=True)
            thread.start()
            try:
                yield bound.getsockname()[1]
            finally:
                loop.call_soon_threadsafe(ended.set)
                thread.join()

    def _run(self, loop: asyncio.AbstractEventLoop, bound: socket.socket, ended: asyncio.Event) -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(self._serve(bound, ended))

    async def _serve(self, bound: socket.socket, ended: asyncio.Event) -> None:
        server = await asyncio.start_server(
            self._accept, sock=bound, ssl=self._outer, ssl_handshake_timeout=_HANDSHAKE_SECONDS
        )
        await ended.wait()
        server.close()
        if self._connections:
            await asyncio.wait(self._connections, timeout=_GRACE_SECONDS)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            # the library also accepts certificates that the expected one has signed
            if writer.get_extra_info("ssl_object").getpeercert(binary_form=True) == self._expected:
                await self._forward(reader, writer)
        finally:
            writer.transport.abort()
            self._connections.discard(task)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):  # one end has closed the connection
            inward, outward = await asyncio.open_connection(
                HOST, self._port, ssl=self._inner, server_hostname="localhost"
            )
            try:
                await asyncio.gather(_copy(reader, outward), _copy(inward, writer))
            finally:
                outward.transport.abort()


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Copy until the source ends, then close the target, which also ends the other direction."""
    with suppress(OSError):
        while data := await source.read(_CHUNK_BYTES):
            target.write(data)
            await target.drain()
    target.close()


def _listening_socket() -> socket.socket:
    bound = socket.socket()
    if sys.platform == "win32":  # otherwise another program could bind the same port
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    bound.bind((HOST, 0))
    bound.listen()
    return bound
