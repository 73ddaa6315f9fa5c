"""Ctrl-C and SIGTERM during a slow create: state contains each created workflow, and none is tainted."""

import signal

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app
from tests.support.ui import wait_for_requests

TEN = "".join(app(f"crawler_{number}", f"bigquery {number}") for number in range(10))


@pytest.mark.parametrize(
    ("number", "group"),
    [
        pytest.param(signal.SIGINT, False, id="SIGINT to terraform"),
        pytest.param(signal.SIGINT, True, id="Ctrl-C in a terminal"),
        pytest.param(signal.SIGTERM, False, id="SIGTERM to terraform"),
        pytest.param(signal.SIGTERM, True, id="SIGTERM to the group"),
    ],
)
def test_an_interrupt_during_ten_creates_loses_none(start: Start, number: signal.Signals, group: bool) -> None:
    """After an interrupt during ten creates, all ten workflows are in state, none is tainted, none is created twice."""
    sandbox, workspace = start(TEN)
    sandbox.fault(method="POST", path="/v1/app$", times=10, delay_ms=2000)
    with workspace.start("apply", "-auto-approve") as running:
        wait_for_requests(sandbox, 10, "POST", "/api/service/v1/app")
        running.send(number, group=group)
        running.wait()
    stored = {each["slug"] for each in sandbox.workflows()}
    assert 10 == len(stored)
    assert stored == {each["values"]["slug"] for each in workspace.resources().values()}
    assert [] == workspace.tainted()
    assert {} == workspace.plan_changes()
