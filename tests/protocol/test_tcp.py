"""Loopback TCP, as on Windows: only the Terraform process that launched the plugin can connect."""

import json
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import grpc
import psutil
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from provider.framework.testing import ResourceClient, diagnostics
from tests.support import client_certificate
from tests.support.client_certificate import ClientCertificate
from tests.support.gate import Gate
from tests.support.gated_create import created_id, start_create
from tests.support.plugin_client import SECONDS, Plugin, launched
from tests.support.toy_provider import PLAIN

SETTINGS = 4
"""The type of the frame with which either side of HTTP/2 begins."""

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, SETTINGS, 0, 0, 0, 0, 0])


@pytest.fixture(scope="module")
def terraform() -> ClientCertificate:
    """A certificate that gRPC accepts as a client certificate, unlike Terraform's own."""
    return client_certificate.issue(ec.SECP256R1())


def tcp(home: Path, of: ClientCertificate, *arguments: str, **options: Any) -> AbstractContextManager[Plugin]:
    """Launch a plugin on TCP for a client with a certificate. Nothing is connected yet."""
    given = {"PLUGIN_NETWORK": "tcp", "PLUGIN_CLIENT_CERT": of.certificate.decode(), "connect": False}
    return launched(home, *arguments, **(given | options))


@pytest.fixture
def plugin(home: Path, terraform: ClientCertificate) -> Iterator[Plugin]:
    with tcp(home, terraform) as launched_by_tcp:
        launched_by_tcp.connect(terraform)
        yield launched_by_tcp


def port(plugin: Plugin) -> int:
    return int(plugin.handshake()[3].rpartition(":")[2])


def ports(plugin: Plugin) -> dict[int, str]:
    """Return the ports on which the process listens, and their addresses."""
    process = psutil.Process(plugin.process.pid)
    processes = [process, *process.children(recursive=True)]  # on Windows an environment's Python is a child of it
    listening = [each for one in processes for each in one.net_connections() if each.status == "LISTEN"]
    return {each.laddr.port: each.laddr.ip.removeprefix("::ffff:") for each in listening}


def first_frame(at: int, context: ssl.SSLContext) -> int | None:
    """Return the type of the first HTTP/2 frame that a port sends over TLS, or None if the port sends none."""
    try:
        with (
            socket.create_connection(("127.0.0.1", at), SECONDS) as plain,
            context.wrap_socket(plain, server_hostname="localhost") as connection,
        ):
            connection.sendall(PREFACE)
            header = connection.recv(9)
    except (ConnectionError, ssl.SSLError):
        return None
    return header[3] if header else None


def test_the_line_names_a_loopback_port(plugin: Plugin) -> None:
    """The handshake line contains tcp and a port of 127.0.0.1. Nothing listens on another address."""
    core, protocol, network, address, kind, certificate = plugin.handshake()
    assert ("1", "6", "tcp", "grpc") == (core, protocol, network, kind)
    assert re.fullmatch(r"127\.0\.0\.1:\d+", address)
    assert not certificate.endswith("=")
    assert {"127.0.0.1"} == set(ports(plugin).values())
    assert port(plugin) in ports(plugin)


def test_the_holder_of_the_certificate_is_served(plugin: Plugin) -> None:
    """A create succeeds for a client with the certificate of PLUGIN_CLIENT_CERT."""
    assert [] == ResourceClient(plugin.call, "toy_plain", PLAIN).apply(None, {"name": "a"}).diagnostics


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=["1.2", "1.3"])
def test_a_certificate_of_terraforms_curve_is_verified(home: Path, tmp_path: Path, version: ssl.TLSVersion) -> None:
    """A client with P-521, which gRPC's TLS library refuses, reaches the HTTP/2 server with TLS 1.2 and 1.3."""
    own = client_certificate.issue(ec.SECP521R1())
    context = own.context(tmp_path)
    context.minimum_version = context.maximum_version = version
    with tcp(home, own) as plugin:
        assert SETTINGS == first_frame(port(plugin), context)


def stranger(kind: str, terraform: ClientCertificate, directory: Path) -> ssl.SSLContext:
    if kind == "no certificate":
        return client_certificate.trusting()
    by = terraform if kind == "one signed by Terraform's" else None
    return client_certificate.issue(by=by).context(directory)


@pytest.mark.parametrize("kind", ["no certificate", "another certificate", "one signed by Terraform's"])
def test_a_stranger_is_refused(plugin: Plugin, terraform: ClientCertificate, tmp_path: Path, kind: str) -> None:
    """A connection without the certificate is closed, and Terraform is served as before."""
    assert first_frame(port(plugin), stranger(kind, terraform, tmp_path)) is None
    assert [] == diagnostics(plugin.start("GetProviderSchema").result())


def test_a_stranger_of_the_same_library_is_refused(home: Path, terraform: ClientCertificate) -> None:
    """A gRPC client with another certificate, or with none, receives no response."""
    for own in (client_certificate.issue(ec.SECP256R1()), None):
        with tcp(home, terraform) as plugin:
            plugin.connect(own)
            with pytest.raises(grpc.RpcError):
                plugin.start("GetProviderSchema", wait=False).result()


def test_who_speaks_no_tls_is_refused(plugin: Plugin) -> None:
    """No port of the process answers plain HTTP/2."""
    for each in ports(plugin):
        with socket.create_connection(("127.0.0.1", each), SECONDS) as connection:
            connection.sendall(PREFACE)
            assert SETTINGS not in _until_closed(connection)[3:4]


def _until_closed(connection: socket.socket) -> bytes:
    received = b""
    try:
        while chunk := connection.recv(1024):
            received += chunk
    except ConnectionError:
        pass
    return received


def test_the_inner_port_accepts_only_the_process_itself(
    plugin: Plugin, terraform: ClientCertificate, tmp_path: Path
) -> None:
    """The port behind the relay refuses even Terraform's certificate, because it requires that of the relay."""
    (inner,) = ports(plugin).keys() - {port(plugin)}
    own = terraform.context(tmp_path)
    assert SETTINGS == first_frame(port(plugin), own)
    assert first_frame(inner, own) is None
    assert first_frame(inner, client_certificate.trusting()) is None


def test_sixty_four_calls_share_the_connection(plugin: Plugin, closed_gate: Gate) -> None:
    """64 creates run at the same time over one connection, each with its own response. Stop does not wait for them."""
    names = {f"n{index}" for index in range(64)}
    creating = [start_create(plugin, closed_gate, name) for name in sorted(names)]
    assert names == closed_gate.wait_for(64)
    plugin.start("StopProvider").result()
    closed_gate.open()
    assert {f"id-{name}" for name in names} == {created_id(each) for each in creating}


def test_large_messages_pass_the_relay(plugin: Plugin) -> None:
    """8 MB pass in both directions, although buffers are smaller."""
    client = ResourceClient(plugin.call, "toy_plain", PLAIN)
    text = "ä" * 4_000_000
    assert text == client.plan(None, {"name": "a", "text": text}).state["text"]


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "with a call that never ends"])
def test_shutdown_leaves_nothing(
    home: Path, terraform: ClientCertificate, closed_gate: Gate, tmp_path: Path, busy: bool
) -> None:
    """Shutdown is answered and ends the process within Terraform's 2 seconds. No port, file or output is left."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with tcp(home, terraform, TMPDIR=str(temporary)) as plugin:
        plugin.connect(terraform)
        creating = start_create(plugin, closed_gate) if busy else None
        closed_gate.wait_for(int(busy))
        listened = ports(plugin)
        plugin.shut_down()
        assert plugin.wait(seconds=2) == 0
        assert [] == [line for line in plugin.stderr.all() if "Traceback" in line or "Error" in line]
        assert ["|".join(plugin.handshake())] == plugin.stdout.all()
    assert [] == list(temporary.iterdir())
    assert 2 == len(listened)
    assert creating is None or creating.exception() is not None
    for each in listened:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", each), SECONDS)


@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        ("", "every program on this machine could use the plugin. Unset TF_DISABLE_PLUGIN_TLS."),
        ("no certificate", "PLUGIN_CLIENT_CERT, which Terraform sets, is not a certificate"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "is not a certificate"),
    ],
    ids=["TLS is off", "words", "no DER"],
)
def test_without_a_certificate_to_ask_for_it_does_not_listen(
    home: Path, terraform: ClientCertificate, certificate: str, said: str
) -> None:
    """If every program could connect, the process says so and exits with 1, without a handshake line or traceback."""
    with tcp(home, terraform, PLUGIN_CLIENT_CERT=certificate) as plugin:
        assert plugin.wait() == 1
        assert [] == plugin.stdout.all()
        assert said in "\n".join(plugin.stderr.all())
        assert "Traceback" not in "\n".join(plugin.stderr.all())


def test_a_process_for_debugging_listens_on_tcp_too(home: Path, terraform: ClientCertificate) -> None:
    """``--debug`` prints a port without TLS, because Terraform uses no TLS with a process that it did not start."""
    with tcp(home, terraform, "--debug", cookie=False) as plugin:
        line = plugin.stdout.wait_for(lambda line: line.startswith("TF_REATTACH_PROVIDERS="))
        (how,) = json.loads(line.partition("=")[2].strip("'")).values()
        assert "tcp" == how["Addr"]["Network"]
        with grpc.insecure_channel(how["Addr"]["String"]) as channel:
            grpc.channel_ready_future(channel).result(SECONDS)
