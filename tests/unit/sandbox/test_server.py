"""The server: where it listens, and how it stops."""

from __future__ import annotations

import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from provider.sandbox import server
from tests.support.sandbox import Sandbox
from tests.support.sandbox_program import arguments, start
from tests.support.sandbox_service import APP


def test_it_listens_only_on_loopback(sandbox: Sandbox) -> None:
    """The printed address is a loopback address, and no other address accepts connections on its port."""
    assert f"http://127.0.0.1:{sandbox.port}" == sandbox.url
    with socket.socket() as other:
        other.settimeout(5)
        assert 0 != other.connect_ex(("127.0.0.2", sandbox.port))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_immediately(number: signal.Signals) -> None:
    """A signal ends the program with code 0 and no output, without waiting for open requests."""
    with Sandbox(capture_stderr=True) as sandbox:
        sandbox.fault("GET", "/v1/app$", delay_ms=60_000)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(sandbox.call, "GET", APP)
            while not sandbox.requests():
                assert not waiting.done()
            started = time.monotonic()
            sandbox.process.send_signal(number)
            code = sandbox.process.wait(10)
            took = time.monotonic() - started
            assert isinstance(waiting.exception(30), OSError)
        assert 0 == code
        assert took < 5
        assert "" == sandbox.process.stderr.read()


def test_a_port_that_is_taken_is_one_line(sandbox: Sandbox, tmp_path: Path) -> None:
    """A port in use ends the program with 1 and one line that names it."""
    done = start(*arguments(tmp_path, **{"--port": str(sandbox.port)}))
    assert (1, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
    assert f"127.0.0.1:{sandbox.port}" in done.stderr


def test_the_listener_has_an_explicit_protocol() -> None:
    """Without an explicit protocol, each response on a kept connection is delayed by about 40 ms."""
    with server.listen(0) as listener:
        assert socket.IPPROTO_TCP == listener.proto
