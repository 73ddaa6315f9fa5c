"""Stop, Shutdown, signals, a parent that has ended, and many calls at once."""

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest

from provider.framework.testing import METHODS, ResourceClient, diagnostics, packed
from tests.support import plugin_client
from tests.support.gate import Gate
from tests.support.gated_create import created_id, start_create
from tests.support.plugin_client import TOY, Plugin
from tests.support.toy_provider import PLAIN


def test_a_create_in_flight_finishes_after_stop(launch: Any, closed_gate: Gate) -> None:
    """Stop is answered while a create runs. The create finishes, and the server answers further calls."""
    with launch() as plugin:
        creating = start_create(plugin, closed_gate)
        closed_gate.wait_for(1)
        plugin.start("StopProvider").result()
        closed_gate.open()
        assert created_id(creating) == "id-a"
        assert [] == diagnostics(plugin.start("GetProviderSchema").result())
        assert plugin.process.poll() is None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_create_in_flight_finishes_after_a_signal(launch: Any, closed_gate: Gate, number: signal.Signals) -> None:
    """Neither SIGINT, which Ctrl-C sends to the whole group, nor SIGTERM ends the process or the create."""
    with launch() as plugin:
        creating = start_create(plugin, closed_gate)
        closed_gate.wait_for(1)
        plugin.process.send_signal(number)
        assert [] == diagnostics(plugin.start("GetProviderSchema").result())
        closed_gate.open()
        assert created_id(creating) == "id-a"
        plugin.shut_down()
        assert plugin.wait() == 0


@pytest.mark.parametrize(
    ("number", "stops"), [(signal.SIGINT, False), (signal.SIGTERM, True)], ids=["SIGINT", "SIGTERM"]
)
def test_only_sigterm_counts_as_stop(launch: Any, number: signal.Signals, stops: bool) -> None:
    """SIGTERM sets the stop event. SIGINT is ignored, because Terraform sends Stop then."""
    with launch() as plugin:
        plugin.process.send_signal(number)
        if not stops:
            assert [] == diagnostics(plugin.start("GetProviderSchema").result())
            plugin.process.terminate()
        plugin.stderr.wait_for(lambda line: line == "stopped")
        told = [line for line in plugin.stderr.read if line in ("stopped", "schema")]
        assert (["stopped"] if stops else ["schema", "stopped"]) == told


def test_shutdown_ends_a_process_whose_call_never_ends(launch: Any, closed_gate: Gate) -> None:
    """Shutdown ends the process within Terraform's 2 seconds, even during a create, and removes the socket."""
    with launch() as plugin:
        directory = Path(plugin.handshake()[3]).parent
        creating = start_create(plugin, closed_gate)
        closed_gate.wait_for(1)
        plugin.shut_down()
        assert plugin.wait(seconds=2) == 0
        assert not directory.exists()
        with pytest.raises(grpc.RpcError):
            creating.result()


def test_sixty_four_calls_run_at_once_and_stop_and_shutdown_pass_them(launch: Any, closed_gate: Gate) -> None:
    """64 creates run at the same time. Stop and Shutdown are answered while further calls are queued."""
    names = {f"n{index}" for index in range(64)}
    with launch() as plugin:
        creating = [start_create(plugin, closed_gate, name) for name in sorted(names)]
        assert names == closed_gate.wait_for(64)
        queued = start_create(plugin, closed_gate, "queued")
        plugin.start("StopProvider").result()
        closed_gate.open()
        assert {f"id-{name}" for name in names} == {created_id(each) for each in creating}
        assert {"queued"} == closed_gate.wait_for(1)
        plugin.shut_down()
        assert plugin.wait(seconds=2) == 0
        queued.cancel()


@contextmanager
def launched_by_parent(home: Path) -> Iterator[Plugin]:
    """A parent that launches the plugin and passes its output on. The test can kill it instead of Terraform."""
    parent = Plugin([*TOY, "--by-parent"], plugin_client.environment(home, TMPDIR="/tmp"))
    try:
        parent.connect()
        child = int(parent.stderr.wait_for(lambda line: line.startswith("process ")).split()[1])
        try:
            yield parent
        finally:
            if not parent.stderr.ended:
                plugin_client.kill(child)
    finally:
        parent.end()


def test_it_leaves_when_its_parent_was_killed(home: Path) -> None:
    """A plugin ends by itself after its Terraform was killed, without Shutdown."""
    with launched_by_parent(home) as parent:
        parent.process.kill()
        parent.stderr.all()  # the plugin keeps it open until it ends
        assert not Path(parent.handshake()[3]).parent.exists()


def test_it_stays_while_a_call_is_in_flight_though_its_parent_was_killed(home: Path, closed_gate: Gate) -> None:
    """A create that runs when Terraform is killed finishes before the plugin ends."""
    with launched_by_parent(home) as parent:
        creating = start_create(parent, closed_gate)
        closed_gate.wait_for(1)
        parent.process.kill()
        parent.stderr.wait_for(lambda line: line == "stopped")
        assert [] == diagnostics(parent.start("GetProviderSchema").result())
        closed_gate.open()
        assert created_id(creating) == "id-a"
        parent.stderr.all()


@pytest.mark.parametrize("megabytes", [2, 8])
def test_messages_may_be_larger_than_four_megabytes(launch: Any, megabytes: int) -> None:
    """Validate, plan, apply and read accept and return 8 MB over the socket."""
    text = "ä" * (megabytes * 1_000_000 // 2)
    with launch() as plugin:
        client = ResourceClient(plugin.call, "toy_plain", PLAIN)
        config = {"name": "a", "text": text}
        assert [] == diagnostics(client("ValidateResourceConfig", config=client.full(config)))
        planned = client.plan(None, config).state
        applied = client.apply(None, planned).state
        assert text == client.read(applied).state["text"]


def test_log_lines_are_json_objects(launch: Any) -> None:
    """Each log line is one JSON object with the four keys, its message a string, in less than 64 KB."""
    lines = _log_lines(launch)
    assert len(lines) == 4
    for line in lines:
        told = json.loads(line)
        assert {"@level", "@message", "@module", "@timestamp"} == told.keys()
        assert isinstance(told["@message"], str)
        assert len(line.encode()) < 64 * 1024
    assert ["warn", "warn", "warn", "error"] == [json.loads(line)["@level"] for line in lines]
    assert "two\nlines\n" in json.loads(lines[3])["@message"]


def test_log_lines_hold_no_hidden_secret(launch: Any) -> None:
    """No line shows a registered secret: not unchanged, quoted, or in a traceback."""
    lines = _log_lines(launch)
    assert [4] == [len([line for line in lines if "not-a-real" not in line])]
    assert "the key is ***" in lines[0]


def _log_lines(launch: Any) -> list[str]:
    with launch() as plugin:
        config = packed({"weight": None, "labels": None, "options": [b'"string"', "log"]})
        plugin.start("ConfigureProvider", config=config).result()
        plugin.shut_down()
        plugin.wait()
        first, *lines = [line for line in plugin.stderr.all() if line.startswith("{")]
        assert f"listening on unix: {plugin.handshake()[3]}" == json.loads(first)["@message"]
        return lines


def test_every_method_is_served(launch: Any) -> None:
    """Each RPC of the protocol file is answered over the socket, even for an empty request."""
    with launch() as plugin:
        answers = {name: plugin.start(name).result() for name in METHODS}
        assert [] == [name for name, answer in answers.items() if not isinstance(answer, METHODS[name].response)]


# After the given number of threads, the system lets the process start no more of them.
LIMITED = """
import sys, threading
start, left = threading.Thread.start, [int(sys.argv.pop(1))]
def limited(self):
    left[0] -= 1
    if left[0] < 0:
        raise RuntimeError("can't start new thread")
    start(self)
threading.Thread.start = limited
import runpy
runpy.run_module("tests.support.toy_provider", run_name="__main__")
"""


def test_a_process_that_can_start_few_threads_answers_every_call(launch: Any) -> None:
    """A call waits for a thread that exists."""
    with launch(command=(sys.executable, "-c", LIMITED, "4")) as plugin:
        calls = [plugin.start("GetProviderSchema") for _ in range(20)]
        assert {None} == {call.exception() for call in calls}


@pytest.mark.parametrize("threads", [1, 2])  # the toy provider itself starts the first
def test_a_process_that_can_start_no_thread_ends_with_an_error(launch: Any, threads: int) -> None:
    """Before the handshake, and without a traceback."""
    with launch(command=(sys.executable, "-c", LIMITED, str(threads)), connect=False) as plugin:
        assert 1 == plugin.wait()
        said = [line for line in plugin.stderr.all() if "thread" in line]
        assert [
            "The system does not let this process start a thread. Raise the limit of processes (ulimit -u)."
        ] == said
        assert not [line for line in plugin.stderr.all() if "Traceback" in line]


def test_calls_wait_their_turn_however_many_there_are(launch: Any) -> None:
    """With `-parallelism=4000`, no call is refused or canceled."""
    with launch() as plugin:
        calls = [plugin.start("GetProviderSchema") for _ in range(4000)]
        assert {None} == {call.exception() for call in calls}
