"""The program: its command line, what it prints, how it stops, and what it remembers."""

from __future__ import annotations

import contextlib
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from provider.sandbox import server
from tests.support.sandbox import Sandbox
from tests.unit.sandbox.service import APP, CONNECTION, CREDENTIAL, QUALIFIED_NAME, Service, inputs


def _start(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program to its end, which has to come by itself."""
    command = [sys.executable, "-m", "provider.sandbox", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def _arguments(folder: Path, **change: str) -> list[str]:
    given = {"--port": "0", "--database": str(folder / "tenant.sqlite"), "--api-key": "key", **change}
    return [part for pair in given.items() for part in pair]


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
    done = _start(*_arguments(tmp_path, **{"--port": str(shared_sandbox.port)}))
    assert (1, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
    assert f"127.0.0.1:{shared_sandbox.port}" in done.stderr


@pytest.mark.parametrize("content", [None, "not a database, but a text that is long enough to be told from one"])
def test_a_database_that_cannot_be_used_is_one_line(tmp_path: Path, content: str | None) -> None:
    """A folder that is not there, or a file of another kind: one line that names it, and 1."""
    database = tmp_path / "missing" / "tenant.sqlite"
    if content is not None:
        database = tmp_path / "text.sqlite"
        database.write_text(content * 10)
    done = _start(*_arguments(tmp_path, **{"--database": str(database)}))
    assert (1, "", 1) == (done.returncode, done.stdout, len(done.stderr.splitlines()))
    assert str(database) in done.stderr


def test_a_database_of_another_format_is_refused(tmp_path: Path) -> None:
    """A file that a later sandbox wrote is left alone."""
    database = tmp_path / "tenant.sqlite"
    later = sqlite3.connect(database)
    later.execute("PRAGMA user_version = 99")
    later.close()
    done = _start(*_arguments(tmp_path))
    assert 1 == done.returncode
    assert "format 99" in done.stderr


@pytest.mark.parametrize(
    "change",
    [
        {"--port": "65536"},
        {"--port": "http"},
        {"--api-key": " "},
        {"--api-key": "schlüssel"},
        {"--latency-ms": "-1"},
        {"--run-seconds": "nan"},
        {"--page-size": "0"},
        {"--page-size": "1.5"},
    ],
)
def test_a_wrong_call_is_told(tmp_path: Path, change: dict[str, str]) -> None:
    """An option that makes no sense ends the program with 2 and a word on that option."""
    done = _start(*_arguments(tmp_path, **change))
    assert 2 == done.returncode
    assert next(iter(change)) in done.stderr


def test_port_database_and_key_are_required() -> None:
    """Nothing is made up: neither a file nor a key."""
    done = _start()
    assert 2 == done.returncode
    assert "--port, --database, --api-key" in done.stderr


@pytest.mark.parametrize("ending", ["restart", "crash"])
def test_a_restart_on_the_same_file_loses_nothing(ending: str) -> None:
    """Stopped or killed, the next process finds workflows, triggers, runs, credentials, connections, tokens."""
    with Sandbox() as sandbox:
        service = Service(sandbox)
        made = service.create(inputs=inputs(credential=CREDENTIAL), schedule={"cron": "0 9 * * *"}, run=True)
        sandbox.set_run(made.json["run_id"], "Failed")
        service.run(made.json["slug"])
        service.call("DELETE", f"{APP}/{service.slug('Gone')}")
        sent = {"clientId": "pipeline", "clientSecret": sandbox.api_key}
        token = service.call("POST", "/api/service/oauth-clients/token", sent).json["accessToken"]

        def state() -> list[object]:
            args = service.args(made.json["slug"])
            read = [f"/api/service/credentials/{args['credential_guid']}", CONNECTION + QUALIFIED_NAME]
            return [sandbox.workflows(), args, service.page(), *(service.call("GET", one).json for one in read)]

        assert service.read_connection() is not None
        before = state()
        if ending == "crash":
            sandbox.kill()
            sandbox.start()
        else:
            sandbox.restart()
        assert before == state()
        assert 200 == service.call("GET", APP, headers={"Authorization": f"Bearer {token}"}).status


def test_the_file_is_written_ahead(shared_sandbox: Sandbox) -> None:
    """The database uses a write-ahead log, so readers and a crash find it whole."""
    with contextlib.closing(sqlite3.connect(shared_sandbox.database)) as reader:
        assert ("wal",) == reader.execute("PRAGMA journal_mode").fetchone()


def test_the_listener_spells_its_protocol_out() -> None:
    """Without it answers on a kept connection are held back by some 40 ms each."""
    with server.listen(0) as listener:
        assert socket.IPPROTO_TCP == listener.proto
