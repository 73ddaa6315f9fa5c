"""The real CLI over loopback TCP with its client certificate, as on Windows."""

from tests.acceptance.conftest import Start
from tests.support.configurations import app, schedule
from tests.support.ui import live


def test_a_whole_life_over_tcp(start: Start) -> None:
    """Apply, plan and destroy work over TCP, and each plugin process ends when Terraform stops it."""
    sandbox, workspace = start()
    workspace.env |= {"PLUGIN_NETWORK": "tcp", "TF_LOG": "DEBUG"}
    workspace.write(app() + schedule())
    applied = workspace.apply().ok()
    started = applied.stderr.count("provider: plugin started")
    assert 0 < started == applied.stderr.count("listening on tcp: 127.0.0.1:")
    assert started == applied.stderr.count("plugin process exited")
    assert "failed to exit gracefully" not in applied.stderr
    assert 1 == len(live(sandbox)[0]["schedules"])
    assert {} == workspace.plan_changes()
    workspace.destroy().ok()
    assert [] == live(sandbox)
