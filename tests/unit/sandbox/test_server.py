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
from tests.unit.sandbox.program import arguments, start
from tests.unit.sandbox.service import APP


def test_it_listens_on_loopback_alone(shared_sandbox: Sandbox) -> None:
    """The printed address is a loopback one, and no other address of the machine answers on its port."""
    assert f"http://127.0.0.1:{shared_sandbox.port}" == shared_sandbox.url
    with socket.socket() as other:
        other.settimeout(5)
        assert 0 != other.connect_ex(("127.0.0.2", shared_sandbox.port))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_at_once(number: signal.Signals) -> None:
    """Told to stop, it ends with code 0 and no word, and does not wait for what is in flight."""
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


def test_a_port_that_is_taken_is_one_line(shared_sandbox: Sandbox, tmp_path: Path) -> None:
    """It says which port it could not have, and ends with 1."""
    done = start(*arguments(tmp_path, **{"--port": str(shared_sandbox.port)}))
    assert (1, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
    assert f"127.0.0.1:{shared_sandbox.port}" in done.stderr


def test_the_listener_spells_its_protocol_out() -> None:
    """Without it answers on a kept connection are held back by some 40 ms each."""
    with server.listen(0) as listener:
        assert socket.IPPROTO_TCP == listener.proto
