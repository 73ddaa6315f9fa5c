"""TLS that only the holder of one certificate can speak, in front of the gRPC server.

gRPC's own TLS library refuses the curve of Terraform's certificate (P-521), and the standard library's takes it. So a
small relay of the standard library's asks for that certificate and passes the streams on. It reaches the gRPC server
over loopback TCP as well, and there gRPC asks for a certificate that this process alone holds.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import ssl
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import grpc

from provider.framework.server import certificate
from provider.framework.server.certificate import Certificate
from provider.framework.server.listener import ListeningError

HOST: Final = "127.0.0.1"

_HANDSHAKE_SECONDS: Final = 10.0
_GRACE_SECONDS: Final = 0.5  # for what is on its way when the server has stopped; Terraform kills 2 s after Shutdown
_CHUNK: Final = 64 * 1024


@contextmanager
def to_holder_of(client_certificate: str, server: grpc.Server) -> Iterator[tuple[int, bytes]]:
    """Have the server listen on a port to whoever holds this certificate (PEM). Gives the port and its own (DER).

    Raises ListeningError where there is no certificate, for then nothing would keep other programs out.
    """
    expected = _der(client_certificate)
    own, inward = certificate.issue(), certificate.issue(for_client=True)
    asking = grpc.ssl_server_credentials(
        [(own.key_pem, own.certificate_pem)], inward.certificate_pem, require_client_auth=True
    )
    relay = _Relay(
        _context(ssl.PROTOCOL_TLS_SERVER, own, ssl.DER_cert_to_PEM_cert(expected)),
        expected,
        _context(ssl.PROTOCOL_TLS_CLIENT, inward, own.certificate_pem.decode()),
        server.add_secure_port(f"{HOST}:0", asking),
    )
    with relay.running() as port:
        yield port, own.certificate_der


def _der(client_certificate: str) -> bytes:
    if not client_certificate:
        raise ListeningError(
            "TLS between Terraform and this plugin is off (TF_DISABLE_PLUGIN_TLS), and the plugin listens on TCP: "
            "every program of the machine could use it. Unset TF_DISABLE_PLUGIN_TLS."
        )
    try:
        return ssl.PEM_cert_to_DER_cert(client_certificate.strip())
    except ValueError as error:
        raise ListeningError(f"PLUGIN_CLIENT_CERT, which Terraform sets, is no certificate: {error}") from None


def _context(protocol: ssl._SSLMethod, own: Certificate, other: str) -> ssl.SSLContext:
    """One end of a connection of which both ends show a certificate, and this one takes no other than `other`."""
    context = ssl.SSLContext(protocol)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    try:
        context.load_verify_locations(cadata=other)
    except ssl.SSLError as error:
        raise ListeningError(f"PLUGIN_CLIENT_CERT, which Terraform sets, is no certificate: {error.reason}") from None
    context.set_alpn_protocols(["h2"])
    _load(context, own)
    return context


def _load(context: ssl.SSLContext, own: Certificate) -> None:
    """Give the context its key, which it takes from a file alone: there it lies encrypted, and only meanwhile."""
    password = secrets.token_hex()
    with tempfile.TemporaryDirectory(prefix="plugin-") as directory:
        file = Path(directory, "certificate.pem")
        file.write_bytes(own.encrypted_key(password) + own.certificate_pem)
        context.load_cert_chain(file, password=password)


class _Relay:
    """Takes connections of the holder of one certificate, and passes on what they carry, to a port and back."""

    def __init__(self, outer: ssl.SSLContext, expected: bytes, inner: ssl.SSLContext, port: int) -> None:
        self._outer, self._expected = outer, expected
        self._inner, self._port = inner, port
        self._connections: set[asyncio.Task[None]] = set()

    @contextmanager
    def running(self) -> Iterator[int]:
        """The port where it listens; afterwards nothing of it is left."""
        with _listening() as bound:
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
            # the library has verified it as an authority's too: it is to be the very one
            if writer.get_extra_info("ssl_object").getpeercert(binary_form=True) == self._expected:
                await self._pass_on(reader, writer)
        finally:
            writer.transport.abort()
            self._connections.discard(task)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):  # an end that is gone has nothing more to be told
            inward, outward = await asyncio.open_connection(
                HOST, self._port, ssl=self._inner, server_hostname="localhost"
            )
            try:
                await asyncio.gather(_copy(reader, outward), _copy(inward, writer))
            finally:
                outward.transport.abort()


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Copy to the end of the source, and then close the target, which ends the way back too."""
    with suppress(OSError):
        while data := await source.read(_CHUNK):
            target.write(data)
            await target.drain()
    target.close()


def _listening() -> socket.socket:
    bound = socket.socket()
    if sys.platform == "win32":  # where another program could bind the same port otherwise
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    bound.bind((HOST, 0))
    bound.listen()
    return bound
