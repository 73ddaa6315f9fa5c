"""Where a plugin listens."""

import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from provider.framework.server import listener
from tests.support.client_certificate import issue

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="no Unix sockets there: tests/protocol/test_tcp.py tests the listener over TCP"
)


class Server:
    """Records the ports of a gRPC server."""

    def __init__(self) -> None:
        self.ports: list[tuple[str, str]] = []

    def add_insecure_port(self, address: str) -> int:
        self.ports.append(("insecure", address))
        return 4711

    def add_secure_port(self, address: str, _credentials: Any) -> int:
        self.ports.append(("secure", address))
        return 4711


@pytest.mark.parametrize(("value", "expected"), [("tcp", True), ("unix", False), ("", False)])
def test_the_environment_selects_tcp(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    """On Unix the plugin listens on a socket by default."""
    monkeypatch.setenv("PLUGIN_NETWORK", value)
    assert expected is listener.uses_tcp()


def test_without_a_writable_folder_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plugin cannot listen then."""

    def refuse(**_: Any) -> str:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with pytest.raises(listener.ListeningError) as raised, listener.for_terraform(Server(), ""):  # type: ignore[arg-type]
        pass
    expected = (
        "The plugin needs a folder for its socket, and cannot create one: No usable temporary directory found in "
        "['/tmp']. Set TMPDIR to a folder that this user can write to."
    )
    assert expected == str(raised.value)


def test_the_socket_is_in_a_private_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this user can open the directory, and it is removed after the block."""
    monkeypatch.delenv("PLUGIN_NETWORK", raising=False)
    server: Any = Server()
    with listener.for_terraform(server, "") as endpoint:
        directory = Path(endpoint.address).parent
        assert ("unix", "") == (endpoint.network, endpoint.certificate)
        assert directory.stat().st_mode & 0o777 == 0o700
    assert not directory.exists()
    assert [("insecure", f"unix:{endpoint.address}")] == server.ports


def test_a_client_certificate_turns_tls_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The endpoint then contains the certificate of this process, without padding."""
    monkeypatch.delenv("PLUGIN_NETWORK", raising=False)
    server: Any = Server()
    with listener.for_terraform(server, issue().certificate.decode()) as endpoint:
        assert endpoint.certificate
        assert not endpoint.certificate.endswith("=")
    assert ["secure"] == [kind for kind, _ in server.ports]


def test_a_debugged_plugin_listens_without_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    """On loopback if TCP is selected."""
    monkeypatch.setenv("PLUGIN_NETWORK", "tcp")
    server: Any = Server()
    with listener.for_debugging(server) as endpoint:
        assert listener.Endpoint("tcp", "127.0.0.1:4711") == endpoint
