"""A plugin process as Terraform launches it: go-plugin's handshake, gRPC over its socket, Stop and Shutdown."""

import base64
import os
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import grpc
from tf.gen import grpc_controller_pb2, grpc_stdio_pb2

from provider.framework.protocol import messages
from provider.framework.server.handshake import MAGIC_COOKIE
from provider.framework.testing import METHODS
from tests.support.client_certificate import ClientCertificate

ROOT = Path(__file__).parents[2]
SECONDS = 30.0
"""The longest wait for anything in seconds."""

SHORT = "/tmp" if os.name == "posix" else None
"""A folder with a path that is short enough for a socket in a new directory below."""

TOY = (sys.executable, "-m", "tests.support.toy_provider")
_OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


class Lines:
    """The lines of a stream. A thread reads them to the end."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream
        self.read: list[str] = []
        self.ended = False
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read_all)
        self._reader.start()

    def _read_all(self) -> None:
        with self.stream:
            for line in self.stream:
                with self._changed:
                    self.read.append(line.rstrip("\n"))
                    self._changed.notify_all()
        with self._changed:
            self.ended = True
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[str], bool]) -> str:
        """Return the first line that is wanted. Raises AssertionError if the stream ends or is silent before."""
        with self._changed:
            self._changed.wait_for(lambda: self.ended or any(map(wanted, self.read)), SECONDS)
            found = [line for line in self.read if wanted(line)]
        assert found, f"not printed: {self.read}"
        return found[0]

    def all(self) -> list[str]:
        """Return every line, after the stream has ended."""
        self._reader.join(SECONDS)
        assert self.ended
        return self.read


class Plugin:
    """A launched plugin: its process, what it printed, and its RPCs after ``connect`` was called."""

    def __init__(self, command: Iterable[str], environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            tuple(command),
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.stdout = Lines(self.process.stdout)
        self.stderr = Lines(self.process.stderr)
        self._channel: grpc.Channel | None = None

    def handshake(self) -> list[str]:
        """Return the six fields of the handshake line."""
        return self.stdout.wait_for(lambda line: line.count("|") == 5).split("|")

    def connect(self, own: ClientCertificate | None = None) -> None:
        """Open the channel that the handshake line describes, and pin the certificate in the line if there is one.

        If `own` is given, the client shows that certificate.
        """
        _, _, network, place, _, certificate = self.handshake()
        address = f"unix:{quote(place)}" if network == "unix" else place
        if not certificate:
            self._channel = grpc.insecure_channel(address, options=_OPTIONS)
            return
        pinned = ssl.DER_cert_to_PEM_cert(der(certificate)).encode()
        credentials = grpc.ssl_channel_credentials(pinned, *(own or (None, None)))
        options = [*_OPTIONS, ("grpc.ssl_target_name_override", "localhost")]
        self._channel = grpc.secure_channel(address, credentials, options=options)

    def start(self, method: str, *, wait: bool = True, **fields: Any) -> Any:
        """Start an RPC of the provider, whose ``result()`` returns the answer.

        Without ``wait``, a failed connection is not tried again.
        """
        assert self._channel is not None
        kind = METHODS[method]
        rpc = self._channel.unary_unary(
            f"/{messages.SERVICE}/{method}",
            request_serializer=kind.request.SerializeToString,
            response_deserializer=kind.response.FromString,
        )
        return rpc.future(kind.request(**fields), timeout=SECONDS, wait_for_ready=wait)

    def call(self, method: str, request: Any) -> Any:
        """Make an RPC and wait for its answer, as a ``testing.Caller`` does."""
        names = [field.name for field in request.DESCRIPTOR.fields]
        return self.start(method, **{name: getattr(request, name) for name in names}).result()

    def send(self, method: str, data: bytes) -> Any:
        """Make an RPC with a request of any bytes and wait for its answer."""
        assert self._channel is not None
        rpc = self._channel.unary_unary(
            f"/{messages.SERVICE}/{method}",
            request_serializer=bytes,
            response_deserializer=METHODS[method].response.FromString,
        )
        return rpc(data, timeout=SECONDS, wait_for_ready=True)

    def shut_down(self) -> None:
        """Ask the process to end, as Terraform does."""
        assert self._channel is not None
        rpc = self._channel.unary_unary(
            "/plugin.GRPCController/Shutdown",
            request_serializer=grpc_controller_pb2.Empty.SerializeToString,
            response_deserializer=grpc_controller_pb2.Empty.FromString,
        )
        rpc(grpc_controller_pb2.Empty(), timeout=SECONDS, wait_for_ready=True)

    def stdio(self) -> list[Any]:
        """Return the content of the process's output stream, to its end."""
        assert self._channel is not None
        rpc = self._channel.unary_stream(
            "/plugin.GRPCStdio/StreamStdio",
            request_serializer=bytes,
            response_deserializer=grpc_stdio_pb2.StdioData.FromString,
        )
        return list(rpc(b"", timeout=SECONDS, wait_for_ready=True))

    def wait(self, seconds: float = SECONDS) -> int:
        """Return the exit code, after the process has ended by itself."""
        return self.process.wait(seconds)

    def end(self) -> None:
        """Close the channel, and kill the process unless it has ended."""
        if self._channel is not None:
            self._channel.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(SECONDS)
        for lines in (self.stdout, self.stderr):
            lines.all()


def der(certificate: str) -> bytes:
    """Return the certificate of a handshake line."""
    return base64.b64decode(certificate + "=" * (-len(certificate) % 4))


def environment(home: Path, *, tls: bool = True, cookie: bool = True, **more: str) -> dict[str, str]:
    """Return the environment in which Terraform launches a plugin, with another home and no settings of the user."""
    launched = dict([MAGIC_COOKIE]) if cookie else {}
    certificate = {"PLUGIN_CLIENT_CERT": "-----BEGIN CERTIFICATE-----"} if tls else {}
    base = {"PATH": os.environ["PATH"], "HOME": str(home), "PLUGIN_PROTOCOL_VERSIONS": "5,6", "TF_LOG": "DEBUG"}
    base |= {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}  # for sockets on Windows
    return base | launched | certificate | more


@contextmanager
def launched(
    home: Path, *arguments: str, command: Iterable[str] = TOY, connect: bool = True, **options: Any
) -> Iterator[Plugin]:
    """Yield a running plugin. At the end, kill its process by its id and remove its socket."""
    # pytest's own directories have paths too long for a socket
    with tempfile.TemporaryDirectory(dir=SHORT) as directory:
        plugin = Plugin([*command, *arguments], environment(home, **{"TMPDIR": directory} | options))
        try:
            if connect:
                plugin.connect()
            yield plugin
        finally:
            plugin.end()


def kill(process_id: int) -> None:
    """End a process by its id, if it still runs."""
    try:
        os.kill(process_id, signal.SIGKILL)
    except ProcessLookupError:
        return
