"""``data.atlan_app_run``: the status of a run."""

import pytest

from provider.data_sources.app_run import AppRunDataSource
from provider.framework import UserError
from tests.support.data_source_answers import Read, answers
from tests.support.http_server import ScriptedServer

STARTED = "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("status", "terminal", "success"),
    [
        ("Pending", False, False),
        ("Running", False, False),
        ("Paused", False, False),
        ("Succeeded", True, True),
        ("Failed", True, False),
        ("Error", True, False),
        ("Cancelled", True, False),
        ("Stopped", True, False),
        ("Terminated", True, False),
        ("Skipped", True, False),
        ("Something new", False, False),
        (None, False, False),
    ],
)
def test_each_status_shows_if_the_run_has_ended_and_how(
    read: Read, server: ScriptedServer, status: str | None, terminal: bool, success: bool
) -> None:
    """Seven statuses end a run, and one of them is a success."""
    told = {"run_id": "run-1", "slug": "prod-AbC123", "status": status, "started_at": STARTED}
    server.always = answers(**{"app__runs__run-1": told})
    expected = told | {"is_terminal": terminal, "is_success": success}
    assert expected == read(AppRunDataSource, run_id="run-1").state


def test_an_unknown_run_is_reported_on_its_attribute(read: Read, server: ScriptedServer) -> None:
    """The service's own 404."""
    server.always = answers()
    with pytest.raises(UserError, match="There is no run run-1") as raised:
        read(AppRunDataSource, run_id="run-1")
    assert ["run_id"] == raised.value.path
