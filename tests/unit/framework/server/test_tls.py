"""The relay in front of the server: which client it accepts."""

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import grpc
import pytest

from provider.framework.server import tls
from provider.framework.server.listener import ListeningError
from tests.support.client_certificate import issue, trusting


@pytest.fixture
def server() -> grpc.Server:
    return grpc.server(ThreadPoolExecutor(1))


@pytest.mark.parametrize("certificate", ["", "text", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_relay_needs_a_client_certificate(server: grpc.Server, certificate: str) -> None:
    """Without one every program of the machine could connect."""
    with pytest.raises(ListeningError), tls.for_client(certificate, server):
        raise AssertionError("the relay runs")


def test_the_relay_shows_its_certificate_to_the_expected_client(server: grpc.Server, tmp_path: Path) -> None:
    """The certificate is the one that the handshake line contains."""
    own = issue()
    with tls.for_client(own.certificate.decode(), server) as (port, certificate):
        context = own.context(tmp_path)
        with socket.create_connection((tls.HOST, port), 10) as plain, context.wrap_socket(plain) as encrypted:
            assert certificate == encrypted.getpeercert(binary_form=True)
            assert encrypted.selected_alpn_protocol() == "h2"


def test_the_relay_refuses_a_client_without_a_certificate(server: grpc.Server) -> None:
    """The client reads nothing: the relay ends the connection, by an error of TLS if that still arrives."""
    received = b""
    with (
        tls.for_client(issue().certificate.decode(), server) as (port, _),
        socket.create_connection((tls.HOST, port), 10) as plain,
        trusting().wrap_socket(plain) as encrypted,
        suppress(OSError),
    ):
        received = encrypted.recv(1)
    assert b"" == received


def test_the_port_is_closed_after_the_block(server: grpc.Server) -> None:
    """Nothing of the relay is left."""
    with tls.for_client(issue().certificate.decode(), server) as (port, _):
        pass
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((tls.HOST, port), 10)
